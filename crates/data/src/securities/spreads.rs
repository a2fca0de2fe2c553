//! Spreads of floating rate notes: what the original auction set, or what accrual rates imply.
//!
//! A spread is the high discount margin of the first auction (31 CFR 356 appendix B, I.C). Where the auction sample and the
//! lists have none, it follows from one day's accrual rates: accrual rate = index + spread, with the same index
//! for all FRNs of that day, so spread = accrual rate - (accrual rate of a known FRN - its spread). In percent; the notes of
//! the day used (2026-03-24) agree on the index to the third decimal.

use std::collections::BTreeMap;

use brandish_units::{Cusip, Date, DiscountMargin};

use crate::DataError;
use crate::auctions::Auction;
use crate::known::KnownOn;
use crate::securities::statements::{ANCHORS, Statement};
use crate::securities::{SecurityKind, read_kind};
use crate::store::Snapshot;

/// The spread of an FRN and whether it was inferred from accrual rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrnSpread {
    /// Spread over the index.
    pub margin: DiscountMargin,
    /// Inferred from accrual rates, or marked as inferred in the list it stands in.
    pub inferred: bool,
}

impl KnownOn<'_> {
    /// The spreads of all FRNs in the snapshot, by CUSIP, whatever the as-of date: a spread never changes.
    pub fn frn_spreads(&self) -> Result<BTreeMap<Cusip, FrnSpread>, DataError> {
        let snapshot = self.snapshot();
        let mut lists = Vec::new();
        for (year, month, day, table) in ANCHORS {
            if let Ok(date) = Date::from_ymd(year, month, day) {
                lists.push(Statement::read(snapshot, date, table)?);
            }
        }
        let auctions = snapshot.in_hindsight().auctions(Date::MIN, Date::MAX)?;
        spreads(snapshot, &lists.iter().collect::<Vec<_>>(), &auctions)
    }
}

/// Accrual rates are published with three decimals; two of them differ by at most this much when the index is one.
const SAME_INDEX_PCT: f64 = 0.0011;

/// All spreads that are known or follow from accrual rates.
pub(super) fn spreads(
    snapshot: &Snapshot,
    lists: &[&Statement],
    auctions: &[Auction],
) -> Result<BTreeMap<Cusip, FrnSpread>, DataError> {
    let mut found: BTreeMap<Cusip, FrnSpread> = BTreeMap::new();
    for lot in auctions {
        // Later lots are priced around the spread; only the first one sets it.
        if let (SecurityKind::Frn, "2-Year", Some(margin)) =
            (lot.kind, lot.term.as_str(), lot.discount_margin)
        {
            found.insert(
                lot.cusip,
                FrnSpread {
                    margin,
                    inferred: false,
                },
            );
        }
    }
    for list in lists {
        for (cusip, row) in &list.rows {
            if let Some(margin) = row.spread {
                found.entry(*cusip).or_insert(FrnSpread {
                    margin,
                    inferred: row.note.contains("inferred"),
                });
            }
        }
    }
    let mut accruals = Vec::new();
    let table = snapshot.table("fedinvest_prices")?;
    let [cusip, kind, rate] = table.columns(["cusip", "kind", "rate_pct"])?;
    for row in table.rows() {
        let row = row?;
        if read_kind(&row, kind)? == SecurityKind::Frn
            && let Some(rate) = row.optional_number(rate)?
        {
            accruals.push((row.cusip(cusip)?, rate));
        }
    }
    let indexes: Vec<f64> = accruals
        .iter()
        .filter_map(|(cusip, rate)| Some(rate - found.get(cusip)?.margin.percent()))
        .collect();
    if let Some(index) = indexes.first()
        && indexes.iter().all(|i| (i - index).abs() <= SAME_INDEX_PCT)
    {
        for (cusip, rate) in accruals {
            found.entry(cusip).or_insert(FrnSpread {
                margin: DiscountMargin::from_percent(((rate - index) * 1e3).round() / 1e3),
                inferred: true,
            });
        }
    }
    Ok(found)
}
