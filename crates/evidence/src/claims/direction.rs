//! Amounts without a number: "raised its holdings in March", "are mostly in Treasuries".
//!
//! A verb of growth or decline right before a stock, told as done, is an amount that rose or fell; the country whose
//! institution acts is its subject and the attribution behind a comma no part of it. A share in words ("mostly") is one too.

use super::{Clause, Draft, Part, Reader};
use crate::lexicon::{Cue, What};
use crate::mention::Sort;
use crate::model::ClaimKind;
use crate::quotes::speaker::mentions_in;
use crate::short::{Text, text};
use crate::text::low_is;

/// "raised its holdings in March", "are mostly in Treasuries".
pub(super) fn draft(reader: &Reader<'_>, part: &Part, clause: &Clause) -> Option<Draft> {
    let page = reader.page;
    let verbs = Cue::Mostly.bit() | Cue::Increase.bit() | Cue::Decrease.bit();
    if !reader.has(clause.first, clause.last, What::MEASURE)
        || !reader.has(clause.first, clause.last, verbs)
    {
        return None;
    }
    let measures: Vec<(usize, usize, usize)> = reader
        .plain(clause.first, clause.last)
        .filter_map(|h| match h.what {
            What::Measure(m) if reader.lexicon.measures[m as usize].kind == "stock" => {
                Some((h.first as usize, h.last as usize, m as usize))
            }
            _ => None,
        })
        .collect();
    let (first, last, number) = *measures.last()?;
    if let Some(most) = reader.cue(clause.first, clause.last, Cue::Mostly) {
        let (m, e) = (most.first as usize, most.last as usize);
        if first > e
            && first - e <= 4
            && (measures.len() > 1
                || mentions_in(reader.mentions, clause.first, m)
                    .iter()
                    .any(|x| x.sort == Sort::Place))
        {
            let verb = (clause.first..m)
                .rev()
                .find(|t| {
                    low_is!(
                        page,
                        *t,
                        "are" | "is" | "were" | "held" | "consist" | "invested"
                    )
                })
                .unwrap_or(m);
            let mut draft = reader.draft(ClaimKind::Amount, verb, last);
            draft.subject = reader
                .actor(clause.first, m)
                .map(|a| a.1)
                .or_else(|| reader.main_place.clone())
                .unwrap_or_default();
            draft.relation = text!("share:{}", reader.lexicon.measures[number].name);
            return Some(draft);
        }
    }
    // The verb nearest in front of a measure; "holdings of U.S. Treasuries" counts from its first word.
    let (verb, (_, last, number)) = reader
        .plain(clause.first, first)
        .filter(|h| {
            (h.is(Cue::Increase) || h.is(Cue::Decrease))
                && page.tokens[h.first as usize].is_word()
                && !reports(reader, h.last as usize)
        })
        .find_map(|h| {
            let near = measures
                .iter()
                .find(|(f, _, _)| *f > h.last as usize && *f - h.last as usize <= 4)?;
            Some((h, *near))
        })?;
    let v = verb.first as usize;
    if reader.cue(clause.first, v, Cue::Modal).is_some()
        || reader.cue(clause.first, v, Cue::Will).is_some()
    {
        return None;
    }
    if !page.low(v).ends_with("ed")
        && !low_is!(
            page,
            v,
            "raised"
                | "cut"
                | "grew"
                | "rose"
                | "fell"
                | "lost"
                | "shed"
                | "increases"
                | "reduces"
                | "raises"
                | "cuts"
                | "trims"
                | "boosts"
        )
    {
        return None;
    }
    let (start, subject) = reader
        .actor(clause.first, v)
        .or_else(|| Some((clause.first, reader.main_place.clone()?)))?;
    let subject = country(reader, clause.first, v).unwrap_or(subject);
    // ", its chief executive told parliament on Friday" is when it was said.
    let told = attribution(reader, last, clause.last).unwrap_or(clause.last);
    let end = part.moment(last, told).map_or(last, |m| m.last.max(last));
    let mut draft = reader.draft(ClaimKind::Amount, clause_start(reader, clause, start), end);
    draft.subject = subject;
    draft.relation = text!(
        "{}:{}",
        if verb.is(Cue::Increase) {
            "increase"
        } else {
            "decrease"
        },
        reader.lexicon.measures[number].name
    );
    draft.change = true;
    draft.negated = reader.cue(clause.first, v, Cue::Not).is_some();
    draft.moment = part.moment(clause.first, told);
    draft.scope = Some(Text::fixed("not said"));
    Some(draft)
}

/// "Added that ...": a verb of growth that here only reports.
fn reports(reader: &Reader<'_>, verb: usize) -> bool {
    let page = reader.page;
    low_is!(page, verb + 1, "that") && page.hits_in(verb, verb).iter().any(|h| h.is(Cue::Say))
}

/// The comma behind which a verb of saying attributes what the clause told.
fn attribution(reader: &Reader<'_>, first: usize, last: usize) -> Option<usize> {
    let verb = reader.cue(first, last, Cue::Say)?.first as usize;
    (first..verb).find(|t| low_is!(reader.page, *t, ","))
}

/// "Saudi Arabia's central bank", "Norway's wealth fund": the country whose institution acts.
fn country(reader: &Reader<'_>, first: usize, verb: usize) -> Option<Text> {
    mentions_in(reader.mentions, first, verb)
        .iter()
        .rev()
        .find(|m| m.sort == Sort::Place && m.possessive && verb - m.last <= 6)
        .and_then(|m| m.name.clone())
}

/// The clause from a source ("Treasury data shows") on, else from the actor.
fn clause_start(reader: &Reader<'_>, clause: &Clause, actor: usize) -> usize {
    let source = mentions_in(reader.mentions, clause.first, actor)
        .iter()
        .find(|m| m.sort == Sort::Organization)
        .map(|m| m.first);
    source.unwrap_or(actor)
}
