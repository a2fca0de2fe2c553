//! From the standoff's branches to the engine's and back.
//!
//! A declared grid: the whole amount and a small sale, alone or joined, with the Fed as in the scenario or certain, declared;
//! the whole amount in silence; the whole amount without the Fed. What a structure cannot reach is not run.

use brandish_scenario::branches::{
    Backstop, Branch, BranchEngine, BranchOutcome, Disclosure, EngineDraw,
};
use brandish_scenario::file::CampName;
use brandish_units::Usd;

use crate::error::CardError;
use crate::judgements::Judgements;
use crate::stakes::{Outcomes, SaleOutcomes};
use crate::structure::{IssuerAction, Part, SellerAction, Structure};

/// A camp with one set of engine parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The camp.
    pub camp: CampName,
    /// Its parameters.
    pub draw: EngineDraw,
}

fn branch(amount: f64, joined: f64, backstop: Backstop) -> Branch {
    Branch {
        amount: Usd::from_bn(amount),
        joined: Usd::from_bn(joined),
        disclosure: Disclosure::Declared,
        backstop,
        days: None,
    }
}

/// What the joiner would sell: the scenario's amount or the judgement's, and no more than he has.
#[must_use]
pub fn joiner_amount(engine: &BranchEngine, judgements: &Judgements) -> f64 {
    let wanted = engine
        .plan()
        .joiner_amount
        .map_or(judgements.joiner_amount_usd_bn, Usd::bn);
    engine
        .joiner_bound()
        .map_or(0.0, |bound| wanted.min(bound.bn()))
}

/// One outcome of the engine.
///
/// # Errors
/// If the engine refuses.
pub fn one(
    engine: &BranchEngine,
    setting: Setting,
    branch: Branch,
) -> Result<BranchOutcome, CardError> {
    let found = engine.outcomes(setting.camp, setting.draw, &[branch])?;
    found.first().copied().ok_or_else(|| CardError::NoOutcome {
        camp: setting.camp.letter(),
    })
}

/// Outcomes of a whole sale alone, joined and not, in one setting.
///
/// # Errors
/// If the engine refuses.
pub fn alone(
    engine: &BranchEngine,
    setting: Setting,
    amount: f64,
    backstop: Backstop,
) -> Result<BranchOutcome, CardError> {
    one(engine, setting, branch(amount, 0.0, backstop))
}

/// The same over a number of business days of its own.
///
/// # Errors
/// If the engine refuses.
pub fn paced(
    engine: &BranchEngine,
    setting: Setting,
    amount: f64,
    days: u32,
) -> Result<BranchOutcome, CardError> {
    let planned = branch(amount, 0.0, Backstop::AsInScenario);
    let days = Some(days);
    one(engine, setting, Branch { days, ..planned })
}

/// The same with a joiner.
///
/// # Errors
/// If the engine refuses.
pub fn joined(
    engine: &BranchEngine,
    setting: Setting,
    amounts: (f64, f64),
    backstop: Backstop,
) -> Result<BranchOutcome, CardError> {
    one(engine, setting, branch(amounts.0, amounts.1, backstop))
}

/// Everything that a structure can reach, for a whole sale of this amount.
///
/// # Errors
/// If the engine refuses.
pub fn outcomes(
    engine: &BranchEngine,
    setting: Setting,
    structure: &Structure,
    judgements: &Judgements,
    amount: f64,
) -> Result<Outcomes, CardError> {
    let backstops = structure.issuer.contains(&IssuerAction::Backstop);
    let joins = structure.has(Part::Joiner);
    let beside = joiner_amount(engine, judgements);
    let sale = |amount: f64| -> Result<SaleOutcomes, CardError> {
        let mut found = SaleOutcomes::only(alone(engine, setting, amount, Backstop::AsInScenario)?);
        if backstops {
            found.backstopped = alone(engine, setting, amount, Backstop::Certain)?;
        }
        if joins {
            found.joined = joined(engine, setting, (amount, beside), Backstop::AsInScenario)?;
            found.joined_backstopped = if backstops {
                joined(engine, setting, (amount, beside), Backstop::Certain)?
            } else {
                found.joined
            };
        }
        Ok(found)
    };
    Ok(Outcomes {
        big: sale(amount)?,
        small: match structure.can(SellerAction::SellSmall) {
            true => Some(sale(amount * judgements.small_share)?),
            false => None,
        },
        quiet: match structure.can(SellerAction::SellQuietly) {
            true => Some(one(
                engine,
                setting,
                Branch {
                    disclosure: Disclosure::Quiet,
                    ..branch(amount, 0.0, Backstop::AsInScenario)
                },
            )?),
            false => None,
        },
        converted_to_yen: engine.plan().converted_to_yen,
    })
}
