//! Grids good and bad, cells against runs, and differences against sums done by hand.

use std::sync::atomic::{AtomicBool, Ordering};

use brandish_data::Snapshot;
use proptest::prelude::*;

use super::testing::{GRID, SCENARIO, check, grid, problems};
use super::*;
use crate::error::ScenarioError;
use crate::file::CampName;
use crate::settings::Settings;

fn run_all(grid: &Grid, snapshot: &Snapshot, threads: usize) -> Vec<CellValues> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| {
        let prepared = PreparedSweep::new(grid, snapshot).unwrap();
        (0..grid.cells.len())
            .map(|cell| {
                prepared
                    .run_cell(cell, &|_| {}, &AtomicBool::new(false))
                    .unwrap()
                    .unwrap()
            })
            .collect()
    })
}

#[test]
fn cells_are_all_combinations_and_the_last_axis_varies_fastest() {
    let snapshot = Snapshot::embedded();
    let grid = grid(&[], &snapshot);
    let places: Vec<&[usize]> = grid
        .cells
        .iter()
        .map(|cell| cell.place.as_slice())
        .collect();
    assert_eq!(places, [[0, 0], [0, 1], [1, 0], [1, 1]]);
    assert_eq!(grid.cell_name(3), "pace: a day · China: joins");
    let sales: Vec<(usize, u32)> = grid
        .cells
        .iter()
        .map(|cell| (cell.scenario.sales.len(), cell.scenario.sales[0].days))
        .collect();
    assert_eq!(sales, [(1, 5), (2, 5), (1, 1), (2, 1)]);
    // what the grid says of draws and camps holds in every cell
    for cell in &grid.cells {
        let assumptions = &cell.scenario.assumptions;
        assert_eq!(assumptions.camps, [CampName::S, CampName::C]);
        assert!(assumptions.stress_camps.is_empty());
        assert_eq!((assumptions.draws, assumptions.seed), (12, 7));
    }
}

#[test]
fn a_cell_is_the_run_of_its_scenario_bit_for_bit() {
    let snapshot = Snapshot::embedded();
    // of both kinds: straight from the path, and by walking over all facts
    let light = "measure = \"utilization_peak\"";
    let full = "measure = \"execution_loss\"\nholder = \"japan\"\nday = 21\n[[output]]\nmeasure = \"interest_cost\"\nholder = \"total\"\n[[output]]\nmeasure = \"yield_change\"\ntenor = \"2Y\"\nday = 3\n[[output]]\nmeasure = \"yield_change_long_run\"\ntenor = \"30Y\"\n[[output]]\nmeasure = \"purchases\"\nholder = \"specialists\"\nday = 5\n[[output]]\nmeasure = \"purchases\"\nholder = \"banks\"\nbucket = \"7-10y\"\nday = 21\n[[output]]\nmeasure = \"holder_pnl\"\nholder = \"japan\"\nday = 21\nunit = \"jpy_bn\"";
    let straight = "measure = \"utilization_peak\"\n[[output]]\nmeasure = \"yield_change\"\ntenor = \"2Y\"\nday = 3\n[[output]]\nmeasure = \"yield_change_day1\"\ntenor = \"5Y\"\n[[output]]\nmeasure = \"yield_change_long_run\"\ntenor = \"30Y\"";
    let mut compared = 0;
    for outputs in [full, straight] {
        let grid = grid(
            &[
                (light, outputs),
                ("draws = 12", "draws = 12\nallocation = \"each-camp\""),
            ],
            &snapshot,
        );
        let cells = run_all(&grid, &snapshot, 2);
        let prepared = PreparedSweep::new(&grid, &snapshot).unwrap();
        let results = results(&grid, &prepared.camps().unwrap(), &cells).unwrap();
        for (number, cell) in grid.cells.iter().enumerate().skip(2) {
            let control = crate::Control {
                progress: &|_| {},
                cancel: &AtomicBool::new(false),
            };
            let run = crate::run(&cell.scenario, &snapshot, Settings::Product, &control).unwrap();
            for value in results
                .values
                .iter()
                .filter(|v| v.cell == number && v.camp != "mix")
            {
                let output = &prepared.outputs()[value.output];
                for stat in &value.spread.stats {
                    let row = run.table.rows.iter().find(|row| {
                        row.camp == Some(value.camp)
                            && row.measure == output.measure
                            && row.unit == output.unit
                            && row.tenor == output.tenor
                            && row.bucket == output.bucket
                            && row.sector.as_deref() == output.holder.as_deref()
                            && (output.day.is_none() || row.day == output.day)
                            && row.stat == stat.name
                    });
                    let row = row.unwrap_or_else(|| panic!("{output} {}", stat.name));
                    assert_eq!(
                        stat.value.to_bits(),
                        row.value.to_bits(),
                        "{output} {}",
                        stat.name
                    );
                    compared += 1;
                }
            }
        }
    }
    // two cells, two camps, central and five quantiles and the error, eight and five outputs
    assert_eq!(compared, 2 * 2 * 7 * (8 + 5));
}

#[test]
fn the_same_bits_at_one_and_two_threads() {
    let snapshot = Snapshot::embedded();
    let grid = grid(&[], &snapshot);
    assert_eq!(run_all(&grid, &snapshot, 1), run_all(&grid, &snapshot, 2));
}

#[test]
fn a_stopped_cell_leaves_nothing() {
    let snapshot = Snapshot::embedded();
    let grid = grid(&[("draws = 12", "draws = 500")], &snapshot);
    let prepared = PreparedSweep::new(&grid, &snapshot).unwrap();
    let cancel = AtomicBool::new(false);
    let stop = |_: usize| cancel.store(true, Ordering::Relaxed);
    assert_eq!(prepared.run_cell(0, &stop, &cancel).unwrap(), None);
}

#[test]
fn common_draws_make_differences_precise() {
    let snapshot = Snapshot::embedded();
    let grid = grid(&[("draws = 12", "draws = 120")], &snapshot);
    let cells = run_all(&grid, &snapshot, 2);
    let prepared = PreparedSweep::new(&grid, &snapshot).unwrap();
    let found = results(&grid, &prepared.camps().unwrap(), &cells).unwrap();
    assert_eq!(
        found.differences.len(),
        3 * 3 * 2,
        "three cells, S, C and mix, two outputs"
    );
    assert_eq!(found.effects.len(), 2 * 3 * 2);
    for effect in found
        .effects
        .iter()
        .filter(|e| e.axis == 1 && e.output == 0)
    {
        // China sells too: every draw's peak is higher
        assert_eq!(effect.spread.get("share_positive"), Some(1.0));
        let (paired, unpaired) = (
            effect.spread.get("mc_se").unwrap(),
            effect.spread.get("mc_se_unpaired").unwrap(),
        );
        // the sales differ by 4 to 5: the difference varies less over draws than either side does
        assert!(
            paired < unpaired,
            "{}: {paired} and {unpaired}",
            effect.camp
        );
    }
}

/// Cells with given values: one camp, one output, as many draws as given.
fn made(values: &[&[f64]]) -> Vec<CellValues> {
    values
        .iter()
        .map(|values| CellValues {
            camps: [CampName::S, CampName::C]
                .into_iter()
                .map(|camp| {
                    let shift = if camp == CampName::C { 100.0 } else { 0.0 };
                    let column: Vec<f64> = values.iter().map(|value| value + shift).collect();
                    CampValues {
                        camp,
                        central: vec![values[0] + shift, 0.0],
                        numbers: (0..values.len() as u64).collect(),
                        values: vec![column, vec![0.0; values.len()]],
                        failed: 0,
                        first_failure: None,
                    }
                })
                .collect(),
        })
        .collect()
}

fn two_camps() -> Vec<CampWeight> {
    [CampName::S, CampName::C]
        .map(|camp| CampWeight {
            camp,
            stress: false,
            weight: 0.5,
        })
        .to_vec()
}

#[test]
fn differences_and_effects_are_those_done_by_hand() {
    let snapshot = Snapshot::embedded();
    let grid = grid(&[], &snapshot);
    // order of cells: (pace, China) = (0,0), (0,1), (1,0), (1,1)
    let base = [1.0, 2.0, 3.0, 4.0, 5.0];
    let joins = [2.0, 4.0, 6.0, 8.0, 10.0];
    let fast = [0.0, 3.0, 3.0, 5.0, 9.0];
    let both = [1.0, 3.0, 6.0, 9.0, 14.0];
    let found = results(&grid, &two_camps(), &made(&[&base, &joins, &fast, &both])).unwrap();
    let difference = |cell: usize| {
        let mut all = found.differences.iter();
        &all.find(|d| d.cell == cell && d.camp == "S" && d.output == 0)
            .unwrap()
            .spread
    };
    // joins less base, draw by draw: 1 2 3 4 5
    assert_eq!(difference(1).get("p50"), Some(3.0));
    assert_eq!(difference(1).get("p05"), Some(1.2));
    assert_eq!(difference(1).get("central"), Some(1.0));
    assert_eq!(difference(1).get("share_positive"), Some(1.0));
    // fast less base: -1 1 0 1 4; three of five are above zero
    assert_eq!(difference(2).get("p50"), Some(1.0));
    assert_eq!(difference(2).get("share_positive"), Some(0.6));
    let effect = |axis: usize, camp: &str| {
        let mut all = found.effects.iter();
        &all.find(|e| e.axis == axis && e.camp == camp && e.output == 0)
            .unwrap()
            .spread
    };
    // pace: mean of (fast - base) and (both - joins) = mean of -1 1 0 1 4 and -1 -1 0 1 4 = -1 0 0 1 4
    assert_eq!(effect(0, "S").get("p50"), Some(0.0));
    assert_eq!(effect(0, "S").get("p75"), Some(1.0));
    assert_eq!(effect(0, "S").get("share_positive"), Some(0.4));
    // China: mean of (joins - base) and (both - fast) = mean of 1 2 3 4 5 and 1 0 3 4 5 = 1 1 3 4 5
    assert_eq!(effect(1, "S").get("p50"), Some(3.0));
    // a level that both cells share leaves no trace: both camps and the mixture say the same
    assert_eq!(effect(1, "C").get("p50"), Some(3.0));
    assert_eq!(effect(1, "mix").get("p50"), Some(3.0));
    assert_eq!(effect(1, "mix").get("share_positive"), Some(1.0));
    // five draws: the order-statistic error, 1.2533 s / sqrt(n) does not matter here; unpaired is the root of the sum of squares
    let error = |cell: usize| {
        let mut all = found.values.iter();
        let value = all
            .find(|v| v.cell == cell && v.camp == "S" && v.output == 0)
            .unwrap();
        value.spread.get("mc_se").unwrap()
    };
    let expected = (error(0).powi(2) + error(1).powi(2)).sqrt();
    assert_eq!(difference(1).get("mc_se_unpaired"), Some(expected));
}

#[test]
fn a_draw_that_failed_in_one_cell_leaves_the_difference_and_no_other() {
    let snapshot = Snapshot::embedded();
    let grid = grid(&[], &snapshot);
    let draws = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let mut cells = made(&[&draws, &draws, &draws, &draws]);
    // draw 2 of the second cell failed in camp S
    let camp = &mut cells[1].camps[0];
    camp.numbers.remove(2);
    for column in &mut camp.values {
        column.remove(2);
    }
    (camp.failed, camp.first_failure) = (1, Some("no price".to_owned()));
    let found = results(&grid, &two_camps(), &cells).unwrap();
    let draws_of = |cell: usize, camp: &str| {
        let mut all = found.differences.iter();
        all.find(|d| d.cell == cell && d.camp == camp && d.output == 0)
            .unwrap()
            .spread
            .draws
    };
    assert_eq!(
        (draws_of(1, "S"), draws_of(1, "C"), draws_of(2, "S")),
        (5, 6, 6)
    );
    assert_eq!(found.failures.len(), 1);
    assert_eq!(
        (
            found.failures[0].cell,
            found.failures[0].failed,
            found.failures[0].asked
        ),
        (1, 1, 6)
    );
    // cells of another grid are refused
    assert!(results(&grid, &two_camps(), &cells[..3]).is_err());
}

#[test]
fn bad_grids_are_refused_with_place_and_remedy() {
    let snapshot = Snapshot::embedded();
    let pace = "set = { \"exogenous.sale[1].days\" = 1 }";
    let many: String = (0..80)
        .map(|n| format!("[[axis.value]]\nlabel = \"v{n}\"\n"))
        .collect();
    let axis = |name: &str| format!("[[axis]]\nname = \"{name}\"\n{many}");
    let three = format!("{}{}[[axis]]\nname = \"pace\"", axis("a"), axis("b"));
    for (from, to, code, said) in [
        ("draws = 12", "draws = 0", "BR108", "`draws`"),
        ("draws = 12", "drawz = 12", "BR104", "unknown key `drawz`"),
        ("base = \"base.toml\"\n", "", "BR105", "lacks `base`"),
        ("schema = 1", "schema = 2", "BR108", "`schema`"),
        (
            "tenor = \"10Y\"",
            "tenor = \"11Y\"",
            "BR109",
            "`11Y` is not allowed",
        ),
        ("tenor = \"10Y\"\n", "", "BR117", "needs a tenor"),
        (
            "\"utilization_peak\"",
            "\"utilization_peek\"",
            "BR117",
            "did you mean `utilization_peak`",
        ),
        (
            "\"utilization_peak\"",
            "\"sold\"\nday = 21\nbucket = \"8y\"",
            "BR117",
            "not for `8y`",
        ),
        (
            "tenor = \"10Y\"",
            "tenor = \"10Y\"\nday = 3",
            "BR117",
            "no use for a day",
        ),
        (
            "\"utilization_peak\"",
            "\"yield_change_peak\"\ntenor = \"10Y\"",
            "BR114",
            "stands twice",
        ),
        (
            "\"utilization_peak\"",
            "\"utilization\"\nday = 300",
            "BR112",
            "after the horizon",
        ),
        (
            "label = \"a day\"",
            "label = \"a week\"",
            "BR114",
            "are called `a week`",
        ),
        (
            "name = \"China\"",
            "name = \"pace\"",
            "BR114",
            "are called `pace`",
        ),
        (
            pace,
            "set = { \"exogenous.sale[2].days\" = 1 }",
            "BR117",
            "there is no number 2",
        ),
        (
            pace,
            "set = { \"exogenous.sale[1].dayz\" = 1 }",
            "BR104",
            "unknown key `dayz`",
        ),
        (
            pace,
            "set = { \"exogenous..days\" = 1 }",
            "BR110",
            "no path",
        ),
        (
            pace,
            "set = { \"exogenous.sale[1].days\" = 0 }",
            "BR108",
            "0 is outside",
        ),
        (
            pace,
            "set = { \"exogenous.sale[1].days\" = 999 }",
            "BR112",
            "horizon",
        ),
        (pace, "set = 5", "BR106", "values by path"),
        (
            pace,
            "remove = [\"exogenous.threat\"]",
            "BR117",
            "to remove",
        ),
        (
            pace,
            "remove = \"exogenous.threat\"",
            "BR106",
            "a list of texts",
        ),
        (
            pace,
            "set = { assumptions.seed = 9 }",
            "BR117",
            "cannot be compared",
        ),
        (
            "amount_usd_bn = 40",
            "amount_usd_bn = 4000",
            "BR120",
            "China",
        ),
        (
            "seller = \"china\"",
            "seller = \"atlantis\"",
            "BR116",
            "atlantis",
        ),
        (
            "draws = 12",
            "draws = 100000\nset.horizon_days = 0",
            "BR108",
            "horizon_days",
        ),
        (
            "[[axis]]\nname = \"pace\"",
            three.as_str(),
            "BR108",
            "more than the 4096 allowed",
        ),
    ] {
        let text = GRID.replacen(from, to, 1);
        assert_ne!(text, GRID, "{from}");
        let found = match check(&text, SCENARIO, &snapshot) {
            Err(found) => found,
            Ok(grid) => match PreparedSweep::new(&grid, &snapshot) {
                Err(ScenarioError::Diagnostics(found)) => found,
                Err(other) => panic!("{to}: {other}"),
                Ok(_) => panic!("accepted: {to}"),
            },
        };
        let shown: String = found.iter().map(ToString::to_string).collect();
        assert!(found.iter().any(|d| d.code == code), "{to}: {shown}");
        assert!(shown.contains(said), "{to}: {shown}");
    }
}

#[test]
fn an_axis_without_values_and_a_grid_without_outputs_are_refused() {
    let snapshot = Snapshot::embedded();
    let values = "[[axis.value]]\nlabel = \"a week\"\n[[axis.value]]\nlabel = \"a day\"\nset = { \"exogenous.sale[1].days\" = 1 }\n";
    let found = problems(&[(values, "value = []\n")], &snapshot);
    assert!(found[0].message.contains("has no value"), "{}", found[0]);
    let outputs = GRID.split_once("[[output]]").unwrap().0;
    let found = check(
        &outputs.replace("draws = 12", "draws = 12\noutput = []"),
        SCENARIO,
        &snapshot,
    );
    assert!(found.unwrap_err()[0].message.contains("no output"));
}

#[test]
fn more_numbers_than_a_sweep_keeps_are_refused() {
    let snapshot = Snapshot::embedded();
    let many: String = (0..80)
        .map(|n| format!("[[axis.value]]\nlabel = \"v{n}\"\n"))
        .collect();
    // 81 + 1 values on the first axis, two on the second, two outputs, 100,000 draws: 32.8 million
    let first = format!("name = \"pace\"\n{many}");
    let found = problems(
        &[
            ("name = \"pace\"\n", first.as_str()),
            ("draws = 12", "draws = 100000"),
        ],
        &snapshot,
    );
    assert!(
        found[0].message.contains("more numbers than"),
        "{}",
        found[0]
    );
}

#[test]
fn mistakes_of_all_cells_come_at_once_each_once_and_at_its_place_in_the_grid() {
    let snapshot = Snapshot::embedded();
    let found = problems(
        &[
            (
                "\"exogenous.sale[1].days\" = 1",
                "\"exogenous.sale[1].days\" = 500",
            ),
            (
                "days = 5, known = \"announced\" }",
                "days = 5, known = \"whispered\" }",
            ),
        ],
        &snapshot,
    );
    assert_eq!(found.len(), 2, "{found:?}");
    for problem in &found {
        assert_eq!(problem.origin.file, "grid.toml");
        assert!(problem.message.contains("and 1 other)"), "{problem}");
    }
    let lines: Vec<&str> = found.iter().map(|d| d.origin.line_text.as_str()).collect();
    assert!(
        lines.iter().any(|line| line.contains("500"))
            && lines.iter().any(|line| line.contains("whispered"))
    );
}

#[test]
fn the_change_that_came_last_is_the_one_to_blame() {
    let snapshot = Snapshot::embedded();
    let common = "draws = 12\nset.\"exogenous.sale[1].days\" = 4";
    let found = problems(
        &[
            ("draws = 12", common),
            (
                "set = { \"exogenous.sale[1].days\" = 1 }",
                "set = { \"exogenous.sale[1].days\" = 0 }",
            ),
        ],
        &snapshot,
    );
    assert_eq!(found.len(), 1);
    assert!(found[0].origin.line_text.contains("= 0 }"), "{}", found[0]);
    // and the grid's own change where no axis touches it
    let found = problems(
        &[("draws = 12", "draws = 12\nset.horizon_days = 3")],
        &snapshot,
    );
    assert!(!found.is_empty());
}

#[test]
fn shipped_grids_are_what_they_say() {
    let snapshot = Snapshot::embedded();
    let mut sizes = Vec::new();
    for shipped in &SHIPPED_GRIDS {
        let file = GridFile::parse(shipped.toml, &shipped.file_name()).unwrap();
        let base = crate::file::Shipped::find(file.base()).unwrap();
        let grid = check(shipped.toml, base.toml, &snapshot).unwrap();
        assert_eq!(grid.name, shipped.name);
        PreparedSweep::new(&grid, &snapshot).unwrap();
        let mut texts: Vec<String> = grid
            .cells
            .iter()
            .map(|cell| cell.scenario.to_toml())
            .collect();
        texts.sort();
        texts.dedup();
        assert_eq!(
            texts.len(),
            grid.cells.len(),
            "cells differ from each other"
        );
        sizes.push((grid.cells.len(), grid.draws));
    }
    assert_eq!(sizes, [(64, 500), (4, 40)]);
}

#[test]
fn a_base_that_is_no_scenario_is_said_to_be_one() {
    let snapshot = Snapshot::embedded();
    assert!(
        check(GRID, "not = [toml", &snapshot).unwrap_err()[0]
            .message
            .contains("base scenario")
    );
    let found = check(GRID, "schema = 1\n", &snapshot).unwrap_err();
    assert!(!found.is_empty());
    assert!(check(GRID, "assumptions = 5\n", &snapshot).is_err());
    assert!(check(GRID, "exogenous = 5\n", &snapshot).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC*", at in 0usize..600, cut in 0usize..40) {
        let snapshot = Snapshot::embedded();
        let _ = check(&text, SCENARIO, &snapshot);
        // a good grid with a piece of it replaced, and as its own base
        let from = GRID.char_indices().map(|(i, _)| i).find(|i| *i >= at).unwrap_or(GRID.len());
        let to = (from + cut).min(GRID.len());
        let to = (to..=GRID.len()).find(|i| GRID.is_char_boundary(*i)).unwrap_or(GRID.len());
        let short: String = text.chars().take(30).collect();
        let mutated = format!("{}{short}{}", &GRID[..from], &GRID[to..]);
        let _ = check(&mutated, SCENARIO, &snapshot);
        let _ = check(GRID, &mutated, &snapshot);
    }

    #[test]
    fn no_path_makes_the_reader_panic(path in "[a-z.\\[\\]0-9*+]{0,24}") {
        let mut table: toml::Table = SCENARIO.parse().unwrap();
        if let Ok(path) = super::paths::Path::parse(&path) {
            let _ = path.set(&mut table, &toml::Value::Integer(1));
            let _ = path.remove(&mut table);
        }
    }
}
