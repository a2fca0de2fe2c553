//! report.html: one offline file that asks the network for nothing.
//!
//! The file holds the style, the document as JSON, and the script that draws it. Inside the element that the script
//! fills stand the same facts as plain tables, so the page reads without scripts too. Sections that are there on request (see `asked`) are
//! markup that the script moves to their places. A content security policy
//! forbids every request. A build without the script (see `build.rs`) writes the tables and says what it lacks.

mod accounts;
mod asked;
mod explained;
mod fiscal;
mod markets;
mod plain;

pub use asked::{Asked, CardSection, Sections};
pub(crate) use plain::table_html;

use crate::ReportError;
use crate::view::Report;

#[cfg(web_bundle)]
const SCRIPT: Option<&str> = Some(include_str!("../../../../web/dist/report.js"));
#[cfg(web_bundle)]
const STYLE: &str = include_str!("../../../../web/dist/report.css");
#[cfg(not(web_bundle))]
const SCRIPT: Option<&str> = None;
#[cfg(not(web_bundle))]
const STYLE: &str = plain::STYLE;

/// Nothing may be requested; images may be made in the page (saving a chart).
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; \
                      base-uri 'none'; form-action 'none'";

/// Whether this build draws charts.
#[must_use]
pub const fn has_charts() -> bool {
    SCRIPT.is_some()
}

/// The report as one HTML file, with the sections that were asked for.
///
/// # Errors
/// A document that cannot be written as JSON.
pub fn report_html(report: &Report, sections: &Sections<'_>) -> Result<String, ReportError> {
    let data = script_safe(&serde_json::to_string(report)?);
    let title = escape(&format!(
        "{} · {} · brandish",
        report.head.title, report.head.as_of
    ));
    let mut page =
        String::with_capacity(data.len() + STYLE.len() + SCRIPT.map_or(0, str::len) + 65_536);
    page.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.push_str(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n"
    ));
    page.push_str("<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.push_str(&format!(
        "<title>{title}</title>\n<style>\n{STYLE}\n{}</style>\n</head>\n<body>\n",
        asked::style(sections, SCRIPT.is_some())
    ));
    page.push_str("<div id=\"report\">\n");
    page.push_str(&plain::body(report, sections, SCRIPT.is_some()));
    page.push_str("</div>\n");
    page.push_str(&format!(
        "<script type=\"application/json\" id=\"report-data\">{data}</script>\n"
    ));
    if let Some(script) = SCRIPT {
        page.push_str(&format!("<script>\n{script}\n</script>\n"));
    }
    page.push_str("</body>\n</html>\n");
    Ok(page)
}

/// The style of a page without script.
pub(crate) const fn plain_style() -> &'static str {
    plain::STYLE
}

/// JSON that cannot end the script element it stands in, nor a line of a script.
fn script_safe(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Text for elements and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
