//! The words of a claim, as events are compared with them.
//!
//! A topic of the event table must be a word of the claim, a surname may be a part of one; both in lower case. The words are
//! cut when an event asks for them, which most claims never get to.

use std::cell::OnceCell;

use crate::short::lowered;

/// Words of a text once they are asked for; most actions have no event near the day.
pub(super) struct Asked<'a> {
    text: &'a str,
    words: OnceCell<Words>,
}

impl<'a> Asked<'a> {
    pub(super) fn of(text: &'a str) -> Asked<'a> {
        Asked {
            text,
            words: OnceCell::new(),
        }
    }

    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self.text))
    }
}

/// A text in lower case and where its words stand.
pub(super) struct Words {
    pub(super) lower: String,
    pub(super) places: Vec<(usize, usize)>,
    /// Which pairs of letters occur.
    pairs: [u64; 16],
    /// Which first letters and lengths occur.
    sorts: [u64; 4],
}

/// Where a pair of letters is noted.
fn pair(first: u8, second: u8) -> (usize, u64) {
    let own = usize::from(first & 31) + 32 * usize::from(second & 31);
    (own / 64, 1 << (own % 64))
}

/// Where a word of a first letter and length is noted.
fn sort(first: Option<&u8>, length: usize) -> (usize, u64) {
    let own = usize::from(first.copied().unwrap_or(0) & 31) + 32 * (length & 7);
    (own / 64, 1 << (own % 64))
}

impl Words {
    pub(super) fn of(text: &str) -> Words {
        let lower = lowered(text);
        let mut places = Vec::with_capacity(lower.len() / 4);
        if lower.is_ascii() {
            let of_word = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
            let bytes = lower.as_bytes();
            let mut at = 0;
            while at < bytes.len() {
                let own = bytes[at..].iter().take_while(|b| of_word(**b)).count();
                if own > 0 {
                    places.push((at, at + own));
                }
                at += own + 1;
            }
            return Words::at(lower, places);
        }
        let mut start = None;
        for (place, c) in lower.char_indices() {
            let of_word = if c.is_ascii() {
                c.is_ascii_alphanumeric() || c == '-'
            } else {
                c.is_alphanumeric()
            };
            match (of_word, start) {
                (true, None) => start = Some(place),
                (false, Some(from)) => {
                    places.push((from, place));
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(from) = start {
            places.push((from, lower.len()));
        }
        Words::at(lower, places)
    }

    fn at(lower: String, places: Vec<(usize, usize)>) -> Words {
        let mut pairs = [0; 16];
        for two in lower.as_bytes().windows(2) {
            let (place, bit) = pair(two[0], two[1]);
            pairs[place] |= bit;
        }
        let mut sorts = [0; 4];
        for (from, to) in &places {
            let (place, bit) = sort(lower.as_bytes().get(*from), to - from);
            sorts[place] |= bit;
        }
        Words {
            lower,
            places,
            pairs,
            sorts,
        }
    }

    /// Whether some letters stand together anywhere.
    pub(super) fn contains(&self, letters: &str) -> bool {
        let mut pairs = letters.as_bytes().windows(2).take(3);
        pairs.all(|two| {
            let (place, bit) = pair(two[0], two[1]);
            self.pairs[place] & bit != 0
        }) && self.lower.contains(letters)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        let bytes = self.lower.as_bytes();
        let (place, bit) = sort(word.as_bytes().first(), word.len());
        if self.sorts[place] & bit == 0 {
            return false;
        }
        self.places.iter().any(|(from, to)| {
            to - from == word.len() && bytes.get(*from..*to) == Some(word.as_bytes())
        })
    }
}
