//! How tellings differ: words inside marks, numbers, scope, speakers, polarity, order.
//!
//! Quotes are compared word by word by their longest common subsequence, so that a changed word shows as such. The record's
//! wording is the reference where there is one, else the wording that most documents share. At most [`MOST_MEMBERS`] tellings
//! of a group are compared.

use crate::crossed::Told;
use crate::lexicon::Lexicon;
use crate::model::{
    Claim, ClaimKind, Drift, DriftNote, Evidence, Group, Polarity, Quote, QuoteKind, Speaker,
    VerdictKind,
};
use crate::short::Text;
use crate::sizes;
use crate::verdict::{AT_ONCE, TURNED};
use crate::wording::{self, Recorded, Word, changes, likeness, merged, recorded, words};

/// Likeness from which words are the recorded ones: room for one small word or an ending in a dozen, a judgment.
const WORD_FOR_WORD: f64 = 0.92;
/// Likeness from which one telling of a quote holds another: a little looser, since tellings also shorten, a judgment.
const CONTAINED: f64 = 0.9;
/// Days within which two documents tell of one thing: a judgment.
const TOGETHER: i32 = 14;

/// Most tellings of a group that are compared with each other.
pub(crate) const MOST_MEMBERS: usize = 64;

/// Marks the drift of every group.
pub(crate) fn mark(evidence: &mut Evidence, lexicon: &Lexicon) {
    let mut groups = std::mem::take(&mut evidence.groups);
    let told = Told::of(evidence);
    for group in &mut groups {
        let kind = group
            .claims
            .first()
            .and_then(|c| evidence.claims.get(*c))
            .map(|c| c.kind);
        match kind {
            Some(ClaimKind::Quote) => quotes(evidence, lexicon, &told, group),
            Some(ClaimKind::Amount | ClaimKind::Rate) => sizes::numbers(evidence, group),
            _ => {
                acts(evidence, lexicon, group);
                days(evidence, lexicon, group);
            }
        }
        by_verdict(evidence, group);
        group.drift.sort_by_key(|d| (d.claim, d.drift, d.against));
        group.drift.dedup();
    }
    zones(evidence, lexicon, &mut groups);
    evidence.groups = groups;
}

/// One event told under two days that two time zones explain: a note, no drift.
fn zones(evidence: &Evidence, lexicon: &Lexicon, groups: &mut [Group]) {
    for event in lexicon.events.iter().filter(|e| e.also_date.is_some()) {
        let told: Vec<usize> = evidence
            .claims
            .iter()
            .enumerate()
            .filter(|(n, _)| {
                evidence.verdicts.get(*n).is_some_and(|v| {
                    v.rows
                        .iter()
                        .any(|r| r.series == "events" && r.key == event.id)
                })
            })
            .map(|(n, _)| n)
            .collect();
        let on = |day: Option<brandish_units::Date>| {
            told.iter().copied().find(|c| {
                evidence.claims[*c]
                    .when
                    .as_ref()
                    .is_some_and(|w| w.from == day && w.to == day)
            })
        };
        if let (Some(here), Some(there)) = (on(Some(event.date)), on(event.also_date))
            && let Some(group) = groups
                .iter_mut()
                .find(|g| told.iter().any(|c| g.claims.contains(c)))
        {
            group.notes.push(format!(
                "{} and {}: one moment in two time zones, no drift ({})",
                evidence.claims[here].id, evidence.claims[there].id, event.zone_note
            ));
        }
    }
}

/// The whole words of a quote claim: its quote and the parts that go on from it.
pub fn spoken(quotes: &[Quote], claim: &Claim) -> String {
    match claim.quote {
        Some(first) => wording::spoken(quotes, first, claim.span.end),
        None => claim.text.to_string(),
    }
}

fn quotes(evidence: &Evidence, lexicon: &Lexicon, told: &Told, group: &mut Group) {
    let members: Vec<usize> = group.claims.iter().copied().take(MOST_MEMBERS).collect();
    let wholes: Vec<String> = members
        .iter()
        .map(|c| spoken(&evidence.quotes, &evidence.claims[*c]))
        .collect();
    let texts: Vec<Vec<Word>> = wholes.iter().map(|w| words(w)).collect();
    let speakers: Vec<Option<&Speaker>> = members
        .iter()
        .map(|c| {
            let quote = evidence.claims[*c].quote?;
            evidence.quotes.get(quote)?.speaker.as_ref()
        })
        .collect();
    let record: Vec<Option<Recorded<'_>>> = texts
        .iter()
        .zip(&speakers)
        .map(|(text, speaker)| recorded(text, *speaker, lexicon))
        .collect();
    // Reference: what the record agrees with, else what most others contain, else the longest.
    let reference = (0..members.len()).max_by_key(|n| {
        let agrees = record[*n]
            .as_ref()
            .is_some_and(|r| r.same_speaker && r.likeness > WORD_FOR_WORD);
        let shared = texts
            .iter()
            .filter(|t| likeness(t, &texts[*n]) > CONTAINED)
            .count();
        // The first telling, where documents are dated; of one day's the longest.
        let day = evidence.documents[evidence.claims[members[*n]].document].published;
        let early =
            std::cmp::Reverse(day.map_or(i64::MAX, |d| i64::from(d - brandish_units::Date::EPOCH)));
        (agrees, shared, early, texts[*n].len(), usize::MAX - n)
    });
    let Some(reference) = reference else { return };
    for (n, member) in members.iter().enumerate() {
        let claim = &evidence.claims[*member];
        let merged = merged(&texts[n], speakers[n], lexicon)
            || members.iter().any(|other| {
                let document = evidence.claims[*other].document;
                document != claim.document && told.joins(&texts[n], (document, &claim.subject))
            });
        if merged {
            note(
                group,
                Drift::QuoteMerged,
                *member,
                None,
                changes(&wholes[n], &wholes[reference]),
            );
        }
        if let Some(other) = record[n]
            .as_ref()
            .filter(|r| !r.same_speaker && r.likeness > WORD_FOR_WORD)
            && let Some(name) = speaker(evidence, claim)
        {
            note(
                group,
                Drift::SpeakerChanged,
                *member,
                None,
                format!("{name} instead of {}", other.quote.speaker),
            );
        }
        if n == reference {
            continue;
        }
        let against = Some(members[reference]);
        let like = if texts[n].len() <= texts[reference].len() {
            likeness(&texts[n], &texts[reference])
        } else {
            likeness(&texts[reference], &texts[n])
        };
        let true_to_record = record[n]
            .as_ref()
            .is_some_and(|r| r.same_speaker && r.likeness > WORD_FOR_WORD);
        if like < WORD_FOR_WORD
            && !true_to_record
            && !merged
            && claim
                .quote
                .and_then(|q| evidence.quotes.get(q))
                .is_some_and(|q| q.kind != QuoteKind::Term)
        {
            note(
                group,
                Drift::QuoteRewritten,
                *member,
                against,
                changes(&wholes[n], &wholes[reference]),
            );
        }
        let (a, b) = (
            speaker(evidence, claim),
            speaker(evidence, &evidence.claims[members[reference]]),
        );
        if let (Some(a), Some(b)) = (a, b)
            && a != b
            && !a.ends_with(b.as_str())
            && !b.ends_with(a.as_str())
        {
            note(
                group,
                Drift::SpeakerChanged,
                *member,
                against,
                format!("{a} instead of {b}"),
            );
        }
    }
    // A dropped "not": the record's words turned around.
    for member in &members {
        if let Some(verdict) = evidence.verdicts.get(*member)
            && verdict.verdict == VerdictKind::Misquoted
            && TURNED.iter().any(|t| verdict.arithmetic.starts_with(t))
        {
            note(
                group,
                Drift::PolarityFlipped,
                *member,
                None,
                verdict.arithmetic.clone(),
            );
        }
    }
    // What was asked: an assurance in one telling, a threat in another.
    let asked = |c: usize| {
        evidence.claims[c]
            .quote
            .and_then(|q| evidence.quotes.get(q))
            .and_then(|q| q.asked.as_ref())
    };
    let soft = |p: Polarity| matches!(p, Polarity::Assurance | Polarity::Denial);
    if let Some(faithful) = members
        .iter()
        .find(|m| asked(**m).is_some_and(|a| soft(a.polarity)))
    {
        for member in members
            .iter()
            .filter(|m| asked(**m).is_some_and(|a| a.polarity == Polarity::Threat))
        {
            note(
                group,
                Drift::PolarityFlipped,
                *member,
                Some(*faithful),
                asked(*member)
                    .map(|a| format!("asked {}", a.text))
                    .unwrap_or_default(),
            );
        }
    }
    for (n, member) in members.iter().enumerate() {
        let Some(found) = record[n]
            .as_ref()
            .filter(|r| r.event.polarity.as_deref() == Some("assurance"))
        else {
            continue;
        };
        if asked(*member).is_some_and(|a| a.polarity == Polarity::Threat)
            && !group
                .drift
                .iter()
                .any(|d| d.claim == *member && d.drift == Drift::PolarityFlipped)
        {
            note(
                group,
                Drift::PolarityFlipped,
                *member,
                None,
                format!(
                    "the record: asked {}",
                    found.event.asked.as_deref().unwrap_or("something else")
                ),
            );
        }
    }
}

/// The surname or the label of who is quoted.
fn speaker(evidence: &Evidence, claim: &Claim) -> Option<Text> {
    let quote = evidence.quotes.get(claim.quote?)?;
    quote
        .speaker
        .as_ref()
        .filter(|s| s.certain)
        .and_then(|s| s.name.clone())
}

pub(crate) fn note(
    group: &mut Group,
    drift: Drift,
    claim: usize,
    against: Option<usize>,
    text: impl Into<String>,
) {
    group.drift.push(DriftNote {
        drift,
        claim,
        against,
        note: text.into(),
    });
}

fn acts(evidence: &Evidence, lexicon: &Lexicon, group: &mut Group) {
    let members: Vec<usize> = group.claims.iter().copied().take(MOST_MEMBERS).collect();
    let soft = members.iter().copied().find(|m| {
        matches!(
            evidence.claims[*m].polarity,
            Polarity::Denial | Polarity::Assurance
        )
    });
    for member in members.iter().copied() {
        let claim = &evidence.claims[member];
        if let Some(soft) = soft
            && claim.polarity == Polarity::Threat
            && (!group.topic.starts_with("stance") || told_together(evidence, member, soft))
        {
            note(
                group,
                Drift::PolarityFlipped,
                member,
                Some(soft),
                claim.text.clone(),
            );
        }
        if claim.hedge.is_none()
            && claim.kind != ClaimKind::Opinion
            && let Some(hedged) = members.iter().copied().find(|m| {
                evidence.claims[*m].hedge.is_some()
                    && evidence.claims[*m].kind == claim.kind
                    && evidence.claims[*m].relation == claim.relation
                    && evidence.claims[*m].document != claim.document
            })
        {
            note(
                group,
                Drift::HedgeDropped,
                member,
                Some(hedged),
                evidence.claims[hedged].hedge.clone().unwrap_or_default(),
            );
        }
    }
    let dated: Vec<(usize, brandish_units::Date, brandish_units::Date)> = members
        .iter()
        .filter_map(|m| {
            let w = evidence.claims[*m].when.as_ref()?;
            Some((*m, w.from?, w.to?))
        })
        .collect();
    // A stance is told on many days.
    let one_act = !group.topic.starts_with("stance");
    if let Some((first, from, to)) = dated.first().copied().filter(|_| one_act) {
        for (member, f, t) in dated.iter().copied().skip(1) {
            if (f > to || t < from)
                && alike(&evidence.claims[member].text, &evidence.claims[first].text)
                && evidence.claims[member].document != evidence.claims[first].document
                && evidence.claims[member].kind == ClaimKind::Event
            {
                let zones = evidence
                    .verdicts
                    .get(member)
                    .and_then(|v| v.rows.first())
                    .zip(evidence.verdicts.get(first).and_then(|v| v.rows.first()))
                    .is_some_and(|(a, b)| {
                        // Two days of one moment are both in the table.
                        a.key == b.key
                            && lexicon.event(&a.key).is_some_and(|e| e.also_date.is_some())
                    });
                if zones && ((f - from).abs() <= 1) {
                    group.notes.push(format!(
                        "{} and {}: the same moment in two time zones",
                        evidence.claims[member].id, evidence.claims[first].id
                    ));
                } else {
                    note(
                        group,
                        Drift::DateShifted,
                        member,
                        Some(first),
                        format!("{f} instead of {from}"),
                    );
                }
            }
        }
    }
}

/// Two documents, dated within two weeks where both are.
fn told_together(evidence: &Evidence, a: usize, b: usize) -> bool {
    let day = |c: usize| evidence.verdicts.get(c).and_then(|v| v.as_of);
    evidence.claims[a].document != evidence.claims[b].document
        && match (day(a), day(b)) {
            (Some(a), Some(b)) => (a - b).abs() <= TOGETHER,
            _ => true,
        }
}

/// Whether two tellings of an act share most of the words that carry a topic.
fn alike(a: &str, b: &str) -> bool {
    let long = |text: &str| -> Vec<Word> {
        let mut all: Vec<Word> = words(text).into_iter().filter(|w| w.letters > 3).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (a, b) = (long(a), long(b));
    let shared = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
    shared >= 2 && shared * 2 >= a.len().min(b.len())
}

/// A day that a telling gives to an event which another telling was found to be, on another day.
fn days(evidence: &Evidence, lexicon: &Lexicon, group: &mut Group) {
    let members: Vec<usize> = group.claims.iter().copied().take(MOST_MEMBERS).collect();
    let event = members.iter().find_map(|m| {
        let row = evidence
            .verdicts
            .get(*m)?
            .rows
            .iter()
            .find(|r| r.series == "events")?;
        Some((*m, lexicon.event(&row.key)?))
    });
    let Some((of, event)) = event else { return };
    for member in members {
        let claim = &evidence.claims[member];
        let Some(day) = claim
            .when
            .as_ref()
            .and_then(|w| (w.from == w.to).then_some(w.from?))
        else {
            continue;
        };
        let near = [Some(event.date), event.also_date]
            .into_iter()
            .flatten()
            .any(|d| (d - day).abs() <= 1);
        let noted = group
            .drift
            .iter()
            .any(|d| d.claim == member && d.drift == Drift::DateShifted);
        if member != of
            && claim.kind == ClaimKind::Event
            && claim.document != evidence.claims[of].document
            && !near
            && !noted
        {
            note(
                group,
                Drift::DateShifted,
                member,
                Some(of),
                format!("{day} instead of {}", event.date),
            );
        }
    }
}

/// Drift that the record shows: wrong status, order, reaction.
fn by_verdict(evidence: &Evidence, group: &mut Group) {
    for member in group.claims.clone() {
        let (Some(claim), Some(verdict)) =
            (evidence.claims.get(member), evidence.verdicts.get(member))
        else {
            continue;
        };
        if verdict.verdict != VerdictKind::Contradicted {
            continue;
        }
        let drift = match claim.kind {
            ClaimKind::Status => Some(Drift::StatusWrong),
            ClaimKind::Event if claim.sequence.is_some() => Some(Drift::OrderReversed),
            ClaimKind::Event if claim.relation.split('+').any(|r| r == "up" || r == "down") => {
                Some(Drift::InventedReaction)
            }
            // A number that another telling has otherwise was changed, not invented.
            ClaimKind::Rate if verdict.arithmetic.contains(AT_ONCE) && group.claims.len() == 1 => {
                Some(Drift::InventedReaction)
            }
            _ => None,
        };
        if let Some(drift) = drift {
            note(group, drift, member, None, verdict.arithmetic.clone());
        }
    }
}
