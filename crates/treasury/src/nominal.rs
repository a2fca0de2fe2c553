//! Treasury notes and bonds.
//!
//! Notes (two to ten years) and bonds (above ten) differ in name only; both are a [`NominalCoupon`]. Auction prices
//! follow 31 CFR 356 App. B II: accrued interest rounded to six decimals, simple interest in the fractional period,
//! price rounded to six decimals. Street prices compound the fractional period and use simple interest only in the last
//! coupon period (SIA, Standard Securities Calculation Methods, vol. 1, formulas 6 and 7). The two agree on coupon dates only.

use brandish_units::{Accrued, BondYield, CleanPrice, Cusip, Date, DirtyPrice};

use crate::compounding;
use crate::rounding::to_six_decimals;
use crate::stream::Position;
use crate::{CashFlow, CouponStream, CouponTerms, TreasuryError, YieldRisk};

/// A note or bond.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NominalCoupon {
    stream: CouponStream,
}

/// What an auction charges per 100 of face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AuctionPrice {
    /// Price without accrued interest, six decimals.
    pub clean: CleanPrice,
    /// Accrued interest, six decimals.
    pub accrued: Accrued,
}

impl AuctionPrice {
    /// Price with accrued interest.
    pub fn dirty(&self) -> DirtyPrice {
        self.clean + self.accrued
    }
}

impl NominalCoupon {
    /// Checks the terms.
    pub fn new(terms: CouponTerms) -> Result<NominalCoupon, TreasuryError> {
        Ok(NominalCoupon {
            stream: CouponStream::new(terms)?,
        })
    }

    /// Coupons, dates and accrued interest.
    pub fn stream(&self) -> &CouponStream {
        &self.stream
    }

    /// Identifier.
    pub fn cusip(&self) -> Cusip {
        self.stream.cusip()
    }

    /// The security on one settlement date, ready for many street prices and yields.
    pub fn at_settlement(&self, settlement: Date) -> Result<NominalAtSettlement, TreasuryError> {
        Ok(NominalAtSettlement {
            cusip: self.cusip(),
            settlement,
            position: self.stream.position(settlement)?,
        })
    }

    /// Auction price, 31 CFR 356 App. B II.A-G: (P + A)(1 + (r/s)(i/2)) = value at the next coupon date, A rounded to six
    /// decimals before it is taken off, P rounded to six decimals. At issue and at reopenings alike.
    pub fn auction_price_from_yield(
        &self,
        bond_yield: BondYield,
        settlement: Date,
    ) -> Result<AuctionPrice, TreasuryError> {
        let position = self.stream.position(settlement)?;
        let cusip = self.cusip();
        check_yield(cusip, &position, bond_yield.decimal(), settlement)?;
        Ok(auction_price(&position, bond_yield.decimal()))
    }

    /// Yield at which the auction formula gives this clean price before rounding.
    pub fn auction_yield_from_price(
        &self,
        clean: CleanPrice,
        settlement: Date,
    ) -> Result<BondYield, TreasuryError> {
        let position = self.stream.position(settlement)?;
        auction_yield(self.cusip(), &position, clean, settlement).map(BondYield::from_decimal)
    }

    /// Dirty price under the street convention.
    pub fn street_dirty_price_from_yield(
        &self,
        bond_yield: BondYield,
        settlement: Date,
    ) -> Result<DirtyPrice, TreasuryError> {
        let position = self.stream.position(settlement)?;
        check_yield(self.cusip(), &position, bond_yield.decimal(), settlement)?;
        let dirty = compounding::street_dirty(&position, bond_yield.decimal());
        Ok(DirtyPrice::from_per_100(dirty))
    }

    /// Clean price under the street convention: dirty less accrued, neither rounded.
    pub fn street_clean_price_from_yield(
        &self,
        bond_yield: BondYield,
        settlement: Date,
    ) -> Result<CleanPrice, TreasuryError> {
        let dirty = self.street_dirty_price_from_yield(bond_yield, settlement)?;
        Ok(dirty - self.stream.accrued(settlement)?)
    }

    /// Street yield of a dirty price.
    pub fn street_yield_from_dirty_price(
        &self,
        dirty: DirtyPrice,
        settlement: Date,
    ) -> Result<BondYield, TreasuryError> {
        let position = self.stream.position(settlement)?;
        street_yield(self.cusip(), &position, dirty, settlement).map(BondYield::from_decimal)
    }

    /// Street yield of a clean price.
    pub fn street_yield_from_clean_price(
        &self,
        clean: CleanPrice,
        settlement: Date,
    ) -> Result<BondYield, TreasuryError> {
        self.street_yield_from_dirty_price(clean + self.stream.accrued(settlement)?, settlement)
    }

    /// Price, modified duration and convexity at a street yield.
    pub fn risk_at_street_yield(
        &self,
        bond_yield: BondYield,
        settlement: Date,
    ) -> Result<YieldRisk, TreasuryError> {
        let position = self.stream.position(settlement)?;
        check_yield(self.cusip(), &position, bond_yield.decimal(), settlement)?;
        Ok(street_risk(&position, bond_yield.decimal()))
    }

    /// Payments after settlement, per 100 of face.
    pub fn cash_flows(&self, settlement: Date) -> Result<Vec<CashFlow>, TreasuryError> {
        self.stream.cash_flows(settlement)
    }
}

/// A note or bond on one settlement date, for many yields or prices: the date is looked up once.
#[derive(Clone, Copy, Debug)]
pub struct NominalAtSettlement {
    cusip: Cusip,
    settlement: Date,
    position: Position,
}

impl NominalAtSettlement {
    /// Settlement.
    pub fn settlement(&self) -> Date {
        self.settlement
    }

    /// Accrued interest at settlement, exact.
    pub fn accrued(&self) -> Accrued {
        Accrued::from_per_100(self.position.accrued)
    }

    /// As [`NominalCoupon::street_dirty_price_from_yield`].
    pub fn street_dirty_price_from_yield(
        &self,
        bond_yield: BondYield,
    ) -> Result<DirtyPrice, TreasuryError> {
        let decimal = bond_yield.decimal();
        check_yield(self.cusip, &self.position, decimal, self.settlement)?;
        let dirty = compounding::street_dirty(&self.position, decimal);
        Ok(DirtyPrice::from_per_100(dirty))
    }

    /// As [`NominalCoupon::street_yield_from_dirty_price`].
    pub fn street_yield_from_dirty_price(
        &self,
        dirty: DirtyPrice,
    ) -> Result<BondYield, TreasuryError> {
        street_yield(self.cusip, &self.position, dirty, self.settlement)
            .map(BondYield::from_decimal)
    }

    /// As [`NominalCoupon::street_yield_from_clean_price`].
    pub fn street_yield_from_clean_price(
        &self,
        clean: CleanPrice,
    ) -> Result<BondYield, TreasuryError> {
        self.street_yield_from_dirty_price(clean + self.accrued())
    }

    /// As [`NominalCoupon::risk_at_street_yield`].
    pub fn risk_at_street_yield(&self, bond_yield: BondYield) -> Result<YieldRisk, TreasuryError> {
        let decimal = bond_yield.decimal();
        check_yield(self.cusip, &self.position, decimal, self.settlement)?;
        Ok(street_risk(&self.position, decimal))
    }
}

/// App. B II (and III for real prices): unrounded dirty price less rounded accrued interest, rounded.
pub(crate) fn auction_price(position: &Position, yield_decimal: f64) -> AuctionPrice {
    let dirty = compounding::auction_dirty(position, yield_decimal);
    AuctionPrice {
        clean: CleanPrice::from_per_100(to_six_decimals(dirty - position.accrued_rounded)),
        accrued: Accrued::from_per_100(position.accrued_rounded),
    }
}

/// Yield of a clean auction price, decimal.
pub(crate) fn auction_yield(
    cusip: Cusip,
    position: &Position,
    clean: CleanPrice,
    settlement: Date,
) -> Result<f64, TreasuryError> {
    let dirty = clean.per_100() + position.accrued_rounded;
    check_price(cusip, dirty, settlement)?;
    compounding::yield_from_auction_dirty(position, dirty)
        .map_err(|stop| no_convergence(cusip, dirty, settlement, stop.iterations))
}

/// Street yield of a dirty price, decimal.
pub(crate) fn street_yield(
    cusip: Cusip,
    position: &Position,
    dirty: DirtyPrice,
    settlement: Date,
) -> Result<f64, TreasuryError> {
    let dirty = dirty.per_100();
    check_price(cusip, dirty, settlement)?;
    compounding::yield_from_street_dirty(position, dirty)
        .map_err(|stop| no_convergence(cusip, dirty, settlement, stop.iterations))
}

/// Risk measures at a street yield.
pub(crate) fn street_risk(position: &Position, yield_decimal: f64) -> YieldRisk {
    let (price, first, second) =
        compounding::street_dirty_with_derivatives(position, yield_decimal);
    YieldRisk::from_derivatives(price, first, second)
}

/// A yield must be finite and leave every discount factor positive.
pub(crate) fn check_yield(
    cusip: Cusip,
    position: &Position,
    yield_decimal: f64,
    settlement: Date,
) -> Result<(), TreasuryError> {
    if !yield_decimal.is_finite() {
        return Err(TreasuryError::NotFinite {
            cusip,
            what: "yield",
            value: yield_decimal,
        });
    }
    let lowest = compounding::lowest_yield(position);
    if yield_decimal <= lowest {
        return Err(TreasuryError::YieldWithoutPrice {
            cusip,
            yield_pct: yield_decimal * 100.0,
            lowest_pct: lowest * 100.0,
            settlement,
        });
    }
    Ok(())
}

/// A dirty price must be finite and positive.
pub(crate) fn check_price(cusip: Cusip, dirty: f64, settlement: Date) -> Result<(), TreasuryError> {
    if !dirty.is_finite() {
        return Err(TreasuryError::NotFinite {
            cusip,
            what: "price",
            value: dirty,
        });
    }
    if dirty <= 0.0 {
        return Err(TreasuryError::PriceWithoutYield {
            cusip,
            dirty_per_100: dirty,
            highest_per_100: f64::INFINITY,
            settlement,
        });
    }
    Ok(())
}

fn no_convergence(
    cusip: Cusip,
    dirty_per_100: f64,
    settlement: Date,
    iterations: u32,
) -> TreasuryError {
    TreasuryError::NoConvergence {
        cusip,
        what: "yield",
        dirty_per_100,
        settlement,
        iterations,
    }
}
