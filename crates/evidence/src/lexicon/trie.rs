//! Phrases as paths of words, matched against tokens in one pass.
//!
//! Words are numbered by a fixed hash table, nodes hold their branches sorted. At every token the walk goes at most as deep
//! as the longest phrase; of the matches of one entry the longest is kept. Phrases are cut by the same tokenizer as the text,
//! and both kinds of apostrophe are one.

use super::{Hit, What};
use crate::text::token::{self, Token};

const BUCKETS: usize = 8192;

#[derive(Debug, Clone)]
pub(crate) struct Trie {
    words: Vec<Vec<(Box<str>, u32)>>,
    count: u32,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    branches: Vec<(u32, u32)>,
    ends: Vec<What>,
}

impl Default for Trie {
    fn default() -> Trie {
        Trie {
            words: vec![Vec::new(); BUCKETS],
            count: 0,
            nodes: vec![Node::default()],
        }
    }
}

/// FNV-1a (Fowler, Noll, Vo) of the bytes, cut to the table.
fn bucket(word: &str) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in word.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (hash ^ (hash >> 32)) as usize % BUCKETS
}

/// A word as the table spells it: typographic apostrophes are plain.
fn plain(word: &str) -> std::borrow::Cow<'_, str> {
    if word.contains('’') {
        word.replace('’', "'").into()
    } else {
        word.into()
    }
}

impl Trie {
    pub(crate) fn add(&mut self, phrase: &str, what: What) {
        let lower = phrase.to_ascii_lowercase();
        let mut node = 0_usize;
        for token in token::tokens(&lower) {
            let word = self.number(&plain(lower.get(token.start..token.end).unwrap_or("")));
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

    fn number(&mut self, word: &str) -> u32 {
        if let Some(known) = self.find(word) {
            return known;
        }
        self.count += 1;
        self.words[bucket(word)].push((word.into(), self.count));
        self.count
    }

    fn find(&self, word: &str) -> Option<u32> {
        self.words[bucket(word)]
            .iter()
            .find(|(known, _)| &**known == word)
            .map(|(_, number)| *number)
    }

    pub(crate) fn hits(&self, lower: &str, tokens: &[Token]) -> Vec<Hit> {
        let numbers: Vec<u32> = tokens
            .iter()
            .map(|t| {
                self.find(&plain(lower.get(t.start..t.end).unwrap_or("")))
                    .unwrap_or(0)
            })
            .collect();
        let mut out: Vec<Hit> = Vec::new();
        for first in 0..numbers.len() {
            let start = out.len();
            let mut node = &self.nodes[0];
            for (last, number) in numbers.iter().enumerate().skip(first) {
                let Ok(place) = node.branches.binary_search_by_key(number, |b| b.0) else {
                    break;
                };
                node = &self.nodes[node.branches[place].1 as usize];
                for what in &node.ends {
                    let hit = Hit {
                        first: first as u32,
                        last: last as u32,
                        what: *what,
                    };
                    // A longer match of the same entry or of another one of its kind replaces the shorter.
                    match out[start..]
                        .iter_mut()
                        .find(|h| same_kind(h.what, *what) && h.last < last as u32)
                    {
                        Some(shorter) => *shorter = hit,
                        None => out.push(hit),
                    }
                }
            }
        }
        out
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
