//! Treasury inflation-protected securities.
//!
//! 31 CFR 356 App. B III. Coupons, yield and unadjusted price are real: dollars of the dated date. Adjusted figures are
//! the unadjusted ones times the index ratio of settlement. In an auction the accrued interest is rounded to six decimals
//! first, the unadjusted price to six, and both adjusted figures to six. The market quotes the unadjusted clean price and
//! the real street yield. A [`RealYield`] is not a [`brandish_units::BondYield`]: mixing them does not compile.
//! Principal at maturity never falls below par; no formula here values that floor.

use brandish_units::{Accrued, CleanPrice, Cusip, Date, DirtyPrice, IndexRatio, RealYield};

use crate::compounding;
use crate::nominal::{auction_price, auction_yield, check_yield, street_risk, street_yield};
use crate::rounding::{price_times_index_ratio, to_three_decimals};
use crate::{CashFlow, CouponStream, CouponTerms, ReferenceCpi, TreasuryError, YieldRisk};

/// Index ratios above this are a mistake of unit: prices would have risen a thousandfold since the dated date.
const LARGEST_INDEX_RATIO: f64 = 1_000.0;

/// Terms of a TIPS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TipsTerms {
    /// Coupons and dates; the coupon is the real rate.
    pub coupons: CouponTerms,
    /// Reference CPI of the dated date.
    pub reference_cpi_on_dated_date: ReferenceCpi,
}

/// A checked TIPS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tips {
    stream: CouponStream,
    base: ReferenceCpi,
}

/// What an auction charges per 100 of original face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TipsAuctionPrice {
    /// Real price without accrued interest, P.
    pub unadjusted_clean: CleanPrice,
    /// Real accrued interest, A.
    pub unadjusted_accrued: Accrued,
    /// Index ratio of settlement.
    pub index_ratio: IndexRatio,
    /// Price in current dollars, P x index ratio: the published price.
    pub adjusted_clean: CleanPrice,
    /// Accrued interest in current dollars, A x index ratio.
    pub adjusted_accrued: Accrued,
}

impl TipsAuctionPrice {
    /// Settlement amount per 100 of original face, in current dollars.
    pub fn adjusted_dirty(&self) -> DirtyPrice {
        self.adjusted_clean + self.adjusted_accrued
    }

    /// The adjusted clean price as results showed it before 20 September 2004: the unadjusted price rounded to three
    /// decimals, times the index ratio, rounded to three (the results of 1998 to 2004 show this order).
    pub fn adjusted_clean_at_three_decimals(&self) -> CleanPrice {
        let real = to_three_decimals(self.unadjusted_clean.per_100());
        CleanPrice::from_per_100(to_three_decimals(real * self.index_ratio.ratio()))
    }
}

impl Tips {
    /// Checks the terms.
    pub fn new(terms: TipsTerms) -> Result<Tips, TreasuryError> {
        Ok(Tips {
            stream: CouponStream::new(terms.coupons)?,
            base: terms.reference_cpi_on_dated_date,
        })
    }

    /// Real coupons, dates and accrued interest.
    pub fn stream(&self) -> &CouponStream {
        &self.stream
    }

    /// Identifier.
    pub fn cusip(&self) -> Cusip {
        self.stream.cusip()
    }

    /// Reference CPI of the dated date.
    pub fn reference_cpi_on_dated_date(&self) -> ReferenceCpi {
        self.base
    }

    /// Index ratio on a day with this reference CPI.
    pub fn index_ratio(&self, reference_cpi: ReferenceCpi) -> IndexRatio {
        reference_cpi.index_ratio(self.base)
    }

    /// Auction price, App. B III.A and B.
    pub fn auction_price_from_real_yield(
        &self,
        real_yield: RealYield,
        settlement: Date,
        reference_cpi: ReferenceCpi,
    ) -> Result<TipsAuctionPrice, TreasuryError> {
        let index_ratio = self.index_ratio(reference_cpi);
        self.auction_price_at_index_ratio(real_yield, settlement, index_ratio)
    }

    /// The same at an index ratio that is known, for instance from the auction's announcement.
    pub fn auction_price_at_index_ratio(
        &self,
        real_yield: RealYield,
        settlement: Date,
        index_ratio: IndexRatio,
    ) -> Result<TipsAuctionPrice, TreasuryError> {
        let ratio = index_ratio.ratio();
        if !(ratio > 0.0 && ratio <= LARGEST_INDEX_RATIO) {
            return Err(TreasuryError::IndexRatio {
                cusip: self.cusip(),
                ratio,
            });
        }
        let position = self.stream.position(settlement)?;
        check_yield(self.cusip(), &position, real_yield.decimal(), settlement)?;
        let real = auction_price(&position, real_yield.decimal());
        let adjust = |per_100: f64| price_times_index_ratio(per_100, ratio);
        Ok(TipsAuctionPrice {
            unadjusted_clean: real.clean,
            unadjusted_accrued: real.accrued,
            index_ratio,
            adjusted_clean: CleanPrice::from_per_100(adjust(real.clean.per_100())),
            adjusted_accrued: Accrued::from_per_100(adjust(real.accrued.per_100())),
        })
    }

    /// Real yield at which the auction formula gives this unadjusted clean price before rounding.
    pub fn auction_real_yield_from_unadjusted_price(
        &self,
        unadjusted_clean: CleanPrice,
        settlement: Date,
    ) -> Result<RealYield, TreasuryError> {
        let position = self.stream.position(settlement)?;
        auction_yield(self.cusip(), &position, unadjusted_clean, settlement)
            .map(RealYield::from_decimal)
    }

    /// Unadjusted dirty price under the street convention.
    pub fn street_unadjusted_dirty_price_from_real_yield(
        &self,
        real_yield: RealYield,
        settlement: Date,
    ) -> Result<DirtyPrice, TreasuryError> {
        let position = self.stream.position(settlement)?;
        check_yield(self.cusip(), &position, real_yield.decimal(), settlement)?;
        let dirty = compounding::street_dirty(&position, real_yield.decimal());
        Ok(DirtyPrice::from_per_100(dirty))
    }

    /// Unadjusted clean price under the street convention: what the market quotes.
    pub fn street_unadjusted_clean_price_from_real_yield(
        &self,
        real_yield: RealYield,
        settlement: Date,
    ) -> Result<CleanPrice, TreasuryError> {
        let dirty = self.street_unadjusted_dirty_price_from_real_yield(real_yield, settlement)?;
        Ok(dirty - self.stream.accrued(settlement)?)
    }

    /// Real street yield of an unadjusted clean price.
    pub fn street_real_yield_from_unadjusted_clean_price(
        &self,
        unadjusted_clean: CleanPrice,
        settlement: Date,
    ) -> Result<RealYield, TreasuryError> {
        let position = self.stream.position(settlement)?;
        let dirty = unadjusted_clean + self.stream.accrued(settlement)?;
        street_yield(self.cusip(), &position, dirty, settlement).map(RealYield::from_decimal)
    }

    /// A real price in current dollars, not rounded: what a holder pays or marks per 100 of original face.
    pub fn adjusted_dirty_price(
        unadjusted_dirty: DirtyPrice,
        index_ratio: IndexRatio,
    ) -> DirtyPrice {
        DirtyPrice::from_per_100(unadjusted_dirty.per_100() * index_ratio.ratio())
    }

    /// Real price, modified duration and convexity at a real street yield.
    pub fn risk_at_street_real_yield(
        &self,
        real_yield: RealYield,
        settlement: Date,
    ) -> Result<YieldRisk, TreasuryError> {
        let position = self.stream.position(settlement)?;
        check_yield(self.cusip(), &position, real_yield.decimal(), settlement)?;
        Ok(street_risk(&position, real_yield.decimal()))
    }

    /// Real payments after settlement, per 100 of original face.
    pub fn real_cash_flows(&self, settlement: Date) -> Result<Vec<CashFlow>, TreasuryError> {
        self.stream.cash_flows(settlement)
    }
}
