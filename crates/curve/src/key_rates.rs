//! Where on the curve the risk sits: key-rate DV01 and ten-year equivalents.
//!
//! Par yields are moved by half a basis point up and down, one more at each step, shortest first, and the curve is built again:
//! KR_j = [P(points before j up) - P(points up to j up)] + [P(points up to j down) - P(points before j down)]. In exact
//! arithmetic this is the derivative to the j-th par yield, and the steps lead from the curve to its parallel move, so key-rate DV01s sum to the
//! parallel one by construction, also where the interpolation changes its shape and single derivatives do not add up (a
//! percent apart was seen). Payments are taken as fixed.

use brandish_treasury::CashFlow;
use brandish_units::{Bp, Date, Dv01, FaceUsd, ParYield, TenYearEquivalents, Years};

use crate::pricing::dirty_price_from_curve;
use crate::{CurveError, DiscountCurve};

/// Half of the move.
const HALF: Bp = Bp(0.5);

/// The curves between a curve and its parallel moves: built once, used for every security.
#[derive(Clone, Debug)]
pub struct KeyRates {
    maturities: Vec<Years>,
    /// No point moved, one, two, ..., all, each up and down.
    steps: Vec<(DiscountCurve, DiscountCurve)>,
}

impl KeyRates {
    /// From a curve that was built from par yields.
    ///
    /// # Errors
    /// A curve of another origin, or one whose moved par yields no curve reprices.
    pub fn new(curve: &DiscountCurve) -> Result<KeyRates, CurveError> {
        let points = curve.par_points().ok_or(CurveError::NotFromParYields {
            as_of: curve.as_of(),
        })?;
        let mut steps = vec![(curve.clone(), curve.clone())];
        for moved in 1..=points.len() {
            let build = |half: Bp| {
                let moved: Vec<(Years, ParYield)> = points
                    .iter()
                    .enumerate()
                    .map(|(place, (t, y))| (*t, if place < moved { *y + half } else { *y }))
                    .collect();
                DiscountCurve::from_par_yields(curve.as_of(), &moved)
            };
            steps.push((build(HALF)?, build(-HALF)?));
        }
        Ok(KeyRates {
            maturities: points.iter().map(|(t, _)| *t).collect(),
            steps,
        })
    }

    /// The points whose par yields are moved.
    pub fn maturities(&self) -> &[Years] {
        &self.maturities
    }

    /// DV01 of a face amount to each par yield of the curve, in the order of its points.
    ///
    /// # Errors
    /// Payments on or before settlement, or settlement before the curve.
    pub fn dv01(
        &self,
        flows: &[CashFlow],
        face: FaceUsd,
        settlement: Date,
    ) -> Result<Vec<Dv01>, CurveError> {
        let mut prices = Vec::with_capacity(self.steps.len());
        for (up, down) in &self.steps {
            prices.push((
                dirty_price_from_curve(flows, up, settlement)?.per_100(),
                dirty_price_from_curve(flows, down, settlement)?.per_100(),
            ));
        }
        let loss = |pair: &[(f64, f64)]| (pair[0].0 - pair[1].0) + (pair[1].1 - pair[0].1);
        Ok(prices
            .windows(2)
            .map(|pair| Dv01::from_dollars(face.dollars() / 100.0 * loss(pair)))
            .collect())
    }
}

/// Par amount of ten-year notes at par with the same DV01: DV01 / (D x 0.0001), where D is the modified duration of a ten-year
/// note with coupon and yield y: D = (1 - (1 + y/2)^-20) / y, and 10 at y = 0.
pub fn ten_year_equivalents(
    dv01: Dv01,
    ten_year: ParYield,
) -> Result<TenYearEquivalents, CurveError> {
    let y = ten_year.decimal();
    if !(y.is_finite() && y > -2.0) {
        return Err(CurveError::NotFinite {
            what: "ten-year par yield above -200%",
            value: y,
        });
    }
    let duration = if y == 0.0 {
        10.0
    } else {
        -(-20.0 * (y / 2.0).ln_1p()).exp_m1() / y
    };
    Ok(TenYearEquivalents::from_dollars(
        dv01.dollars() / (duration * 1e-4),
    ))
}
