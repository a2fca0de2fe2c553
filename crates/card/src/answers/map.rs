//! The map of credibility: probability of a deal over resolve and size, and what each size is worth.
//!
//! Every size has its own run of the engine, from a twentieth of the bound to the bound. Along resolve each point is closed from
//! its neighbor; the first of a row from disbelief. The frontier is where a deal is as likely as not, linear between points.

use brandish_scenario::branches::{Backstop, BranchOutcome};
use rayon::prelude::*;

use super::camp::Work;
use crate::closure::{Closing, OnBranch, Solved, Start, close};
use crate::engine::alone;
use crate::error::CardError;
use crate::reading::{Reading, card_value, read};
use crate::stakes::{Outcomes, SaleOutcomes, Stakes};
use crate::structure::Structure;
use crate::tree::{Priors, Tree};

/// Probability of a deal over sizes and resolve.
#[derive(Debug, Clone, PartialEq)]
pub struct CredibilityMap {
    /// Sizes, $bn, ascending.
    pub sizes: Vec<f64>,
    /// Priors of a resolved seller, ascending.
    pub resolve: Vec<f64>,
    /// Probability of a deal: by size, by resolve; none where rounds of belief and play do not settle.
    pub deal: Vec<Vec<Option<f64>>>,
    /// Probability of a deal without a card, by resolve.
    pub deal_without: Vec<Option<f64>>,
    /// For each size, the least resolve at which a deal is as likely as not, if there is one inside the map.
    pub frontier: Vec<Option<f64>>,
}

impl CredibilityMap {
    /// Cells that stayed open.
    #[must_use]
    pub fn open(&self) -> usize {
        let cells = self.deal.iter().flatten();
        cells.filter(|deal| deal.is_none()).count()
    }
}

/// One size at the central resolve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BySize {
    /// $bn.
    pub amount: f64,
    /// Peak of the ten-year yield, bp.
    pub ten_year_peak_bp: f64,
    /// Value of the card to the seller.
    pub value: f64,
    /// Value to a soft and to a resolved seller, against the game without a card.
    pub by_type: [f64; 2],
    /// Value to the issuer.
    pub issuer: f64,
    /// Probability of a deal.
    pub deal: f64,
    /// Market-implied probability of a sale.
    pub implied: f64,
    /// Business day on which the Fed's rule is triggered by the sale, if it is.
    pub fed_day: Option<usize>,
    /// On which branch of its game the answer lies.
    pub branch: OnBranch,
}

/// Probability of a deal along resolve, for one size.
type Cells = Vec<Option<f64>>;

/// Least and greatest resolve of the map.
const RESOLVE: (f64, f64) = (0.025, 0.975);

pub(super) fn map(
    work: &Work<'_>,
    structure: &Structure,
    central: &Solved,
) -> Result<(CredibilityMap, Vec<BySize>), CardError> {
    let points = work.settings.map.max(2);
    let bound = work.engine.plan().official_bound.bn();
    let sizes: Vec<f64> = (1..=points)
        .map(|at| bound * at as f64 / points as f64)
        .collect();
    let resolve: Vec<f64> = (0..points)
        .map(|at| RESOLVE.0 + (RESOLVE.1 - RESOLVE.0) * at as f64 / (points - 1) as f64)
        .collect();
    let priors_now = Priors::of(work.judgements);
    let trees: Vec<Tree> = resolve
        .iter()
        .map(|resolved| {
            let priors = Priors {
                resolved: *resolved,
                ..priors_now
            };
            Tree::build(structure, work.judgements, priors)
        })
        .collect::<Result<_, _>>()?;
    let tree = Tree::build(structure, work.judgements, priors_now)?;
    let closing = work.closing(work.settings.lambda);
    // Without a card only the tariffs count, so any size gives the same.
    let (first, _) = stakes_of(work, sizes[0])?;
    let none = first.without_card();
    // The first of a row starts from lambda 0, the others from their neighbors.
    let followed = Closing {
        compared: false,
        ..closing.briefly()
    };
    let row = |stakes: &Stakes| -> Result<Cells, CardError> {
        let mut row = Vec::with_capacity(points);
        let mut last: Option<Solved> = None;
        for tree in &trees {
            let start = last.as_ref().map_or(Start::Belief(0.0), Start::Near);
            match close(tree, stakes, &followed, start, &work.stop()) {
                Ok(solved) => {
                    row.push(Some(read(tree, stakes, &solved).deal));
                    last = Some(solved);
                }
                // A cell that does not settle stays open: the others do not depend on it.
                Err(CardError::NotClosed { .. } | CardError::TooLong { .. }) => row.push(None),
                Err(error) => return Err(error),
            }
        }
        Ok(row)
    };
    let deal_without = row(&none)?;
    let without = close(&tree, &none, &closing, Start::Belief(0.0), &work.stop())?;
    let without = read(&tree, &none, &without);
    let rows: Vec<Result<(Cells, BySize), CardError>> = sizes
        .par_iter()
        .map(|amount| {
            let (stakes, by_size) = at_size(work, &tree, (central, &without), *amount)?;
            Ok((row(&stakes)?, by_size))
        })
        .collect();
    let mut map = CredibilityMap {
        frontier: Vec::new(),
        sizes,
        resolve,
        deal: Vec::new(),
        deal_without,
    };
    let mut by_size = Vec::new();
    for result in rows {
        let (row, one) = result?;
        map.frontier.push(frontier(&map.resolve, &row));
        map.deal.push(row);
        by_size.push(one);
    }
    Ok((map, by_size))
}

/// Stakes of a sale of one size at central parameters, and what the engine says of it.
fn stakes_of(work: &Work<'_>, amount: f64) -> Result<(Stakes, BranchOutcome), CardError> {
    let outcome = alone(work.engine, work.central(), amount, Backstop::AsInScenario)?;
    let outcomes = Outcomes {
        big: SaleOutcomes::only(outcome),
        small: None,
        quiet: None,
        converted_to_yen: work.engine.plan().converted_to_yen,
    };
    let stakes = Stakes::new(work.judgements, &outcomes, work.package);
    Ok((stakes, outcome))
}

/// One size at the central resolve, closed as the central answer was.
pub(super) fn at_size(
    work: &Work<'_>,
    tree: &Tree,
    (central, without): (&Solved, &Reading),
    amount: f64,
) -> Result<(Stakes, BySize), CardError> {
    let (stakes, outcome) = stakes_of(work, amount)?;
    let (closing, start) = work.beside(central);
    let solved = close(tree, &stakes, &closing, start, &work.stop())?;
    let reading = read(tree, &stakes, &solved);
    let value = card_value(&reading, without);
    let by_size = BySize {
        amount,
        ten_year_peak_bp: outcome.ten_year_peak.0,
        value: value.seller,
        by_type: [0, 1].map(|kind| reading.seller_by_type[kind] - without.seller_by_type[kind]),
        issuer: value.issuer,
        deal: reading.deal,
        implied: solved.implied(),
        fed_day: outcome.fed_day,
        branch: solved.branch,
    };
    Ok((stakes, by_size))
}

/// The least resolve at which the row reaches one half, linear between points; the next point up where the one below is open.
fn frontier(resolve: &[f64], row: &[Option<f64>]) -> Option<f64> {
    let at = row
        .iter()
        .position(|deal| deal.is_some_and(|deal| deal >= 0.5))?;
    if at == 0 {
        return Some(resolve[0]);
    }
    let (Some(low), Some(high)) = (row[at - 1], row[at]) else {
        return Some(resolve[at]);
    };
    let share = (0.5 - low) / (high - low);
    Some(resolve[at - 1] + share * (resolve[at] - resolve[at - 1]))
}
