//! Stakes: what each event of the standoff is worth to whom, from outcomes of the engine and judgements.
//!
//! $bn present value against "a deal today, no card played". With H the years a tariff lasts, s the share of autos in imports:
//!   points(reciprocal, autos) = s (autos - deal) + (1 - s) (reciprocal - deal)                   percentage points above the deal
//!   no deal:     seller - K_J H points, issuer + K_U H points, each less what the deal's other terms are worth (see `deal`)
//!   crisis:      pi(y) = 1/(1+exp(-(y-y0)/w)) - 1/(1+exp(y0/w)), y the ten-year peak in bp, so that pi(0) = 0
//!   damage of a sale to the issuer = interest + mortgages x mean change + equities x peak + pi(peak) x cost of a crisis by type
//!   market cost to the seller      = execution loss + weights x losses of value on what the state and private holders keep
//! All yields, interest and losses are the engine's, draw by draw (`brandish_scenario::branches`); K_J, K_U, weights and costs
//! stand in parameters/card.toml with unit, range and source.

use brandish_scenario::branches::BranchOutcome;

use crate::deal::{self, Package};
use crate::judgements::Judgements;

/// What the engine says about a sale of one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SaleOutcomes {
    /// The seller alone, the Fed as in the scenario.
    pub alone: BranchOutcome,
    /// The same with a backstop that is certain.
    pub backstopped: BranchOutcome,
    /// Joined.
    pub joined: BranchOutcome,
    /// Joined, with a certain backstop.
    pub joined_backstopped: BranchOutcome,
}

impl SaleOutcomes {
    /// For games without a joiner and without a backstop: one outcome stands at all four places, and the other three are
    /// never reached.
    #[must_use]
    pub const fn only(alone: BranchOutcome) -> Self {
        Self {
            alone,
            backstopped: alone,
            joined: alone,
            joined_backstopped: alone,
        }
    }
}

/// What the engine says about the sales that can happen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcomes {
    /// The whole amount, declared.
    pub big: SaleOutcomes,
    /// A small sale, declared, where the game has one.
    pub small: Option<SaleOutcomes>,
    /// The whole amount in silence, where the game has that.
    pub quiet: Option<BranchOutcome>,
    /// Share of the proceeds that is sold for yen.
    pub converted_to_yen: f64,
}

/// A sale in one circumstance, as payoffs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SaleStakes {
    /// Damage to a robust and to a fragile issuer.
    pub damage: [f64; 2],
    /// Market cost to the seller.
    pub market_cost: f64,
    /// Change in value of everything the joiner holds (positive is a gain).
    pub joiner_mark: f64,
    /// What the stronger yen is worth to the issuer.
    pub yen_gain: f64,
    /// What it costs the seller.
    pub yen_cost: f64,
}

/// The four circumstances of a sale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SaleBranches {
    /// Without and with a joiner, each without and with a backstop.
    pub by_joined_backstop: [[SaleStakes; 2]; 2],
}

/// Every payoff of the standoff.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stakes {
    /// Seller's gain from a deal against no deal, its other terms paid.
    pub deal_gain: f64,
    /// Issuer's cost of it, its other terms received.
    pub deal_cost: f64,
    /// Loss to the seller from an escalation that stands.
    pub escalation_loss: f64,
    /// Gain of a robust and a fragile issuer from it.
    pub escalation_gain: [f64; 2],
    /// A month without a deal: seller, issuer.
    pub delay: [f64; 2],
    /// A pause: gain of the seller, cost to the issuer.
    pub pause: [f64; 2],
    /// Share of a spike's cost that a pause in the same month takes away.
    pub pause_relief: f64,
    /// A spike of yields: robust, fragile issuer.
    pub spike: [f64; 2],
    /// The whole sale.
    pub big: SaleBranches,
    /// A small sale.
    pub small: Option<SaleBranches>,
    /// The whole sale in silence.
    pub quiet: Option<SaleBranches>,
    /// Security cost of a sale: soft, resolved.
    pub security: [f64; 2],
    /// Share of it that a small sale costs.
    pub small_share: f64,
    /// Audience cost of an explicit threat: soft, resolved.
    pub audience: [f64; 2],
    /// Audience cost of a hint.
    pub audience_hint: f64,
    /// Share of the audience cost that walking back costs.
    pub walk_back_share: f64,
    /// Breaking an assurance.
    pub assurance_broken: f64,
    /// What conceding costs the issuer more after a hint and after an explicit threat.
    pub concede_after: [f64; 2],
    /// A backstop.
    pub backstop_cost: f64,
    /// Joiner's share of the issuer's damage.
    pub joiner_gain_share: f64,
    /// Joiner's security cost: aloof, opportunist.
    pub joiner_security: [f64; 2],
    /// Cost a month, to the seller and to the issuer, of a market that is sure of the sale.
    pub announcement: [f64; 2],
}

/// Odds of a crisis for a peak of the ten-year yield in bp, above those without any sale.
#[must_use]
pub fn crisis_probability(judgements: &Judgements, peak_bp: f64) -> f64 {
    let odds = |bp: f64| {
        1.0 / (1.0 + (-(bp - judgements.crisis_at_bp) / judgements.crisis_width_bp).exp())
    };
    (odds(peak_bp) - odds(0.0)).max(0.0)
}

/// Damage of a sale to the issuer without a crisis: interest, mortgages, equities.
fn ordinary_damage(judgements: &Judgements, outcome: &BranchOutcome) -> f64 {
    outcome.interest.bn()
        + judgements.mortgage_usd_bn_per_bp * outcome.ten_year_mean.0
        + judgements.equity_usd_bn_per_bp * outcome.ten_year_peak.0
}

fn sale(judgements: &Judgements, outcome: &BranchOutcome, converted: f64) -> SaleStakes {
    let ordinary = ordinary_damage(judgements, outcome);
    let crisis = crisis_probability(judgements, outcome.ten_year_peak.0);
    // The yen gains where USDJPY falls.
    let yen_pct = -outcome.yen_pct_if_all_converted * converted;
    SaleStakes {
        damage: [
            ordinary + crisis * judgements.crisis_cost_robust_usd_bn,
            ordinary + crisis * judgements.crisis_cost_fragile_usd_bn,
        ],
        market_cost: outcome.execution_loss.bn()
            - judgements.mark_weight * outcome.state_mark.bn()
            - judgements.mark_weight * judgements.private_weight * outcome.private_mark.bn(),
        joiner_mark: outcome.joiner_mark.bn(),
        yen_gain: judgements.yen_gain_issuer_usd_bn_per_pct * yen_pct,
        yen_cost: judgements.yen_cost_seller_usd_bn_per_pct * yen_pct,
    }
}

fn branches(judgements: &Judgements, outcomes: &SaleOutcomes, converted: f64) -> SaleBranches {
    let one = |outcome: &BranchOutcome| sale(judgements, outcome, converted);
    SaleBranches {
        by_joined_backstop: [
            [one(&outcomes.alone), one(&outcomes.backstopped)],
            [one(&outcomes.joined), one(&outcomes.joined_backstopped)],
        ],
    }
}

/// Percentage points by which reciprocal and auto tariffs exceed those of the deal, weighted by imports.
#[must_use]
pub fn points_above_deal(judgements: &Judgements, reciprocal: f64, autos: f64) -> f64 {
    let share = judgements.imports_autos_usd_bn / judgements.imports_usd_bn;
    share * (autos - judgements.tariff_deal_pct)
        + (1.0 - share) * (reciprocal - judgements.tariff_deal_pct)
}

/// Value to the issuer of one percentage point of tariff for a year.
#[must_use]
pub fn issuer_point(judgements: &Judgements) -> f64 {
    judgements.issuer_revenue_usd_bn_per_point_year * judgements.issuer_net_share
}

impl Stakes {
    /// Payoffs for one draw of the engine.
    #[must_use]
    pub fn new(judgements: &Judgements, outcomes: &Outcomes, package: &Package) -> Self {
        let j = judgements;
        let terms = deal::price(j, package);
        let autos = j.tariff_autos_pct;
        let escalated = points_above_deal(j, j.tariff_escalated_pct, autos)
            - points_above_deal(j, j.tariff_no_deal_pct, autos);
        let talks = points_above_deal(j, j.tariff_talks_pct, autos);
        let (seller_point, issuer_point) = (j.seller_loss_usd_bn_per_point_year, issuer_point(j));
        let alone = &outcomes.big.alone;
        let converted = outcomes.converted_to_yen;
        Self {
            deal_gain: terms.seller,
            deal_cost: -terms.issuer,
            escalation_loss: seller_point * j.tariff_years * escalated,
            escalation_gain: [
                issuer_point * j.tariff_years * escalated - j.escalation_cost_robust_usd_bn,
                issuer_point * j.tariff_years * escalated - j.escalation_cost_fragile_usd_bn,
            ],
            delay: [
                j.delay_seller_usd_bn_per_month + seller_point * talks / 12.0,
                j.delay_issuer_usd_bn_per_month - issuer_point * talks / 12.0,
            ],
            pause: [j.pause_gain_seller_usd_bn, j.pause_cost_usd_bn],
            pause_relief: j.pause_relief_share,
            spike: [j.spike_cost_robust_usd_bn, j.spike_cost_fragile_usd_bn],
            big: branches(j, &outcomes.big, converted),
            small: outcomes.small.map(|small| branches(j, &small, converted)),
            quiet: outcomes
                .quiet
                .map(|quiet| branches(j, &SaleOutcomes::only(quiet), converted)),
            security: [j.security_soft_usd_bn, j.security_resolved_usd_bn],
            small_share: j.small_share,
            audience: [j.audience_soft_usd_bn, j.audience_resolved_usd_bn],
            audience_hint: j.audience_hint_usd_bn,
            walk_back_share: j.walk_back_share,
            assurance_broken: j.assurance_broken_usd_bn,
            concede_after: [j.concede_after_hint_usd_bn, j.concede_after_threat_usd_bn],
            backstop_cost: j.backstop_cost_usd_bn,
            joiner_gain_share: j.joiner_gain_share,
            joiner_security: [
                j.joiner_security_aloof_usd_bn,
                j.joiner_security_opportunist_usd_bn,
            ],
            announcement: [
                -j.mark_weight * alone.state_mark.bn() / 12.0,
                ordinary_damage(j, alone) / 12.0,
            ],
        }
    }

    /// The same standoff in which the card does nothing: no damage, no cost, no announcement, no audience. The actions stay,
    /// because at finite precision further actions move play by themselves.
    #[must_use]
    pub fn without_card(&self) -> Self {
        let none = SaleBranches {
            by_joined_backstop: [[SaleStakes {
                damage: [0.0; 2],
                market_cost: 0.0,
                joiner_mark: 0.0,
                yen_gain: 0.0,
                yen_cost: 0.0,
            }; 2]; 2],
        };
        Self {
            big: none,
            small: self.small.map(|_| none),
            quiet: self.quiet.map(|_| none),
            security: [0.0; 2],
            audience: [0.0; 2],
            audience_hint: 0.0,
            assurance_broken: 0.0,
            concede_after: [0.0; 2],
            joiner_security: [0.0; 2],
            announcement: [0.0; 2],
            ..*self
        }
    }
}
