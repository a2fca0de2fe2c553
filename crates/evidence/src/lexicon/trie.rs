//! Phrases as paths of words, matched against tokens in one pass.
//!
//! Words are numbered by a fixed open table of their hashes; the branches of the root are an array over word numbers, so that
//! a token no phrase begins with costs one look-up. At every other token the walk goes at most as deep as the longest phrase;
//! of the matches of one entry the longest is kept. Phrases are cut by the same tokenizer as the text, and both kinds of
//! apostrophe are one.

use super::{Entries, Hit, What};
use crate::text::token::{self, Kind, Token};

#[derive(Debug, Clone, Default)]
pub(crate) struct Trie {
    table: Table,
    nodes: Vec<Node>,
    /// Node behind the root for every word number; 0 for none.
    roots: Vec<u32>,
    /// The nodes laid out for walking.
    steps: Vec<Step>,
    branches: Vec<(u32, u32)>,
    ends: Vec<What>,
}

/// A node whose branches and entries stand with those of all nodes, so that a walk touches little memory.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    branches: (u32, u32),
    ends: (u32, u32),
    /// Bits of its entries.
    classes: u64,
}

#[derive(Debug, Clone, Default)]
struct Node {
    branches: Vec<(u32, u32)>,
    ends: Vec<What>,
}

/// Word numbers by key, open addressing with linear steps; at most half full.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Key and number (0: empty) of each slot.
    slots: Vec<(u64, u32)>,
    /// Place of each word in `letters`, by number - 1.
    places: Vec<(u32, u32)>,
    letters: String,
}

/// FNV-1a (Fowler, Noll, Vo), eight bytes a step, with a final mix; typographic apostrophes count as plain ones.
#[inline]
const fn hashed(word: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut left = word;
    while let Some((eight, behind)) = left.split_first_chunk() {
        hash = (hash ^ u64::from_le_bytes(*eight)).wrapping_mul(PRIME);
        hash ^= hash >> 29;
        left = behind;
    }
    let mut rest = 0_u64;
    while let Some((byte, behind)) = left.split_first() {
        rest = (rest << 8) | *byte as u64;
        left = behind;
    }
    hash = (hash ^ rest ^ ((word.len() as u64) << 56)).wrapping_mul(PRIME);
    hash ^ (hash >> 31)
}

/// Most bytes of a word that is its own key.
const PACKED: usize = 7;

/// A word as a number: up to [`PACKED`] bytes with their count, which no other word has, else its hash with the upper bit set.
pub(crate) const fn key(word: &str) -> u64 {
    key_of(word.as_bytes())
}

const fn key_of(bytes: &[u8]) -> u64 {
    if bytes.len() > PACKED {
        return hashed(bytes) | (1 << 63);
    }
    let mut eight = [0; 8];
    let mut at = 0;
    while at < bytes.len() {
        eight[at] = bytes[at];
        at += 1;
    }
    packed(eight, bytes.len())
}

/// The key of the first `length` bytes, at most [`PACKED`] of them.
#[inline]
const fn packed(eight: [u8; 8], length: usize) -> u64 {
    let own = (1 << (8 * length)) - 1;
    (u64::from_le_bytes(eight) & own) | ((length as u64) << 56)
}

/// The keys of tokens into an empty list; `lower` is their text in lower case.
pub(crate) fn keys(lower: &str, tokens: &[Token], out: &mut Vec<u64>) {
    let bytes = lower.as_bytes();
    let of = |token: &Token| {
        let length = token.end - token.start;
        // Most words are short, and eight bytes stand behind their start.
        if length <= PACKED
            && let Some(eight) = bytes.get(token.start..).and_then(<[u8]>::first_chunk)
        {
            return packed(*eight, length);
        }
        key(lower.get(token.start..token.end).unwrap_or(""))
    };
    out.extend(tokens.iter().map(of));
}

/// Where the search for a key begins.
#[inline]
fn first_slot(key: u64, mask: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask
}

/// A word as the table spells it: typographic apostrophes are plain.
fn plain(word: &str) -> std::borrow::Cow<'_, str> {
    if !word.is_ascii() && word.contains('’') {
        word.replace('’', "'").into()
    } else {
        word.into()
    }
}

impl Table {
    /// The number of a word, from 1.
    pub(crate) fn find(&self, word: &(impl AsRef<[u8]> + ?Sized)) -> Option<u32> {
        let word = word.as_ref();
        self.found(key_of(word), || word)
    }

    /// The number of the word of a key; `word` is compared where the key is a hash.
    #[inline]
    fn found<'w>(&self, key: u64, word: impl Fn() -> &'w [u8]) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = first_slot(key, mask);
        loop {
            let (known, number) = self.slots[at];
            if number == 0 {
                return None;
            }
            if known == key && (key >> 63 == 0 || self.word(number).as_bytes() == word()) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    fn word(&self, number: u32) -> &str {
        self.places
            .get(number as usize - 1)
            .and_then(|(start, end)| self.letters.get(*start as usize..*end as usize))
            .unwrap_or("")
    }

    /// Words in the table.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The number of a word, a new one if it has none.
    pub(crate) fn number(&mut self, word: &str) -> u32 {
        if let Some(known) = self.find(word) {
            return known;
        }
        if self.slots.len() < 2 * (self.places.len() + 1) {
            let size = (2 * self.slots.len()).max(64);
            self.slots = vec![(0, 0); size];
            for known in 1..=self.places.len() as u32 {
                let key = key(self.word(known));
                self.put(key, known);
            }
        }
        let start = self.letters.len() as u32;
        self.letters.push_str(word);
        self.places.push((start, self.letters.len() as u32));
        let number = self.places.len() as u32;
        self.put(key(word), number);
        number
    }

    fn put(&mut self, key: u64, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = first_slot(key, mask);
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, number);
    }
}

impl Trie {
    pub(crate) fn add(&mut self, phrase: &str, what: What) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let lower = phrase.to_ascii_lowercase();
        let mut node = 0_usize;
        for token in token::tokens(&lower) {
            let word = self
                .table
                .number(&plain(lower.get(token.start..token.end).unwrap_or("")));
            let found = self.nodes[node]
                .branches
                .binary_search_by_key(&word, |b| b.0);
            node = match found {
                Ok(place) => self.nodes[node].branches[place].1 as usize,
                Err(place) => {
                    let new = self.nodes.len();
                    self.nodes.push(Node::default());
                    self.nodes[node].branches.insert(place, (word, new as u32));
                    new
                }
            };
        }
        if node != 0 && !self.nodes[node].ends.contains(&what) {
            self.nodes[node].ends.push(what);
        }
    }

    /// Lays out the nodes for walking; call it after the last phrase.
    pub(crate) fn close(&mut self) {
        for node in &self.nodes {
            let (branches, ends) = (self.branches.len() as u32, self.ends.len() as u32);
            self.branches.extend(&node.branches);
            self.ends.extend(&node.ends);
            self.steps.push(Step {
                branches: (branches, self.branches.len() as u32),
                ends: (ends, self.ends.len() as u32),
                classes: node.ends.iter().fold(0, |all, what| all | what.bit()),
            });
        }
        self.roots = vec![0; self.table.places.len() + 1];
        if let Some(root) = self.nodes.first() {
            for (word, node) in &root.branches {
                self.roots[*word as usize] = *node;
            }
        }
    }

    /// Entries in tokens with their keys, on empty lists.
    pub(crate) fn entries(
        &self,
        lower: &str,
        tokens: &[Token],
        keys: &[u64],
        mut out: Entries,
    ) -> Entries {
        out.from.resize(tokens.len() + 1, 0);
        out.classes.resize(tokens.len(), 0);
        if self.roots.is_empty() {
            return out;
        }
        let word = |t: &Token| lower.get(t.start..t.end).unwrap_or("");
        let number = |(t, key): (&Token, &u64)| match t.kind {
            Kind::Suffix | Kind::Mark('’') => {
                // "’s": few bytes, of which the first is the mark.
                let own = word(t);
                let mut bytes = [b'\''; 8];
                let rest = own.strip_prefix('’').map(str::as_bytes);
                let rest = rest.filter(|r| r.is_ascii() && r.len() < bytes.len());
                match rest.and_then(|r| Some((r, bytes.get_mut(1..=r.len())?))) {
                    Some((rest, room)) => {
                        room.copy_from_slice(rest);
                        let length = rest.len() + 1;
                        self.table.find(&bytes[..length]).unwrap_or(0)
                    }
                    None => self.table.find(&*plain(own)).unwrap_or(0),
                }
            }
            _ => self.table.found(*key, || word(t).as_bytes()).unwrap_or(0),
        };
        out.numbers.extend(tokens.iter().zip(keys).map(number));
        let places = out.from.iter_mut().zip(&mut out.classes);
        for ((first, number), (from, class)) in out.numbers.iter().enumerate().zip(places) {
            *from = out.hits.len() as u32;
            let root = self.roots[*number as usize];
            if root != 0 {
                let node = self.steps[root as usize];
                *class = self.walk(&out.numbers, first, node, &mut out.hits);
            }
        }
        if let Some(end) = out.from.last_mut() {
            *end = out.hits.len() as u32;
        }
        out
    }

    /// Adds the entries that begin with a token and gives their bits.
    fn walk(&self, numbers: &[u32], first: usize, mut node: Step, hits: &mut Vec<Hit>) -> u64 {
        let start = hits.len();
        let mut class = node.classes;
        let alone = self.ends[node.ends.0 as usize..node.ends.1 as usize].iter();
        hits.extend(alone.map(|what| Hit {
            first: first as u32,
            last: first as u32,
            what: *what,
        }));
        let mut last = first;
        while node.branches.0 < node.branches.1 {
            last += 1;
            let Some(next) = numbers.get(last).filter(|n| **n != 0) else {
                break;
            };
            let branches = &self.branches[node.branches.0 as usize..node.branches.1 as usize];
            let Ok(place) = branches.binary_search_by_key(next, |b| b.0) else {
                break;
            };
            node = self.steps[branches[place].1 as usize];
            class |= node.classes;
            for what in &self.ends[node.ends.0 as usize..node.ends.1 as usize] {
                let hit = Hit {
                    first: first as u32,
                    last: last as u32,
                    what: *what,
                };
                // A longer match of the same entry or of another one of its kind replaces the shorter.
                match hits[start..]
                    .iter_mut()
                    .find(|h| same_kind(h.what, *what) && h.last < last as u32)
                {
                    Some(shorter) => *shorter = hit,
                    None => hits.push(hit),
                }
            }
        }
        class
    }
}

fn same_kind(a: What, b: What) -> bool {
    match (a, b) {
        (What::Cue(a), What::Cue(b)) => a == b,
        (What::Action(_), What::Action(_))
        | (What::Person(_), What::Person(_))
        | (What::Organization(_), What::Organization(_))
        | (What::Place(_), What::Place(_))
        | (What::Measure(_), What::Measure(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;
    use crate::lexicon::Lexicon;

    const TEXT: &str = "Japan’s finance minister, Katsunobu Kato, didn’t say the U.S. would sell €5bn 円 of destabilization.";

    fn all(lower: &str, tokens: &[Token]) -> Vec<u64> {
        let mut out = Vec::new();
        keys(lower, tokens, &mut out);
        out
    }

    #[test]
    fn a_token_has_the_key_of_its_word() {
        let lower = TEXT.to_ascii_lowercase();
        let tokens = token::tokens(TEXT);
        let keys = all(&lower, &tokens);
        for (token, own) in tokens.iter().zip(&keys) {
            assert_eq!(*own, key(&lower[token.start..token.end]));
        }
        // Words of up to seven bytes are told apart by their keys, longer ones by bit 63.
        let mut short: Vec<&str> = tokens.iter().map(|t| &lower[t.start..t.end]).collect();
        short.retain(|w| w.len() <= PACKED);
        short.sort_unstable();
        short.dedup();
        let mut own: Vec<u64> = short.iter().map(|w| key(w)).collect();
        own.sort_unstable();
        own.dedup();
        assert_eq!(own.len(), short.len());
        assert!(own.iter().all(|k| k >> 63 == 0));
        assert_eq!(key("destabilization") >> 63, 1);
        assert_eq!(key(""), 0);
    }

    #[test]
    fn entries_stand_where_they_begin() {
        let lexicon = Lexicon::embedded().unwrap();
        let lower = TEXT.to_ascii_lowercase();
        let tokens = token::tokens(TEXT);
        let entries = lexicon.entries(&lower, &tokens, &all(&lower, &tokens), Entries::default());
        assert!(!entries.hits.is_empty());
        assert_eq!(entries.from.len(), tokens.len() + 1);
        for at in 0..tokens.len() {
            let (from, to) = (entries.from[at] as usize, entries.from[at + 1] as usize);
            let own = &entries.hits[from..to];
            assert!(
                own.iter()
                    .all(|h| h.first as usize == at && h.last >= h.first)
            );
            let class = own.iter().fold(0, |all, h| all | h.what.bit());
            assert_eq!(entries.classes[at], class);
        }
        assert_eq!(entries.from[tokens.len()] as usize, entries.hits.len());
    }
}
