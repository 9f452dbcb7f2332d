use serde::{Deserialize, Serialize};

/// Whether more or less of a metric is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Direction {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
    /// Its name does not tell.
    #[default]
    Unknown,
}

impl Direction {
    /// Inferred from a metric's name, e.g. `val/loss` is lower, `test_accuracy` higher. The last
    /// word that says something decides; `neg` before it turns it round, as in scikit-learn's
    /// `neg_mean_squared_error`.
    pub fn of_metric(name: &str) -> Self {
        let words = words(name);
        if let Some(rate) = rate(&words) {
            return rate;
        }
        // The spread of an accuracy, or the threshold of the best F1, is no quality of its own.
        if words.iter().any(|word| OTHER.contains(&word.as_str())) {
            return Self::Unknown;
        }
        let Some((at, direction)) =
            words.iter().enumerate().rev().find_map(|(at, word)| Some((at, of_word(word)?)))
        else {
            return Self::Unknown;
        };
        let before = words.get(..at).unwrap_or_default();
        if before.iter().any(|word| word == "neg" || word == "negative") {
            return direction.reversed();
        }
        // `brier_score_loss`, `davies_bouldin_score`: named scores of which less is better.
        match before.last().map(String::as_str) {
            Some("brier" | "bouldin") => Self::Lower,
            _ => direction,
        }
    }

    /// Whether `a` is better than `b`; `false` where the direction is unknown or either is NaN.
    pub fn prefers(self, a: f64, b: f64) -> bool {
        match self {
            Self::Higher => a > b,
            Self::Lower => a < b,
            Self::Unknown => false,
        }
    }

    fn reversed(self) -> Self {
        match self {
            Self::Higher => Self::Lower,
            Self::Lower => Self::Higher,
            Self::Unknown => Self::Unknown,
        }
    }
}

const OTHER: &[&str] = &["threshold", "thresholds", "std", "stdev", "stddev", "variance"];

const SECONDS: &[&str] = &["s", "sec", "secs", "second", "seconds", "ms", "us", "minute", "hour"];

/// `img_per_s` is speed, `ms_per_token` is slowness.
fn rate(words: &[String]) -> Option<Direction> {
    let at = words.iter().position(|word| word == "per")?;
    let is_time = |word: Option<&String>| word.is_some_and(|word| SECONDS.contains(&word.as_str()));
    if is_time(words.get(at + 1)) {
        return Some(Direction::Higher);
    }
    is_time(words.get(at.checked_sub(1)?)).then_some(Direction::Lower)
}

const LOWER: &[&str] = &[
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
    "rmsle",
    "msle",
    "mase",
    "mre",
    "nll",
    "perplexity",
    "ppl",
    "logloss",
    "crossentropy",
    "brier",
    "ece",
    "wer",
    "cer",
    "fid",
    "kid",
    "hinge",
    "deviance",
    "regret",
    "eer",
    "fpr",
    "fnr",
    "fdr",
    "latency",
    "misclassification",
    "residual",
    "residuals",
    "lpips",
    "mpjpe",
    "divergence",
    "kl",
    "kld",
    "aic",
    "bic",
    "cost",
];

const HIGHER: &[&str] = &[
    "accuracy",
    "acc",
    "auc",
    "auroc",
    "auprc",
    "aucpr",
    "roc",
    "f1",
    "f2",
    "fbeta",
    "fscore",
    "precision",
    "recall",
    "r2",
    "bleu",
    "rouge",
    "meteor",
    "map",
    "iou",
    "miou",
    "dice",
    "ndcg",
    "mrr",
    "psnr",
    "ssim",
    "reward",
    "rewards",
    "return",
    "returns",
    "score",
    "sensitivity",
    "specificity",
    "kappa",
    "mcc",
    "jaccard",
    "silhouette",
    "likelihood",
    "loglikelihood",
    "correlation",
    "pearson",
    "spearman",
    "tpr",
    "tnr",
    "ap",
    "gini",
    "elbo",
    "hits",
    "throughput",
    "rougel",
    "similarity",
];

fn of_word(word: &str) -> Option<Direction> {
    // `acc1`, `map50`, `rouge2`, but `f1` and `r2` as they stand.
    let bare = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let among = |list: &[&str]| list.contains(&word) || list.contains(&bare);
    if among(HIGHER) {
        Some(Direction::Higher)
    } else if among(LOWER) {
        Some(Direction::Lower)
    } else {
        None
    }
}

/// Lower-case words: `valLoss/cross_entropy mIoU` gives `val`, `loss`, `crossentropy`, `miou`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for token in name.split(|letter: char| !letter.is_alphanumeric()).filter(|token| !token.is_empty()) {
        let whole = token.to_lowercase();
        if whole == "entropy" && words.last().is_some_and(|word| word == "cross") {
            words.push("crossentropy".to_owned());
        } else if of_word(&whole).is_some() {
            words.push(whole);
        } else {
            split_camel(token, &mut words);
        }
    }
    words
}

fn split_camel(token: &str, words: &mut Vec<String>) {
    let mut word = String::new();
    for letter in token.chars() {
        if letter.is_uppercase() && word.chars().next_back().is_some_and(|last| !last.is_uppercase()) {
            words.push(std::mem::take(&mut word).to_lowercase());
        }
        word.push(letter);
    }
    words.push(word.to_lowercase());
}
