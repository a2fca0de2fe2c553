//! Fits to prices that a known curve gives, and what is refused.

use brandish_treasury::{Bill, BillTerms, CouponTerms, NominalCoupon, Security};
use brandish_units::{CleanPrice, CouponRate, Cusip, Date, Years};

use super::*;
use crate::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn cusip() -> Cusip {
    "912810RN0".parse().unwrap()
}

const TRUE: SvenssonParameters = SvenssonParameters {
    beta0_pct: 4.6,
    beta1_pct: -0.3,
    beta2_pct: -2.2,
    beta3_pct: 2.4,
    tau1_years: 1.7,
    tau2_years: 11.0,
};

/// Bills, notes and bonds of all maturities at the prices of a curve, `noise` bp of yield off in a fixed pattern.
fn quoted(curve: &DiscountCurve, settlement: Date, count: i32, noise: f64) -> Vec<QuotedSecurity> {
    (1..=count)
        .map(|k| {
            let maturity = date("2025-05-15").plus_months(1 + k * 359 / count);
            let security = if k < count / 12 {
                let terms = BillTerms {
                    cusip: cusip(),
                    issue: settlement,
                    maturity,
                };
                Security::Bill(Bill::new(terms).unwrap())
            } else {
                let terms = CouponTerms {
                    cusip: cusip(),
                    coupon: CouponRate::from_percent(f64::from(k * 7 % 40) / 8.0),
                    issue: settlement,
                    dated: None,
                    first_interest: None,
                    maturity,
                };
                Security::Bond(NominalCoupon::new(terms).unwrap())
            };
            let dirty =
                security_dirty_price_from_curve(&security, curve, settlement, Outlook::default())
                    .unwrap();
            let wobble = noise * (f64::from(k) * 2.399_963).sin();
            let years = f64::from(maturity - settlement) / 365.25;
            // Price times duration, roughly: only to give the noise a size.
            let moved = dirty.per_100() * (1.0 - wobble * 1e-4 * years.min(16.0));
            let accrued = match &security {
                Security::Bond(bond) => bond.stream().accrued(settlement).unwrap().per_100(),
                _ => 0.0,
            };
            QuotedSecurity {
                security,
                clean: CleanPrice::from_per_100(moved - accrued),
            }
        })
        .collect()
}

#[test]
fn a_svensson_curve_is_found_again() {
    let (as_of, settlement) = (date("2025-05-01"), date("2025-05-02"));
    let curve = DiscountCurve::from_svensson(as_of, TRUE).unwrap();
    let quotes = FitQuotes::new(as_of, settlement, &quoted(&curve, settlement, 300, 0.0)).unwrap();
    let fit = fit_svensson(&quotes).unwrap();
    // The prices have a curve without error: what is left is where the search stops, far below quotation (0.01 bp).
    assert!(fit.root_mean_square.bp() < 1e-3, "{fit:?}");
    for t in [0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 29.0].map(Years) {
        let off = fit.curve.zero_rate(t) - curve.zero_rate(t);
        assert!(off.bp().abs() < 0.05, "{t}: {off}");
    }
    // The same bits again: nothing is random.
    assert_eq!(fit_svensson(&quotes).unwrap(), fit);
}

#[test]
fn noise_is_smoothed_by_both_fits_and_shows_in_the_residuals() {
    let (as_of, settlement) = (date("2025-05-01"), date("2025-05-02"));
    let curve = DiscountCurve::from_svensson(as_of, TRUE).unwrap();
    let quotes = FitQuotes::new(as_of, settlement, &quoted(&curve, settlement, 300, 2.0)).unwrap();
    let svensson = fit_svensson(&quotes).unwrap();
    let spline = fit_spline(&quotes).unwrap();
    assert!(
        spline.effective_parameters < 22.0 && spline.effective_parameters > 3.0,
        "{spline:?}"
    );
    for fitted in [&svensson.curve, &spline.curve] {
        // A sine of 2 bp has a root mean square of 1.4 bp (more where price times years overstates duration); 300
        // securities average it away to a fraction of a bp in the curve.
        for t in [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 28.0].map(Years) {
            let off = fitted.zero_rate(t) - curve.zero_rate(t);
            assert!(off.bp().abs() < 1.5, "{t}: {off}");
        }
        let residuals = quotes.residuals(fitted).unwrap();
        assert_eq!(residuals.len(), 300);
        let bands = errors_by_band(&residuals);
        assert_eq!(bands.iter().map(|band| band.count).sum::<usize>(), 300);
        for band in bands {
            assert!(band.root_mean_square.bp() < 3.5, "{band:?}");
        }
    }
}

#[test]
fn two_dozen_securities_are_enough() {
    let (as_of, settlement) = (date("2025-05-01"), date("2025-05-02"));
    let curve = DiscountCurve::from_svensson(as_of, TRUE).unwrap();
    let quotes = FitQuotes::new(as_of, settlement, &quoted(&curve, settlement, 24, 0.0)).unwrap();
    let fit = fit_svensson(&quotes).unwrap();
    // As above, with less averaging.
    assert!(fit.root_mean_square.bp() < 1e-2, "{fit:?}");
}

#[test]
fn what_cannot_be_fitted_is_named() {
    let (as_of, settlement) = (date("2025-05-01"), date("2025-05-02"));
    let curve = DiscountCurve::from_svensson(as_of, TRUE).unwrap();
    let mut few = quoted(&curve, settlement, 6, 0.0);
    let quotes = FitQuotes::new(as_of, settlement, &few).unwrap();
    assert!(matches!(
        fit_svensson(&quotes),
        Err(CurveError::TooFewQuotes { .. })
    ));
    few[3].clean = CleanPrice::from_per_100(-5.0);
    assert!(matches!(
        FitQuotes::new(as_of, settlement, &few),
        Err(CurveError::Treasury(_))
    ));
    few[3].clean = CleanPrice::from_per_100(f64::NAN);
    assert!(FitQuotes::new(as_of, settlement, &few).is_err());
}
