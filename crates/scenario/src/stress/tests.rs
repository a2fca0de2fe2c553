//! Exports against a run and against numbers done by hand.

use std::sync::atomic::AtomicBool;

use brandish_data::Snapshot;
use brandish_units::Tenor;

use super::*;
use crate::bands::FactKey;
use crate::settings::Settings;
use crate::sweep::testing::scenario;
use crate::table::LongTable;

fn run() -> LongTable {
    let snapshot = Snapshot::embedded();
    // silent: the peak is at the end of the sale, not on the first day
    let changes = [("draws = 1", "draws = 6"), ("announced", "silent")];
    let scenario = scenario(&changes, &snapshot);
    let control = crate::Control {
        progress: &|_| {},
        cancel: &AtomicBool::new(false),
    };
    crate::run(&scenario, &snapshot, Settings::Product, &control)
        .unwrap()
        .table
}

#[test]
fn shocks_hold_the_changes_of_the_table_and_the_zero_rates_that_go_with_them() {
    let table = run();
    let shocks = zero_shocks(&table).unwrap();
    // one camp, p50 p05 p95, day 1 and the day of the peak
    assert_eq!(shocks.len(), 6);
    for shock in &shocks {
        assert_eq!(shock.zero.len(), SHIFT_TENORS.len());
        for (tenor, change) in &shock.par {
            let row = table.rows.iter().find(|row| {
                row.measure == "yield_change"
                    && row.camp == Some(shock.camp)
                    && row.stat == shock.stat
                    && row.day == Some(shock.day)
                    && row.tenor == Some(*tenor)
            });
            assert_eq!(row.unwrap().value.to_bits(), change.0.to_bits());
        }
        // nothing is converted into yen
        assert_eq!(shock.usdjpy_pct, None);
        // up to half a year a par yield is simple interest: 1 + y t = exp(z t), so dz = dy / (1 + y t), within a tenth of a percent
        // for changes of a few bp
        let base = table
            .rows
            .iter()
            .find(|row| {
                row.measure == "yield_level" && row.camp.is_none() && row.tenor == Some(Tenor::M6)
            })
            .unwrap()
            .value
            / 100.0;
        let of = |list: &[(Tenor, brandish_units::Bp)]| {
            list.iter()
                .find(|(tenor, _)| *tenor == Tenor::M6)
                .unwrap()
                .1
                .0
        };
        let expected = of(&shock.par) / (1.0 + 0.5 * base);
        let found = of(&shock.zero);
        assert!(
            (found - expected).abs() <= 2e-3 * expected.abs() + 1e-9,
            "{found} {expected}"
        );
    }
}

/// A table with given ten-year, five-year and three-month changes.
fn table(changes: &[(Tenor, &[(u32, f64)])]) -> LongTable {
    let as_of = "2025-06-26".parse().unwrap();
    let mut table = LongTable {
        as_of: Some(as_of),
        ..LongTable::default()
    };
    for (tenor, by_day) in changes {
        let level = FactKey::new("yield_level", "pct", "test")
            .at(*tenor)
            .on(0, as_of);
        table.rows.push(level.row(None, "central", 4.0));
        for (day, change) in *by_day {
            let key = FactKey::new("yield_change", "bp", "test")
                .at(*tenor)
                .on(*day, as_of);
            table.rows.push(key.row(Some("S"), "central", *change));
        }
    }
    table
}

#[test]
fn quarterly_means_are_those_done_by_hand() {
    // days 0 to 4: Thursday 26, Friday 27, Monday 30 June 2025; Tuesday 1 and Wednesday 2 July
    let table = table(&[
        (
            Tenor::Y10,
            &[(0, 0.0), (1, 10.0), (2, 20.0), (3, 30.0), (4, 50.0)],
        ),
        // days 2 and 3 are not in the table: linear between 10 and 40
        (Tenor::Y5, &[(0, 0.0), (1, 10.0), (4, 40.0)]),
    ]);
    let paths = quarter_paths(&table).unwrap();
    assert_eq!(paths.len(), 2);
    let camp = &paths[1];
    let quarters: Vec<(i32, u32, u32)> = camp
        .quarters
        .iter()
        .map(|quarter| (quarter.year, quarter.quarter, quarter.days))
        .collect();
    assert_eq!(quarters, [(2025, 2, 3), (2025, 3, 2)]);
    let near = |found: Option<f64>, expected: f64| (found.unwrap() - expected).abs() < 1e-12;
    // ten years: 4 + (0 + 10 + 20) / 3 bp, 4 + (30 + 50) / 2 bp; five years: 0 10 20 and 30 40
    assert!(near(camp.quarters[0].means_pct[2], 4.10) && near(camp.quarters[1].means_pct[2], 4.40));
    assert!(near(camp.quarters[0].means_pct[1], 4.10) && near(camp.quarters[1].means_pct[1], 4.35));
    // three months are not in the table: not available, never zero
    assert_eq!(camp.quarters[0].means_pct[0], None);
    // without the scenario yields stay where they were
    assert_eq!(paths[0].quarters[1].means_pct[2], Some(4.0));
}

#[test]
fn a_table_that_is_not_of_a_run_is_refused() {
    let empty = LongTable::default();
    assert!(zero_shocks(&empty).is_err() && quarter_paths(&empty).is_err());
    let levels = table(&[(Tenor::Y10, &[]), (Tenor::Y5, &[])]);
    assert!(zero_shocks(&levels).is_err() && quarter_paths(&levels).is_err());
}
