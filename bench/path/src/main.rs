//! Times one clearing path: $300bn sold evenly in 63 days, cleared over 253, announced and silent, in reference settings.
//!
//! `path-timer REPETITIONS CAMP=SLOPE,RISK_PRICE,NEWS ...` prints one JSON object: seconds of the fastest repetition, per camp and mode.
//! `bench/run.py` calls it with the camps of a peer's golden file and sets the result beside the peer's own time. Everything the
//! engine derives from its parameters is inside the timed part; building the market (once per process) is not.

use std::fmt::Write as _;
use std::process::ExitCode;

use brandish_habitat::{Known, Market, Order, OrderFlow, Parameters, clear, reference_mix};

fn parse(word: &str) -> Option<(String, Parameters)> {
    let (camp, numbers) = word.split_once('=')?;
    let values: Vec<f64> = numbers
        .split(',')
        .map(|v| v.parse().ok())
        .collect::<Option<_>>()?;
    let [slope, risk_price, news] = values.as_slice() else {
        return None;
    };
    let mut parameters = Parameters::central(*slope, *risk_price);
    parameters.extrapolation.share = *news;
    Some((camp.to_owned(), parameters))
}

/// Seconds of the fastest of `repetitions` runs.
#[allow(clippy::disallowed_methods)] // a stopwatch is what this program is
fn fastest(
    repetitions: usize,
    market: &Market,
    parameters: &Parameters,
    flow: &OrderFlow,
) -> Result<f64, String> {
    let mut best = f64::INFINITY;
    for _ in 0..repetitions {
        let start = std::time::Instant::now();
        let path = clear(market, parameters, flow).map_err(|e| e.to_string())?;
        let seconds = start.elapsed().as_secs_f64();
        if path.days.len() != flow.horizon_days {
            return Err(format!("{} days were cleared", path.days.len()));
        }
        best = best.min(seconds);
    }
    Ok(best)
}

fn times(arguments: &[String]) -> Result<String, String> {
    let usage = "usage: path-timer REPETITIONS CAMP=SLOPE,RISK_PRICE,NEWS ...";
    let (count, camps) = arguments.split_first().ok_or(usage)?;
    let repetitions: usize = count.parse().map_err(|_| usage)?;
    let market = Market::reference().map_err(|e| e.to_string())?;
    let mut json = String::from("{");
    for word in camps {
        let (camp, parameters) = parse(word).ok_or_else(|| format!("{word}: {usage}"))?;
        for (mode, known) in [
            (
                "announced",
                Known::Announced {
                    announced_day: 0,
                    credibility: 1.0,
                },
            ),
            ("silent", Known::Silent),
        ] {
            let flow = OrderFlow {
                horizon_days: 253,
                orders: vec![Order::even(300.0, 63, &reference_mix::JAPAN, known)],
                ..OrderFlow::default()
            };
            let seconds = fastest(repetitions, &market, &parameters, &flow)?;
            let comma = if json.len() > 1 { ", " } else { "" };
            write!(json, "{comma}\"{camp} {mode}\": {seconds:e}").map_err(|e| e.to_string())?;
        }
    }
    json.push('}');
    Ok(json)
}

#[allow(clippy::print_stdout, clippy::print_stderr)] // a command-line tool answers on stdout
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match times(&arguments) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("path-timer: {why}");
            ExitCode::FAILURE
        }
    }
}
