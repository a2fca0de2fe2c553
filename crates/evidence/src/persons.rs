//! What looks like a person's name.
//!
//! A run of two to four capitalized words that are nothing else the lexicon knows is taken for a person. A surname behind "Mr" or "Dame"
//! is the person whom the text named before, or the only one of that surname in the tables; two of one surname name nobody.

use std::collections::BTreeMap;

use crate::lexicon::{Cue, Lexicon, What};
use crate::short::Text;
use crate::text::{Page, low_is};

/// "Mr", "Ms": what stands before a surname.
pub(crate) fn honorific(word: &str) -> bool {
    matches!(word, "mr" | "mrs" | "ms" | "dr" | "sir" | "dame" | "lord")
}

/// The person behind "Mr Berglund": the one whom the text named before, or the only one of that surname in the tables.
pub(crate) fn surnamed(
    lexicon: &Lexicon,
    known: &BTreeMap<Text, Text>,
    lower: &str,
    word: &str,
) -> Option<Text> {
    if let Some(name) = known.get(&Text::of(lower)) {
        return Some(name.clone());
    }
    let mut of_that_name = lexicon.people.iter().filter(|p| {
        p.name
            .strip_suffix(word)
            .is_some_and(|first| first.ends_with(' '))
    });
    let only = of_that_name.next()?;
    of_that_name
        .next()
        .is_none()
        .then(|| Text::from(&only.name))
}

/// Whether a capitalized run looks like a person: two to four words, none of them a place, house, month, measure or role.
pub(crate) fn plausible(page: &Page<'_>, lexicon: &Lexicon, at: usize, last: usize) -> bool {
    let words = (at..=last).filter(|p| page.tokens[*p].is_word()).count();
    if !(2..=4).contains(&words) {
        return false;
    }
    // "(Pacific Wire)" in a dateline is an agency.
    if at > 0 && page.low(at - 1) == "(" {
        return false;
    }
    let block = page.blocks.partition_point(|b| b.last < at);
    if page.blocks.get(block).is_some_and(|b| b.heading) {
        return false;
    }
    let other = What::PLACE
        | What::ORGANIZATION
        | What::MEASURE
        | Cue::Role.bit()
        | Cue::Outcome.bit()
        | Cue::OrganizationEnd.bit()
        | Cue::Former.bit()
        | Cue::Holder.bit()
        | Cue::Say.bit()
        | Cue::Common.bit();
    if page.classes_in(at, last) & other != 0 {
        return false;
    }
    (at..=last).all(|p| {
        let word = page.word(p);
        let letters = word.chars().count();
        let proper = !page.tokens[p].is_word()
            || letters == 1
            || word.chars().skip(1).any(char::is_lowercase)
            || low_is!(page, p, "de" | "van" | "von" | "der" | "al");
        proper
            && crate::when::month(page.low(p))
                .is_none_or(|_| low_is!(page, p, "may") || page.low(p).len() < 3)
    }) && !lexicon.people.is_empty()
}
