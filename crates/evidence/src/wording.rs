//! Words of quotes compared: longest common subsequence, likeness, the record's nearest wording.
//!
//! Words are compared in lower case without marks. Likeness is the share of a text's words that another has in the same
//! order; a recorded quote is near if its speaker fits and a third of the words do, or if nearly all words do whoever spoke.
//! At most [`MOST_WORDS`] words of a text are compared, which bounds the table of the subsequence.

use std::collections::BTreeSet;

use crate::lexicon::{Event, Lexicon, RecordedQuote};
use crate::model::Quote;

const MOST_WORDS: usize = 160;

/// Words of a quote for comparison: lower case, without marks; contractions lose their apostrophe.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .map(|w| {
            w.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|w| !w.is_empty())
        .take(MOST_WORDS)
        .collect()
}

/// Places in `a` and `b` of a longest common subsequence.
pub(crate) fn common(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut table = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i * width + j] = if a[i] == b[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Common words as a share of the first text's words, halved where they are scattered.
pub(crate) fn likeness(a: &[String], b: &[String]) -> f64 {
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
    /// Common words.
    pub(crate) words: usize,
    pub(crate) same_speaker: bool,
}

/// The nearest quote of the record: of the same speaker, or of anybody if the words agree almost wholly.
pub(crate) fn recorded<'a>(quote: &Quote, lexicon: &'a Lexicon) -> Option<Recorded<'a>> {
    let own = words(&quote.text);
    if own.len() < 2 {
        return None;
    }
    let mut best: Option<Recorded<'a>> = None;
    for (number, place, bag) in lexicon.quotes_with(&own) {
        let (Some(event), Some(texts)) = (lexicon.events.get(number), lexicon.quoted.get(number))
        else {
            continue;
        };
        if let (Some(record), Some(theirs)) = (event.quotes.get(place), texts.get(place)) {
            // Too few common words in any order need no comparison in order.
            if bag < 2 || bag * 10 < own.len() * 3 {
                continue;
            }
            let shared = common(&own, theirs).len();
            let like = shared as f64 / own.len() as f64;
            let same = same_speaker(quote, record, lexicon);
            let needed = if same { 0.3 } else { 0.9 };
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
                    words: shared,
                    same_speaker: same,
                });
            }
        }
    }
    best
}

fn same_speaker(quote: &Quote, record: &RecordedQuote, lexicon: &Lexicon) -> bool {
    let Some(speaker) = &quote.speaker else {
        return false;
    };
    if speaker
        .name
        .as_deref()
        .is_some_and(|n| n == record.speaker || record.speaker.ends_with(&format!(" {n}")))
    {
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

/// The words of `own` that `reference` does not have at that place, and those it lacks.
pub(crate) fn changes(own: &str, reference: &str) -> String {
    let (a, b) = (words(own), words(reference));
    let same = common(&a, &b);
    let kept_a: BTreeSet<usize> = same.iter().map(|p| p.0).collect();
    let kept_b: BTreeSet<usize> = same.iter().map(|p| p.1).collect();
    let pick = |list: &[String], kept: &BTreeSet<usize>| {
        list.iter()
            .enumerate()
            .filter(|(n, _)| !kept.contains(n))
            .map(|(_, w)| w.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let last_b = same.last().map_or(0, |p| p.1);
    let missing: Vec<&str> = b
        .iter()
        .enumerate()
        .filter(|(n, _)| !kept_b.contains(n) && *n < last_b)
        .map(|(_, w)| w.as_str())
        .collect();
    format!(
        "added: {}; missing: {}",
        non_empty(&pick(&a, &kept_a)),
        non_empty(&missing.join(" "))
    )
}

fn non_empty(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

/// Words from two different recorded quotes of one event in one pair of marks.
pub(crate) fn merged(quote: &Quote, lexicon: &Lexicon) -> bool {
    let own = words(&quote.text);
    if own.len() < 4 {
        return false;
    }
    let mut near: Vec<usize> = lexicon.quotes_with(&own).into_iter().map(|f| f.0).collect();
    near.dedup();
    for event in near.into_iter().filter_map(|n| lexicon.events.get(n)) {
        let of: Vec<&RecordedQuote> = event
            .quotes
            .iter()
            .filter(|r| same_speaker(quote, r, lexicon))
            .collect();
        if of.len() < 2 {
            continue;
        }
        let pool: Vec<Vec<String>> = of.iter().map(|r| words(&r.text)).collect();
        if pool.iter().any(|p| likeness(&own, p) > 0.92) {
            return false;
        }
        let covered = own
            .iter()
            .filter(|w| pool.iter().any(|p| p.contains(w)))
            .count();
        let single = pool
            .iter()
            .map(|p| common(&own, p).len())
            .max()
            .unwrap_or(0);
        if covered * 10 >= own.len() * 9 && single < covered {
            return true;
        }
    }
    false
}
