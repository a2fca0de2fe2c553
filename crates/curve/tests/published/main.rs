//! Published curves: Treasury's par yields are repriced, the Federal Reserve's parameters give its curve.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot read its own table has failed"
)]

mod fits;

use std::path::PathBuf;

use brandish_curve::{DiscountCurve, SvenssonParameters};
use brandish_units::{Date, ParYield, Tenor, Years, ZeroRate};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn lines(name: &str) -> Vec<Vec<String>> {
    let path = root().join("goldens/published").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    text.lines()
        .skip(1)
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

/// The published points of each day.
fn par_days() -> Vec<(Date, Vec<(Years, ParYield)>)> {
    lines("par_yields.csv")
        .into_iter()
        .map(|cells| {
            let points = Tenor::ALL
                .iter()
                .zip(&cells[1..])
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(tenor, cell)| {
                    let percent = cell.parse().unwrap();
                    (tenor.years(), ParYield::from_percent(percent))
                })
                .collect();
            (cells[0].parse().unwrap(), points)
        })
        .collect()
}

fn curve(as_of: Date, points: &[(Years, ParYield)]) -> DiscountCurve {
    DiscountCurve::from_par_yields(as_of, points).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn published_par_yields_are_repriced_and_survive_the_way_through_zero_rates() {
    let days = par_days();
    assert!(days.len() > 100);
    for (as_of, points) in days {
        let from_par = curve(as_of, &points);
        let zeros: Vec<(Years, ZeroRate)> = points
            .iter()
            .map(|(t, _)| (*t, from_par.zero_rate(*t)))
            .collect();
        let from_zeros = DiscountCurve::from_zero_rates(as_of, &zeros).unwrap();
        for (t, published) in &points {
            // The bootstrap stops at 1e-14 or where rounding stops it, 1e-12 (decimal); 1e-10 is the promise of the crate.
            for built in [&from_par, &from_zeros] {
                let computed = built.par_yield(*t).unwrap();
                let error = computed.decimal() - published.decimal();
                assert!(error.abs() < 1e-10, "{as_of} {t}: {error:e}");
            }
        }
    }
}

#[test]
fn forward_rates_are_positive_where_the_par_curve_allows() {
    for (as_of, points) in par_days() {
        let curve = curve(as_of, &points);
        // The input allows it when discount factors fall from each point to the next.
        let mut before = 1.0;
        let allowed = points.iter().all(|(t, _)| {
            let factor = curve.discount_factor(*t).factor();
            std::mem::replace(&mut before, factor) > factor
        });
        for step in 0..3_600 {
            let t = Years(f64::from(step) / 120.0);
            let forward = curve.instantaneous_forward(t).decimal();
            // Rounding of a forward that is zero by construction.
            assert!(!allowed || forward > -1e-12, "{as_of} {t}: {forward}");
        }
    }
}

#[test]
fn federal_reserve_parameters_give_its_curve() {
    let days = par_days();
    let mut compared = 0;
    for cells in lines("gsw_svensson.csv") {
        let number = |column: usize| cells[column].parse::<f64>().unwrap();
        let as_of: Date = cells[0].parse().unwrap();
        let parameters = SvenssonParameters {
            beta0_pct: number(1),
            beta1_pct: number(2),
            beta2_pct: number(3),
            beta3_pct: number(4),
            tau1_years: number(5),
            tau2_years: number(6),
        };
        let fed = DiscountCurve::from_svensson(as_of, parameters).unwrap();
        let (_, points) = days.iter().find(|(day, _)| *day == as_of).unwrap();
        // Another curve of the same day: the Fed leaves out on-the-run issues and smooths, Treasury uses them. The gap is the
        // on-the-run premium, a few bp in calm times and above 10 in March 2020; a wrong formula misses by far more than 20.
        let ten = Tenor::Y10.years();
        let (_, treasury) = points.iter().find(|(t, _)| *t == ten).unwrap();
        let difference = fed.par_yield(ten).unwrap() - *treasury;
        assert!(difference.bp().abs() < 20.0, "{as_of}: {difference}");
        // The zero rate is the average of the forward: Simpson's rule with this step is good to 1e-9 for humps as early as
        // those of 2022 (tau far below a year).
        let f = |t: f64| fed.instantaneous_forward(Years(t)).decimal();
        let h = 10.0 / 2_000.0;
        let sum: f64 = (0..1_000)
            .map(|k| {
                let t = 2.0 * f64::from(k) * h;
                (f(t) + 4.0 * f(t + h) + f(t + 2.0 * h)) * h / 3.0
            })
            .sum();
        let zero = fed.zero_rate(Years(10.0)).decimal();
        assert!(
            (sum / 10.0 - zero).abs() < 1e-9,
            "{as_of}: {}",
            sum / 10.0 - zero
        );
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}
