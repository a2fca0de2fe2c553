//! `brandish markets` from outside: what is printed and written, and that a day sees nothing after it.

use std::collections::BTreeMap;

use super::support::{Done, Place};

fn csv(done: &Done) -> Vec<BTreeMap<String, String>> {
    done.ends_with(0);
    let mut reader = csv::Reader::from_reader(done.bytes.as_slice());
    reader.deserialize().map(Result::unwrap).collect()
}

/// ISO dates in a cell.
fn dates(cell: &str) -> Vec<&str> {
    cell.split([' ', ';', '(', ')'])
        .filter(|word| word.len() == 10 && word.as_bytes()[4] == b'-')
        .collect()
}

#[test]
fn a_day_sees_no_later_window() {
    let place = Place::new();
    let ask = |day: &str| csv(&place.brandish(&["markets", "--as-of", day, "--format", "csv"]));
    let rows = ask("2020-03-10");
    assert!(rows.iter().any(|row| row["verdict"] != "not available"));
    for row in &rows {
        for date in dates(&row["windows"]) {
            assert!(date <= "2020-03-10", "{row:?}");
        }
        // a missing number is an empty cell with a reason, never a zero
        assert_eq!(
            row["verdict"] == "not available",
            row["response_per_10bp"].is_empty() && !row["why"].is_empty(),
            "{row:?}"
        );
    }
    let before = ask("2013-05-20");
    assert!(
        before
            .iter()
            .all(|row| row["verdict"] == "not available" || row["verdict"] == "derived figure")
    );
}

#[test]
fn every_format_and_both_tables() {
    let place = Place::new();
    let table = place.brandish(&["markets", "--as-of", "2025-05-01"]);
    table
        .ends_with(0)
        .says("no stable relation")
        .says("A supply shock is not a growth shock")
        .says("Japan's interventions");
    let interventions = place.brandish(&[
        "markets",
        "--as-of",
        "2025-05-01",
        "--table",
        "interventions",
        "--format",
        "csv",
    ]);
    let rows = csv(&interventions);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0]["first_day"], "2022-09-22");
    for file in ["m.json", "m.parquet", "m.xlsx"] {
        place.brandish(&["markets", "-o", file]).ends_with(0);
        assert!(place.path(file).is_file(), "{file}");
    }
}
