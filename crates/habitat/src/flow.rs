//! The order flow: who sells what on which day, and what the market is told about it.
//!
//! Days are business days counted from 1 (the first day after the as-of close); vectors of days start with day 1.
//! Amounts are $bn of market value per bucket, sales positive, purchases negative. Several orders and threats
//! add up, in what is sold and in what is expected.

use crate::buckets::{BUCKETS, BucketVector};
use crate::error::{ClearingError, require, require_count};

/// Longest horizon and longest plan, business days (ten years).
pub const MAXIMUM_DAYS: usize = 2520;
/// Most orders or threats in one flow.
pub const MAXIMUM_ORDERS: usize = 256;
/// Largest amount per bucket and day, $bn.
const MAXIMUM_DAILY_USD_BN: f64 = 1e5;
/// Largest amount of a threat, $bn.
const MAXIMUM_THREAT_USD_BN: f64 = 1e6;

/// Everything exogenous that reaches the market.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OrderFlow {
    /// Business days to clear.
    pub horizon_days: usize,
    /// Sales and purchases that take place.
    pub orders: Vec<Order>,
    /// Words without (or before) a sale: they move beliefs only.
    pub threats: Vec<Threat>,
    /// Purchases of the Fed that are given from outside, beside or instead of its rule.
    pub fed_purchases: Option<FedPurchases>,
}

/// A sale (or purchase) that takes place.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Sales per business day and bucket, $bn, negative for purchases. Days beyond the horizon are still expected.
    pub sales_by_day: Vec<BucketVector>,
    /// What the market knows of it.
    pub known: Known,
}

/// What the market knows of an order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Known {
    /// Nothing: each day's sale is a surprise, and the market extrapolates what it has seen.
    Silent,
    /// The rest of the plan is expected with a probability.
    Announced {
        /// Business day of the announcement; 0 or 1: known when day 1 is priced. Before it each day's sale is a
        /// surprise of which nothing more is expected; on it the whole rest of the plan becomes expected.
        announced_day: usize,
        /// Probability the market gives to the rest of the plan, 0 to 1.
        credibility: f64,
    },
}

/// A possible sale that is talked about. If nothing is ever sold, the belief decays (hazard) or ends (deadline).
///
/// The baseline already prices `prior`, so only the difference of the two beliefs moves yields:
/// `E[further sales] = (p_t - prior_t) * amount * (share done by then)`, negative for an assurance
/// (`probability < prior`). Both beliefs are updated by the same rule as time passes without a sale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threat {
    /// Size of the sale threatened, $bn.
    pub amount_usd_bn: f64,
    /// Business days over which it would be sold.
    pub days: usize,
    /// Shares by bucket (they need not sum to 1; the amount is multiplied by them).
    pub mix: BucketVector,
    /// Business day of the words; 0 or 1: known when day 1 is priced.
    pub start_day: usize,
    /// Probability priced before the words, 0 to 1 (below 1).
    pub prior: f64,
    /// Probability after them, 0 to 1.
    pub probability: f64,
    /// When the sale would begin.
    pub kind: ThreatKind,
}

/// When a threatened sale would begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ThreatKind {
    /// No deadline: a seller who means it begins with a constant hazard; each quiet day lowers the belief (Bayes).
    Hazard {
        /// Half-life of the wait if the threat is meant, business days.
        half_life_days: f64,
    },
    /// A deadline: a seller who means it begins on the business day after it; if nothing happens then, the belief ends.
    Deadline {
        /// Last business day before the sale would have to begin.
        deadline_day: usize,
    },
}

/// Purchases of the Fed given from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct FedPurchases {
    /// Purchases per business day and bucket, $bn.
    pub by_day: Vec<BucketVector>,
    /// From which business day the rest of the path is expected. Before it (or if never) each day's purchases
    /// are a surprise and net against what is extrapolated. From it the rest is expected with certainty, and
    /// undeclared flows are no longer extrapolated: the Fed stands behind the market "in the amounts needed".
    pub announced_day: Option<usize>,
}

impl Order {
    /// An even sale: `amount_usd_bn` over `days` business days from day 1, split by `mix`.
    #[must_use]
    pub fn even(amount_usd_bn: f64, days: usize, mix: &BucketVector, known: Known) -> Self {
        let a_day = mix.map(|share| amount_usd_bn / days as f64 * share);
        Self {
            sales_by_day: vec![a_day; days],
            known,
        }
    }
}

impl Known {
    /// Announced before day 1 and believed.
    #[must_use]
    pub const fn announced() -> Self {
        Self::Announced {
            announced_day: 0,
            credibility: 1.0,
        }
    }
}

impl OrderFlow {
    /// Refuses empty or endless horizons, numbers that are not finite, and amounts beyond any market.
    ///
    /// # Errors
    /// The first input out of its range.
    pub fn check(&self) -> Result<(), ClearingError> {
        require_count("horizon_days", self.horizon_days, 1, MAXIMUM_DAYS)?;
        require_count("orders", self.orders.len(), 0, MAXIMUM_ORDERS)?;
        require_count("threats", self.threats.len(), 0, MAXIMUM_ORDERS)?;
        for (number, order) in self.orders.iter().enumerate() {
            check_days(
                &format!("orders[{number}].sales_by_day"),
                &order.sales_by_day,
            )?;
            if let Known::Announced {
                announced_day,
                credibility,
            } = order.known
            {
                require_count("announced_day", announced_day, 0, MAXIMUM_DAYS)?;
                require(
                    format!("orders[{number}].credibility"),
                    credibility,
                    0.0,
                    1.0,
                    "from 0 to 1",
                )?;
            }
        }
        for (number, threat) in self.threats.iter().enumerate() {
            threat.check(number)?;
        }
        if let Some(fed) = &self.fed_purchases {
            check_days("fed_purchases.by_day", &fed.by_day)?;
            require_count(
                "fed_purchases.announced_day",
                fed.announced_day.unwrap_or_default(),
                0,
                MAXIMUM_DAYS,
            )?;
        }
        Ok(())
    }
}

impl Threat {
    fn check(&self, number: usize) -> Result<(), ClearingError> {
        let name = |field: &str| format!("threats[{number}].{field}");
        require(
            name("amount_usd_bn"),
            self.amount_usd_bn,
            -MAXIMUM_THREAT_USD_BN,
            MAXIMUM_THREAT_USD_BN,
            "from -1e6 to 1e6",
        )?;
        require_count("threat days", self.days, 1, MAXIMUM_DAYS)?;
        require_count("threat start_day", self.start_day, 0, MAXIMUM_DAYS)?;
        for (bucket, share) in self.mix.iter().enumerate() {
            require(
                name(&format!("mix[{bucket}]")),
                *share,
                -1.0,
                1.0,
                "from -1 to 1",
            )?;
        }
        require(name("prior"), self.prior, 0.0, 1.0, "from 0 to 1")?;
        require(
            name("probability"),
            self.probability,
            0.0,
            1.0,
            "from 0 to 1",
        )?;
        match self.kind {
            ThreatKind::Hazard { half_life_days } => require(
                name("half_life_days"),
                half_life_days,
                1e-3,
                1e6,
                "from 0.001 to 1e6",
            ),
            ThreatKind::Deadline { deadline_day } => {
                require_count("threat deadline_day", deadline_day, 0, MAXIMUM_DAYS)
            }
        }
    }
}

fn check_days(name: &str, days: &[BucketVector]) -> Result<(), ClearingError> {
    require_count("days of an order", days.len(), 0, MAXIMUM_DAYS)?;
    for (day, amounts) in days.iter().enumerate() {
        for (bucket, amount) in amounts.iter().enumerate().take(BUCKETS) {
            if !(amount.is_finite() && amount.abs() <= MAXIMUM_DAILY_USD_BN) {
                return Err(ClearingError::OutOfRange {
                    name: format!("{name}[{day}][{bucket}]"),
                    value: *amount,
                    allowed: "from -1e5 to 1e5 $bn a day",
                });
            }
        }
    }
    Ok(())
}
