//! The time by which a forecast is to come true, where no date is written: "by the end of the week", "before the summer is out".
//!
//! A week ends with its Friday, a season with the day before the next one begins (astronomical, to the day); "before October" ends
//! with September. A forecast that names none of these cannot be held to a time.

use brandish_units::{Date, Weekday};

use super::Check;
use crate::model::Claim;

/// Last days of the seasons: month and day. The equinoxes and solstices move by a day from year to year.
const SEASONS: [(&str, u32, u32); 5] = [
    ("spring", 6, 20),
    ("summer", 9, 22),
    ("autumn", 12, 20),
    ("fall", 12, 20),
    ("winter", 3, 19),
];

fn friday(mut day: Date) -> Date {
    while day.weekday() != Weekday::Friday {
        day = day.plus_days(1);
    }
    day
}

impl Check<'_> {
    /// The last day of a forecast's time.
    pub(super) fn deadline(&self, claim: &Claim, day: Date) -> Option<Date> {
        let lower = crate::short::lowered(&claim.text);
        if let Some(when) = &claim.when
            && let Some(to) = when.to
        {
            let words = crate::short::lowered(&when.text);
            let before = lower.find(words.as_str()).is_some_and(|at| {
                lower
                    .get(..at)
                    .is_some_and(|front| front.trim_end().ends_with("before"))
            }) || words.starts_with("before");
            // A day named as "before Christmas" stays that day; a month or a year ends before it begins.
            return match when.from {
                Some(from) if before && from < to && from > day => Some(from.plus_days(-1)),
                _ => Some(to),
            };
        }
        let year_end = |year: i32| Date::from_ymd(year, 12, 31).ok();
        let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
        if has(&[
            "end of the week",
            "end of this week",
            "the week is out",
            "this week",
        ]) {
            return Some(friday(day));
        }
        if has(&["end of next week", "next week"]) {
            return Some(friday(friday(day).plus_days(1)));
        }
        if has(&["end of next year", "course of next year", "next year"]) {
            return year_end(day.year() + 1);
        }
        if has(&[
            "end of the year",
            "year is out",
            "rest of this year",
            "rest of the year",
            "this year",
            "year-end",
            "year's end",
        ]) {
            return year_end(day.year());
        }
        if has(&[
            "end of the month",
            "month is out",
            "this month",
            "month-end",
        ]) {
            return Some(day.to_month_end());
        }
        if has(&["next month"]) {
            return Some(day.plus_months(1).to_month_end());
        }
        SEASONS.iter().find_map(|(name, month, last)| {
            let told = ["this ", "the ", "of ", "next ", "by ", "late ", "before "]
                .iter()
                .any(|lead| lower.contains(&format!("{lead}{name}")));
            if !told {
                return None;
            }
            let this = Date::from_ymd(day.year(), *month, *last).ok()?;
            let ends = if this >= day {
                this
            } else {
                Date::from_ymd(day.year() + 1, *month, *last).ok()?
            };
            if lower.contains(&format!("next {name}")) && ends.year() == day.year() {
                return Date::from_ymd(day.year() + 1, *month, *last).ok();
            }
            Some(ends)
        })
    }
}
