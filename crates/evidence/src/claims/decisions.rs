//! Decisions told in a verb and, a few words on, what it is done to: "cut its main lending rate", "lowered the country's rating".
//!
//! The lexicon holds phrases without gaps; here a verb of raising, cutting or keeping counts as a decision if a policy rate or
//! a rating is its object. The move of a market rate ("mortgage rates fell") is none: its rate stands before the verb.

use super::Reader;
use crate::lexicon::{Action, Cue, What};
use crate::text::low_is;

/// Words between the verb and its object.
const REACH: usize = 6;

/// Whether tokens name a policy rate or a rating, without which nothing is decided.
fn possible(reader: &Reader<'_>, first: usize, last: usize) -> bool {
    let page = reader.page;
    let rates = || {
        page.hits_in(first, last).iter().any(|h| {
            matches!(h.what, What::Measure(m) if reader.lexicon.measures[m as usize].family == "rates")
        })
    };
    reader.has(first, last, What::MEASURE) && rates()
        || reader.has(first, last, Cue::Increase.bit() | Cue::Decrease.bit())
            && (first..=last).any(|t| low_is!(page, t, "rating" | "ratings"))
}

/// The decision of a clause: verb, last token, action.
pub(super) fn decided<'a>(
    reader: &'a Reader<'_>,
    first: usize,
    last: usize,
) -> Option<(usize, usize, &'a Action)> {
    if !possible(reader, first, last) {
        return None;
    }
    let page = reader.page;
    let object = |t: usize| {
        page.hits_in(t, t).iter().find_map(|h| match h.what {
            What::Measure(m) if reader.lexicon.measures[m as usize].family == "rates" => {
                Some(h.last as usize)
            }
            _ => None,
        })
    };
    let rated = |t: usize| low_is!(page, t, "rating" | "ratings");
    for verb in first..last {
        let name = match page.low(verb) {
            "cut" | "cuts" | "lowered" | "lowers" | "reduced" | "reduces" | "trimmed" | "trims"
            | "slashed" | "slashes" | "eased" => "cut_rate",
            "raised" | "raises" | "hiked" | "hikes" | "lifted" | "lifts" | "increased" => {
                "raise_rate"
            }
            "kept" | "keeps" | "held" | "holds" | "left" | "leaves" | "maintained" => "hold_rate",
            _ => continue,
        };
        if page.quoted(verb) {
            continue;
        }
        let stop = last.min(verb + REACH);
        // Up to the next verb or comma.
        let found = (verb + 1..=stop)
            .take_while(|t| !low_is!(page, *t, ","))
            .find_map(|t| {
                if rated(t) {
                    return Some((t, "downgrade"));
                }
                object(t).map(|end| (end, name))
            });
        if let Some((end, name)) = found {
            let action = reader.lexicon.actions.iter().find(|a| a.name == name)?;
            return Some((verb, end, action));
        }
    }
    None
}
