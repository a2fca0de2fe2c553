//! Many documents, batch by batch, with bounded memory.
//!
//! [`Corpus::read`] gives the claims and verdicts of a batch and forgets its texts. For the comparison across batches a book
//! keeps the first tellings of every topic, at most [`TELLINGS_OF_A_TOPIC`] each and [`TELLINGS`] in all; what is not kept is
//! counted. [`Corpus::finish`] groups what the book holds. Memory depends on the batch and these limits, time is linear
//! in the text.

use rayon::prelude::*;

use crate::alone::{self, Found};
use crate::drift::{self, MOST_MEMBERS};
use crate::group;
use crate::lexicon::{Lexicon, Table};
use crate::model::{Document, Evidence};
use crate::record::Record;
use crate::timeline;
use crate::verdict::Known;

/// Most tellings of one topic that are kept for comparison.
pub const TELLINGS_OF_A_TOPIC: usize = MOST_MEMBERS;
/// Most tellings that are kept in all.
pub const TELLINGS: usize = 40_000;

/// A corpus while it is read.
pub struct Corpus<'a> {
    record: Record<'a>,
    known: Known<'a>,
    book: Evidence,
    /// Topics by number and how often each is kept.
    topics: Table,
    tellings: Vec<usize>,
    documents: usize,
    not_compared: usize,
}

impl<'a> Corpus<'a> {
    /// An empty corpus.
    pub fn new(lexicon: &'a Lexicon, known: Known<'a>) -> Corpus<'a> {
        Corpus {
            record: Record::new(known.snapshot, lexicon),
            known,
            book: Evidence::default(),
            topics: Table::default(),
            tellings: Vec::new(),
            documents: 0,
            not_compared: 0,
        }
    }

    /// Quotes, claims and verdicts of a batch, counted within it; names of claims count through the corpus. No groups.
    pub fn read(&mut self, batch: Vec<Document>) -> Evidence {
        let first = self.documents;
        let found: Vec<Found> = batch
            .par_iter()
            .enumerate()
            .map(|(number, document)| alone::found(number, document, &self.record, &self.known))
            .collect();
        self.documents += batch.len();
        let evidence = alone::joined(batch, found, first);
        self.keep(&evidence);
        evidence
    }

    /// Documents read so far.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// Claims that were not kept for the comparison.
    pub fn not_compared(&self) -> usize {
        self.not_compared
    }

    fn keep(&mut self, batch: &Evidence) {
        let mut document: Option<(usize, usize)> = None;
        let mut topic = String::new();
        for (number, claim) in batch.claims.iter().enumerate() {
            topic.clear();
            let lexicon = self.record.lexicon();
            if group::topic(batch, claim, number, lexicon, &mut topic).is_none() {
                continue;
            }
            let full = self.book.claims.len() >= TELLINGS;
            let known = self.topics.find(&topic);
            let place = match known {
                Some(known) => known as usize - 1,
                None if full => usize::MAX,
                None => self.topics.number(&topic) as usize - 1,
            };
            self.tellings
                .resize(self.tellings.len().max(self.topics.len()), 0);
            match self.tellings.get_mut(place) {
                Some(told) if *told < TELLINGS_OF_A_TOPIC && !full => *told += 1,
                _ => {
                    self.not_compared += 1;
                    continue;
                }
            }
            let kept = match document {
                Some((of, kept)) if of == claim.document => kept,
                _ => {
                    if let Some(from) = batch.documents.get(claim.document) {
                        self.book.documents.push(Document {
                            text: String::new(),
                            notes: Vec::new(),
                            ..from.clone()
                        });
                    }
                    self.book.documents.len().saturating_sub(1)
                }
            };
            document = Some((claim.document, kept));
            let mut own = claim.clone();
            own.document = kept;
            if let Some(first) = claim.quote {
                let base = self.book.quotes.len();
                own.quote = Some(base);
                // The parts of a quote stand together.
                let parts =
                    batch.quotes.iter().skip(first).take_while(|q| {
                        q.document == claim.document && q.span.start < claim.span.end
                    });
                for (place, part) in parts.enumerate().take(MOST_MEMBERS) {
                    let mut part = part.clone();
                    part.document = kept;
                    part.continues = (place > 0).then_some(base);
                    part.inside = part.inside.filter(|_| place > 0).map(|_| base);
                    self.book.quotes.push(part);
                }
            }
            if let Some(verdict) = batch.verdicts.get(number) {
                let mut verdict = verdict.clone();
                verdict.claim = self.book.claims.len();
                self.book.verdicts.push(verdict);
            }
            self.book.claims.push(own);
        }
    }

    /// Groups, drift and timeline of the tellings kept; documents come without their text.
    pub fn finish(self) -> Evidence {
        let lexicon = self.record.lexicon();
        let mut book = self.book;
        book.groups = group::groups(&book, lexicon);
        drift::mark(&mut book, lexicon);
        book.timeline = timeline::entries(&book, lexicon);
        book
    }
}
