//! The long table as a file: CSV, JSON and Parquet out, CSV and Parquet back in; Excel with a sheet a topic.
//!
//! One fact a row, fifteen columns in one order. Numbers are printed with the fewest digits that read back to
//! the same bits, so `verify` can compare a stored run with a replayed one bit for bit. A value that is not
//! finite is refused by every writer: a fact that does not exist has no row. Readers refuse other columns,
//! rows of several runs, and more different names than a run can write.

mod compare;
mod csv_file;
mod json_file;
mod names;
mod parquet_file;
mod workbook;

pub use compare::{Comparison, Difference, DifferenceKind, compare};
pub use csv_file::{read_csv, write_csv};
pub use json_file::{JSON_SCHEMA, write_json};
pub(crate) use parquet_file::optional;
pub use parquet_file::{read_parquet, write_parquet};
pub use workbook::{run_sheets, write_run_xlsx};

use brandish_scenario::{LongTable, Row};

use crate::ReportError;
use crate::format::tenor_label;

/// Column names in the order of every written table.
pub const COLUMNS: [&str; 15] = [
    "run_id", "scenario", "camp", "date", "day", "tenor", "bucket", "cusip", "sector", "measure",
    "stat", "value", "unit", "as_of", "source",
];

/// The columns that say which fact a row is, for messages: `measure stat camp day tenor bucket cusip sector unit`.
pub(crate) fn row_facts(row: &Row) -> String {
    let mut text = format!("{} {}", row.measure, row.stat);
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!(" {name}={value}"));
        }
    };
    add("camp", row.camp.map(str::to_owned));
    add("day", row.day.map(|day| day.to_string()));
    add("tenor", row.tenor.map(tenor_label));
    add("bucket", row.bucket.map(str::to_owned));
    add("cusip", row.cusip.clone());
    add("sector", row.sector.as_deref().map(str::to_owned));
    add("unit", Some(row.unit.to_owned()));
    text
}

/// Refuses a table with a value that is not finite, before the first byte is written.
fn check_finite(table: &LongTable) -> Result<(), ReportError> {
    for (index, row) in table.rows.iter().enumerate() {
        if !row.value.is_finite() {
            return Err(ReportError::NotFinite {
                row: index + 1,
                facts: row_facts(row),
                value: row.value,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
