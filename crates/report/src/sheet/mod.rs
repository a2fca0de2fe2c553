//! A flat table for programs and spreadsheets: CSV, JSON, JSON lines, Parquet, Excel and a page from one value.
//!
//! The long table has one shape for all runs; a [`Sheet`] is for answers with columns of their own (prices, curves, residuals).
//! Columns say what they hold; a cell is a text, a number, a date or nothing. Numbers keep their bits: CSV and JSON
//! write the fewest digits that read back to them, but a column of published digits (`decimals`) is written with exactly those.
//! A number that is not finite is refused by every writer before the first byte. The same sheet gives the same bytes.

mod csv_file;
mod html_file;
mod json_file;
mod jsonl_file;
mod parquet_file;
mod xlsx_file;

use brandish_units::Date;

pub use csv_file::write_sheet_csv;
pub(crate) use html_file::write_page_html;
pub use html_file::write_sheets_html;
pub use json_file::write_sheets_json;
pub use jsonl_file::write_sheet_jsonl;
pub use parquet_file::write_sheet_parquet;
pub use xlsx_file::write_sheets_xlsx;

use crate::ReportError;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Texts.
    Text,
    /// Numbers at full precision.
    Number,
    /// Numbers that exist with this many decimals only, e.g. six for an auction price.
    Published(usize),
    /// Dates.
    Date,
}

/// A column: its name ends with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// Name in the header.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Does not apply.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A date.
    Date(Date),
}

impl Cell {
    /// A number, or nothing.
    pub fn number(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Number)
    }

    /// A text; an empty one is nothing.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text)
        }
    }
}

/// A named table with what must be known to read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name, at most 31 characters: `prices`, `residuals`.
    pub name: String,
    /// What all rows share: as-of, settlement, curve, conventions.
    pub about: Vec<(String, String)>,
    /// Columns in order.
    pub columns: Vec<SheetColumn>,
    /// Rows; each has a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: &str, about: Vec<(String, String)>) -> Sheet {
        Sheet {
            name: name.to_owned(),
            about,
            columns: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a column.
    pub fn column(&mut self, name: impl Into<String>, kind: ColumnKind) {
        self.columns.push(SheetColumn {
            name: name.into(),
            kind,
        });
    }

    /// Every number finite, every row as wide as the header, no name twice.
    fn check(&self) -> Result<(), ReportError> {
        for (index, column) in self.columns.iter().enumerate() {
            if self.columns[..index].iter().any(|c| c.name == column.name) {
                return Err(ReportError::SheetColumnTwice {
                    sheet: self.name.clone(),
                    column: column.name.clone(),
                });
            }
        }
        for (index, row) in self.rows.iter().enumerate() {
            if row.len() != self.columns.len() {
                return Err(ReportError::SheetWidth {
                    sheet: self.name.clone(),
                    row: index + 1,
                    found: row.len(),
                    expected: self.columns.len(),
                });
            }
            for (cell, column) in row.iter().zip(&self.columns) {
                if let Cell::Number(value) = cell
                    && !value.is_finite()
                {
                    return Err(ReportError::NotFinite {
                        row: index + 1,
                        facts: format!("sheet {}, column {}", self.name, column.name),
                        value: *value,
                    });
                }
            }
        }
        Ok(())
    }
}

/// A number as text: the digits it was published with, or the fewest that read back to the same bits.
fn number_text(value: f64, kind: ColumnKind) -> String {
    match kind {
        ColumnKind::Published(decimals) => format!("{value:.decimals$}"),
        _ => format!("{value:?}"),
    }
}

#[cfg(test)]
mod tests;
