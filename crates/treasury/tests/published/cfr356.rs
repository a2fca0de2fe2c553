//! The worked examples of 31 CFR Part 356 Appendix B.
//!
//! Prices and accrued interest must agree in every printed digit. Where the text prints an intermediate result that it
//! computed from a daily decimal of nine digits, the tolerance says so.

use brandish_treasury::{
    Bill, BillAuction, BillTerms, ConsumerPriceIndex, CouponStream, CouponTerms, Frn,
    FrnIndexHistory, FrnIndexRate, FrnTerms, NominalCoupon, ReferenceCpi, SecurityKind, Tips,
    TipsTerms,
};
use brandish_units::{
    BondYield, CleanPrice, CouponRate, Cusip, Date, DiscountMargin, DiscountRate, RealYield,
};

use crate::table::{Row, rows};

/// The examples name no security; any valid identifier does.
fn cusip() -> Cusip {
    "912810RN0".parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn coupon_terms(row: &Row) -> CouponTerms {
    CouponTerms {
        cusip: cusip(),
        coupon: CouponRate::from_percent(row.parse("coupon_pct")),
        issue: row.parse("issue_date"),
        dated: row.parse_given("dated_date"),
        first_interest: row.parse_given("first_interest_date"),
        maturity: row.parse("maturity_date"),
    }
}

fn check(row: &Row, column: &str, computed: f64) {
    if let Some(printed) = row.given(column) {
        let decimals = printed.split('.').nth(1).map_or(0, str::len);
        let computed = format!("{computed:.decimals$}");
        assert_eq!(computed, printed, "{} {column}", row.text("section"));
    }
}

#[test]
fn sections_ii_to_vi() {
    let examples = rows("cfr356.csv");
    assert_eq!(examples.len(), 15);
    for row in &examples {
        let issue: Date = row.parse("issue_date");
        match row.parse::<SecurityKind>("kind") {
            SecurityKind::Note | SecurityKind::Bond => {
                let rate = BondYield::from_percent(row.parse("yield_pct"));
                let price = NominalCoupon::new(coupon_terms(row))
                    .unwrap()
                    .auction_price_from_yield(rate, issue)
                    .unwrap();
                check(row, "price_per_100", price.clean.per_100());
                check(row, "accrued_per_100", price.accrued.per_100());
            }
            SecurityKind::Tips => {
                let reference =
                    |column| ReferenceCpi::from_level(row.parse::<f64>(column)).unwrap();
                let tips = Tips::new(TipsTerms {
                    coupons: coupon_terms(row),
                    reference_cpi_on_dated_date: reference("reference_cpi_on_dated_date"),
                })
                .unwrap();
                let rate = RealYield::from_percent(row.parse("yield_pct"));
                let price = tips
                    .auction_price_from_real_yield(rate, issue, reference("reference_cpi"))
                    .unwrap();
                check(row, "price_per_100", price.unadjusted_clean.per_100());
                check(row, "accrued_per_100", price.unadjusted_accrued.per_100());
                check(
                    row,
                    "adjusted_price_per_100",
                    price.adjusted_clean.per_100(),
                );
                check(
                    row,
                    "adjusted_accrued_per_100",
                    price.adjusted_accrued.per_100(),
                );
            }
            SecurityKind::Frn => {
                let frn = Frn::new(FrnTerms {
                    cusip: cusip(),
                    spread: DiscountMargin::from_percent(row.parse("spread_pct")),
                    issue,
                    dated: row.parse_given("dated_date"),
                    maturity: row.parse("maturity_date"),
                })
                .unwrap();
                let rate = FrnIndexRate::from_percent(row.parse("index_pct"));
                let index =
                    FrnIndexHistory::from_rates(vec![(issue.plus_days(-14), rate)]).unwrap();
                let margin = DiscountMargin::from_percent(row.parse("margin_pct"));
                let price = frn
                    .auction_price_from_discount_margin(margin, issue, &index)
                    .unwrap();
                check(row, "price_per_100", price.clean.per_100());
                check(row, "accrued_per_100", price.accrued.per_100());
            }
            SecurityKind::Bill => {
                let bill = Bill::new(BillTerms {
                    cusip: cusip(),
                    issue,
                    maturity: row.parse("maturity_date"),
                })
                .unwrap();
                let rate = DiscountRate::from_percent(row.parse("discount_rate_pct"));
                let price = bill.auction_price_from_discount_rate(rate, issue).unwrap();
                check(row, "price_per_100", price.per_100());
                let investment = bill.investment_rate_from_price(price, issue).unwrap();
                check(row, "investment_rate_pct", investment.percent());
            }
        }
    }
}

#[test]
fn first_payments_i_a() {
    // (section, coupon, dated, first interest, maturity, first payment per 1,000)
    let cases = [
        ("I.A.1", 8.0, "1990-05-15", "1990-11-15", "2000-05-15", 40.0),
        (
            "I.A.3",
            8.375,
            "1990-07-02",
            "1990-12-31",
            "1992-06-30",
            41.419837004,
        ),
        (
            "I.A.4",
            7.875,
            "1990-12-03",
            "1991-08-15",
            "1996-02-15",
            55.210597810,
        ),
    ];
    for (section, coupon, dated, first, maturity, per_1000) in cases {
        let stream = CouponStream::new(CouponTerms {
            cusip: cusip(),
            coupon: CouponRate::from_percent(coupon),
            issue: date(dated),
            dated: Some(date(dated)),
            first_interest: Some(date(first)),
            maturity: date(maturity),
        })
        .unwrap();
        let flow = stream.cash_flows(date(dated)).unwrap()[0];
        assert_eq!(flow.date, date(first), "{section}");
        // The text multiplies a daily decimal rounded at nine digits by up to 182 days: 182 x 5e-10 = 1e-7.
        let difference = flow.amount.per_100() * 10.0 - per_1000;
        assert!(difference.abs() < 1e-7, "{section}: {difference}");
    }
}

#[test]
fn accrued_interest_i_d() {
    // (section, coupon, dated, first interest, maturity, settlement, accrued per 1,000 at five decimals)
    let cases = [
        (
            "I.D example 1",
            6.75,
            "2000-05-15",
            "2000-11-15",
            "2005-05-15",
            "2000-08-15",
            "16.87500",
        ),
        (
            "I.D example 2",
            10.75,
            "1985-07-02",
            "1986-02-15",
            "2005-08-15",
            "1985-11-04",
            "36.72798",
        ),
    ];
    for (section, coupon, dated, first, maturity, settlement, per_1000) in cases {
        let stream = CouponStream::new(CouponTerms {
            cusip: cusip(),
            coupon: CouponRate::from_percent(coupon),
            issue: date(dated),
            dated: Some(date(dated)),
            first_interest: Some(date(first)),
            maturity: date(maturity),
        })
        .unwrap();
        let accrued = stream.accrued(date(settlement)).unwrap().per_100() * 10.0;
        assert_eq!(format!("{accrued:.5}"), per_1000, "{section}");
    }
}

#[test]
fn reference_cpi_and_index_ratio_i_b() {
    let index = |level| ConsumerPriceIndex::from_level(level).unwrap();
    let (january, february) = (index(154.4), index(154.9));
    let fifteenth = ReferenceCpi::interpolated(date("1996-04-15"), january, february);
    assert_eq!(fifteenth.to_string(), "154.63333");
    let sixteenth = ReferenceCpi::interpolated(date("1996-04-16"), january, february);
    assert_eq!(sixteenth.to_string(), "154.65000");
    assert_eq!(sixteenth.index_ratio(fifteenth).ratio(), 1.00011);
}

/// The 13-week bill auctions behind the reopening example: high rates follow from its daily amounts.
fn auctions_of_2012() -> Vec<BillAuction> {
    // (auction, issue, maturity, high rate)
    [
        ("2012-07-23", "2012-07-26", "2012-10-25", 0.095),
        ("2012-07-30", "2012-08-02", "2012-11-01", 0.110),
        ("2012-08-06", "2012-08-09", "2012-11-08", 0.100),
        ("2012-08-13", "2012-08-16", "2012-11-15", 0.110),
        ("2012-08-20", "2012-08-23", "2012-11-23", 0.105),
        ("2012-08-27", "2012-08-30", "2012-11-29", 0.105),
    ]
    .map(|(auction, issue, maturity, rate)| BillAuction {
        auction: date(auction),
        issue: date(issue),
        maturity: date(maturity),
        high_rate: DiscountRate::from_percent(rate),
    })
    .to_vec()
}

#[test]
fn reopened_frn_iv_c() {
    let auctions = auctions_of_2012();
    assert_eq!(auctions[0].index_rate().unwrap().percent(), 0.095022819);
    assert_eq!(auctions[5].index_rate().unwrap().percent(), 0.105027876);
    let index = FrnIndexHistory::from_auctions(&auctions).unwrap();
    let frn = Frn::new(FrnTerms {
        cusip: cusip(),
        spread: DiscountMargin::from_percent(0.12),
        issue: date("2012-08-31"),
        dated: Some(date("2012-07-31")),
        maturity: date("2014-07-31"),
    })
    .unwrap();
    // Days at each daily amount, as the example lists them.
    let listed = [
        (1, 0.000597286),
        (6, 0.000638974),
        (7, 0.000611181),
        (7, 0.000638974),
        (7, 0.000625078),
        (3, 0.000625077),
    ];
    let settlement = date("2012-08-31");
    let dated = date("2012-07-31");
    let mut day = dated;
    for (days, amount) in listed {
        for _ in 0..days {
            let locked_for = if day == dated { dated } else { settlement };
            let rate = index.rate_on(day, locked_for).unwrap();
            assert_eq!(frn.daily_interest(rate).per_100(), amount, "{day}");
            day = day.plus_days(1);
        }
    }
    assert_eq!(day, settlement);
    assert_eq!(
        frn.accrued(settlement, &index).unwrap().per_100(),
        0.019432992
    );
    let price = frn
        .auction_price_from_discount_margin(DiscountMargin::from_percent(0.1), settlement, &index)
        .unwrap();
    assert_eq!(price.clean.to_string(), "100.038740");
    assert_eq!(price.accrued.to_string(), "0.019433");
    assert_eq!(price.dirty().to_string(), "100.058173");
}

#[test]
fn discount_rate_from_price_vi_c() {
    let bill = Bill::new(BillTerms {
        cusip: cusip(),
        issue: date("1982-12-30"),
        maturity: date("1983-06-30"),
    })
    .unwrap();
    let rate = bill
        .discount_rate_from_price(CleanPrice::from_per_100(95.934567), date("1982-12-30"))
        .unwrap();
    assert_eq!(rate.to_string(), "8.042%");
}
