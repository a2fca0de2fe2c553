//! Effects of one path, as facts; a file per effect: everybody's accounts, in yen for sellers whose currency it is, the issuer's
//! extra interest of a year and of ten fiscal years, USDJPY, other markets.
//!
//! Everything follows the path that is given: prices by bucket on the shifted curve, interest through what matures,
//! the rate through what is converted. An effect adds its plan (made once, before the draws) as a field and its facts
//! as a line of [`EffectPlan::walk`].

pub(super) mod accounts;
pub(super) mod interest;
pub(super) mod markets;
pub(super) mod sellers;
pub(super) mod taxpayer;
pub(super) mod usdjpy;

use brandish_effects::usdjpy::{UsdJpyResponse, change_pct_by_day};
use brandish_habitat::{BUCKETS, ClearingPath};

use crate::bands::FactKey;
use crate::days::Days;
use crate::error::ScenarioError;
use crate::parameters::Choice;
use crate::tenors::TenorMap;
use accounts::AccountPlans;
use interest::InterestPlan;
use markets::MarketPlan;
use sellers::SellerPlans;
use taxpayer::TaxpayerPlan;
use usdjpy::UsdJpyPlan;

/// What effects need beside the path.
#[derive(Debug)]
pub struct EffectPlan {
    /// Everybody's accounts.
    pub accounts: AccountPlans,
    /// The sellers, whose dollars may be converted.
    pub sellers: SellerPlans,
    /// The issuer's year.
    pub interest: InterestPlan,
    /// The issuer's ten fiscal years.
    pub taxpayer: TaxpayerPlan,
    /// The dollar-yen rate.
    pub usdjpy: UsdJpyPlan,
    /// Equities, volatility, credit, gold, crypto, mortgages.
    pub markets: MarketPlan,
}

impl EffectPlan {
    /// Walks over the effects of a path that goes to `rest_bp` after its last day.
    ///
    /// # Errors
    /// If the response of USDJPY or of a market is out of range.
    pub fn walk(
        &self,
        path: &ClearingPath,
        rest_bp: &[f64; BUCKETS],
        (days, tenors): (&Days, &TenorMap),
        (response, choice): (UsdJpyResponse, Choice),
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        let sold = self.sellers.converted_by_day(path.days.len(), &self.usdjpy);
        let usdjpy = change_pct_by_day(&sold, response)?;
        let accounts = self.accounts.plan.accounts(path)?;
        let of_sellers = (&self.accounts, accounts.as_slice());
        self.sellers
            .walk(of_sellers, days, (&self.usdjpy, &usdjpy), emit);
        self.accounts.walk(&accounts, days, emit);
        self.interest.walk(path, emit);
        self.usdjpy.walk(&usdjpy, days, emit);
        self.taxpayer.walk(path, rest_bp, emit);
        self.markets.walk(path, (days, tenors), choice, emit)
    }

    /// Facts of the central path alone.
    ///
    /// # Errors
    /// If the curve refuses a shift.
    pub fn walk_central(
        &self,
        path: &ClearingPath,
        days: &Days,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        self.accounts.walk_central(path, days, emit)
    }
}
