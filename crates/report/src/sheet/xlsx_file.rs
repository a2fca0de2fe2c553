//! Sheets as an Excel workbook: one worksheet each, and one that says what they are.
//!
//! Headers are bold, frozen and filterable; numbers are numbers, dates are dates. Long identifiers stay text. The workbook's
//! date of creation is fixed, so that the same sheets give the same bytes. Text never becomes a formula.

use std::io::Write;

use brandish_units::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use super::{Cell, ColumnKind, Sheet, SheetColumn};
use crate::ReportError;

/// Excel's first day, 1900-01-01, is day 1; its calendar has a 29 February 1900, so later days are shifted by one.
const EXCEL_EPOCH_DAYS: i32 = -25_569;
/// Widest column, characters.
const WIDEST: usize = 40;

/// Writes sheets as one workbook.
///
/// # Errors
/// A number that is not finite, rows of another width than the header, more rows than Excel has, a failing output.
pub fn write_sheets_xlsx(sheets: &[Sheet], mut output: impl Write) -> Result<(), ReportError> {
    let mut workbook = Workbook::new();
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
    for sheet in sheets {
        sheet.check()?;
        fill(workbook.add_worksheet(), sheet)?;
    }
    let about = workbook.add_worksheet().set_name("about")?;
    let bold = Format::new().set_bold();
    let mut row = 0;
    for sheet in sheets {
        about.write_string_with_format(row, 0, sheet.name.as_str(), &bold)?;
        row += 1;
        for (name, text) in &sheet.about {
            about.write_string(row, 0, name.as_str())?;
            about.write_string(row, 1, text.as_str())?;
            row += 1;
        }
        row += 1;
    }
    about.set_column_width(0, 24)?;
    about.set_column_width(1, 100)?;
    output.write_all(&workbook.save_to_buffer()?)?;
    output.flush()?;
    Ok(())
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), ReportError> {
    worksheet.set_name(sheet.name.as_str())?;
    let bold = Format::new().set_bold();
    let formats: Vec<Format> = sheet.columns.iter().map(format_of).collect();
    for (place, column) in (0_u16..).zip(&sheet.columns) {
        worksheet.write_string_with_format(0, place, column.name.as_str(), &bold)?;
        worksheet.set_column_width(place, width_of(sheet, usize::from(place)) as f64 + 2.0)?;
    }
    for (line, row) in (1_u32..).zip(&sheet.rows) {
        for ((place, cell), format) in (0_u16..).zip(row).zip(&formats) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    worksheet.write_string(line, place, text.as_str())?;
                }
                Cell::Number(value) => {
                    worksheet.write_number_with_format(line, place, *value, format)?;
                }
                Cell::Date(date) => {
                    worksheet.write_number_with_format(line, place, serial(*date), format)?;
                }
            }
        }
    }
    worksheet.set_freeze_panes(1, 0)?;
    if let (Ok(lines @ 1..), Ok(columns @ 1..)) = (
        u32::try_from(sheet.rows.len()),
        u16::try_from(sheet.columns.len()),
    ) {
        worksheet.autofilter(0, 0, lines, columns - 1)?;
    }
    Ok(())
}

fn format_of(column: &SheetColumn) -> Format {
    match column.kind {
        ColumnKind::Date => Format::new().set_num_format("yyyy-mm-dd"),
        ColumnKind::Published(decimals) if decimals > 0 => {
            Format::new().set_num_format(format!("0.{}", "0".repeat(decimals)))
        }
        _ => Format::new(),
    }
}

/// Characters of the widest cell, up to a limit.
fn width_of(sheet: &Sheet, place: usize) -> usize {
    let cells = sheet.rows.iter().filter_map(|row| row.get(place));
    let widths = cells.map(|cell| match cell {
        Cell::Empty => 0,
        Cell::Text(text) => text.chars().count(),
        Cell::Number(_) => 12,
        Cell::Date(_) => 10,
    });
    let header = sheet
        .columns
        .get(place)
        .map_or(0, |column| column.name.chars().count());
    widths.max().unwrap_or(0).max(header).min(WIDEST)
}

/// Excel's day number of a date after February 1900.
fn serial(date: Date) -> f64 {
    f64::from(date.days() - EXCEL_EPOCH_DAYS)
}
