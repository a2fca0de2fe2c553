//! Reserves, custody and interventions: what an authority reports of itself.
//!
//! A level is compared with the month or week that the claim names. If the record has no row of it, that is "not enough data": a
//! figure of another month refutes nothing, and one that is long past its successor's day does not either. Interventions of
//! single days are added up over the claim's time; a month's total is used where its window is what the claim names.

use brandish_data::{InterventionSpan, Month};
use brandish_units::Date;

use super::numbers::agrees;
use super::{Answer, Check};
use crate::ground::Days;
use crate::model::{Claim, Row, VerdictKind};
use crate::record::Reserves;
use crate::short::{Text, text};
use crate::text::{keyed, low_is};

/// Days back in which an intervention of a told size is looked for.
const BACK_DAYS: i32 = 800;
/// Tokens before a sentence in which the reserves that an item belongs to are named.
const ITEM: usize = 60;
/// Days after which a monthly figure has a successor: a month, its publication, some room.
const STALE: i32 = 75;
/// Days of the longest time of which a week's level is asked.
const MONTH: i32 = 31;
/// Days of the longest time within which a level that agrees bears one out.
const LONGEST: i32 = 400;
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
        // "In 2019": of some month of a time that is over.
        let over = month.is_none()
            && claim
                .when
                .as_ref()
                .and_then(|w| w.to)
                .is_some_and(|to| to < day.plus_days(-STALE));
        if over && !fits {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                "which month of that time is meant, the text does not say",
            ));
        }
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

    /// Gold or securities within the reserves that the paragraph speaks of; of Japan the record has the items.
    pub(super) fn reserve_item(&self, claim: &Claim, plain: &str, day: Date) -> Option<Answer> {
        let claimed = claim
            .value
            .filter(|v| v.unit() == crate::model::Unit::Usd && !claim.change)?;
        let page = self.page;
        let (first, _) = self.ground.number?;
        let from = self.ground.from;
        let near =
            |word: &str| (from.saturating_sub(ITEM)..=self.ground.to).any(|t| page.low(t) == word);
        let securities = (from..first).any(|t| low_is!(page, t, "securities")) && plain != "gold";
        if !(plain == "gold" || securities) || !near("reserves") {
            return None;
        }
        if !near("japan") && !near("japan’s") {
            return None;
        }
        let table = self.record.snapshot().table("japan_reserves").ok()?;
        let column = if plain == "gold" {
            "gold_usd_mn"
        } else {
            "securities_usd_mn"
        };
        let [date, item] = table.columns(["date", column]).ok()?;
        let known = self.record.japan_reserves(day)?;
        let mut found = None;
        for row in table.rows().rev() {
            let row = row.ok()?;
            let observed = row.date(date).ok()?;
            if observed == known.observed {
                found = row
                    .optional_number(item)
                    .ok()
                    .flatten()
                    .map(|n| (observed, n / 1000.0));
            }
        }
        let (observed, value) = found?;
        let fits = agrees(&claimed, value, 1e9);
        // Without its month a number that differs may be of another.
        let answer = if fits {
            VerdictKind::Supported
        } else {
            VerdictKind::NotEnoughData
        };
        Some(Answer::with(
            answer,
            Row {
                series: "japan_reserves".into(),
                key: text!("Japan {observed}"),
                value: text!("{value:.1} bn USD"),
                vintage: text!("released {}", known.released),
            },
            text!(
                "{:.1} bn claimed, {value:.1} bn of the reserves at {observed}",
                claimed.number() / 1e9
            ),
        ))
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
        if claimed.unit() != crate::model::Unit::Usd {
            return None;
        }
        if claim.change {
            return self.custody_change(claim, day);
        }
        if let Some(when) = &claim.when
            && let Some(answer) = self.custody_within(claimed, (when.from, when.to), day)
        {
            return Some(answer);
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

    /// A level of a time that is no week: "a year ago". One that agrees bears it out, and none refutes it.
    fn custody_within(
        &self,
        claimed: crate::model::Quantity,
        time: (Option<Date>, Option<Date>),
        day: Date,
    ) -> Option<Answer> {
        let open = |text: Text| Some(Answer::bare(VerdictKind::NotEnoughData, text));
        let (Some(from), Some(to)) = time else {
            return open("nothing in the text fixes the week".into());
        };
        if to - from <= MONTH && to <= day {
            return None;
        }
        if to - from > LONGEST {
            return open(text!("from {from} to {to} any level may be meant"));
        }
        let mut at = to.plus_days(1).min(day);
        let mut last = None;
        while let Some((observed, level)) = self.record.custody(at) {
            if observed < from {
                break;
            }
            if agrees(&claimed, level, 1e9) {
                return Some(Answer::with(
                    VerdictKind::Supported,
                    Row {
                        series: "custody".into(),
                        key: text!("{observed}"),
                        value: text!("{level:.1} bn USD"),
                        vintage: Text::fixed("H.4.1"),
                    },
                    text!(
                        "{:.1} bn claimed, {level:.1} bn in custody on {observed}",
                        claimed.number() / 1e9
                    ),
                ));
            }
            last = Some(level);
            at = observed;
        }
        open(match last {
            Some(level) => text!(
                "{:.1} bn claimed, {level:.1} bn at {from}; which week is meant, the text does not say",
                claimed.number() / 1e9
            ),
            None => text!("the record has no week from {from} to {to}"),
        })
    }

    /// "Shrank by 38 billion in the week to September 28": between two Wednesdays, or without its weeks from one to the next.
    fn custody_change(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let stated = match self.ground.days {
            Days::Since(from, Some(to)) => Some((from, to)),
            _ => None,
        };
        let (start, before, end, after) = match stated {
            Some((_, to)) if to > day => return None,
            // The Wednesday's figure is out on Thursday.
            Some((from, to)) => {
                let (start, before) = self.record.custody(from.plus_days(2).min(day))?;
                let (end, after) = self.record.custody(to.plus_days(2).min(day))?;
                if (from - start).abs() > 6 || (to - end).abs() > 6 || start >= end {
                    return Some(Answer::bare(
                        VerdictKind::NotEnoughData,
                        text!("no Wednesdays of {from} and {to} are at hand"),
                    ));
                }
                (start, before, end, after)
            }
            None => {
                let named = claim.when.as_ref().and_then(|w| w.to).filter(|t| *t <= day);
                let at = named.map_or(day, |to| to.plus_days(2).min(day));
                let (end, after) = self.record.custody(at)?;
                let (start, before) = self.record.custody(end)?;
                if at - end > 2 * WEEK || end - start > WEEK {
                    return None;
                }
                (start, before, end, after)
            }
        };
        let change = after - before;
        let gap = (claimed.number() / 1e9 - change).abs() - claimed.half_digit() / 1e9;
        let room = if claimed.approximate {
            change.abs() * 0.05
        } else {
            0.1
        };
        // Over which weeks it changed only the words can tell.
        let answer = match (
            gap <= room,
            stated.is_some() || self.says(keyed!["week", "weekly"]),
        ) {
            (true, _) => VerdictKind::Supported,
            (false, true) => VerdictKind::Contradicted,
            (false, false) => VerdictKind::NotEnoughData,
        };
        Some(Answer::with(
            answer,
            Row {
                series: "custody".into(),
                key: text!("{end}"),
                value: text!("{after:.1} bn USD"),
                vintage: Text::fixed("H.4.1"),
            },
            text!(
                "{:+.1} bn claimed, {before:.1} bn on {start} to {after:.1} bn on {end}: {change:+.1} bn",
                claimed.number() / 1e9
            ),
        ))
    }

    /// An intervention of the size that a text without its day tells.
    fn intervention_of(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        // Two digits agree by chance.
        if claimed.half_digit() > claimed.number().abs() * 0.006 {
            return None;
        }
        let known = self.record.snapshot().known_on(day);
        let all = known.interventions(day.plus_days(-BACK_DAYS), day).ok()?;
        let mut size = claimed;
        if size.number() < 0.0 {
            size = size.negated();
        }
        let found = all
            .iter()
            .rev()
            .find(|i| i.pair == "USD/JPY" && agrees(&size, i.amount.bn().abs(), 1e9))?;
        let amount = found.amount.bn().abs();
        Some(Answer::with(
            VerdictKind::Supported,
            Row {
                series: "japan_interventions".into(),
                key: text!("{}", found.start),
                value: text!("{amount:.1} bn yen"),
                vintage: text!("released {}", found.provenance.release.date),
            },
            text!(
                "{:.1} bn yen claimed, {amount:.1} bn yen from {} to {}",
                size.number() / 1e9,
                found.start,
                found.end
            ),
        ))
    }

    /// Yen that the ministry bought or sold: the days within the claim's time, or the total of the window that it names.
    pub(super) fn intervention(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        if claimed.unit() != crate::model::Unit::Jpy {
            return None;
        }
        let when = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?)));
        // "Between April 26 and May 29".
        let span = match self.ground.days {
            Days::Since(from, Some(to)) if self.says(keyed!["between", "from"]) => Some((from, to)),
            _ => None,
        };
        let Some((from, to)) = span.or(when) else {
            return Some(self.intervention_of(claim, day).unwrap_or_else(|| {
                Answer::bare(
                    VerdictKind::NotEnoughData,
                    "nothing in the text fixes the time, and no intervention known by then has that size",
                )
            }));
        };
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
                if let Some(found) = self.intervention_of(claim, day) {
                    return Some(found);
                }
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
        // One day of the time, or a published window that reaches beyond it.
        if !agrees(&size, amount, 1e9)
            && from < to
            && let Some(found) = self.intervention_of(claim, day)
        {
            return Some(found);
        }
        let fits = agrees(&size, amount, 1e9);
        // "On four days" where the time holds two: another time is meant.
        let counted = (self.ground.from..self.ground.to).find_map(|t| {
            matches!(
                self.page.low(t + 1),
                "days" | "occasions" | "rounds" | "times"
            )
            .then(|| crate::number::small(self.page.low(t)))
            .flatten()
        });
        if !fits && counted.is_some_and(|n| n as usize != days.len()) {
            return Some(Answer::with(
                VerdictKind::NotEnoughData,
                row,
                text!("{arithmetic}; the text counts other days"),
            ));
        }
        Some(Answer::with(verdict(fits), row, arithmetic))
    }
}
