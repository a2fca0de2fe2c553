//! The holders of Treasuries in a month, largest first.
//!
//! Every country of the holdings table counts, whether the lexicon knows its name or not; groups of countries and residual
//! lines do not. The oldest vintage of the month is taken, as elsewhere.

use brandish_data::{Month, Snapshot};

/// Keys of the table that are no country.
const GROUPS: [&str; 14] = [
    "all_foreign",
    "foreign_official",
    "foreign_private",
    "europe",
    "asia",
    "africa",
    "caribbean",
    "latin_america",
    "other_countries",
    "international_orgs",
    "euro_area",
    "all_other",
    "oil_exporters_pre2012",
    "caribbean_banking_centers_pre2012",
];

/// Holders and billions of dollars, largest first; `None` without the table.
pub(crate) fn of(snapshot: &Snapshot, month: Month) -> Option<Vec<(String, f64)>> {
    let table = snapshot.table("tic_holdings").ok()?;
    let [holder, at, total] = table.columns(["holder", "month", "total_usd_mn"]).ok()?;
    let wanted = month.to_string();
    let mut out: Vec<(String, f64)> = Vec::new();
    for row in table.rows() {
        let row = row.ok()?;
        if row.text(at) != wanted {
            continue;
        }
        let name = row.text(holder);
        let old = out.last().is_some_and(|l| l.0 == name);
        if old || GROUPS.contains(&name) {
            continue;
        }
        if let Some(number) = row.optional_number(total).ok().flatten() {
            out.push((name.to_owned(), number / 1000.0));
        }
    }
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Some(out)
}
