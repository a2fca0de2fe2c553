//! One holder as one offline page: the sentence, the months drawn, every figure in tables, assumptions and warnings.
//!
//! No script, no request; text never becomes markup. The tables are the sheets of the other formats, so that page, CSV and
//! workbook say the same.

use brandish_data::holders::Tracked;

use super::{drawing, holder_sheets, words};
use crate::format::fixed;
use crate::page::{escape, plain_style, table_html};
use crate::sheet::{Cell, Sheet};

/// Nothing may be requested.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Names of sheets on the page.
const HEADINGS: [(&str, &str); 6] = [
    ("months", "Month by month"),
    ("summary", "The window"),
    ("custody", "Custody centers"),
    ("interventions", "Interventions"),
    ("reserves", "Reserves"),
    ("fed_custody", "Custody at the Federal Reserve"),
];

/// The holder as one HTML file; the version is the program's.
#[must_use]
pub fn holder_html(tracked: &Tracked, version: &str) -> String {
    let mut body = String::new();
    let mut element = |name: &str, text: &str| {
        body.push_str(&format!("<{name}>{}</{name}>\n", escape(text)));
    };
    let window = &tracked.window;
    let months = || window.months.iter().map(|month| &month.figures);
    element(
        "p",
        &format!(
            "brandish {version} \u{b7} holders \u{b7} as of {} \u{b7} months out to {}",
            tracked.as_of, window.last
        ),
    );
    element(
        "h1",
        &format!(
            "{}: what was bought, and what only changed in price",
            tracked.holder.title
        ),
    );
    element("p", &words::verdict_sentence(tracked));
    if let Some(sums) = &window.sums {
        element("p", &words::made_of(sums));
    }
    if let Some(line) = words::uncertainty(tracked) {
        element("p", &line);
    }
    let label = format!(
        "{}: monthly change of holdings taken apart, and net purchases since {}",
        tracked.holder.title, window.since
    );
    if let Some(drawn) = drawing::months(&window.months, &label) {
        body.push_str(&drawn);
    }
    let mut element = |name: &str, text: &str| {
        body.push_str(&format!("<{name}>{}</{name}>\n", escape(text)));
    };
    element("h2", "Read with it");
    let mut notes = vec![words::custody_line(&tracked.custody)];
    notes.extend(words::beside(&tracked.beside));
    notes.extend(words::form_s(months()));
    notes.extend(words::lacks(months()));
    notes.extend(words::revisions(months(), tracked.as_of));
    notes.push("TIC counts where securities are kept, not who owns them, and a country's officials and private holders together.".to_owned());
    for note in &notes {
        element("p", note);
    }
    for sheet in holder_sheets(tracked) {
        if sheet.rows.is_empty() {
            continue;
        }
        let heading = HEADINGS
            .iter()
            .find(|(name, _)| *name == sheet.name)
            .map_or(sheet.name.as_str(), |(_, heading)| heading);
        body.push_str(&format!("<h2>{}</h2>\n", escape(heading)));
        body.push_str(&format!(
            "<div class=\"scroll\">\n{}</div>\n",
            table(&sheet)
        ));
    }
    let title = escape(&format!(
        "{} \u{b7} holders \u{b7} brandish",
        tracked.holder.title
    ));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>\n{}\nsvg {{ max-width: 100%; height: auto; margin: 8px 0; }}\n.scroll {{ overflow-x: auto; }} .scroll td {{ white-space: nowrap; }}\n</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        plain_style()
    )
}

/// A sheet as a table; columns without a single figure are left out.
fn table(sheet: &Sheet) -> String {
    let kept: Vec<usize> = (0..sheet.columns.len())
        .filter(|place| sheet.rows.iter().any(|row| row[*place] != Cell::Empty))
        .collect();
    let head: Vec<String> = kept
        .iter()
        .map(|place| sheet.columns[*place].name.replace('_', " "))
        .collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let rows: Vec<Vec<String>> = sheet
        .rows
        .iter()
        .map(|row| kept.iter().map(|place| cell(&row[*place])).collect())
        .collect();
    table_html("figures", &head, &rows)
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => "n/a".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Number(value) if value.fract() == 0.0 => fixed(*value, 0),
        Cell::Number(value) => fixed(*value, 2),
        Cell::Date(date) => date.to_string(),
    }
}
