//! Levels written without a unit: "the yield hit 4.5", "USD/JPY 145.0", "10s +8bp at 4.33", "touched 160".
//!
//! A bare number right behind the name of a series, with nothing but words of moving and standing between, has the unit of the
//! series: percent for yields and policy rates, yen for the dollar, points for an index, times for a cover. Its value has to lie
//! where such a series can be. A number behind "at" or "to" right after a change in basis points is a yield. "It touched 160"
//! belongs to the currency that the sentence before named last.

use super::{Part, Reader};
use crate::lexicon::{Cue, Measure, What};
use crate::model::{Quantity, Unit};
use crate::number::{Found, digits};
use crate::text::token::Kind;
use crate::text::{QUANTITY, low_is};

/// Words between a series and its number.
const REACH: usize = 9;

/// Bare levels of a sentence, beside the quantities that it has.
pub(super) fn bare(reader: &Reader<'_>, part: &Part, written: &[Found]) -> Vec<Found> {
    let page = reader.page;
    let mut out: Vec<Found> = Vec::new();
    // Most sentences have no number at all.
    if page.next_of(part.first, part.last, QUANTITY).is_none() {
        return out;
    }
    let free = |t: usize, out: &[Found]| {
        !written
            .iter()
            .chain(out)
            .any(|q| q.first <= t && t <= q.last)
            && part
                .moments(part.first, part.last)
                .all(|m| t < m.first || t > m.last)
    };
    for hit in page.hits_in(part.first, part.last) {
        let What::Measure(number) = hit.what else {
            continue;
        };
        let measure = &reader.lexicon.measures[number as usize];
        if measure.kind != "level" {
            continue;
        }
        if let Some(at) = number_behind(reader, part, hit.last as usize)
            && free(at, &out)
            && let Some(found) = level(reader, measure, at)
        {
            out.push(found);
            // ", down from 2.63 a month earlier".
            if let Some(before) = compared(reader, part, &found) {
                out.push(before);
            }
        }
    }
    // "+8bp at 4.33", "up 12 to 4.5 percent".
    for quantity in written {
        if quantity.points
            && low_is!(page, quantity.last + 1, "at" | "to" | ",")
            && free(quantity.last + 2, &out)
            && quantity.last + 2 <= part.last
            && ends(reader, part, quantity.last + 2)
            && let Some((value, half)) = bare_number(reader, quantity.last + 2)
            && (-1.0..25.0).contains(&value)
            && page.word(quantity.last + 2).contains('.')
        {
            out.push(found(quantity.last + 2, value, half, Unit::Percent));
        }
        if quantity.quantity.unit() == Unit::Percent
            && !quantity.points
            && quantity.first >= part.first + 3
            && low_is!(page, quantity.first - 1, "to" | "at")
            && moves(reader, quantity.first - 3)
            && free(quantity.first - 2, &out)
            && let Some((value, half)) = bare_number(reader, quantity.first - 2)
            && value.fract() == 0.0
            && value < 200.0
        {
            let mut change = found(quantity.first - 2, value, half, Unit::BasisPoints);
            change.points = true;
            out.push(change);
        }
    }
    if out.is_empty()
        && let Some(found) = resumed(reader, part)
        && free(found.first, &[])
    {
        out.push(found);
    }
    out
}

/// The level that a bare one is compared with: "2.46, down from 2.63".
fn compared(reader: &Reader<'_>, part: &Part, level: &Found) -> Option<Found> {
    let page = reader.page;
    let stop = part.last.min(level.last + 5);
    let word = (level.last + 1..=stop)
        .find(|t| low_is!(page, *t, "from" | "against" | "versus" | "than"))?;
    let (value, half) = bare_number(reader, word + 1)?;
    let like = page.word(word + 1).contains('.') == page.word(level.first).contains('.');
    like.then(|| found(word + 1, value, half, level.quantity.unit()))
}

fn found(at: usize, value: f64, half: f64, unit: Unit) -> Found {
    Found {
        first: at,
        last: at,
        quantity: Quantity::new(value, half, unit),
        points: false,
    }
}

fn bare_number(reader: &Reader<'_>, at: usize) -> Option<(f64, f64)> {
    let token = reader.page.tokens.get(at)?;
    (token.kind == Kind::Number)
        .then(|| digits(reader.page.word(at)))
        .flatten()
}

/// Words of moving, up or down.
fn moves(reader: &Reader<'_>, at: usize) -> bool {
    reader
        .page
        .hits_in(at, at)
        .iter()
        .any(|h| h.is(Cue::Increase) || h.is(Cue::Decrease))
}

/// The number behind a series, over words of moving and standing.
fn number_behind(reader: &Reader<'_>, part: &Part, last: usize) -> Option<usize> {
    let page = reader.page;
    let mut at = last + 1;
    while at <= part.last.min(last + REACH) {
        let token = page.tokens.get(at)?;
        if token.kind == Kind::Number {
            return ends(reader, part, at).then_some(at);
        }
        let plain = low_is!(
            page,
            at,
            "is" | "was"
                | "were"
                | "stood"
                | "stands"
                | "at"
                | "to"
                | "hit"
                | "hits"
                | "touched"
                | "touches"
                | "touching"
                | "reached"
                | "reaches"
                | "reaching"
                | "near"
                | "above"
                | "below"
                | "past"
                | "through"
                | "beyond"
                | "around"
                | "about"
                | "trading"
                | "traded"
                | "trades"
                | "closed"
                | "closes"
                | "ended"
                | "ends"
                | "finished"
                | "settled"
                | "quoted"
                | "last"
                | "currently"
                | "now"
                | "still"
                | "just"
                | "as"
                | "high"
                | "low"
                | "had"
                | "has"
                | "a"
                | "record"
                | "level"
                | "rate"
                | "yield"
                | "ratio"
                | "of"
                | "back"
                | "briefly"
                | "was at"
                | ":"
                | "="
                | "broke"
                | "breached"
                | "crossed"
                | "for"
                | "the"
                | "first"
        );
        let stands = plain
            || moves(reader, at)
            || page.hits_in(at, at).iter().any(|h| {
                matches!(h.what, What::Action(a) if reader.lexicon.actions[a as usize].family == "market")
            });
        if !stands {
            return None;
        }
        at += 1;
    }
    None
}

/// Whether nothing behind a number makes it a count of something.
fn ends(reader: &Reader<'_>, part: &Part, at: usize) -> bool {
    let page = reader.page;
    if at >= part.last {
        return true;
    }
    let next = at + 1;
    match page.tokens.get(next).map(|t| t.kind) {
        Some(Kind::Symbol(c)) => matches!(c, '.' | ',' | ';' | ')' | '(' | '—' | '|'),
        Some(Kind::Mark(_)) => true,
        Some(Kind::Word { .. }) => low_is!(
            page,
            next,
            "on" | "in"
                | "at"
                | "after"
                | "before"
                | "as"
                | "from"
                | "by"
                | "and"
                | "against"
                | "versus"
                | "this"
                | "late"
                | "early"
                | "yesterday"
                | "today"
                | "while"
                | "when"
                | "but"
                | "points"
                | "last"
                | "for"
                | "with"
                | "overnight"
                | "during"
                | "since"
        ),
        _ => false,
    }
}

/// The number as a level of the series, if it can be one.
fn level(reader: &Reader<'_>, measure: &Measure, at: usize) -> Option<Found> {
    let page = reader.page;
    let (value, half) = bare_number(reader, at)?;
    let point = page.word(at).contains('.');
    let (unit, fits) = match (measure.family.as_str(), measure.name.as_str()) {
        ("yields" | "rates", _) => (Unit::Percent, (0.0..25.0).contains(&value) && point),
        ("prices", "inflation") => (Unit::Percent, (0.0..60.0).contains(&value) && point),
        ("fx", "usdjpy") => (Unit::JpyPerUsd, (50.0..400.0).contains(&value)),
        ("fx", "eurusd") => (Unit::FxRate, (0.5..2.0).contains(&value) && point),
        ("fx", _) => (
            Unit::FxRate,
            (0.0001..20_000.0).contains(&value) && (point || value >= 60.0),
        ),
        ("equities", _) => (Unit::Count, value >= 10.0),
        ("auctions", "bid_to_cover") => (Unit::Count, (0.5..10.0).contains(&value) && point),
        _ => return None,
    };
    // A year is no level.
    let year = !point && page.word(at).len() == 4 && (1900.0..2100.0).contains(&value);
    if !fits || year {
        return None;
    }
    let last = if low_is!(page, at + 1, "points") {
        at + 1
    } else {
        at
    };
    Some(Found {
        last,
        ..found(at, value, half, unit)
    })
}

/// "It touched 160": the currency is the one that the sentence before named last.
fn resumed(reader: &Reader<'_>, part: &Part) -> Option<Found> {
    let page = reader.page;
    let verb = (part.first..part.last).find(|t| {
        low_is!(
            page,
            *t,
            "touched" | "hit" | "reached" | "touches" | "hits" | "reaches" | "traded" | "crossed"
        )
    })?;
    let subject = (part.first..verb).any(|t| low_is!(page, t, "it" | "pair" | "currency" | "rate"));
    let at = number_behind(reader, part, verb)?;
    let own = page.sentences.partition_point(|s| s.last < part.first);
    let from = if subject {
        let earlier = page.sentences.get(own.checked_sub(1)?)?;
        (earlier.block == part.block).then_some(earlier.first)?
    } else {
        return None;
    };
    let measure = page
        .hits_in(from, verb)
        .iter()
        .rev()
        .find_map(|h| match h.what {
            What::Measure(m) => Some(&reader.lexicon.measures[m as usize]),
            _ => None,
        })?;
    (measure.family == "fx")
        .then(|| level(reader, measure, at))
        .flatten()
}
