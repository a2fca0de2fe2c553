//! The normal distribution and sample quantiles.

#![allow(
    clippy::excessive_precision,
    reason = "expected values keep the digits of their source"
)]

use brandish_math::{median_standard_error, normal_cdf, normal_quantile, quantile};

/// First three: the test values printed in AS 241 (to ten decimals there). The rest: the defining equation solved with
/// 40 digits (mpmath 1.3, erfc). Tolerance: AS 241 claims about 1 part in 10^16; 4e-16 leaves room for rounding of
/// the polynomials (two ulp).
#[test]
fn normal_quantiles() {
    let cases = [
        (0.25, -0.674_489_750_196_081_74),
        (0.001, -3.090_232_306_167_813_5),
        (1e-20, -9.262_340_089_798_407_6),
        (1e-300, -37.047_096_299_361_199),
        (1e-10, -6.361_340_902_404_056_2),
        (0.024_25, -1.972_961_051_311_884_8),
        (0.075, -1.439_531_470_938_455_9),
        (0.075_1, -1.438_825_392_752_54),
        (0.3, -0.524_400_512_708_040_82),
        (0.6, 0.253_347_103_135_799_74),
        (0.9, 1.281_551_565_544_600_6),
        (0.999, 3.090_232_306_167_813_3),
    ];
    for (p, expected) in cases {
        let x = normal_quantile(p).unwrap();
        assert!(
            (x - expected).abs() <= 4e-16 * expected.abs(),
            "p = {p}: {x}, expected {expected}"
        );
    }
    assert_eq!(normal_quantile(0.5), Ok(0.0));
}

/// mpmath 1.3 with 40 digits. Tolerance: the approximation's stated absolute accuracy, 1e-15.
#[test]
fn normal_probabilities() {
    let cases = [
        (-38.0, 2.885_428_360_068_784_3e-316),
        (-10.0, 7.619_853_024_160_526_1e-24),
        (-7.1, 6.237_844_463_331_591_1e-13),
        (-3.0, 1.349_898_031_630_094_5e-3),
        (-1.0, 0.158_655_253_931_457_05),
        (0.0, 0.5),
        (0.3, 0.617_911_422_188_952_63),
        (1.96, 0.975_002_104_851_779_56),
        (8.0, 0.999_999_999_999_999_38),
    ];
    for (x, expected) in cases {
        assert!(
            (normal_cdf(x) - expected).abs() < 1e-15,
            "x = {x}: {}, expected {expected}",
            normal_cdf(x)
        );
    }
    assert!(normal_cdf(f64::NAN).is_nan());
}

/// The definition of type 7 by hand: position (n - 1) p; same values as numpy 2 and R's default.
#[test]
fn quantiles_of_type_seven() {
    let sample = [1.5, 2.25, 3.0, 7.0, 11.0, 13.5, 20.0];
    let cases = [
        (0.0, 1.5),
        (0.05, 1.725),
        (0.1, 1.95),
        (0.25, 2.625),
        (0.5, 7.0),
        (0.9, 16.1),
        (0.95, 18.05),
        (1.0, 20.0),
    ];
    for (p, expected) in cases {
        let value = quantile(&sample, p).unwrap();
        // One interpolation: a few roundings of numbers up to 20.
        assert!(
            (value - expected).abs() < 1e-14,
            "p = {p}: {value}, expected {expected}"
        );
    }
    assert_eq!(quantile(&[4.0], 0.3), Ok(4.0));
}

/// McKean and Schrader's formula by hand: n = 5 gives k = 1; n = 25 gives k = round(13 - 6.4396) = 7.
#[test]
fn error_of_the_median() {
    let z = 2.575_829_303_548_901;
    assert_eq!(
        median_standard_error(&[1.0, 2.0, 3.0, 4.0, 9.0]),
        Ok(8.0 / (2.0 * z))
    );
    let sample: Vec<f64> = (1..=25).map(f64::from).collect();
    assert_eq!(median_standard_error(&sample), Ok(12.0 / (2.0 * z)));
}
