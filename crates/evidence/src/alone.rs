//! One document by itself: its quotes, claims and verdicts, and what it implies as a scenario.
//!
//! Documents do not see each other here, so they can be read on all cores; [`joined`] puts the findings in the order of the
//! documents and renumbers, so that the result does not depend on the number of threads.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::claims::{self, Reader};
use crate::ground::{self, Ground};
use crate::implied::{self, Told};
use crate::lexicon::Lexicon;
use crate::mention::{self, Sort};
use crate::model::{
    Claim, DateBasis, Document, Evidence, ImpliedScenario, Quote, QuoteKind, Verdict,
};
use crate::quotes;
use crate::record::Record;
use crate::short::{self, Text};
use crate::text::Page;
use crate::verdict::{self, Check, Known};
use crate::when::Anchor;
use crate::wording::Near;

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
    let (anchor, nearest) = anchor(document, &quotes, lexicon, known);
    // The headline is found again in the page; it may stand below a metadata line.
    let title = document
        .title
        .as_deref()
        .and_then(|t| document.text.find(t))
        .map(|byte| page.tokens.partition_point(|token| token.start < byte));
    let mut places: BTreeMap<&Text, usize> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| m.sort == Sort::Place) {
        if let Some(name) = &mention.name {
            *places.entry(name).or_default() += 1;
        }
    }
    let main_place = places
        .into_iter()
        .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))
        .map(|(name, _)| name.clone());
    let reader = Reader {
        page: &page,
        lexicon,
        mentions: &mentions,
        quotes: &quotes,
        document: number,
        anchor,
        title,
        main_place,
        topics: claims::owners::topics(&page, lexicon),
        classes: Cell::new((1, 0, 0)),
        sheets: claims::Sheets,
    };
    let mut claims = claims::claims(&reader);
    let grounds = ground::settle(&page, lexicon, anchor, &mut claims);
    let check = Check {
        document,
        quotes: &quotes,
        nearest: &nearest,
        lexicon,
        record,
        as_of: known.as_of,
        day: anchor.date,
        page: &page,
        ground: &Ground::default(),
        treasuries: false,
        yen: false,
        earlier: None,
    };
    let verdicts = verdict::verdicts(check, &claims, &grounds);
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

/// All findings in the order of the documents, counted through; claims are named by `first` and on, the place of their document.
pub(crate) fn joined(documents: Vec<Document>, found: Vec<Found>, first: usize) -> Evidence {
    let count = |of: fn(&Found) -> usize| found.iter().map(of).sum();
    let claims = count(|f| f.claims.len());
    let mut out = Evidence {
        documents,
        quotes: Vec::with_capacity(count(|f| f.quotes.len())),
        claims: Vec::with_capacity(claims),
        groups: Vec::new(),
        verdicts: Vec::with_capacity(claims),
        timeline: Vec::new(),
        scenarios: Vec::new(),
    };
    for mut one in found {
        let (quotes, claims) = (out.quotes.len(), out.claims.len());
        for quote in &mut one.quotes {
            quote.continues = quote.continues.map(|q| q + quotes);
            quote.inside = quote.inside.map(|q| q + quotes);
        }
        for (number, claim) in one.claims.iter_mut().enumerate() {
            claim.id = short::numbered(first + claim.document, number + 1);
            claim.quote = claim.quote.map(|q| q + quotes);
        }
        for verdict in &mut one.verdicts {
            verdict.claim += claims;
        }
        out.quotes.append(&mut one.quotes);
        out.claims.append(&mut one.claims);
        out.verdicts.append(&mut one.verdicts);
        out.scenarios.extend(one.scenario);
    }
    out
}

/// The day that fixes partial dates: the stated date, else the newest recorded event whose words the document quotes, else
/// the caller's date for undated documents. With it come the record's nearest wordings, where they were looked for.
fn anchor<'a>(
    document: &Document,
    quotes: &[Quote],
    lexicon: &'a Lexicon,
    known: &Known<'_>,
) -> (Anchor, Vec<Option<Near<'a>>>) {
    if let Some(date) = document.published {
        let anchor = Anchor {
            date: Some(date),
            basis: DateBasis::FromDocument,
        };
        return (anchor, Vec::new());
    }
    let nearest: Vec<Option<Near<'_>>> = quotes
        .iter()
        .map(|q| {
            let term = q.kind == QuoteKind::Term;
            (!term).then(|| Near::of(&q.text, q.speaker.as_ref(), lexicon))
        })
        .collect();
    let quoted = nearest
        .iter()
        .flatten()
        .filter_map(|near| {
            let near = near.recorded.as_ref();
            near.filter(|r| r.likeness >= 0.7 && r.pairs.len() >= 3)
                .map(|r| r.event.date)
        })
        .max();
    let anchor = match quoted {
        Some(date) => Anchor {
            date: Some(date),
            basis: DateBasis::FromQuotedEvent,
        },
        None => Anchor {
            date: known.undated,
            basis: DateBasis::Open,
        },
    };
    (anchor, nearest)
}
