//! Other markets in a run: only stable responses have numbers, each is its response times the change of the yield.

use brandish_data::Snapshot;
use brandish_scenario::markets::{Finding, Market};
use brandish_scenario::{Outcome, Settings};

use crate::support;

/// Measures of other markets that have a name in the sector column, without the peaks.
const MEASURES: [&str; 5] = [
    "equity_change",
    "volatility_change",
    "credit_spread_change",
    "gold_change",
    "crypto_change",
];

fn of(outcome: &Outcome, measure: &str, sector: Option<&str>, stat: &str, day: u32) -> f64 {
    let mut rows = outcome.table.rows.iter().filter(|row| {
        row.camp == Some("C")
            && row.measure == measure
            && row.sector.as_deref() == sector
            && row.stat == stat
            && row.day == Some(day)
    });
    let row = rows.next().unwrap();
    assert!(
        rows.next().is_none(),
        "{measure} {sector:?} {stat} {day} twice"
    );
    row.value
}

#[test]
fn only_stable_responses_have_numbers_and_the_estimate_times_the_yield_is_the_move() {
    let snapshot = Snapshot::embedded();
    let mut scenario = support::shipped("japan-card", 40, &snapshot);
    scenario.horizon_days = 70;
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    let yields = |day| {
        support::value(
            &outcome,
            "C",
            "yield_change",
            "central",
            Some(day),
            Some("10Y"),
        )
        .unwrap()
    };
    let mut stable = Vec::new();
    for market in Market::ALL {
        let finding = &outcome.markets.reading(market).unwrap().estimate.finding;
        let has_rows = outcome.table.rows.iter().any(|row| {
            row.sector.as_deref() == Some(market.name()) && row.source == "effects::markets"
        });
        let is_stable = matches!(finding, Finding::Stable(_)) && market != Market::Usdjpy;
        assert_eq!(has_rows, is_stable, "{market:?}");
        if let (true, Some(fit)) = (is_stable, finding.fit()) {
            stable.push((market, fit.response));
        }
    }
    // as of this day one market passes; without any the next lines would check nothing
    assert!(!stable.is_empty());
    for (market, response) in stable {
        let measure = MEASURES
            .into_iter()
            .find(|measure| {
                outcome.table.rows.iter().any(|row| {
                    row.measure == *measure && row.sector.as_deref() == Some(market.name())
                })
            })
            .unwrap();
        for day in [1, 63, 70] {
            let found = of(&outcome, measure, Some(market.name()), "central", day);
            let expected = response.per_ten_bp * yields(day) / 10.0;
            // one multiplication and one division
            assert!(
                (found - expected).abs() <= 1e-12 * expected.abs(),
                "{market:?} {day}"
            );
        }
    }
    let window = outcome.markets.mortgage.as_ref().unwrap();
    let found = of(&outcome, "mortgage_change", None, "central", 63);
    let expected = window.response.per_ten_bp * yields(63) / 10.0;
    assert!((found - expected).abs() <= 1e-12 * expected.abs());
}

/// The band of a market is wider than that of yields, in proportion: the estimate's own error is in it.
#[test]
fn bands_hold_the_error_of_the_estimate() {
    let snapshot = Snapshot::embedded();
    let mut scenario = support::shipped("japan-card", 200, &snapshot);
    scenario.horizon_days = 5;
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    let yields =
        |stat| support::value(&outcome, "C", "yield_change", stat, Some(1), Some("10Y")).unwrap();
    let volatility = |stat| of(&outcome, "volatility_change", Some("MOVE"), stat, 1);
    let spread = |find: &dyn Fn(&'static str) -> f64| (find("p95") - find("p05")) / find("p50");
    let (of_yields, of_move) = (spread(&yields), spread(&volatility));
    assert!(of_move > of_yields, "{of_move} {of_yields}");
}

#[test]
fn a_market_without_a_stable_relation_has_no_number_and_no_later_day() {
    let snapshot = Snapshot::embedded();
    let mut scenario = support::shipped("japan-card", 2, &snapshot);
    scenario.horizon_days = 5;
    let outcome = support::run_on(1, &scenario, &snapshot, Settings::Product).unwrap();
    assert_eq!(outcome.markets.as_of, scenario.as_of);
    for found in &outcome.markets.markets {
        let Some(fit) = found.estimate.finding.fit() else {
            continue;
        };
        assert!(fit.episodes.iter().all(|one| one.last <= scenario.as_of));
        assert!(fit.days <= found.days_in_record);
    }
    let words = |market: Market| {
        outcome
            .markets
            .reading(market)
            .unwrap()
            .estimate
            .finding
            .words()
    };
    assert_eq!(words(Market::Sp500), "no stable relation");
    assert!(
        !outcome
            .table
            .rows
            .iter()
            .any(|row| row.measure == "equity_change")
    );
}
