//! Regression: every shipped scenario says what it said before (`scenarios/<name>/expected.csv`).
//!
//! Tolerance 1e-4 (bp, $bn, percent): a thousandth of the last printed digit; logarithms and exponentials of another C library may
//! differ in the last bit and Newton stops at a residual, so equality to the last written digit is not required.

#![allow(clippy::unwrap_used, clippy::panic)] // a test that cannot go on should say where

#[path = "../invariants/support.rs"]
mod support;

use brandish_data::Snapshot;
use brandish_scenario::file::SHIPPED;
use brandish_scenario::{EXPECTED_HEADER, Settings, expected_lines};

const TOLERANCE: f64 = 1e-4;

#[test]
fn shipped_scenarios_say_what_they_said() {
    let snapshot = Snapshot::embedded();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    for shipped in &SHIPPED {
        let scenario = support::shipped(shipped.name, 1, &snapshot);
        let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
        let ours = expected_lines(&outcome);
        let text = std::fs::read_to_string(root.join(shipped.name).join("expected.csv")).unwrap();
        let mut written = text.lines();
        assert_eq!(written.next(), Some(EXPECTED_HEADER), "{}", shipped.name);
        let written: Vec<&str> = written.collect();
        assert_eq!(
            written.len(),
            ours.len(),
            "{}: number of rows",
            shipped.name
        );
        for (before, now) in written.iter().zip(&ours) {
            let split = |line: &str| {
                let (key, value) = line.rsplit_once(',').unwrap();
                (key.to_owned(), value.parse::<f64>().unwrap())
            };
            let ((old_key, old), (key, new)) = (split(before), split(now));
            assert_eq!(old_key, key, "{}", shipped.name);
            assert!(
                (old - new).abs() < TOLERANCE,
                "{} {key}: {old} before, {new} now",
                shipped.name
            );
        }
    }
}
