//! Quote claims: that somebody said these words.
//!
//! Parts of one quote with the attribution between, in one paragraph, are one claim; a nested quote is its own. Terms in
//! marks are no claims. A quote nobody is given for is a claim about nobody, which is worth showing.

use super::{Draft, Reader};
use crate::model::{ClaimKind, Modality, QuoteKind, Speaker};
use crate::quotes::asked;
use crate::short::Text;

pub(super) fn drafts(reader: &Reader<'_>) -> Vec<Draft> {
    let page = reader.page;
    let mut out: Vec<Draft> = Vec::new();
    let mut last_place: Option<(usize, usize)> = None;
    for (number, marked) in page.quotes.iter().enumerate() {
        let Some(quote) = reader.quotes.get(number) else {
            continue;
        };
        if quote.kind == QuoteKind::Term {
            continue;
        }
        let block = page.blocks.partition_point(|b| b.last < marked.first);
        if page.blocks.get(block).is_some_and(|b| b.heading)
            && quote.speaker.is_none()
            && quote.kind == QuoteKind::Fragment
        {
            continue;
        }
        let first = marked.first.saturating_sub(1);
        let last = (marked.last + 1).min(page.tokens.len().saturating_sub(1));
        let last = if marked.unclosed { marked.last } else { last };
        if let (Some(from), Some((before, at))) = (quote.continues, last_place)
            && from == before
            && at == block
            && let Some(draft) = out.last_mut()
            && draft.quote.is_some()
            && (quote.verb.is_none() || same_sentence(reader, before, number))
        {
            draft.last = last;
            last_place = Some((number, block));
            continue;
        }
        let mut draft = reader.draft(ClaimKind::Quote, first, last);
        draft.quote = Some(number);
        draft.subject = quote
            .speaker
            .as_ref()
            .map_or(Text::fixed("unattributed"), Speaker::called);
        draft.relation = quote.verb.clone().unwrap_or(Text::fixed("said"));
        draft.modality = Modality::Reported;
        draft.hedge = quote.hedge.clone();
        draft.polarity = asked::polarity(page, marked.first, marked.last);
        let sentence = page
            .sentences
            .get(page.sentences.partition_point(|s| s.last < marked.first));
        draft.moment = sentence.and_then(|s| {
            crate::when::moments(page, s.first, s.last)
                .into_iter()
                .find(|m| !page.quoted(m.first))
        });
        last_place = Some((number, block));
        out.push(draft);
    }
    out
}

fn same_sentence(reader: &Reader<'_>, before: usize, number: usize) -> bool {
    let place = |n: usize| {
        reader
            .page
            .quotes
            .get(n)
            .map(|q| reader.page.sentences.partition_point(|s| s.last < q.first))
    };
    place(before) == place(number)
}
