//! Linearity, monotonicity, the long run, and independence from how often the market is priced.

use brandish_habitat::{
    BUCKETS, Known, Parameters, Repricing, durations_years, long_run, reference_mix,
};

use crate::{CAMPS, camp_c, even, market, run, single, ten_year_peak};

fn linear() -> Parameters {
    Parameters {
        capacity_curvature: 0.0,
        forced: None,
        ..camp_c()
    }
}

#[test]
fn without_capacity_effects_the_market_is_linear() {
    let one = run(
        &linear(),
        &even(100.0, 21, &reference_mix::JAPAN, Known::Silent, 80),
    );
    let six = run(
        &linear(),
        &even(600.0, 21, &reference_mix::JAPAN, Known::Silent, 80),
    );
    for (one, six) in one.days.iter().zip(&six.days) {
        for i in 0..BUCKETS {
            assert!(
                (six.yields_bp[i] - 6.0 * one.yields_bp[i]).abs()
                    <= 1e-12 * six.yields_bp[i].abs().max(1.0)
            );
        }
    }
}

#[test]
fn a_silent_sale_is_the_sum_of_its_days() {
    let mut parameters = Parameters {
        repricing: Repricing {
            at_least_every_days: 1,
            ..Repricing::reference()
        },
        ..linear()
    };
    parameters.extrapolation.share = 0.0;
    let whole = run(
        &parameters,
        &even(100.0, 21, &reference_mix::JAPAN, Known::Silent, 60),
    );
    // one day's sale, seen from the day it happens
    let day = reference_mix::JAPAN.map(|share| 100.0 / 21.0 * share);
    let impulse = run(&parameters, &single(60, vec![day], Known::Silent));
    for t in 0..60 {
        for i in 0..BUCKETS {
            let sum: f64 = (0..21)
                .filter(|u| *u <= t)
                .map(|u| impulse.days[t - u].yields_bp[i])
                .sum();
            // both are priced anew every day, so only rounding is left
            assert!((whole.days[t].yields_bp[i] - sum).abs() < 1e-10);
        }
    }
}

#[test]
fn a_larger_sale_has_a_larger_peak() {
    for (camp, slope, risk_price) in CAMPS {
        for known in [Known::Silent, Known::announced()] {
            let mut before = 0.0;
            for amount in [25.0, 100.0, 200.0, 400.0, 800.0, 1130.0] {
                let flow = even(amount, 21, &reference_mix::JAPAN, known, 26);
                let (_, peak) = ten_year_peak(&run(&Parameters::central(slope, risk_price), &flow));
                assert!(
                    peak > before,
                    "{camp} {known:?} {amount}: {peak} after {before}"
                );
                before = peak;
            }
        }
    }
}

#[test]
fn more_capacity_lowers_the_peak() {
    let flow = even(600.0, 21, &reference_mix::JAPAN, Known::Silent, 30);
    let peaks = [110.0, 220.0, 440.0, 880.0].map(|capacity| {
        ten_year_peak(&run(
            &Parameters {
                intermediary_capacity_usd_bn: capacity,
                ..camp_c()
            },
            &flow,
        ))
        .1
    });
    assert!(peaks.windows(2).all(|pair| pair[1] < pair[0]), "{peaks:?}");
    // the specification's numbers, printed with one decimal
    for (peak, expected) in peaks.iter().zip([111.5, 106.7, 92.6, 83.4]) {
        assert!((peak - expected).abs() < 0.06, "{peak} against {expected}");
    }
}

#[test]
fn any_sale_raises_every_long_run_yield() {
    let durations = durations_years();
    for (_, slope, risk_price) in CAMPS {
        let parameters = Parameters::central(slope, risk_price);
        let responses: Vec<[f64; BUCKETS]> = (0..BUCKETS)
            .map(|j| {
                let supply: [f64; BUCKETS] =
                    std::array::from_fn(|i| if i == j { 1.0 } else { 0.0 });
                long_run(&market(), &parameters, &supply).unwrap()
            })
            .collect();
        // D times the response is the inverse of a symmetric Stieltjes matrix: symmetric, positive, and its own
        // inverse has no positive entry off the diagonal
        let prices: [[f64; BUCKETS]; BUCKETS] =
            std::array::from_fn(|i| std::array::from_fn(|j| durations[i] * responses[j][i]));
        let stieltjes = brandish_math::matrix::inverse(&prices).unwrap();
        for i in 0..BUCKETS {
            for j in 0..BUCKETS {
                assert!(prices[i][j] > 0.0);
                assert!((prices[i][j] / prices[j][i] - 1.0).abs() < 1e-10);
                // rounding of an inverse with entries of up to some hundred
                assert!(
                    i == j || stieltjes[i][j] < 1e-9,
                    "{i} {j} {}",
                    stieltjes[i][j]
                );
            }
        }
    }
}

#[test]
fn pricing_more_often_changes_little() {
    let ten_year = |days| {
        let parameters = Parameters {
            forced: None,
            repricing: Repricing {
                at_least_every_days: days,
                ..Repricing::reference()
            },
            ..camp_c()
        };
        run(
            &parameters,
            &even(300.0, 63, &reference_mix::JAPAN, Known::announced(), 63),
        )
        .days[62]
            .yields_bp[6]
    };
    // the nodes of a new pricing lie elsewhere: .004 bp seen
    let daily = ten_year(1);
    for days in [21, 40] {
        assert!((ten_year(days) - daily).abs() < 0.006);
    }
}
