//! Every holder of the report beside the others: the newest month, the change over a window taken apart, the verdict.
//!
//! Countries and custody centers of which something was out, largest first by the newest level. Totals and regions are not
//! among them; they can be asked for by name. A holder whose record ended before the window is named with its last month.

use super::history::history;
use super::window::Sums;
use super::{Assumptions, Holder, HolderKind, Question, SellingVerdict, judge, names};
use crate::DataError;
use crate::known::KnownOn;
use crate::month::Month;
use brandish_units::Usd;

use super::Parts;

/// One holder of the overview.
#[derive(Debug, Clone, PartialEq)]
pub struct OverviewRow {
    /// Who.
    pub holder: Holder,
    /// Newest month of holdings.
    pub last: Month,
    /// Holdings then.
    pub holdings: Parts,
    /// The change over the window and its parts; none where no month has net purchases.
    pub sums: Option<Sums>,
    /// The answer; none where the record ended before the window.
    pub verdict: Option<SellingVerdict>,
}

/// All countries and custody centers over one window, largest first.
///
/// # Errors
/// A table that cannot be read, a share outside 0 to 1, a window after the newest month of all holders, nothing out yet.
pub fn overview(known: &KnownOn<'_>, question: Question) -> Result<Vec<OverviewRow>, DataError> {
    let assumptions = Assumptions::shipped()?;
    let all = names::holders(known)?;
    // The window of everyone is that of all foreign holders, so that rows can be compared.
    let everyone = names::resolve(known, "all_foreign")?;
    let (window, _, _) = judge(known, &everyone, question, &assumptions)?;
    let asked = Question {
        since: Some(window.since),
        ..question
    };
    let mut rows = Vec::new();
    for holder in all
        .into_iter()
        .filter(|holder| holder.kind != HolderKind::Group)
    {
        let months = match history(known, &holder.reported_as) {
            Ok(months) => months,
            Err(DataError::NothingPublished { .. }) => continue,
            Err(error) => return Err(error),
        };
        let Some(newest) = months.last() else {
            continue;
        };
        let (sums, verdict) = match judge(known, &holder, asked, &assumptions) {
            Ok((window, _, verdict)) => (window.sums, Some(verdict)),
            Err(DataError::Window { .. }) => (None, None),
            Err(error) => return Err(error),
        };
        rows.push(OverviewRow {
            last: newest.month,
            holdings: newest.holdings,
            holder,
            sums,
            verdict,
        });
    }
    let size = |row: &OverviewRow| {
        let level = row.holdings.total.or(row.holdings.long_term);
        level.map_or(f64::NEG_INFINITY, Usd::dollars)
    };
    rows.sort_by(|a, b| {
        let current = |row: &OverviewRow| row.verdict.is_some();
        current(b)
            .cmp(&current(a))
            .then(size(b).total_cmp(&size(a)))
            .then(a.holder.name.cmp(&b.holder.name))
    });
    Ok(rows)
}
