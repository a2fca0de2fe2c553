//! A sheet as CSV (RFC 4180, UTF-8, `\n` line ends, a header line).
//!
//! What all rows share is not in the file: it would be comment lines, which many readers refuse. An empty field does
//! not apply.

use std::io::Write;

use super::{Cell, Sheet, number_text};
use crate::ReportError;

/// Writes a sheet as CSV.
///
/// # Errors
/// A number that is not finite, rows of another width than the header, a failing output.
pub fn write_sheet_csv(sheet: &Sheet, output: impl Write) -> Result<(), ReportError> {
    sheet.check()?;
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(sheet.columns.iter().map(|column| column.name.as_str()))?;
    for row in &sheet.rows {
        let fields = row.iter().zip(&sheet.columns);
        writer.write_record(fields.map(|(cell, column)| match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(value) => number_text(*value, column.kind),
            Cell::Date(date) => date.to_string(),
        }))?;
    }
    writer.flush()?;
    Ok(())
}
