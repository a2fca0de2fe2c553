//! How the cost of a path grows: with the days on which it is priced, and with the sectors that move at different speeds.
//!
//! The number of buckets is a constant of the program: `bench/engine/buckets.py` builds copies with other numbers and calls this.

use std::fmt::Write as _;

use brandish_habitat::{
    Known, Market, Order, OrderFlow, Parameters, Sigma, SlowSectors, reference_mix,
};

use crate::cases::fastest;
use crate::count::{classes, operations};

/// Camp F: the slope and risk price of the peer's golden file, rounded. Undeclared sales of $600bn take it beyond its capacity.
const SLOPE: f64 = 9.536;
const RISK_PRICE: f64 = 1.161e-5;

fn silent(days: usize) -> OrderFlow {
    OrderFlow {
        horizon_days: days,
        orders: vec![Order::even(
            600.0 / 63.0 * days as f64,
            days,
            &reference_mix::JAPAN,
            Known::Silent,
        )],
        ..OrderFlow::default()
    }
}

/// Distinct half-lives: the first `count` sectors keep theirs, the others share the last of them.
fn market_of(count: usize) -> Result<Market, String> {
    let mut sectors = SlowSectors::reference();
    for (index, sector) in sectors.sectors.iter_mut().enumerate() {
        sector.half_life_days = 20.0 * (index.min(count - 1) + 1) as f64;
    }
    let sigma = Sigma::reference().map_err(|e| e.to_string())?;
    Market::new(sigma, sectors, 0.0).map_err(|e| e.to_string())
}

/// Two tables in Markdown.
pub fn table(repetitions: usize) -> Result<String, String> {
    let parameters = Parameters {
        forced: None,
        ..Parameters::central(SLOPE, RISK_PRICE)
    };
    let mut text = String::from(
        "| sold silently on so many days | ms | Mflop counted | Gflop/s |\n|---|---|---|---|\n",
    );
    let market = Market::reference().map_err(|e| e.to_string())?;
    let mut line = |first: String, market: &Market, days: usize| -> Result<(), String> {
        let (seconds, path) = fastest(repetitions, market, &parameters, &silent(days))?;
        let flop = operations(market, &parameters, &path);
        writeln!(
            text,
            "| {first} | {:.2} | {:.1} | {:.1} |",
            seconds * 1e3,
            flop * 1e-6,
            flop / seconds * 1e-9
        )
        .map_err(|e| e.to_string())
    };
    for days in [16, 32, 63, 126, 252] {
        line(days.to_string(), &market, days)?;
    }
    let mut sectors = String::from(
        "\n| sectors with half-lives of their own | ms | Mflop counted | Gflop/s |\n|---|---|---|---|\n",
    );
    for count in [1, 2, 4, 6, 8] {
        let market = market_of(count)?;
        let (seconds, path) = fastest(repetitions, &market, &parameters, &silent(63))?;
        let flop = operations(&market, &parameters, &path);
        writeln!(
            sectors,
            "| {} | {:.2} | {:.1} | {:.1} |",
            classes(&market),
            seconds * 1e3,
            flop * 1e-6,
            flop / seconds * 1e-9
        )
        .map_err(|e| e.to_string())?;
    }
    Ok(text + &sectors)
}
