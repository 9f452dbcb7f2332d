//! Images among the artifacts of runs, as series by step.

use std::collections::BTreeMap;

use crate::model::ArtifactEntry;

/// An image and its step.
#[derive(Debug, Clone, PartialEq)]
pub struct Shot {
    /// The number in its path; 0 for one without.
    pub step: i64,
    /// The file.
    pub entry: ArtifactEntry,
}

/// The images of one run: by the path with `*` in place of the step, rising by step.
pub type Series = BTreeMap<String, Vec<Shot>>;

/// What browsers can draw.
const KINDS: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "apng"];
/// How `mlflow.log_image` marks the step in a name: `loss%step%12%timestamp%…`, with `~` on servers
/// that refuse `%`. `compressed` is the small copy that it logs beside each image.
const MARKS: [&str; 2] = ["%step%", "~step~"];
const COPY: &str = "compressed";

/// The images whose path fits a pattern: a folder, the start of a path, or a path with `*` for any
/// text. An empty pattern fits all.
pub fn series(entries: &[ArtifactEntry], pattern: &str) -> Series {
    let mut found = Series::new();
    for entry in entries.iter().filter(|entry| is_image(&entry.path) && fits(&entry.path, pattern)) {
        if is_copy(&entry.path) {
            continue;
        }
        let (name, step) = split(&entry.path);
        found.entry(name).or_default().push(Shot { step: step.unwrap_or_default(), entry: entry.clone() });
    }
    for shots in found.values_mut() {
        shots.sort_by(|a, b| a.step.cmp(&b.step).then_with(|| a.entry.path.cmp(&b.entry.path)));
    }
    found
}

/// The image at a step: the last one that was logged by then, else the first.
pub fn at(shots: &[Shot], step: i64) -> Option<&Shot> {
    let after = shots.partition_point(|shot| shot.step <= step);
    shots.get(after.saturating_sub(1))
}

fn is_image(path: &str) -> bool {
    let end = path.rsplit_once('.').map(|(_, end)| end.to_lowercase());
    end.is_some_and(|end| KINDS.contains(&end.as_str()))
}

fn is_copy(path: &str) -> bool {
    MARKS.iter().any(|mark| path.contains(mark)) && path.contains(COPY)
}

/// A path without its step, and the step: MLflow's mark, else the last number of the name, else
/// that of the nearest folder.
fn split(path: &str) -> (String, Option<i64>) {
    for mark in MARKS {
        if let Some((before, after)) = path.split_once(mark) {
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            return (before.to_owned(), digits.parse().ok());
        }
    }
    let stem = path.rfind('.').filter(|dot| !path.get(*dot..).is_some_and(|end| end.contains('/')));
    let (stem, end) = path.split_at(stem.unwrap_or(path.len()));
    let Some(last) = stem.rfind(|c: char| c.is_ascii_digit()) else { return (path.to_owned(), None) };
    let first =
        stem.get(..=last).and_then(|head| head.rfind(|c: char| !c.is_ascii_digit())).map_or(0, |at| {
            // The character before the digits may take several bytes.
            at + stem.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
    let (before, rest) = stem.split_at(first);
    let (digits, after) = rest.split_at(last + 1 - first);
    (format!("{before}*{after}{end}"), digits.parse().ok())
}

/// Whether a path fits a pattern, see [`series`].
fn fits(path: &str, pattern: &str) -> bool {
    let pattern = pattern.trim().trim_start_matches('/');
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (place, part) in parts.iter().enumerate() {
        let is_last = place + 1 == parts.len();
        match rest.find(part) {
            _ if is_last && rest.ends_with(part) => return true,
            Some(at) if !is_last => rest = rest.get(at + part.len()..).unwrap_or_default(),
            _ => return false,
        }
    }
    true
}
