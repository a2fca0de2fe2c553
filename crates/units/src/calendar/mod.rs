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
