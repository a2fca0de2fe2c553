//! Evidence as sections of a run's report: what had been published by the run's day, and what came after.
//!
//! Cards, documents and timeline are those of the page of claims. What was published after the day is named in the first section
//! and used only in the second, which stands below what really happened.

use brandish_evidence::{Dated, Document};
use brandish_units::Date;

use super::cards::Cards;
use super::page::{Heads, claims_section, counts};
use crate::page::escape;

/// The documents of a run.
#[derive(Debug, Clone, Copy)]
pub struct EvidenceSection<'a> {
    /// Documents by the day on which they could be known.
    pub dated: &'a Dated,
    /// Documents that could not be read: the sentence that names one and says why.
    pub unread: &'a [String],
}

impl EvidenceSection<'_> {
    /// The run's day.
    pub(crate) fn as_of(&self) -> Date {
        self.dated.as_of
    }
}

fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{}</p>\n", escape(text))
}

/// The documents that were published later, or state no day.
fn later(dated: &Dated) -> &[Document] {
    dated
        .later
        .as_ref()
        .and_then(|later| later.evidence.documents.get(later.first..))
        .unwrap_or(&[])
}

/// What had been published by the day.
pub(crate) fn evidence_section(part: &EvidenceSection<'_>) -> String {
    let dated = part.dated;
    let mut text = String::from("<div class=\"figure\">\n");
    let cards = Cards::of(&dated.known);
    let all = dated.known.documents.len();
    if all == 0 {
        text.push_str(&paragraph(
            "sub",
            &format!(
                "None of the documents given states that it had been published by {}.",
                dated.as_of
            ),
        ));
    } else {
        text.push_str(&paragraph(
            "sub",
            &format!(
                "Verdicts by the record as it was known on {}: {}. Rows: tables/claims.csv.",
                dated.as_of,
                counts(&cards)
            ),
        ));
    }
    let named: Vec<String> = later(dated)
        .iter()
        .map(|document| match document.published {
            Some(day) => format!("{} ({day})", document.file),
            None => format!("{} (states no day of publication)", document.file),
        })
        .collect();
    if !named.is_empty() {
        text.push_str(&paragraph(
            "note",
            &format!(
                "Not used here, published after {} or on no stated day: {}. What they say stands under “Published after”.",
                dated.as_of,
                named.join(", ")
            ),
        ));
    }
    for reason in part.unread {
        text.push_str(&paragraph("note", &format!("Not read: {reason}.")));
    }
    text.push_str("</div>\n");
    if all > 0 {
        text.push_str(&claims_section(&cards, Heads::OfSection));
    }
    text
}

/// What was published after the day, if anything was.
pub(crate) fn later_section(part: &EvidenceSection<'_>) -> Option<String> {
    let later = part.dated.later.as_ref()?;
    let cards = Cards::of_later(&later.evidence, later.first);
    let mut text = paragraph(
        "sub",
        &format!(
            "Documents published after {}, or on a day that they do not state; read together with the earlier ones, by the record of {}: {}. Rows: tables/claims_after.csv.",
            part.dated.as_of,
            later.read_on,
            counts(&cards)
        ),
    );
    text.push_str(&claims_section(&cards, Heads::OfSection));
    Some(text)
}
