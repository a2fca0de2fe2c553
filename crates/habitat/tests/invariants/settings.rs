//! What the product's way of pricing changes: less than what a reader can see.
//!
//! Utilization at rest is that of a strained day (0.74, 1 May 2025), so that most days are not linear, and the Fed's rule is
//! believed with probability one half. Values: `parameters/engine.toml`.

use brandish_habitat::{
    FedRule, Known, Nodes, Parameters, Repricing, Solver, SolverStatistics, Steps, reference_mix,
};

use super::{CAMPS, even, market, run};

fn product() -> Repricing {
    Repricing {
        fed_possible_every_days: 5,
        news_usd_bn: 1e-3,
        tolerance_bp: 1e-6,
        steps: Steps::Chord,
        ..Repricing::reference()
    }
}

/// Largest difference of any yield, bp, over camps and capacities, and the work of both ways.
fn largest_difference(
    known: Known,
    repricing: Repricing,
) -> (f64, SolverStatistics, SolverStatistics) {
    let mut largest = 0.0_f64;
    let (mut theirs, mut ours) = (SolverStatistics::default(), SolverStatistics::default());
    for (camp, slope, risk_price) in CAMPS {
        for capacity in [140.0, 220.0, 340.0] {
            let reference = Parameters {
                utilization_at_rest: 0.74,
                intermediary_capacity_usd_bn: capacity,
                fed: Some(FedRule::central(0.5)),
                ..Parameters::central(slope, risk_price)
            };
            let flow = even(300.0, 63, &reference_mix::JAPAN, known, 252);
            let expected = run(&reference, &flow);
            let found = run(
                &Parameters {
                    repricing,
                    ..reference
                },
                &flow,
            );
            assert_eq!(
                found.trigger_day, expected.trigger_day,
                "camp {camp}, {capacity}"
            );
            for (day, other) in found.days.iter().zip(&expected.days) {
                for (y, other) in day.yields_bp.iter().zip(&other.yields_bp) {
                    largest = largest.max((y - other).abs());
                }
            }
            theirs.solves += expected.statistics.solves;
            theirs.eliminated_nodes += expected.statistics.eliminated_nodes;
            ours.solves += found.statistics.solves;
            ours.eliminated_nodes += found.statistics.eliminated_nodes;
        }
    }
    println!(
        "{known:?}: largest difference {largest:.1e} bp; pricings {} to {}, nodes eliminated {} to {}",
        theirs.solves, ours.solves, theirs.eliminated_nodes, ours.eliminated_nodes
    );
    (largest, theirs, ours)
}

#[test]
fn the_products_pricing_of_announced_sales_differs_by_less_than_is_printed() {
    let (largest, theirs, ours) = largest_difference(Known::announced(), product());
    // tenths of a basis point are printed; what is left comes from the grid, whose steps grow beyond a quarter
    assert!(largest < 0.05, "{largest}");
    // the comparison would be empty if the market were linear or both took the same way
    assert!(theirs.eliminated_nodes > 50_000 && 2 * ours.solves < theirs.solves);
}

#[test]
fn the_products_pricing_of_silent_sales_differs_by_rounding() {
    // a silent sale is news every day, so only the tolerance (1e-6 bp a node, added up over nodes and days) and ends of
    // beliefs below a thousandth of a billion are left
    let (largest, theirs, ours) = largest_difference(Known::Silent, product());
    assert!(largest < 0.005, "{largest}");
    assert!(
        theirs.eliminated_nodes > 50_000 && 5 * ours.eliminated_nodes < theirs.eliminated_nodes
    );
}

#[test]
fn kept_linearizations_find_the_same_prices() {
    let chords = Repricing {
        steps: Steps::Chord,
        ..Repricing::reference()
    };
    for known in [Known::announced(), Known::Silent] {
        let (largest, ..) = largest_difference(known, chords);
        // both stop at 1e-10 bp a node; days and nodes add up
        assert!(largest < 1e-6, "{largest}");
    }
}

#[test]
fn a_used_solver_leaves_no_trace() {
    let market = market();
    let parameters = |index: usize| {
        let (_, slope, risk_price) = CAMPS[index];
        Parameters {
            utilization_at_rest: 0.74,
            fed: Some(FedRule::central(0.5)),
            repricing: product(),
            ..Parameters::central(slope, risk_price)
        }
    };
    let mut used = Solver::new(&market, &parameters(2)).unwrap();
    for (index, known) in [
        (2, Known::Silent),
        (0, Known::announced()),
        (1, Known::Silent),
    ] {
        let flow = even(300.0, 63, &reference_mix::JAPAN, known, 120);
        used = used.renewed(&market, &parameters(index)).unwrap();
        let path = used.clear(&flow).unwrap();
        assert_eq!(path.days, run(&parameters(index), &flow).days);
    }
}

/// The sparse nodes of the draws: within one percent of the largest yield of the path, over camps, sizes and both modes.
#[test]
fn sparse_nodes_move_yields_by_less_than_one_percent() {
    let sparse = Repricing {
        nodes: Nodes::Sparse,
        ..product()
    };
    for (camp, slope, risk_price) in CAMPS {
        for (amount, days) in [(300.0, 63), (600.0, 21)] {
            for known in [Known::announced(), Known::Silent] {
                let exact = Parameters {
                    utilization_at_rest: 0.74,
                    fed: Some(FedRule::central(0.5)),
                    repricing: product(),
                    ..Parameters::central(slope, risk_price)
                };
                let flow = even(amount, days, &reference_mix::JAPAN, known, 252);
                let expected = run(&exact, &flow);
                let found = run(
                    &Parameters {
                        repricing: sparse,
                        ..exact
                    },
                    &flow,
                );
                let peak = expected
                    .days
                    .iter()
                    .flat_map(|day| day.yields_bp)
                    .fold(0.0_f64, |peak, y| peak.max(y.abs()));
                for (day, other) in found.days.iter().zip(&expected.days) {
                    for (y, other) in day.yields_bp.iter().zip(&other.yields_bp) {
                        assert!(
                            (y - other).abs() < 0.01 * peak,
                            "camp {camp}, {amount} in {days}, {known:?}: {y} against {other} (peak {peak})"
                        );
                    }
                }
            }
        }
    }
}

/// What is learned from undeclared sales changes nothing where every sale is declared: camps that differ in nothing else
/// share their paths.
#[test]
fn learning_from_silent_sales_is_idle_where_nothing_is_silent() {
    let flow = even(300.0, 63, &reference_mix::JAPAN, Known::announced(), 120);
    let (_, slope, risk_price) = CAMPS[2];
    let mut parameters = Parameters::central(slope, risk_price);
    let little = run(&parameters, &flow);
    parameters.extrapolation.share = 3.4;
    assert_eq!(run(&parameters, &flow).days, little.days);
}
