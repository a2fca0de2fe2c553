//! Events: an actor and an action of the lexicon, told as having happened.
//!
//! Indirect speech counts ("Kato said that ..."); a verb that introduces a direct quote does not, since the quote is its own
//! claim. Clauses joined by commas make one event ("after markets fell, the president paused the tariffs"). What stands under
//! "could", "would" or "will" did not happen and is left to forecasts and opinions.

use super::attributions::{empty, reports_number, supposed, told, trailing};
use super::{Clause, Draft, Part, Reader, decisions};
use crate::lexicon::{Action, Cue, What};
use crate::mention::Sort;
use crate::model::{ClaimKind, Modality, Polarity, QuoteKind};
use crate::quotes::asked;
use crate::quotes::speaker::mentions_in;
use crate::short::{self, Text, text};
use crate::text::low_is;

/// The headline, if it tells an action.
pub(super) fn headline(reader: &Reader<'_>, part: &Part) -> Option<Draft> {
    let (at, _, action) = actions(reader, part.first, part.last)
        .find(|(at, _, a)| a.family != "market" || market(reader, part.first, *at, a).is_some())?;
    let mut draft = reader.draft(
        ClaimKind::Event,
        part.first,
        reader.trim(part.first, part.last),
    );
    if low_is!(reader.page, draft.first, "#") && draft.first < draft.last {
        draft.first += 1;
    }
    draft.subject = mentions_in(reader.mentions, part.first, part.last)
        .iter()
        .find_map(|m| reader.label(m))
        .or_else(|| reader.main_place.clone())
        .unwrap_or_default();
    draft.relation = Text::from(&action.name);
    draft.polarity = polarity(reader, action, part.first, part.last);
    draft.negated = negated(reader, part.first, at);
    draft.moment = part.moment(part.first, part.last);
    Some(draft)
}

fn actions<'a>(
    reader: &'a Reader<'_>,
    first: usize,
    last: usize,
) -> impl Iterator<Item = (usize, usize, &'a Action)> {
    reader
        .plain_of(first, last, What::ACTION)
        .filter_map(|h| match h.what {
            What::Action(a) => reader
                .lexicon
                .actions
                .get(a as usize)
                .map(|x| (h.first as usize, h.last as usize, x)),
            _ => None,
        })
        // "So-called" calls nothing.
        .filter(move |(at, _, a)| {
            a.family != "outlook" && (*at == first || !low_is!(reader.page, *at - 1, "-"))
        })
        .chain(asked_somewhere(reader, first, last))
        .chain(decisions::decided(reader, first, last))
}

/// "Asked on television whether": the question behind the place.
fn asked_somewhere<'a>(
    reader: &'a Reader<'_>,
    first: usize,
    last: usize,
) -> Option<(usize, usize, &'a Action)> {
    let page = reader.page;
    reader.cue(first, last, Cue::Say)?;
    let at = (first..last).find(|t| low_is!(page, *t, "asked") && !page.quoted(*t))?;
    let word = |t: usize| low_is!(page, t, "whether" | "if");
    let behind = (at + 2..=(at + 6).min(last)).any(word) && !word(at + 1);
    let action = reader.lexicon.actions.iter().find(|a| a.name == "ask")?;
    behind.then_some((at, at, action))
}

fn polarity(reader: &Reader<'_>, action: &Action, first: usize, last: usize) -> Polarity {
    match action.polarity.as_deref().and_then(Polarity::from_word) {
        Some(found) => found,
        None if action.family == "speech" || action.family == "trade" => {
            asked::polarity(reader.page, first, last)
        }
        None => Polarity::Neutral,
    }
}

fn negated(reader: &Reader<'_>, first: usize, at: usize) -> bool {
    // "No plan to sell": the word within the action is its own.
    reader
        .cue(first.max(at.saturating_sub(4)), at, Cue::Not)
        .is_some_and(|h| (h.first as usize) < at)
}

pub(super) fn drafts(
    reader: &Reader<'_>,
    part: &Part,
    judged: &[Draft],
    numbers: &[Draft],
    offices: &[Draft],
) -> Vec<Draft> {
    let page = reader.page;
    let mut out: Vec<Draft> = reader.sheets.take();
    let mut actor_before: Option<Text> = None;
    // Clauses that tell nothing; who acts in them is looked for once a later clause asks.
    let mut idle = 0_u64;
    for (place, clause) in part.clauses.iter().copied().enumerate() {
        // A market's move inside a cause is the cause's.
        let covered = judged.iter().any(|d| {
            d.kind != ClaimKind::Causal && d.first <= clause.first && d.last + 2 >= clause.last
        });
        if covered {
            continue;
        }
        let mut found: Option<Draft> = None;
        for (at, end, action) in actions(reader, clause.first, clause.last) {
            if at < clause.first || !usable(reader, part, clause, (at, end), action, numbers) {
                continue;
            }
            let actor = reader
                .actor(clause.first, at)
                .or_else(|| market(reader, clause.first, at, action));
            let general = matches!(action.name.as_str(), "hint" | "disclose")
                && reader.cue(clause.first, clause.last, Cue::Not).is_some()
                || action.name == "ask"
                || action.name == "cover";
            let nothing = general && action.name == "disclose";
            // "It declined to say", "it raised its lending rate": the house that the paragraph speaks of.
            let it =
                (action.name == "decline" || action.family == "policy" || action.family == "trade")
                    && at <= clause.first + 3
                    && low_is!(
                        page,
                        clause.first,
                        "it" | "they" | "he" | "she" | "his" | "her" | "its" | "their" | "we"
                    );
            if actor.is_none() && actor_before.is_none() {
                actor_before = idle_actor(reader, part, &mut idle);
            }
            let (start, subject) = match (&actor, &actor_before) {
                _ if nothing => (clause.first, reader.main_place.clone().unwrap_or_default()),
                (Some((start, subject)), _) => (*start, subject.clone()),
                (None, Some(before)) if clause.soft || general || at <= clause.first + 2 => {
                    (clause.first, before.clone())
                }
                (None, _) if it && low_is!(page, clause.first, "he" | "she") => {
                    (clause.first, page.low(clause.first).to_owned().into())
                }
                (None, _) if general || it => {
                    (clause.first, reader.main_place.clone().unwrap_or_default())
                }
                _ => continue,
            };
            let alone = action.name == "say"
                && trailing(reader, part, at, numbers) == Some(false)
                && start > clause.first + 4;
            // "Within minutes of the remark, yields plunged": the moment belongs to the move.
            let at_once =
                action.family == "market" && reader.cue(clause.first, at, Cue::Instantly).is_some();
            let start = if alone || at_once {
                clause.first
            } else {
                start_of(reader, clause.first, start, action)
            };
            match &mut found {
                Some(draft) => {
                    if !draft.relation.split('+').any(|r| r == action.name) {
                        draft.relation = text!("{}+{}", draft.relation, action.name);
                    }
                    if draft.polarity == Polarity::Neutral {
                        draft.polarity = polarity(reader, action, clause.first, clause.last);
                    }
                }
                None => {
                    let mut draft =
                        reader.draft(ClaimKind::Event, start, reader.trim(start, clause.last));
                    draft.subject = subject;
                    draft.relation = Text::from(&action.name);
                    draft.polarity = polarity(reader, action, clause.first, clause.last);
                    draft.negated = negated(reader, clause.first, at);
                    if let Some(cue) = reader.cue(clause.first, clause.last, Cue::Sequence) {
                        draft.sequence = Some(short::lower(
                            page.slice(cue.first as usize, cue.last as usize),
                        ));
                        draft.first = draft.first.min(sequence_start(
                            reader,
                            clause.first,
                            cue.first as usize,
                        ));
                    }
                    if action.family == "speech" {
                        draft.modality = Modality::Reported;
                    }
                    draft.moment = part.moment(clause.first, clause.last);
                    draft.object = mentions_in(reader.mentions, at + 1, clause.last)
                        .iter()
                        .find(|m| m.sort != Sort::Pronoun)
                        .and_then(|m| reader.label(m));
                    found = Some(draft);
                }
            }
        }
        if let Some(draft) = found {
            actor_before = Some(draft.subject.clone());
            match out.last_mut() {
                // Clauses joined by commas tell one event.
                Some(before) if clause.soft && before.last + 2 >= clause.first => {
                    before.last = draft.last;
                    before.relation = text!("{}+{}", before.relation, draft.relation);
                    before.moment = before.moment.take().or(draft.moment);
                    before.sequence = before.sequence.take().or(draft.sequence);
                }
                _ => out.push(draft),
            }
        } else if actor_before.is_none() && place < IDLE {
            idle |= 1 << place;
        } else if actor_before.is_none() {
            actor_before = idle_actor(reader, part, &mut idle)
                .or_else(|| Some(reader.actor(clause.first, clause.last + 1)?.1));
        }
    }
    if !offices.is_empty() {
        out.retain(|d| {
            !offices
                .iter()
                .any(|o| o.first <= d.first && o.last >= d.last)
        });
    }
    let dates: Vec<Draft> = out.iter().filter_map(|d| zoned(reader, d)).collect();
    out.extend(dates);
    // A time with its zone is a date claim with or without an event, a weekday wherever its sentence claims anything.
    let some = !out.is_empty() || !numbers.is_empty() || !judged.is_empty();
    let claims = || {
        some || page.quoted_in(part.first, part.last)
            || reader.cue(part.first, part.last, Cue::Say).is_some()
    };
    for moment in part.moments(part.first, part.last) {
        let ahead = moment.first > part.first
            && (low_is!(page, part.first, "if") || moment.next && moment.zone().is_none());
        if (moment.zone().is_some() || moment.relative_day() && !ahead && claims())
            && !page.quoted(moment.first)
            && !out
                .iter()
                .any(|d| d.kind == ClaimKind::Date && d.first == moment.first)
        {
            let mut draft = reader.draft(ClaimKind::Date, moment.first, moment.last);
            draft.subject = reader.main_place.clone().unwrap_or_default();
            draft.relation = Text::fixed("day");
            draft.moment = Some(moment.clone());
            out.push(draft);
        }
    }
    out
}

/// Clauses of a sentence whose actors are looked for late.
const IDLE: usize = 64;

/// The actor of the first of some clauses, a bit each, that has one; they are taken out as far as asked.
fn idle_actor(reader: &Reader<'_>, part: &Part, idle: &mut u64) -> Option<Text> {
    while *idle != 0 {
        let clause = part.clauses.get(idle.trailing_zeros() as usize)?;
        *idle &= *idle - 1;
        if let Some((_, name)) = reader.actor(clause.first, clause.last + 1) {
            return Some(name);
        }
    }
    None
}

/// "it came right after ...": from the pronoun or noun before the words of sequence.
fn sequence_start(reader: &Reader<'_>, first: usize, cue: usize) -> usize {
    let start = if low_is!(reader.page, first, "and" | "but" | "so") {
        first + 1
    } else {
        first
    };
    if cue.saturating_sub(start) <= 8 {
        start
    } else {
        cue
    }
}

fn start_of(reader: &Reader<'_>, clause: usize, actor: usize, action: &Action) -> usize {
    // "However, in an interview on Monday, ...": the conjunction goes, time and place stay.
    let clause = if low_is!(reader.page, clause + 1, ",")
        && low_is!(
            reader.page,
            clause,
            "however" | "meanwhile" | "still" | "instead" | "separately" | "notably" | "later"
        ) {
        clause + 2
    } else {
        clause
    };
    let word = reader.page.low(clause);
    // "After markets nosedived, ...", "When asked ..." keep their conjunction's clause; "and", "but" go.
    let clause = if matches!(word, "and" | "but" | "so" | "then" | "which") {
        clause + 1
    } else {
        clause
    };
    if action.name == "ask"
        || matches!(word, "after" | "before" | "as" | "when" | "on" | "in")
        || actor.saturating_sub(clause) <= 6
    {
        clause
    } else {
        actor
    }
}

/// Market actions have markets as actors.
fn market(reader: &Reader<'_>, first: usize, at: usize, action: &Action) -> Option<(usize, Text)> {
    if action.family != "market" {
        return None;
    }
    reader
        .plain_of(first, at, What::MEASURE)
        .filter_map(|h| match h.what {
            // "Tariff pause lifts bonds" is no move of tariffs.
            What::Measure(m)
                if !matches!(
                    reader.lexicon.measures[m as usize].family.as_str(),
                    "tariffs" | "auctions" | "investment"
                ) =>
            {
                Some((
                    h.first as usize,
                    Text::from(&reader.lexicon.measures[m as usize].name),
                ))
            }
            _ => None,
        })
        .next_back()
        .or_else(|| {
            reader
                .cue(first, at, Cue::Role)
                .map(|h| (h.first as usize, Text::fixed("investors")))
        })
}

fn usable(
    reader: &Reader<'_>,
    part: &Part,
    clause: Clause,
    (at, end): (usize, usize),
    action: &Action,
    numbers: &[Draft],
) -> bool {
    let page = reader.page;
    let (first, last) = (clause.first, clause.last);
    let near = first.max(at.saturating_sub(5));
    const IF: u64 = crate::lexicon::key("if");
    let hypothetical = reader
        .plain_of(near, at, Cue::Modal.bit() | Cue::Will.bit())
        .any(|h| (h.last as usize) < at)
        || page.keys(first, at).contains(&IF);
    // "to sell" after a noun is no act.
    let infinitive = at > first && low_is!(page, at - 1, "to") && !low_is!(page, at, "spike");
    if (hypothetical && action.name != "ask") || infinitive {
        return false;
    }
    if low_is!(page, at.wrapping_sub(1), "a")
        || low_is!(page, at.wrapping_sub(1), "the")
            && !page.low(end).ends_with("ed")
            && action.family != "market"
            && action.name != "impose"
    {
        return false;
    }
    match action.family.as_str() {
        "speech" => {
            let short = reader
                .plain_of(first, at, Cue::StoppedShort.bit())
                .any(|h| (h.last as usize) < at);
            if short && action.polarity.as_deref() == Some("threat") {
                return false;
            }
            let that =
                (at + 1..=(at + 8).min(last)).any(|t| low_is!(page, t, "that") && !page.quoted(t));
            // The verb of a direct quote.
            let from = page.quotes.partition_point(|q| q.first < part.first);
            let own = page
                .quotes
                .iter()
                .zip(reader.quotes)
                .skip(from)
                .take_while(|(q, _)| q.first <= part.last)
                .any(|(q, own)| {
                    own.kind != QuoteKind::Term
                        && q.last <= part.last
                        && (at < q.first && q.first - at <= 12 || at > q.last && at - q.last <= 22)
                });
            if own && !that && action.name != "ask" {
                return false;
            }
            if page.tokens[at].symbol().is_some()
                || action.name == "say" && empty(reader, clause, end)
                || supposed(reader, clause, end)
                || told(reader, at)
                || action.name == "say" && reports_number(reader, clause, end, numbers)
            {
                return false;
            }
            if !that && action.name == "say" {
                match trailing(reader, part, at, numbers) {
                    Some(true) => return false,
                    Some(false) => return true,
                    None => {}
                }
            }
            let words = (at + 1..=last)
                .filter(|t| page.tokens[*t].is_word() && !page.quoted(*t))
                .count();
            let complement = (at + 1..=(at + 3).min(last)).any(|t| {
                low_is!(
                    page,
                    t,
                    "that"
                        | "whether"
                        | "if"
                        | "he"
                        | "she"
                        | "it"
                        | "they"
                        | "the"
                        | "a"
                        | "his"
                        | "her"
                )
            }) || action.polarity.is_some()
                || matches!(
                    action.name.as_str(),
                    "ask"
                        | "say"
                        | "hint"
                        | "warn"
                        | "decline"
                        | "promise"
                        | "urge"
                        | "praise"
                        | "criticize"
                );
            let short = matches!(action.name.as_str(), "decline" | "praise" | "criticize")
                || action.polarity.as_deref() == Some("denial");
            (words >= 3 || short && words >= 1 || action.name == "decline") && complement
        }
        // A number of the same clause already tells the move or the sale.
        "market" => {
            let noun = reader.plain_of(first, last, What::MEASURE).next().is_some()
                || reader.cue(first, at, Cue::Role).is_some();
            noun && !numbers.iter().any(|d| {
                let within = d.first >= first && d.last <= last;
                within
                    && (d.kind == ClaimKind::Rate
                        || d.change
                        || d.last > at && d.relation != "amount")
                    || d.first <= at && at <= d.last
            })
        }
        // "Offloading them would backfire": a gerund names the act and tells none.
        "trade" if at == end && page.low(at).ends_with("ing") && !told(reader, at) => false,
        // "Figures released on Friday show": what is said of the figures is no act.
        "policy"
            if action.name == "disclose"
                && at > first
                && low_is!(
                    page,
                    at - 1,
                    "figures"
                        | "data"
                        | "numbers"
                        | "statistics"
                        | "minutes"
                        | "report"
                        | "estimates"
                ) =>
        {
            false
        }
        "trade" => !numbers.iter().any(|d| {
            d.first >= first
                && d.last <= last
                && (d.relation.starts_with("net_purchases") || d.relation == "intervention")
        }),
        // "The key issue", "an issue": a noun unless somebody in the plural does it.
        "policy" if at == end && page.low(at) == "issue" => {
            at > first && (page.low(at - 1).ends_with('s') || low_is!(page, at - 1, "they"))
        }
        _ => true,
    }
}

/// A date claim beside an event whose day is relative or zoned.
fn zoned(reader: &Reader<'_>, event: &Draft) -> Option<Draft> {
    let moment = event.moment.as_ref().filter(|m| {
        m.zone().is_some()
            || m.relative_day()
                && !event
                    .relation
                    .split('+')
                    .any(|r| matches!(r, "up" | "down"))
    })?;
    let mut draft = reader.draft(ClaimKind::Date, moment.first, moment.last);
    draft.subject = event.subject.clone();
    draft.relation = event.relation.clone();
    draft.moment = Some(moment.clone());
    Some(draft)
}
