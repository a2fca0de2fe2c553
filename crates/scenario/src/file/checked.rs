//! The checked scenario: every value typed, every default resolved, every combination one that can be run.
//!
//! `Scenario` is the second of two states: [`super::ScenarioFile`] is the file as written, this is what it means.
//! It exists only after all checks passed, so code that runs it asks no questions again. What is exogenous (sales,
//! words, proceeds, policy) stands apart from the assumptions (camps, draws, seed). A sale keeps the places of its
//! keys in the file, so that a check that needs the market of the day can still point at the offending text.

use std::collections::BTreeMap;

use brandish_effects::taxpayer::Refinancing;
use brandish_units::{Date, Usd};

use super::names::{Currency, HolderName, ScenarioName};
use super::ratios::{CapacityRelief, Probability, Share};
use super::spread::{HoldingMix, Mix, Profile};
use crate::diagnostic::Origin;
use crate::parameters::CampDefinition;
use crate::pricing::CurveFile;

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
    /// How the plan is departed from on the way, if it is.
    pub departure: Option<Departure>,
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
        match self.departure {
            None => self.planned_end_day(),
            Some(Departure::Stopped { last_day }) => last_day,
            Some(Departure::Hastened { first_day, days }) => {
                first_day.saturating_add(days).saturating_sub(1)
            }
        }
    }

    /// Last day of execution as planned.
    pub fn planned_end_day(&self) -> u32 {
        self.start_day.saturating_add(self.days).saturating_sub(1)
    }

    /// Amount planned for each day from `start_day` on; `days` entries.
    pub fn planned_amounts(&self) -> Vec<Usd> {
        self.profile
            .daily_shares(self.days)
            .into_iter()
            .map(|share| self.amount * share)
            .collect()
    }

    /// Amount executed on each day from `start_day` to `end_day`.
    pub fn daily_amounts(&self) -> Vec<Usd> {
        let mut amounts = self.planned_amounts();
        match self.departure {
            None => {}
            Some(Departure::Stopped { last_day }) => {
                amounts.truncate(last_day.saturating_sub(self.start_day) as usize + 1);
            }
            Some(Departure::Hastened { first_day, days }) => {
                let kept = first_day.saturating_sub(self.start_day) as usize;
                let rest: f64 = amounts.iter().skip(kept).map(|amount| amount.bn()).sum();
                amounts.truncate(kept);
                let a_day = Usd::from_bn(rest / f64::from(days.max(1)));
                amounts.extend(std::iter::repeat_n(a_day, days as usize));
            }
        }
        amounts
    }

    /// What is executed in all: the amount of the plan, or the part of it that was carried out before it was called off.
    pub fn executed(&self) -> Usd {
        match self.departure {
            Some(Departure::Stopped { .. }) => {
                Usd::from_bn(self.daily_amounts().iter().map(|amount| amount.bn()).sum())
            }
            _ => self.amount,
        }
    }
}

/// How the execution of a declared plan departs from it. The market learns of it on the first day that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// Called off: nothing is sold after `last_day`.
    Stopped {
        /// Last business day of execution.
        last_day: u32,
    },
    /// From `first_day` on the rest is sold in equal parts on `days` business days.
    Hastened {
        /// First business day of the faster pace.
        first_day: u32,
        /// Business days in which the rest is sold; fewer than were left.
        days: u32,
    },
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
    /// Buybacks per week, market value, paid for with bills; zero for none beyond the published schedule.
    pub buybacks_per_week: Usd,
    /// Share of net new borrowing that is raised in bills over the horizon; absent: the share of bills outstanding.
    pub bill_share_of_new_issuance: Option<Share>,
    /// Into what maturing coupon securities are refinanced.
    pub refinancing: Refinancing,
}

/// Relief for intermediaries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DealerPolicy {
    /// Balance-sheet capacity added, as a share of today's (0.2 is 20% more); 0 for none, at most 5.
    pub capacity_relief: CapacityRelief,
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

/// What is assumed rather than exogenous.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumptions {
    /// Camps of the headline tables, each once, in the order S, C, F, then the user's own.
    pub camps: Vec<CampName>,
    /// Camps shown outside them.
    pub stress_camps: Vec<CampName>,
    /// Parameter draws, 1 to 100,000; `allocation` says whether of every camp or of all together.
    pub draws: u32,
    /// How draws are given to the camps.
    pub allocation: Allocation,
    /// Seed of the counter-based streams.
    pub seed: u64,
    /// A user's own curve instead of Treasury's of the day.
    pub curve: Option<CurveFile>,
    /// A user's own camp, which stands in one of the two lists as U.
    pub own_camp: Option<CampDefinition>,
}

impl Assumptions {
    /// Takes a user's own camp (instead of one given before) into the list where it belongs.
    pub fn take_own_camp(&mut self, camp: CampDefinition) {
        for list in [&mut self.camps, &mut self.stress_camps] {
            list.retain(|name| *name != CampName::U);
        }
        if camp.stress {
            self.stress_camps.push(CampName::U);
        } else {
            self.camps.push(CampName::U);
        }
        self.own_camp = Some(camp);
    }
}

/// How draws are given to the camps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocation {
    /// Every camp gets all of them.
    EachCamp,
    /// The camps share them by their weights: draws over the mixture.
    ByWeight,
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
    /// A user's own.
    U,
}

impl CampName {
    /// All camps in output order.
    pub const ALL: [Self; 5] = [Self::S, Self::C, Self::F, Self::X, Self::U];

    /// The letter used in files and tables.
    pub fn letter(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::C => "C",
            Self::F => "F",
            Self::X => "X",
            Self::U => "U",
        }
    }
}
