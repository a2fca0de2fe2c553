//! Policy rates and the euro.
//!
//! The Federal Reserve's target range and the Bank of Japan's rate are in the record; a level told of them is compared with the
//! range or rate in force on the claim's day or just after it, since a decision takes effect a day later, and a decision ("cut", "left
//! unchanged") with the rates before and after. The euro is compared with the reference rate of its day.

use brandish_units::Date;

use super::{Answer, Check};
use crate::model::{Claim, Row, Unit, VerdictKind};
use crate::short::{Text, text};

/// Days after a decision by which it is in force.
const EFFECT: i32 = 4;
/// Days before it that tell the rate before.
const BEFORE: i32 = 1;
/// Days back to which a rate without a time may refer, and the step of the search, which no decision of either bank undoes: judgments.
const LOOK_BACK: i32 = 730;
const STRIDE: i32 = 7;
/// Room for a quote within the day beside the reference rate, as a share.
const WITHIN_DAY: f64 = 0.012;

/// Whose policy rate the record holds.
enum Bank {
    Fed,
    Japan,
}

impl Check<'_> {
    fn bank(&self, subject: &str) -> Option<Bank> {
        let place = self.lexicon.country(subject).unwrap_or(subject);
        match place {
            "United States" => Some(Bank::Fed),
            "Japan" => Some(Bank::Japan),
            _ => None,
        }
    }

    /// Lower and upper end on a day.
    fn range(&self, bank: &Bank, day: Date) -> Option<(f64, f64)> {
        match bank {
            Bank::Fed => self.record.federal_funds(day).map(|r| (r.1, r.2)),
            Bank::Japan => self.record.bank_of_japan(day).map(|r| (r.1, r.1)),
        }
    }

    fn policy_row(bank: &Bank, day: Date, (low, high): (f64, f64)) -> Row {
        let (series, key): (&'static str, &str) = match bank {
            Bank::Fed => ("policy_rates", "target range"),
            Bank::Japan => ("boj_policy_rate", "policy rate"),
        };
        Row {
            series: series.into(),
            key: text!("{key} {day}"),
            value: if low < high {
                text!("{low:.2}% to {high:.2}%")
            } else {
                text!("{high:.2}%")
            },
            vintage: Text::fixed("published on the day"),
        }
    }

    /// A level of the policy rate, or its range.
    pub(super) fn policy_level(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let bank = self.bank(&claim.subject)?;
        let words = crate::short::lowered(&claim.text);
        let other = ["mortgage", "repo", "sofr", "prime", "deposit", "discount"];
        if claimed.unit() != Unit::Percent
            || claim.change
            || other.iter().any(|w| words.contains(w))
        {
            return None;
        }
        let at = claim.when.as_ref().and_then(|w| w.to).unwrap_or(day);
        let days = [at.plus_days(-BEFORE), at, at.plus_days(EFFECT)];
        let ranges: Vec<(Date, (f64, f64))> = days
            .into_iter()
            .filter(|d| *d <= self.as_of)
            .filter_map(|d| Some((d, self.range(&bank, d)?)))
            .collect();
        let (low, high) = (
            claimed.number() - claimed.half_digit(),
            claimed.number() + claimed.half_digit(),
        );
        let fits = |(from, to): &(f64, f64)| {
            // A range is told by its ends, an end alone or the rate between.
            if high - low > 0.2 {
                (low - from).abs() < 0.01 && (high - to).abs() < 0.01
            } else {
                (low..=high).contains(from)
                    || (low..=high).contains(to)
                    || from < to && (*from..=*to).contains(&claimed.number())
            }
        };
        let found = ranges.iter().find(|r| fits(&r.1));
        let shown = found.or(ranges.get(1)).or(ranges.first())?;
        let mut arithmetic = text!(
            "{:.2}% claimed, {:.2}% to {:.2}% in the record",
            claimed.number(),
            shown.1.0,
            shown.1.1
        );
        let verdict = if found.is_some() {
            VerdictKind::Supported
        } else if let Some(then) = self.earlier(claim, day, |d| {
            self.range(&bank, d).is_some_and(|range| fits(&range))
        }) {
            arithmetic.push_str(&text!("; it was so on {then}, and the text names no day"));
            VerdictKind::NotEnoughData
        } else {
            VerdictKind::Contradicted
        };
        Some(Answer::with(
            verdict,
            Self::policy_row(&bank, shown.0, shown.1),
            arithmetic,
        ))
    }

    /// For a claim without a time, the newest day of the last two years on which it was so.
    fn earlier(&self, claim: &Claim, day: Date, so: impl Fn(Date) -> bool) -> Option<Date> {
        if claim.when.is_some() {
            return None;
        }
        (1..=LOOK_BACK / STRIDE)
            .map(|n| day.plus_days(-n * STRIDE))
            .find(|d| so(*d))
    }

    /// "Cut its key rate", "left rates unchanged": the rates before and after.
    pub(super) fn decision(&self, claim: &Claim, action: &str, day: Date) -> Option<Answer> {
        let wanted = match action {
            "cut_rate" => -1.0,
            "raise_rate" => 1.0,
            "hold_rate" => 0.0,
            _ => return None,
        };
        let bank = self.bank(&claim.subject)?;
        let own = self.lexicon.country(&claim.subject).is_some();
        let dated = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?)));
        let (from, to) = dated.unwrap_or((day, day));
        if !own || to - from > 7 {
            return None;
        }
        let before = self.range(&bank, from.plus_days(-BEFORE))?;
        let later = to.plus_days(EFFECT);
        let after = self.range(&bank, later).filter(|_| later <= self.as_of)?;
        let change: f64 = after.1 - before.1;
        let fits = if wanted == 0.0 {
            change.abs() < 0.005
        } else {
            change * wanted > 0.0
        } != claim.negated;
        let mut arithmetic = text!("{:.2}% before, {:.2}% after", before.1, after.1);
        let verdict = if fits {
            VerdictKind::Supported
        } else if dated.is_none() {
            arithmetic.push_str("; on which day it decided so, the text does not say");
            VerdictKind::NotEnoughData
        } else {
            VerdictKind::Contradicted
        };
        Some(Answer::with(
            verdict,
            Self::policy_row(&bank, to, after),
            arithmetic,
        ))
    }

    /// Dollars for a euro, or their change in percent.
    pub(super) fn euro(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let at = claim.when.as_ref().and_then(|w| w.to).unwrap_or(day);
        let (date, value) = self.record.daily("fx_ecb", "usd_per_eur", at)?;
        let (_, before) = self
            .record
            .daily("fx_ecb", "usd_per_eur", date.plus_days(-1))?;
        let row = Row {
            series: "fx_ecb".into(),
            key: text!("EUR/USD {date}"),
            value: text!("{value} ({before} the day before)"),
            vintage: Text::fixed("reference rate of the day"),
        };
        let (low, high) = (value.min(before), value.max(before));
        let room = claimed.half_digit() + value * WITHIN_DAY;
        let fits = match (claimed.unit(), claim.change) {
            (Unit::Usd | Unit::FxRate, false) if (0.5..2.0).contains(&claimed.number()) => {
                (low - room..=high + room).contains(&claimed.number())
            }
            _ => return None,
        };
        let mut arithmetic = text!("{} claimed, {value} on {date}", claimed.number());
        let near = |d: Date| {
            let fixing = self.record.daily("fx_ecb", "usd_per_eur", d);
            fixing.is_some_and(|(_, v)| (claimed.number() - v).abs() <= room)
        };
        let verdict = if fits {
            VerdictKind::Supported
        } else if let Some(then) = self.earlier(claim, day, near) {
            arithmetic.push_str(&text!("; it was so on {then}, and the text names no day"));
            VerdictKind::NotEnoughData
        } else {
            VerdictKind::Contradicted
        };
        Some(
            Answer::with(verdict, row, arithmetic)
                .unsure("one fixing a day; the rate moves within the day"),
        )
    }
}
