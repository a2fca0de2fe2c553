//! Everything outstanding, priced off the curve of the day.
//!
//! Bills, notes and bonds discount their payments on the nominal curve; TIPS pay nominal dollars at a flat ten-year
//! breakeven (estimated: one number for all maturities); FRNs pay what the curve projects for the 13-week bill plus
//! their spread. Settlement is the next business day. A security that pays its last dollar by settlement is worth that
//! payment. A security that cannot be priced (an FRN whose spread is not in the record) is valued at par and named.

use brandish_curve::{
    DiscountCurve, Outlook, TipsOutlook, dirty_price_from_curve, frn_equivalent_cash_flows,
    frn_projected_cash_flows, projected_cash_flows,
};
use brandish_data::{KnownOn, OutstandingSecurity, SecurityKind};
use brandish_habitat::{BUCKETS, EDGES};
use brandish_treasury::{
    AmountPer100, BillAuction, CashFlow, FrnIndexHistory, Security, regular_settlement,
};
use brandish_units::{Bp, Cusip, Date, DirtyPrice, FaceUsd, IndexRatio, Usd};

use crate::error::ScenarioError;
use crate::terms::{self, TermsError};

/// Days of a year in remaining maturities.
const DAYS_PER_YEAR: f64 = 365.25;
/// Days of 13-week bill auctions that FRN accruals can reach back to.
const FRN_INDEX_DAYS: i32 = 200;

/// A security of the day with its price and what it still pays.
#[derive(Debug, Clone)]
pub struct PricedSecurity {
    /// The record: amounts, quality, reason.
    pub record: OutstandingSecurity,
    /// Maturity bucket of the engine.
    pub bucket: usize,
    /// Price paid per 100 of face at settlement.
    pub dirty: DirtyPrice,
    /// Market value of all that is outstanding.
    pub market_value: Usd,
    /// Fixed payments per 100 of face after settlement with the same price and curve risk.
    pub payments: Vec<CashFlow>,
    /// Interest it pays after settlement, per 100 of face: coupons of notes and bonds, of TIPS at the breakeven, of FRNs as the
    /// curve projects them. Bills pay none; principal is left out.
    pub interest: Vec<CashFlow>,
    /// How the price came about, where it is not simply off the curve.
    pub price_note: Option<String>,
}

/// What pricing needs beside the curve.
#[derive(Debug, Clone)]
pub struct PricingInputs {
    /// Settlement of the day.
    pub settlement: Date,
    /// Flat breakeven for TIPS.
    pub breakeven: Bp,
    /// 13-week bill auctions before the day.
    pub frn_index: FrnIndexHistory,
}

impl PricingInputs {
    /// Reads what was known on the day.
    ///
    /// # Errors
    /// If the breakeven or the bill auctions of the day are not in the snapshot.
    pub fn on(known: &KnownOn<'_>, day: Date, breakeven: Bp) -> Result<Self, ScenarioError> {
        let auctions =
            thirteen_week_auctions(known, day.plus_days(-FRN_INDEX_DAYS), day.plus_days(7))?;
        let frn_index = frn_index(&auctions)?;
        Ok(Self {
            settlement: regular_settlement(day),
            breakeven,
            frn_index,
        })
    }
}

/// Auctions of 13-week bills, which set the index of FRNs, by issue date and in the order of auctions.
pub(crate) fn thirteen_week_auctions(
    known: &KnownOn<'_>,
    from: Date,
    to: Date,
) -> Result<Vec<BillAuction>, ScenarioError> {
    let mut auctions: Vec<BillAuction> = known
        .auctions(from, to)?
        .into_iter()
        .filter(|auction| auction.kind == SecurityKind::Bill && auction.term == "13-Week")
        .filter_map(|auction| {
            Some(BillAuction {
                auction: auction.auction_date,
                issue: auction.issue_date,
                maturity: auction.maturity,
                high_rate: auction.high_rate?,
            })
        })
        .collect();
    auctions.sort_by_key(|auction| auction.auction);
    Ok(auctions)
}

/// The index that auctions set.
pub(crate) fn frn_index(auctions: &[BillAuction]) -> Result<FrnIndexHistory, ScenarioError> {
    FrnIndexHistory::from_auctions(auctions).map_err(|source| ScenarioError::Security {
        cusip: "13-week bill auctions".into(),
        source,
    })
}

/// Prices every security of the day.
///
/// # Errors
/// If a security's terms contradict each other or the curve refuses a date: a defect of the snapshot that is named
/// with its CUSIP.
pub fn price_all(
    records: Vec<OutstandingSecurity>,
    references: &std::collections::BTreeMap<Cusip, brandish_data::TipsReference>,
    curve: &DiscountCurve,
    inputs: &PricingInputs,
) -> Result<Vec<PricedSecurity>, ScenarioError> {
    records
        .into_iter()
        .map(|record| price(record, references, curve, inputs))
        .collect()
}

fn price(
    record: OutstandingSecurity,
    references: &std::collections::BTreeMap<Cusip, brandish_data::TipsReference>,
    curve: &DiscountCurve,
    inputs: &PricingInputs,
) -> Result<PricedSecurity, ScenarioError> {
    let bucket = bucket_of(record.maturity, curve.as_of());
    let ratio = record.index_ratio.map_or(1.0, IndexRatio::ratio);
    if record.maturity <= inputs.settlement {
        return Ok(last_payment(record, bucket, ratio, inputs.settlement));
    }
    let known = match terms::security(&record, references) {
        Ok(security) => Some(security),
        Err(TermsError::Missing(_)) => None,
        Err(TermsError::Wrong(source)) => {
            return Err(ScenarioError::Security {
                cusip: record.cusip.to_string(),
                source,
            });
        }
    };
    let (payments, interest, note) = match known {
        Some(Security::Frn(frn)) => (
            frn_equivalent_cash_flows(&frn, curve, inputs.settlement, &inputs.frn_index)?,
            without_principal(frn_projected_cash_flows(
                &frn,
                curve,
                inputs.settlement,
                &inputs.frn_index,
            )?),
            None,
        ),
        Some(security) => {
            let outlook = Outlook {
                tips: record.index_ratio.map(|index_ratio| TipsOutlook {
                    index_ratio,
                    breakeven: inputs.breakeven,
                }),
                frn_index: Some(&inputs.frn_index),
            };
            let payments = projected_cash_flows(&security, curve, inputs.settlement, outlook)?;
            let interest = coupons(&payments, &record);
            (payments, interest, None)
        }
        None => {
            let note = format!(
                "{} {} of {}: its spread or reference index is not in the record; valued at par",
                record.kind, record.cusip, record.maturity
            );
            (
                at_par_until(inputs.settlement, curve)?,
                Vec::new(),
                Some(note),
            )
        }
    };
    let dirty = dirty_price_from_curve(&payments, curve, inputs.settlement)?;
    let market_value = record.par.market_value(dirty);
    Ok(PricedSecurity {
        record,
        bucket,
        dirty,
        market_value,
        payments,
        interest,
        price_note: note,
    })
}

/// Coupons of a security's payments. The last one pays principal too, which is the coupon over half its rate: both carry the same
/// index ratio.
fn coupons(payments: &[CashFlow], record: &OutstandingSecurity) -> Vec<CashFlow> {
    let Some(half) = record.coupon.map(|coupon| coupon.percent() / 200.0) else {
        return Vec::new();
    };
    payments
        .iter()
        .map(|payment| {
            let all = payment.amount.per_100();
            let coupon = if payment.date < record.maturity {
                all
            } else {
                all * half / (1.0 + half)
            };
            CashFlow {
                date: payment.date,
                amount: AmountPer100::from_per_100(coupon),
            }
        })
        .collect()
}

/// Payments of an FRN less the 100 that the last of them repays.
fn without_principal(mut payments: Vec<CashFlow>) -> Vec<CashFlow> {
    if let Some(last) = payments.last_mut() {
        last.amount = AmountPer100::from_per_100(last.amount.per_100() - 100.0);
    }
    payments
}

/// A security that is redeemed by settlement: its last payment, undiscounted.
fn last_payment(
    record: OutstandingSecurity,
    bucket: usize,
    ratio: f64,
    settlement: Date,
) -> PricedSecurity {
    let half_coupon = record.coupon.map_or(0.0, |coupon| coupon.percent() / 2.0);
    let per_100 = (100.0 + half_coupon) * ratio;
    let dirty = DirtyPrice::from_per_100(per_100);
    PricedSecurity {
        market_value: record.par.market_value(dirty),
        payments: vec![CashFlow {
            date: settlement.plus_days(1),
            amount: AmountPer100::from_per_100(per_100),
        }],
        interest: Vec::new(),
        price_note: None,
        record,
        bucket,
        dirty,
    }
}

/// One payment a week out with a value of par.
fn at_par_until(settlement: Date, curve: &DiscountCurve) -> Result<Vec<CashFlow>, ScenarioError> {
    let date = settlement.plus_days(7);
    let growth =
        curve.discount_factor_on(settlement)?.factor() / curve.discount_factor_on(date)?.factor();
    Ok(vec![CashFlow {
        date,
        amount: AmountPer100::from_per_100(100.0 * growth),
    }])
}

/// Bucket of a maturity seen from a day: edges 0, 0.5, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30 years, upper edge included.
pub fn bucket_of(maturity: Date, day: Date) -> usize {
    let years = f64::from(maturity - day) / DAYS_PER_YEAR;
    (0..BUCKETS)
        .find(|bucket| years <= EDGES[bucket + 1])
        .unwrap_or(BUCKETS - 1)
}

/// Market value of lots by bucket, $bn, at the day's prices. Lots of securities that are not outstanding are left out
/// and returned by CUSIP.
pub fn value_of_lots(
    securities: &[PricedSecurity],
    lots: impl Iterator<Item = (Cusip, FaceUsd)>,
) -> ([f64; BUCKETS], Vec<Cusip>) {
    let mut value = [0.0; BUCKETS];
    let mut unknown = Vec::new();
    for (cusip, face) in lots {
        match securities
            .iter()
            .find(|security| security.record.cusip == cusip)
        {
            Some(security) => value[security.bucket] += face.market_value(security.dirty).bn(),
            None => unknown.push(cusip),
        }
    }
    (value, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_have_closed_upper_edges() {
        let day: Date = "2025-05-01".parse().unwrap();
        assert_eq!(bucket_of(day.plus_days(1), day), 0);
        assert_eq!(bucket_of("2025-10-30".parse().unwrap(), day), 0);
        assert_eq!(bucket_of("2026-05-01".parse().unwrap(), day), 1);
        assert_eq!(bucket_of("2035-05-01".parse().unwrap(), day), 6);
        assert_eq!(bucket_of("2055-05-15".parse().unwrap(), day), 10);
    }
}
