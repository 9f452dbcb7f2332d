use runatlas_core::model::Direction::{self, Higher, Lower, Unknown};

fn check(direction: Direction, names: &[&str]) {
    for name in names {
        assert_eq!(Direction::of_metric(name), direction, "{name}");
    }
}

#[test]
fn less_is_better_for_losses_and_errors() {
    check(
        Lower,
        &[
            "loss",
            "val/loss",
            "train_loss",
            "valLoss",
            "train loss_step",
            "loss_2",
            "RMSE",
            "eval.mean_squared_error",
            "cross_entropy",
            "brier_score",
            "davies_bouldin_score",
            "val_nll_epoch",
            "accuracy/error",
            "negative_log_likelihood",
            "seconds_per_step",
        ],
    );
}

#[test]
fn more_is_better_for_scores() {
    check(
        Higher,
        &[
            "accuracy",
            "val/accuracy",
            "test_acc1",
            "F1 score",
            "f1",
            "r2",
            "roc_auc",
            "mIoU",
            "mAP50",
            "map_50",
            "neg_mean_squared_error",
            "val_neg_log_loss",
            "episode_reward",
            "top_5_accuracy",
            "train/img_per_s",
            "tokens_per_second",
        ],
    );
}

#[test]
fn a_name_that_says_nothing_stays_unknown() {
    check(
        Unknown,
        &[
            "",
            "lr",
            "epoch",
            "cv_std_accuracy",
            "best_f1_threshold",
            "loss_per_epoch_std",
            "train/grad_norm",
            "system/gpu_0_utilization",
            "学習率",
        ],
    );
}

#[test]
fn nan_is_never_better() {
    assert!(Lower.prefers(1.0, 2.0) && !Lower.prefers(2.0, 1.0) && Higher.prefers(2.0, 1.0));
    assert!(!Lower.prefers(f64::NAN, 2.0) && !Higher.prefers(2.0, f64::NAN) && !Unknown.prefers(2.0, 1.0));
}
