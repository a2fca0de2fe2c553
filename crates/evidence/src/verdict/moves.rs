//! Market moves against the daily closes of stocks, the yen and gold.
//!
//! The snapshot holds daily changes of a few markets inside the windows of its episodes, and the yen on every business day. A
//! move of one day is compared with that day's change, a move of a named period with the change from its first to its last
//! day, a move without a time with the largest run in its direction in the five weeks before the text. Where no window holds
//! the days the answer is "not enough data" and says which windows there are. "Within minutes" cannot be borne out by closes: a
//! day that moved the other way contradicts it, a day with other news leaves it open.

use brandish_units::Date;

use super::{Answer, Check};
use crate::lexicon::{Event, Hit, What};
use crate::model::{Claim, Row, Unit, VerdictKind};
use crate::moves::{Market, Run};
use crate::short::{Text, text};
use crate::text::token;

/// Days before a text in which an undated move is looked for.
const LOOK_BACK: i32 = 35;
/// A run that bears out an undated "fell": a judgment, about three ordinary days of stocks.
const RUN_PCT: f64 = 3.0;
/// A day's change below this is no move.
const FLAT_PCT: f64 = 0.25;
/// Room for a quote within the day beside the close, in percentage points.
const ROOM_PCT: f64 = 0.1;
/// Longest named period that is added up.
const LONGEST: i32 = 400;

/// The market that a claim says moved, and whether its series runs the other way (the yen in a series of the dollar).
struct Told<'a> {
    market: &'a Market,
    inverse: bool,
}

impl Check<'_> {
    /// A claim that stocks, the yen or gold moved; `None` if it is about something else.
    pub(super) fn market_move(&self, claim: &Claim, action: &str, day: Date) -> Option<Answer> {
        let told = self.told(claim, action)?;
        let wanted: f64 = match action {
            "up" => 1.0,
            "down" => -1.0,
            _ => 0.0,
        };
        let wanted = if told.inverse { -wanted } else { wanted };
        let instant = instant(&crate::short::lowered(&claim.text));
        let dated = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?)));
        let market = told.market;
        let found = match dated {
            Some((from, to)) if from < to && !instant => {
                if (to - from) > LONGEST {
                    return None;
                }
                self.record.run(market, from, to).map(|run| (run, true))
            }
            Some((_, to)) => self.record.day_of(market, to).map(|run| (run, true)),
            None if instant => self.record.day_of(market, day).map(|run| (run, true)),
            None => {
                let period = (day.plus_days(-LOOK_BACK), day.min(self.as_of));
                let found = self.record.largest_run(market, period, wanted);
                // A short run bears nothing out.
                found.map(|(run, whole)| {
                    let short = wanted != 0.0 && run.change_pct * wanted < RUN_PCT;
                    let change_pct = if short { 0.0 } else { run.change_pct };
                    (Run { change_pct, ..run }, whole)
                })
            }
        };
        let Some((run, whole)) = found else {
            return Some(self.no_days(market, dated.unwrap_or((day, day))));
        };
        let news: Vec<&Event> = if run.first == run.last {
            let on = |e: &&Event| e.near(run.last, run.last, 0) && e.asked.is_none();
            self.lexicon.events.iter().filter(on).collect()
        } else {
            Vec::new()
        };
        let change = run.change_pct;
        let verdict = if wanted == 0.0 {
            if change.abs() < FLAT_PCT {
                VerdictKind::Supported
            } else {
                VerdictKind::Contradicted
            }
        } else if change * wanted <= 0.0 {
            // Without a day or a moment none of the weeks before may be meant.
            if dated.is_none() && !instant {
                VerdictKind::NotEnoughData
            } else {
                VerdictKind::Contradicted
            }
        } else if instant && !news.is_empty() {
            VerdictKind::NotCheckable
        } else {
            VerdictKind::Supported
        };
        if !whole && verdict != VerdictKind::Supported {
            return Some(self.no_days(market, (day.plus_days(-LOOK_BACK), day)));
        }
        let mut arithmetic = text!("{}: {}", market.label, told_run(&run));
        if !news.is_empty() {
            let titles: Vec<&str> = news.iter().map(|e| e.title.as_str()).collect();
            arithmetic.push_str(&text!("; that day also: {}", titles.join("; ")));
        }
        let mut rows = vec![row(market, &run)];
        rows.extend(news.iter().map(|e| e.row()));
        Some(Answer {
            verdict,
            rows,
            now: None,
            arithmetic,
            uncertainty: market.note.into(),
        })
    }

    /// "The Nikkei fell 2%": the day's change, or that of the period.
    pub(super) fn move_of_size(&self, claim: &Claim, column: &str, day: Date) -> Option<Answer> {
        let market = Market::of(column)?;
        let claimed = claim.value?;
        if claimed.unit() != Unit::Percent || !claim.change {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                text!(
                    "the record has changes of the {} and no levels",
                    market.label
                ),
            ));
        }
        let dated = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?)));
        let (from, to) = dated.unwrap_or((day, day));
        let found = if from < to && (to - from) <= LONGEST {
            self.record.run(market, from, to)
        } else {
            self.record.day_of(market, to)
        };
        let Some(run) = found else {
            return Some(self.no_days(market, (from, to)));
        };
        let gap = claimed.number() - run.change_pct;
        let verdict = if gap.abs() <= claimed.half_digit() + ROOM_PCT {
            VerdictKind::Supported
        } else {
            VerdictKind::Contradicted
        };
        Some(
            Answer::with(
                verdict,
                row(market, &run),
                text!(
                    "{:+}% claimed, {}: difference {gap:+.2} points",
                    claimed.number(),
                    told_run(&run)
                ),
            )
            .unsure(market.note),
        )
    }

    fn no_days(&self, market: &Market, (from, to): (Date, Date)) -> Answer {
        let asked = if from == to {
            text!("{to}")
        } else {
            text!("{from} to {to}")
        };
        Answer::bare(
            VerdictKind::NotEnoughData,
            text!(
                "no daily changes of the {} for {asked}; the record has {}",
                market.label,
                self.record.windows_told(market)
            ),
        )
    }

    /// The market named last before the action.
    fn told(&self, claim: &Claim, action: &str) -> Option<Told<'static>> {
        let lower = claim.text.to_ascii_lowercase();
        let tokens = token::tokens(&claim.text);
        let mut measure: Option<(Hit, u16)> = None;
        let mut told = None;
        for hit in self.lexicon.hits(&lower, &tokens) {
            match hit.what {
                // "Tokyo stocks" is one name and not stocks of anywhere.
                What::Measure(_) if measure.is_some_and(|(m, _)| hit.last <= m.last) => {}
                What::Measure(m) => measure = Some((hit, m)),
                What::Action(a) if measure.is_some() => {
                    let name = self.lexicon.actions.get(a as usize)?;
                    if name.name == action && name.family == "market" {
                        told = measure;
                        break;
                    }
                }
                _ => {}
            }
        }
        let (hit, number) = told?;
        let series = self
            .lexicon
            .measures
            .get(number as usize)?
            .series
            .as_deref()?;
        let words =
            lower.get(tokens.get(hit.first as usize)?.start..tokens.get(hit.last as usize)?.end)?;
        match series.split_once(':') {
            Some(("episode_moves", column)) => Some(Told {
                market: Market::of(column)?,
                inverse: false,
            }),
            None if series == "usdjpy" => Some(Told {
                market: Market::of("usdjpy_close_pct")?,
                inverse: matches!(words, "yen" | "the yen"),
            }),
            _ => None,
        }
    }
}

/// Words that tie a move to the moment of a remark.
const INSTANT: [&str; 12] = [
    "within minutes",
    "within hours",
    "instantly",
    "immediately",
    "at once",
    "on the news",
    "after the remark",
    "in minutes",
    "after the comments",
    "within an hour",
    "within the hour",
    "within seconds",
];

/// Whether a text in lower case ties a move to a moment.
pub(crate) fn instant(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).enumerate().any(|(at, two)| {
        matches!(two, b"wi" | b"in" | b"im" | b"at" | b"on" | b"af")
            && INSTANT
                .iter()
                .any(|w| bytes[at..].starts_with(w.as_bytes()))
    })
}

fn told_run(run: &Run) -> Text {
    if run.first == run.last {
        text!("{:+.2}% on {}", run.change_pct, run.last)
    } else {
        text!("{:+.2}% from {} to {}", run.change_pct, run.first, run.last)
    }
}

fn row(market: &Market, run: &Run) -> Row {
    let key = if run.first == run.last {
        text!("{} {}", market.label, run.last)
    } else {
        text!("{} {} to {}", market.label, run.first, run.last)
    };
    Row {
        series: run.table.into(),
        key,
        value: text!("{:+.2}%", run.change_pct),
        vintage: Text::fixed("published on the day"),
    }
}
