//! The long table as one JSON document, one row a line.
//!
//! `{"schema": 1, "run_id": ..., "scenario": ..., "as_of": ..., "rows": [ {...}, ... ]}`: what all rows share
//! stands once in the head, `schema` is raised whenever the shape changes. A row holds only the columns that
//! apply, under the names of the CSV header. Every row stands on its own line, so line tools work on it too.

use std::io::Write;

use brandish_scenario::LongTable;
use serde::Serialize;

use super::check_finite;
use crate::ReportError;
use crate::format::tenor_label;

/// Version of the JSON document.
pub const JSON_SCHEMA: u32 = 1;

#[derive(Serialize)]
struct JsonRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    camp: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bucket: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cusip: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sector: Option<&'a str>,
    measure: &'a str,
    stat: &'a str,
    value: f64,
    unit: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    source: &'a str,
}

/// Writes the table as one JSON document with a row a line.
///
/// # Errors
/// A value that is not finite, or a failing output.
pub fn write_json(table: &LongTable, mut output: impl Write) -> Result<(), ReportError> {
    check_finite(table)?;
    let as_of = table.as_of.map(|date| date.to_string());
    write!(
        output,
        "{{\"schema\":{JSON_SCHEMA},\"run_id\":{},\"scenario\":{},\"as_of\":{},\"rows\":[",
        serde_json::to_string(&table.run_id)?,
        serde_json::to_string(&table.scenario)?,
        serde_json::to_string(&as_of)?,
    )?;
    for (index, row) in table.rows.iter().enumerate() {
        output.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        let line = JsonRow {
            camp: row.camp,
            date: row.date.map(|date| date.to_string()),
            day: row.day,
            tenor: row.tenor.map(tenor_label),
            bucket: row.bucket,
            cusip: row.cusip.as_deref(),
            sector: row.sector.as_deref(),
            measure: row.measure,
            stat: row.stat,
            value: row.value,
            unit: row.unit,
            source: row.source,
        };
        serde_json::to_writer(&mut output, &line)?;
    }
    output.write_all(b"\n]}\n")?;
    output.flush()?;
    Ok(())
}
