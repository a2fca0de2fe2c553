//! Another program on the same problems: scipy 1.17.1 and numpy 2.4.6.

#![allow(
    clippy::unwrap_used,
    reason = "a solver that refuses what its peer solves has failed"
)]

mod sobol;

use brandish_math::matrix::{cholesky, inverse, solve};
use brandish_math::nnls;

/// `scipy.optimize.nnls` on whole-number matrices. Tolerance 1e-13: both solve to rounding, coefficients are below 1 and
/// the matrices are well conditioned.
#[test]
fn nonnegative_least_squares() {
    let problems: [(&[f64], &[f64], &[f64]); 3] = [
        (
            &[
                8.0, 3.0, 4.0, 7.0, 3.0, 5.0, 6.0, -2.0, -5.0, -1.0, -2.0, 7.0, 7.0, -5.0, 1.0,
                6.0, -4.0, 6.0, -4.0, 1.0, 6.0, -1.0, -1.0, -2.0,
            ],
            &[5.0, -2.0, 9.0, 1.0, 1.0, 2.0],
            &[0.0, 0.08673507049531268, 0.0, 0.7451834354469623],
        ),
        (
            &[
                3.0, 2.0, 2.0, 8.0, 6.0, 6.0, 4.0, 3.0, -1.0, 8.0, 1.0, -2.0, 6.0, -3.0, 7.0, 3.0,
                -4.0, -5.0, 1.0, -5.0, -4.0, 2.0, 8.0, 1.0, 6.0, 7.0, 6.0, 3.0, 1.0, 2.0, -2.0,
                1.0, 0.0, -2.0, 8.0, -5.0, -4.0, -3.0, 8.0, 4.0,
            ],
            &[8.0, -3.0, 5.0, -1.0, 1.0, -6.0, 3.0, 7.0],
            &[0.0, 0.0, 0.0, 0.5837906084591852, 0.2986937308794251],
        ),
        (
            &[
                4.0, -3.0, 2.0, -2.0, 8.0, 7.0, -3.0, 2.0, 8.0, 6.0, 4.0, 3.0, -5.0, 5.0, 1.0,
            ],
            &[-5.0, -3.0, 2.0, 5.0, 2.0],
            &[0.09313464608834496, 0.2394890899414583, 0.0],
        ),
    ];
    for (a, b, expected) in problems {
        let found = nnls(a, expected.len(), b).unwrap();
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-13,
                "{found}, scipy {expected}"
            );
        }
    }
}

/// `numpy.linalg` on one symmetric matrix. Tolerance 1e-15 x a few roundings of numbers near 1.
#[test]
fn small_matrices() {
    let a = [[4.0, -2.0, 1.0], [-2.0, 5.0, 3.0], [1.0, 3.0, 9.0]];
    let theirs = [
        [2.0, 0.0, 0.0],
        [-1.0, 2.0, 0.0],
        [0.5, 1.75, 2.384848003542364],
    ];
    assert_close(cholesky(&a).unwrap().as_flattened(), theirs.as_flattened());
    let theirs = [
        [
            0.39560439560439564,
            0.23076923076923078,
            -0.1208791208791209,
        ],
        [
            0.23076923076923078,
            0.38461538461538464,
            -0.15384615384615385,
        ],
        [
            -0.1208791208791209,
            -0.15384615384615385,
            0.17582417582417584,
        ],
    ];
    assert_close(inverse(&a).unwrap().as_flattened(), theirs.as_flattened());
    assert_close(
        &solve(&a, &[1.0, 2.0, 3.0]).unwrap(),
        &[0.4945054945054945, 0.5384615384615384, 0.0989010989010989],
    );
}

fn assert_close(ours: &[f64], theirs: &[f64]) {
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < 5e-15, "{ours}, numpy {theirs}");
    }
}
