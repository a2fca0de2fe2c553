//! What an equilibrium says: probabilities of what happens, and values in parts.
//!
//! Everything is a sum over the ends of the tree, weighted by their probability. Values are $bn present value against "a deal
//! today, no card played"; the seller's value is the sum of its parts.

use brandish_game::reach;

use crate::closure::Solved;
use crate::payoffs::EndPayoff;
use crate::stakes::Stakes;
use crate::state::{State, Words};
use crate::tree::Tree;

/// Probabilities and values of an equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// A deal.
    pub deal: f64,
    /// A deal in each round, in order.
    pub deal_by_round: Vec<f64>,
    /// Any sale.
    pub sale: f64,
    /// An explicit threat at some time.
    pub threat: f64,
    /// A threat or a hint taken back.
    pub walk_back: f64,
    /// A threat carried out at the end.
    pub carried_out: f64,
    /// A threat neither conceded to nor carried out.
    pub folded: f64,
    /// An escalation (that a deal may have ended).
    pub escalation: f64,
    /// A pause.
    pub pause: f64,
    /// A spike.
    pub spike: f64,
    /// The joiner joins.
    pub joined: f64,
    /// A backstop.
    pub backstop: f64,
    /// Of threats that ended without a sale, the share that ended in a deal; none if there are no threats.
    pub deal_if_threat_only: Option<f64>,
    /// Of threats that ended with a sale, the share that ended in a deal.
    pub deal_if_sold: Option<f64>,
    /// The seller's value in parts, and the values of the others.
    pub values: EndPayoff,
    /// The seller's value by type: soft, resolved.
    pub seller_by_type: [f64; 2],
}

/// Reads an equilibrium.
#[must_use]
pub fn read(tree: &Tree, stakes: &Stakes, solved: &Solved) -> Reading {
    let reach = reach(&solved.game, &solved.point.assessment.profile);
    let mut reading = Reading {
        deal: 0.0,
        deal_by_round: vec![0.0; tree.structure.rounds.len()],
        sale: 0.0,
        threat: 0.0,
        walk_back: 0.0,
        carried_out: 0.0,
        folded: 0.0,
        escalation: 0.0,
        pause: 0.0,
        spike: 0.0,
        joined: 0.0,
        backstop: 0.0,
        deal_if_threat_only: None,
        deal_if_sold: None,
        values: EndPayoff::default(),
        seller_by_type: [0.0; 2],
    };
    // (threat only, of which deals), (threat and sale, of which deals), by type: weight.
    let mut only = [0.0; 2];
    let mut sold = [0.0; 2];
    let mut by_type = [0.0; 2];
    for (end, pay) in tree.end_payoffs(stakes, &solved.priced, solved.prior) {
        let p = reach[end.node];
        let state: &State = &end.state;
        let deal = state.deal_round > 0;
        let add = |place: &mut f64, happened: bool| {
            if happened {
                *place += p;
            }
        };
        add(&mut reading.deal, deal);
        if let Some(place) = usize::from(state.deal_round)
            .checked_sub(1)
            .and_then(|round| reading.deal_by_round.get_mut(round))
        {
            *place += p;
        }
        add(&mut reading.sale, state.is_sold());
        add(&mut reading.threat, state.threatened);
        add(&mut reading.walk_back, state.words == Words::WalkedBack);
        add(&mut reading.carried_out, state.carried_out);
        let folded = state.words == Words::Explicit && !deal && !state.is_sold();
        add(&mut reading.folded, folded);
        add(&mut reading.escalation, state.escalated_round > 0);
        add(&mut reading.pause, state.paused);
        add(&mut reading.spike, state.spike_round > 0);
        add(&mut reading.joined, state.joined);
        add(&mut reading.backstop, state.backstopped);
        let ended = if state.is_sold() {
            &mut sold
        } else {
            &mut only
        };
        add(&mut ended[0], state.threatened);
        add(&mut ended[1], state.threatened && deal);
        let values = &mut reading.values;
        for (place, value) in [
            (&mut values.tariff, pay.tariff),
            (&mut values.escalation, pay.escalation),
            (&mut values.delay, pay.delay),
            (&mut values.card, pay.card),
            (&mut values.issuer, pay.issuer),
            (&mut values.joiner, pay.joiner),
        ] {
            *place += p * value;
        }
        by_type[end.types.seller] += p;
        reading.seller_by_type[end.types.seller] += p * pay.seller();
    }
    for (value, weight) in reading.seller_by_type.iter_mut().zip(by_type) {
        *value /= weight;
    }
    let share = |[all, deals]: [f64; 2]| (all > 0.0).then(|| deals / all);
    reading.deal_if_threat_only = share(only);
    reading.deal_if_sold = share(sold);
    reading
}

/// What the card is worth: the equilibrium with it against the same game in which it does nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CardValue {
    /// To the seller: the sum of the next four.
    pub seller: f64,
    /// Escalations that do not happen.
    pub deterred: f64,
    /// Concessions that are obtained.
    pub compelled: f64,
    /// Time gained or lost.
    pub time: f64,
    /// What playing costs.
    pub cost: f64,
    /// To the issuer.
    pub issuer: f64,
    /// Change of the probability of a deal.
    pub deal: f64,
    /// Change of the probability of an escalation.
    pub escalation: f64,
}

/// Compares two equilibria.
#[must_use]
pub fn card_value(with: &Reading, without: &Reading) -> CardValue {
    let (one, two) = (&with.values, &without.values);
    CardValue {
        seller: one.seller() - two.seller(),
        deterred: one.escalation - two.escalation,
        compelled: one.tariff - two.tariff,
        time: one.delay - two.delay,
        cost: one.card - two.card,
        issuer: one.issuer - two.issuer,
        deal: with.deal - without.deal,
        escalation: with.escalation - without.escalation,
    }
}
