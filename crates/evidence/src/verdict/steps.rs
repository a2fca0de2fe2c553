//! What a holder bought or sold over months, and by how much a level changed.
//!
//! net purchases over a time = sum of the monthly net purchases of the flows table, in billions of dollars; change = level at
//! the end of the time minus level before it ("up 23.5 billion from January": newest level minus January's). A time counts
//! only if all its months were out: the record of some of them supports and refutes nothing.

use brandish_data::Month;
use brandish_units::Date;

use super::numbers::agrees;
use super::{Answer, Check};
use crate::model::{Claim, Unit, VerdictKind};
use crate::record::{Figure, Record};

/// Room of a difference between two levels that are rounded to a tenth of a billion each.
const ROUNDED_BN: f64 = 0.1;

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
        let when = claim.when.as_ref()?;
        let (from, to) = (Month::of(when.from?), Month::of(when.to?));
        let flows: Vec<&Figure> = self
            .record
            .flows(holder)
            .iter()
            .filter(|f| f.month >= from && f.month <= to && f.released <= day)
            .collect();
        let first = flows.first()?;
        let wanted = months_between(from, to)?;
        // "Since January" ends with the newest month that was out.
        let running = when.text.to_lowercase().starts_with("since");
        let net: f64 = flows.iter().map(|f| f.usd_bn).sum();
        let arithmetic = format!(
            "{:+.1} bn claimed, net purchases {net:+.1} bn over {} month(s) from {}",
            claimed.number() / 1e9,
            flows.len(),
            first.month
        );
        if flows.len() < wanted && !running {
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
        let other = if fits { None } else { level() };
        let arithmetic = match other {
            Some((change, _)) => format!("{arithmetic}; the level changed by {change:+.1} bn"),
            None => arithmetic,
        };
        let verdict = if fits || other.is_some_and(|o| o.1) {
            VerdictKind::Supported
        } else {
            VerdictKind::Contradicted
        };
        Some(
            Answer::with(verdict, first.row("tic_flows", holder), arithmetic).unsure(
                "flows are of the newest vintage at hand; the figure of the day may have differed",
            ),
        )
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
            return self.step(
                claim,
                holder,
                of(Month::of(newest.start().plus_days(-1)))?,
                of(newest)?,
            );
        };
        let (from, to) = (Month::of(when.from?), Month::of(when.to?));
        let lower = when.text.to_lowercase();
        let (before, after) = if lower.starts_with("from") || lower.starts_with("than") {
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
        // Two levels of a later vintage bear out little about the difference that was told.
        let revised = !before.first_published || !after.first_published;
        let near = revised && gap <= after.usd_bn.abs() * 0.015;
        Some(Answer {
            verdict: if fits {
                VerdictKind::Supported
            } else if near {
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
