//! Auction results and buybacks as published.
//!
//! `auctions` is a sample of lots, not a census: about a fifth of the priced ones is absent and bills have no amounts, so a
//! missing lot must never be read as a lot of zero. Results are known on the day of the auction. A buyback operation
//! settles on the next business day.

use brandish_units::calendar::add_business_days;
use brandish_units::{
    CleanPrice, CouponRate, Cusip, Date, DiscountMargin, DiscountRate, FaceUsd, InvestmentRate,
};

use crate::DataError;
use crate::known::KnownOn;
use crate::quality::{Provenance, Quality};
use crate::securities::{SecurityKind, read_kind};
use crate::store::{Row, Table};

/// One auctioned lot.
#[derive(Debug, Clone, PartialEq)]
pub struct Auction {
    /// Security.
    pub cusip: Cusip,
    /// Its kind.
    pub kind: SecurityKind,
    /// Term as published, e.g. `9-Year 11-Month` for a reopening.
    pub term: String,
    /// Day of the auction.
    pub auction_date: Date,
    /// Settlement.
    pub issue_date: Date,
    /// Maturity.
    pub maturity: Date,
    /// Coupon of notes, bonds and TIPS.
    pub coupon: Option<CouponRate>,
    /// Highest accepted discount margin of an FRN: its spread when the lot is the original one.
    pub discount_margin: Option<DiscountMargin>,
    /// Highest accepted bank discount rate of a bill.
    pub high_rate: Option<DiscountRate>,
    /// Investment rate (coupon-equivalent) of a bill.
    pub investment_rate: Option<InvestmentRate>,
    /// Amount issued, SOMA included, where it is known.
    pub issued: Option<FaceUsd>,
    /// How the row came about.
    pub quality: Quality,
}

/// What Treasury bought back of one security in one operation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Buyback {
    /// Day of the operation.
    pub operation_date: Date,
    /// Next business day.
    pub settlement: Date,
    /// Security.
    pub cusip: Cusip,
    /// Par accepted.
    pub par: FaceUsd,
    /// Weighted average accepted price, clean.
    pub average_price: CleanPrice,
}

/// The newest 13-week bill auction by a day, which sets the index of floating rate notes.
#[derive(Debug, Clone, PartialEq)]
pub struct BillIndex {
    /// The auction.
    pub auction: Auction,
    /// Highest accepted discount rate.
    pub high_rate: DiscountRate,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

impl KnownOn<'_> {
    /// Auctions with issue dates from `from` to `to` (both included), held by the as-of date, in order of issue.
    pub fn auctions(&self, from: Date, to: Date) -> Result<Vec<Auction>, DataError> {
        let table = self.table("auctions")?;
        let read = Reader::of(table)?;
        let mut found = Vec::new();
        // Rows are in order of issue: from the end back to `from`.
        for row in table.rows().rev() {
            let row = row?;
            let issue = row.date(read.issue)?;
            if issue < from {
                break;
            }
            if issue <= to && row.date(read.auction)? <= self.as_of() {
                found.push(read.auction(&row)?);
            }
        }
        found.reverse();
        Ok(found)
    }

    /// The high rate of the last 13-week bill auction held by `date` (31 CFR 356 appendix B I.C: the index of an FRN).
    /// The original auction of a week has 90 to 92 days; a cash-management bill of that length would count too.
    pub fn bill_13w_high_rate_on(&self, date: Date) -> Result<BillIndex, DataError> {
        let day = date.min(self.as_of());
        let table = self.table("auctions")?;
        let read = Reader::of(table)?;
        let mut newest = None;
        // Rows are in order of issue, and 13-week bills of different weeks never overtake each other.
        for row in table.rows().rev() {
            let row = row?;
            if row.text(read.kind) == "bill"
                && row.text(read.term) == "13-Week"
                && row.date(read.auction)? <= day
            {
                newest = Some(read.auction(&row)?);
                break;
            }
        }
        let nothing = || DataError::NothingPublished {
            series: "13-week bill auctions".to_owned(),
            as_of: day,
            first: table.first_key(),
        };
        let auction = newest.ok_or_else(nothing)?;
        let high_rate = auction.high_rate.ok_or_else(nothing)?;
        let mut provenance = self.provenance("auctions", "auctions", auction.auction_date)?;
        provenance.quality = auction.quality;
        if day - auction.auction_date > 10 {
            provenance.note = format!(
                "{} days old: newer auctions are not in the snapshot",
                day - auction.auction_date
            );
        }
        Ok(BillIndex {
            auction,
            high_rate,
            provenance,
        })
    }

    /// Buybacks with operations by the as-of date, in order.
    pub fn buybacks(&self) -> Result<Vec<Buyback>, DataError> {
        let table = self.table("buybacks")?;
        let [operation, cusip, par, price] = table.columns([
            "operation_date",
            "cusip",
            "par_accepted_usd_mn",
            "average_price_per_100",
        ])?;
        let mut found = Vec::new();
        for row in table.rows() {
            let row = row?;
            let operation_date = row.date(operation)?;
            if operation_date > self.as_of() {
                break;
            }
            found.push(Buyback {
                operation_date,
                settlement: add_business_days(operation_date, 1),
                cusip: row.cusip(cusip)?,
                par: FaceUsd::from_mn(row.number(par)?),
                average_price: CleanPrice::from_per_100(row.number(price)?),
            });
        }
        Ok(found)
    }
}

struct Reader {
    cusip: crate::store::Column,
    kind: crate::store::Column,
    term: crate::store::Column,
    auction: crate::store::Column,
    issue: crate::store::Column,
    maturity: crate::store::Column,
    coupon: crate::store::Column,
    margin: crate::store::Column,
    high_rate: crate::store::Column,
    investment: crate::store::Column,
    issued: crate::store::Column,
    quality: crate::store::Column,
}

impl Reader {
    fn of(table: &Table) -> Result<Reader, DataError> {
        Ok(Reader {
            cusip: table.column("cusip")?,
            kind: table.column("kind")?,
            term: table.column("term")?,
            auction: table.column("auction_date")?,
            issue: table.column("issue_date")?,
            maturity: table.column("maturity_date")?,
            coupon: table.column("coupon_pct")?,
            margin: table.column("discount_margin_pct")?,
            high_rate: table.column("high_rate_pct")?,
            investment: table.column("investment_rate_pct")?,
            issued: table.column("issued_usd_mn")?,
            quality: table.column("quality")?,
        })
    }

    fn auction(&self, row: &Row<'_>) -> Result<Auction, DataError> {
        Ok(Auction {
            cusip: row.cusip(self.cusip)?,
            kind: read_kind(row, self.kind)?,
            term: row.text(self.term).to_owned(),
            auction_date: row.date(self.auction)?,
            issue_date: row.date(self.issue)?,
            maturity: row.date(self.maturity)?,
            coupon: row
                .optional_number(self.coupon)?
                .map(CouponRate::from_percent),
            discount_margin: row
                .optional_number(self.margin)?
                .map(DiscountMargin::from_percent),
            high_rate: row
                .optional_number(self.high_rate)?
                .map(DiscountRate::from_percent),
            investment_rate: row
                .optional_number(self.investment)?
                .map(InvestmentRate::from_percent),
            issued: row.optional_number(self.issued)?.map(FaceUsd::from_mn),
            quality: row.quality(self.quality)?,
        })
    }
}
