use runatlas_core::{format, job::ImportProgress};

/// An import that is under way.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportStatus {
    /// What was dropped.
    pub file_name: String,
    /// The store that is being read, once one is found.
    pub store: Option<String>,
    /// Which of the stores it is, from 1, and how many there are.
    pub of: (u32, u32),
    /// How far it is.
    pub progress: ImportProgress,
    /// A person asked it to stop.
    pub stopping: bool,
}

impl ImportStatus {
    /// What is being read: "Reading mlruns, 2 of 3".
    pub fn title(&self) -> String {
        let what = self.store.as_ref().unwrap_or(&self.file_name);
        match self.of {
            (index, all) if all > 1 && index > 0 => format!("Reading {what}, {index} of {all}"),
            _ => format!("Reading {what}"),
        }
    }

    /// What came in so far: "96 runs, 41,200 points, 3.1 MB stored".
    pub fn counts(&self) -> String {
        if self.store.is_none() {
            return "Looking for MLflow stores".to_owned();
        }
        let ImportProgress { runs, points, bytes, .. } = &self.progress;
        format!(
            "{}, {}, {} stored",
            format::count(*runs, "run", "runs"),
            format::count(*points, "point", "points"),
            format::bytes(*bytes)
        )
    }

    /// How much of the store is done; `None` while nobody knows.
    pub fn percent(&self) -> Option<f64> {
        let total = self.progress.total.filter(|total| *total > 0)?;
        Some((self.progress.done as f64 / total as f64 * 100.0).min(100.0))
    }
}
