use runatlas_core::compare::TextDiff;

use crate::{state::App, web::download};

impl App {
    /// Puts what differs on the clipboard as a unified patch, from these names.
    pub fn copy_patch(self, diff: &TextDiff, left: &str, right: &str) {
        self.copy_text(diff.patch(left, right), "The patch is on the clipboard.".to_owned());
    }

    /// Saves what differs as a unified patch.
    pub fn save_patch(self, diff: &TextDiff, left: &str, right: &str) {
        let name = format!("{}.patch", right.rsplit('/').next().unwrap_or(right));
        if let Err(reason) = download::save(&name, "text/x-patch", diff.patch(left, right).as_bytes()) {
            self.notices.bad(format!("{name} could not be saved: {reason}."));
        }
    }
}
