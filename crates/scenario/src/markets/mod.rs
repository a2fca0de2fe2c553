//! Other markets as of a day: what past episodes say of them, what mortgage rates pass through, what interventions did to the yen.
//!
//! Responses are estimated from the snapshot's event windows each time, from days up to the as-of date alone: a scenario never sees its own
//! horizon, and how many days the whole record holds is shown beside the days that were used. Which kind of day a day is follows from
//! rules in [`brandish_effects::markets`]; what an estimate must show stands in `parameters/markets.toml`. A market whose data are missing says so.

mod days;
mod interventions;
mod parameters;
#[cfg(test)]
mod tests;

use brandish_data::{DataError, Snapshot};
use brandish_effects::markets::estimate;
pub use brandish_effects::markets::{
    EpisodeUse, Estimate, EstimateRules, Finding, Market, MarketFit, MarketResponse, Regime,
};
use brandish_units::Date;

pub use interventions::{AFTER_DAYS, InterventionWindow};
pub use parameters::{MarketParameters, MortgageWindow};

use crate::error::ScenarioError;
use crate::outcome::SourceUse;
use crate::parameters::ParameterBook;

/// Tables that the study reads.
const TABLES: [&str; 7] = [
    "episode_moves",
    "episodes",
    "fx_ecb",
    "fx_h10",
    "japan_interventions",
    "par_yields",
    "term_premium_acm",
];

/// What is known of other markets on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketStudy {
    /// The day.
    pub as_of: Date,
    /// What an estimate must show.
    pub rules: EstimateRules,
    /// Every market on every kind of day.
    pub markets: Vec<StudiedMarket>,
    /// Pass-through to mortgage rates, if a window had ended.
    pub mortgage: Option<MortgageWindow>,
    /// Interventions of 2022 and later that were known, with the yen after them.
    pub interventions: Vec<InterventionWindow>,
    /// What the engine's central elasticity gives for $10bn sold for yen at once, percent.
    pub engine_per_ten_usd_bn_pct: f64,
}

/// One market on days of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct StudiedMarket {
    /// What the days up to the as-of date say.
    pub estimate: Estimate,
    /// Days of that kind in the whole record, later ones included.
    pub days_in_record: usize,
}

impl MarketStudy {
    /// What is known on a day.
    ///
    /// # Errors
    /// If a table of the snapshot is damaged; one that is missing makes its markets `not available`.
    pub fn on(
        snapshot: &Snapshot,
        as_of: Date,
        book: &ParameterBook,
    ) -> Result<MarketStudy, ScenarioError> {
        let parameters = &book.markets;
        let known = snapshot.known_on(as_of);
        let elasticity = book.usdjpy.get("usdjpy_elasticity")?.central;
        let markets = match days::record(snapshot, as_of, parameters) {
            Ok(record) => study(&record, parameters.rules)?,
            Err(ScenarioError::Data(missing @ DataError::MissingTable { .. })) => {
                absent(&missing.to_string())
            }
            Err(error) => return Err(error),
        };
        Ok(MarketStudy {
            as_of,
            rules: parameters.rules,
            markets,
            mortgage: parameters.mortgage_on(as_of).cloned(),
            interventions: interventions::windows(&known, elasticity)?,
            engine_per_ten_usd_bn_pct: -elasticity * interventions::PER_USD_BN,
        })
    }

    /// The estimate in which a sale of Treasuries is read.
    #[must_use]
    pub fn reading(&self, market: Market) -> Option<&StudiedMarket> {
        self.of(market, market.reading())
    }

    /// A market on days of a kind.
    #[must_use]
    pub fn of(&self, market: Market, regime: Regime) -> Option<&StudiedMarket> {
        self.markets
            .iter()
            .find(|found| found.estimate.market == market && found.estimate.regime == regime)
    }

    /// The day on which everything that the study reads was out.
    ///
    /// # Errors
    /// If the snapshot cannot be read.
    pub fn last_day(snapshot: &Snapshot) -> Result<Date, ScenarioError> {
        let known = snapshot.in_hindsight();
        let moves = known.market_moves()?.into_iter().map(|row| row.date);
        let bought = known
            .interventions(Date::MIN, Date::MAX)?
            .into_iter()
            .map(|one| one.provenance.release.date);
        moves.chain(bought).max().ok_or_else(|| {
            ScenarioError::Data(DataError::NothingPublished {
                series: "daily changes of other markets".to_owned(),
                as_of: known.as_of(),
                first: "never".to_owned(),
            })
        })
    }

    /// The tables of the snapshot behind it, those that are there.
    ///
    /// # Errors
    /// If a table's description cannot be read.
    pub fn sources(snapshot: &Snapshot) -> Result<Vec<SourceUse>, ScenarioError> {
        let mut found = Vec::new();
        for name in TABLES {
            match snapshot.metadata(name) {
                Ok(metadata) => found.push(SourceUse::of(name, metadata)),
                Err(DataError::MissingTable { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(found)
    }
}

fn study(record: &days::Record, rules: EstimateRules) -> Result<Vec<StudiedMarket>, ScenarioError> {
    let mut markets = Vec::new();
    for market in Market::ALL {
        for regime in Regime::ALL {
            let days_in_record = record
                .all
                .iter()
                .filter(|day| regime.has(day) && day.changes[market as usize].is_some())
                .count();
            let mut estimate = estimate(market, regime, &record.known, rules)?;
            if record
                .all
                .iter()
                .all(|day| day.changes[market as usize].is_none())
            {
                estimate.finding = Finding::NotAvailable {
                    reason: "the snapshot holds no such series".to_owned(),
                };
            }
            markets.push(StudiedMarket {
                estimate,
                days_in_record,
            });
        }
    }
    Ok(markets)
}

/// Every market without data.
fn absent(reason: &str) -> Vec<StudiedMarket> {
    Market::ALL
        .into_iter()
        .flat_map(|market| Regime::ALL.into_iter().map(move |regime| (market, regime)))
        .map(|(market, regime)| StudiedMarket {
            estimate: Estimate {
                market,
                regime,
                finding: Finding::NotAvailable {
                    reason: reason.to_owned(),
                },
            },
            days_in_record: 0,
        })
        .collect()
}
