//! Games that a stranger would try: degenerate, lopsided, oddly scaled, oddly written.

use brandish_game::qre::{
    PathSettings, SearchSettings, Target, find_branches, principal_qre, sequential_candidate,
};
use brandish_game::{Game, expected_payoffs, read_efg, write_efg};

fn read(text: &str) -> Game {
    read_efg(text.as_bytes())
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
        .game
}

fn at(game: &Game, lambda: f64) -> Vec<f64> {
    let point = principal_qre(game, lambda, &PathSettings::default(), &|| false).unwrap();
    assert!(point.residual <= 1e-9);
    point.assessment.profile.probabilities().to_vec()
}

fn limit(game: &Game) -> (Vec<f64>, Vec<f64>) {
    let found = sequential_candidate(game, &PathSettings::default(), &|| false).unwrap();
    (
        found.assessment.profile.probabilities().to_vec(),
        found.payoffs,
    )
}

/// The tolerance of probabilities here: a certified residual of 1e-9 in logits moves none by more than a quarter of it.
const CLOSE: f64 = 1e-9;

fn close(one: &[f64], two: &[f64]) {
    assert_eq!(one.len(), two.len());
    for (a, b) in one.iter().zip(two) {
        assert!((a - b).abs() < CLOSE, "{one:?} {two:?}");
    }
}

/// exp(lambda Q) over its sum.
fn softmax(lambda: f64, values: &[f64]) -> Vec<f64> {
    let sum: f64 = values.iter().map(|value| (lambda * value).exp()).sum();
    values
        .iter()
        .map(|value| (lambda * value).exp() / sum)
        .collect()
}

/// Nobody moves: only an end, or only chance. There is nothing to choose, and payoffs are what they are.
#[test]
fn nobody_moves() {
    let end = read("EFG 2 R \"t\" { \"a\" \"b\" }\nt \"\" 1 \"\" { 3, -1/4 }");
    assert_eq!(limit(&end), (vec![], vec![3.0, -0.25]));
    assert!(at(&end, 2.0).is_empty());
    let lottery = read(
        "EFG 2 R \"t\" { \"a\" }\nc \"\" 1 \"\" { \"h\" 1/4 \"t\" 3/4 } 0\nt \"\" 1 \"\" { 8 }\nt \"\" 2 \"\" { 4 }",
    );
    assert_eq!(limit(&lottery).1, [5.0]);
    for target in [Target::Limit, Target::Lambda(1.0)] {
        let found = find_branches(&lottery, target, &SearchSettings::default(), &|| false).unwrap();
        assert_eq!(found.branches.len(), 1);
    }
}

/// A branch of probability zero may stand anywhere as long as every information set can be reached; what hangs on it
/// counts for nothing, not even for the stake.
#[test]
fn branches_of_probability_zero() {
    let with = read(
        "EFG 2 R \"t\" { \"a\" }\nc \"\" 1 \"\" { \"on\" 1 \"never\" 0 } 0\n\
         p \"\" 1 1 \"s\" { \"l\" \"r\" } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 2 \"\" { 2 }\n\
         p \"\" 1 1 \"s\" { \"l\" \"r\" } 0\nt \"\" 3 \"\" { 1000 }\nt \"\" 2\n",
    );
    assert_eq!(with.stake(), 1.0);
    close(&at(&with, 1.5), &softmax(1.5, &[1.0, 2.0]));
    close(&limit(&with).0, &[0.0, 1.0]);
}

/// Ties and constant games: even odds at every precision, and in the limit.
#[test]
fn ties_stay_even() {
    let tie = read(
        "EFG 2 R \"t\" { \"a\" }\np \"\" 1 1 \"\" { \"x\" \"y\" \"z\" } 0\nt \"\" 1 \"\" { 7 }\nt \"\" 1\nt \"\" 2 \"\" { 5 }",
    );
    let (odds, payoffs) = limit(&tie);
    // The limit is extrapolated; what is left of z is below its rounding.
    close(&odds, &[0.5, 0.5, 0.0]);
    assert!((payoffs[0] - 7.0).abs() < 1e-9);
    let constant = read(
        "EFG 2 R \"t\" { \"a\" \"b\" }\np \"\" 1 1 \"\" { \"x\" \"y\" } 0\np \"\" 2 1 \"\" { \"x\" \"y\" } 0\nt \"\" 1 \"\" { 7, 7 }\nt \"\" 1\np \"\" 2 1 \"\" { \"x\" \"y\" } 0\nt \"\" 1\nt \"\" 1",
    );
    close(&at(&constant, 1e6), &[0.5; 4]);
    let (odds, payoffs) = limit(&constant);
    close(&odds, &[0.5; 4]);
    close(&payoffs, &[7.0, 7.0]);
}

/// A player without moves and information sets of one action change nothing for the others.
#[test]
fn players_and_sets_without_choice() {
    let game = read(
        "EFG 2 R \"t\" { \"idle\" \"b\" }\np \"\" 2 1 \"only\" { \"go\" } 0\np \"\" 2 2 \"\" { \"x\" \"y\" } 0\n\
         t \"\" 1 \"\" { 5, 1 }\nt \"\" 2 \"\" { 9, 3 }\n",
    );
    let odds = softmax(0.5, &[1.0, 3.0]);
    close(&at(&game, 0.5), &[1.0, odds[0], odds[1]]);
}

/// A drunk driver who passes the same exit twice without knowing has no perfect recall: refused with the line of the second.
#[test]
fn absent_minded_players_are_refused() {
    let text = "EFG 2 R \"drive\" { \"a\" }\np \"\" 1 1 \"exit\" { \"out\" \"on\" } 0\nt \"\" 1 \"\" { 0 }\np \"\" 1 1 \"exit\" { \"out\" \"on\" } 0\nt \"\" 2 \"\" { 4 }\nt \"\" 3 \"\" { 1 }\n";
    let refused = read_efg(text.as_bytes()).unwrap_err().to_string();
    assert!(refused.contains("line 4: no perfect recall"), "{refused}");
}

fn scaled(unit: f64) -> Game {
    let p = |value: f64| format!("{:e}", value * unit);
    read(&format!(
        "EFG 2 R \"t\" {{ \"a\" \"b\" }}\np \"\" 1 1 \"\" {{ \"x\" \"y\" }} 0\np \"\" 2 1 \"\" {{ \"x\" \"y\" }} 0\n\
         t \"\" 1 \"\" {{ {}, {} }}\nt \"\" 2 \"\" {{ {}, {} }}\np \"\" 2 1 \"\" {{ \"x\" \"y\" }} 0\n\
         t \"\" 3 \"\" {{ {}, {} }}\nt \"\" 4 \"\" {{ {}, {} }}\n",
        p(3.0),
        p(2.0),
        p(0.0),
        p(0.0),
        p(1.0),
        p(0.0),
        p(2.0),
        p(1.0)
    ))
}

/// Payoffs of 1e9, 1e-9, 1e60 or 1e-60 are another unit: with lambda in its inverse the play is the same.
#[test]
fn units_do_not_matter() {
    let one = scaled(1.0);
    let (play, far) = (at(&one, 0.7), limit(&one).0);
    for unit in [1e9, 1e-9, 1e60, 1e-60] {
        let other = scaled(unit);
        close(&at(&other, 0.7 / unit), &play);
        close(&limit(&other).0, &far);
    }
}

/// A small stake on a large level: digits of the level are all that is lost.
#[test]
fn a_large_level_costs_only_its_digits() {
    let text = |level: f64| {
        format!(
            "EFG 2 R \"t\" {{ \"a\" }}\np \"\" 1 1 \"\" {{ \"x\" \"y\" }} 0\nt \"\" 1 \"\" {{ {} }}\nt \"\" 2 \"\" {{ {} }}\n",
            level + 1.0,
            level + 3.0
        )
    };
    close(&at(&read(&text(1e9)), 0.5), &softmax(0.5, &[1.0, 3.0]));
    // Payoffs that grow over eighteen powers of ten: the small ones do not vanish beside the stake.
    let wide = read(
        "EFG 2 R \"t\" { \"a\" \"b\" }\np \"\" 1 1 \"\" { \"x\" \"y\" } 0\nt \"\" 1 \"\" { 1e9, 0 }\np \"\" 2 1 \"\" { \"x\" \"y\" } 0\nt \"\" 2 \"\" { 0, 1e-6 }\nt \"\" 3 \"\" { 0, 2e-6 }\n",
    );
    let odds = at(&wide, 1e-2);
    close(&odds[2..], &softmax(1e-2, &[1e-6, 2e-6]));
}

/// Two nodes of one set, one reached with 1e-14 or 1e-300: the belief is by Bayes' rule, and the play what that says.
#[test]
fn lopsided_reach() {
    for rare in [1e-14, 1e-300] {
        let game = read(&format!(
            "EFG 2 R \"t\" {{ \"a\" }}\nc \"\" 1 \"\" {{ \"often\" 1 \"rare\" {rare:e} }} 0\n\
             p \"\" 1 1 \"s\" {{ \"l\" \"r\" }} 0\nt \"\" 1 \"\" {{ 1 }}\nt \"\" 2 \"\" {{ 0 }}\n\
             p \"\" 1 1 \"s\" {{ \"l\" \"r\" }} 0\nt \"\" 3 \"\" {{ 0 }}\nt \"\" 4 \"\" {{ 1 }}\n"
        ));
        let point = principal_qre(&game, 2.0, &PathSettings::default(), &|| false).unwrap();
        let belief = point.assessment.beliefs[1];
        assert!((belief / rare - 1.0).abs() < 1e-9, "{belief:e}");
        close(
            point.assessment.profile.probabilities(),
            &softmax(2.0, &[1.0, 0.0]),
        );
    }
}

/// Payoffs collected on the way add up along the path, and are written and read again where they stand.
#[test]
fn payoffs_on_the_way_add_up() {
    let text = "EFG 2 R \"t\" { \"a\" \"b\" }\np \"\" 1 1 \"\" { \"x\" \"y\" } 1 \"toll\" { 10, 0.5 }\nt \"\" 2 \"\" { 1, 1 }\nc \"\" 1 \"\" { \"h\" 1/2 \"t\" 1/2 } 2\nt \"\" 3 \"\" { 2, 0 }\nt \"\" 0\n";
    let reading = read_efg(text.as_bytes()).unwrap();
    assert_eq!(reading.warnings.len(), 1);
    let game = reading.game;
    // x: 10 + 1. y: 10 + 1 + half of 2.
    close(&at(&game, 1.0), &softmax(1.0, &[11.0, 12.0]));
    let odds = brandish_game::BehaviorProfile::new(&game, vec![0.25, 0.75]).unwrap();
    close(&expected_payoffs(&game, &odds), &[11.75, 1.5]);
    assert_eq!(read(&write_efg(&game)), game);
    assert_eq!(game.stake(), 2.0);
}

/// The same game in every spelling that is met: Windows line ends, a byte order mark, fractions and exponents, commas or none,
/// outcomes without names, a comment, escaped quotes, everything on one line.
#[test]
fn spellings() {
    let plain = read(
        "EFG 2 R \"t\" { \"a\" \"b\" }\np \"\" 1 1 \"s\" { \"x\" \"y\" } 0\nt \"\" 1 \"\" { 0.5, 0.001 }\nt \"\" 2 \"\" { -2, 1000 }\n",
    );
    for text in [
        "\u{feff}EFG 2 R \"t\" { \"a\" \"b\" }\r\np \"\" 1 1 \"s\" { \"x\" \"y\" } 0\r\nt \"\" 1 \"\" { 1/2, 1e-3 }\r\nt \"\" 2 \"\" { -2, 1E+3 }\r\n",
        "EFG 2 D \"t\" { \"a\" \"b\" } \"\" p \"\" 1 1 \"s\" { \"x\" \"y\" } 0 t \"\" 1 { .5 1e-3 } t \"\" 2 { -2. +1000 }",
        "EFG 2 R \"t\" { \"a\" \"b\" }\n\"\"\n\np \"\" 1 5 \"s\" { \"x\" \"y\" } 0\n\n\tt \"\" 7 \"\" { 50/100, 1/1000, }\nt \"\" 3 \"\" { -4/2, 1000 }",
    ] {
        assert_eq!(read(text), plain, "{text}");
    }
    let quoted = read(
        "EFG 2 R \"say \\\"no\\\"\" { \"a\\\\b\" }\n\"a comment\nof two lines\"\np \"\" 1 1 \"\" { \"\\\"x\\\"\" \"y\" } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 1",
    );
    assert_eq!(quoted.title(), "say \"no\"");
    assert_eq!(quoted.players(), ["a\\b"]);
    assert_eq!(quoted.comment(), "a comment\nof two lines");
    assert_eq!(quoted.action_label(0), "\"x\"");
    assert_eq!(read(&write_efg(&quoted)), quoted);
}

/// Outcomes of a strategic form keep their names when the game is written as a tree.
#[test]
fn names_of_outcomes_survive() {
    let text = "NFG 1 R \"battle\" { \"row\" \"column\" }\n{ { \"up\" \"down\" } { \"left\" \"right\" } }\n\"\"\n\
        { { \"his \\\"way\\\"\" 3, 2 } { \"apart\" 0, 0 } { \"hers\" 2, 3 } }\n1 2 0 3\n";
    let game = brandish_game::read_nfg(text.as_bytes()).unwrap().game;
    let written = write_efg(&game);
    for name in [
        "\"his \\\"way\\\"\" { 3, 2 }",
        "\"apart\" { 0, 0 }",
        "\"hers\" { 2, 3 }",
    ] {
        assert!(written.contains(name), "{written}");
    }
    assert_eq!(read(&written), game);
}

/// A chain of moves in turn, each seen by all: nothing fills in, so a thousand moves are no more than a thousand small
/// ones. At precision L the last mover's odds are known in closed form.
#[test]
fn long_chains() {
    let moves = 1_500;
    let mut text = String::from("EFG 2 R \"chain\" { \"one\" \"two\" }\n");
    for k in 0..moves {
        let (mover, stop) = (k % 2 + 1, 1.0 + 0.001 * k as f64);
        text += &format!(
            "p \"\" {mover} {} \"\" {{ \"take\" \"pass\" }} 0\n",
            k / 2 + 1
        );
        text += &format!("t \"\" {} \"\" {{ {stop}, {stop} }}\n", k + 1);
    }
    text += &format!("t \"\" {} \"\" {{ 0, 0 }}\n", moves + 1);
    let game = read(&text);
    let odds = at(&game, 3.0);
    let last = 1.0 + 0.001 * (moves - 1) as f64;
    close(&odds[2 * moves - 2..], &softmax(3.0, &[last, 0.0]));
    // And up the chain: each mover compares stopping now with what those after make of it.
    let mut ahead = last * odds[2 * moves - 2];
    for k in (0..moves - 1).rev() {
        let stop = 1.0 + 0.001 * k as f64;
        close(&odds[2 * k..2 * k + 2], &softmax(3.0, &[stop, ahead]));
        ahead = odds[2 * k] * stop + odds[2 * k + 1] * ahead;
    }
}

/// A centipede whose pie doubles with every move (McKelvey and Palfrey 1992): by backward induction the first mover takes 0.4 at
/// once, though that is a ten-millionth of what lies at the end. Beyond what rounding lets anybody see, the limit is refused.
#[test]
fn small_stakes_early_on_a_path() {
    let centipede = |moves: i32| {
        let mut text = String::from("EFG 2 R \"centipede\" { \"one\" \"two\" }\n");
        let pie = |k: i32| {
            let (large, small) = (0.4 * 2f64.powi(k), 0.1 * 2f64.powi(k));
            if k % 2 == 0 {
                (large, small)
            } else {
                (small, large)
            }
        };
        for k in 0..moves {
            text += &format!(
                "p \"\" {} {} \"\" {{ \"take\" \"pass\" }} 0\n",
                k % 2 + 1,
                k / 2 + 1
            );
            text += &format!("t \"\" {} \"\" {{ {}, {} }}\n", k + 1, pie(k).0, pie(k).1);
        }
        text += &format!(
            "t \"\" {} \"\" {{ {}, {} }}\n",
            moves + 1,
            pie(moves).0,
            pie(moves).1
        );
        read(&text)
    };
    for moves in [4, 12, 24] {
        let (odds, payoffs) = limit(&centipede(moves));
        assert!(odds.chunks(2).all(|pair| pair[0] > 1.0 - 1e-9), "{odds:?}");
        // Payoffs of 1e6 are rounded to 1e-10 of them.
        assert!((payoffs[0] - 0.4).abs() < 1e-6 && (payoffs[1] - 0.1).abs() < 1e-6);
    }
    let refused = sequential_candidate(&centipede(45), &PathSettings::default(), &|| false);
    let message = refused.unwrap_err().to_string();
    assert!(message.contains("too small beside the stake"), "{message}");
}

/// Labels of moves of chance come back, and moves that a text numbers alike stay one set; without a label each is its own.
#[test]
fn moves_of_chance_keep_their_names() {
    let text = "EFG 2 R \"t\" { \"a\" }\n\"\"\n\
        p \"\" 1 1 \"\" { \"x\" \"y\" \"z\" } 0\n\
        c \"\" 1 \"weather\" { \"dry\" 1/3 \"wet\" 2/3 } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 2 \"\" { 2 }\n\
        c \"\" 1 \"weather\" { \"dry\" 1/3 \"wet\" 2/3 } 0\nt \"\" 3 \"\" { 3 }\nt \"\" 4 \"\" { 4 }\n\
        c \"\" 2 \"\" { \"dry\" 1/3 \"wet\" 2/3 } 0\nt \"\" 5 \"\" { 5 }\nt \"\" 6 \"\" { 6 }\n";
    let game = read(text);
    let again = write_efg(&game);
    let moves: Vec<&str> = again.lines().filter(|line| line.starts_with('c')).collect();
    assert_eq!(
        moves,
        [
            "c \"\" 1 \"weather\" { \"dry\" 1/3 \"wet\" 2/3 } 0",
            "c \"\" 1 \"weather\" { \"dry\" 1/3 \"wet\" 2/3 } 0",
            "c \"\" 2 \"\" { \"dry\" 1/3 \"wet\" 2/3 } 0",
        ]
    );
    assert_eq!(read(&again), game);
}
