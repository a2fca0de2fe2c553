//! Other markets as plain tables, and interventions beside the yen.
//!
//! The tables are the page's own; a chart has its numbers in the first of them.

use super::plain::Page;
use crate::view::{Report, WordTable};

pub(super) fn markets(page: &mut Page, report: &Report) {
    let Some(markets) = &report.markets else {
        return;
    };
    page.figure(&markets.figure);
    for table in &markets.tables {
        words(page, table);
    }
}

pub(super) fn words(page: &mut Page, table: &WordTable) {
    page.element("p", &table.caption);
    page.table("words", &table.head, &table.rows);
}
