//! A line and Student's t as published.

use brandish_math::{line, student_quantile};

/// NIST Statistical Reference Datasets, linear regression, `Norris` (36 observations, y then x).
const NORRIS: [(f64, f64); 36] = [
    (0.1, 0.2),
    (338.8, 337.4),
    (118.1, 118.2),
    (888.0, 884.6),
    (9.2, 10.1),
    (228.1, 226.5),
    (668.5, 666.3),
    (998.5, 996.3),
    (449.1, 448.6),
    (778.9, 777.0),
    (559.2, 558.2),
    (0.3, 0.4),
    (0.1, 0.6),
    (778.1, 775.5),
    (668.8, 666.9),
    (339.3, 338.0),
    (448.9, 447.5),
    (10.8, 11.6),
    (557.7, 556.0),
    (228.3, 228.1),
    (998.0, 995.8),
    (888.8, 887.6),
    (119.6, 120.2),
    (0.3, 0.3),
    (0.6, 0.3),
    (557.6, 556.8),
    (339.3, 339.1),
    (888.0, 887.2),
    (998.5, 999.0),
    (778.9, 779.0),
    (10.2, 11.1),
    (117.6, 118.3),
    (228.9, 229.2),
    (668.4, 669.1),
    (449.2, 448.9),
    (0.2, 0.5),
];

/// Certified: slope 1.00211681802045, intercept -0.262323073774029, R squared 0.999993745883712. Tolerance: the 15 digits certified,
/// of which the intercept loses three to cancellation.
#[test]
fn the_norris_line() {
    let points: Vec<(f64, f64)> = NORRIS.iter().map(|(y, x)| (*x, *y)).collect();
    let fit = line(&points).unwrap();
    assert!(
        (fit.slope - 1.002_116_818_020_45).abs() < 1e-14,
        "{}",
        fit.slope
    );
    assert!(
        (fit.intercept + 0.262_323_073_774_029).abs() < 1e-12,
        "{}",
        fit.intercept
    );
    assert!((fit.r_squared - 0.999_993_745_883_712).abs() < 1e-14);
}

/// Abramowitz and Stegun, Table 26.10: percentage points of t (one-sided). Tolerance: half of the last printed digit, and at ten degrees
/// of freedom what the expansion leaves.
#[test]
fn points_of_students_t() {
    let cases = [
        (10.0, 0.95, 1.812),
        (10.0, 0.975, 2.228),
        (10.0, 0.995, 3.169),
        (20.0, 0.95, 1.725),
        (20.0, 0.975, 2.086),
        (20.0, 0.995, 2.845),
        (20.0, 0.9995, 3.850),
        (30.0, 0.975, 2.042),
        (30.0, 0.9995, 3.646),
        (60.0, 0.975, 2.000),
        (60.0, 0.995, 2.660),
        (120.0, 0.975, 1.980),
        (120.0, 0.9995, 3.373),
    ];
    for (degrees, p, expected) in cases {
        let t = student_quantile(p, degrees).unwrap();
        assert!(
            (t - expected).abs() < 6e-4,
            "{degrees} {p}: {t}, {expected}"
        );
        assert_eq!(
            student_quantile(0.5, degrees),
            Ok(0.0),
            "symmetric about zero"
        );
    }
    assert!(student_quantile(0.5, 4.0).is_err());
    assert!(student_quantile(1.5, 40.0).is_err());
}
