use super::Direction;

/// The words of a key, in lower case: split at everything that is neither letter nor digit, and
/// where a small letter meets a capital (`valLoss`).
pub(super) fn split(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous = ' ';
    for c in key.chars() {
        let boundary = !c.is_alphanumeric() || (previous.is_lowercase() && c.is_uppercase());
        // `mAP`, `nDCG`: one small letter before capitals is no word of its own.
        if boundary && words.last().is_some_and(|word| word.len() > 1 || !c.is_alphanumeric()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        previous = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The direction that the words suggest: of two that speak, the later one decides
/// (`precision_loss` is a loss), and weak words speak only when no other does.
pub(super) fn direction(words: &[String]) -> Direction {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Some(rate) = rate(&words) {
        return rate;
    }
    if words.iter().any(|word| MUTE.contains(word)) {
        return Direction::Unknown;
    }
    let meaning = |speaks: fn(&str) -> Option<Direction>| {
        let last = words.iter().rev().find_map(|word| speaks(word).or_else(|| speaks(stem(word))));
        last.map(|found| if words.contains(&"neg") { flipped(found) } else { found })
    };
    meaning(strong).or_else(|| meaning(weak)).unwrap_or_default()
}

/// The word without what follows its first digit: `map50b` is `map`.
fn stem(word: &str) -> &str {
    word.split(|c: char| c.is_ascii_digit()).next().unwrap_or(word)
}

/// sklearn's `neg_mean_squared_error` grows as the error falls; a negative score does not occur.
fn flipped(direction: Direction) -> Direction {
    match direction {
        Direction::Lower => Direction::Higher,
        other => other,
    }
}

/// `img_per_s` is speed, `ms_per_token` is slowness.
fn rate(words: &[&str]) -> Option<Direction> {
    const TIMES: [&str; 14] = [
        "s", "sec", "secs", "second", "seconds", "ms", "us", "ns", "min", "minute", "minutes", "time", "h",
        "hour",
    ];
    let at = words.iter().position(|word| *word == "per")?;
    let is_time = |word: Option<&&str>| word.is_some_and(|word| TIMES.contains(word));
    if is_time(words.get(at + 1)) {
        return Some(Direction::Higher);
    }
    is_time(at.checked_sub(1).and_then(|before| words.get(before))).then_some(Direction::Lower)
}

fn strong(word: &str) -> Option<Direction> {
    if HIGHER.contains(&word) {
        Some(Direction::Higher)
    } else if LOWER.contains(&word) {
        Some(Direction::Lower)
    } else {
        None
    }
}

fn weak(word: &str) -> Option<Direction> {
    if WEAK.contains(&word) { Some(Direction::Higher) } else { None }
}

/// Words that make a key speak of something other than quality, whatever else it says:
/// `best_f1_threshold`, `cv_std_accuracy`, `best_epoch`.
const MUTE: [&str; 20] = [
    "threshold",
    "std",
    "stdev",
    "stddev",
    "sem",
    "var",
    "count",
    "num",
    "epoch",
    "step",
    "steps",
    "lr",
    "weight",
    "coef",
    "size",
    "norm",
    "index",
    "idx",
    "support",
    "iteration",
];

const HIGHER: [&str; 66] = [
    "accuracy",
    "acc",
    "bacc",
    "precision",
    "recall",
    "sensitivity",
    "specificity",
    "f1",
    "f2",
    "fbeta",
    "fscore",
    "auc",
    "auroc",
    "auprc",
    "aucpr",
    "prauc",
    "rocauc",
    "ap",
    "map",
    "mar",
    "avp",
    "r2",
    "ndcg",
    "dcg",
    "mrr",
    "hit",
    "hits",
    "hitrate",
    "bleu",
    "sacrebleu",
    "rouge",
    "rougel",
    "meteor",
    "chrf",
    "bertscore",
    "psnr",
    "ssim",
    "iou",
    "miou",
    "dice",
    "jaccard",
    "kappa",
    "mcc",
    "matthews",
    "reward",
    "rewards",
    "likelihood",
    "elbo",
    "silhouette",
    "lift",
    "win",
    "wins",
    "success",
    "throughput",
    "fps",
    "rps",
    "qps",
    "tps",
    "speedup",
    "pearson",
    "spearman",
    "kendall",
    "tpr",
    "tnr",
    "sharpe",
    "faithfulness",
];

const LOWER: [&str; 52] = [
    "loss",
    "losses",
    "error",
    "errors",
    "err",
    "mse",
    "rmse",
    "mae",
    "mape",
    "smape",
    "wape",
    "mase",
    "msle",
    "rmsle",
    "nrmse",
    "mdae",
    "medae",
    "nll",
    "logloss",
    "crossentropy",
    "perplexity",
    "ppl",
    "bpc",
    "wer",
    "cer",
    "ter",
    "eer",
    "fid",
    "kid",
    "lpips",
    "ece",
    "mce",
    "brier",
    "hinge",
    "regret",
    "latency",
    "fpr",
    "fnr",
    "aic",
    "bic",
    "misclassification",
    "hamming",
    "inertia",
    "bouldin",
    "cost",
    "residual",
    "residuals",
    "deviance",
    "pinball",
    "drawdown",
    "toxicity",
    "hallucination",
];

const WEAK: [&str; 5] = ["score", "scores", "top", "harabasz", "explained"];
