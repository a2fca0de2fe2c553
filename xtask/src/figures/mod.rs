//! The figures of `docs/concepts/engine.md`, drawn from the engine: `cargo xtask figures`.
//!
//! Camps with their central observables in the reference market, so that a figure does not change with the data. A test compares the
//! figures in the repository with what the engine gives.

mod chart;

use std::fs;
use std::path::Path;

use brandish_habitat::{
    ClearingPath, Extrapolation, Known, Market, Order, OrderFlow, Parameters, SECTOR_NAMES,
    TEN_YEAR_BUCKET, Threat, ThreatKind, clear, reference_mix, slope_for_long_run_response,
    ten_year_equivalents,
};
use brandish_scenario::file::CampName;
use brandish_scenario::parameters::ParameterBook;
use chart::{Chart, Line, Style, svg};

/// Folder of the figures.
const FOLDER: &str = "docs/concepts/figures";
/// Business days of a path.
const DAYS: usize = 126;
const SALE_DAYS: usize = 63;
const AMOUNT_USD_BN: f64 = 300.0;

/// Writes all figures.
///
/// # Errors
/// A camp or path that cannot be computed, or a file that cannot be written.
pub fn write(root: &Path) -> Result<String, String> {
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut done = String::new();
    for (name, text) in all()? {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        done.push_str(&format!("{FOLDER}/{name}\n"));
    }
    Ok(done)
}

/// Names and texts of all figures.
fn all() -> Result<Vec<(&'static str, String)>, String> {
    let market = Market::reference().map_err(|error| error.to_string())?;
    let book = ParameterBook::shipped().map_err(|error| error.to_string())?;
    let camp = |name| parameters(&market, &book, name);
    let c = camp(CampName::C)?;
    let camps = [
        ("S", camp(CampName::S)?),
        ("C", c),
        ("F", camp(CampName::F)?),
    ];
    Ok(vec![
        ("announced-and-silent.svg", svg(&modes(&market, &c)?)),
        ("parts.svg", svg(&parts(&market, &c)?)),
        ("who-holds.svg", svg(&holders(&market, &c)?)),
        ("words.svg", svg(&words(&market, &c)?)),
        ("capacity.svg", svg(&capacity(&market, &camps[2].1)?)),
        ("size.svg", svg(&size(&market, &camps)?)),
        ("pace.svg", svg(&pace(&market, &camps)?)),
    ])
}

/// A camp at its central observables, in the economy in which they are stated.
fn parameters(market: &Market, book: &ParameterBook, name: CampName) -> Result<Parameters, String> {
    let camp = book.camps.get(name).map_err(|error| error.to_string())?;
    let mut parameters = Parameters::central(1.0, camp.risk_price_central);
    parameters.extrapolation.share = camp.news_central;
    parameters.demand_slope_usd_bn_per_bp =
        slope_for_long_run_response(market, &parameters, camp.long_run_response_bp_per_100bn)
            .map_err(|error| error.to_string())?;
    Ok(parameters)
}

fn sale(amount: f64, days: usize, horizon: usize, known: Known) -> OrderFlow {
    OrderFlow {
        horizon_days: horizon,
        orders: vec![Order::even(amount, days, &reference_mix::JAPAN, known)],
        ..OrderFlow::default()
    }
}

fn run(market: &Market, parameters: &Parameters, flow: &OrderFlow) -> Result<ClearingPath, String> {
    clear(market, parameters, flow).map_err(|error| error.to_string())
}

/// Ten-year changes from day 0 on.
fn ten_year(path: &ClearingPath) -> Vec<(f64, f64)> {
    std::iter::once(0.0)
        .chain(path.bucket_yields_bp(TEN_YEAR_BUCKET))
        .enumerate()
        .map(|(day, change)| (day as f64, change))
        .collect()
}

fn line(name: &str, points: Vec<(f64, f64)>) -> Line {
    Line {
        name: name.to_owned(),
        points,
    }
}

fn lines(title: &str, x: &str, y: &str, lines: Vec<Line>) -> Chart {
    Chart {
        title: title.to_owned(),
        x_label: x.to_owned(),
        y_label: y.to_owned(),
        lines,
        style: Style::Lines,
    }
}

const DAY: &str = "business days after the announcement";
const CHANGE: &str = "change of the ten-year yield, bp";

fn modes(market: &Market, camp: &Parameters) -> Result<Chart, String> {
    let mut drawn = Vec::new();
    let doubted = Known::Announced {
        announced_day: 0,
        credibility: 0.3,
    };
    for (name, known) in [
        ("announced, believed", Known::announced()),
        ("announced, p = 0.3", doubted),
        ("silent", Known::Silent),
    ] {
        let flow = sale(AMOUNT_USD_BN, SALE_DAYS, DAYS, known);
        drawn.push(line(name, ten_year(&run(market, camp, &flow)?)));
    }
    Ok(lines(
        "$300bn sold in 63 days, camp C: announced, doubted, silent",
        DAY,
        CHANGE,
        drawn,
    ))
}

fn parts(market: &Market, camp: &Parameters) -> Result<Chart, String> {
    let linear = Parameters {
        capacity_curvature: 0.0,
        forced: None,
        ..*camp
    };
    let whole = run(
        market,
        &linear,
        &sale(AMOUNT_USD_BN, SALE_DAYS, DAYS, Known::announced()),
    )?;
    let blind = Parameters {
        extrapolation: Extrapolation {
            share: 0.0,
            ..camp.extrapolation
        },
        ..linear
    };
    let inventory = run(
        market,
        &blind,
        &sale(AMOUNT_USD_BN, SALE_DAYS, DAYS, Known::Silent),
    )?;
    let (whole, inventory) = (ten_year(&whole), ten_year(&inventory));
    let expectation = whole
        .iter()
        .zip(&inventory)
        .map(|((day, all), (_, held))| (*day, all - held))
        .collect();
    Ok(lines(
        "Parts of an announced sale of $300bn, camp C",
        DAY,
        CHANGE,
        vec![
            line("the change", whole),
            line("held by specialists", inventory),
            line("expected to follow", expectation),
        ],
    ))
}

fn holders(market: &Market, camp: &Parameters) -> Result<Chart, String> {
    let path = run(
        market,
        camp,
        &sale(AMOUNT_USD_BN, SALE_DAYS, 252, Known::Silent),
    )?;
    let weights = ten_year_equivalents();
    let total = |amounts: &[f64]| -> f64 { amounts.iter().zip(&weights).map(|(a, w)| a * w).sum() };
    let series = |of: &dyn Fn(&brandish_habitat::ClearingDay) -> f64| {
        std::iter::once((0.0, 0.0))
            .chain(
                path.days
                    .iter()
                    .enumerate()
                    .map(|(index, day)| ((index + 1) as f64, of(day))),
            )
            .collect::<Vec<_>>()
    };
    let mut drawn = vec![line(
        "specialists",
        series(&|day| total(&day.inventory_usd_bn)),
    )];
    for (k, name) in SECTOR_NAMES.into_iter().enumerate() {
        drawn.push(line(name, series(&|day| total(&day.holdings_usd_bn[k]))));
    }
    Ok(Chart {
        title: "Who holds $300bn sold silently in 63 days, camp C".to_owned(),
        x_label: "business days".to_owned(),
        y_label: "$bn of ten-year equivalents".to_owned(),
        lines: drawn,
        style: Style::Stacked,
    })
}

fn words(market: &Market, camp: &Parameters) -> Result<Chart, String> {
    let mut drawn = Vec::new();
    for (name, kind) in [
        (
            "no date",
            ThreatKind::Hazard {
                half_life_days: 21.0,
            },
        ),
        (
            "by day 42 or never",
            ThreatKind::Deadline { deadline_day: 42 },
        ),
    ] {
        let flow = OrderFlow {
            horizon_days: DAYS,
            threats: vec![Threat {
                amount_usd_bn: AMOUNT_USD_BN,
                days: SALE_DAYS,
                mix: reference_mix::JAPAN,
                start_day: 0,
                prior: 0.0,
                probability: 0.5,
                kind,
            }],
            ..OrderFlow::default()
        };
        drawn.push(line(name, ten_year(&run(market, camp, &flow)?)));
    }
    Ok(lines(
        "Words alone: $300bn believed with 0.5, nothing follows, camp C",
        DAY,
        CHANGE,
        drawn,
    ))
}

/// The multiple of the risk price at every utilization that a very large sale goes through.
fn capacity(market: &Market, camp: &Parameters) -> Result<Chart, String> {
    let path = run(market, camp, &sale(1100.0, 42, 42, Known::Silent))?;
    let mut points: Vec<(f64, f64)> = path
        .days
        .iter()
        .map(|day| (day.utilization, day.capacity_multiplier))
        .collect();
    points.push((camp.utilization_at_rest, 1.0));
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(lines(
        "The price of risk when balance sheets fill",
        "utilization of specialists' balance sheets",
        "multiple of the risk price",
        vec![line("c(u)", points)],
    ))
}

fn size(market: &Market, camps: &[(&str, Parameters)]) -> Result<Chart, String> {
    let mut drawn = Vec::new();
    for (mode, known) in [("silent", Known::Silent), ("announced", Known::announced())] {
        for (name, camp) in camps {
            let mut points = vec![(0.0, 0.0)];
            for step in 1..=12 {
                let amount = 50.0 * f64::from(step);
                let path = run(market, camp, &sale(amount, 21, 63, known))?;
                points.push((amount, peak(&path)));
            }
            drawn.push(line(&format!("{name} {mode}"), points));
        }
    }
    Ok(lines(
        "Size: peak of the ten-year yield, sold in 21 days, no Federal Reserve",
        "sold, $bn",
        "bp",
        drawn,
    ))
}

fn pace(market: &Market, camps: &[(&str, Parameters)]) -> Result<Chart, String> {
    let mut drawn = Vec::new();
    for (name, camp) in camps {
        let mut points = Vec::new();
        for days in [5, 10, 21, 42, 63, 84, 126, 168, 210, 252] {
            let path = run(
                market,
                camp,
                &sale(AMOUNT_USD_BN, days, days + 10, Known::Silent),
            )?;
            points.push((days as f64, peak(&path)));
        }
        drawn.push(line(name, points));
    }
    Ok(lines(
        "Pace: peak of the ten-year yield, $300bn sold silently",
        "business days of the sale",
        "bp",
        drawn,
    ))
}

fn peak(path: &ClearingPath) -> f64 {
    path.peak(TEN_YEAR_BUCKET).map_or(0.0, |(_, peak)| peak.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_in_the_repository_are_what_the_engine_gives() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for (name, text) in all().unwrap_or_else(|error| panic!("{error}")) {
            let path = root.join(FOLDER).join(name);
            let kept = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert!(
                kept == text,
                "{FOLDER}/{name} is not what the engine gives: run `cargo xtask figures` and say in the change why it moved"
            );
        }
    }
}
