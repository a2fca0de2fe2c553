//! `brandish game`: points with certificates, refusals with their place and the right exit code.

use serde_json::Value;

use super::support::Place;

const POKER: &str = include_str!("../../../../games/kuhn1950/poker.efg");
const COORDINATION: &str = "NFG 1 R \"coordination\" { \"one\" \"two\" } { 2 2 } 1 1 0 0 0 0 1 1";

fn solved(place: &Place, options: &[&str]) -> Vec<Value> {
    let arguments = [&["game", "solve"], options, &["--format", "json"]].concat();
    serde_json::from_str(&place.brandish(&arguments).ends_with(0).out).unwrap()
}

#[test]
fn a_game_is_solved_with_its_certificates() {
    let place = Place::new();
    place.write("poker.efg", POKER);
    place
        .brandish(&["game", "solve", "poker.efg"])
        .ends_with(0)
        .says("Sequential equilibrium candidate")
        .says("J checked to");
    let found = solved(&place, &["poker.efg"]);
    assert_eq!(found[0]["label"], "sequential_equilibrium_candidate");
    // Kuhn (1950): the value of the game is -1/18; limits carry an error far below 1e-6 here.
    assert!((found[0]["payoffs"][0].as_f64().unwrap() + 1.0 / 18.0).abs() < 1e-6);
    let points = solved(&place, &["poker.efg", "--lambda", "0.5,1"]);
    assert_eq!(points.len(), 2);
    for point in &points {
        assert_eq!(point["label"], "quantal_response");
        assert!(point["certificates"]["residual"].as_f64().unwrap() <= 1e-9);
    }
    let cfr = solved(&place, &["poker.efg", "--method", "cfr"]);
    assert!((cfr[0]["payoffs"][0].as_f64().unwrap() + 1.0 / 18.0).abs() < 2e-4);
    place
        .brandish(&["game", "solve", "poker.efg", "--format", "csv"])
        .ends_with(0)
        .says("label,branch,lambda,kind,player,infoset,name,value");
}

#[test]
fn every_branch_is_found_and_told_apart() {
    let place = Place::new();
    place.write("coordination.nfg", COORDINATION);
    // At lambda 3 the pitchfork of symmetric coordination (at lambda 2) has three branches.
    let found = solved(&place, &["coordination.nfg", "--lambda", "3", "--branches"]);
    assert_eq!(found.len(), 3);
}

#[test]
fn a_converted_game_is_the_same_game() {
    let place = Place::new();
    place.write("poker.efg", POKER);
    place.write("coordination.nfg", COORDINATION);
    for name in ["poker.efg", "coordination.nfg"] {
        place
            .brandish(&["game", "convert", name, "-o", "again.efg"])
            .ends_with(0);
        let one = place.brandish(&["game", "show", name]);
        let two = place.brandish(&["game", "show", "again.efg"]);
        one.ends_with(0).says("perfect recall");
        assert_eq!(one.out, two.ends_with(0).out);
    }
}

#[test]
fn what_is_no_game_is_refused_with_its_line() {
    let place = Place::new();
    place.write(
        "missing.efg",
        "EFG 2 R \"t\" { \"a\" }\n\nt \"\" 1 \"\" { nan }\n",
    );
    place
        .brandish(&["game", "solve", "missing.efg"])
        .ends_with(2)
        .complains("missing.efg:3:");
    place.write(
        "forgetful.efg",
        "EFG 2 R \"t\" { \"a\" }\np \"\" 1 1 \"first\" { \"x\" \"y\" } 0\np \"\" 1 2 \"second\" { \"x\" \"y\" } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 1\np \"\" 1 2 \"second\" { \"x\" \"y\" } 0\nt \"\" 1\nt \"\" 1\n",
    );
    place
        .brandish(&["game", "show", "forgetful.efg"])
        .ends_with(2)
        .complains("forgetful.efg:6: no perfect recall");
    place
        .brandish(&["game", "solve", "absent.efg"])
        .ends_with(2)
        .complains("cannot read absent.efg");
}

#[test]
fn what_cannot_be_certified_ends_with_three_and_prints_no_point() {
    let place = Place::new();
    place.write("poker.efg", POKER);
    let late = place.brandish(&["game", "solve", "poker.efg", "--time-limit", "0"]);
    late.ends_with(3).complains("no point was certified");
    assert!(late.out.is_empty());
    let rough = place.brandish(&[
        "game",
        "solve",
        "poker.efg",
        "--method",
        "cfr",
        "--exploitability",
        "1e-14",
        "--time-limit",
        "2",
    ]);
    rough.ends_with(3);
    assert!(rough.out.is_empty());
    place.write("coordination.nfg", COORDINATION);
    place
        .brandish(&["game", "solve", "coordination.nfg", "--method", "cfr"])
        .ends_with(2)
        .complains("constant sum");
}

/// Precisions are refused with the value and what to write instead, before the file is looked at.
#[test]
fn precisions_that_are_none_are_refused() {
    let place = Place::new();
    place.write("coordination.nfg", COORDINATION);
    for (text, want) in [
        ("-1", "--lambda -1: -1 is below zero"),
        ("-1,2", "--lambda -1,2: -1 is below zero"),
        ("abc", "--lambda abc: \"abc\" is not a number"),
        ("nan", "--lambda nan: \"nan\" is no finite number"),
        ("0", "--lambda 0: at 0 every action is equally likely"),
        ("2,1", "--lambda 2,1: 1 comes after 2"),
    ] {
        let refused = place.brandish(&["game", "solve", "coordination.nfg", "--lambda", text]);
        refused
            .ends_with(2)
            .complains(want)
            .complains("give numbers above zero, ascending");
    }
    place
        .brandish(&["game", "solve", "coordination.nfg", "--lambda", "1e12"])
        .ends_with(2)
        .complains("lambda = 1000000000000: times the stake it passes");
    place.write("poker.efg", POKER);
    for option in ["--time-limit", "--exploitability"] {
        let done = place.brandish(&[
            "game",
            "solve",
            "poker.efg",
            "--method",
            "cfr",
            option,
            "-1",
        ]);
        done.ends_with(2).complains("-1: ");
    }
}

/// Lambda comes out as it went in, although the solver works with lambda times the stake.
#[test]
fn precisions_are_printed_as_they_were_asked() {
    let place = Place::new();
    // A stake of 3 spoils 0.1, 0.2 and 0.7 by rounding.
    place.write("thirds.efg", "EFG 2 R \"t\" { \"a\" }\np \"\" 1 1 \"\" { \"x\" \"y\" } 0\nt \"\" 1 \"\" { 0 }\nt \"\" 2 \"\" { 3 }\n");
    for options in [&["--branches"][..], &[]] {
        let arguments = [
            &[
                "game",
                "solve",
                "thirds.efg",
                "--lambda",
                "0.1,0.2,0.7",
                "--format",
                "csv",
            ],
            options,
        ]
        .concat();
        let done = place.brandish(&arguments);
        for row in [
            "quantal_response,0,0.1,",
            "quantal_response,0,0.2,",
            "quantal_response,0,0.7,",
        ] {
            done.ends_with(0).says(row);
        }
    }
}

/// Information sets without a label are called as Gambit calls them, those with the same label are told apart.
#[test]
fn information_sets_are_told_apart() {
    let place = Place::new();
    place.write(
        "names.efg",
        "EFG 2 R \"t\" { \"a\" \"b\" }\np \"\" 1 1 \"\" { \"x\" \"y\" } 0\np \"\" 2 1 \"same\" { \"l\" \"r\" } 0\nt \"\" 1 \"\" { 1, 2 }\nt \"\" 2 \"\" { 2, 1 }\np \"\" 2 2 \"same\" { \"l\" \"r\" } 0\nt \"\" 1\nt \"\" 2\n",
    );
    let done = place.brandish(&["game", "solve", "names.efg", "--lambda", "1"]);
    done.ends_with(0)
        .says("1:1")
        .says("same (2:1)")
        .says("same (2:2)");
    let found = solved(&place, &["names.efg", "--lambda", "1"]);
    assert_eq!(found[0]["infosets"][0]["name"], "1:1");
    assert_eq!(found[0]["infosets"][2]["label"], "same");
    assert_eq!(found[0]["infosets"][2]["name"], "same (2:2)");
}
