//! On which days the US Treasury market is open.
//!
//! Two calendars exist and differ on a few days. *Trading* follows the recommendations of SIFMA (before 2006 The Bond
//! Market Association, before 1997 the Public Securities Association): [`is_business_day`] and its companions, used for the timeline of
//! a scenario and for daily data. *Payment* follows the Federal Reserve Banks, which run Fedwire:
//! [`is_federal_reserve_business_day`], used where a regulation says business day (31 CFR 356.2) and for settlement.
//! The Reserve Banks are open on Good Friday and on the Friday before a Saturday holiday, and were open on the days
//! the market closed for a state funeral or a storm.
//!
//! Holidays come from `holidays` (rules) and `special` (the closes that happened once). Checked against the days
//! for which Treasury published par yields, 1990 to July 2025; later years follow the rules.

mod holidays;
mod special;

use crate::{Date, Weekday};

/// Whether the Treasury market trades that day, in full or until an early close.
pub fn is_business_day(date: Date) -> bool {
    !is_weekend(date) && holiday_name(date).is_none()
}

/// Why the Treasury market is closed on a weekday: the holiday observed or the special close. `None` on weekends and
/// on days the market trades.
pub fn holiday_name(date: Date) -> Option<&'static str> {
    if is_weekend(date) {
        return None;
    }
    holidays::market_holiday(date).or_else(|| special::full_close(date))
}

/// Whether the recommended close is early: at 14:00 New York time, or at noon on a Good Friday with an employment report.
///
/// By rule (the recommendations since 2012): the business days before Good Friday, Memorial Day, Independence Day,
/// Christmas and New Year's Day and the day after Thanksgiving; plus the special ones. Before 2012 recommendations varied
/// from year to year, so there the answer is the rule's, not the record's.
pub fn is_early_close(date: Date) -> bool {
    is_business_day(date)
        && (special::early_close(date).is_some() || holidays::is_early_close(date))
}

/// The first business day after the date. (At the end of the range of dates: the last date.)
pub fn next_business_day(date: Date) -> Date {
    step(date, 1, is_business_day)
}

/// The last business day before the date. (At the start of the range of dates: the first date.)
pub fn previous_business_day(date: Date) -> Date {
    step(date, -1, is_business_day)
}

/// The business day `count` business days after the date (before it when negative). Zero leaves the date as it is, even
/// on a weekend; from a day without trading, one step leads to the next day with trading.
pub fn add_business_days(date: Date, count: i32) -> Date {
    let direction = count.signum();
    let mut day = date;
    for _ in 0..count.unsigned_abs() {
        if (direction > 0 && day == Date::MAX) || (direction < 0 && day == Date::MIN) {
            break;
        }
        day = step(day, direction, is_business_day);
    }
    day
}

/// The number of business days after `start` up to and including `end`; negative when `end` is before `start`.
/// For a business day `end`, `add_business_days(start, business_days_between(start, end)) == end`.
pub fn business_days_between(start: Date, end: Date) -> i32 {
    if end < start {
        // The business days from `end` up to the day before `start`: the steps to walk back.
        return -count_business_days(end.plus_days(-1), start.plus_days(-1));
    }
    count_business_days(start, end)
}

/// Whether the Federal Reserve Banks are open: a business day in the sense of 31 CFR 356.2.
pub fn is_federal_reserve_business_day(date: Date) -> bool {
    !is_weekend(date) && holidays::federal_reserve_holiday(date).is_none()
}

/// The first Federal Reserve business day after the date.
pub fn next_federal_reserve_business_day(date: Date) -> Date {
    step(date, 1, is_federal_reserve_business_day)
}

/// The last Federal Reserve business day before the date.
pub fn previous_federal_reserve_business_day(date: Date) -> Date {
    step(date, -1, is_federal_reserve_business_day)
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn step(date: Date, direction: i32, is_open: fn(Date) -> bool) -> Date {
    let mut day = date.plus_days(direction);
    while !is_open(day) {
        let next = day.plus_days(direction);
        if next == day {
            break;
        }
        day = next;
    }
    day
}

/// Business days in (start, end].
fn count_business_days(start: Date, end: Date) -> i32 {
    let mut count = 0;
    for day in start.days()..end.days() {
        if is_business_day(Date::EPOCH.plus_days(day + 1)) {
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn steps_skip_holidays_and_weekends() {
        assert_eq!(next_business_day(date("2025-05-01")), date("2025-05-02"));
        assert_eq!(next_business_day(date("2025-05-23")), date("2025-05-27"));
        assert_eq!(
            previous_business_day(date("2025-04-21")),
            date("2025-04-17")
        );
        assert_eq!(
            next_federal_reserve_business_day(date("2025-04-17")),
            date("2025-04-18")
        );
        assert_eq!(
            previous_federal_reserve_business_day(date("2025-07-07")),
            date("2025-07-03")
        );
        assert_eq!(add_business_days(date("2025-05-01"), 5), date("2025-05-08"));
        assert_eq!(
            add_business_days(date("2025-05-03"), -1),
            date("2025-05-02")
        );
        assert_eq!(add_business_days(date("2025-05-03"), 0), date("2025-05-03"));
        assert_eq!(
            business_days_between(date("2025-05-23"), date("2025-05-27")),
            1
        );
        assert_eq!(
            business_days_between(date("2025-05-27"), date("2025-05-23")),
            -1
        );
        assert_eq!(holiday_name(date("2025-05-24")), None);
    }

    #[test]
    fn the_ends_of_the_range_are_reached_not_passed() {
        assert_eq!(next_business_day(Date::MAX), Date::MAX);
        assert_eq!(add_business_days(Date::MAX, 3), Date::MAX);
        assert_eq!(previous_business_day(Date::MIN), Date::MIN);
        assert_eq!(add_business_days(Date::MIN, i32::MIN), Date::MIN);
        assert!(business_days_between(Date::MAX, date("9999-12-01")) < 0);
    }

    proptest! {
        #[test]
        fn counting_undoes_stepping(days in 0_i32..40_000, count in -300_i32..300) {
            let start = Date::from_days(days).unwrap();
            let end = add_business_days(start, count);
            if is_business_day(start) {
                prop_assert_eq!(business_days_between(start, end), count);
            }
            if count != 0 {
                prop_assert!(is_business_day(end));
            }
            prop_assert_eq!(next_business_day(previous_business_day(start)) >= start, true);
        }

        #[test]
        fn a_market_day_is_a_payment_day(days in 0_i32..40_000) {
            let day = Date::from_days(days).unwrap();
            prop_assert!(!is_business_day(day) || is_federal_reserve_business_day(day));
        }
    }
}
