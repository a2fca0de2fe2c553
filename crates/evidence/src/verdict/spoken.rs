//! Quotes against recorded words.
//!
//! The words inside the marks are compared with the record's quotes of that speaker. All of them in the recorded order is
//! supported; fewer is misquoted, with the changed words; the same words in another mouth are misquoted too. Without a
//! recorded wording there is not enough data, whatever other articles print.

use super::{Answer, Check};
use crate::drift::spoken;
use crate::model::{Claim, QuoteKind, Row, VerdictKind};
use crate::short::{Text, text};
use crate::wording::{changes, recorded, words};

/// Share of the words that must be the record's, in its order.
const SAME: f64 = 0.92;
/// The same for a translation, since another translation has other words.
const SAME_TRANSLATED: f64 = 0.7;

impl Check<'_> {
    pub(super) fn spoken(&self, claim: &Claim) -> Answer {
        let Some(first) = claim.quote.and_then(|q| self.quotes.get(q)) else {
            return Answer::bare(VerdictKind::NotEnoughData, "no words");
        };
        let text = spoken(self.quotes, claim);
        let own = words(&text);
        let Some(found) = recorded(&own, first.speaker.as_ref(), self.lexicon) else {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                "the record holds no words of this speaker that resemble these",
            )
            .unsure("the words may be real and unrecorded");
        };
        let mut rows = vec![Row {
            series: "events".into(),
            key: Text::from(&found.event.id),
            value: text!("{}: \"{}\"", found.quote.speaker, found.quote.text),
            vintage: text!(
                "{}, {} ({})",
                found.event.date,
                found.event.source,
                found.quote.kind
            ),
        }];
        if self.day.is_some_and(|d| found.event.date > d.plus_days(1)) {
            rows[0].vintage.push_str("; later than the document");
        }
        let difference = changes(&text, &found.quote.text);
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
        let weak = found.likeness < 0.34 || found.words < 3 && first.kind != QuoteKind::Fragment;
        let verdict = if weak && (!found.same_speaker || found.words < 3) {
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
