//! Forecasts, causes, hearsay, opinions: statements that are not plain facts.
//!
//! A forecast needs an outcome or a move and a time to come or a word of expectation; a cause needs a verb of causing between
//! two things; hearsay needs a source of hearsay and is judged on its content. Opinions come last and only from clauses that
//! nothing else claimed: consequences under "could", judging phrases, and conditional threats.

use super::{Draft, Part, Reader};
use crate::lexicon::{Cue, What};
use crate::model::{ClaimKind, Modality, Polarity};
use crate::quotes::asked;
use crate::short::{Text, text};
use crate::text::low_is;
use crate::when::Moment;

pub(super) fn drafts(reader: &Reader<'_>, part: &Part) -> Vec<Draft> {
    let mut out: Vec<Draft> = reader.sheets.take();
    if let Some(hit) = reader.cue(part.first, part.last, Cue::Rumour) {
        let first = start_of_rumour(part, hit.first as usize);
        let mut draft = reader.draft(ClaimKind::Rumour, first, part.last);
        draft.subject = reader
            .mentions
            .iter()
            .filter(|m| m.first > hit.last as usize && m.first <= part.last)
            .find_map(|m| reader.label(m))
            .or_else(|| reader.main_place.clone())
            .unwrap_or_default();
        draft.relation = content(reader, part.first, part.last);
        draft.moment = part.moment(part.first, part.last);
        draft.modality = Modality::Reported;
        draft.negated = reader.cue(part.first, part.last, Cue::False).is_some();
        draft.polarity = Polarity::Neutral;
        out.push(draft);
        return out;
    }
    for clause in &part.clauses {
        if let Some(draft) = forecast(reader, part, clause.first, clause.last) {
            match out.last_mut() {
                Some(before)
                    if before.kind == ClaimKind::Forecast && before.last + 2 >= clause.first =>
                {
                    before.last = draft.last;
                    before.moment = draft.moment.or(before.moment.take());
                    if draft.relation.starts_with("outcome") {
                        before.relation = draft.relation;
                    }
                }
                _ => out.push(draft),
            }
        }
    }
    if let Some(draft) = cause(reader, part, &out) {
        out.push(draft);
    }
    out
}

fn start_of_rumour(part: &Part, hit: usize) -> usize {
    if hit.saturating_sub(part.first) <= 6 {
        part.first
    } else {
        part.clause(hit).map_or(hit, |c| c.first)
    }
}

/// What hearsay says: sell, buy, another action.
fn content(reader: &Reader<'_>, first: usize, last: usize) -> Text {
    if reader.cue(first, last, Cue::Sell).is_some() {
        return Text::fixed("sell");
    }
    reader
        .plain(first, last)
        .find_map(|h| match h.what {
            What::Action(a) => Some(Text::from(&reader.lexicon.actions[a as usize].name)),
            _ => None,
        })
        .unwrap_or_else(|| Text::fixed("rumour"))
}

fn forecast(reader: &Reader<'_>, part: &Part, first: usize, last: usize) -> Option<Draft> {
    let page = reader.page;
    // What every forecast has one of, or a number; a new ground for one belongs here too.
    let telling = Cue::Will.bit() | Cue::Modal.bit() | Cue::Possible.bit() | What::ACTION;
    if part.quantities.is_empty() && !reader.has(first, last, telling) {
        return None;
    }
    // "There were no plans to", "markets that had priced in a cut": nothing is to come.
    let will = reader.cue(first, last, Cue::Will).filter(|h| {
        let past = h.first as usize > first && low_is!(page, h.first as usize - 1, "had");
        !past
            && !reader
                .plain_of(first, last, Cue::StoppedShort.bit())
                .any(|n| n.first <= h.first && h.first <= n.last + 1)
    });
    let modal = reader
        .cue(first, last, Cue::Modal)
        .filter(|h| low_is!(page, h.first as usize, "could" | "might" | "may"));
    let possible = reader.cue(first, last, Cue::Possible);
    let resume = reader.plain_of(first, last, What::ACTION).find(|h| {
        low_is!(page, h.first as usize, "resume" | "resumes")
            && matches!(h.what, What::Action(a) if reader.lexicon.actions[a as usize].name == "resume")
    });
    if let Some(draft) = expected(reader, part, first, last) {
        return Some(draft);
    }
    if will.is_none() && modal.is_none() && possible.is_none() && resume.is_none() {
        return None;
    }
    let outcome = reader
        .plain(first, last)
        .filter(|h| h.is(Cue::Outcome))
        .last();
    let moment = part
        .moments(first, last)
        .filter(|m| !page.quoted(m.first))
        .max_by_key(|m| (m.deadline, m.first))
        .cloned();
    let value = part
        .quantities
        .iter()
        .find(|q| q.first >= first && q.last <= last && !page.quoted(q.first));
    let timed = moment.as_ref().is_some_and(Moment::ahead);
    let moves = reader.plain(first, last).any(|h| h.is(Cue::Increase) || h.is(Cue::Decrease) || matches!(h.what, What::Action(a) if reader.lexicon.actions[a as usize].family == "market" || reader.lexicon.actions[a as usize].family == "policy"));
    let measure = reader.plain(first, last).find_map(|h| match h.what {
        What::Measure(m) => Some(reader.lexicon.measures[m as usize].name.as_str()),
        _ => None,
    });
    // "Barclays sees it at 4.3% by December": the yield that the sentence before spoke of.
    let resumed = || {
        let it = (first..=last).any(|t| low_is!(page, t, "it" | "them" | "pair"));
        let own = page.sentences.partition_point(|s| s.last < first);
        let earlier = page.sentences.get(own.checked_sub(1)?)?;
        (it && value.is_some() && earlier.block == part.block).then_some(())?;
        page.hits_in(earlier.first, earlier.last)
            .iter()
            .rev()
            .find_map(|h| match h.what {
                What::Measure(m) if reader.lexicon.measures[m as usize].kind == "level" => {
                    Some(reader.lexicon.measures[m as usize].name.as_str())
                }
                _ => None,
            })
    };
    let measure = measure.or_else(resumed);
    let judgment = reader.cue(first, last, Cue::Leverage).is_some()
        || reader.cue(first, last, Cue::Threat).is_some();
    let kind = match (
        will.is_some(),
        modal.is_some() || possible.is_some(),
        outcome.is_some(),
    ) {
        (_, _, true)
            if timed
                && (will.is_some()
                    || modal.is_some()
                    || possible.is_some()
                    || resume.is_some()) =>
        {
            "outcome"
        }
        (true, _, true) if moment.is_some() => "outcome",
        (true, _, _) if timed => "event",
        (true, _, _) if (value.is_some() || moves) && measure.is_some() && !judgment => "measure",
        (_, true, _) if timed && value.is_some() && measure.is_some() && moves => "measure",
        // "He may visit Washington in November".
        (_, true, _)
            if !judgment
                && modal.is_some_and(|h| {
                    moment
                        .as_ref()
                        .is_some_and(|m| m.named_ahead() && m.first > h.first as usize)
                        && reader.actor(first, h.first as usize).is_some()
                }) =>
        {
            "event"
        }
        // "A 65 percent chance of a cut in September."
        (_, true, _)
            if timed
                && possible
                    .is_some_and(|h| low_is!(page, h.last as usize, "of") && h.first < h.last) =>
        {
            "event"
        }
        _ => return None,
    };
    // Past frames: "was expected to" with a past date stays a fact about expectations.
    if will.is_some_and(|h| low_is!(page, (h.first as usize).wrapping_sub(1), "was")) && !timed {
        return None;
    }
    let start = if low_is!(page, first, "and" | "but" | "so" | "with" | "though") {
        first + 1
    } else {
        first
    };
    let mut draft = reader.draft(ClaimKind::Forecast, start, reader.trim(start, last));
    draft.subject = reader
        .actor(first, last + 1)
        .map(|a| a.1)
        .or_else(|| reader.main_place.clone())
        .unwrap_or_default();
    draft.relation = match (kind, outcome, measure) {
        ("outcome", Some(hit), _) => text!("outcome:{}", canonical(page.low(hit.first as usize))),
        (_, _, Some(m)) => text!("measure:{m}"),
        _ => text!("event:{}", content(reader, first, last)),
    };
    draft.value = value.map(|v| v.quantity);
    draft.moment = moment;
    draft.modality = Modality::Forecast;
    Some(draft)
}

/// "Economists had expected 3.3 per cent": an expectation of the past with its number.
fn expected(reader: &Reader<'_>, part: &Part, first: usize, last: usize) -> Option<Draft> {
    let page = reader.page;
    // Without a number there is nothing to look for.
    if part.quantities.is_empty() {
        return None;
    }
    let verb = (first..last).find(|t| {
        let had = low_is!(page, *t, "had")
            && low_is!(
                page,
                t + 1,
                "expected" | "forecast" | "predicted" | "projected" | "penciled" | "pencilled"
            );
        let was =
            low_is!(page, *t, "were" | "was") && low_is!(page, t + 1, "expecting" | "forecasting");
        (had || was) && !page.quoted(*t)
    })?;
    let behind = part
        .quantities
        .iter()
        .find(|q| q.first > verb && q.last <= last && !page.quoted(q.first));
    // "More than the $3.33 trillion that economists had forecast".
    let before = || {
        let near = |q: &&crate::number::Found| q.last < verb && verb - q.last <= 5;
        part.quantities.iter().rev().find(near)
    };
    let value = behind.or_else(before)?;
    let (first, last) = if value.first < verb {
        (value.first, verb + 1)
    } else {
        (first, last)
    };
    let mut draft = reader.draft(ClaimKind::Forecast, first, reader.trim(first, last));
    draft.subject = reader
        .actor(first, verb)
        .map(|a| a.1)
        .or_else(|| reader.main_place.clone())
        .unwrap_or_default();
    draft.relation = Text::fixed("event:expect");
    draft.value = Some(value.quantity);
    draft.modality = Modality::Forecast;
    Some(draft)
}

/// One word for the several names of a deal.
fn canonical(word: &str) -> &str {
    match word {
        "agreement" | "accord" | "pact" | "settlement" | "treaty" => "deal",
        "negotiations" | "round" | "meeting" | "summit" => "talks",
        other => other,
    }
}

fn cause(reader: &Reader<'_>, part: &Part, taken: &[Draft]) -> Option<Draft> {
    let page = reader.page;
    let hit = reader.cue(part.first, part.last, Cue::Cause)?;
    let (c, end) = (hit.first as usize, hit.last as usize);
    let clause = part.clause(c)?;
    let hypothetical = reader
        .plain(clause.first, c)
        .any(|h| h.is(Cue::Modal) || h.is(Cue::Will))
        || (clause.first..c).any(|t| low_is!(page, t, "if"));
    // "Dealers blamed thin liquidity for the size of the move"; without "for" nothing is explained.
    let blames = low_is!(page, c, "blamed" | "blames") && c == end;
    if blames && !(end + 2..=clause.last).any(|t| low_is!(page, t, "for")) {
        return None;
    }
    // "Without provoking market chaos".
    let denied = c > 0 && low_is!(page, c - 1, "without" | "not" | "never");
    if denied || hypothetical || taken.iter().any(|d| d.first <= c && d.last >= c) {
        return None;
    }
    // Something with a name or a measure on one side at least, and words on the other.
    let thing = |a: usize, b: usize| {
        a <= b
            && (reader.plain(a, b).any(|h| {
                matches!(
                    h.what,
                    What::Measure(_)
                        | What::Place(_)
                        | What::Organization(_)
                        | What::Person(_)
                        | What::Cue(Cue::Outcome | Cue::Sell | Cue::Role)
                )
            }))
    };
    let causal_tail = blames
        || low_is!(
            page,
            end,
            "to" | "of" | "by" | "from" | "in" | "for" | "behind" | "on"
        )
        || page.low(end).ends_with("ed")
        || page.low(end).ends_with("ing")
        || low_is!(page, end, "drove" | "sent" | "set" | "explains");
    let plain_cause = [
        "caused",
        "triggered",
        "led",
        "because",
        "due",
        "sparked",
        "prompted",
        "owing",
        "stoked",
        "stokes",
        "spurred",
        "fueled",
        "fuelled",
        "fanned",
        "stemmed",
        "stems",
        "resulted",
        "provoked",
        "ignited",
        "unleashed",
        "precipitated",
        "rattled",
        "lifted",
        "weighed",
    ]
    .iter()
    .any(|w| page.low(c) == *w);
    let both = c.saturating_sub(clause.first) >= 2 && clause.last.saturating_sub(end) >= 2;
    let explained = plain_cause && both || thing(end + 1, clause.last);
    let explained = explained || thing(clause.first, c.saturating_sub(1)) && causal_tail;
    if !explained || end + 1 > clause.last {
        return None;
    }
    if low_is!(page, c, "pushed" | "sent") && page.low(end) != "by" && !reader.plain(end + 1, clause.last).any(|h| matches!(h.what, What::Measure(m) if matches!(reader.lexicon.measures[m as usize].kind.as_str(), "level"))) { return None; }
    if low_is!(page, c, "forced") && !thing(end + 1, clause.last) {
        return None;
    }
    let participle = page
        .tokens
        .get(c.wrapping_sub(1))
        .is_some_and(|t| t.symbol() == Some(','));
    let hedge_before = c > 0 && page.hits_in(c - 1, c - 1).iter().any(|h| h.is(Cue::Hedge));
    // ", shaking markets and sparking fear": the effects from their first participle on.
    let effects = page
        .low(c)
        .ends_with("ing")
        .then(|| {
            (clause.first + 2..c).rev().find(|t| {
                low_is!(page, *t - 1, ",") && page.low(*t).ends_with("ing") && c - t <= 12
            })
        })
        .flatten();
    let start = if hedge_before {
        c - 1
    } else if let Some(effects) = effects {
        effects
    } else if participle || clause.first > c {
        c
    } else {
        clause.first
    };
    let start = if low_is!(page, start, "and" | "but") {
        start + 1
    } else {
        start
    };

    let mut draft = reader.draft(ClaimKind::Causal, start, reader.trim(start, clause.last));
    draft.subject = reader
        .actor(clause.first, c)
        .map(|a| a.1)
        .or_else(|| reader.main_place.clone())
        .unwrap_or_default();
    draft.object = Some(Text::of(
        page.slice(end + 1, reader.trim(end + 1, clause.last)),
    ));
    draft.relation = Text::fixed("cause");
    draft.moment = part.moment(part.first, part.last);
    Some(draft)
}

/// Opinions from clauses that nothing else claimed; at most one a sentence.
pub(super) fn opinions(
    reader: &Reader<'_>,
    part: &Part,
    judged: &[Draft],
    events: &[Draft],
) -> Option<Draft> {
    let page = reader.page;
    let free = |first: usize, last: usize| {
        !judged.iter().chain(events).any(|d| {
            d.first <= last
                && d.last >= first
                && d.last.min(last) + 1 - d.first.max(first) > (last + 1 - first) / 2
        })
    };
    // What every opinion has one of, as far as it shows in the classes of words; a new ground for one belongs here too.
    let telling =
        Cue::Judgment.bit() | Cue::Consequence.bit() | Cue::StoppedShort.bit() | Cue::Modal.bit();
    let supposition = low_is!(page, part.first, "if");
    for clause in &part.clauses {
        let (first, last) = (clause.first, clause.last);
        if !supposition
            && !reader.has(first, last, telling)
            && !low_is!(page, first, "perhaps" | "maybe")
        {
            continue;
        }
        let words = (first..=last).filter(|t| page.tokens[*t].is_word()).count();
        // "He was right", "we doubt it": of what the sentence before said.
        let bare = words < 5 && low_is!(page, first, "he" | "she" | "i" | "we" | "they");
        if words < 3 || bare {
            continue;
        }
        // "He made it clear:" leads in what follows.
        if low_is!(page, last + 1, ":") && last < part.last || low_is!(page, part.last, ":") {
            continue;
        }
        if low_is!(
            page,
            page.blocks[part.block].first,
            "disclaimer" | "disclosure"
        ) {
            continue;
        }
        // "Is over a trillion dollars" is a number and no judgment.
        let of_class = Cue::Judgment.bit();
        let judgment = reader.plain_of(first, last, of_class).find(|h| {
            !part
                .quantities
                .iter()
                .any(|q| (h.first as usize..=h.last as usize + 1).contains(&q.first))
        });
        let modal = reader.cue(first, last, Cue::Modal);
        // A "think tank" does not tank.
        let dire = |h: &&crate::lexicon::Hit| {
            h.is(Cue::Consequence) && page.low((h.first as usize).wrapping_sub(1)) != "think"
        };
        let heavy = Cue::Consequence.bit() | Cue::Threat.bit() | Cue::Leverage.bit();
        let consequence = reader.plain_of(first, last, heavy).find(|h| {
            (dire(h) || h.is(Cue::Threat) || h.is(Cue::Leverage))
                && modal.is_none_or(|m| h.first > m.first)
        });
        let short = reader
            .cue(first, last, Cue::StoppedShort)
            .filter(|_| reader.cue(first, last, Cue::Threat).is_some());
        let consequences = || reader.plain_of(first, last, Cue::Consequence.bit());
        let warning = consequences().find(dire).filter(|_| {
            (first..=last).any(|t| low_is!(page, t, "we" | "they" | "who"))
                || reader.plain_of(first, last, What::PLACE).next().is_some()
        });
        let purpose = consequences().find(dire).is_some_and(|h| {
            (1..=4).any(|back| {
                (h.first as usize)
                    .checked_sub(back)
                    .is_some_and(|t| t > first && page.low(t) == "to")
            })
        });
        // "If every holder did that, there would be nothing left": a supposition about something the rules know.
        let known = || {
            let named = What::MEASURE | What::PLACE | What::ORGANIZATION | What::PERSON;
            reader.plain_of(part.first, last, named).next().is_some()
        };
        let supposed = supposition
            && (first..=last)
                .any(|t| low_is!(page, t, "would" | "could" | "might") && !page.quoted(t))
            && known();
        let perhaps = low_is!(page, first, "perhaps" | "maybe")
            && (first..=last).filter(|t| page.tokens[*t].is_word()).count() >= 5
            && known();
        let enough = purpose
            || supposed
            || perhaps
            || judgment.is_some()
            || modal.is_some() && consequence.is_some()
            || short.is_some()
            || warning.is_some();
        if !enough || !free(first, last) {
            continue;
        }
        let conditional = low_is!(page, part.first, "if")
            || (part.first..first).any(|t| low_is!(page, t, "if") && !page.quoted(t));
        let start = if conditional {
            part.first
        } else if low_is!(page, first, "and" | "but" | "so" | "though" | "although") {
            first + 1
        } else {
            first
        };
        let start = if warning.is_some() && clause.soft {
            part.first.max(previous_cut(part, first))
        } else {
            start
        };
        let mut draft = reader.draft(ClaimKind::Opinion, start, reader.trim(start, last));
        draft.subject = reader
            .actor(start, last + 1)
            .map(|a| a.1)
            .or_else(|| reader.main_place.clone())
            .unwrap_or_default();
        draft.relation = Text::fixed("judgment");
        draft.modality = Modality::Opinion;
        draft.polarity = asked::polarity(page, start, last);
        if short.is_some() {
            draft.polarity = Polarity::Denial;
        }
        return Some(draft);
    }
    None
}

fn previous_cut(part: &Part, first: usize) -> usize {
    let clauses = &part.clauses;
    let at = clauses.iter().position(|c| c.first == first).unwrap_or(0);
    (0..=at)
        .rev()
        .find(|n| !clauses[*n].soft)
        .map_or(first, |n| clauses[n].first)
}
