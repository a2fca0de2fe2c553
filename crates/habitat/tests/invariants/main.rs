//! What must hold whatever the numbers are: no golden value is needed to see that it is broken.
//!
//! Camp parameters are the central ones of camps S, C and F (demand slope and risk price); everything else is central.
//! Statements that the specification makes only "as seen" (bluffing, cost of a round trip) are checked at its numbers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop
)]

mod accounting;
mod beliefs;
mod refusals;
mod settings;
mod shape;

use brandish_habitat::{
    BucketVector, ClearingPath, Known, Market, Order, OrderFlow, Parameters, clear,
};

const CAMPS: [(&str, f64, f64); 3] = [
    ("S", 53.122, 1.3164e-5),
    ("C", 22.628, 1.1807e-5),
    ("F", 9.536, 1.1612e-5),
];

fn market() -> Market {
    Market::reference().unwrap()
}

fn camp_c() -> Parameters {
    Parameters::central(CAMPS[1].1, CAMPS[1].2)
}

fn single(horizon_days: usize, sales_by_day: Vec<BucketVector>, known: Known) -> OrderFlow {
    OrderFlow {
        horizon_days,
        orders: vec![Order {
            sales_by_day,
            known,
        }],
        ..OrderFlow::default()
    }
}

fn even(
    amount: f64,
    days: usize,
    mix: &BucketVector,
    known: Known,
    horizon_days: usize,
) -> OrderFlow {
    OrderFlow {
        horizon_days,
        orders: vec![Order::even(amount, days, mix, known)],
        ..OrderFlow::default()
    }
}

fn run(parameters: &Parameters, flow: &OrderFlow) -> ClearingPath {
    clear(&market(), parameters, flow).unwrap()
}

fn ten_year_peak(path: &ClearingPath) -> (usize, f64) {
    let (day, peak) = path.peak(6).unwrap();
    (day, peak.0)
}
