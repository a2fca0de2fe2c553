//! The five kinds of lexicon file, as written.
//!
//! JSON with a schema version; unknown fields are errors. The top-level key says which kind a file is: `cues`/`actions`
//! (words), `people`/`organizations`/`places` (names), `measures`, `events`, `figures`. Dates are ISO.

use std::collections::BTreeMap;

use brandish_units::Date;
use serde::{Deserialize, Deserializer};

use crate::EvidenceError;

/// The version of the lexicon files that this program reads.
pub const SCHEMA: u32 = 1;

/// `words.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsFile {
    /// Version.
    pub schema: u32,
    /// Word classes and their phrases.
    #[serde(default)]
    pub cues: BTreeMap<String, Vec<String>>,
    /// Actions.
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// Something that people or markets do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Name: `meet`.
    pub name: String,
    /// `diplomacy`, `policy`, `speech`, `trade`, `market`.
    pub family: String,
    /// `threat`, `denial`, `assurance`; absent means neutral.
    #[serde(default)]
    pub polarity: Option<String>,
    /// Up or down, for markets: `up`, `down`.
    #[serde(default)]
    pub direction: Option<String>,
    /// All forms.
    pub forms: Vec<String>,
}

/// `names.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamesFile {
    /// Version.
    pub schema: u32,
    /// People.
    #[serde(default)]
    pub people: Vec<Person>,
    /// Organizations.
    #[serde(default)]
    pub organizations: Vec<Organization>,
    /// Places.
    #[serde(default)]
    pub places: Vec<Place>,
}

/// A person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Other forms; a surname only if it is no common word.
    #[serde(default)]
    pub forms: Vec<String>,
    /// `he`, `she`, `they`.
    #[serde(default)]
    pub pronoun: Option<String>,
    /// Country.
    #[serde(default)]
    pub place: Option<String>,
    /// Offices held.
    #[serde(default)]
    pub offices: Vec<Office>,
}

/// An office over a time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Title in lower case: `finance minister`.
    pub title: String,
    /// Of what, if needed.
    #[serde(default)]
    pub organization: Option<String>,
    /// First day.
    #[serde(deserialize_with = "date")]
    pub from: Date,
    /// Last day; absent if still held at the record's end.
    #[serde(default, deserialize_with = "optional_date")]
    pub to: Option<Date>,
    /// Who says so.
    pub source: String,
}

/// A house, ministry or paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Name.
    pub name: String,
    /// Other forms.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The country whose institution it is.
    #[serde(default)]
    pub place: Option<String>,
}

/// A country or a city that stands for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Name.
    pub name: String,
    /// Adjectives, capitals.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Holder in the snapshot's holdings table.
    #[serde(default)]
    pub holder: Option<String>,
    /// Capitals, which stand for the government.
    #[serde(default)]
    pub capitals: Vec<String>,
    /// Hours ahead of UTC in winter, for the notes on time zones.
    #[serde(default)]
    pub utc_hours: Option<i8>,
}

/// `measures.json`: what a number can measure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Name: `treasury_holdings`.
    pub name: String,
    /// Claims of one family are grouped: `dollar_assets`.
    pub family: String,
    /// `stock`, `flow`, `level`, `share`.
    pub kind: String,
    /// Series of the record: `tic_holdings`, `par_yields:10Y`, ...; absent if none holds it.
    #[serde(default)]
    pub series: Option<String>,
    /// Words.
    pub forms: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasuresFile {
    schema: u32,
    measures: Vec<Measure>,
}

/// `events.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventsFile {
    /// Version.
    pub schema: u32,
    /// Events.
    pub events: Vec<Event>,
}

/// A dated event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Identifier.
    pub id: String,
    /// Day at the place of the event.
    #[serde(deserialize_with = "date")]
    pub date: Date,
    /// The day elsewhere, where it differs.
    #[serde(default, deserialize_with = "optional_date")]
    pub also_date: Option<Date>,
    /// The two days explained.
    #[serde(default)]
    pub zone_note: String,
    /// Day after which it no longer holds (a pause that ended, a remark taken back).
    #[serde(default, deserialize_with = "optional_date")]
    pub undone: Option<Date>,
    /// People, countries, bodies that act or are met.
    pub actors: Vec<String>,
    /// Names of actions.
    pub actions: Vec<String>,
    /// Words of its subject.
    #[serde(default)]
    pub topics: Vec<String>,
    /// What happened, in a sentence.
    pub title: String,
    /// What was asked, for an answer.
    #[serde(default)]
    pub asked: Option<String>,
    /// `threat`, `denial`, `assurance` of the question or act.
    #[serde(default)]
    pub polarity: Option<String>,
    /// Words as reported by several sources or verbatim.
    #[serde(default)]
    pub quotes: Vec<RecordedQuote>,
    /// Actions that a text may claim here and that did not happen.
    #[serde(default)]
    pub refutes: Vec<String>,
    /// Who reports it.
    pub source: String,
}

/// Words of the record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedQuote {
    /// Who said them.
    pub speaker: String,
    /// The words (a short quotation).
    pub text: String,
    /// `verbatim`, `translation`.
    pub kind: String,
}

/// `figures.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiguresFile {
    /// Version.
    pub schema: u32,
    /// Figures.
    pub figures: Vec<PublishedFigure>,
}

/// A figure as it was first published.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedFigure {
    /// Series: `tic_holdings`.
    pub series: String,
    /// Holder or other key.
    pub key: String,
    /// Month or day observed.
    pub observed: String,
    /// Day of release.
    #[serde(deserialize_with = "date")]
    pub released: Date,
    /// Billions of dollars.
    pub value_usd_bn: f64,
    /// Who published it, who quotes it.
    pub source: String,
}

pub(crate) enum File {
    Words(WordsFile),
    Names(NamesFile),
    Measures(Vec<Measure>),
    Events(Vec<Event>),
    Figures(Vec<PublishedFigure>),
}

fn date<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    String::deserialize(from)?
        .parse()
        .map_err(serde::de::Error::custom)
}

fn optional_date<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    date(from).map(Some)
}

pub(crate) fn parse(name: &str, text: &str) -> Result<File, EvidenceError> {
    let wrong = |e: serde_json::Error| EvidenceError::Lexicon {
        file: name.to_owned(),
        reason: e.to_string(),
    };
    let whole: serde_json::Value = serde_json::from_str(text).map_err(wrong)?;
    let found = whole
        .get("schema")
        .and_then(serde_json::Value::as_u64)
        .unwrap_or(0) as u32;
    if found != SCHEMA {
        return Err(EvidenceError::Schema {
            file: name.to_owned(),
            found,
            expected: SCHEMA,
        });
    }
    let has = |key: &str| whole.get(key).is_some();
    if has("measures") {
        let file: MeasuresFile = serde_json::from_str(text).map_err(wrong)?;
        debug_assert_eq!(file.schema, SCHEMA);
        Ok(File::Measures(file.measures))
    } else if has("events") {
        serde_json::from_str::<EventsFile>(text)
            .map_err(wrong)
            .map(|f| File::Events(f.events))
    } else if has("figures") {
        serde_json::from_str::<FiguresFile>(text)
            .map_err(wrong)
            .map(|f| File::Figures(f.figures))
    } else if has("cues") || has("actions") {
        serde_json::from_str(text).map_err(wrong).map(File::Words)
    } else {
        serde_json::from_str(text).map_err(wrong).map(File::Names)
    }
}
