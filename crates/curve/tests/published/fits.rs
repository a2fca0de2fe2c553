//! Fits to prices that were paid or published: Treasury's buybacks by CUSIP, FedInvest's prices of a day.

use std::collections::BTreeMap;

use brandish_curve::{
    DiscountCurve, FitQuotes, QuotedSecurity, SecurityResidual, SvenssonParameters, errors_by_band,
    fit_spline, fit_svensson,
};
use brandish_treasury::{
    Bill, BillTerms, CouponTerms, NominalCoupon, Security, regular_settlement,
};
use brandish_units::{CleanPrice, CouponRate, Cusip, Date, ParYield, Tenor, Years};

use crate::{curve, root};

fn table(name: &str) -> Vec<Vec<String>> {
    let path = root().join("snapshot").join(name).join("data.csv");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    text.lines()
        .skip(1)
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

/// A security by its terms; interest runs from the coupon date on or before settlement, which is all that pricing needs.
fn security(kind: &str, cusip: Cusip, coupon: &str, maturity: Date, settlement: Date) -> Security {
    if kind == "bill" {
        return Security::Bill(
            Bill::new(BillTerms {
                cusip,
                issue: settlement,
                maturity,
            })
            .unwrap(),
        );
    }
    let coupon = NominalCoupon::new(CouponTerms {
        cusip,
        coupon: CouponRate::from_percent(coupon.parse().unwrap()),
        issue: settlement,
        dated: None,
        first_interest: None,
        maturity,
    });
    Security::Note(coupon.unwrap())
}

/// The Federal Reserve's curve by day.
fn federal_reserve() -> BTreeMap<Date, DiscountCurve> {
    table("gsw")
        .into_iter()
        .map(|cells| {
            let number = |column: usize| cells[column].parse::<f64>().unwrap();
            let day: Date = cells[0].parse().unwrap();
            let parameters = SvenssonParameters {
                beta0_pct: number(1),
                beta1_pct: number(2),
                beta2_pct: number(3),
                beta3_pct: number(4),
                tau1_years: number(5),
                tau2_years: number(6),
            };
            (day, DiscountCurve::from_svensson(day, parameters).unwrap())
        })
        .collect()
}

/// Treasury's par curves by day.
fn treasury() -> BTreeMap<Date, DiscountCurve> {
    let path = root().join("snapshot/par_yields/data.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert_eq!(header.len(), 15, "{header:?}");
    lines
        .filter(|line| *line >= "2024-04")
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let points: Vec<(Years, ParYield)> = Tenor::ALL
                .iter()
                .zip(&cells[1..])
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(tenor, cell)| (tenor.years(), ParYield::from_percent(cell.parse().unwrap())))
                .collect();
            let day: Date = cells[0].parse().unwrap();
            (day, curve(day, &points))
        })
        .collect()
}

/// Nominal securities bought back, by day of the operation.
fn buybacks() -> BTreeMap<Date, Vec<QuotedSecurity>> {
    let mut days: BTreeMap<Date, Vec<QuotedSecurity>> = BTreeMap::new();
    for cells in table("buybacks") {
        if cells[2] == "tips" {
            continue;
        }
        let day: Date = cells[0].parse().unwrap();
        days.entry(day).or_default().push(QuotedSecurity {
            security: security(
                &cells[2],
                cells[1].parse().unwrap(),
                &cells[3],
                cells[4].parse().unwrap(),
                regular_settlement(day),
            ),
            clean: CleanPrice::from_per_100(cells[6].parse().unwrap()),
        });
    }
    days
}

fn mean_and_deviation(residuals: &[SecurityResidual]) -> (f64, f64) {
    let n = residuals.len() as f64;
    let mean = residuals.iter().map(|r| r.error.bp()).sum::<f64>() / n;
    let squares: f64 = residuals
        .iter()
        .map(|r| (r.error.bp() - mean).powi(2))
        .sum();
    (mean, (squares / n).sqrt())
}

#[test]
fn buybacks_lie_on_the_federal_reserves_curve_and_near_the_par_curve() {
    let (fed, par) = (federal_reserve(), treasury());
    let (mut against_fed, mut against_par) = (Vec::new(), Vec::new());
    for (day, quoted) in buybacks() {
        let quotes = FitQuotes::new(day, regular_settlement(day), &quoted).unwrap();
        if let Some(curve) = fed.get(&day) {
            against_fed.extend(quotes.residuals(curve).unwrap());
        }
        if let Some(curve) = par.get(&day) {
            against_par.extend(quotes.residuals(curve).unwrap());
        }
    }
    assert!(
        against_fed.len() > 100 && against_par.len() > 300,
        "{} {}",
        against_fed.len(),
        against_par.len()
    );
    // Known: -0.3 bp, standard deviation 2.5 bp against the close of the same day (the operations are at midday).
    let (mean, deviation) = mean_and_deviation(&against_fed);
    println!(
        "against the Fed's curve: {} lots, mean {mean:.2} bp, deviation {deviation:.2} bp",
        against_fed.len()
    );
    assert!(
        (mean + 0.3).abs() < 0.2 && (deviation - 2.5).abs() < 0.3,
        "{mean} {deviation}"
    );
    // Treasury's curve runs through on-the-run issues; what it buys back is old and cheaper: a few bp above it.
    let (mean, deviation) = mean_and_deviation(&against_par);
    println!(
        "against the par curve: {} lots, mean {mean:.2} bp, deviation {deviation:.2} bp",
        against_par.len()
    );
    assert!(mean.abs() < 6.0 && deviation < 6.0, "{mean} {deviation}");
    for band in errors_by_band(&against_fed) {
        println!("{band:?}");
    }
}

#[test]
fn a_fit_to_one_operation_is_closer_than_the_close() {
    let fed = federal_reserve();
    let mut compared = 0;
    for (day, quoted) in buybacks() {
        let Some(close) = fed.get(&day).filter(|_| quoted.len() >= 12) else {
            continue;
        };
        let quotes = FitQuotes::new(day, regular_settlement(day), &quoted).unwrap();
        let fit = fit_svensson(&quotes).unwrap_or_else(|error| panic!("{error}"));
        let square = |curve: &DiscountCurve| -> f64 {
            quotes
                .residuals(curve)
                .unwrap()
                .iter()
                .map(|r| r.error.bp().powi(2))
                .sum()
        };
        // Six parameters fitted to this day's prices cannot lie farther from them than six fitted to others; price error over
        // duration and yield error differ in second order only.
        assert!(square(&fit.curve) <= square(close) * 1.001 + 1e-6, "{day}");
        // One operation buys one stretch of the curve: there prices agree among themselves to about a bp.
        assert!(
            fit.root_mean_square.bp() < 3.0,
            "{day} {}",
            fit.root_mean_square
        );
        compared += 1;
    }
    println!("{compared} operations");
    assert!(compared >= 5, "{compared}");
}

#[test]
fn every_operation_with_enough_securities_is_fitted() {
    let mut fitted = 0;
    for (day, quoted) in buybacks() {
        if quoted.len() < 7 {
            continue;
        }
        let quotes = FitQuotes::new(day, regular_settlement(day), &quoted).unwrap();
        let svensson = fit_svensson(&quotes).unwrap_or_else(|error| panic!("{error}"));
        let spline = fit_spline(&quotes).unwrap_or_else(|error| panic!("{error}"));
        for (name, error) in [
            ("Svensson", svensson.root_mean_square),
            ("spline", spline.root_mean_square),
        ] {
            // Prices of one auction of like securities agree within a few bp, or the fit is at fault.
            assert!(error.bp() < 5.0, "{day} {name} {error}");
        }
        fitted += 1;
    }
    assert!(fitted > 40, "{fitted}");
}

#[test]
fn the_whole_market_of_a_day_is_fitted_within_a_few_bp() {
    let day: Date = "2026-03-24".parse().unwrap();
    let settlement = regular_settlement(day);
    let mut quoted = Vec::new();
    for cells in table("fedinvest_prices") {
        let maturity: Date = cells[3].parse().unwrap();
        // The last days before maturity have no yield worth the name: a cent is many bp.
        if !matches!(cells[1].as_str(), "bill" | "note" | "bond")
            || maturity < settlement.plus_months(1)
        {
            continue;
        }
        let number = |column: usize| cells[column].parse::<f64>().ok();
        let price = match (number(4), number(5)) {
            (Some(bid), Some(ask)) => 0.5 * (bid + ask),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => continue,
        };
        quoted.push(QuotedSecurity {
            security: security(
                &cells[1],
                cells[0].parse().unwrap(),
                &cells[2],
                maturity,
                settlement,
            ),
            clean: CleanPrice::from_per_100(price),
        });
    }
    assert!(quoted.len() > 350, "{}", quoted.len());
    let quotes = FitQuotes::new(day, settlement, &quoted).unwrap();
    let svensson = fit_svensson(&quotes).unwrap();
    let spline = fit_spline(&quotes).unwrap();
    println!(
        "Svensson {} in {} steps: {:?}",
        svensson.root_mean_square, svensson.steps, svensson.parameters
    );
    println!(
        "spline {} with {:.1} parameters, lambda {:e}",
        spline.root_mean_square, spline.effective_parameters, spline.lambda
    );
    for (name, curve) in [("Svensson", &svensson.curve), ("spline", &spline.curve)] {
        let residuals = quotes.residuals(curve).unwrap();
        for band in errors_by_band(&residuals) {
            println!("{name} {band:?}");
            // Calm-market fitting errors of the literature are 1 to 5 bp; on-the-run issues and old 20-year bonds lie
            // farther out, and bills trade on their own.
            assert!(band.root_mean_square.bp() < 10.0, "{name} {band:?}");
        }
    }
    // The spline has more freedom.
    assert!(spline.root_mean_square.bp() <= svensson.root_mean_square.bp() * 1.02);
    // Two methods, one market: the curves agree where securities are dense.
    for t in [2.0, 5.0, 7.0, 10.0].map(Years) {
        let off = svensson.curve.zero_rate(t) - spline.curve.zero_rate(t);
        assert!(off.bp().abs() < 6.0, "{t}: {off}");
    }
}
