//! Civil dates against the jiff library, day by day and step by step.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its own table has failed"
)]

use brandish_units::Date;
use jiff::{ToSpan, civil};

fn civil_of(date: Date) -> civil::Date {
    let (year, month, day) = date.ymd();
    civil::date(year as i16, month as i8, day as i8)
}

#[test]
fn every_day_of_five_centuries_agrees() {
    let mut theirs = civil::date(1600, 1, 1);
    let mut ours = Date::from_ymd(1600, 1, 1).unwrap();
    while ours.year() < 2101 {
        assert_eq!(civil_of(ours), theirs);
        assert_eq!(
            Date::from_ymd(ours.year(), ours.month(), ours.day()),
            Ok(ours)
        );
        assert_eq!(
            ours.weekday() as i8,
            theirs.weekday().to_monday_zero_offset(),
            "{ours}"
        );
        assert_eq!(
            ours.is_month_end(),
            theirs == theirs.last_of_month(),
            "{ours}"
        );
        assert_eq!(ours.to_string(), theirs.to_string());
        ours = ours.plus_days(1);
        theirs = theirs.tomorrow().unwrap();
    }
}

#[test]
fn the_day_number_counts_from_1970() {
    let epoch = civil::date(1970, 1, 1);
    for (year, month, day) in [
        (1, 1, 1),
        (1582, 10, 15),
        (1900, 2, 28),
        (1970, 1, 1),
        (2000, 2, 29),
        (9999, 12, 31),
    ] {
        let theirs = civil::date(year as i16, month as i8, day as i8);
        let days = epoch.until(theirs).unwrap().get_days();
        assert_eq!(Date::from_ymd(year, month, day).unwrap().days(), days);
    }
}

#[test]
fn adding_months_agrees() {
    for start in [
        "2024-01-31",
        "2024-02-29",
        "2023-11-30",
        "2025-05-15",
        "1999-12-31",
    ] {
        let ours: Date = start.parse().unwrap();
        for months in -400..=400 {
            let theirs = civil_of(ours).checked_add(months.months()).unwrap();
            assert_eq!(
                civil_of(ours.plus_months(months)),
                theirs,
                "{start} plus {months} months"
            );
        }
    }
}
