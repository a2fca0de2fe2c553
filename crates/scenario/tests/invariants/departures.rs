//! Plans that are called off, hastened or joined: nothing of it shows before its day, and what is sold adds up.

use brandish_data::Snapshot;
use brandish_scenario::file::{CapacityRelief, FedRule, Probability, Scenario};
use brandish_scenario::{Outcome, Settings};
use brandish_units::Usd;

use crate::support;

/// Without the Fed's rule: a surprise that fills balance sheets also brings the Fed in sooner, which can turn its sign.
fn without_fed(name: &str, snapshot: &Snapshot) -> Outcome {
    let mut scenario = support::shipped(name, 1, snapshot);
    scenario.horizon_days = 84;
    scenario.fed = FedRule::Off;
    support::run_on(2, &scenario, snapshot, Settings::Product).unwrap()
}

fn outcome(name: &str, snapshot: &Snapshot) -> Outcome {
    let mut scenario = support::shipped(name, 1, snapshot);
    scenario.horizon_days = 84;
    support::run_on(2, &scenario, snapshot, Settings::Product).unwrap()
}

fn ten_year(outcome: &Outcome, camp: &str, day: u32) -> f64 {
    support::value(
        outcome,
        camp,
        "yield_change",
        "central",
        Some(day),
        Some("10Y"),
    )
    .unwrap()
}

/// Sold by the end of a day, $bn.
fn sold(outcome: &Outcome, day: u32) -> f64 {
    outcome
        .table
        .rows
        .iter()
        .find(|row| {
            row.camp == Some("C")
                && row.measure == "sold"
                && row.day == Some(day)
                && row.bucket.is_none()
                && row.stat == "central"
        })
        .map(|row| row.value)
        .unwrap()
}

#[test]
fn a_surprise_shows_on_its_day_and_not_before() {
    let snapshot = Snapshot::embedded();
    let card = without_fed("japan-card", &snapshot);
    // sign of the surprise on day 22
    for (name, sign) in [
        ("japan-called-off", -1.0),
        ("japan-hastened", 1.0),
        ("china-joins", 1.0),
    ] {
        let other = without_fed(name, &snapshot);
        for camp in ["S", "C", "F"] {
            for day in 1..22 {
                let gap = (ten_year(&other, camp, day) - ten_year(&card, camp, day)).abs();
                // the same trades and beliefs, cleared in another order of additions
                assert!(gap < 1e-6, "{name} {camp} day {day}: {gap:e}");
            }
            let surprise = ten_year(&other, camp, 22) - ten_year(&card, camp, 22);
            assert!(sign * surprise > 0.5, "{name} {camp}: {surprise}");
        }
    }
}

#[test]
fn what_is_sold_adds_up() {
    let snapshot = Snapshot::embedded();
    for (name, day, amount) in [
        ("japan-called-off", 21, 100.0),
        ("japan-called-off", 84, 100.0),
        ("japan-hastened", 31, 300.0),
        ("japan-hastened", 84, 300.0),
        ("china-joins", 63, 500.0),
        ("fed-buys", 84, -300.0),
    ] {
        let found = sold(&outcome(name, &snapshot), day);
        assert!((found - amount).abs() < 1e-9, "{name} day {day}: {found}");
    }
}

#[test]
fn an_answer_by_the_issuer_the_fed_or_the_regulator_lowers_the_peak() {
    let snapshot = Snapshot::embedded();
    let peak = |name: &str, change: &dyn Fn(&mut Scenario)| {
        let mut scenario = support::shipped(name, 1, &snapshot);
        scenario.horizon_days = 84;
        change(&mut scenario);
        let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
        support::value(
            &outcome,
            "C",
            "yield_change_peak",
            "central",
            None,
            Some("10Y"),
        )
        .unwrap()
    };
    let kept = |_: &mut Scenario| {};
    for (name, without) in [
        (
            "treasury-buys-back",
            (&|s: &mut Scenario| {
                s.treasury.buybacks_per_week = Usd::ZERO;
            }) as &dyn Fn(&mut Scenario),
        ),
        ("fed-believed", &|s| {
            s.fed = FedRule::On {
                credibility: Probability::new(0.0).unwrap(),
            };
        }),
        ("dealers-relieved", &|s| {
            s.dealers.capacity_relief = CapacityRelief::from_percent(0.0).unwrap();
        }),
    ] {
        let (with, without) = (peak(name, &kept), peak(name, without));
        assert!(with < without - 0.5, "{name}: {with} against {without}");
    }
}

#[test]
fn the_parts_of_a_change_sum_to_it() {
    let snapshot = Snapshot::embedded();
    for name in ["japan-fire-sale", "japan-brandish"] {
        let outcome = outcome(name, &snapshot);
        let mut compared = 0;
        for row in outcome.table.rows.iter().filter(|row| {
            row.measure == "yield_change"
                && row.stat == "central"
                && row.camp.is_some()
                && row.tenor.is_some_and(|tenor| tenor.label() == "5Y")
        }) {
            let parts: f64 = outcome
                .table
                .rows
                .iter()
                .filter(|part| {
                    part.measure.starts_with("part_")
                        && (part.camp, part.day, part.tenor) == (row.camp, row.day, row.tenor)
                })
                .map(|part| part.value)
                .sum();
            // sums of numbers of at most a few hundred bp
            assert!((parts - row.value).abs() < 1e-9, "{name} {row:?}: {parts}");
            compared += 1;
        }
        assert!(compared > 40, "{name}: {compared}");
    }
}
