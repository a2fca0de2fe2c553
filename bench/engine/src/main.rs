//! Times clearing paths in reference settings and counts their operations; `bench/engine/run.py` sets them beside a peer.
//!
//! `engine-timer paths REPETITIONS CAMP=SLOPE,RISK_PRICE,NEWS ...` prints one JSON object: per case the seconds of the fastest repetition,
//! the floating-point operations counted, and the ten-year yield of every day. `engine-timer growth REPETITIONS` prints how the cost grows with
//! days and with sectors, `engine-timer peak` what the machine's vectors can do. As in a run, the memory of the solver is kept from path to path;
//! everything that follows from the parameters is inside the timed part.

mod cases;
mod count;
mod growth;
mod peak;

use std::process::ExitCode;

fn answer(arguments: &[String]) -> Result<String, String> {
    let usage = "usage: engine-timer paths REPETITIONS CAMP=SLOPE,RISK_PRICE,NEWS ... | growth REPETITIONS | peak";
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let repetitions = |word: &str| word.parse::<usize>().map_err(|_| usage.to_owned());
    match words.as_slice() {
        ["paths", count, camps @ ..] => cases::json(repetitions(count)?, camps),
        ["growth", count] => growth::table(repetitions(count)?),
        ["peak"] => Ok(peak::json()),
        _ => Err(usage.to_owned()),
    }
}

#[allow(clippy::print_stdout, clippy::print_stderr)] // a command-line tool answers on stdout
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match answer(&arguments) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("engine-timer: {why}");
            ExitCode::FAILURE
        }
    }
}
