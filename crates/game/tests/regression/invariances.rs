//! The standoff under changes of payoffs, over a grid and not at one point.

use crate::standoff::{Standoff, outcomes, probability, resolution};
use brandish_game::qre::{PathSettings, principal_qre, principal_qre_sweep, qre_near};
use std::collections::BTreeMap;

fn solved(standoff: &Standoff, lambda: f64) -> (brandish_game::Game, Vec<f64>) {
    let game = standoff.game();
    let point = principal_qre(&game, lambda, &PathSettings::default(), &|| false).unwrap();
    let profile = point.assessment.profile.probabilities().to_vec();
    (game, profile)
}

/// Cheap talk: where a brandish costs nothing, announces nothing and commits to nothing, the issuer answers it as it
/// answers silence, whatever the stakes. 1e-8: certified residual 1e-9 times a slope of order one.
#[test]
fn babbling() {
    for lambda in [0.05, 0.3] {
        for gain in [10.0, 26.0, 46.0] {
            for resolved in [0.1, 0.5] {
                let standoff = Standoff {
                    gain,
                    resolved,
                    seller: &["silent", "brandish"],
                    audience: [0.0, 0.0],
                    announcement_issuer: 0.0,
                    announcement_seller: 0.0,
                    backing_down: 0.0,
                    follow_through: false,
                    ..resolution("R1")
                };
                let (game, p) = solved(&standoff, lambda);
                for kind in ["robust", "fragile"] {
                    let silent = probability(&game, &p, &format!("U|{kind}|silent"), "concede");
                    let threat = probability(&game, &p, &format!("U|{kind}|brandish"), "concede");
                    assert!((silent - threat).abs() < 1e-8);
                }
                let soft = probability(&game, &p, "J|soft|", "brandish");
                assert!((soft - 0.5).abs() < 1e-8);
            }
        }
    }
}

/// At lambda 0.05 (stake 70 to 110, so close to even play) more damage, more resolve and more fragility each raise the
/// probability of a deal and the seller's payoff.
#[test]
fn deals_rise_with_damage_resolve_and_fragility() {
    let value = |standoff: &Standoff| -> BTreeMap<&'static str, f64> {
        let (game, p) = solved(standoff, 0.05);
        outcomes(&game, &p)
    };
    for name in ["R0", "R1", "R1e"] {
        let base = resolution(name);
        for factor in [0.5, 1.0, 1.5] {
            let at = |damage: f64, resolved: f64, fragile: f64| {
                value(&Standoff {
                    damage: base.damage.map(|value| value * damage),
                    resolved,
                    fragile,
                    ..base.clone()
                })
            };
            let here = at(factor, 0.25, 0.5);
            let mut more = vec![at(1.2 * factor, 0.25, 0.5), at(factor, 0.35, 0.5)];
            // R0 has one type of issuer, and half the damage leaves nobody fragile.
            if name != "R0" && factor >= 1.0 {
                more.push(at(factor, 0.25, 0.7));
            }
            for (which, there) in more.iter().enumerate() {
                assert!(there["deal"] > here["deal"], "{name} {factor} {which}");
                assert!(there["VJ"] > here["VJ"], "{name} {factor} {which}");
            }
        }
    }
}

/// Following the branch and jumping from a neighbor by Newton end at the same point where there is one branch.
#[test]
fn neighbors_agree() {
    let mut standoff = resolution("R1");
    let near = principal_qre(&standoff.game(), 0.2, &PathSettings::default(), &|| false).unwrap();
    standoff.resolved = 0.27;
    let game = standoff.game();
    let jumped = qre_near(&game, 0.2, &near.logits).unwrap();
    let followed = principal_qre(&game, 0.2, &PathSettings::default(), &|| false).unwrap();
    assert!(
        jumped
            .assessment
            .profile
            .distance(&followed.assessment.profile)
            < 1e-9
    );
}

/// The prototype lost this branch: R3 at lambda = 1 folds eight times on the way. What comes back is certified.
#[test]
fn four_rounds_at_high_precision() {
    let game = resolution("R3").game();
    let sweep = principal_qre_sweep(&game, &[0.2, 1.0], &PathSettings::default(), &|| false);
    let point = sweep.unwrap().pop().unwrap();
    assert!(point.residual <= 1e-9);
    assert!(point.agent_regret < 1.0);
    assert_eq!(point.folds.len() % 2, 0);
}

/// The same bits twice.
#[test]
fn same_bits() {
    let game = resolution("R1e").game();
    let solve = || principal_qre(&game, 0.2, &PathSettings::default(), &|| false).unwrap();
    assert_eq!(solve(), solve());
}
