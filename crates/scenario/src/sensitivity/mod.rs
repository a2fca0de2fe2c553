//! Sensitivity: one output, every parameter moved across its range while all others stay central, and where a conclusion turns.
//!
//! ```text
//! at_low, at_high   the output with one parameter at the ends of its range
//! swing             at_high - at_low
//! turns at          the value of the parameter nearest to its central one at which the answer to "output > threshold?" changes
//! ```
//!
//! The range is the cited one where the prior is uniform over it, and the prior's 5% to 95% where the prior has tails (lognormal): the column
//! `range_kind` says which. Whole-number parameters take every whole number of their range. With a second scenario the output is
//! the difference to it, both with the same parameters, so "announced below silent" is a difference below 0. Camps are shown one by one: that
//! they disagree is an answer too. Parameters that are held fixed are listed with their ranges, not moved.
//!
//! One parameter at a time says nothing about joint moves; the bands of a run do.

mod turning;

use rayon::prelude::*;

use brandish_data::Snapshot;

use crate::baseline::Baseline;
use crate::error::ScenarioError;
use crate::file::{CampName, Scenario};
use crate::markets::MarketStudy;
use crate::orders::{Orders, orders};
use crate::outputs::{Output, OutputFacts, picks};
use crate::parameters::{Distribution, ParameterBook, Prior};
use crate::run::draws::CampWork;
use crate::run::named_sellers;
use crate::run::plan::{self, RunFacts};
use crate::settings::Settings;
use crate::sweep::{camp_work, market, market_parts};
use turning::{Search, turning};

/// A stream that no parameter has: everything stays central.
const NO_STREAM: u64 = u64::MAX;
/// Probabilities at the ends of a prior with tails.
const TAILS: (f64, f64) = (0.05, 0.95);

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The output.
    pub output: Output,
    /// Look at the difference to this scenario instead.
    pub against: Option<&'a Scenario>,
    /// Only this camp.
    pub camp: Option<CampName>,
    /// What the output is compared with, to say where the answer changes.
    pub threshold: Option<f64>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Camp by camp, in the scenario's order.
    pub camps: Vec<CampSensitivity>,
    /// Parameters that are held fixed.
    pub held: Vec<HeldParameter>,
}

/// The answer of one camp.
#[derive(Debug, Clone, PartialEq)]
pub struct CampSensitivity {
    /// The camp.
    pub camp: CampName,
    /// Its name.
    pub name: String,
    /// Outside headlines.
    pub stress: bool,
    /// The output at central parameters.
    pub central: f64,
    /// Every parameter, the one that moves it most first.
    pub moves: Vec<Move>,
}

/// One parameter moved across its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Name in the parameter file.
    pub parameter: String,
    /// Unit.
    pub unit: String,
    /// Range as the file states it.
    pub range: String,
    /// Source as the file states it.
    pub source: String,
    /// What the ends are.
    pub range_kind: &'static str,
    /// Value at the low end.
    pub low: f64,
    /// Central value.
    pub central: f64,
    /// Value at the high end.
    pub high: f64,
    /// The output there, or why the market finds no price.
    pub at_low: Result<f64, String>,
    /// The output there, or why the market finds no price.
    pub at_high: Result<f64, String>,
    /// Where the conclusion turns.
    pub turn: Turn,
}

impl Move {
    /// Output at the high end less output at the low end.
    #[must_use]
    pub fn swing(&self) -> Option<f64> {
        match (&self.at_low, &self.at_high) {
            (Ok(low), Ok(high)) => Some(high - low),
            _ => None,
        }
    }
}

/// Where a conclusion turns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Turn {
    /// Nobody asked.
    NotAsked,
    /// At this value of the parameter.
    At(f64),
    /// No value within the range does it.
    Never,
}

/// A parameter that is held fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldParameter {
    /// Name in the parameter file.
    pub parameter: String,
    /// Its value.
    pub value: f64,
    /// Unit.
    pub unit: String,
    /// Range as the file states it.
    pub range: String,
    /// Source as the file states it.
    pub source: String,
}

/// One scenario in the market of its day.
struct Side {
    book: ParameterBook,
    baseline: Baseline,
    built: Orders,
    facts: RunFacts,
}

impl Side {
    fn new(scenario: &Scenario, snapshot: &Snapshot) -> Result<Self, ScenarioError> {
        let (book, baseline) = market(scenario, snapshot)?;
        let built = orders(scenario, &baseline, Settings::Product)?;
        let study = MarketStudy::on(snapshot, scenario.as_of, &book)?;
        let named = named_sellers(scenario, &baseline)?;
        let facts = plan::facts(
            scenario,
            &baseline,
            &built,
            &named,
            (&book, &study, Settings::Product),
        )?;
        Ok(Self {
            book,
            baseline,
            built,
            facts,
        })
    }

    fn outputs<'a>(
        &'a self,
        scenario: &Scenario,
        outputs: &'a [Output],
    ) -> Result<OutputFacts<'a>, ScenarioError> {
        let parts = market_parts(&self.baseline, &self.book);
        let work = camp_work(scenario, parts, &self.built, &self.facts)?;
        let first = work
            .first()
            .ok_or_else(|| ScenarioError::Study("the scenario has no camp".to_owned()))?;
        let picks = picks(&first.central()?.keys, outputs)?;
        Ok(OutputFacts::new(&self.facts, outputs, picks))
    }
}

/// Moves every parameter.
///
/// # Errors
/// A scenario that cannot be run, an output it does not have, a camp it does not have.
pub fn sensitivity(
    scenario: &Scenario,
    question: &Question<'_>,
    snapshot: &Snapshot,
) -> Result<Sensitivity, ScenarioError> {
    let outputs = [question.output.clone()];
    let side = Side::new(scenario, snapshot)?;
    let read = side.outputs(scenario, &outputs)?;
    let work = camp_work(
        scenario,
        market_parts(&side.baseline, &side.book),
        &side.built,
        &read,
    )?;
    // the other scenario is looked at with the camps of the first
    let other = match question.against {
        None => None,
        Some(against) => {
            let mut against = against.clone();
            against.assumptions = scenario.assumptions.clone();
            Some((Side::new(&against, snapshot)?, against))
        }
    };
    let other_read = match &other {
        None => None,
        Some((side, against)) => Some(side.outputs(against, &outputs)?),
    };
    let other_work = match (&other, &other_read) {
        (Some((side, against)), Some(read)) => Some(camp_work(
            against,
            market_parts(&side.baseline, &side.book),
            &side.built,
            read,
        )?),
        _ => None,
    };
    let mut camps = Vec::new();
    for (place, camp) in work.iter().enumerate() {
        let name = camp.parameters.camp_name;
        if question.camp.is_some_and(|asked| asked != name) {
            continue;
        }
        let pair = Pair {
            camp,
            other: other_work.as_ref().and_then(|other| other.get(place)),
        };
        camps.push(of_camp(&pair, &side, scenario, question.threshold)?);
    }
    if let (true, Some(camp)) = (camps.is_empty(), question.camp) {
        return Err(ScenarioError::Study(format!(
            "the scenario has no camp {}; its camps are {}",
            camp.letter(),
            work.iter()
                .map(|camp| camp.parameters.camp_name.letter())
                .collect::<Vec<_>>()
                .join(", ")
        )));
    }
    let held = priors(&side.book)
        .filter(|prior| prior.distribution == Distribution::Fixed)
        .map(|prior| HeldParameter {
            parameter: prior.name.clone(),
            value: prior.central,
            unit: prior.unit.clone(),
            range: prior.range.clone(),
            source: prior.source.clone(),
        })
        .collect();
    Ok(Sensitivity { camps, held })
}

fn priors(book: &ParameterBook) -> impl Iterator<Item = &Prior> {
    book.priors.all().iter().chain(book.usdjpy.all())
}

/// A camp in one scenario, and in the one it is compared with.
struct Pair<'a> {
    camp: &'a CampWork<'a, OutputFacts<'a>>,
    other: Option<&'a CampWork<'a, OutputFacts<'a>>>,
}

impl Pair<'_> {
    fn central(&self) -> Result<f64, ScenarioError> {
        self.of(&|camp| only(&camp.central()?.central))
    }

    fn at(&self, stream: u64, p: f64) -> Result<f64, ScenarioError> {
        self.of(&|camp| only(&camp.point(&mut None, (stream, p))?))
    }

    fn of(
        &self,
        value: &dyn Fn(&CampWork<'_, OutputFacts<'_>>) -> Result<f64, ScenarioError>,
    ) -> Result<f64, ScenarioError> {
        let own = value(self.camp)?;
        match self.other {
            None => Ok(own),
            Some(other) => Ok(own - value(other)?),
        }
    }
}

fn only(values: &[f64]) -> Result<f64, ScenarioError> {
    match values {
        [value] if value.is_finite() => Ok(*value),
        _ => Err(ScenarioError::Study(
            "the output has no finite value at these parameters".to_owned(),
        )),
    }
}

fn of_camp(
    pair: &Pair<'_>,
    side: &Side,
    scenario: &Scenario,
    threshold: Option<f64>,
) -> Result<CampSensitivity, ScenarioError> {
    let definition = pair.camp.parameters.camp;
    let central = pair.central()?;
    let above = match threshold {
        None => None,
        Some(threshold) => Some(pair.at(NO_STREAM, 0.5)? > threshold),
    };
    let moved: Vec<&Prior> = priors(&side.book)
        .filter(|prior| prior.distribution != Distribution::Fixed)
        .collect();
    let mut moves: Vec<Move> = moved
        .into_par_iter()
        .map(|prior| one(pair, prior, threshold.zip(above)))
        .collect::<Result<_, ScenarioError>>()?;
    let size = |found: &Move| found.swing().map_or(f64::INFINITY, f64::abs);
    moves.sort_by(|left, right| {
        size(right)
            .total_cmp(&size(left))
            .then_with(|| left.parameter.cmp(&right.parameter))
    });
    let camp = pair.camp.parameters.camp_name;
    Ok(CampSensitivity {
        camp,
        name: definition.name.clone(),
        stress: scenario.assumptions.stress_camps.contains(&camp),
        central,
        moves,
    })
}

fn one(
    pair: &Pair<'_>,
    prior: &Prior,
    conclusion: Option<(f64, bool)>,
) -> Result<Move, ScenarioError> {
    let parameters = &pair.camp.parameters;
    // as in a run: some central values are the camp's or the day's, not the file's
    let central = match prior.name.as_str() {
        "risk_price" => parameters.camp.risk_price_central,
        "utilization_at_rest" => parameters.economy.utilization_at_rest,
        _ => prior.central,
    };
    let (range_kind, ends) = match prior.distribution {
        Distribution::Lognormal => ("5% to 95% of the prior", TAILS),
        _ => ("cited range", (0.0, 1.0)),
    };
    let at = |p: f64| pair.at(prior.stream, p);
    let said = |value: Result<f64, ScenarioError>| match value {
        Ok(value) => Ok(Ok(value)),
        Err(error @ ScenarioError::Clearing { .. }) => Ok(Err(error.to_string())),
        Err(other) => Err(other),
    };
    let (at_low, at_high) = (said(at(ends.0))?, said(at(ends.1))?);
    let turn = match conclusion {
        None => Turn::NotAsked,
        Some((threshold, above)) => {
            let search = Search {
                prior,
                central,
                ends,
                differs: &|p| Ok((at(p)? > threshold) != above),
            };
            turning(&search)?
        }
    };
    Ok(Move {
        parameter: prior.name.clone(),
        unit: prior.unit.clone(),
        range: prior.range.clone(),
        source: prior.source.clone(),
        range_kind,
        low: prior.at(central, ends.0)?,
        central,
        high: prior.at(central, ends.1)?,
        at_low,
        at_high,
        turn,
    })
}

#[cfg(test)]
mod tests;
