//! Nothing comes from nothing, and everything sold is somewhere.

use brandish_habitat::{
    BUCKETS, ClearingPath, FedPurchases, FedRule, Known, Market, Order, OrderFlow, Parameters,
    Sigma, SlowSectors, Solver, Threat, ThreatKind, clear, durations_years, reference_mix,
};

use crate::{camp_c, even, market, run, single};

#[test]
fn no_flow_moves_nothing() {
    let parameters = Parameters {
        fed: Some(FedRule::central(0.5)),
        ..camp_c()
    };
    let path = run(
        &parameters,
        &single(60, vec![[0.0; BUCKETS]; 60], Known::Silent),
    );
    for day in &path.days {
        assert!(
            day.yields_bp
                .iter()
                .chain(&day.inventory_usd_bn)
                .all(|value| *value == 0.0)
        );
        assert!(
            day.holdings_usd_bn
                .iter()
                .flatten()
                .all(|value| *value == 0.0)
        );
        assert_eq!(day.capacity_multiplier, 1.0);
    }
    let empty = OrderFlow {
        horizon_days: 5,
        ..OrderFlow::default()
    };
    assert!(
        run(&parameters, &empty)
            .days
            .iter()
            .all(|day| day.yields_bp == [0.0; BUCKETS])
    );
}

/// A flow in which everything happens at once.
fn busy() -> OrderFlow {
    OrderFlow {
        horizon_days: 90,
        orders: vec![
            Order::even(400.0, 21, &reference_mix::JAPAN, Known::Silent),
            Order::even(
                200.0,
                42,
                &reference_mix::FIVE_YEARS,
                Known::Announced {
                    announced_day: 10,
                    credibility: 0.7,
                },
            ),
        ],
        threats: vec![Threat {
            amount_usd_bn: 100.0,
            days: 21,
            mix: reference_mix::JAPAN,
            start_day: 5,
            prior: 0.02,
            probability: 0.3,
            kind: ThreatKind::Hazard {
                half_life_days: 21.0,
            },
        }],
        fed_purchases: Some(FedPurchases {
            by_day: vec![reference_mix::FED_PURCHASES; 30],
            announced_day: Some(12),
        }),
    }
}

#[test]
fn every_bucket_balances_every_day() {
    let parameters = Parameters {
        fed: Some(FedRule::central(0.5)),
        ..camp_c()
    };
    let path = run(&parameters, &busy());
    assert!(path.trigger_day.is_some() && path.statistics.largest_imbalance_usd_bn > 0.0);
    for day in &path.days {
        // sums of numbers of a few hundred $bn, some hundred roundings: the specification's 1e-9
        assert!(day.imbalance_usd_bn() < 1e-9);
    }
}

#[test]
fn switching_is_neutral_in_dv01_and_part_of_holdings() {
    let durations = durations_years();
    let product = Market::new(Sigma::reference().unwrap(), SlowSectors::reference(), 1.0).unwrap();
    for (market, first) in [(market(), 0), (product, 2)] {
        let path = clear(
            &market,
            &camp_c(),
            &even(300.0, 63, &reference_mix::JAPAN, Known::Silent, 90),
        )
        .unwrap();
        for day in &path.days {
            for (swaps, sector) in day.switching_usd_bn.iter().zip(market.sectors()) {
                let dv01: f64 = (0..BUCKETS).map(|i| durations[i] * swaps[i]).sum();
                // terms of up to 16 years times tens of $bn cancel, and 90 days of roundings at 1e-16 add up
                assert!(dv01.abs() < 1e-10, "{}: {dv01:e}", sector.name);
                assert!(swaps[..first].iter().all(|swap| *swap == 0.0));
            }
        }
        let largest = path.days[62]
            .switching_usd_bn
            .iter()
            .flatten()
            .fold(0.0_f64, |most, x| most.max(x.abs()));
        assert!(largest > 0.1);
    }
}

fn bits(path: &ClearingPath) -> Vec<u64> {
    path.days
        .iter()
        .flat_map(|day| {
            day.yields_bp
                .iter()
                .chain(&day.inventory_usd_bn)
                .chain(day.holdings_usd_bn.iter().flatten())
        })
        .map(|value| value.to_bits())
        .collect()
}

#[test]
fn a_solver_does_not_remember() {
    let parameters = Parameters {
        fed: Some(FedRule::central(0.5)),
        ..camp_c()
    };
    let market = market();
    let fresh = clear(&market, &parameters, &busy()).unwrap();
    let mut solver = Solver::new(&market, &parameters).unwrap();
    for flow in [
        even(600.0, 21, &reference_mix::JAPAN, Known::announced(), 40),
        busy(),
    ] {
        solver.clear(&flow).unwrap();
    }
    assert_eq!(bits(&fresh), bits(&solver.clear(&busy()).unwrap()));
    let other = Parameters {
        risk_price: 3e-5,
        half_life_multiplier: 2.0,
        ..parameters
    };
    let mut solver = solver.renewed(&market, &other).unwrap();
    solver.clear(&busy()).unwrap();
    let mut solver = solver.renewed(&market, &parameters).unwrap();
    assert_eq!(bits(&fresh), bits(&solver.clear(&busy()).unwrap()));
}

#[test]
fn orders_add_up() {
    for known in [Known::Silent, Known::announced()] {
        let whole = run(
            &camp_c(),
            &even(600.0, 21, &reference_mix::JAPAN, known, 60),
        );
        let mut halves = even(300.0, 21, &reference_mix::JAPAN, known, 60);
        halves.orders.push(halves.orders[0].clone());
        let halves = run(&camp_c(), &halves);
        for (one, two) in whole.days.iter().zip(&halves.days) {
            for i in 0..BUCKETS {
                // the same equations with sums in another order; Newton's tolerance
                assert!((one.yields_bp[i] - two.yields_bp[i]).abs() < 1e-8);
            }
        }
    }
}
