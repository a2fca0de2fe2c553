//! Floating rate notes off a curve.
//!
//! Projection. The index resets weekly: the 7 days from settlement have the rate in force, the k-th week after has the
//! 13-week forward of its first day t: f = (D(t)/D(t + 91 days) - 1) 360/91, the simple money-market yield that Appendix B makes of a
//! bill's discount rate. A payment is the interest accrued so far plus 100 max(f + spread, 0)/360 a day; principal at maturity.
//! No premium for the note over bills is added: a note's discount margin is the caller's to apply.
//!
//! Equivalent. For repricing on fixed payments the floating leg is replaced by its principal on the next weekly reset: only
//! the days to that reset and the spread carry curve risk. A constant on the day after settlement makes price agree.

use brandish_treasury::{AmountPer100, CashFlow, Frn, FrnIndexHistory, FrnIndexRate};
use brandish_units::{Date, Years};

use crate::pricing::dirty_price_from_curve;
use crate::{CurveError, DiscountCurve};

/// Days from one reset to the next.
const WEEK: i32 = 7;
/// Days of a 13-week bill.
const BILL_DAYS: i32 = 91;

/// The 13-week index rate that the curve implies for a day.
pub fn projected_index_rate(curve: &DiscountCurve, day: Date) -> Result<FrnIndexRate, CurveError> {
    let from = curve.time_of(day)?;
    let to = curve.time_of(day.plus_days(BILL_DAYS))?;
    let growth = (curve.integral(to.0) - curve.integral(from.0)).exp_m1();
    Ok(FrnIndexRate::from_percent(
        growth * 360.0 / f64::from(BILL_DAYS) * 100.0,
    ))
}

/// Payments of an FRN after settlement, projected off the curve. `index` must reach back to the last payment date.
pub fn frn_projected_cash_flows(
    frn: &Frn,
    curve: &DiscountCurve,
    settlement: Date,
    index: &FrnIndexHistory,
) -> Result<Vec<CashFlow>, CurveError> {
    let mut interest = frn.accrued(settlement, index)?.per_100();
    let in_force = index.rate_on(settlement, settlement)?;
    let mut daily = frn.daily_interest(in_force).per_100();
    let mut reset = settlement.plus_days(WEEK);
    let mut day = settlement;
    let mut flows = Vec::new();
    for date in frn.payment_dates(settlement)? {
        while day < date {
            let end = reset.min(date);
            interest += daily * f64::from(end - day);
            day = end;
            if day == reset {
                daily = frn
                    .daily_interest(projected_index_rate(curve, day)?)
                    .per_100();
                reset = reset.plus_days(WEEK);
            }
        }
        if date == frn.maturity() {
            interest += 100.0;
        }
        flows.push(CashFlow {
            date,
            amount: AmountPer100::from_per_100(interest),
        });
        interest = 0.0;
    }
    Ok(flows)
}

/// Fixed payments with the price and, to first order, the curve risk of an FRN (see the module's story).
pub fn frn_equivalent_cash_flows(
    frn: &Frn,
    curve: &DiscountCurve,
    settlement: Date,
    index: &FrnIndexHistory,
) -> Result<Vec<CashFlow>, CurveError> {
    let projected = frn_projected_cash_flows(frn, curve, settlement, index)?;
    let price = dirty_price_from_curve(&projected, curve, settlement)?.per_100();
    let accrued = frn.accrued(settlement, index)?.per_100();
    let reset = settlement.plus_days(WEEK).min(frn.maturity());
    let mut amounts = std::collections::BTreeMap::new();
    *amounts.entry(reset).or_insert(0.0) += 100.0;
    let mut from = settlement;
    for (k, date) in frn.payment_dates(settlement)?.into_iter().enumerate() {
        let spread = 100.0 * frn.spread().decimal() * f64::from(date - from) / 360.0;
        *amounts.entry(date).or_insert(0.0) += spread + if k == 0 { accrued } else { 0.0 };
        from = date;
    }
    let flows: Vec<CashFlow> = amounts
        .iter()
        .map(|(date, amount)| CashFlow {
            date: *date,
            amount: AmountPer100::from_per_100(*amount),
        })
        .collect();
    let missing = price - dirty_price_from_curve(&flows, curve, settlement)?.per_100();
    let next = settlement.plus_days(1).min(reset);
    let settle: Years = curve.time_of(settlement)?;
    let one_day = (curve.integral(curve.time_of(next)?.0) - curve.integral(settle.0)).exp();
    *amounts.entry(next).or_insert(0.0) += missing * one_day;
    Ok(amounts
        .into_iter()
        .map(|(date, amount)| CashFlow {
            date,
            amount: AmountPer100::from_per_100(amount),
        })
        .collect())
}
