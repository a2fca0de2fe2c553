//! Announcement closure and public histories.

use brandish_card::{Closing, Solved, Start, Tree, close, close_from_everywhere};
use brandish_game::reach;
use brandish_scenario::file::CampName;

use crate::support::{engine, judgements, solve, stakes, tree};

/// Beliefs of what can follow average to the belief before, also where a sale stays hidden; so revisions average to zero.
#[test]
fn revisions_average_to_zero() {
    let (j, engine) = (judgements(), engine("japan-card"));
    for structure in ["R1e", "R2", "quiet"] {
        let tree = tree(structure, &j, 0.25, 0.5);
        let stakes = stakes(&engine, CampName::C, structure, &j);
        let (solved, _) = solve(&tree, &stakes, 0.2);
        assert_revisions_average_to_zero(&tree, &solved, structure);
    }
}

/// The same for any closed equilibrium.
pub fn assert_revisions_average_to_zero(tree: &Tree, solved: &Solved, structure: &str) {
    let reach = reach(&solved.game, &solved.point.assessment.profile);
    // Mass of every public history: of the nodes at which it begins.
    let mut mass = vec![0.0; tree.public.len()];
    for (node, reach) in reach.iter().enumerate() {
        let public = tree.public_of[node];
        let begins = tree
            .game
            .parent(node)
            .is_none_or(|parent| tree.public_of[parent] != public);
        if begins {
            mass[public] += reach;
        }
    }
    let mut followed = vec![(0.0, 0.0); tree.public.len()];
    for (at, history) in tree.public.iter().enumerate() {
        if let Some(before) = history.before {
            followed[before].0 += mass[at];
            followed[before].1 += mass[at] * solved.beliefs[at];
        }
    }
    let mut checked = 0;
    for (at, (weight, sum)) in followed.into_iter().enumerate() {
        if weight > 0.0 && mass[at] > 1e-9 {
            assert!((weight / mass[at] - 1.0).abs() < 1e-9, "{structure} {at}");
            // Sums over at most a few dozen nodes.
            assert!(
                (sum / weight - solved.beliefs[at]).abs() < 1e-10,
                "{structure} {at}"
            );
            checked += 1;
        }
    }
    assert!(checked > 20, "{structure} {checked}");
}

/// The equilibrium handed out is one of the game whose payoffs hold the beliefs that it gives.
#[test]
fn closed_points_are_fixed_points() {
    let (j, engine) = (judgements(), engine("japan-card"));
    let tree = tree("R2", &j, 0.25, 0.5);
    for camp in [CampName::S, CampName::F] {
        let stakes = stakes(&engine, camp, "R2", &j);
        let closing = Closing::at(0.2, None);
        let all = close_from_everywhere(&tree, &stakes, &closing, &|| false).unwrap();
        assert!(all.failed.is_empty());
        let solved = &all.found[0];
        assert!(solved.left <= 1e-9 && solved.point.residual <= 1e-9);
        let again = close(&tree, &stakes, &closing, Start::Near(solved), &|| false).unwrap();
        for (one, two) in solved.beliefs.iter().zip(&again.beliefs) {
            assert!((one - two).abs() < 1e-8);
        }
    }
}

/// With a declared belief before the first word, payoffs count announcements from there: a lower one makes every month dearer.
#[test]
fn a_declared_prior_moves_payoffs() {
    let (j, engine) = (judgements(), engine("japan-card"));
    let tree = tree("R2", &j, 0.25, 0.5);
    let stakes = stakes(&engine, CampName::F, "R2", &j);
    let issuer = |prior| {
        let closing = Closing::at(0.2, Some(prior));
        let solved = close(&tree, &stakes, &closing, Start::Belief(0.0), &|| false).unwrap();
        assert_eq!(solved.prior, prior);
        brandish_card::read(&tree, &stakes, &solved).values.issuer
    };
    assert!(issuer(0.02) < issuer(0.3));
}

/// A quiet sale is hidden until it is published: before, the issuer has one information set for silence and quiet selling.
#[test]
fn quiet_sales_stay_hidden() {
    let j = judgements();
    let tree = tree("quiet", &j, 0.25, 0.5);
    let game = &tree.game;
    let labels: Vec<&str> = (0..game.infosets())
        .filter(|set| game.owner(*set) == 1)
        .map(|set| game.infoset_label(set))
        .collect();
    assert!(labels.iter().all(|label| !label.contains("quietly")));
    assert!(labels.iter().any(|label| label.contains("sale published")));
    // Silence and a quiet sale lead to nodes of one set: more nodes than the two types of the seller.
    let set = (0..game.infosets())
        .find(|set| game.infoset_label(*set) == "robust|silent>calm")
        .unwrap();
    assert_eq!(game.members(set).len(), 4);
}
