//! Verdicts: the record's answer to each claim, as it was known on the claim's day, with what is known now beside it.
//!
//! [`numbers`] compares amounts and rates with the series, [`steps`] what was bought over months, [`official`] what authorities report of themselves, [`moves`] market moves with the days, [`events`] and [`hearsay`] look in the dated event table, [`offices`] in the table of offices, [`spoken`] compares words
//! with recorded words, [`outlook`] follows forecasts to their day. A verdict names its rows and its arithmetic. Where the
//! record has nothing it says so: `not checkable` if no public series could hold the claim, `not enough data` if one could.

pub(crate) mod events;
mod hearsay;
mod moves;
pub(crate) use moves::instant;
mod numbers;
mod offices;
mod official;
mod outlook;
mod spoken;
mod steps;
mod words;

use brandish_data::Snapshot;
use brandish_units::Date;

use crate::lexicon::Lexicon;
use crate::model::{Claim, ClaimKind, Document, Quote, Row, Verdict, VerdictKind};
use crate::record::Record;
use crate::short::Text;

/// The record and the day on which it is read.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Official series.
    pub snapshot: &'a Snapshot,
    /// The reader's day: forecasts that end later are open, "now" is the record of this day.
    pub as_of: Date,
    /// The day taken for documents that state none and quote no recorded event.
    pub undated: Option<Date>,
}

/// What a check works with.
#[derive(Clone, Copy)]
pub(crate) struct Check<'a> {
    pub(crate) document: &'a Document,
    /// The document's quotes; claims count them from 0.
    pub(crate) quotes: &'a [Quote],
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) record: &'a Record<'a>,
    /// The reader's day.
    pub(crate) as_of: Date,
    /// The day of the claim, if anything fixes it.
    pub(crate) day: Option<Date>,
}

/// An answer without the claim's number.
pub(crate) struct Answer {
    pub(crate) verdict: VerdictKind,
    pub(crate) rows: Vec<Row>,
    pub(crate) now: Option<Row>,
    pub(crate) arithmetic: Text,
    pub(crate) uncertainty: Text,
}

impl Answer {
    pub(crate) fn bare(verdict: VerdictKind, arithmetic: impl Into<Text>) -> Answer {
        Answer {
            verdict,
            rows: Vec::new(),
            now: None,
            arithmetic: arithmetic.into(),
            uncertainty: Text::EMPTY,
        }
    }

    pub(crate) fn with(verdict: VerdictKind, row: Row, arithmetic: impl Into<Text>) -> Answer {
        Answer {
            verdict,
            rows: vec![row],
            now: None,
            arithmetic: arithmetic.into(),
            uncertainty: Text::EMPTY,
        }
    }

    pub(crate) fn unsure(mut self, text: impl Into<Text>) -> Answer {
        self.uncertainty = text.into();
        self
    }
}

/// One verdict a claim; `check.day` is the day of the document.
pub(crate) fn verdicts(check: Check<'_>, claims: &[Claim]) -> Vec<Verdict> {
    claims
        .iter()
        .enumerate()
        .map(|(number, claim)| {
            let own = claim
                .when
                .as_ref()
                .and_then(|w| w.to)
                .filter(|_| !matches!(claim.kind, ClaimKind::Forecast));
            // A claim about March in an article of May is made in May: the record of May answers it.
            let day = check.day.or(own);
            let answer = Check { day, ..check }.answer(claim);
            Verdict {
                claim: number,
                verdict: answer.verdict,
                as_of: day,
                now: answer.now,
                rows: answer.rows,
                arithmetic: answer.arithmetic,
                uncertainty: answer.uncertainty,
            }
        })
        .collect()
}

impl Check<'_> {
    fn answer(&self, claim: &Claim) -> Answer {
        match claim.kind {
            ClaimKind::Amount | ClaimKind::Rate => self.number(claim),
            ClaimKind::Quote => self.spoken(claim),
            ClaimKind::Event => self.event(claim),
            ClaimKind::Status => self.status(claim),
            ClaimKind::Forecast => self.forecast(claim),
            ClaimKind::Rumour => self.rumour(claim),
            ClaimKind::Causal => self.cause(claim),
            ClaimKind::Opinion => {
                Answer::bare(VerdictKind::Opinion, "a judgment; no series holds it")
            }
            ClaimKind::Date => self.date(claim),
        }
    }
}
