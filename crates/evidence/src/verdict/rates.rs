//! Yields and the dollar in yen against the closes and fixings of their day.
//!
//! The par curve has one close a day and the H.10 table one fixing, at noon in New York. A number is borne out by the day that
//! the text states, or where it states none by the day of the text, the one before or the one that the paragraph speaks of. It is
//! refuted only if the bond is known and neither those days nor the sessions around them come near: a number that would fit a
//! neighboring session, another maturity or the room of a quote within the day is left open, with the reason.

use brandish_units::{Date, Tenor, Weekday};

use super::{Answer, Check};
use crate::ground::{Bond, Days};
use crate::model::{Claim, Quantity, Row, Unit, VerdictKind};
use crate::short::{Text, text};
use crate::text::low_is;

/// Room of a day's change beside the par curve, in basis points: half a point of rounding at either end and single notes.
const ROOM_BP: f64 = 1.5;
/// Room within which a change told from quotes of the day is neither borne out nor refuted.
const GRAY_BP: f64 = 3.5;
/// Room of a level beside the closes of the par curve, in percentage points.
const ROOM_PCT: f64 = 0.06;
/// The same where the text says that it is a close.
const CLOSE_PCT: f64 = 0.04;
/// Room of a quote within the day beyond that.
const GRAY_PCT: f64 = 0.12;
/// The same of superlong bonds of Japan, whose quotes stand off the ministry's fitted curve: a judgment, from May 2025.
const GRAY_SUPERLONG: f64 = 0.35;
/// Years from which a bond of Japan is superlong.
const SUPERLONG: u8 = 20;
/// A percentage above it is no yield: the par curve has stood at 9% at most since 1990.
const HIGHEST_PCT: f64 = 20.0;
/// Days of the longest time within which an agreeing close bears a level out.
const LONGEST: i32 = 400;
/// Sessions before an undated number that may be the ones it speaks of.
const SESSIONS: usize = 6;
/// Room of the dollar in yen beside the fixing of noon, as a share: an ordinary day's range is about twice that.
const ROOM_FX: f64 = 0.005;
/// The room beyond which no ordinary day explains the difference.
const GRAY_FX: f64 = 0.015;
/// Room of a day's change of the dollar in percent, told between closes and held against fixings of noon: a judgment.
const MOVED_PCT: f64 = 0.3;
/// The same beyond which an afternoon's move does not explain the difference: a judgment.
const GRAY_MOVED_PCT: f64 = 0.8;
/// Room of a number told as of noon in New York, which the fixing is.
const NOON_JPY: f64 = 0.06;

/// Marks a refuted move that the text ties to a moment.
pub(crate) const AT_ONCE: &str = "; told as a reaction at once";

/// A close: its day, the close before, the close.
type Close = (Date, f64, f64);

/// How a number compares with a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Not,
    Gray,
    Yes,
}

fn weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn eve(mut day: Date) -> Date {
    day = day.plus_days(-1);
    while weekend(day) {
        day = day.plus_days(-1);
    }
    day
}

fn morrow(mut day: Date) -> Date {
    day = day.plus_days(1);
    while weekend(day) {
        day = day.plus_days(1);
    }
    day
}

impl Check<'_> {
    /// The days a number can be of, and whether the text states the day.
    fn sessions(&self, claim: &Claim, day: Date) -> (Vec<Date>, bool) {
        match &self.ground.days {
            Days::Stated(d) => (vec![*d], true),
            Days::Near(near) => {
                let mut all = near.clone();
                all.extend([day, eve(day)]);
                (all, false)
            }
            _ => match claim.when.as_ref().and_then(|w| Some((w.from?, w.to?))) {
                Some((from, to)) if from == to => (vec![to], true),
                Some((_, to)) if to <= day => (vec![to], false),
                _ => (vec![day, eve(day)], false),
            },
        }
    }

    fn close(&self, bond: Bond, at: Date) -> Option<Close> {
        match bond {
            Bond::Treasury(tenor) => self.record.move_of(tenor, at),
            Bond::Treasuries => self.record.move_of(ten()?, at),
            Bond::Japan(years) => {
                let column = text!("jgb_{years}y_pct");
                let (day, after) = self.record.daily("jgb_yields", &column, at)?;
                let (_, before) = self
                    .record
                    .daily("jgb_yields", &column, day.plus_days(-1))?;
                Some((day, before, after))
            }
        }
    }

    pub(super) fn yields(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let Some(bond) = self.ground.bond else {
            let why = self.ground.doubt.unwrap_or("the number is no yield");
            return Some(Answer::bare(VerdictKind::NotEnoughData, why));
        };
        // "A 65 percent chance".
        if claimed.unit() == Unit::Percent && !claim.change && claimed.number() > HIGHEST_PCT {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                "no yield of these bonds has stood that high",
            ));
        }
        let change = match claimed.unit() {
            Unit::BasisPoints => Some(claimed.number()),
            Unit::Percent if claim.change => {
                if !self.says_points() {
                    return Some(Answer::bare(
                        VerdictKind::NotEnoughData,
                        "percent of a yield and percentage points are two things, and the text does not say which",
                    ));
                }
                Some(claimed.number() * 100.0)
            }
            Unit::Percent => None,
            _ => {
                return Some(Answer::bare(
                    VerdictKind::NotEnoughData,
                    "a sum of money is no yield",
                ));
            }
        };
        let half = match claimed.unit() {
            Unit::Percent if change.is_some() => claimed.half_digit() * 100.0,
            _ => claimed.half_digit(),
        };
        if let Some(change) = change
            && let Some((from, to)) = self.span(claim, day)
        {
            return self.change_over(bond, (change, half), (from, to));
        }
        if change.is_none()
            && let Some(answer) = self.level_within(claim, bond, day)
        {
            return Some(answer);
        }
        let (days, stated) = self.sessions(claim, day);
        let fit = |bond: Bond, at: Date| -> Fit {
            match (self.close(bond, at), change) {
                (Some((_, before, after)), Some(change)) => {
                    let gap = (change - (after - before) * 100.0).abs() - half;
                    graded(gap, ROOM_BP, GRAY_BP)
                }
                (Some((_, before, after)), None) => {
                    let x = claimed.number();
                    let (low, high, room) = if self.says_close() {
                        (after, after, CLOSE_PCT)
                    } else {
                        (before.min(after), before.max(after), ROOM_PCT)
                    };
                    let gap = match self.bound() {
                        // "Ended above five percent": the digit is exact.
                        Some(true) => low - x,
                        Some(false) => x - high,
                        None => (low - x).max(x - high) - half,
                    };
                    let room = if self.bound().is_some() { 0.0 } else { room };
                    let gray = match bond {
                        Bond::Japan(years) if years >= SUPERLONG => GRAY_SUPERLONG,
                        _ => GRAY_PCT,
                    };
                    graded(gap, room, gray)
                }
                (None, _) => Fit::Not,
            }
        };
        let best = days.iter().copied().max_by_key(|d| {
            (
                fit(bond, *d),
                std::cmp::Reverse((*d - *days.first().unwrap_or(d)).abs()),
            )
        })?;
        let (date, before, after) = self.close(bond, best)?;
        let name = named(bond);
        let row = Row {
            series: if matches!(bond, Bond::Japan(_)) {
                "jgb_yields"
            } else {
                "par_yields"
            }
            .into(),
            key: text!("{name} {date}"),
            value: text!("{after}%, {:+.0} bp", (after - before) * 100.0),
            vintage: Text::fixed("published on the day"),
        };
        let mut arithmetic = match change {
            Some(change) => text!(
                "{change:+.0} bp claimed, {:+.0} bp on {date}",
                (after - before) * 100.0
            ),
            None => text!(
                "{}% claimed, close {after}% on {date}, {before}% the day before",
                claimed.number()
            ),
        };
        let verdict = match fit(bond, best) {
            Fit::Yes => VerdictKind::Supported,
            Fit::Gray => {
                arithmetic
                    .push_str("; within what quotes of the day and single notes may differ by");
                VerdictKind::NotEnoughData
            }
            Fit::Not => {
                let around = beside(best, stated, day);
                let other = around.iter().find(|d| fit(bond, **d) != Fit::Not);
                let maturity = [2, 5, 10, 30]
                    .into_iter()
                    .filter_map(|n| text!("{n}Y").parse::<Tenor>().ok())
                    .find(|t| {
                        bond == Bond::Treasuries
                            && days.iter().any(|d| fit(Bond::Treasury(*t), *d) != Fit::Not)
                    });
                match (other, maturity) {
                    (_, Some(t)) => {
                        arithmetic.push_str(&text!(
                            "; the text names no maturity, and the {} would fit",
                            t.label()
                        ));
                        VerdictKind::NotEnoughData
                    }
                    _ if change.is_some() && !stated && !self.at_once() => {
                        arithmetic.push_str("; over which time it changed, the text does not say");
                        VerdictKind::NotEnoughData
                    }
                    (Some(d), None) => {
                        arithmetic.push_str(&text!(
                            "; {d} would fit, and which session is meant is not sure"
                        ));
                        VerdictKind::NotEnoughData
                    }
                    (None, None) => {
                        if self.at_once() {
                            arithmetic.push_str(AT_ONCE);
                        }
                        VerdictKind::Contradicted
                    }
                }
            }
        };
        Some(Answer::with(verdict, row, arithmetic).unsure(
            "closes of the par curve; quotes within the day and of single notes differ by a few basis points",
        ))
    }

    /// A level of a week or longer that is over: any close of it may be meant, and it is refuted only outside their range.
    fn level_within(&self, claim: &Claim, bond: Bond, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        if !matches!(self.ground.days, Days::Open) {
            return None;
        }
        let when = claim.when.as_ref()?;
        let (from, to) = (when.from?, when.to?);
        if to - from < 2 || to > day {
            return None;
        }
        if to - from > LONGEST {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                text!("from {from} to {to} any level may be meant"),
            ));
        }
        let closes: Vec<Close> = (0..=to - from)
            .map(|n| from.plus_days(n))
            .filter_map(|d| self.close(bond, d).filter(|c| c.0 == d))
            .collect();
        let gap = |c: &Close| (c.2 - claimed.number()).abs() - claimed.half_digit();
        let nearest = closes.iter().min_by(|a, b| gap(a).total_cmp(&gap(b)))?;
        let (low, high) = closes
            .iter()
            .fold((f64::MAX, f64::MIN), |(l, h), c| (l.min(c.2), h.max(c.2)));
        let x = claimed.number();
        let outside = (low - x).max(x - high) - claimed.half_digit();
        let verdict = if gap(nearest) <= CLOSE_PCT {
            VerdictKind::Supported
        } else if outside > GRAY_PCT && !matches!(bond, Bond::Japan(_)) {
            VerdictKind::Contradicted
        } else {
            VerdictKind::NotEnoughData
        };
        let (date, _, after) = *nearest;
        Some(
            Answer::with(
                verdict,
                Row {
                    series: if matches!(bond, Bond::Japan(_)) {
                        "jgb_yields"
                    } else {
                        "par_yields"
                    }
                    .into(),
                    key: text!("{} {date}", named(bond)),
                    value: text!("{after:.2}%"),
                    vintage: Text::fixed("published on the day"),
                },
                text!("{x}% claimed, closes from {low:.2}% to {high:.2}% between {from} and {to}"),
            )
            .unsure("closes of the par curve; quotes within the day and of single notes differ by a few basis points"),
        )
    }

    /// First and last day of a change that is told over more than a day.
    fn span(&self, claim: &Claim, day: Date) -> Option<(Date, Date)> {
        if let Days::Since(from, to) = self.ground.days {
            return Some((from, to.unwrap_or(day)));
        }
        let when = claim.when.as_ref()?;
        let (from, to) = (when.from?, when.to?);
        (3..=400).contains(&(to - from)).then_some((from, to))
    }

    fn change_over(
        &self,
        bond: Bond,
        (claimed, half): (f64, f64),
        (from, to): (Date, Date),
    ) -> Option<Answer> {
        let (first, _, start) = self.close(bond, from)?;
        let (last, before, end) = self.close(bond, to)?;
        // "In the week": counted from the close before its first day or from that day's.
        let open = self.close(bond, first.plus_days(-1)).map_or(start, |c| c.2);
        let changes = [end - start, end - open, before - start].map(|c| c * 100.0);
        let gap = |c: &f64| (claimed - c).abs() - half;
        let best = changes
            .iter()
            .copied()
            .min_by(|a, b| gap(a).total_cmp(&gap(b)))?;
        let told = (end - start) * 100.0;
        let verdict = match graded(gap(&best), ROOM_BP, GRAY_BP) {
            Fit::Yes => VerdictKind::Supported,
            Fit::Gray => VerdictKind::NotEnoughData,
            Fit::Not => VerdictKind::Contradicted,
        };
        let row = Row {
            series: if matches!(bond, Bond::Japan(_)) {
                "jgb_yields"
            } else {
                "par_yields"
            }
            .into(),
            key: text!("{} {last}", named(bond)),
            value: text!("{end}%, {told:+.0} bp"),
            vintage: Text::fixed("published on the day"),
        };
        Some(
            Answer::with(verdict, row, text!("{claimed:+.0} bp claimed, {told:+.0} bp on {last} ({start}% on {first} to {end}%)"))
                .unsure("closes of the par curve; quotes within the day and of single notes differ by a few basis points"),
        )
    }

    /// Whether the sentence says that the number is a close.
    fn says_close(&self) -> bool {
        let Some((number, _)) = self.ground.number else {
            return false;
        };
        (number.saturating_sub(7).max(self.ground.from)..number).any(|t| {
            low_is!(
                self.page,
                t,
                "closed" | "close" | "ended" | "settled" | "finished" | "closing"
            )
        })
    }

    /// Whether the sentence ties the change to a day or less.
    fn at_once(&self) -> bool {
        let words = self
            .page
            .slice(self.ground.from, self.ground.to)
            .to_lowercase();
        super::moves::instant(&words)
            || [
                "within a day",
                "in a day",
                "in a single day",
                "overnight",
                "today",
            ]
            .iter()
            .any(|w| words.contains(w))
    }

    fn says_points(&self) -> bool {
        let Some((first, last)) = self.ground.number else {
            return false;
        };
        (first..=last + 4).any(|t| low_is!(self.page, t, "point" | "points"))
    }

    /// The dollar's change in yen over more than a day; which fixings a text counts from is not known, so nothing is refuted.
    fn dollar_yen_over(&self, claimed: Quantity, (from, to): (Date, Date)) -> Option<Answer> {
        let fixing = |at: Date| self.record.daily("fx_h10", "usdjpy_jpy_per_usd", at);
        let ((first, before), (last, after)) = (fixing(from)?, fixing(to)?);
        let moved = (after / before - 1.0) * 100.0;
        let gap = (claimed.number().abs() - moved.abs()).abs() - claimed.half_digit();
        let verdict = match graded(gap, MOVED_PCT, MOVED_PCT) {
            Fit::Yes => VerdictKind::Supported,
            _ => VerdictKind::NotEnoughData,
        };
        let row = Row {
            series: "fx_h10".into(),
            key: text!("{last}"),
            value: text!("{after} ({before} on {first})"),
            vintage: Text::fixed("published on the day"),
        };
        let arithmetic = text!(
            "{}% claimed, {moved:+.2}% from {first} to {last}",
            claimed.number()
        );
        Some(Answer::with(verdict, row, arithmetic))
    }

    /// The dollar in yen.
    pub(super) fn dollar_yen(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let fixing = |at: Date| self.record.daily("fx_h10", "usdjpy_jpy_per_usd", at);
        let noon = (self.ground.from..=self.ground.to)
            .any(|t| low_is!(self.page, t, "noon" | "midday"))
            && (self.ground.from..=self.ground.to).any(|t| low_is!(self.page, t, "york"));
        let half = claimed.half_digit();
        let level = claimed.unit() == Unit::JpyPerUsd && !claim.change;
        let percent = claimed.unit() == Unit::Percent && claim.change;
        if !level && !percent {
            return None;
        }
        // "Has gained 7 per cent since January": between the fixings of its ends.
        if percent && let Some((from, to)) = self.span(claim, day) {
            return self.dollar_yen_over(claimed, (from, to));
        }
        let (days, stated) = self.sessions(claim, day);
        let fit = |at: Date| -> Fit {
            let Some((date, value)) = fixing(at) else {
                return Fit::Not;
            };
            let Some((_, before)) = fixing(date.plus_days(-1)) else {
                return Fit::Not;
            };
            if percent {
                let moved = (value / before - 1.0) * 100.0;
                return graded(
                    (claimed.number().abs() - moved.abs()).abs() - half,
                    MOVED_PCT,
                    GRAY_MOVED_PCT,
                );
            }
            let x = claimed.number();
            if noon {
                return graded((x - value).abs() - half, NOON_JPY, NOON_JPY);
            }
            let next = fixing(morrow(date))
                .filter(|n| n.0 > date && n.0 <= self.as_of)
                .map_or(value, |n| n.1);
            let (low, high) = (before.min(value).min(next), before.max(value).max(next));
            graded(
                ((low - x).max(x - high).max(0.0) - half) / value,
                ROOM_FX,
                GRAY_FX,
            )
        };
        let best = days.iter().copied().max_by_key(|d| fit(*d))?;
        let (date, value) = fixing(best)?;
        let (before_date, before) = fixing(date.plus_days(-1))?;
        let row = Row {
            series: "fx_h10".into(),
            key: text!("{date}"),
            value: text!("{value} ({before} on {before_date})"),
            vintage: Text::fixed("published on the day"),
        };
        let mut arithmetic = if percent {
            text!(
                "{}% claimed, {:+.2}% in the record of {date}",
                claimed.number(),
                (value / before - 1.0) * 100.0
            )
        } else {
            text!(
                "{} claimed, {value:.2} in the record of {date}",
                claimed.number()
            )
        };
        let verdict = match fit(best) {
            Fit::Yes => VerdictKind::Supported,
            Fit::Gray => {
                arithmetic.push_str("; the rate moves that much within a day");
                VerdictKind::NotEnoughData
            }
            Fit::Not => {
                let around = beside(best, stated, day);
                match around.iter().find(|d| fit(**d) != Fit::Not) {
                    Some(d) => {
                        arithmetic.push_str(&text!(
                            "; {d} would fit, and which session is meant is not sure"
                        ));
                        VerdictKind::NotEnoughData
                    }
                    None => VerdictKind::Contradicted,
                }
            }
        };
        let note = if noon {
            "the fixing of noon in New York"
        } else {
            "one fixing a day, at noon in New York; the rate moves within the day"
        };
        Some(Answer::with(verdict, row, arithmetic).unsure(note))
    }
}

/// Sessions that a number may speak of instead: the neighbors of a stated day, else the last ones of the text's day.
fn beside(best: Date, stated: bool, day: Date) -> Vec<Date> {
    if stated {
        return vec![eve(best), morrow(best)];
    }
    std::iter::successors(Some(day), |d| Some(eve(*d)))
        .take(SESSIONS)
        .collect()
}

fn ten() -> Option<Tenor> {
    "10Y".parse().ok()
}

fn graded(gap: f64, room: f64, gray: f64) -> Fit {
    // The last digit of a difference of two printed numbers is noise.
    let gap = gap - 1e-9;
    if gap <= room {
        Fit::Yes
    } else if gap <= gray {
        Fit::Gray
    } else {
        Fit::Not
    }
}

fn named(bond: Bond) -> Text {
    match bond {
        Bond::Treasury(tenor) => Text::of(tenor.label()),
        Bond::Treasuries => Text::fixed("10Y"),
        Bond::Japan(years) => text!("JGB {years}Y"),
    }
}

/// What a claim and a number have in common with a series whose vintage may have moved.
pub(super) fn near(claimed: &Quantity, published_bn: f64, share: f64) -> bool {
    (claimed.number() / 1e9 - published_bn).abs()
        <= claimed.half_digit() / 1e9 + published_bn.abs() * share
}
