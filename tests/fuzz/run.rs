//! Runs the rounds of a target and judges each: time, memory, panics.

use std::{
    cell::RefCell,
    panic::{self, AssertUnwindSafe},
    sync::mpsc,
    time::{Duration, Instant},
};

use crate::{MEMORY, chance::Chance};

/// One reader under fire.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Rounds of the brief share.
    pub(crate) rounds: u64,
    /// Bytes that a round may hold at once, beyond what it held at its start.
    pub(crate) memory: usize,
    /// Prepares its seeds, once.
    pub(crate) prepare: fn() -> Round,
}

/// Damages, reads and checks, led by chance alone; says whether there was still something to read.
pub(crate) type Round = Box<dyn Fn(&mut Chance) -> bool>;

/// Which rounds are run.
pub(crate) struct Plan {
    times: u64,
    from: u64,
    one: Option<u64>,
}

/// No round takes more than some tens of milliseconds; what takes this long does not end.
const PATIENCE: Duration = Duration::from_mins(1);
/// Failures of a target that are told before it is left.
const MOST_FAILURES: usize = 5;

impl Plan {
    pub(crate) fn from_environment() -> Self {
        let number = |name: &str| std::env::var(name).ok().map(|text| text.parse().expect(name));
        Self {
            times: number("RUNATLAS_FUZZ_ROUNDS").unwrap_or(1),
            from: number("RUNATLAS_FUZZ_FROM").unwrap_or(0),
            one: number("RUNATLAS_FUZZ_ONE"),
        }
    }
}

/// Whether every round passed.
pub(crate) fn run(target: &Target, plan: &Plan) -> bool {
    let rounds = match plan.one {
        Some(round) => round..round + 1,
        None => plan.from..plan.from + target.rounds * plan.times,
    };
    let round_of = (target.prepare)();
    let watchdog = Watchdog::start(target.name);
    let started = Instant::now();
    let (mut slowest, mut most, mut failures, mut read) = ((Duration::ZERO, 0), 0, 0, 0);
    for round in rounds.clone() {
        watchdog.round(round);
        let begun = Instant::now();
        let held = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let outcome = quietly(|| round_of(&mut Chance::of_round(target.name, round)));
        let took = MEMORY.peak_usage().saturating_sub(held);
        slowest = slowest.max((begun.elapsed(), round));
        most = most.max(took);
        let greedy = (took > target.memory).then(|| format!("it held {took} bytes at once"));
        read += u64::from(matches!(outcome, Ok(true)));
        if let Some(reason) = outcome.err().or(greedy) {
            failures += 1;
            tell(target.name, round, &reason);
            if failures == MOST_FAILURES {
                break;
            }
        }
    }
    let count = rounds.end - rounds.start;
    // Rounds whose input is refused as a whole prove little: then the damage is too rough.
    if plan.one.is_none() && failures == 0 && read * 4 < count {
        failures += 1;
        eprintln!("\n{}: only {read} of {count} rounds had something to read\n", target.name);
    }
    println!(
        "{:<12} {count:>7} {:>3} % {:>6} ms {:>6} KB  round {} in {} ms{}",
        target.name,
        read * 100 / count.max(1),
        started.elapsed().as_millis(),
        most / 1000,
        slowest.1,
        slowest.0.as_millis(),
        if failures == 0 { "" } else { "  FAILED" }
    );
    failures == 0
}

fn tell(target: &str, round: u64, reason: &str) {
    eprintln!(
        "\n{target}, round {round}: {reason}\n    alone: RUNATLAS_FUZZ_ONE={round} cargo test -p runatlas-core --test fuzz {target}\n"
    );
}

thread_local! {
    static PANICKED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs something; what it panicked with, and where.
fn quietly<T>(what: impl FnOnce() -> T) -> Result<T, String> {
    panic::set_hook(Box::new(|info| {
        let trace = std::env::var_os("RUNATLAS_FUZZ_TRACE")
            .map(|_| format!("\n{}", std::backtrace::Backtrace::force_capture()));
        PANICKED.set(Some(format!("{info}{}", trace.unwrap_or_default())));
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(what));
    drop(panic::take_hook());
    outcome.map_err(|_panic| PANICKED.take().unwrap_or_default())
}

/// Ends the program when a round does not end.
struct Watchdog {
    rounds: mpsc::Sender<u64>,
}

impl Watchdog {
    fn start(target: &'static str) -> Self {
        let (rounds, heard) = mpsc::channel();
        std::thread::spawn(move || {
            let mut round = 0;
            loop {
                match heard.recv_timeout(PATIENCE) {
                    Ok(next) => round = next,
                    Err(mpsc::RecvTimeoutError::Disconnected) => return,
                    Err(mpsc::RecvTimeoutError::Timeout) => {
                        tell(target, round, &format!("it has not ended after {PATIENCE:?}"));
                        std::process::exit(1);
                    }
                }
            }
        });
        Self { rounds }
    }

    fn round(&self, round: u64) {
        self.rounds.send(round).expect("the watchdog listens");
    }
}
