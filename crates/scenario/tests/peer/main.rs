//! `--settings reference` reproduces the published values of the engine's small reference implementation.
//!
//! The values are in `goldens/peer/engine/golden.csv`. Here they are reached from a scenario file through the whole
//! program (check, baseline, orders, camps, slope from the long-run response), so a wrong wire between the rooms shows.
//! Tolerance 1e-5 bp: the demand slope is found from a long-run response that is written with twelve digits.

#![allow(clippy::unwrap_used, clippy::panic)] // a test that cannot go on should say where

#[path = "../invariants/support.rs"]
mod support;

use brandish_data::Snapshot;
use brandish_scenario::Settings;

const TOLERANCE_BP: f64 = 1e-5;

fn scenario(known: &str, fed: &str) -> String {
    format!(
        r#"
schema = 1
name = "golden"
title = "Japan sells $300bn over a quarter"
as_of = 2025-05-01
horizon_days = 252
[[exogenous.sale]]
seller = "japan"
amount_usd_bn = 300
days = 63
mix = "survey-official"
{known}
[exogenous.fed]
{fed}
[assumptions]
camps = ["S", "C", "F"]
stress_camps = ["X"]
draws = 1
seed = 1
"#
    )
}

fn check(case: &str, known: &str, fed: &str) {
    let snapshot = Snapshot::embedded();
    let scenario = support::check(&scenario(known, fed), &snapshot).unwrap();
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Reference).unwrap();
    let golden = include_str!("../../../../goldens/peer/engine/golden.csv");
    let mut compared = 0;
    for line in golden
        .lines()
        .filter(|line| line.starts_with(&format!("Japan $300bn 63d|{case},")))
    {
        let fields: Vec<&str> = line.split(',').collect();
        let [_, camp, day, tenor, expected] = fields[..] else {
            panic!("{line}")
        };
        let label = tenor.to_uppercase();
        if !["2Y", "5Y", "10Y", "30Y"].contains(&label.as_str()) {
            continue;
        }
        let day: u32 = day.parse().unwrap();
        let Some(ours) = support::value(
            &outcome,
            camp,
            "yield_change",
            "central",
            Some(day),
            Some(&label),
        ) else {
            continue; // not a chart day
        };
        let expected: f64 = expected.parse().unwrap();
        assert!(
            (ours - expected).abs() < TOLERANCE_BP,
            "{case} {camp} day {day} {label}: {ours} against {expected}"
        );
        compared += 1;
    }
    assert!(compared >= 4 * 4 * 6, "only {compared} values compared");
}

#[test]
fn announced_with_the_fed_possible() {
    check(
        "announced|fed",
        "known = \"announced\"\ncredibility = 1.0",
        "rule = true\ncredibility = 0.5",
    );
}

#[test]
fn silent_without_the_fed() {
    check("silent|nofed", "known = \"silent\"", "rule = false");
}
