//! The tables that say why: parts of the change, buyers at the margin, parameters that matter.
//!
//! The same tables stand in the page that a script draws; nothing is computed here.

use super::plain::Page;
use crate::view::Report;

pub(super) fn explained(page: &mut Page, report: &Report) {
    let Some(explained) = &report.explained else {
        return;
    };
    page.figure(&explained.figure);
    for table in &explained.tables {
        page.element("p", &table.caption);
        page.table("words", &table.head, &table.rows);
    }
}
