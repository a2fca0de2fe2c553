//! Episode files: what ships is accepted, and every mistake of a user's file is named with its line.

use super::episode::{EpisodeMix, Judged};
use super::{Declaration, episode_names, parse_episode, shipped_episode};
use crate::diagnostic::Diagnostic;

const GOOD: &str = r#"schema = 1
name = "my-episode"
title = "A sale"
as_of = 2024-04-26
moved = "nothing that I know of"

[[window]]
name = "main"
start = 2024-04-26
end = 2024-05-03
judged = "net"

[[sale]]
seller = "japan"
amount_usd_bn = 10
start = 2024-04-29
end = 2024-05-01
mix = "bills"
source = "a newspaper"
quality = "press"
"#;

fn problems(text: &str) -> Vec<Diagnostic> {
    parse_episode(text, "mine.toml").unwrap_err()
}

#[test]
fn shipped_episodes_and_declaration_are_read() {
    Declaration::shipped().unwrap();
    for name in episode_names() {
        let episode = shipped_episode(name).unwrap().unwrap_or_else(|found| {
            panic!("{name}: {}", found[0]);
        });
        assert_eq!(episode.name, name);
        assert_eq!(episode.windows[0].name, "main");
    }
}

#[test]
fn a_good_file_is_read_as_written() {
    let episode = parse_episode(GOOD, "mine.toml").unwrap();
    assert_eq!(episode.windows[0].judged, Judged::Net);
    assert_eq!(episode.sales[0].mix, EpisodeMix::Bills);
    assert_eq!(episode.sales[0].amount.bn(), 10.0);
    assert!(episode.sales[0].announced.is_none());
    assert!(episode.forced_sellers && episode.fed_credibility.is_none());
}

/// A change of the good file, the line that must be named, and a word of the message.
#[test]
fn mistakes_are_named_with_their_line() {
    let cases = [
        ("schema = 1", "schema = 2", 1, "outside 1 to 1"),
        ("title = ", "titel = ", 3, "unknown key"),
        (
            "as_of = 2024-04-26",
            "as_of = 2024-04-27",
            4,
            "no business day",
        ),
        (
            "as_of = 2024-04-26",
            "as_of = \"2024-04-26\"",
            4,
            "expected a date",
        ),
        ("judged = \"net\"", "judged = \"well\"", 11, "not allowed"),
        ("end = 2024-05-03", "end = 2024-04-26", 10, "ends on"),
        (
            "start = 2024-04-26\n",
            "start = 2024-04-25\n",
            9,
            "before `as_of`",
        ),
        (
            "start = 2024-04-29",
            "start = 2024-04-26",
            16,
            "not after `as_of`",
        ),
        (
            "end = 2024-05-01",
            "end = 2024-04-28",
            17,
            "no business day lies",
        ),
        (
            "amount_usd_bn = 10",
            "amount_usd_bn = 0",
            15,
            "zero is no amount",
        ),
        ("mix = \"bills\"", "mix = \"bonds\"", 18, "not allowed"),
        ("mix = \"bills\"", "mix = { \"4\" = 0.5 }", 18, "sum to"),
        (
            "mix = \"bills\"",
            "mix = { \"5\" = 1.0 }",
            18,
            "center of a bucket",
        ),
        (
            "quality = \"press\"",
            "quality = \"good\"",
            20,
            "not allowed",
        ),
        (
            "quality = \"press\"",
            "quality = \"press\"\ncredibility = 0.5",
            21,
            "means nothing",
        ),
        ("source = \"a newspaper\"\n", "", 13, "lacks `source`"),
        (
            "judged = \"net\"",
            "judged = \"nothing\"",
            13,
            "something is sold",
        ),
    ];
    for (good, bad, line, word) in cases {
        assert!(GOOD.contains(good), "{good}");
        let found = problems(&GOOD.replacen(good, bad, 1));
        assert!(
            found
                .iter()
                .any(|problem| problem.origin.line == line && problem.message.contains(word)),
            "{bad}: expected `{word}` on line {line}, got {found:#?}"
        );
    }
}

#[test]
fn all_mistakes_come_at_once() {
    let bad = GOOD
        .replace("title = ", "titel = ")
        .replace("mix = \"bills\"", "mix = \"bonds\"")
        .replace("judged = \"net\"", "judged = \"well\"");
    let lines: Vec<usize> = problems(&bad).iter().map(|p| p.origin.line).collect();
    assert_eq!(lines, [3, 11, 18]);
}

#[test]
fn an_episode_in_which_nothing_happens_is_refused() {
    let cut = GOOD.find("[[sale]]").unwrap();
    let found = problems(&GOOD[..cut]);
    assert!(found[0].message.contains("nothing is sold"), "{found:?}");
}

#[test]
fn no_text_panics() {
    for cut in 0..GOOD.len() {
        let _ = parse_episode(&GOOD[..cut], "cut.toml");
        let _ = parse_episode(&GOOD[cut..], "cut.toml");
    }
}

/// The first TOML block of a page.
fn example(page: &str) -> &str {
    let start = page.find("```toml\n").unwrap() + "```toml\n".len();
    let end = page[start..].find("```").unwrap();
    &page[start..start + end]
}

#[test]
fn the_examples_of_the_pages_are_accepted() {
    let episode = include_str!("../../../../docs/reference/episode-files.md");
    parse_episode(example(episode), "episode-files.md").unwrap();
    let camp = include_str!("../../../../docs/reference/camp-files.md");
    crate::parameters::parse_own_camp(example(camp), "camp-files.md").unwrap();
}
