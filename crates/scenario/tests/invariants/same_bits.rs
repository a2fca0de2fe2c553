//! Same seed, same bits: at one thread and at two, and another seed gives other draws.

use crate::support;

use brandish_data::Snapshot;
use brandish_scenario::file::Allocation;
use brandish_scenario::{Outcome, Settings};

fn bits(outcome: &Outcome) -> Vec<u64> {
    outcome
        .table
        .rows
        .iter()
        .map(|row| row.value.to_bits())
        .collect()
}

#[test]
fn threads_change_nothing_and_the_seed_does() {
    let snapshot = Snapshot::embedded();
    let mut scenario = support::shipped("japan-card", 6, &snapshot);
    scenario.horizon_days = 80;
    let one = support::run_on(1, &scenario, &snapshot, Settings::Product).unwrap();
    let two = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    assert!(!one.table.rows.is_empty());
    assert_eq!(bits(&one), bits(&two));
    assert_eq!(one.happened, two.happened);
    scenario.assumptions.seed += 1;
    let other = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    assert_ne!(bits(&one), bits(&other));
    let central = |outcome: &Outcome| {
        support::value(
            outcome,
            "C",
            "yield_change_peak",
            "central",
            None,
            Some("10Y"),
        )
        .unwrap()
    };
    assert_eq!(central(&one).to_bits(), central(&other).to_bits());
}

/// More draws than are kept, shared by weight: counted quantiles too have the same bits.
#[test]
fn counted_draws_shared_by_weight_have_the_same_bits() {
    let snapshot = Snapshot::embedded();
    let mut scenario = support::shipped("japan-card", 2400, &snapshot);
    scenario.horizon_days = 1;
    scenario.sales[0].days = 1;
    scenario.assumptions.allocation = Allocation::ByWeight;
    let one = support::run_on(1, &scenario, &snapshot, Settings::Product).unwrap();
    let two = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    assert_eq!(bits(&one), bits(&two));
    let draws: Vec<usize> = one
        .camps
        .iter()
        .map(|camp| camp.draws + camp.failed)
        .collect();
    assert_eq!(draws, [1080, 720, 480, 120]);
    assert_eq!(one.draws_finished(), 2400);
}

/// Draws of the first run are the first draws of a longer one: results do not depend on how many are asked for.
#[test]
fn a_longer_run_begins_with_the_shorter_one() {
    use brandish_scenario::parameters::ParameterBook;
    let book = ParameterBook::shipped().unwrap();
    let prior = book.priors.get("risk_price").unwrap();
    let draws: Vec<f64> = (0..8)
        .map(|i| prior.draw(prior.central, 7, i).unwrap())
        .collect();
    assert!(draws.windows(2).all(|pair| pair[0] != pair[1]));
    assert_eq!(draws[3], prior.draw(prior.central, 7, 3).unwrap());
}
