use super::RunRef;

/// The place of each run in the order of ties.
pub(super) fn tie_ranks(runs: &[RunRef]) -> Vec<u32> {
    vec![0; runs.len()]
}
