//! Amounts and rates against the series.
//!
//! A number agrees if it differs from the published one by no more than half its last written digit ("1.13 trillion" holds
//! from 1,125 to 1,135 billion). One that agrees with an older month is outdated; one that agrees but is used as if the
//! state owned it all is a scope error, since the holdings series counts official and private holders together.

use brandish_units::{Date, Tenor};

use super::{Answer, Check};
use crate::model::{Claim, Quantity, Row, Unit, VerdictKind};
use crate::record::{Record, Tariff};
use crate::short::{Text, text};

/// Extra room for words of approximation: "more than", "about".
const APPROXIMATE: f64 = 0.05;

/// Points by which quoted superlong bonds of Japan have stood off the fitted curve: judgment, from May 2025.
const LONG_END: f64 = 0.35;

/// Months back in which a number that was right once counts as outdated.
const OLD_MONTHS: usize = 24;

/// Share by which a later vintage differs in its last digits only: judgment.
const REVISED_LITTLE: f64 = 0.001;

/// Share by which the yearly revisions have moved a holder's figure: judgment, a little above those of June 2025 and June 2026.
const REVISED: f64 = 0.015;

pub(super) fn agrees(claimed: &Quantity, published: f64, scale: f64) -> bool {
    let room = claimed.half_digit() * 1.000_001
        + if claimed.approximate {
            claimed.number().abs() * APPROXIMATE
        } else {
            0.0
        };
    (claimed.number() - published * scale).abs() <= room
}

impl Check<'_> {
    pub(super) fn number(&self, claim: &Claim) -> Answer {
        let plain = claim.relation.rsplit(':').next().unwrap_or("");
        let series = self
            .lexicon
            .measure(plain)
            .and_then(|m| m.series.as_deref());
        let column = match plain {
            "auction_yield" => "high_yield_pct",
            "auction_size" => "offering_usd_mn",
            "bid_to_cover" => "bid_to_cover_ratio",
            _ => "",
        };
        if !column.is_empty()
            && let (Some(day), Some(term)) = (self.day, &claim.object)
            && let Some(answer) = self.auction(claim, column, term, day)
        {
            return answer;
        }
        let Some(series) = series else {
            let text = if plain == "amount" {
                "what the number measures is not stated in words of the lexicon"
            } else {
                "the snapshot holds no series of it"
            };
            return Answer::bare(VerdictKind::NotEnoughData, text);
        };
        let Some(day) = self.day else {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                "the document states no date, so no vintage can be chosen",
            );
        };
        let found = match series.split(':').next().unwrap_or("") {
            "tic_holdings"
                if claim.relation.starts_with("increase:")
                    || claim.relation.starts_with("decrease:") =>
            {
                self.direction(claim, day)
            }
            "tic_holdings" if claim.relation.starts_with("net_purchases:") => {
                self.net_purchases(claim, day)
            }
            "tic_holdings" if claim.relation.starts_with("share:") => self.share(claim, day),
            "tic_holdings" => self.holding(claim, day),
            "japan_reserves" => self.reserve(claim, day),
            "custody" => self.custody_level(claim, day),
            "japan_interventions" => self.intervention(claim, day),
            "par_yields" => self.yield_level(claim, series.split(':').nth(1).unwrap_or("10Y"), day),
            "jgb" => self.series_level(
                claim,
                "jgb_yields",
                &text!("jgb_{}_pct", series.split(':').nth(1).unwrap_or("10y")),
                day,
            ),
            "usdjpy" => self.series_level(claim, "fx_h10", "usdjpy_jpy_per_usd", day),
            "tariffs" => self.tariff(claim, day),
            "policy_rates" => self.policy_level(claim, day),
            "fx_ecb" => self.euro(claim, day),
            "episode_moves" => {
                self.move_of_size(claim, series.split(':').nth(1).unwrap_or(""), day)
            }
            _ => None,
        };
        // One fund of a country is not the country.
        let part = series == "tic_holdings"
            && self.lexicon.place(&claim.subject).is_none()
            && self.lexicon.person(&claim.subject).is_none()
            && self.lexicon.country(&claim.subject).is_some();
        if part
            && let Some(answer) = found
                .as_ref()
                .filter(|a| matches!(a.verdict, VerdictKind::Contradicted | VerdictKind::Outdated))
        {
            return Answer {
                verdict: VerdictKind::NotEnoughData,
                rows: answer.rows.clone(),
                now: answer.now.clone(),
                arithmetic: text!(
                    "{}; the series is of the country as a whole",
                    answer.arithmetic
                ),
                uncertainty: answer.uncertainty.clone(),
            };
        }
        found.unwrap_or_else(|| {
            Answer::bare(
                VerdictKind::NotEnoughData,
                text!(
                    "the record has no row of {series} for {} known on {day}",
                    if claim.subject.is_empty() {
                        "it"
                    } else {
                        &claim.subject
                    }
                ),
            )
        })
    }

    fn holding(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        if claimed.unit() != Unit::Usd {
            return None;
        }
        let holder = self.record.holder(&claim.subject)?;
        if claim.change {
            return self.holding_change(claim, holder, day);
        }
        // "Three months earlier" of a time that nothing fixes is not the newest month.
        if claim.when.as_ref().is_some_and(|w| w.from.is_none()) {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                "nothing in the text fixes the month",
            ));
        }
        let figures = self.record.holdings(holder);
        let newest = match self.end_month(claim) {
            Some(month) => match figures.iter().find(|f| f.month == month) {
                Some(figure) if figure.released <= day => figure,
                // Told before it was published, or of a month that the record does not hold.
                later => {
                    let text = match later {
                        Some(f) => text!(
                            "the figure of {month} came out on {}, after the text",
                            f.released
                        ),
                        None => text!("the record has no figure of {month}"),
                    };
                    return Some(Answer {
                        verdict: VerdictKind::NotEnoughData,
                        rows: later
                            .map(|f| f.row("tic_holdings", holder))
                            .into_iter()
                            .collect(),
                        now: self.record.holding_now(holder, month),
                        arithmetic: text,
                        uncertainty: Text::EMPTY,
                    });
                }
            },
            None => Record::newest(figures, day)?,
        };
        let row = newest.row("tic_holdings", holder);
        let gap = claimed.number() / 1e9 - newest.usd_bn;
        let arithmetic = text!(
            "{:.1} bn claimed, {:.1} bn published for {}: difference {gap:+.1} bn, room {:.1} bn",
            claimed.number() / 1e9,
            newest.usd_bn,
            newest.month,
            claimed.half_digit() / 1e9
        );
        let now = self.record.holding_now(holder, newest.month);
        let scope_note = "the series counts official and private holders together, by custodian";
        let revised = !newest.first_published;
        let gap_bn = (claimed.number() / 1e9 - newest.usd_bn).abs();
        if agrees(&claimed, newest.usd_bn, 1e9)
            || revised && gap_bn <= newest.usd_bn.abs() * REVISED_LITTLE
        {
            let own = claim.scope.as_deref() == Some("as the state's own");
            let verdict = if own {
                VerdictKind::ScopeError
            } else {
                VerdictKind::Supported
            };
            let mut answer = Answer {
                verdict,
                rows: vec![row],
                now,
                arithmetic,
                uncertainty: scope_note.into(),
            };
            if own
                && holder == "Japan"
                && let Some(reserves) = self.record.japan_reserves(day)
                && let Some(securities) = reserves.securities_usd_bn
            {
                answer.arithmetic.push_str(&text!(
                    "; the state's securities were at most {securities:.0} bn at {}",
                    reserves.observed
                ));
            }
            return Some(answer);
        }
        let older = figures
            .iter()
            .rev()
            .filter(|f| f.released <= day)
            .take(OLD_MONTHS)
            .find(|f| agrees(&claimed, f.usd_bn, 1e9));
        if let Some(older) = older {
            return Some(Answer {
                verdict: VerdictKind::Outdated,
                rows: vec![row, older.row("tic_holdings", holder)],
                now,
                arithmetic: text!("{arithmetic}; it was right for {}", older.month),
                uncertainty: scope_note.into(),
            });
        }
        // Between the first figure and the one at hand lie revisions.
        if revised && gap_bn <= newest.usd_bn.abs() * REVISED {
            return Some(Answer {
                verdict: VerdictKind::NotEnoughData,
                rows: vec![row],
                now,
                arithmetic: text!(
                    "{arithmetic}; the first figure is not at hand, only a later vintage"
                ),
                uncertainty: scope_note.into(),
            });
        }
        Some(Answer {
            verdict: VerdictKind::Contradicted,
            rows: vec![row],
            now,
            arithmetic,
            uncertainty: scope_note.into(),
        })
    }

    /// The months that a claim speaks of, as far as they were out.
    fn period(&self, claim: &Claim, day: Date) -> Option<(Date, Date)> {
        let when = claim.when.as_ref()?;
        Some((when.from?, when.to?.min(day)))
    }

    fn direction(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let holder = self.record.holder(&claim.subject)?;
        let up = claim.relation.starts_with("increase") != claim.negated;
        let (from, to) = self
            .period(claim, day)
            .unwrap_or((day.plus_months(-6), day));
        let levels = self.record.holdings(holder);
        let out: Vec<_> = levels.iter().filter(|f| f.released <= day).collect();
        let last = out.iter().rev().find(|f| f.month.start() <= to)?;
        let before = out
            .iter()
            .rev()
            .find(|f| f.month.end() < from)
            .or_else(|| out.iter().find(|f| f.month.start() >= from))?;
        // One month alone tells no direction.
        if before.month >= last.month {
            return None;
        }
        let change = last.usd_bn - before.usd_bn;
        let flows: Vec<_> = self
            .record
            .flows(holder)
            .iter()
            .filter(|f| f.month.start() >= from && f.month.start() <= to && f.released <= day)
            .collect();
        let net: f64 = flows.iter().map(|f| f.usd_bn).sum();
        let valued: f64 = self
            .record
            .valuation(holder)
            .iter()
            .filter(|f| f.month.start() >= from && f.month.start() <= to && f.released <= day)
            .map(|f| f.usd_bn)
            .sum();
        let arithmetic = text!(
            "{:.1} bn ({}) to {:.1} bn ({}): {change:+.1} bn; net purchases {net:+.1} bn in {} months, valuation of the long-term part {valued:+.1} bn",
            before.usd_bn,
            before.month,
            last.usd_bn,
            last.month,
            flows.len()
        );
        let fits = |x: f64| (x > 0.0) == up;
        let verdict = match (fits(change), flows.is_empty() || fits(net)) {
            (true, true) => VerdictKind::Supported,
            (false, _) => VerdictKind::Contradicted,
            (true, false) => VerdictKind::ScopeError,
        };
        Some(Answer {
            verdict,
            rows: vec![
                last.row("tic_holdings", holder),
                before.row("tic_holdings", holder),
            ],
            now: self.record.holding_now(holder, last.month),
            arithmetic,
            uncertainty: Text::fixed("flows are of the newest vintage at hand"),
        })
    }

    fn share(&self, claim: &Claim, day: Date) -> Option<Answer> {
        if self.record.holder(&claim.subject)? != "Japan" {
            return None;
        }
        let reserves = self.record.japan_reserves(day)?;
        let (observed, total, out) = (reserves.observed, reserves.total_usd_bn, reserves.released);
        let part = reserves.securities_usd_bn?;
        let row = Row {
            series: "japan_reserves".into(),
            key: text!("Japan {observed}"),
            value: text!("securities {part:.0} of {total:.0} bn USD"),
            vintage: text!("released {out}"),
        };
        Some(
            Answer::with(
                VerdictKind::NotCheckable,
                row,
                text!(
                    "securities are {:.0}% of reserves; the issuers are not published",
                    100.0 * part / total
                ),
            )
            .unsure("likely, but the composition is not disclosed"),
        )
    }

    fn yield_level(&self, claim: &Claim, tenor: &str, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let tenor: Tenor = tenor.parse().ok()?;
        let at = claim.when.as_ref().and_then(|w| w.to).unwrap_or(day);
        let (date, before, after) = match self.over(claim) {
            Some((from, to)) => {
                let (date, after) = self.record.par_yield(tenor, to)?;
                (date, self.record.par_yield(tenor, from)?.1, after)
            }
            None => self.record.move_of(tenor, at)?,
        };
        // A piece without a day of its own speaks of that day's session or, written in the morning, of the one before.
        let undated = claim.when.is_none();
        let eve = undated
            .then(|| self.record.move_of(tenor, date.plus_days(-1)))
            .flatten();
        let change = (after - before) * 100.0;
        let row = Row {
            series: "par_yields".into(),
            key: text!("{} {date}", tenor.label()),
            value: text!("{after:.2}%, {change:+.0} bp"),
            vintage: Text::fixed("published on the day"),
        };
        let intraday = "closes of the par curve; quotes within the day and of single notes differ by a few basis points";
        let (verdict, arithmetic) = if claim.change || claimed.unit() == Unit::BasisPoints {
            let near = |x: f64| (claimed.number() - x).abs() <= claimed.half_digit() + 1.5;
            let fits = near(change) || eve.is_some_and(|(_, b, a)| near((a - b) * 100.0));
            (
                if fits {
                    VerdictKind::Supported
                } else {
                    VerdictKind::Contradicted
                },
                text!(
                    "{:+.0} bp claimed, {change:+.0} bp on {date}",
                    claimed.number()
                ),
            )
        } else {
            let first = eve.map_or(before, |(_, b, _)| b);
            let low = before.min(after).min(first) - 0.06;
            let high = before.max(after).max(first) + 0.06;
            let fits = (low - claimed.half_digit()..=high + claimed.half_digit())
                .contains(&claimed.number());
            (
                if fits {
                    VerdictKind::Supported
                } else {
                    VerdictKind::Contradicted
                },
                text!(
                    "{}% claimed, close {after:.2}% on {date}, {before:.2}% the day before",
                    claimed.number()
                ),
            )
        };
        Some(Answer::with(verdict, row, arithmetic).unsure(intraday))
    }

    /// The period of a change that is told over more than a day.
    fn over(&self, claim: &Claim) -> Option<(Date, Date)> {
        let when = claim.when.as_ref().filter(|_| claim.change)?;
        let (from, to) = (when.from?, when.to?);
        (3..=400).contains(&(to - from)).then_some((from, to))
    }

    fn series_level(
        &self,
        claim: &Claim,
        table: &'static str,
        column: &str,
        day: Date,
    ) -> Option<Answer> {
        let claimed = claim.value?;
        let at = claim.when.as_ref().and_then(|w| w.to).unwrap_or(day);
        let (date, value) = self.record.daily(table, column, at)?;
        let (before_date, before) = self.record.daily(table, column, date.plus_days(-1))?;
        let yields = table == "jgb_yields";
        let row = Row {
            series: table.into(),
            key: text!("{date}"),
            value: text!("{value} ({before} on {before_date})"),
            vintage: Text::fixed("published on the day"),
        };
        let (published, room) = match (claimed.unit(), claim.change, yields) {
            (Unit::BasisPoints, _, true) => ((value - before) * 100.0, 1.5),
            (Unit::Percent, true, false) => ((value / before - 1.0) * 100.0, 0.3),
            (Unit::Percent, false, true) => (value, 0.05),
            (Unit::JpyPerUsd, false, false) => (value, value * 0.012),
            _ => return None,
        };
        // The ministry's curve is fitted; bonds that the market quotes lie above its long end.
        let long = ["jgb_30y_pct", "jgb_40y_pct", "jgb_20y_pct"].contains(&column);
        let signed = if claimed.unit() == Unit::Percent && !yields {
            claimed.number().abs() - published.abs()
        } else {
            claimed.number() - published
        };
        let fits = signed.abs() <= claimed.half_digit() + room;
        if !fits && long && claimed.unit() == Unit::Percent && signed.abs() <= LONG_END {
            return Some(Answer::with(
                VerdictKind::NotEnoughData,
                row,
                text!(
                    "{} claimed, {published:.2} on the ministry's fitted curve of {date}, from which quoted bonds of that term differ",
                    claimed.number()
                ),
            ));
        }
        Some(
            Answer::with(
                if fits {
                    VerdictKind::Supported
                } else {
                    VerdictKind::Contradicted
                },
                row,
                text!(
                    "{} claimed, {published:.2} in the record of {date}",
                    claimed.number()
                ),
            )
            .unsure("one fixing a day; the rate moves within the day"),
        )
    }

    fn tariff(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        if claimed.unit() != Unit::Percent {
            return None;
        }
        let text = claim.text.to_lowercase();
        let autos = ["auto", "car", "vehicle"].iter().any(|w| text.contains(w));
        let fits = self.record.tariffs(day).find(|t| {
            let of_cars = t.measure.contains("autos");
            (of_cars == autos || !autos)
                && (agrees(&claimed, t.rate_pct, 1.0)
                    || of_cars && agrees(&claimed, t.rate_pct - 2.5, 1.0))
        });
        let row = |t: &Tariff| Row {
            series: "tariffs".into(),
            key: text!("{} {}", t.measure, t.from),
            value: text!("{}%, {}", t.rate_pct, t.status),
            vintage: Text::fixed("transcribed from the press"),
        };
        if let Some(t) = fits {
            let extra = if agrees(&claimed, t.rate_pct, 1.0) {
                ""
            } else {
                "; the general duty of 2.5% comes on top"
            };
            return Some(Answer::with(
                VerdictKind::Supported,
                row(t),
                text!(
                    "{}% claimed, {}% in the table{extra}",
                    claimed.number(),
                    t.rate_pct
                ),
            ));
        }
        let place = self.record.holder(&claim.subject).is_some()
            || claim.subject == "United States"
            || claim.subject.is_empty();
        if !place || !text.contains("japan") {
            return None;
        }
        let t = self
            .record
            .tariffs(day)
            .find(|t| t.measure.contains("autos") == autos)?;
        Some(Answer::with(
            VerdictKind::Contradicted,
            row(t),
            text!(
                "{}% claimed, {}% in the table",
                claimed.number(),
                t.rate_pct
            ),
        ))
    }
}
