//! What is written reads back to the same bits; what was not written by us is refused with its place.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use brandish_scenario::{LongTable, Row};
use brandish_units::{Date, Tenor};
use proptest::prelude::*;

use super::*;

fn row(measure: &'static str, value: f64) -> Row {
    Row {
        camp: Some("S"),
        date: Date::from_ymd(2025, 5, 2).ok(),
        day: Some(1),
        tenor: Some(Tenor::ALL[11]),
        bucket: None,
        cusip: None,
        sector: None,
        measure,
        stat: "p50",
        value,
        unit: "bp",
        source: "engine",
    }
}

fn table(rows: Vec<Row>) -> LongTable {
    LongTable {
        run_id: "0123456789ab".to_owned(),
        scenario: "japan-card".to_owned(),
        as_of: Date::from_ymd(2025, 5, 1).ok(),
        rows,
    }
}

fn csv_text(table: &LongTable) -> String {
    let mut bytes = Vec::new();
    write_csv(table, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn through_parquet(table: &LongTable) -> Result<LongTable, ReportError> {
    let mut file = tempfile::tempfile().unwrap();
    let mut bytes = Vec::new();
    write_parquet(table, &mut bytes)?;
    file.write_all(&bytes).unwrap();
    read_parquet(file)
}

#[test]
fn csv_has_the_columns_of_the_long_table_and_empty_fields_where_none_apply() {
    let text = csv_text(&table(vec![row("yield_change", 9.125)]));
    assert_eq!(
        text,
        "run_id,scenario,camp,date,day,tenor,bucket,cusip,sector,measure,stat,value,unit,as_of,source\n\
         0123456789ab,japan-card,S,2025-05-02,1,10Y,,,,yield_change,p50,9.125,bp,2025-05-01,engine\n"
    );
}

#[test]
fn json_holds_the_shared_columns_once_and_a_row_a_line() {
    let mut bytes = Vec::new();
    write_json(
        &table(vec![row("yield_change", 0.1), row("sold", -0.0)]),
        &mut bytes,
    )
    .unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count(), 4);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["schema"], 1);
    assert_eq!(value["as_of"], "2025-05-01");
    assert_eq!(value["rows"][0]["tenor"], "10Y");
    assert_eq!(value["rows"][0]["value"], 0.1);
    assert!(value["rows"][0].get("cusip").is_none());
}

#[test]
fn a_table_without_rows_keeps_its_name_in_parquet() {
    let empty = table(Vec::new());
    assert_eq!(through_parquet(&empty).unwrap(), empty);
}

#[test]
fn more_rows_than_one_row_group_come_back_in_order() {
    // 131,072 rows make one group; 140,000 need two.
    let long = table(
        (0..140_000)
            .map(|i| row("yield_change", f64::from(i) / 7.0))
            .collect(),
    );
    assert_eq!(through_parquet(&long).unwrap(), long);
}

#[test]
fn every_writer_refuses_a_value_that_is_not_finite_and_names_the_row() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let bad = table(vec![row("sold", 1.0), row("inventory", value)]);
        for result in [
            write_csv(&bad, Vec::new()),
            write_json(&bad, Vec::new()),
            write_parquet(&bad, Vec::new()),
        ] {
            let message = result.unwrap_err().to_string();
            assert!(message.contains("row 2 (inventory"), "{message}");
        }
    }
}

#[test]
fn csv_that_is_not_ours_is_refused_with_its_place() {
    let good = csv_text(&table(vec![row("yield_change", 9.125)]));
    let cases = [
        ("a,b\n1,2\n".to_owned(), "line 1: columns are `a,b`"),
        (good.replace("10Y", "11Y"), "row 1, column `tenor`: `11Y`"),
        (good.replace("9.125", "NaN"), "row 1, column `value`: `NaN`"),
        (
            good.replace("9.125", "nine"),
            "row 1, column `value`: `nine`",
        ),
        (
            good.replace(",1,10Y", ",-1,10Y"),
            "row 1, column `day`: `-1`",
        ),
        (
            good.replace("2025-05-02", "2025-02-30"),
            "row 1, column `date`: `2025-02-30`",
        ),
        (good.replace(",engine", ""), "CSV: "),
        (
            good.clone()
                + &good
                    .lines()
                    .nth(1)
                    .unwrap()
                    .replace("japan-card", "japan-hint"),
            "row 2: `scenario` is",
        ),
    ];
    for (text, expected) in cases {
        let message = read_csv(text.as_bytes()).unwrap_err().to_string();
        assert!(message.contains(expected), "{message} lacks {expected}");
    }
}

#[test]
fn parquet_that_is_not_ours_is_refused() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(b"PAR1 not really PAR1").unwrap();
    assert!(matches!(read_parquet(file), Err(ReportError::Parquet(_))));

    let schema = Arc::new(
        parquet::schema::parser::parse_message_type("message other { REQUIRED INT32 run_id; }")
            .unwrap(),
    );
    let file: File = tempfile::tempfile().unwrap();
    let writer = parquet::file::writer::SerializedFileWriter::new(
        file.try_clone().unwrap(),
        schema,
        Arc::default(),
    );
    writer.unwrap().close().unwrap();
    let message = read_parquet(file).unwrap_err().to_string();
    assert!(
        message.contains("column 1 is `REQUIRED INT32 run_id`"),
        "{message}"
    );
}

#[test]
fn a_truncated_parquet_file_is_an_error_not_a_panic() {
    let mut bytes = Vec::new();
    write_parquet(
        &table(vec![row("yield_change", 1.0), row("sold", 2.0)]),
        &mut bytes,
    )
    .unwrap();
    for length in 0..bytes.len() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes[..length]).unwrap();
        assert!(
            read_parquet(file).is_err(),
            "{length} of {} bytes were accepted",
            bytes.len()
        );
    }
}

#[test]
fn comparison_finds_a_changed_bit_a_lost_row_and_another_run() {
    let first = table(vec![
        row("yield_change", 1.0),
        row("sold", 2.0),
        row("inventory", 3.0),
    ]);
    assert!(compare(&first, &first.clone()).is_equal());

    let mut second = first.clone();
    second.rows[1].value = f64::from_bits(second.rows[1].value.to_bits() + 1);
    let result = compare(&first, &second);
    assert_eq!((result.equal, result.different), (2, 1));
    assert!(
        result.differences[0]
            .to_string()
            .starts_with("row 2 (sold p50"),
        "{}",
        result.differences[0]
    );

    let mut second = first.clone();
    second.rows.remove(0);
    let result = compare(&first, &second);
    assert_eq!((result.equal, result.different), (2, 1));
    assert_eq!(result.differences[0].kind, DifferenceKind::OnlyFirst);
    let result = compare(&second, &first);
    assert_eq!(result.differences[0].kind, DifferenceKind::OnlySecond);

    let mut second = first.clone();
    second.run_id = "other".to_owned();
    assert!(!compare(&first, &second).is_equal());

    let zero = table(vec![row("sold", 0.0)]);
    let minus_zero = table(vec![row("sold", -0.0)]);
    assert!(
        !compare(&zero, &minus_zero).is_equal(),
        "bits are compared, not values"
    );
}

#[test]
fn comparison_counts_all_differences_and_keeps_the_first_twenty() {
    let first = table((0..100).map(|i| row("sold", f64::from(i))).collect());
    let second = table((0..100).map(|i| row("sold", f64::from(i) + 0.5)).collect());
    let result = compare(&first, &second);
    assert_eq!((result.different, result.differences.len()), (100, 20));
}

fn any_name(names: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(names)
}

fn any_finite() -> impl Strategy<Value = f64> {
    any::<u64>()
        .prop_map(f64::from_bits)
        .prop_filter("finite", |value| value.is_finite())
}

fn any_row() -> impl Strategy<Value = Row> {
    (
        proptest::option::of(any_name(&["S", "C", "F", "X", "mix"])),
        proptest::option::of((1i32..40_000).prop_map(|days| Date::EPOCH.plus_days(days))),
        proptest::option::of(0u32..2000),
        proptest::option::of(proptest::sample::select(&Tenor::ALL)),
        proptest::option::of(any_name(&["0-6m", "10-15y"])),
        proptest::option::of("[0-9A-Z]{9}"),
        proptest::option::of("[ -~äöü\n\"日本]{1,12}"),
        any_name(&["yield_change", "sold", "purchases"]),
        any_name(&["p05", "central", "mc_se"]),
        (
            any_finite(),
            any_name(&["bp", "usd_bn"]),
            any_name(&["", "engine", "effects::seller"]),
        ),
    )
        .prop_map(
            |(
                camp,
                date,
                day,
                tenor,
                bucket,
                cusip,
                sector,
                measure,
                stat,
                (value, unit, source),
            )| Row {
                camp,
                date,
                day,
                tenor,
                bucket,
                cusip,
                sector: sector.map(Arc::from),
                measure,
                stat,
                value,
                unit,
                source,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn csv_reads_back_to_the_same_bits(rows in proptest::collection::vec(any_row(), 1..30)) {
        let written = table(rows);
        let read = read_csv(csv_text(&written).as_bytes()).unwrap();
        prop_assert!(compare(&written, &read).is_equal());
        prop_assert_eq!(read, written);
    }

    #[test]
    fn parquet_reads_back_to_the_same_bits(rows in proptest::collection::vec(any_row(), 0..30)) {
        let written = table(rows);
        let read = through_parquet(&written).unwrap();
        prop_assert!(compare(&written, &read).is_equal());
        prop_assert_eq!(read, written);
    }

    #[test]
    fn json_prints_numbers_that_parse_to_the_same_bits(value in any_finite()) {
        let mut bytes = Vec::new();
        write_json(&table(vec![row("sold", value)]), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let printed = text.split("\"value\":").nth(1).unwrap().split(',').next().unwrap();
        prop_assert_eq!(printed.parse::<f64>().unwrap().to_bits(), value.to_bits());
    }
}
