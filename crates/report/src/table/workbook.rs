//! A run as a workbook: one sheet a topic, one fact a row with its statistics side by side.
//!
//! The long table has a row for every statistic; people with a spreadsheet want median and band in columns. Rows of one fact that
//! follow each other become one line; nothing is computed, and a statistic that a fact does not have stays empty. Topics are lists of
//! measures; a measure that no topic names goes to the sheet `other`, so nothing is lost.

use std::io::Write;

use brandish_scenario::{LongTable, Row};

use crate::ReportError;
use crate::format::tenor_label;
use crate::sheet::{Cell, ColumnKind, Sheet, write_sheets_xlsx};

/// Statistics in the order of the columns.
const STATISTICS: [&str; 8] = [
    "central", "p05", "p25", "p50", "p75", "p95", "mean", "mc_se",
];
/// Columns before the statistics.
const COLUMNS: [(&str, ColumnKind); 9] = [
    ("measure", ColumnKind::Text),
    ("unit", ColumnKind::Text),
    ("camp", ColumnKind::Text),
    ("day", ColumnKind::Number),
    ("date", ColumnKind::Date),
    ("tenor", ColumnKind::Text),
    ("bucket", ColumnKind::Text),
    ("sector", ColumnKind::Text),
    ("cusip", ColumnKind::Text),
];

/// Sheets with the beginnings of their measures' names; the first that fits takes the fact.
const TOPICS: [(&str, &[&str]); 5] = [
    (
        "yields",
        &["yield_", "part_", "peak_with_", "camp_ratio", "month_"],
    ),
    (
        "accounts",
        &[
            "opening_value",
            "closing_value",
            "proceeds",
            "execution_loss",
            "mark_to_market",
            "coupons",
            "holder_pnl",
            "market_value_change",
        ],
    ),
    ("taxpayer", &["interest_", "fiscal_"]),
    (
        "other markets",
        &[
            "usdjpy_",
            "equity_",
            "volatility_",
            "credit_",
            "gold_",
            "crypto_",
            "mortgage_",
        ],
    ),
    (
        "who holds",
        &[
            "purchases",
            "inventory",
            "absorbed",
            "sold",
            "forced_sales",
            "fed_purchases",
            "switching",
            "utilization",
            "marginal_share",
            "holdings",
            "outstanding",
            "official_bound",
        ],
    ),
];

/// The sheets of a run.
#[must_use]
pub fn run_sheets(table: &LongTable) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = TOPICS
        .iter()
        .map(|(name, _)| *name)
        .chain(["other"])
        .map(|name| empty(name, table))
        .collect();
    for fact in table.rows.chunk_by(same_fact) {
        let Some(first) = fact.first() else { continue };
        let topic = TOPICS
            .iter()
            .position(|(_, beginnings)| {
                beginnings
                    .iter()
                    .any(|beginning| first.measure.starts_with(beginning))
            })
            .unwrap_or(TOPICS.len());
        if let Some(sheet) = sheets.get_mut(topic) {
            sheet.rows.push(line(fact, first));
        }
    }
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

/// Writes a run as a workbook.
///
/// # Errors
/// A value that is not finite, more facts than a sheet has lines, a failing output.
pub fn write_run_xlsx(table: &LongTable, output: impl Write) -> Result<(), ReportError> {
    write_sheets_xlsx(&run_sheets(table), output)
}

fn empty(name: &str, table: &LongTable) -> Sheet {
    let as_of = table.as_of.map(|date| date.to_string()).unwrap_or_default();
    let mut sheet = Sheet::new(
        name,
        vec![
            ("run".to_owned(), table.run_id.clone()),
            ("scenario".to_owned(), table.scenario.clone()),
            ("as of".to_owned(), as_of),
            (
                "statistics".to_owned(),
                "central: all parameters at their central values; p05 to p95: quantiles over the draws of a camp; mc_se: Monte Carlo error of the median"
                    .to_owned(),
            ),
        ],
    );
    for (column, kind) in COLUMNS {
        sheet.column(column, kind);
    }
    for statistic in STATISTICS {
        sheet.column(statistic, ColumnKind::Number);
    }
    sheet.column("source", ColumnKind::Text);
    sheet
}

/// Whether two rows are statistics of one fact; a statistic that comes again begins another one.
fn same_fact(left: &Row, right: &Row) -> bool {
    let place = |row: &Row| STATISTICS.iter().position(|name| *name == row.stat);
    left.measure == right.measure
        && left.unit == right.unit
        && left.camp == right.camp
        && left.day == right.day
        && left.date == right.date
        && left.tenor == right.tenor
        && left.bucket == right.bucket
        && left.sector == right.sector
        && left.cusip == right.cusip
        && left.source == right.source
        && place(left) < place(right)
}

fn line(fact: &[Row], first: &Row) -> Vec<Cell> {
    let text = |text: Option<&str>| Cell::text(text.unwrap_or_default());
    let mut cells = vec![
        Cell::text(first.measure),
        Cell::text(first.unit),
        text(first.camp),
        Cell::number(first.day.map(f64::from)),
        first.date.map_or(Cell::Empty, Cell::Date),
        Cell::text(first.tenor.map(tenor_label).unwrap_or_default()),
        text(first.bucket),
        text(first.sector.as_deref()),
        text(first.cusip.as_deref()),
    ];
    for statistic in STATISTICS {
        let row = fact.iter().find(|row| row.stat == statistic);
        cells.push(Cell::number(row.map(|row| row.value)));
    }
    cells.push(Cell::text(first.source));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(measure: &'static str, stat: &'static str, day: u32, value: f64) -> Row {
        Row {
            camp: Some("S"),
            date: None,
            day: Some(day),
            tenor: None,
            bucket: None,
            cusip: None,
            sector: None,
            measure,
            stat,
            value,
            unit: "bp",
            source: "test",
        }
    }

    fn table(rows: Vec<Row>) -> LongTable {
        LongTable {
            rows,
            ..LongTable::default()
        }
    }

    #[test]
    fn statistics_of_a_fact_stand_side_by_side_and_nothing_is_lost() {
        let rows = vec![
            row("yield_change", "central", 1, 9.0),
            row("yield_change", "p05", 1, 5.0),
            row("yield_change", "p50", 1, 8.0),
            row("yield_change", "central", 2, 7.0),
            row("interest_cost", "central", 2, 3.0),
            row("something_new", "mean", 2, 0.5),
        ];
        let sheets = run_sheets(&table(rows.clone()));
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["yields", "taxpayer", "other"]);
        assert_eq!(sheets[0].rows.len(), 2);
        let statistics = |line: &[Cell]| line[COLUMNS.len()..COLUMNS.len() + 4].to_vec();
        assert_eq!(
            statistics(&sheets[0].rows[0]),
            [
                Cell::Number(9.0),
                Cell::Number(5.0),
                Cell::Empty,
                Cell::Number(8.0)
            ]
        );
        let numbers: usize = sheets
            .iter()
            .flat_map(|sheet| &sheet.rows)
            .map(|line| {
                let statistics = &line[COLUMNS.len()..];
                statistics
                    .iter()
                    .filter(|cell| matches!(cell, Cell::Number(_)))
                    .count()
            })
            .sum();
        assert_eq!(numbers, rows.len());
    }

    #[test]
    fn a_fact_that_comes_twice_has_two_lines() {
        let twice = row("yield_change", "central", 1, 9.0);
        let sheets = run_sheets(&table(vec![twice.clone(), twice]));
        assert_eq!(sheets[0].rows.len(), 2);
    }

    #[test]
    fn a_value_that_is_not_finite_is_refused() {
        let bad = table(vec![row("yield_change", "central", 1, f64::NAN)]);
        assert!(write_run_xlsx(&bad, Vec::new()).is_err());
        let good = table(vec![row("yield_change", "central", 1, 1.0)]);
        let mut bytes = Vec::new();
        write_run_xlsx(&good, &mut bytes).unwrap();
        assert_eq!(&bytes[..2], b"PK");
    }
}
