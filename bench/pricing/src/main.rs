//! Times pricing on securities and zero rates that `bench/pricing/run.py` has written, so that the peers see the same numbers.
//!
//! `pricing-timer DIR` reads `securities.csv` (kind, coupon or spread, maturity), `settings.csv` (as-of, settlement, number of curves), `zeros.bin` (one
//! row per time, settlement first, then every payment date of the notes and bonds; one column per curve; f64, little endian) and
//! `dates.csv`; it prints one JSON object with seconds of the fastest repetition and writes `prices.bin` and `yields.bin` for
//! the comparison. Building securities and grids (once per process) is not timed.

mod peak;
mod tasks;

use std::process::ExitCode;

#[allow(clippy::print_stdout, clippy::print_stderr)] // a command-line tool answers on stdout
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = arguments.as_slice() else {
        eprintln!("usage: pricing-timer DIR");
        return ExitCode::from(2);
    };
    match tasks::run(folder) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("pricing-timer: {why}");
            ExitCode::FAILURE
        }
    }
}
