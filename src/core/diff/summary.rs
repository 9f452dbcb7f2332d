//! The comparison in words.

use super::{Diff, SectionKind, values::Found};
use crate::{
    format::{self, Clock},
    model::Direction,
};

/// The metric that most runs have, of those whose direction is known; validation before training.
pub(super) fn main_metric(diff: &Diff) -> Option<String> {
    let section = diff.sections.iter().find(|section| section.kind == SectionKind::Metrics)?;
    let weight = |at: usize, name: &str| {
        let runs =
            (0..diff.runs.len()).filter(|run| !matches!(section.found(&diff.runs, at, *run), Found::Missing));
        let lower = name.to_lowercase();
        let said =
            ["test", "val", "eval"].iter().position(|word| lower.contains(word)).map_or(0, |at| 3 - at);
        (runs.count(), said)
    };
    let known = section
        .keys
        .iter()
        .enumerate()
        .filter(|(_, key)| key.differs && diff.rules.directions.of(&key.name) != Direction::Unknown);
    // The first of equals: they are sorted by name.
    let best = known.rev().max_by_key(|(at, key)| weight(*at, &key.name));
    best.map(|(_, key)| key.name.clone())
}

/// `3 of 34 params differ. val_loss is lowest in X: 0.6127, −0.1264 against the baseline.`
pub(super) fn words(diff: &Diff, metric: Option<&str>) -> String {
    let mut sentences = vec![params(diff)];
    let chosen = metric.map(str::to_owned).or_else(|| main_metric(diff));
    sentences.extend(chosen.and_then(|metric| best(diff, &metric)));
    sentences.join(" ")
}

fn params(diff: &Diff) -> String {
    let section = diff.sections.iter().find(|section| section.kind == SectionKind::Params);
    match section.map(|section| (section.differing, section.len())) {
        None => "These runs have no params.".to_owned(),
        Some((0, _)) => "All params are equal.".to_owned(),
        Some((differing, all)) => {
            let verb = if differing == 1 { "differs" } else { "differ" };
            format!("{} {verb}.", format::of_total(differing as u64, all as u64, "param", "params"))
        }
    }
}

/// Which run is best by a metric, and by how much it beats the baseline.
fn best(diff: &Diff, metric: &str) -> Option<String> {
    let at = diff
        .sections
        .iter()
        .position(|section| section.kind.is_metrics() && section.keys.iter().any(|key| key.name == metric))?;
    let row = diff.sections.get(at)?.keys.iter().position(|key| key.name == metric)?;
    let row = super::row::whole(diff, at, row, &diff.alone(), &Clock::utc(0))?;
    let extreme = match row.direction {
        Direction::Higher => "highest",
        Direction::Lower => "lowest",
        Direction::Unknown => return None,
    };
    let winners: Vec<usize> =
        (0..row.cells.len()).filter(|run| row.cells.get(*run).is_some_and(|cell| cell.best)).collect();
    let cell = row.cells.get(*winners.first()?)?;
    let name = |run: &usize| diff.runs.get(*run).map(|run| run.run.display_name()).unwrap_or_default();
    let who = match winners.as_slice() {
        [one] if *one == diff.baseline => "the baseline".to_owned(),
        [one] => name(one).to_owned(),
        many if many.contains(&diff.baseline) => format!("the baseline and {} more", many.len() - 1),
        many => format!("{} runs", many.len()),
    };
    let delta =
        cell.delta.as_ref().map(|delta| format!(", {} against the baseline", delta.text)).unwrap_or_default();
    Some(format!("{metric} is {extreme} in {who}: {}{delta}.", cell.text))
}
