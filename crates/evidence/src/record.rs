//! Look-ups in the official series, each bound to a day of knowledge.
//!
//! A figure of the lexicon's `figures.json` (as first published) counts before the snapshot's later vintage; where only a later
//! vintage is at hand the row says so. A look-up that finds nothing gives `None`: a missing table is a missing row here,
//! since the verdict then is "not enough data"; whoever brings a snapshot of his own has its tables checked first
//! ([`check_tables`]), so that damage is never taken for absence. A series is read when a claim first asks for it and kept, as the snapshot
//! keeps its tables. Money in billions of dollars, yields in percent.

mod holders;
mod official;
mod vintages;
mod yields;

use std::collections::BTreeMap;
use std::sync::{OnceLock, RwLock};

use brandish_data::{DataError, Snapshot};
use brandish_units::Date;

use crate::auctions::{Auction, Auctions};
use crate::daily::Daily;
use crate::error::EvidenceError;
use crate::ground::aggregate_key;
use crate::lexicon::Lexicon;
use crate::moves;
pub(crate) use holders::Figure;
use holders::{AGGREGATES, Holder};
pub(crate) use official::{Reserves, Tariff};

/// First year of the par yields that are looked up.
const FIRST_YEAR: i32 = 1990;
/// Years kept.
const YEARS: usize = 60;

/// Yields of one day in the order of [`Tenor::ALL`], in percent.
type DayOfYields = (Date, [Option<f64>; 14]);

/// Tables that verdicts rest on.
const TABLES: [&str; 16] = [
    "auctions",
    "boj_policy_rate",
    "custody",
    "episode_moves",
    "fx_ecb",
    "fx_h10",
    "japan_interventions",
    "japan_reserves",
    "jgb_yields",
    "par_yields",
    "par_yields_continued",
    "policy_rates",
    "reserves_ex_gold",
    "tariffs",
    "tic_flows",
    "tic_holdings",
];

/// Reads every table that verdicts rest on, to its last row.
///
/// # Errors
/// The first table that is missing, changed or malformed.
pub fn check_tables(snapshot: &Snapshot) -> Result<(), EvidenceError> {
    let refuse = |error: DataError| EvidenceError::Record {
        reason: error.to_string(),
    };
    snapshot.release_calendar().map_err(refuse)?;
    for name in TABLES {
        for row in snapshot.table(name).map_err(refuse)?.rows() {
            row.map_err(refuse)?;
        }
    }
    Ok(())
}

/// The official series as far as claims asked for them.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    snapshot: &'a Snapshot,
    lexicon: &'a Lexicon,
    /// By number of the place in the lexicon; behind the places the groups of holders.
    holders: Vec<Holder>,
    /// Par yields by year from [`FIRST_YEAR`].
    years: Vec<OnceLock<Vec<DayOfYields>>>,
    /// Holders by size, by month from [`FIRST_YEAR`].
    rankings: Vec<OnceLock<Vec<(String, f64)>>>,
    japan: OnceLock<Vec<Reserves>>,
    tariffs: OnceLock<Vec<Tariff>>,
    moves: OnceLock<moves::Moves>,
    /// Numbers of daily tables, as far as asked; the lexicon names a few columns.
    daily: Daily,
    auctions: Auctions,
    /// What was reported for a holder (by place) on a day, as far as asked.
    reported: RwLock<BTreeMap<(usize, Date), Option<f64>>>,
}

fn release(snapshot: &Snapshot, series: &str, observed: Date) -> Option<Date> {
    snapshot
        .release_calendar()
        .ok()?
        .release(series, observed)
        .ok()
        .map(|r| r.date)
}

impl<'a> Record<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, lexicon: &'a Lexicon) -> Record<'a> {
        Record {
            snapshot,
            lexicon,
            holders: (0..lexicon.places.len() + AGGREGATES.len())
                .map(|_| Holder::default())
                .collect(),
            years: (0..YEARS).map(|_| OnceLock::new()).collect(),
            rankings: (0..YEARS * 12).map(|_| OnceLock::new()).collect(),
            japan: OnceLock::new(),
            tariffs: OnceLock::new(),
            moves: OnceLock::new(),
            daily: Daily::default(),
            auctions: Auctions::default(),
            reported: RwLock::new(BTreeMap::new()),
        }
    }

    pub(crate) fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    pub(crate) fn snapshot(&self) -> &'a Snapshot {
        self.snapshot
    }

    /// Daily changes of markets, window by window.
    pub(crate) fn moves(&self) -> &moves::Moves {
        self.moves
            .get_or_init(|| self.read_moves().unwrap_or_default())
    }

    /// Auctions of the Treasury, oldest first.
    pub(crate) fn auctions(&self) -> &[Option<Auction>] {
        self.auctions.all(self.snapshot)
    }

    /// The holder's key in the holdings table, for a country, a person or an institution of one.
    pub(crate) fn holder(&self, subject: &(impl AsRef<[u8]> + ?Sized)) -> Option<&'a str> {
        if let Some(group) = std::str::from_utf8(subject.as_ref())
            .ok()
            .and_then(aggregate_key)
        {
            return Some(group);
        }
        let lexicon = self.lexicon;
        let country = lexicon.country(subject);
        let place = country.map_or_else(|| lexicon.place(subject), |c| lexicon.place(c));
        place?.holder.as_deref()
    }
}
