//! Bad games are refused with place, value and remedy.

use brandish_game::qre::{PathSettings, principal_qre};
use brandish_game::{Description, GameError, Place, read_efg, read_nfg};

/// Each text and what its refusal must say.
const TEXTS: &[(&str, &str)] = &[
    ("", "line 1, column 1: expected \"EFG 2 R\""),
    (
        "EFG 1 R \"t\"",
        "the version of the format (whole number 2 to 2)",
    ),
    ("EFG 2 R \"t\" { }", "no players"),
    (
        "EFG 2 R \"t\" { \"a\" }\n\nq",
        "line 3, column 1: expected a node",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nt \"\" 1 \"\" { 1, 2 }",
        "expected 1 payoffs",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nt \"\" 1 \"\" { }",
        "expected 1 payoffs in braces (read 0)",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nt \"\" 1 \"\" { nan }",
        "expected 1 payoffs",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nt \"\" 1 \"\" { 1e999 }",
        "\"1e999\" is not a finite number",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nt \"\" 1 \"\" { 1e200 }",
        "line 2: node 0: payoff 1",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nt \"\" 7",
        "payoffs of this new outcome",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\np \"\" 2 1 \"\" { \"x\" } 0",
        "expected the player (whole number 1 to 1)",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\np \"\" 1 1 \"\" { \"x\" \"y\" } 0\nt \"\" 1 \"\" { 1 }",
        "line 3, column 16: expected a node",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nc \"\" 1 \"\" { \"x\" 1/2 \"y\" 1/3 } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 1",
        "line 2: node 0: chance probabilities add to 0.8333",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nc \"\" 1 \"\" { \"x\" -1/2 \"y\" 3/2 } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 1",
        "probability -0.5 of action 0",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nt \"\" 1 \"\" { 1 }\nt \"\" 1",
        "the end of the text",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nt \"never closed",
        "label without closing quote",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\np \"\" 1 1 \"first\" { \"x\" \"y\" } 0\np \"\" 1 2 \"second\" { \"x\" \"y\" } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 1\np \"\" 1 2 \"second\" { \"x\" \"y\" } 0\nt \"\" 1\nt \"\" 1",
        "line 6: no perfect recall: player a cannot tell nodes 1 and 4 of information set \"second\" apart",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\nc \"\" 1 \"\" { \"x\" 1 \"y\" 0 } 0\nt \"\" 1 \"\" { 1 }\np \"\" 1 1 \"dark\" { \"x\" } 0\nt \"\" 1",
        "line 4: information set \"dark\" (first node 2) is reached with probability zero",
    ),
    (
        "EFG 2 R \"t\" { \"a\" }\np \"\" 1 1 \"\" { \"x\" } 0\np \"\" 1 1 \"\" { \"y\" } 0\nt \"\" 1 \"\" { 1 }",
        "information set 1 of player 1 (ending here) was defined before with other actions",
    ),
];

#[test]
fn texts_are_refused_with_place_and_reason() {
    for (text, want) in TEXTS {
        let refused = read_efg(text.as_bytes()).unwrap_err().to_string();
        assert!(
            refused.contains(want),
            "{text}\n  says: {refused}\n  want: {want}"
        );
    }
    let refused = read_nfg(b"NFG 1 R \"t\" { \"a\" \"b\" } { 2 2 } 1 2 3").unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("a payoff of combination 2 of 4"),
        "{refused}"
    );
    let refused = read_nfg(b"NFG 1 R \"t\" { \"a\" \"b\" } { 3000 3000 } 1").unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("more than 5000000 combinations"),
        "{refused}"
    );
}

#[test]
fn duplicate_labels_are_warnings() {
    let text = b"EFG 2 R \"t\" { \"a\" \"a\" }\np \"\" 1 1 \"s\" { \"x\" \"x\" } 0\np \"\" 1 2 \"s\" { \"x\" \"y\" } 0\nt \"\" 0\nt \"\" 1 \"\" { 1, 2 }\nt \"\" 1";
    let reading = read_efg(text).unwrap();
    let lines: Vec<(usize, &str)> = reading
        .warnings
        .iter()
        .map(|warning| (warning.line, warning.message.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (1, "two players are called \"a\""),
            (2, "information set 1 of player 1 has two actions \"x\""),
            (
                3,
                "information sets 1 and 2 of player 1 have the same label \"s\""
            ),
            (4, "end without outcome: nobody collects anything there"),
        ]
    );
}

#[test]
fn descriptions_are_checked() {
    let one = |fill: &dyn Fn(&mut Description)| {
        let mut game = Description::new("t", &["a"]);
        fill(&mut game);
        game.build().unwrap_err()
    };
    assert_eq!(one(&|_| {}), GameError::Roots { count: 0 });
    assert!(matches!(
        Description::new("t", &[]).build(),
        Err(GameError::Players { .. })
    ));
    let error = one(&|game| {
        let set = game.infoset(0, "s", &["x", "y"]);
        let node = game.decision(Place::Root, set);
        game.outcome(Place::After { node, action: 0 }, &[1.0]);
    });
    assert_eq!(error, GameError::MissingChild { node: 0, action: 1 });
    let error = one(&|game| {
        let set = game.infoset(0, "s", &["x"]);
        let node = game.decision(Place::Root, set);
        game.outcome(Place::After { node, action: 0 }, &[1.0]);
        game.outcome(Place::After { node, action: 0 }, &[1.0]);
    });
    assert_eq!(error, GameError::TwoChildren { node: 0, action: 0 });
    let error = one(&|game| {
        game.decision(Place::Root, 4);
    });
    assert!(matches!(error, GameError::Undeclared { index: 4, .. }));
    let error = one(&|game| {
        game.infoset(0, "s", &["x"]);
        game.outcome(Place::Root, &[1.0]);
    });
    assert!(matches!(error, GameError::EmptyInfoset { infoset: 0, .. }));
    let error = one(&|game| {
        game.outcome(Place::Root, &[f64::NAN]);
    });
    assert!(matches!(
        error,
        GameError::Payoff {
            node: 0,
            player: 0,
            ..
        }
    ));
    let error = one(&|game| {
        game.outcome(Place::After { node: 0, action: 0 }, &[1.0]);
    });
    assert!(matches!(error, GameError::Undeclared { .. }));
}

#[test]
fn solvers_stop_and_refuse() {
    let game = crate::standoff::resolution("R1").game();
    let count = std::cell::Cell::new(0);
    let stop = || {
        count.set(count.get() + 1);
        count.get() > 5
    };
    let stopped = principal_qre(&game, 1.0, &PathSettings::default(), &stop).unwrap_err();
    assert!(matches!(stopped, GameError::Stopped { steps: 5, .. }));
    let short = PathSettings {
        maximum_steps: 3,
        ..PathSettings::default()
    };
    let lost = principal_qre(&game, 1.0, &short, &|| false).unwrap_err();
    assert!(matches!(lost, GameError::PathLost { .. }));
    for lambda in [-1.0, f64::NAN, f64::INFINITY] {
        let refused = principal_qre(&game, lambda, &PathSettings::default(), &|| false);
        assert!(matches!(refused, Err(GameError::Setting { .. })));
    }
}
