//! The worked examples of 31 CFR Part 356 Appendix B, sections II to VI, as far as `cfr356.csv` has them.
//!
//! Each row states the terms of an example and what the regulation prints; the number computed from the terms is printed at as
//! many decimals and set beside it. A row that cannot be priced at all is an error with its line.

use std::path::Path;

use brandish_treasury::{
    Bill, BillTerms, CouponTerms, Frn, FrnIndexHistory, FrnIndexRate, FrnTerms, NominalCoupon,
    ReferenceCpi, SecurityKind, Tips, TipsTerms, TreasuryError,
};
use brandish_units::{BondYield, CouponRate, Cusip, Date, DiscountMargin, DiscountRate, RealYield};

use super::table::{Row, rows};
use super::{Comparison, TruthError};

/// Section, what it is an example of, printed and computed numbers.
pub fn all(goldens: &Path) -> Result<Vec<(String, String, Vec<Comparison>)>, TruthError> {
    rows(goldens, "cfr356.csv")?
        .iter()
        .map(|row| {
            let computed = computed(row)?;
            let mut numbers = Vec::new();
            for (column, value) in computed {
                if let Some(printed) = row.given(column)? {
                    let decimals = printed.split('.').nth(1).map_or(0, str::len);
                    numbers.push(Comparison {
                        measure: column.to_owned(),
                        published: printed.to_owned(),
                        computed: format!("{value:.decimals$}"),
                    });
                }
            }
            Ok((row.text("section")?.to_owned(), description(row)?, numbers))
        })
        .collect()
}

fn description(row: &Row) -> Result<String, TruthError> {
    let mut text = row.text("kind")?.to_owned();
    for (column, words) in [
        ("coupon_pct", "coupon"),
        ("yield_pct", "yield"),
        ("discount_rate_pct", "discount rate"),
        ("spread_pct", "spread"),
        ("margin_pct", "margin"),
    ] {
        if let Some(value) = row.given(column)? {
            text.push_str(&format!(", {words} {value}%"));
        }
    }
    if let Some(dated) = row.given("dated_date")? {
        text.push_str(&format!(", dated {dated}"));
    }
    text.push_str(&format!(
        ", issued {}, due {}",
        row.text("issue_date")?,
        row.text("maturity_date")?
    ));
    if let Some(first) = row.given("first_interest_date")? {
        text.push_str(&format!(", first interest {first}"));
    }
    Ok(text)
}

/// The examples name no security; any valid identifier does.
fn cusip(row: &Row) -> Result<Cusip, TruthError> {
    "912810RN0".parse().map_err(|error| row.refuse(error))
}

fn coupon_terms(row: &Row) -> Result<CouponTerms, TruthError> {
    Ok(CouponTerms {
        cusip: cusip(row)?,
        coupon: CouponRate::from_percent(row.parse("coupon_pct")?),
        issue: row.parse("issue_date")?,
        dated: row.parse_given("dated_date")?,
        first_interest: row.parse_given("first_interest_date")?,
        maturity: row.parse("maturity_date")?,
    })
}

fn computed(row: &Row) -> Result<Vec<(&'static str, f64)>, TruthError> {
    let refuse = |error: TreasuryError| row.refuse(error);
    let issue: Date = row.parse("issue_date")?;
    Ok(match row.parse::<SecurityKind>("kind")? {
        SecurityKind::Note | SecurityKind::Bond => {
            let rate = BondYield::from_percent(row.parse("yield_pct")?);
            let security = NominalCoupon::new(coupon_terms(row)?).map_err(refuse)?;
            let price = security
                .auction_price_from_yield(rate, issue)
                .map_err(refuse)?;
            vec![
                ("price_per_100", price.clean.per_100()),
                ("accrued_per_100", price.accrued.per_100()),
            ]
        }
        SecurityKind::Tips => {
            let on = ReferenceCpi::from_level(row.parse("reference_cpi")?).map_err(refuse)?;
            let base = ReferenceCpi::from_level(row.parse("reference_cpi_on_dated_date")?)
                .map_err(refuse)?;
            let tips = Tips::new(TipsTerms {
                coupons: coupon_terms(row)?,
                reference_cpi_on_dated_date: base,
            })
            .map_err(refuse)?;
            let rate = RealYield::from_percent(row.parse("yield_pct")?);
            let price = tips
                .auction_price_from_real_yield(rate, issue, on)
                .map_err(refuse)?;
            vec![
                ("price_per_100", price.unadjusted_clean.per_100()),
                ("accrued_per_100", price.unadjusted_accrued.per_100()),
                ("adjusted_price_per_100", price.adjusted_clean.per_100()),
                ("adjusted_accrued_per_100", price.adjusted_accrued.per_100()),
            ]
        }
        SecurityKind::Frn => {
            let frn = Frn::new(FrnTerms {
                cusip: cusip(row)?,
                spread: DiscountMargin::from_percent(row.parse("spread_pct")?),
                issue,
                dated: row.parse_given("dated_date")?,
                maturity: row.parse("maturity_date")?,
            })
            .map_err(refuse)?;
            // The example prints the index itself; any auction well before issue carries it.
            let rate = FrnIndexRate::from_percent(row.parse("index_pct")?);
            let index =
                FrnIndexHistory::from_rates(vec![(issue.plus_days(-14), rate)]).map_err(refuse)?;
            let margin = DiscountMargin::from_percent(row.parse("margin_pct")?);
            let price = frn
                .auction_price_from_discount_margin(margin, issue, &index)
                .map_err(refuse)?;
            vec![
                ("price_per_100", price.clean.per_100()),
                ("accrued_per_100", price.accrued.per_100()),
            ]
        }
        SecurityKind::Bill => {
            let bill = Bill::new(BillTerms {
                cusip: cusip(row)?,
                issue,
                maturity: row.parse("maturity_date")?,
            })
            .map_err(refuse)?;
            let rate = DiscountRate::from_percent(row.parse("discount_rate_pct")?);
            let price = bill
                .auction_price_from_discount_rate(rate, issue)
                .map_err(refuse)?;
            let investment = bill
                .investment_rate_from_price(price, issue)
                .map_err(refuse)?;
            vec![
                ("price_per_100", price.per_100()),
                ("investment_rate_pct", investment.percent()),
            ]
        }
    })
}
