//! Forecasts: came true, did not, or still open on the reader's day.
//!
//! An outcome (a deal, talks) is looked for in the event table after the claim's day; a value is compared with its series on
//! the forecast's day (bounds in `thresholds`, times without a date in `deadline`). A forecast without a time it could be held to is not checkable.

use brandish_units::Date;

use super::{Answer, Check};
use crate::lexicon::Event;
use crate::model::{Claim, Row, Unit, VerdictKind};
use crate::short::{Text, text};

impl Check<'_> {
    pub(super) fn forecast(&self, claim: &Claim) -> Answer {
        let Some(day) = self.day else {
            return Answer::bare(VerdictKind::NotEnoughData, "the document states no date");
        };
        let Some(to) = self.deadline(claim, day) else {
            return Answer::bare(
                VerdictKind::NotCheckable,
                "no time is given that the forecast could be held to",
            );
        };
        if let Some(answer) = self.threshold(claim, day, to) {
            return answer;
        }
        if to >= self.as_of {
            return Answer::bare(
                VerdictKind::Open,
                text!("until {to}; the record is read on {}", self.as_of),
            );
        }
        match claim.relation.split_once(':') {
            Some(("outcome", what)) => self.outcome(claim, what, day, to),
            Some(("measure", measure)) => self.level(claim, measure, to),
            _ => Answer::bare(
                VerdictKind::NotEnoughData,
                "the event table cannot tell whether it happened",
            ),
        }
    }

    fn outcome(&self, claim: &Claim, what: &str, day: Date, to: Date) -> Answer {
        let wanted: &[&str] = match what {
            "deal" => &["deal", "agree"],
            "talks" => &["meet", "resume"],
            "auction" => &["auction"],
            "ruling" | "decision" => &["withdraw", "raise_rate", "cut_rate", "hold_rate"],
            "election" | "vote" => &["elect"],
            _ => &[],
        };
        let place = self.lexicon.country(&claim.subject);
        let lower = claim.text.to_ascii_lowercase();
        let tokens = crate::text::token::tokens(&claim.text);
        let named: Vec<&str> = self
            .lexicon
            .hits(&lower, &tokens)
            .iter()
            .filter_map(|h| match h.what {
                crate::lexicon::What::Place(p) => {
                    Some(self.lexicon.places[p as usize].name.as_str())
                }
                _ => None,
            })
            .collect();
        let concerns = |e: &&Event| {
            e.has_actor(&claim.subject)
                || e.actors
                    .iter()
                    .any(|a| named.contains(&a.as_str()) && a != "United States")
                || place.is_some_and(|p| e.actors.iter().any(|a| a == p))
                || e.actors
                    .iter()
                    .filter(|a| self.document.text.contains(a.as_str()))
                    .count()
                    >= 2
        };
        let found = self
            .lexicon
            .events
            .iter()
            .filter(|e| {
                e.date > day
                    && e.date <= self.as_of
                    && e.actions.iter().any(|a| wanted.contains(&a.as_str()))
            })
            .find(concerns);
        let row = |e: &Event| Row {
            series: "events".into(),
            key: Text::from(&e.id),
            value: text!("{}: {}", e.date, e.title),
            vintage: Text::from(&e.source),
        };
        match found {
            Some(event) => {
                // A few days of grace: "mid-May" is no day.
                let verdict = if event.date <= to.plus_days(4) {
                    VerdictKind::CameTrue
                } else {
                    VerdictKind::DidNotComeTrue
                };
                Answer::with(
                    verdict,
                    row(event),
                    text!(
                        "by {to}; it happened on {} ({:+} days)",
                        event.date,
                        event.date - to
                    ),
                )
            }
            None if wanted.is_empty() => Answer::bare(
                VerdictKind::NotEnoughData,
                "the event table does not hold such outcomes",
            ),
            None => Answer::bare(
                VerdictKind::NotEnoughData,
                text!(
                    "the event table has no such event between {day} and {}",
                    self.as_of
                ),
            ),
        }
    }

    fn level(&self, claim: &Claim, measure: &str, to: Date) -> Answer {
        let series = self
            .lexicon
            .measure(measure)
            .and_then(|m| m.series.clone())
            .unwrap_or_default();
        let Some(value) = claim.value else {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                "the forecast names no number to compare",
            );
        };
        let found = match (series.split(':').next().unwrap_or(""), value.unit()) {
            _ if one_sided(&claim.text) => None,
            ("par_yields", Unit::Percent) => series
                .split(':')
                .nth(1)
                .and_then(|t| t.parse().ok())
                .and_then(|t| self.record.par_yield(t, to)),
            ("jgb", Unit::Percent) => self.record.daily(
                "jgb_yields",
                &text!("jgb_{}_pct", series.split(':').nth(1).unwrap_or("10y")),
                to,
            ),
            ("usdjpy", Unit::JpyPerUsd) => self.record.daily("fx_h10", "usdjpy_jpy_per_usd", to),
            _ => None,
        };
        match found {
            Some((date, now)) => {
                let room = value.half_digit()
                    + if value.unit() == Unit::Percent {
                        0.1
                    } else {
                        now * 0.01
                    };
                let verdict = if (value.number() - now).abs() <= room {
                    VerdictKind::CameTrue
                } else {
                    VerdictKind::DidNotComeTrue
                };
                let row = Row {
                    series: series.clone().into(),
                    key: text!("{date}"),
                    value: text!("{now}"),
                    vintage: Text::fixed("published on the day"),
                };
                Answer::with(
                    verdict,
                    row,
                    text!("{} forecast for {to}, {now} on {date}", value.number()),
                )
            }
            None => Answer::bare(
                VerdictKind::NotEnoughData,
                text!("no series of {measure} on {to}"),
            ),
        }
    }
}

/// "Below", "above", "at least": the number is a bound and no level.
fn one_sided(text: &str) -> bool {
    let lower = crate::short::lowered(text);
    [
        "below",
        "under ",
        "above",
        "over ",
        "at least",
        "more than",
        "less than",
        "beyond",
        "exceed",
    ]
    .iter()
    .any(|w| lower.contains(w))
}
