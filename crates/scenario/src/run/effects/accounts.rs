//! Accounts of all holders along a path: what they have at the start, gain, lose, receive and have at the end.
//!
//! Bands come from the draws. At central parameters alone: the bounds of accounts whose allocation is inferred, and the accounts by security
//! of holders with a portfolio. Dollars first; euro at the rate of the day where that is the holder's currency (no response of that rate is
//! modeled); yen accounts follow USDJPY ([`super::sellers`]).

use std::sync::Arc;

use brandish_effects::accounts::{AccountsOfDay, AccountsPlan, HolderAccount, PricedDay};
use brandish_effects::bounds::{MarkedSecurity, RankedSecurities};
use brandish_effects::lots::LotPlan;
use brandish_effects::valuation::{BasketValuation, Workspace};
use brandish_habitat::ClearingPath;
use brandish_units::{Usd, UsdPerEur};

use crate::bands::FactKey;
use crate::days::Days;
use crate::error::ScenarioError;

pub(super) const ACCOUNTS: &str = "effects::accounts";
pub(super) const SELLER: &str = "effects::seller";
const BOUNDS: &str = "effects::bounds";
const LOTS: &str = "effects::lots";

/// Everybody's accounts.
#[derive(Debug)]
pub struct AccountPlans {
    /// Positions, trades and prices.
    pub plan: AccountsPlan,
    /// Who they are, in the order of the positions.
    pub holders: Vec<AccountHolder>,
    /// Everything outstanding: bucket and market value, in the order of `prices`.
    pub market: Vec<(usize, Usd)>,
    /// Prices of everything outstanding.
    pub prices: BasketValuation,
}

/// Whose account it is.
#[derive(Debug)]
pub struct AccountHolder {
    /// Name in the tables.
    pub name: Arc<str>,
    /// Whether it sells: its rows name [`super::sellers`] as their source.
    pub is_seller: bool,
    /// Dollars per euro, if the account is given in euro too.
    pub euro: Option<UsdPerEur>,
    /// His securities, if a portfolio is given that adds up.
    pub lots: Option<NamedLots>,
    /// Whether the opening position is only inferred, so that bounds are given.
    pub inferred: bool,
}

/// Securities with their names.
#[derive(Debug)]
pub struct NamedLots {
    /// CUSIPs in the order of the plan.
    pub cusips: Vec<Arc<str>>,
    /// Prices, positions, orders.
    pub plan: LotPlan,
}

/// An entry of an account.
type Entry = (&'static str, fn(&HolderAccount) -> Usd);

/// The entries that change from path to path.
const ENTRIES: [Entry; 6] = [
    ("execution_loss", |account| account.execution_loss),
    ("mark_to_market", |account| account.mark_to_market),
    ("holder_pnl", HolderAccount::pnl),
    ("closing_value", |account| account.closing_value),
    ("proceeds", |account| account.proceeds),
    ("coupons", |account| account.coupons),
];

impl AccountPlans {
    /// Facts of the accounts on one path: the sellers' come with their yen accounts ([`super::sellers`]), these are everybody else's.
    pub(super) fn walk(
        &self,
        accounts: &[AccountsOfDay],
        days: &Days,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        for of_day in accounts {
            for (place, holder) in self.holders.iter().enumerate() {
                if !holder.is_seller {
                    self.account(place, of_day, days, emit);
                }
            }
            let key = || {
                FactKey::new("market_value_change", "usd_bn", ACCOUNTS)
                    .on(of_day.day, days.date(of_day.day))
            };
            emit(&key, of_day.market_value_change.bn());
        }
    }

    /// The account of one holder on one day, in dollars and, where that is its currency, in euro.
    pub(super) fn account(
        &self,
        place: usize,
        of_day: &AccountsOfDay,
        days: &Days,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        let (Some(holder), Some(account)) = (self.holders.get(place), of_day.accounts.get(place))
        else {
            return;
        };
        let source = if holder.is_seller { SELLER } else { ACCOUNTS };
        let on = |measure, unit| {
            FactKey::new(measure, unit, source)
                .on(of_day.day, days.date(of_day.day))
                .of(&holder.name)
        };
        for (measure, entry) in ENTRIES {
            emit(&|| on(measure, "usd_bn"), entry(account).bn());
        }
        if let Some(rate) = holder.euro {
            for (measure, entry) in ENTRIES {
                let euro = rate.to_eur(entry(account));
                emit(&|| on(measure, "eur_bn"), euro.bn());
            }
        }
    }

    /// What everybody has at the start.
    pub(crate) fn opening(&self, days: &Days, emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64)) {
        let on = |measure, unit, source| FactKey::new(measure, unit, source).on(0, days.date(0));
        for (holder, position) in self.holders.iter().zip(&self.plan.holders) {
            let opening = Usd::from_bn(position.opening_usd_bn.iter().sum());
            emit(
                &|| on("opening_value", "usd_bn", ACCOUNTS).of(&holder.name),
                opening.bn(),
            );
            if let Some(rate) = holder.euro {
                emit(
                    &|| on("opening_value", "eur_bn", ACCOUNTS).of(&holder.name),
                    rate.to_eur(opening).bn(),
                );
            }
            let Some(lots) = &holder.lots else { continue };
            for (cusip, lot) in lots.cusips.iter().zip(&lots.plan.lots) {
                emit(
                    &|| {
                        on("opening_value", "usd_bn", LOTS)
                            .of(&holder.name)
                            .in_security(cusip)
                    },
                    lot.opening_usd_bn,
                );
            }
        }
    }

    /// Facts at central parameters alone: bounds, and accounts by security.
    ///
    /// # Errors
    /// If the curve refuses a shift.
    pub(super) fn walk_central(
        &self,
        path: &ClearingPath,
        days: &Days,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        let priced = self.plan.priced(path)?;
        let accounts = self.plan.accounts(path)?;
        for of_day in &accounts {
            let Some(at) = priced.iter().find(|at| at.day == of_day.day as usize) else {
                continue;
            };
            self.bounds(path, of_day, at, days, emit)?;
        }
        let priced: Vec<usize> = priced.iter().skip(1).map(|at| at.day).collect();
        for holder in &self.holders {
            let Some(lots) = &holder.lots else { continue };
            for of_day in lots.plan.accounts(path, &priced, &self.plan.days)? {
                let date = days.date(of_day.day);
                for (cusip, account) in lots.cusips.iter().zip(&of_day.accounts) {
                    for (measure, entry) in ENTRIES {
                        emit(
                            &|| {
                                FactKey::new(measure, "usd_bn", LOTS)
                                    .on(of_day.day, date)
                                    .of(&holder.name)
                                    .in_security(cusip)
                            },
                            entry(account).bn(),
                        );
                    }
                }
            }
        }
        Ok(())
    }

    fn bounds(
        &self,
        path: &ClearingPath,
        of_day: &AccountsOfDay,
        at: &PricedDay,
        days: &Days,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        let Some(state) = at.day.checked_sub(1).and_then(|index| path.days.get(index)) else {
            return Ok(());
        };
        let mut work = Workspace::default();
        let changes = self.prices.relative_changes(&state.yields_bp, &mut work)?;
        let marked: Vec<MarkedSecurity> = self
            .market
            .iter()
            .zip(changes)
            .map(|((bucket, outstanding), change)| MarkedSecurity {
                bucket: *bucket,
                outstanding: *outstanding,
                change,
            })
            .collect();
        let ranked = RankedSecurities::new(&marked);
        let positions = self.plan.holders.iter().zip(&of_day.accounts);
        for (holder, (position, account)) in self.holders.iter().zip(positions) {
            if !holder.inferred {
                continue;
            }
            let bounds = ranked.bounds(account.pnl(), &position.opening_usd_bn, &at.changes);
            for (measure, value) in [
                ("holder_pnl_least", bounds.least),
                ("holder_pnl_most", bounds.most),
            ] {
                emit(
                    &|| {
                        FactKey::new(measure, "usd_bn", BOUNDS)
                            .on(of_day.day, days.date(of_day.day))
                            .of(&holder.name)
                    },
                    value.bn(),
                );
            }
        }
        Ok(())
    }
}
