//! Every kind of security off a curve: payments in dollars, then discounting.
//!
//! Bills, notes and bonds pay what they say. TIPS: real zero rate = nominal zero rate less a flat breakeven b (continuous), so a
//! real payment R on day t is worth R x index ratio x e^(b (t - settlement)) nominal dollars; b is the caller's estimate and the
//! caller says so. The deflation floor is not valued. FRNs: see [`crate::floating`]. Price paid per 100 at settlement:
//! P = (sum of payments x D(t)) / D(settlement). Dates are contractual payment dates.

use brandish_treasury::{AmountPer100, CashFlow, FrnIndexHistory, Security, Tips};
use brandish_units::{Bp, Date, DirtyPrice, IndexRatio};

use crate::floating::frn_projected_cash_flows;
use crate::{CurveError, DiscountCurve};

/// What TIPS need besides a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TipsOutlook {
    /// Index ratio of settlement.
    pub index_ratio: IndexRatio,
    /// Flat difference between nominal and real zero rates (continuous).
    pub breakeven: Bp,
}

/// What the kinds of securities need besides a curve; only the field of the security's own kind is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outlook<'a> {
    /// For TIPS.
    pub tips: Option<TipsOutlook>,
    /// For FRNs.
    pub frn_index: Option<&'a FrnIndexHistory>,
}

/// Price paid per 100 at settlement for payments off a curve.
pub fn dirty_price_from_curve(
    flows: &[CashFlow],
    curve: &DiscountCurve,
    settlement: Date,
) -> Result<DirtyPrice, CurveError> {
    let start = curve.integral(curve.time_of(settlement)?.0);
    let mut sum = 0.0;
    for flow in flows {
        if flow.date <= settlement {
            return Err(CurveError::PaymentNotAfterSettlement {
                payment: flow.date,
                settlement,
            });
        }
        let t = curve.time_of(flow.date)?.0;
        sum += flow.amount.per_100() * (start - curve.integral(t)).exp();
    }
    Ok(DirtyPrice::from_per_100(sum))
}

/// Payments of a TIPS in nominal dollars per 100 of original face, as the outlook implies them.
///
/// Discounted on the nominal curve they give the price off the real curve; when real yields move one for one with nominal
/// yields (the breakeven stays) they stay as they are.
pub fn tips_projected_cash_flows(
    tips: &Tips,
    settlement: Date,
    outlook: TipsOutlook,
) -> Result<Vec<CashFlow>, CurveError> {
    let (ratio, breakeven) = (outlook.index_ratio.ratio(), outlook.breakeven.decimal());
    for (what, value) in [("index ratio", ratio), ("breakeven", breakeven)] {
        if !value.is_finite() {
            return Err(CurveError::NotFinite { what, value });
        }
    }
    let flows = tips.real_cash_flows(settlement)?;
    Ok(flows
        .into_iter()
        .map(|flow| {
            let years = f64::from(flow.date - settlement) / 365.25;
            let growth = ratio * (breakeven * years).exp();
            CashFlow {
                date: flow.date,
                amount: AmountPer100::from_per_100(flow.amount.per_100() * growth),
            }
        })
        .collect())
}

/// Payments of any security in dollars per 100 of face after settlement: fixed, or projected off the curve and the outlook.
pub fn projected_cash_flows(
    security: &Security,
    curve: &DiscountCurve,
    settlement: Date,
    outlook: Outlook<'_>,
) -> Result<Vec<CashFlow>, CurveError> {
    match security {
        Security::Bill(_) | Security::Note(_) | Security::Bond(_) => {
            Ok(security.fixed_cash_flows(settlement)?)
        }
        Security::Tips(tips) => match outlook.tips {
            Some(outlook) => tips_projected_cash_flows(tips, settlement, outlook),
            None => Err(CurveError::OutlookMissing {
                cusip: security.cusip(),
                what: "an index ratio and a breakeven",
            }),
        },
        Security::Frn(frn) => match outlook.frn_index {
            Some(index) => frn_projected_cash_flows(frn, curve, settlement, index),
            None => Err(CurveError::OutlookMissing {
                cusip: security.cusip(),
                what: "the history of 13-week bill auctions",
            }),
        },
    }
}

/// Price paid per 100 at settlement of any security off a curve.
pub fn security_dirty_price_from_curve(
    security: &Security,
    curve: &DiscountCurve,
    settlement: Date,
    outlook: Outlook<'_>,
) -> Result<DirtyPrice, CurveError> {
    let flows = projected_cash_flows(security, curve, settlement, outlook)?;
    dirty_price_from_curve(&flows, curve, settlement)
}
