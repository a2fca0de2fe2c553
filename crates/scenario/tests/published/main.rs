//! The market of the day for business days since October 2023, and reasons for days without one.

#![allow(clippy::unwrap_used, clippy::panic)] // a test that cannot go on should say where

#[path = "../invariants/support.rs"]
mod support;

use brandish_data::{SecurityKind, Snapshot};
use brandish_scenario::parameters::ParameterBook;
use brandish_scenario::{Baseline, Settings, first_day, last_day, why_not};
use brandish_units::{Date, calendar};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Every 40th business day, each with all five kinds priced and more than $20tn outstanding.
#[test]
fn days_of_the_whole_range_have_a_market() {
    let snapshot = Snapshot::embedded();
    let book = ParameterBook::shipped().unwrap();
    let mut day = first_day();
    let mut days = 0;
    while day <= last_day(&snapshot).unwrap() {
        let baseline = Baseline::at(&snapshot, day, &book, Settings::Product)
            .unwrap_or_else(|error| panic!("{day}: {error}"));
        let total: f64 = baseline.outstanding.total_usd_bn().iter().sum();
        assert!((20_000.0..40_000.0).contains(&total), "{day}: {total}");
        for kind in SecurityKind::ALL {
            assert!(
                baseline
                    .securities
                    .iter()
                    .any(|security| security.record.kind == kind),
                "{day}: no {kind}"
            );
        }
        for security in &baseline.securities {
            let price = security.dirty.per_100();
            assert!(
                (25.0..260.0).contains(&price),
                "{day} {}: {price}",
                security.record.cusip
            );
        }
        days += 1;
        day = calendar::add_business_days(day, 40);
    }
    assert!(days >= 16, "{days}");
}

#[test]
fn days_without_a_market_say_why() {
    let snapshot = Snapshot::embedded();
    let reason = |text: &str| why_not(&snapshot, date(text)).unwrap_or_default();
    assert!(
        reason("2025-05-03").to_lowercase().contains("weekend"),
        "{}",
        reason("2025-05-03")
    );
    assert!(
        reason("2025-07-04").contains("Independence"),
        "{}",
        reason("2025-07-04")
    );
    assert!(
        reason("2023-09-29").contains("2023-10-02"),
        "{}",
        reason("2023-09-29")
    );
    assert!(
        reason("2030-01-02").contains("2026-04-27"),
        "{}",
        reason("2030-01-02")
    );
    assert_eq!(why_not(&snapshot, date("2025-05-01")), None);
}

/// What was known on 1 May 2025: reserves of March, holdings of February, the survey of June 2024.
#[test]
fn japan_on_the_first_of_may() {
    let snapshot = Snapshot::embedded();
    let book = ParameterBook::shipped().unwrap();
    let baseline = Baseline::at(&snapshot, date("2025-05-01"), &book, Settings::Product).unwrap();
    let scenario = support::shipped("japan-card", 1, &snapshot);
    let japan = baseline
        .seller(&scenario.sales[0].seller, &scenario)
        .unwrap();
    // Official bound: securities of $943bn in the reserves at the end of March 2025 (Ministry of Finance).
    assert!((japan.official_bound.bn() - 943.0).abs() < 0.5);
    // Reported for February 2025: $1,125.9bn as released on 16 April 2025 (press and TIC).
    assert!(
        (japan.total.bn() - 1125.9).abs() < 1.0,
        "{}",
        japan.total.bn()
    );
    let inferred: f64 = japan.holdings.total_usd_bn().iter().sum();
    assert!((inferred - japan.total.bn()).abs() < 1e-6);
    assert!(japan.warnings.iter().any(|warning| warning.code == "BR012"));
    assert!(japan.warnings.iter().any(|warning| warning.code == "BR013"));
    // Survey of June 2024, officials: 12.7 / 54.1 / 26.3 / 8.6 percent up to 1, 5, 10 years and beyond, which sums to
    // 101.7 in the source; normalized: 12.5 / 53.2 / 25.9 / 8.5. Tolerance: the source prints one decimal.
    let shares = baseline.survey_official;
    let sum = |range: std::ops::Range<usize>| shares[range].iter().sum::<f64>() * 100.0;
    for (ours, published) in [
        (sum(0..2), 12.7),
        (sum(2..5), 54.1),
        (sum(5..7), 26.3),
        (sum(7..11), 8.6),
    ] {
        assert!(
            (ours - published / 1.017).abs() < 0.1,
            "{ours} against {published}"
        );
    }
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    // Wednesday 23 April was the last week of dealer positions: $325.0bn, the 97th percentile of three years.
    assert!((0.72..=0.75).contains(&baseline.economy.utilization_at_rest));
}

/// The curve reprices the day's published par yields (tolerance: a hundredth of the last published digit).
#[test]
fn the_curve_goes_through_the_published_yields() {
    let snapshot = Snapshot::embedded();
    let book = ParameterBook::shipped().unwrap();
    let baseline = Baseline::at(&snapshot, date("2025-05-01"), &book, Settings::Product).unwrap();
    for (tenor, published) in baseline.par.published() {
        let ours = baseline.curve.par_yield(tenor.years()).unwrap();
        assert!((ours - published).0.abs() < 0.01, "{}", tenor.label());
    }
}
