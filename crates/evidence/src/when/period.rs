//! Named and counted periods: "the first quarter", "fiscal 2024", "last month", "a year earlier", "since January".
//!
//! A quarter or a half is of the calendar year unless the text says fiscal; a fiscal year begins where the country's law
//! begins it and stays open for a country that is not listed. "Earlier" counts from the time named before it in the sentence or
//! the paragraph, "ago" from the anchor. Periods without a year take the one that comes closest to the anchor, "of the
//! year" the anchor's own.

use brandish_units::Date;

use super::{Anchor, Moment, date};
use crate::model::DateBasis;
use crate::number::small;
use crate::text::{Page, low_is};

/// A period that is named rather than dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// A quarter, 1 to 4.
    Quarter(u32),
    /// A half, 1 or 2.
    Half(u32),
    /// A whole fiscal year.
    Fiscal,
    /// Calendar months from the anchor's: "last month" is -1.
    Month(i32),
    /// Calendar quarters from the anchor's.
    QuarterFrom(i32),
    /// Calendar years from the anchor's.
    Year(i32),
    /// A season by its first month: spring 3, winter 12.
    Season(u32),
    /// The last day of a year.
    YearEnd,
    /// 25 December.
    Christmas,
}

/// A time counted from another: "three months earlier".
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) months: i32,
    pub(super) days: i32,
    /// From the anchor ("ago") and not from the time named before.
    pub(super) ago: bool,
    pub(super) base: Option<Box<Moment>>,
}

/// When a country's fiscal year begins, and which calendar year names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FiscalYear {
    /// First month.
    pub(crate) month: u32,
    /// Named by the year in which it ends.
    pub(crate) by_end: bool,
}

/// Fiscal years by the place's name in the lexicon. Sources: United States, 31 U.S.C. 1102; Japan, Public Finance Act,
/// article 11; India, General Clauses Act 1897, section 3(21), with the market's habit of naming the year by its end.
pub(crate) fn fiscal_year(place: &str) -> Option<FiscalYear> {
    let (month, by_end) = match place {
        "United States" => (10, true),
        "Japan" => (4, false),
        "India" => (4, true),
        _ => return None,
    };
    Some(FiscalYear { month, by_end })
}

/// Words that may begin a named period beside months and weekdays.
pub(super) const LEADS: [&str; 29] = [
    "q1",
    "q2",
    "q3",
    "q4",
    "h1",
    "h2",
    "first",
    "second",
    "third",
    "fourth",
    "final",
    "fiscal",
    "fy",
    "financial",
    "earlier",
    "before",
    "ago",
    "previous",
    "prior",
    "following",
    "year",
    "christmas",
    "end",
    "same",
    "spring",
    "summer",
    "autumn",
    "winter",
    "mid",
];

/// "FY2025" is one word.
pub(super) const FISCAL: [&str; 22] = [
    "fy2012", "fy2013", "fy2014", "fy2015", "fy2016", "fy2017", "fy2018", "fy2019", "fy2020",
    "fy2021", "fy2022", "fy2023", "fy2024", "fy2025", "fy2026", "fy2027", "fy2028", "fy2029",
    "fy2030", "fy24", "fy25", "fy26",
];

fn ordinal(word: &str) -> Option<u32> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" | "final" => 4,
        _ => return None,
    })
}

/// A count before a unit of time: "a", "three", "18".
fn count(page: &Page<'_>, at: usize) -> Option<i32> {
    match page.low(at) {
        "a" | "an" | "the" => Some(1),
        word => small(word)
            .map(|n| n as i32)
            .or_else(|| word.parse().ok().filter(|n| (1..=400).contains(n))),
    }
}

/// Months and days of some units of time.
fn spread(unit: &str, times: i32) -> Option<(i32, i32)> {
    Some(match unit.trim_end_matches('s') {
        "day" => (0, times),
        "week" => (0, 7 * times),
        "month" => (times, 0),
        "quarter" => (3 * times, 0),
        "year" => (12 * times, 0),
        _ => return None,
    })
}

/// The named or counted period whose telling word is the token, without its leading preposition.
pub(super) fn one(page: &Page<'_>, at: usize, first: usize, last: usize) -> Option<Moment> {
    let word = page.low(at);
    let low = |t: usize| if t <= last { page.low(t) } else { "" };
    let made = |from: usize, to: usize, named: Named| {
        Some(Moment {
            first: from,
            last: to,
            named: Some(named),
            ..Moment::default()
        })
    };
    let counted = |from: usize, to: usize, (months, days): (i32, i32), ago: bool| {
        Some(Moment {
            first: from,
            last: to,
            counted: Some(Counted {
                months,
                days,
                ago,
                base: None,
            }),
            ..Moment::default()
        })
    };
    match word {
        "q1" | "q2" | "q3" | "q4" => {
            let number = word[1..].parse().ok()?;
            of_year(page, made(at, at, Named::Quarter(number))?, last)
        }
        "h1" | "h2" => {
            let number = word[1..].parse().ok()?;
            of_year(page, made(at, at, Named::Half(number))?, last)
        }
        "first" | "second" | "third" | "fourth" | "final" => {
            let dash = usize::from(low(at + 1) == "-");
            let end = at + 1 + dash;
            let number = ordinal(word)?;
            let named = match low(end) {
                "quarter" => Named::Quarter(number),
                "half" if number <= 2 => Named::Half(number),
                _ => return None,
            };
            of_year(page, made(at, end, named)?, last)
        }
        "fiscal" | "financial" | "fy" => {
            let year = usize::from(low(at + 1) == "year");
            let mut found = made(at, at + 1 + year, Named::Fiscal)?;
            found.year = Some(year_of(page, at + 1 + year).filter(|_| at + 1 + year <= last)?);
            Some(found)
        }
        "christmas" => made(at, at, Named::Christmas),
        "year" if low(at + 1) == "-" && low(at + 2) == "end" => {
            of_year(page, made(at, at + 2, Named::YearEnd)?, last)
        }
        "spring" | "summer" | "autumn" | "winter" => season(page, at, first, last),
        "mid" if low(at + 1) == "-" && low(at + 2) == "year" => made(at, at + 2, Named::Half(1)),
        // "To end the year at 4.5%".
        "end" if low(at + 1) == "the" && low(at + 2) == "year" => made(at, at + 2, Named::YearEnd),
        "end" if low(at + 1) == "of" => {
            let the = usize::from(matches!(low(at + 2), "the" | "this"));
            (low(at + 2 + the) == "year")
                .then(|| made(at, at + 2 + the, Named::YearEnd))
                .flatten()
        }
        "this" | "last" | "next" => {
            let step = match word {
                "this" => 0,
                "last" => -1,
                _ => 1,
            };
            let named = match low(at + 1) {
                "month" => Named::Month(step),
                "quarter" => Named::QuarterFrom(step),
                "year" => Named::Year(step),
                _ => return None,
            };
            let mut found = made(at, at + 1, named)?;
            found.next = step > 0;
            Some(found)
        }
        "earlier" | "before" | "ago" => {
            let unit = at.checked_sub(1).filter(|t| *t >= first)?;
            let number = at.checked_sub(2).filter(|t| *t >= first)?;
            let (months, days) = spread(page.low(unit), count(page, number)?)?;
            // "Before" with words of its own behind it begins a clause: "a month before the vote".
            if word == "before"
                && (page.tokens.get(at + 1).is_some_and(|t| t.is_word()) && at < last)
            {
                return None;
            }
            counted(number, at, (-months, -days), word == "ago")
        }
        "previous" | "prior" => {
            let (months, days) = spread(low(at + 1), 1)?;
            let alone = !low(at + 1).ends_with('s');
            alone
                .then(|| counted(at, at + 1, (-months, -days), false))
                .flatten()
        }
        "following" => {
            let (months, days) = spread(low(at + 1), 1)?;
            let alone = !low(at + 1).ends_with('s');
            alone
                .then(|| counted(at, at + 1, (months, days), false))
                .flatten()
        }
        // "A year earlier" of another word order: "the same month a year earlier" is told by "earlier".
        _ => fiscal_word(word).map(|year| Moment {
            first: at,
            last: at,
            named: Some(Named::Fiscal),
            year: Some(year),
            ..Moment::default()
        }),
    }
}

/// "This summer", "the autumn of 2025": three months from March, June, September or December on. A season alone is none.
fn season(page: &Page<'_>, at: usize, first: usize, last: usize) -> Option<Moment> {
    let month = match page.low(at) {
        "spring" => 3,
        "summer" => 6,
        "autumn" => 9,
        _ => 12,
    };
    let mut found = Moment {
        first: at,
        last: at,
        named: Some(Named::Season(month)),
        ..Moment::default()
    };
    let before = at
        .checked_sub(1)
        .filter(|t| *t >= first)
        .map_or("", |t| page.low(t));
    match before {
        "this" | "last" | "next" => {
            found.first = at - 1;
            found.year_from = Some(match before {
                "this" => 0,
                "last" => -1,
                _ => 1,
            });
            found.next = before == "next";
            Some(found)
        }
        _ => of_year(page, found, last).filter(|f| f.year.is_some() || f.year_from.is_some()),
    }
}

/// The year in "FY2025", "FY25".
fn fiscal_word(word: &str) -> Option<i32> {
    let digits = word.strip_prefix("fy")?;
    let year: i32 = digits.parse().ok()?;
    Some(if digits.len() == 2 { 2000 + year } else { year })
}

fn year_of(page: &Page<'_>, at: usize) -> Option<i32> {
    let word = page.low(at);
    word.parse()
        .ok()
        .filter(|y| word.len() == 4 && (1900..=2100).contains(y))
}

/// "… of 2025", "… 2025", "… of the year", "… of last year", "… of fiscal 2025".
fn of_year(page: &Page<'_>, mut found: Moment, last: usize) -> Option<Moment> {
    let of = usize::from(low_is!(page, found.last + 1, "of" | "in"));
    let at = found.last + 1 + of;
    if at > last {
        return Some(found);
    }
    if let Some(year) = year_of(page, at) {
        found.year = Some(year);
        found.last = at;
    } else if of == 1 {
        let word = page.low(at);
        let year = low_is!(page, at + 1, "year") && at < last;
        match word {
            "the" | "this" if year => {
                found.year_from = Some(0);
                found.last = at + 1;
            }
            "last" if year => {
                found.year_from = Some(-1);
                found.last = at + 1;
            }
            "next" if year => {
                found.year_from = Some(1);
                found.last = at + 1;
            }
            "fiscal" | "financial" => {
                let skip = usize::from(low_is!(page, at + 1, "year"));
                if let Some(number) = year_of(page, at + 1 + skip) {
                    found.year = Some(number);
                    found.of_fiscal = true;
                    found.last = (at + 1 + skip).min(last);
                }
            }
            _ => {}
        }
    }
    Some(found)
}

fn months(first: Date, number: i32) -> (Date, Date) {
    (first, first.plus_months(number).plus_days(-1))
}

fn month_start(day: Date) -> Option<Date> {
    date(day.year(), day.month(), 1)
}

impl Moment {
    /// Whether the text leaves it to the country what year is meant.
    pub(crate) fn of_fiscal_year(&self) -> bool {
        self.of_fiscal || self.named == Some(Named::Fiscal)
    }

    /// The country's fiscal year, for a time that speaks of one.
    pub(crate) fn set_fiscal(&mut self, year: Option<FiscalYear>) {
        self.fiscal = year;
    }

    /// The month before, for a stock that is told once a month, else the day before.
    pub(crate) fn one_before(self, monthly: bool) -> Moment {
        let (months, days) = if monthly { (-1, 0) } else { (0, -1) };
        Moment {
            first: self.first,
            last: self.last,
            counted: Some(Counted {
                months,
                days,
                ago: false,
                base: Some(Box::new(self)),
            }),
            ..Moment::default()
        }
    }

    /// Whether it is counted from a time that the text named before, and that time is still to be found.
    pub(crate) fn wants_base(&self) -> bool {
        self.counted
            .as_ref()
            .is_some_and(|c| !c.ago && c.base.is_none())
    }

    /// The time named before that this one counts from.
    pub(crate) fn set_base(&mut self, base: &Moment) {
        if let Some(counted) = &mut self.counted {
            counted.base = Some(Box::new(base.clone()));
        }
    }

    pub(super) fn named_days(
        &self,
        named: Named,
        anchor: Anchor,
    ) -> (Option<(Date, Date)>, DateBasis) {
        let open = (None, DateBasis::Open);
        let fixed = |year: i32| -> Option<(Date, Date)> {
            let start = if self.of_fiscal_year() {
                let fiscal = self.fiscal?;
                let year = if fiscal.by_end && fiscal.month > 1 {
                    year - 1
                } else {
                    year
                };
                date(year, fiscal.month, 1)?
            } else {
                date(year, 1, 1)?
            };
            Some(match named {
                Named::Quarter(n) => months(start.plus_months(3 * (n as i32 - 1)), 3),
                Named::Half(n) => months(start.plus_months(6 * (n as i32 - 1)), 6),
                Named::Season(month) => months(date(year, month, 1)?, 3),
                Named::YearEnd => {
                    let end = start.plus_months(12).plus_days(-1);
                    (end, end)
                }
                Named::Christmas => {
                    let day = date(year, 12, 25)?;
                    (day, day)
                }
                _ => months(start, 12),
            })
        };
        if let Some(year) = self.year {
            return (fixed(year), DateBasis::Written);
        }
        let Some(a) = anchor.date else { return open };
        let own = match named {
            Named::Month(step) => month_start(a).map(|d| months(d.plus_months(step), 1)),
            Named::QuarterFrom(step) => {
                let quarter = (a.month() as i32 - 1) / 3;
                date(a.year(), 1, 1).map(|d| months(d.plus_months(3 * (quarter + step)), 3))
            }
            Named::Year(step) => fixed(a.year() + step),
            // The end of the year that is running, and the next Christmas.
            Named::YearEnd | Named::Christmas if self.year_from.is_none() => {
                [a.year(), a.year() + 1]
                    .into_iter()
                    .filter_map(fixed)
                    .find(|d| d.1 >= a)
            }
            _ => match self.year_from {
                Some(step) => fixed(a.year() + step),
                None => closest(a, self.to_come, fixed),
            },
        };
        (own, anchor.basis)
    }

    pub(super) fn counted_days(
        &self,
        counted: &Counted,
        anchor: Anchor,
    ) -> (Option<(Date, Date)>, DateBasis) {
        let base = match &counted.base {
            Some(base) => {
                let (days, basis) = base.days(anchor);
                days.map(|d| (d, basis))
            }
            None if counted.ago => anchor.date.map(|a| ((a, a), anchor.basis)),
            None => None,
        };
        let Some(((from, to), basis)) = base else {
            return (None, DateBasis::Open);
        };
        let step = |day: Date| day.plus_months(counted.months).plus_days(counted.days);
        // The end of a month stays the end of a month.
        let last = to.plus_days(1).day() == 1;
        let to = if last && counted.days == 0 {
            to.plus_days(1).plus_months(counted.months).plus_days(-1)
        } else {
            step(to)
        };
        let from = if from == to || last && from.day() != 1 && counted.days == 0 {
            to
        } else {
            step(from)
        };
        let from = if from > to { to } else { from };
        // "A year ago" is no day.
        let loose = if counted.ago {
            counted.months.abs() * 8
        } else {
            0
        };
        (Some((from.plus_days(-loose), to.plus_days(loose))), basis)
    }
}

/// The year in which a period comes closest to a day; what a report tells is more often over than to come, what a forecast
/// tells the other way round, so the other side counts one and a half times (a judgment).
pub(super) fn closest(
    day: Date,
    to_come: bool,
    fixed: impl Fn(i32) -> Option<(Date, Date)>,
) -> Option<(Date, Date)> {
    let year = day.year();
    let gap = |(from, to): &(Date, Date)| {
        if *from <= day && day <= *to {
            0
        } else {
            let (ahead, behind) = ((*from - day).abs(), (*to - day).abs());
            let nearer = ahead.min(behind);
            if (*from > day) == to_come {
                2 * nearer
            } else {
                3 * nearer
            }
        }
    };
    [year - 1, year, year + 1]
        .into_iter()
        .filter_map(fixed)
        .min_by_key(gap)
}

#[cfg(test)]
mod tests;
