//! The derivative against differences, and the three linear ways against each other.

use super::linear::Linear;
use super::system::{Direction, Point, System};
use crate::description::{Description, Place};
use crate::tree::Game;
use brandish_math::Stream;

/// A game of private types and public moves, random payoffs, `depth` moves each with `width` actions.
pub(crate) fn types_and_moves(seed: u64, depth: usize, width: usize) -> Game {
    seated(seed, depth, width, 2)
}

/// The same with a number of players who move in turn; the first two have private types.
fn seated(seed: u64, depth: usize, width: usize, players: usize) -> Game {
    let mut stream = Stream::new(seed, 0, 0);
    let names = ["one", "two", "three", "four"];
    let mut game = Description::new("random", &names[..players]);
    let actions: Vec<String> = (0..width).map(|k| format!("a{k}")).collect();
    let root = game.chance(
        Place::Root,
        &[("ss", 0.3), ("sr", 0.2), ("rs", 0.4), ("rr", 0.1)],
    );
    let mut sets = std::collections::BTreeMap::new();
    let mut open: Vec<(Place, usize, String)> = (0..4)
        .map(|action| (Place::After { node: root, action }, action, String::new()))
        .collect();
    for level in 0..depth {
        let mut next = Vec::new();
        for (place, kind, history) in open {
            let player = level % players;
            let own = match player {
                0 => kind / 2,
                1 => kind % 2,
                _ => 0,
            };
            let key = (player, own, history.clone());
            let set = *sets
                .entry(key)
                .or_insert_with(|| game.infoset(player, &format!("{own}{history}"), &actions));
            let node = game.decision(place, set);
            for action in 0..width {
                next.push((
                    Place::After { node, action },
                    kind,
                    format!("{history}{action}"),
                ));
            }
        }
        open = next;
    }
    for (place, _, _) in open {
        let payoffs: Vec<f64> = (0..players).map(|_| stream.normal()).collect();
        game.outcome(place, &payoffs);
    }
    game.build().unwrap()
}

fn random_point(system: &System<'_>, seed: u64) -> (Vec<f64>, Point) {
    let mut stream = Stream::new(seed, 1, 0);
    let x: Vec<f64> = (0..system.unknowns()).map(|_| stream.normal()).collect();
    let mut point = Point::default();
    system.evaluate(&x, &mut point);
    (x, point)
}

/// Central differences with step 1e-6 on values of order one: error about 1e-10.
#[test]
fn derivative_agrees_with_differences() {
    let game = types_and_moves(3, 4, 3);
    let system = System::new(&game);
    let (x, point) = random_point(&system, 5);
    let (v, _) = random_point(&system, 6);
    let mut derivative = Vec::new();
    system.derivative(&point, &v, &mut Direction::default(), &mut derivative);
    let side = |step: f64| {
        let moved: Vec<f64> = x.iter().zip(&v).map(|(x, v)| x + step * v).collect();
        let (mut point, mut gaps) = (Point::default(), Vec::new());
        system.evaluate(&moved, &mut point);
        system.gaps(&point, &mut gaps);
        gaps
    };
    for ((up, down), exact) in side(1e-6).iter().zip(side(-1e-6)).zip(&derivative) {
        assert!(((up - down) / 2e-6 - exact).abs() < 1e-8);
    }
}

/// The same system three ways. Elimination has no pivoting across sets; at precision 20 the system is mild: 1e-9.
#[test]
fn linear_ways_agree() {
    // Two to four players, moves of two to six actions: every shape of block that elimination meets.
    for (seed, depth, width, players) in [
        (1, 3, 2, 2),
        (2, 4, 3, 2),
        (3, 5, 2, 2),
        (4, 3, 6, 2),
        (5, 5, 2, 3),
        (6, 4, 3, 4),
        (7, 3, 4, 3),
    ] {
        let game = seated(seed, depth, width, players);
        let system = System::new(&game);
        let (_, point) = random_point(&system, 7);
        let (right, _) = random_point(&system, 8);
        let precision = 20.0;
        let mut signs = Vec::new();
        for mut linear in [
            Linear::new(&system),
            Linear::forced(&system, false),
            Linear::forced(&system, true),
        ] {
            linear.factor(&system, &point, precision).unwrap();
            let mut y = right.clone();
            linear.solve(&system, &mut y).unwrap();
            let mut back = Vec::new();
            system.derivative(&point, &y, &mut Direction::default(), &mut back);
            for ((y, dq), right) in y.iter().zip(&back).zip(&right) {
                assert!((y - precision * dq - right).abs() < 1e-7 * (1.0 + y.abs()));
            }
            signs.extend(linear.is_negative());
        }
        assert!(signs.windows(2).all(|pair| pair[0] == pair[1]));
    }
}

/// Copies with other payoffs share the plan of their tree, and are equal to games that were never solved.
#[test]
fn copies_share_the_plan() {
    let game = types_and_moves(9, 4, 3);
    let other = game.with_payoffs(game.payoff.clone()).unwrap();
    let plan = game.shape.plan(&System::new(&game)).unwrap();
    let again = other.shape.plan(&System::new(&other)).unwrap();
    assert!(std::sync::Arc::ptr_eq(&plan, &again));
    assert_eq!(game, types_and_moves(9, 4, 3));
}
