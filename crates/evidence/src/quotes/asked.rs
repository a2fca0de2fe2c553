//! What a speaker was asked, where the text says so.
//!
//! "Asked whether X, Kato ...": the words from "whether" to the next comma outside marks or the sentence's end, in the
//! quote's own sentence or one of the two before it, or inside the quote ("I answered a question whether ..."). The
//! question's polarity decides later whether an assurance was retold as a threat.

use crate::lexicon::Cue;
use crate::model::{Asked, Polarity};
use crate::short::Text;
use crate::text::{Page, low_is};

pub(crate) fn of(page: &Page<'_>, number: usize) -> Option<Asked> {
    let marked = &page.quotes[number];
    let at = page.sentences.partition_point(|s| s.last < marked.first);
    let own = page.sentences.get(at)?;
    let inside = question(page, marked.first, marked.last, true);
    if inside.is_some() {
        return inside;
    }
    for back in 0..=2 {
        let Some(sentence) = at.checked_sub(back).and_then(|n| page.sentences.get(n)) else {
            break;
        };
        if own.block - sentence.block > 2 {
            break;
        }
        let last = if back == 0 {
            marked.first.saturating_sub(1)
        } else {
            sentence.last
        };
        if let Some(found) = question(page, sentence.first, last, false) {
            return Some(found);
        }
        // Another quote in between breaks the link.
        if back > 0 && page.quoted(sentence.last) {
            break;
        }
    }
    None
}

fn question(page: &Page<'_>, first: usize, last: usize, inside: bool) -> Option<Asked> {
    let hit = page
        .hits_in(first, last)
        .iter()
        .filter(|h| h.is(Cue::Asked) && page.quoted(h.first as usize) == inside)
        .max_by_key(|h| h.last - h.first)?;
    let mut from = hit.last as usize;
    if !low_is!(page, from, "whether" | "if" | "why" | "how" | "what") {
        from += 1;
    }
    if inside {
        from = (from..=last)
            .find(|t| low_is!(page, *t, "whether"))
            .unwrap_or(from);
    }
    let mut to = from;
    let mut commas = 0;
    for t in from..=last {
        match page.tokens[t].symbol() {
            Some('.' | ';' | ':' | '?' | '—')
                if !(low_is!(page, t, ".") && t < last && !page.tokens[t + 1].spaced) =>
            {
                break;
            }
            Some(',') => {
                // A comma that opens an insertion ("could, as a tool, ...") does not end the question.
                let insertion = low_is!(page, t + 1, "as" | "in" | "at" | "for" | "to" | "if")
                    || commas % 2 == 1;
                commas += 1;
                if !insertion {
                    break;
                }
                to = t;
            }
            _ => to = t,
        }
    }
    while to > from && page.tokens[to].symbol().is_some() {
        to -= 1;
    }
    if to <= from {
        return None;
    }
    let text = Text::of(page.slice(from, to));
    Some(Asked {
        span: page.span(from, to),
        polarity: polarity(page, from, to),
        text,
    })
}

/// What words hold out: harm, or that there will be none.
pub(crate) fn polarity(page: &Page<'_>, first: usize, last: usize) -> Polarity {
    let telling =
        Cue::Assurance.bit() | Cue::StoppedShort.bit() | Cue::Threat.bit() | Cue::Sell.bit();
    if page.classes_in(first, last) & telling == 0 {
        return Polarity::Neutral;
    }
    let hits = page.hits_in(first, last);
    if hits.iter().any(|h| h.is(Cue::Assurance)) {
        return Polarity::Assurance;
    }
    if hits.iter().any(|h| h.is(Cue::StoppedShort)) {
        return Polarity::Denial;
    }
    // Leverage by itself is no threat ("using it is another matter"); wielded, possible or asked about it is.
    let leverage = hits.iter().filter(|h| h.is(Cue::Leverage)).count();
    let wielded = leverage > 1
        || hits
            .iter()
            .any(|h| h.is(Cue::Modal) || h.is(Cue::Asked) || h.is(Cue::Sell));
    let threat = hits.iter().find(|h| {
        let only_leverage = || {
            page.hits_in((h.first as usize).saturating_sub(3), h.first as usize)
                .iter()
                .any(|o| o.is(Cue::Leverage) && h.last <= o.last)
        };
        h.is(Cue::Threat) && (wielded || !only_leverage())
    });
    let sale = hits.iter().find(|h| h.is(Cue::Sell));
    if let Some(word) = threat.or(sale) {
        let from = (word.first as usize).saturating_sub(4).max(first);
        let denied = page
            .hits_in(from, word.first as usize)
            .iter()
            .any(|h| h.is(Cue::Not));
        return match (denied, threat.is_some()) {
            (true, _) => Polarity::Denial,
            (false, true) => Polarity::Threat,
            (false, false) => Polarity::Neutral,
        };
    }
    Polarity::Neutral
}
