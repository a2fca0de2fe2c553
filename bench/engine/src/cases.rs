//! The cases: a market that stays linear, one beyond its capacity, one in which the Fed's rule is believed; announced and silent.
//!
//! A case is run with every camp that is given; its yields go with its time, so that a peer can be compared and not only raced.

use std::fmt::Write as _;

use brandish_habitat::{
    ClearingPath, FedRule, Known, Market, Order, OrderFlow, Parameters, Solver, TEN_YEAR_BUCKET,
    reference_mix,
};

use crate::count::operations;

/// Business days of every case.
const DAYS: usize = 253;

struct Case {
    name: &'static str,
    amount_usd_bn: f64,
    sale_days: usize,
    fed: Option<FedRule>,
}

fn cases() -> [Case; 3] {
    let case = |name, amount_usd_bn, sale_days, fed| Case {
        name,
        amount_usd_bn,
        sale_days,
        fed,
    };
    [
        case("linear", 100.0, 63, None),
        case("non-linear", 600.0, 21, None),
        case("fed", 600.0, 21, Some(FedRule::central(0.5))),
    ]
}

fn parse(word: &str) -> Option<(String, Parameters)> {
    let (camp, numbers) = word.split_once('=')?;
    let values: Vec<f64> = numbers
        .split(',')
        .map(|value| value.parse().ok())
        .collect::<Option<_>>()?;
    let [slope, risk_price, news] = values.as_slice() else {
        return None;
    };
    let mut parameters = Parameters::central(*slope, *risk_price);
    parameters.extrapolation.share = *news;
    Some((camp.to_owned(), parameters))
}

/// Seconds of the fastest of `repetitions` runs, and the path.
#[allow(clippy::disallowed_methods)] // a stopwatch is what this program is
pub fn fastest(
    repetitions: usize,
    market: &Market,
    parameters: &Parameters,
    flow: &OrderFlow,
) -> Result<(f64, ClearingPath), String> {
    let mut solver = Solver::new(market, parameters).map_err(|e| e.to_string())?;
    let mut best = f64::INFINITY;
    let mut last = None;
    for _ in 0..repetitions.max(1) {
        let start = std::time::Instant::now();
        solver = solver
            .renewed(market, parameters)
            .map_err(|e| e.to_string())?;
        let path = solver.clear(flow).map_err(|e| e.to_string())?;
        best = best.min(start.elapsed().as_secs_f64());
        last = Some(path);
    }
    let path = last.ok_or("no repetition was made")?;
    if path.days.len() != flow.horizon_days {
        return Err(format!("{} days were cleared", path.days.len()));
    }
    Ok((best, path))
}

/// All cases of the camps given, as JSON.
pub fn json(repetitions: usize, camps: &[&str]) -> Result<String, String> {
    let market = Market::reference().map_err(|e| e.to_string())?;
    let mut json = String::from("{");
    for word in camps {
        let (camp, parameters) =
            parse(word).ok_or_else(|| format!("{word}: write CAMP=SLOPE,RISK_PRICE,NEWS"))?;
        for case in cases() {
            for (mode, known) in [("announced", Known::announced()), ("silent", Known::Silent)] {
                let parameters = Parameters {
                    fed: case.fed,
                    ..parameters
                };
                let flow = OrderFlow {
                    horizon_days: DAYS,
                    orders: vec![Order::even(
                        case.amount_usd_bn,
                        case.sale_days,
                        &reference_mix::JAPAN,
                        known,
                    )],
                    ..OrderFlow::default()
                };
                let (seconds, path) = fastest(repetitions, &market, &parameters, &flow)?;
                let yields: Vec<String> = path
                    .bucket_yields_bp(TEN_YEAR_BUCKET)
                    .map(|value| format!("{value:e}"))
                    .collect();
                let comma = if json.len() > 1 { ", " } else { "" };
                write!(
                    json,
                    "{comma}\"{camp} {} {mode}\": {{\"seconds\": {seconds:e}, \"operations\": {:e}, \"ten_year_bp\": [{}]}}",
                    case.name,
                    operations(&market, &parameters, &path),
                    yields.join(", ")
                )
                .map_err(|e| e.to_string())?;
            }
        }
    }
    json.push('}');
    Ok(json)
}
