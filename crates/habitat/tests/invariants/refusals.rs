//! Inputs without meaning are refused with their name and value; nothing panics, nothing is clamped.

use brandish_habitat::{
    BUCKETS, ClearingError, FedRule, Known, Market, Order, OrderFlow, Parameters, Sigma,
    SlowSectors, Threat, ThreatKind, clear, long_run, reference_mix, slope_for_long_run_response,
};

use crate::{camp_c, even, market};

fn refusal(parameters: &Parameters, flow: &OrderFlow) -> String {
    clear(&market(), parameters, flow).unwrap_err().to_string()
}

fn sale() -> OrderFlow {
    even(100.0, 21, &reference_mix::JAPAN, Known::Silent, 21)
}

#[test]
fn horizons_are_bounded() {
    for horizon_days in [0, 2521, usize::MAX] {
        let flow = OrderFlow {
            horizon_days,
            ..sale()
        };
        assert!(refusal(&camp_c(), &flow).contains("horizon_days"));
    }
}

#[test]
fn parameters_are_finite_and_bounded() {
    for value in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
        for parameters in [
            Parameters {
                demand_slope_usd_bn_per_bp: value,
                ..camp_c()
            },
            Parameters {
                risk_price: value,
                ..camp_c()
            },
            Parameters {
                half_life_multiplier: value,
                ..camp_c()
            },
            Parameters {
                discount_rate_per_year: value,
                ..camp_c()
            },
            Parameters {
                intermediary_capacity_usd_bn: value,
                ..camp_c()
            },
        ] {
            assert!(refusal(&parameters, &sale()).contains("out of range"));
        }
    }
    let fed = Some(FedRule {
        credibility: 1.5,
        ..FedRule::central(0.5)
    });
    assert!(refusal(&Parameters { fed, ..camp_c() }, &sale()).contains("fed.credibility = 1.5"));
}

#[test]
fn amounts_are_finite_and_bounded() {
    for amount in [f64::NAN, f64::INFINITY, 1e9] {
        let mut flow = sale();
        flow.orders[0].sales_by_day[3][4] = amount;
        assert!(refusal(&camp_c(), &flow).contains("orders[0].sales_by_day[3][4]"));
    }
    let many = OrderFlow {
        orders: vec![sale().orders[0].clone(); 257],
        ..sale()
    };
    assert!(refusal(&camp_c(), &many).contains("orders"));
}

#[test]
fn probabilities_are_probabilities() {
    let mut flow = sale();
    flow.orders[0].known = Known::Announced {
        announced_day: 0,
        credibility: -0.1,
    };
    assert!(refusal(&camp_c(), &flow).contains("credibility"));
    let threat = Threat {
        amount_usd_bn: 1.0,
        days: 1,
        mix: reference_mix::JAPAN,
        start_day: 0,
        prior: 0.0,
        probability: f64::NAN,
        kind: ThreatKind::Hazard {
            half_life_days: 21.0,
        },
    };
    let flow = OrderFlow {
        threats: vec![threat],
        ..sale()
    };
    assert!(refusal(&camp_c(), &flow).contains("probability"));
}

#[test]
fn a_certain_threat_stays_certain_and_finite() {
    // the updating rule would divide zero by zero once the wait is many half-lives long
    let threat = Threat {
        amount_usd_bn: 1.0,
        days: 1,
        mix: reference_mix::JAPAN,
        start_day: 0,
        prior: 1.0,
        probability: 1.0,
        kind: ThreatKind::Hazard {
            half_life_days: 0.001,
        },
    };
    let flow = OrderFlow {
        horizon_days: 30,
        orders: vec![],
        threats: vec![threat],
        ..OrderFlow::default()
    };
    let path = clear(&market(), &camp_c(), &flow).unwrap();
    assert!(path.days.iter().all(|day| day.yields_bp == [0.0; BUCKETS]));
}

#[test]
fn covariances_are_checked() {
    let good = *Sigma::reference().unwrap().matrix();
    for (i, j, value) in [(0, 0, -1.0), (3, 5, f64::NAN), (2, 7, 1.0), (4, 4, 0.0)] {
        let mut bad = good;
        bad[i][j] = value;
        assert!(matches!(
            Sigma::from_bucket_covariance(bad),
            Err(ClearingError::Covariance { .. })
        ));
    }
    let yields = vec![vec![4.0, 4.5]; 10];
    assert!(matches!(
        Sigma::from_par_yield_changes(&[2.0, 10.0], &yields),
        Err(ClearingError::CountOutOfRange { .. })
    ));
    assert!(Sigma::from_covariance(&[10.0, 2.0], &[vec![1.0, 0.5], vec![0.5, 1.0]]).is_err());
    assert!(Sigma::from_covariance(&[2.0, 10.0], &[vec![1.0, -0.5], vec![-0.5, 1.0]]).is_err());
}

#[test]
fn every_bucket_needs_a_holder() {
    let mut sectors = SlowSectors::reference();
    for sector in &mut sectors.sectors {
        sector.profile[10] = 0.0;
    }
    assert!(Market::new(Sigma::reference().unwrap(), sectors, 0.0).is_err());
}

#[test]
fn unattainable_targets_are_named() {
    let error = slope_for_long_run_response(&market(), &camp_c(), 1e5).unwrap_err();
    assert!(
        matches!(error, ClearingError::Unattainable { .. }),
        "{error}"
    );
    assert!(long_run(&market(), &camp_c(), &[f64::NAN; BUCKETS]).is_err());
}

#[test]
fn extreme_but_allowed_parameters_answer_or_refuse() {
    let extremes = [
        Parameters {
            demand_slope_usd_bn_per_bp: 1e-6,
            ..camp_c()
        },
        Parameters {
            demand_slope_usd_bn_per_bp: 1e6,
            ..camp_c()
        },
        Parameters {
            risk_price: 1.0,
            ..camp_c()
        },
        Parameters {
            curve_switching: 1e3,
            ..camp_c()
        },
        Parameters {
            half_life_multiplier: 1e-3,
            ..camp_c()
        },
        Parameters {
            half_life_multiplier: 1e3,
            ..camp_c()
        },
        Parameters {
            capacity_curvature: 1e3,
            capacity_ceiling: 1e3,
            ..camp_c()
        },
        Parameters {
            utilization_threshold: 0.999,
            utilization_at_rest: 10.0,
            ..camp_c()
        },
        Parameters {
            discount_rate_per_year: 1e-4,
            ..camp_c()
        },
        Parameters {
            discount_rate_per_year: 10.0,
            ..camp_c()
        },
    ];
    for parameters in extremes {
        for known in [Known::Silent, Known::announced()] {
            let flow = OrderFlow {
                horizon_days: 30,
                orders: vec![Order::even(300.0, 21, &reference_mix::JAPAN, known)],
                ..OrderFlow::default()
            };
            match clear(
                &market(),
                &Parameters {
                    fed: Some(FedRule::central(0.5)),
                    ..parameters
                },
                &flow,
            ) {
                Ok(path) => {
                    assert!(
                        path.days
                            .iter()
                            .all(|day| day.yields_bp.iter().all(|value| value.is_finite()))
                    );
                }
                Err(error) => println!("{error}"),
            }
        }
    }
}
