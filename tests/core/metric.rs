//! Tests of metric: what a key says.

use proptest::prelude::*;
use runatlas_core::metric::{Direction, direction, is_held_out, is_system};

fn check(expected: Direction, keys: &[&str]) {
    for key in keys {
        assert_eq!(direction(key), expected, "{key}");
    }
}

#[test]
fn directions_follow_the_words() {
    check(
        Direction::Higher,
        &[
            "val/accuracy",
            "val_acc",
            "F1 score",
            "f1_macro",
            "test_roc_auc",
            "r2_score_X_test",
            "metrics/mAP50B",
            "metrics/mAP50-95B",
            "recallB",
            "eval/rouge1",
            "nDCG@10",
            "valAccuracy",
            "neg_mean_squared_error",
            "train/img_per_s",
            "tokens_per_second",
            "training_score",
            "top5",
            "throughput_rps",
            "ROC_AUC",
            "MRR",
        ],
    );
    check(
        Direction::Lower,
        &[
            "loss",
            "val/loss",
            "validation_loss",
            "trainLoss",
            "mean_absolute_error",
            "testing_rmse",
            "log_loss",
            "_cross_val_rmse4",
            "brier_score",
            "precision_loss",
            "top1_error",
            "avg_latency_ms",
            "val/ece",
            "train/box_loss",
            "perplexity",
            "seconds_per_step",
            "WER",
        ],
    );
    check(
        Direction::Unknown,
        &[
            "lr",
            "lr/pg0",
            "epoch",
            "best_f1_threshold",
            "cv_std_accuracy",
            "best_epoch",
            "train/grad_norm",
            "foo",
            "",
            "///",
            "seq_len",
            "system/gpu_0_utilization_percentage",
            "日本",
            "accurate",
            "lossless",
        ],
    );
}

#[test]
fn keys_tell_system_and_held_out_metrics() {
    assert!(is_system("system/cpu_utilization_percentage") && !is_system("file_system/loss"));
    for key in ["val/loss", "test_f1", "cv_score", "evalAccuracy"] {
        assert!(is_held_out(key), "{key}");
    }
    for key in ["train/loss", "value", "latest", "contest"] {
        assert!(!is_held_out(key), "{key}");
    }
}

proptest! {
    #[test]
    fn any_key_has_a_direction(key in "\\PC*", case in "[a-zA-Z_/]{0,20}") {
        direction(&key);
        // The case of whole words does not matter.
        let words = case.to_lowercase();
        prop_assert_eq!(direction(&words), direction(&words.to_uppercase()));
    }
}
