//! A text cut into tokens, blocks, quotation marks and sentences: what every later step walks over.
//!
//! All places inside are byte offsets and token numbers; [`offsets::Offsets`] turns them into code points at the end. Each
//! step is one pass. Sentences never end inside quotation marks, so the writer's sentence around a quote stays whole.

pub(crate) mod marks;
pub(crate) mod offsets;
pub(crate) mod sentence;
mod spare;
pub(crate) mod token;

use marks::Marked;
use offsets::Offsets;
use sentence::{Block, Sentence};
use token::{Kind, Token};

use crate::lexicon::{Cue, Entries, Hit, Lexicon, What};

/// A text and everything that is found in it by walking over it.
pub(crate) struct Page<'a> {
    pub(crate) text: &'a str,
    /// The same bytes with ASCII letters in lower case.
    pub(crate) lower: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) quotes: Vec<Marked>,
    /// For every token the innermost quote that holds it.
    pub(crate) inside: Vec<Option<u32>>,
    /// Lexicon entries.
    entries: Entries,
    /// What each token may begin or end: [`QUANTITY`], [`TIME`], [`NAME`], [`STOP`], [`CUT`].
    begins: Vec<u8>,
    /// Each token's word in lower case as a number ([`crate::lexicon::key`]).
    keys: Vec<u64>,
    pub(crate) offsets: Offsets,
}

impl<'a> Page<'a> {
    pub(crate) fn new(text: &'a str, lexicon: &Lexicon) -> Page<'a> {
        let spare = spare::take();
        let (mut lower, mut tokens, mut keys) = (spare.lower, spare.tokens, spare.keys);
        lower.push_str(text);
        lower.make_ascii_lowercase();
        token::read(text, &mut tokens);
        let blocks = sentence::blocks(text, &tokens);
        crate::lexicon::keys(&lower, &tokens, &mut keys);
        let entries = lexicon.entries(&lower, &tokens, &keys, spare.entries);
        let quotes = marks::pair(text, &tokens, &blocks);
        let mut inside = spare.inside;
        marks::inside(&quotes, tokens.len(), &mut inside);
        let mut begins = spare.begins;
        begin(text, (&tokens, &keys, &entries.classes), &mut begins);
        let mut page = Page {
            text,
            lower,
            tokens,
            blocks,
            sentences: Vec::new(),
            quotes,
            inside,
            entries,
            begins,
            keys,
            offsets: Offsets::new(text),
        };
        page.sentences = sentence::sentences(&page);
        page
    }

    /// Lexicon entries, by first token.
    pub(crate) fn hits(&self) -> &[Hit] {
        &self.entries.hits
    }

    /// The token's text.
    pub(crate) fn word(&self, token: usize) -> &str {
        self.tokens
            .get(token)
            .and_then(|t| self.text.get(t.start..t.end))
            .unwrap_or("")
    }

    /// The token's text with ASCII letters in lower case.
    pub(crate) fn low(&self, token: usize) -> &str {
        self.tokens
            .get(token)
            .and_then(|t| self.lower.get(t.start..t.end))
            .unwrap_or("")
    }

    /// The text from one token to another, the last one included.
    pub(crate) fn slice(&self, first: usize, last: usize) -> &str {
        match (self.tokens.get(first), self.tokens.get(last)) {
            (Some(a), Some(b)) if a.start <= b.end => self.text.get(a.start..b.end).unwrap_or(""),
            _ => "",
        }
    }

    /// The same with ASCII letters in lower case.
    pub(crate) fn low_slice(&self, first: usize, last: usize) -> &str {
        match (self.tokens.get(first), self.tokens.get(last)) {
            (Some(a), Some(b)) if a.start <= b.end => self.lower.get(a.start..b.end).unwrap_or(""),
            _ => "",
        }
    }

    /// Lexicon entries that begin in `first..=last`.
    pub(crate) fn hits_in(&self, first: usize, last: usize) -> &[Hit] {
        let end = self.entries.from.len() - 1;
        let from = self.entries.from[first.min(end)] as usize;
        let to = self.entries.from[(last.saturating_add(1)).min(end)] as usize;
        self.entries.hits.get(from..to).unwrap_or(&[])
    }

    /// The first token of `first..=last` that may begin a quantity, a time or a mention.
    pub(crate) fn next_of(&self, first: usize, last: usize, what: u8) -> Option<usize> {
        let upto = last.saturating_add(1).min(self.begins.len());
        let some = self.begins.get(first..upto)?;
        // Eight tokens at a time: most begin nothing.
        let wanted = u64::from(what) * 0x0101_0101_0101_0101;
        let mut at = first;
        let mut left = some;
        while let Some((eight, behind)) = left.split_first_chunk() {
            let found = u64::from_le_bytes(*eight) & wanted;
            if found != 0 {
                return Some(at + found.trailing_zeros() as usize / 8);
            }
            at += 8;
            left = behind;
        }
        left.iter().position(|b| b & what != 0).map(|n| at + n)
    }

    /// The token's word in lower case as a number; see [`low_is`].
    #[inline]
    pub(crate) fn key(&self, token: usize) -> u64 {
        self.keys.get(token).copied().unwrap_or(0)
    }

    /// The keys of `first..to`.
    #[inline]
    pub(crate) fn keys(&self, first: usize, to: usize) -> &[u64] {
        let to = to.min(self.keys.len());
        self.keys.get(first..to).unwrap_or(&[])
    }

    /// Whether one of some words stands in `first..=last`.
    pub(crate) fn says(&self, first: usize, last: usize, words: &[Keyed]) -> bool {
        let keys = self.keys(first, last.saturating_add(1));
        let mut tokens = keys.iter().enumerate();
        tokens.any(|(place, key)| {
            let own =
                |w: &Keyed| w.0 == *key && (*key >> 63 == 0 || self.low(first + place) == w.1);
            words.iter().any(own)
        })
    }

    /// Bits of the entries that begin with a token.
    #[inline]
    pub(crate) fn class(&self, token: usize) -> u64 {
        self.entries.classes.get(token).copied().unwrap_or(0)
    }

    /// Bits of the entries that begin in `first..=last`.
    #[inline]
    pub(crate) fn classes_in(&self, first: usize, last: usize) -> u64 {
        let to = last.saturating_add(1).min(self.entries.classes.len());
        let some = self.entries.classes.get(first..to).unwrap_or(&[]);
        some.iter().fold(0, |all, of| all | of)
    }

    /// Whether the token stands between quotation marks.
    pub(crate) fn quoted(&self, token: usize) -> bool {
        self.inside.get(token).copied().flatten().is_some()
    }

    /// Whether words between marks stand among the tokens.
    pub(crate) fn quoted_in(&self, first: usize, last: usize) -> bool {
        let from = self.quotes.partition_point(|q| q.last < first);
        self.quotes.get(from).is_some_and(|q| q.first <= last)
    }

    /// Code points of a run of tokens.
    pub(crate) fn span(&self, first: usize, last: usize) -> crate::model::Span {
        let start = self.tokens.get(first).map_or(0, |t| t.start);
        let end = self.tokens.get(last).map_or(start, |t| t.end);
        self.offsets.span(start, end)
    }
}

/// A quantity may begin here: a number, a sign of money, a word of number.
pub(crate) const QUANTITY: u8 = 1;
/// A time may begin here: a number of four digits, a word of time.
pub(crate) const TIME: u8 = 2;

/// A mention may begin here: a capital, a pronoun, a name or role of the lexicon.
pub(crate) const NAME: u8 = 4;

/// A sentence may end here: a symbol, a mark, an abbreviation.
pub(crate) const STOP: u8 = 8;
/// A clause may be cut here.
pub(crate) const CUT: u8 = 16;

/// A word in lower case with its key.
pub(crate) type Keyed = (u64, &'static str);

/// Words with their keys, made when the program is compiled.
macro_rules! keyed {
    ($($word:literal),+ $(,)?) => {{
        const WORDS: &[$crate::text::Keyed] = &[$(($crate::lexicon::key($word), $word)),+];
        WORDS
    }};
}
pub(crate) use keyed;

/// Whether a token is one of some words in lower case. Numbers are compared, and letters only where the number is a hash.
macro_rules! low_is {
    ($page:expr, $token:expr, $($word:literal)|+) => {{
        let (page, token) = (&$page, $token);
        let key = page.key(token);
        ($({
            const KEY: u64 = $crate::lexicon::key($word);
            key == KEY && (KEY >> 63 == 0 || page.low(token) == $word)
        })||+)
    }};
}
pub(crate) use low_is;

impl Drop for Page<'_> {
    fn drop(&mut self) {
        spare::put(spare::Spare {
            lower: std::mem::take(&mut self.lower),
            tokens: std::mem::take(&mut self.tokens),
            keys: std::mem::take(&mut self.keys),
            entries: std::mem::take(&mut self.entries),
            begins: std::mem::take(&mut self.begins),
            inside: std::mem::take(&mut self.inside),
        });
    }
}

/// What each token may begin or end.
fn begin(text: &str, (tokens, keys, classes): (&[Token], &[u64], &[u64]), out: &mut Vec<u8>) {
    const HE: u64 = crate::lexicon::key("he");
    const SHE: u64 = crate::lexicon::key("she");
    const THEY: u64 = crate::lexicon::key("they");
    let named = What::PERSON
        | What::ORGANIZATION
        | What::PLACE
        | Cue::Role.bit()
        | Cue::RolePart.bit()
        | Cue::Former.bit();
    let bytes = text.as_bytes();
    let of = |((token, key), class): ((&Token, &u64), &u64)| match token.kind {
        Kind::Word { capital } => {
            let name = capital || class & named != 0 || matches!(*key, HE | SHE | THEY);
            // A sentence ends with an abbreviation only.
            let stop = bytes.get(token.end.wrapping_sub(1)) == Some(&b'.');
            let some = |is: bool, what: u8| if is { what } else { 0 };
            some(name, NAME)
                | some(stop, STOP)
                | some(class & What::NUMERAL != 0, QUANTITY)
                | some(class & What::TIME != 0, TIME)
        }
        Kind::Number if token.end - token.start == 4 => QUANTITY | TIME,
        Kind::Number => QUANTITY,
        Kind::Suffix => 0,
        Kind::Mark(_) | Kind::Symbol('.') => STOP,
        Kind::Symbol(';' | '—' | ':' | '–' | '-' | ',') => STOP | CUT,
        Kind::Symbol(c) if crate::number::symbol(c).is_some() => STOP | QUANTITY,
        Kind::Symbol(_) => STOP,
    };
    out.extend(tokens.iter().zip(keys).zip(classes).map(of));
}
