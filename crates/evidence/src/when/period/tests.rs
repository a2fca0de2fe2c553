//! Periods as articles write them, against the calendar.
//!
//! Quarters, fiscal years, months, "since" and "a month earlier": the days they begin and end on are counted by hand, and what a
//! text leaves open fixes nothing.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use super::*;
use crate::lexicon::Lexicon;
use crate::when::moments;

/// All times of a text as "from to", by a document of 18 June 2025 that speaks of `place`.
fn read(text: &str, place: &str) -> Vec<String> {
    let lexicon = Lexicon::embedded().unwrap();
    let page = Page::new(text, &lexicon);
    let anchor = Anchor {
        date: Some("2025-06-18".parse().unwrap()),
        basis: DateBasis::Written,
    };
    moments(&page, 0, page.tokens.len() - 1)
        .into_iter()
        .map(|mut m| {
            m.set_fiscal(fiscal_year(place));
            let when = m.fix(&page, anchor);
            match (when.from, when.to) {
                (Some(from), Some(to)) => format!("{from} {to}"),
                _ => "open".to_owned(),
            }
        })
        .collect()
}

/// Expected days by hand from the calendar, fiscal years from the laws named above.
#[test]
fn periods_have_the_days_of_the_calendar() {
    let cases = [
        (
            "It sold bonds in the first quarter.",
            "",
            "2025-01-01 2025-03-31",
        ),
        (
            "It sold bonds in the first quarter of 2024.",
            "",
            "2024-01-01 2024-03-31",
        ),
        ("It sold bonds in Q4 2024.", "", "2024-10-01 2024-12-31"),
        (
            "Growth slowed in the second half of last year.",
            "",
            "2024-07-01 2024-12-31",
        ),
        (
            "A deal is possible in the second half of the year.",
            "",
            "2025-07-01 2025-12-31",
        ),
        (
            "It borrowed more in fiscal 2025.",
            "United States",
            "2024-10-01 2025-09-30",
        ),
        (
            "It borrowed more in fiscal 2024.",
            "Japan",
            "2024-04-01 2025-03-31",
        ),
        (
            "It borrowed more in FY2025.",
            "India",
            "2024-04-01 2025-03-31",
        ),
        ("It borrowed more in fiscal 2024.", "Norway", "open"),
        (
            "It sold bonds in the first quarter of fiscal 2025.",
            "Japan",
            "2025-04-01 2025-06-30",
        ),
        ("Reserves fell last month.", "", "2025-05-01 2025-05-31"),
        ("Reserves fell last quarter.", "", "2025-01-01 2025-03-31"),
        ("Reserves fell last year.", "", "2024-01-01 2024-12-31"),
        (
            "The yen has gained since January.",
            "",
            "2025-01-01 2025-06-18",
        ),
        (
            "Reserves stood there at end-March.",
            "",
            "2025-03-31 2025-03-31",
        ),
        ("It came at the start of May.", "", "2025-05-01 2025-05-10"),
        (
            "Prices rose in the year to April.",
            "",
            "2024-05-01 2025-04-30",
        ),
        (
            "It sold in the three months to March.",
            "",
            "2025-01-01 2025-03-31",
        ),
        (
            "They will be out by the end of the year.",
            "",
            "2025-12-31 2025-12-31",
        ),
    ];
    for (text, place, days) in cases {
        assert_eq!(read(text, place), [days], "{text}");
    }
}

#[test]
fn counted_times_go_back_from_the_time_named_before() {
    let both = read("It held more in March than three months earlier.", "");
    assert_eq!(both, ["2025-03-01 2025-03-31", "2024-12-01 2024-12-31"]);
    let end = read("It stood there at end-March, up from a month earlier.", "");
    assert_eq!(end, ["2025-03-31 2025-03-31", "2025-02-28 2025-02-28"]);
    let day = read(
        "It spent that on July 11 and more on the following day.",
        "",
    );
    assert_eq!(day, ["2025-07-11 2025-07-11", "2025-07-12 2025-07-12"]);
    // Nothing named before: nothing is fixed.
    assert_eq!(read("It held less a year earlier.", ""), ["open"]);
    // A gloss on a period is no other time.
    assert_eq!(
        read(
            "In fiscal 2024, which ended in March, it spent more.",
            "Japan"
        ),
        ["2024-04-01 2025-03-31"]
    );
}

/// A report of November that says "April 29" means the April that is over, a forecast the one to come.
#[test]
fn a_date_without_a_year_is_over_in_a_report() {
    let fixed = |year: i32| {
        let day = date(year, 4, 29)?;
        Some((day, day))
    };
    let day = "2024-11-09".parse().unwrap();
    let year = |to_come| closest(day, to_come, fixed).unwrap().0.year();
    assert_eq!((year(false), year(true)), (2024, 2025));
}
