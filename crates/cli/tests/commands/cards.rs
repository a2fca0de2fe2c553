//! `brandish card`: the answer in every format, the files on request, refusals.

use super::support::Place;

const QUICK: [&str; 4] = ["small.toml", "--quick", "--draws", "6"];

#[test]
fn a_card_is_valued_and_written_for_others() {
    let place = Place::new();
    let arguments = [
        &["card"][..],
        &QUICK,
        &["--efg", "game.efg", "-o", "card.html"],
    ]
    .concat();
    let done = place.brandish(&arguments);
    done.ends_with(0)
        .says("brandish card")
        .says("Not a forecast")
        .says("Deter or compel.")
        .says("Market-implied sale")
        .says("all parameters central")
        .says("6 draws: median (90%)");
    let page = place.read("card.html");
    assert!(page.starts_with("<!doctype html>") && page.contains("<svg"));
    assert!(!page.contains("<script") && !page.contains("http://"));
    // The game is one that the game solver reads, and its quantal response is certified.
    place
        .brandish(&["game", "solve", "game.C.efg", "--lambda", "0.2"])
        .ends_with(0)
        .says("Quantal response at lambda 0.2");
    let table = place.brandish(&[&["card"][..], &QUICK, &["--format", "csv"]].concat());
    let csv = &table.ends_with(0).out;
    for measure in [
        "value_seller",
        "value_issuer",
        "value_deter",
        "value_compel",
        "deal_probability",
        "sale_probability",
        "walk_back_probability",
        "implied_probability",
    ] {
        for stat in ["central", "p05", "p50", "p95", "mc_se"] {
            let row = format!(",{measure},{stat},");
            assert!(csv.contains(&row), "no {row}");
        }
    }
}

#[test]
fn threads_change_no_digit_of_a_card() {
    let place = Place::new();
    let run = |threads: &str| {
        let options = ["--threads", threads, "--format", "csv"];
        let done = place.brandish(&[&["card"][..], &QUICK, &options].concat());
        done.ends_with(0).out.clone()
    };
    assert_eq!(run("1"), run("2"));
}

#[test]
fn what_has_no_card_is_refused() {
    let place = Place::new();
    place.vary("purchase.toml", "amount_usd_bn = 50", "amount_usd_bn = -50");
    place
        .brandish(&["card", "purchase.toml", "--quick"])
        .ends_with(2)
        .complains("neither sells nor threatens");
    place
        .brandish(&["card", "nowhere", "--quick"])
        .ends_with(2)
        .complains("no shipped scenario");
    place
        .brandish(&["card", "small.toml", "--lambda", "1"])
        .ends_with(2)
        .complains("--quick")
        .complains("--time-limit");
    // What is wrong, where, and what to give instead; nothing on stdout.
    for (options, wanted) in [
        (["--lambda", "0"], "above 0 and at most 100"),
        (["--lambda", "-1"], "above 0 and at most 100"),
        (["--lambda", "nan"], "above 0 and at most 100"),
        (["--draws", "-1"], "0..=10000"),
        (["--time-limit", "-1"], "zero or more"),
        (["--structure", "R9"], "R3c"),
        (["--camp", "none.toml"], "none.toml"),
        (["--efg", "nowhere/game.efg"], "there is no folder nowhere"),
        (["-o", "nowhere/card.html"], "there is no folder nowhere"),
        (["-o", "."], "name a file in it"),
    ] {
        let arguments = [&["card", "small.toml", "--quick"][..], &options].concat();
        let done = place.brandish(&arguments);
        done.ends_with(2).complains(wanted);
        assert!(done.out.is_empty(), "{options:?}");
    }
}

/// The time allowed is asked for between steps of the solver: nothing is printed when it is over, and the ending says that
/// nothing was certified.
#[test]
fn a_card_out_of_time_ends_with_three() {
    let place = Place::new();
    let late = place.brandish(&[&["card"][..], &QUICK, &["--time-limit", "0"]].concat());
    late.ends_with(3)
        .complains("no answer was certified within --time-limit 0");
    assert!(late.out.is_empty());
    place
        .brandish(&[&["card"][..], &QUICK, &["--structure", "R9"]].concat())
        .ends_with(2)
        .complains("R4");
}
