//! What must hold for every security, not just for the published ones.
//!
//! Random notes and bonds with regular, short and long first periods, settled anywhere in their lives; bills from a day to a
//! year; TIPS and FRNs: price -> yield -> price, derivatives against differences, prices against sums of payments. Then
//! cases with a closed form, and bad input, which must be named and never panic.

use brandish_units::{
    BondYield, CleanPrice, CouponRate, Cusip, Date, DirtyPrice, DiscountMargin, DiscountRate,
    FaceUsd, RealYield, Years,
};
use proptest::prelude::*;

use crate::*;

fn cusip() -> Cusip {
    "912810RN0".parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Any note or bond with a settlement in its life: months to run, day of month, days after the dated date, kind of first period.
fn coupon_security() -> impl Strategy<Value = (NominalCoupon, Date)> {
    (
        0_i32..12_000,
        1_i32..=361,
        0_i32..60,
        0.0_f64..16.0,
        0_u8..3,
        0.0_f64..1.0,
        any::<bool>(),
    )
        .prop_map(|(start, months, late, coupon, first, place, month_end)| {
            let maturity = date("1990-01-15").plus_days(start).plus_months(months);
            let maturity = if month_end {
                maturity.to_month_end()
            } else {
                maturity
            };
            let periods = (months + 5) / 6;
            let on_cycle = schedule::payment_date(maturity, 6, periods);
            let dated = match first {
                0 => on_cycle,
                _ => on_cycle.plus_days(late % 28),
            };
            let long = first == 2 && periods >= 2;
            let first_interest = long.then(|| schedule::payment_date(maturity, 6, periods - 2));
            let coupon = NominalCoupon::new(CouponTerms {
                cusip: cusip(),
                coupon: CouponRate::from_percent((coupon * 8.0).round() / 8.0),
                issue: dated,
                dated: Some(dated),
                first_interest,
                maturity,
            })
            .unwrap();
            let life = f64::from(maturity - dated - 1);
            (coupon, dated.plus_days((place * life) as i32))
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn street_yield_returns_from_its_price((coupon, settlement) in coupon_security(), percent in -60.0_f64..400.0) {
        let given = BondYield::from_percent(percent);
        let dirty = coupon.street_dirty_price_from_yield(given, settlement).unwrap();
        let found = coupon.street_yield_from_dirty_price(dirty, settlement).unwrap();
        let again = coupon.street_dirty_price_from_yield(found, settlement).unwrap();
        // The promise of the crate, relative where a price is above 100.
        prop_assert!((again.per_100() - dirty.per_100()).abs() < 1e-9 * (1.0 + dirty.per_100() / 100.0));
    }

    /// The ends of the legal domain: towards -200%, and as far up as a double of yield carries nine digits of price.
    #[test]
    fn street_yield_returns_at_the_ends_of_the_domain((coupon, settlement) in coupon_security(), above in -2.0_f64..2.0, far in 2.6_f64..5.0, low in any::<bool>()) {
        let percent = if low { -200.0 + 10_f64.powf(above) } else { 10_f64.powf(far) };
        let given = BondYield::from_percent(percent);
        let Ok(dirty) = coupon.street_dirty_price_from_yield(given, settlement) else {
            // In the last coupon period the domain ends elsewhere.
            return Ok(());
        };
        prop_assume!(dirty.per_100() > 1e-200 && dirty.per_100() < 1e200);
        match coupon.street_yield_from_dirty_price(dirty, settlement) {
            Ok(found) => {
                let again = coupon.street_dirty_price_from_yield(found, settlement).unwrap();
                // A hundred periods multiply the rounding of the growth factor.
                prop_assert!((again.per_100() / dirty.per_100() - 1.0).abs() < 1e-8, "{percent} {dirty} {found} {again}");
            }
            // Said, never a wrong root.
            Err(error) => prop_assert!(matches!(error, TreasuryError::NoConvergence { .. }), "{error}"),
        }
    }

    #[test]
    fn every_positive_price_has_a_street_yield((coupon, settlement) in coupon_security(), log10 in -3.0_f64..5.0) {
        let dirty = DirtyPrice::from_per_100(10_f64.powf(log10));
        let next = coupon.cash_flows(settlement).unwrap()[0].amount.per_100();
        let found = match coupon.street_yield_from_dirty_price(dirty, settlement) {
            Ok(found) => found,
            // A price below the payment due in a few days needs a yield beyond double precision; the error says so.
            Err(error) => {
                let stopped = matches!(error, TreasuryError::NoConvergence { .. });
                prop_assert!(stopped && dirty.per_100() < next, "{error}");
                return Ok(());
            }
        };
        let again = coupon.street_dirty_price_from_yield(found, settlement).unwrap();
        prop_assert!((again.per_100() / dirty.per_100() - 1.0).abs() < 1e-9, "{dirty} {again} {found}");
    }

    #[test]
    fn auction_yield_returns_from_its_price((coupon, settlement) in coupon_security(), percent in -5.0_f64..60.0) {
        let given = BondYield::from_percent(percent);
        let price = coupon.auction_price_from_yield(given, settlement).unwrap();
        prop_assume!(price.dirty().per_100() > 0.01);
        let found = coupon.auction_yield_from_price(price.clean, settlement).unwrap();
        let again = coupon.auction_price_from_yield(found, settlement).unwrap();
        // Prices are rounded to six decimals, so they return exactly or, on a knife-edge, one step away.
        prop_assert!((again.clean.per_100() - price.clean.per_100()).abs() < 1.5e-6);
    }

    #[test]
    fn street_and_auction_agree_on_coupon_dates(months in 1_i32..60, coupon in 0.0_f64..10.0, percent in -1.0_f64..20.0) {
        let maturity = date("2055-05-15");
        let settlement = schedule::payment_date(maturity, 6, months);
        let coupon = NominalCoupon::new(CouponTerms {
            cusip: cusip(),
            coupon: CouponRate::from_percent(coupon),
            issue: settlement,
            dated: None,
            first_interest: None,
            maturity,
        }).unwrap();
        let y = BondYield::from_percent(percent);
        let auction = coupon.auction_price_from_yield(y, settlement).unwrap();
        let street = coupon.street_clean_price_from_yield(y, settlement).unwrap();
        // The auction price is rounded to six decimals.
        prop_assert!((auction.clean.per_100() - street.per_100()).abs() <= 5.1e-7);
    }

    #[test]
    fn price_is_the_sum_of_discounted_cash_flows((coupon, settlement) in coupon_security(), percent in -3.0_f64..20.0) {
        let y = percent / 100.0;
        let flows = coupon.cash_flows(settlement).unwrap();
        let period = schedule::period_containing(coupon.stream().maturity(), 6, settlement).unwrap();
        let w = f64::from(period.next - settlement) / f64::from(period.days());
        prop_assume!(period.full_periods_after > 0);
        let sum: f64 = flows.iter().map(|flow| {
            let after = schedule::period_containing(coupon.stream().maturity(), 6, flow.date)
                .map_or(0, |p| p.full_periods_after + 1);
            let k = period.full_periods_after - after;
            flow.amount.per_100() * (1.0 + y / 2.0).powf(-(w + f64::from(k)))
        }).sum();
        let dirty = coupon.street_dirty_price_from_yield(BondYield::from_decimal(y), settlement).unwrap();
        // Sixty powers, each good to a few units in the last place.
        prop_assert!((sum - dirty.per_100()).abs() < 1e-10 * (1.0 + sum / 100.0), "{sum} {dirty}");
    }

    #[test]
    fn risk_is_the_slope_and_curvature_of_the_price((coupon, settlement) in coupon_security(), percent in 0.5_f64..15.0) {
        let y = BondYield::from_percent(percent);
        let risk = coupon.risk_at_street_yield(y, settlement).unwrap();
        let price = |bp: f64| coupon
            .street_dirty_price_from_yield(y + brandish_units::Bp(bp), settlement)
            .unwrap()
            .per_100();
        let face = FaceUsd::from_mn(1.0);
        let slope = (price(-1.0) - price(1.0)) / 2.0 * face.dollars() / 100.0;
        let dv01 = risk.dv01(face).dollars();
        // Central difference over 1 bp: third-order term below (30 years x 1e-4)^2 / 6.
        prop_assert!((dv01 - slope).abs() < 1e-5 * (1.0 + slope.abs()), "{dv01} {slope}");
        let curvature = (price(-10.0) - 2.0 * price(0.0) + price(10.0)) / 1e-6 / price(0.0);
        // Central second difference over 10 bp: rounding 1e-13 / 1e-6 of price, fourth order below 1e-4 of it.
        let convexity = risk.convexity.years_squared();
        prop_assert!((convexity - curvature).abs() < 1e-4 * (1.0 + convexity), "{convexity} {curvature}");
    }

    #[test]
    fn accrued_grows_day_by_day_and_pays_out((coupon, settlement) in coupon_security()) {
        let stream = coupon.stream();
        let accrued = stream.accrued(settlement).unwrap().per_100();
        prop_assert!(accrued >= 0.0);
        let flows = coupon.cash_flows(settlement).unwrap();
        let next = flows[0];
        let principal = if next.date == stream.maturity() { 100.0 } else { 0.0 };
        let day_before = next.date.plus_days(-1);
        if day_before >= settlement {
            let last = stream.accrued(day_before).unwrap().per_100();
            let coupon_paid = next.amount.per_100() - principal;
            // One more day of interest at most C/2/181 completes the payment.
            let daily = stream.coupon().percent() / 2.0 / 181.0;
            prop_assert!(last <= coupon_paid + 1e-12 && coupon_paid - last <= daily + 1e-12);
            prop_assert!(accrued <= last + 1e-12);
        }
    }

    #[test]
    fn bills_return_from_their_rates(days in 1_i32..=371, start in 0_i32..20_000, percent in -2.0_f64..25.0) {
        let issue = date("1985-01-02").plus_days(start);
        let bill = Bill::new(BillTerms { cusip: cusip(), issue, maturity: issue.plus_days(days) }).unwrap();
        let rate = DiscountRate::from_percent(percent);
        let price = bill.price_from_discount_rate(rate, issue).unwrap();
        let back = bill.discount_rate_from_price(price, issue).unwrap();
        // A price near 100 carries 1.4e-14, times 360 over the days.
        prop_assert!((back - rate).bp().abs() < 1e-6);
        let investment = bill.investment_rate_from_price(price, issue).unwrap();
        let again = bill.price_from_investment_rate(investment, issue).unwrap();
        prop_assert!((again.per_100() - price.per_100()).abs() < 1e-10, "{again} {price}");
        let risk = bill.risk_at_investment_rate(investment, issue).unwrap();
        let bumped = bill.price_from_investment_rate(investment + brandish_units::Bp(1.0), issue).unwrap();
        let face = FaceUsd::from_dollars(100.0);
        let loss = price.per_100() - bumped.per_100();
        prop_assert!((risk.dv01(face).dollars() - loss).abs() < 1e-5);
    }

    #[test]
    fn tips_are_the_real_bond_times_the_ratio(percent in -3.0_f64..8.0, level in 150.0_f64..400.0, late in 0_i32..3_600) {
        let coupons = CouponTerms {
            cusip: cusip(),
            coupon: CouponRate::from_percent(1.125),
            issue: date("2023-01-31"),
            dated: None,
            first_interest: None,
            maturity: date("2033-01-15"),
        };
        let base = ReferenceCpi::from_level(296.27742).unwrap();
        let tips = Tips::new(TipsTerms { coupons, reference_cpi_on_dated_date: base }).unwrap();
        let real = NominalCoupon::new(coupons).unwrap();
        let settlement = date("2023-01-31").plus_days(late);
        let reference = ReferenceCpi::from_level(level).unwrap();
        let price = tips
            .auction_price_from_real_yield(RealYield::from_percent(percent), settlement, reference)
            .unwrap();
        let plain = real.auction_price_from_yield(BondYield::from_percent(percent), settlement).unwrap();
        prop_assert_eq!(price.unadjusted_clean, plain.clean);
        let ratio = price.index_ratio.ratio();
        prop_assert!((price.adjusted_clean.per_100() - plain.clean.per_100() * ratio).abs() <= 5.1e-7);
        let street = tips
            .street_unadjusted_clean_price_from_real_yield(RealYield::from_percent(percent), settlement)
            .unwrap();
        let back = tips.street_real_yield_from_unadjusted_clean_price(street, settlement).unwrap();
        let again = tips.street_unadjusted_clean_price_from_real_yield(back, settlement).unwrap();
        prop_assert!((again.per_100() - street.per_100()).abs() < 1e-9);
    }

    #[test]
    fn frn_margin_returns_from_its_price(spread in -0.2_f64..1.0, margin in -3.0_f64..10.0, index in 0.0_f64..15.0, late in 0_i32..729) {
        let frn = Frn::new(FrnTerms {
            cusip: cusip(),
            spread: DiscountMargin::from_percent(spread),
            issue: date("2023-01-31"),
            dated: None,
            maturity: date("2025-01-31"),
        }).unwrap();
        let history = FrnIndexHistory::from_rates(vec![
            (date("2023-01-02"), FrnIndexRate::from_percent(index)),
        ]).unwrap();
        let settlement = date("2023-01-31").plus_days(late);
        let price = frn
            .street_price_from_discount_margin(DiscountMargin::from_percent(margin), settlement, &history)
            .unwrap();
        let back = frn
            .street_discount_margin_from_clean_price(price.clean, settlement, &history)
            .unwrap();
        let again = frn.street_price_from_discount_margin(back, settlement, &history).unwrap();
        prop_assert!((again.clean.per_100() - price.clean.per_100()).abs() < 1e-9);
    }
}

fn ten_year() -> NominalCoupon {
    NominalCoupon::new(CouponTerms {
        cusip: cusip(),
        coupon: CouponRate::from_percent(4.25),
        issue: date("2025-05-15"),
        dated: None,
        first_interest: None,
        maturity: date("2035-05-15"),
    })
    .unwrap()
}

#[test]
fn the_last_coupon_period_is_simple_and_does_not_blow_up() {
    let note = ten_year();
    // 6 days before maturity: (100 + 2.125) / (1 + y/2 x 6/181).
    let settlement = date("2035-05-09");
    let y = BondYield::from_percent(5.0);
    let dirty = note.street_dirty_price_from_yield(y, settlement).unwrap();
    let by_hand = 102.125 / (1.0 + 0.025 * 6.0 / 181.0);
    assert!((dirty.per_100() - by_hand).abs() < 1e-12);
    // A cent of price is 60 bp of yield there: large, finite, and exact.
    let last_day = date("2035-05-14");
    let cheap = DirtyPrice::from_per_100(101.0);
    let rate = note.street_yield_from_dirty_price(cheap, last_day).unwrap();
    assert!((rate.decimal() - (102.125 / 101.0 - 1.0) * 2.0 * 181.0).abs() < 1e-9);
}

#[test]
fn zero_yield_is_the_sum_of_payments() {
    let note = ten_year();
    let settlement = date("2025-05-15");
    let zero = BondYield::from_percent(0.0);
    let price = note.auction_price_from_yield(zero, settlement).unwrap();
    assert_eq!(price.clean.per_100(), 142.5);
    let near = BondYield::from_decimal(1e-12);
    let street = note
        .street_clean_price_from_yield(near, settlement)
        .unwrap();
    // Duration near 12 years of price 142.5: 1e-12 moves it by 2e-9.
    assert!((street.per_100() - 142.5).abs() < 3e-9);
}

#[test]
fn duration_of_a_par_bond_has_its_closed_form() {
    let note = ten_year();
    let settlement = date("2025-05-15");
    let y = 0.0425_f64;
    let risk = note
        .risk_at_street_yield(BondYield::from_decimal(y), settlement)
        .unwrap();
    let closed = (1.0 - (1.0 + y / 2.0).powi(-20)) / y;
    assert!((risk.modified_duration.years() - closed).abs() < 1e-12);
    assert!(risk.modified_duration < Years(10.0));
}

#[test]
fn bad_input_is_named() {
    let note = ten_year();
    let say = |error: TreasuryError| error.to_string();
    let settlement = date("2025-05-20");
    let after =
        note.street_dirty_price_from_yield(BondYield::from_percent(4.0), date("2035-05-15"));
    assert!(say(after.unwrap_err()).contains("912810RN0: settlement 2035-05-15"));
    let before = note.stream().accrued(date("2025-05-14"));
    assert!(matches!(
        before,
        Err(TreasuryError::SettlementOutsideLife { .. })
    ));
    let nan = note.auction_price_from_yield(BondYield::from_percent(f64::NAN), settlement);
    assert!(matches!(nan, Err(TreasuryError::NotFinite { .. })));
    let low = note.auction_price_from_yield(BondYield::from_percent(-200.0), settlement);
    assert!(say(low.unwrap_err()).contains("above -200%"));
    for price in [0.0, -5.0] {
        let none = note.street_yield_from_dirty_price(DirtyPrice::from_per_100(price), settlement);
        assert!(matches!(none, Err(TreasuryError::PriceWithoutYield { .. })));
    }
    let infinite =
        note.street_yield_from_clean_price(CleanPrice::from_per_100(f64::INFINITY), settlement);
    assert!(matches!(infinite, Err(TreasuryError::NotFinite { .. })));
    let terms = CouponTerms {
        cusip: cusip(),
        coupon: CouponRate::from_percent(4.0),
        issue: date("2025-05-15"),
        dated: None,
        first_interest: Some(date("2025-12-15")),
        maturity: date("2035-05-15"),
    };
    let odd = NominalCoupon::new(terms);
    assert!(say(odd.unwrap_err()).contains("2025-11-15"));
    let negative = NominalCoupon::new(CouponTerms {
        coupon: CouponRate::from_percent(-0.125),
        first_interest: None,
        ..terms
    });
    assert!(matches!(
        negative,
        Err(TreasuryError::NegativeCoupon { .. })
    ));
    let reversed = Bill::new(BillTerms {
        cusip: cusip(),
        issue: date("2025-05-15"),
        maturity: date("2025-05-15"),
    });
    assert!(matches!(
        reversed,
        Err(TreasuryError::MaturityNotAfterStart { .. })
    ));
    let bill = Bill::new(BillTerms {
        cusip: cusip(),
        issue: date("2025-05-15"),
        maturity: date("2025-08-14"),
    })
    .unwrap();
    let absurd = bill
        .auction_price_from_discount_rate(DiscountRate::from_percent(400.0), date("2025-05-15"));
    assert!(matches!(
        absurd,
        Err(TreasuryError::PriceWithoutYield { .. })
    ));
    let unordered = FrnIndexHistory::from_rates(vec![
        (date("2025-05-05"), FrnIndexRate::from_percent(4.0)),
        (date("2025-05-05"), FrnIndexRate::from_percent(4.0)),
    ]);
    assert!(matches!(
        unordered,
        Err(TreasuryError::AuctionsNotInOrder { .. })
    ));
    assert!(matches!(
        "strip".parse::<SecurityKind>(),
        Err(TreasuryError::UnknownKind { .. })
    ));
    assert_eq!("TIPS".parse::<SecurityKind>(), Ok(SecurityKind::Tips));
}
