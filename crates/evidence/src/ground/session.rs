//! The trading day that a level or a change is of.
//!
//! A day counts if it stands at the number: behind it with no other number between, or before it. "That day", "a day earlier"
//! and "on the Tuesday" count from the day named last before them in the paragraph. A number without a day of its own is of
//! the day that its paragraph speaks of, of the day of the text or, written in the morning, of the one before; such a day
//! is not stated, and the record can only bear the number out.

use std::collections::BTreeMap;

use brandish_units::{Date, Weekday};

use super::{Ground, Place};
use crate::model::{Claim, ClaimKind, DateBasis, Modality, When};
use crate::number;
use crate::short::Text;
use crate::text::token::Kind;
use crate::text::{keyed, low_is};
use crate::when::moments;

/// The days that a number can be of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Days {
    /// The text says which.
    Stated(Date),
    /// The text speaks of these, and does not say which is the number's.
    Near(Vec<Date>),
    /// A change counted from a day to another, or to the day of the text.
    Since(Date, Option<Date>),
    /// Nothing is known beside what the claim carries.
    #[default]
    Open,
}

/// A time of a sentence: tokens, first and last day.
#[derive(Debug, Clone, Copy)]
struct Time {
    first: usize,
    last: usize,
    from: Date,
    to: Date,
    /// "the Tuesday".
    definite: bool,
}

/// Times of the sentences that were asked for.
#[derive(Default)]
pub(super) struct Times(BTreeMap<usize, Vec<Time>>);

impl Times {
    fn of(&mut self, place: &Place<'_>, sentence: usize) -> &[Time] {
        self.0.entry(sentence).or_insert_with(|| {
            let Some(s) = place.page.sentences.get(sentence) else {
                return Vec::new();
            };
            moments(place.page, s.first, s.last)
                .iter()
                .filter_map(|m| {
                    let w = m.fix(place.page, place.anchor);
                    let weekday = weekday(place.page.low(m.first)).is_some();
                    let before = m.first.checked_sub(1).map_or("", |t| place.page.low(t));
                    Some(Time {
                        first: m.first,
                        last: m.last,
                        from: w.from?,
                        to: w.to?,
                        definite: weekday && before == "the",
                    })
                })
                .collect()
        })
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        _ => return None,
    })
}

/// Earlier sentences whose days a number may be of.
const BACK: usize = 4;

/// The day named last before a token: in its sentence, its paragraph, or at the paragraph's head the one before.
fn antecedent(place: &Place<'_>, times: &mut Times, token: usize) -> Option<Date> {
    let own = place.sentence(token);
    let block = place.page.sentences.get(own)?.block;
    for back in 0..=BACK {
        let at = own.checked_sub(back)?;
        let sentence = *place.page.sentences.get(at)?;
        if block - sentence.block > 1 {
            return None;
        }
        let found = times
            .of(place, at)
            .iter()
            .rev()
            .find(|t| t.last < token && t.from == t.to && !t.definite)
            .copied();
        if let Some(found) = found {
            return Some(found.from);
        }
    }
    None
}

/// "A day earlier", "that day": days from the antecedent, and where it stands.
fn relative(place: &Place<'_>, first: usize, last: usize) -> Option<(usize, usize, i32)> {
    let page = place.page;
    (first..last).find_map(|t| {
        let ends = |n: usize| {
            page.tokens.get(t + n).is_none_or(|t| !t.is_word())
                || low_is!(page, t + n, "and" | "but" | "that" | "to" | "in" | "at")
        };
        let offset = match (page.low(t), page.low(t + 1), page.low(t + 2)) {
            ("that" | "same", "day" | "session", _) => 0,
            ("next" | "following", "day" | "session", _) => 1,
            ("previous", "day" | "session", _) => -1,
            ("a" | "one", "day", "later") => 1,
            ("a" | "one" | "the", "day", "earlier" | "before") if ends(3) => -1,
            ("the", "day", "after") if ends(3) => 1,
            ("a" | "one", "week", "earlier" | "before") if ends(3) => -7,
            ("a" | "one", "week", "later") => 7,
            _ => return None,
        };
        let width = if low_is!(page, t, "that" | "same" | "next" | "following" | "previous") {
            1
        } else {
            2
        };
        Some((t, t + width, offset))
    })
}

/// "A month earlier", "two years ago": a time counted in units that no rule of days resolves.
fn unresolved(place: &Place<'_>, first: usize, last: usize) -> bool {
    let page = place.page;
    (first..last).any(|t| {
        let unit = low_is!(
            page,
            t,
            "weeks"
                | "month"
                | "months"
                | "quarter"
                | "quarters"
                | "year"
                | "years"
                | "decade"
                | "decades"
                | "days"
        );
        unit && low_is!(
            page,
            t + 1,
            "earlier" | "ago" | "before" | "previously" | "later"
        ) || unit && page.low(t + 1) == "since"
            // "It is three weeks since", "the highest in 16 years since" counts alike.
            && t.checked_sub(1).is_some_and(|n| {
                page.tokens.get(n).is_some_and(|t| t.kind == Kind::Number)
                    || number::small(page.low(n)).is_some()
            })
    })
}

/// "On the 17th" right behind a number: its first token and the day.
fn ordinal(place: &Place<'_>, last: usize) -> Option<(usize, u32)> {
    let page = place.page;
    let at = (last + 1..=last + 3).find(|t| page.low(*t) == "the")?;
    if !matches!(page.low(at - 1), "on" | "by" | "from" | "at") {
        return None;
    }
    let word = page.low(at + 1);
    let digits = word.trim_end_matches(char::is_alphabetic);
    let suffix = word.get(digits.len()..).filter(|s| !s.is_empty());
    let suffix = suffix.unwrap_or_else(|| page.low(at + 2));
    matches!(suffix, "st" | "nd" | "rd" | "th")
        .then(|| digits.parse().ok())
        .flatten()
        .map(|day| (at, day))
}

/// Whether the sentence before counts to a day that nothing fixes: "that day" is then that one.
fn open_before(place: &Place<'_>, token: usize) -> bool {
    let own = place.sentence(token);
    let sentence = |n: usize| place.page.sentences.get(n);
    let (Some(here), Some(before)) = (sentence(own), own.checked_sub(1).and_then(sentence)) else {
        return false;
    };
    here.block == before.block && unresolved(place, before.first, before.last)
}

/// The weekday on or behind a day, a week at most.
fn on_or_after(day: Date, wanted: Weekday) -> Date {
    (0..7)
        .map(|n| day.plus_days(n))
        .find(|d| d.weekday() == wanted)
        .unwrap_or(day)
}

fn previous_business(mut day: Date) -> Date {
    loop {
        day = day.plus_days(-1);
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return day;
        }
    }
}

pub(super) fn settle(place: &Place<'_>, times: &mut Times, claim: &mut Claim, ground: &mut Ground) {
    let Some((first, last)) = ground.number else {
        return;
    };
    // "Its highest close since 2007": the time of the comparison and not of the level.
    if !claim.change
        && claim.kind == ClaimKind::Rate
        && claim
            .when
            .as_ref()
            .is_some_and(|w| w.text.to_lowercase().starts_with("since"))
    {
        claim.when = None;
    }
    // A period has its own comparison.
    if claim.when.as_ref().is_some_and(|w| w.from != w.to) {
        return;
    }
    if claim.when.as_ref().is_some_and(|w| w.from.is_none()) {
        ground.doubt = ground
            .doubt
            .or(Some("nothing fixes the time that the text names"));
    }
    let page = place.page;
    let mut others = Vec::new();
    number::quantities(page, ground.from, ground.to, &mut others);
    let others: Vec<number::Found> = others
        .into_iter()
        .filter(|q| q.last < first || q.first > last)
        .collect();
    let own = place.sentence(first);
    let all: Vec<Time> = times.of(place, own).to_vec();
    let between = |a: usize, b: usize| {
        others.iter().any(|q| q.first > a && q.last < b)
            || (a + 1..b).any(|t| {
                page.tokens.get(t).is_some_and(|t| t.kind == Kind::Number)
                    && !all.iter().any(|m| m.first <= t && t <= m.last)
            })
    };
    // What stands right behind the number counts before what stands in front of it.
    let behind =
        relative(place, last + 1, (last + 7).min(ground.to)).filter(|r| !between(last, r.0));
    let front = || {
        relative(place, ground.from, first)
            .filter(|r| !between(r.1, first) || r.0 <= ground.from + 2)
    };
    let after = all.iter().find(|t| {
        t.first > last
            && t.first - last <= 12
            && !between(last, t.first)
            && place.joined(last, t.first)
            && page.low(t.first.saturating_sub(1)) != "than"
    });
    let before = || {
        all.iter().rev().find(|t| {
            let base = low_is!(page, t.first.saturating_sub(1), "than" | "from");
            t.last < first && !base
        })
    };
    if unresolved(place, ground.from, first)
        || unresolved(place, last + 1, (last + 7).min(ground.to))
    {
        ground.doubt = ground
            .doubt
            .or(Some("the time that the text counts to is not fixed"));
    }
    // "Three basis points higher than on Monday".
    let base = all.iter().find(|t| {
        let lead = page.low(t.first.saturating_sub(1));
        claim.change
            && t.first > last
            && t.first - last <= 5
            && t.from == t.to
            && (lead == "than" || low_is!(page, t.first, "from") || matches!(lead, "from"))
    });
    if let Some(base) = base {
        let target = all
            .iter()
            .rev()
            .find(|t| t.last < first && t.from == t.to)
            .map(|t| t.from);
        let from = base.from;
        let target = target.or_else(|| antecedent(place, times, first));
        ground.days = Days::Since(from, target.filter(|d| *d > from));
        return;
    }
    let mut words: Option<(usize, usize)> = None;
    // "3.9 percent on the 17th": of the month named before.
    if let Some((at, number)) = ordinal(place, last) {
        let day = antecedent(place, times, at)
            .or(place.anchor.date)
            .and_then(|d| {
                let start = d.to_month_start();
                (0..31)
                    .map(|n| start.plus_days(n))
                    .find(|d| d.day() == number && *d <= start.to_month_end())
            });
        if let Some(day) = day.filter(|d| place.anchor.date.is_none_or(|a| *d <= a)) {
            claim.when = Some(When {
                text: Text::of(page.slice(at, at + 1)),
                from: Some(day),
                to: Some(day),
                zone: None,
                basis: DateBasis::FromDocument,
            });
            ground.days = Days::Stated(day);
            return;
        }
    }
    // "When the bank failed the yield fell to", "was 4 percent before the war began": a level of that time.
    let lead = page.low(ground.from);
    let elsewhen = matches!(lead, "when" | "before" | "during" | "until" | "once")
        || (last + 1..=(last + 3).min(ground.to))
            .any(|t| matches!(page.low(t), "when" | "before" | "until"));
    if !claim.change && claim.kind == ClaimKind::Rate && elsewhen {
        ground.doubt = ground.doubt.or(Some(
            "the time is that of another event, which is not looked up",
        ));
    }
    let stated = if let Some((at, end, offset)) = behind
        .filter(|r| after.is_none_or(|a| r.0 <= a.first))
        .or_else(front)
    {
        words = Some((at, end));
        let known = antecedent(place, times, at).filter(|_| !open_before(place, at));
        known.map(|day| match offset {
            -1 => previous_business(day),
            n => day.plus_days(n),
        })
    } else {
        let chosen = after.or_else(before).filter(|t| t.from == t.to).copied();
        match chosen {
            Some(t) if t.definite => {
                words = Some((t.first, t.last));
                match (
                    antecedent(place, times, t.first),
                    weekday(page.low(t.first)),
                ) {
                    (Some(day), Some(wanted)) => {
                        let found = on_or_after(day, wanted);
                        // Not a day that the text cannot know.
                        let known = place.anchor.date.is_none_or(|a| found <= a);
                        Some(if known { found } else { found.plus_days(-7) })
                    }
                    _ => None,
                }
            }
            Some(t) => Some(t.from),
            None => None,
        }
    };
    if let Some((at, end)) = words {
        claim.when = Some(When {
            text: Text::of(page.slice(at, end)),
            from: stated,
            to: stated,
            zone: None,
            basis: if stated.is_some() {
                DateBasis::FromDocument
            } else {
                DateBasis::Open
            },
        });
        ground.days = match stated {
            Some(day) => Days::Stated(day),
            None => {
                ground.doubt = ground
                    .doubt
                    .or(Some("nothing fixes the day that the text counts from"));
                Days::Open
            }
        };
        return;
    }
    if let Some(day) = stated {
        ground.days = Days::Stated(day);
        return;
    }
    // The day of another number of the sentence is not this one's.
    if claim.when.is_some() && !claim.change {
        claim.when = None;
    }
    let near: Vec<Date> = antecedent(place, times, first).into_iter().collect();
    if !near.is_empty() {
        ground.days = Days::Near(near);
    }
}

/// A time behind the number and behind another number is the other's; a past month without a year lies behind the text.
pub(super) fn own_time(place: &Place<'_>, claim: &mut Claim, ground: &mut Ground) {
    let page = place.page;
    let Some((_, last)) = ground.number else {
        return;
    };
    if claim.when.as_ref().is_none_or(|w| w.from.is_none())
        && claim.change
        && claim.kind == ClaimKind::Amount
    {
        claim.when = super::joint::counted_back(place, ground).or(claim.when.take());
    }
    let Some(when) = claim.when.as_mut() else {
        // "Ten years ago", "at its peak", "once": a time that nothing fixes.
        if place.says(
            ground.from,
            ground.to,
            keyed![
                "ago",
                "decade",
                "decades",
                "peak",
                "peaked",
                "once",
                "previously",
            ],
        ) {
            ground.doubt = Some("the time that the text names is not fixed");
        }
        return;
    };
    // "Since January" and what a change counts from may stand behind a second number.
    let (Some(start), Some(end)) = (page.tokens.get(last + 1), page.tokens.get(ground.to)) else {
        return;
    };
    let behind = page
        .text
        .get(start.start..end.end)
        .and_then(|rest| rest.find(when.text.as_str()))
        .map(|at| page.tokens.partition_point(|t| t.start < start.start + at));
    let sooner = page
        .tokens
        .get(ground.from)
        .zip(page.tokens.get(last))
        .and_then(|(a, b)| page.text.get(a.start..b.end))
        .is_some_and(|front| front.contains(when.text.as_str()));
    if let Some(at) = behind
        && !sooner
    {
        let other = (last + 1..at).any(|t| {
            page.tokens
                .get(t)
                .is_some_and(|t| t.kind == Kind::Number || t.symbol() == Some(';'))
        });
        // "A and B in March": the time is of both.
        let both = (last + 1..at).any(|t| low_is!(page, t, "and" | "from"))
            && !(last + 1..at).any(|t| low_is!(page, t, "against" | "having" | ";"));
        if other && !both {
            claim.when = None;
            ground.doubt = Some("the time that the sentence names stands at another number");
            return;
        }
    }
    let Some(day) = place.anchor.date else { return };
    if let (Some(from), Some(to)) = (when.from, when.to)
        && from > day
        && when.basis != DateBasis::Written
        && claim.modality != Modality::Forecast
        && from.day() == 1
        && to == from.to_month_end()
        && !place.says(
            ground.from,
            ground.to,
            keyed!["will", "next", "by", "would", "until"],
        )
    {
        when.from = Some(from.plus_months(-12));
        when.to = Some(from.plus_months(-12).to_month_end());
    }
}

/// The two days between which a weekly level changed: both named, the ends of a period, or a week up to the one named.
pub(super) fn weeks(place: &Place<'_>, times: &mut Times, ground: &mut Ground) {
    let own = place.sentence(ground.first);
    let all: Vec<Time> = times.of(place, own).to_vec();
    let week = relative(place, ground.from, ground.to).filter(|r| r.2 == -7);
    let single: Vec<Date> = all
        .iter()
        .filter(|t| t.from == t.to)
        .map(|t| t.from)
        .collect();
    let period = all.iter().find(|t| (5..=120).contains(&(t.to - t.from)));
    let found = match (single.as_slice(), period, week) {
        ([a, b], None, _) => Some((*a.min(b), *a.max(b))),
        ([day], None, Some(_)) => Some((day.plus_days(-7), *day)),
        (_, Some(p), _) => Some((p.from, p.to)),
        _ => None,
    };
    if let Some((from, to)) = found {
        ground.days = Days::Since(from, Some(to));
    }
}
