//! Verdicts: the record's answer to each claim, as it was known on the claim's day, with what is known now beside it.
//!
//! [`numbers`] compares amounts with the series, [`rates`] yields and the dollar, [`policy`] policy rates and the euro, [`duties`] tariffs, [`auctions`] what the Treasury sold, [`steps`] what was bought over months, [`official`] what authorities report of themselves, [`moves`] market moves with the days, [`events`] and [`hearsay`] look in the dated event table, [`offices`] in the table of offices, [`spoken`] compares words
//! with recorded words, [`outlook`] follows forecasts to their day. A verdict names its rows and its arithmetic. Where the
//! record has nothing it says so: `not checkable` if no public series could hold the claim, `not enough data` if one could.

mod auctions;
mod deadline;
mod duties;
pub(crate) mod events;
mod hearsay;
mod moves;
mod numbers;
mod offices;
mod official;
mod order;
mod outlook;
mod policy;
mod rates;
pub(crate) use rates::AT_ONCE;
mod reaction;
mod spoken;
pub(crate) use spoken::TURNED;
mod steps;
mod thresholds;
mod words;

use brandish_data::Snapshot;
use brandish_units::Date;

use crate::ground::Ground;
use crate::lexicon::{Event, Lexicon};
use crate::model::{Claim, ClaimKind, Document, Quote, Row, Verdict, VerdictKind};
use crate::record::Record;
use crate::short::Text;
use crate::text::{Keyed, Page};
use crate::wording::Near;

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
    /// The nearest wordings of the record, where they were looked for before.
    pub(crate) nearest: &'a [Option<Near<'a>>],
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) record: &'a Record<'a>,
    /// The reader's day.
    pub(crate) as_of: Date,
    /// The day of the claim, if anything fixes it.
    pub(crate) day: Option<Date>,
    pub(crate) page: &'a Page<'a>,
    /// What the words around the claim establish.
    pub(crate) ground: &'a Ground,
    /// The text speaks of Treasuries; of the yen.
    pub(crate) treasuries: bool,
    pub(crate) yen: bool,
    /// The event that the claim before in the text was found to be.
    pub(crate) earlier: Option<&'a Event>,
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
pub(crate) fn verdicts(check: Check<'_>, claims: &[Claim], grounds: &[Ground]) -> Vec<Verdict> {
    let none = Ground::default();
    let check = Check {
        treasuries: check.page.lower.contains("treasur"),
        yen: check.page.lower.contains("yen"),
        ..check
    };
    let mut earlier: Option<(usize, &Event)> = None;
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
            let ground = grounds.get(number).unwrap_or(&none);
            let before = earlier
                .filter(|(sentence, _)| claim.sentence.start.saturating_sub(*sentence) <= NEARBY)
                .map(|e| e.1);
            let check = Check {
                day,
                ground,
                earlier: before,
                ..check
            };
            let answer = check.grounded(check.answer(claim));
            let remark = claim.kind == ClaimKind::Quote
                && matches!(
                    answer.verdict,
                    VerdictKind::Supported | VerdictKind::Misquoted
                );
            if (claim.kind == ClaimKind::Event && answer.verdict == VerdictKind::Supported
                || remark)
                && let Some(row) = answer.rows.iter().find(|r| r.series == "events")
                && let Some(event) = check.lexicon.event(&row.key)
            {
                earlier = Some((claim.sentence.start, event));
            }
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

/// Code points between a sentence and the one whose event "this" is.
const NEARBY: usize = 400;

impl Check<'_> {
    /// What is not established cannot be refuted.
    fn grounded(&self, mut answer: Answer) -> Answer {
        let against = matches!(
            answer.verdict,
            VerdictKind::Contradicted | VerdictKind::Outdated | VerdictKind::ScopeError
        );
        if let Some(doubt) = self.ground.doubt
            && against
        {
            answer.verdict = VerdictKind::NotEnoughData;
            answer.arithmetic = crate::short::text!("{doubt} ({})", answer.arithmetic);
        }
        answer
    }

    /// Whether one of the words stands in the claim's sentence.
    pub(crate) fn says(&self, words: &[Keyed]) -> bool {
        self.page.says(self.ground.from, self.ground.to, words)
    }

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
