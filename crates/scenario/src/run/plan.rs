//! What is read off every path of this run: the engine's facts and the effects of this scenario's sellers.
//!
//! The plan is made once, before the draws: days, tenors, positions of the sellers, the issuer's refinancing schedule.
//! A draw brings its own response of USDJPY; everything else is the same for all paths, so facts line up in columns.

use std::sync::Arc;

use brandish_effects::issuer::{QUARTERS, RolloverSchedule};
use brandish_effects::usdjpy::UsdJpyResponse;
use brandish_habitat::{BUCKET_LABELS, BUCKETS, ClearingPath, OrderFlow};
use brandish_units::Usd;

use super::accounts;
use super::draws::{LongRun, ReadFacts};
use super::effects::EffectPlan;
use super::effects::accounts::AccountPlans;
use super::effects::interest::InterestPlan;
use super::effects::markets::{MarketPlan, ResponseParameter};
use super::effects::sellers::{SellerPlan, SellerPlans};
use super::effects::taxpayer::TaxpayerPlan;
use super::effects::usdjpy::UsdJpyPlan;
use crate::bands::FactKey;
use crate::baseline::{Baseline, Seller, YEN};
use crate::days::Days;
use crate::error::ScenarioError;
use crate::facts::FactPlan;
use crate::file::{Conversion, HoldingMix, Mix, Proceeds, Sale, Scenario};
use crate::markets::MarketStudy;
use crate::orders::Orders;
use crate::outcome::Warning;
use crate::parameters::{Choice, ParameterBook};
use crate::settings::Settings;
use crate::tenors::TenorMap;
use crate::warnings;

/// Least difference between sold and held, $bn, that is worth a warning (one decimal is shown).
const WORTH_SAYING_USD_BN: f64 = 0.05;

/// Reads the facts of a path.
pub(crate) struct RunFacts {
    engine: FactPlan,
    effects: EffectPlan,
    elasticity: crate::parameters::Prior,
    half_life: crate::parameters::Prior,
}

impl RunFacts {
    /// The days of the run.
    pub(crate) const fn days(&self) -> &Days {
        self.engine.days()
    }

    /// Facts of the central path alone.
    pub(crate) fn read_central(
        &self,
        path: &ClearingPath,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        self.engine.walk_central(path, emit);
        self.effects.walk_central(path, self.engine.days(), emit)
    }

    /// What the accounts start from: the same in all camps.
    pub(crate) fn read_opening(&self, emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64)) {
        let (days, accounts) = (self.engine.days(), &self.effects.accounts);
        accounts.opening(days, emit);
        let yen = self.effects.sellers.plans.iter();
        for seller in yen.filter(|seller| seller.accounts_in_yen) {
            let position = accounts.plan.holders.get(seller.account);
            if let (Some(rate), Some(position)) = (self.effects.usdjpy.opening, position) {
                let opening = Usd::from_bn(position.opening_usd_bn.iter().sum());
                let key = || {
                    FactKey::new("opening_value", "jpy_bn", "effects::seller")
                        .on(0, days.date(0))
                        .of(&seller.name)
                };
                emit(&key, opening.to_jpy(rate).bn());
            }
        }
    }

    /// How buckets become tenors.
    pub(crate) const fn tenors(&self) -> &TenorMap {
        self.engine.tenors()
    }

    /// The taxpayer's bill.
    pub(super) const fn taxpayer(&self) -> &TaxpayerPlan {
        &self.effects.taxpayer
    }

    /// Estimated responses of other markets that this run uses.
    pub(crate) fn responses(&self) -> Vec<ResponseParameter> {
        self.effects.markets.responses()
    }

    /// Labels of the quarters of the issuer's year.
    pub(crate) fn interest_periods(&self) -> Vec<String> {
        self.effects
            .interest
            .periods
            .iter()
            .map(|label| label.to_string())
            .collect()
    }
}

impl ReadFacts for RunFacts {
    fn read(
        &self,
        choice: Choice,
        path: &ClearingPath,
        rest: &LongRun,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        self.engine.walk(path, rest.of_orders.as_ref(), emit);
        let response = UsdJpyResponse {
            elasticity_pct_per_usd_bn: choice.value(&self.elasticity, self.elasticity.central)?,
            half_life_days: choice.value(&self.half_life, self.half_life.central)?,
        };
        self.effects.walk(
            path,
            &rest.of_path,
            (self.engine.days(), self.engine.tenors()),
            (response, choice),
            emit,
        )
    }
}

/// Plans what is read.
pub(crate) fn facts(
    scenario: &Scenario,
    baseline: &Baseline,
    built: &Orders,
    named: &[Seller],
    (book, study, settings): (&ParameterBook, &MarketStudy, Settings),
) -> Result<RunFacts, ScenarioError> {
    let sale_end = scenario.sales.iter().map(Sale::end_day).max();
    let days = Days::new(scenario.as_of, scenario.horizon_days, sale_end);
    let tenors = match settings {
        Settings::Product => TenorMap::log_linear(),
        Settings::Reference => TenorMap::reference(),
    };
    let periods: [Arc<str>; QUARTERS] =
        ["months 1-3", "months 4-6", "months 7-9", "months 10-12"].map(Arc::from);
    let (accounts, taxpayer) = rayon::join(
        || accounts::plan(scenario, baseline, built, named, &days),
        || crate::taxpayer::taxpayer(scenario, baseline),
    );
    let accounts = accounts?;
    let effects = EffectPlan {
        sellers: SellerPlans {
            plans: sellers(scenario, built, named, &accounts),
        },
        accounts,
        interest: InterestPlan {
            rollover: RolloverSchedule::new(
                &baseline.maturing_debt(),
                scenario.horizon_days as usize,
            ),
            periods,
            year: Arc::from("total"),
        },
        taxpayer: TaxpayerPlan::new(taxpayer?),
        usdjpy: UsdJpyPlan {
            opening: baseline.usdjpy.map(|(rate, _)| rate),
            converted: match scenario.proceeds {
                Proceeds::Converted {
                    into: Conversion::Yen,
                    converted,
                } => converted.value(),
                _ => 0.0,
            },
        },
        markets: MarketPlan::new(study),
    };
    Ok(RunFacts {
        engine: FactPlan::new(days, tenors, baseline.par_pct()),
        effects,
        elasticity: book.usdjpy.get("usdjpy_elasticity")?.clone(),
        half_life: book.usdjpy.get("usdjpy_half_life_days")?.clone(),
    })
}

/// One plan per seller, with all his sales together, and one per other holder whose currency is the yen.
fn sellers(
    scenario: &Scenario,
    built: &Orders,
    named: &[Seller],
    accounts: &AccountPlans,
) -> Vec<SellerPlan> {
    let mut plans: Vec<SellerPlan> = Vec::new();
    for (sale, sales) in scenario.sales.iter().zip(&built.sales_by_day) {
        if sale.amount.bn() <= 0.0 {
            continue;
        }
        if let Some(plan) = plans
            .iter_mut()
            .find(|plan| &*plan.name == sale.seller.as_str())
        {
            add(&mut plan.sales_by_day, sales);
            continue;
        }
        let is_it = |name: &str| name == sale.seller.as_str();
        let place = accounts.holders.iter().rposition(|one| is_it(&one.name));
        let seller = named.iter().find(|seller| is_it(&seller.name));
        let (Some(account), Some(seller)) = (place, seller) else {
            continue;
        };
        plans.push(SellerPlan {
            name: Arc::from(sale.seller.as_str()),
            account,
            sales_by_day: sales.clone(),
            accounts_in_yen: in_yen(seller, scenario),
        });
    }
    // who is named and does not sell (buyers, speakers) has yen too, and converts nothing
    for seller in named.iter().filter(|seller| in_yen(seller, scenario)) {
        let known = plans.iter().any(|plan| *plan.name == *seller.name);
        let mut holders = accounts.holders.iter();
        let place = holders.rposition(|one| *one.name == *seller.name);
        if let (false, Some(account)) = (known, place) {
            plans.push(SellerPlan {
                name: Arc::from(seller.name.as_str()),
                account,
                sales_by_day: Vec::new(),
                accounts_in_yen: true,
            });
        }
    }
    plans
}

fn in_yen(seller: &Seller, scenario: &Scenario) -> bool {
    accounts::currency(seller, scenario).as_deref() == Some(YEN)
}

fn add(sum: &mut Vec<[f64; BUCKETS]>, more: &[[f64; BUCKETS]]) {
    if sum.len() < more.len() {
        sum.resize(more.len(), [0.0; BUCKETS]);
    }
    for (sum, more) in sum.iter_mut().zip(more) {
        for (sum, more) in sum.iter_mut().zip(more) {
            *sum += more;
        }
    }
}

/// Net supply that all orders together leave for good, $bn by bucket; `None` if nothing is sold.
pub(crate) fn lasting_supply(flow: &OrderFlow) -> Option<[f64; BUCKETS]> {
    let mut supply = [0.0; BUCKETS];
    for day in flow.orders.iter().flat_map(|order| &order.sales_by_day) {
        for (total, amount) in supply.iter_mut().zip(day) {
            *total += amount;
        }
    }
    supply.iter().any(|amount| *amount != 0.0).then_some(supply)
}

/// A warning per portfolio file with lots that are not outstanding on the day.
pub(super) fn unknown_lots(scenario: &Scenario, baseline: &Baseline) -> Vec<Warning> {
    let traded = scenario
        .sales
        .iter()
        .map(|sale| &sale.mix)
        .chain(scenario.threat.iter().map(|threat| &threat.mix))
        .filter_map(|mix| match mix {
            Mix::Portfolio(portfolio) => Some(portfolio),
            _ => None,
        });
    let held = scenario
        .holders
        .values()
        .filter_map(|holder| match &holder.mix {
            HoldingMix::Portfolio(portfolio) => Some(portfolio),
            _ => None,
        });
    traded
        .chain(held)
        .filter_map(|portfolio| {
            let unknown = baseline.unknown_lots(&portfolio.lots);
            (!unknown.is_empty()).then(|| {
                warnings::unknown_lots(
                    &portfolio.path,
                    scenario.as_of,
                    &unknown,
                    portfolio.lots.len(),
                )
            })
        })
        .collect()
}

/// A warning where dollars are sold for something that the run does not follow.
pub(super) fn converted_elsewhere(scenario: &Scenario) -> Option<Warning> {
    let Proceeds::Converted { into, converted } = scenario.proceeds else {
        return None;
    };
    let into = match into {
        Conversion::Yen => return None,
        Conversion::Gold => "gold",
        Conversion::Euro => "euro",
    };
    Some(warnings::converted_elsewhere(
        into,
        100.0 * converted.value(),
    ))
}

/// A warning per bucket in which a sale exceeds what its seller is inferred to hold.
pub(super) fn beyond_inferred(sale: &Sale, mix: &[f64; BUCKETS], seller: &Seller) -> Vec<Warning> {
    let held = seller.holdings.total_usd_bn();
    (0..BUCKETS)
        .filter(|i| sale.amount.bn() * mix[*i] > held[*i] + WORTH_SAYING_USD_BN)
        .map(|i| {
            warnings::beyond_inferred(
                &seller.title,
                BUCKET_LABELS[i],
                sale.amount.bn() * mix[i],
                held[i],
            )
        })
        .collect()
}
