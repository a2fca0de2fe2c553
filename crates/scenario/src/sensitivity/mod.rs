//! Sensitivity: one output, every parameter moved across its range while all others stay central, and where a conclusion turns.
//!
//! ```text
//! at_low, at_high   the output with one parameter at the ends of its range
//! swing             at_high - at_low
//! turns at          the value of the parameter nearest to its central one at which the answer to "output > threshold?" changes
//! ```
//!
//! The range is the cited one where the prior is uniform over it, and the prior's 5% to 95% where the prior has tails (lognormal): the column
//! `range_kind` says which. Whole-number parameters take every whole number of their range. A parameter that draws hold fixed is moved across its
//! cited range too, the market of the day put together again; an estimated response of another market from 5% to 95% of its estimate. With a
//! second scenario the output is the difference to it, both with the same parameters, so "announced below silent" is a difference below 0.
//! Camps are shown one by one: that they disagree is an answer too. What has no range in numbers is listed with the reason.
//!
//! One parameter at a time says nothing about joint moves; the bands of a run do.

mod held;
mod moving;
mod turning;

use rayon::prelude::*;

use brandish_data::Snapshot;

use crate::bands::FactKey;
use crate::baseline::Baseline;
use crate::error::ScenarioError;
use crate::file::{CampName, Scenario};
use crate::markets::MarketStudy;
use crate::orders::{Orders, orders};
use crate::outputs::{Asked, Output, OutputFacts, picks};
use crate::parameters::{ParameterBook, Prior};
use crate::run::draws::{CampWork, ReadFacts};
use crate::run::named_sellers;
use crate::run::plan::{self, RunFacts};
use crate::settings::Settings;
use crate::sweep::{camp_work, market, market_parts};
use crate::taxpayer::Rules;
use held::HeldValues;
use moving::Moving;
use turning::{Search, turning};

/// A stream that no parameter has: everything stays central.
const NO_STREAM: u64 = u64::MAX;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The output, as written.
    pub output: Asked,
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
    /// The output.
    pub output: Output,
    /// Camp by camp, in the scenario's order.
    pub camps: Vec<CampSensitivity>,
    /// Parameters that are held fixed and not moved.
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

    /// Between the largest and the smallest of the output at both ends and at the center: how far the parameter moves it, also where both
    /// ends lie on one side.
    #[must_use]
    pub fn spread(&self, central: f64) -> Option<f64> {
        match (&self.at_low, &self.at_high) {
            (Ok(low), Ok(high)) => Some(low.max(*high).max(central) - low.min(*high).min(central)),
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

/// A parameter that is held fixed and has no range in numbers.
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
    /// Why it is not moved.
    pub reason: String,
}

/// One scenario in the market of its day.
struct Side {
    book: ParameterBook,
    baseline: Baseline,
    built: Orders,
    facts: RunFacts,
    /// How many camps it is run with.
    camps: usize,
}

/// What is moved, in the scenario and in the one it is compared with.
struct Study<'a> {
    snapshot: &'a Snapshot,
    scenario: &'a Scenario,
    own: (&'a Side, &'a OutputFacts<'a>),
    other: Option<(&'a Scenario, (&'a Side, &'a OutputFacts<'a>))>,
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
        let assumptions = &scenario.assumptions;
        Ok(Self {
            book,
            baseline,
            built,
            facts,
            camps: assumptions.camps.len() + assumptions.stress_camps.len(),
        })
    }

    /// The facts of a path and their names.
    fn keys(&self, scenario: &Scenario) -> Result<Vec<FactKey>, ScenarioError> {
        let work = self.work(scenario, &self.facts)?;
        let first = work
            .first()
            .ok_or_else(|| ScenarioError::Study("the scenario has no camp".to_owned()))?;
        Ok(first.central()?.keys)
    }

    fn work<'a, R: ReadFacts>(
        &'a self,
        scenario: &Scenario,
        facts: &'a R,
    ) -> Result<Vec<CampWork<'a, R>>, ScenarioError> {
        let parts = market_parts(&self.baseline, &self.book);
        camp_work(scenario, parts, &self.built, facts)
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
    let side = Side::new(scenario, snapshot)?;
    let keys = side.keys(scenario)?;
    let outputs = [question.output.find(&keys)?];
    let read = OutputFacts::new(&side.facts, &outputs, picks(&keys, &outputs)?);
    let work = side.work(scenario, &read)?;
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
        Some((side, against)) => {
            let picks = picks(&side.keys(against)?, &outputs)?;
            Some(OutputFacts::new(&side.facts, &outputs, picks))
        }
    };
    let other_work = match (&other, &other_read) {
        (Some((side, against)), Some(read)) => Some(side.work(against, read)?),
        _ => None,
    };
    let study = Study {
        snapshot,
        scenario,
        own: (&side, &read),
        other: other
            .as_ref()
            .zip(other_read.as_ref())
            .map(|((side, against), read)| (against, (side, read))),
    };
    let responses = side.facts.responses();
    let moving: Vec<(Moving<'_>, Option<HeldValues<'_>>)> = priors(&side.book)
        .filter_map(Moving::of)
        .chain(responses.iter().map(Moving::Response))
        .map(|moving| {
            let held = matches!(moving, Moving::Held { .. });
            (moving, held.then(|| HeldValues::new(&study, moving.name())))
        })
        .collect();
    let mut camps = Vec::new();
    for (place, camp) in work.iter().enumerate() {
        let name = camp.parameters.camp_name;
        if question.camp.is_some_and(|asked| asked != name) {
            continue;
        }
        let pair = Pair {
            place,
            camp,
            other: other_work.as_ref().and_then(|other| other.get(place)),
        };
        camps.push(of_camp(&pair, &moving, scenario, question.threshold)?);
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
        .filter(|prior| Moving::of(prior).is_none())
        .map(|prior| HeldParameter {
            parameter: prior.name.clone(),
            value: prior.central,
            unit: prior.unit.clone(),
            range: prior.range.clone(),
            source: prior.source.clone(),
            reason: "its range is not given in numbers".to_owned(),
        })
        .chain(std::iter::once(after_horizon()?))
        .collect();
    let [output] = outputs.clone();
    Ok(Sensitivity {
        output,
        camps,
        held,
    })
}

/// The half-life of yields after a run's last day: of its own file, and read where the taxpayer's schedule is made.
fn after_horizon() -> Result<HeldParameter, ScenarioError> {
    let rule = Rules::shipped()?.after_horizon;
    Ok(HeldParameter {
        parameter: "yield_half_life_after_horizon".to_owned(),
        value: rule.half_life_days,
        unit: rule.unit,
        range: rule.range,
        source: rule.source,
        reason: "the taxpayer's schedule is made with it once for all paths; it moves measures `fiscal_interest_*` alone".to_owned(),
    })
}

fn priors(book: &ParameterBook) -> impl Iterator<Item = &Prior> {
    book.priors.all().iter().chain(book.usdjpy.all())
}

/// A camp in one scenario, and in the one it is compared with.
struct Pair<'a> {
    place: usize,
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
    moving: &[(Moving<'_>, Option<HeldValues<'_>>)],
    scenario: &Scenario,
    threshold: Option<f64>,
) -> Result<CampSensitivity, ScenarioError> {
    let definition = pair.camp.parameters.camp;
    let central = pair.central()?;
    let above = match threshold {
        None => None,
        Some(threshold) => Some(pair.at(NO_STREAM, 0.5)? > threshold),
    };
    let mut moves: Vec<Move> = moving
        .par_iter()
        .map(|(moving, held)| one(pair, moving, held.as_ref(), threshold.zip(above)))
        .collect::<Result<_, ScenarioError>>()?;
    let size = |found: &Move| found.spread(central).unwrap_or(f64::INFINITY);
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
    moving: &Moving<'_>,
    held: Option<&HeldValues<'_>>,
    conclusion: Option<(f64, bool)>,
) -> Result<Move, ScenarioError> {
    let central = moving.central(&pair.camp.parameters)?;
    let at = |p: f64| -> Result<Result<f64, String>, ScenarioError> {
        let found = match (moving, held) {
            (_, Some(held)) => return held.at(pair.place, moving.value(central, p)?),
            (Moving::Drawn(prior) | Moving::Held { prior, .. }, None) => pair.at(prior.stream, p),
            (Moving::Response(response), None) => pair.at(response.stream, p),
        };
        match found {
            Ok(value) => Ok(Ok(value)),
            Err(error @ ScenarioError::Clearing { .. }) => Ok(Err(error.to_string())),
            Err(other) => Err(other),
        }
    };
    let ends = moving.ends();
    let turn = match conclusion {
        None => Turn::NotAsked,
        Some((threshold, above)) => turning(&Search {
            moving: *moving,
            central,
            differs: &|p| Ok(at(p)?.ok().map(|value| (value > threshold) != above)),
        })?,
    };
    let (unit, range, source) = moving.told();
    Ok(Move {
        parameter: moving.name().to_owned(),
        unit,
        range,
        source,
        range_kind: moving.kind(),
        low: moving.value(central, ends.0)?,
        central,
        high: moving.value(central, ends.1)?,
        at_low: at(ends.0)?,
        at_high: at(ends.1)?,
        turn,
    })
}

#[cfg(test)]
mod tests;
