//! When to threaten, and what it costs to take a threat back.
//!
//! Timing: the seller departs alone from the equilibrium, silent before a month and explicit in it, and plays on as the
//! equilibrium says; everybody else answers as in equilibrium. Walking back: the value of silence less that of taking the words
//! back, right after a threat that was not conceded to. Both are values of actions, not frequencies: what is likely after a
//! threat also depends on who threatens.

use brandish_game::{BehaviorProfile, node_values};

use crate::closure::Solved;

use crate::structure::{IssuerAction, SellerAction};
use crate::tree::{SELLER_TYPES, Tree};

/// The value of threatening first in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    /// The month, or none for never threatening.
    pub round: Option<String>,
    /// Expected payoff to the seller, $bn.
    pub seller: f64,
    /// By type: soft, resolved.
    pub by_type: [f64; 2],
}

/// Price of walking a first-round threat back.
#[derive(Debug, Clone, PartialEq)]
pub struct WalkBack {
    /// Type of the seller.
    pub kind: &'static str,
    /// Value of silence less the value of walking back, $bn.
    pub price: f64,
    /// How likely the equilibrium walks back there.
    pub probability: f64,
}

pub(super) fn timing(tree: &Tree, solved: &Solved) -> (Vec<Timing>, Vec<WalkBack>) {
    let mut all = Vec::new();
    let rounds = tree.structure.rounds.len();
    for first in 0..=rounds {
        if let Some(found) = departure(tree, solved, first, SellerAction::Brandish) {
            all.push(found);
        }
    }
    (all, walk_back(tree, solved))
}

/// The seller silent before round `first`, and this action in it; `first` beyond the last round is never. None where the
/// action cannot be taken there.
pub(super) fn departure(
    tree: &Tree,
    solved: &Solved,
    first: usize,
    action: SellerAction,
) -> Option<Timing> {
    let game = &solved.game;
    let mut play = solved.point.assessment.profile.probabilities().to_vec();
    for set in (0..game.infosets()).filter(|set| game.owner(*set) == 0) {
        let node = game.members(set).next()?;
        let events = tree.events(tree.public_of[node]);
        let own: Vec<&str> = events
            .iter()
            .copied()
            .filter(|event| {
                tree.structure
                    .seller
                    .iter()
                    .any(|action| action.name() == *event)
            })
            .collect();
        if own
            .iter()
            .any(|event| *event != SellerAction::Silent.name())
            || own.len() > first
        {
            continue;
        }
        let wanted = if own.len() == first {
            action
        } else {
            SellerAction::Silent
        };
        let range = game.actions_at(set);
        let at = range
            .clone()
            .find(|slot| game.action_label(*slot) == wanted.name())?;
        for slot in range {
            play[slot] = if slot == at { 1.0 } else { 0.0 };
        }
    }
    let profile = BehaviorProfile::new(game, play).ok()?;
    let values = node_values(game, &profile);
    let players = game.players().len();
    // The seller's types stand at the first nodes after the root, weighted by their priors.
    let mut by_type = [0.0; 2];
    let mut weight = [0.0; 2];
    for child in game.children(0) {
        let kind = usize::from(game.label_of_edge(child).starts_with(SELLER_TYPES[1]));
        let prior = game.chance_into(child)?;
        by_type[kind] += prior * values[child * players];
        weight[kind] += prior;
    }
    for (value, weight) in by_type.iter_mut().zip(weight) {
        *value /= weight;
    }
    Some(Timing {
        round: tree
            .structure
            .rounds
            .get(first)
            .map(|round| round.label.clone()),
        seller: values[0],
        by_type,
    })
}

fn walk_back(tree: &Tree, solved: &Solved) -> Vec<WalkBack> {
    let game = &solved.game;
    let values = solved.point.assessment.action_values(game);
    let wanted = [SellerAction::Brandish.name(), IssuerAction::Hold.name()];
    let mut found = Vec::new();
    for set in (0..game.infosets()).filter(|set| game.owner(*set) == 0) {
        let Some(node) = game.members(set).next() else {
            continue;
        };
        if tree.events(tree.public_of[node]) != wanted {
            continue;
        }
        let value_of = |action: SellerAction| {
            game.actions_at(set)
                .find(|slot| game.action_label(*slot) == action.name())
        };
        if let (Some(silent), Some(back)) = (
            value_of(SellerAction::Silent),
            value_of(SellerAction::Assure),
        ) {
            let kind = usize::from(game.infoset_label(set).starts_with(SELLER_TYPES[1]));
            found.push(WalkBack {
                kind: SELLER_TYPES[kind],
                price: values[silent] - values[back],
                probability: solved.point.assessment.profile.probabilities()[back],
            });
        }
    }
    found
}
