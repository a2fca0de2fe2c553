//! The summary fits its terminal, leads with the answer, and says what the page says.

use super::*;
use crate::fixture::{input, table};

fn text(width: usize, plain: bool, with_bands: bool) -> String {
    let table = table(with_bands);
    summary(
        &Report::build(&input(&table)),
        SummaryStyle { width, plain },
    )
}

#[test]
fn no_line_is_longer_than_the_terminal() {
    for width in [40, 50, 64, 71, 72, 80, 100, 132] {
        for (with_bands, plain) in [(true, false), (false, false), (true, true), (false, true)] {
            for line in text(width, plain, with_bands).lines() {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn plain_is_ascii() {
    let plain = text(80, true, true);
    assert!(plain.is_ascii(), "{plain}");
    assert!(plain.contains("+/-"));
}

#[test]
fn the_answer_comes_first_and_the_camps_side_by_side_before_the_buyers() {
    let summary = text(80, false, true);
    let place = |words: &str| {
        summary
            .find(words)
            .unwrap_or_else(|| panic!("{words} is missing in\n{summary}"))
    };
    assert!(place("Not a forecast") < place("1 Yields."));
    assert!(place("5 What happened.") < place("10Y peak, bp"));
    assert!(place("10Y peak, bp") < place("Who holds what was sold"));
    assert!(place("Stress bound X, outside the headline") < place("Who holds what was sold"));
    assert!(place("1 warning: BR012.") > place("Who holds what was sold"));
    assert!(summary.contains("Failed draws, left out: F 2 of 500."));
    assert!(summary.contains("  50% band"));
    let errors = summary
        .lines()
        .find(|line| line.starts_with("  error of median"))
        .unwrap();
    assert_eq!(errors.matches('±').count(), 3, "{errors}");
    let narrow = text(50, false, true);
    let label = narrow
        .lines()
        .position(|line| line == "10Y, peak, announced, bp")
        .unwrap();
    assert_eq!(
        narrow.lines().nth(label + 1).unwrap().matches('±').count(),
        3
    );
}

#[test]
fn few_draws_are_said() {
    let summary = text(80, false, false);
    assert!(summary.contains("Central parameters only"));
    assert!(summary.contains("(central)"), "{summary}");
}
