//! Size and pace together: what the card is worth if the sale behind it is quick or slow.
//!
//! The map of credibility keeps the days of the plan. Here every size is sold over every pace of a declared grid of
//! business days, each its own run of the engine, and each game is closed anew from disbelief. A quick sale moves yields
//! more and costs the seller more: which of the two decides is what the grid shows.

use rayon::prelude::*;

use super::camp::Work;
use crate::closure::{Solved, close};
use crate::engine::paced;
use crate::error::CardError;
use crate::reading::{Reading, card_value, read};
use crate::stakes::{Outcomes, SaleOutcomes, Stakes};
use crate::tree::Tree;

/// One size over one pace, at central resolve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByPace {
    /// $bn.
    pub amount: f64,
    /// Business days of the sale.
    pub days: u32,
    /// Peak of the ten-year yield, bp.
    pub ten_year_peak_bp: f64,
    /// Market cost of the sale to the seller, $bn.
    pub market_cost: f64,
    /// Value of the card to the seller.
    pub value: f64,
    /// Value to the issuer.
    pub issuer: f64,
    /// Probability of a deal.
    pub deal: f64,
    /// Market-implied probability of a sale.
    pub implied: f64,
}

/// Paces tried beside the plan's, business days: a week to half a year.
const PACES: [u32; 6] = [5, 10, 20, 40, 60, 120];
/// Sizes tried beside the plan's, shares of the bound.
const SHARES: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// Paces of the grid: those within the horizon and the plan's, ascending.
fn paces(plan: u32, horizon: u32) -> Vec<u32> {
    let mut all: Vec<u32> = PACES.into_iter().chain([plan]).collect();
    all.retain(|days| (1..=horizon).contains(days));
    all.sort_unstable();
    all.dedup();
    all
}

/// Every size over every pace; `without` is what the game without a card says.
pub(super) fn by_pace(
    work: &Work<'_>,
    tree: &Tree,
    (central, without): (&Solved, &Reading),
) -> Result<Vec<ByPace>, CardError> {
    let plan = work.engine.plan();
    let bound = plan.official_bound.bn();
    let mut amounts: Vec<f64> = SHARES.iter().map(|share| share * bound).collect();
    amounts.push(work.amount());
    amounts.sort_unstable_by(f64::total_cmp);
    amounts.dedup();
    let days = paces(plan.days, work.engine.horizon_days());
    let grid: Vec<(f64, u32)> = amounts
        .iter()
        .flat_map(|amount| days.iter().map(|days| (*amount, *days)))
        .collect();
    let (closing, start) = work.beside(central);
    grid.into_par_iter()
        .map(|(amount, days)| {
            let outcome = paced(work.engine, work.central(), amount, days)?;
            let outcomes = Outcomes {
                big: SaleOutcomes::only(outcome),
                small: None,
                quiet: None,
                converted_to_yen: plan.converted_to_yen,
            };
            let stakes = Stakes::new(work.judgements, &outcomes, work.package);
            let solved = close(tree, &stakes, &closing, start, &work.stop())?;
            let reading = read(tree, &stakes, &solved);
            let value = card_value(&reading, without);
            Ok(ByPace {
                amount,
                days,
                ten_year_peak_bp: outcome.ten_year_peak.0,
                market_cost: stakes.big.by_joined_backstop[0][0].market_cost,
                value: value.seller,
                issuer: value.issuer,
                deal: reading.deal,
                implied: solved.implied(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: the plan's pace stands once and in its place, and nothing lasts longer than the horizon.
    #[test]
    fn paces_keep_to_the_horizon() {
        assert_eq!(paces(20, 60), [5, 10, 20, 40, 60]);
        assert_eq!(paces(15, 40), [5, 10, 15, 20, 40]);
        assert_eq!(paces(3, 4), [3]);
    }
}
