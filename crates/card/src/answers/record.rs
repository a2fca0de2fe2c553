//! The record of April to July 2025 under the equilibrium: beliefs step by step, and how likely it was.
//!
//! Steps (snapshot/timeline): 9 April, the minister rules the card out (T08), yields spike and the tariffs are put off for 90 days
//! the same day (T09); 2 May (Tokyo), "it does exist as a card" (T18); 4 May, walked back (T20); 7 July, the letter of 25 percent
//! (T27); 22 July, the deal (T29). Months in which nothing is recorded are silent and held. Beliefs about types follow Bayes' rule
//! over the equilibrium's strategies. One history is no sample: likelihoods are compared, not estimated.

use super::camp::Work;
use crate::closure::{Solved, Start, close};
use crate::error::CardError;
use crate::payoffs::Types;
use crate::tree::Tree;

/// One step of the record.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordStep {
    /// The round.
    pub round: String,
    /// Who moved.
    pub who: &'static str,
    /// What happened.
    pub event: String,
    /// How likely it was given everything before.
    pub probability: f64,
    /// How likely with every possible move as likely as the next (nature keeps its odds).
    pub even: f64,
    /// Afterwards: the seller is resolved.
    pub resolved: f64,
    /// Afterwards: the issuer is fragile.
    pub fragile: f64,
    /// Afterwards: the market's belief in a sale.
    pub sale: f64,
}

/// How likely a reply of the issuer is after calm and after a spike in April.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reply {
    /// A pause after a spike.
    pub pause_after_spike: f64,
    /// A pause after calm.
    pub pause_after_calm: f64,
}

/// The record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Steps in order.
    pub steps: Vec<RecordStep>,
    /// Natural logarithm of the likelihood under the equilibrium.
    pub log_likelihood: f64,
    /// The same where the card does nothing.
    pub log_likelihood_without_card: f64,
    /// The same with even play.
    pub log_likelihood_even: f64,
    /// The reply of 9 April.
    pub reply: Reply,
    /// Market-implied probability of a sale before the first step.
    pub implied: f64,
}

impl Record {
    /// How many times as likely the record is in equilibrium as in the same game without a card.
    #[must_use]
    pub fn times_without_card(&self) -> f64 {
        (self.log_likelihood - self.log_likelihood_without_card).exp()
    }

    /// How many times as likely as with every possible move as likely as the next.
    #[must_use]
    pub fn times_even(&self) -> f64 {
        (self.log_likelihood - self.log_likelihood_even).exp()
    }
}

/// Round, who, event.
const STEPS: [(usize, &str, &str); 15] = [
    (0, "seller", "assure"),
    (0, "market", "spike"),
    (0, "issuer", "pause"),
    (1, "seller", "brandish"),
    (1, "market", "calm"),
    (1, "issuer", "hold"),
    (2, "seller", "assure"),
    (2, "market", "calm"),
    (2, "issuer", "hold"),
    (3, "seller", "silent"),
    (3, "market", "calm"),
    (3, "issuer", "escalate"),
    (4, "seller", "silent"),
    (4, "market", "calm"),
    (4, "issuer", "concede"),
];

/// Nodes that the record could be at, each with its probability and types.
type Possible = Vec<(usize, f64, Types)>;

/// Follows one event; none if it is no move there.
fn follow(tree: &Tree, play: &[f64], at: &Possible, event: &str) -> Option<(Possible, f64, f64)> {
    let game = &tree.game;
    let mut next = Vec::new();
    let (mut before, mut after, mut even) = (0.0, 0.0, 0.0);
    for (node, weight, types) in at {
        before += weight;
        let children = game.children(*node);
        let choices = children.len();
        for child in children {
            if game.label_of_edge(child) != event {
                continue;
            }
            let (share, flat) = match game.action_into(child) {
                Some(slot) => (play[slot], 1.0 / choices as f64),
                None => {
                    let odds = game.chance_into(child)?;
                    (odds, odds)
                }
            };
            after += weight * share;
            even += weight * flat;
            next.push((child, weight * share, *types));
        }
    }
    (!next.is_empty()).then(|| (next, after / before, even / before))
}

fn start(tree: &Tree) -> Possible {
    let game = &tree.game;
    // Ends know the types of the path they are on; the first nodes after the root are told apart by them.
    let mut types_of = vec![None; game.nodes()];
    for end in &tree.ends {
        let mut node = end.node;
        while let Some(parent) = game.parent(node) {
            if parent == 0 {
                break;
            }
            node = parent;
        }
        types_of[node] = Some(end.types);
    }
    game.children(0)
        .filter_map(|child| Some((child, game.chance_into(child)?, types_of[child]?)))
        .collect()
}

fn share(at: &Possible, wanted: impl Fn(Types) -> bool) -> f64 {
    let all: f64 = at.iter().map(|(_, weight, _)| weight).sum();
    let some: f64 = at
        .iter()
        .filter(|(_, _, types)| wanted(*types))
        .map(|(_, weight, _)| weight)
        .sum();
    some / all
}

/// Walks the record through an equilibrium.
fn walk(tree: &Tree, solved: &Solved) -> Result<(Vec<RecordStep>, Reply), CardError> {
    let play = solved.point.assessment.profile.probabilities();
    let mut at = start(tree);
    let mut steps = Vec::new();
    let mut pause = [f64::NAN; 2];
    for (round, who, event) in STEPS {
        let label = &tree.structure.rounds[round].label;
        let refuse = |reason: &str| CardError::History {
            step: format!("{label}: {who} {event}"),
            reason: reason.to_owned(),
        };
        if round == 0 && who == "market" {
            for (place, state) in pause.iter_mut().zip(["spike", "calm"]) {
                let reached = follow(tree, play, &at, state)
                    .ok_or_else(|| refuse("the market does not move there"))?
                    .0;
                *place = follow(tree, play, &reached, "pause")
                    .ok_or_else(|| refuse("the issuer cannot pause there"))?
                    .1;
            }
        }
        let Some((next, probability, even)) = follow(tree, play, &at, event) else {
            // After a spike the market moves no more, and who has nothing left to do is silent.
            if event == "calm" || event == "silent" {
                continue;
            }
            return Err(refuse("it is no move there"));
        };
        at = next;
        let public = at.first().map_or(0, |first| tree.public_of[first.0]);
        steps.push(RecordStep {
            round: label.clone(),
            who,
            event: event.to_owned(),
            probability,
            even,
            resolved: share(&at, |types| types.seller == 1),
            fragile: share(&at, |types| types.issuer == 1),
            sale: solved.beliefs[public],
        });
    }
    Ok((
        steps,
        Reply {
            pause_after_spike: pause[0],
            pause_after_calm: pause[1],
        },
    ))
}

pub(super) fn record(work: &Work<'_>) -> Result<Record, CardError> {
    let structure = work.structure("history")?;
    let tree = work.tree(&structure)?;
    let (stakes, _) = work.stakes(&structure)?;
    let closing = work.rough_closing();
    let solved = close(&tree, &stakes, &closing, Start::Belief(0.0), &work.stop())?;
    let (steps, reply) = walk(&tree, &solved)?;
    let none = stakes.without_card();
    let other = close(&tree, &none, &closing, Start::Belief(0.0), &work.stop())?;
    let (without, _) = walk(&tree, &other)?;
    let sum = |steps: &[RecordStep], of: &dyn Fn(&RecordStep) -> f64| {
        steps.iter().map(|step| of(step).ln()).sum()
    };
    Ok(Record {
        log_likelihood: sum(&steps, &|step| step.probability),
        log_likelihood_without_card: sum(&without, &|step| step.probability),
        log_likelihood_even: sum(&steps, &|step| step.even),
        implied: solved.implied(),
        steps,
        reply,
    })
}
