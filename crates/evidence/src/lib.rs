//! Reading what is said, and checking it.
//!
//! Documents become [`Quote`]s and [`Claim`]s (not summaries); the same claim across documents becomes a [`Group`] with its
//! [`Drift`]; every claim gets a [`Verdict`] from the record as it was known on the claim's day. [`read`] makes a document of
//! bytes, [`analyze`] does the rest, [`benchmark`] measures it against a key. Everything runs offline, by rules over a
//! [`Lexicon`] of words, names, measures and events that a user can extend without touching code.
//!
//! Where to look: `read` (bytes to text), `text` (tokens, marks, sentences), `mention` and `quotes` (who said it), `number` and
//! `when` (what and at what time), `claims` (statements by kind), `ground` (what the words
//! around a number establish), `group` and `drift` (tellings compared), `verdict` (the
//! record's answer), `timeline`, `dated` (as of a day), `implied` (what a text implies as a scenario), `json` (the claims file).
//!
//! Invariants: spans lie in the document and the text between their ends is the object's text; the same documents, lexicon and
//! record give the same evidence; no input panics or takes more than linear time in its length; nobody is assigned words by
//! guess; a verdict names the rows it rests on.

mod alone;
mod anaphor;
mod auctions;
pub mod benchmark;
mod claims;
mod crossed;
mod daily;
mod dated;
mod drift;
mod error;
mod exchange;
mod fixed;
mod fraction;
mod ground;
mod group;
mod houses;
mod implied;
pub mod json;
pub mod lexicon;
mod mention;
mod model;
mod moves;
mod number;
mod persons;
mod quotes;
mod ranked;
mod read;
mod record;
mod retold;
mod short;
mod sizes;
mod stream;
mod text;
mod timeline;
mod verdict;
mod when;
mod wording;

pub use dated::{Dated, Later, dated};
pub use drift::spoken;
pub use error::EvidenceError;
pub use lexicon::Lexicon;
pub use model::{
    Asked, Claim, ClaimKind, DateBasis, Document, Drift, DriftNote, Evidence, Group, ImpliedField,
    ImpliedScenario, Modality, Polarity, Quantity, Quote, QuoteKind, Row, Span, Speaker,
    TimelineEntry, Unit, Verdict, VerdictKind, When,
};
pub use read::{DOCUMENT_LIMIT, read};
pub use record::check_tables;
pub use short::Text;
pub use stream::{Corpus, TELLINGS, TELLINGS_OF_A_TOPIC};
pub use verdict::Known;
pub use wording::{Stretch, compared};

use alone::Found;
use rayon::prelude::*;
use record::Record;

/// Quotes, claims, groups, drift, verdicts and timeline of the documents, read together.
pub fn analyze(documents: &[Document], lexicon: &Lexicon, known: &Known<'_>) -> Evidence {
    let record = Record::new(known.snapshot, lexicon);
    let found: Vec<Found> = documents
        .par_iter()
        .enumerate()
        .map(|(number, document)| alone::found(number, document, &record, known))
        .collect();
    let mut evidence = alone::joined(documents.to_vec(), found, 0);
    evidence.groups = group::groups(&evidence, lexicon);
    drift::mark(&mut evidence, lexicon);
    evidence.timeline = timeline::entries(&evidence, lexicon);
    evidence
}
