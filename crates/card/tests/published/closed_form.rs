//! The one-round game against its solution by hand, over a grid of payoffs.

use brandish_card::{Crossing, Stakes, crossing};
use brandish_game::Game;
use brandish_game::qre::{PathSettings, sequential_candidate};

use crate::support::{by_hand, judgements, sale, tree};

fn play(game: &Game, p: &[f64], set: &str, action: &str) -> f64 {
    let set = (0..game.infosets())
        .find(|number| game.infoset_label(*number) == set)
        .unwrap();
    let slot = game
        .actions_at(set)
        .find(|slot| game.action_label(*slot) == action)
        .unwrap();
    p[slot]
}

/// mu* = (L + b1 - delay_U) / D, p* = a / (W + delay_J + a), beta = q (1 - mu*) / ((1 - q) mu*). Below mu* the resolved type
/// threatens, the soft type bluffs with beta and the issuer concedes with p*; above, both threaten and the issuer concedes; with
/// mu* above one the threat is useless and the issuer holds.
#[test]
fn one_round_over_a_grid() {
    let j = judgements();
    let mut cases = 0;
    for q in [0.1, 0.25, 0.3, 0.45, 0.7] {
        for damage in [12.0, 30.0, 45.0, 80.0] {
            for (gain, audience) in [(26.0, 10.0), (40.0, 10.0), (26.0, 20.0)] {
                let stakes = Stakes {
                    deal_gain: gain,
                    audience: [audience; 2],
                    big: sale([damage, damage]),
                    ..by_hand([damage, damage])
                };
                let threshold = (14.0 + 3.0 - 1.0) / damage;
                // Next to the threshold the limit is approached too slowly to be certified.
                if (q / threshold - 1.0f64).abs() < 0.05 || (threshold - 1.0f64).abs() < 0.05 {
                    continue;
                }
                let tree = tree("R0", &j, q, 0.5);
                let beliefs = vec![0.0; tree.public.len()];
                let payoffs = tree.payoffs(&stakes, &beliefs, 0.0);
                let game = tree.game.with_payoffs(payoffs).unwrap();
                let limit =
                    sequential_candidate(&game, &PathSettings::default(), &|| false).unwrap();
                let p = limit.assessment.profile.probabilities();
                let concede = audience / (gain + 3.0 + audience);
                let wanted = if threshold > 1.0 {
                    // A failed threat costs both types something and wins nothing.
                    [0.0, 0.0, 0.0]
                } else if q < threshold {
                    let bluff = q * (1.0 - threshold) / ((1.0 - q) * threshold);
                    [bluff, 1.0, concede]
                } else {
                    [1.0, 1.0, 1.0]
                };
                let have = [
                    play(&game, p, "soft|", "brandish"),
                    play(&game, p, "resolved|", "brandish"),
                    play(&game, p, "robust|brandish", "concede"),
                ];
                // The extrapolated limit is off by order 1 / (lambda x stake)^2.
                for (have, want) in have.iter().zip(wanted) {
                    assert!(
                        (have - want).abs() < 1e-5,
                        "q {q} damage {damage} gain {gain} audience {audience}: {have:?} {wanted:?}"
                    );
                }
                assert!(play(&game, p, "robust|silent", "concede") < 1e-6);
                cases += 1;
            }
        }
    }
    assert!(cases > 40, "{cases}");
}

/// A failed threat costs each type the cheaper of selling and folding; where that is more for the resolved type, threatening
/// signals weakness.
#[test]
fn single_crossing() {
    let check = |stakes: &Stakes, weakness: bool| -> Crossing {
        let found = crossing(stakes);
        assert_eq!(found.signals_weakness(), weakness);
        found
    };
    let usual = by_hand([45.0, 70.0]);
    let found = check(&usual, false);
    assert_eq!(found.failed_threat, [10.0, 4.0]);
    let proud = Stakes {
        audience: [6.0, 30.0],
        security: [50.0, 18.0],
        ..usual
    };
    let found = check(&proud, true);
    assert_eq!(found.failed_threat, [6.0, 18.0]);
    let same = Stakes {
        security: [50.0, 40.0],
        ..usual
    };
    assert!(crossing(&same).tells_nothing());
}
