//! The holidays that follow rules.
//!
//! Fixed dates: New Year's Day, Juneteenth (since 2022), Independence Day, Veterans Day, Christmas. Mondays: Martin
//! Luther King Day (since 1986), Presidents Day, Memorial Day, Labor Day, Columbus Day. Thanksgiving. The market adds Good Friday.
//! On a Sunday the holiday moves to Monday. On a Saturday the Reserve Banks do not move it; the market closes on
//! the Friday for Independence Day and Christmas only (2015-07-03, 2020-07-03, 2021-12-24), not for New Year's Day (2021-12-31
//! traded), Veterans Day (2006-11-10 traded) or Juneteenth (2021-06-18 traded).
//! Good Friday: since 1996 the market trades until noon when the employment report falls on it, as in 2015, 2021 and 2023.

use crate::date::day_number;
use crate::{Date, Weekday};

/// The holiday for which the market closes on this weekday, if any.
pub(super) fn market_holiday(date: Date) -> Option<&'static str> {
    if let Some(name) = federal_reserve_holiday(date) {
        return Some(name);
    }
    let (year, month, day) = date.ymd();
    match (month, day, date.weekday()) {
        (7, 3, Weekday::Friday) => Some("Independence Day (observed)"),
        (12, 24, Weekday::Friday) => Some("Christmas Day (observed)"),
        (3 | 4, _, Weekday::Friday) if date == good_friday(year) && !good_friday_trades(date) => {
            Some("Good Friday")
        }
        _ => None,
    }
}

/// The holiday for which the Reserve Banks close on this weekday, if any.
pub(super) fn federal_reserve_holiday(date: Date) -> Option<&'static str> {
    let (year, month, day) = date.ymd();
    let weekday = date.weekday();
    let monday = weekday == Weekday::Monday;
    // A fixed date on a weekday, or the Monday after it fell on a Sunday.
    let fixed = |on: u32| day == on || (monday && day == on + 1);
    match month {
        1 if fixed(1) => Some("New Year's Day"),
        1 if year >= 1986 && monday && (15..=21).contains(&day) => Some("Martin Luther King Day"),
        2 if monday && (15..=21).contains(&day) => Some("Presidents Day"),
        5 if monday && day >= 25 => Some("Memorial Day"),
        6 if year >= 2022 && fixed(19) => Some("Juneteenth"),
        7 if fixed(4) => Some("Independence Day"),
        9 if monday && day <= 7 => Some("Labor Day"),
        10 if monday && (8..=14).contains(&day) => Some("Columbus Day"),
        11 if fixed(11) => Some("Veterans Day"),
        11 if weekday == Weekday::Thursday && (22..=28).contains(&day) => Some("Thanksgiving Day"),
        12 if fixed(25) => Some("Christmas Day"),
        _ => None,
    }
}

/// Early closes by rule; the caller has checked that the market trades that day.
pub(super) fn is_early_close(date: Date) -> bool {
    let (year, month, day) = date.ymd();
    let weekday = date.weekday();
    if date == good_friday(year) {
        return good_friday_trades(date);
    }
    // Thanksgiving is the fourth Thursday, 22 to 28, so the day after is a Friday from 23 to 29.
    if month == 11 && weekday == Weekday::Friday && (23..=29).contains(&day) {
        return true;
    }
    // The last business day of the year, even when New Year's Day is a Saturday.
    let next = super::next_business_day(date);
    if next.year() != year {
        return true;
    }
    // The business day before a holiday: some day strictly between this and the next business day is that holiday.
    ((date.days() + 1)..next.days()).any(|number| {
        let between = Date::EPOCH.plus_days(number);
        matches!(
            market_holiday(between),
            Some(
                "Good Friday"
                    | "Memorial Day"
                    | "Independence Day"
                    | "Independence Day (observed)"
                    | "Christmas Day"
                    | "Christmas Day (observed)"
            )
        )
    })
}

/// Whether the employment report for March is due on this Good Friday. The report comes on the third Friday after the
/// week (Sunday to Saturday) that contains March 12, which is April 1 to 7 when it meets Good Friday.
fn good_friday_trades(good_friday: Date) -> bool {
    let (year, month, day) = good_friday.ymd();
    year >= 1996 && month == 4 && day <= 7
}

/// The Friday before Easter Sunday.
///
/// Easter by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, 2nd ed., chapter 8): golden number,
/// century corrections, epact, then the Sunday after the paschal full moon.
fn good_friday(year: i32) -> Date {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - correction + 15).rem_euclid(30);
    let weekday =
        (32 + 2 * century.rem_euclid(4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday - 7 * late + 114;
    let (month, day) = ((sum / 31) as u32, (sum % 31 + 1) as u32);
    Date::EPOCH.plus_days(day_number(year, month, day) - 2)
}
