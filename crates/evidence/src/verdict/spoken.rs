//! Quotes against recorded words.
//!
//! The words inside the marks are compared with the record's quotes of that speaker. All of them in the recorded order is
//! supported; fewer is misquoted, with the changed words; the same words in another mouth are misquoted too. Without a
//! recorded wording there is not enough data, whatever other articles print.

use super::{Answer, Check};
use crate::drift::spoken;
use crate::lexicon::{Event, RecordedQuote};
use crate::model::{Claim, QuoteKind, Row, Speaker, VerdictKind};
use crate::short::{self, Text, text};
use crate::text::low_is;
use crate::wording::{Near, Recorded, Word, changed, common, words, written};

/// Share of the words that must be the record's, in its order.
const SAME: f64 = 0.92;
/// The same for a translation, since another translation has other words.
const SAME_TRANSLATED: f64 = 0.7;

/// Ways in which a quote says the opposite of the record.
pub(crate) const TURNED: [&str; 2] = [
    "a negation was added or dropped",
    "the record negates these words, and the text does not",
];
/// Words of a quote up to which they must stand together in the record.
const SHORT_QUOTE: usize = 5;
/// Words that may stand between them.
const GAP: usize = 1;
/// Days between a text and the remark that it rewrites.
const RECENT: i32 = 45;
/// Letters of a word that alone is told from a term.
const LONG_WORD: usize = 7;
/// Words that a rewritten remark in another mouth must have, and the share of them that the record has.
const REWRITTEN: usize = 7;

/// Words that turn a statement around, however they are written.
fn negates(word: &str) -> bool {
    const WORDS: [&str; 9] = [
        "not", "no", "never", "without", "neither", "nor", "cannot", "nothing", "nobody",
    ];
    if !matches!(
        word.as_bytes().first(),
        Some(b'n' | b'N' | b'w' | b'W' | b'c' | b'C')
    ) && !matches!(word.as_bytes().last(), Some(b't' | b'T'))
    {
        return false;
    }
    let ends = |with: &str| {
        let from = word.len().checked_sub(with.len());
        from.and_then(|from| word.as_bytes().get(from..))
            .is_some_and(|end| end.eq_ignore_ascii_case(with.as_bytes()))
    };
    WORDS.iter().any(|w| word.eq_ignore_ascii_case(w)) || ends("n't") || ends("n’t")
}

/// What is at the places of a list that are not among others, both in order.
fn others<'a>(
    words: impl Iterator<Item = &'a str>,
    kept: impl Iterator<Item = usize>,
) -> impl Iterator<Item = &'a str> {
    let mut kept = kept.peekable();
    words
        .enumerate()
        .filter(move |(place, _)| kept.next_if_eq(place).is_none())
        .map(|(_, word)| word)
}

/// The row of a recorded quote.
fn quoted(event: &Event, quote: &RecordedQuote) -> Row {
    let day = short::day(event.date);
    Row {
        series: "events".into(),
        key: Text::from(&event.id),
        value: short::joined(&[&quote.speaker, ": \"", &quote.text, "\""]),
        vintage: short::joined(&[&day, ", ", &event.source, " (", &quote.kind, ")"]),
    }
}

/// Whether the words that a quote shares with a record stand nowhere together in it, up to `gap` words apart.
fn scattered(a: &[Word], record: &str, shared: usize, gap: usize) -> bool {
    let b = words(record);
    let width = (a.len() + gap).min(b.len());
    shared > 0
        && !b
            .windows(width.max(1))
            .any(|w| common(a, w).len() >= shared)
}

impl Check<'_> {
    /// Why a quote that has the record's words says something else: a negation or a number that only one of them has.
    fn turned(
        &self,
        (own, count): (&str, usize),
        found: &Recorded<'_>,
        claim: &Claim,
    ) -> Option<&'static str> {
        let (record, same) = (found.quote.text.as_str(), &found.pairs);
        let (from, to) = (same.first()?.1, same.last()?.1);
        // Most quotes have every word of the record from their first to their last.
        let whole = (count == same.len(), to - from + 1 == same.len());
        let added = || others(written(own), same.iter().map(|p| p.0));
        let missing = || {
            let stretch = written(record).take(to + 1).skip(from);
            others(stretch, same.iter().map(|p| p.1 - from))
        };
        if whole != (true, true) {
            if added().any(negates) != missing().any(negates) {
                return Some(TURNED[0]);
            }
            let digits = |w: &str| w.contains(|c: char| c.is_ascii_digit());
            if added().any(digits) && missing().any(digits) {
                return Some("a number was changed");
            }
        }
        // "Not as a tool for bargaining" quoted as "a tool for bargaining".
        let mut before = written(record).take(from).skip(from.saturating_sub(3));
        if !before.any(negates) || written(own).any(negates) {
            return None;
        }
        let page = self.page;
        let start = page
            .tokens
            .partition_point(|t| page.offsets.point(t.start) < claim.sentence.start);
        let end = page
            .tokens
            .partition_point(|t| page.offsets.point(t.start) < claim.sentence.end);
        let told = (start..end).any(|t| {
            negates(page.low(t))
                || low_is!(page, t, "denied" | "denies" | "rejected" | "n't" | "n’t")
        });
        (!told).then_some(TURNED[1])
    }

    /// A single word, if the speaker used it in a recent remark and nobody else of the record did.
    fn one_word(&self, own: &str, speaker: Option<&Speaker>) -> Option<Answer> {
        let day = self.day?;
        let word = words(own).first().copied()?;
        if (word.letters as usize) < LONG_WORD {
            return None;
        }
        let name = speaker.filter(|s| s.certain)?.name.as_deref()?;
        let (event, quote) = self.lexicon.events.iter().rev().find_map(|e| {
            let near = e.date <= day.plus_days(1) && day - e.date <= RECENT;
            let quote = e
                .quotes
                .iter()
                .find(|q| q.speaker.ends_with(name) && words(&q.text).contains(&word))?;
            near.then_some((e, quote))
        })?;
        Some(
            Answer::with(
                VerdictKind::Supported,
                quoted(event, quote),
                "the word stands in the recorded remark",
            )
            .unsure("one word of a remark"),
        )
    }

    /// Nearly all words of a recent remark in another order or another mouth.
    fn reordered(&self, mine: &[Word], speaker: Option<&Speaker>) -> Option<Answer> {
        let day = self.day?;
        let name = speaker.filter(|s| s.certain)?.name.as_deref()?;
        if mine.len() < REWRITTEN {
            return None;
        }
        let (event, quote, shared) =
            self.lexicon
                .quotes_with(mine)
                .into_iter()
                .find_map(|(number, place, bag)| {
                    let event = self.lexicon.events.get(number)?;
                    let quote = event.quotes.get(place)?;
                    let near = event.date <= day.plus_days(1) && day - event.date <= RECENT;
                    if !near || bag * 10 < mine.len() * 8 {
                        return None;
                    }
                    let theirs = self.lexicon.quoted.get(number)?.get(place)?;
                    let long = mine
                        .iter()
                        .filter(|w| w.letters > 4 && theirs.contains(w))
                        .count();
                    let all_long = mine
                        .iter()
                        .filter(|w| w.letters > 4)
                        .all(|w| theirs.contains(w));
                    (long >= 3 && all_long).then_some((event, quote, bag))
                })?;
        let whose = if quote.speaker.ends_with(name) {
            "in another order"
        } else {
            "and are of somebody else"
        };
        Some(
            Answer::with(
                VerdictKind::Misquoted,
                quoted(event, quote),
                text!(
                    "{shared} of {} words stand in the record {whose}: {}",
                    mine.len(),
                    quote.speaker
                ),
            )
            .unsure("the words may have been said again by another"),
        )
    }

    pub(super) fn spoken(&self, claim: &Claim) -> Answer {
        let Some(first) = claim.quote.and_then(|q| self.quotes.get(q)) else {
            return Answer::bare(VerdictKind::NotEnoughData, "no words");
        };
        let text = spoken(self.quotes, claim);
        let whole;
        let near = match claim.quote.and_then(|q| self.nearest.get(q)?.as_ref()) {
            // What goes on in no other marks was looked for already.
            Some(near) if text == first.text => near,
            _ => {
                whole = Near::of(&text, first.speaker.as_ref(), self.lexicon);
                &whole
            }
        };
        let own = &near.words;
        if own.len() == 1
            && let Some(answer) = self.one_word(&text, first.speaker.as_ref())
        {
            return answer;
        }
        let Some(found) = &near.recorded else {
            if let Some(answer) = self.reordered(own, first.speaker.as_ref()) {
                return answer;
            }
            return Answer::bare(
                VerdictKind::NotEnoughData,
                "the record holds no words of this speaker that resemble these",
            )
            .unsure("the words may be real and unrecorded");
        };
        let mut rows = vec![quoted(found.event, found.quote)];
        if self.day.is_some_and(|d| found.event.date > d.plus_days(1)) {
            rows[0].vintage.push_str("; later than the document");
        }
        let difference = changed((&text, own.len()), &found.quote.text, &found.pairs);
        let translated = found.quote.kind == "translation";
        let uncertainty = if translated {
            "the record's wording is a translation; other translations differ in words"
        } else {
            ""
        };
        let anonymous = first.speaker.as_ref().is_none_or(|s| !s.certain);
        if !found.same_speaker && found.likeness >= SAME && !anonymous && own.len() >= 5 {
            return Answer {
                verdict: VerdictKind::Misquoted,
                rows,
                now: None,
                arithmetic: text!("the record gives these words to {}", found.quote.speaker),
                uncertainty: uncertainty.into(),
            };
        }
        let needed = if translated && found.same_speaker {
            SAME_TRANSLATED
        } else {
            SAME
        };
        if found.likeness >= needed
            && let Some(why) = self.turned((&text, own.len()), found, claim)
        {
            return Answer {
                verdict: VerdictKind::Misquoted,
                rows,
                now: None,
                arithmetic: text!("{why}; {difference}"),
                uncertainty: uncertainty.into(),
            };
        }
        // A few words that stand far apart in the record are not its words.
        if found.likeness >= needed
            && own.len() <= SHORT_QUOTE
            && scattered(
                own,
                &found.quote.text,
                found.pairs.len(),
                if translated { 2 * GAP } else { GAP },
            )
        {
            return Answer {
                verdict: VerdictKind::NotEnoughData,
                rows,
                now: None,
                arithmetic: "the record has these words, but not together".into(),
                uncertainty: uncertainty.into(),
            };
        }
        if found.likeness >= needed {
            return Answer {
                verdict: VerdictKind::Supported,
                rows,
                now: None,
                arithmetic: text!(
                    "{:.0}% of the words in the recorded order; {difference}",
                    100.0 * found.likeness
                ),
                uncertainty: uncertainty.into(),
            };
        }
        // Words of several sentences that the record holds in another order or with a gap count as rewritten.
        let weak =
            found.likeness < 0.34 || found.pairs.len() < 3 && first.kind != QuoteKind::Fragment;
        let verdict = if weak && (!found.same_speaker || found.pairs.len() < 3) {
            VerdictKind::NotEnoughData
        } else {
            VerdictKind::Misquoted
        };
        Answer {
            verdict,
            rows,
            now: None,
            arithmetic: text!(
                "{:.0}% of the words in the recorded order; {difference}",
                100.0 * found.likeness
            ),
            uncertainty: uncertainty.into(),
        }
    }
}
