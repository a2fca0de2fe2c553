//! Where rounds of belief and play go in circles.

use brandish_card::{Closing, OnBranch, Start, close, close_from_everywhere};
use brandish_game::qre::{PathSettings, principal_qre};
use brandish_scenario::file::CampName;

use crate::support::{engine, judgements, stakes, tree};

/// At lambda 1 the first passages of camp C's game give beliefs whose games have their first passage elsewhere, and back. Rounds
/// end as soon as that shows; what is handed out all the same agrees with its own beliefs, and is not called the first passage
/// that it is not.
#[test]
fn rounds_in_circles_end() {
    let (j, engine) = (judgements(), engine("japan-card"));
    let tree = tree("R2", &j, 0.25, 0.5);
    let stakes = stakes(&engine, CampName::C, "R2", &j);
    let closing = Closing::at(1.0, None);
    let start = Start::Threat {
        after: 0.0,
        otherwise: 1.0,
    };
    let solved = close(&tree, &stakes, &closing, start, &|| false).unwrap();
    assert!(solved.point.residual <= 1e-9 && solved.left <= closing.tolerance);
    let first = principal_qre(&solved.game, 1.0, &PathSettings::default(), &|| false).unwrap();
    let apart = first
        .assessment
        .profile
        .distance(&solved.point.assessment.profile);
    // 1e-6 is the distance at which two answers are called one.
    match solved.branch {
        OnBranch::Principal { .. } => assert!(apart < 1e-6),
        OnBranch::Other => assert!(apart >= 1e-6),
        OnBranch::Unseen => panic!("the principal branch is seen here"),
    }
}

/// Beliefs that differ between threats and the rest lead to the fixed point that disbelief leads to, where there is one only.
#[test]
fn starts_that_differ_meet() {
    let (j, engine) = (judgements(), engine("japan-card"));
    let tree = tree("R2", &j, 0.25, 0.5);
    for camp in [CampName::S, CampName::C, CampName::F] {
        let stakes = stakes(&engine, camp, "R2", &j);
        let closing = Closing::at(0.2, None);
        let all = close_from_everywhere(&tree, &stakes, &closing, &|| false).unwrap();
        assert!(all.failed.is_empty() && all.found.len() == 1);
        assert!(all.found[0].compares());
    }
}
