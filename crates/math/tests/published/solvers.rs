//! Roots, sums and least squares.

use brandish_math::{FitLimits, bisect, brent, compensated_sum, levenberg_marquardt, nnls};

/// Wallis's cubic (Newton's example) and the fixed point of the cosine, both tabulated; a ninefold root by construction.
/// Tolerance: the one asked of the solver.
#[test]
fn roots() {
    let wallis = |x: f64| x * x * x - 2.0 * x - 5.0;
    let cosine = |x: f64| x.cos() - x;
    let flat = |x: f64| (x - 1.0).powi(9);
    for (root, expected, tolerance) in [
        (
            brent(wallis, 2.0, 3.0, 1e-14),
            2.094_551_481_542_326_5,
            1e-14,
        ),
        (
            bisect(wallis, 2.0, 3.0, 1e-14),
            2.094_551_481_542_326_5,
            1e-14,
        ),
        (
            brent(cosine, 0.0, 1.0, 1e-14),
            0.739_085_133_215_160_6,
            1e-14,
        ),
        (
            bisect(cosine, 1.0, 0.0, 1e-14),
            0.739_085_133_215_160_6,
            1e-14,
        ),
        (brent(flat, 0.0, 2.5, 1e-9), 1.0, 1e-9),
    ] {
        assert!(
            (root.clone().unwrap() - expected).abs() <= tolerance,
            "{root:?}, expected {expected}"
        );
    }
}

/// Neumaier's own example: plain summation gives 0.
#[test]
fn a_sum_that_plain_addition_gets_wrong() {
    assert_eq!(compensated_sum(&[1.0, 1e100, 1.0, -1e100]), 2.0);
}

/// NIST Statistical Reference Datasets, nonlinear regression, Misra1a: y = b1 (1 - exp(-b2 x)), certified to eleven digits.
#[test]
fn misra1a_of_nist() {
    let y = [
        10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47,
        81.78,
    ];
    let x = [
        77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1,
        760.0,
    ];
    let model = |b: &[f64], residuals: &mut [f64], jacobian: &mut [f64]| {
        for i in 0..y.len() {
            let decay = (-b[1] * x[i]).exp();
            residuals[i] = b[0] * (1.0 - decay) - y[i];
            jacobian[2 * i] = 1.0 - decay;
            jacobian[2 * i + 1] = b[0] * x[i] * decay;
        }
    };
    for start in [[500.0, 0.0001], [250.0, 0.0005]] {
        let limits = FitLimits {
            gradient: 1e-12,
            step: 1e-14,
            iterations: 200,
        };
        let fit = levenberg_marquardt(model, &start, y.len(), limits).unwrap();
        // Ten of the eleven certified digits, from both of NIST's starting points.
        for (found, certified) in [
            (fit.parameters[0], 2.389_421_291_8e2),
            (fit.parameters[1], 5.501_564_318_1e-4),
            (fit.sum_of_squares, 1.245_513_889_4e-1),
        ] {
            assert!(
                (found / certified - 1.0).abs() < 1e-10,
                "start {start:?}: {found}, certified {certified}"
            );
        }
    }
}

/// The two problems in scipy's documentation of `nnls`, solvable by hand.
#[test]
fn nonnegative_least_squares_by_hand() {
    let a = [1.0, 0.0, 1.0, 0.0, 0.0, 1.0];
    let close = |found: Vec<f64>, expected: [f64; 2]| {
        found
            .iter()
            .zip(expected)
            .all(|(found, expected)| (found - expected).abs() < 1e-14)
    };
    assert!(close(nnls(&a, 2, &[2.0, 1.0, 1.0]).unwrap(), [1.5, 1.0]));
    assert_eq!(nnls(&a, 2, &[-1.0, -1.0, -1.0]), Ok(vec![0.0, 0.0]));
}
