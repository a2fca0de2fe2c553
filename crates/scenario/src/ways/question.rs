//! Whose sale it is, and the same sale made in another way.
//!
//! The seller is the first who sells anything in the scenario; all his sales together are the amount. Another way replaces them by one
//! even sale of that amount from the same first day, with a pace, a mix and a disclosure of its own; other sellers, words, the
//! Fed, the Treasury and dealers stay as the scenario has them. A way is a scenario again, so it is checked and cleared by the same
//! code as any run: the scenario's own way gives the run's own numbers.

use brandish_units::Usd;

use crate::branches::Disclosure;
use crate::error::ScenarioError;
use crate::file::{HolderName, Known, Mix, Probability, Proceeds, Profile, Sale, Scenario};

/// The rules that say which maturities go.
pub const MIX_RULES: [MixRule; 5] = [
    MixRule::BillsFirst,
    MixRule::ShortestFirst,
    MixRule::ProRata,
    MixRule::MostLiquidFirst,
    MixRule::SurveyOfficial,
];

/// A rule for the maturities that are sold, by the name it has in scenario files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MixRule {
    /// Bills while there are any, then the survey's maturities.
    BillsFirst,
    /// Nearest maturity first.
    ShortestFirst,
    /// As the seller's holdings are spread.
    ProRata,
    /// Bills, then one to ten years, then the rest.
    MostLiquidFirst,
    /// As all foreign officials' long-term holdings are spread.
    SurveyOfficial,
}

impl MixRule {
    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BillsFirst => "bills-first",
            Self::ShortestFirst => "shortest-first",
            Self::ProRata => "pro-rata",
            Self::MostLiquidFirst => "most-liquid-first",
            Self::SurveyOfficial => "survey-official",
        }
    }

    const fn mix(self) -> Mix {
        match self {
            Self::BillsFirst => Mix::BillsFirst,
            Self::ShortestFirst => Mix::ShortestFirst,
            Self::ProRata => Mix::ProRata,
            Self::MostLiquidFirst => Mix::MostLiquidFirst,
            Self::SurveyOfficial => Mix::SurveyOfficial,
        }
    }
}

/// One way of selling the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Business days, the same amount on each.
    pub days: u32,
    /// Which maturities go.
    pub mix: MixRule,
    /// What the market is told.
    pub disclosure: Disclosure,
}

/// The seller's question: his amount, and the scenario around it.
#[derive(Debug, Clone)]
pub(super) struct Question<'a> {
    pub scenario: &'a Scenario,
    pub seller: HolderName,
    pub amount: Usd,
    pub start_day: u32,
    first: &'a Sale,
    /// The seller sells once, in equal parts, as planned: his way is one of the grid's kind.
    plain: bool,
}

impl<'a> Question<'a> {
    pub fn of(scenario: &'a Scenario) -> Result<Self, ScenarioError> {
        let first = scenario
            .sales
            .iter()
            .find(|sale| sale.amount.bn() > 0.0)
            .ok_or_else(|| ScenarioError::NoSale {
                scenario: scenario.name.as_str().to_owned(),
            })?;
        let own: Vec<&Sale> = scenario
            .sales
            .iter()
            .filter(|sale| is_of(sale, &first.seller))
            .collect();
        Ok(Self {
            scenario,
            seller: first.seller.clone(),
            amount: Usd::from_bn(own.iter().map(|sale| sale.executed().bn()).sum()),
            start_day: own
                .iter()
                .map(|sale| sale.start_day)
                .min()
                .unwrap_or(first.start_day),
            plain: own.len() == 1 && first.profile == Profile::Even && first.departure.is_none(),
            first,
        })
    }

    /// Slowest pace that the horizon holds.
    pub fn slowest(&self) -> u32 {
        self.scenario.horizon_days.saturating_sub(self.start_day) + 1
    }

    /// Last business day of the scenario's own sale.
    pub fn own_end(&self) -> u32 {
        self.sales().map(Sale::end_day).max().unwrap_or(1)
    }

    /// The seller's sales as written.
    pub fn sales(&self) -> impl Iterator<Item = &Sale> {
        self.scenario
            .sales
            .iter()
            .filter(|sale| is_of(sale, &self.seller))
    }

    /// What the market is told of the first of them.
    pub const fn own_disclosure(&self) -> Disclosure {
        match self.first.known {
            Known::Silent => Disclosure::Quiet,
            Known::Announced { .. } => Disclosure::Declared,
        }
    }

    /// Pace of the scenario's own sale, if it is one even sale.
    pub fn own_pace(&self) -> Option<u32> {
        self.plain.then_some(self.first.days)
    }

    /// Whether a way is the scenario's own.
    pub fn is_own(&self, way: &Way) -> bool {
        self.plain
            && way.days == self.first.days
            && way.mix.mix() == self.first.mix
            && way.disclosure == self.own_disclosure()
    }

    /// The scenario with the amount sold in another way.
    pub fn otherwise(&self, way: &Way) -> Scenario {
        let sale = Sale {
            mix: way.mix.mix(),
            known: self.known(way.disclosure),
            ..self.even(self.amount, way.days)
        };
        self.with(Some(sale))
    }

    /// The scenario with the amount sold at another pace, mix and disclosure as in its first sale.
    pub fn at_pace(&self, days: u32) -> Scenario {
        self.with(Some(self.even(self.amount, days)))
    }

    /// The scenario's own way with a part of the amount.
    pub fn with_part(&self, part: f64) -> Scenario {
        let mut scenario = self.scenario.clone();
        for sale in &mut scenario.sales {
            if is_of(sale, &self.seller) {
                sale.amount = sale.amount * part;
            }
        }
        scenario
    }

    /// The scenario without the seller's sales.
    pub fn without(&self) -> Scenario {
        self.with(None)
    }

    /// The scenario's own way with other proceeds.
    pub fn with_proceeds(&self, proceeds: Proceeds) -> Scenario {
        Scenario {
            proceeds,
            ..self.scenario.clone()
        }
    }

    fn even(&self, amount: Usd, days: u32) -> Sale {
        Sale {
            amount,
            days,
            start_day: self.start_day,
            profile: Profile::Even,
            departure: None,
            ..self.first.clone()
        }
    }

    fn known(&self, disclosure: Disclosure) -> Known {
        match (disclosure, self.first.known) {
            (Disclosure::Quiet, _) => Known::Silent,
            (Disclosure::Declared, announced @ Known::Announced { .. }) => announced,
            (Disclosure::Declared, Known::Silent) => Known::Announced {
                day: self.start_day.saturating_sub(1),
                credibility: Probability::CERTAIN,
            },
        }
    }

    /// The scenario with one sale, or none, in the place of the seller's first.
    fn with(&self, mut sale: Option<Sale>) -> Scenario {
        let mut scenario = self.scenario.clone();
        scenario.sales = self
            .scenario
            .sales
            .iter()
            .filter_map(|other| {
                if is_of(other, &self.seller) {
                    sale.take()
                } else {
                    Some(other.clone())
                }
            })
            .collect();
        scenario
    }
}

fn is_of(sale: &Sale, seller: &HolderName) -> bool {
    sale.amount.bn() > 0.0 && sale.seller == *seller
}
