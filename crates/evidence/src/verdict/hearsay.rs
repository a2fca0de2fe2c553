//! Hearsay, causes and dates.
//!
//! Hearsay is judged on its content: a rumour of selling by the flows of its months, valuation shown apart. No series holds a
//! cause, so a causal claim gets what else happened in its time and "not checkable". A date is compared with the recorded
//! day at the place of the event and elsewhere.

use brandish_data::Month;

use super::{Answer, Check};
use crate::lexicon::Event;
use crate::model::{Claim, Row, VerdictKind};
use crate::short::{Text, text};

impl Check<'_> {
    pub(super) fn rumour(&self, claim: &Claim) -> Answer {
        let Some(day) = self.day else {
            return Answer::bare(VerdictKind::NotEnoughData, "the document states no date");
        };
        let says = if claim.negated {
            "; the text itself calls it false"
        } else {
            ""
        };
        if !matches!(claim.relation.as_str(), "sell" | "buy") {
            return Answer::bare(
                VerdictKind::NotCheckable,
                text!("no series holds what is rumoured{says}"),
            );
        }
        let Some(holder) = self.record.holder(&claim.subject) else {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                text!("no holder `{}` in the holdings table{says}", claim.subject),
            );
        };
        let (from, to) = claim
            .when
            .as_ref()
            .and_then(|w| Some((w.from?, w.to?)))
            .unwrap_or((day.plus_months(-4), day));
        // What was rumoured then is judged on the months up to its own, as published since.
        let from = from.plus_months(-2);
        let start = from.to_month_start();
        let flows: Vec<_> = self
            .record
            .flows(holder)
            .iter()
            .filter(|f| {
                f.month.start() >= start && f.month.start() <= to && f.released <= self.as_of
            })
            .collect();
        let levels: Vec<_> = self
            .record
            .holdings(holder)
            .iter()
            .filter(|f| {
                f.month.start() >= start && f.month.start() <= to && f.released <= self.as_of
            })
            .collect();
        if flows.is_empty() {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                text!("no flows of {holder} between {from} and {to}{says}"),
            );
        }
        let net: f64 = flows.iter().map(|f| f.usd_bn).sum();
        let valued: f64 = self
            .record
            .valuation(holder)
            .iter()
            .filter(|f| f.month.start() >= start && f.month.start() <= to)
            .map(|f| f.usd_bn)
            .sum();
        let path: Vec<Text> = levels
            .iter()
            .map(|f| text!("{} {:.1}", f.month, f.usd_bn))
            .collect();
        let buying = claim.relation == "buy";
        // The months that the rumour names, where they say the opposite of those before them, decide against nothing.
        let named: Option<f64> = claim.when.as_ref().and_then(|w| w.from).map(|first| {
            let first = Month::of(first);
            flows
                .iter()
                .filter(|f| f.month >= first)
                .map(|f| f.usd_bn)
                .sum()
        });
        let fits = |x: f64| (x < 0.0) != buying;
        let verdict = match (fits(net), named.map(fits)) {
            (true, None | Some(true)) => VerdictKind::Supported,
            (false, None | Some(false)) => VerdictKind::Contradicted,
            (false, Some(true)) => VerdictKind::Supported,
            (true, Some(false)) => VerdictKind::NotEnoughData,
        };
        // Hearsay without a time is of now, whose month was not out: what came before or later refutes nothing. Named months are
        // judged as published since, if they all were.
        let named = claim.when.as_ref().and_then(|w| w.from);
        let out = named.is_some_and(|first| {
            (0..=12)
                .map(|n| first.to_month_start().plus_months(n))
                .take_while(|m| *m <= to)
                .all(|m| m == day.to_month_start() || flows.iter().any(|f| f.month.start() == m))
        });
        let (verdict, says) = if verdict == VerdictKind::Contradicted && !out {
            let late = text!("{says}; the months that are meant were not out on {day}");
            (VerdictKind::NotEnoughData, late)
        } else {
            (verdict, Text::from(says))
        };
        Answer {
            verdict,
            rows: levels
                .iter()
                .map(|f| f.row("tic_holdings", holder))
                .chain(flows.iter().map(|f| f.row("tic_flows", holder)))
                .collect(),
            now: None,
            arithmetic: text!(
                "holdings {}; net purchases {net:+.1} bn, valuation of the long-term part {valued:+.1} bn{says}",
                path.join(", ")
            ),
            uncertainty: Text::fixed(
                "counted by custodian; sales through other centers would show elsewhere",
            ),
        }
    }

    pub(super) fn cause(&self, claim: &Claim) -> Answer {
        let news: Vec<&Event> = match claim.when.as_ref().and_then(|w| Some((w.from?, w.to?))) {
            Some((from, to)) => self
                .lexicon
                .events
                .iter()
                .filter(|e| e.near(from, to, 0))
                .take(6)
                .collect(),
            None => Vec::new(),
        };
        let rows: Vec<Row> = news.iter().map(|e| e.row()).collect();
        Answer {
            verdict: VerdictKind::NotCheckable,
            arithmetic: if rows.is_empty() {
                Text::fixed("no series holds why")
            } else {
                text!(
                    "no series holds why; in that time: {}",
                    news.iter()
                        .map(|e| e.title.as_str())
                        .collect::<Vec<_>>()
                        .join("; ")
                )
            },
            rows,
            now: None,
            uncertainty: Text::fixed("timing is no cause"),
        }
    }

    pub(super) fn date(&self, claim: &Claim) -> Answer {
        let Some((from, to)) = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?))) else {
            return Answer::bare(VerdictKind::NotEnoughData, "nothing fixes the day");
        };
        let found = claim.relation.split('+').find_map(|a| {
            self.lexicon.events_of(a).rfind(|e| {
                e.actions.iter().any(|x| x == a)
                    && e.has_actor(&claim.subject)
                    // Another day elsewhere is written beside the event's own.
                    && e.near(from, to, 0)
            })
        });
        match found {
            Some(event) => Answer::with(
                VerdictKind::Supported,
                event.row(),
                text!(
                    "{from}: {}",
                    if event.zone_note.is_empty() {
                        "the recorded day"
                    } else {
                        &event.zone_note
                    }
                ),
            ),
            None => Answer::bare(
                VerdictKind::NotEnoughData,
                text!("{from}: the event table has no such event on that day"),
            ),
        }
    }
}
