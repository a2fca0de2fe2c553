//! Running cells: the market of each day once, then cell after cell, only the outputs of every draw.
//!
//! Preparing checks what needs the market: every sale of every cell within what its seller can sell, all complaints at once. A cell is then
//! one call; draws go in blocks over all camps, and a stop after any block drops the cell: it is done as a whole or not at all, so a later
//! sweep starts where this one stopped. The draws of a cell are those of `brandish run` on its scenario.

use std::sync::atomic::{AtomicBool, Ordering};

use brandish_data::Snapshot;
use brandish_habitat::Market as EngineMarket;
use rayon::prelude::*;

use super::cells::Gathered;
use super::grid::Grid;
use crate::baseline::Baseline;
use crate::diagnostic::Diagnostic;
use crate::error::ScenarioError;
use crate::file::{Allocation, CampName, Scenario, codes};
use crate::markets::MarketStudy;
use crate::orders::{Orders, orders};
use crate::outputs::{Output, OutputFacts, picks};
use crate::parameters::{Economy, ParameterBook, ParameterSource};
use crate::run::draws::{BLOCK, CampWork, ReadFacts, by_weight};
use crate::run::{named_sellers, plan};
use crate::settings::Settings;

/// The outputs of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellValues {
    /// Camps in the scenario's order, headline camps first.
    pub camps: Vec<CampValues>,
}

/// The outputs of one camp.
#[derive(Debug, Clone, PartialEq)]
pub struct CampValues {
    /// The camp.
    pub camp: CampName,
    /// At central parameters, by output.
    pub central: Vec<f64>,
    /// Numbers of the draws that finished.
    pub numbers: Vec<u64>,
    /// Values by output, then by finished draw.
    pub values: Vec<Vec<f64>>,
    /// Draws that failed.
    pub failed: usize,
    /// What the first failure said.
    pub first_failure: Option<String>,
}

/// A camp as results need it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CampWeight {
    /// The camp.
    pub camp: CampName,
    /// Outside headlines.
    pub stress: bool,
    /// Weight in the mixture.
    pub weight: f64,
}

/// A market that several cells share.
struct Market {
    baseline: Baseline,
    book: ParameterBook,
    study: MarketStudy,
    /// A cell that has it.
    cell: usize,
}

/// A grid with the markets of its cells.
pub struct PreparedSweep<'a> {
    grid: &'a Grid,
    outputs: Vec<Output>,
    markets: Vec<Market>,
    market_of: Vec<usize>,
}

impl<'a> PreparedSweep<'a> {
    /// Puts the markets together and checks every cell against its own.
    ///
    /// # Errors
    /// All sales beyond what their sellers hold, in all cells; a day without a market; an output on a day after the horizon.
    pub fn new(grid: &'a Grid, snapshot: &Snapshot) -> Result<Self, ScenarioError> {
        let mut markets: Vec<Market> = Vec::new();
        let mut market_of = Vec::with_capacity(grid.cells.len());
        let mut problems = Gathered::default();
        for (number, cell) in grid.cells.iter().enumerate() {
            let scenario = &cell.scenario;
            let known = markets.iter().position(|market| {
                let other = &grid.cells[market.cell].scenario;
                other.as_of == scenario.as_of
                    && other.assumptions.curve == scenario.assumptions.curve
                    && other.assumptions.own_camp == scenario.assumptions.own_camp
            });
            let market = match known {
                Some(market) => market,
                None => {
                    let (book, baseline) = market(scenario, snapshot)?;
                    markets.push(Market {
                        study: MarketStudy::on(snapshot, scenario.as_of, &book)?,
                        baseline,
                        book,
                        cell: number,
                    });
                    markets.len() - 1
                }
            };
            market_of.push(market);
            let mut found = late_outputs(grid, scenario.horizon_days);
            match orders(scenario, &markets[market].baseline, Settings::Product) {
                Ok(_) => {}
                Err(ScenarioError::Diagnostics(problems)) => found.extend(problems),
                Err(other) => return Err(other),
            }
            problems.add(&grid.cell_name(number), found);
        }
        let mut prepared = Self {
            grid,
            outputs: Vec::new(),
            markets,
            market_of,
        };
        if problems.is_empty() {
            let (outputs, found) = prepared.named_outputs()?;
            prepared.outputs = outputs;
            problems.add(&grid.cell_name(0), found);
        }
        if problems.is_empty() {
            Ok(prepared)
        } else {
            Err(ScenarioError::Diagnostics(problems.finish()))
        }
    }

    /// The outputs among the facts of the base cell, and what is wrong with those it does not have.
    fn named_outputs(&self) -> Result<(Vec<Output>, Vec<Diagnostic>), ScenarioError> {
        let keys = self.of_cell(0, |parts| {
            let full = parts.work(parts.facts)?;
            Ok(first(&full)?.central()?.keys)
        })?;
        let (mut outputs, mut problems) = (Vec::new(), Vec::new());
        for (asked, origin) in self.grid.outputs.iter().zip(&self.grid.output_origins) {
            match asked.find(&keys) {
                Ok(output) => outputs.push(output),
                Err(error) => problems.push(
                    Diagnostic::error(codes::MEANINGLESS, origin.clone(), error.to_string())
                        .help("every fact that the long table has bands of can be asked for; its columns say what names it"),
                ),
            }
        }
        Ok((outputs, problems))
    }

    /// The outputs, each a fact of every cell.
    #[must_use]
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The grid.
    #[must_use]
    pub const fn grid(&self) -> &Grid {
        self.grid
    }

    /// Camps with their weights, headline camps first.
    ///
    /// # Errors
    /// If a parameter file lacks a camp.
    pub fn camps(&self) -> Result<Vec<CampWeight>, ScenarioError> {
        let Some((cell, market)) = self.grid.cells.first().zip(self.markets.first()) else {
            return Ok(Vec::new());
        };
        camp_names(&cell.scenario)
            .into_iter()
            .map(|camp| {
                let definition = market.book.camps.get(camp)?;
                Ok(CampWeight {
                    camp,
                    stress: cell.scenario.assumptions.stress_camps.contains(&camp),
                    weight: definition.weight,
                })
            })
            .collect()
    }

    /// Draws of one cell, over all camps.
    #[must_use]
    pub fn draws_of_a_cell(&self) -> usize {
        let camps = self
            .grid
            .cells
            .first()
            .map_or(0, |cell| camp_names(&cell.scenario).len());
        match self.grid.allocation {
            Allocation::EachCamp => camps * self.grid.draws as usize,
            Allocation::ByWeight => self.grid.draws as usize,
        }
    }

    /// Runs one cell; nothing if it was stopped. `done` hears how many draws of the cell are finished.
    ///
    /// # Errors
    /// An output that the cell does not have, an engine that finds no price at central parameters, a camp all of whose draws failed.
    pub fn run_cell(
        &self,
        cell: usize,
        done: &(dyn Fn(usize) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Option<CellValues>, ScenarioError> {
        self.of_cell(cell, |parts| {
            let full = parts.work(parts.facts)?;
            let picks = picks(&first(&full)?.central()?.keys, &self.outputs)
                .map_err(|error| in_cell(error, &self.grid.cell_name(cell)))?;
            let light = OutputFacts::new(parts.facts, &self.outputs, picks);
            values(&parts.work(&light)?, parts.scenario, done, cancel)
        })
    }

    /// Puts a cell together and does something with it.
    fn of_cell<T>(
        &self,
        cell: usize,
        act: impl FnOnce(&CellParts<'_>) -> Result<T, ScenarioError>,
    ) -> Result<T, ScenarioError> {
        let (Some(scenario), Some(market)) = (
            self.grid.cells.get(cell).map(|cell| &cell.scenario),
            self.market_of
                .get(cell)
                .and_then(|market| self.markets.get(*market)),
        ) else {
            return Err(ScenarioError::Study(format!("there is no cell {cell}")));
        };
        let Market {
            baseline,
            book,
            study,
            ..
        } = market;
        let built = orders(scenario, baseline, Settings::Product)?;
        let named = named_sellers(scenario, baseline)?;
        let facts = plan::facts(
            scenario,
            baseline,
            &built,
            &named,
            (book, study, Settings::Product),
        )?;
        act(&CellParts {
            scenario,
            market: market_parts(baseline, book),
            built: &built,
            facts: &facts,
        })
    }
}

/// A cell put together.
struct CellParts<'a> {
    scenario: &'a Scenario,
    market: MarketParts<'a>,
    built: &'a Orders,
    facts: &'a plan::RunFacts,
}

impl<'a> CellParts<'a> {
    fn work<R: ReadFacts>(&'a self, facts: &'a R) -> Result<Vec<CampWork<'a, R>>, ScenarioError> {
        camp_work(self.scenario, self.market, self.built, facts)
    }
}

fn first<'a, R: ReadFacts>(
    work: &'a [CampWork<'a, R>],
) -> Result<&'a CampWork<'a, R>, ScenarioError> {
    work.first()
        .ok_or_else(|| ScenarioError::Study("the scenario has no camp".to_owned()))
}

fn in_cell(error: ScenarioError, cell: &str) -> ScenarioError {
    match error {
        ScenarioError::NoOutput { output, reason } => ScenarioError::NoOutput {
            output,
            reason: format!("{reason} (cell {cell})"),
        },
        other => other,
    }
}

/// Central values and all draws of every camp.
fn values(
    work: &[CampWork<'_, OutputFacts<'_>>],
    scenario: &Scenario,
    done: &(dyn Fn(usize) + Sync),
    cancel: &AtomicBool,
) -> Result<Option<CellValues>, ScenarioError> {
    let assumptions = &scenario.assumptions;
    let mut camps: Vec<CampValues> = work
        .par_iter()
        .map(|camp| {
            let central = camp.central()?.central;
            Ok(CampValues {
                camp: camp.parameters.camp_name,
                values: vec![Vec::new(); central.len()],
                central,
                numbers: Vec::new(),
                failed: 0,
                first_failure: None,
            })
        })
        .collect::<Result<_, ScenarioError>>()?;
    let draws = assumptions.draws as usize;
    let order: Vec<(usize, usize)> = match assumptions.allocation {
        Allocation::EachCamp => (0..draws)
            .flat_map(|draw| (0..work.len()).map(move |camp| (camp, draw)))
            .collect(),
        Allocation::ByWeight => {
            let weights: Vec<f64> = work
                .iter()
                .map(|camp| camp.parameters.camp.weight)
                .collect();
            by_weight(&weights, draws)
        }
    };
    let mut finished = 0;
    for block in order.chunks(BLOCK * work.len().max(1)) {
        if cancel.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let outputs = work.first().map_or(0, |_| camps[0].central.len());
        let drawn: Vec<Result<Vec<f64>, ScenarioError>> = block
            .par_iter()
            .map_init(
                || None,
                |memory, (camp, draw)| {
                    let (values, _) =
                        work[*camp].draw(memory, outputs, (assumptions.seed, *draw as u64))?;
                    match values.iter().find(|value| !value.is_finite()) {
                        None => Ok(values),
                        Some(value) => Err(ScenarioError::NotFinite {
                            measure: "an output",
                            value: *value,
                        }),
                    }
                },
            )
            .collect();
        for ((camp, draw), drawn) in block.iter().zip(drawn) {
            let camp = &mut camps[*camp];
            match drawn {
                Ok(values) => {
                    camp.numbers.push(*draw as u64);
                    for (column, value) in camp.values.iter_mut().zip(values) {
                        column.push(value);
                    }
                }
                Err(error) => {
                    camp.failed += 1;
                    camp.first_failure.get_or_insert_with(|| error.to_string());
                }
            }
        }
        finished += block.len();
        done(finished);
    }
    for camp in &camps {
        if camp.failed > 0 && camp.numbers.is_empty() {
            return Err(ScenarioError::AllDrawsFailed {
                camp: camp.camp.letter(),
                draws: camp.failed,
                first: camp.first_failure.clone().unwrap_or_default(),
            });
        }
    }
    Ok(Some(CellValues { camps }))
}

/// Outputs on days after the horizon of a cell.
fn late_outputs(grid: &Grid, horizon: u32) -> Vec<Diagnostic> {
    grid.outputs
        .iter()
        .zip(&grid.output_origins)
        .filter(|(output, _)| output.day().is_some_and(|day| day > horizon))
        .map(|(output, origin)| {
            let message =
                format!("{output} is asked for a day after the horizon of {horizon} days");
            Diagnostic::error(codes::DAYS, origin.clone(), message)
                .help("lengthen `horizon_days`, or ask for an earlier day")
        })
        .collect()
}

/// All camps of a scenario, headline camps first.
fn camp_names(scenario: &Scenario) -> Vec<CampName> {
    let assumptions = &scenario.assumptions;
    assumptions
        .camps
        .iter()
        .chain(&assumptions.stress_camps)
        .copied()
        .collect()
}

/// The market of a scenario's day and the parameters of its camps.
pub(crate) fn market(
    scenario: &Scenario,
    snapshot: &Snapshot,
) -> Result<(ParameterBook, Baseline), ScenarioError> {
    let book = ParameterBook::shipped()?.with_own(scenario.assumptions.own_camp.as_ref());
    let baseline = Baseline::on_curve(
        snapshot,
        scenario.as_of,
        &book,
        Settings::Product,
        scenario.assumptions.curve.as_ref(),
    )?;
    Ok((book, baseline))
}

/// What camps share.
#[derive(Clone, Copy)]
pub(crate) struct MarketParts<'a> {
    pub(crate) market: &'a EngineMarket,
    pub(crate) economy: Economy,
    pub(crate) book: &'a ParameterBook,
}

pub(crate) const fn market_parts<'a>(
    baseline: &'a Baseline,
    book: &'a ParameterBook,
) -> MarketParts<'a> {
    MarketParts {
        market: &baseline.market,
        economy: baseline.economy,
        book,
    }
}

/// Everything that the paths of every camp need.
pub(crate) fn camp_work<'a, R: ReadFacts>(
    scenario: &Scenario,
    market: MarketParts<'a>,
    built: &'a Orders,
    facts: &'a R,
) -> Result<Vec<CampWork<'a, R>>, ScenarioError> {
    let lasting_supply = plan::lasting_supply(&built.flow);
    camp_names(scenario)
        .into_iter()
        .map(|camp_name| {
            Ok(CampWork {
                parameters: ParameterSource {
                    book: market.book,
                    camp_name,
                    camp: market.book.camps.get(camp_name)?,
                    market: market.market,
                    economy: market.economy,
                    fed: scenario.fed,
                    dealers: scenario.dealers,
                    settings: Settings::Product,
                },
                market: market.market,
                flow: &built.flow,
                lasting_supply,
                facts,
            })
        })
        .collect()
}
