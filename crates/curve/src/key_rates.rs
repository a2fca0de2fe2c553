//! Where on the curve the risk sits: key-rate DV01 and ten-year equivalents.
//!
//! A key-rate bump moves one par yield of the curve by 1 bp and leaves the others; bumps of all points together are the
//! parallel move, so key-rate DV01s sum to the parallel DV01. They are derivatives:
//! dP/dpar_j = sum over payments of -CF D(t) (t dz(t)/dpar_j - ts dz(ts)/dpar_j), with ts settlement and dz/dpar from
//! [`ParShiftJacobian`]. (On the seam of two interpolation shapes one-sided derivatives differ; the central one is used.)

use brandish_treasury::CashFlow;
use brandish_units::{Date, Dv01, FaceUsd, ParYield, TenYearEquivalents, Years};

use crate::{CurveError, DiscountCurve, ParShiftJacobian};

/// DV01 of a face amount to each par yield of the curve, in the order of its points. Payments are taken as fixed.
pub fn key_rate_dv01(
    flows: &[CashFlow],
    face: FaceUsd,
    curve: &DiscountCurve,
    settlement: Date,
) -> Result<Vec<(Years, Dv01)>, CurveError> {
    let start = curve.time_of(settlement)?;
    let mut times = vec![start];
    for flow in flows {
        times.push(curve.time_of(flow.date)?);
    }
    let jacobian = ParShiftJacobian::new(curve, &times)?;
    let from = curve.integral(start.0);
    let mut result = Vec::with_capacity(jacobian.maturities().len());
    for (j, maturity) in jacobian.maturities().iter().enumerate() {
        let derivatives = jacobian.derivatives(j);
        let at_start = start.0 * derivatives[0];
        let mut loss = 0.0;
        for (i, flow) in flows.iter().enumerate() {
            let t = times[i + 1].0;
            let value = flow.amount.per_100() * (from - curve.integral(t)).exp();
            loss += value * (t * derivatives[i + 1] - at_start);
        }
        result.push((
            *maturity,
            Dv01::from_dollars(face.dollars() / 100.0 * loss * 1e-4),
        ));
    }
    Ok(result)
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
