//! Comma-separated text (RFC 4180) with a header, and the lines its mistakes stand in.
//!
//! What lots and price files share: size limit, byte-order mark, comment lines (`#`), quoted cells, columns by name in any order, and
//! cells read as numbers and dates with the mistakes collected. An empty cell is nothing; a cell that holds something else than
//! its column should is a mistake, never nothing.

use std::ops::Range;

use brandish_units::Date;

use super::codes;
use crate::diagnostic::{Diagnostic, Source, nearest, quoted};

/// Largest file that is read.
const LARGEST_BYTES: usize = 64 << 20;

/// A file as rows of cells.
#[derive(Debug)]
pub(super) struct CsvText {
    source: Source,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Rows in order.
    pub rows: Vec<CsvRow>,
}

/// One row.
#[derive(Debug)]
pub(super) struct CsvRow {
    /// Line of the file, from 1.
    pub line: usize,
    /// Bytes of its first line.
    pub span: Range<usize>,
    /// Its cells, outer spaces taken off.
    pub cells: Vec<String>,
}

impl CsvText {
    /// Reads a text that the user calls `path`.
    pub fn parse(text: &str, path: &str) -> Result<CsvText, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let refuse = |line: usize, message: String| {
            let start = text.lines().take(line).map(|l| l.len() + 1).sum::<usize>();
            vec![Diagnostic::error(
                codes::TABLE,
                source.origin(start..start),
                message,
            )]
        };
        if text.len() > LARGEST_BYTES {
            return Err(refuse(
                0,
                format!(
                    "the file has {} bytes, more than the {LARGEST_BYTES} allowed",
                    text.len()
                ),
            ));
        }
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let offset = text.len() - body.len();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(body.as_bytes());
        let malformed = |error: csv::Error| {
            let line = error.position().map_or(0, |p| p.line().saturating_sub(1));
            refuse(
                usize::try_from(line).unwrap_or(0),
                format!("not a table: {error}"),
            )
        };
        let header = reader.headers().map_err(malformed)?;
        let header: Vec<String> = header.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(malformed)?;
            let at = |value: Option<u64>| value.and_then(|v| usize::try_from(v).ok()).unwrap_or(0);
            let start = at(record.position().map(csv::Position::byte)) + offset;
            let length = text
                .get(start..)
                .map_or(0, |rest| rest.find(['\n', '\r']).unwrap_or(rest.len()));
            rows.push(CsvRow {
                line: at(record.position().map(csv::Position::line)),
                span: start..start + length,
                cells: record.iter().map(str::to_owned).collect(),
            });
        }
        Ok(CsvText {
            source,
            header,
            rows,
        })
    }

    /// A mistake of the file as a whole.
    pub fn whole(&self, message: String) -> Diagnostic {
        Diagnostic::error(codes::TABLE, self.source.origin(0..0), message)
    }

    /// A mistake of a row.
    pub fn at(&self, row: &CsvRow, code: &'static str, message: String) -> Diagnostic {
        Diagnostic::error(code, self.source.origin(row.span.clone()), message)
    }

    /// Missing columns among those that are always needed, and columns that stand twice.
    pub fn header_mistakes(&self, needed: &[&str]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for name in needed {
            if !self.has(name) {
                let mut diagnostic = self.whole(format!("column `{name}` is missing"));
                if let Some(near) = nearest(name, self.header.iter().map(String::as_str)) {
                    diagnostic = diagnostic.help(format!("is `{}` meant?", quoted(near)));
                }
                found.push(diagnostic);
            }
        }
        for (index, name) in self.header.iter().enumerate() {
            if self.header[..index].contains(name) {
                found.push(self.whole(format!("column `{}` stands twice", quoted(name))));
            }
        }
        found
    }

    /// Whether there is a column of that name.
    pub fn has(&self, name: &str) -> bool {
        self.header.iter().any(|column| column == name)
    }

    /// A row whose cells can be asked for by name.
    pub fn cells<'a>(&'a self, row: &'a CsvRow) -> Cells<'a> {
        let mut mistakes = Vec::new();
        if row.cells.len() != self.header.len() {
            mistakes.push(format!(
                "{} fields under {} columns",
                row.cells.len(),
                self.header.len()
            ));
        }
        Cells {
            header: &self.header,
            cells: &row.cells,
            mistakes,
        }
    }
}

/// The cells of a row by name, and what was wrong with those that were read.
pub(super) struct Cells<'a> {
    header: &'a [String],
    cells: &'a [String],
    /// What was wrong, in the order of reading.
    pub mistakes: Vec<String>,
}

impl Cells<'_> {
    /// The cell of a column; empty where the column or the cell is missing.
    pub fn text(&self, name: &str) -> &str {
        self.header
            .iter()
            .position(|column| column == name)
            .and_then(|place| self.cells.get(place))
            .map_or("", String::as_str)
    }

    /// A finite number, if the cell holds something.
    pub fn number(&mut self, name: &str) -> Option<f64> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Some(value),
            _ => {
                let mistake = format!("{name} `{}` is not a number", quoted(text));
                self.mistakes.push(mistake);
                None
            }
        }
    }

    /// A date, if the cell holds something.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        match text.parse::<Date>() {
            Ok(date) => Some(date),
            Err(error) => {
                self.mistakes.push(format!("{name}: {error}"));
                None
            }
        }
    }

    /// A date that must be there.
    pub fn needed_date(&mut self, name: &str) -> Option<Date> {
        if self.text(name).is_empty() {
            self.mistakes.push(format!("{name} is empty"));
        }
        self.date(name)
    }
}
