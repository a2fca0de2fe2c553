//! What the words around a number say about the market it belongs to.
//!
//! "The 10-year yield" in a piece about gilts is no Treasury yield: a tenor without a country follows the country beside it or
//! the bonds named last before it. A bare tenor ("the 30-year rose") counts only before a verb or a preposition. A debt office that
//! sells bonds issues them and does not part with holdings. A band ("4.25% to 4.5%") is one number, and so are "5 trillion 918 billion yen". In a table the
//! heading of a column says over what time its changes run.

use super::{Clause, Part, Reader};
use crate::lexicon::{Cue, Hit, What};
use crate::mention::Sort;
use crate::model::{Quantity, Unit};
use crate::number::Found;
use crate::quotes::speaker::mentions_in;
use crate::short::{Text, text};
use crate::text::low_is;
use crate::when::Moment;

/// Tokens that are looked back over for the bonds named last.
const BACK: usize = 400;

/// The relation of a yield whose words name no market: by its country, else by the bonds named last before it.
pub(super) fn yields(reader: &Reader<'_>, measure: (usize, usize), name: &str) -> Option<Text> {
    let page = reader.page;
    if !name.starts_with("yield") || american(page.low_slice(measure.0, measure.1)) {
        return None;
    }
    let beside = page
        .hits_in(measure.0.saturating_sub(3), measure.0)
        .iter()
        .rev()
        .find_map(|h| match h.what {
            What::Place(p) => Some(reader.lexicon.places[p as usize].name.as_str()),
            _ => None,
        });
    let other = match beside {
        Some("United States") => return None,
        Some("Japan") => "jgb",
        Some("United Kingdom") => "gilt",
        Some("Germany") => "bund",
        Some(_) => "other",
        None => last_named(reader, measure.0)?,
    };
    Some(match (other, name) {
        ("jgb", "yield_2y") => Text::fixed("jgb_2y"),
        ("jgb", "yield_5y") => Text::fixed("jgb_5y"),
        ("jgb", "yield_10y") => Text::fixed("jgb_10y"),
        ("jgb", "yield_20y") => Text::fixed("jgb_20y"),
        ("jgb", "yield_30y") => Text::fixed("jgb_30y"),
        ("gilt", _) => Text::fixed("gilt_yield"),
        ("bund", _) => Text::fixed("bund_yield"),
        (other, _) => text!("{other}_{name}"),
    })
}

/// Whether words in lower case name the United States or its Treasury.
fn american(low: &str) -> bool {
    low.contains("treasur") || low.contains("u.s.") || low.split(' ').any(|w| w == "us")
}

/// The bonds named last before a token: none if they are the Treasury's.
fn last_named(reader: &Reader<'_>, before: usize) -> Option<&'static str> {
    let page = reader.page;
    let from = before.saturating_sub(BACK);
    let of = |h: &Hit| -> Option<Option<&'static str>> {
        let What::Measure(m) = h.what else {
            return None;
        };
        let measure = &reader.lexicon.measures[m as usize];
        match measure.name.as_str() {
            "gilt_yield" | "gilts" => Some(Some("gilt")),
            "bund_yield" => Some(Some("bund")),
            "jgbs" | "jgb_2y" | "jgb_5y" | "jgb_10y" | "jgb_20y" | "jgb_30y" | "jgb_40y" => {
                Some(Some("jgb"))
            }
            "treasury_holdings" => Some(None),
            _ => american(page.low_slice(h.first as usize, h.last as usize)).then_some(None),
        }
    };
    let hits = page.hits_in(from, before.checked_sub(1)?).iter().rev();
    hits.filter(|h| h.of(What::MEASURE)).find_map(of).flatten()
}

/// Whether a measure's words are a tenor alone ("the 10-year") that here does not stand for a yield.
pub(super) fn idle_tenor(reader: &Reader<'_>, first: usize, last: usize) -> bool {
    let page = reader.page;
    if !low_is!(page, first, "the") || !low_is!(page, last, "year") {
        return false;
    }
    let next = page.low(last + 1);
    let verb = page.hits_in(last + 1, last + 1).iter().any(|h| {
        h.is(Cue::Increase)
            || h.is(Cue::Decrease)
            || matches!(h.what, What::Action(a) if reader.lexicon.actions[a as usize].family == "market")
    });
    !verb
        && !matches!(
            next,
            "was"
                | "is"
                | "at"
                | "went"
                | "ended"
                | "closed"
                | "traded"
                | "stood"
                | "hit"
                | "to"
                | "reached"
                | "yielded"
                | "yields"
                | "touched"
                | "finished"
                | "settled"
                | ","
        )
}

/// "A range of 4.25% to 4.5%", "between 3 and 4 percent": two ends are one number with room.
pub(super) fn bands(reader: &Reader<'_>, part: &Part) -> Vec<Found> {
    let page = reader.page;
    let mut out: Vec<Found> = Vec::new();
    for next in &part.quantities {
        if let Some(before) = out.last_mut()
            && before.quantity.unit() == next.quantity.unit()
            && next.first == before.last + 2
            && next.quantity.number() > before.quantity.number()
            && (low_is!(page, before.last + 1, "-" | "–") && next.quantity.unit() == Unit::Percent
                || low_is!(page, before.last + 1, "to" | "and" | "-" | "–")
                    && (before.first.saturating_sub(6).max(part.first)..before.first)
                        .any(|t| low_is!(page, t, "range" | "between" | "band" | "corridor")))
        {
            let (low, high) = (before.quantity.number(), next.quantity.number());
            before.quantity =
                Quantity::new((low + high) / 2.0, (high - low) / 2.0, next.quantity.unit());
            before.last = next.last;
            continue;
        }
        out.push(compound(reader, part, *next));
    }
    out
}

/// "5 trillion 918.5 billion yen": both parts are one amount.
fn compound(reader: &Reader<'_>, part: &Part, found: Found) -> Found {
    let page = reader.page;
    let Some(at) = found.first.checked_sub(2).filter(|t| *t >= part.first) else {
        return found;
    };
    let value = found.quantity.number();
    let money = found.quantity.unit().is_money();
    let scale = match page.low(at + 1) {
        "trillion" | "tn" => 1e12,
        "billion" | "bn" => 1e9,
        _ => return found,
    };
    let Some(above) = page
        .low(at)
        .replace(',', "")
        .parse::<f64>()
        .ok()
        .filter(|_| money && (0.0..scale).contains(&value))
    else {
        return found;
    };
    let half = found.quantity.half_digit();
    Found {
        first: at,
        quantity: Quantity::new(above * scale + value, half, found.quantity.unit()),
        ..found
    }
}

/// Whether what is sold is issued: by a ministry, a debt office, a government, and named by its term.
pub(super) fn issued(reader: &Reader<'_>, clause: Clause, verb: usize, at: &Found) -> bool {
    let page = reader.page;
    let seller = mentions_in(reader.mentions, clause.first, verb)
        .iter()
        .rev()
        .find(|m| m.last < verb && matches!(m.sort, Sort::Organization | Sort::Role));
    let office = seller.is_some_and(|m| {
        let label = reader.label(m).unwrap_or_default().to_lowercase();
        ["treasury", "debt", "ministry", "government", "finance"]
            .iter()
            .any(|w| label.contains(w))
    });
    let term = (at.last + 1..=(at.last + 7).min(clause.last)).any(|t| {
        low_is!(page, t, "-") && page.low(t + 1) == "year"
            || low_is!(
                page,
                t,
                "bills" | "notes" | "gilts" | "bonds" | "linkers" | "debt"
            )
    });
    office && term
}

/// "20-Year" for "twenty-year bonds" in a clause.
pub(super) fn term(reader: &Reader<'_>, clause: Clause) -> Option<Text> {
    let page = reader.page;
    (clause.first + 2..=clause.last).find_map(|t| {
        let year = low_is!(page, t, "year") && page.low(t - 1) == "-";
        let word = page.low(t - 2);
        let number = match word {
            "two" => "2",
            "three" => "3",
            "five" => "5",
            "seven" => "7",
            "ten" => "10",
            "twenty" => "20",
            "thirty" => "30",
            other => other,
        };
        (year && number.parse::<u32>().is_ok()).then(|| text!("{number}-Year"))
    })
}

/// The term named last before a sentence in its paragraph, or in the sentences right before it.
pub(super) fn term_before(reader: &Reader<'_>, part: &Part) -> Option<Text> {
    let page = reader.page;
    let own = page.sentences.partition_point(|s| s.last < part.first);
    (0..=3).find_map(|back| {
        let sentence = page.sentences.get(own.checked_sub(back)?)?;
        let whole = Clause {
            first: sentence.first,
            last: sentence.last,
            soft: false,
        };
        term(reader, whole)
    })
}

/// The yield of a term.
pub(super) fn of_term(term: &str) -> Option<&'static str> {
    Some(match term {
        "2-Year" => "yield_2y",
        "3-Year" => "yield_3y",
        "5-Year" => "yield_5y",
        "7-Year" => "yield_7y",
        "10-Year" => "yield_10y",
        "20-Year" => "yield_20y",
        "30-Year" => "yield_30y",
        _ => return None,
    })
}

/// Who sold what an auction's number is of: the ministry or debt office named last before it, a few sentences back, or the country whose bonds
/// were named last.
pub(super) fn seller(reader: &Reader<'_>, part: &Part, before: usize) -> Option<Text> {
    let page = reader.page;
    let own = page.sentences.partition_point(|s| s.last < part.first);
    let from = page
        .sentences
        .get(own.saturating_sub(4))
        .map_or(part.first, |s| s.first);
    let named = mentions_in(reader.mentions, from, before)
        .iter()
        .rev()
        .filter(|m| m.sort == Sort::Organization)
        .filter_map(|m| reader.label(m))
        .find(|name| {
            let low = name.to_lowercase();
            ["treasury", "debt", "ministry of finance"]
                .iter()
                .any(|w| low.contains(w))
        });
    named.or_else(|| match last_named(reader, before) {
        Some("jgb") => Some(Text::fixed("Japan")),
        Some("gilt") => Some(Text::fixed("United Kingdom")),
        Some("bund") => Some(Text::fixed("Germany")),
        _ if reader.topics.treasuries => Some(Text::fixed("Treasury Department")),
        _ => None,
    })
}

/// "From January", "than in March": the time that a change counts from and no time of a level.
pub(super) fn compared(reader: &Reader<'_>, moment: &Moment) -> bool {
    let page = reader.page;
    let before = moment.first.checked_sub(1).map_or("", |t| page.low(t));
    // "A level last seen in October 2008", "the highest since March": no time of the level either.
    let seen = low_is!(page, moment.first, "since" | "in" | "on")
        && matches!(
            before,
            "seen"
                | "highest"
                | "lowest"
                | "weakest"
                | "strongest"
                | "biggest"
                | "smallest"
                | "largest"
                | "most"
                | "least"
                | "time"
                | "best"
                | "worst"
                | "steepest"
        );
    low_is!(page, moment.first, "from") || matches!(before, "from" | "than") || seen
}

/// The time over which a column of changes runs, by its heading: "Week's change".
pub(super) fn column(reader: &Reader<'_>, at: &Found) -> Option<Moment> {
    let page = reader.page;
    let own = page.sentences.partition_point(|s| s.last < at.first);
    let row = page.sentences.get(own)?;
    let bars =
        |first: usize, last: usize| (first..=last).filter(|t| low_is!(page, *t, "|")).count();
    let place = bars(row.first, at.first);
    let width = bars(row.first, row.last);
    if place == 0 {
        return None;
    }
    let (mut first, last) = (1..=16).find_map(|back| {
        let above = page.sentences.get(own.checked_sub(back)?)?;
        let numbers =
            (above.first..=above.last).any(|t| matches!(page.tokens[t].symbol(), Some('%' | '$')));
        (bars(above.first, above.last) == width && !numbers).then_some((above.first, above.last))
    })?;
    for _ in 0..place {
        first = (first..=last).find(|t| low_is!(page, *t, "|"))? + 1;
    }
    let end = (first..=last)
        .find(|t| low_is!(page, *t, "|"))
        .unwrap_or(last);
    let days = (first..=end).find_map(|t| {
        Some(match page.low(t) {
            "week" | "weekly" => 7,
            "month" | "monthly" => 30,
            "quarter" | "quarterly" => 91,
            "year" | "yearly" | "annual" => 365,
            _ => return None,
        })
    })?;
    Some(Moment::trailing(at.first, days))
}
