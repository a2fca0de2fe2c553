//! The outcome of a run: the long table and everything a reader needs to judge it.
//!
//! Numbers live in the table, once. Beside it: which camps ran with how many draws, the days, the baseline's curve,
//! who sold and what bounds him, numbered warnings, assumptions with their sources, and what happened afterwards
//! where the snapshot knows it. Nothing here is computed from the table.

use brandish_data::Metadata;
use brandish_units::{Date, JpyPerUsd, Tenor, Usd};

use crate::days::Days;
use crate::file::{Allocation, CampName, Scenario};
use crate::happened::Happened;
use crate::markets::MarketStudy;
use crate::settings::Settings;
use crate::table::LongTable;
use crate::taxpayer::Words;

/// What a run gives.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The checked scenario, with the overrides of the command line.
    pub scenario: Scenario,
    /// Settings of the engine.
    pub settings: Settings,
    /// All facts.
    pub table: LongTable,
    /// Camps in the order of the tables: headline camps first.
    pub camps: Vec<CampSummary>,
    /// The other way of trading the same orders that `yield_change_other_mode` holds: `announced` or `silent`.
    pub other_mode: Option<&'static str>,
    /// Days of the run.
    pub days: Days,
    /// Par yields of the as-of day, percent, where published.
    pub baseline_par_pct: Vec<(Tenor, f64)>,
    /// Who sells, buys or speaks.
    pub sellers: Vec<SellerSummary>,
    /// USDJPY used for accounts in yen, and its day.
    pub usdjpy: Option<(JpyPerUsd, Date)>,
    /// Labels of the quarters of the issuer's year.
    pub interest_periods: Vec<String>,
    /// What must be said with the taxpayer's bill.
    pub taxpayer: Words,
    /// Numbered warnings.
    pub warnings: Vec<Warning>,
    /// Parameters and judgements with their sources.
    pub assumptions: Vec<Assumption>,
    /// What past episodes say of other markets, as known on the as-of date.
    pub markets: MarketStudy,
    /// What was published after the as-of date.
    pub happened: Option<Happened>,
    /// Sources of the snapshot that the run read.
    pub sources: Vec<SourceUse>,
    /// True if the run was stopped before all draws were finished.
    pub interrupted: bool,
}

/// Share of failed draws above which a run does not count as one.
pub const MOST_FAILED_SHARE: f64 = 0.01;

impl Outcome {
    /// Draws that were made, in the count of the scenario's `draws`: of the camp with the fewest, or of all camps together where
    /// they share them.
    #[must_use]
    pub fn draws_finished(&self) -> usize {
        let made = self.camps.iter().map(|camp| camp.draws + camp.failed);
        match self.scenario.assumptions.allocation {
            Allocation::EachCamp => made.min().unwrap_or(0),
            Allocation::ByWeight => made.sum(),
        }
    }

    /// The camps in which more than [`MOST_FAILED_SHARE`] of the draws failed.
    pub fn failing_camps(&self) -> impl Iterator<Item = &CampSummary> {
        self.camps.iter().filter(|camp| {
            camp.failed as f64 > MOST_FAILED_SHARE * (camp.draws + camp.failed) as f64
        })
    }
}

/// One camp of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct CampSummary {
    /// The letter.
    pub camp: CampName,
    /// Short name.
    pub name: String,
    /// What it believes.
    pub sentence: String,
    /// Kept outside headlines.
    pub stress: bool,
    /// Weight in the stated mixture.
    pub weight: f64,
    /// Draws that finished.
    pub draws: usize,
    /// Draws that failed.
    pub failed: usize,
    /// What the first failure said.
    pub first_failure: Option<String>,
}

/// A seller (or buyer, or speaker) of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct SellerSummary {
    /// Name in the scenario.
    pub name: String,
    /// Name in sentences.
    pub title: String,
    /// What he holds, market value.
    pub total: Usd,
    /// The most the state can sell.
    pub official_bound: Usd,
    /// Where the bound comes from.
    pub official_bound_source: String,
    /// What the scenario sells for him; negative for purchases; zero for words alone.
    pub amount: Usd,
    /// What the words are about, if he only speaks.
    pub threatened: Usd,
}

/// A numbered warning that a user can look up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// e.g. `BR012`.
    pub code: &'static str,
    /// One or two sentences.
    pub text: String,
}

/// A parameter or judgement with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// Name.
    pub name: String,
    /// Value as text.
    pub value: String,
    /// Unit.
    pub unit: String,
    /// Range.
    pub range: String,
    /// Source, or the word judgement.
    pub source: String,
}

/// A source of the snapshot that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceUse {
    /// Folder name in the snapshot.
    pub id: String,
    /// Publisher.
    pub publisher: String,
    /// Series.
    pub series: String,
    /// Official address.
    pub url: String,
    /// Vintage of the copy.
    pub vintage: String,
    /// Quality.
    pub quality: String,
    /// Licence or terms.
    pub licence: String,
    /// SHA-256 of the data.
    pub sha256: String,
}

impl SourceUse {
    pub(crate) fn of(name: &str, metadata: &Metadata) -> SourceUse {
        SourceUse {
            id: name.to_owned(),
            publisher: metadata.publisher.clone(),
            series: metadata.series.clone(),
            url: metadata.url.clone(),
            vintage: metadata.vintage.clone(),
            quality: metadata.quality.clone(),
            licence: metadata.license.clone(),
            sha256: metadata.sha256.clone(),
        }
    }
}
