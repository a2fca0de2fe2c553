//! Words of quotes compared: longest common subsequence, likeness, the record's nearest wording.
//!
//! Words are compared in lower case without marks, by a hash of 64 bits. Likeness is the share of a text's words that another
//! has in the same order; a recorded quote is near if its speaker fits and a third of the words do, or if nearly all words do
//! whoever spoke. At most [`MOST_WORDS`] words of a text are compared, which bounds the table of the subsequence.

use crate::lexicon::{Event, Lexicon, RecordedQuote};
use crate::model::{Quote, Speaker};

/// Fits the table's entries.
const MOST_WORDS: usize = 160;

/// A word as far as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    hash: u64,
    /// Its letters.
    pub(crate) letters: u32,
}

impl Word {
    /// The upper bits of its hash, which lead its order.
    pub(crate) fn head(&self, bits: u32) -> u64 {
        self.hash >> (64 - bits)
    }
}

/// The words of a text as written; contractions keep their apostrophe.
pub(crate) fn written(text: &str) -> impl Iterator<Item = &str> {
    let mut left = text;
    let next = move || {
        while !left.is_empty() {
            let (own, cut, named) = run(left);
            let word = left.get(..own);
            left = left.get(own + cut..).unwrap_or("");
            if named {
                return word;
            }
        }
        None
    };
    std::iter::from_fn(next).take(MOST_WORDS)
}

/// Bytes of the letters, digits and apostrophes that a text begins with, bytes of what cuts them off, and whether a letter
/// or digit is among them.
fn run(text: &str) -> (usize, usize, bool) {
    let bytes = text.as_bytes();
    let (mut at, mut named) = (0, false);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                named = true;
            } else if *byte != b'\'' {
                return (at, 1, named);
            }
            at += 1;
            continue;
        }
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else {
            break;
        };
        if c != '’' && c.is_alphanumeric() {
            named = true;
        } else if c != '’' {
            return (at, c.len_utf8(), named);
        }
        at += c.len_utf8();
    }
    (at, 0, named)
}

/// A word while its letters are read: FNV-1a (Fowler, Noll, Vo) over lower-case letters; apostrophes do not count.
#[derive(Clone, Copy)]
struct Spelled(Word);

impl Spelled {
    const NOTHING: Spelled = Spelled(Word {
        hash: 0xcbf2_9ce4_8422_2325,
        letters: 0,
    });

    fn add(&mut self, letter: u32) {
        self.0.hash = (self.0.hash ^ u64::from(letter)).wrapping_mul(0x0000_0100_0000_01b3);
        self.0.letters += 1;
    }
}

/// Words of a text for comparison, those of [`written`] in one pass.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity((text.len() / 5 + 1).min(MOST_WORDS));
    let mut spelled = Spelled::NOTHING;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            spelled.add(u32::from(c.to_ascii_lowercase()));
        } else if matches!(c, '\'' | '’') {
        } else if !c.is_ascii() && c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| spelled.add(u32::from(c)));
        } else if spelled.0.letters > 0 {
            out.push(spelled.0);
            spelled = Spelled::NOTHING;
            if out.len() == MOST_WORDS {
                return out;
            }
        }
    }
    if spelled.0.letters > 0 {
        out.push(spelled.0);
    }
    out
}

/// Places in `a` and `b` of a longest common subsequence.
pub(crate) fn common(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    // What both begin and end with belongs to a longest one; only the middle needs the table.
    let least = a.len().min(b.len());
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tails = a.iter().rev().zip(b.iter().rev());
    let tail = tails.take(least - head).take_while(|(x, y)| x == y).count();
    let mut out: Vec<(usize, usize)> = (0..head).map(|n| (n, n)).collect();
    let (inner_a, inner_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    if !inner_a.is_empty() && !inner_b.is_empty() {
        inner(inner_a, inner_b, head, &mut out);
    }
    out.extend((0..tail).rev().map(|n| (a.len() - 1 - n, b.len() - 1 - n)));
    out
}

fn inner(a: &[Word], b: &[Word], head: usize, out: &mut Vec<(usize, usize)>) {
    let width = b.len() + 1;
    let mut table = vec![0_u8; (a.len() + 1) * width];
    for (i, x) in a.iter().enumerate().rev() {
        let (upper, lower) = table.split_at_mut((i + 1) * width);
        let row = &mut upper[i * width..];
        let below = &lower[..width];
        let mut right = 0;
        for ((slot, y), pair) in row.iter_mut().zip(b).zip(below.windows(2)).rev() {
            right = if x == y {
                pair[1] + 1
            } else {
                pair[0].max(right)
            };
            *slot = right;
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.push((head + i, head + j));
            i += 1;
            j += 1;
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Common words as a share of the first text's words.
pub(crate) fn likeness(a: &[Word], b: &[Word]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    common(a, b).len() as f64 / a.len() as f64
}

/// A quote of the record that another quote repeats or rewrites.
pub(crate) struct Recorded<'a> {
    pub(crate) event: &'a Event,
    pub(crate) quote: &'a RecordedQuote,
    pub(crate) likeness: f64,
    /// Common words: their places in the text and in the record.
    pub(crate) pairs: Vec<(usize, usize)>,
    pub(crate) same_speaker: bool,
}

/// The nearest quote of the record: of the same speaker, or of anybody if the words agree almost wholly.
pub(crate) fn recorded<'a>(
    own: &[Word],
    speaker: Option<&Speaker>,
    lexicon: &'a Lexicon,
) -> Option<Recorded<'a>> {
    if own.len() < 2 {
        return None;
    }
    let name = speaker.and_then(|s| s.name.as_deref());
    let mut best: Option<Recorded<'a>> = None;
    for (number, place, bag) in lexicon.quotes_with(own) {
        let (Some(event), Some(texts)) = (lexicon.events.get(number), lexicon.quoted.get(number))
        else {
            continue;
        };
        if let (Some(record), Some(theirs)) = (event.quotes.get(place), texts.get(place)) {
            // Too few common words in any order need no comparison in order.
            if bag < 2 || bag * 10 < own.len() * 3 {
                continue;
            }
            let same = same_speaker(speaker, name, record, lexicon);
            let needed = if same { 0.3 } else { 0.9 };
            // No order has more common words than the bag.
            let most = bag as f64 / own.len() as f64;
            if most < needed {
                continue;
            }
            if best
                .as_ref()
                .is_some_and(|b| (same, most) <= (b.same_speaker, b.likeness + 1e-9))
            {
                continue;
            }
            let pairs = common(own, theirs);
            let shared = pairs.len();
            let like = shared as f64 / own.len() as f64;
            if like < needed || shared < 2 || (!same && shared < 4 && own.len() != theirs.len()) {
                continue;
            }
            let better = best
                .as_ref()
                .is_none_or(|b| (same, like) > (b.same_speaker, b.likeness + 1e-9));
            if better {
                best = Some(Recorded {
                    event,
                    quote: record,
                    likeness: like,
                    pairs,
                    same_speaker: same,
                });
            }
        }
    }
    best
}

/// A quote's words and the nearest quote of the record.
pub(crate) struct Near<'a> {
    pub(crate) words: Vec<Word>,
    pub(crate) recorded: Option<Recorded<'a>>,
}

impl<'a> Near<'a> {
    pub(crate) fn of(text: &str, speaker: Option<&Speaker>, lexicon: &'a Lexicon) -> Near<'a> {
        let words = words(text);
        let recorded = recorded(&words, speaker, lexicon);
        Near { words, recorded }
    }
}

/// Whether a recorded quote is the speaker's; `name` is his, which many records are compared with.
fn same_speaker(
    speaker: Option<&Speaker>,
    name: Option<&str>,
    record: &RecordedQuote,
    lexicon: &Lexicon,
) -> bool {
    let Some(speaker) = speaker else {
        return false;
    };
    if name.is_some_and(|n| {
        let before = record.speaker.strip_suffix(n);
        before.is_some_and(|first| first.is_empty() || first.ends_with(' '))
    }) {
        return true;
    }
    if speaker.name.is_none() && speaker.organization.as_deref() == Some(record.speaker.as_str()) {
        return true;
    }
    // "prime minister of Japan"
    speaker.name.is_none()
        && speaker.role.as_deref().is_some_and(|role| {
            lexicon.people.iter().any(|p| {
                p.name == record.speaker
                    && p.offices.iter().any(|o| role.starts_with(&o.title))
                    && p.place
                        .as_deref()
                        .is_none_or(|place| !role.contains(" of ") || role.ends_with(place))
            })
        })
}

/// The words of `own` that `reference` does not have at that place, and those it lacks before its last common word.
pub(crate) fn changes(own: &str, reference: &str) -> String {
    let (a, b) = (words(own), words(reference));
    changed((own, a.len()), reference, &common(&a, &b))
}

/// The same where the number of the text's words and the common ones are known.
pub(crate) fn changed(
    (own, count): (&str, usize),
    reference: &str,
    same: &[(usize, usize)],
) -> String {
    let mut out = String::with_capacity(48);
    out.push_str("added: ");
    list(&mut out, own, count, same.iter().map(|p| p.0));
    out.push_str("; missing: ");
    let upto = same.last().map_or(0, |p| p.1);
    // The last one stands at the end of what is listed.
    let before = same.len().saturating_sub(1);
    list(
        &mut out,
        reference,
        upto,
        same.iter().take(before).map(|p| p.1),
    );
    out
}

/// The first `upto` words of a text without those at the places `kept`, which are in order.
fn list(out: &mut String, text: &str, upto: usize, kept: impl ExactSizeIterator<Item = usize>) {
    let start = out.len();
    // Nothing is left where every word is kept, whatever the words.
    let upto = if kept.len() == upto { 0 } else { upto };
    let mut kept = kept.peekable();
    for (place, word) in written(text).enumerate().take(upto) {
        if kept.next_if_eq(&place).is_some() {
            continue;
        }
        if out.len() > start {
            out.push(' ');
        }
        if word.is_ascii() {
            let from = out.len();
            out.push_str(word);
            if let Some(own) = out.get_mut(from..) {
                own.make_ascii_lowercase();
            }
        } else {
            out.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    if out.len() == start {
        out.push_str("nothing");
    }
}

/// A stretch of words, and whether the other telling lacks them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The words as written, with their marks.
    pub text: String,
    /// The other telling does not have them at this place.
    pub changed: bool,
}

/// The words of a telling with those marked that `reference` does not have in the same order.
pub fn compared(own: &str, reference: &str) -> Vec<Stretch> {
    let same = common(&words(own), &words(reference));
    let mut kept = same.iter().map(|p| p.0).peekable();
    let mut out: Vec<Stretch> = Vec::new();
    let mut from = 0;
    for (place, word) in written(own).enumerate() {
        let changed = kept.next_if_eq(&place).is_none();
        let Some(found) = own.get(from..).and_then(|rest| rest.find(word)) else {
            break;
        };
        let to = from + found + word.len();
        let text = own.get(from..to).unwrap_or("");
        match out.last_mut() {
            Some(last) if last.changed == changed => last.text.push_str(text),
            _ => out.push(Stretch {
                text: text.to_owned(),
                changed,
            }),
        }
        from = to;
    }
    if let Some(rest) = own.get(from..).filter(|r| !r.is_empty()) {
        match out.last_mut() {
            Some(last) => last.text.push_str(rest),
            None => out.push(Stretch {
                text: rest.to_owned(),
                changed: true,
            }),
        }
    }
    out
}

/// Words from two different recorded quotes of one event in one pair of marks.
pub(crate) fn merged(own: &[Word], speaker: Option<&Speaker>, lexicon: &Lexicon) -> bool {
    if own.len() < 4 {
        return false;
    }
    let name = speaker.and_then(|s| s.name.as_deref());
    let mut near: Vec<usize> = lexicon.quotes_with(own).into_iter().map(|f| f.0).collect();
    near.dedup();
    for number in near {
        let (Some(event), Some(texts)) = (lexicon.events.get(number), lexicon.quoted.get(number))
        else {
            continue;
        };
        let pool: Vec<&Vec<Word>> = event
            .quotes
            .iter()
            .zip(texts)
            .filter(|(r, _)| same_speaker(speaker, name, r, lexicon))
            .map(|(_, words)| words)
            .collect();
        if pool.len() < 2 {
            continue;
        }
        if pool.iter().any(|p| likeness(own, p) > 0.92) {
            return false;
        }
        let covered = own
            .iter()
            .filter(|w| pool.iter().any(|p| p.contains(w)))
            .count();
        let single = pool.iter().map(|p| common(own, p).len()).max().unwrap_or(0);
        if covered * 10 >= own.len() * 9 && single < covered {
            return true;
        }
    }
    false
}

/// The whole words of a quote: its own and those of the parts that go on from it up to `end`.
pub(crate) fn spoken(quotes: &[Quote], first: usize, end: usize) -> String {
    let mut out = String::new();
    let document = quotes.get(first).map(|q| q.document);
    for quote in quotes.iter().skip(first) {
        if Some(quote.document) != document || quote.span.start >= end {
            break;
        }
        if out.is_empty() {
            out.push_str(&quote.text);
        } else if quote.inside.is_none() {
            out.push(' ');
            out.push_str(&quote.text);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_written_words_in_lower_case_without_apostrophes() {
        let text = "We don’t — 'absolutely' DON'T — sell 1.13tn, Ōsaka’s İ ’ '' ’tis 円高.";
        let own = words(text);
        let each: Vec<Word> = written(text).flat_map(words).collect();
        assert_eq!(own, each);
        assert_eq!(own.len(), written(text).count());
        assert_eq!(words("don’t"), words("DON'T"));
        assert_ne!(words("sell"), words("sells"));
        assert_eq!(words("Tokyo").first().map(|w| w.letters), Some(5));
        assert!(words("’ — '").is_empty());
        // The number of compared words is bounded.
        assert_eq!(words(&"a ".repeat(1000)).len(), MOST_WORDS);
    }
}
