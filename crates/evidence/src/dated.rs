//! Documents read as of a day: what had been published by then, apart from what came later.
//!
//! A run stands on its as-of day, and what is said about it may be newer. [`dated`] puts the documents in order: first those whose
//! stated day of publication is not after the day, checked by the record as it was known then; then the rest, checked by the
//! record of a later day. A document that states no day cannot be shown to be old, so it stands with the later ones unless
//! the caller names its day. The later ones are read together with the first, so that a retelling meets what it retells.

use brandish_units::Date;

use crate::analyze;
use crate::lexicon::Lexicon;
use crate::model::{Document, Evidence};
use crate::verdict::Known;

/// Documents by the day on which they could be known.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The day.
    pub as_of: Date,
    /// Documents published by then, and their claims by the record of that day.
    pub known: Evidence,
    /// All documents, if some were published later or state no day.
    pub later: Option<Later>,
}

/// What is read once the later documents are there.
#[derive(Debug, Clone, PartialEq)]
pub struct Later {
    /// All documents in the order of [`Dated::known`], the later ones last.
    pub evidence: Evidence,
    /// Index of the first later document.
    pub first: usize,
    /// Day whose record the verdicts are from.
    pub read_on: Date,
}

/// Reads documents as of the day of `known`, the later ones by the record of `read_on`.
pub fn dated(
    documents: Vec<Document>,
    lexicon: &Lexicon,
    known: &Known<'_>,
    read_on: Date,
) -> Dated {
    let (mut documents, later): (Vec<Document>, Vec<Document>) =
        documents.into_iter().partition(|document| {
            let day = document.published.or(known.undated);
            day.is_some_and(|day| day <= known.as_of)
        });
    let mut by_then = analyze(&documents, lexicon, known);
    // A text may name a day to come; what happened on it was not known. Nor was what the record says since.
    by_then.timeline.retain(|entry| entry.date <= known.as_of);
    for verdict in &mut by_then.verdicts {
        verdict.now = None;
    }
    let first = documents.len();
    documents.extend(later);
    Dated {
        as_of: known.as_of,
        known: by_then,
        later: (documents.len() > first).then(|| Later {
            evidence: analyze(
                &documents,
                lexicon,
                &Known {
                    as_of: read_on,
                    ..*known
                },
            ),
            first,
            read_on,
        }),
    }
}

#[cfg(test)]
mod tests {
    use brandish_data::Snapshot;

    use super::*;
    use crate::read;

    const EARLY: &str = "Published 28 April 2025\n\nJapan holds $1.13 trillion of U.S. Treasuries. Exports begin on 2 May 2025.\n";
    const LATE: &str = "Published 5 May 2025\n\n“It does exist as a card,” Finance Minister Katsunobu Kato said. Japan holds $1.3 trillion of U.S. Treasuries.\n";
    const OPEN: &str = "Japan holds $1.13 trillion of U.S. Treasuries.\n";

    fn day(month: u32, day: u32) -> Date {
        Date::from_ymd(2025, month, day).unwrap()
    }

    fn of(texts: &[(&str, &str)], undated: Option<Date>) -> Dated {
        let documents = texts
            .iter()
            .map(|(name, text)| read(name, text.as_bytes()).unwrap())
            .collect();
        let snapshot = Snapshot::embedded();
        let known = Known {
            snapshot: &snapshot,
            as_of: day(5, 1),
            undated,
        };
        dated(documents, &Lexicon::embedded().unwrap(), &known, day(12, 1))
    }

    fn names(evidence: &Evidence) -> Vec<&str> {
        evidence.documents.iter().map(|d| d.file.as_str()).collect()
    }

    #[test]
    fn what_was_published_later_is_not_among_what_was_known() {
        let found = of(&[("late", LATE), ("open", OPEN), ("early", EARLY)], None);
        assert_eq!(names(&found.known), ["early"]);
        let later = found.later.unwrap();
        assert_eq!(names(&later.evidence), ["early", "late", "open"]);
        assert_eq!((later.first, later.read_on), (1, day(12, 1)));
        // Claims of the first documents have the same names in both readings.
        let known: Vec<&str> = found.known.claims.iter().map(|c| c.id.as_str()).collect();
        let again = later.evidence.claims.iter().filter(|c| c.document == 0);
        assert_eq!(known, again.map(|c| c.id.as_str()).collect::<Vec<_>>());
        assert!(!known.is_empty());
        assert!(found.known.timeline.iter().all(|t| t.date <= day(5, 1)));
        assert!(found.known.verdicts.iter().all(|v| v.now.is_none()));
        assert!(later.evidence.verdicts.iter().any(|v| v.now.is_some()));
    }

    #[test]
    fn the_caller_can_name_the_day_of_a_document_without_one() {
        let found = of(&[("open", OPEN)], Some(day(4, 30)));
        assert_eq!(names(&found.known), ["open"]);
        assert!(found.later.is_none());
        let found = of(&[("open", OPEN)], Some(day(5, 2)));
        assert!(found.known.documents.is_empty() && found.later.is_some());
    }

    #[test]
    fn a_later_document_changes_nothing_of_what_was_known() {
        let found = of(&[("early", EARLY)], None);
        let alone = of(&[("early", EARLY), ("late", LATE)], None);
        assert_eq!(found.known, alone.known);
    }
}
