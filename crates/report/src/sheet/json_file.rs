//! Sheets as one JSON document, one row a line.
//!
//! `{"schema": 1, "sheets": {"prices": {"about": {...}, "rows": [ {...}, ... ]}}}`. A row holds the columns that apply under
//! their names; `schema` is raised whenever the shape changes. Every row stands on its own line, so line tools work on it too.

use std::io::Write;

use serde_json::{Map, Number, Value};

use super::{Cell, ColumnKind, Sheet, SheetColumn, number_text};
use crate::ReportError;

/// Version of the document.
const SHEETS_SCHEMA: u32 = 1;

/// Writes sheets as one JSON document.
///
/// # Errors
/// A number that is not finite, rows of another width than the header, a failing output.
pub fn write_sheets_json(sheets: &[Sheet], mut output: impl Write) -> Result<(), ReportError> {
    for sheet in sheets {
        sheet.check()?;
    }
    write!(output, "{{\"schema\":{SHEETS_SCHEMA},\"sheets\":{{")?;
    for (place, sheet) in sheets.iter().enumerate() {
        let about: Map<String, Value> = sheet
            .about
            .iter()
            .map(|(name, text)| (name.clone(), Value::String(text.clone())))
            .collect();
        write!(
            output,
            "{}\n{}:{{\"about\":{},\"rows\":[",
            if place == 0 { "" } else { "," },
            serde_json::to_string(&sheet.name)?,
            serde_json::to_string(&about)?
        )?;
        for (index, row) in sheet.rows.iter().enumerate() {
            output.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            write_row(&sheet.columns, row, &mut output)?;
        }
        output.write_all(b"\n]}")?;
    }
    output.write_all(b"}}\n")?;
    output.flush()?;
    Ok(())
}

/// A row as an object, without the columns that do not apply.
pub(super) fn write_row(
    columns: &[SheetColumn],
    row: &[Cell],
    output: &mut impl Write,
) -> Result<(), ReportError> {
    output.write_all(b"{")?;
    let mut first = true;
    for (cell, column) in row.iter().zip(columns) {
        let text = match cell {
            Cell::Empty => continue,
            Cell::Text(text) => serde_json::to_string(text)?,
            Cell::Date(date) => serde_json::to_string(&date.to_string())?,
            Cell::Number(value) => json_number(*value, column.kind)?,
        };
        let comma = if first { "" } else { "," };
        first = false;
        write!(
            output,
            "{comma}{}:{text}",
            serde_json::to_string(&column.name)?
        )?;
    }
    output.write_all(b"}")?;
    Ok(())
}

fn json_number(value: f64, kind: ColumnKind) -> Result<String, ReportError> {
    Ok(match (kind, Number::from_f64(value)) {
        (ColumnKind::Published(_), _) => number_text(value, kind),
        (_, Some(number)) => serde_json::to_string(&number)?,
        // Unreachable after `check`; null is what JSON has for it.
        (_, None) => "null".to_owned(),
    })
}
