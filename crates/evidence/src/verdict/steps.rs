//! What a holder bought or sold over months, and by how much a level changed.
//!
//! net purchases over a time = sum of the monthly net purchases of the flows table, in billions of dollars; change = level at
//! the end of the time minus level before it ("up 23.5 billion from January": newest level minus January's). A time counts
//! only if all its months were out: the record of some of them supports and refutes nothing.

use brandish_data::Month;
use brandish_units::Date;

use super::numbers::agrees;
use super::rates::near;
use super::{Answer, Check};
use crate::ground::{Days, aggregate_key};
use crate::model::{Claim, Unit, VerdictKind};
use crate::record::{Figure, Record};
use crate::short::text;
use crate::text::keyed;

/// Room of a difference between two levels that are rounded to a tenth of a billion each.
const ROUNDED_BN: f64 = 0.1;

/// Share of a month's flow by which later vintages move it: a judgment.
const REVISED: f64 = 0.1;
/// Share of a level by which they move the difference of two: a judgment.
const REVISED_LEVEL: f64 = 0.015;
/// Billions by which they do at least.
const REVISED_BN: f64 = 3.0;
/// The same of all foreigners, their governments or private holders: a judgment (April 2025, private and long-term: -46.8, later -52.8).
const REVISED_GROUP_BN: f64 = 10.0;

fn wide(claimed: f64, net: f64, room: f64) -> bool {
    (claimed - net).abs() <= room && claimed * net > 0.0
}

/// Months from the first to the last, both counted; `None` if the last comes before the first.
fn months_between(first: Month, last: Month) -> Option<usize> {
    let number = |m: Month| m.start().year() * 12 + m.start().month() as i32;
    usize::try_from(number(last) - number(first) + 1)
        .ok()
        .filter(|months| *months > 0)
}

impl Check<'_> {
    pub(super) fn net_purchases(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let holder = self.record.holder(&claim.subject)?;
        if claimed.unit() != Unit::Usd {
            return None;
        }
        let Some(when) = &claim.when else {
            return self.newest_purchases(claim, holder, day);
        };
        let (from, to) = (Month::of(when.from?), Month::of(when.to?));
        // "In two months of 2018".
        if months_between(from, to)? >= 12 && self.says(keyed!["months", "weeks"]) {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                "which months of that time are meant, the text does not say",
            ));
        }
        let chosen = |all: &'_ [Figure]| -> Vec<Figure> {
            all.iter()
                .filter(|f| f.month >= from && f.month <= to && f.released <= day)
                .cloned()
                .collect()
        };
        if self.says(keyed!["bills", "short-term", "shorter-dated"])
            && !self.says(keyed!["notes", "bonds"])
        {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                "flows of bills alone are not looked up",
            ));
        }
        let mut long = self.says(keyed![
            "longer",
            "long",
            "longer-dated",
            "long-dated",
            "long-term",
            "longer-term",
            "coupon",
        ]);
        let mut flows = chosen(if long {
            self.record.long_flows(holder)
        } else {
            self.record.flows(holder)
        });
        // Before 2020 the table has the long-term part alone.
        if flows.is_empty() && !long {
            long = true;
            flows = chosen(self.record.long_flows(holder));
        }
        let first = flows.first()?;
        let wanted = months_between(from, to)?;
        // "Since January" ends with the newest month that was out.
        let running = crate::short::lowered(&when.text).starts_with("since");
        let net: f64 = flows.iter().map(|f| f.usd_bn).sum();
        let arithmetic = format!(
            "{:+.1} bn claimed, net purchases {}{net:+.1} bn over {} month(s) from {}",
            claimed.number() / 1e9,
            if long { "of the long-term part " } else { "" },
            flows.len(),
            first.month
        );
        // The table may begin later than the time.
        if flows.len() < wanted && (!running || first.month > from) {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                format!("{arithmetic}; {} of {wanted} months were out", flows.len()),
            ));
        }
        // "Trimmed its holdings by 18.9 billion" may be what was sold or by how much the level fell.
        let level = || {
            let figures = self.record.holdings(holder);
            let of = |month: Month| {
                figures
                    .iter()
                    .find(|f| f.month == month && f.released <= day)
            };
            let before = of(Month::of(from.start().plus_days(-1)))?;
            let change = of(to)?.usd_bn - before.usd_bn;
            let gap = (claimed.number() / 1e9 - change).abs();
            Some((change, gap <= claimed.half_digit() / 1e9 + ROUNDED_BN))
        };
        let fits = agrees(&claimed, net, 1e9);
        // "Net sales" without a word on maturities may be those of the long-term part.
        let part = (!fits && !long)
            .then(|| chosen(self.record.long_flows(holder)))
            .filter(|f| f.len() == flows.len())
            .map(|f| f.iter().map(|f| f.usd_bn).sum::<f64>())
            .filter(|sum| agrees(&claimed, *sum, 1e9));
        let other = if fits || long { None } else { level() };
        // "Long-term" may stand at another number of the sentence.
        let whole = (!fits && long)
            .then(|| chosen(self.record.flows(holder)))
            .filter(|f| f.len() == flows.len())
            .is_some_and(|f| agrees(&claimed, f.iter().map(|f| f.usd_bn).sum::<f64>(), 1e9));
        let arithmetic = match other {
            Some((change, _)) => format!("{arithmetic}; the level changed by {change:+.1} bn"),
            None => arithmetic,
        };
        let arithmetic = match part {
            Some(sum) => format!("{arithmetic}; of the long-term part {sum:+.1} bn"),
            None => arithmetic,
        };
        let room = if aggregate_key(&claim.subject).is_some() {
            REVISED_GROUP_BN
        } else {
            REVISED_BN
        };
        let verdict = if fits || part.is_some() || other.is_some_and(|o| o.1) {
            VerdictKind::Supported
        } else if whole || near(&claimed, net, REVISED) || wide(claimed.number() / 1e9, net, room) {
            VerdictKind::NotEnoughData
        } else {
            VerdictKind::Contradicted
        };
        Some(
            Answer::with(verdict, first.row("tic_flows", holder), arithmetic).unsure(
                "flows are of the newest vintage at hand; the figure of the day may have differed",
            ),
        )
    }

    /// "Net sales were $4.1 billion" without a time: those of the newest month that was out may bear it out, and refute nothing.
    fn newest_purchases(&self, claim: &Claim, holder: &str, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let newest = |all: &'_ [Figure]| all.iter().rev().find(|f| f.released <= day).cloned();
        let whole = newest(self.record.flows(holder));
        let long = newest(self.record.long_flows(holder));
        let fits = |f: &&Figure| agrees(&claimed, f.usd_bn, 1e9);
        let all = [whole, long];
        let found = all.iter().flatten().find(fits);
        let shown = found.or(all.iter().flatten().next())?;
        let (verdict, note) = match found {
            Some(_) => (VerdictKind::Supported, ""),
            None => (VerdictKind::NotEnoughData, "; the text names no month"),
        };
        Some(Answer::with(
            verdict,
            shown.row("tic_flows", holder),
            text!(
                "{:+.1} bn claimed, net purchases {:+.1} bn in {}{note}",
                claimed.number() / 1e9,
                shown.usd_bn,
                shown.month
            ),
        ))
    }

    /// "Up 23.5 billion from January": a change of the level.
    pub(super) fn holding_change(&self, claim: &Claim, holder: &str, day: Date) -> Option<Answer> {
        claim.value.filter(|v| v.unit() == Unit::Usd)?;
        let figures = self.record.holdings(holder);
        let of = |month: Month| {
            figures
                .iter()
                .find(|f| f.month == month && f.released <= day)
        };
        // "Added $37.5 billion" without a time: in the newest month that was out.
        let newest = Record::newest(figures, day)?.month;
        let Some(when) = &claim.when else {
            let before = of(Month::of(newest.start().plus_days(-1)))?;
            let mut answer = self.step(claim, holder, before, of(newest)?)?;
            // Another month may be meant.
            if answer.verdict == VerdictKind::Contradicted {
                answer.verdict = VerdictKind::NotEnoughData;
                answer.arithmetic = text!("{}; the text names no month", answer.arithmetic);
            }
            return Some(answer);
        };
        let (from, to) = (Month::of(when.from?), Month::of(when.to?));
        let lower = crate::short::lowered(&when.text);
        let counted = ["since", "from", "than"]
            .iter()
            .any(|w| lower.starts_with(w));
        let (before, after) = if let Days::Since(first, Some(last)) = self.ground.days {
            // "252.8 in March, from 345.3 in February, a drop of 92.5".
            (of(Month::of(first))?, of(Month::of(last))?)
        } else if counted {
            (of(from)?, Record::newest(figures, day)?)
        } else {
            // One day or a few tell no change of a monthly figure.
            if (when.to? - when.from?) < 27 {
                return None;
            }
            (of(Month::of(from.start().plus_days(-1)))?, of(to)?)
        };
        if before.month >= after.month {
            return None;
        }
        self.step(claim, holder, before, after)
    }

    fn step(&self, claim: &Claim, holder: &str, before: &Figure, after: &Figure) -> Option<Answer> {
        let claimed = claim.value?;
        let change = after.usd_bn - before.usd_bn;
        let gap = (claimed.number() / 1e9 - change).abs();
        let fits = agrees(&claimed, change, 1e9) || gap <= claimed.half_digit() / 1e9 + ROUNDED_BN;
        let arithmetic = format!(
            "{:+.1} bn claimed; {:.1} bn ({}) to {:.1} bn ({}): {change:+.1} bn",
            claimed.number() / 1e9,
            before.usd_bn,
            before.month,
            after.usd_bn,
            after.month
        );
        // A vintage moves both levels, and their difference by less.
        let first = before.first_published && after.first_published;
        let revised = !first && gap <= claimed.half_digit() / 1e9 + REVISED_LEVEL * after.usd_bn;
        // "A drop of 8.2 billion" may be what was sold.
        let sum = |all: &[Figure]| -> f64 {
            all.iter()
                .filter(|f| f.month > before.month && f.month <= after.month)
                .map(|f| f.usd_bn)
                .sum()
        };
        let bought = !fits
            && [self.record.flows(holder), self.record.long_flows(holder)]
                .into_iter()
                .any(|all| agrees(&claimed, sum(all), 1e9));
        let arithmetic = if bought {
            format!("{arithmetic}; the net purchases of that time would fit")
        } else {
            arithmetic
        };
        Some(Answer {
            verdict: if fits {
                VerdictKind::Supported
            } else if revised || bought {
                VerdictKind::NotEnoughData
            } else {
                VerdictKind::Contradicted
            },
            rows: vec![
                after.row("tic_holdings", holder),
                before.row("tic_holdings", holder),
            ],
            now: self.record.holding_now(holder, after.month),
            arithmetic: arithmetic.into(),
            uncertainty: "a change of the level: purchases and prices together".into(),
        })
    }
}
