//! A sheet as JSON lines: one row a line, each an object on its own.
//!
//! What all rows share is not in the file, as in CSV. A column that does not apply is left out of its line; numbers, dates and
//! texts are written as in the JSON document.

use std::io::Write;

use super::Sheet;
use super::json_file::write_row;
use crate::ReportError;

/// Writes a sheet as JSON lines.
///
/// # Errors
/// A number that is not finite, rows of another width than the header, a failing output.
pub fn write_sheet_jsonl(sheet: &Sheet, mut output: impl Write) -> Result<(), ReportError> {
    sheet.check()?;
    for row in &sheet.rows {
        write_row(&sheet.columns, row, &mut output)?;
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(())
}
