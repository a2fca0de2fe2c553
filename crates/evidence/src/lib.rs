//! Reading what is said, and checking it.
//!
//! Documents become [`Quote`]s and [`Claim`]s (not summaries); the same claim across documents becomes a [`Group`] with its
//! [`Drift`]; every claim gets a [`Verdict`] from the record as it was known on the claim's day. [`read`] makes a document of
//! bytes, [`analyze`] does the rest, [`benchmark`] measures it against a key. Everything runs offline, by rules over a
//! [`Lexicon`] of words, names, measures and events that a user can extend without touching code.
//!
//! Where to look: `read` (bytes to text), `text` (tokens, marks, sentences), `mention` and `quotes` (who said it), `number` and
//! `when` (what and at what time), `claims` (statements by kind), `group` and `drift` (tellings compared), `verdict` (the
//! record's answer), `timeline`, `implied` (what a text implies as a scenario), `json` (the claims file).
//!
//! Invariants: spans lie in the document and the text between their ends is the object's text; the same documents, lexicon and
//! record give the same evidence; no input panics or takes more than linear time in its length; nobody is assigned words by
//! guess; a verdict names the rows it rests on.

pub mod benchmark;
mod claims;
mod drift;
mod error;
mod group;
mod implied;
pub mod json;
pub mod lexicon;
mod mention;
mod model;
mod number;
mod quotes;
mod read;
mod text;
mod timeline;
mod verdict;
mod when;
mod wording;

pub use error::EvidenceError;
pub use lexicon::Lexicon;
pub use model::{
    Asked, Claim, ClaimKind, DateBasis, Document, Drift, DriftNote, Evidence, Group, ImpliedField,
    ImpliedScenario, Modality, Polarity, Quantity, Quote, QuoteKind, Row, Span, Speaker,
    TimelineEntry, Unit, Verdict, VerdictKind, When,
};
pub use read::{DOCUMENT_LIMIT, read};
pub use verdict::Known;

use claims::Reader;
use mention::Sort;
use text::Page;
use when::Anchor;

/// Quotes, claims, groups, drift, verdicts and timeline of the documents, read together.
pub fn analyze(documents: &[Document], lexicon: &Lexicon, known: &Known<'_>) -> Evidence {
    let mut quotes = Vec::new();
    let mut claims = Vec::new();
    let mut anchors = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let (found, made, anchor) = one(number, document, lexicon, known, quotes.len());
        quotes.extend(found);
        claims.extend(made);
        anchors.push(anchor);
    }
    let mut evidence = Evidence {
        documents: documents.to_vec(),
        quotes,
        claims,
        groups: Vec::new(),
        verdicts: Vec::new(),
        timeline: Vec::new(),
        scenarios: Vec::new(),
    };
    evidence.verdicts = verdict::verdicts(&evidence, lexicon, known, &anchors);
    evidence.groups = group::groups(&evidence, lexicon);
    drift::mark(&mut evidence, lexicon);
    evidence.timeline = timeline::entries(&evidence, lexicon);
    evidence.scenarios = implied::scenarios(&evidence, lexicon, &anchors);
    evidence
}

/// One document: its quotes, its claims and the day that fixes its partial dates.
fn one(
    number: usize,
    document: &Document,
    lexicon: &Lexicon,
    known: &Known<'_>,
    base: usize,
) -> (Vec<Quote>, Vec<Claim>, Anchor) {
    let page = Page::new(&document.text, lexicon);
    let mentions = mention::mentions(&page, lexicon);
    let quotes = quotes::quotes(&page, lexicon, &mentions, number, base);
    let anchor = anchor(document, &quotes, lexicon, known);
    // The headline is found again in the page; it may stand below a metadata line.
    let title = document
        .title
        .as_deref()
        .and_then(|t| document.text.find(t))
        .map(|byte| page.tokens.partition_point(|token| token.start < byte));
    let mut places: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for mention in mentions.iter().filter(|m| m.sort == Sort::Place) {
        if let Some(name) = mention.name.as_deref() {
            *places.entry(name).or_default() += 1;
        }
    }
    let main_place = places
        .into_iter()
        .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))
        .map(|(name, _)| name.to_owned());
    let reader = Reader {
        page: &page,
        lexicon,
        mentions: &mentions,
        quotes: &quotes,
        document: number,
        base,
        anchor,
        title,
        main_place,
    };
    let claims = claims::claims(&reader);
    (quotes, claims, anchor)
}

/// The day that fixes partial dates: the stated date, else the newest recorded event whose words the document quotes, else
/// the caller's date for undated documents.
fn anchor(document: &Document, quotes: &[Quote], lexicon: &Lexicon, known: &Known<'_>) -> Anchor {
    if let Some(date) = document.published {
        return Anchor {
            date: Some(date),
            basis: DateBasis::FromDocument,
        };
    }
    let quoted = quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Term)
        .filter_map(|q| {
            wording::recorded(q, lexicon)
                .filter(|r| r.likeness >= 0.7 && r.words >= 3)
                .map(|r| r.event.date)
        })
        .max();
    match quoted {
        Some(date) => Anchor {
            date: Some(date),
            basis: DateBasis::FromQuotedEvent,
        },
        None => Anchor {
            date: known.undated,
            basis: DateBasis::Open,
        },
    }
}
