//! A civil date as one integer: days since 1970-01-01.
//!
//! Securities and curves count days, so the day number is the value and year, month and day are views of it.
//! The conversion is the proleptic Gregorian calendar on eras of 400 years (146,097 days); the tests compare it with
//! another library day by day. Dates run from 0001-01-01 to 9999-12-31; arithmetic stops at these two ends, which no
//! security reaches, so that adding days never fails.

use std::fmt;
use std::ops::Sub;
use std::str::FromStr;

use crate::UnitsError;

/// A civil date; ordered in time, copied freely.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say all")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

impl Date {
    /// 1970-01-01, day number 0.
    pub const EPOCH: Date = Date(0);
    /// 0001-01-01, the earliest date.
    pub const MIN: Date = Date(day_number(1, 1, 1));
    /// 9999-12-31, the latest date.
    pub const MAX: Date = Date(day_number(9999, 12, 31));

    /// The date with this year (1 to 9999), month (1 to 12) and day of the month.
    pub const fn from_ymd(year: i32, month: u32, day: u32) -> Result<Date, UnitsError> {
        if year < 1
            || year > 9999
            || month < 1
            || month > 12
            || day < 1
            || day > days_in_month(year, month)
        {
            return Err(UnitsError::NoSuchDay { year, month, day });
        }
        Ok(Date(day_number(year, month, day)))
    }

    /// The date with this number of days since 1970-01-01.
    pub const fn from_days(days: i32) -> Result<Date, UnitsError> {
        if days < Date::MIN.0 || days > Date::MAX.0 {
            return Err(UnitsError::DayNumberOutOfRange { days });
        }
        Ok(Date(days))
    }

    /// Days since 1970-01-01, negative before.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Year, month and day together: one conversion instead of three.
    pub const fn ymd(self) -> (i32, u32, u32) {
        // Years counted from March make the leap day the last day of a year.
        let shifted = self.0 as i64 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year as i32, month as u32, day as u32)
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.ymd().0
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u32 {
        self.ymd().1
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u32 {
        self.ymd().2
    }

    /// The day of the week.
    pub const fn weekday(self) -> Weekday {
        // Day 0 was a Thursday.
        WEEK[(self.0 as i64 + 3).rem_euclid(7) as usize]
    }

    /// The date this many days later (earlier when negative); stops at [`Date::MIN`] and [`Date::MAX`].
    pub const fn plus_days(self, days: i32) -> Date {
        Date::within_range(self.0 as i64 + days as i64)
    }

    /// The date this many months later (earlier when negative), same day of the month, or the month's last day where
    /// that day does not exist: 2025-01-31 plus one month is 2025-02-28. Stops at [`Date::MIN`] and [`Date::MAX`].
    ///
    /// A month-end security (31 CFR 356 App. B: coupons on the last day of the month) needs [`Date::to_month_end`] on top.
    pub const fn plus_months(self, months: i32) -> Date {
        let (year, month, day) = self.ymd();
        let count = year as i64 * 12 + (month as i64 - 1) + months as i64;
        let new_year = count.div_euclid(12);
        if new_year < 1 {
            return Date::MIN;
        }
        if new_year > 9999 {
            return Date::MAX;
        }
        let (new_year, new_month) = (new_year as i32, count.rem_euclid(12) as u32 + 1);
        let last = days_in_month(new_year, new_month);
        Date(day_number(
            new_year,
            new_month,
            if day < last { day } else { last },
        ))
    }

    /// Whether this is the last day of its month.
    pub const fn is_month_end(self) -> bool {
        let (year, month, day) = self.ymd();
        day == days_in_month(year, month)
    }

    /// The last day of this date's month.
    pub const fn to_month_end(self) -> Date {
        let (year, month, _) = self.ymd();
        Date(day_number(year, month, days_in_month(year, month)))
    }

    /// The first day of this date's month.
    pub const fn to_month_start(self) -> Date {
        let (year, month, _) = self.ymd();
        Date(day_number(year, month, 1))
    }

    /// Whether this date's year has a February 29.
    pub const fn is_in_leap_year(self) -> bool {
        is_leap_year(self.year())
    }

    const fn within_range(days: i64) -> Date {
        if days < Date::MIN.0 as i64 {
            Date::MIN
        } else if days > Date::MAX.0 as i64 {
            Date::MAX
        } else {
            Date(days as i32)
        }
    }
}

/// Whether the year has a February 29 (Gregorian rule).
pub const fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days of a month; 0 for a month that is not 1 to 12.
pub const fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Days since 1970-01-01 of an existing day; callers have checked year, month and day.
pub(crate) const fn day_number(year: i32, month: u32, day: u32) -> i32 {
    let year_from_march = if month <= 2 { year - 1 } else { year };
    let era = year_from_march.div_euclid(400);
    let year_of_era = year_from_march.rem_euclid(400);
    let month_from_march = (month as i32 + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Later minus earlier: the number of days between two dates.
impl Sub for Date {
    type Output = i32;
    fn sub(self, earlier: Date) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        // Dates are printed by the million; digits by hand cost a tenth of the general way.
        let mut text = *b"0000-00-00";
        let mut put = |place: usize, number: u32| text[place] += (number % 10) as u8;
        match u32::try_from(year) {
            Ok(y) if y <= 9999 => {
                put(0, y / 1000);
                put(1, y / 100);
                put(2, y / 10);
                put(3, y);
                put(5, month / 10);
                put(6, month);
                put(8, day / 10);
                put(9, day);
                f.pad(std::str::from_utf8(&text).unwrap_or(""))
            }
            _ => f.pad(&format!("{year:04}-{month:02}-{day:02}")),
        }
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = UnitsError;

    /// Reads exactly `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Date, UnitsError> {
        let unreadable = || UnitsError::DateText {
            text: text.to_owned(),
        };
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(unreadable());
        }
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_u32, |value, digit| match digit {
                b'0'..=b'9' => Ok(value * 10 + u32::from(digit - b'0')),
                _ => Err(unreadable()),
            })
        };
        let (year, month, day) = (
            number(&bytes[..4])?,
            number(&bytes[5..7])?,
            number(&bytes[8..])?,
        );
        Date::from_ymd(year as i32, month, day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_a_date_is_refused() {
        for text in [
            "",
            "2025-5-15",
            "2025/05/15",
            "2025-05-15T",
            "20250515",
            "+025-05-15",
            "２025-05-1",
        ] {
            assert_eq!(
                text.parse::<Date>(),
                Err(UnitsError::DateText { text: text.into() })
            );
        }
        assert_eq!(
            "2025-02-29".parse::<Date>(),
            Err(UnitsError::NoSuchDay {
                year: 2025,
                month: 2,
                day: 29
            })
        );
        assert_eq!(
            Date::from_ymd(2025, 13, 1),
            Err(UnitsError::NoSuchDay {
                year: 2025,
                month: 13,
                day: 1
            })
        );
        assert!(Date::from_days(i32::MAX).is_err());
    }

    #[test]
    fn month_ends_clamp() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(date("2025-01-31").plus_months(1), date("2025-02-28"));
        assert_eq!(date("2024-08-31").plus_months(-6), date("2024-02-29"));
        assert!(date("2024-02-29").is_month_end() && !date("2024-02-28").is_month_end());
    }

    proptest! {
        #[test]
        fn printing_and_reading_returns_the_date(days in Date::MIN.days()..=Date::MAX.days()) {
            let date = Date::from_days(days).unwrap();
            prop_assert_eq!(date.to_string().parse::<Date>(), Ok(date));
        }

        #[test]
        fn nothing_leaves_the_range(days in Date::MIN.days()..=Date::MAX.days(), step: i32) {
            let date = Date::from_days(days).unwrap();
            for moved in [date.plus_days(step), date.plus_months(step)] {
                prop_assert!(moved >= Date::MIN && moved <= Date::MAX);
            }
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = text.parse::<Date>();
        }
    }
}
