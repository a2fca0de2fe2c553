//! The two-factor model against the figures that Vayanos and Vila (2021) print, and against another implementation.
//!
//! The paper prints its estimated parameters with two to four digits, so figures computed from them can differ from printed ones by
//! more than the last digit: a percent of the mean reversion (.125) is .004 in a standard deviation of .8 and .01 in one of 2.6.
//! Those are the tolerances. What lies outside them is listed in `MISSES` and must keep missing.

use std::collections::BTreeMap;

use brandish_habitat::vayanos_vila::{Purchase, TwoFactorModel, TwoFactorParameters};

const PARAMETERS: &str = include_str!("../../../../goldens/published/vayanos_vila/parameters.csv");
const FIGURES: &str = include_str!("../../../../goldens/published/vayanos_vila/figures.csv");
const PEER: &str = include_str!("../../../../goldens/peer/vayanos_vila/golden.csv");

/// Figures that the printed parameters do not give, with the reason.
const MISSES: [(&str, &str, &str); 1] = [
    // 1.9002: the volatility is printed with three digits, .0159, and half a unit of the last one is .006 of this figure
    ("sub", "level_deviation", "1"),
];

struct Sample {
    model: TwoFactorModel,
    /// Risk aversion at the mean of the two ends that the paper derives from the range of the demand slope.
    risk_aversion: f64,
}

fn samples() -> BTreeMap<String, Sample> {
    PARAMETERS
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |i: usize| cells[i].parse::<f64>().unwrap();
            let parameters = TwoFactorParameters {
                short_rate_reversion: number(1),
                volatility: number(2),
                demand_reversion: number(3),
                demand_risk: number(4),
                demand_slope: number(5),
                slope_decay: number(6),
                shock_decay: number(7),
            };
            let sample = Sample {
                model: TwoFactorModel::solve(&parameters).unwrap(),
                risk_aversion: 0.5 * (number(5) / number(8) + number(5) / number(9)),
            };
            (cells[0].to_owned(), sample)
        })
        .collect()
}

/// Change of yields, percent, after 12% of GDP was bought at one maturity.
fn bought(sample: &Sample, maturity_years: f64, at: f64) -> f64 {
    let purchase = Purchase {
        maturity_years,
        share_of_gdp: 0.12,
        decay_per_year: 0.1,
        risk_aversion: sample.risk_aversion,
    };
    sample.model.purchase_response(&purchase, &[at]).unwrap()[0].0 / 100.0
}

fn mean(value: impl Fn(f64) -> f64) -> f64 {
    (1..=30).map(|years| value(f64::from(years))).sum::<f64>() / 30.0
}

#[test]
fn the_papers_figures() {
    let samples = samples();
    let mut compared = 0;
    for line in FIGURES.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let sample = &samples[cells[0]];
        let level = |years: f64| sample.model.level_deviation(years).unwrap().0 / 100.0;
        let change = |years: f64| sample.model.annual_change_deviation(years).unwrap().0 / 100.0;
        let years = cells[2].parse::<f64>();
        let found = match cells[1] {
            "level_deviation" => level(years.unwrap()),
            "annual_change_deviation" => change(years.unwrap()),
            "mean_level_deviation" => mean(level),
            "mean_annual_change_deviation" => mean(change),
            "purchase_at_30_years" => bought(sample, 30.0, years.unwrap()),
            other => panic!("{other} is not a figure of the paper"),
        };
        let printed: f64 = cells[3].parse().unwrap();
        let tolerance: f64 = cells[4].parse().unwrap();
        println!("{line}: {found:.4}");
        let missed = MISSES.contains(&(cells[0], cells[1], cells[2]));
        assert_eq!(
            (found - printed).abs() > tolerance,
            missed,
            "{line}: {found}"
        );
        compared += 1;
    }
    assert_eq!(compared, 10);
}

#[test]
fn another_implementation() {
    let samples = samples();
    let mut compared = 0;
    let mut largest = 0.0_f64;
    for line in PEER.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let sample = &samples[cells[0]];
        let [[rr, rb], [br, bb]] = sample.model.feedback_per_year();
        let found = match cells[1] {
            "M_rr" => rr,
            "M_rb" => rb,
            "M_br" => br,
            "M_bb" => bb,
            _ => bought(sample, cells[2].parse().unwrap(), cells[3].parse().unwrap()),
        };
        largest = largest.max((found - cells[4].parse::<f64>().unwrap()).abs());
        compared += 1;
    }
    println!("{compared} values, largest difference {largest:.1e}");
    assert_eq!(compared, 58);
    assert!(largest < 1e-8, "{largest:e}");
}

#[test]
fn without_demand_risk_the_short_rate_alone_moves_prices() {
    // With a slope of 0 and no demand risk: A_r = (1 - exp(-kappa t)) / kappa, A_b = 0 (Vasicek), in closed form.
    let model = TwoFactorModel::solve(&TwoFactorParameters {
        short_rate_reversion: 0.2,
        volatility: 0.01,
        demand_reversion: 0.1,
        demand_risk: 0.0,
        demand_slope: 0.0,
        slope_decay: 0.3,
        shock_decay: 0.3,
    })
    .unwrap();
    for years in [1.0_f64, 5.0, 30.0] {
        let loading = (1.0 - (-0.2 * years).exp()) / 0.2;
        let closed = 1e4 * 0.01 * loading / years / (2.0_f64 * 0.2).sqrt();
        assert!((model.level_deviation(years).unwrap().0 - closed).abs() < 1e-8 * closed);
    }
}
