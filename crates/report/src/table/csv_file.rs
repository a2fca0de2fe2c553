//! The long table as CSV (RFC 4180, UTF-8, `\n` line ends, a header line).
//!
//! Empty fields are columns that do not apply. Values are written with the fewest digits that parse back to
//! the same bits. A table without rows keeps only its header: its run id, scenario and date are not recoverable.

use std::io::{Read, Write};
use std::sync::Arc;

use brandish_scenario::{LongTable, Row};
use brandish_units::{Date, Tenor};

use super::{COLUMNS, check_finite, names};
use crate::ReportError;
use crate::error::excerpt;
use crate::format::tenor_label;

/// Writes the table as CSV.
///
/// # Errors
/// A value that is not finite, or a failing output.
pub fn write_csv(table: &LongTable, output: impl Write) -> Result<(), ReportError> {
    check_finite(table)?;
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(COLUMNS)?;
    let as_of = table.as_of.map(|date| date.to_string()).unwrap_or_default();
    for row in &table.rows {
        let date = row.date.map(|date| date.to_string()).unwrap_or_default();
        let day = row.day.map(|day| day.to_string()).unwrap_or_default();
        let tenor_label = row.tenor.map(tenor_label).unwrap_or_default();
        let value = format!("{:?}", row.value);
        writer.write_record([
            table.run_id.as_str(),
            table.scenario.as_str(),
            row.camp.unwrap_or_default(),
            date.as_str(),
            day.as_str(),
            tenor_label.as_str(),
            row.bucket.unwrap_or_default(),
            row.cusip.as_deref().unwrap_or_default(),
            row.sector.as_deref().unwrap_or_default(),
            row.measure,
            row.stat,
            value.as_str(),
            row.unit,
            as_of.as_str(),
            row.source,
        ])?;
    }
    writer.flush()?;
    Ok(())
}

/// Reads a table that [`write_csv`] wrote.
///
/// # Errors
/// Other columns, a field that cannot be read, rows of several runs, malformed CSV.
pub fn read_csv(input: impl Read) -> Result<LongTable, ReportError> {
    let mut reader = csv::Reader::from_reader(input);
    let header = reader.headers()?;
    if !header.iter().eq(COLUMNS) {
        let found = excerpt(&header.iter().collect::<Vec<_>>().join(","));
        return Err(ReportError::Header {
            found,
            expected: COLUMNS.join(","),
        });
    }
    let mut table = LongTable::default();
    let mut first_as_of = String::new();
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    while reader.read_record(&mut record)? {
        number += 1;
        let field = |index: usize| record.get(index).unwrap_or_default();
        if number == 1 {
            table.run_id = field(0).to_owned();
            table.scenario = field(1).to_owned();
            table.as_of = date(field(13), number, "as_of")?;
            first_as_of = field(13).to_owned();
        }
        for (column, found, expected) in [
            ("run_id", field(0), table.run_id.as_str()),
            ("scenario", field(1), table.scenario.as_str()),
            ("as_of", field(13), first_as_of.as_str()),
        ] {
            if found != expected {
                return Err(ReportError::MixedRuns {
                    row: number,
                    column,
                    found: excerpt(found),
                    expected: excerpt(expected),
                });
            }
        }
        table.rows.push(row(&field, number)?);
    }
    Ok(table)
}

fn row<'r>(field: &impl Fn(usize) -> &'r str, number: usize) -> Result<Row, ReportError> {
    let name = |index: usize| names::keep(field(index), number, COLUMNS[index]);
    let optional = |index: usize| match field(index) {
        "" => Ok(None),
        text => names::keep(text, number, COLUMNS[index]).map(Some),
    };
    let text = |index: usize| Some(field(index).to_owned()).filter(|text| !text.is_empty());
    Ok(Row {
        camp: optional(2)?,
        date: date(field(3), number, "date")?,
        day: day(field(4), number)?,
        tenor: tenor(field(5), number)?,
        bucket: optional(6)?,
        cusip: text(7),
        sector: text(8).map(Arc::from),
        measure: name(9)?,
        stat: name(10)?,
        value: value(field(11), number)?,
        unit: name(12)?,
        source: name(14)?,
    })
}

fn wrong(row: usize, column: &'static str, text: &str, allowed: &'static str) -> ReportError {
    ReportError::Field {
        row,
        column,
        text: excerpt(text),
        allowed,
    }
}

fn date(text: &str, row: usize, column: &'static str) -> Result<Option<Date>, ReportError> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| wrong(row, column, text, "an ISO date such as 2025-05-01"))
}

fn day(text: &str, row: usize) -> Result<Option<u32>, ReportError> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| wrong(row, "day", text, "a whole number of business days"))
}

pub(super) fn tenor(text: &str, row: usize) -> Result<Option<Tenor>, ReportError> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| wrong(row, "tenor", text, "a published tenor such as 10Y"))
}

fn value(text: &str, row: usize) -> Result<f64, ReportError> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(wrong(row, "value", text, "a finite number")),
    }
}
