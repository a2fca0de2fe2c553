//! A sweep as one offline page: a matrix of the chosen axes and the effects of all axes, for every output and every camp.
//!
//! No script runs and nothing is requested. Everything from outside is escaped where it is written.

use super::SweepView;
use super::shown::{EFFECT_HEADINGS, effects, matrix};
use super::text::{MatrixChoice, axes, head_line};
use crate::page::{escape, plain_style, table_html};
use crate::panels;

/// Nothing may be requested.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page.
#[must_use]
pub fn sweep_html(view: &SweepView<'_>, choice: &MatrixChoice, version: &str) -> String {
    let mut body = String::new();
    let mut element = |name: &str, content: &str| {
        body.push_str(&format!("<{name}>{}</{name}>\n", escape(content)));
    };
    element(
        "p",
        &format!(
            "brandish {version} · sweep {} · Not a forecast",
            view.grid.name
        ),
    );
    element("h1", &view.grid.title);
    element("p", &head_line(view));
    let mut camps: Vec<&str> = Vec::new();
    for value in &view.results.values {
        if !camps.contains(&value.camp) {
            camps.push(value.camp);
        }
    }
    // the mixture leads, as in the terminal
    camps.sort_by_key(|camp| *camp != "mix");
    for number in 0..view.outputs.len() {
        for camp in &camps {
            let Some(matrix) = matrix(view, axes(view, choice), number, camp) else {
                continue;
            };
            body.push_str(&format!("<h2>{}</h2>\n", escape(&matrix.title)));
            if !matrix.others.is_empty() {
                body.push_str(&format!("<p>with {}</p>\n", escape(&matrix.others)));
            }
            let header: Vec<&str> = matrix.header.iter().map(String::as_str).collect();
            body.push_str(&wide(&table_html("words", &header, &matrix.rows)));
            let effects = effects(view, number, camp);
            if !effects.is_empty() {
                body.push_str("<p>What each axis does, averaged over the others, the same draws on both sides:</p>\n");
                body.push_str(&wide(&table_html("words", &EFFECT_HEADINGS, &effects)));
            }
        }
    }
    body.push_str("<p>Median (90% band). ± is the Monte Carlo error of a paired median, unpaired the error if every cell had draws of its own, which an average over cells averages out too. Every cell and statistic is in the folder tables.</p>\n");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{}\n{}\n</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escape(&format!("{} · sweep · brandish", view.grid.title)),
        plain_style(),
        panels::STYLE
    )
}

/// A table that scrolls by itself where the page is narrower.
fn wide(table: &str) -> String {
    format!("<div class=\"scroll\">{table}</div>\n")
}
