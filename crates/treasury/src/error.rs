//! What can be wrong with a security, a settlement date, a price or a yield.
//!
//! Every variant names the security and carries the values that failed; its message says what would be accepted.
//! Nothing in this crate replaces a bad input by a better-looking one.

use brandish_units::{Cusip, Date};

/// A security that cannot exist, or a question that has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TreasuryError {
    /// Maturity must come after the date interest (or discount) starts.
    #[error("{cusip}: maturity {maturity} is not after its start {start}; check the two dates")]
    MaturityNotAfterStart {
        /// The security.
        cusip: Cusip,
        /// Dated or issue date.
        start: Date,
        /// Maturity as given.
        maturity: Date,
    },
    /// Interest cannot start after the security was issued.
    #[error(
        "{cusip}: dated date {dated} is after the issue date {issue}; interest starts on or before issue"
    )]
    DatedAfterIssue {
        /// The security.
        cusip: Cusip,
        /// Dated date as given.
        dated: Date,
        /// Issue date as given.
        issue: Date,
    },
    /// The first interest date must be one of the coupon dates counted back from maturity.
    #[error(
        "{cusip}: first interest date {first_interest} does not fit; from dated date {dated} and maturity {maturity} it is {short} (regular or short) or {long} (long first period)"
    )]
    FirstInterestOffSchedule {
        /// The security.
        cusip: Cusip,
        /// First interest date as given.
        first_interest: Date,
        /// Dated date.
        dated: Date,
        /// Maturity.
        maturity: Date,
        /// First coupon date after the dated date.
        short: Date,
        /// The coupon date after that.
        long: Date,
    },
    /// Settlement must lie between the start of interest and the day before maturity.
    #[error(
        "{cusip}: settlement {settlement} is outside its life; use a date from {start} up to the day before maturity {maturity}"
    )]
    SettlementOutsideLife {
        /// The security.
        cusip: Cusip,
        /// Settlement as given.
        settlement: Date,
        /// First possible settlement.
        start: Date,
        /// Maturity.
        maturity: Date,
    },
    /// A number that must be finite is not.
    #[error("{cusip}: {what} is {value}; it must be a finite number")]
    NotFinite {
        /// The security.
        cusip: Cusip,
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A coupon below zero.
    #[error("{cusip}: coupon {coupon_pct}% is negative; Treasury coupons are zero or more")]
    NegativeCoupon {
        /// The security.
        cusip: Cusip,
        /// Coupon as given, percent.
        coupon_pct: f64,
    },
    /// No yield gives a price of zero or less.
    #[error(
        "{cusip}: dirty price {dirty_per_100} per 100 at settlement {settlement} has no yield; it must be above zero{}",
        if *.highest_per_100 < f64::INFINITY { format!(" and below {}", .highest_per_100) } else { String::new() }
    )]
    PriceWithoutYield {
        /// The security.
        cusip: Cusip,
        /// Price with accrued interest, per 100.
        dirty_per_100: f64,
        /// Supremum of the prices that have a yield under the convention asked for; infinite when there is none.
        highest_per_100: f64,
        /// Settlement.
        settlement: Date,
    },
    /// A yield so low that the discount factor of a period is not positive.
    #[error(
        "{cusip}: yield {yield_pct}% at settlement {settlement} has no price; it must be above {lowest_pct}%"
    )]
    YieldWithoutPrice {
        /// The security.
        cusip: Cusip,
        /// Yield as given, percent.
        yield_pct: f64,
        /// Greatest yield that is still too low, percent.
        lowest_pct: f64,
        /// Settlement.
        settlement: Date,
    },
    /// The search for a yield or margin did not settle.
    #[error(
        "{cusip}: no convergence for {what} from dirty price {dirty_per_100} per 100 at settlement {settlement} after {iterations} steps; the price is outside what double precision resolves"
    )]
    NoConvergence {
        /// The security.
        cusip: Cusip,
        /// What was searched.
        what: &'static str,
        /// Price with accrued interest, per 100.
        dirty_per_100: f64,
        /// Settlement.
        settlement: Date,
        /// Steps taken.
        iterations: u32,
    },
    /// An index ratio that is not a positive number of a sensible size.
    #[error(
        "{cusip}: index ratio {ratio} cannot be used; it must be above zero and at most 1,000 (it is about 1 at issue)"
    )]
    IndexRatio {
        /// The security.
        cusip: Cusip,
        /// Ratio as given.
        ratio: f64,
    },
    /// A consumer price index that is not a positive number below ten thousand.
    #[error("consumer price index {level} cannot be used; it must be positive and below 10,000")]
    IndexLevel {
        /// Level as given.
        level: f64,
    },
    /// The reference CPI of a day needs two monthly indexes, and one is missing.
    #[error(
        "the reference CPI of {date} needs the CPI-U of {year}-{month:02}, which is not in the table; add it (not seasonally adjusted, 1982-84 = 100)"
    )]
    MissingConsumerPriceIndex {
        /// The day asked for.
        date: Date,
        /// Year of the missing month.
        year: i32,
        /// The missing month.
        month: u32,
    },
    /// Auctions of 13-week bills must come in order of date, one a day.
    #[error(
        "13-week bill auctions must be in order of date, one a day; {later} follows {earlier}: sort them and remove doubles"
    )]
    AuctionsNotInOrder {
        /// The auction that came first in the list.
        earlier: Date,
        /// The auction that follows it.
        later: Date,
    },
    /// A 13-week bill auction with a rate or term that gives no index.
    #[error(
        "13-week bill auction of {auction}: discount rate {discount_rate_pct}% over {days} days gives no index rate; check rate and dates"
    )]
    BillAuctionWithoutIndex {
        /// Auction date.
        auction: Date,
        /// High discount rate, percent.
        discount_rate_pct: f64,
        /// Days from issue to maturity.
        days: i32,
    },
    /// No 13-week bill auction is known that sets the index for a day.
    #[error(
        "no 13-week bill auction before {day} is known, so the FRN index of that day is not; add auctions from before that day"
    )]
    NoIndexRate {
        /// The day whose rate is needed.
        day: Date,
    },
    /// The payments of an FRN depend on rates that are not known yet.
    #[error(
        "{cusip}: the payments of a floating rate note depend on future 13-week bill auctions; project them off a curve"
    )]
    FloatingPayments {
        /// The security.
        cusip: Cusip,
    },
    /// Text that names no kind of security.
    #[error("unknown kind of security \"{text}\"; use bill, note, bond, tips or frn")]
    UnknownKind {
        /// Text as given.
        text: String,
    },
}
