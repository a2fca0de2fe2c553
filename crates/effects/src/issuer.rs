//! The issuer's extra interest over twelve months: what matures is refinanced at the changed yield.
//!
//! Every security that matures within the year is replaced by one of the same original term, at the yield change
//! of that term on that day; a bill is rolled again and again; a floating-rate note resets weekly to the change of
//! the 13-week bill. The extra interest of one refinancing, accrued to the end of the year, is
//!
//! `amount x y(term, day) x 1e-4 x (business days to its own maturity or the year's end) / 252`
//!
//! `y` in bp. New borrowing, TIPS accretion and holdings of the Fed are not in it (gross, rollover only): the
//! number answers "what does the move cost on the debt that has to be rolled anyway". Refinancing at the same term
//! is an assumption, not a forecast of the Treasury's choices.

use brandish_habitat::{ClearingPath, between_centers};
use brandish_units::Usd;

/// Business days of the year over which interest is counted.
pub const YEAR_DAYS: usize = 252;
/// Reporting periods of the year.
pub const QUARTERS: usize = 4;
/// Business days between resets of a floating-rate note.
const RESET_DAYS: usize = 5;

/// Debt that reprices within the year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Repricing {
    /// Matures on a business day and is replaced by a security of the same term.
    Rolled {
        /// Business day of the refinancing, counted from the as-of date; at least 1.
        day: usize,
        /// Original term in years.
        term_years: f64,
    },
    /// A floating-rate note: resets weekly, until it matures (if within the year it is then rolled as an FRN).
    Floating,
}

/// One security as the issuer sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IssuedDebt {
    /// Amount outstanding that has to be refinanced or reset.
    pub amount: Usd,
    /// How it reprices.
    pub repricing: Repricing,
}

/// Extra interest, by quarter of the twelve months.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ExtraInterest {
    /// Accrued in months 1-3, 4-6, 7-9, 10-12.
    pub by_quarter_usd_bn: [f64; QUARTERS],
}

impl ExtraInterest {
    /// Over the twelve months.
    #[must_use]
    pub fn total(&self) -> Usd {
        Usd::from_bn(self.by_quarter_usd_bn.iter().sum())
    }
}

/// One fixing: an amount that pays the yield change of a day over some days of each quarter.
#[derive(Debug, Clone, Copy)]
struct Fixing {
    day: usize,
    amount_usd_bn: f64,
    lower: usize,
    upper: usize,
    weight: f64,
    days_by_quarter: [f64; QUARTERS],
}

/// All fixings of the year, prepared once and applied to many paths.
#[derive(Debug, Clone)]
pub struct RolloverSchedule {
    fixings: Vec<Fixing>,
    days: usize,
}

impl RolloverSchedule {
    /// Prepares the year's fixings; with a horizon shorter than a year only its days count.
    #[must_use]
    pub fn new(debt: &[IssuedDebt], horizon_days: usize) -> Self {
        let days = horizon_days.min(YEAR_DAYS);
        let mut fixings = Vec::new();
        for security in debt {
            match security.repricing {
                Repricing::Rolled { day, term_years } => {
                    let term_days = ((term_years * YEAR_DAYS as f64).round() as usize).max(1);
                    let mut start = day.max(1);
                    while start <= days {
                        fixings.push(fixing(
                            start,
                            start + term_days,
                            security.amount,
                            term_years,
                            days,
                        ));
                        start += term_days;
                    }
                }
                Repricing::Floating => {
                    let mut start = 1;
                    while start <= days {
                        fixings.push(fixing(
                            start,
                            start + RESET_DAYS,
                            security.amount,
                            0.25,
                            days,
                        ));
                        start += RESET_DAYS;
                    }
                }
            }
        }
        Self { fixings, days }
    }

    /// Business days over which interest is counted.
    #[must_use]
    pub const fn days(&self) -> usize {
        self.days
    }

    /// Extra interest along a path.
    #[must_use]
    pub fn extra_interest(&self, path: &ClearingPath) -> ExtraInterest {
        let mut interest = ExtraInterest::default();
        for fixing in &self.fixings {
            let Some(state) = path.days.get(fixing.day - 1) else {
                continue;
            };
            let lower = state.yields_bp[fixing.lower];
            let change = lower + fixing.weight * (state.yields_bp[fixing.upper] - lower);
            let a_day = fixing.amount_usd_bn * change * 1e-4 / YEAR_DAYS as f64;
            for (total, days) in interest
                .by_quarter_usd_bn
                .iter_mut()
                .zip(&fixing.days_by_quarter)
            {
                *total += a_day * days;
            }
        }
        interest
    }
}

fn fixing(start: usize, end: usize, amount: Usd, term_years: f64, last_day: usize) -> Fixing {
    let (lower, upper, weight) = between_centers(term_years);
    let quarter = YEAR_DAYS / QUARTERS;
    // The yield of day `start` is earned from that day on: days start, start + 1, ..., end - 1.
    let days_by_quarter = std::array::from_fn(|q| {
        let from = start.max(q * quarter + 1);
        let to = end.min((q + 1) * quarter + 1).min(last_day + 1);
        to.saturating_sub(from) as f64
    });
    Fixing {
        day: start,
        amount_usd_bn: amount.bn(),
        lower,
        upper,
        weight,
        days_by_quarter,
    }
}

#[cfg(test)]
mod tests {
    use brandish_habitat::{BUCKETS, ClearingDay, SECTORS, SolverStatistics};

    use super::*;

    /// A path on which every yield is up by the same number of bp on every day.
    fn parallel(bp: f64, days: usize) -> ClearingPath {
        let day = ClearingDay {
            yields_bp: [bp; BUCKETS],
            utilization: 0.0,
            capacity_multiplier: 1.0,
            inventory_usd_bn: [0.0; BUCKETS],
            holdings_usd_bn: [[0.0; BUCKETS]; SECTORS],
            switching_usd_bn: [[0.0; BUCKETS]; SECTORS],
            fed_purchases_usd_bn: [0.0; BUCKETS],
            forced_sales_usd_bn: [0.0; BUCKETS],
            sold_usd_bn: [0.0; BUCKETS],
        };
        ClearingPath {
            days: vec![day; days],
            trigger_day: None,
            statistics: SolverStatistics::default(),
        }
    }

    fn rolled(bn: f64, day: usize, term_years: f64) -> IssuedDebt {
        IssuedDebt {
            amount: Usd::from_bn(bn),
            repricing: Repricing::Rolled { day, term_years },
        }
    }

    #[test]
    fn a_bill_that_is_rolled_all_year_costs_the_whole_year() {
        // $1,000bn of 13-week bills maturing on day 1, 10 bp up: $1bn over the year.
        let schedule = RolloverSchedule::new(&[rolled(1_000.0, 1, 0.25)], 252);
        let interest = schedule.extra_interest(&parallel(10.0, 252));
        assert!((interest.total().bn() - 1.0).abs() < 1e-12, "{interest:?}");
        assert!(
            interest
                .by_quarter_usd_bn
                .iter()
                .all(|quarter| (quarter - 0.25).abs() < 1e-12)
        );
    }

    #[test]
    fn a_note_refinanced_in_the_middle_costs_half() {
        let schedule = RolloverSchedule::new(&[rolled(1_000.0, 127, 10.0)], 252);
        let interest = schedule.extra_interest(&parallel(10.0, 252));
        assert!((interest.total().bn() - 0.5).abs() < 1e-12);
        assert_eq!(interest.by_quarter_usd_bn[0], 0.0);
    }

    #[test]
    fn a_floating_rate_note_pays_from_the_first_day() {
        let debt = IssuedDebt {
            amount: Usd::from_bn(600.0),
            repricing: Repricing::Floating,
        };
        let interest = RolloverSchedule::new(&[debt], 252).extra_interest(&parallel(10.0, 252));
        assert!((interest.total().bn() - 0.6).abs() < 1e-12);
    }

    #[test]
    fn a_short_horizon_counts_its_own_days_only() {
        let schedule = RolloverSchedule::new(&[rolled(1_000.0, 1, 0.25)], 63);
        assert_eq!(schedule.days(), 63);
        let interest = schedule.extra_interest(&parallel(10.0, 63));
        assert!((interest.total().bn() - 0.25).abs() < 1e-12);
    }

    #[test]
    fn nothing_moves_nothing() {
        let schedule = RolloverSchedule::new(&[rolled(1_000.0, 5, 2.0)], 252);
        assert_eq!(
            schedule.extra_interest(&parallel(0.0, 252)).total().bn(),
            0.0
        );
    }
}
