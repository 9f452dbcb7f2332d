//! Throws damaged, hostile and nonsensical input at every reader: the same input in every run.
//!
//! Each target takes small valid input, damages it as a disk, a bad copy or an enemy would, and
//! reads it. A round must not panic, must not read or hold more than its input accounts for, and
//! whatever is read must keep the promises of the model (see `check.rs`).
//!
//!     cargo test -p runatlas-core --test fuzz [TARGET...]      the brief share of CI
//!     RUNATLAS_FUZZ_ROUNDS=20 …                                twenty times as many rounds
//!     RUNATLAS_FUZZ_FROM=1000000 …                             other rounds than those of CI
//!     RUNATLAS_FUZZ_ONE=17 … TARGET                            round 17 alone, as a failure names it
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a failing round says what went wrong by panicking; the rest is a table for people"
)]

mod chance;
mod check;
mod meter;
mod mutate;
mod run;
mod seeds;
mod target;

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let plan = run::Plan::from_environment();
    let mut failed = false;
    println!("{:<12} {:>7} {:>5} {:>9} {:>9}  slowest", "target", "rounds", "read", "time", "memory");
    for target in target::ALL {
        if wanted.is_empty() || wanted.iter().any(|name| name == target.name) {
            failed |= !run::run(target, &plan);
        }
    }
    if failed {
        std::process::exit(1);
    }
}
