//! Reads a golden table: comma-separated, header first.
//!
//! Cells are asked for by column name; an absent column, or a cell that is not what the caller wants, is an error that names
//! file, line and column.

use std::collections::BTreeMap;
use std::path::Path;

use super::TruthError;

/// A row with its place.
pub struct Row {
    file: String,
    line: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// The cell, empty when the table leaves it empty.
    pub fn text(&self, column: &str) -> Result<&str, TruthError> {
        match self.cells.get(column) {
            Some(text) => Ok(text),
            None => Err(self.wrong(column, "there is no such column".to_owned())),
        }
    }

    /// The cell, if it is not empty.
    pub fn given(&self, column: &str) -> Result<Option<&str>, TruthError> {
        Ok(Some(self.text(column)?).filter(|text| !text.is_empty()))
    }

    /// The cell as a value.
    pub fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<T, TruthError>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.text(column)?;
        text.parse()
            .map_err(|error: T::Err| self.wrong(column, format!("\"{text}\": {error}")))
    }

    /// The cell as a value, if it is not empty.
    pub fn parse_given<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, TruthError>
    where
        T::Err: std::fmt::Display,
    {
        self.given(column)?.map(|_| self.parse(column)).transpose()
    }

    /// An error about the whole row.
    pub fn refuse(&self, reason: impl std::fmt::Display) -> TruthError {
        TruthError::Row {
            file: self.file.clone(),
            line: self.line,
            reason: reason.to_string(),
        }
    }

    fn wrong(&self, column: &str, reason: String) -> TruthError {
        TruthError::Cell {
            file: self.file.clone(),
            line: self.line,
            column: column.to_owned(),
            reason,
        }
    }
}

/// All rows of a table.
pub fn rows(folder: &Path, name: &str) -> Result<Vec<Row>, TruthError> {
    let path = folder.join(name);
    let broken = |reason: csv::Error| TruthError::File {
        path: path.clone(),
        action: "cannot be read",
        reason: reason.to_string(),
    };
    let mut reader = csv::Reader::from_path(&path).map_err(broken)?;
    let header: Vec<String> = reader
        .headers()
        .map_err(broken)?
        .iter()
        .map(str::to_owned)
        .collect();
    reader
        .records()
        .enumerate()
        .map(|(index, record)| {
            let record = record.map_err(broken)?;
            Ok(Row {
                file: name.to_owned(),
                line: index + 2,
                cells: header
                    .iter()
                    .cloned()
                    .zip(record.iter().map(str::to_owned))
                    .collect(),
            })
        })
        .collect()
}
