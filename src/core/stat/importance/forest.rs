use super::table::Table;
use super::tree::{Dice, Tree};

const TREES: u64 = 100;
/// The most runs that a tree grows from.
const MOST_GROWN: usize = 1_000;
/// The most runs that a tree is asked about.
const MOST_ASKED: usize = 256;

/// What the forest found.
pub(super) struct Shares {
    /// One a param; they add up to 1, or are all 0.
    pub(super) shares: Vec<f64>,
    /// 1 - the squared error over the variance, on runs that a tree has not seen.
    pub(super) explained: f64,
}

pub(super) fn shares(table: &Table) -> Shares {
    let varied = |param: &usize| table.columns.get(*param).is_some_and(|column| !column.is_constant());
    let params: Vec<usize> = (0..table.columns.len()).filter(varied).collect();
    let mut losses = vec![0.0; table.columns.len()];
    let mut guesses = vec![(0.0, 0_u32); table.runs()];
    for seed in 0..TREES {
        let mut dice = Dice::new(seed);
        let (mut grown, asked) = drawn(table.runs(), &mut dice);
        let tree = Tree::grow(table, &params, &mut grown, &mut dice);
        for &run in &asked {
            if let Some((sum, count)) = guesses.get_mut(run) {
                *sum += tree.predict(|param| table.code(param, run));
                *count += 1;
            }
        }
        let error = error(table, &tree, &asked, None);
        for &param in params.iter().filter(|&&param| tree.uses(param)) {
            let mut others = asked.clone();
            let all = others.len();
            dice.shuffle(&mut others, all);
            if let Some(loss) = losses.get_mut(param) {
                *loss += self::error(table, &tree, &asked, Some((param, &others))) - error;
            }
        }
    }
    let helps = |loss: &f64| loss.max(0.0);
    let sum: f64 = losses.iter().map(helps).sum();
    let shares = losses.iter().map(|loss| if sum > 0.0 { helps(loss) / sum } else { 0.0 }).collect();
    Shares { shares, explained: explained(table, &guesses) }
}

/// Runs to grow a tree from, drawn with replacement, and runs that are not among them.
fn drawn(runs: usize, dice: &mut Dice) -> (Vec<usize>, Vec<usize>) {
    let grown: Vec<usize> = (0..runs.min(MOST_GROWN)).map(|_| dice.below(runs)).collect();
    let mut seen = vec![false; runs];
    for &run in &grown {
        if let Some(seen) = seen.get_mut(run) {
            *seen = true;
        }
    }
    let mut asked: Vec<usize> =
        seen.iter().zip(0..).filter(|(seen, _)| !**seen).map(|(_, run)| run).collect();
    if asked.len() > MOST_ASKED {
        dice.shuffle(&mut asked, MOST_ASKED);
        asked.truncate(MOST_ASKED);
    }
    (grown, asked)
}

/// The mean squared error over the asked runs; with one param taken from another run each.
fn error(table: &Table, tree: &Tree, asked: &[usize], swapped: Option<(usize, &[usize])>) -> f64 {
    let squared = |(place, &run): (usize, &usize)| {
        let guess = tree.predict(|param| match swapped {
            Some((swapped, others)) if swapped == param => {
                table.code(param, others.get(place).copied().unwrap_or(run))
            }
            _ => table.code(param, run),
        });
        (guess - table.target.get(run).copied().unwrap_or_default()).powi(2)
    };
    asked.iter().enumerate().map(squared).sum::<f64>() / asked.len().max(1) as f64
}

fn explained(table: &Table, guesses: &[(f64, u32)]) -> f64 {
    let guessed: Vec<(f64, f64)> = table
        .target
        .iter()
        .zip(guesses)
        .filter(|(_, (_, count))| *count > 0)
        .map(|(&target, &(sum, count))| (target, sum / f64::from(count)))
        .collect();
    let mean = guessed.iter().map(|(target, _)| target).sum::<f64>() / guessed.len().max(1) as f64;
    let variance: f64 = guessed.iter().map(|(target, _)| (target - mean).powi(2)).sum();
    let error: f64 = guessed.iter().map(|(target, guess)| (target - guess).powi(2)).sum();
    if variance > 0.0 { 1.0 - error / variance } else { 0.0 }
}
