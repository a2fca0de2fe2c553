//! Properties over grids of payoffs.

use brandish_card::{
    CardError, Closing, OnBranch, Priors, SaleStakes, Stakes, Start, Structure, Tree, card_value,
    close, end_payoff, read,
};
use brandish_scenario::branches::{Backstop, Branch, Disclosure, EngineDraw};
use brandish_scenario::file::CampName;

use crate::support::{by_hand, engine, judgements, sale, solve, stakes, tree};

/// The sizes that can be counted by hand: two types, silent or brandish, concede or hold, carry out or fold.
#[test]
fn one_round_has_nineteen_nodes() {
    let tree = tree("R0", &judgements(), 0.25, 0.5);
    let game = &tree.game;
    assert_eq!((game.nodes(), game.infosets(), game.actions()), (19, 6, 12));
}

/// Cheap talk: where the card costs, does and commits to nothing, the issuer answers a threat as he answers silence. 1e-8: the
/// certified residual is 1e-9 in logits.
#[test]
fn babbling() {
    let j = judgements();
    for structure in ["R0", "R1", "R2", "R3"] {
        for lambda in [0.05, 0.3] {
            for gain in [10.0, 40.0] {
                let stakes = Stakes {
                    deal_gain: gain,
                    ..by_hand([45.0, 70.0])
                }
                .without_card();
                let tree = tree(structure, &j, 0.3, 0.5);
                let (solved, _) = solve(&tree, &stakes, lambda);
                let game = &solved.game;
                let of = |label: &str| {
                    let set = (0..game.infosets())
                        .find(|set| game.infoset_label(*set) == label)
                        .unwrap();
                    solved.point.assessment.profile.at(game, set)[0]
                };
                let kinds: &[&str] = if structure == "R0" {
                    &["robust"]
                } else {
                    &["robust", "fragile"]
                };
                for kind in kinds {
                    let silent = of(&format!("{kind}|silent"));
                    let threat = of(&format!("{kind}|brandish"));
                    assert!((silent - threat).abs() < 1e-8, "{structure} {lambda}");
                }
            }
        }
    }
}

/// A seller's value is the sum of its parts, and the parts are those of the game.
#[test]
fn values_add_up() {
    let (j, engine) = (judgements(), engine("japan-card"));
    for structure in ["R2", "quiet"] {
        let tree = tree(structure, &j, 0.25, 0.5);
        let stakes = stakes(&engine, CampName::C, structure, &j);
        let (solved, reading) = solve(&tree, &stakes, 0.2);
        let payoffs = &solved.point.payoffs;
        // A few thousand ends are summed in another order.
        assert!((reading.values.seller() - payoffs[0]).abs() < 1e-9);
        assert!((reading.values.issuer - payoffs[1]).abs() < 1e-9);
        let types = 0.75 * reading.seller_by_type[0] + 0.25 * reading.seller_by_type[1];
        assert!((types - payoffs[0]).abs() < 1e-9);
        let none = stakes.without_card();
        let (_, without) = solve(&tree, &none, 0.2);
        let value = card_value(&reading, &without);
        let parts = value.deterred + value.compelled + value.time + value.cost;
        assert!((parts - value.seller).abs() < 1e-9);
        let months: f64 = reading.deal_by_round.iter().sum();
        assert!((months - reading.deal).abs() < 1e-12);
        // A card that does nothing is worth nothing.
        assert_eq!(card_value(&without, &without).seller, 0.0);
        assert_eq!(without.values.card, 0.0);
    }
}

/// At lambda 0.05 more damage, more resolve and more fragility each raise the probability of a deal and the seller's payoff.
#[test]
fn deals_rise_with_damage_resolve_and_fragility() {
    let j = judgements();
    let at = |structure: &str, factor: f64, resolved: f64, fragile: f64| {
        let stakes = by_hand([20.0 * factor, 70.0 * factor]);
        let tree = tree(structure, &j, resolved, fragile);
        let reading = solve(&tree, &stakes, 0.05).1;
        (reading.deal, reading.values.seller())
    };
    for structure in ["R1", "R1e", "R2"] {
        for factor in [1.0, 1.5] {
            let here = at(structure, factor, 0.25, 0.5);
            for there in [
                at(structure, 1.2 * factor, 0.25, 0.5),
                at(structure, factor, 0.35, 0.5),
                at(structure, factor, 0.25, 0.7),
            ] {
                assert!(there.0 > here.0 && there.1 > here.1, "{structure} {factor}");
            }
        }
    }
}

/// A sale that does no damage is worth nothing to the seller as players become rational: the loss from playing with it by
/// mistake is at most c / lambda.
#[test]
fn a_harmless_card_is_worth_nothing_in_the_limit() {
    let j = judgements();
    for structure in ["R0", "R1", "R2"] {
        for resolved in [0.1, 0.4] {
            let tree = tree(structure, &j, resolved, 0.5);
            let stakes = Stakes {
                big: sale([0.0, 0.0]),
                concede_after: [0.0, 0.0],
                ..by_hand([0.0, 0.0])
            };
            let value = |lambda: f64| {
                let with = solve(&tree, &stakes, lambda).1;
                let without = solve(&tree, &stakes.without_card(), lambda).1;
                card_value(&with, &without).seller
            };
            for lambda in [1.0, 4.0, 16.0] {
                // Four actions a round and at most three rounds, each wasting less than one over lambda on average.
                assert!(value(lambda).abs() < 12.0 / lambda, "{structure} {lambda}");
            }
        }
    }
}

/// A seller who is almost surely soft has almost no card: nobody concedes to a bluff that nobody would follow up. Worth is at most
/// what players waste at lambda (as above) and what a resolved type could win, weighted by his prior.
#[test]
fn a_card_nobody_would_play_is_worth_nothing_in_the_limit() {
    let j = judgements();
    let resolved = 1e-3;
    for structure in ["R0", "R1"] {
        let tree = tree(structure, &j, resolved, 0.5);
        let stakes = by_hand([45.0, 45.0]);
        for lambda in [1.0, 4.0, 16.0] {
            let with = solve(&tree, &stakes, lambda).1;
            let without = solve(&tree, &stakes.without_card(), lambda).1;
            let value = card_value(&with, &without).seller;
            let allowed = 12.0 / lambda + resolved * (26.0 + 2.0 * 3.0);
            assert!(value.abs() < allowed, "{structure} {lambda} {value}");
        }
    }
}

/// Payoffs times k at lambda over k are the same game.
#[test]
fn scale_is_free() {
    let j = judgements();
    let tree = tree("R1e", &j, 0.25, 0.5);
    let one = by_hand([20.0, 70.0]);
    let k = 7.0;
    let beliefs = vec![0.0; tree.public.len()];
    let payoffs = tree.payoffs(&one, &beliefs, 0.0);
    let scaled: Vec<f64> = payoffs.iter().map(|value| k * value).collect();
    let settings = brandish_game::qre::PathSettings::default();
    let point = |payoffs: Vec<f64>, lambda: f64| {
        let game = tree.game.with_payoffs(payoffs).unwrap();
        brandish_game::qre::principal_qre(&game, lambda, &settings, &|| false).unwrap()
    };
    let (small, large) = (point(payoffs, 0.2), point(scaled, 0.2 / k));
    assert!(small.assessment.profile.distance(&large.assessment.profile) < 1e-9);
}

/// Payoffs at ends by hand: a threat carried out in the second round by a resolved seller against a fragile issuer.
#[test]
fn an_end_by_hand() {
    use brandish_card::{Sold, State, Types, Words};
    let stakes = Stakes {
        big: brandish_card::SaleBranches {
            by_joined_backstop: [[SaleStakes {
                damage: [20.0, 70.0],
                market_cost: 2.5,
                joiner_mark: -1.0,
                yen_gain: 0.5,
                yen_cost: 0.25,
            }; 2]; 2],
        },
        announcement: [0.1, 2.0],
        ..by_hand([20.0, 70.0])
    };
    let rounds = brandish_card::Structure::named("R3").unwrap().rounds;
    let state = State {
        rounds: 4,
        words: Words::Explicit,
        threatened: true,
        sold: Sold::Big,
        carried_out: true,
        escalated_round: 2,
        ..State::default()
    };
    let types = Types {
        seller: 1,
        issuer: 1,
        joiner: 0,
    };
    let pay = end_payoff(&stakes, &rounds, &state, types, 0.5);
    // Four months of delay at 3; no deal 26; escalation 30; sale 2.5 + 0.25 + 4; announcement 0.05.
    assert!((pay.seller() - (-12.0 - 26.0 - 30.0 - 6.75 - 0.05)).abs() < 1e-12);
    // Delay 4; no deal + 14; escalation - 8; damage 70; yen + 0.5; announcement 1.
    assert!((pay.issuer - (-4.0 + 14.0 - 8.0 - 70.0 + 0.5 - 1.0)).abs() < 1e-12);
    // A tenth of the damage and his own marks.
    assert!((pay.joiner - (7.0 - 1.0)).abs() < 1e-12);
}

/// With prohibitive damage the issuer concedes more as the size of the threat grows, and a threat can be too large to be
/// credible: where the sale costs its seller more than folding, damage no longer counts.
#[test]
fn a_threat_can_be_too_large() {
    let j = judgements();
    let tree = tree("R1", &j, 0.25, 0.5);
    let deal = |size: f64| {
        let base = by_hand([20.0 * size, 70.0 * size]);
        // The cost of selling grows faster than the damage.
        let stakes = Stakes {
            security: [50.0 * size * size, 4.0 * size * size * size],
            ..base
        };
        let solved = solve(&tree, &stakes, 0.2);
        read(&tree, &stakes, &solved.0).values.seller()
    };
    let values: Vec<f64> = [0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0].map(deal).to_vec();
    let best = values
        .iter()
        .enumerate()
        .max_by(|one, two| one.1.total_cmp(two.1))
        .unwrap()
        .0;
    assert!(best > 0 && best < values.len() - 1, "{values:?}");
}

/// For almost all payoffs the principal branch meets no other (McKelvey and Palfrey 1998, section 3): where it seems to, two
/// branches pass each other closely and a step leapt between them. The game of camp F has such a place near lambda x
/// stake 97; a solver that takes it for a crossing follows the other branch back to precision zero.
#[test]
fn branches_that_pass_each_other_do_not_cross() {
    let (j, engine) = (judgements(), engine("japan-card"));
    let tree = tree("R2", &j, 0.25, 0.5);
    let stakes = stakes(&engine, CampName::F, "R2", &j);
    let (solved, _) = solve(&tree, &stakes, 0.2);
    let game = &solved.game;
    let lambda = 150.0 / game.stake();
    let point = brandish_game::qre::principal_qre(
        game,
        lambda,
        &brandish_game::qre::PathSettings::default(),
        &|| false,
    )
    .unwrap();
    assert!(point.bifurcations.is_empty(), "{:?}", point.bifurcations);
    assert!(point.residual <= 1e-9);
}

/// Started next to the central equilibrium, Newton's method can land on a branch that the principal one does not pass first:
/// in camp F with an audience cost of 25 the four-round game has two branches that differ in some probability by 0.58.
/// Whatever the start, the answer is the first passage of the principal branch of its own game.
#[test]
fn the_answer_lies_on_the_principal_branch() {
    let engine = engine("japan-card");
    let judgements = judgements();
    let closing = Closing::at(0.2, None);
    for (structure, camp, audience) in [("R3", CampName::F, 25.0), ("R2", CampName::C, 25.0)] {
        let tree = tree(structure, &judgements, 0.25, 0.5);
        let central = solve(&tree, &stakes(&engine, camp, structure, &judgements), 0.2).0;
        let moved = judgements
            .with("audience_resolved_usd_bn", audience)
            .unwrap();
        let stakes = stakes(&engine, camp, structure, &moved);
        let close = |start| close(&tree, &stakes, &closing, start, &|| false).unwrap();
        let (near, anew) = (close(Start::Near(&central)), close(Start::Belief(0.0)));
        for solved in [&near, &anew] {
            assert!(matches!(solved.branch, OnBranch::Principal { .. }));
            let settings = brandish_game::qre::PathSettings::default();
            let first =
                brandish_game::qre::principal_qre(&solved.game, 0.2, &settings, &|| false).unwrap();
            let play = &solved.point.assessment.profile;
            // Both are polished to rounding.
            assert!(
                first.assessment.profile.distance(play) < 1e-9,
                "{structure}"
            );
        }
        // Beliefs are closed to 1e-9, and a belief moves no payoff by more than a few $bn.
        let apart = near
            .point
            .assessment
            .profile
            .distance(&anew.point.assessment.profile);
        assert!(apart < 1e-6, "{structure}: {apart}");
    }
}

/// Worth in camp C jumps between $770bn and $780bn because the engine's outcome does: ten-year yields then rise by more than the
/// fifty basis points in ten days that trigger the Fed's rule, and its purchases come weeks earlier. Without the Fed the same
/// two sales differ by little more than their sizes do.
#[test]
fn worth_jumps_where_the_fed_comes_earlier() {
    let engine = engine("japan-card");
    let outcome = |amount: f64, backstop| {
        let branch = Branch {
            amount: brandish_units::Usd::from_bn(amount),
            joined: brandish_units::Usd::from_bn(0.0),
            disclosure: Disclosure::Declared,
            backstop,
            days: None,
        };
        engine
            .outcomes(CampName::C, EngineDraw::Central, &[branch])
            .unwrap()[0]
    };
    let cost = |amount, backstop| outcome(amount, backstop).execution_loss.bn();
    let change = |backstop| cost(780.0, backstop) / cost(770.0, backstop) - 1.0;
    // Sizes differ by 1.3 percent; the loss grows with about the square.
    assert!((0.0..0.05).contains(&change(Backstop::None)));
    assert!(change(Backstop::AsInScenario) < -0.2);
    let day = |amount| outcome(amount, Backstop::AsInScenario).fed_day.unwrap();
    assert!(day(780.0) + 5 < day(770.0), "{} {}", day(780.0), day(770.0));
}

/// The largest standoff is millions of nodes: a stop is heard long before they all stand.
#[test]
fn a_stop_is_heard_while_the_tree_is_built() {
    let judgements = judgements();
    let asked = std::cell::Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 2
    };
    let structure = Structure::named("R4").unwrap();
    let priors = Priors::of(&judgements);
    let built = Tree::build_unless(&structure, &judgements, priors, &stop);
    assert!(matches!(built, Err(CardError::Stopped)));
    // The third question is answered with a stop, and at most one more is asked at the end.
    assert!(asked.get() <= 4, "{}", asked.get());
}
