//! Quotes: what stands between marks, who said it, what was asked.
//!
//! A quote in marks becomes a [`Quote`]; the rules of [`speaker`] look for a verb of saying behind it, before it, in the
//! sentence before, or take the speaker of the quote it goes on from. Short runs in marks that nobody is given as saying are
//! terms. Nothing is assigned by guess: a pronoun with two candidates names nobody and is marked uncertain.

pub(crate) mod asked;
pub(crate) mod speaker;
mod subject;

use crate::lexicon::{Cue, Lexicon};
use crate::mention::Mention;
use crate::model::{Quote, QuoteKind};
use crate::short::{self, Text};
use crate::text::Page;

/// The quotes of a document, counted from 0.
pub(crate) fn quotes(
    page: &Page<'_>,
    lexicon: &Lexicon,
    mentions: &[Mention],
    document: usize,
) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::with_capacity(page.quotes.len());
    for (number, marked) in page.quotes.iter().enumerate() {
        let text = Text::of(page.text.get(marked.start..marked.end).unwrap_or(""));
        let mut notes = Vec::new();
        if marked.unclosed {
            notes.push("the closing mark is missing; read to the end of the paragraph".to_owned());
        }
        let mut quote = Quote {
            document,
            span: page.offsets.span(marked.start, marked.end),
            text,
            kind: QuoteKind::Speech,
            speaker: None,
            verb: None,
            hedge: None,
            asked: None,
            continues: marked.goes_on.map(|q| q as usize),
            inside: marked.inside.map(|q| q as usize),
            notes,
        };
        let found = speaker::of(page, lexicon, mentions, number, &out);
        quote.speaker = found.speaker;
        quote.verb = found.verb.map(|t| Text::of(page.low(t)));
        quote.continues = quote.continues.or(found.continues);
        quote.notes.extend(found.notes);
        quote.kind = kind(page, number, quote.speaker.is_some());
        if quote.kind == QuoteKind::Term {
            quote.speaker = None;
            quote.verb = None;
        }
        if quote.kind != QuoteKind::Term {
            quote.asked = asked::of(page, number);
            quote.hedge = hedge(page, number);
        }
        out.push(quote);
    }
    out
}

/// Speech is a sentence or most of one; a short run is a fragment if somebody is given as saying it, else a term.
fn kind(page: &Page<'_>, number: usize, attributed: bool) -> QuoteKind {
    let marked = &page.quotes[number];
    let words = (marked.first..=marked.last)
        .filter(|t| page.tokens[*t].is_word())
        .count();
    let last = page.word(marked.last);
    let ends = matches!(last, "." | "!" | "?" | "," | "…" | "—");
    let capital = page.tokens.get(marked.first).is_some_and(|t| t.capital());
    let heading = page
        .blocks
        .get(page.blocks.partition_point(|b| b.last < marked.first))
        .is_some_and(|b| b.heading);
    if words == 0 {
        return QuoteKind::Term;
    }
    if attributed {
        return if words >= 4 && (capital || ends) || words >= 6 {
            QuoteKind::Speech
        } else {
            QuoteKind::Fragment
        };
    }
    if heading && words < 5 {
        return QuoteKind::Term;
    }
    if words >= 4 && (capital || ends) || words >= 7 {
        QuoteKind::Speech
    } else {
        QuoteKind::Term
    }
}

fn hedge(page: &Page<'_>, number: usize) -> Option<Text> {
    let marked = &page.quotes[number];
    let sentence = page
        .sentences
        .get(page.sentences.partition_point(|s| s.last < marked.first))?;
    page.hits_in(sentence.first, sentence.last)
        .iter()
        .find(|h| h.is(Cue::Hedge) && !page.quoted(h.first as usize))
        .map(|h| short::lower(page.slice(h.first as usize, h.last as usize)))
}
