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
///
/// The table stands by holder, month and vintage, so that a holder's month is searched and not read up to.
pub(crate) fn of(snapshot: &Snapshot, month: Month) -> Option<Vec<(String, f64)>> {
    let table = snapshot.table("tic_holdings").ok()?;
    let [at, total] = table.columns(["month", "total_usd_mn"]).ok()?;
    let wanted = month.to_string();
    let mut out: Vec<(String, f64)> = Vec::new();
    let mut start = 0;
    while start < table.len() {
        let name = table.first_field(start);
        let end = first(start, table.len(), |p| table.first_field(p) != name);
        if !GROUPS.contains(&&*name) {
            let early = |p: usize| table.row(p).is_ok_and(|r| r.text(at) < wanted.as_str());
            for place in first(start, end, |p| !early(p))..end {
                let row = table.row(place).ok()?;
                if row.text(at) != wanted {
                    break;
                }
                if let Some(number) = row.optional_number(total).ok().flatten() {
                    out.push((name.into_owned(), number / 1000.0));
                    break;
                }
            }
        }
        start = end;
    }
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Some(out)
}

/// The first place of a run from which on something holds.
fn first(mut low: usize, mut high: usize, holds: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
