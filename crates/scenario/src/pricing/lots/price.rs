//! A lot's price from its rate, under the auction convention or the street's.
//!
//! Auction: 31 CFR 356 App. B, six decimals, investment rate at three, index ratio at five: the published digits. Street: the same
//! rates in the secondary market's formulas, nothing rounded. TIPS prices are adjusted for inflation, as published. What was inferred
//! (the dated date of a TIPS, the spread of an original FRN) and what was cut (three decimals before 20 September 2004) is in
//! the note; what is missing leaves the computed cells empty, and the note says what.

use brandish_data::SecurityKind;
use brandish_treasury::digits::{at_three_decimals, has_six_decimals};
use brandish_treasury::{
    Bill, BillTerms, CouponTerms, Frn, FrnTerms, NominalCoupon, ReferenceCpi, Tips, TipsTerms,
    TreasuryError,
};
use brandish_units::{
    Accrued, BondYield, CleanPrice, CouponRate, Cusip, Date, DiscountMargin, DiscountRate,
    IndexRatio, InvestmentRate, RealYield,
};

use super::{Lot, LotKind, LotRecord, LotsFile};

/// Original terms of TIPS, years.
const TIPS_TERMS_YEARS: [i32; 4] = [5, 10, 20, 30];
/// Original term of an FRN, months.
const FRN_TERM_MONTHS: i32 = 24;
/// Names the lot in errors of the library when its own identifier is no CUSIP; the text of the error names the lot instead.
const NAMELESS: &str = "000000000";

/// Which formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// 31 CFR 356 App. B, published digits.
    Auction,
    /// The secondary market's, unrounded.
    Street,
}

/// What a lot costs per 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LotPrice {
    /// Price without accrued interest; of TIPS adjusted for inflation.
    pub clean: CleanPrice,
    /// Accrued interest on the same footing.
    pub accrued: Accrued,
    /// Of a bill.
    pub investment_rate: Option<InvestmentRate>,
    /// Of a TIPS.
    pub index_ratio: Option<IndexRatio>,
}

/// A line with its price, or without one.
#[derive(Debug, Clone, PartialEq)]
pub struct PricedLot {
    /// The cells as written.
    pub cells: Vec<String>,
    /// The price, where there is one.
    pub price: Option<LotPrice>,
    /// What a reader must know; why there is no price.
    pub note: String,
    /// Whether the lot is wrong (impossible dates, a yield without a price), not just incomplete.
    pub failed: bool,
}

/// Why a lot has no price.
enum Refusal {
    /// Something is not known.
    Incomplete(String),
    /// The terms or the rate cannot be.
    Wrong(TreasuryError),
}

impl From<TreasuryError> for Refusal {
    fn from(error: TreasuryError) -> Self {
        Refusal::Wrong(error)
    }
}

type Priced = Result<LotPrice, Refusal>;

/// Prices every line of a file, in order.
#[must_use]
pub fn price_lots(
    file: &LotsFile,
    record: &LotRecord<'_>,
    convention: Convention,
) -> Vec<PricedLot> {
    file.lots
        .iter()
        .map(|line| match line {
            Ok(lot) => price_lot(lot, record, convention),
            Err((cells, why)) => PricedLot {
                cells: cells.clone(),
                price: None,
                note: why.clone(),
                failed: true,
            },
        })
        .collect()
}

fn price_lot(lot: &Lot, record: &LotRecord<'_>, convention: Convention) -> PricedLot {
    let mut notes = Vec::new();
    if lot.cusip.is_none() && !lot.identifier.is_empty() {
        notes.push("the identifier is not a valid CUSIP".to_owned());
    }
    let priced = match lot.kind {
        LotKind::Bill { discount_rate_pct } => bill(lot, discount_rate_pct, convention),
        LotKind::Coupon {
            kind: SecurityKind::Tips,
            coupon_pct,
            high_yield_pct,
        } => tips(
            lot,
            (coupon_pct, high_yield_pct),
            record,
            convention,
            &mut notes,
        ),
        LotKind::Coupon {
            coupon_pct,
            high_yield_pct,
            ..
        } => coupon(lot, coupon_pct, high_yield_pct, convention, &mut notes),
        LotKind::Frn {
            discount_margin_pct,
        } => frn(lot, discount_margin_pct, record, convention, &mut notes),
    };
    let mut failed = false;
    let price = match priced {
        Ok(price) => Some(price),
        Err(Refusal::Incomplete(why)) => {
            notes.push(format!("not priced: {why}"));
            None
        }
        Err(Refusal::Wrong(error)) => {
            failed = true;
            // Where the lot has no CUSIP the library's error names none.
            notes.push(error.to_string().replace(NAMELESS, &lot.name()));
            None
        }
    };
    PricedLot {
        cells: lot.cells.clone(),
        price,
        note: notes.join("; "),
        failed,
    }
}

fn cusip(lot: &Lot) -> Result<Cusip, Refusal> {
    match lot.cusip {
        Some(cusip) => Ok(cusip),
        None => NAMELESS
            .parse()
            .map_err(|_| Refusal::Incomplete("it has no identifier".to_owned())),
    }
}

fn given(value: Option<f64>, name: &str) -> Result<f64, Refusal> {
    value.ok_or_else(|| Refusal::Incomplete(format!("{name} is empty")))
}

fn bill(lot: &Lot, discount_rate_pct: Option<f64>, convention: Convention) -> Priced {
    let bill = Bill::new(BillTerms {
        cusip: cusip(lot)?,
        issue: lot.issue,
        maturity: lot.maturity,
    })?;
    let rate = DiscountRate::from_percent(given(discount_rate_pct, "discount_rate_pct")?);
    let clean = match convention {
        Convention::Auction => bill.auction_price_from_discount_rate(rate, lot.issue)?,
        Convention::Street => bill.price_from_discount_rate(rate, lot.issue)?,
    };
    Ok(LotPrice {
        clean,
        accrued: Accrued::ZERO,
        investment_rate: Some(bill.investment_rate_from_price(clean, lot.issue)?),
        index_ratio: None,
    })
}

fn coupon_terms(lot: &Lot, coupon_pct: Option<f64>) -> Result<CouponTerms, Refusal> {
    Ok(CouponTerms {
        cusip: cusip(lot)?,
        coupon: CouponRate::from_percent(given(coupon_pct, "coupon_pct")?),
        issue: lot.issue,
        dated: lot.dated,
        first_interest: lot.first_interest,
        maturity: lot.maturity,
    })
}

/// Whether results of that auction had three decimals.
fn had_three_decimals(lot: &Lot) -> bool {
    !has_six_decimals(lot.auction.unwrap_or(lot.issue))
}

fn coupon(
    lot: &Lot,
    coupon_pct: Option<f64>,
    high_yield_pct: Option<f64>,
    convention: Convention,
    notes: &mut Vec<String>,
) -> Priced {
    let security = NominalCoupon::new(coupon_terms(lot, coupon_pct)?)?;
    let rate = BondYield::from_percent(given(high_yield_pct, "high_yield_pct")?);
    let (clean, accrued) = match convention {
        Convention::Auction => {
            let price = security.auction_price_from_yield(rate, lot.issue)?;
            if had_three_decimals(lot) {
                notes.push(three_decimals(at_three_decimals(price.clean)));
            }
            (price.clean, price.accrued)
        }
        Convention::Street => (
            security.street_clean_price_from_yield(rate, lot.issue)?,
            security.stream().accrued(lot.issue)?,
        ),
    };
    Ok(LotPrice {
        clean,
        accrued,
        investment_rate: None,
        index_ratio: None,
    })
}

fn three_decimals(price: CleanPrice) -> String {
    format!(
        "results of the time had three decimals: {:.3}",
        price.per_100()
    )
}

fn tips(
    lot: &Lot,
    (coupon_pct, high_yield_pct): (Option<f64>, Option<f64>),
    record: &LotRecord<'_>,
    convention: Convention,
    notes: &mut Vec<String>,
) -> Priced {
    let mut coupons = coupon_terms(lot, coupon_pct)?;
    let rate = RealYield::from_percent(given(high_yield_pct, "high_yield_pct")?);
    let level = |level: f64| ReferenceCpi::from_level(level).map_err(Refusal::Wrong);
    let (base, ratio) = match lot.index_ratio {
        // With the ratio given, the base is not needed.
        Some(ratio) => (level(100.0)?, IndexRatio::from_ratio(ratio)),
        None => {
            let base = match lot.reference_cpi {
                Some(given) => level(given)?,
                None => {
                    let (dated, base) = base_of(lot, record, notes)?;
                    if coupons.dated.is_none() && dated > lot.issue {
                        coupons.dated = Some(dated);
                    }
                    base
                }
            };
            let settlement = record
                .reference_cpi(lot.issue)
                .map_err(Refusal::Incomplete)?;
            (base, settlement.index_ratio(base))
        }
    };
    let security = Tips::new(TipsTerms {
        coupons,
        reference_cpi_on_dated_date: base,
    })?;
    let (clean, accrued) = match convention {
        Convention::Auction => {
            let price = security.auction_price_at_index_ratio(rate, lot.issue, ratio)?;
            if had_three_decimals(lot) {
                notes.push(three_decimals(price.adjusted_clean_at_three_decimals()));
            }
            notes.push(format!(
                "unadjusted price {:.6}, accrued {:.6}",
                price.unadjusted_clean.per_100(),
                price.unadjusted_accrued.per_100()
            ));
            (price.adjusted_clean, price.adjusted_accrued)
        }
        Convention::Street => {
            let clean = security.street_unadjusted_clean_price_from_real_yield(rate, lot.issue)?;
            let accrued = security.stream().accrued(lot.issue)?;
            (
                CleanPrice::from_per_100(clean.per_100() * ratio.ratio()),
                Accrued::from_per_100(accrued.per_100() * ratio.ratio()),
            )
        }
    };
    Ok(LotPrice {
        clean,
        accrued,
        investment_rate: None,
        index_ratio: Some(ratio),
    })
}

/// Dated date and reference CPI of that date: as stated, from the record, or inferred from the terms.
fn base_of(
    lot: &Lot,
    record: &LotRecord<'_>,
    notes: &mut Vec<String>,
) -> Result<(Date, ReferenceCpi), Refusal> {
    let cpi = |day| record.reference_cpi(day).map_err(Refusal::Incomplete);
    if let Some(reference) = lot.cusip.and_then(|cusip| record.reference(cusip)) {
        return Ok((reference.dated, reference.reference_cpi));
    }
    let dated = match lot.dated {
        Some(dated) => dated,
        None => {
            let dated = TIPS_TERMS_YEARS
                .iter()
                .map(|years| lot.maturity.plus_months(-12 * years))
                .find(|dated| *dated <= lot.issue)
                .ok_or_else(|| {
                    Refusal::Incomplete(
                        "its dated date is not known; give dated_date or index_ratio".to_owned(),
                    )
                })?;
            notes.push(format!(
                "dated date {dated} inferred from the terms (5, 10, 20 or 30 years before maturity)"
            ));
            dated
        }
    };
    Ok((dated, cpi(dated)?))
}

fn frn(
    lot: &Lot,
    discount_margin_pct: Option<f64>,
    record: &LotRecord<'_>,
    convention: Convention,
    notes: &mut Vec<String>,
) -> Priced {
    let margin =
        DiscountMargin::from_percent(given(discount_margin_pct, "frn_discount_margin_pct")?);
    let known = lot.cusip.and_then(|cusip| record.spread(cusip));
    let spread = match (lot.spread_pct, known) {
        (Some(percent), _) => DiscountMargin::from_percent(percent),
        (None, Some(known)) => {
            if known.inferred {
                notes.push(format!(
                    "spread {:.3}% inferred from accrual rates",
                    known.margin.percent()
                ));
            }
            known.margin
        }
        // Sold within the first month of its two years: the auction that sets the spread (App. B I.C).
        (None, None) if lot.issue <= lot.maturity.plus_months(1 - FRN_TERM_MONTHS) => {
            notes.push("spread: the margin of this auction, which is the original one".to_owned());
            margin
        }
        (None, None) => {
            return Err(Refusal::Incomplete(
                "its spread is not in the record; give frn_spread_pct".to_owned(),
            ));
        }
    };
    let security = Frn::new(FrnTerms {
        cusip: cusip(lot)?,
        spread,
        issue: lot.issue,
        dated: lot.dated,
        maturity: lot.maturity,
    })?;
    let start = security.accrual_start(lot.issue)?;
    let weeks = record.weeks_without_auction(start, lot.issue);
    if !weeks.is_empty() {
        let weeks: Vec<String> = weeks
            .iter()
            .map(|(before, after)| format!("{before} and {after}"))
            .collect();
        notes.push(format!(
            "index history incomplete: 13-week bill auctions between {} are not in the record",
            weeks.join(", ")
        ));
    }
    let no_index = |error: TreasuryError| match error {
        TreasuryError::NoIndexRate { .. } => Refusal::Incomplete(error.to_string()),
        error => Refusal::Wrong(error),
    };
    let price = match convention {
        Convention::Auction => {
            security.auction_price_from_discount_margin(margin, lot.issue, record.index())
        }
        Convention::Street => {
            security.street_price_from_discount_margin(margin, lot.issue, record.index())
        }
    }
    .map_err(no_index)?;
    Ok(LotPrice {
        clean: price.clean,
        accrued: price.accrued,
        investment_rate: None,
        index_ratio: None,
    })
}
