//! Effects of one path, as facts; a file per effect: the sellers' accounts, the issuer's extra interest, USDJPY, other markets.
//!
//! Everything follows the path that is given: prices by bucket on the shifted curve, interest through what matures,
//! the rate through what is converted. An effect adds its plan (made once, before the draws) as a field and its facts
//! as a line of [`EffectPlan::walk`].

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
use interest::InterestPlan;
use markets::MarketPlan;
use sellers::SellerPlans;
use taxpayer::TaxpayerPlan;
use usdjpy::UsdJpyPlan;

/// What effects need beside the path.
#[derive(Debug)]
pub struct EffectPlan {
    /// The sellers' accounts.
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
        self.sellers
            .walk(path, days, (&self.usdjpy, &usdjpy), emit)?;
        self.interest.walk(path, emit);
        self.usdjpy.walk(&usdjpy, days, emit);
        self.taxpayer.walk(path, rest_bp, emit);
        self.markets.walk(path, (days, tenors), choice, emit)
    }
}
