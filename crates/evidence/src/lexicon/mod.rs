//! The words, names, measures and events that the rules speak of: data files, so that another story needs no code.
//!
//! [`Lexicon::embedded`] is what the program carries (`lexicon/*.json`, described in `lexicon/README.md`);
//! [`Lexicon::extended`] adds a user's files of the same format. All phrases go into one trie over words, so a text is
//! matched in one pass whatever the size of the lexicon. Rules name word classes ([`Cue`]) and families of actions and
//! measures, never single words.

mod file;
mod index;
mod trie;

pub use file::{
    Action, Event, EventsFile, FiguresFile, Measure, NamesFile, Office, Organization, Person,
    Place, PublishedFigure, RecordedQuote, SCHEMA, WordsFile,
};

use crate::EvidenceError;
use crate::text::token::Token;
use crate::wording::Word;
use index::Index;
use trie::Trie;
pub(crate) use trie::{Table, key, keys};

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// A class of words that rules ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Cue { $($(#[$doc])* $name),+ }
        impl Cue {
            /// All classes.
            pub const ALL: &'static [Cue] = &[$(Cue::$name),+];
            /// Its key in `words.json`.
            pub const fn word(self) -> &'static str { match self { $(Cue::$name => $word),+ } }
            /// Its bit in a set of classes.
            pub(crate) const fn bit(self) -> u64 { 1 << self as u32 }
        }
    };
}

cues! {
    /// Verbs of saying.
    Say = "say",
    /// Verbs that name something: called, labeled.
    Call = "call",
    /// Nouns for what was said: remark, statement.
    Remark = "remark",
    /// "according to".
    According = "according",
    /// "asked whether".
    Asked = "asked",
    /// Words that weaken a report: reportedly.
    Hedge = "hedge",
    /// Hearsay.
    Rumour = "rumour",
    /// Says that the hearsay is false.
    False = "false",
    /// could, might.
    Modal = "modal",
    /// will, is expected to.
    Will = "will",
    /// Words of possibility that are no verbs: potential, likely.
    Possible = "possible",
    /// Negations.
    Not = "not",
    /// "stopped short of".
    StoppedShort = "stopped_short",
    /// Words of harm.
    Threat = "threat",
    /// Words of reassurance.
    Assurance = "assurance",
    /// Occupations and offices.
    Role = "role",
    /// Words before a role that make a title: finance, prime.
    RolePart = "role_part",
    /// Last words of organizations: Bank, Research.
    OrganizationEnd = "organization_end",
    /// former, ex.
    Former = "former",
    /// largest, biggest.
    Superlative = "superlative",
    /// holder, creditor.
    Holder = "holder",
    /// about, nearly, over.
    Approximate = "approximate",
    /// Verbs of growth.
    Increase = "increase",
    /// Verbs of decline.
    Decrease = "decrease",
    /// Verbs of causing.
    Cause = "cause",
    /// Judging phrases.
    Judgment = "judgment",
    /// Prophecies of consequence: spiral, destabilize.
    Consequence = "consequence",
    /// Words that begin sentences and are no names.
    Common = "common",
    /// right after, hours after.
    Sequence = "sequence",
    /// deal, agreement, talks.
    Outcome = "outcome",
    /// primarily, mostly.
    Mostly = "mostly",
    /// Official holders.
    Official = "official",
    /// Private holders.
    Private = "private",
    /// Verbs and nouns of selling.
    Sell = "sell",
    /// Using something as leverage.
    Leverage = "leverage",
    /// "joins in".
    Join = "join",
    /// Long spans: always, for decades.
    Always = "always",
    /// "within minutes".
    Instantly = "instantly",
    /// quietly, without notice.
    Silent = "silent",
}

/// What a lexicon entry stands for; numbers index the lexicon's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Cue(Cue),
    Action(u16),
    Person(u16),
    Organization(u16),
    Place(u16),
    Measure(u16),
    /// A word that may begin a quantity.
    Numeral,
    /// A word that may begin a time.
    Time,
}

impl What {
    /// Bits of what is no word class, behind those of the classes.
    pub(crate) const ACTION: u64 = 1 << 63;
    pub(crate) const PERSON: u64 = 1 << 62;
    pub(crate) const ORGANIZATION: u64 = 1 << 61;
    pub(crate) const PLACE: u64 = 1 << 60;
    pub(crate) const MEASURE: u64 = 1 << 59;
    pub(crate) const NUMERAL: u64 = 1 << 58;
    pub(crate) const TIME: u64 = 1 << 57;

    /// Its bit in a set of classes.
    #[inline]
    pub(crate) const fn bit(self) -> u64 {
        match self {
            What::Cue(cue) => cue.bit(),
            What::Action(_) => What::ACTION,
            What::Person(_) => What::PERSON,
            What::Organization(_) => What::ORGANIZATION,
            What::Place(_) => What::PLACE,
            What::Measure(_) => What::MEASURE,
            What::Numeral => What::NUMERAL,
            What::Time => What::TIME,
        }
    }
}

/// An entry found in a text: tokens `first..=last`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) what: What,
}

impl Hit {
    pub(crate) fn is(&self, cue: Cue) -> bool {
        self.what == What::Cue(cue)
    }

    /// Whether it is of one of some classes.
    #[inline]
    pub(crate) fn of(&self, classes: u64) -> bool {
        self.what.bit() & classes != 0
    }
}

/// The entries of a text.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    /// By first token.
    pub(crate) hits: Vec<Hit>,
    /// For every token, and one past the last, the first entry that begins there or later.
    pub(crate) from: Vec<u32>,
    /// Bits of the entries that begin with each token ([`What::bit`]).
    pub(crate) classes: Vec<u64>,
    /// For every token the number of its word among the words of phrases, 0 for none.
    numbers: Vec<u32>,
}

impl Entries {
    /// Takes everything out and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.hits.clear();
        self.from.clear();
        self.classes.clear();
        self.numbers.clear();
    }
}

/// Everything the rules know about words, people and events.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// Actions with their family and polarity.
    pub actions: Vec<Action>,
    /// People with their offices.
    pub people: Vec<Person>,
    /// Houses, ministries, papers.
    pub organizations: Vec<Organization>,
    /// Countries and cities.
    pub places: Vec<Place>,
    /// What numbers measure.
    pub measures: Vec<Measure>,
    /// The dated event table.
    pub events: Vec<Event>,
    /// Figures as first published, where the snapshot holds a later vintage.
    pub figures: Vec<PublishedFigure>,
    cues: Vec<(Cue, String)>,
    /// Words of each event's quotes, for comparison.
    pub(crate) quoted: Vec<Vec<Vec<Word>>>,
    index: Index,
    trie: Trie,
}

const WORDS: &str = include_str!("../../../../lexicon/words.json");
const NAMES: &str = include_str!("../../../../lexicon/names.json");
const MEASURES: &str = include_str!("../../../../lexicon/measures.json");
const EVENTS: &str = include_str!("../../../../lexicon/events.json");
const FIGURES: &str = include_str!("../../../../lexicon/figures.json");

impl Lexicon {
    /// The lexicon that the program carries.
    pub fn embedded() -> Result<Lexicon, EvidenceError> {
        Lexicon::extended(&[])
    }

    /// The embedded lexicon and the user's files `(name, text)`; a file's content decides which kind it is.
    pub fn extended(files: &[(&str, &str)]) -> Result<Lexicon, EvidenceError> {
        let mut lexicon = Lexicon {
            actions: Vec::new(),
            people: Vec::new(),
            organizations: Vec::new(),
            places: Vec::new(),
            measures: Vec::new(),
            events: Vec::new(),
            figures: Vec::new(),
            cues: Vec::new(),
            quoted: Vec::new(),
            index: Index::default(),
            trie: Trie::default(),
        };
        let own = [
            ("lexicon/words.json", WORDS),
            ("lexicon/names.json", NAMES),
            ("lexicon/measures.json", MEASURES),
            ("lexicon/events.json", EVENTS),
            ("lexicon/figures.json", FIGURES),
        ];
        for (name, text) in own.iter().chain(files) {
            lexicon.add(name, text)?;
        }
        lexicon
            .events
            .sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        lexicon.close();
        Ok(lexicon)
    }

    fn add(&mut self, name: &str, text: &str) -> Result<(), EvidenceError> {
        match file::parse(name, text)? {
            file::File::Words(words) => {
                for (key, phrases) in words.cues {
                    let Some(cue) = Cue::ALL.iter().copied().find(|c| c.word() == key) else {
                        let known: Vec<&str> = Cue::ALL.iter().map(|c| c.word()).collect();
                        return Err(EvidenceError::Lexicon {
                            file: name.to_owned(),
                            reason: format!(
                                "word class `{key}` is unknown; known: {}",
                                known.join(", ")
                            ),
                        });
                    };
                    self.cues
                        .extend(phrases.into_iter().map(|phrase| (cue, phrase)));
                }
                for action in words.actions {
                    match self.actions.iter_mut().find(|a| a.name == action.name) {
                        Some(known) => known.forms.extend(action.forms),
                        None => self.actions.push(action),
                    }
                }
            }
            file::File::Names(names) => {
                self.people.extend(names.people);
                self.organizations.extend(names.organizations);
                self.places.extend(names.places);
            }
            file::File::Measures(measures) => self.measures.extend(measures),
            file::File::Events(events) => self.events.extend(events),
            file::File::Figures(figures) => self.figures.extend(figures),
        }
        Ok(())
    }

    fn close(&mut self) {
        let mut trie = Trie::default();
        for (cue, phrase) in &self.cues {
            trie.add(phrase, What::Cue(*cue));
        }
        for (n, action) in self.actions.iter().enumerate() {
            for form in &action.forms {
                trie.add(form, What::Action(n as u16));
            }
        }
        for (n, person) in self.people.iter().enumerate() {
            for form in person.forms.iter().chain([&person.name]) {
                trie.add(form, What::Person(n as u16));
            }
        }
        for (n, organization) in self.organizations.iter().enumerate() {
            for form in organization.forms.iter().chain([&organization.name]) {
                trie.add(form, What::Organization(n as u16));
            }
        }
        for (n, place) in self.places.iter().enumerate() {
            for form in place.forms.iter().chain([&place.name]) {
                trie.add(form, What::Place(n as u16));
            }
        }
        for (n, measure) in self.measures.iter().enumerate() {
            for form in &measure.forms {
                trie.add(form, What::Measure(n as u16));
            }
        }
        for word in crate::number::leads() {
            trie.add(word, What::Numeral);
        }
        for word in crate::when::leads() {
            trie.add(word, What::Time);
        }
        trie.close();
        self.trie = trie;
        let words = |event: &Event| {
            event
                .quotes
                .iter()
                .map(|q| crate::wording::words(&q.text))
                .collect()
        };
        self.quoted = self.events.iter().map(words).collect();
        self.index = Index::of(self);
    }

    pub(crate) fn hits(&self, lower: &str, tokens: &[Token]) -> Vec<Hit> {
        let mut own = Vec::new();
        keys(lower, tokens, &mut own);
        self.entries(lower, tokens, &own, Entries::default()).hits
    }

    /// The same where the keys of the tokens are at hand, with where they begin, on empty lists.
    pub(crate) fn entries(
        &self,
        lower: &str,
        tokens: &[Token],
        keys: &[u64],
        spare: Entries,
    ) -> Entries {
        self.trie.entries(lower, tokens, keys, spare)
    }
}
