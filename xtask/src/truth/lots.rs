//! Every auction lot with a published price, priced from its rate.
//!
//! Bills: price from the discount rate, investment rate from the price. Notes and bonds: price from the high yield. TIPS:
//! inflation-adjusted price from the high real yield and the monthly CPI. FRNs: price from the discount margin, the spread and
//! the 13-week bill auctions. Settlement is the issue date. Lots auctioned before 20 September 2004 are compared at three decimals.

use std::path::Path;

use brandish_treasury::{
    Bill, BillAuction, BillTerms, ConsumerPriceIndex, ConsumerPriceIndexTable, CouponTerms, Frn,
    FrnIndexHistory, FrnTerms, NominalCoupon, ReferenceCpi, SecurityKind, Tips, TipsTerms,
    digits::at_three_decimals,
};
use brandish_units::{BondYield, CouponRate, Cusip, Date, DiscountMargin, DiscountRate, RealYield};

use super::table::{Row, rows};
use super::{Comparison, TruthError};

/// A lot and its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Security.
    pub cusip: String,
    /// Issue date.
    pub issue: String,
    /// `bill`, `note`, `bond`, `tips`, `frn`.
    pub kind: String,
    /// Decimals of the published price.
    pub decimals: String,
    /// How the row came about.
    pub evidence: String,
    /// Price, and the investment rate of bills where it is published.
    pub numbers: Vec<Comparison>,
}

/// All lots of `auctions.csv`.
pub fn all(goldens: &Path) -> Result<Vec<Lot>, TruthError> {
    let (index, cpi) = (frn_index(goldens)?, consumer_price_index(goldens)?);
    rows(goldens, "auctions.csv")?
        .iter()
        .map(|row| lot(row, &index, &cpi))
        .collect()
}

/// Monthly CPI-U.
pub fn consumer_price_index(goldens: &Path) -> Result<ConsumerPriceIndexTable, TruthError> {
    let mut table = ConsumerPriceIndexTable::new();
    for row in rows(goldens, "consumer_price_index.csv")? {
        let first: Date = format!("{}-01", row.text("month")?)
            .parse()
            .map_err(|error| row.refuse(error))?;
        let level = ConsumerPriceIndex::from_level(row.parse("cpi_u")?)
            .map_err(|error| row.refuse(error))?;
        table.insert(first, level);
    }
    Ok(table)
}

fn frn_index(goldens: &Path) -> Result<FrnIndexHistory, TruthError> {
    let name = "bill_auctions_13_week.csv";
    let auctions = rows(goldens, name)?
        .iter()
        .map(|row| {
            Ok(BillAuction {
                auction: row.parse("auction_date")?,
                issue: row.parse("issue_date")?,
                maturity: row.parse("maturity_date")?,
                high_rate: DiscountRate::from_percent(row.parse("discount_rate_pct")?),
            })
        })
        .collect::<Result<Vec<_>, TruthError>>()?;
    FrnIndexHistory::from_auctions(&auctions)
        .map_err(|error| TruthError::Finding(format!("{name}: {error}")))
}

fn coupon_terms(row: &Row) -> Result<CouponTerms, TruthError> {
    Ok(CouponTerms {
        cusip: row.parse::<Cusip>("cusip")?,
        coupon: CouponRate::from_percent(row.parse("coupon_pct")?),
        issue: row.parse("issue_date")?,
        dated: None,
        first_interest: None,
        maturity: row.parse("maturity_date")?,
    })
}

fn lot(
    row: &Row,
    index: &FrnIndexHistory,
    cpi: &ConsumerPriceIndexTable,
) -> Result<Lot, TruthError> {
    let refuse = |error: brandish_treasury::TreasuryError| row.refuse(error);
    let issue: Date = row.parse("issue_date")?;
    let three = row.text("price_decimals")? == "3";
    let mut investment = None;
    let price = match row.parse::<SecurityKind>("kind")? {
        SecurityKind::Bill => {
            let bill = Bill::new(BillTerms {
                cusip: row.parse("cusip")?,
                issue,
                maturity: row.parse("maturity_date")?,
            })
            .map_err(refuse)?;
            let rate = DiscountRate::from_percent(row.parse("discount_rate_pct")?);
            let price = bill
                .auction_price_from_discount_rate(rate, issue)
                .map_err(refuse)?;
            investment = Some(
                bill.investment_rate_from_price(price, issue)
                    .map_err(refuse)?,
            );
            price
        }
        SecurityKind::Note | SecurityKind::Bond => {
            let rate = BondYield::from_percent(row.parse("high_yield_pct")?);
            let coupon = NominalCoupon::new(coupon_terms(row)?).map_err(refuse)?;
            let clean = coupon
                .auction_price_from_yield(rate, issue)
                .map_err(refuse)?
                .clean;
            if three {
                at_three_decimals(clean)
            } else {
                clean
            }
        }
        SecurityKind::Tips => {
            let base = ReferenceCpi::from_level(row.parse("reference_cpi_on_dated_date")?)
                .map_err(refuse)?;
            let tips = Tips::new(TipsTerms {
                coupons: coupon_terms(row)?,
                reference_cpi_on_dated_date: base,
            })
            .map_err(refuse)?;
            let rate = RealYield::from_percent(row.parse("high_yield_pct")?);
            let reference = cpi.reference_cpi(issue).map_err(refuse)?;
            let price = tips
                .auction_price_from_real_yield(rate, issue, reference)
                .map_err(refuse)?;
            if three {
                price.adjusted_clean_at_three_decimals()
            } else {
                price.adjusted_clean
            }
        }
        SecurityKind::Frn => {
            let frn = Frn::new(FrnTerms {
                cusip: row.parse("cusip")?,
                spread: DiscountMargin::from_percent(row.parse("frn_spread_pct")?),
                issue,
                dated: None,
                maturity: row.parse("maturity_date")?,
            })
            .map_err(refuse)?;
            let margin = DiscountMargin::from_percent(row.parse("frn_discount_margin_pct")?);
            frn.auction_price_from_discount_margin(margin, issue, index)
                .map_err(refuse)?
                .clean
        }
    };
    let mut numbers = vec![Comparison {
        measure: "price_per_100".to_owned(),
        published: row.text("price_per_100")?.to_owned(),
        computed: format!("{:.6}", price.per_100()),
    }];
    if let (Some(rate), Some(published)) =
        (investment, row.parse_given::<f64>("investment_rate_pct")?)
    {
        numbers.push(Comparison {
            measure: "investment_rate_pct".to_owned(),
            published: format!("{published:.3}"),
            computed: format!("{:.3}", rate.percent()),
        });
    }
    let cell = |column| row.text(column).map(str::to_owned);
    Ok(Lot {
        cusip: cell("cusip")?,
        issue: cell("issue_date")?,
        kind: cell("kind")?,
        decimals: cell("price_decimals")?,
        evidence: cell("evidence")?,
        numbers,
    })
}
