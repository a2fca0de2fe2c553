//! What really happened: numbers and words published after the as-of date, beside what the engine says.
//!
//! Only for reading afterwards: nothing here reaches the engine. The observed first-day move is the change of par yields from
//! the as-of day to day 1; an ordinary day's standard deviation comes from the window before the as-of date. A
//! belief p in the sale is excluded when even that day's noise (1.645 standard deviations, one-sided 95%) cannot
//! bring the engine's median first-day move down to what was seen.

use brandish_data::tic::TicForm;
use brandish_data::{DataError, KnownOn, Month, Snapshot, Sourcing};
use brandish_habitat::{OrderFlow, Parameters, Threat, ThreatKind};
use brandish_math::{median_standard_error, quantile};
use brandish_units::{Date, Tenor};
use rayon::prelude::*;

use crate::bands::MIN_DRAWS_FOR_BANDS;
use crate::baseline::Baseline;
use crate::error::ScenarioError;
use crate::file::{CampName, Scenario};
use crate::orders::Orders;
use crate::run::draws::CampWork;
use crate::run::plan::RunFacts;
use crate::tenors::TenorMap;

/// What was published after the as-of date.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// Day 1.
    pub first_day: Date,
    /// Observed change from the as-of day to day 1, bp.
    pub observed: Vec<(Tenor, f64)>,
    /// Observed ten-year par yield, percent, from a month before to three months after.
    pub path: Vec<(Date, f64)>,
    /// Standard deviation of daily ten-year changes in the year before, bp.
    pub ordinary_day_sd_bp: f64,
    /// Engine's first-day ten-year move if the sale is believed with probability p and nothing is sold that day.
    pub beliefs: Vec<BeliefMove>,
    /// Per headline camp: the smallest belief that the day excludes, if any.
    pub excluded: Vec<(CampName, Option<f64>)>,
    /// Dated events within the window.
    pub events: Vec<Event>,
    /// Net purchases of the seller by month, published later: month, $bn, vintage.
    pub later_flows: Vec<LaterFlow>,
    /// Percent change of the MOVE index on day 1 where the record has it.
    pub move_change_pct: Option<f64>,
}

/// First-day move at a belief.
#[derive(Debug, Clone, PartialEq)]
pub struct BeliefMove {
    /// Probability given to the sale.
    pub probability: f64,
    /// Per camp: central value and, with enough draws, p05 p25 p50 p75 p95 and the error of the median.
    pub moves: Vec<(CampName, BeliefBand)>,
}

/// Band of a first-day move, bp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BeliefBand {
    /// At central parameters.
    pub central: f64,
    /// Quantiles 5, 25, 50, 75, 95.
    pub quantiles: Option<[f64; 5]>,
    /// Standard error of the median.
    pub mc_se: Option<f64>,
}

/// A dated event of the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identifier in the timeline table.
    pub id: String,
    /// Local date of the event.
    pub date: Date,
    /// First US session that could react.
    pub first_us_session: Option<Date>,
    /// Who.
    pub actor: String,
    /// What.
    pub text: String,
    /// Short quotation, if the record has one.
    pub quote: Option<String>,
    /// Quality of the record.
    pub quality: String,
    /// Source address.
    pub url: String,
}

/// A later published flow.
#[derive(Debug, Clone, PartialEq)]
pub struct LaterFlow {
    /// Month, `2025-05`.
    pub month: String,
    /// Net purchases, $bn.
    pub net_purchases_usd_bn: f64,
    /// Vintage of the number.
    pub vintage: String,
}

/// Days of the ordinary-day estimate before the as-of date.
const ORDINARY_WINDOW_DAYS: i32 = 365;
/// Calendar days of the path shown before and after the as-of date.
const PATH_DAYS: (i32, i32) = (30, 92);
/// Calendar days of events shown before and after the as-of date.
const EVENT_DAYS: (i32, i32) = (31, 92);
/// Beliefs for which the engine's first day is shown.
const BELIEFS: [f64; 3] = [0.0, 0.1, 0.5];
/// Draws used for the first-day bands; the error of the median is reported with them.
const BELIEF_DRAWS: u64 = 40;
/// One-sided 95% of a normal distribution, in standard deviations.
const ONE_SIDED_95: f64 = 1.645;
/// Half-life of a threat without a date, business days.
const THREAT_HALF_LIFE_DAYS: f64 = 21.0;

/// What the snapshot says about the days after the as-of date, and what the engine would have said of day 1.
///
/// `None` where the snapshot has no par yields of day 1.
///
/// # Errors
/// Data that cannot be read; an engine that finds no price for a belief at central parameters.
pub(crate) fn after(
    scenario: &Scenario,
    snapshot: &Snapshot,
    baseline: &Baseline,
    built: &Orders,
    work: &[CampWork<'_, RunFacts>],
    facts: &RunFacts,
) -> Result<Option<Happened>, ScenarioError> {
    let known = snapshot.in_hindsight();
    let first_day = facts.days().date(1);
    let next = match known.par_yields(first_day) {
        Ok(next) => next,
        Err(DataError::NoObservation { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let observed: Vec<(Tenor, f64)> = next
        .published()
        .filter_map(|(tenor, after)| Some((tenor, (after - baseline.published.get(tenor)?).0)))
        .collect();
    let as_of = scenario.as_of;
    let path = known
        .par_yield_history(as_of.plus_days(-PATH_DAYS.0), as_of.plus_days(PATH_DAYS.1))?
        .iter()
        .filter_map(|day| Some((day.date, day.get(Tenor::Y10)?.percent())))
        .collect();
    let ordinary_day_sd_bp = ordinary_day(&known, as_of)?;
    let events: Vec<Event> = known
        .timeline_events(
            as_of.plus_days(-EVENT_DAYS.0),
            as_of.plus_days(EVENT_DAYS.1),
        )?
        .into_iter()
        .map(event)
        .collect();
    let move_change_pct = known
        .timeline_events(as_of, first_day)?
        .iter()
        .filter(|event| event.first_us_session == Some(first_day))
        .find_map(|event| event.moves.as_ref()?.move_pct);
    let beliefs = beliefs(scenario, built, work, facts)?;
    let seen = observed
        .iter()
        .find(|(tenor, _)| *tenor == Tenor::Y10)
        .map(|(_, bp)| *bp);
    let excluded = match seen {
        Some(seen) => excluded(
            scenario,
            built,
            work,
            facts,
            seen + ONE_SIDED_95 * ordinary_day_sd_bp,
        )?,
        None => Vec::new(),
    };
    Ok(Some(Happened {
        first_day,
        observed,
        path,
        ordinary_day_sd_bp,
        beliefs,
        excluded,
        events,
        later_flows: later_flows(scenario, snapshot, baseline)?,
        move_change_pct,
    }))
}

/// Standard deviation of daily changes of the ten-year par yield in the year before, around zero, bp.
fn ordinary_day(known: &KnownOn<'_>, as_of: Date) -> Result<f64, ScenarioError> {
    let yields: Vec<f64> = known
        .par_yield_history(as_of.plus_days(-ORDINARY_WINDOW_DAYS), as_of)?
        .iter()
        .filter_map(|day| Some(day.get(Tenor::Y10)?.percent()))
        .collect();
    let squares: f64 = yields
        .windows(2)
        .map(|pair| ((pair[1] - pair[0]) * 100.0).powi(2))
        .sum();
    Ok((squares / (yields.len().saturating_sub(1).max(1)) as f64).sqrt())
}

const fn sourcing(sourcing: Sourcing) -> &'static str {
    match sourcing {
        Sourcing::Primary => "primary",
        Sourcing::MultipleReports => "multiple reports",
        Sourcing::Reported => "reported",
        Sourcing::SecondHand => "second hand",
    }
}

fn event(event: brandish_data::TimelineEvent) -> Event {
    Event {
        quality: sourcing(event.sourcing).to_owned(),
        id: event.id,
        date: event.date,
        first_us_session: event.first_us_session,
        actor: event.actor,
        text: event.title,
        quote: event.quotation.map(|quotation| quotation.text),
        url: event.source_urls.into_iter().next().unwrap_or_default(),
    }
}

/// The whole sale (or threat) of the scenario as words believed with probability p on day 1, nothing sold.
fn words(scenario: &Scenario, built: &Orders, probability: f64) -> OrderFlow {
    let mut threats = Vec::new();
    for (sale, mix) in scenario.sales.iter().zip(&built.sale_mixes) {
        threats.push(Threat {
            amount_usd_bn: sale.amount.bn(),
            days: sale.days as usize,
            mix: *mix,
            start_day: 0,
            prior: 0.0,
            probability,
            kind: ThreatKind::Hazard {
                half_life_days: THREAT_HALF_LIFE_DAYS,
            },
        });
    }
    if threats.is_empty() {
        threats.extend(built.flow.threats.iter().map(|threat| Threat {
            prior: 0.0,
            probability,
            ..*threat
        }));
    }
    OrderFlow {
        horizon_days: 1,
        threats,
        ..OrderFlow::default()
    }
}

fn first_day_move(
    work: &CampWork<'_, RunFacts>,
    parameters: &Parameters,
    flow: &OrderFlow,
    tenors: &TenorMap,
) -> Result<f64, ScenarioError> {
    let path = work.clear(parameters, flow)?;
    Ok(path
        .days
        .first()
        .map_or(0.0, |day| tenors.change(&day.yields_bp, Tenor::Y10).0))
}

fn beliefs(
    scenario: &Scenario,
    built: &Orders,
    work: &[CampWork<'_, RunFacts>],
    facts: &RunFacts,
) -> Result<Vec<BeliefMove>, ScenarioError> {
    let asked = scenario.assumptions.draws;
    let draws = if (asked as usize) < MIN_DRAWS_FOR_BANDS {
        0
    } else {
        BELIEF_DRAWS.min(asked.into())
    };
    BELIEFS
        .into_iter()
        .map(|probability| {
            let flow = words(scenario, built, probability);
            let moves = work
                .iter()
                .map(|camp| {
                    let central =
                        first_day_move(camp, &camp.parameters.central()?, &flow, facts.tenors())?;
                    let mut drawn: Vec<f64> = (0..draws)
                        .into_par_iter()
                        .map(|index| {
                            let parameters =
                                camp.parameters.draw(scenario.assumptions.seed, index)?;
                            first_day_move(camp, &parameters, &flow, facts.tenors())
                        })
                        .filter_map(Result::ok)
                        .collect();
                    drawn.sort_by(f64::total_cmp);
                    Ok((camp.parameters.camp_name, band(central, &drawn)?))
                })
                .collect::<Result<Vec<_>, ScenarioError>>()?;
            Ok(BeliefMove { probability, moves })
        })
        .collect()
}

fn band(central: f64, sorted: &[f64]) -> Result<BeliefBand, ScenarioError> {
    if sorted.len() < MIN_DRAWS_FOR_BANDS {
        return Ok(BeliefBand {
            central,
            quantiles: None,
            mc_se: None,
        });
    }
    let mut quantiles = [0.0; 5];
    for (value, p) in quantiles.iter_mut().zip([0.05, 0.25, 0.5, 0.75, 0.95]) {
        *value = quantile(sorted, p)?;
    }
    Ok(BeliefBand {
        central,
        quantiles: Some(quantiles),
        mc_se: Some(median_standard_error(sorted)?),
    })
}

/// Per headline camp the smallest belief (in steps of 0.01) whose central first-day move exceeds `limit_bp`.
fn excluded(
    scenario: &Scenario,
    built: &Orders,
    work: &[CampWork<'_, RunFacts>],
    facts: &RunFacts,
    limit_bp: f64,
) -> Result<Vec<(CampName, Option<f64>)>, ScenarioError> {
    work.iter()
        .filter(|camp| !camp.parameters.camp.stress)
        .map(|camp| {
            let parameters = camp.parameters.central()?;
            let at = |hundredths: u32| {
                let flow = words(scenario, built, f64::from(hundredths) / 100.0);
                first_day_move(camp, &parameters, &flow, facts.tenors())
            };
            if at(100)? <= limit_bp {
                return Ok((camp.parameters.camp_name, None));
            }
            // The move rises with belief: halve the range of hundredths.
            let (mut low, mut high) = (0, 100);
            while high - low > 1 {
                let middle = (low + high) / 2;
                if at(middle)? > limit_bp {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            Ok((camp.parameters.camp_name, Some(f64::from(high) / 100.0)))
        })
        .collect()
}

/// Net purchases of the first seller in the four months from the as-of month on, as published since.
fn later_flows(
    scenario: &Scenario,
    snapshot: &Snapshot,
    baseline: &Baseline,
) -> Result<Vec<LaterFlow>, ScenarioError> {
    let name = match (scenario.sales.first(), &scenario.threat) {
        (Some(sale), _) => &sale.seller,
        (None, Some(threat)) => &threat.seller,
        (None, None) => return Ok(Vec::new()),
    };
    let Ok(seller) = baseline.seller(name, scenario) else {
        return Ok(Vec::new());
    };
    let Some(holder) = seller.reported_as else {
        return Ok(Vec::new());
    };
    let from = Month::of(scenario.as_of);
    let flows = snapshot
        .in_hindsight()
        .tic_flows(&holder, from, from.plus_months(3))?;
    Ok(flows
        .into_iter()
        .filter(|flow| flow.form == TicForm::Slt)
        .filter_map(|flow| {
            Some(LaterFlow {
                month: flow.month.to_string(),
                net_purchases_usd_bn: flow.net_total?.bn(),
                vintage: flow.vintage_month.to_string(),
            })
        })
        .collect())
}
