//! Moves of yields that a text tells as events, against the par yields of their day or period and what else happened then.
//!
//! Bonds fall when yields rise. A move of a named period or of the weeks before the text is borne out by a surge in its direction; a
//! move tied to a moment is judged by the day's close, and left open where the day had other news. Bonds of another country have no
//! daily series here that an event could be held against.

use brandish_units::{Date, Tenor};

use super::{Answer, Check};
use crate::lexicon::Event;
use crate::model::{Claim, Row, VerdictKind};
use crate::short::{Text, text};
use crate::text::low_is;

/// A day's move below this is no spike, in basis points.
const QUIET_BP: f64 = 3.0;
/// A move of a period that bears out "surged", "spiked".
const SURGE_BP: f64 = 15.0;

impl Check<'_> {
    /// Whether the bonds of a move are another country's than the Treasury's.
    fn foreign_bonds(&self, claim: &Claim) -> bool {
        let page = self.page;
        let at = |point: usize| {
            page.tokens
                .partition_point(|t| page.offsets.point(t.start) < point)
        };
        let (first, last) = (at(claim.span.start), at(claim.span.end).saturating_sub(1));
        let bond = |t: usize| {
            low_is!(
                page,
                t,
                "yield" | "yields" | "bond" | "bonds" | "debt" | "government"
            )
        };
        (first..=last).any(|t| {
            low_is!(
                page,
                t,
                "gilt" | "gilts" | "bund" | "bunds" | "jgb" | "jgbs"
            )
        }) || page.hits_in(first, last).iter().any(|h| {
            let crate::lexicon::What::Place(p) = h.what else {
                return false;
            };
            let name = self
                .lexicon
                .places
                .get(p as usize)
                .map_or("", |p| p.name.as_str());
            let (a, b) = (h.first as usize, h.last as usize);
            let beside = (b + 1..=b + 4).any(bond)
                && !(b + 1..=b + 2).any(|t| low_is!(page, t, "sold" | "sells" | "dumped" | "sale"));
            let of = a >= 2 && low_is!(page, a - 1, "in" | "of") && bond(a - 2);
            !matches!(name, "United States" | "New York") && (beside || of)
        })
    }

    /// A market move: the period's or the day's, and what else happened.
    pub(super) fn reaction(&self, claim: &Claim, action: &str, day: Date) -> Option<Answer> {
        if self.lexicon.person(&claim.subject).is_some() && claim.relation == action {
            return None;
        }
        if let Some(answer) = self.market_move(claim, action, day) {
            return Some(answer);
        }
        let text = crate::short::lowered(&claim.text);
        let yields = text.contains("yield") || text.contains("bond") || text.contains("treasur");
        let instant = super::moves::instant(&text);
        let dated = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?)));
        if !yields {
            return None;
        }
        if self.foreign_bonds(claim) {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                "the bonds are another country's, and the par curve is the Treasury's",
            ));
        }
        let sign: f64 = match action {
            "up" => 1.0,
            "down" => -1.0,
            _ => 0.0,
        };
        // Bonds fall when yields rise.
        let sign = if text.contains("yield") || text.contains("borrowing cost") {
            sign
        } else {
            -sign
        };
        if !instant && dated.is_none_or(|(f, t)| f != t) {
            let (from, to) = dated.unwrap_or((day.plus_days(-35), day));
            if (to - from) > 400 {
                return None;
            }
            let mut low = f64::MAX;
            let mut best = 0.0_f64;
            let mut start = from;
            let mut at = from.plus_days(-1);
            while at <= to.min(self.as_of) {
                if let Some((_, y)) = self
                    .record
                    .par_yield(Tenor::ALL.into_iter().find(|t| t.label() == "10Y")?, at)
                {
                    let level = y * if sign < 0.0 { -1.0 } else { 1.0 };
                    if level < low {
                        low = level;
                        if best < SURGE_BP {
                            start = at;
                        }
                    }
                    best = best.max((level - low) * 100.0);
                }
                at = at.plus_days(1);
            }
            let row = Row {
                series: "par_yields".into(),
                key: text!("10Y {from} to {to}"),
                value: text!("largest move {:+.0} bp from {start}", best * sign.signum()),
                vintage: Text::fixed("published on the days"),
            };
            let verdict = match (best >= SURGE_BP, dated) {
                (true, _) => VerdictKind::Supported,
                (false, Some(_)) => VerdictKind::Contradicted,
                // Which weeks are meant, the text does not say.
                (false, None) => VerdictKind::NotEnoughData,
            };
            return Some(Answer::with(
                verdict,
                row,
                text!(
                    "10-year par yield moved {best:.0} bp in that direction between {from} and {to}"
                ),
            ));
        }
        let at = dated.map_or(day, |d| d.1);
        let ten = Tenor::ALL.into_iter().find(|t| t.label() == "10Y")?;
        let (date, before, after) = self.record.move_of(ten, at)?;
        let change = (after - before) * 100.0;
        let news: Vec<&Event> = self
            .lexicon
            .events
            .iter()
            .filter(|e| e.near(date, date, 0) && e.asked.is_none())
            .collect();
        let row = Row {
            series: "par_yields".into(),
            key: text!("10Y {date}"),
            value: text!("{change:+.0} bp"),
            vintage: Text::fixed("published on the day"),
        };
        let mut rows = vec![row];
        rows.extend(news.iter().map(|e| e.row()));
        let also = if news.is_empty() {
            Text::EMPTY
        } else {
            text!(
                "; that day also: {}",
                news.iter()
                    .map(|e| e.title.as_str())
                    .collect::<Vec<_>>()
                    .join("; ")
            )
        };
        let flat = change.abs() < QUIET_BP;
        let verdict = match (sign == 0.0, flat) {
            (true, true) => VerdictKind::Supported,
            (true, false) => VerdictKind::Contradicted,
            (false, true) => VerdictKind::Contradicted,
            (false, false) if change * sign < 0.0 => VerdictKind::Contradicted,
            (false, false) if instant && !news.is_empty() => VerdictKind::NotCheckable,
            (false, false) => VerdictKind::Supported,
        };
        Some(Answer {
            verdict,
            rows,
            now: None,
            arithmetic: text!(
                "10-year par yield {before:.2}% to {after:.2}% on {date}: {change:+.0} bp{also}"
            ),
            uncertainty: Text::fixed(
                "closes of the day; a move within minutes is not in the record",
            ),
        })
    }
}
