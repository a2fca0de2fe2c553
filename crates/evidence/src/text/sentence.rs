//! Blocks (paragraphs, headings, list items) and sentences.
//!
//! A line break ends a block, unless the text is wrapped at a fixed width; then a blank line does. A sentence ends at a full
//! stop, question or exclamation mark outside quotation marks, or at a closing mark behind one when the next word starts
//! a new sentence; abbreviations and initials do not end it.

use super::token::{Kind, Token};
use super::{Page, STOP, low_is};
use crate::lexicon::{Cue, What};

/// A paragraph: tokens `first..=last`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// A heading, byline or caption and no sentence.
    pub(crate) heading: bool,
}

/// A sentence: tokens `first..=last` of a block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sentence {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) block: usize,
}

/// Most tokens of a sentence; a longer run is cut, so that work on a sentence is bounded.
const LONGEST: usize = 300;

pub(crate) fn blocks(text: &str, tokens: &[Token]) -> Vec<Block> {
    let wrapped = wrapped(text);
    let mut out = Vec::with_capacity(tokens.len() / 16);
    let least = if wrapped { 2 } else { 1 };
    let mut first = 0;
    while first < tokens.len() {
        let inner = tokens[first + 1..].iter();
        let at = first + 1 + inner.take_while(|t| t.breaks < least).count();
        out.push(Block {
            first,
            last: at - 1,
            heading: heading(text, &tokens[first..at]),
        });
        first = at;
    }
    out
}

/// Whether lines are broken at a fixed width: most lines that are followed by another line are 50 to 100 characters long.
fn wrapped(text: &str) -> bool {
    let (mut inner, mut full, mut long, mut previous) = (0_u32, 0_u32, 0_u32, None);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = at + newline(&bytes[at..]);
        let line = text.get(at..end).unwrap_or("");
        at = end + 1;
        let plain = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
        let line = if plain(line.as_bytes().first()) && plain(line.as_bytes().last()) {
            line
        } else {
            line.trim()
        };
        // Fewer bytes than the narrowest width are fewer characters; how many does not matter.
        let length = if line.len() < 50 || line.is_ascii() {
            line.len()
        } else {
            line.chars().count()
        };
        if length > 110 {
            long += 1;
        }
        if let Some(before) = previous
            && length > 0
            && before > 0
        {
            inner += 1;
            if (50..=110).contains(&before) {
                full += 1;
            }
        }
        previous = Some(length);
    }
    inner >= 4 && full * 10 >= inner * 7 && long * 10 <= inner
}

/// Bytes before the first line break, eight at a time.
fn newline(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut at = 0;
    let mut left = bytes;
    while let Some((eight, behind)) = left.split_first_chunk() {
        let other = u64::from_le_bytes(*eight) ^ (u64::from(b'\n') * EACH);
        // The lowest byte that is zero is told surely; only bytes above it may be told falsely.
        let zero = other.wrapping_sub(EACH) & !other & (0x80 * EACH);
        if zero != 0 {
            return at + zero.trailing_zeros() as usize / 8;
        }
        at += 8;
        left = behind;
    }
    at + left.iter().take_while(|b| **b != b'\n').count()
}

fn heading(text: &str, tokens: &[Token]) -> bool {
    // Whether there are at most so many words; the end of most paragraphs answers without them.
    let words = |most: usize| tokens.iter().filter(|t| t.is_word()).nth(most).is_none();
    let last = tokens
        .iter()
        .rev()
        .find(|t| !matches!(t.kind, Kind::Mark(_)) && t.symbol() != Some(')'));
    let ends = last.is_some_and(|t| matches!(t.symbol(), Some('.' | '!' | '?' | ':' | ',' | '…')));
    let hash = tokens.first().is_some_and(|t| t.symbol() == Some('#'))
        && tokens
            .get(1)
            .is_some_and(|t| t.spaced || t.symbol() == Some('#'));
    let by = tokens
        .first()
        .and_then(|t| text.get(t.start..t.end))
        .is_some_and(|w| w.eq_ignore_ascii_case("by"))
        && words(8);
    hash || by
        || (!ends && words(26))
        || (tokens.last().is_some_and(|t| t.symbol() == Some('?')) && words(8))
}

pub(crate) fn sentences(page: &Page<'_>) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(page.tokens.len() / 8);
    for (number, block) in page.blocks.iter().enumerate() {
        let mut first = block.first;
        while first <= block.last {
            let limit = block.last.min(first + LONGEST);
            let mut at = first;
            // Most words and numbers cannot end a sentence and are passed over.
            let last = loop {
                match page.next_of(at, limit, STOP) {
                    Some(stop) if stop == limit || ends_at(page, stop, block.last) => break stop,
                    Some(stop) => at = stop + 1,
                    None => break limit,
                }
            };
            out.push(Sentence {
                first,
                last,
                block: number,
            });
            first = last + 1;
        }
    }
    out
}

/// Whether a sentence ends with this token.
fn ends_at(page: &Page<'_>, at: usize, last: usize) -> bool {
    let token = &page.tokens[at];
    let next = at + 1;
    let Some(following) = page.tokens.get(next) else {
        return true;
    };
    let starts = |t: &Token| {
        t.capital()
            || t.kind == Kind::Number
            || matches!(t.kind, Kind::Mark(_))
            || matches!(t.symbol(), Some('#' | '$' | '-' | '•' | '('))
    };
    match token.kind {
        Kind::Symbol('.' | '!' | '?' | '…') => {
            if page.quoted(at) {
                return false;
            }
            if !following.spaced || !starts(following) {
                return false;
            }
            if token.symbol() == Some('.') && at > 0 && !token.spaced {
                let short = low_is!(
                    page,
                    at - 1,
                    "mr" | "mrs"
                        | "ms"
                        | "dr"
                        | "prof"
                        | "gov"
                        | "sen"
                        | "rep"
                        | "gen"
                        | "lt"
                        | "col"
                        | "st"
                        | "inc"
                        | "corp"
                        | "co"
                        | "ltd"
                        | "vs"
                        | "no"
                        | "jan"
                        | "feb"
                        | "mar"
                        | "apr"
                        | "jun"
                        | "jul"
                        | "aug"
                        | "sep"
                        | "sept"
                        | "oct"
                        | "nov"
                        | "dec"
                        | "approx"
                        | "est"
                        | "jr"
                        | "sr"
                );
                let initial =
                    page.tokens[at - 1].capital() && page.low(at - 1).chars().nth(1).is_none();
                if short || initial {
                    return false;
                }
            }
            true
        }
        // "... from the U.S. The ..." : an abbreviation may end a sentence before a function word.
        Kind::Word { .. } => {
            // "... in D.C. Officials clashed": a function word or a plural role in capitals starts anew.
            if page.quoted(at) || !following.spaced || !following.capital() {
                return false;
            }
            let hits = page.hits_in(next, next);
            let name = hits.iter().any(|h| {
                matches!(
                    h.what,
                    What::Measure(_) | What::Organization(_) | What::Place(_)
                )
            });
            let role = hits.iter().any(|h| h.is(Cue::Role));
            !name
                && hits.iter().any(|h| h.is(Cue::Common))
                && (!role || page.low(next).ends_with('s'))
        }
        Kind::Mark(_) | Kind::Symbol(')') => {
            let Some(before) = at.checked_sub(1).and_then(|b| page.tokens.get(b)) else {
                return false;
            };
            if page.quoted(at) || !matches!(before.symbol(), Some('.' | '!' | '?' | '…')) {
                return false;
            }
            if !following.spaced || !starts(following) {
                return false;
            }
            // "Really?" Okafor asked.
            let soft = matches!(before.symbol(), Some('!' | '?'));
            let speech = page
                .hits_in(next, (next + 3).min(last))
                .iter()
                .any(|h| h.is(Cue::Say));
            !(soft && speech)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Going byte by byte is the reference.
    #[test]
    fn a_line_ends_where_its_break_stands() {
        for byte in 0..=u8::MAX {
            for before in 0..20 {
                let mut bytes = vec![byte; before];
                bytes.extend(*b"ab\ncd\x0b\n\x0a\x09\x8a");
                let one_by_one = bytes.iter().take_while(|b| **b != b'\n').count();
                assert_eq!(newline(&bytes), one_by_one, "{bytes:?}");
            }
        }
        assert_eq!(newline(b"no break at all in here"), 23);
    }
}
