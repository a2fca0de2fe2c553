//! The seller's choices: how to sell, how slowly, what else would raise the dollars, and what is left afterwards.
//!
//! [`ways`] takes the first seller of a scenario and his amount. It clears the amount at every pace with every mix, declared and quiet
//! (`grid`), under common draws so that differences are paired (`draws`); finds the break-even pace and the cheapest pace (`pace`); sets
//! the Fed's repo facility, maturing bills and deposits beside the sale (`alternatives`); says what each destination of the dollars does to the
//! curve (`proceeds`); and what becomes of his reserves against the IMF's metric (`adequacy`). Everything is the scenario in another form, cleared and accounted
//! like a run: the scenario's own way is the run's own number.
//!
//! Same arguments, same bits, at any number of threads. What is not known (a holder's deposits, the inputs of the metric) says so and why.

mod account;
mod adequacy;
mod alternatives;
mod carry;
mod draws;
mod grid;
mod pace;
mod proceeds;
mod question;

use brandish_data::{Percent, Snapshot};
use brandish_habitat::ClearingPath;
use brandish_units::{Bp, Date, Usd};
use rayon::prelude::*;

pub use adequacy::{Adequacy, AdequacyFile, Reserves, ReservesAfter};
pub use alternatives::{Alternative, AlternativeEffect, AlternativeKind, RunOff};
pub use carry::Rates;
pub use draws::Banded;
pub use grid::{Best, Cell, Objective, Scope, WayCost};
pub use pace::{BreakEven, Cheapest, Pace};
pub use proceeds::{Destination, DestinationEffect, DestinationPeak};
pub use question::{MIX_RULES, MixRule, Way};

use crate::baseline::Baseline;
use crate::branches::Disclosure;
use crate::error::ScenarioError;
use crate::file::{CampName, Scenario};
use crate::outcome::Warning;
use crate::parameters::{Facilities, ParameterBook};
use crate::run::Control;
use crate::settings::Settings;
use account::{Bench, Job};
use alternatives::{Choices, Cleared, Maturing, shares_of};
use draws::{Asked, CampReadings};
use pace::PaceSearch;
use question::Question;

/// Business days over which the amount is sold, where none are given.
pub const USUAL_PACES: [u32; 6] = [5, 10, 21, 63, 126, 252];

/// What is asked beside the scenario.
#[derive(Debug, Clone, Default)]
pub struct WaysSettings {
    /// Paces; empty for the usual ones that fit the horizon and the scenario's own.
    pub paces: Vec<u32>,
    /// Draws per camp; under five only central values are reported.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Rate of the Fed's repo facility instead of the rule.
    pub repo_rate: Option<Percent>,
    /// Inputs of the adequacy metric.
    pub adequacy: Option<AdequacyFile>,
}

/// A camp of the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct WaysCamp {
    /// Which.
    pub camp: CampName,
    /// Its name.
    pub name: String,
    /// Whether it is a stress bound.
    pub stress: bool,
    /// Paths that failed, of all ways and draws.
    pub failed: usize,
    /// Paths of all ways and draws.
    pub paths: usize,
    /// The first failure.
    pub first_failure: Option<String>,
}

/// The scenario's own way.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnWay {
    /// Pace, if it is one even sale.
    pub days: Option<u32>,
    /// Last business day.
    pub end_day: u32,
    /// What the market is told.
    pub disclosure: Disclosure,
    /// Costs by camp.
    pub by_camp: Vec<WayCost>,
    /// Yield of what is sold, percent a year.
    pub yield_pct: Percent,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Ways {
    /// Name of the scenario.
    pub scenario: String,
    /// Its day.
    pub as_of: Date,
    /// Name of the seller in sentences.
    pub seller: String,
    /// What he sells, as-of value.
    pub amount: Usd,
    /// First day of the sale.
    pub start_day: u32,
    /// Business days of the run.
    pub horizon_days: u32,
    /// Camps in order, headline camps first.
    pub camps: Vec<WaysCamp>,
    /// As the scenario has it.
    pub own: OwnWay,
    /// Paces of the grid.
    pub paces: Vec<u32>,
    /// Every pace, mix and disclosure.
    pub cells: Vec<Cell>,
    /// The best of them by camp and objective.
    pub best: Vec<Best>,
    /// Break-even and cheapest paces by camp.
    pub pace: Vec<Pace>,
    /// Rates that the alternatives pay or forgo.
    pub rates: Rates,
    /// What a borrowed dollar costs a year beyond a sold one.
    pub borrowing_spread: Option<Bp>,
    /// Other ways to the same dollars.
    pub alternatives: Vec<Alternative>,
    /// What matures by when.
    pub run_off: Vec<RunOff>,
    /// What the dollars do, by destination and camp.
    pub proceeds: Vec<DestinationEffect>,
    /// Reserves afterwards, or why nothing is known of them.
    pub reserves: Result<Reserves, String>,
    /// Draws asked for, per camp.
    pub draws_asked: u32,
    /// Draws that every camp has finished.
    pub draws_finished: usize,
    /// The seed.
    pub seed: u64,
    /// Stopped before the last draw.
    pub interrupted: bool,
    /// What must be said with the numbers.
    pub warnings: Vec<Warning>,
}

/// Compares the ways of selling.
///
/// # Errors
/// A scenario that sells nothing, a pace that its horizon does not hold, everything that stops a run; `Stopped` if it is interrupted before
/// the central values are there.
pub fn ways(
    scenario: &Scenario,
    snapshot: &Snapshot,
    settings: &WaysSettings,
    control: &Control<'_>,
) -> Result<Ways, ScenarioError> {
    let question = Question::of(scenario)?;
    let paces = paces(&question, &settings.paces)?;
    let book = ParameterBook::shipped()?.with_own(scenario.assumptions.own_camp.as_ref());
    let facilities = Facilities::shipped()?;
    let baseline = Baseline::on_curve(
        snapshot,
        scenario.as_of,
        &book,
        Settings::Product,
        scenario.assumptions.curve.as_ref(),
    )?;
    let bench = Bench::new(&question, &book, &baseline)?;
    let camps: Vec<CampName> = scenario
        .assumptions
        .camps
        .iter()
        .chain(&scenario.assumptions.stress_camps)
        .copied()
        .collect();

    let mut jobs = Jobs::default();
    let own = jobs.place(bench.job(scenario)?);
    let mut cells: Vec<(Way, usize)> = Vec::new();
    for way in all_ways(&paces) {
        cells.push((way, jobs.place(bench.job(&question.otherwise(&way))?)));
    }
    let mut destinations = Vec::new();
    for destination in Destination::ALL {
        if let Some(proceeds) = destination.proceeds() {
            let job = bench.job(&question.with_proceeds(proceeds))?;
            destinations.push((destination, jobs.place(job)));
        }
    }
    let maturing = Maturing::of(&bench);
    let cleared = Cleared::place(&bench, &question, (&facilities, &maturing), own, &mut jobs)?;
    let asked = Asked {
        draws: settings.draws,
        seed: settings.seed,
    };
    let (readings, interrupted) = draws::readings(&bench, &camps, &jobs.list, asked, control)?;

    let known = snapshot.known_on(scenario.as_of);
    let rates = Rates::known(&known, &facilities, settings.repo_rate)?;
    let own_sales = &jobs.list[own].sales_by_day;
    let own_yield = carry::mix_yield_pct(&baseline, &shares_of(own_sales))?;
    let spread = facilities
        .limit_on(scenario.as_of)
        .and(rates.repo)
        .map(|rate| carry::over_yield(rate, own_yield));
    let own_costs: Vec<WayCost> = readings
        .iter()
        .map(|camp| grid::cost(camp, own, own))
        .collect::<Result<_, _>>()?;
    let cells: Vec<Cell> = cells
        .into_iter()
        .map(|(way, job)| {
            let sales = &jobs.list[job].sales_by_day;
            let shares = shares_of(sales);
            let yield_pct = carry::mix_yield_pct(&baseline, &shares)?;
            Ok(Cell {
                way,
                own: question.is_own(&way),
                beyond_inferred: grid::beyond_inferred(sales, &bench.holdings),
                waiting: facilities
                    .limit_on(scenario.as_of)
                    .and(rates.repo)
                    .map(|rate| {
                        let spread = carry::over_yield(rate, yield_pct);
                        carry::waiting(spread, question.amount, way.days)
                    }),
                waiting_risk: carry::waiting_risk(&baseline.market, sales),
                by_camp: readings
                    .iter()
                    .map(|camp| grid::cost(camp, job, own))
                    .collect::<Result<_, ScenarioError>>()?,
            })
        })
        .collect::<Result<_, ScenarioError>>()?;

    let search = PaceSearch {
        bench: &bench,
        question: &question,
        grid: &paces,
        spread,
    };
    let pace: Vec<Pace> = camps
        .par_iter()
        .map(|camp| search.of(*camp))
        .collect::<Result<_, _>>()?;
    let alternatives = Choices {
        bench: &bench,
        question: &question,
        facilities: &facilities,
        rates: &rates,
        known: &known,
        mix_yield_pct: own_yield,
        maturing: &maturing,
        cleared: &cleared,
        readings: &readings,
    }
    .all()?;
    let reserves = reserves(
        &bench,
        &question,
        (&readings, own, &jobs.list[own]),
        &facilities,
        settings.adequacy.as_ref(),
        &known,
    )?;
    Ok(Ways {
        scenario: scenario.name.as_str().to_owned(),
        as_of: scenario.as_of,
        seller: bench.seller.title.clone(),
        amount: question.amount,
        start_day: question.start_day,
        horizon_days: scenario.horizon_days,
        own: OwnWay {
            days: question.own_pace(),
            end_day: question.own_end(),
            disclosure: question.own_disclosure(),
            yield_pct: Percent(own_yield),
            by_camp: own_costs.clone(),
        },
        best: grid::best(&camps, &cells, &own_costs, question.own_pace()),
        paces,
        cells,
        pace,
        borrowing_spread: spread,
        rates,
        alternatives,
        run_off: maturing.table(scenario.as_of, scenario.horizon_days),
        proceeds: proceeds::effects(
            &readings,
            &destinations,
            proceeds::yen_pct(&book, own_sales)?,
        )?,
        reserves,
        draws_asked: settings.draws,
        draws_finished: readings
            .iter()
            .map(|camp| camp.draws.len())
            .min()
            .unwrap_or(0),
        seed: settings.seed,
        interrupted,
        warnings: bench.seller.warnings.clone(),
        camps: readings
            .iter()
            .map(|readings| {
                let definition = book.camps.get(readings.camp)?;
                Ok(WaysCamp {
                    camp: readings.camp,
                    name: definition.name.clone(),
                    stress: definition.stress,
                    failed: readings.failed,
                    paths: readings.draws.len() * jobs.list.len(),
                    first_failure: readings.first_failure.clone(),
                })
            })
            .collect::<Result<_, ScenarioError>>()?,
    })
}

/// Flows to clear, equal ones once.
#[derive(Default)]
struct Jobs {
    list: Vec<Job>,
}

impl Jobs {
    /// The place of a job; an equal one that is there already serves for it.
    fn place(&mut self, job: Job) -> usize {
        match self.list.iter().position(|other| *other == job) {
            Some(place) => place,
            None => {
                self.list.push(job);
                self.list.len() - 1
            }
        }
    }
}

/// The paces asked for, or the usual ones and the scenario's own, as far as the horizon holds them.
fn paces(question: &Question<'_>, asked: &[u32]) -> Result<Vec<u32>, ScenarioError> {
    let slowest = question.slowest();
    let mut paces: Vec<u32> = if asked.is_empty() {
        USUAL_PACES
            .into_iter()
            .filter(|days| *days <= slowest)
            .chain(question.own_pace())
            .collect()
    } else {
        asked.to_vec()
    };
    paces.sort_unstable();
    paces.dedup();
    match paces.iter().find(|days| **days > slowest || **days == 0) {
        Some(days) => Err(ScenarioError::PaceBeyondHorizon {
            days: *days,
            start_day: question.start_day,
            horizon_days: question.scenario.horizon_days,
        }),
        None => Ok(paces),
    }
}

fn all_ways(paces: &[u32]) -> Vec<Way> {
    let mut ways = Vec::new();
    for disclosure in [Disclosure::Declared, Disclosure::Quiet] {
        for mix in MIX_RULES {
            for days in paces {
                ways.push(Way {
                    days: *days,
                    mix,
                    disclosure,
                });
            }
        }
    }
    ways
}

/// Reserves after the scenario's own way; the words say why where nothing is known.
fn reserves(
    bench: &Bench<'_>,
    question: &Question<'_>,
    (readings, own, job): (&[CampReadings], usize, &Job),
    facilities: &Facilities,
    file: Option<&AdequacyFile>,
    known: &brandish_data::KnownOn<'_>,
) -> Result<Result<Reserves, String>, ScenarioError> {
    let bound = bench.seller.official_bound;
    if question.amount > bound {
        return Ok(Err(format!(
            "the sale is more than the ${:.1}bn that the state can sell; what private holders sell does not come out of reserves",
            bound.bn()
        )));
    }
    let before = match adequacy::before(known, &bench.seller)? {
        Ok(before) => before,
        Err(reason) => return Ok(Err(reason)),
    };
    let private = 1.0 - bound.bn() / bench.seller.total.bn();
    let effects = readings
        .iter()
        .map(|readings| {
            let path = own_path(bench, readings.camp, job)?;
            let changes = bench.value_changes_at_horizon(&path)?;
            let private_mark: f64 = bench
                .holdings
                .iter()
                .zip(changes)
                .map(|(held, change)| private * held * change)
                .sum();
            let reading = &readings.central[own];
            Ok(adequacy::Effect {
                camp: readings.camp,
                loss: reading.loss,
                official_mark: reading.mark - private_mark,
            })
        })
        .collect::<Result<Vec<_>, ScenarioError>>()?;
    Ok(Ok(adequacy::after(
        before,
        question.amount,
        &effects,
        facilities,
        file,
    )))
}

/// The central path of the scenario's own way.
fn own_path(bench: &Bench<'_>, camp: CampName, job: &Job) -> Result<ClearingPath, ScenarioError> {
    let parameters = bench.source(camp)?.central()?;
    let mut memory = None;
    bench
        .solver(camp, &mut memory, &parameters)?
        .clear(&job.flow)
        .map_err(|source| ScenarioError::Clearing {
            camp: camp.letter(),
            source,
        })
}
