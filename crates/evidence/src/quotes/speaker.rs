//! Who said it.
//!
//! In this order: a verb of saying (or "according to") behind the quote in the same sentence; one before it; the speaker of
//! the quote directly before in the same paragraph, or that this one goes on from; an introduction in the sentence before.
//! The subject is the person nearest to the verb, else the role, else the house; owners ("Trump’s") are no subjects.

use super::subject;
use crate::lexicon::{Cue, Lexicon};
use crate::mention::{Mention, Sort};
use crate::model::{Quote, Speaker};
use crate::short::{Text, text};
use crate::text::{Page, low_is};

/// Quotes and mentions looked at on either side, so that many of them cost no more each.
const NEAR: usize = 64;

/// What the rules found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) speaker: Option<Speaker>,
    pub(crate) verb: Option<usize>,
    pub(crate) continues: Option<usize>,
    pub(crate) notes: Vec<String>,
}

pub(crate) fn of(
    page: &Page<'_>,
    lexicon: &Lexicon,
    mentions: &[Mention],
    number: usize,
    earlier: &[Quote],
) -> Found {
    let marked = &page.quotes[number];
    let at = page.sentences.partition_point(|s| s.last < marked.first);
    let Some(sentence) = page.sentences.get(at).copied() else {
        return Found::default();
    };
    if let Some(from) = marked.goes_on
        && let Some(speaker) = earlier.get(from as usize).and_then(|q| q.speaker.clone())
    {
        return Found {
            speaker: Some(speaker),
            ..Found::default()
        };
    }
    // A nested quote belongs to whoever its host names; failing that it is the host's affair and stays open.
    let (first, last) = match marked.inside {
        Some(host) => page
            .quotes
            .get(host as usize)
            .map_or((sentence.first, sentence.last), |h| (h.first, h.last)),
        None => (sentence.first, sentence.last),
    };
    let after_first = marked.last + 2;
    let next_quote = page
        .quotes
        .get(number + 1..)
        .unwrap_or(&[])
        .iter()
        .take(NEAR)
        .find(|q| q.inside == marked.inside && q.first > marked.last)
        .map(|q| q.first);
    let after_last = next_quote
        .filter(|n| *n <= last)
        .map_or(last, |n| n.saturating_sub(2));
    if let Some(mut found) = behind(page, lexicon, mentions, after_first, after_last) {
        let same = found
            .verb
            .and_then(|verb| subject::goes_on(page, mentions, (number, verb), earlier));
        if let Some(speaker) = same {
            found.speaker = Some(speaker);
            found.notes.clear();
        }
        return linked(found, page, number, earlier);
    }
    let nearest = number.saturating_sub(NEAR);
    let previous = page
        .quotes
        .get(nearest..number)
        .unwrap_or(&[])
        .iter()
        .rposition(|q| q.inside == marked.inside && q.last < marked.first)
        .map(|place| place + nearest);
    let before_first = previous
        .and_then(|p| page.quotes.get(p))
        .map(|q| q.last + 2)
        .filter(|p| *p >= first)
        .unwrap_or(first);
    let before_last = marked.first.saturating_sub(2);
    if before_last >= before_first
        && before_last < marked.first
        && let Some(found) = before(page, lexicon, mentions, before_first, before_last)
    {
        return linked(found, page, number, earlier);
    }
    // "…," Kato said. "…": the quote before, with at most its attribution between.
    if let Some(p) = previous
        && marked.inside.is_none()
    {
        let prior = &page.quotes[p];
        let same_block = page.blocks.partition_point(|b| b.last < prior.first)
            == page.blocks.partition_point(|b| b.last < marked.first);
        let between = marked.first.saturating_sub(prior.last + 3);
        let prior_sentence = page.sentences.partition_point(|s| s.last < prior.last);
        let adjacent = at <= prior_sentence + 1;
        let attribution = between == 0
            || (prior.last + 2..marked.first.saturating_sub(1))
                .any(|t| page.hits_in(t, t).iter().any(|h| h.is(Cue::Say)));
        let starts_sentence = marked.first <= sentence.first + 1 || at == prior_sentence;
        if same_block
            && adjacent
            && attribution
            && starts_sentence
            && between < 30
            && let Some(speaker) = earlier.get(p).and_then(|q| q.speaker.clone())
        {
            return Found {
                speaker: Some(speaker),
                continues: Some(p),
                ..Found::default()
            };
        }
    }
    // The sentence before introduces it: "X summed it up:" or a paragraph that ends in a colon.
    if marked.first <= sentence.first + 1
        && marked.inside.is_none()
        && let Some(prior) = at.checked_sub(1).and_then(|n| page.sentences.get(n))
    {
        let colon = low_is!(page, prior.last, ":");
        let near = sentence.block - prior.block <= 1;
        let speech = page
            .hits_in(prior.first, prior.last)
            .iter()
            .any(|h| (h.is(Cue::Say) || h.is(Cue::According)) && !page.quoted(h.first as usize));
        let open_end = page.tokens[prior.last].is_word();
        if near
            && (colon || open_end && speech)
            && let Some(found) = before(page, lexicon, mentions, prior.first, prior.last)
        {
            return found;
        }
        // A quote alone behind "They’re warning": the pronoun is all there is.
        if near && sentence.block == prior.block + 1 && open_end {
            let pronoun = mentions_in(mentions, prior.first, prior.last)
                .last()
                .filter(|m| m.sort == Sort::Pronoun);
            if let Some(m) = pronoun {
                return resolved(page, lexicon, mentions, m, Some(prior.last));
            }
        }
    }
    Found::default()
}

/// Two parts of one quote with the attribution between are linked.
fn linked(mut found: Found, page: &Page<'_>, number: usize, earlier: &[Quote]) -> Found {
    if let Some(p) = number.checked_sub(1) {
        let (prior, marked) = (&page.quotes[p], &page.quotes[number]);
        let same = page.sentences.partition_point(|s| s.last < prior.last) + 1
            >= page.sentences.partition_point(|s| s.last < marked.first);
        let speaker = earlier.get(p).and_then(|q| q.speaker.as_ref());
        if same
            && prior.inside == marked.inside
            && speaker.is_some()
            && speaker.map(|s| &s.name) == found.speaker.as_ref().map(|s| &s.name)
            && marked.first < prior.last + 16
        {
            found.continues = Some(p);
        }
    }
    found
}

pub(crate) fn mentions_in(mentions: &[Mention], first: usize, last: usize) -> &[Mention] {
    let from = mentions.partition_point(|m| m.first < first);
    let behind = mentions.get(from..).unwrap_or(&[]);
    // A few stand in a sentence, and they are nearer than a search.
    let count = behind.iter().take_while(|m| m.first <= last).count();
    behind.get(..count).unwrap_or(&[])
}

/// A verb of saying behind the quote.
fn behind(
    page: &Page<'_>,
    lexicon: &Lexicon,
    mentions: &[Mention],
    first: usize,
    last: usize,
) -> Option<Found> {
    if first > last {
        return None;
    }
    let limit = last.min(first + 40);
    let stop = (first..=limit)
        .find(|t| {
            matches!(page.tokens[*t].symbol(), Some(';' | '.' | ':'))
                && page.tokens.get(t + 1).is_none_or(|n| n.spaced)
                && *t > first
                // "Dr. Arai"
                && !low_is!(page, t - 1, "dr" | "mr" | "mrs" | "ms" | "prof" | "gov" | "sen" | "rep" | "gen" | "st")
        })
        .unwrap_or(limit);
    let verb = page.hits_in(first, stop).iter().find(|h| {
        (h.is(Cue::Say) || h.is(Cue::According) || h.is(Cue::Call))
            && !page.quoted(h.first as usize)
    });
    let Some(verb) = verb else {
        let subject = subject::behind_dash(page, mentions, first, stop)?;
        return Some(resolved(page, lexicon, mentions, subject, None));
    };
    let (v, v_end) = (verb.first as usize, verb.last as usize);
    if verb.is(Cue::According) {
        let subject = best(page, mentions_in(mentions, v_end + 1, stop), true)?;
        // "..., Kato said, according to Reuters": the person before counts; this is reached only without one.
        return Some(resolved(page, lexicon, mentions, subject, Some(v)));
    }
    // "said X", with nothing but the verb between.
    let lead = mentions_in(mentions, first, v.saturating_sub(1));
    if v > first
        && let Some(subject) = lead
            .iter()
            .find(|m| {
                m.sort == Sort::Person
                    && !m.possessive
                    && m.first <= first + 2
                    && subject::can_speak(page, m, lead)
            })
            .or_else(|| best(page, lead, false))
    {
        // Between subject and verb only its apposition, an adverb, a comma.
        // Or a relative clause between commas: "X, who runs ..., said".
        let gap = v.saturating_sub(subject.last + 1);
        let relative = low_is!(page, subject.last + 1, ",")
            && low_is!(page, subject.last + 2, "who" | "which" | "whose")
            && page.low(v - 1) == ",";
        let clean = gap <= 14 || relative;
        if clean {
            return Some(said(resolved(page, lexicon, mentions, subject, Some(v)), v));
        }
    }
    if let Some(found) = subject::one_of(page, mentions, first, v) {
        return Some(said(found, v));
    }
    if v <= first + 2 {
        if let Some(found) = subject::unknown(page, mentions, v_end + 1, stop) {
            return Some(said(found, v));
        }
        let subject = mentions_in(mentions, v_end + 1, stop.min(v_end + 8))
            .iter()
            .find(|m| !m.possessive || m.sort == Sort::Role)
            .or_else(|| {
                best(
                    page,
                    mentions_in(mentions, v_end + 1, stop.min(v_end + 10)),
                    true,
                )
            })?;
        let chosen = if matches!(subject.sort, Sort::Organization | Sort::Role) {
            // A title before a name is part of the name's mention and begins with it.
            mentions_in(mentions, subject.first, (subject.last + 3).min(stop))
                .iter()
                .find(|m| m.sort == Sort::Person && m.last > subject.last)
                .unwrap_or(subject)
        } else {
            subject
        };
        return Some(said(resolved(page, lexicon, mentions, chosen, Some(v)), v));
    }
    None
}

fn said(mut found: Found, verb: usize) -> Found {
    found.verb = Some(verb);
    found
}

/// A verb of saying or naming before the quote.
fn before(
    page: &Page<'_>,
    lexicon: &Lexicon,
    mentions: &[Mention],
    first: usize,
    last: usize,
) -> Option<Found> {
    let hits = page.hits_in(first, last);
    let verb = hits.iter().rev().find(|h| {
        (h.is(Cue::Say) || h.is(Cue::Call) || h.is(Cue::According))
            && !page.quoted(h.first as usize)
            && (h.last as usize) <= last
    });
    let colon = low_is!(page, last, ":");
    let close = |h: &crate::lexicon::Hit| last.saturating_sub(h.last as usize) <= 26;
    if let Some(verb) = verb.filter(|h| close(h) || colon) {
        let v = verb.first as usize;
        if verb.is(Cue::According) {
            let subject = best(page, mentions_in(mentions, v + 1, last), true)?;
            return Some(resolved(page, lexicon, mentions, subject, Some(v)));
        }
        let lead = mentions_in(mentions, first, v.saturating_sub(1));
        let clause = (first..v)
            .rev()
            .find(|t| matches!(page.tokens[*t].symbol(), Some(';' | '—')))
            .map_or(first, |t| t + 1);
        let beside = lead
            .last()
            .filter(|m| v.saturating_sub(m.last) <= 2 && !m.possessive && m.sort != Sort::Place)
            .filter(|m| subject::can_speak(page, m, lead));
        let subject = beside
            .or_else(|| {
                best(
                    page,
                    mentions_in(mentions, clause.max(first), v.saturating_sub(1)),
                    false,
                )
            })
            .or_else(|| best(page, lead, false));
        if let Some(subject) = subject {
            return Some(said(resolved(page, lexicon, mentions, subject, Some(v)), v));
        }
        // "Beijing called the step …": a capital or a country speaks.
        if let Some(place) = lead
            .iter()
            .rev()
            .find(|m| m.sort == Sort::Place && !m.possessive && m.last < v && v - m.last <= 2)
        {
            let found = Found {
                speaker: Some(Speaker {
                    name: None,
                    role: None,
                    organization: Some(Text::of(page.slice(place.first, place.last))),
                    certain: true,
                }),
                ..Found::default()
            };
            return Some(said(found, v));
        }
        // "the Financial Times called", "said Kato: ..."
        let inverted = mentions_in(mentions, v + 1, last)
            .first()
            .filter(|m| m.first <= verb.last as usize + 3);
        if let Some(subject) = inverted {
            return Some(said(resolved(page, lexicon, mentions, subject, Some(v)), v));
        }
    }
    // "Her answer on the radio was short: …", "Instead, X: …"
    if colon {
        let all = mentions_in(mentions, first, last);
        let remark = hits.iter().find(|h| h.is(Cue::Remark));
        if let Some(remark) = remark
            && let Some(owner) = all
                .iter()
                .rev()
                .find(|m| m.last < remark.first as usize && (m.possessive || m.sort != Sort::Place))
        {
            return Some(resolved(page, lexicon, mentions, owner, Some(first)));
        }
        if let Some(subject) = best(page, all, false) {
            return Some(resolved(page, lexicon, mentions, subject, Some(first)));
        }
    }
    None
}

/// The most telling mention: the last person, else a pronoun, a role, a house.
fn best<'m>(page: &Page<'_>, mentions: &'m [Mention], first: bool) -> Option<&'m Mention> {
    for sort in [Sort::Person, Sort::Pronoun, Sort::Role, Sort::Organization] {
        let mut of = mentions
            .iter()
            .filter(|m| m.sort == sort && (!m.possessive || first && sort == Sort::Person))
            .filter(|m| subject::can_speak(page, m, mentions));
        let found = if first { of.next() } else { of.next_back() };
        // A pronoun later than the person is the subject: "Kato is careful, and he said".
        if found.is_some() {
            if sort == Sort::Person
                && !first
                && let Some(pronoun) = mentions
                    .iter()
                    .rev()
                    .find(|m| m.sort == Sort::Pronoun && Some(m.first) > found.map(|f| f.last + 6))
            {
                return Some(pronoun);
            }
            return found;
        }
    }
    None
}

/// The speaker that a mention stands for.
pub(crate) fn resolved(
    page: &Page<'_>,
    lexicon: &Lexicon,
    mentions: &[Mention],
    mention: &Mention,
    verb: Option<usize>,
) -> Found {
    let mut found = Found {
        verb,
        ..Found::default()
    };
    let named = |m: &Mention| Speaker {
        name: m.name.clone(),
        role: m.role.clone().or_else(|| m.role_elsewhere.clone()),
        organization: m.organization.clone(),
        certain: true,
    };
    if let Some(speaker) = subject::surname(page, mentions, mention) {
        found.speaker = Some(speaker);
        return found;
    }
    match mention.sort {
        Sort::Person => found.speaker = Some(named(mention)),
        Sort::Role => {
            // "the minister" with one minister named so far is that person.
            let role = mention.role.clone();
            let last_word = role
                .as_deref()
                .and_then(|r| r.split_whitespace().last())
                .unwrap_or("")
                .to_owned();
            let definite = !matches!(
                page.low(mention.first),
                "one" | "a" | "an" | "another" | "two" | "some" | "several"
            ) && !last_word.ends_with('s');
            let upto = mentions.partition_point(|m| m.first < mention.first);
            let mut people: Vec<&Mention> = mentions
                .get(upto.saturating_sub(NEAR)..upto)
                .unwrap_or(&[])
                .iter()
                .filter(|m| {
                    m.first < mention.first
                        && m.sort == Sort::Person
                        && m.role.as_deref().is_some_and(|r| r.ends_with(&last_word))
                        && !last_word.is_empty()
                })
                .collect();
            people.dedup_by(|a, b| a.name == b.name);
            let place = before_place(page, lexicon, mention);
            if people.is_empty()
                && definite
                && let Some(role) = &role
                && let Some(only) =
                    subject::holder(lexicon, mentions.get(..upto).unwrap_or(&[]), role, place)
            {
                found.speaker = Some(Speaker {
                    role: Some(role.clone()),
                    ..named(only)
                });
                return found;
            }
            // "The Bank said": the one house of that sort that was named.
            if people.is_empty()
                && let Some(house) = subject::house_of(page, mentions.get(..upto), mention)
            {
                found.speaker = Some(Speaker {
                    name: None,
                    role: None,
                    organization: Some(house),
                    certain: true,
                });
                return found;
            }
            // "A White House spokesman", "an EU diplomat": as the text says it.
            let adjective = mentions
                .get(..upto)
                .and_then(<[Mention]>::last)
                .filter(|m| {
                    matches!(m.sort, Sort::Organization | Sort::Place)
                        && m.last + 1 == mention.first
                        && !m.possessive
                });
            found.speaker = Some(match people.as_slice() {
                [only] if definite && place.is_none() => Speaker {
                    role,
                    ..named(only)
                },
                _ => Speaker {
                    name: None,
                    role: match (adjective, place) {
                        (Some(before), _) => {
                            role.map(|r| text!("{} {r}", page.slice(before.first, before.last)))
                        }
                        (None, Some(place)) => role.map(|r| text!("{r} of {place}")),
                        (None, None) => role,
                    },
                    organization: mention.organization.clone(),
                    certain: true,
                },
            });
        }
        Sort::Organization => {
            found.speaker = Some(Speaker {
                name: None,
                role: None,
                organization: mention.organization.clone(),
                certain: true,
            })
        }
        Sort::Pronoun => match antecedent(page, mentions, mention) {
            Ok(Some(person)) => found.speaker = Some(named(person)),
            Ok(None) => {
                found.speaker = Some(Speaker {
                    name: None,
                    role: Some(Text::of(page.low(mention.first))),
                    organization: None,
                    certain: false,
                });
                found.notes.push("the pronoun has no antecedent".to_owned());
            }
            Err(names) => {
                found.speaker = Some(Speaker {
                    name: None,
                    role: Some(Text::of(page.low(mention.first))),
                    organization: None,
                    certain: false,
                });
                found.notes.push(format!("the pronoun could be {names}"));
            }
        },
        Sort::Place => {}
    }
    found
}

/// "Japan’s finance minister": the country in front.
fn before_place<'l>(page: &Page<'_>, lexicon: &'l Lexicon, mention: &Mention) -> Option<&'l str> {
    let at = mention.first.checked_sub(1)?;
    let at = if page.low(at).ends_with('s') && page.low(at).starts_with(['\'', '’']) {
        at.checked_sub(1)?
    } else {
        at
    };
    page.hits_in(at, at).iter().find_map(|h| match h.what {
        crate::lexicon::What::Place(p) => Some(lexicon.places[p as usize].name.as_str()),
        _ => None,
    })
}

/// The person a pronoun means: the only one of fitting gender in the nearest sentence that names any, at most one paragraph
/// back. A subject counts before others; owners do not count. Two candidates: none.
pub(crate) fn antecedent<'m>(
    page: &Page<'_>,
    mentions: &'m [Mention],
    pronoun: &Mention,
) -> Result<Option<&'m Mention>, String> {
    // "They" is no single person.
    if low_is!(page, pronoun.first, "they") {
        return Ok(None);
    }
    let at = page.sentences.partition_point(|s| s.last < pronoun.first);
    let Some(own) = page.sentences.get(at) else {
        return Ok(None);
    };
    for back in 0..=6 {
        let Some(sentence) = at.checked_sub(back).and_then(|n| page.sentences.get(n)) else {
            break;
        };
        if own.block - sentence.block > 1 {
            break;
        }
        let last = if back == 0 {
            pronoun.first.saturating_sub(1)
        } else {
            sentence.last
        };
        let fits = |m: &&Mention| {
            m.sort == Sort::Person
                && !page.quoted(m.first)
                && (m.pronoun.is_none()
                    || pronoun.pronoun.is_none()
                    || m.pronoun == pronoun.pronoun)
        };
        let all: Vec<&Mention> = mentions_in(mentions, sentence.first, last)
            .iter()
            .filter(fits)
            .collect();
        let actors: Vec<&Mention> = all.iter().copied().filter(|m| !m.possessive).collect();
        let mut candidates = if actors.is_empty() { all } else { actors };
        let mut names: Vec<&str> = candidates
            .iter()
            .filter_map(|m| m.name.as_deref())
            .collect();
        names.sort_unstable();
        names.dedup();
        match names.len() {
            0 => continue,
            1 => return Ok(candidates.pop()),
            _ => {
                // The one who speaks in that sentence is the subject.
                if let Some(subject) =
                    subject::only_speaker(page, sentence.first, last, &candidates)
                {
                    return Ok(Some(subject));
                }
                return Err(names.join(" or "));
            }
        }
    }
    Ok(None)
}
