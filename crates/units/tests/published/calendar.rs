//! The calendar against the days for which Treasury published yields, and against published schedules.

use std::collections::BTreeSet;

use brandish_units::Date;
use brandish_units::calendar::{
    holiday_name, is_business_day, is_early_close, is_federal_reserve_business_day,
};

const WITHOUT_PAR_YIELDS: &str =
    include_str!("../../../../goldens/published/calendar/weekdays_without_par_yields.csv");
const FEDERAL_RESERVE: &str =
    include_str!("../../../../goldens/published/calendar/federal_reserve_holidays.csv");
const EARLY_CLOSES: &str =
    include_str!("../../../../goldens/published/calendar/early_closes_2025.csv");

fn dates(file: &str) -> BTreeSet<Date> {
    file.lines()
        .skip(1)
        .map(|line| line.parse().unwrap())
        .collect()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn days(first: &str, last: &str) -> impl Iterator<Item = Date> {
    (date(first).days()..=date(last).days()).map(|day| Date::from_days(day).unwrap())
}

fn is_weekday(day: Date) -> bool {
    day.weekday() < brandish_units::Weekday::Saturday
}

#[test]
fn the_market_is_open_exactly_when_treasury_published_par_yields() {
    let closed = dates(WITHOUT_PAR_YIELDS);
    let differing: Vec<Date> = days("1990-01-02", "2025-07-11")
        .filter(|day| is_business_day(*day) != (is_weekday(*day) && !closed.contains(day)))
        .collect();
    assert!(
        differing.is_empty(),
        "calendar and par yields differ on {differing:?}"
    );
}

#[test]
fn the_reserve_banks_follow_their_schedule() {
    let closed = dates(FEDERAL_RESERVE);
    let differing: Vec<Date> = days("2025-01-01", "2027-12-31")
        .filter(|day| {
            is_federal_reserve_business_day(*day) != (is_weekday(*day) && !closed.contains(day))
        })
        .collect();
    assert!(
        differing.is_empty(),
        "calendar and Federal Reserve schedule differ on {differing:?}"
    );
}

#[test]
fn early_closes_of_2025_are_the_recommended_ones() {
    let found: BTreeSet<Date> = days("2025-01-01", "2025-12-31")
        .filter(|day| is_early_close(*day))
        .collect();
    assert_eq!(found, dates(EARLY_CLOSES));
}

/// Single recommendations of SIFMA: Good Friday with an employment report (2012, 2026), the funerals of presidents,
/// Hurricane Sandy, Juneteenth.
#[test]
fn single_recommendations() {
    for early in [
        "2012-04-06",
        "2012-10-29",
        "2025-01-09",
        "2026-04-03",
        "2023-12-29",
        "2021-12-31",
    ] {
        assert!(is_early_close(date(early)), "{early} closes early");
    }
    for (closed, name) in [
        (
            "2018-12-05",
            "National day of mourning for President George H. W. Bush",
        ),
        ("2012-10-30", "Hurricane Sandy"),
        ("2022-06-20", "Juneteenth"),
        ("2024-03-29", "Good Friday"),
        ("2023-12-25", "Christmas Day"),
        ("2024-01-01", "New Year's Day"),
    ] {
        assert_eq!(holiday_name(date(closed)), Some(name), "{closed}");
        assert!(
            !is_early_close(date(closed)),
            "{closed} is closed, not closed early"
        );
    }
    assert!(
        is_business_day(date("2021-06-18")),
        "no close for the first Juneteenth"
    );
}
