//! Random games: what every answer must satisfy, whatever the game.

use brandish_game::qre::{PathSettings, principal_qre_sweep, sequential_candidate};
use brandish_game::{
    Assessment, Description, Game, GameError, Place, best_response, expected_payoffs, nash_regrets,
    read_efg, write_efg,
};
use brandish_math::Stream;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// How a random game is told to differ without being another game.
#[derive(Clone, Copy, Default)]
pub struct Disguise {
    /// Actions of every move and chance branches in reverse order, labels changed.
    pub reversed: bool,
    /// The second player's first type comes twice, with its prior split 30 to 70.
    pub split: bool,
    /// Payoffs times this, plus a constant.
    pub scale: f64,
    pub shift: f64,
}

/// Private types of two players, public moves in turn, random widths and payoffs. The same seed and another disguise give
/// the same game in other words. Information sets are labelled by owner, type and public history in the plain words.
pub fn random_game(seed: u64, disguise: Disguise) -> Game {
    let mut shape = Stream::new(seed, 0, 0);
    let depth = 1 + (shape.uniform() * 3.0) as usize;
    let widths: Vec<usize> = (0..=depth)
        .map(|_| 2 + (shape.uniform() * 2.0) as usize)
        .collect();
    let priors: Vec<f64> = {
        let raw: Vec<f64> = (0..4).map(|_| 0.2 + shape.uniform()).collect();
        let sum: f64 = raw.iter().sum();
        raw.iter().map(|value| value / sum).collect()
    };
    let mut game = Description::new("random", &["one", "two"]);
    // Chance: (plain type of one, plain type of two, copy of two's type, probability).
    let mut branches = Vec::new();
    for one in 0..2 {
        for two in 0..2 {
            let prior = priors[one * 2 + two];
            if disguise.split && two == 0 {
                branches.push((one, two, 0, 0.3 * prior));
                branches.push((one, two, 1, 0.7 * prior));
            } else {
                branches.push((one, two, 0, prior));
            }
        }
    }
    if disguise.reversed {
        branches.reverse();
    }
    let actions: Vec<(String, f64)> = branches
        .iter()
        .map(|(one, two, copy, prior)| (format!("{one}{two}{copy}"), *prior))
        .collect();
    let root = game.chance(Place::Root, &actions);
    let mut sets = BTreeMap::new();
    let mut open: Vec<(Place, (usize, usize, usize), String)> = branches
        .iter()
        .enumerate()
        .map(|(action, b)| {
            (
                Place::After { node: root, action },
                (b.0, b.1, b.2),
                String::new(),
            )
        })
        .collect();
    for (level, width) in widths.iter().enumerate() {
        let mut next = Vec::new();
        for (place, kind, history) in open {
            let player = level % 2;
            let own = if player == 0 {
                (kind.0, 0)
            } else {
                (kind.1, kind.2)
            };
            let set = *sets
                .entry((player, own, history.clone()))
                .or_insert_with(|| {
                    let labels: Vec<String> = (0..*width).map(|k| format!("a{k}")).collect();
                    let label = format!("{}.{} {history}", own.0, own.1);
                    game.infoset(player, &label, &labels)
                });
            let node = game.decision(place, set);
            for action in 0..*width {
                let plain = if disguise.reversed {
                    width - 1 - action
                } else {
                    action
                };
                next.push((
                    Place::After { node, action },
                    kind,
                    format!("{history}{plain}"),
                ));
            }
        }
        open = next;
    }
    for (place, kind, history) in open {
        // Payoffs hang on types and history only.
        let code = history
            .bytes()
            .fold(0u64, |code, byte| code * 4 + u64::from(byte - b'0') + 1);
        let mut draw = Stream::new(seed, 1 + code, (kind.0 * 2 + kind.1) as u64);
        let payoffs = [draw.normal(), draw.normal()];
        game.outcome(
            place,
            &payoffs.map(|value| disguise.shift + disguise.scale * value),
        );
    }
    game.build().unwrap()
}

pub const PLAIN: Disguise = Disguise {
    reversed: false,
    split: false,
    scale: 1.0,
    shift: 0.0,
};

/// The probability of each plain action, by owner, plain type and plain history.
fn strategies(game: &Game, profile: &[f64], reversed: bool) -> BTreeMap<(usize, String), f64> {
    let mut result = BTreeMap::new();
    for set in 0..game.infosets() {
        let slots: Vec<usize> = game.actions_at(set).collect();
        for (action, slot) in slots.iter().enumerate() {
            let plain = if reversed {
                slots.len() - 1 - action
            } else {
                action
            };
            let key = format!("{} -> {plain}", game.infoset_label(set));
            result.insert((game.owner(set), key), profile[*slot]);
        }
    }
    result
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Residual as promised, beliefs by Bayes, regrets zero or more, payoffs as expected, agents never regret more than
    /// their player could gain where they are reached.
    #[test]
    fn points_keep_their_promises(seed in 0u64..100_000) {
        let game = random_game(seed, PLAIN);
        let lambdas = [0.3, 1.0];
        let sweep = principal_qre_sweep(&game, &lambdas, &PathSettings::default(), &|| false).unwrap();
        for point in sweep {
            prop_assert!(point.residual <= 1e-9);
            let bayes = Assessment::bayes(&game, point.assessment.profile.clone()).unwrap();
            for (one, two) in bayes.beliefs.iter().zip(&point.assessment.beliefs) {
                prop_assert!((one - two).abs() < 1e-12);
            }
            // A quantal response is in logits what it says: p_a / p_b = exp(lambda (Q_a - Q_b)).
            let values = point.assessment.action_values(&game);
            let p = point.assessment.profile.probabilities();
            for set in 0..game.infosets() {
                let range = game.actions_at(set);
                for slot in range.clone() {
                    let gap = point.lambda * (values[slot] - values[range.start]);
                    prop_assert!(((p[slot] / p[range.start]).ln() - gap).abs() < 1e-8);
                }
            }
            let payoffs = expected_payoffs(&game, &point.assessment.profile);
            for (player, payoff) in payoffs.iter().enumerate() {
                let best = best_response(&game, &point.assessment.profile, player).unwrap();
                prop_assert!(best.value >= payoff - 1e-12);
            }
            prop_assert!(point.agent_regret >= 0.0);
        }
    }

    /// The limit is sequentially rational under its beliefs, and then nobody gains by a best response either.
    #[test]
    fn limits_are_sequentially_rational(seed in 0u64..100_000) {
        let game = random_game(seed, PLAIN);
        match sequential_candidate(&game, &PathSettings::default(), &|| false) {
            Ok(limit) => {
                prop_assert!(limit.relative_regret <= 1e-6);
                let allowed = 1e-6 * game.stake();
                prop_assert!(limit.assessment.is_sequentially_rational(&game, allowed));
                // At most a handful of moves on a path, each worth at most the agent regret.
                for regret in nash_regrets(&game, &limit.assessment.profile).unwrap() {
                    prop_assert!(regret <= 10.0 * allowed);
                }
            }
            // Refusing is legal; handing out a wrong point is not.
            Err(GameError::PathLost { .. } | GameError::NotCertified { .. } | GameError::NotSettled { .. } | GameError::NoConvergence { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }

    /// Order and names of moves, scale with 1 / lambda and constants change nothing; 1e-9 is the certified residual.
    #[test]
    fn disguises_change_nothing(seed in 0u64..100_000, scale in 0.1f64..50.0, shift in -100.0f64..100.0) {
        let plain = random_game(seed, PLAIN);
        let other = random_game(seed, Disguise { reversed: true, split: false, scale, shift });
        let settings = PathSettings::default();
        let one = principal_qre_sweep(&plain, &[0.8], &settings, &|| false).unwrap().remove(0);
        let two = principal_qre_sweep(&other, &[0.8 / scale], &settings, &|| false).unwrap().remove(0);
        let one = strategies(&plain, one.assessment.profile.probabilities(), false);
        let two = strategies(&other, two.assessment.profile.probabilities(), true);
        prop_assert_eq!(one.len(), two.len());
        for (key, value) in &one {
            prop_assert!((two[key] - value).abs() < 1e-9, "{:?}", key);
        }
    }

    /// A type told twice, with its prior split, plays as the one type did, and so does everyone else.
    #[test]
    fn split_types_change_nothing(seed in 0u64..100_000) {
        let plain = random_game(seed, PLAIN);
        let split = random_game(seed, Disguise { split: true, ..PLAIN });
        let settings = PathSettings::default();
        let one = principal_qre_sweep(&plain, &[0.8], &settings, &|| false).unwrap().remove(0);
        let two = principal_qre_sweep(&split, &[0.8], &settings, &|| false).unwrap().remove(0);
        let one = strategies(&plain, one.assessment.profile.probabilities(), false);
        for (key, value) in strategies(&split, two.assessment.profile.probabilities(), false) {
            let key = (key.0, key.1.replacen("0.1 ", "0.0 ", 1));
            prop_assert!((one[&key] - value).abs() < 1e-9, "{:?}", key);
        }
    }

    /// Written and read again, a game is the same text and has the same solution.
    #[test]
    fn texts_come_back(seed in 0u64..100_000) {
        let game = random_game(seed, PLAIN);
        let text = write_efg(&game);
        let back = read_efg(text.as_bytes()).unwrap();
        prop_assert!(back.warnings.is_empty());
        prop_assert_eq!(write_efg(&back.game), text);
        prop_assert_eq!(back.game.stake(), game.stake());
        let again = read_efg(write_efg(&back.game).as_bytes()).unwrap();
        prop_assert_eq!(again.game, back.game);
    }
}

/// Refusing is legal, but seldom: at most one random game in fifty.
#[test]
fn limits_are_seldom_refused() {
    let refused: Vec<(u64, String)> = (0..100)
        .filter_map(|seed| {
            let game = random_game(seed, PLAIN);
            let found = sequential_candidate(&game, &PathSettings::default(), &|| false);
            found.err().map(|error| (seed, error.to_string()))
        })
        .collect();
    assert!(refused.len() <= 2, "{refused:#?}");
}
