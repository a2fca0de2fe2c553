//! Limits where precision alone would mislead.
//!
//! Players who count in different units, a choice beside a lottery, ties, beliefs on the path: the answers follow by hand from
//! dominance, symmetry or Bayes' rule. Tolerances say how far a limit by extrapolation may be off.

use brandish_game::qre::{PathSettings, sequential_candidate};
use brandish_game::{Game, SequentialCandidate, reach, read_efg, read_nfg};
use proptest::prelude::*;

fn limit(game: &Game) -> SequentialCandidate {
    sequential_candidate(game, &PathSettings::default(), &|| false).unwrap()
}

fn dilemma(unit: f64) -> Game {
    let text = format!(
        "NFG 1 R \"dilemma\" {{ \"row\" \"column\" }} {{ 2 2 }}\n{} 3 {} 0 0 5 {} 1\n",
        3.0 * unit,
        5.0 * unit,
        unit
    );
    read_nfg(text.as_bytes()).unwrap().game
}

/// A prisoner's dilemma in which one player counts in a millionth of the other's unit: both defect, whatever the unit (strict
/// dominance). 1e-6 of a probability is what counts as settled.
#[test]
fn a_small_unit_does_not_hide_dominance() {
    for unit in [1.0, 1e3, 1e5, 1e6] {
        let found = limit(&dilemma(unit));
        for (slot, want) in [0.0, 1.0, 0.0, 1.0].iter().enumerate() {
            let got = found.assessment.profile.probabilities()[slot];
            assert!((got - want).abs() < 1e-6, "unit {unit}, slot {slot}: {got}");
        }
    }
}

/// A choice worth one after a lottery over two million, unobserved: one is more than nothing.
#[test]
fn a_lottery_does_not_hide_a_choice() {
    let text = "EFG 2 R \"\" { \"a\" }\nc \"\" 1 \"\" { \"u\" 1/2 \"d\" 1/2 } 0\n\
                p \"\" 1 1 \"\" { \"good\" \"bad\" } 0\nt \"\" 1 \"\" { 1000001 }\nt \"\" 2 \"\" { 1000000 }\n\
                p \"\" 1 1 \"\" { \"good\" \"bad\" } 0\nt \"\" 3 \"\" { -999999 }\nt \"\" 4 \"\" { -1000000 }\n";
    let game = read_efg(text.as_bytes()).unwrap().game;
    let found = limit(&game);
    assert!(found.assessment.profile.probabilities()[0] > 1.0 - 1e-6);
}

/// A player whose two actions pay the same against everything mixes evenly, and the other's dominated actions vanish fast: an
/// extrapolation that takes every error for c / lambda would miss one half by half a percent.
#[test]
fn a_tie_stays_even() {
    let text = "NFG 1 R \"tie\" { \"P0\" \"P1\" } { 2 3 }\n1 2 1 2 0 0 1 2 0 1 2 1\n";
    let game = read_nfg(text.as_bytes()).unwrap().game;
    let found = limit(&game);
    let p = found.assessment.profile.probabilities();
    // While P0 mixes P1's first action pays more than the others, and against it P0 gets 1 from both of his own.
    assert!(p[2] > 1.0 - 1e-6, "{p:?}");
    assert!((p[0] - 0.5).abs() < 1e-4, "{p:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// On the path beliefs are Bayes' rule of the strategies that are printed, to rounding (1e-12). Random signaling games.
    #[test]
    fn beliefs_on_the_path_follow_from_the_strategies(
        prior in 0.1f64..0.9,
        payoffs in proptest::collection::vec(-9i32..=9, 16),
    ) {
        let mut text = format!(
            "EFG 2 R \"\" {{ \"s\" \"r\" }}\nc \"\" 1 \"\" {{ \"x\" {prior} \"y\" {} }} 0\n",
            1.0 - prior
        );
        for (number, pair) in payoffs.chunks(2).enumerate() {
            if number % 4 == 0 {
                text.push_str(&format!("p \"\" 1 {} \"\" {{ \"l\" \"r\" }} 0\n", number / 4 + 1));
            }
            if number % 2 == 0 {
                text.push_str(&format!("p \"\" 2 {} \"\" {{ \"u\" \"d\" }} 0\n", number / 2 % 2 + 1));
            }
            text.push_str(&format!("t \"\" {} \"\" {{ {}, {} }}\n", number + 1, pair[0], pair[1]));
        }
        let game = read_efg(text.as_bytes()).unwrap().game;
        let Ok(found) = sequential_candidate(&game, &PathSettings::default(), &|| false) else {
            return Ok(());
        };
        let reach = reach(&game, &found.assessment.profile);
        for set in 0..game.infosets() {
            let sum: f64 = game.members(set).map(|node| reach[node]).sum();
            if sum > 1e-3 {
                for (node, place) in game.members(set).zip(game.beliefs_at(set)) {
                    let bayes = reach[node] / sum;
                    prop_assert!((found.assessment.beliefs[place] - bayes).abs() < 1e-12);
                }
            }
        }
    }
}
