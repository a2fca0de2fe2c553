//! Amounts and rates against the series.
//!
//! A number agrees if it differs from the published one by no more than half its last written digit ("1.13 trillion" holds
//! from 1,125 to 1,135 billion). One that agrees with an older month is outdated; one that agrees but is used as if the
//! state owned it all is a scope error, since the holdings series counts official and private holders together.

use brandish_data::Month;
use brandish_units::Date;

use super::rates::near;
use super::{Answer, Check};
use crate::fixed::{fixed, signed};
use crate::ground::{ALL_FOREIGN, Bond, FOREIGN_OFFICIAL, aggregate_key};
use crate::model::{Claim, Quantity, Row, Unit, VerdictKind};
use crate::record::Record;
use crate::short::{Text, text};
use crate::text::keyed;

/// Extra room for words of approximation: "more than", "about".
const APPROXIMATE: f64 = 0.05;

/// Share of a level by which later vintages move it: a judgment. The yearly surveys have moved China by 5% (July 2025, first
/// published at 730.7 billion), Hong Kong by 7% (March 2025).
const REVISED: f64 = 0.08;

/// Days after which a time is over and not that of the text.
const OVER: i32 = 45;
/// Longest time, in days, within which an agreeing month bears a level out.
const LONGEST: i32 = 400;
/// Share of a level by which it may differ from the months' ends around it.
const WITHIN: f64 = 0.05;

/// Months back in which a number that was right once counts as outdated.
const OLD_MONTHS: usize = 24;

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
        let relation = claim.relation.as_str();
        let plain = relation
            .bytes()
            .rposition(|b| b == b':')
            .and_then(|colon| relation.get(colon + 1..))
            .unwrap_or(relation);
        let series = self
            .lexicon
            .measure(plain)
            .and_then(|m| m.series.as_deref())
            // Japan's bonds of any years have a column.
            .or_else(|| matches!(self.ground.bond, Some(Bond::Japan(_))).then_some("jgb"));
        if let Some(day) = self.day
            && let Some(answer) = self.at_auction(claim, plain, day)
        {
            return answer;
        }
        let money = matches!(
            claim.value.map(|v| v.unit()),
            Some(Unit::Usd | Unit::Jpy | Unit::Eur | Unit::Gbp | Unit::Cny | Unit::OtherMoney)
        );
        if money
            && series.is_some_and(|s| {
                s.starts_with("par_yields") || s.starts_with("jgb") || s.starts_with("tariffs")
            })
        {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                "a sum of money, and nothing in the text says what of",
            );
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
        if let Some(answer) = self.reserve_item(claim, plain, day) {
            return answer;
        }
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
            "par_yields" | "jgb" => self.yields(claim, day),
            "usdjpy" => self.dollar_yen(claim, day),
            "tariffs" => self.tariff(claim, day),
            "policy_rates" => self.policy_level(claim, day),
            "fx_ecb" => self.euro(claim, day),
            "episode_moves" => {
                self.move_of_size(claim, series.split(':').nth(1).unwrap_or(""), day)
            }
            _ => None,
        };
        // "12 percent in four days in April", "that week": a stretch within the time, and which one the text does not say.
        if claim.change
            && claim.kind == crate::model::ClaimKind::Rate
            && let Some(answer) = found
                .as_ref()
                .filter(|a| a.verdict == VerdictKind::Contradicted && self.stretch())
        {
            return Answer {
                verdict: VerdictKind::NotEnoughData,
                rows: answer.rows.clone(),
                now: answer.now.clone(),
                arithmetic: text!(
                    "{}; over which days it is counted, the text does not say",
                    answer.arithmetic
                ),
                uncertainty: answer.uncertainty.clone(),
            };
        }
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
        if let Some(answer) = self.holding_within(claim, holder, day) {
            return Some(answer);
        }
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
        let mut arithmetic = text!(
            "{} bn claimed, {} bn published for {}: difference {} bn, room {} bn",
            fixed::<1>(claimed.number() / 1e9),
            fixed::<1>(newest.usd_bn),
            newest.month,
            signed::<1>(gap),
            fixed::<1>(claimed.half_digit() / 1e9)
        );
        let now = self.record.holding_now(holder, newest.month);
        // "Fell below $770 billion".
        if let Some(less) = self.bound() {
            let over = newest.usd_bn * 1e9 - claimed.number();
            let open = !newest.first_published && over.abs() <= REVISED * claimed.number().abs();
            let verdict = match (less == (over < 0.0), open) {
                (true, _) => VerdictKind::Supported,
                (false, true) => VerdictKind::NotEnoughData,
                (false, false) => VerdictKind::Contradicted,
            };
            return Some(Answer::with(
                verdict,
                row,
                text!("{arithmetic}; a bound is claimed"),
            ));
        }
        let scope_note = "the series counts official and private holders together, by custodian";
        // A later vintage may print the tenth on its other side.
        let tenth = !newest.first_published && gap.abs() <= 0.1 + claimed.half_digit() / 1e9;
        if agrees(&claimed, newest.usd_bn, 1e9) || tenth {
            let own = claim.scope.as_deref() == Some("as the state's own")
                && aggregate_key(&claim.subject).is_none();
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
        // The newest vintage of the same month, where the first one is not at hand.
        if !newest.first_published
            && self
                .record
                .in_a_vintage(holder, newest.month, |bn| agrees(&claimed, bn, 1e9))
        {
            return Some(Answer {
                verdict: VerdictKind::Supported,
                rows: vec![row],
                now,
                arithmetic: text!("{arithmetic}; as revised since"),
                uncertainty: scope_note.into(),
            });
        }
        if let Some(scope) = self.other_scope(claim, holder, day) {
            arithmetic.push_str(&scope);
            return Some(Answer {
                verdict: VerdictKind::ScopeError,
                rows: vec![row],
                now,
                arithmetic,
                uncertainty: scope_note.into(),
            });
        }
        let older = figures
            .iter()
            .rev()
            .filter(|f| f.released <= day)
            // "Still" tells an older number, of however long ago.
            .take(if self.still() {
                figures.len()
            } else {
                OLD_MONTHS
            })
            .find(|f| agrees(&claimed, f.usd_bn, 1e9));
        // A month that the text names leaves no room for another.
        let stated = self.end_month(claim).is_some();
        let revised = !newest.first_published && near(&claimed, newest.usd_bn, REVISED);
        let verdict = match older {
            Some(_) if !stated => VerdictKind::Outdated,
            _ if revised => {
                arithmetic
                    .push_str("; only a later vintage is at hand, and revisions reach that far");
                VerdictKind::NotEnoughData
            }
            _ => VerdictKind::Contradicted,
        };
        let mut rows = vec![row];
        if let Some(older) = older {
            arithmetic.push_str(&text!("; it was right for {}", older.month));
            rows.push(older.row("tic_holdings", holder));
        }
        Some(Answer {
            verdict,
            rows,
            now,
            arithmetic,
            uncertainty: scope_note.into(),
        })
    }

    /// A level of a time that is over and no month's end: a year, a quarter, a day. Any month's end within it may be meant.
    fn holding_within(&self, claim: &Claim, holder: &str, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        let when = claim.when.as_ref()?;
        let (from, to) = (when.from?, when.to?);
        if self.end_month(claim).is_some() || to > day.plus_days(-OVER) {
            return None;
        }
        // "At the end of 2019".
        let from = if self.says(keyed!["end"]) && to - from > 200 {
            to.to_month_start()
        } else {
            from
        };
        let figures = self.record.holdings(holder);
        let months = Month::of(from)..=Month::of(to);
        let within: Vec<_> = figures
            .iter()
            .filter(|f| months.contains(&f.month) && f.released <= day)
            .collect();
        if within.is_empty() {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                text!("the record has no figure from {from} to {to}"),
            ));
        }
        let fits = within.iter().find(|f| agrees(&claimed, f.usd_bn, 1e9));
        let shown = fits.or(within.last())?;
        let gap = |f: &&&crate::record::Figure| (claimed.number() / 1e9 - f.usd_bn).abs();
        let nearest = within.iter().min_by(|a, b| gap(a).total_cmp(&gap(b)))?;
        let months = (to - from) / 31;
        // In five years any number occurs.
        let wide = to - from > LONGEST;
        let whole = i32::try_from(within.len()).is_ok_and(|n| n >= months);
        let verdict = match fits {
            Some(_) if !wide => VerdictKind::Supported,
            Some(_) => VerdictKind::NotEnoughData,
            // A day or a few may lie between two figures.
            None if !whole || to - from < 27 || near(&claimed, nearest.usd_bn, WITHIN) => {
                VerdictKind::NotEnoughData
            }
            None => VerdictKind::Contradicted,
        };
        Some(
            Answer::with(
                verdict,
                shown.row("tic_holdings", holder),
                text!(
                    "{:.1} bn claimed, {:.1} bn published for {}; nearest from {from} to {to}: {:.1} bn",
                    claimed.number() / 1e9,
                    shown.usd_bn,
                    shown.month,
                    nearest.usd_bn
                ),
            )
            .unsure("the series counts official and private holders together, by custodian"),
        )
    }

    /// A number of the wrong holder or stock: a state's reserves told as Treasuries, all foreigners' as the governments'.
    fn other_scope(&self, claim: &Claim, holder: &str, day: Date) -> Option<Text> {
        let claimed = claim.value?;
        // Two digits agree by chance.
        let precise = claimed.half_digit() <= claimed.number().abs() * 0.006;
        if claim.subject == FOREIGN_OFFICIAL || claim.subject == ALL_FOREIGN {
            let other = if claim.subject == FOREIGN_OFFICIAL {
                "all_foreign"
            } else {
                "foreign_official"
            };
            let theirs = Record::newest(self.record.holdings(other), day)?;
            let month = self.end_month(claim).unwrap_or(theirs.month);
            let theirs = self
                .record
                .holdings(other)
                .iter()
                .find(|f| f.month == month)?;
            let whose = if other == "all_foreign" {
                "all foreigners together"
            } else {
                "foreign governments alone"
            };
            return agrees(&claimed, theirs.usd_bn, 1e9)
                .then(|| text!("; {:.1} bn is what {whose} held", theirs.usd_bn));
        }
        if !precise {
            return None;
        }
        let reserves = match self.end_month(claim) {
            Some(month) if holder == "Japan" => self
                .record
                .japan_reserves_of(month)
                .map(|r| (r.total_usd_bn, r.observed)),
            Some(month) => self
                .record
                .reserves_of(holder, month)
                .map(|f| (f.usd_bn, f.month.end())),
            None if holder == "Japan" => self
                .record
                .japan_reserves(day)
                .map(|r| (r.total_usd_bn, r.observed)),
            None => self
                .record
                .reserves(holder, day)
                .map(|f| (f.usd_bn, f.month.end())),
        };
        let (total, observed) = reserves.filter(|r| day - r.1 < 100)?;
        agrees(&claimed, total, 1e9)
            .then(|| text!("; {total:.1} bn were the reserves of all kinds at {observed}"))
    }

    /// Whether the words behind the number count it over some days or weeks: "in four days", "that week".
    fn stretch(&self) -> bool {
        let Some((_, last)) = self.ground.number else {
            return false;
        };
        let low = |t: usize| self.page.low(t);
        (last + 1..(last + 8).min(self.ground.to)).any(|t| {
            let several = matches!(low(t + 2), "days" | "sessions" | "weeks" | "months");
            matches!(low(t), "in" | "over" | "within") && several
                || matches!(low(t), "that" | "same")
                    && matches!(low(t + 1), "week" | "month" | "quarter")
        })
    }

    /// Whether the number is a bound that the level crossed: below it, or above.
    pub(super) fn bound(&self) -> Option<bool> {
        let before = self.ground.number?.0.checked_sub(1)?;
        let less = match self.page.low(before) {
            "below" | "under" => true,
            "above" | "past" | "beyond" => false,
            _ => return None,
        };
        Some(less)
    }

    /// Whether the sentence says that something is so still.
    pub(super) fn still(&self) -> bool {
        self.says(keyed!["still", "remains", "remain", "continues"])
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
        let first = Month::of(from);
        let before = out
            .iter()
            .rev()
            .find(|f| f.month < first)
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
        // Without a time every recent one may be meant.
        let open = self.period(claim, day).is_none();
        let back = |months: i32| {
            let then = out
                .iter()
                .rev()
                .find(|f| f.month <= last.month.plus_months(-months));
            then.map(|f| last.usd_bn - f.usd_bn)
        };
        let mixed = open
            && [1, 3, 6, 12]
                .into_iter()
                .filter_map(back)
                .any(|c| fits(c) != fits(change));
        let verdict = match (fits(change), flows.is_empty() || fits(net)) {
            _ if mixed => VerdictKind::NotEnoughData,
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
}
