//! What a metric's key says about the metric: which way it gets better, whether MLflow logged it.
//!
//! A guess from words, the same one for tables, charts, diffs and pages, and always open to a
//! person's correction. Where the words do not say, the answer is [`Direction::Unknown`], and
//! nothing is coloured or called best.

mod words;

/// Which way a metric gets better.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
pub enum Direction {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
    /// The key does not say.
    #[default]
    Unknown,
}

impl Direction {
    /// The hint beside a key: `↑ better`, `↓ better`; empty when unknown.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Higher => "↑ better",
            Self::Lower => "↓ better",
            Self::Unknown => "",
        }
    }

    /// The hint beside a title: `higher is better`, `lower is better`; empty when unknown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Higher => "higher is better",
            Self::Lower => "lower is better",
            Self::Unknown => "",
        }
    }
}

/// The direction that a key suggests: `val/accuracy` higher, `test_log_loss` lower, `lr` unknown.
pub fn direction(key: &str) -> Direction {
    words::direction(&words::split(key))
}

/// Whether MLflow's system monitor logged it: `system/gpu_0_utilization_percentage`.
pub fn is_system(key: &str) -> bool {
    key.starts_with("system/")
}

/// Whether its key names held-out data: `val/loss`, `test_f1`, `eval-accuracy`, `cv_score`.
pub fn is_held_out(key: &str) -> bool {
    words::split(key).iter().any(|word| {
        matches!(
            word.as_str(),
            "val"
                | "valid"
                | "validation"
                | "test"
                | "testing"
                | "eval"
                | "evaluation"
                | "dev"
                | "cv"
                | "holdout"
        )
    })
}
