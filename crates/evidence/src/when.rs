//! Dates as texts write them, and what fixes the missing year or day.
//!
//! A moment is found with the parts that are written; [`Moment::fix`] adds the rest from an anchor, the document's date or
//! the recorded event that it quotes: the year that comes closest, the weekday on or before. Without an anchor a partial
//! date stays open. "May" is a month only beside a number or behind a word of time. [`period`] reads what is named or
//! counted instead ("the first quarter", "a year earlier"); "since" reaches from there to the anchor.

mod period;

use brandish_units::{Date, Weekday};

use crate::model::{DateBasis, When};
use crate::short::Text;
use crate::text::token::Kind;
use crate::text::{Page, TIME, low_is};
pub(crate) use period::fiscal_year;
use period::{Counted, FiscalYear, Named, closest};

/// What fixes a partial date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Anchor {
    pub(crate) date: Option<Date>,
    pub(crate) basis: DateBasis,
}

/// A time with the parts that are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Moment {
    pub(crate) first: usize,
    pub(crate) last: usize,
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    weekday: Option<u32>,
    /// Days from the anchor: today 0, yesterday -1; a week 7.
    offset: Option<(i32, i32)>,
    /// Third of the month or year: early 1, mid 2, late 3.
    part: u8,
    pub(crate) next: bool,
    /// "by", "until", "through": a deadline.
    pub(crate) deadline: bool,
    zone: Option<Text>,
    /// Days of the period that ends then: "in the week to April 11".
    period: i32,
    /// "since": from there to the anchor.
    since: bool,
    /// "end-March": the last day.
    end: bool,
    /// Of a forecast: a time to come comes closer than one that is over.
    to_come: bool,
    named: Option<Named>,
    /// Years from the anchor's: "of last year" is -1.
    year_from: Option<i32>,
    /// A quarter or half of a fiscal year.
    of_fiscal: bool,
    fiscal: Option<FiscalYear>,
    counted: Option<Counted>,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const ZONES: [&str; 16] = [
    "et", "est", "edt", "jst", "gmt", "utc", "bst", "cet", "cest", "hkt", "kst", "ist", "pt",
    "pst", "pdt", "aest",
];
const LEADS: [&str; 20] = [
    "in",
    "by",
    "through",
    "until",
    "since",
    "mid",
    "of",
    "from",
    "early",
    "late",
    "for",
    "last",
    "next",
    "this",
    "during",
    "on",
    "to",
    "end",
    "start",
    "beginning",
];

pub(crate) fn month(word: &str) -> Option<u32> {
    let first = word.as_bytes().first();
    if !first.is_some_and(|b| b"jfmasond".contains(b)) {
        return None;
    }
    let word = word.trim_end_matches('.');
    if word.len() < 3 {
        return None;
    }
    MONTHS
        .iter()
        .position(|m| {
            m.as_bytes().first() == word.as_bytes().first()
                && (*m == word || (word.len() <= 4 && m.starts_with(word)))
        })
        .map(|p| p as u32 + 1)
}

/// Whether a word is a day of the week.
pub(crate) fn weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

fn date(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::from_ymd(year, month, day).ok()
}

/// All times in the tokens `first..=last`.
pub(crate) fn moments(page: &Page<'_>, first: usize, last: usize) -> Vec<Moment> {
    let mut out: Vec<Moment> = Vec::new();
    fill(page, first, last, &mut out);
    out
}

/// The same into an empty list.
pub(crate) fn fill(page: &Page<'_>, first: usize, last: usize, out: &mut Vec<Moment>) {
    let mut from = first;
    while let Some(at) = page.next_of(from, last, TIME) {
        from = at + 1;
        if let Some(mut found) = one(page, at, first, last) {
            from = found.last + 1;
            // "Fiscal 2024, which ended in March": a gloss on the time before it.
            if !out.is_empty() && gloss(page, &found, first) {
                continue;
            }
            if found.wants_base()
                && let Some(base) = out.last()
            {
                found.set_base(base);
            }
            out.push(found);
        }
    }
}

/// "Ended in", "began on" right before a time.
fn gloss(page: &Page<'_>, found: &Moment, first: usize) -> bool {
    found.first > first
        && low_is!(
            page,
            found.first - 1,
            "ended" | "ends" | "began" | "begins" | "started" | "starts"
        )
        && found.period == 0
}

/// Words that may begin a time.
pub(crate) fn leads() -> impl Iterator<Item = &'static str> {
    let short = [
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "today",
        "tonight",
        "yesterday",
        "tomorrow",
        "this",
        "last",
        "next",
    ];
    let named = period::LEADS.into_iter().chain(period::FISCAL);
    MONTHS.into_iter().chain(WEEKDAYS).chain(short).chain(named)
}

fn number(page: &Page<'_>, at: usize) -> Option<i32> {
    matches!(page.tokens.get(at)?.kind, Kind::Number)
        .then(|| page.word(at).parse().ok())
        .flatten()
}

fn one(page: &Page<'_>, at: usize, first: usize, last: usize) -> Option<Moment> {
    let word = page.low(at);
    let back = |n: usize| {
        at.checked_sub(n)
            .filter(|b| *b >= first)
            .map_or("", |b| page.low(b))
    };
    let before = if back(1) == "-" { back(2) } else { back(1) };
    let mut found = Moment {
        first: at,
        last: at,
        ..Moment::default()
    };
    let lead = |found: &mut Moment| {
        found.part = match before {
            "early" | "beginning" | "start" => 1,
            "mid" | "middle" => 2,
            "late" | "end" => 3,
            _ => 0,
        };
        if before == "of" && matches!(back(2), "start" | "beginning") {
            found.part = 1;
        }
        found.end = before == "end" && back(1) == "-";
        found.next = before == "next";
        let outer = if found.part > 0 && before != "of" {
            if back(1) == "-" { back(3) } else { back(2) }
        } else {
            before
        };
        found.deadline = matches!(outer, "by" | "until" | "through" | "before");
        found.since = outer == "since";
        if found.part > 0 && before != "of" {
            found.first = if back(1) == "-" { at - 2 } else { at - 1 };
        }
        if matches!(
            outer,
            "by" | "until"
                | "through"
                | "in"
                | "on"
                | "since"
                | "during"
                | "next"
                | "last"
                | "from"
        ) && found.first > first
        {
            found.first -= 1;
        }
    };
    let year_at = |place: usize| {
        number(page, place)
            .filter(|y| (1900..=2100).contains(y) && place <= last && page.word(place).len() == 4)
    };
    let day_at = |place: usize| {
        number(page, place)
            .filter(|d| (1..=31).contains(d) && place <= last && page.word(place).len() <= 2)
    };
    let letters = page.tokens[at].is_word();
    if let Some(month) = letters.then(|| month(word)).flatten() {
        let capital = page.tokens[at].capital();
        let (follows, precedes) = (
            day_at(at + 1).filter(|_| !low_is!(page, at + 2, "%")),
            at.checked_sub(1).filter(|b| *b >= first).and_then(day_at),
        );
        if !capital
            || (follows.is_none()
                && precedes.is_none()
                && year_at(at + 1).is_none()
                && !LEADS.contains(&before))
        {
            return None;
        }
        found.month = Some(month);
        lead(&mut found);
        if let Some(day) = follows {
            found.day = Some(day as u32);
            found.last = at + 1;
            let comma = usize::from(low_is!(page, at + 2, ","));
            if let Some(year) = year_at(at + 2 + comma) {
                found.year = Some(year);
                found.last = at + 2 + comma;
            }
        } else {
            if let Some(day) = precedes {
                found.day = Some(day as u32);
                found.first = at - 1;
                if at >= first + 2 && low_is!(page, at - 2, "on" | "by" | "until" | "since") {
                    found.first = at - 2;
                    found.deadline = low_is!(page, at - 2, "by" | "until");
                }
            }
            if let Some(year) = year_at(at + 1) {
                found.year = Some(year);
                found.last = at + 1;
            }
        }
    } else if let Some(weekday) = WEEKDAYS
        .iter()
        .position(|w| word.ends_with("day") && *w == word)
    {
        found.weekday = Some(weekday as u32);
        lead(&mut found);
    } else if let Some(mut named) = period::one(page, at, first, last) {
        opened(page, &mut named, first);
        found = named;
    } else if let Some(year) = year_at(at) {
        let iso = low_is!(page, at + 1, "-") && page.low(at + 3) == "-" && at + 4 <= last;
        if iso && let (Some(m), Some(d)) = (number(page, at + 2), number(page, at + 4)) {
            found.year = Some(year);
            found.month = Some(m.unsigned_abs());
            found.day = Some(d.unsigned_abs());
            found.last = at + 4;
        } else if (LEADS.contains(&before) || before == "year" || before == "and")
            && page.low(at + 1) != "%"
        {
            found.year = Some(year);
            lead(&mut found);
        } else {
            return None;
        }
    } else {
        let (days, width) = match (word, page.low(at + 1)) {
            ("today" | "tonight", _) => ((0, 0), 1),
            ("yesterday", _) => ((-1, -1), 1),
            ("tomorrow", _) => ((1, 1), 1),
            ("this", "week") => ((-6, 6), 2),
            ("last", "week") => ((-13, -1), 2),
            ("next", "week") => ((1, 13), 2),
            _ => return None,
        };
        found.offset = Some(days);
        found.next = days.0 > 0;
        found.last = at + width - 1;
    }
    if found.last > last {
        found.last = last;
    }
    let lead = found.first;
    let word = |back: usize| {
        lead.checked_sub(back)
            .filter(|t| *t >= first)
            .map_or("", |t| page.low(t))
    };
    let joined =
        low_is!(page, lead, "to" | "through") || matches!(word(1), "to" | "ending" | "ended");
    let noun = if low_is!(page, lead, "to" | "through") {
        word(1)
    } else {
        word(2)
    };
    found.period = match (joined, noun) {
        (true, "week") => 7,
        (true, "month") => 30,
        (true, "quarter") => 91,
        (true, "year") => 365,
        // "The three months to March".
        (true, "months") => {
            let back = if low_is!(page, lead, "to" | "through") {
                2
            } else {
                3
            };
            let count = crate::number::small(word(back));
            count.map_or(0, |n| 30 * n as i32 + n as i32 / 3)
        }
        _ => 0,
    };
    // A zone beside it: "May 1 ET", "in Tokyo time".
    for place in found.last + 1..=(found.last + 3).min(last) {
        if ZONES.contains(&page.low(place)) && page.word(place).chars().all(char::is_uppercase) {
            found.zone = Some(Text::of(page.word(place)));
            break;
        }
        if low_is!(page, place, "time") && place > found.last + 1 {
            found.zone = Some(Text::of(page.word(place - 1)));
            break;
        }
    }
    Some(found)
}

/// The preposition and article before a named period: "in the", "by the", "since".
fn opened(page: &Page<'_>, found: &mut Moment, first: usize) {
    let mut lead = found.first;
    let before = |lead: usize| {
        lead.checked_sub(1)
            .filter(|t| *t >= first)
            .map_or("", |t| page.low(t))
    };
    if before(lead) == "the" {
        lead -= 1;
    }
    match before(lead) {
        "by" | "until" | "through" | "before" => found.deadline = true,
        "since" => found.since = true,
        "in" | "on" | "during" | "for" | "over" | "from" => {}
        _ => return,
    }
    found.first = lead - 1;
}

impl Moment {
    /// Whether the day has to be worked out: a weekday, "yesterday", "last month", "a year ago".
    pub(crate) fn relative(&self) -> bool {
        self.weekday.is_some()
            || self.offset.is_some()
            || self.counted.is_some()
            || matches!(
                self.named,
                Some(Named::Month(_) | Named::QuarterFrom(_) | Named::Year(_))
            )
    }

    /// Whether a single day has to be worked out: a weekday, "yesterday".
    pub(crate) fn relative_day(&self) -> bool {
        self.weekday.is_some() || self.offset.is_some_and(|(from, to)| from == to)
    }

    /// Whether it may lie ahead: a date, a period, "this year", "next week"; not "last month".
    pub(crate) fn ahead(&self) -> bool {
        let running = matches!(
            self.named,
            Some(Named::Month(0) | Named::QuarterFrom(0) | Named::Year(0))
        );
        !self.since && (!self.relative() || self.next || running)
    }

    /// Whether it is named as a time that can lie ahead and is no day of the week: "in November", "next month", "this summer".
    pub(crate) fn named_ahead(&self) -> bool {
        self.ahead() && self.weekday.is_none() && self.day.is_none()
    }

    /// Takes the time as one to come where no year is written.
    pub(crate) fn comes(&mut self) {
        self.to_come = true;
    }

    /// Takes the word before it in: "than in January".
    pub(crate) fn with_word_before(&mut self) {
        self.first = self.first.saturating_sub(1);
    }

    /// A time that ends with the anchor, as the heading of a table's column gives it.
    pub(crate) fn trailing(at: usize, days: i32) -> Moment {
        Moment {
            first: at,
            last: at,
            offset: Some((-days, 0)),
            ..Moment::default()
        }
    }

    pub(crate) fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// The moment with its first and last day as far as the anchor fixes them.
    pub(crate) fn fix(&self, page: &Page<'_>, anchor: Anchor) -> When {
        let text = Text::of(page.slice(self.first, self.last));
        let (days, basis) = self.days(anchor);
        // "The quarter to March" begins with January, "the week to April 11" seven days before.
        let days = days.map(|(from, to)| match self.period {
            30.. if self.day.is_none() => {
                let months = (self.period + 1) / 30;
                (to.plus_days(1).plus_months(-months), to)
            }
            days => (from.plus_days(-days), to),
        });
        let days = match (days, anchor.date) {
            (Some((from, _)), Some(to)) if self.since && from <= to => Some((from, to)),
            other => other.0,
        };
        When {
            text,
            from: days.map(|d| d.0),
            to: days.map(|d| d.1),
            zone: self.zone.clone(),
            basis,
        }
    }

    fn days(&self, anchor: Anchor) -> (Option<(Date, Date)>, DateBasis) {
        let open = (None, DateBasis::Open);
        if let Some(counted) = &self.counted {
            return self.counted_days(counted, anchor);
        }
        if let Some(named) = self.named {
            return self.named_days(named, anchor);
        }
        if let Some((from, to)) = self.offset {
            return anchor.date.map_or(open, |a| {
                (Some((a.plus_days(from), a.plus_days(to))), anchor.basis)
            });
        }
        if let Some(weekday) = self.weekday {
            let Some(a) = anchor.date else { return open };
            let today = weekday_number(a.weekday());
            let back = (today + 7 - weekday as i32) % 7;
            let day = if self.next {
                a.plus_days(7 - back)
            } else {
                a.plus_days(-back)
            };
            return (Some((day, day)), anchor.basis);
        }
        let fixed = |year: i32| match (self.month, self.day) {
            (Some(m), Some(d)) => date(year, m, d).map(|d| (d, d)),
            (Some(m), None) => date(year, m, 1).map(|d| {
                let (from, to) = (d, d.plus_months(1).plus_days(-1));
                match self.part {
                    _ if self.end => (to, to),
                    1 => (from, from.plus_days(9)),
                    2 => (from.plus_days(9), from.plus_days(20)),
                    3 => (from.plus_days(19), to),
                    _ => (from, to),
                }
            }),
            (None, _) => date(year, 1, 1).map(|d| match self.part {
                1 => (d, d.plus_months(4).plus_days(-1)),
                2 => (d.plus_months(4), d.plus_months(8).plus_days(-1)),
                3 => (d.plus_months(8), d.plus_months(12).plus_days(-1)),
                _ => (d, d.plus_months(12).plus_days(-1)),
            }),
        };
        if let Some(year) = self.year {
            return (fixed(year), DateBasis::Written);
        }
        let Some(a) = anchor.date else { return open };
        let best = if self.since {
            // "Since January" lies behind.
            [a.year(), a.year() - 1]
                .into_iter()
                .filter_map(fixed)
                .find(|(from, _)| *from <= a)
        } else {
            closest(a, self.to_come, fixed)
        };
        (best, anchor.basis)
    }
}

fn weekday_number(weekday: Weekday) -> i32 {
    match weekday {
        Weekday::Monday => 0,
        Weekday::Tuesday => 1,
        Weekday::Wednesday => 2,
        Weekday::Thursday => 3,
        Weekday::Friday => 4,
        Weekday::Saturday => 5,
        Weekday::Sunday => 6,
    }
}
