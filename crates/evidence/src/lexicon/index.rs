//! Look-ups by name in a lexicon: people, places, holders, measures, events by action, words of recorded quotes.
//!
//! Built once when the lexicon is closed; numbers index the lexicon's lists. Where two entries have one name the first
//! counts, as everywhere. Events stay in order of their day.

use std::collections::BTreeMap;

use super::trie::Table;
use super::{Event, Lexicon, Measure, Person, Place};
use crate::wording::{Word, words};

#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    people: Names,
    countries: Names,
    /// People of a country, by the number that `countries` gives.
    people_of: Vec<Vec<usize>>,
    organizations: Names,
    places: Names,
    holders: Names,
    measures: Names,
    events: Names,
    actions: Names,
    /// Events that have or refute an action, by the number that `actions` gives.
    events_of: Vec<Vec<usize>>,
    /// Last words of the actors of every event in lower case, where they are long enough to be told from other words.
    surnames: Vec<Vec<String>>,
    /// Event and quote of every recorded quote.
    quotes: Vec<(u32, u32)>,
    /// Words and the recorded quotes that hold them, in order; each pair once.
    quoted: Vec<(Word, u32)>,
    /// Where words begin whose hash has these upper bits, and the end.
    heads: Vec<u32>,
}

/// Upper bits of a hash that find a word's neighborhood.
const HEAD: u32 = 10;

/// Names and their numbers, found by hash.
#[derive(Debug, Clone, Default)]
struct Names {
    table: Table,
    numbers: Vec<usize>,
}

impl Names {
    /// Each name with its number; of several the first counts.
    fn of<'a>(names: impl Iterator<Item = (&'a str, usize)>) -> Names {
        let mut out = Names::default();
        for (name, number) in names {
            if out.table.number(name) as usize > out.numbers.len() {
                out.numbers.push(number);
            }
        }
        out
    }

    fn find(&self, name: &(impl AsRef<[u8]> + ?Sized)) -> Option<usize> {
        let number = self.table.find(name)? as usize;
        self.numbers.get(number.checked_sub(1)?).copied()
    }
}

fn surnames(event: &Event) -> Vec<String> {
    let last = event
        .actors
        .iter()
        .map(|a| a.rsplit(' ').next().unwrap_or(""));
    last.filter(|s| s.len() > 3)
        .map(str::to_lowercase)
        .collect()
}

/// Numbers in the order of a list.
fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> Names {
    Names::of(names.enumerate().map(|(number, name)| (name, number)))
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
        let heads = (0..=1_u64 << HEAD).map(|head| {
            let from = quoted.partition_point(|q: &(Word, u32)| q.0.head(HEAD) < head);
            from as u32
        });
        let heads = heads.collect();
        let mut countries: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, person) in lexicon.people.iter().enumerate() {
            if let Some(place) = person.place.as_deref() {
                countries.entry(place).or_default().push(number);
            }
        }
        let (countries, people_of): (Vec<&str>, Vec<Vec<usize>>) = countries.into_iter().unzip();
        let holders = lexicon.places.iter().enumerate();
        let holders =
            holders.filter_map(|(number, place)| Some((place.holder.as_deref()?, number)));
        let (names, events_of): (Vec<String>, Vec<Vec<usize>>) = actions.into_iter().unzip();
        Index {
            people: numbered(lexicon.people.iter().map(|p| p.name.as_str())),
            countries: numbered(countries.into_iter()),
            people_of,
            organizations: numbered(lexicon.organizations.iter().map(|o| o.name.as_str())),
            places: numbered(lexicon.places.iter().map(|p| p.name.as_str())),
            holders: Names::of(holders),
            measures: numbered(lexicon.measures.iter().map(|m| m.name.as_str())),
            events: numbered(lexicon.events.iter().map(|e| e.id.as_str())),
            actions: numbered(names.iter().map(String::as_str)),
            events_of,
            surnames: lexicon.events.iter().map(surnames).collect(),
            quotes,
            quoted,
            heads,
        }
    }
}

impl Lexicon {
    /// The person of a name.
    pub(crate) fn person(&self, name: &(impl AsRef<[u8]> + ?Sized)) -> Option<&Person> {
        self.people.get(self.index.people.find(name)?)
    }

    /// All people of a name.
    pub(crate) fn people_named(&self, name: &str) -> impl Iterator<Item = &Person> {
        let first = self.index.people.find(name);
        let alone = self.index.people.numbers.len() == self.people.len();
        let all = first.map_or(0..0, |n| n..if alone { n + 1 } else { self.people.len() });
        let all = self.people.get(all).unwrap_or(&[]).iter();
        all.filter(move |p| p.name == name)
    }

    /// The people of a country.
    pub(crate) fn people_of(&self, place: &str) -> impl Iterator<Item = &Person> {
        let numbers = self.index.countries.find(place);
        let numbers = numbers.and_then(|number| self.index.people_of.get(number));
        let numbers = numbers.map_or(&[][..], Vec::as_slice).iter();
        numbers.filter_map(|n| self.people.get(*n))
    }

    /// The place of a name.
    pub(crate) fn place(&self, name: &(impl AsRef<[u8]> + ?Sized)) -> Option<&Place> {
        self.places.get(self.index.places.find(name)?)
    }

    /// The country of a person or an institution.
    pub(crate) fn country(&self, name: &(impl AsRef<[u8]> + ?Sized)) -> Option<&str> {
        if let Some(person) = self.person(name) {
            return person.place.as_deref();
        }
        let house = self.index.organizations.find(name)?;
        self.organizations.get(house)?.place.as_deref()
    }

    /// Number of the place whose holdings stand under this key.
    pub(crate) fn holder_place(&self, holder: &(impl AsRef<[u8]> + ?Sized)) -> Option<usize> {
        self.index.holders.find(holder)
    }

    /// The measure of a name.
    pub(crate) fn measure(&self, name: &(impl AsRef<[u8]> + ?Sized)) -> Option<&Measure> {
        self.measures.get(self.index.measures.find(name)?)
    }

    /// The event of an identifier.
    pub(crate) fn event(&self, id: &str) -> Option<&Event> {
        self.events.get(self.index.events.find(id)?)
    }

    /// Events that have or refute an action, in order of their day.
    pub(crate) fn events_of(&self, action: &str) -> impl DoubleEndedIterator<Item = &Event> {
        self.index
            .actions
            .find(action)
            .and_then(|number| self.index.events_of.get(number))
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(|n| self.events.get(*n))
    }

    /// The same with the lower-case surnames of their actors.
    pub(crate) fn events_named(&self, action: &str) -> impl Iterator<Item = (&Event, &[String])> {
        let numbers = self.index.actions.find(action);
        let numbers = numbers.and_then(|number| self.index.events_of.get(number));
        numbers
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(|n| {
                Some((
                    self.events.get(*n)?,
                    self.index.surnames.get(*n)?.as_slice(),
                ))
            })
    }

    /// Recorded quotes that share words with a text: (event, quote, words of the text that the quote holds).
    pub(crate) fn quotes_with(&self, text: &[Word]) -> Vec<(usize, usize, usize)> {
        let mut counts = vec![0_usize; self.index.quotes.len()];
        for word in text {
            let head = word.head(HEAD) as usize;
            let end = |head: usize| self.index.heads.get(head).map_or(0, |at| *at as usize);
            let near = self.index.quoted.get(end(head)..end(head + 1));
            let of = near.unwrap_or(&[]).iter().skip_while(|q| q.0 < *word);
            for (_, quote) in of.take_while(|q| q.0 == *word) {
                counts[*quote as usize] += 1;
            }
        }
        let mut out = Vec::with_capacity(counts.len());
        let quotes = self.index.quotes.iter().zip(counts);
        out.extend(
            quotes
                .filter(|(_, count)| *count > 0)
                .map(|((event, quote), count)| (*event as usize, *quote as usize, count)),
        );
        out
    }
}
