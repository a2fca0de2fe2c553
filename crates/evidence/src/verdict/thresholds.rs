//! Forecasts that a series decides: a yield, the dollar, holdings, a rank, a policy rate, an intervention.
//!
//! "Below 1% by Friday" came true if a close up to Friday was below; a level without such a word is compared with the close of the
//! last day. A forecast that something will not happen came true if it did not. What has happened before the time is over is
//! decided; what has not is open until then. A month's figure decides once it was published.

use brandish_data::Month;
use brandish_units::{Date, Tenor};

use super::{Answer, Check};
use crate::lexicon::What;
use crate::model::{Claim, Quantity, Row, Unit, VerdictKind};
use crate::number;
use crate::short::{Text, text};
use crate::text::{Keyed, keyed, low_is};

/// Share by which the dollar may have gone beyond its fixings within a day: twice an ordinary day's half range, a judgment.
const TOUCHED: f64 = 0.01;

/// Which side of a number is forecast.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
    At,
}

impl Side {
    fn word(self) -> &'static str {
        match self {
            Side::Above => "above",
            Side::Below => "below",
            Side::At => "at",
        }
    }
}

/// A forecast's own words.
struct Told {
    first: usize,
    last: usize,
    lower: String,
    value: Option<(usize, Quantity)>,
}

/// Longest time in days that is looked through.
const LONGEST: i32 = 1_500;
/// Days from the decision to the day on which a rate of the Bank of Japan takes effect.
const EFFECT: i32 = 5;
/// Days after a time within which interventions of single days are not out yet.
const QUARTER: i32 = 130;

impl Check<'_> {
    fn forecast_words(&self, claim: &Claim) -> Told {
        let page = self.page;
        let at = |point: usize| {
            page.tokens
                .partition_point(|t| page.offsets.point(t.start) < point)
        };
        let (first, last) = (at(claim.span.start), at(claim.span.end).saturating_sub(1));
        let mut found = Vec::new();
        number::quantities(page, first, last, &mut found);
        let value = found
            .iter()
            .find(|q| q.quantity.unit() != Unit::Count)
            .map(|q| (q.first, q.quantity))
            .or(claim.value.map(|v| (last, v)));
        Told {
            first,
            last,
            lower: crate::short::lowered(&claim.text),
            value,
        }
    }

    fn side(&self, told: &Told) -> Side {
        let end = told.value.map_or(told.last, |v| v.0 + 2);
        let has = |words: &[Keyed]| self.page.says(told.first, end, words);
        if has(keyed!["below", "under", "beneath", "less"]) {
            Side::Below
        } else if has(keyed![
            "above", "over", "exceed", "exceeds", "beyond", "top", "more", "least", "past",
        ]) {
            Side::Above
        } else {
            Side::At
        }
    }

    fn denies(&self, told: &Told) -> bool {
        (told.first..=told.last).any(|t| {
            low_is!(
                self.page,
                t,
                "not" | "n't" | "n’t" | "never" | "no" | "doubt" | "doubts"
            )
        })
    }

    /// The country of a forecast: named in it, else the one that opens the sentence before or the paragraph.
    fn forecast_holder(&self, told: &Told) -> Option<&str> {
        let page = self.page;
        let place = |first: usize, last: usize| {
            page.hits_in(first, last).iter().find_map(|h| match h.what {
                What::Place(p) => self
                    .lexicon
                    .places
                    .get(p as usize)
                    .filter(|p| p.holder.is_some())
                    .map(|p| p.name.as_str()),
                _ => None,
            })
        };
        place(told.first, told.last).or_else(|| {
            let own = page.sentences.partition_point(|s| s.last < told.first);
            let block = page.sentences.get(own)?.block;
            let before = page
                .sentences
                .get(own.checked_sub(1)?)
                .filter(|s| s.block == block)?;
            place(before.first, before.first + 3).or_else(|| {
                let open = page.blocks.get(block)?;
                place(open.first, open.first + 4)
            })
        })
    }

    /// The verdict of a series, if one decides the forecast.
    pub(super) fn threshold(&self, claim: &Claim, day: Date, to: Date) -> Option<Answer> {
        let told = self.forecast_words(claim);
        // A month that is over has its figure to come.
        if to < day {
            return self.holds(claim, &told, day, to);
        }
        if to - day > LONGEST {
            return None;
        }
        self.policy_rate(&told, day, to)
            .or_else(|| self.stays_out(&told, day, to))
            .or_else(|| self.ranks(&told, day, to))
            .or_else(|| self.yield_reaches(claim, &told, day, to))
            .or_else(|| self.dollar_reaches(&told, day, to))
            .or_else(|| self.holds(claim, &told, day, to))
    }

    fn decided(
        &self,
        happened: bool,
        denies: bool,
        to: Date,
        row: Row,
        arithmetic: Text,
    ) -> Answer {
        if !happened && to >= self.as_of {
            return Answer::with(
                VerdictKind::Open,
                row,
                text!(
                    "{arithmetic}; until {to}, the record is read on {}",
                    self.as_of
                ),
            );
        }
        let verdict = if happened != denies {
            VerdictKind::CameTrue
        } else {
            VerdictKind::DidNotComeTrue
        };
        Answer::with(verdict, row, arithmetic)
    }

    fn yield_reaches(&self, claim: &Claim, told: &Told, day: Date, to: Date) -> Option<Answer> {
        let (_, value) = told.value.filter(|v| v.1.unit() == Unit::Percent)?;
        let measure = claim.relation.strip_prefix("measure:")?;
        let years = measure.strip_prefix("yield_")?;
        let tenor: Tenor = text!("{}Y", years.trim_end_matches('y')).parse().ok()?;
        let side = self.side(told);
        if side == Side::At {
            return None;
        }
        let x = value.number();
        let fits = |y: f64| if side == Side::Above { y > x } else { y < x };
        let mut at = day.plus_days(1);
        let end = to.min(self.as_of);
        let mut hit = None;
        let mut extreme: Option<(Date, f64)> = None;
        while at <= end {
            if let Some((date, y)) = self.record.par_yield(tenor, at).filter(|f| f.0 == at) {
                let better =
                    extreme.is_none_or(|(_, e)| if side == Side::Above { y > e } else { y < e });
                if better {
                    extreme = Some((date, y));
                }
                if fits(y) {
                    hit = Some((date, y));
                    break;
                }
            }
            at = at.plus_days(1);
        }
        let (date, y) = hit.or(extreme)?;
        let row = Row {
            series: "par_yields".into(),
            key: text!("{} {date}", tenor.label()),
            value: text!("{y:.2}%"),
            vintage: Text::fixed("published on the day"),
        };
        let word = side.word();
        Some(self.decided(
            hit.is_some(),
            self.denies(told),
            to,
            row,
            text!("{word} {x}% by {to}: {y:.2}% on {date}"),
        ))
    }

    /// "The dollar will fall below 140 yen this autumn": by the fixings.
    fn dollar_reaches(&self, told: &Told, day: Date, to: Date) -> Option<Answer> {
        let (_, value) = told
            .value
            .filter(|v| matches!(v.1.unit(), Unit::Jpy | Unit::JpyPerUsd))?;
        let side = self.side(told);
        let x = value.number();
        if side == Side::At || !(50.0..400.0).contains(&x) || !told.lower.contains("dollar") {
            return None;
        }
        let mut at = day.plus_days(1);
        let mut extreme: Option<(Date, f64)> = None;
        while at <= to.min(self.as_of) {
            if let Some((date, y)) = self
                .record
                .daily("fx_h10", "usdjpy_jpy_per_usd", at)
                .filter(|f| f.0 == at)
                && extreme.is_none_or(|(_, e)| if side == Side::Above { y > e } else { y < e })
            {
                extreme = Some((date, y));
            }
            at = at.plus_days(1);
        }
        let (date, y) = extreme?;
        let happened = if side == Side::Above { y > x } else { y < x };
        // A fixing a day does not show what was touched in between.
        if !happened && (y / x - 1.0).abs() < TOUCHED {
            return None;
        }
        let row = Row {
            series: "fx_h10".into(),
            key: text!("{date}"),
            value: text!("{y}"),
            vintage: Text::fixed("published on the day"),
        };
        let word = side.word();
        Some(self.decided(
            happened,
            self.denies(told),
            to,
            row,
            text!("{word} {x} by {to}: {y} on {date}"),
        ))
    }

    fn holds(&self, claim: &Claim, told: &Told, day: Date, to: Date) -> Option<Answer> {
        let (_, value) = told
            .value
            .filter(|v| v.1.unit() == Unit::Usd && v.1.number() >= 1e9)?;
        let named = claim.relation.ends_with("treasury_holdings")
            || [
                "holding", "treasur", "pile", "hoard", "stock", "figure", "above", "below", "under",
            ]
            .iter()
            .any(|w| told.lower.contains(w));
        if !named || !self.treasuries {
            return None;
        }
        // Sales are flows and no level.
        if ["sell", "sold", "dump", "buy", "bought", "reserves", "gold"]
            .iter()
            .any(|w| told.lower.contains(w))
        {
            return None;
        }
        let holder = self.record.holder(self.forecast_holder(told)?)?;
        let figures: Vec<_> = self
            .record
            .holdings(holder)
            .iter()
            .filter(|f| f.released <= self.as_of)
            .collect();
        let bn = value.number() / 1e9;
        let by = (told.first..=told.last).any(|t| {
            low_is!(self.page, t, "by")
                && low_is!(
                    self.page,
                    t.saturating_sub(1),
                    "fallen"
                        | "fall"
                        | "falls"
                        | "drop"
                        | "dropped"
                        | "declined"
                        | "decline"
                        | "shrunk"
                        | "risen"
                        | "rise"
                        | "grown"
                )
        });
        let month = self.figure_month(told, day);
        if by {
            let month = claim
                .when
                .as_ref()
                .and_then(|w| w.from)
                .map(Month::of)
                .or(month)?;
            let after = figures
                .iter()
                .find(|f| f.month == month && f.released > day)?;
            let before = figures.iter().find(|f| f.month == month.plus_months(-1))?;
            let down = !["risen", "rise ", "grown"]
                .iter()
                .any(|w| told.lower.contains(w));
            let change = after.usd_bn - before.usd_bn;
            let size = if down { -change } else { change };
            let happened = match self.side(told) {
                Side::Above => size >= bn,
                Side::Below => size > 0.0 && size < bn,
                Side::At => return None,
            };
            return Some(self.decided(
                happened,
                self.denies(told),
                to,
                after.row("tic_holdings", holder),
                text!(
                    "{:.1} bn ({}) to {:.1} bn ({}): {change:+.1} bn",
                    before.usd_bn,
                    before.month,
                    after.usd_bn,
                    after.month
                ),
            ));
        }
        if to < day && month.is_none() {
            return None;
        }
        let side = self.side(told);
        let fits = |x: f64| match side {
            Side::Above => x > bn,
            Side::Below => x < bn,
            Side::At => false,
        };
        if side == Side::At {
            return None;
        }
        let ahead = Month::of(day.plus_days(1));
        let within: Vec<_> = match month {
            Some(month) => figures.iter().filter(|f| f.month == month).collect(),
            None => figures
                .iter()
                .filter(|f| f.month >= ahead && f.month.start() <= to)
                .collect(),
        };
        let last = within.last()?;
        let hit = within.iter().find(|f| fits(f.usd_bn));
        let whole =
            month.is_some() || last.month >= Month::of(to) || last.month.plus_months(1).end() > to;
        if hit.is_none() && !whole && to < self.as_of {
            return None;
        }
        let shown = hit.unwrap_or(last);
        let word = side.word();
        Some(self.decided(
            hit.is_some(),
            self.denies(told),
            to,
            shown.row("tic_holdings", holder),
            text!(
                "{word} {bn:.1} bn by {to}: {:.1} bn for {}",
                shown.usd_bn,
                shown.month
            ),
        ))
    }

    /// "The December figure": the month whose figure is forecast.
    fn figure_month(&self, told: &Told, day: Date) -> Option<Month> {
        let page = self.page;
        let own = page.sentences.partition_point(|s| s.last < told.first);
        let from = page.sentences.get(own).map_or(told.first, |s| s.first);
        (from..=told.last).find_map(|t| {
            if !low_is!(page, t, "figure" | "number" | "reading") {
                return None;
            }
            let month = crate::when::month(page.low(t.checked_sub(1)?))?;
            // The figure to come is of a month that is over or about to be.
            (0..12)
                .map(|back| Month::of(day).plus_months(1 - back))
                .find(|m| m.start().month() == month)
        })
    }

    fn ranks(&self, told: &Told, day: Date, to: Date) -> Option<Answer> {
        if !["largest", "biggest"]
            .iter()
            .any(|w| told.lower.contains(w))
            || !["holder", "creditor", "owner"]
                .iter()
                .any(|w| told.lower.contains(w))
        {
            return None;
        }
        if ["second", "third", "fourth", "fifth"]
            .iter()
            .any(|w| told.lower.contains(w))
        {
            return None;
        }
        let holder = self.record.holder(self.forecast_holder(told)?)?;
        let ahead = Month::of(day.plus_days(1));
        let months: Vec<Month> = self
            .record
            .holdings(holder)
            .iter()
            .filter(|f| f.month >= ahead && f.month.start() <= to && f.released <= self.as_of)
            .map(|f| f.month)
            .collect();
        let first = |m: &&Month| {
            self.record
                .ranking(**m)
                .first()
                .is_some_and(|(h, _)| h == holder)
        };
        let hit = months.iter().find(first);
        let shown = *hit.or(months.last())?;
        let top: Vec<Text> = self
            .record
            .ranking(shown)
            .iter()
            .take(2)
            .map(|(h, v)| text!("{h} {v:.1}"))
            .collect();
        let row = Row {
            series: "tic_holdings".into(),
            key: text!("{shown}"),
            value: top.join(", ").into(),
            vintage: Text::fixed("later vintage at hand"),
        };
        Some(self.decided(
            hit.is_some(),
            self.denies(told),
            to,
            row,
            text!("number 1 by {to}: {} in {shown}", top.join(", ")),
        ))
    }

    fn policy_rate(&self, told: &Told, day: Date, to: Date) -> Option<Answer> {
        let boj = ["bank of japan", "boj"]
            .iter()
            .any(|w| told.lower.contains(w));
        let moves = ["raise", "lift", "hike", "increase", "cut", "lower"]
            .iter()
            .any(|w| told.lower.contains(w));
        let (_, value) = told.value.filter(|v| v.1.unit() == Unit::Percent)?;
        if !boj || !moves {
            return None;
        }
        let table = self.record.snapshot().table("boj_policy_rate").ok()?;
        let [date, rate] = table.columns(["effective_date", "policy_rate_pct"]).ok()?;
        let mut found: Option<(Date, f64)> = None;
        for row in table.rows() {
            let row = row.ok()?;
            let at = row.date(date).ok()?;
            if at <= to.plus_days(EFFECT).min(self.as_of) {
                found = Some((at, row.optional_number(rate).ok().flatten()?));
            }
        }
        let (at, now) = found?;
        let happened = at > day && (now - value.number()).abs() < 0.01;
        let row = Row {
            series: "boj_policy_rate".into(),
            key: text!("{at}"),
            value: text!("{now}%"),
            vintage: Text::fixed("effective day"),
        };
        Some(self.decided(
            happened,
            self.denies(told),
            to,
            row,
            text!("{}% by {to}: {now}% from {at}", value.number()),
        ))
    }

    /// "The ministry will stay out of the market".
    fn stays_out(&self, told: &Told, day: Date, to: Date) -> Option<Answer> {
        let about = self.yen
            && ["ministry", "tokyo", "japan"]
                .iter()
                .any(|w| told.lower.contains(w));
        let out = told.lower.contains("stay out of the market")
            || told.lower.contains("stays out of the market");
        let seen = ["in the market", "intervene", "intervention"]
            .iter()
            .any(|w| told.lower.contains(w));
        if !about || !(out || seen) {
            return None;
        }
        let known = self.record.snapshot().known_on(self.as_of);
        let all = known
            .interventions(day.plus_days(1), to.min(self.as_of))
            .ok()?;
        let first = all.iter().find(|i| i.pair == "USD/JPY");
        if first.is_none() && to.plus_days(QUARTER) > self.as_of {
            return None;
        }
        let row = Row {
            series: "japan_interventions".into(),
            key: first.map_or(text!("{day} to {to}"), |i| text!("{}", i.start)),
            value: first.map_or(Text::fixed("none"), |i| {
                text!("{:.1} bn yen", i.amount.bn())
            }),
            vintage: Text::fixed("published with the quarter"),
        };
        let arithmetic = match first {
            Some(i) => text!("{:.1} bn yen from {}", i.amount.bn(), i.start),
            None => text!("no intervention from {day} to {to}"),
        };
        Some(self.decided(
            first.is_some(),
            out || self.denies(told),
            to,
            row,
            arithmetic,
        ))
    }
}
