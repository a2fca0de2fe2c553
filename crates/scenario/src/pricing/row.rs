//! One security priced: every figure with the convention that made it.
//!
//! A quote is a yield in the market's own measure (discount rate of a bill, street yield of a note or bond, real yield of a TIPS,
//! discount margin of an FRN) or a clean price (unadjusted for TIPS); or nothing, and the curve gives the price. Risk is with
//! respect to the bond-equivalent yield: street, investment rate, real street yield; an FRN's is to its discount margin,
//! by a difference of one bp. Dirty prices are current dollars per 100 of original face.

use brandish_curve::{
    Outlook, TipsOutlook, frn_equivalent_cash_flows, projected_cash_flows,
    security_dirty_price_from_curve, ten_year_equivalents,
};
use brandish_data::SecurityKind;
use brandish_treasury::{Bill, Frn, NominalCoupon, Security, Tips, TreasuryError, YieldRisk};
use brandish_units::{
    Accrued, BondYield, CleanPrice, CouponRate, Cusip, Date, DirtyPrice, DiscountMargin,
    DiscountRate, Dv01, FaceUsd, IndexRatio, InvestmentRate, RealYield, TenYearEquivalents, Usd,
    Years,
};

use super::{Holdings, PricingDay};
use crate::ScenarioError;

/// What a price is computed from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Given {
    /// The day's curve.
    Curve,
    /// A clean price per 100; of TIPS not adjusted for inflation.
    Clean(CleanPrice),
    /// A bill's bank discount rate.
    Discount(DiscountRate),
    /// A bill's investment rate (coupon-equivalent yield).
    Investment(InvestmentRate),
    /// A note's or bond's street yield.
    Yield(BondYield),
    /// A real street yield.
    Real(RealYield),
    /// An FRN's discount margin.
    Margin(DiscountMargin),
}

/// The market's measure of a price.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Quotation {
    /// A bill: bank discount rate and its bond-equivalent.
    Bill(DiscountRate, InvestmentRate),
    /// A note or bond: street yield.
    Yield(BondYield),
    /// A TIPS: real street yield.
    Real(RealYield),
    /// An FRN: discount margin.
    Margin(DiscountMargin),
}

/// A security with everything that pricing says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct PricedRow {
    /// Security.
    pub cusip: Cusip,
    /// Its kind.
    pub kind: SecurityKind,
    /// Coupon; real for TIPS, none for bills and FRNs.
    pub coupon: Option<CouponRate>,
    /// Maturity.
    pub maturity: Date,
    /// Settlement.
    pub settlement: Date,
    /// Par amount: the holder's, or all that is outstanding.
    pub face: FaceUsd,
    /// The market's measure.
    pub quotation: Quotation,
    /// Quoted price; of TIPS not adjusted.
    pub clean: CleanPrice,
    /// Accrued interest on the same footing.
    pub accrued: Accrued,
    /// Of TIPS: index ratio of settlement.
    pub index_ratio: Option<IndexRatio>,
    /// Price paid in current dollars per 100 of original face.
    pub dirty: DirtyPrice,
    /// Modified duration.
    pub modified_duration: Years,
    /// Convexity, years squared.
    pub convexity_years_squared: f64,
    /// What the face is worth.
    pub market_value: Usd,
    /// What the face loses per basis point of its own measure (see the module's story).
    pub dv01: Dv01,
    /// What the face loses when every par yield of the curve rises by one basis point.
    pub curve_dv01: Dv01,
    /// The same for each key rate ([`PricingDay::key_rate_points`]); they sum to `curve_dv01`.
    pub key_rates: Vec<Dv01>,
    /// Par amount of ten-year notes with the same `curve_dv01`.
    pub ten_year_equivalents: TenYearEquivalents,
    /// By which convention, in words.
    pub convention: &'static str,
    /// What a reader has to know about this row.
    pub note: String,
}

impl PricingDay {
    /// Prices a face amount of one security.
    ///
    /// # Errors
    /// A security that is not outstanding, whose terms are not known, or a quote of another kind's measure or without a price.
    pub fn price(
        &self,
        cusip: Cusip,
        face: FaceUsd,
        given: Given,
    ) -> Result<PricedRow, ScenarioError> {
        let refuse = |message: String| ScenarioError::Pricing {
            cusip: cusip.to_string(),
            message,
        };
        let known = self
            .securities
            .get(&cusip)
            .ok_or_else(|| refuse(self.why_absent(cusip).1))?;
        let security = known
            .security
            .as_ref()
            .map_err(|reason| refuse(reason.clone()))?;
        let settlement = self.settlement();
        if security.maturity() <= settlement {
            return Err(refuse(format!(
                "it is redeemed by settlement {settlement}; what it pays then is not a price"
            )));
        }
        let ratio = match (security, known.record.index_ratio) {
            (Security::Tips(_), None) => {
                return Err(refuse("its index ratio is not known".to_owned()));
            }
            (Security::Tips(_), ratio) => ratio,
            _ => None,
        };
        let mut note = String::new();
        if let (Security::Tips(_), Some(reason)) = (security, &self.no_breakeven) {
            return Err(refuse(format!(
                "no breakeven to set it beside a nominal curve: {reason}"
            )));
        }
        let from_curve = if given == Given::Curve {
            let outlook = Outlook {
                tips: ratio.map(|index_ratio| TipsOutlook {
                    index_ratio,
                    breakeven: self.inputs.breakeven,
                }),
                frn_index: Some(&self.inputs.frn_index),
            };
            if ratio.is_some() {
                note = format!(
                    "off the nominal curve at a flat breakeven of {:.2}% (estimated: one number for all maturities)",
                    self.inputs.breakeven.bp() / 100.0
                );
            }
            Some(security_dirty_price_from_curve(
                security,
                self.curve(),
                settlement,
                outlook,
            )?)
        } else {
            None
        };
        let side = match security {
            Security::Bill(bill) => bill_side(bill, given, from_curve, settlement),
            Security::Note(coupon) | Security::Bond(coupon) => {
                coupon_side(coupon, given, from_curve, settlement)
            }
            Security::Tips(tips) => tips_side(tips, given, from_curve, settlement, ratio),
            Security::Frn(frn) => self.frn_side(frn, given, from_curve, settlement),
        };
        let side = side?.ok_or_else(|| {
            refuse(format!(
                "a {} is not quoted so; give {}",
                known.record.kind,
                measures(known.record.kind)
            ))
        })?;
        let ratio_or_one = ratio.map_or(1.0, IndexRatio::ratio);
        let dirty = DirtyPrice::from_per_100((side.clean + side.accrued).per_100() * ratio_or_one);
        let dv01 = side.risk.dv01(face).dollars() * ratio_or_one;
        let key_rates = self.key_rate_dv01s(security, face, ratio)?;
        let curve_dv01 = key_rates.iter().copied().sum();
        Ok(PricedRow {
            cusip,
            kind: known.record.kind,
            coupon: known.record.coupon,
            maturity: security.maturity(),
            settlement,
            face,
            quotation: side.quotation,
            clean: side.clean,
            accrued: side.accrued,
            index_ratio: ratio,
            dirty,
            modified_duration: side.risk.modified_duration,
            convexity_years_squared: side.risk.convexity.years_squared(),
            market_value: face.market_value(dirty),
            dv01: Dv01::from_dollars(dv01),
            curve_dv01,
            ten_year_equivalents: ten_year_equivalents(
                curve_dv01,
                self.curve().par_yield(Years(10.0))?,
            )?,
            key_rates,
            convention: convention(known.record.kind),
            note,
        })
    }

    /// Prices everything outstanding off the curve, in the order of maturity and identifier; what cannot be priced comes with its
    /// reason.
    #[must_use]
    pub fn price_all(&self) -> (Vec<PricedRow>, Vec<(Cusip, ScenarioError)>) {
        let lots = self
            .securities
            .values()
            .map(|known| (known.record.cusip, known.record.par));
        self.price_many(lots)
    }

    /// Prices a holder's file off the curve, in its order.
    #[must_use]
    pub fn price_holdings(
        &self,
        holdings: &Holdings,
    ) -> (Vec<PricedRow>, Vec<(Cusip, ScenarioError)>) {
        let lots = holdings
            .holdings
            .iter()
            .map(|holding| (holding.cusip, holding.face));
        let (mut rows, failures) = self.price_many(lots);
        let place = |cusip: Cusip| {
            holdings
                .holdings
                .iter()
                .position(|holding| holding.cusip == cusip)
        };
        rows.sort_by_key(|row| place(row.cusip));
        (rows, failures)
    }

    fn price_many(
        &self,
        lots: impl Iterator<Item = (Cusip, FaceUsd)>,
    ) -> (Vec<PricedRow>, Vec<(Cusip, ScenarioError)>) {
        let (mut rows, mut failures) = (Vec::new(), Vec::new());
        for (cusip, face) in lots {
            match self.price(cusip, face, Given::Curve) {
                Ok(row) => rows.push(row),
                Err(error) => failures.push((cusip, error)),
            }
        }
        rows.sort_by_key(|row| (row.maturity, row.cusip));
        (rows, failures)
    }

    /// DV01 to each par yield: payments as the curve implies them, discounted on it. An FRN counts as its principal on the next reset
    /// and its spread.
    fn key_rate_dv01s(
        &self,
        security: &Security,
        face: FaceUsd,
        ratio: Option<IndexRatio>,
    ) -> Result<Vec<Dv01>, ScenarioError> {
        let (par, settlement) = (&self.named.par, self.settlement());
        let flows = match security {
            Security::Frn(frn) => {
                frn_equivalent_cash_flows(frn, par, settlement, &self.inputs.frn_index)?
            }
            _ => {
                let outlook = Outlook {
                    tips: ratio.map(|index_ratio| TipsOutlook {
                        index_ratio,
                        breakeven: self.inputs.breakeven,
                    }),
                    frn_index: None,
                };
                projected_cash_flows(security, par, settlement, outlook)?
            }
        };
        Ok(self.key_rates.dv01(&flows, face, settlement)?)
    }

    fn frn_side(
        &self,
        frn: &Frn,
        given: Given,
        from_curve: Option<DirtyPrice>,
        settlement: Date,
    ) -> SideResult {
        let index = &self.inputs.frn_index;
        let accrued = frn.accrued(settlement, index)?;
        let margin = match (given, from_curve) {
            (Given::Margin(margin), _) => margin,
            (Given::Clean(clean), _) => {
                frn.street_discount_margin_from_clean_price(clean, settlement, index)?
            }
            (_, Some(dirty)) => {
                frn.street_discount_margin_from_clean_price(dirty - accrued, settlement, index)?
            }
            _ => return Ok(None),
        };
        let at = |bp: f64| -> Result<f64, TreasuryError> {
            let moved = DiscountMargin::from_decimal(margin.decimal() + bp * 1e-4);
            Ok(frn
                .street_price_from_discount_margin(moved, settlement, index)?
                .dirty()
                .per_100())
        };
        let (down, here, up) = (at(-1.0)?, at(0.0)?, at(1.0)?);
        let clean = DirtyPrice::from_per_100(here) - accrued;
        Ok(Some(Side {
            quotation: Quotation::Margin(margin),
            clean,
            accrued,
            risk: YieldRisk {
                dirty: DirtyPrice::from_per_100(here),
                modified_duration: Years((down - up) / 2e-4 / here),
                convexity: brandish_treasury::Convexity::from_years_squared(
                    (up - 2.0 * here + down) / 1e-8 / here,
                ),
            },
        }))
    }
}

/// What is particular to a kind.
struct Side {
    quotation: Quotation,
    clean: CleanPrice,
    accrued: Accrued,
    risk: YieldRisk,
}

/// None: the quote is in another kind's measure.
type SideResult = Result<Option<Side>, TreasuryError>;

fn bill_side(
    bill: &Bill,
    given: Given,
    from_curve: Option<DirtyPrice>,
    settlement: Date,
) -> SideResult {
    let clean = match (given, from_curve) {
        (Given::Discount(rate), _) => bill.price_from_discount_rate(rate, settlement)?,
        (Given::Investment(rate), _) => bill.price_from_investment_rate(rate, settlement)?,
        (Given::Clean(clean), _) => clean,
        (_, Some(dirty)) => dirty - Accrued::ZERO,
        _ => return Ok(None),
    };
    let rate = bill.investment_rate_from_price(clean, settlement)?;
    Ok(Some(Side {
        quotation: Quotation::Bill(bill.discount_rate_from_price(clean, settlement)?, rate),
        clean,
        accrued: Accrued::ZERO,
        risk: bill.risk_at_investment_rate(rate, settlement)?,
    }))
}

fn coupon_side(
    coupon: &NominalCoupon,
    given: Given,
    from_curve: Option<DirtyPrice>,
    settlement: Date,
) -> SideResult {
    let view = coupon.at_settlement(settlement)?;
    let bond_yield = match (given, from_curve) {
        (Given::Yield(bond_yield), _) => bond_yield,
        (Given::Clean(clean), _) => view.street_yield_from_clean_price(clean)?,
        (_, Some(dirty)) => view.street_yield_from_dirty_price(dirty)?,
        _ => return Ok(None),
    };
    let dirty = view.street_dirty_price_from_yield(bond_yield)?;
    Ok(Some(Side {
        quotation: Quotation::Yield(bond_yield),
        clean: dirty - view.accrued(),
        accrued: view.accrued(),
        risk: view.risk_at_street_yield(bond_yield)?,
    }))
}

fn tips_side(
    tips: &Tips,
    given: Given,
    from_curve: Option<DirtyPrice>,
    settlement: Date,
    ratio: Option<IndexRatio>,
) -> SideResult {
    let accrued = tips.stream().accrued(settlement)?;
    let real_yield = match (given, from_curve, ratio) {
        (Given::Real(real_yield), _, _) => real_yield,
        (Given::Clean(clean), _, _) => {
            tips.street_real_yield_from_unadjusted_clean_price(clean, settlement)?
        }
        (_, Some(dirty), Some(ratio)) => {
            let real = DirtyPrice::from_per_100(dirty.per_100() / ratio.ratio());
            tips.street_real_yield_from_unadjusted_clean_price(real - accrued, settlement)?
        }
        _ => return Ok(None),
    };
    Ok(Some(Side {
        quotation: Quotation::Real(real_yield),
        clean: tips.street_unadjusted_clean_price_from_real_yield(real_yield, settlement)?,
        accrued,
        risk: tips.risk_at_street_real_yield(real_yield, settlement)?,
    }))
}

/// The measures a kind is quoted in.
fn measures(kind: SecurityKind) -> &'static str {
    match kind {
        SecurityKind::Bill => "its price, discount rate or investment rate",
        SecurityKind::Note | SecurityKind::Bond => "its clean price or street yield",
        SecurityKind::Tips => "its unadjusted clean price or real yield",
        SecurityKind::Frn => "its clean price or discount margin",
    }
}

/// Every convention of a kind's row in one sentence.
fn convention(kind: SecurityKind) -> &'static str {
    match kind {
        SecurityKind::Bill => {
            "price = 100 (1 - discount rate x days/360), investment rate on the actual year (31 CFR 356 App. B VI), no accrued interest, unrounded; T+1"
        }
        SecurityKind::Note | SecurityKind::Bond => {
            "street: semiannual yield, fractional period compounded, simple interest in the last coupon period; accrued actual/actual (ICMA); T+1"
        }
        SecurityKind::Tips => {
            "street on real payments as for notes; quoted price unadjusted, price paid = (clean + accrued) x index ratio, deflation floor not valued; T+1"
        }
        SecurityKind::Frn => {
            "discount margin over the 13-week bill rate of settlement (31 CFR 356 App. B IV, unrounded), interest actual/360 with two-day lockout; T+1"
        }
    }
}
