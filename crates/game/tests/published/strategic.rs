//! Games in strategic form whose quantal responses are known in closed form: bifurcation, fold, several branches.

use crate::fixtures::on;
use brandish_game::qre::{
    Origin, PathSettings, SearchSettings, Target, find_branches, principal_qre, principal_qre_sweep,
};
use brandish_game::{Game, read_nfg};

/// Two players who want to do the same thing: (a, a) for both up, (b, b) for both down.
fn coordination(a: f64, b: f64) -> Game {
    let text =
        format!("NFG 1 R \"coordination\" {{ \"one\" \"two\" }} {{ 2 2 }} {a} {a} 0 0 0 0 {b} {b}");
    read_nfg(text.as_bytes()).unwrap().game
}

/// p = 1 / (1 + exp(-lambda (2 q - 1))) and the same for q: at even odds the slope of the composed map is (lambda / 2)^2, so
/// the symmetric branch bifurcates at lambda = 2 exactly. Beyond it x = lambda tanh(x / 2) has two more solutions.
#[test]
fn pitchfork_of_coordination() {
    let game = coordination(1.0, 1.0);
    let point = principal_qre(&game, 3.0, &PathSettings::default(), &on()).unwrap();
    assert!(
        point
            .assessment
            .profile
            .probabilities()
            .iter()
            .all(|p| (p - 0.5).abs() < 1e-12)
    );
    assert_eq!(point.bifurcations.len(), 1);
    // Reported to 2^-10 of a step, and steps are below 2 here.
    assert!((point.bifurcations[0].lambda - 2.0).abs() < 2e-3);
    let search = SearchSettings {
        starts: 0,
        ..SearchSettings::default()
    };
    let found = find_branches(&game, Target::Lambda(3.0), &search, &on()).unwrap();
    assert_eq!(found.branches.len(), 3);
    assert!(matches!(found.branches[0].origin, Origin::Principal));
    let mut x = 3.0f64;
    for _ in 0..200 {
        x = 3.0 * (0.5 * x).tanh();
    }
    let p = 1.0 / (1.0 + (-x).exp());
    let mut firsts: Vec<f64> = found
        .branches
        .iter()
        .map(|branch| branch.end.assessment.profile.probabilities()[0])
        .collect();
    firsts.sort_by(f64::total_cmp);
    for (have, want) in firsts.iter().zip([1.0 - p, 0.5, p]) {
        assert!((have - want).abs() < 1e-10);
    }
    for branch in &found.branches[1..] {
        let Origin::Crossing {
            branch: from,
            lambda,
        } = branch.origin
        else {
            panic!("{:?}", branch.origin);
        };
        assert_eq!(from, 0);
        // Located to 2^-30 of a step.
        assert!((lambda - 2.0).abs() < 1e-6);
    }
}

/// Unequal stakes: the principal branch goes to the better equilibrium; the worse one and the mixed one (up with
/// b / (a + b)) hang together on a branch that never touches it and are found by search.
#[test]
fn branches_that_do_not_touch() {
    let game = coordination(3.0, 1.0);
    let found = find_branches(&game, Target::Limit, &SearchSettings::default(), &on()).unwrap();
    let mut firsts: Vec<f64> = found
        .branches
        .iter()
        .map(|branch| branch.end.assessment.profile.probabilities()[0])
        .collect();
    assert!((firsts[0] - 1.0).abs() < 1e-5);
    firsts.sort_by(f64::total_cmp);
    assert_eq!(firsts.len(), 3);
    assert!(firsts[0] < 1e-5);
    // At the end of a branch the mixed probability is off by order 1 / L, L about 1e5 or more.
    assert!((firsts[1] - 0.25).abs() < 1e-4);
}

/// Matching pennies with one payoff of 9 (McKelvey and Palfrey 1995, Ochs's game 3 shape): the quantal response solves
/// p = s(lambda (10 q - 1)), q = s(lambda (1 - 2 p)), s the logistic function; checked by substitution. In the limit
/// q = 1/10 and p = 1/2.
#[test]
fn lopsided_matching_pennies() {
    let text = br#"NFG 1 R "pennies" { "row" "column" } { { "up" "down" } { "left" "right" } }
        9 0  0 1  0 1  1 0"#;
    let game = read_nfg(text).unwrap().game;
    let lambdas = [0.1, 1.0, 10.0, 1000.0];
    let sweep = principal_qre_sweep(&game, &lambdas, &PathSettings::default(), &on()).unwrap();
    for (lambda, point) in lambdas.iter().zip(&sweep) {
        let values = point.assessment.profile.probabilities();
        let (p, q) = (values[0], values[2]);
        let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
        // Slopes of the logistic times lambda carry rounding of 1e-16 x 9 lambda into p.
        assert!((p - logistic(lambda * (10.0 * q - 1.0))).abs() < 1e-11);
        assert!((q - logistic(lambda * (1.0 - 2.0 * p))).abs() < 1e-11);
    }
    let last = sweep.last().unwrap().assessment.profile.probabilities();
    assert!((last[0] - 0.5).abs() < 2e-3 && (last[2] - 0.1).abs() < 1e-3);
}

/// Gambit writes strategic forms as `NFG 1`, with labels and outcomes or with counts and payoffs; both say the same game. A hand-written
/// `NFG 2` is read alike, a version that does not exist is refused.
#[test]
fn both_spellings_of_gambits_strategic_form_are_one_game() {
    let outcomes = "NFG 1 R \"battle\" { \"row\" \"column\" }\n\n{ { \"1\" \"2\" }\n{ \"1\" \"2\" }\n}\n\"\"\n\n\
         {\n{ \"\" 3, 2 }\n{ \"\" 0, 0 }\n{ \"\" 2, 3 }\n}\n1 2 2 3\n";
    let payoffs = "NFG 1 R \"battle\" { \"row\" \"column\" } { 2 2 } 3 2 0 0 0 0 2 3";
    let strategies = |text: &str| {
        let game = read_nfg(text.as_bytes()).unwrap().game;
        let point = principal_qre(&game, 0.3, &PathSettings::default(), &on()).unwrap();
        point.assessment.profile.probabilities().to_vec()
    };
    let first = strategies(outcomes);
    assert_eq!(first, strategies(payoffs));
    assert_eq!(first, strategies(&payoffs.replace("NFG 1", "NFG 2")));
    // 3, 2 against 0, 0 and 2, 3: the row's first strategy pays more at even odds
    assert!(first[0] > 0.5);
    let problem = read_nfg(payoffs.replace("NFG 1", "NFG 3").as_bytes());
    assert!(
        problem
            .unwrap_err()
            .to_string()
            .contains("the version of the format")
    );
}
