//! One document by itself: its quotes, claims and verdicts, and what it implies as a scenario.
//!
//! Documents do not see each other here, so they can be read on all cores; [`joined`] puts the findings in the order of the
//! documents and renumbers, so that the result does not depend on the number of threads.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::claims::{self, Reader};
use crate::implied::{self, Told};
use crate::lexicon::Lexicon;
use crate::mention::{self, Sort};
use crate::model::{
    Claim, DateBasis, Document, Evidence, ImpliedScenario, Quote, QuoteKind, Verdict,
};
use crate::quotes;
use crate::record::Record;
use crate::text::Page;
use crate::verdict::{self, Check, Known};
use crate::when::Anchor;
use crate::wording;

/// What one document gives; quotes are counted from 0.
pub(crate) struct Found {
    pub(crate) quotes: Vec<Quote>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) scenario: Option<ImpliedScenario>,
}

/// Reads one document; `number` is its place among the documents.
pub(crate) fn found(
    number: usize,
    document: &Document,
    record: &Record<'_>,
    known: &Known<'_>,
) -> Found {
    let lexicon = record.lexicon();
    let page = Page::new(&document.text, lexicon);
    let mentions = mention::mentions(&page, lexicon);
    let quotes = quotes::quotes(&page, lexicon, &mentions, number);
    let anchor = anchor(document, &quotes, lexicon, known);
    // The headline is found again in the page; it may stand below a metadata line.
    let title = document
        .title
        .as_deref()
        .and_then(|t| document.text.find(t))
        .map(|byte| page.tokens.partition_point(|token| token.start < byte));
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
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
        anchor,
        title,
        main_place,
        classes: Cell::new((1, 0, 0)),
    };
    let claims = claims::claims(&reader);
    let check = Check {
        document,
        quotes: &quotes,
        lexicon,
        record,
        as_of: known.as_of,
        day: anchor.date,
    };
    let verdicts = verdict::verdicts(check, &claims);
    let scenario = implied::scenario(
        &Told {
            document: number,
            page: &page,
            claims: &claims,
            quotes: &quotes,
            anchor,
            published_at: document.published_at,
        },
        record,
    );
    Found {
        quotes,
        claims,
        verdicts,
        scenario,
    }
}

/// All findings in the order of the documents, counted through.
pub(crate) fn joined(documents: Vec<Document>, found: Vec<Found>) -> Evidence {
    let mut out = Evidence {
        documents,
        quotes: Vec::new(),
        claims: Vec::new(),
        groups: Vec::new(),
        verdicts: Vec::new(),
        timeline: Vec::new(),
        scenarios: Vec::new(),
    };
    for one in found {
        let (quotes, claims) = (out.quotes.len(), out.claims.len());
        out.quotes.extend(one.quotes.into_iter().map(|quote| Quote {
            continues: quote.continues.map(|q| q + quotes),
            inside: quote.inside.map(|q| q + quotes),
            ..quote
        }));
        out.claims.extend(one.claims.into_iter().map(|claim| Claim {
            quote: claim.quote.map(|q| q + quotes),
            ..claim
        }));
        out.verdicts
            .extend(one.verdicts.into_iter().map(|verdict| Verdict {
                claim: verdict.claim + claims,
                ..verdict
            }));
        out.scenarios.extend(one.scenario);
    }
    out
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
            wording::recorded(&wording::words(&q.text), q.speaker.as_ref(), lexicon)
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
