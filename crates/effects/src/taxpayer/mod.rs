//! The taxpayer's bill: what a change of yields costs the issuer, fiscal year by fiscal year, for ten of them.
//!
//! Three things pay the new yields: debt that matures and is refinanced ([`Repricing`]), new borrowing of a stated budget
//! baseline, floating-rate notes at every reset. An amount issued on business day `s` at a term of `T` years costs, in
//! a fiscal year of `n` business days of which `d` lie between its issue and its maturity,
//!
//! `extra = amount x y(T, s) x 1e-4 x d / n`   (amount in $bn, `y` in bp, extra in $bn)
//!
//! and is then refinanced itself at `y(T, s + 252 T)`, and so on. Bills roll into bills; other debt rolls into its own
//! term or into the mix in which the issuer sells coupon securities ([`Refinancing`]). The principal of TIPS grows by the breakeven,
//! which does not move (real yields move one for one with nominal ones): their extra cost comes from refinancing alone,
//! on a principal that has grown. What is paid is borrowed too: interest on the extra interest is a line of its own.
//!
//! All of it is linear in yields, so [`Schedule::new`] works out once what one basis point on each day and bucket costs in
//! each year, and [`Schedule::bill`] applies that to a path. Beyond the path's last day `H` a yield goes to its long run
//! by a declared rule, `y(s) = y_rest + (y_H - y_rest) x 2^-((s - H) / half-life)`.
//!
//! Formulas, sources and limits in full: `docs/reference/taxpayer.md`.

mod bill;
mod emission;
mod weights;

pub use bill::{PARTS, Part, Schedule, TaxpayerBill};

use brandish_units::{Bp, Usd};

use crate::EffectsError;

/// A fiscal year in business days from the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYear {
    /// The calendar year in which it ends.
    pub year: i32,
    /// First business day that counts, at least 1: the day after the as-of date in the first year.
    pub first_day: usize,
    /// Last business day.
    pub last_day: usize,
    /// Business days of the whole year, those before the as-of date included.
    pub days: usize,
}

impl FiscalYear {
    /// Share of the year that counts: below 1 in the first year.
    #[must_use]
    pub fn share(&self) -> f64 {
        (self.last_day + 1 - self.first_day) as f64 / self.days as f64
    }
}

/// How an amount follows the market.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Repricing {
    /// A bill, note or bond: matures on a business day (at least 1) and had this original term.
    Fixed {
        /// Business day on which it is refinanced.
        day: usize,
        /// Original term in years.
        term_years: f64,
    },
    /// TIPS: the same, with a principal that grows by the breakeven.
    Indexed {
        /// Business day on which it is refinanced.
        day: usize,
        /// Original term in years.
        term_years: f64,
    },
    /// A floating-rate note: resets every week to the 13-week bill.
    Floating {
        /// Business day on which it matures.
        day: usize,
    },
}

/// An outstanding security as the issuer sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outstanding {
    /// Amount owed (TIPS: with the inflation so far).
    pub amount: Usd,
    /// How it reprices.
    pub repricing: Repricing,
    /// Share held by the central bank, 0 to 1; it keeps that share when it refinances.
    pub fed_share: f64,
    /// Share held by government accounts, 0 to 1; they keep it too.
    pub accounts_share: f64,
}

/// What is sold at a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Bills.
    Bill,
    /// Notes and bonds.
    Nominal,
    /// TIPS.
    Indexed,
    /// Floating-rate notes.
    Floating,
}

/// One line of an issuance mix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MixLine {
    /// What is sold.
    pub kind: Kind,
    /// Original term in years.
    pub term_years: f64,
    /// Share of the amount, 0 to 1.
    pub share: f64,
    /// Yield of the as-of day at this term, decimal; used for interest on extra interest and for switches.
    pub yield_decimal: f64,
}

/// Into what maturing notes, bonds, TIPS and FRNs are refinanced. Bills always roll into bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refinancing {
    /// The same kind and original term.
    SameTerm,
    /// The mix in which coupon securities are sold.
    IssuanceMix,
}

/// Treasury policy beside the baseline: amounts moved from coupon securities to bills, by business day from day 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Switch {
    /// New issuance moved from the coupon mix into bills, $bn by day (negative: out of bills).
    pub issued_as_bills_usd_bn: Vec<f64>,
    /// Bought back and paid for with bills, $bn by day.
    pub bought_back_usd_bn: Vec<f64>,
    /// What is bought back: remaining years, share, and yield of the as-of day (decimal).
    pub bought_mix: Vec<(f64, f64, f64)>,
}

/// Everything that fixes the schedule of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Fiscal years without gaps, the first from business day 1.
    pub years: Vec<FiscalYear>,
    /// What is outstanding and matures or resets within them.
    pub outstanding: Vec<Outstanding>,
    /// New borrowing by fiscal year of the baseline; absent where no baseline was published.
    pub borrowing: Option<Vec<Usd>>,
    /// Mix of new borrowing, bills included; shares sum to 1.
    pub mix: Vec<MixLine>,
    /// Refinancing of coupon securities.
    pub refinancing: Refinancing,
    /// Breakeven inflation by which TIPS principal grows.
    pub breakeven: Bp,
    /// Policy switches.
    pub switch: Switch,
    /// Last business day of the path.
    pub horizon_days: usize,
    /// Half-life of the way from the path's last day to the long run, business days.
    pub half_life_days: f64,
}

impl Plan {
    /// Last business day that counts.
    #[must_use]
    pub fn last_day(&self) -> usize {
        self.years.last().map_or(0, |year| year.last_day)
    }

    fn check(&self) -> Result<(), EffectsError> {
        let refuse = |name, value, allowed| {
            Err(EffectsError::OutOfRange {
                name,
                value,
                allowed,
            })
        };
        let mut next = 1;
        for year in &self.years {
            if year.first_day != next || year.last_day < year.first_day {
                return refuse(
                    "first day of a fiscal year",
                    year.first_day as f64,
                    "the day after the year before, the first from day 1",
                );
            }
            if year.days < year.last_day + 1 - year.first_day {
                return refuse(
                    "business days of a fiscal year",
                    year.days as f64,
                    "at least the days that count",
                );
            }
            next = year.last_day + 1;
        }
        let shares: f64 = self.mix.iter().map(|line| line.share).sum();
        if (shares - 1.0).abs() > 1e-9 {
            return refuse("sum of the issuance mix", shares, "1");
        }
        if !(self.half_life_days.is_finite() && self.half_life_days > 0.0) {
            return refuse("half-life", self.half_life_days, "above 0");
        }
        if self
            .borrowing
            .as_ref()
            .is_some_and(|borrowing| borrowing.len() != self.years.len())
        {
            return refuse(
                "years of borrowing",
                self.borrowing.as_ref().map_or(0, Vec::len) as f64,
                "one amount per fiscal year",
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
