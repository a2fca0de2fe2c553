//! Properties of the richest tree the product solves, cut to two rounds: hints, assurances, small sales, a market that spikes, a
//! joiner, pauses and backstops, all players and types.
//!
//! The small trees are tested in `properties`; what holds there for want of moves must hold here too. Equal answers to silence and
//! to a threat without cost (babbling) are not among it: here nature's odds of a spike depend on what the seller did, and a
//! threat opens other moves, so the game after it is another one whatever the words are worth.

use brandish_card::{Closing, Judgements, Priors, Stakes, Start, Structure, Tree, close, read};
use brandish_game::qre::{PathSettings, principal_qre};

use crate::beliefs::assert_revisions_average_to_zero;
use crate::support::{by_hand, judgements};

/// All moves, two rounds.
fn tree(j: &Judgements, resolved: f64, fragile: f64) -> Tree {
    let everything = Structure::named("R4").unwrap();
    let structure = Structure {
        rounds: everything.rounds[..2].to_vec(),
        ..everything
    };
    let priors = Priors {
        resolved,
        fragile,
        opportunist: 0.3,
    };
    Tree::build(&structure, j, priors).unwrap()
}

/// Stakes in which every move costs or wins something.
fn stakes(factor: f64) -> Stakes {
    Stakes {
        pause: [4.0, 2.0],
        pause_relief: 0.5,
        spike: [1.0, 6.0],
        announcement: [0.1, 1.0],
        ..by_hand([20.0 * factor, 70.0 * factor])
    }
}

#[test]
fn rich_revisions_average_to_zero() {
    let tree = tree(&judgements(), 0.25, 0.5);
    let closing = Closing::at(0.1, None);
    let solved = close(&tree, &stakes(1.0), &closing, Start::Belief(0.0), &|| false).unwrap();
    assert_revisions_average_to_zero(&tree, &solved, "two rounds of R4");
}

/// Payoffs times k at lambda over k, and payoffs with a constant added to each player, are the same game.
#[test]
fn rich_scale_and_constants_are_free() {
    let tree = tree(&judgements(), 0.25, 0.5);
    let beliefs = vec![0.1; tree.public.len()];
    let payoffs = tree.payoffs(&stakes(1.0), &beliefs, 0.1);
    let players = tree.game.players().len();
    assert_eq!(players, 3);
    let play = |payoffs: Vec<f64>, lambda: f64| {
        let game = tree.game.with_payoffs(payoffs).unwrap();
        principal_qre(&game, lambda, &PathSettings::default(), &|| false)
            .unwrap()
            .assessment
            .profile
    };
    let k = 5.0;
    let scaled = payoffs.iter().map(|value| k * value).collect();
    let constants = [11.0, -7.0, 3.0];
    // Payoffs add up along a path: what is added at every end is added once.
    let mut moved = payoffs.clone();
    for end in &tree.ends {
        for (player, constant) in constants.into_iter().enumerate() {
            moved[end.node * players + player] += constant;
        }
    }
    let one = play(payoffs.clone(), 0.1);
    // Certified residuals are 1e-9 in logits.
    assert!(one.distance(&play(scaled, 0.1 / k)) < 1e-8);
    assert!(one.distance(&play(moved, 0.1)) < 1e-8);
}

/// More damage, more resolve and more fragility each raise the probability of a deal and the seller's payoff, as in the small trees
/// and at the same lambda.
#[test]
fn rich_deals_rise_with_damage_resolve_and_fragility() {
    let j = judgements();
    let at = |factor: f64, resolved: f64, fragile: f64| {
        let tree = tree(&j, resolved, fragile);
        let stakes = stakes(factor);
        let closing = Closing::at(0.05, None);
        let solved = close(&tree, &stakes, &closing, Start::Belief(0.0), &|| false).unwrap();
        let reading = read(&tree, &stakes, &solved);
        (reading.deal, reading.values.seller())
    };
    let here = at(1.0, 0.25, 0.5);
    for there in [at(1.3, 0.25, 0.5), at(1.0, 0.4, 0.5), at(1.0, 0.25, 0.7)] {
        assert!(there.0 > here.0 && there.1 > here.1, "{here:?} {there:?}");
    }
}
