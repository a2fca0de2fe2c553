//! Small lists on stdout: aligned columns for people, CSV and JSON for programs.
//!
//! The long table has its own writers in the report crate; these are for a few dozen rows.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use serde_json::{Map, Value};

use crate::args::ListFormat;
use crate::exit::Failure;
use crate::terminal::Terminal;

/// Blanks around the text of a cell.
const CELL_PADDING: usize = 2;

/// A list: names of the columns and rows of the same length.
pub struct List<'a> {
    /// Column names.
    pub header: &'a [&'a str],
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

/// Prints a list in the format asked for.
pub fn print_list(terminal: Terminal, format: ListFormat, list: &List<'_>) -> Result<(), Failure> {
    let text = match format {
        ListFormat::Table => aligned(terminal, list),
        ListFormat::Csv => csv_text(list)?,
        ListFormat::Json => json_text(list)?,
    };
    terminal.print(&text)
}

fn aligned(terminal: Terminal, list: &List<'_>) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(terminal.width()).unwrap_or(u16::MAX))
        .set_header(list.header)
        .add_rows(&list.rows);
    // Lines break between words only: a name or date in two halves can be neither read nor copied.
    for (index, column) in table.column_iter_mut().enumerate() {
        let cells = list
            .rows
            .iter()
            .filter_map(|row| row.get(index).map(String::as_str));
        let words = cells
            .chain(list.header.get(index).copied())
            .flat_map(str::split_whitespace);
        let longest = words.map(|word| word.chars().count()).max().unwrap_or(0);
        let least = u16::try_from(longest + CELL_PADDING).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
    }
    table
        .lines()
        .map(|line| format!("{}\n", line.trim_end().strip_prefix(' ').unwrap_or("")))
        .collect()
}

/// Rows under headings, columns aligned over all of them; nothing is cut and nothing wraps.
pub fn grouped(header: &[&str], groups: &[(String, Vec<Vec<String>>)]) -> String {
    let rows = || groups.iter().flat_map(|(_, rows)| rows);
    let widths: Vec<usize> = header
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let cells = rows().filter_map(|row| row.get(index));
            cells
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
                .max(name.chars().count())
        })
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<String> = cells
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        format!(" {}\n", cells.join(" ").trim_end())
    };
    let mut text = line(&mut header.iter().copied());
    for (heading, rows) in groups {
        text.push_str(&format!("{heading}\n"));
        for row in rows {
            text.push_str(&line(&mut row.iter().map(String::as_str)));
        }
    }
    text
}

fn csv_text(list: &List<'_>) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(list.header).map_err(Failure::error)?;
    for row in &list.rows {
        writer.write_record(row).map_err(Failure::error)?;
    }
    let bytes = writer.into_inner().map_err(Failure::error)?;
    String::from_utf8(bytes).map_err(Failure::error)
}

fn json_text(list: &List<'_>) -> Result<String, Failure> {
    let rows: Vec<Value> = list
        .rows
        .iter()
        .map(|row| {
            let fields = list.header.iter().zip(row);
            Value::Object(
                fields
                    .map(|(name, cell)| ((*name).to_owned(), Value::String(cell.clone())))
                    .collect::<Map<String, Value>>(),
            )
        })
        .collect();
    serde_json::to_string_pretty(&rows).map_err(Failure::error)
}
