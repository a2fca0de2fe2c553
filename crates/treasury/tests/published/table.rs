//! Reads a golden table: comma-separated, no quotes, header first.

use std::collections::BTreeMap;
use std::path::PathBuf;

pub struct Row {
    pub file: String,
    pub line: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// The cell, empty when the table leaves it empty.
    pub fn text(&self, column: &str) -> &str {
        self.cells
            .get(column)
            .unwrap_or_else(|| panic!("{}: no column {column}", self.file))
    }

    pub fn given(&self, column: &str) -> Option<&str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    pub fn parse<T: std::str::FromStr>(&self, column: &str) -> T
    where
        T::Err: std::fmt::Display,
    {
        self.text(column)
            .parse()
            .unwrap_or_else(|error| panic!("{} line {} {column}: {error}", self.file, self.line))
    }

    pub fn parse_given<T: std::str::FromStr>(&self, column: &str) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        self.given(column).map(|_| self.parse(column))
    }
}

pub fn rows(name: &str) -> Vec<Row> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../goldens/published")
        .join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .enumerate()
        .map(|(index, line)| {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), header.len(), "{name} line {}", index + 2);
            Row {
                file: name.to_owned(),
                line: index + 2,
                cells: header
                    .iter()
                    .zip(cells)
                    .map(|(a, b)| ((*a).to_owned(), b.to_owned()))
                    .collect(),
            }
        })
        .collect()
}
