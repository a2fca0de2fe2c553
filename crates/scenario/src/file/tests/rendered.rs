//! How complaints look: the text a user sees, line by line.

use super::{all, check};
use crate::diagnostic::{Diagnostic, Source};

#[track_caller]
fn renders(toml: &str, expected: &str) {
    let found = check(toml)
        .map(|checked| checked.warnings)
        .unwrap_or_else(|found| found);
    assert_eq!(all(&found), expected);
}

#[test]
fn many_mistakes() {
    renders(
        include_str!("cases/many.toml"),
        include_str!("cases/many.txt"),
    );
}

#[test]
fn combinations_that_mean_nothing() {
    renders(
        include_str!("cases/combinations.toml"),
        include_str!("cases/combinations.txt"),
    );
}

#[test]
fn broken_syntax() {
    renders(
        include_str!("cases/syntax.toml"),
        include_str!("cases/syntax.txt"),
    );
}

#[test]
fn color_only_where_asked() {
    let diagnostic = Diagnostic::error(
        "BR999",
        Source::new("a.toml", "x = 1").origin(0..1),
        "message",
    );
    assert!(
        diagnostic
            .render(true)
            .starts_with("\u{1b}[1;31merror[BR999]\u{1b}[0m: message\n")
    );
    assert!(!diagnostic.render(false).contains('\u{1b}'));
    assert_eq!(diagnostic.to_string(), diagnostic.render(false));
}

#[test]
fn underlines_stand_under_wide_characters_and_tabs() {
    let text = "\ttitle = \"日本\" # sell";
    let start = text.find("sell").unwrap();
    let shown = Diagnostic::error(
        "BR999",
        Source::new("a.toml", text).origin(start..start + 4),
        "m",
    )
    .render(false);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[3], "1 |     title = \"日本\" # sell");
    // four columns for the tab, two for each of the two characters
    assert_eq!(
        lines[4],
        format!("  | {}^^^^", " ".repeat(4 + 9 + 4 + 1 + 3))
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = format!("a = \"{}\" # here {}", "x".repeat(500), "y".repeat(500));
    let start = text.find("here").unwrap();
    let shown = Diagnostic::warning(
        "BR999",
        Source::new("a.toml", &text).origin(start..start + 4),
        "m",
    )
    .render_within(false, 60);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(
        lines.iter().all(|line| line.chars().count() <= 60),
        "{shown}"
    );
    let column = |line: &str, text: &str| {
        line.find(text)
            .map(|at| line[..at].chars().count())
            .unwrap()
    };
    assert_eq!(
        column(lines[3], "here"),
        column(lines[4], "^^^^"),
        "{shown}"
    );
    assert!(lines[3].contains('…'));
}

#[test]
fn places_count_characters() {
    let source = Source::new("a", "é = 1\r\nü = 2");
    let origin = source.origin(source.text().find('2').unwrap()..source.text().len());
    assert_eq!(
        (origin.line, origin.column, origin.line_text.as_str()),
        (2, 5, "ü = 2")
    );
    let outside = source.origin(1000..2000);
    assert_eq!((outside.line, outside.column), (2, 6));
}
