//! Sheets as one offline page: the text for people first, then every table.
//!
//! No script runs and nothing is requested. Numbers of units that are shown rounded elsewhere are rounded here too (dollars in billions, bp,
//! percents); the other formats have every digit. Everything from outside is escaped where it is written.

use std::io::Write;

use super::{Cell, ColumnKind, Sheet, SheetColumn};
use crate::ReportError;
use crate::page::{escape, plain_style, table_html};
use crate::panels;

/// Nothing may be requested.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/// The text keeps its columns.
const STYLE: &str = "pre { font-size: 13px; line-height: 1.45; overflow-x: auto; } details { overflow-x: auto; margin: 12px 0; } summary { cursor: pointer; font-weight: 600; padding: 6px 0; }";
/// Decimals by the end of a column's name; the first that fits.
const DECIMALS: [(&str, usize); 6] = [
    ("_usd_bn", 2),
    ("_usd_mn", 1),
    ("_bp", 1),
    ("_pct", 3),
    ("_days", 0),
    ("day", 0),
];

/// Writes the page; `text` is what a terminal would show.
///
/// # Errors
/// A number that is not finite, rows of another width than the header, a failing output.
pub fn write_sheets_html(
    sheets: &[Sheet],
    text: &str,
    output: impl Write,
) -> Result<(), ReportError> {
    write_page_html(sheets, "", text, output)
}

/// The same with drawings, ready markup, above the text.
///
/// # Errors
/// As [`write_sheets_html`].
pub(crate) fn write_page_html(
    sheets: &[Sheet],
    figures: &str,
    text: &str,
    mut output: impl Write,
) -> Result<(), ReportError> {
    let title = text.lines().find(|line| !line.trim().is_empty());
    let title = title.unwrap_or("brandish").trim();
    write!(
        output,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{}\n{}\n{STYLE}\n</style>\n</head>\n<body>\n{figures}<pre>{}</pre>\n",
        escape(title),
        plain_style(),
        panels::STYLE,
        escape(text)
    )?;
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        sheet.check()?;
        writeln!(
            output,
            "<details><summary>{} ({})</summary>",
            escape(&sheet.name.replace('_', " ")),
            sheet.rows.len()
        )?;
        for (name, about) in &sheet.about {
            writeln!(output, "<p>{}: {}</p>", escape(name), escape(about))?;
        }
        let head: Vec<&str> = sheet.columns.iter().map(|c| c.name.as_str()).collect();
        let rows: Vec<Vec<String>> = sheet
            .rows
            .iter()
            .map(|row| {
                let cells = row.iter().zip(&sheet.columns);
                cells.map(|(cell, column)| shown(cell, column)).collect()
            })
            .collect();
        writeln!(output, "{}</details>", table_html("words", &head, &rows))?;
    }
    output.write_all(b"</body>\n</html>\n")?;
    output.flush()?;
    Ok(())
}

fn shown(cell: &Cell, column: &SheetColumn) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Date(date) => date.to_string(),
        Cell::Number(value) => {
            let by_unit = DECIMALS
                .iter()
                .find(|(end, _)| column.name.ends_with(end))
                .map(|(_, decimals)| *decimals);
            match (column.kind, by_unit) {
                (ColumnKind::Published(decimals), _) | (_, Some(decimals)) => {
                    format!("{value:.decimals$}")
                }
                _ => format!("{value:?}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, sheets: &[Sheet]) -> String {
        let mut bytes = Vec::new();
        write_sheets_html(sheets, text, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_page_has_the_text_and_every_table_and_asks_for_nothing() {
        let mut sheet = Sheet::new("run_off", vec![("as of".into(), "2025-05-01".into())]);
        sheet.column("who", ColumnKind::Text);
        sheet.column("cost_usd_bn", ColumnKind::Number);
        sheet.column("price_per_100", ColumnKind::Published(6));
        sheet.rows.push(vec![
            Cell::text("<b>Japan</b>"),
            Cell::Number(1.2345),
            Cell::Number(99.5),
        ]);
        let page = page(
            "\nbrandish · ways & means\nbody",
            &[sheet, Sheet::new("none", Vec::new())],
        );
        for needle in [
            "<title>brandish · ways &amp; means</title>",
            "run off (1)",
            "as of: 2025-05-01",
            "&lt;b&gt;Japan&lt;/b&gt;",
            "<td>1.23</td>",
            "<td>99.500000</td>",
            "default-src 'none'",
        ] {
            assert!(page.contains(needle), "{needle}\n{page}");
        }
        assert!(
            !page.contains("<b>Japan") && !page.contains("none (0)") && !page.contains("<script")
        );
    }

    #[test]
    fn a_value_that_is_not_finite_is_refused() {
        let mut sheet = Sheet::new("a", Vec::new());
        sheet.column("x", ColumnKind::Number);
        sheet.rows.push(vec![Cell::Number(f64::INFINITY)]);
        assert!(write_sheets_html(&[sheet], "t", Vec::new()).is_err());
    }
}
