//! Every auction lot with a published price and the rate behind it, to the sixth decimal.
//!
//! A lot that does not reproduce must be listed with its reason in `known_misses.csv`; a listed one that starts to
//! match, or is no longer in the table, fails the test as well.

use std::collections::{BTreeMap, BTreeSet};

use brandish_treasury::{
    Bill, BillAuction, BillTerms, CouponTerms, Frn, FrnIndexHistory, FrnTerms, NominalCoupon,
    ReferenceCpi, SecurityKind, Tips, TipsTerms, digits::at_three_decimals,
};
use brandish_units::{
    BondYield, CleanPrice, CouponRate, Cusip, Date, DiscountMargin, DiscountRate, RealYield,
};

use crate::reference_cpi::consumer_price_index;
use crate::table::{Row, rows};

fn coupon_terms(row: &Row) -> CouponTerms {
    CouponTerms {
        cusip: row.parse::<Cusip>("cusip"),
        coupon: CouponRate::from_percent(row.parse("coupon_pct")),
        issue: row.parse("issue_date"),
        dated: None,
        first_interest: None,
        maturity: row.parse("maturity_date"),
    }
}

fn frn_index() -> FrnIndexHistory {
    let auctions: Vec<BillAuction> = rows("bill_auctions_13_week.csv")
        .iter()
        .map(|row| BillAuction {
            auction: row.parse("auction_date"),
            issue: row.parse("issue_date"),
            maturity: row.parse("maturity_date"),
            high_rate: DiscountRate::from_percent(row.parse("discount_rate_pct")),
        })
        .collect();
    FrnIndexHistory::from_auctions(&auctions).unwrap()
}

/// Price and investment rate (percent) as this crate computes them.
fn computed(
    row: &Row,
    index: &FrnIndexHistory,
    cpi: &brandish_treasury::ConsumerPriceIndexTable,
) -> (CleanPrice, Option<f64>) {
    let issue: Date = row.parse("issue_date");
    // Auctions before 20 September 2004 have three decimals; the table pads them with zeros.
    let three = row.text("price_decimals") == "3";
    match row.parse::<SecurityKind>("kind") {
        SecurityKind::Bill => {
            let bill = Bill::new(BillTerms {
                cusip: row.parse("cusip"),
                issue,
                maturity: row.parse("maturity_date"),
            })
            .unwrap();
            let rate = DiscountRate::from_percent(row.parse("discount_rate_pct"));
            let price = bill.auction_price_from_discount_rate(rate, issue).unwrap();
            let investment = bill.investment_rate_from_price(price, issue).unwrap();
            (price, Some(investment.percent()))
        }
        SecurityKind::Note | SecurityKind::Bond => {
            let coupon = NominalCoupon::new(coupon_terms(row)).unwrap();
            let rate = BondYield::from_percent(row.parse("high_yield_pct"));
            let price = coupon.auction_price_from_yield(rate, issue).unwrap();
            (
                if three {
                    at_three_decimals(price.clean)
                } else {
                    price.clean
                },
                None,
            )
        }
        SecurityKind::Tips => {
            let base = ReferenceCpi::from_level(row.parse("reference_cpi_on_dated_date")).unwrap();
            let tips = Tips::new(TipsTerms {
                coupons: coupon_terms(row),
                reference_cpi_on_dated_date: base,
            })
            .unwrap();
            let rate = RealYield::from_percent(row.parse("high_yield_pct"));
            let reference = cpi.reference_cpi(issue).unwrap();
            let price = tips
                .auction_price_from_real_yield(rate, issue, reference)
                .unwrap();
            (
                if three {
                    price.adjusted_clean_at_three_decimals()
                } else {
                    price.adjusted_clean
                },
                None,
            )
        }
        SecurityKind::Frn => {
            let frn = Frn::new(FrnTerms {
                cusip: row.parse("cusip"),
                spread: DiscountMargin::from_percent(row.parse("frn_spread_pct")),
                issue,
                dated: None,
                maturity: row.parse("maturity_date"),
            })
            .unwrap();
            let margin = DiscountMargin::from_percent(row.parse("frn_discount_margin_pct"));
            let price = frn
                .auction_price_from_discount_margin(margin, issue, index)
                .unwrap();
            (price.clean, None)
        }
    }
}

#[test]
fn every_lot_reproduces_or_is_a_known_miss() {
    let (index, cpi) = (frn_index(), consumer_price_index());
    let mut known: BTreeMap<(String, String, String), String> = rows("known_misses.csv")
        .iter()
        .map(|row| {
            assert!(!row.text("reason").is_empty());
            let key = ["cusip", "issue_date", "measure"].map(|c| row.text(c).to_owned());
            let [cusip, issue, measure] = key;
            ((cusip, issue, measure), row.text("computed").to_owned())
        })
        .collect();
    let mut counts: BTreeMap<(String, String), (u32, u32)> = BTreeMap::new();
    let mut findings = BTreeSet::new();
    let mut compare = |row: &Row, measure: &str, computed: String, published: &str| {
        let key = (
            row.text("cusip").to_owned(),
            row.text("issue_date").to_owned(),
            measure.to_owned(),
        );
        let decade = format!("{} {measure}", row.text("kind"));
        let count = counts
            .entry((decade, format!("{}0s", &key.1[..3])))
            .or_default();
        if computed == published {
            count.0 += 1;
            if known.remove(&key).is_some() {
                findings.insert(format!(
                    "{key:?} matches now: remove it from known_misses.csv"
                ));
            }
        } else {
            count.1 += 1;
            match known.remove(&key) {
                Some(listed) if listed == computed => {}
                Some(listed) => {
                    findings.insert(format!("{key:?}: computed {computed}, listed {listed}"));
                }
                None => {
                    findings.insert(format!(
                        "{},{},{measure},{published},{computed},",
                        key.0, key.1
                    ));
                }
            }
        }
    };
    for row in rows("auctions.csv") {
        let (price, investment) = computed(&row, &index, &cpi);
        compare(
            &row,
            "price_per_100",
            format!("{:.6}", price.per_100()),
            row.text("price_per_100"),
        );
        if let (Some(investment), Some(published)) =
            (investment, row.parse_given::<f64>("investment_rate_pct"))
        {
            compare(
                &row,
                "investment_rate_pct",
                format!("{investment:.3}"),
                &format!("{published:.3}"),
            );
        }
    }
    for ((kind, decade), (matches, misses)) in &counts {
        println!("{kind} {decade}: {matches} match, {misses} do not");
    }
    for key in known.keys() {
        findings.insert(format!("{key:?} is listed but not in auctions.csv"));
    }
    assert!(
        findings.is_empty(),
        "{} findings:\n{}",
        findings.len(),
        findings.into_iter().collect::<Vec<_>>().join("\n")
    );
}
