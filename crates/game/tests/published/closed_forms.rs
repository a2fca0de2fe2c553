//! The standoff where it can be solved by hand.

use crate::fixtures::on;
use crate::standoff::{outcomes, probability, resolution};
use brandish_game::qre::{PathSettings, sequential_candidate};

/// R0. Symbols: W gain of a concession, L its cost to the issuer, b1 more after a threat, D damage of a sale, a audience
/// cost, delay and ann the cost of no deal and of the announcement to each side, q prior of resolve ($bn):
///   mu* = (L + b1 - delay_U) / D,  p* = (a + ann_J) / (W + delay_J + a),  beta = q (1 - mu*) / ((1 - q) mu*).
/// Below mu* the resolved type brandishes, the soft type bluffs with beta and the issuer concedes with p*; above, both
/// brandish and the issuer concedes.
#[test]
fn one_round() {
    let (w, l, d, a, b1, ann_j, delay_j, delay_u) = (26.0, 14.0, 45.0, 10.0, 3.0, 1.0, 3.0, 1.0);
    let threshold = (l + b1 - delay_u) / d;
    let concession = (a + ann_j) / (w + delay_j + a);
    // The figures of the hand calculation, four digits.
    assert!((threshold - 0.3556f64).abs() < 5e-5 && (concession - 0.2821f64).abs() < 5e-5);
    for (q, printed) in [(0.1, 0.2014), (0.25, 0.6042), (0.3, 0.7768), (0.45, 1.0)] {
        let mut standoff = resolution("R0");
        standoff.resolved = q;
        let game = standoff.game();
        let limit = sequential_candidate(&game, &PathSettings::default(), &on()).unwrap();
        let p = limit.assessment.profile.probabilities();
        let (bluff, concede) = if q < threshold {
            (q * (1.0 - threshold) / ((1.0 - q) * threshold), concession)
        } else {
            (1.0, 1.0)
        };
        assert!((bluff - printed).abs() < 5e-5);
        // Extrapolation leaves an error of order 1 / L^2 with L above 400.
        for (set, action, value) in [
            ("J|soft|", "brandish", bluff),
            ("J|resolved|", "brandish", 1.0),
            ("U|robust|brandish", "concede", concede),
            ("U|robust|silent", "concede", 0.0),
            ("JF|soft|brandish>hold", "sell", 0.0),
            ("JF|resolved|brandish>hold", "sell", 1.0),
        ] {
            let have = probability(&game, p, set, action);
            assert!((have - value).abs() < 1e-6, "q {q}: {set} {action} {have}");
        }
        assert!(limit.relative_regret <= 1e-6);
    }
}

/// R1 in the rational limit, by hand: both types brandish, a fragile issuer (probability f) concedes, a robust one does not,
/// and the resolved seller sells: P(deal) = f, P(sale) = q (1 - f), brandish without sale 1 - q (1 - f).
#[test]
fn two_rounds() {
    let standoff = resolution("R1");
    let game = standoff.game();
    let limit = sequential_candidate(&game, &PathSettings::default(), &on()).unwrap();
    let have = outcomes(&game, limit.assessment.profile.probabilities());
    let (q, f) = (standoff.resolved, standoff.fragile);
    assert!((have["deal"] - f).abs() < 1e-6);
    assert!((have["sell"] - q * (1.0 - f)).abs() < 1e-6);
    assert!((have["brandish_nosell"] - (1.0 - q * (1.0 - f))).abs() < 1e-6);
    // The branch turns twice on the way, so steps that ignore the angle end elsewhere.
    assert_eq!(limit.last.folds.len(), 2);
}
