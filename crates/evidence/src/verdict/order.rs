//! What came before what: "right after", "two days after", "days later".
//!
//! The days between two recorded events are compared with those that the words allow, or with the days that they count. One event is
//! found by its action; the other is the remark that the text is about or, where the sentence opens with "this", the event of the
//! sentence before. Where only one of them is known nothing is said of the order.

use super::words::{Asked, Words};
use super::{Answer, Check};
use crate::lexicon::Event;
use crate::model::{Claim, VerdictKind};
use crate::short::{Text, text};
use crate::text::low_is;

/// "Two days after": the days that a sequence names.
pub(super) fn counted_days(text: &Words, sequence: &str) -> Option<i32> {
    let mut own = sequence.split(' ');
    let unit = own.next()?;
    let scale = |unit: &str| match unit {
        "days" => Some(1),
        "weeks" => Some(7),
        _ => None,
    };
    // The lexicon has some counts as a whole.
    if let Some(count) = crate::number::small(unit)
        && let Some(scale) = own.next().and_then(scale)
    {
        return Some(scale * count as i32);
    }
    let scale = scale(unit)?;
    let at = text.places.iter().position(|(from, _)| {
        text.lower
            .get(*from..)
            .is_some_and(|t| t.starts_with(sequence))
    })?;
    let (from, to) = text.places.get(at.checked_sub(1)?)?;
    // "Suspended for 90 days after the rout" counts how long.
    if at
        .checked_sub(2)
        .and_then(|n| text.places.get(n))
        .and_then(|(a, b)| text.lower.get(*a..*b))
        == Some("for")
    {
        return None;
    }
    let word = text.lower.get(*from..*to)?;
    let count = crate::number::small(word).or_else(|| word.parse().ok())?;
    Some(scale * count as i32)
}

impl Check<'_> {
    /// "right after": days between the document's remark and the other event.
    pub(super) fn sequence(&self, claim: &Claim, first: &Asked<'_>) -> Option<Answer> {
        let words = claim.sequence.as_deref()?;
        let day = self.day?;
        let at = first.words().lower.find(words)?;
        let tail = claim.text.get(at + words.len()..)?;
        let room = if words.contains("week") {
            28
        } else if words.contains("day") {
            7
        } else if words.contains("hour") || words.contains("minute") || words.contains("moment") {
            1
        } else {
            3
        };
        let remark = self
            .lexicon
            .events
            .iter()
            .rev()
            .find(|e| e.date <= day.plus_days(1) && (day - e.date) <= 14 && e.asked.is_some());
        // "This came two days after": what "this" is, the sentence before tells.
        let this = self.opens_with_this(claim);
        let remark = match (this, self.earlier) {
            (true, Some(earlier)) => Some(earlier),
            (true, None) => None,
            (false, _) => remark,
        };
        let counted = counted_days(first.words(), words);
        // The day of the text is not the day of what it tells; without the other event nothing is counted.
        let base = remark.map(|e| e.date)?;
        // "Days later X did it": after the remark, and nothing to say without one.
        let later = words.ends_with("later") || words.starts_with("shortly afterward");
        let another = [
            "new",
            "another",
            "more",
            "fresh",
            "further",
            "additional",
            "second",
        ]
        .iter()
        .any(|w| first.words().has(w));
        if later && (remark.is_none() || another) {
            return None;
        }
        let told = Asked::of(tail);
        for action in claim.relation.split('+') {
            let mut other = claim.clone();
            if let Some(name) = self
                .lexicon
                .people
                .iter()
                .find(|p| {
                    p.name
                        .split_whitespace()
                        .last()
                        .is_some_and(|s| tail.contains(s))
                })
                .map(|p| Text::from(&p.name))
            {
                other.subject = name;
            }
            other.when = None;
            let Some((event, _, denied)) = self.matching(&other, action, &told) else {
                continue;
            };
            let mut rows = vec![event.row()];
            rows.extend(remark.map(Event::row));
            if denied {
                return Some(Answer {
                    verdict: VerdictKind::Contradicted,
                    rows,
                    now: None,
                    arithmetic: text!("the record of {}: {}", event.date, event.title),
                    uncertainty: Text::EMPTY,
                });
            }
            // "Three days after the remark, X did it" tells the same order as "later".
            let gap = if later || at < 14 && counted.is_some() {
                event.date - base
            } else {
                base - event.date
            };
            let within = match counted {
                Some(days) => (days - 1..=days + 1).contains(&gap),
                None => (-1..=room).contains(&gap),
            };
            let verdict = if within {
                VerdictKind::Supported
            } else {
                VerdictKind::Contradicted
            };
            return Some(Answer {
                verdict,
                rows,
                now: None,
                arithmetic: text!(
                    "\"{words}\": {} days between {} and {base}",
                    gap,
                    event.date
                ),
                uncertainty: Text::from(&event.zone_note),
            });
        }
        None
    }

    fn opens_with_this(&self, claim: &Claim) -> bool {
        let page = self.page;
        let at = page
            .tokens
            .partition_point(|t| page.offsets.point(t.start) < claim.sentence.start);
        low_is!(page, at, "this" | "that" | "it" | "the" | "all")
            && !claim.text.is_empty()
            && (!low_is!(page, at, "the")
                || low_is!(
                    page,
                    at + 1,
                    "remark" | "move" | "comment" | "statement" | "step"
                ))
    }
}
