//! What the tests of this crate share: the embedded snapshot, scenarios checked against it, runs without a bar.
#![allow(dead_code)] // each test program uses its part

use std::sync::atomic::AtomicBool;

use brandish_data::Snapshot;
use brandish_scenario::diagnostic::Diagnostic;
use brandish_scenario::file::{Context, Scenario, ScenarioFile, Shipped};
use brandish_scenario::{
    Control, Outcome, ScenarioError, Settings, first_day, holder_names, last_day, run, why_not,
};

/// Checks a scenario text.
pub fn check(text: &str, snapshot: &Snapshot) -> Result<Scenario, Vec<Diagnostic>> {
    let holders = holder_names(snapshot).unwrap();
    let holders: Vec<&str> = holders.iter().map(String::as_str).collect();
    let context = Context {
        holders: &holders,
        currencies: &["JPY"],
        first_date: first_day(),
        last_date: last_day(snapshot).unwrap(),
        why_not: &|date| why_not(snapshot, date),
        read_portfolio: &|path| Err(format!("{path} is not there")),
    };
    Ok(ScenarioFile::parse(text, "test.toml")?
        .check(&context)?
        .scenario)
}

/// A shipped scenario with that many draws.
pub fn shipped(name: &str, draws: u32, snapshot: &Snapshot) -> Scenario {
    let mut scenario = check(Shipped::find(name).unwrap().toml, snapshot).unwrap();
    scenario.assumptions.draws = draws;
    scenario
}

/// Runs a scenario on `threads` threads.
pub fn run_on(
    threads: usize,
    scenario: &Scenario,
    snapshot: &Snapshot,
    settings: Settings,
) -> Result<Outcome, ScenarioError> {
    let control = Control {
        progress: &|_| {},
        cancel: &AtomicBool::new(false),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| run(scenario, snapshot, settings, &control))
}

/// The value of the first row that fits.
pub fn value(
    outcome: &Outcome,
    camp: &str,
    measure: &str,
    stat: &str,
    day: Option<u32>,
    tenor: Option<&str>,
) -> Option<f64> {
    outcome
        .table
        .rows
        .iter()
        .find(|row| {
            row.camp == Some(camp)
                && row.measure == measure
                && row.stat == stat
                && (day.is_none() || row.day == day)
                && (tenor.is_none() || row.tenor.map(|t| t.label()) == tenor)
                && row.sector.is_none()
        })
        .map(|row| row.value)
}
