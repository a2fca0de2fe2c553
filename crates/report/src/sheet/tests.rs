//! What is written reads back: the same numbers, dates and texts, and nothing where nothing was.

use std::io::{Cursor, Read};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::*;

fn sheet() -> Sheet {
    let mut sheet = Sheet::new(
        "prices",
        vec![("as_of".to_owned(), "2025-05-01".to_owned())],
    );
    sheet.column("cusip", ColumnKind::Text);
    sheet.column("maturity", ColumnKind::Date);
    sheet.column("price_per_100", ColumnKind::Published(6));
    sheet.column("yield_pct", ColumnKind::Number);
    sheet.rows = vec![
        vec![
            Cell::text("912810RN0"),
            Cell::Date("2045-08-15".parse().unwrap()),
            Cell::Number(99.5),
            Cell::Number(0.1 + 0.2),
        ],
        vec![
            Cell::text("=1+1, \"quoted\"\nand a second line"),
            Cell::Empty,
            Cell::Empty,
            Cell::Number(-1e-12),
        ],
    ];
    sheet
}

#[test]
fn csv_keeps_published_digits_and_bits() {
    let mut bytes = Vec::new();
    write_sheet_csv(&sheet(), &mut bytes).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(&rows[0][2], "99.500000");
    assert_eq!(
        rows[0][3].parse::<f64>().unwrap().to_bits(),
        (0.1_f64 + 0.2).to_bits()
    );
    assert_eq!(&rows[1][0], "=1+1, \"quoted\"\nand a second line");
    assert_eq!((&rows[1][1], &rows[1][2]), ("", ""));
}

#[test]
fn json_leaves_out_what_does_not_apply() {
    let mut bytes = Vec::new();
    write_sheets_json(&[sheet(), Sheet::new("empty", Vec::new())], &mut bytes).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let rows = &value["sheets"]["prices"]["rows"];
    assert_eq!(value["schema"], 1);
    assert_eq!(rows[0]["maturity"], "2045-08-15");
    assert_eq!(rows[0]["yield_pct"].as_f64(), Some(0.1 + 0.2));
    assert!(rows[1].get("price_per_100").is_none());
    assert_eq!(
        value["sheets"]["empty"]["rows"].as_array().map(Vec::len),
        Some(0)
    );
    assert!(
        String::from_utf8(bytes)
            .unwrap()
            .contains("\"price_per_100\":99.500000")
    );
}

#[test]
fn parquet_reads_back_to_the_same_bits() {
    let mut bytes = Vec::new();
    write_sheet_parquet(&sheet(), &mut bytes).unwrap();
    let mut again = Vec::new();
    write_sheet_parquet(&sheet(), &mut again).unwrap();
    assert_eq!(bytes, again);
    let file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut &file, &bytes).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let rows: Vec<Vec<(String, Field)>> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().into_columns())
        .collect();
    assert_eq!(rows[0][0].1, Field::Str("912810RN0".to_owned()));
    let maturity: Date = "2045-08-15".parse().unwrap();
    assert_eq!(rows[0][1].1, Field::Date(maturity.days()));
    assert_eq!(rows[0][3].1, Field::Double(0.1 + 0.2));
    assert_eq!(rows[1][1].1, Field::Null);
}

/// The text of a part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn the_workbook_has_numbers_dates_and_no_formula() {
    let mut bytes = Vec::new();
    write_sheets_xlsx(&[sheet()], &mut bytes).unwrap();
    let mut again = Vec::new();
    write_sheets_xlsx(&[sheet()], &mut again).unwrap();
    assert_eq!(bytes, again, "the same sheets give the same bytes");
    let first = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(first.contains("<v>99.5</v>"), "{first}");
    // 2045-08-15 is Excel's day 53,189.
    assert!(first.contains("<v>53189</v>"), "{first}");
    assert!(first.contains("<v>0.30000000000000004</v>"), "{first}");
    assert!(!first.contains("<f>"), "{first}");
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("=1+1"));
    assert!(part(&bytes, "xl/workbook.xml").contains("\"about\""));
}

#[test]
fn every_writer_refuses_what_is_not_a_number_or_has_no_place() {
    let mut wrong = sheet();
    wrong.rows[1][3] = Cell::Number(f64::NAN);
    let mut narrow = sheet();
    narrow.rows[0].pop();
    let mut twice = sheet();
    twice.columns[1].name = "cusip".to_owned();
    for (sheet, words) in [
        (wrong, "row 2"),
        (narrow, "3 cells"),
        (twice, "`cusip` twice"),
    ] {
        let mut bytes = Vec::new();
        let errors = [
            write_sheet_csv(&sheet, &mut bytes),
            write_sheets_json(std::slice::from_ref(&sheet), &mut bytes),
            write_sheet_parquet(&sheet, &mut bytes),
            write_sheets_xlsx(std::slice::from_ref(&sheet), &mut bytes),
        ];
        for error in errors {
            let text = error.unwrap_err().to_string();
            assert!(text.contains(words), "{text}");
        }
        assert!(bytes.is_empty());
    }
}
