//! `brandish backtest` from outside: shipped episodes and the page, a user's file, formats, mistakes, exit codes.

use std::fs;
use std::path::Path;

use crate::support::Place;

/// A sale of bills in two days, fast to run.
const EPISODE: &str = r#"schema = 1
name = "mine"
title = "Two days"
as_of = 2024-04-26
moved = "nothing"

[[window]]
name = "main"
start = 2024-04-26
end = 2024-04-30
judged = "net"

[[sale]]
seller = "somebody"
amount_usd_bn = 20
start = 2024-04-29
end = 2024-04-30
mix = { "4" = 1.0 }
source = "invented for a test"
quality = "judgement"
"#;

fn root(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Words must be equal; numbers may differ by a unit of their last printed digit, which another machine may round differently.
fn same_line(a: &str, b: &str) -> bool {
    let words = |line: &str| -> Vec<String> {
        line.replace(['(', ')', ',', '|', '<', '±'], " ")
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let number = |word: &str| word.replace('\u{2212}', "-").parse::<f64>().ok();
    a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| match (number(a), number(b)) {
            (Some(x), Some(y)) => {
                let digits = a.split_once('.').map_or(0, |(_, digits)| digits.len());
                (x - y).abs() <= 1.01 * 10_f64.powi(-(digits as i32))
            }
            _ => a == b,
        })
}

#[test]
fn the_page_in_the_repository_is_the_one_the_program_writes() {
    let place = Place::new();
    let output = place.brandish(&["backtest", "--quiet", "--format", "markdown"]);
    output.ends_with(0);
    let (written, current) = (root("docs/backtests.md"), output.out.clone());
    let (written, current): (Vec<&str>, Vec<&str>) = (
        written.trim_end().lines().collect(),
        current.trim_end().lines().collect(),
    );
    assert_eq!(
        written.len(),
        current.len(),
        "docs/backtests.md is out of date"
    );
    for (number, (a, b)) in written.iter().zip(&current).enumerate() {
        assert!(
            same_line(a, b),
            "docs/backtests.md, line {}:\n{a}\n{b}\nrun: brandish backtest --format markdown > docs/backtests.md",
            number + 1
        );
    }
}

#[test]
fn a_users_episode_is_scored_beside_a_shipped_one() {
    let place = Place::new();
    place.write("mine.toml", EPISODE);
    let output = place.brandish(&["backtest", "mine.toml", "svb-2023", "--draws", "16"]);
    output.ends_with(0);
    let text = output.out.clone();
    for words in [
        "mine",
        "svb-2023",
        "weight before",
        "can say very little",
        "taken for a sale",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn formats_carry_the_same_rows_at_any_number_of_threads() {
    let place = Place::new();
    place.write("mine.toml", EPISODE);
    let run = |format: &str, threads: &str| {
        let arguments = [
            "backtest",
            "mine.toml",
            "--draws",
            "16",
            "--format",
            format,
            "--threads",
            threads,
        ];
        let output = place.brandish(&arguments);
        output.ends_with(0);
        output.bytes
    };
    assert_eq!(run("csv", "1"), run("csv", "2"));
    let csv = String::from_utf8(run("csv", "2")).unwrap();
    let json = String::from_utf8(run("json", "1")).unwrap();
    assert_eq!(json.matches("\"measure\"").count(), csv.lines().count() - 1);
    assert!(csv.contains(",mine/main,effect,p50,"), "{csv}");
    assert_eq!(&run("parquet", "1")[..4], b"PAR1");
}

#[test]
fn mistakes_end_with_status_2_and_name_the_line() {
    let place = Place::new();
    place.write(
        "bad.toml",
        EPISODE
            .replace("2024-04-30\nmix", "2024-04-20\nmix")
            .replace("\"net\"", "\"good\""),
    );
    let output = place.brandish(&["backtest", "bad.toml"]);
    output.ends_with(2);
    output.complains("bad.toml:17:").complains("bad.toml:11:");

    let output = place.brandish(&["backtest", "april-2052"]);
    output.ends_with(2);
    output.complains("did you mean `april-2025`");

    // days without data: what is missing and which key gives it
    place.write(
        "early.toml",
        EPISODE
            .replace("2024-0", "2012-0")
            .replace("2012-04-29", "2012-04-30")
            .replace("2012-04-26", "2012-04-27"),
    );
    let output = place.brandish(&["backtest", "early.toml"]);
    output.ends_with(2);
    output.complains("utilization_at_rest");
}

#[test]
fn an_own_camp_is_scored_and_its_mistakes_are_named() {
    let place = Place::new();
    place.write("mine.toml", EPISODE);
    let camp = "schema = 1\n[camp]\nname = \"my reading\"\nsentence = \"Mine.\"\nweight = 0.5\n\
        long_run_response_bp_per_100bn = 3.0\nmonth_response_bp_per_100bn = 12.0\nsource = \"judgement\"\n";
    place.write("camp.toml", camp);
    let output = place.brandish(&[
        "backtest",
        "mine.toml",
        "--camp",
        "camp.toml",
        "--draws",
        "8",
        "--format",
        "csv",
    ]);
    output.ends_with(0);
    assert!(output.out.clone().contains(",backtest,U,"));
    place.write("camp.toml", camp.replace("3.0", "0.0"));
    let output = place.brandish(&["run", "small.toml", "--camp", "camp.toml"]);
    output.ends_with(2);
    output.complains("camp.toml:6:");
}

#[test]
fn the_shipped_episodes_are_listed() {
    let output = Place::new().brandish(&["backtest", "--list"]);
    assert!(
        output
            .out
            .clone()
            .lines()
            .any(|line| line == "japan-sale-2026")
    );
}
