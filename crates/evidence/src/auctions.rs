//! Auctions of the Treasury, read once.
//!
//! A corpus asks about auctions over and over; the table is cut into its rows when a claim first asks. A row that cannot be
//! read stands as none, so that a search that meets it ends as if it had read the table itself.

use std::sync::OnceLock;

use brandish_data::{DataError, Snapshot};
use brandish_units::Date;

/// An auction as far as claims are compared with it.
#[derive(Debug)]
pub(crate) struct Auction {
    pub(crate) held: Date,
    /// A note or a bond, and not a bill, a floater or one linked to inflation.
    pub(crate) coupon: bool,
    pub(crate) term: String,
    pub(crate) high_yield_pct: Option<f64>,
    pub(crate) offered_usd_mn: Option<f64>,
    pub(crate) bid_to_cover: Option<f64>,
}

/// The rows of the table in its order, once a claim asked for them.
#[derive(Debug, Default)]
pub(crate) struct Auctions {
    rows: OnceLock<Vec<Option<Auction>>>,
}

impl Auctions {
    /// All auctions, oldest first; none where the snapshot has no such table.
    pub(crate) fn all(&self, snapshot: &Snapshot) -> &[Option<Auction>] {
        self.rows.get_or_init(|| read(snapshot).unwrap_or_default())
    }
}

fn read(snapshot: &Snapshot) -> Result<Vec<Option<Auction>>, DataError> {
    let table = snapshot.table("auctions")?;
    let [held, kind, term, high, offered, cover] = table.columns([
        "auction_date",
        "kind",
        "term",
        "high_yield_pct",
        "offering_usd_mn",
        "bid_to_cover_ratio",
    ])?;
    let rows = table.rows().map(|row| {
        let row = row.ok()?;
        Some(Auction {
            held: row.date(held).ok()?,
            coupon: matches!(row.text(kind), "note" | "bond"),
            term: row.text(term).to_owned(),
            high_yield_pct: row.optional_number(high).ok().flatten(),
            offered_usd_mn: row.optional_number(offered).ok().flatten(),
            bid_to_cover: row.optional_number(cover).ok().flatten(),
        })
    });
    Ok(rows.collect())
}
