//! Reserves, custody, interventions and auctions: what an authority reports of itself.
//!
//! A level is compared with the month or week that the claim names. If the record has no row of it, that is "not enough data": a
//! figure of another month refutes nothing, and one that is long past its successor's day does not either. Interventions of
//! single days are added up over the claim's time; a month's total is used where its window is what the claim names.

use brandish_data::{InterventionSpan, Month};
use brandish_units::Date;

use super::numbers::agrees;
use super::{Answer, Check};
use crate::model::{Claim, Row, VerdictKind};
use crate::record::Reserves;
use crate::short::{Text, text};

/// Days after which a monthly figure has a successor: a month, its publication, some room.
const STALE: i32 = 75;
/// Days back to the auction that an article speaks of.
const LAST_AUCTION: i32 = 8;
/// Days of the longest time of which a week's level is asked.
const MONTH: i32 = 31;
/// Days between the Wednesday of custody and the day that the claim names.
const WEEK: i32 = 8;

fn verdict(fits: bool) -> VerdictKind {
    if fits {
        VerdictKind::Supported
    } else {
        VerdictKind::Contradicted
    }
}

impl Check<'_> {
    pub(super) fn reserve(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let holder = self.record.holder(&claim.subject)?;
        let japan = holder == "Japan";
        let month = match (&claim.when, self.end_month(claim)) {
            (_, Some(month)) => Some(month),
            // A time that nothing fixes, or one that is no month's end.
            (Some(w), None) if w.from.is_none() => return None,
            _ => None,
        };
        let found: Option<(String, f64, Date, i32)> = if japan {
            let of = |r: Reserves| {
                (
                    r.observed.to_string(),
                    r.total_usd_bn,
                    r.released,
                    day - r.observed,
                )
            };
            match month {
                Some(m) => self
                    .record
                    .japan_reserves_of(m)
                    .filter(|r| r.released <= day)
                    .map(of),
                None => self.record.japan_reserves(day).map(of),
            }
        } else {
            let of = |f: &crate::record::Figure| {
                (
                    f.month.to_string(),
                    f.usd_bn,
                    f.released,
                    day - f.month.end(),
                )
            };
            match month {
                Some(m) => self
                    .record
                    .reserves_of(holder, m)
                    .filter(|f| f.released <= day)
                    .map(of),
                None => self.record.reserves(holder, day).map(of),
            }
        };
        let Some((key, value, out, age)) = found else {
            return month.map(|m| {
                Answer::bare(
                    VerdictKind::NotEnoughData,
                    text!(
                        "the record has no reserves of {holder} at the end of {m} known on {day}"
                    ),
                )
            });
        };
        let row = Row {
            series: if japan {
                "japan_reserves"
            } else {
                "reserves_ex_gold"
            }
            .into(),
            key: text!("{holder} {key}"),
            value: text!("{value:.1} bn USD"),
            vintage: text!("released {out}"),
        };
        if claim.change {
            return None;
        }
        let fits = agrees(&claimed, value, 1e9);
        let arithmetic = text!(
            "{:.1} bn claimed, {value:.1} bn published for {key}: difference {:+.1} bn",
            claimed.number() / 1e9,
            claimed.number() / 1e9 - value
        );
        if !fits && month.is_none() && age > STALE {
            return Some(Answer {
                verdict: VerdictKind::NotEnoughData,
                rows: vec![row],
                now: None,
                arithmetic: text!("{arithmetic}; the record has none of the months since"),
                uncertainty: Text::EMPTY,
            });
        }
        let uncertainty = if japan {
            "reserve assets of the state; only part of them are Treasuries"
        } else {
            "reserves without gold"
        };
        Some(Answer::with(verdict(fits), row, arithmetic).unsure(uncertainty))
    }

    /// The month at whose end a claim places a level.
    pub(super) fn end_month(&self, claim: &Claim) -> Option<Month> {
        let when = claim.when.as_ref()?;
        let (from, to) = (when.from?, when.to?);
        let month = Month::of(from);
        let end = to == month.end();
        (month == Month::of(to) && ((to - from) >= 27 || from == to && end)).then_some(month)
    }

    pub(super) fn custody_level(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        if claim.change {
            return self.custody_change(claim, day);
        }
        let named = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?)));
        let named = named.filter(|(from, to)| from <= to && *to <= day && (*to - *from) <= MONTH);
        let end = named.map_or(day, |n| n.1);
        // The Wednesday's figure is out on Thursday.
        let (mut observed, mut value) = match named {
            Some((_, to)) => self.record.custody(to.plus_days(2).min(day))?,
            None => self.record.custody(day)?,
        };
        // Of several weeks within the claim's time the one that agrees.
        if let Some((from, _)) = named {
            let (mut at, mut level) = (observed, value);
            while at >= from && !agrees(&claimed, level, 1e9) {
                (at, level) = self.record.custody(at)?;
            }
            if at >= from.plus_days(-WEEK) && agrees(&claimed, level, 1e9) {
                (observed, value) = (at, level);
            }
        }
        let row = Row {
            series: "custody".into(),
            key: text!("{observed}"),
            value: text!("{value:.1} bn USD"),
            vintage: Text::fixed("H.4.1"),
        };
        let arithmetic = text!(
            "{:.1} bn claimed, {value:.1} bn in custody on {observed}",
            claimed.number() / 1e9
        );
        let late = match named {
            // The week of the day itself, or one within the time.
            Some((from, to)) if to - from <= 7 => to - observed > 6,
            Some((from, _)) => observed < from.plus_days(-WEEK),
            None => end - observed > 2 * WEEK,
        };
        if late {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                text!("{arithmetic}; no newer week is at hand"),
            ));
        }
        Some(Answer::with(
            verdict(agrees(&claimed, value, 1e9)),
            row,
            arithmetic,
        ))
    }

    /// The change from one Wednesday to the next.
    fn custody_change(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let named = claim.when.as_ref().and_then(|w| w.to).filter(|t| *t <= day);
        let end = named.map_or(day, |to| to.plus_days(2).min(day));
        let (observed, value) = self.record.custody(end)?;
        let (before, earlier) = self.record.custody(observed)?;
        if end - observed > 2 * WEEK || observed - before > WEEK {
            return None;
        }
        let change = value - earlier;
        let gap = (claimed.number() / 1e9 - change).abs();
        // Differences of two levels that the text rounds to a tenth of a billion each.
        let fits = agrees(&claimed, change, 1e9) || gap <= claimed.half_digit() / 1e9 + 0.1;
        let row = Row {
            series: "custody".into(),
            key: text!("{observed}"),
            value: text!("{value:.1} bn USD, {change:+.1} bn from {before}"),
            vintage: Text::fixed("H.4.1"),
        };
        Some(Answer::with(
            verdict(fits),
            row,
            text!(
                "{:+.1} bn claimed, {change:+.1} bn from {before} to {observed}",
                claimed.number() / 1e9
            ),
        ))
    }

    /// Yen that the ministry bought or sold: the days within the claim's time, or the total of the window that it names.
    pub(super) fn intervention(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        if claimed.unit() != crate::model::Unit::Jpy {
            return None;
        }
        let when = claim.when.as_ref()?;
        let (from, to) = (when.from?, when.to?);
        let all = self
            .record
            .snapshot()
            .known_on(day)
            .interventions(from, to.min(day))
            .ok()?;
        let days: Vec<_> = all
            .iter()
            .filter(|i| i.span == InterventionSpan::Day && i.pair == "USD/JPY")
            .collect();
        let (first, amount, told) = match (days.first(), all.first()) {
            (Some(first), _) => (
                *first,
                days.iter().map(|i| i.amount.bn().abs()).sum::<f64>(),
                text!("{} day(s)", days.len()),
            ),
            (None, Some(total)) => (
                total,
                all.iter().map(|i| i.amount.bn().abs()).sum::<f64>(),
                text!("{} published window(s)", all.len()),
            ),
            (None, None) => {
                return Some(Answer::bare(
                    VerdictKind::NotEnoughData,
                    text!("the record known on {day} has no intervention from {from} to {to}"),
                ));
            }
        };
        let row = Row {
            series: "japan_interventions".into(),
            key: text!("{}", first.start),
            value: text!("{amount:.1} bn yen"),
            vintage: text!("released {}", first.provenance.release.date),
        };
        let arithmetic = text!(
            "{:.1} bn yen claimed, {amount:.1} bn yen on {told} from {from} to {to}",
            claimed.number().abs() / 1e9
        );
        let mut size = claimed;
        if size.number() < 0.0 {
            size = size.negated();
        }
        Some(Answer::with(
            verdict(agrees(&size, amount, 1e9)),
            row,
            arithmetic,
        ))
    }

    /// An auction of the Treasury: the high yield, the amount offered or the cover of the term on the day or the newest before it, or
    /// within the month that the claim names.
    pub(super) fn auction(
        &self,
        claim: &Claim,
        wanted: &str,
        term: &str,
        day: Date,
    ) -> Option<Answer> {
        let claimed = claim.value?;
        let treasury = matches!(
            claim.subject.as_str(),
            "Treasury Department" | "United States"
        );
        if !treasury {
            return None;
        }
        let at = claim
            .when
            .as_ref()
            .and_then(|w| w.to)
            .unwrap_or(day)
            .min(day);
        let table = self.record.snapshot().table("auctions").ok()?;
        let [auction, terms, column] = table.columns(["auction_date", "term", wanted]).ok()?;
        let size = wanted == "offering_usd_mn";
        // "In April": any auction of the month.
        let room = claim
            .when
            .as_ref()
            .and_then(|w| Some(w.to? - w.from?))
            .filter(|days| (LAST_AUCTION..=92).contains(days))
            .unwrap_or(LAST_AUCTION);
        let years: i32 = term.split('-').next()?.parse().ok()?;
        // A reopening is named by what is left: "9-Year 11-Month".
        let reopened = text!("{}-Year 1", years - 1);
        for row in table.rows().rev() {
            let row = row.ok()?;
            let held = row.date(auction).ok()?;
            if held < at.plus_days(-room - 60) {
                break;
            }
            let named = row.text(terms);
            if held > at || at - held > room || named != term && !named.starts_with(&*reopened) {
                continue;
            }
            let Some(published) = row.optional_number(column).ok().flatten() else {
                continue;
            };
            let (fits, told) = if size {
                let fits = agrees(&claimed, published, 1e6);
                (fits, text!("{:.1} bn offered", published / 1e3))
            } else if wanted == "bid_to_cover_ratio" {
                (
                    agrees(&claimed, published, 1.0),
                    text!("covered {published} times"),
                )
            } else {
                (
                    agrees(&claimed, published, 1.0),
                    text!("{published}% high yield"),
                )
            };
            let found = Row {
                series: "auctions".into(),
                key: text!("{named} {held}"),
                value: told.clone(),
                vintage: Text::fixed("results of the day"),
            };
            let said = if size {
                text!("{:.1} bn", claimed.number() / 1e9)
            } else if wanted == "bid_to_cover_ratio" {
                text!("{} times", claimed.number())
            } else {
                text!("{}%", claimed.number())
            };
            return Some(Answer::with(
                verdict(fits),
                found,
                text!("{said} claimed, {told} on {held}"),
            ));
        }
        None
    }
}
