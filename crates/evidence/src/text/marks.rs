//! Pairing of quotation marks, nested and over several paragraphs.
//!
//! Curly, low and angle marks say which side they are on; straight ones are judged by the white space around them. A single
//! mark behind a letter is an apostrophe unless it closes something. A quote left open at the end of its paragraph goes on in
//! the next one if that begins with an opening mark; otherwise it ends with the paragraph and is noted. Depth is bounded.

use super::sentence::Block;
use super::token::{Kind, Token};

/// A pair of marks: the words between are the tokens `first..=last`.
#[derive(Debug, Clone)]
pub(crate) struct Marked {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Bytes between the marks.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) inside: Option<u32>,
    /// Goes on from this quote of the paragraph before.
    pub(crate) goes_on: Option<u32>,
    pub(crate) unclosed: bool,
}

struct Open {
    mark: char,
    at: usize,
    quote: u32,
}

const DEEPEST: usize = 8;

#[derive(PartialEq)]
enum Side {
    Opens,
    Closes,
    Neither,
}

pub(crate) fn pair(text: &str, tokens: &[Token], blocks: &[Block]) -> Vec<Marked> {
    let mut quotes: Vec<Marked> = Vec::new();
    let mut carried: Option<(char, u32)> = None;
    for block in blocks {
        let mut open: Vec<Open> = Vec::new();
        // Closing single marks that are surely closing (behind punctuation), last one of the block.
        let mut straight_open = false;
        let own = tokens.get(block.first..=block.last).unwrap_or(&[]);
        for (place, token) in own.iter().enumerate() {
            let Kind::Mark(c) = token.kind else {
                continue;
            };
            let at = block.first + place;
            let family = family(c);
            let has_open = open.iter().any(|o| o.mark == family);
            match side(text, tokens, at, c, has_open, straight_open) {
                Side::Opens if open.len() < DEEPEST => {
                    let goes_on = match carried.take() {
                        Some((mark, quote)) if at == block.first && mark == family => Some(quote),
                        _ => None,
                    };
                    let quote = quotes.len() as u32;
                    quotes.push(Marked {
                        first: at + 1,
                        last: at,
                        start: tokens[at].end,
                        end: tokens[at].end,
                        inside: open.last().map(|o| o.quote),
                        goes_on,
                        unclosed: true,
                    });
                    if family == '"' && c == '"' {
                        straight_open = true;
                    }
                    open.push(Open {
                        mark: family,
                        at,
                        quote,
                    });
                }
                Side::Closes => {
                    if let Some(place) = open.iter().rposition(|o| o.mark == family) {
                        let opened = open.split_off(place);
                        if let Some(first) = opened.first() {
                            close(&mut quotes, first, at, tokens, false);
                            for inner in opened.iter().skip(1) {
                                close(&mut quotes, inner, at, tokens, true);
                            }
                        }
                        if family == '"' {
                            straight_open = false;
                        }
                    }
                }
                _ => {}
            }
        }
        carried = None;
        for left in &open {
            let mark = &mut quotes[left.quote as usize];
            // A single mark left open was an apostrophe ("’em").
            if left.mark == '\'' {
                mark.last = mark.first.saturating_sub(1);
                mark.end = mark.start;
                continue;
            }
            mark.last = block.last;
            mark.end = tokens[block.last].end;
            if left.mark == '"' {
                carried = Some((left.mark, left.quote));
            }
        }
    }
    keep(quotes)
}

/// Drops empty pairs and renumbers.
fn keep(quotes: Vec<Marked>) -> Vec<Marked> {
    let mut number: Vec<Option<u32>> = Vec::with_capacity(quotes.len());
    let mut kept = 0;
    for quote in &quotes {
        let whole = quote.last >= quote.first && quote.end > quote.start;
        number.push(whole.then_some(kept));
        kept += u32::from(whole);
    }
    let find = |old: Option<u32>| old.and_then(|o| number.get(o as usize).copied().flatten());
    let went_on: Vec<u32> = quotes.iter().filter_map(|q| q.goes_on).collect();
    quotes
        .iter()
        .enumerate()
        .filter(|(place, _)| number[*place].is_some())
        .map(|(place, quote)| Marked {
            inside: find(quote.inside),
            goes_on: find(quote.goes_on),
            unclosed: quote.unclosed && !went_on.contains(&(place as u32)),
            ..quote.clone()
        })
        .collect()
}

fn close(quotes: &mut [Marked], open: &Open, at: usize, tokens: &[Token], unclosed: bool) {
    if let Some(quote) = quotes.get_mut(open.quote as usize) {
        quote.last = at.saturating_sub(1);
        quote.end = tokens[at].start;
        quote.start = tokens[open.at].end;
        quote.unclosed = unclosed;
    }
}

fn family(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '"' | '＂' => '"',
        '‘' | '’' | '‚' | '\'' => '\'',
        '«' | '»' => '«',
        '「' | '」' => '「',
        _ => '『',
    }
}

fn side(
    text: &str,
    tokens: &[Token],
    at: usize,
    c: char,
    has_open: bool,
    straight_open: bool,
) -> Side {
    let token = &tokens[at];
    let next_touches = tokens.get(at + 1).is_some_and(|n| !n.spaced);
    let before = text[..token.start].chars().next_back();
    let opens_here = token.spaced
        || before.is_none_or(|b| {
            matches!(
                b,
                '(' | '[' | '—' | '–' | '-' | ':' | '/' | '“' | '"' | '‘' | '«' | ','
            )
        });
    match c {
        '“' if has_open && !opens_here => Side::Closes,
        '“' | '„' | '«' | '「' | '『' | '‚' => Side::Opens,
        '”' | '»' | '」' | '』' => Side::Closes,
        '‟' | '"' | '＂' => {
            if has_open && (straight_open || !opens_here) {
                Side::Closes
            } else if opens_here && next_touches
                || !token.spaced && !has_open && next_touches && before == Some(':')
            {
                Side::Opens
            } else {
                Side::Neither
            }
        }
        '‘' => {
            if opens_here && next_touches {
                Side::Opens
            } else {
                Side::Neither
            }
        }
        _ => {
            let word_behind = at > 0 && tokens[at - 1].is_word() && !token.spaced;
            if has_open && !token.spaced {
                // "traders’ fears’": a mark between a word and a space may be a possessive if a surer one follows.
                let surer = word_behind
                    && !next_touches
                    && tokens.get(at + 1).is_some_and(Token::is_word)
                    && before == Some('s')
                    && tokens
                        .iter()
                        .skip(at + 1)
                        .take(24)
                        .any(|t| matches!(t.kind, Kind::Mark('’' | '\'')));
                if surer { Side::Neither } else { Side::Closes }
            } else if c == '\''
                && opens_here
                && next_touches
                && !tokens.get(at + 1).is_some_and(|n| n.kind == Kind::Number)
            {
                Side::Opens
            } else {
                Side::Neither
            }
        }
    }
}

/// For every token the innermost quote that holds it.
pub(crate) fn inside(quotes: &[Marked], tokens: usize, out: &mut Vec<Option<u32>>) {
    out.resize(tokens, None);
    // Quotes come in order of their opening, so an inner one overwrites the outer; each token is written at most DEEPEST times.
    for (number, quote) in quotes.iter().enumerate() {
        for slot in out.iter_mut().take(quote.last + 1).skip(quote.first) {
            *slot = Some(number as u32);
        }
    }
}
