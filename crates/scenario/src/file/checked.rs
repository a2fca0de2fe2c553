//! The checked scenario: every value typed, every default resolved, every combination one that can be run.
//!
//! `Scenario` is the second of two states: [`super::ScenarioFile`] is the file as written, this is what it means.
//! It exists only after all checks passed, so code that runs it asks no questions again. What is exogenous (sales,
//! words, proceeds, policy) stands apart from the assumptions (camps, draws, seed). A sale keeps the places of its
//! keys in the file, so that a check that needs the market of the day can still point at the offending text.

use std::collections::BTreeMap;
use std::fmt;

use brandish_units::{Cusip, Date, FaceUsd, Usd};

use crate::diagnostic::Origin;

/// Maturity-bucket centers of the engine in years, the keys of a written mix.
pub const BUCKET_CENTERS_YEARS: [f64; 11] =
    [0.25, 0.75, 1.5, 2.5, 4.0, 6.0, 8.5, 12.5, 17.5, 22.5, 27.5];

/// A checked scenario. Field by field what a run must consume; nothing else is in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Kebab-case name.
    pub name: ScenarioName,
    /// One line for tables and charts.
    pub title: String,
    /// Close of this business day is day 0.
    pub as_of: Date,
    /// What the remark behind the scenario was taken to mean.
    pub idea: Option<String>,
    /// Business days that the run covers, 1 to 1260.
    pub horizon_days: u32,
    /// Sales (negative amounts: purchases) in the order of the file.
    pub sales: Vec<Sale>,
    /// Words about a sale.
    pub threat: Option<Threat>,
    /// What sellers do with the dollars.
    pub proceeds: Proceeds,
    /// The Federal Reserve's rule.
    pub fed: FedRule,
    /// The Treasury's answer.
    pub treasury: TreasuryPolicy,
    /// Relief for intermediaries.
    pub dealers: DealerPolicy,
    /// Holders that the file defines itself, beside those of the snapshot.
    pub holders: BTreeMap<HolderName, DefinedHolder>,
    /// Camps, draws, seed.
    pub assumptions: Assumptions,
}

/// A kebab-case scenario name: lower-case letters, digits and single hyphens, at most 64 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScenarioName(String);

impl ScenarioName {
    /// The name, or `None` where `text` is not kebab-case.
    pub fn new(text: &str) -> Option<Self> {
        is_kebab_case(text).then(|| Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ScenarioName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Name of a holder of securities, kebab-case, e.g. `japan`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HolderName(String);

impl HolderName {
    /// The name, or `None` where `text` is not kebab-case.
    pub fn new(text: &str) -> Option<Self> {
        is_kebab_case(text).then(|| Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HolderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lower-case letters, digits and single inner hyphens, starting with a letter, 1 to 64 characters.
pub(crate) fn is_kebab_case(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty()
        && text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(allowed)
        && !text.ends_with('-')
        && !text.contains("--")
}

/// A probability, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// `None` outside 0..=1 or not finite.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// The number, 0 to 1.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// A share of a whole, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// Nothing of the whole.
    pub const NONE: Self = Self(0.0);

    /// `None` outside 0..=1 or not finite.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// The number, 0 to 1.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// One order: who, how much, which maturities, when, and what the market knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    /// A holder of the snapshot or one of `Scenario::holders`.
    pub seller: HolderName,
    /// Market value at `as_of`; positive is sold, negative is bought. Never zero.
    pub amount: Usd,
    /// Business days over which it is executed, at least 1.
    pub days: u32,
    /// First day of execution, at least 1; `start_day + days - 1` lies within the horizon.
    pub start_day: u32,
    /// How the amount is spread over the days.
    pub profile: Profile,
    /// How the amount is spread over maturities.
    pub mix: Mix,
    /// What the market is told.
    pub known: Known,
    /// What the seller can sell at most.
    pub cap: Cap,
    /// The file says that this order adds to another order of the same seller on the same days.
    pub overlaps: bool,
    /// Where each part stands in the file.
    pub origin: SaleOrigin,
}

impl Sale {
    /// Last day of execution.
    pub fn end_day(&self) -> u32 {
        self.start_day.saturating_add(self.days).saturating_sub(1)
    }

    /// Amount executed on each day from `start_day` on; `days` entries.
    pub fn daily_amounts(&self) -> Vec<Usd> {
        self.profile
            .daily_shares(self.days)
            .into_iter()
            .map(|share| self.amount * share)
            .collect()
    }
}

/// How a sale is spread over its days.
#[derive(Debug, Clone, PartialEq)]
pub enum Profile {
    /// The same amount every day.
    Even,
    /// Falling linearly: day `i` of `n` gets weight `n - i + 1`. \[ours\]
    FrontLoaded,
    /// Rising linearly: day `i` of `n` gets weight `i`. \[ours\]
    BackLoaded,
    /// One share per day, non-negative, summing to 1.
    Shares(Vec<f64>),
}

impl Profile {
    /// Share of the amount on each of `days` days; they sum to 1 up to rounding.
    ///
    /// Linear profiles divide the weight of day i = 1..n by n (n + 1) / 2.
    pub fn daily_shares(&self, days: u32) -> Vec<f64> {
        let n = f64::from(days);
        let total = n * (n + 1.0) / 2.0;
        match self {
            Self::Even => (0..days).map(|_| 1.0 / n).collect(),
            Self::FrontLoaded => (1..=days)
                .map(|i| (n - f64::from(i) + 1.0) / total)
                .collect(),
            Self::BackLoaded => (1..=days).map(|i| f64::from(i) / total).collect(),
            Self::Shares(shares) => shares.clone(),
        }
    }
}

/// How a sale is spread over maturities.
#[derive(Debug, Clone, PartialEq)]
pub enum Mix {
    /// The maturity structure of all foreign official holders in the survey that was out on `as_of`.
    SurveyOfficial,
    /// Bills while the seller has any, then coupon securities by the survey.
    BillsFirst,
    /// Nearest maturity first.
    ShortestFirst,
    /// The most traded part of the curve first.
    MostLiquidFirst,
    /// As the seller's own holdings are spread.
    ProRata,
    /// Shares by maturity bucket.
    Buckets(BucketShares),
    /// In proportion to a list of lots; the amount still comes from the sale.
    Portfolio(Portfolio),
}

/// How the securities of a defined holder are spread over maturities.
#[derive(Debug, Clone, PartialEq)]
pub enum HoldingMix {
    /// The maturity structure of all foreign official holders in the survey that was out on `as_of`.
    SurveyOfficial,
    /// Shares by maturity bucket.
    Buckets(BucketShares),
    /// In proportion to a list of lots; the amount still comes from the holder.
    Portfolio(Portfolio),
}

/// Shares of an amount by engine bucket, non-negative, summing to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BucketShares([f64; 11]);

impl BucketShares {
    /// `None` where a share is negative or not finite, or where they do not sum to 1 within [`SHARE_TOLERANCE`].
    pub fn new(shares: [f64; 11]) -> Option<Self> {
        let sum: f64 = shares.iter().sum();
        let valid = shares.iter().all(|s| s.is_finite() && *s >= 0.0)
            && (sum - 1.0).abs() <= SHARE_TOLERANCE;
        valid.then(|| Self(shares.map(|share| of_one(share, sum))))
    }

    /// Shares in the order of [`BUCKET_CENTERS_YEARS`].
    pub fn shares(&self) -> &[f64; 11] {
        &self.0
    }
}

/// Shares that are typed by hand may miss 1 by this much (six decimals in a file).
pub const SHARE_TOLERANCE: f64 = 1e-6;

/// A share of shares that sum to `sum`, so that they sum to 1. What misses 1 by the rounding of binary fractions only
/// (1e-12 covers 1260 shares) stays as typed, so that a printed file is read back to the last bit.
pub(crate) fn of_one(share: f64, sum: f64) -> f64 {
    if (sum - 1.0).abs() <= 1e-12 {
        share
    } else {
        share / sum
    }
}

/// Lots of a portfolio file.
#[derive(Debug, Clone, PartialEq)]
pub struct Portfolio {
    /// Path as written in the scenario.
    pub path: String,
    /// Lots in the order of the file; each CUSIP once.
    pub lots: Vec<Lot>,
}

/// One line of a portfolio file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lot {
    /// Security.
    pub cusip: Cusip,
    /// Par amount held, positive.
    pub face: FaceUsd,
}

/// What the market is told about a sale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Known {
    /// The plan is declared at the close of `day`; the market believes the rest of it with `credibility`.
    Announced {
        /// 0 is the close of `as_of`; before `start_day`.
        day: u32,
        /// Probability given to the rest of the plan.
        credibility: Probability,
    },
    /// Nothing is said; the market learns from the flow.
    Silent,
}

/// What a seller can sell at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// The official bound.
    Official,
    /// All holdings, official and private.
    All,
}

/// Where the parts of a sale stand in the file; a part that was left to its default has the place of its table.
#[derive(Debug, Clone, PartialEq)]
pub struct SaleOrigin {
    /// The `[[exogenous.sale]]` header.
    pub table: Origin,
    /// Value of `seller`.
    pub seller: Origin,
    /// Value of `amount_usd_bn`.
    pub amount: Origin,
    /// Value of `days`.
    pub days: Origin,
    /// Value of `start_day`.
    pub start_day: Origin,
    /// Value of `mix`.
    pub mix: Origin,
    /// Value of `cap`.
    pub cap: Origin,
}

/// Words about a sale, spoken at the close of `as_of`.
#[derive(Debug, Clone, PartialEq)]
pub struct Threat {
    /// Who speaks.
    pub seller: HolderName,
    /// What would be sold, market value at `as_of`, positive.
    pub amount: Usd,
    /// Business days it would take.
    pub days: u32,
    /// Maturities that would be sold.
    pub mix: Mix,
    /// What the speaker could sell at most.
    pub cap: Cap,
    /// Probability of the sale before the words.
    pub prior: Probability,
    /// Probability after them; below `prior` the words are an assurance.
    pub probability: Probability,
    /// When the sale would start.
    pub timing: ThreatTiming,
    /// Place of `[exogenous.threat]`.
    pub table_origin: Origin,
    /// Place of the value of `amount_usd_bn`.
    pub amount_origin: Origin,
    /// Place of the value of `mix`.
    pub mix_origin: Origin,
}

/// When a threatened sale would start, as the market sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ThreatTiming {
    /// No date: a constant hazard of starting, whose half-life is this many business days.
    StartHazard {
        /// Half-life of the start in business days, positive.
        half_life_days: f64,
    },
    /// On a stated day or never.
    Deadline {
        /// Business day on which it would start.
        day: u32,
    },
}

/// What sellers do with the dollars they receive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proceeds {
    /// Left at the Federal Reserve's foreign repo pool or with banks.
    Deposits,
    /// Put into Treasury bills: negative supply there.
    Bills,
    /// `converted` of them sold for another asset, the rest left on deposit.
    Converted {
        /// Into what.
        into: Conversion,
        /// Share converted, above 0.
        converted: Share,
    },
}

/// What dollars are sold for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// Yen.
    Yen,
    /// Gold.
    Gold,
    /// Euro.
    Euro,
}

/// Purchases by the Federal Reserve when the market is stressed (engine equation E5).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FedRule {
    /// The rule is at work.
    On {
        /// Probability that the market gives to it before it is triggered.
        credibility: Probability,
    },
    /// No purchases, none expected.
    Off,
}

/// The Treasury's answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreasuryPolicy {
    /// Buybacks per week, market value; zero for none beyond the published schedule.
    pub buybacks_per_week: Usd,
    /// Share of new issuance placed in bills; `None` leaves the published pattern.
    pub bill_share_of_new_issuance: Option<Share>,
}

/// Relief for intermediaries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DealerPolicy {
    /// Balance-sheet capacity added, as a share of today's (0.2 is 20% more); 0 for none, at most 5.
    pub capacity_relief: CapacityRelief,
}

/// Capacity added to intermediaries, as a ratio to today's.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct CapacityRelief(f64);

impl CapacityRelief {
    /// `None` outside 0..=500 percent.
    pub fn from_percent(percent: f64) -> Option<Self> {
        (0.0..=500.0).contains(&percent).then_some(Self(percent))
    }

    /// In percent of today's capacity.
    pub fn percent(self) -> f64 {
        self.0
    }

    /// Factor on today's capacity: 1 + percent / 100.
    pub fn factor(self) -> f64 {
        1.0 + self.0 / 100.0
    }
}

/// A holder that the scenario file defines.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinedHolder {
    /// All Treasuries held, market value.
    pub holdings: Usd,
    /// Part of them that is officially held; not above `holdings`.
    pub official: Usd,
    /// How they are spread over maturities.
    pub mix: HoldingMix,
    /// Currency of the holder's own accounts.
    pub currency: Currency,
    /// Place of the holder's table.
    pub origin: Origin,
}

/// ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// `None` unless three capital letters.
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(bytes))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|b| write!(f, "{}", char::from(*b)))
    }
}

/// What is assumed rather than exogenous.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumptions {
    /// Camps of the headline tables, each once, in the order S, C, F.
    pub camps: Vec<CampName>,
    /// Camps shown outside them.
    pub stress_camps: Vec<CampName>,
    /// Parameter draws per camp, 1 to 100,000.
    pub draws: u32,
    /// Seed of the counter-based streams.
    pub seed: u64,
}

/// A set of published evidence that the run is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CampName {
    /// Supply and purchase-program studies with crisis evidence.
    S,
    /// Geometric mean of S and F.
    C,
    /// Regressions on foreign official flows.
    F,
    /// F with strong learning from sales: a stress bound from one study.
    X,
}

impl CampName {
    /// All camps in output order.
    pub const ALL: [Self; 4] = [Self::S, Self::C, Self::F, Self::X];

    /// The letter used in files and tables.
    pub fn letter(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::C => "C",
            Self::F => "F",
            Self::X => "X",
        }
    }
}
