//! Small lists on stdout: aligned columns for people, CSV and JSON for programs.

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::{Map, Value};

use crate::args::ListFormat;
use crate::exit::Failure;
use crate::terminal::Terminal;

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
    table
        .lines()
        .map(|line| format!("{}\n", line.trim_end().strip_prefix(' ').unwrap_or("")))
        .collect()
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
