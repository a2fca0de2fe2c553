//! What must hold across the crate's files: shifts, key rates, the grid, each kind of security.
//!
//! Each check compares two ways to the same number (a shift from the base curve and a curve built again, the grid and
//! single securities, an FRN projected and its equivalent) or a price with what it must be by construction. The curve is
//! Treasury's of 2025-05-01. Comparisons with published numbers are in `tests/published`.

use brandish_treasury::{
    Bill, BillTerms, CashFlow, CouponTerms, Frn, FrnIndexHistory, FrnIndexRate, FrnTerms,
    NominalCoupon, ReferenceCpi, Security, Tips, TipsTerms,
};
use brandish_units::{
    Bp, CouponRate, Cusip, Date, DiscountMargin, FaceUsd, IndexRatio, ParYield, Tenor, Years,
};
use proptest::prelude::*;

use crate::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn cusip() -> Cusip {
    "912810RN0".parse().unwrap()
}

/// Treasury's par yields of 2025-05-01, percent, in the order of `Tenor::ALL`.
const MAY_1: [f64; 14] = [
    4.38, 4.35, 4.36, 4.31, 4.35, 4.20, 3.94, 3.70, 3.68, 3.81, 4.01, 4.25, 4.77, 4.74,
];

fn points(percents: &[f64; 14]) -> Vec<(Years, ParYield)> {
    Tenor::ALL
        .iter()
        .zip(percents)
        .map(|(tenor, percent)| (tenor.years(), ParYield::from_percent(*percent)))
        .collect()
}

fn may_1() -> DiscountCurve {
    DiscountCurve::from_par_yields(date("2025-05-01"), &points(&MAY_1)).unwrap()
}

fn note(coupon: f64, maturity: &str) -> NominalCoupon {
    NominalCoupon::new(CouponTerms {
        cusip: cusip(),
        coupon: CouponRate::from_percent(coupon),
        issue: date("2025-04-30"),
        dated: None,
        first_interest: None,
        maturity: date(maturity),
    })
    .unwrap()
}

/// Securities of many maturities, as a portfolio of the size and shape of the market's.
fn portfolio(settlement: Date) -> Vec<Vec<CashFlow>> {
    (1..=400)
        .map(|k| {
            let maturity = date("2025-05-15")
                .plus_months(k * 9 / 10)
                .to_month_start()
                .plus_days(14);
            let maturity = if k % 3 == 0 {
                maturity.to_month_end()
            } else {
                maturity
            };
            let coupon = 0.5 + f64::from(k % 37) * 0.125;
            note(coupon, &maturity.to_string())
                .cash_flows(settlement)
                .unwrap()
        })
        .collect()
}

#[test]
fn a_par_shift_moves_the_par_yields_by_what_it_says() {
    let curve = may_1();
    let shift = [
        (Years(2.0), Bp(-10.0)),
        (Years(10.0), Bp(30.0)),
        (Years(30.0), Bp(50.0)),
    ];
    let shifted = curve.with_par_shift(&shift).unwrap();
    for (tenor, expected) in [
        (Tenor::M3, -10.0),
        (Tenor::Y2, -10.0),
        (Tenor::Y5, 5.0),
        (Tenor::Y10, 30.0),
        (Tenor::Y20, 40.0),
        (Tenor::Y30, 50.0),
    ] {
        let t = tenor.years();
        let moved = shifted.par_yield(t).unwrap() - curve.par_yield(t).unwrap();
        // The bootstrap meets par yields to 1e-10 decimal, 1e-6 bp.
        assert!((moved.bp() - expected).abs() < 1e-6, "{tenor}: {moved}");
    }
}

#[test]
fn shifts_from_the_base_agree_with_a_curve_built_again() {
    let curve = may_1();
    let times: Vec<Years> = (0..360).map(|k| Years(f64::from(k) / 12.0)).collect();
    let shifter = ParShifter::new(&curve, &times).unwrap();
    // Both meet the par yields to 1e-5 bp; a zero rate beyond 10 years amplifies that by less than ten.
    let parallel: fn(f64) -> f64 = |_| 1.0;
    let steep: fn(f64) -> f64 = |t| (t / 30.0).min(1.0);
    let hump: fn(f64) -> f64 = |t| (-((t - 7.0) / 5.0).powi(2)).exp();
    for (shape, size) in [
        (parallel, 1.0),
        (parallel, 100.0),
        (parallel, -300.0),
        (steep, 100.0),
        (steep, -200.0),
        (hump, 100.0),
    ] {
        let shift: Vec<Bp> = shifter
            .maturities()
            .iter()
            .map(|t| Bp(size * shape(t.years())))
            .collect();
        let named: Vec<(Years, Bp)> = shifter
            .maturities()
            .iter()
            .copied()
            .zip(shift.iter().copied())
            .collect();
        let exact = curve.with_par_shift(&named).unwrap();
        let fast = shifter.zero_shifts(&shift).unwrap();
        let worst = times.iter().zip(&fast).fold(0.0_f64, |worst, (t, z)| {
            let true_shift = exact.zero_rate(*t) - curve.zero_rate(*t);
            worst.max((true_shift.bp() - z.bp()).abs())
        });
        assert!(worst < 1e-4, "shift {size}: {worst} bp");
    }
}

#[test]
fn key_rates_sum_to_the_parallel_move() {
    let curve = may_1();
    let settlement = date("2025-05-02");
    let face = FaceUsd::from_mn(100.0);
    for maturity in ["2026-01-15", "2032-08-15", "2035-05-15", "2052-11-15"] {
        let flows = note(4.25, maturity).cash_flows(settlement).unwrap();
        let keys = KeyRates::new(&curve)
            .unwrap()
            .dv01(&flows, face, settlement)
            .unwrap();
        assert_eq!(keys.len(), 14);
        let sum: f64 = keys.iter().map(|dv01| dv01.dollars()).sum();
        let at = |bp: f64| {
            let shifted = curve.with_par_shift(&[(Years(1.0), Bp(bp))]).unwrap();
            let price = dirty_price_from_curve(&flows, &shifted, settlement).unwrap();
            face.market_value(price).dollars()
        };
        let parallel = (at(-0.5) - at(0.5)) / 1.0;
        // The same two curves, but for the bootstrap's rounding.
        assert!(
            (sum / parallel - 1.0).abs() < 1e-6,
            "{maturity}: {sum} {parallel}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any curve around the day's, any note, any settlement: key rates sum to the parallel move, and a portfolio's are the sums of
    /// its parts'.
    #[test]
    fn key_rates_of_any_security_sum_and_add_up(
        level in -1.5_f64..4.0,
        slope in -0.1_f64..0.1,
        coupon in 0.0_f64..9.0,
        other in 0.0_f64..9.0,
        months in 2_i32..358,
        late in 0_i32..20,
    ) {
        let base = may_1();
        let points: Vec<(Years, ParYield)> = base
            .par_points()
            .unwrap()
            .into_iter()
            .map(|(t, y)| (t, y + Bp(level * 100.0 + slope * 100.0 * t.0.min(10.0))))
            .collect();
        let Ok(curve) = DiscountCurve::from_par_yields(base.as_of(), &points) else {
            return Ok(());
        };
        let settlement = date("2025-05-02").plus_days(late);
        let maturity = settlement.plus_months(months);
        let of = |percent: f64| -> Vec<CashFlow> {
            note(percent, &maturity.to_string()).cash_flows(settlement).unwrap()
        };
        let face = FaceUsd::from_mn(100.0);
        let ladder = KeyRates::new(&curve).unwrap();
        let keys = |flows: &[CashFlow]| -> Vec<f64> {
            let found = ladder.dv01(flows, face, settlement).unwrap();
            found.iter().map(|dv01| dv01.dollars()).collect()
        };
        let (one, two) = (of(coupon), of(other));
        let both: Vec<CashFlow> = one.iter().chain(&two).copied().collect();
        for ((a, b), sum) in keys(&one).iter().zip(keys(&two)).zip(keys(&both)) {
            // Differences of prices near 100 of a face of a hundred million: rounding 1e-14 x 1e8.
            prop_assert!((a + b - sum).abs() < 1e-5);
        }
        let total: f64 = keys(&one).iter().sum();
        let at = |bp: f64| -> f64 {
            let shifted = curve.with_par_shift(&[(Years(1.0), Bp(bp))]).unwrap();
            let price = dirty_price_from_curve(&one, &shifted, settlement).unwrap();
            face.market_value(price).dollars()
        };
        let parallel = at(-0.5) - at(0.5);
        // The same two curves; their prices carry 1e-14 of 100, the bootstrap 1e-12 of a par yield over thirty years.
        prop_assert!((total / parallel - 1.0).abs() < 1e-6, "{total} {parallel}");
    }
}

#[test]
fn ten_year_equivalents_of_a_ten_year_note_are_its_face() {
    let curve = may_1();
    let par = curve.par_yield(Tenor::Y10.years()).unwrap();
    let ten = NominalCoupon::new(CouponTerms {
        cusip: cusip(),
        coupon: CouponRate::from_percent(par.percent()),
        issue: date("2025-05-15"),
        dated: None,
        first_interest: None,
        maturity: date("2035-05-15"),
    })
    .unwrap();
    let at_par = brandish_units::BondYield::from_decimal(par.decimal());
    let risk = ten
        .risk_at_street_yield(at_par, date("2025-05-15"))
        .unwrap();
    let face = FaceUsd::from_bn(3.0);
    let equivalents = ten_year_equivalents(risk.dv01(face), par).unwrap();
    // Coupon rounded at nine decimals of a percent.
    assert!((equivalents.bn() - 3.0).abs() < 1e-8, "{equivalents}");
}

#[test]
fn the_grid_gives_the_prices_of_single_securities() {
    let curve = may_1();
    let settlement = date("2025-05-02");
    let flows = portfolio(settlement);
    let grid = RepricingGrid::new(settlement, &flows).unwrap();
    assert_eq!(grid.securities(), 400);
    let base = grid.discounts(&curve).unwrap();
    let prices = grid.dirty_prices(&base).unwrap();
    let times = grid.times(&curve).unwrap();
    let shifts: Vec<Bp> = times.iter().map(|t| Bp(20.0 + t.years())).collect();
    let (mut work, mut shifted) = (Vec::new(), Vec::new());
    grid.reprice_shifted(&base, &shifts, &mut work, &mut shifted)
        .unwrap();
    let zero = vec![Bp::ZERO; times.len()];
    let mut unshifted = Vec::new();
    grid.reprice_shifted(&base, &zero, &mut work, &mut unshifted)
        .unwrap();
    assert_eq!(unshifted, prices);
    for (k, flows) in flows.iter().enumerate() {
        let alone = dirty_price_from_curve(flows, &curve, settlement).unwrap();
        // Running sums and our own exponential against the library's, payment by payment: 1e-15 of each of 60 factors.
        assert!((prices[k].per_100() - alone.per_100()).abs() < 1e-11);
        let start = curve.zero_rate(times[0]) + shifts[0];
        let by_hand: f64 = flows
            .iter()
            .map(|flow| {
                let t = curve.time_of(flow.date).unwrap();
                let zero = curve.zero_rate(t) + Bp(20.0 + t.years());
                let exponent = start.decimal() * times[0].years() - zero.decimal() * t.years();
                flow.amount.per_100() * exponent.exp()
            })
            .sum();
        // Two orders of the same products: a few units in the last place of 100.
        assert!((shifted[k].per_100() - by_hand).abs() < 1e-11);
    }
}

#[test]
fn a_par_coupon_is_worth_about_par_and_a_bill_its_yield() {
    let curve = may_1();
    let settlement = date("2025-05-01");
    let par = curve.par_yield(Tenor::Y10.years()).unwrap();
    let ten = NominalCoupon::new(CouponTerms {
        cusip: cusip(),
        coupon: CouponRate::from_percent(par.percent()),
        issue: settlement,
        dated: None,
        first_interest: None,
        maturity: date("2035-05-01"),
    })
    .unwrap();
    let price = security_dirty_price_from_curve(
        &Security::Note(ten),
        &curve,
        settlement,
        Outlook::default(),
    )
    .unwrap();
    // Calendar half-years differ from 0.5 by up to two days of 4.25% interest: 0.02 at most, and they cancel.
    assert!((price.per_100() - 100.0).abs() < 0.02, "{price}");
    let bill = Bill::new(BillTerms {
        cusip: cusip(),
        issue: settlement,
        maturity: date("2025-10-30"),
    })
    .unwrap();
    let price = security_dirty_price_from_curve(
        &Security::Bill(bill),
        &curve,
        settlement,
        Outlook::default(),
    )
    .unwrap();
    let t = curve.time_of(bill.maturity()).unwrap();
    assert_eq!(price.per_100(), 100.0 * curve.discount_factor(t).factor());
}

#[test]
fn tips_follow_ratio_and_breakeven() {
    let curve = may_1();
    let settlement = date("2025-05-02");
    let base = ReferenceCpi::from_level(300.0).unwrap();
    let coupons = CouponTerms {
        cusip: cusip(),
        coupon: CouponRate::from_percent(2.125),
        issue: date("2025-01-31"),
        dated: None,
        first_interest: None,
        maturity: date("2035-01-15"),
    };
    let tips = Tips::new(TipsTerms {
        coupons,
        reference_cpi_on_dated_date: base,
    })
    .unwrap();
    let nominal = NominalCoupon::new(coupons).unwrap();
    let price = |ratio: f64, breakeven: f64| {
        let outlook = Outlook {
            tips: Some(TipsOutlook {
                index_ratio: IndexRatio::from_ratio(ratio),
                breakeven: Bp(breakeven),
            }),
            frn_index: None,
        };
        security_dirty_price_from_curve(&Security::Tips(tips), &curve, settlement, outlook)
            .unwrap()
            .per_100()
    };
    let flows = nominal.cash_flows(settlement).unwrap();
    let plain = dirty_price_from_curve(&flows, &curve, settlement)
        .unwrap()
        .per_100();
    assert_eq!(price(1.0, 0.0), plain);
    assert!((price(1.25, 0.0) - 1.25 * plain).abs() < 1e-11);
    // Off the real curve: zero rates less the breakeven.
    let real: f64 = flows
        .iter()
        .map(|flow| {
            let (t, ts) = (
                curve.time_of(flow.date).unwrap(),
                curve.time_of(settlement).unwrap(),
            );
            let z = |t: Years| (curve.zero_rate(t) - Bp(230.0)).decimal() * t.years();
            flow.amount.per_100() * (z(ts) - z(t)).exp()
        })
        .sum();
    assert!((price(1.25, 230.0) - 1.25 * real).abs() < 1e-10);
    let missing = security_dirty_price_from_curve(
        &Security::Tips(tips),
        &curve,
        settlement,
        Outlook::default(),
    );
    assert!(missing.unwrap_err().to_string().contains("breakeven"));
}

fn frn(spread: f64) -> (Frn, FrnIndexHistory) {
    let frn = Frn::new(FrnTerms {
        cusip: cusip(),
        spread: DiscountMargin::from_percent(spread),
        issue: date("2025-01-31"),
        dated: None,
        maturity: date("2027-01-31"),
    })
    .unwrap();
    let history =
        FrnIndexHistory::from_rates(vec![(date("2025-04-21"), FrnIndexRate::from_percent(4.27))])
            .unwrap();
    (frn, history)
}

#[test]
fn an_frn_without_spread_is_worth_about_par() {
    let curve = may_1();
    let settlement = date("2025-05-02");
    let price = |spread: f64| {
        let (frn, history) = frn(spread);
        let outlook = Outlook {
            tips: None,
            frn_index: Some(&history),
        };
        let dirty =
            security_dirty_price_from_curve(&Security::Frn(frn), &curve, settlement, outlook)
                .unwrap()
                .per_100();
        dirty - frn.accrued(settlement, &history).unwrap().per_100()
    };
    // The index is a 13-week rate paid by the day: it differs from the short rate by the slope over 13 weeks, here some 20 bp
    // below it for a year and a half.
    assert!((price(0.0) - 100.0).abs() < 0.3, "{}", price(0.0));
    // A spread of 20 bp is worth 20 bp a year over 1.75 years, discounted at about 4%.
    let worth = price(0.2) - price(0.0);
    assert!((worth - 0.2 * 1.7).abs() < 0.01, "{worth}");
}

#[test]
fn the_equivalent_of_an_frn_has_its_price_and_its_risk() {
    let curve = may_1();
    let settlement = date("2025-05-02");
    let (frn, history) = frn(0.15);
    let equivalent = frn_equivalent_cash_flows(&frn, &curve, settlement, &history).unwrap();
    let exact = |curve: &DiscountCurve| {
        let flows = frn_projected_cash_flows(&frn, curve, settlement, &history).unwrap();
        dirty_price_from_curve(&flows, curve, settlement)
            .unwrap()
            .per_100()
    };
    let fixed = |curve: &DiscountCurve| {
        dirty_price_from_curve(&equivalent, curve, settlement)
            .unwrap()
            .per_100()
    };
    assert!((exact(&curve) - fixed(&curve)).abs() < 1e-10);
    let up = curve.with_par_shift(&[(Years(1.0), Bp(100.0))]).unwrap();
    let (a, b) = (exact(&up) - exact(&curve), fixed(&up) - fixed(&curve));
    // 100 bp: a fixed two-year note would lose 1.7; the equivalent may be 0.03 off (slope of the index, second order).
    assert!((a - b).abs() < 0.03, "projected {a}, equivalent {b}");
}

#[test]
fn bad_input_is_named() {
    let day = date("2025-05-01");
    let y = ParYield::from_percent(4.0);
    let none = DiscountCurve::from_par_yields(day, &[]);
    assert!(matches!(none, Err(CurveError::NoPoints { .. })));
    let order = DiscountCurve::from_par_yields(day, &[(Years(2.0), y), (Years(1.0), y)]);
    assert!(matches!(order, Err(CurveError::Maturity { .. })));
    let nan =
        DiscountCurve::from_par_yields(day, &[(Years(2.0), ParYield::from_percent(f64::NAN))]);
    assert!(matches!(nan, Err(CurveError::RateNotFinite { .. })));
    let absurd = [
        (Years(1.0), y),
        (Years(10.0), ParYield::from_percent(400.0)),
        (Years(30.0), y),
    ];
    let absurd = DiscountCurve::from_par_yields(day, &absurd);
    assert!(
        matches!(absurd, Err(CurveError::Bootstrap { .. })),
        "{absurd:?}"
    );
    let before = may_1().discount_factor_on(date("2025-04-30"));
    assert!(matches!(before, Err(CurveError::BeforeCurve { .. })));
    let zero = DiscountCurve::from_zero_rates(
        day,
        &[(Years(5.0), brandish_units::ZeroRate::from_percent(4.0))],
    );
    let shifted = zero.unwrap().with_par_shift(&[(Years(5.0), Bp(1.0))]);
    assert!(matches!(shifted, Err(CurveError::NotFromParYields { .. })));
}

proptest! {
    #[test]
    fn any_sane_par_curve_is_repriced(
        level in -0.3_f64..14.0,
        slope in -3.0_f64..4.0,
        noise in proptest::collection::vec(-0.25_f64..0.25, 14),
        present in proptest::collection::vec(any::<bool>(), 14),
    ) {
        let mut given: Vec<(Years, ParYield)> = Vec::new();
        for (k, tenor) in Tenor::ALL.iter().enumerate() {
            if present[k] || k == 11 {
                let t = tenor.years();
                let percent = level + slope * (1.0 - (-t.years() / 4.0).exp()) + noise[k];
                given.push((t, ParYield::from_percent(percent)));
            }
        }
        // Where discount factors turn negative there is no curve, and the error says so; nothing else may fail.
        match DiscountCurve::from_par_yields(date("2025-05-01"), &given) {
            Ok(curve) => for (t, y) in given {
                let error = curve.par_yield(t).unwrap() - y;
                prop_assert!(error.bp().abs() < 1e-6, "{t}: {error}");
            },
            Err(error) => prop_assert!(matches!(error, CurveError::Bootstrap { .. }), "{error}"),
        }
    }
}
