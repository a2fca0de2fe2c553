//! The same words in two mouths, and two quotes in one: quotes of several documents that no common speaker brings together.
//!
//! Quotes are binned by their speaker, so one that wandered into another mouth stands alone. Here quotes of different documents
//! are compared through the long words that they share, at most [`MOST_OF_A_WORD`] quotes of a word, so that the work stays linear;
//! two belong together if most words of the shorter one stand in the other in the same order.

use std::collections::BTreeMap;

use crate::drift::spoken;
use crate::model::{ClaimKind, Evidence, Group};
use crate::retold::APART;
use crate::short::Text;
use crate::wording::{Word, common, likeness, words};

/// Quotes of a word that are compared.
const MOST_OF_A_WORD: usize = 24;
/// Letters of a word that carries a topic.
const LONG: u32 = 5;
/// Words below which likeness is chance.
const LEAST: usize = 6;
/// Share of the shorter quote's words that has to stand in the other.
const SAME: f64 = 0.6;

/// Whether two claims are of dated documents too far apart to retell one thing.
fn far(evidence: &Evidence, a: usize, b: usize) -> bool {
    let day = |n: usize| evidence.verdicts.get(n).and_then(|v| v.as_of);
    day(a)
        .zip(day(b))
        .is_some_and(|(a, b)| (a - b).abs() > APART)
}

/// Joins quotes that tell the same under different speakers: into the group of the earlier one, else a new one.
pub(crate) fn join(evidence: &Evidence, groups: &mut Vec<Group>) {
    let mut of_word: BTreeMap<Word, Vec<usize>> = BTreeMap::new();
    let mut texts: BTreeMap<usize, Vec<Word>> = BTreeMap::new();
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        for claim in &group.claims {
            group_of.insert(*claim, number);
        }
    }
    for (number, claim) in evidence.claims.iter().enumerate() {
        if claim.kind != ClaimKind::Quote {
            continue;
        }
        let own = words(&spoken(&evidence.quotes, claim));
        if own.len() < LEAST {
            continue;
        }
        let mut long: Vec<Word> = own.iter().copied().filter(|w| w.letters >= LONG).collect();
        long.sort_unstable();
        long.dedup();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for word in &long {
            for other in of_word.get(word).map_or(&[][..], Vec::as_slice) {
                let distinct =
                    evidence.claims.get(*other).is_some_and(|o| {
                        o.document != claim.document && o.subject != claim.subject
                    }) && !far(evidence, number, *other);
                if distinct {
                    *shared.entry(*other).or_default() += 1;
                }
            }
        }
        // The earliest of those that share most.
        let best = shared
            .iter()
            .filter(|(_, count)| **count >= 2)
            .max_by_key(|(other, count)| (**count, usize::MAX - **other))
            .map(|(other, _)| *other);
        if let Some(other) = best
            && let Some(text) = texts.get(&other)
            && common(&own, text).len() as f64 >= SAME * own.len().min(text.len()) as f64
            && own.len() * 2 >= text.len()
            && text.len() * 2 >= own.len()
        {
            let here = group_of.get(&number).copied();
            match group_of.get(&other).copied() {
                Some(group) if here != Some(group) => {
                    if let Some(of) = groups.get_mut(group) {
                        of.claims.push(number);
                        of.claims.sort_unstable();
                        of.claims.dedup();
                    }
                }
                Some(_) => {}
                None => {
                    let place = groups.len();
                    groups.push(Group {
                        id: String::new(),
                        topic: "quote in several mouths".to_owned(),
                        claims: vec![other, number],
                        drift: Vec::new(),
                        notes: Vec::new(),
                    });
                    group_of.insert(other, place);
                    group_of.entry(number).or_insert(place);
                }
            }
        }
        for word in long {
            let of = of_word.entry(word).or_default();
            if of.len() < MOST_OF_A_WORD {
                of.push(number);
            }
        }
        texts.insert(number, own);
    }
}

/// The words of quotes by document and speaker, where a speaker has several.
pub(crate) struct Told(BTreeMap<(usize, Text), Vec<Vec<Word>>>);

/// Quotes of a speaker in a document that are looked at for two that became one.
const MOST_PARTS: usize = 8;
/// Likeness from which a quote holds another as its part: as for tellings of one quote (`drift`).
const CONTAINED: f64 = 0.9;

impl Told {
    pub(crate) fn of(evidence: &Evidence) -> Told {
        let mut places: BTreeMap<(usize, &Text), Vec<usize>> = BTreeMap::new();
        for (number, claim) in evidence.claims.iter().enumerate() {
            if claim.kind == ClaimKind::Quote && claim.subject != "unattributed" {
                let of = places.entry((claim.document, &claim.subject)).or_default();
                if of.len() < MOST_PARTS {
                    of.push(number);
                }
            }
        }
        let several = places.into_iter().filter(|(_, parts)| parts.len() >= 2);
        let told = several.map(|((document, speaker), parts)| {
            let text = |part: &usize| {
                let claim = evidence.claims.get(*part)?;
                Some(words(&spoken(&evidence.quotes, claim)))
            };
            let parts = parts.iter().filter_map(text);
            (
                (document, speaker.clone()),
                parts.filter(|p| p.len() >= 3).collect(),
            )
        });
        Told(told.collect())
    }

    /// Whether words are two quotes of the speaker in that document, one after the other.
    pub(crate) fn joins(&self, own: &[Word], (document, speaker): (usize, &Text)) -> bool {
        let Some(parts) = self.0.get(&(document, speaker.clone())) else {
            return false;
        };
        let inside: Vec<usize> = parts
            .iter()
            .filter(|part| part.len() < own.len() && likeness(part, own) >= CONTAINED)
            .map(Vec::len)
            .collect();
        inside.len() >= 2 && inside.iter().sum::<usize>() * 10 >= own.len() * 8
    }
}
