//! What would have to be true for the threat to work, and which conclusions turn inside the ranges of the judgements.
//!
//! The threat *works* where it lifts the probability of a deal by a tenth or more and is worth having. Each lever is moved
//! alone, from its central value towards the end that helps; the answer is the first value on a grid of a dozen steps that
//! works, refined by halving, or that none does. A conclusion is a yes or no at central judgements; it turns if moving one
//! judgement to an end of its range changes it. Where play at that end is far from play at the center, the value at which the
//! conclusion turns is looked for: if play on its two sides stays apart however close they come, the answer jumps to another
//! branch of quantal responses there (a fold), and the turn is said to be due to that.

use brandish_scenario::branches::Backstop;
use rayon::prelude::*;

use super::camp::Work;
use super::margins::{LIKELY, UNLIKELY};
use crate::closure::{Closing, Solved, Start, close};
use crate::engine::{alone, joined};
use crate::error::CardError;
use crate::judgements::Judgements;
use crate::reading::{CardValue, Reading, card_value, read};
use crate::stakes::{Outcomes, SaleOutcomes, Stakes};
use crate::structure::Structure;
use crate::tree::{Priors, Tree};

/// Lift of the probability of a deal at which a threat is said to work.
pub const WORKING_LIFT: f64 = 0.10;
/// Steps of a lever's grid.
const STEPS: usize = 12;
/// Halvings after the grid.
const HALVINGS: usize = 8;

/// A lever with the value it would need.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// What is moved.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Where it stands.
    pub central: f64,
    /// The end it was moved to.
    pub tried_to: f64,
    /// The first value that works; none if even the end does not.
    pub needed: Option<f64>,
}

/// A yes or no about the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conclusion {
    /// A deal is more likely than not.
    DealLikely,
    /// The card is worth having to the seller.
    WorthHaving,
    /// It lifts the probability of a deal by a tenth or more.
    LiftsDeals,
    /// It deters more than it compels.
    DetersMore,
    /// The issuer is worse off with it.
    HurtsIssuer,
    /// A sale is less likely than one in ten.
    SaleUnlikely,
}

impl Lever {
    /// Whether it needs to move no further than a hundredth of the way that was tried: the threat then works about where the lever
    /// stands, and what moves it over the bound says nothing about this lever.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.needed.is_some_and(|needed| {
            (needed - self.central).abs() <= THERE * (self.tried_to - self.central).abs()
        })
    }
}

/// Share of the way to a lever's end that is no distance.
const THERE: f64 = 0.01;

impl Conclusion {
    /// All conclusions.
    pub const ALL: [Self; 6] = [
        Self::DealLikely,
        Self::WorthHaving,
        Self::LiftsDeals,
        Self::DetersMore,
        Self::HurtsIssuer,
        Self::SaleUnlikely,
    ];

    /// As a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::DealLikely => "a deal is more likely than not",
            Self::WorthHaving => "the card is worth having to the seller",
            Self::LiftsDeals => "it lifts the probability of a deal by a tenth or more",
            Self::DetersMore => "it deters more than it compels",
            Self::HurtsIssuer => "the issuer is worse off with it",
            Self::SaleUnlikely => "a sale is less likely than one in ten",
        }
    }
}

/// Which conclusions hold.
#[must_use]
pub fn conclusions(reading: &Reading, value: &CardValue) -> [bool; 6] {
    [
        reading.deal > LIKELY,
        value.seller > 0.0,
        value.deal >= WORKING_LIFT,
        value.deterred > value.compelled,
        value.issuer < 0.0,
        reading.sale < UNLIKELY,
    ]
}

/// A conclusion that turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// The judgement.
    pub name: String,
    /// The end of its range at which the conclusion turns.
    pub at: f64,
    /// Its unit.
    pub unit: String,
    /// The conclusion.
    pub conclusion: Conclusion,
    /// What it is at central judgements.
    pub central: bool,
    /// Where the conclusion turns because the answer jumps to another branch of quantal responses; none if it turns smoothly.
    pub jumps_at: Option<f64>,
}

/// With and without a card, for given judgements and outcomes.
fn solve(
    work: &Work<'_>,
    structure: &Structure,
    judgements: &Judgements,
    outcomes: &Outcomes,
    (near, compared): (&Solved, bool),
) -> Result<(Reading, CardValue, Solved), CardError> {
    let tree = Tree::build(structure, judgements, Priors::of(judgements))?;
    let stakes = Stakes::new(judgements, outcomes, work.package);
    let none = stakes.without_card();
    let closing = Closing {
        // A probability to 1e-6 decides a yes or no.
        tolerance: 1e-6,
        compared,
        ..work.closing(work.settings.lambda).briefly()
    };
    let solved = close(&tree, &stakes, &closing, Start::Near(near), &work.stop())?;
    let other = close(&tree, &none, &closing, Start::Belief(0.0), &work.stop())?;
    let reading = read(&tree, &stakes, &solved);
    let value = card_value(&reading, &read(&tree, &none, &other));
    Ok((reading, value, solved))
}

fn works(value: &CardValue) -> bool {
    value.deal >= WORKING_LIFT && value.seller > 0.0
}

/// What is moved, and how.
#[derive(Clone, Copy)]
enum Moved {
    Judgement(&'static str),
    Size,
    Joined,
}

pub(super) fn levers(
    work: &Work<'_>,
    structure: &Structure,
    near: &Solved,
) -> Result<Vec<Lever>, CardError> {
    let j = work.judgements;
    let bound = work.engine.plan().official_bound.bn();
    let joiner_bound = work.engine.joiner_bound().map_or(0.0, |bound| bound.bn());
    let tries: Vec<(Moved, &str, &str, f64, f64)> = vec![
        (
            Moved::Judgement("prior_resolved"),
            "prior of a resolved seller",
            "prob",
            j.prior_resolved,
            0.95,
        ),
        (
            Moved::Judgement("prior_fragile"),
            "prior of a fragile issuer",
            "prob",
            j.prior_fragile,
            0.95,
        ),
        (
            Moved::Size,
            "size of the sale",
            "usd_bn",
            work.amount(),
            bound,
        ),
        (
            Moved::Joined,
            "sold beside it by the joiner",
            "usd_bn",
            0.0,
            joiner_bound,
        ),
        (
            Moved::Judgement("crisis_at_bp"),
            "ten-year peak at which a crisis is as likely as not",
            "bp",
            j.crisis_at_bp,
            10.0,
        ),
        (
            Moved::Judgement("crisis_cost_fragile_usd_bn"),
            "cost of a crisis to a fragile issuer",
            "usd_bn",
            j.crisis_cost_fragile_usd_bn,
            2000.0,
        ),
        (
            Moved::Judgement("equity_usd_bn_per_bp"),
            "equity losses that the issuer counts",
            "usd_bn per bp",
            j.equity_usd_bn_per_bp,
            5.0,
        ),
        (
            Moved::Judgement("pledge_value_pct"),
            "worth of the investment pledge to the issuer",
            "pct of its face",
            j.pledge_value_pct,
            6.0,
        ),
        (
            Moved::Judgement("audience_resolved_usd_bn"),
            "audience cost to a resolved seller",
            "usd_bn",
            j.audience_resolved_usd_bn,
            60.0,
        ),
    ];
    tries
        .into_par_iter()
        .map(|(moved, name, unit, central, end)| {
            let at = |value: f64| -> Result<bool, CardError> {
                Ok(works(&moved_value(work, structure, near, (moved, value))?))
            };
            Ok(Lever {
                name: name.to_owned(),
                unit: unit.to_owned(),
                central,
                tried_to: end,
                needed: first_that_works(central, end, &at)?,
            })
        })
        .collect()
}

fn moved_value(
    work: &Work<'_>,
    structure: &Structure,
    near: &Solved,
    (moved, value): (Moved, f64),
) -> Result<CardValue, CardError> {
    let setting = work.central();
    let mut judgements = work.judgements.clone();
    let (mut amount, mut beside) = (work.amount(), 0.0);
    match moved {
        Moved::Judgement(name) => judgements = judgements.with(name, value)?,
        Moved::Size => amount = value,
        Moved::Joined => beside = value,
    }
    let outcome = if beside > 0.0 {
        joined(
            work.engine,
            setting,
            (amount, beside),
            Backstop::AsInScenario,
        )?
    } else {
        alone(work.engine, setting, amount, Backstop::AsInScenario)?
    };
    let outcomes = Outcomes {
        big: SaleOutcomes::only(outcome),
        small: None,
        quiet: None,
        converted_to_yen: work.engine.plan().converted_to_yen,
    };
    solve(work, structure, &judgements, &outcomes, (near, false)).map(|found| found.1)
}

/// The first value from `central` towards `end` that works.
fn first_that_works(
    central: f64,
    end: f64,
    works: &dyn Fn(f64) -> Result<bool, CardError>,
) -> Result<Option<f64>, CardError> {
    let mut last = central;
    for step in 0..=STEPS {
        let value = central + (end - central) * step as f64 / STEPS as f64;
        if !works(value)? {
            last = value;
            continue;
        }
        if step == 0 {
            return Ok(Some(value));
        }
        let (mut not, mut yes) = (last, value);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (not + yes);
            if works(middle)? {
                yes = middle;
            } else {
                not = middle;
            }
        }
        return Ok(Some(yes));
    }
    Ok(None)
}

/// Play that moves less than this from end to end has not jumped: two branches are further apart.
const FAR_APART: f64 = 0.2;
/// Play still this far apart on the two sides of a turn has jumped.
const STILL_APART: f64 = 0.05;
/// Halvings until that is judged: steep but smooth play has come together by then.
const TURN_HALVINGS: usize = 14;

/// Where conclusion `which` turns by a jump between two values of a judgement, if it does.
fn jump(
    which: usize,
    (from, here): (f64, &Solved),
    (to, there): (f64, &Solved),
    central: bool,
    at: &dyn Fn(f64) -> Result<([bool; 6], Solved), CardError>,
) -> Result<Option<f64>, CardError> {
    let apart = |one: &Solved, two: &Solved| {
        let profile = &one.point.assessment.profile;
        profile.distance(&two.point.assessment.profile)
    };
    if apart(here, there) < FAR_APART {
        return Ok(None);
    }
    let (mut near, mut far) = ((from, here.clone()), (to, there.clone()));
    for _ in 0..TURN_HALVINGS {
        let value = 0.5 * (near.0 + far.0);
        let (conclusions, solved) = at(value)?;
        if conclusions[which] == central {
            near = (value, solved);
        } else {
            far = (value, solved);
        }
        if apart(&near.1, &far.1) < STILL_APART {
            return Ok(None);
        }
    }
    Ok(Some(far.0))
}

pub(super) fn flips(
    work: &Work<'_>,
    structure: &Structure,
    outcomes: &Outcomes,
    near: &Solved,
) -> Result<Vec<Flip>, CardError> {
    let compared = near.compares();
    let (reading, value, middle) =
        solve(work, structure, work.judgements, outcomes, (near, compared))?;
    let central = conclusions(&reading, &value);
    let tries: Vec<(String, String, [f64; 2])> = work
        .book
        .ranges()
        .flat_map(|(prior, low, high)| {
            [low, high].map(|end| (prior.name.clone(), prior.unit.clone(), [prior.central, end]))
        })
        .collect();
    let found: Vec<Result<Vec<Flip>, CardError>> = tries
        .into_par_iter()
        .map(|(name, unit, [from, end])| {
            let at = |value: f64| -> Result<([bool; 6], Solved), CardError> {
                let judgements = work.judgements.with(&name, value)?;
                let (reading, value, solved) =
                    solve(work, structure, &judgements, outcomes, (near, compared))?;
                Ok((conclusions(&reading, &value), solved))
            };
            let (there, play) = at(end)?;
            let mut turned = Vec::new();
            for (which, conclusion) in Conclusion::ALL.into_iter().enumerate() {
                if there[which] == central[which] {
                    continue;
                }
                turned.push(Flip {
                    name: name.clone(),
                    at: end,
                    unit: unit.clone(),
                    conclusion,
                    central: central[which],
                    jumps_at: jump(which, (from, &middle), (end, &play), central[which], &at)?,
                });
            }
            Ok(turned)
        })
        .collect();
    let mut all = Vec::new();
    for flips in found {
        all.extend(flips?);
    }
    Ok(all)
}
