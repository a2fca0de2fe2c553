//! How far each security lies from a curve, and how far the securities of a maturity band do.
//!
//! The error is observed less model yield, each in the security's own convention: positive when it is cheap against the
//! curve. Bands are those in which the market is quoted; their root mean square is what rises when markets are under stress.

use brandish_units::{BondYield, Bp, CleanPrice, Cusip, Date, DirtyPrice, Years};

use super::FitQuotes;
use super::quotes::yield_of;
use crate::{CurveError, DiscountCurve};

/// Edges of the maturity bands, years; upper edges belong to the band.
pub const BAND_EDGES: [Years; 9] = [
    Years(0.0),
    Years(1.0),
    Years(2.0),
    Years(3.0),
    Years(5.0),
    Years(7.0),
    Years(10.0),
    Years(20.0),
    Years(31.0),
];

/// One security against a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SecurityResidual {
    /// The security.
    pub cusip: Cusip,
    /// Its maturity.
    pub maturity: Date,
    /// Years from settlement to maturity.
    pub years: Years,
    /// Price without accrued interest, as quoted.
    pub observed_clean: CleanPrice,
    /// The same off the curve.
    pub model_clean: CleanPrice,
    /// Yield of the quote: street, or the investment rate of a bill.
    pub observed_yield: BondYield,
    /// Yield of the curve's price.
    pub model_yield: BondYield,
    /// Observed less model: positive when the security is cheap against the curve.
    pub error: Bp,
}

/// Errors of the securities of a maturity band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandError {
    /// Lower edge, not included.
    pub from: Years,
    /// Upper edge, included.
    pub to: Years,
    /// Securities.
    pub count: usize,
    /// Mean of observed less model.
    pub mean: Bp,
    /// Root of the mean square of observed less model.
    pub root_mean_square: Bp,
}

impl FitQuotes {
    /// Every security against a curve, in the order given. The curve may be of any origin and must not be later than settlement.
    pub fn residuals(&self, curve: &DiscountCurve) -> Result<Vec<SecurityResidual>, CurveError> {
        let prices = self.grid().dirty_prices(&self.grid().discounts(curve)?)?;
        self.quotes()
            .iter()
            .zip(prices)
            .map(|(quote, model)| {
                let model_yield = yield_of(&quote.security, model, self.settlement())?;
                let accrued = match &quote.security {
                    brandish_treasury::Security::Note(coupon)
                    | brandish_treasury::Security::Bond(coupon) => {
                        coupon.stream().accrued(self.settlement())?.per_100()
                    }
                    _ => 0.0,
                };
                let clean = |dirty: DirtyPrice| CleanPrice::from_per_100(dirty.per_100() - accrued);
                Ok(SecurityResidual {
                    cusip: quote.security.cusip(),
                    maturity: quote.security.maturity(),
                    years: quote.years,
                    observed_clean: clean(DirtyPrice::from_per_100(quote.dirty)),
                    model_clean: clean(model),
                    observed_yield: quote.bond_yield,
                    model_yield,
                    error: quote.bond_yield - model_yield,
                })
            })
            .collect()
    }
}

/// Errors by maturity band; bands without securities are left out.
pub fn errors_by_band(residuals: &[SecurityResidual]) -> Vec<BandError> {
    let mut bands = Vec::new();
    for edges in BAND_EDGES.windows(2) {
        let [from, to] = [edges[0], edges[1]];
        let (mut count, mut sum, mut squares) = (0_usize, 0.0, 0.0);
        for residual in residuals.iter().filter(|r| r.years > from && r.years <= to) {
            count += 1;
            sum += residual.error.bp();
            squares += residual.error.bp() * residual.error.bp();
        }
        if count > 0 {
            bands.push(BandError {
                from,
                to,
                count,
                mean: Bp(sum / count as f64),
                root_mean_square: Bp((squares / count as f64).sqrt()),
            });
        }
    }
    bands
}
