//! The grid of ways: every pace with every mix, declared and quiet; its costs, and the best of it.
//!
//! The best way of a camp is the cell with the smallest central cost; two objectives are answered, because they can disagree: the
//! execution loss alone, and the execution loss less the mark on what is kept at the horizon. `cheaper` says in which share of
//! the draws it costs less than the scenario's own way under the same draw.

use brandish_habitat::BUCKETS;
use brandish_units::{Bp, Usd};

use super::account::Reading;
use super::draws::{Banded, CampReadings, Figure};
use super::question::Way;
use crate::error::ScenarioError;
use crate::file::CampName;

/// Costs of one way in one camp.
#[derive(Debug, Clone, PartialEq)]
pub struct WayCost {
    /// The camp.
    pub camp: CampName,
    /// Received less than the as-of value.
    pub execution_loss: Banded<Usd>,
    /// Change in value at the horizon of what is kept; a fall is negative.
    pub mark: Banded<Usd>,
    /// Execution loss less mark.
    pub cost: Banded<Usd>,
    /// Peak of the ten-year yield.
    pub ten_year_peak: Banded<Bp>,
    /// Business day of that peak, central.
    pub peak_day: u32,
    /// Execution loss less that of the scenario's own way, draw by draw.
    pub loss_beyond_own: Banded<Usd>,
    /// Cost less that of the scenario's own way, draw by draw.
    pub cost_beyond_own: Banded<Usd>,
    /// Share of the draws in which the execution loss is below that of the own way.
    pub cheaper_by_loss: Option<f64>,
    /// Share of the draws in which the cost is below that of the own way.
    pub cheaper_by_cost: Option<f64>,
}

/// One cell of the grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The way.
    pub way: Way,
    /// It is the scenario's own way.
    pub own: bool,
    /// What it sells of maturities beyond what the seller is inferred to hold there.
    pub beyond_inferred: Usd,
    /// What waiting costs ([`super::carry`]); absent where the repo rate is not known.
    pub waiting: Option<Usd>,
    /// One standard deviation of what ordinary moves of yields do to the unsold part.
    pub waiting_risk: Usd,
    /// Costs by camp.
    pub by_camp: Vec<WayCost>,
}

/// What is to be small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objective {
    /// The execution loss.
    ExecutionLoss,
    /// The execution loss less the mark.
    WithMark,
}

/// Among which ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All of the grid.
    AnyPace,
    /// Those with the pace of the scenario's own sale.
    OwnPace,
}

/// The best way of a camp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Best {
    /// The camp.
    pub camp: CampName,
    /// What is small.
    pub objective: Objective,
    /// Among which ways.
    pub scope: Scope,
    /// Place of the cell in the grid.
    pub cell: usize,
    /// Its execution loss or cost, central.
    pub cost: Usd,
    /// That of the scenario's own way.
    pub own: Usd,
    /// Share of the draws in which it costs less than the own way.
    pub cheaper: Option<f64>,
}

/// Costs of the way whose path is `job`, against that whose path is `own`.
pub(super) fn cost(camp: &CampReadings, job: usize, own: usize) -> Result<WayCost, ScenarioError> {
    let usd = Usd::from_bn;
    let loss: fn(&Reading) -> f64 = |reading| reading.loss;
    let mark: fn(&Reading) -> f64 = |reading| reading.mark;
    let peak: fn(&Reading) -> f64 = |reading| reading.peaks[0];
    let total: fn(&Reading) -> f64 = Reading::cost;
    let loss_beyond = Figure::Beyond(job, own, loss);
    let cost_beyond = Figure::Beyond(job, own, total);
    Ok(WayCost {
        camp: camp.camp,
        execution_loss: camp.banded(&Figure::Of(job, loss), usd)?,
        mark: camp.banded(&Figure::Of(job, mark), usd)?,
        cost: camp.banded(&Figure::Of(job, total), usd)?,
        ten_year_peak: camp.banded(&Figure::Of(job, peak), Bp)?,
        peak_day: camp.central[job].peak_day,
        loss_beyond_own: camp.banded(&loss_beyond, usd)?,
        cost_beyond_own: camp.banded(&cost_beyond, usd)?,
        cheaper_by_loss: camp.share_below_zero(&loss_beyond),
        cheaper_by_cost: camp.share_below_zero(&cost_beyond),
    })
}

/// The best cell of every camp, objective and scope; `own_pace` is that of the scenario's own sale, if it has one.
pub(super) fn best(
    camps: &[CampName],
    cells: &[Cell],
    own: &[WayCost],
    own_pace: Option<u32>,
) -> Vec<Best> {
    let mut found = Vec::new();
    for objective in [Objective::ExecutionLoss, Objective::WithMark] {
        for scope in [Scope::AnyPace, Scope::OwnPace] {
            let within = |cell: &Cell| match scope {
                Scope::AnyPace => true,
                Scope::OwnPace => Some(cell.way.days) == own_pace,
            };
            for (place, camp) in camps.iter().enumerate() {
                let costs = cells
                    .iter()
                    .enumerate()
                    .filter(|(_, cell)| within(cell))
                    .filter_map(|(cell, found)| Some((cell, found.by_camp.get(place)?)));
                let best = costs.reduce(|best, next| {
                    if objective.of(next.1) < objective.of(best.1) {
                        next
                    } else {
                        best
                    }
                });
                if let (Some((cell, cost)), Some(own)) = (best, own.get(place)) {
                    found.push(Best {
                        camp: *camp,
                        objective,
                        scope,
                        cell,
                        cost: objective.of(cost),
                        own: objective.of(own),
                        cheaper: match objective {
                            Objective::ExecutionLoss => cost.cheaper_by_loss,
                            Objective::WithMark => cost.cheaper_by_cost,
                        },
                    });
                }
            }
        }
    }
    found
}

impl Objective {
    /// The figure that is to be small, central.
    #[must_use]
    pub const fn of(self, cost: &WayCost) -> Usd {
        match self {
            Self::ExecutionLoss => cost.execution_loss.central,
            Self::WithMark => cost.cost.central,
        }
    }
}

/// What is sold beyond the inferred holdings, bucket by bucket.
pub(super) fn beyond_inferred(sales_by_day: &[[f64; BUCKETS]], holdings: &[f64; BUCKETS]) -> Usd {
    let mut sold = [0.0; BUCKETS];
    for day in sales_by_day {
        for (sold, more) in sold.iter_mut().zip(day) {
            *sold += more;
        }
    }
    let beyond = sold.iter().zip(holdings);
    Usd::from_bn(beyond.map(|(sold, held)| (sold - held).max(0.0)).sum())
}
