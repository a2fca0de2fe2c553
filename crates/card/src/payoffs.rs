//! Payoffs at an end of the standoff, part by part, $bn against "a deal today, no card played".
//!
//! Seller: 0 after a deal, -W without one (tariff); -escalation; -delay per month; minus market and security cost of a sale,
//! audience cost of words that were neither conceded to nor carried out, walking back, a broken assurance, what the
//! announcement did to his own portfolio. Issuer: 0 after a deal (less for conceding to a threat), +L without one; damage, spikes,
//! pause, backstop, delay, announcement. Joiner: a share of the issuer's damage, his own marks, the cost of joining.

use crate::stakes::{SaleStakes, Stakes};
use crate::state::{Sold, State, Words};
use crate::structure::Round;

/// Types of the players at an end: seller (1 is resolved), issuer (1 is fragile), joiner (1 is opportunist).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Types {
    /// Seller.
    pub seller: usize,
    /// Issuer.
    pub issuer: usize,
    /// Joiner.
    pub joiner: usize,
}

/// The seller's payoff in parts, and the payoffs of the others.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct EndPayoff {
    /// Tariffs of no deal.
    pub tariff: f64,
    /// Escalation.
    pub escalation: f64,
    /// Waiting, less the worth of a pause.
    pub delay: f64,
    /// Everything the card costs: sale, words, announcement.
    pub card: f64,
    /// Issuer.
    pub issuer: f64,
    /// Joiner.
    pub joiner: f64,
}

impl EndPayoff {
    /// The seller's payoff.
    #[must_use]
    pub fn seller(&self) -> f64 {
        self.tariff + self.escalation + self.delay + self.card
    }
}

/// What a sale costs and does, given who joined and who stands behind the market; none if nothing was sold.
fn sale_of(stakes: &Stakes, state: &State) -> Option<(SaleStakes, f64)> {
    let (branches, security_share) = match state.sold {
        Sold::Nothing => return None,
        Sold::Small => (stakes.small?, stakes.small_share),
        Sold::Big => (stakes.big, 1.0),
        Sold::Quietly => (stakes.quiet?, 1.0),
    };
    let (joined, backstop) = (usize::from(state.joined), usize::from(state.backstopped));
    Some((
        branches.by_joined_backstop[joined][backstop],
        security_share,
    ))
}

/// Payoffs at an end. `expected_months` is the sum over months without a deal of the market's belief in a sale less its
/// belief before the first word.
#[must_use]
pub fn end_payoff(
    stakes: &Stakes,
    rounds: &[Round],
    state: &State,
    types: Types,
    expected_months: f64,
) -> EndPayoff {
    let mut pay = EndPayoff::default();
    let deal = state.deal_round > 0;
    let waited = if deal {
        state.deal_round - 1
    } else {
        state.rounds
    };
    let months: f64 = rounds
        .iter()
        .take(usize::from(waited))
        .map(|round| round.months)
        .sum();
    pay.delay = -stakes.delay[0] * months;
    pay.issuer = -stakes.delay[1] * months;
    if state.paused {
        pay.delay += stakes.pause[0];
        pay.issuer -= stakes.pause[1];
    }
    if !deal {
        pay.tariff = -stakes.deal_gain;
        pay.issuer += stakes.deal_cost;
        if state.escalated_round > 0 {
            pay.escalation = -stakes.escalation_loss;
            pay.issuer += stakes.escalation_gain[types.issuer];
        }
    }
    if state.spike_round > 0 {
        let relief = if state.spike_paused {
            stakes.pause_relief
        } else {
            0.0
        };
        pay.issuer -= stakes.spike[types.issuer] * (1.0 - relief);
    }
    if state.backstopped {
        pay.issuer -= stakes.backstop_cost;
    }
    let audience = stakes.audience[types.seller];
    let unmet = !deal && !state.is_sold_whole();
    match state.words {
        Words::Silent | Words::Assured => {}
        Words::Hinted => {
            if deal {
                pay.issuer -= stakes.concede_after[0];
            } else if unmet {
                pay.card -= stakes.audience_hint;
            }
        }
        Words::Explicit => {
            if deal {
                pay.issuer -= stakes.concede_after[1];
            } else if unmet {
                pay.card -= audience;
            }
        }
        Words::WalkedBack => {
            let cost = if state.threatened {
                audience
            } else {
                stakes.audience_hint
            };
            pay.card -= stakes.walk_back_share * cost;
        }
    }
    if state.assurance_broken {
        pay.card -= stakes.assurance_broken;
    }
    let mut damage = 0.0;
    if let Some((sale, security_share)) = sale_of(stakes, state) {
        damage = sale.damage[types.issuer];
        pay.issuer += sale.yen_gain - damage;
        pay.card -=
            sale.market_cost + sale.yen_cost + security_share * stakes.security[types.seller];
        pay.joiner += sale.joiner_mark;
    }
    pay.joiner += stakes.joiner_gain_share * damage;
    if state.joined {
        pay.joiner -= stakes.joiner_security[types.joiner];
    }
    pay.card -= stakes.announcement[0] * expected_months;
    pay.issuer -= stakes.announcement[1] * expected_months;
    pay
}
