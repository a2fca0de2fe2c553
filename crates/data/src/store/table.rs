//! A table in memory: its text, where its lines are, and how to read a cell.
//!
//! The snapshot's CSV has one row a line, sorted by its key; a field is quoted only when it holds a comma or a quotation
//! mark, and never holds a line break. So rows are found by bisection on the first column and parsed one at a time: a
//! run touches the rows it needs. A cell that is not what its column holds is an error with table, line, column and value.

use std::borrow::Cow;

use brandish_units::{Cusip, Date};

use crate::DataError;
use crate::month::Month;
use crate::quality::Quality;

/// A table of the snapshot.
#[derive(Debug)]
pub struct Table {
    name: String,
    text: String,
    header: Vec<String>,
    /// Start and end of every row in `text`.
    lines: Vec<(usize, usize)>,
}

/// A column of a table, found once by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column(usize);

/// One row.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    table: &'a Table,
    line: u64,
    fields: Vec<Cow<'a, str>>,
}

impl Table {
    /// Splits the text into lines and the first one into column names.
    pub(crate) fn new(name: &str, text: String) -> Table {
        let mut lines = Vec::new();
        let mut start = 0;
        for (place, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                lines.push((start, place));
                start = place + 1;
            }
        }
        if start < text.len() {
            lines.push((start, text.len()));
        }
        let header = match lines.first() {
            Some((from, to)) => split(text.get(*from..*to).unwrap_or(""))
                .into_iter()
                .map(Cow::into_owned)
                .collect(),
            None => Vec::new(),
        };
        if !lines.is_empty() {
            lines.remove(0);
        }
        Table {
            name: name.to_owned(),
            text,
            header,
            lines,
        }
    }

    /// Name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Column names in order.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Finds a column.
    pub fn column(&self, name: &str) -> Result<Column, DataError> {
        self.header
            .iter()
            .position(|h| h == name)
            .map(Column)
            .ok_or_else(|| DataError::MissingColumn {
                table: self.name.clone(),
                column: name.to_owned(),
            })
    }

    /// Finds several columns, in the order asked for.
    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[Column; N], DataError> {
        let mut found = [Column(0); N];
        for (place, name) in found.iter_mut().zip(names) {
            *place = self.column(name)?;
        }
        Ok(found)
    }

    /// The row at this place, counted from 0.
    pub fn row(&self, place: usize) -> Result<Row<'_>, DataError> {
        let line = place as u64 + 2;
        let fields = split(self.line_text(place));
        if fields.len() != self.header.len() {
            return Err(DataError::Fields {
                table: self.name.clone(),
                line,
                expected: self.header.len(),
                found: fields.len(),
            });
        }
        Ok(Row {
            table: self,
            line,
            fields,
        })
    }

    /// All rows in order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = Result<Row<'_>, DataError>> {
        (0..self.len()).map(|place| self.row(place))
    }

    /// The rows at these places.
    pub fn rows_in(
        &self,
        places: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = Result<Row<'_>, DataError>> {
        places.map(|place| self.row(place))
    }

    /// The first field of the row at this place.
    pub fn first_field(&self, place: usize) -> Cow<'_, str> {
        let line = self.line_text(place);
        if line.starts_with('"') {
            return split(line).into_iter().next().unwrap_or(Cow::Borrowed(""));
        }
        Cow::Borrowed(line.split(',').next().unwrap_or(""))
    }

    /// The first place whose first field is not below `key`; rows are sorted by their first field.
    pub fn lower_bound(&self, key: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.first_field(middle).as_ref() < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The places whose first field is `key`.
    pub fn places_of(&self, key: &str) -> std::ops::Range<usize> {
        let start = self.lower_bound(key);
        let mut end = start;
        while end < self.len() && self.first_field(end).as_ref() == key {
            end += 1;
        }
        start..end
    }

    /// The first day or month of a table whose first column is one, as text.
    pub fn first_key(&self) -> String {
        if self.is_empty() {
            String::new()
        } else {
            self.first_field(0).into_owned()
        }
    }

    fn line_text(&self, place: usize) -> &str {
        self.lines
            .get(place)
            .and_then(|(from, to)| self.text.get(*from..*to))
            .unwrap_or("")
    }
}

impl Row<'_> {
    /// The cell as text.
    pub fn text(&self, column: Column) -> &str {
        self.fields.get(column.0).map_or("", |cell| cell.as_ref())
    }

    /// A number.
    pub fn number(&self, column: Column) -> Result<f64, DataError> {
        self.optional_number(column)?
            .ok_or_else(|| self.wrong(column, "a number (the cell is blank)"))
    }

    /// A number or a blank.
    pub fn optional_number(&self, column: Column) -> Result<Option<f64>, DataError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(self.wrong(column, "a finite number")),
        }
    }

    /// A date.
    pub fn date(&self, column: Column) -> Result<Date, DataError> {
        self.text(column)
            .parse()
            .map_err(|_| self.wrong(column, "a date YYYY-MM-DD"))
    }

    /// A date or a blank.
    pub fn optional_date(&self, column: Column) -> Result<Option<Date>, DataError> {
        if self.text(column).is_empty() {
            return Ok(None);
        }
        self.date(column).map(Some)
    }

    /// A month.
    pub fn month(&self, column: Column) -> Result<Month, DataError> {
        self.text(column)
            .parse()
            .map_err(|_| self.wrong(column, "a month YYYY-MM"))
    }

    /// A CUSIP.
    pub fn cusip(&self, column: Column) -> Result<Cusip, DataError> {
        self.text(column)
            .parse()
            .map_err(|_| self.wrong(column, "a CUSIP with a right check digit"))
    }

    /// A quality.
    pub fn quality(&self, column: Column) -> Result<Quality, DataError> {
        Quality::from_word(self.text(column)).ok_or_else(|| {
            self.wrong(
                column,
                "one of published, transcribed, reconstructed, estimated",
            )
        })
    }

    /// The error for this cell.
    pub fn wrong(&self, column: Column, expected: &'static str) -> DataError {
        DataError::Value {
            table: self.table.name.clone(),
            line: self.line,
            column: self.table.header.get(column.0).cloned().unwrap_or_default(),
            value: self.text(column).to_owned(),
            expected,
        }
    }
}

/// The fields of a line; `""` inside quotation marks is one quotation mark.
fn split(line: &str) -> Vec<Cow<'_, str>> {
    if !line.contains('"') {
        return line.split(',').map(Cow::Borrowed).collect();
    }
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, quoted) {
            ('"', true) if characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', false) => fields.push(Cow::Owned(std::mem::take(&mut field))),
            (other, _) => field.push(other),
        }
    }
    fields.push(Cow::Owned(field));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table::new(
            "t",
            "holder,value\n\"China, Mainland\",1\nJapan,\n\"say \"\"no\"\"\",x\n".to_owned(),
        )
    }

    #[test]
    fn quoted_fields_are_unquoted() {
        let table = table();
        let first = table.column("holder").unwrap();
        let read: Vec<String> = table
            .rows()
            .map(|row| row.unwrap().text(first).to_owned())
            .collect();
        assert_eq!(read, ["China, Mainland", "Japan", "say \"no\""]);
        assert_eq!(table.places_of("Japan"), 1..2);
    }

    #[test]
    fn a_bad_cell_names_table_line_column_and_value() {
        let table = table();
        let value = table.column("value").unwrap();
        assert_eq!(table.row(1).unwrap().optional_number(value), Ok(None));
        let error = table.row(2).unwrap().number(value).unwrap_err();
        assert_eq!(
            error.to_string(),
            "table `t`, line 4, column `value`: \"x\" is not a finite number"
        );
        assert!(table.column("other").is_err());
    }
}
