//! Look-ups by name in a lexicon: people, places, holders, measures, events by action, words of recorded quotes.
//!
//! Built once when the lexicon is closed; numbers index the lexicon's lists. Where two entries have one name the first
//! counts, as everywhere. Events stay in order of their day.

use std::collections::BTreeMap;

use super::{Event, Lexicon, Measure, Person, Place};
use crate::wording::{Word, words};

#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    people: BTreeMap<String, usize>,
    places: BTreeMap<String, usize>,
    holders: BTreeMap<String, usize>,
    measures: BTreeMap<String, usize>,
    events: BTreeMap<String, usize>,
    /// Events that have or refute an action.
    actions: BTreeMap<String, Vec<usize>>,
    /// Event and quote of every recorded quote.
    quotes: Vec<(u32, u32)>,
    /// Words and the recorded quotes that hold them, in order; each pair once.
    quoted: Vec<(Word, u32)>,
}

/// Number by name, the first of several.
fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for (number, name) in names.enumerate() {
        out.entry(name.to_owned()).or_insert(number);
    }
    out
}

impl Index {
    pub(super) fn of(lexicon: &Lexicon) -> Index {
        let mut actions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let (mut quotes, mut quoted) = (Vec::new(), Vec::new());
        for (number, event) in lexicon.events.iter().enumerate() {
            for action in event.actions.iter().chain(&event.refutes) {
                let of = actions.entry(action.clone()).or_default();
                if of.last() != Some(&number) {
                    of.push(number);
                }
            }
            for (place, quote) in event.quotes.iter().enumerate() {
                let all = words(&quote.text);
                quoted.extend(all.into_iter().map(|word| (word, quotes.len() as u32)));
                quotes.push((number as u32, place as u32));
            }
        }
        quoted.sort_unstable();
        quoted.dedup();
        let mut holders = BTreeMap::new();
        for (number, place) in lexicon.places.iter().enumerate() {
            if let Some(holder) = &place.holder {
                holders.entry(holder.clone()).or_insert(number);
            }
        }
        Index {
            people: numbered(lexicon.people.iter().map(|p| p.name.as_str())),
            places: numbered(lexicon.places.iter().map(|p| p.name.as_str())),
            holders,
            measures: numbered(lexicon.measures.iter().map(|m| m.name.as_str())),
            events: numbered(lexicon.events.iter().map(|e| e.id.as_str())),
            actions,
            quotes,
            quoted,
        }
    }
}

impl Lexicon {
    /// The person of a name.
    pub(crate) fn person(&self, name: &str) -> Option<&Person> {
        self.people.get(*self.index.people.get(name)?)
    }

    /// The place of a name.
    pub(crate) fn place(&self, name: &str) -> Option<&Place> {
        self.places.get(*self.index.places.get(name)?)
    }

    /// The country of a person.
    pub(crate) fn country(&self, person: &str) -> Option<&str> {
        self.person(person)?.place.as_deref()
    }

    /// Number of the place whose holdings stand under this key.
    pub(crate) fn holder_place(&self, holder: &str) -> Option<usize> {
        self.index.holders.get(holder).copied()
    }

    /// The measure of a name.
    pub(crate) fn measure(&self, name: &str) -> Option<&Measure> {
        self.measures.get(*self.index.measures.get(name)?)
    }

    /// The event of an identifier.
    pub(crate) fn event(&self, id: &str) -> Option<&Event> {
        self.events.get(*self.index.events.get(id)?)
    }

    /// Events that have or refute an action, in order of their day.
    pub(crate) fn events_of(&self, action: &str) -> impl DoubleEndedIterator<Item = &Event> {
        self.index
            .actions
            .get(action)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(|n| self.events.get(*n))
    }

    /// Recorded quotes that share words with a text: (event, quote, words of the text that the quote holds).
    pub(crate) fn quotes_with(&self, text: &[Word]) -> Vec<(usize, usize, usize)> {
        let mut counts = vec![0_usize; self.index.quotes.len()];
        for word in text {
            let from = self.index.quoted.partition_point(|q| q.0 < *word);
            let of = self.index.quoted.get(from..).unwrap_or(&[]);
            for (_, quote) in of.iter().take_while(|q| q.0 == *word) {
                counts[*quote as usize] += 1;
            }
        }
        let quotes = self.index.quotes.iter().zip(counts);
        quotes
            .filter(|(_, count)| *count > 0)
            .map(|((event, quote), count)| (*event as usize, *quote as usize, count))
            .collect()
    }
}
