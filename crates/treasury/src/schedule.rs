//! Payment dates: counted from maturity backwards, with the month-end rule.
//!
//! 31 CFR 356 App. B I.A: interest is paid every six months (notes, bonds, TIPS) or every three (FRNs) on the day of
//! the month on which the security matures; a security that matures on the last day of a month pays on last days of months.
//! Dates here are the contractual ones: when one is not a business day the money moves on the next business day, but
//! no formula of Appendix B and no street yield counts those days.

use brandish_units::Date;

/// The date `periods` periods of `months` months before `maturity`.
pub fn payment_date(maturity: Date, months: i32, periods: i32) -> Date {
    let date = maturity.plus_months(-months * periods);
    if maturity.is_month_end() {
        date.to_month_end()
    } else {
        date
    }
}

/// The payment period that contains a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Payment date on or before the day.
    pub previous: Date,
    /// First payment date after the day.
    pub next: Date,
    /// Full periods from `next` to maturity.
    pub full_periods_after: i32,
}

impl Period {
    /// Days in the period, the `s` of Appendix B.
    pub fn days(self) -> i32 {
        self.next - self.previous
    }
}

/// The period with `previous <= day < next`; `None` on or after maturity, when nothing is left to be paid.
pub fn period_containing(maturity: Date, months: i32, day: Date) -> Option<Period> {
    if day >= maturity {
        return None;
    }
    let (year, month, _) = day.ymd();
    let (last_year, last_month, _) = maturity.ymd();
    let distance = (last_year - year) * 12 + last_month as i32 - month as i32;
    // Whole periods back from maturity that certainly end after the day's month; then at most two steps.
    let mut after = distance / months;
    let mut next = payment_date(maturity, months, after);
    while next <= day {
        after -= 1;
        next = payment_date(maturity, months, after);
    }
    let mut previous = payment_date(maturity, months, after + 1);
    while previous > day {
        after += 1;
        next = previous;
        previous = payment_date(maturity, months, after + 1);
    }
    Some(Period {
        previous,
        next,
        full_periods_after: after,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn periods_of_31_cfr_356_table_1() {
        // (maturity, a day, previous, next, full periods after, days)
        let cases = [
            (
                "2020-05-15",
                "1990-05-15",
                "1990-05-15",
                "1990-11-15",
                59,
                184,
            ),
            (
                "1992-03-31",
                "1990-04-02",
                "1990-03-31",
                "1990-09-30",
                3,
                183,
            ),
            (
                "1995-05-15",
                "1990-03-01",
                "1989-11-15",
                "1990-05-15",
                10,
                181,
            ),
            (
                "2028-02-29",
                "2025-03-03",
                "2025-02-28",
                "2025-08-31",
                5,
                184,
            ),
            (
                "2027-02-28",
                "2024-08-30",
                "2024-02-29",
                "2024-08-31",
                5,
                184,
            ),
            (
                "2027-02-28",
                "2024-08-31",
                "2024-08-31",
                "2025-02-28",
                4,
                181,
            ),
            (
                "2026-11-30",
                "2026-05-31",
                "2026-05-31",
                "2026-11-30",
                0,
                183,
            ),
            (
                "2026-11-30",
                "2026-05-30",
                "2025-11-30",
                "2026-05-31",
                1,
                182,
            ),
        ];
        for (maturity, day, previous, next, after, days) in cases {
            let period = period_containing(date(maturity), 6, date(day)).unwrap();
            assert_eq!(
                period,
                Period {
                    previous: date(previous),
                    next: date(next),
                    full_periods_after: after
                },
                "{maturity} {day}"
            );
            assert_eq!(period.days(), days, "{maturity} {day}");
        }
        assert_eq!(
            period_containing(date("2026-11-30"), 6, date("2026-11-30")),
            None
        );
    }
}
