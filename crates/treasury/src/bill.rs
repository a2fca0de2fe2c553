//! Treasury bills, cash-management bills included.
//!
//! 31 CFR 356 App. B VI. A bill pays 100 at maturity and nothing before. Letters: P price per 100, d discount rate
//! (decimal, actual/360 on face), r days to maturity, i investment rate (decimal, the coupon-equivalent yield), y days
//! in the year after settlement. Auction prices are rounded to six decimals; the other functions are not rounded.

use brandish_units::{CleanPrice, Cusip, Date, DirtyPrice, DiscountRate, InvestmentRate};

use crate::nominal::check_price;
use crate::rounding::to_six_decimals;
use crate::{AmountPer100, CashFlow, TreasuryError, YieldRisk};

/// Terms of a bill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BillTerms {
    /// Identifier.
    pub cusip: Cusip,
    /// Issue date: of the bill, or of the lot to be priced.
    pub issue: Date,
    /// Maturity.
    pub maturity: Date,
}

/// A checked bill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bill {
    cusip: Cusip,
    issue: Date,
    maturity: Date,
}

/// Days of the settlement that the investment rate needs.
#[derive(Clone, Copy)]
struct InvestmentTerm {
    /// r: days to maturity.
    days: f64,
    /// y: days from settlement to its anniversary.
    year: f64,
    /// Whether the term is at most one half-year (VI.D.1).
    short: bool,
}

impl Bill {
    /// Checks the terms.
    pub fn new(terms: BillTerms) -> Result<Bill, TreasuryError> {
        let BillTerms {
            cusip,
            issue,
            maturity,
        } = terms;
        if maturity <= issue {
            return Err(TreasuryError::MaturityNotAfterStart {
                cusip,
                start: issue,
                maturity,
            });
        }
        Ok(Bill {
            cusip,
            issue,
            maturity,
        })
    }

    /// Identifier.
    pub fn cusip(&self) -> Cusip {
        self.cusip
    }

    /// Issue date.
    pub fn issue(&self) -> Date {
        self.issue
    }

    /// Maturity.
    pub fn maturity(&self) -> Date {
        self.maturity
    }

    /// Auction price, App. B VI.A: P = 100 (1 - d r/360), rounded to six decimals.
    pub fn auction_price_from_discount_rate(
        &self,
        rate: DiscountRate,
        settlement: Date,
    ) -> Result<CleanPrice, TreasuryError> {
        let price = self.price_from_discount_rate(rate, settlement)?;
        Ok(CleanPrice::from_per_100(to_six_decimals(price.per_100())))
    }

    /// The same price, not rounded: what a discount rate quoted in the market means.
    pub fn price_from_discount_rate(
        &self,
        rate: DiscountRate,
        settlement: Date,
    ) -> Result<CleanPrice, TreasuryError> {
        let days = self.days_to_maturity(settlement)?;
        let decimal = rate.decimal();
        self.check_finite("discount rate", decimal)?;
        let price = 100.0 - 100.0 * decimal * days / 360.0;
        check_price(self.cusip, price, settlement)?;
        Ok(CleanPrice::from_per_100(price))
    }

    /// Discount rate of a price, App. B VI.C: d = (100 - P)/100 x 360/r. Not rounded.
    pub fn discount_rate_from_price(
        &self,
        price: CleanPrice,
        settlement: Date,
    ) -> Result<DiscountRate, TreasuryError> {
        let days = self.days_to_maturity(settlement)?;
        check_price(self.cusip, price.per_100(), settlement)?;
        let decimal = (100.0 - price.per_100()) / 100.0 * 360.0 / days;
        Ok(DiscountRate::from_decimal(decimal))
    }

    /// Investment rate of a price, App. B VI.D. Not rounded (auctions publish it at three decimals of a percent).
    ///
    /// Up to one half-year: i = (100 - P)/P x y/r. Beyond: P (1 + (r - y/2) i/y)(1 + i/2) = 100, the positive root of
    /// a i^2 + b i + c = 0 with a = r/2y - 1/4, b = r/y, c = (P - 100)/P.
    /// y is 366 when the year after settlement contains February 29, else 365; from February 29 it is 365. A bill of
    /// exactly six calendar months counts as one half-year, whatever its days (as in published results, e.g. 912797NU7).
    pub fn investment_rate_from_price(
        &self,
        price: CleanPrice,
        settlement: Date,
    ) -> Result<InvestmentRate, TreasuryError> {
        let term = self.investment_term(settlement)?;
        let price = price.per_100();
        check_price(self.cusip, price, settlement)?;
        let simple = (100.0 - price) / price;
        let decimal = if term.short {
            simple * term.year / term.days
        } else {
            let a = term.days / (2.0 * term.year) - 0.25;
            let b = term.days / term.year;
            // b^2 - 4ac is never below (b - 1)^2; the floor only removes rounding.
            let root = (b * b + 4.0 * a * simple).max(0.0).sqrt();
            // 2c/(-b - root) instead of (-b + root)/2a: no cancellation when a or the rate is small.
            2.0 * simple / (b + root)
        };
        Ok(InvestmentRate::from_decimal(decimal))
    }

    /// Price of an investment rate: the equations of [`Bill::investment_rate_from_price`] solved for P. Not rounded.
    pub fn price_from_investment_rate(
        &self,
        rate: InvestmentRate,
        settlement: Date,
    ) -> Result<CleanPrice, TreasuryError> {
        let (price, _, _) = self.price_with_derivatives(rate, settlement)?;
        Ok(CleanPrice::from_per_100(price))
    }

    /// Price, modified duration and convexity with respect to the investment rate.
    pub fn risk_at_investment_rate(
        &self,
        rate: InvestmentRate,
        settlement: Date,
    ) -> Result<YieldRisk, TreasuryError> {
        let (price, first, second) = self.price_with_derivatives(rate, settlement)?;
        Ok(YieldRisk::from_derivatives(price, first, second))
    }

    /// Price paid: a bill accrues no interest, so clean and dirty are the same number.
    pub fn dirty_price(price: CleanPrice) -> DirtyPrice {
        DirtyPrice::from_per_100(price.per_100())
    }

    /// The one payment after settlement.
    pub fn cash_flows(&self, settlement: Date) -> Result<Vec<CashFlow>, TreasuryError> {
        self.days_to_maturity(settlement)?;
        Ok(vec![CashFlow {
            date: self.maturity,
            amount: AmountPer100::from_per_100(100.0),
        }])
    }

    fn price_with_derivatives(
        &self,
        rate: InvestmentRate,
        settlement: Date,
    ) -> Result<(f64, f64, f64), TreasuryError> {
        let term = self.investment_term(settlement)?;
        let i = rate.decimal();
        self.check_finite("investment rate", i)?;
        // P = 100 / (u w): u grows at slope p, w at slope q.
        let (p, q) = if term.short {
            (term.days / term.year, 0.0)
        } else {
            (term.days / term.year - 0.5, 0.5)
        };
        let (u, w) = (1.0 + p * i, 1.0 + q * i);
        if u <= 0.0 || w <= 0.0 {
            return Err(TreasuryError::YieldWithoutPrice {
                cusip: self.cusip,
                yield_pct: i * 100.0,
                lowest_pct: -100.0 / p.max(q),
                settlement,
            });
        }
        let price = 100.0 / (u * w);
        let (a, b) = (p / u, q / w);
        Ok((
            price,
            -price * (a + b),
            price * ((a + b) * (a + b) + a * a + b * b),
        ))
    }

    fn days_to_maturity(&self, settlement: Date) -> Result<f64, TreasuryError> {
        if settlement < self.issue || settlement >= self.maturity {
            return Err(TreasuryError::SettlementOutsideLife {
                cusip: self.cusip,
                settlement,
                start: self.issue,
                maturity: self.maturity,
            });
        }
        Ok(f64::from(self.maturity - settlement))
    }

    fn investment_term(&self, settlement: Date) -> Result<InvestmentTerm, TreasuryError> {
        let days = self.days_to_maturity(settlement)?;
        // plus_months(12) of February 29 is February 28, which makes y 365: the rule for that day.
        let year = f64::from(settlement.plus_months(12) - settlement);
        let short = self.maturity <= settlement.plus_months(6) || 2.0 * days <= year;
        Ok(InvestmentTerm { days, year, short })
    }

    fn check_finite(&self, what: &'static str, value: f64) -> Result<(), TreasuryError> {
        if value.is_finite() {
            return Ok(());
        }
        Err(TreasuryError::NotFinite {
            cusip: self.cusip,
            what,
            value,
        })
    }
}
