//! Events against the dated event table.
//!
//! An event is found by its action, its actors, its topic words and its day, among the events dated up to the claim's day; a
//! row that refutes an action contradicts it; "right after" is compared with the days between the two events. A market move
//! is compared with the par yields of its day and with what else happened that day. An event nobody recorded is not false.

use brandish_units::Date;

use super::order::counted_days;
use super::words::Asked;
use super::{Answer, Check};
use crate::lexicon::Event;
use crate::model::{Claim, Row, VerdictKind};
use crate::short::{self, Text, text};

impl Event {
    pub(super) fn has_actor(&self, name: &str) -> bool {
        self.actors.iter().any(|a| a == name)
    }

    pub(super) fn row(&self) -> Row {
        let day = short::day(self.date);
        let value = if self.zone_note.is_empty() {
            short::joined(&[&day, ": ", &self.title])
        } else {
            short::joined(&[&day, " (", &self.zone_note, "): ", &self.title])
        };
        Row {
            series: "events".into(),
            key: Text::from(&self.id),
            value,
            vintage: Text::from(&self.source),
        }
    }

    /// Whether a day lies within `room` days of the event, at its place or elsewhere.
    pub(super) fn near(&self, from: Date, to: Date, room: i32) -> bool {
        [Some(self.date), self.also_date]
            .into_iter()
            .flatten()
            .any(|d| d >= from.plus_days(-room) && d <= to.plus_days(room))
    }
}

/// "Canada imposed": the country right before the verb.
fn begins_acting(text: &str, country: &str) -> bool {
    const VERBS: [&str; 14] = [
        "imposed",
        "announced",
        "threatened",
        "paused",
        "suspended",
        "withdrew",
        "slapped",
        "put",
        "levied",
        "revived",
        "has",
        "had",
        "will",
        "would",
    ];
    let rest = text.strip_prefix(country).unwrap_or("");
    rest.split_whitespace()
        .next()
        .is_some_and(|w| VERBS.contains(&w))
}

impl Check<'_> {
    /// The best event for an action of a claim, with its marks; `refuted` if the row denies it.
    pub(super) fn matching(
        &self,
        claim: &Claim,
        action: &str,
        text: &Asked<'_>,
    ) -> Option<(&Event, i32, bool)> {
        let day = self.day?;
        let subject = claim.subject.as_str();
        let person = self.lexicon.person(&claim.subject);
        let country = person.and_then(|p| p.place.as_deref());
        let subject_is_person = person.is_some();
        let mut best: Option<(&Event, i32, bool)> = None;
        let others = if matches!(action, "meet" | "agree" | "resume") {
            self.people_in(claim, text)
        } else {
            Vec::new()
        };
        let opposite = if claim.negated {
            text!("not {action}")
        } else {
            Text::EMPTY
        };
        let both = self
            .lexicon
            .events_named(action)
            .chain(self.lexicon.events_named(&opposite));
        let (oldest, newest) = (day.plus_days(-200), day.plus_days(1));
        let dated = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?)));
        let object = claim.object.as_deref();
        for (event, surnames) in both {
            let old = action == "hint" && event.actions.iter().any(|a| a == "hint");
            if event.date > newest || (event.date < oldest && !old) {
                continue;
            }
            // A day that is told is that of the event.
            let fits = dated.is_some_and(|(from, to)| event.near(from, to, 1));
            if !fits && dated.is_some_and(|(from, to)| to - from < 60) {
                continue;
            }
            let does = event.actions.iter().any(|a| a == action);
            let denied = event
                .refutes
                .iter()
                .any(|a| a == action || claim.negated && opposite == *a);
            if !does && !denied {
                continue;
            }
            let person = event.has_actor(subject);
            let place = country.is_some_and(|c| event.actors.iter().any(|a| a == c));
            if subject_is_person && !person && !place {
                continue;
            }
            // "The minister rose in parliament" is no market.
            let market = matches!(action, "up" | "down")
                && !subject_is_person
                && event.actors.iter().any(|a| a == "market");
            let object = object.is_some_and(|o| event.has_actor(o));
            let named = surnames.iter().filter(|s| text.words().contains(s)).count() as i32;
            if !(person || place || market || named > 0 && !subject_is_person) {
                continue;
            }
            // Who met somebody else met at another time.
            if matches!(action, "meet" | "agree" | "resume")
                && others.iter().any(|p: &&str| !event.has_actor(p))
            {
                continue;
            }
            // Whom a tariff is put on did not put it.
            if matches!(
                action,
                "impose" | "announce" | "pause" | "threaten" | "withdraw" | "revive"
            ) && self.lexicon.place(subject).is_some()
                && begins_acting(&claim.text, subject)
                && !self.acts(event, subject)
            {
                continue;
            }
            // Nor did a minister of that country.
            if matches!(
                action,
                "impose" | "announce" | "pause" | "threaten" | "withdraw" | "revive"
            ) && subject_is_person
                && !person
                && country.is_some_and(|c| !self.acts(event, c))
            {
                continue;
            }
            let topics = event.topics.iter().filter(|t| text.words().has(t)).count() as i32;
            let mut marks = 3 * i32::from(person)
                + i32::from(place)
                + 2 * i32::from(object)
                + named.min(3)
                + 2 * topics.min(3)
                + 2 * i32::from(market);
            if fits {
                marks += 4;
            }
            // Nearer events first.
            marks -= ((day - event.date) / 60).clamp(0, 3);
            let fresh = denied && (day - event.date).abs() <= 5;
            if !fresh && topics == 0 && !object && named < 2 && !fits {
                continue;
            }
            let better = match best {
                None => true,
                Some((b, m, _)) => marks > m || marks == m && event.date > b.date,
            };
            if better {
                best = Some((event, marks, denied));
            }
        }
        best
    }

    /// Known people whom a claim names beside its subject.
    fn people_in(&self, claim: &Claim, text: &Asked<'_>) -> Vec<&str> {
        let page = self.page;
        let at = |point: usize| {
            page.tokens
                .partition_point(|t| page.offsets.point(t.start) < point)
        };
        let (first, last) = (at(claim.span.start), at(claim.span.end).saturating_sub(1));
        page.hits_in(first, last)
            .iter()
            .filter_map(|h| match h.what {
                crate::lexicon::What::Person(p) => {
                    self.lexicon.people.get(p as usize).map(|p| p.name.as_str())
                }
                _ => None,
            })
            .filter(|name| *name != claim.subject.as_str())
            // Of a sequence only its other side is looked at.
            .filter(|name| {
                let surname = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
                text.words().contains(&surname)
            })
            .collect()
    }

    /// Whether a country is that of the event's first actor.
    fn acts(&self, event: &Event, country: &str) -> bool {
        event.actors.first().is_some_and(|actor| {
            let of = self.lexicon.country(actor).unwrap_or(actor);
            of == country
                || matches!(of, "White House" | "Supreme Court" | "Treasury Department")
                    && country == "United States"
        })
    }

    pub(super) fn event(&self, claim: &Claim) -> Answer {
        let Some(day) = self.day else {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                "the document states no date, so no event can be looked up",
            );
        };
        let words = Asked::of(&claim.text);
        if let Some(answer) = self.sequence(claim, &words) {
            return answer;
        }
        // Days are counted from something; where that is not known nothing can be said of the order.
        if let Some(sequence) = claim.sequence.as_deref()
            && counted_days(words.words(), sequence).is_some()
        {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                text!("\"{sequence}\": the other event is not known from the text"),
            );
        }
        if let Some(answer) = self.never(claim) {
            return answer;
        }
        let mut rows = Vec::new();
        let mut missing: Vec<&str> = Vec::new();
        let mut scope = None;
        let mut lacking = None;
        for action in claim.relation.split('+') {
            if matches!(action, "up" | "down" | "flat") {
                match self.reaction(claim, action, day) {
                    // Without the days the event table may still know.
                    Some(answer) if answer.verdict == VerdictKind::NotEnoughData => {
                        lacking = Some(answer.arithmetic);
                    }
                    Some(answer) if claim.relation == action => return answer,
                    Some(answer) if answer.verdict == VerdictKind::Supported => {
                        rows.extend(answer.rows);
                        continue;
                    }
                    _ => {}
                }
            }
            if let Some(answer) = self.decision(claim, action, day) {
                if claim.relation == action || answer.verdict != VerdictKind::Supported {
                    return answer;
                }
                rows.extend(answer.rows);
                continue;
            }
            match self.matching(claim, action, &words) {
                Some((event, _, true)) => {
                    return Answer::with(
                        VerdictKind::Contradicted,
                        event.row(),
                        text!(
                            "the record of {} says otherwise: {}",
                            event.date,
                            event.title
                        ),
                    );
                }
                Some((event, marks, false)) => {
                    if claim.negated && marks >= 6 {
                        return Answer::with(
                            VerdictKind::Contradicted,
                            event.row(),
                            "the record has the event that the claim denies",
                        );
                    }
                    if event.polarity.as_deref() == Some("assurance")
                        && event.asked.is_some()
                        && matches!(claim.polarity, crate::model::Polarity::Threat)
                        && !self.told_right()
                    {
                        scope = Some(event);
                    }
                    rows.push(event.row());
                }
                None => missing.push(action),
            }
        }
        // "Threatens": the record of the remark has another question.
        let headline = || {
            self.document
                .title
                .as_deref()
                .is_some_and(|t| t.contains(claim.text.as_str()) || claim.text.contains(t))
        };
        let threatens = || {
            claim
                .relation
                .split('+')
                .any(|r| matches!(r, "threaten" | "say" | "ask" | "hint"))
        };
        if claim.polarity == crate::model::Polarity::Threat
            && scope.is_none()
            && threatens()
            && (!self.told_right() || headline())
        {
            let headline = headline();
            let lower = &words.words().lower;
            scope = self.lexicon.events.iter().rev().find(|e| {
                e.date <= day.plus_days(1)
                    && (day - e.date) <= 14
                    && e.polarity.as_deref() == Some("assurance")
                    && e.asked.is_some()
                    && e.topics.iter().any(|t| lower.contains(t.as_str()))
                    && (e.has_actor(&claim.subject) || headline && self.main_actor(e, lower))
            });
        }
        if let Some(event) = scope {
            return Answer::with(
                VerdictKind::ScopeError,
                event.row(),
                text!(
                    "told as a threat; asked was {}",
                    event.asked.as_deref().unwrap_or("something else")
                ),
            );
        }
        if rows.is_empty() {
            let text = lacking.unwrap_or_else(|| {
                short::joined(&[
                    "the event table has no row for `",
                    &claim.relation,
                    "` of ",
                    &claim.subject,
                ])
            });
            return Answer::bare(VerdictKind::NotEnoughData, text);
        }
        if let Some(text) = self.unrecorded(claim, &rows, &missing) {
            return Answer {
                verdict: VerdictKind::NotEnoughData,
                rows,
                now: None,
                arithmetic: text,
                uncertainty: Text::EMPTY,
            };
        }
        let undone = rows
            .iter()
            .filter_map(|r| self.lexicon.event(&r.key))
            .find(|e| e.undone.is_some_and(|u| u < day));
        let arithmetic = if missing.is_empty() {
            Text::fixed("found in the event table")
        } else {
            text!("found in part; not recorded: {}", missing.join(", "))
        };
        let uncertainty = undone.map_or(Text::EMPTY, |e| {
            text!(
                "{} no longer held after {}",
                e.id,
                e.undone.unwrap_or(e.date)
            )
        });
        Answer {
            verdict: VerdictKind::Supported,
            rows,
            now: None,
            arithmetic,
            uncertainty,
        }
    }

    /// A remark was recorded, but not that it was of this deed: "conceded that others had sold", "announced that he would withdraw".
    fn unrecorded(&self, claim: &Claim, rows: &[Row], missing: &[&str]) -> Option<Text> {
        let speech = |name: &str| {
            self.lexicon
                .actions
                .iter()
                .any(|a| a.name == name && (a.family == "speech" || name == "announce"))
        };
        let all: Vec<&str> = claim.relation.split('+').collect();
        let only_said = all.iter().all(|a| speech(a) || missing.contains(a));
        if !only_said || claim.negated {
            return None;
        }
        let page = self.page;
        let at = |point: usize| {
            page.tokens
                .partition_point(|t| page.offsets.point(t.start) < point)
        };
        let (first, last) = (at(claim.span.start), at(claim.span.end).saturating_sub(1));
        if let Some(deed) = missing.iter().find(|m| !speech(m)) {
            return Some(text!(
                "a remark is recorded, and not that it was of this: {deed}"
            ));
        }
        let events: Vec<&Event> = rows
            .iter()
            .filter_map(|r| self.lexicon.event(&r.key))
            .collect();
        // Of a house the table tells what it did, of a person what was said.
        let excluded = |e: &&Event| matches!(e.polarity.as_deref(), Some("assurance" | "denial"));
        if self.lexicon.person(&claim.subject).is_none() && !events.iter().any(excluded) {
            return None;
        }
        let modal = (first..last).find(|t| matches!(page.low(*t), "would" | "will"))?;
        // What a denial or a question holds is not what was said; a condition behind the deed is part of it.
        let turned = |t: usize| {
            let word = page.low(t);
            matches!(
                word,
                "not"
                    | "no"
                    | "never"
                    | "whether"
                    | "if"
                    | "asked"
                    | "denied"
                    | "without"
                    | "nor"
                    | "neither"
            ) || word.ends_with("n't")
                || word.ends_with("n’t")
        };
        if (first..modal).any(turned) {
            return None;
        }
        let never = (modal + 1..=(modal + 2).min(last)).any(turned);
        let deed = page
            .hits_in(modal + 1, (modal + 4).min(last))
            .iter()
            .find_map(|h| match h.what {
                crate::lexicon::What::Action(a) => self
                    .lexicon
                    .actions
                    .get(a as usize)
                    .filter(|a| a.family != "speech")
                    .map(|a| a.name.as_str()),
                _ => h.is(crate::lexicon::Cue::Sell).then_some("sell"),
            })?;
        // A plan that was recorded as one may have the deed among its topics; an assurance has what it excludes there.
        let recorded = events.iter().any(|e| {
            if never {
                return excluded(e) || e.refutes.iter().any(|a| a == deed);
            }
            let plain = !matches!(e.polarity.as_deref(), Some("assurance" | "denial"));
            e.actions.iter().any(|a| a == deed)
                || plain && e.topics.iter().any(|t| t.starts_with(deed))
                || plain
                    && e.title
                        .split(|c: char| !c.is_alphabetic())
                        .any(|w| w.starts_with(deed))
        });
        (!recorded).then(|| text!("a remark is recorded, and not that it promised this: {deed}"))
    }

    /// Whether the document itself gives the question as one about an assurance.
    fn told_right(&self) -> bool {
        self.quotes.iter().any(|q| {
            q.asked
                .as_ref()
                .is_some_and(|a| a.polarity == crate::model::Polarity::Assurance)
        })
    }

    /// "Always tiptoed around", "no one dared say": an older event that did it.
    fn never(&self, claim: &Claim) -> Option<Answer> {
        let day = self.day?;
        if !claim.relation.split('+').any(|r| r == "hint") {
            return None;
        }
        let lower = crate::short::lowered(&claim.text);
        let never = claim.negated
            || ["always", "never", "no one", "nobody", "for decades"]
                .iter()
                .any(|w| lower.contains(w));
        let country = self.lexicon.country(&claim.subject);
        let event = self.lexicon.events_of("hint").find(|e| {
            e.date < day.plus_days(-365)
                && e.actions.iter().any(|a| a == "hint")
                && (e.has_actor(&claim.subject)
                    || country.is_some_and(|c| e.actors.iter().any(|a| a == c)))
        })?;
        never.then(|| {
            Answer::with(
                VerdictKind::Contradicted,
                event.row(),
                text!("it was said before: {}", event.title),
            )
        })
    }

    fn main_actor(&self, event: &Event, text: &str) -> bool {
        // A headline that names nobody ("foreign government") stands for the document's remark.
        event
            .actors
            .iter()
            .any(|a| text.contains(&a.to_lowercase()))
            || self.quotes.iter().any(|q| {
                q.speaker
                    .as_ref()
                    .is_some_and(|s| s.name.as_ref().is_some_and(|n| event.has_actor(n)))
            })
    }
}
