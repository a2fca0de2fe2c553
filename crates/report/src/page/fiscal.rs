//! The taxpayer's bill by fiscal year in the page without a script: every line of it, and the sentences that go with it.
//!
//! Medians by year, the 90% band with the total; the same numbers as in the table of the drawn page.

use super::plain::{Page, cell, texts};
use crate::format::fixed;
use crate::view::FiscalBill;

/// Medians by line, camp and fiscal year; the bands of gross stand with the total.
pub(super) fn fiscal_years(page: &mut Page, fiscal: &FiscalBill) {
    page.figure(&fiscal.figure);
    let mut header = texts(["camp", "line, $bn"]);
    header.extend(fiscal.years.iter().cloned());
    header.push("total".to_owned());
    let mut rows: Vec<Vec<String>> = fiscal
        .lines
        .iter()
        .map(|line| {
            let mut cells = vec![line.letter.to_owned(), line.label.to_owned()];
            cells.extend(line.bands.iter().map(|band| fixed(band.p50, 1)));
            cells.push(cell(&line.total, 1));
            cells
        })
        .collect();
    if !fiscal.baseline_usd_bn.is_empty() {
        let mut cells = texts(["", "net interest of the baseline"]);
        cells.extend(fiscal.baseline_usd_bn.iter().map(|value| fixed(*value, 0)));
        cells.push(String::new());
        rows.push(cells);
    }
    page.table("numbers", &header, &rows);
    for note in &fiscal.notes {
        page.element("p", note);
    }
}
