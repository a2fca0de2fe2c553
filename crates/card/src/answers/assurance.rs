//! An assurance not to sell as a term of the deal: what it is worth to the issuer, what it costs the seller.
//!
//! Priced by what it takes out of the market's belief. With b the belief in a sale before the first word, and b' the belief
//! after an assurance as the first word, both of the same closed equilibrium:
//!   worth to the issuer = (b - b') x (damage of the sale, by his types' priors - what the stronger yen is worth to him)
//!   worth to the seller = his value if he assures first and plays on, everybody as in equilibrium, less his value there
//! $bn. An assurance is as good as it is believed: one that can be broken leaves b' above zero, and only the difference is
//! paid for. The game is then solved again with the term in the deal.

use brandish_game::node_values;

use super::camp::Work;
use super::timing::departure;
use crate::closure::{Closing, Solved, Start, close};
use crate::deal::{Worth, price};
use crate::error::CardError;
use crate::reading::read;
use crate::stakes::{SaleStakes, Stakes};
use crate::structure::SellerAction;
use crate::tree::Tree;

/// The term, priced.
#[derive(Debug, Clone, PartialEq)]
pub struct AssuranceTerm {
    /// Market's belief in a sale before the first word.
    pub before: f64,
    /// After an assurance as the first word.
    pub after: f64,
    /// What the term is worth to both sides, $bn.
    pub worth: Worth,
    /// The package of the deal with it.
    pub package: Worth,
    /// Probability of a deal without and with the term in it.
    pub deal: [f64; 2],
}

/// What taking `removed` out of the probability of the sale is worth to an issuer who is fragile with this probability.
fn worth_to_issuer(sale: &SaleStakes, fragile: f64, removed: f64) -> f64 {
    let damage = (1.0 - fragile) * sale.damage[0] + fragile * sale.damage[1];
    removed * (damage - sale.yen_gain)
}

/// Prices the term; none where nobody can rule a sale out.
pub(super) fn assurance(
    work: &Work<'_>,
    tree: &Tree,
    stakes: &Stakes,
    solved: &Solved,
) -> Result<Option<AssuranceTerm>, CardError> {
    let name = SellerAction::Assure.name();
    let ruled_out = tree
        .public
        .iter()
        .position(|history| history.before == Some(0) && history.event == name);
    let first = departure(tree, solved, 0, SellerAction::Assure);
    let (Some(ruled_out), Some(first)) = (ruled_out, first) else {
        return Ok(None);
    };
    let (before, after) = (solved.implied(), solved.beliefs[ruled_out]);
    let here = node_values(&solved.game, &solved.point.assessment.profile)[0];
    let sale = &stakes.big.by_joined_backstop[0][0];
    let worth = Worth {
        seller: first.seller - here,
        issuer: worth_to_issuer(sale, work.judgements.prior_fragile, before - after),
    };
    let bare = price(work.judgements, work.package);
    let with_term = Stakes {
        deal_gain: stakes.deal_gain + worth.seller,
        deal_cost: stakes.deal_cost - worth.issuer,
        ..*stakes
    };
    let closing = Closing {
        compared: solved.compares(),
        ..work.closing(work.settings.lambda)
    };
    let again = close(
        tree,
        &with_term,
        &closing,
        Start::Near(solved),
        &work.stop(),
    )?;
    Ok(Some(AssuranceTerm {
        before,
        after,
        worth,
        package: Worth {
            seller: bare.seller + worth.seller,
            issuer: bare.issuer + worth.issuer,
        },
        deal: [
            read(tree, stakes, solved).deal,
            read(tree, &with_term, &again).deal,
        ],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: a quarter of the belief removed; damage 10 and 50 at even odds is 30, less 4 for the yen: 6.5.
    #[test]
    fn worth_is_the_damage_removed() {
        let sale = SaleStakes {
            damage: [10.0, 50.0],
            market_cost: 3.0,
            joiner_mark: 0.0,
            yen_gain: 4.0,
            yen_cost: 1.0,
        };
        assert_eq!(worth_to_issuer(&sale, 0.5, 0.25), 6.5);
        assert_eq!(worth_to_issuer(&sale, 0.5, 0.0), 0.0);
    }
}
