//! What the snapshot knows beside the terms of a lot.
//!
//! TIPS: the reference CPI of every day since 1998-04-15 and of each issue's dated date. FRNs: spreads, and the 13-week bill auctions that
//! set the index. Terms never change, so nothing here depends on an as-of date. The auctions are a sample: a week without one is
//! told from the dates, and every price that needs it says so.

use std::collections::BTreeMap;

use brandish_data::{FrnSpread, Snapshot, TipsReference};
use brandish_treasury::{FrnIndexHistory, ReferenceCpi};
use brandish_units::{Cusip, Date};

use crate::ScenarioError;
use crate::baseline::{frn_index, thirteen_week_auctions};

/// Auctions are weekly; holidays move them by a day or two. A longer distance means that one is missing.
const LONGEST_WEEK: i32 = 9;

/// Reference data for lots.
#[derive(Debug)]
pub struct LotRecord<'a> {
    snapshot: &'a Snapshot,
    references: BTreeMap<Cusip, TipsReference>,
    spreads: BTreeMap<Cusip, FrnSpread>,
    index: FrnIndexHistory,
    /// Days of the auctions behind `index`.
    auctions: Vec<Date>,
}

impl<'a> LotRecord<'a> {
    /// Reads the tables.
    ///
    /// # Errors
    /// If the snapshot cannot be read.
    pub fn read(snapshot: &'a Snapshot) -> Result<LotRecord<'a>, ScenarioError> {
        let known = snapshot.in_hindsight();
        let auctions = thirteen_week_auctions(&known, Date::MIN, Date::MAX)?;
        let index = frn_index(&auctions)?;
        Ok(LotRecord {
            snapshot,
            references: known.tips_references()?,
            spreads: known.frn_spreads()?,
            index,
            auctions: auctions.iter().map(|auction| auction.auction).collect(),
        })
    }

    /// The index of floating rate notes.
    pub(super) fn index(&self) -> &FrnIndexHistory {
        &self.index
    }

    /// The spread of an FRN.
    pub(super) fn spread(&self, cusip: Cusip) -> Option<FrnSpread> {
        self.spreads.get(&cusip).copied()
    }

    /// Reference CPI and dated date of a TIPS.
    pub(super) fn reference(&self, cusip: Cusip) -> Option<TipsReference> {
        self.references.get(&cusip).copied()
    }

    /// Reference CPI of a day, or why there is none.
    pub(super) fn reference_cpi(&self, day: Date) -> Result<ReferenceCpi, String> {
        self.snapshot
            .in_hindsight()
            .ref_cpi(day)
            .map_err(|error| error.to_string())
    }

    /// Weeks without a known auction among those that set the index between two days: (last auction before, first after).
    pub(super) fn weeks_without_auction(&self, from: Date, to: Date) -> Vec<(Date, Date)> {
        let first = self
            .auctions
            .partition_point(|auction| *auction < from)
            .saturating_sub(1);
        let mut found = Vec::new();
        for pair in self.auctions[first.min(self.auctions.len())..].windows(2) {
            let [before, after] = [pair[0], pair[1]];
            if before >= to {
                break;
            }
            if after - before > LONGEST_WEEK {
                found.push((before, after));
            }
        }
        match self.auctions.last() {
            Some(last) if to - *last > LONGEST_WEEK => found.push((*last, to)),
            _ => {}
        }
        found
    }
}
