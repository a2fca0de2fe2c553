//! The games under `games/`, each against the equilibrium its README states.

use crate::fixtures::{on, play, profile, shipped};
use brandish_game::qre::{PathSettings, sequential_candidate};
use brandish_game::{
    Assessment, CfrSettings, GameError, best_response, cfr_plus, expected_payoffs, exploitability,
    nash_regrets,
};

/// Probabilities of the extrapolated limit: the extrapolation cancels 1/L, and L is above 1e4 in all of these, so what is
/// left is of order 1/L^2, far below this.
const LIMIT: f64 = 1e-6;

#[test]
fn stripped_down_poker() {
    let game = shipped("reiley2008/stripped_down_poker.efg");
    let limit = sequential_candidate(&game, &PathSettings::default(), &on()).unwrap();
    let at = |player, set, action| play(&game, &limit.assessment.profile, player, set, action);
    assert!((at(0, "king", "bet") - 1.0).abs() < LIMIT);
    assert!((at(0, "queen", "bet") - 1.0 / 3.0).abs() < LIMIT);
    assert!((at(1, "after bet", "call") - 2.0 / 3.0).abs() < LIMIT);
    assert!((limit.payoffs[0] - 1.0 / 3.0).abs() < LIMIT);
    // The belief after a bet: king with 3/4, from (1/2) / (1/2 + 1/6).
    let set = game.find_infoset(1, "after bet").unwrap();
    assert!((limit.assessment.beliefs[game.beliefs_at(set)][0] - 0.75).abs() < LIMIT);
}

#[test]
fn asymmetric_matching_pennies() {
    let game = shipped("goeree2001/matching_pennies.efg");
    let limit = sequential_candidate(&game, &PathSettings::default(), &on()).unwrap();
    let at = |player, set, action| play(&game, &limit.assessment.profile, player, set, action);
    assert!((at(0, "row", "top") - 0.5).abs() < LIMIT);
    assert!((at(1, "column", "left") - 0.125).abs() < LIMIT);
    // Row gets 320/8 + 40 7/8 = 75, column 60.
    assert!((limit.payoffs[0] - 75.0).abs() < 300.0 * LIMIT);
    assert!((limit.payoffs[1] - 60.0).abs() < 300.0 * LIMIT);
}

#[test]
fn kuhn_poker() {
    let game = shipped("kuhn1950/poker.efg");
    let limit = sequential_candidate(&game, &PathSettings::default(), &on()).unwrap();
    assert!((limit.payoffs[0] + 1.0 / 18.0).abs() < LIMIT);
    let p = &limit.assessment.profile;
    let bluff = play(&game, p, 0, "J", "bet");
    assert!((0.0..=1.0 / 3.0 + LIMIT).contains(&bluff));
    assert!((play(&game, p, 0, "K", "bet") - 3.0 * bluff).abs() < LIMIT);
    assert!((play(&game, p, 0, "Q bet into", "call") - bluff - 1.0 / 3.0).abs() < LIMIT);
    for (set, action, value) in [
        ("J checked to", "bet", 1.0 / 3.0),
        ("Q checked to", "bet", 0.0),
        ("K checked to", "bet", 1.0),
        ("J bet into", "call", 0.0),
        ("Q bet into", "call", 1.0 / 3.0),
        ("K bet into", "call", 1.0),
    ] {
        assert!(
            (play(&game, p, 1, set, action) - value).abs() < LIMIT,
            "{set}"
        );
    }
}

/// Regret minimization knows nothing of logits and comes to the same value. Exploitability bounds the error of the value.
#[test]
fn poker_by_regret_minimization() {
    for (path, value) in [
        ("kuhn1950/poker.efg", -1.0 / 18.0),
        ("reiley2008/stripped_down_poker.efg", 1.0 / 3.0),
    ] {
        let game = shipped(path);
        let settings = CfrSettings {
            exploitability: 1e-5,
            ..CfrSettings::default()
        };
        let found = cfr_plus(&game, &settings, &on()).unwrap();
        assert!(found.exploitability <= 1e-5);
        assert!((found.payoffs[0] - value).abs() <= 2e-5, "{path}");
        assert_eq!(
            exploitability(&game, &found.profile).unwrap(),
            found.exploitability
        );
        let best = best_response(&game, &found.profile, 0).unwrap();
        assert!(best.value >= value - 1e-12);
    }
    let horse = shipped("selten1975/horse.efg");
    let refused = cfr_plus(&horse, &CfrSettings::default(), &on());
    assert!(matches!(refused, Err(GameError::Players { count: 3, .. })));
}

#[test]
fn selten_horse() {
    let game = shipped("selten1975/horse.efg");
    let limit = sequential_candidate(&game, &PathSettings::default(), &on()).unwrap();
    let p = &limit.assessment.profile;
    assert!((play(&game, p, 0, "one", "across") - 1.0).abs() < LIMIT);
    assert!((play(&game, p, 1, "two", "across") - 1.0).abs() < LIMIT);
    assert!(play(&game, p, 2, "three", "left") <= 0.25 + LIMIT);
    assert!(limit.assessment.is_sequentially_rational(&game, 1e-6));
    // The other equilibrium: Nash, but two is irrational off the path whatever three believes.
    let other = profile(
        &game,
        &[
            (0, "one", "down", 1.0),
            (1, "two", "across", 1.0),
            (2, "three", "left", 1.0),
        ],
    );
    assert_eq!(nash_regrets(&game, &other).unwrap(), [0.0, 0.0, 0.0]);
    assert!(matches!(
        Assessment::bayes(&game, other.clone()),
        Err(GameError::NoBayes { .. })
    ));
    let three = game.find_infoset(2, "three").unwrap();
    let two = game.find_infoset(1, "two").unwrap();
    let mut beliefs = vec![1.0; 4];
    // Three is reached from one's move only.
    for (node, place) in game.members(three).zip(game.beliefs_at(three)) {
        beliefs[place] = f64::from(game.parent(node) == Some(0));
    }
    let assessment = Assessment::new(&game, other, beliefs).unwrap();
    let regrets = assessment.agent_regrets(&game);
    assert_eq!(regrets[two], 3.0);
    assert!(!assessment.is_sequentially_rational(&game, 1.0));
}

#[test]
fn agents_are_not_players() {
    let game = shipped("myerson1991/figure_4_2.efg");
    let agents = profile(
        &game,
        &[
            (0, "first", "B", 1.0),
            (0, "second", "Z", 1.0),
            (1, "two", "W", 1.0),
        ],
    );
    assert_eq!(expected_payoffs(&game, &agents), [2.0, 3.0]);
    assert_eq!(nash_regrets(&game, &agents).unwrap(), [1.0, 0.0]);
    let best = best_response(&game, &agents, 0).unwrap();
    assert_eq!(best.value, 3.0);
    let limit = sequential_candidate(&game, &PathSettings::default(), &on()).unwrap();
    for regret in &limit.nash_regrets {
        assert!(*regret < 1e-5);
    }
}

#[test]
fn centipede() {
    let game = shipped("mckelvey1992/centipede_four_moves.efg");
    let limit = sequential_candidate(&game, &PathSettings::default(), &on()).unwrap();
    for set in 0..game.infosets() {
        assert!((limit.assessment.profile.at(&game, set)[0] - 1.0).abs() < LIMIT);
    }
    assert!((limit.payoffs[0] - 0.4).abs() < LIMIT);
}

#[test]
fn chain_store() {
    let game = shipped("selten1978/chain_store_three_towns.efg");
    let limit = sequential_candidate(&game, &PathSettings::default(), &on()).unwrap();
    for (payoff, value) in limit.payoffs.iter().zip([6.0, 2.0, 2.0, 2.0]) {
        assert!((payoff - value).abs() < LIMIT);
    }
    for set in 0..game.infosets() {
        let rational = if game.owner(set) == 0 { "share" } else { "in" };
        let value = game
            .actions_at(set)
            .find(|slot| game.action_label(*slot) == rational)
            .unwrap();
        let p = limit.assessment.profile.probabilities()[value];
        assert!((p - 1.0).abs() < LIMIT);
    }
    // Fighting the first entrant and everyone staying out after a fight is an equilibrium, and not sequential.
    let mut deter: Vec<(usize, String, &str)> = Vec::new();
    for set in 0..game.infosets() {
        let label = game.infoset_label(set).to_string();
        let action = if game.owner(set) == 0 { "fight" } else { "out" };
        deter.push((game.owner(set), label, action));
    }
    let wanted: Vec<(usize, &str, &str, f64)> = deter
        .iter()
        .map(|(player, label, action)| (*player, label.as_str(), *action, 1.0))
        .collect();
    let deterrence = profile(&game, &wanted);
    assert_eq!(nash_regrets(&game, &deterrence).unwrap(), [0.0; 4]);
    assert_eq!(expected_payoffs(&game, &deterrence), [15.0, 1.0, 1.0, 1.0]);
}
