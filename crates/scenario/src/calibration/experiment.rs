//! A published response as an experiment on the engine: a flow, an economy of the past, a yield that is read.
//!
//! Reference settings throughout: the reference covariance, neither the Fed's rule nor forced sellers. `2.5Y, 5Y, 6Y, 10Y` are read from
//! the buckets 2-3, 3-5, 5-7 and 7-10 years, as in the reference; 5Y5Y is `2 y(10) - y(5)`. A month is 21 days of undeclared sales; a stock is
//! the closed-form long run; a program is announced and believed. March 2020 is split over days as in the engine document.

use brandish_habitat::{
    BUCKETS, BucketVector, FedPurchases, Known, Market, Order, OrderFlow, Parameters, clear,
    long_run, reference_mix, ten_year_equivalents,
};

use super::fit::{FitError, TOLERANCE_BP};
use super::targets::PastEconomy;

/// Business days of a month.
const MONTH_DAYS: usize = 21;
/// Sales of March 2020 by phase: share of the total and days (before 9 March, 9-18 March, after).
const MARCH_SALES: [(f64, usize); 3] = [(127.0 / 635.0, 6), (380.0 / 635.0, 7), (128.0 / 635.0, 9)];
/// Days of March 2020: close of 9 March, of 18 March, of 1 April (index from the close of 2 March).
const MARCH_DAYS: [usize; 3] = [5, 12, 22];

/// An experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    /// How the flow comes.
    pub shape: Shape,
    /// Amount sold, $bn; negative for purchases.
    pub amount_usd_bn: f64,
    /// Which maturities.
    pub supply: Supply,
    /// The economy.
    pub economy: PastEconomy,
    /// Its year.
    pub year: String,
    /// What is read.
    pub read: Read,
}

/// How a flow comes to the market, and when yields are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Undeclared sales over 21 days, at their end.
    Month,
    /// Sold for good, in the long run.
    LongRun,
    /// The same, the amount in ten-year equivalents.
    LongRunEquivalents,
    /// A program announced and believed, at its end.
    ProgramEnd {
        /// Its business days.
        days: usize,
    },
    /// One operation of which nothing more is expected, on its day.
    OneDay,
    /// March 2020 with the Fed's purchases as they were: 9 to 18 March.
    MarchRise,
    /// The same: 18 March to 1 April.
    MarchAfter,
    /// The sales of one group alone: 9 to 18 March.
    MarchAlone,
}

/// Which maturities are sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// A foreign official seller's.
    Official,
    /// Those of Fed purchases.
    Fed,
    /// Around five years.
    Five,
    /// Five to seven years.
    Six,
    /// Half official, half as the Fed buys: March 2020.
    March,
    /// Long maturities against bills of the same amount.
    LongForBills,
}

impl Supply {
    /// The supply of that name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "official" => Self::Official,
            "fed" => Self::Fed,
            "five" => Self::Five,
            "six" => Self::Six,
            "march" => Self::March,
            "long-for-bills" => Self::LongForBills,
            _ => return None,
        })
    }

    /// Shares by bucket.
    #[must_use]
    pub fn shares(self) -> BucketVector {
        match self {
            Self::Official => reference_mix::JAPAN,
            Self::Fed => reference_mix::FED_PURCHASES,
            Self::Five => reference_mix::FIVE_YEARS,
            Self::Six => std::array::from_fn(|i| if i == 5 { 1.0 } else { 0.0 }),
            Self::March => std::array::from_fn(|i| {
                0.5 * reference_mix::JAPAN[i] + 0.5 * reference_mix::FED_PURCHASES[i]
            }),
            Self::LongForBills => [-0.5, -0.5, 0.0, 0.0, 0.0, 0.0, 0.5, 0.2, 0.1, 0.1, 0.1],
        }
    }
}

/// Which yield is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// A bucket.
    Bucket(usize),
    /// The five-year rate five years forward.
    FiveFive,
}

impl Read {
    /// The reading of that name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "2.5Y" => Self::Bucket(3),
            "5Y" => Self::Bucket(4),
            "6Y" => Self::Bucket(5),
            "10Y" => Self::Bucket(6),
            "5Y5Y" => Self::FiveFive,
            _ => return None,
        })
    }

    fn of(self, yields: &BucketVector) -> f64 {
        match self {
            Self::Bucket(bucket) => yields[bucket],
            Self::FiveFive => 2.0 * yields[6] - yields[4],
        }
    }
}

impl Experiment {
    /// The engine's response in bp, with the slope, risk price and learning multiplier of `camp`.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn response(&self, market: &Market, camp: &Parameters) -> Result<f64, FitError> {
        let mut parameters = *camp;
        parameters.gdp_usd_bn = self.economy.gdp_usd_bn;
        parameters.intermediary_capacity_usd_bn = self.economy.capacity_usd_bn;
        parameters.utilization_at_rest = self.economy.utilization_at_rest;
        parameters.fed = None;
        parameters.forced = None;
        parameters.repricing.tolerance_bp = camp.repricing.tolerance_bp.max(TOLERANCE_BP);
        let mut amount = self.amount_usd_bn;
        let shares = self.supply.shares();
        match self.shape {
            Shape::LongRun | Shape::LongRunEquivalents => {
                if self.shape == Shape::LongRunEquivalents {
                    let weights = ten_year_equivalents();
                    amount /= (0..BUCKETS).map(|i| shares[i] * weights[i]).sum::<f64>();
                }
                let supply = shares.map(|share| amount * share);
                Ok(self.read.of(&long_run(market, &parameters, &supply)?))
            }
            Shape::Month => {
                let order = Order::even(amount, MONTH_DAYS, &shares, Known::Silent);
                self.day(market, &parameters, order, MONTH_DAYS)
            }
            Shape::ProgramEnd { days } => {
                let order = Order::even(amount, days, &shares, Known::announced());
                self.day(market, &parameters, order, days)
            }
            Shape::OneDay => {
                parameters.extrapolation.share = 0.0;
                let order = Order::even(amount, 1, &shares, Known::Silent);
                self.day(market, &parameters, order, 1)
            }
            Shape::MarchRise | Shape::MarchAfter => {
                let path = self.march(market, &parameters, true)?;
                let [first, high, last] = MARCH_DAYS;
                Ok(if self.shape == Shape::MarchRise {
                    path[high] - path[first]
                } else {
                    path[last] - path[high]
                })
            }
            Shape::MarchAlone => {
                let path = self.march(market, &parameters, false)?;
                Ok(path[MARCH_DAYS[1]] - path[MARCH_DAYS[0]])
            }
        }
    }

    fn day(
        &self,
        market: &Market,
        parameters: &Parameters,
        order: Order,
        day: usize,
    ) -> Result<f64, FitError> {
        let flow = OrderFlow {
            horizon_days: day,
            orders: vec![order],
            ..OrderFlow::default()
        };
        let path = clear(market, parameters, &flow)?;
        let last = path.days.last().ok_or(FitError::NotFinite {
            what: "days of an experiment",
            value: day as f64,
        })?;
        Ok(self.read.of(&last.yields_bp))
    }

    /// Yields of March 2020 by day; with the Fed, its purchases as they were, the rest believed from 23 March.
    fn march(
        &self,
        market: &Market,
        parameters: &Parameters,
        with_the_fed: bool,
    ) -> Result<Vec<f64>, FitError> {
        let shares = self.supply.shares();
        let horizon = 40;
        let mut sales = Vec::with_capacity(horizon);
        for (share, days) in MARCH_SALES {
            let a_day = self.amount_usd_bn * share / days as f64;
            sales.extend(std::iter::repeat_n(shares.map(|s| s * a_day), days));
        }
        let mut fed = vec![[0.0; BUCKETS]; horizon];
        for (day, purchase) in fed.iter_mut().enumerate() {
            let amount = match day {
                9 => 37.0,
                10 | 11 => 40.0,
                12 => 45.0,
                13..23 => 75.0,
                23..28 => 50.0,
                _ => 0.0,
            };
            *purchase = shares.map(|s| s * amount);
        }
        let flow = OrderFlow {
            horizon_days: horizon,
            orders: vec![Order {
                sales_by_day: sales,
                known: Known::Silent,
            }],
            fed_purchases: with_the_fed.then_some(FedPurchases {
                by_day: fed,
                announced_day: Some(16),
            }),
            ..OrderFlow::default()
        };
        let path = clear(market, parameters, &flow)?;
        Ok(path
            .days
            .iter()
            .map(|day| self.read.of(&day.yields_bp))
            .collect())
    }
}
