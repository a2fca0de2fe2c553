//! Offices and ranks against the table of offices and the holdings.
//!
//! "Former" is wrong of a person who holds the office on the claim's day, and a plain title is outdated after its end. A rank
//! is the holder's place among the holders of the newest month that was out; told "for decades" it is compared with every
//! month at hand. The table of offices is `names.json`; ranks count foreign holders, by custodian.

use brandish_data::Month;
use brandish_units::Date;

use super::{Answer, Check};
use crate::model::{Claim, Row, VerdictKind};
use crate::record::Record;
use crate::short::{Text, text};
use crate::text::keyed;

/// Share by which two holders may differ and change places in another vintage: a judgment.
const CLOSE: f64 = 0.03;
/// Months back in which a rank that was right once counts as outdated: a judgment.
const OLD_MONTHS: i32 = 24;

/// The place in the order that words name: "fifth-largest", "No. 2", "second only to"; without one the relation's.
fn place_named(lower: &str, relation: Option<&str>) -> Option<usize> {
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let ordinal = |w: &str| {
        ORDINALS
            .iter()
            .position(|o| *o == w)
            .map(|n| n + 1)
            .or_else(|| {
                let digits = w.trim_end_matches(|c: char| c.is_alphabetic());
                let rest = w.get(digits.len()..)?;
                matches!(rest, "st" | "nd" | "rd" | "th")
                    .then(|| digits.parse().ok())
                    .flatten()
            })
    };
    let numbered = words.windows(2).find_map(|w| {
        matches!(w[0], "no" | "number")
            .then(|| {
                w[1].parse()
                    .ok()
                    .or_else(|| crate::number::small(w[1]).map(|n| n as usize))
            })
            .flatten()
    });
    let ranked = words.windows(2).find_map(|w| {
        matches!(
            w[1],
            "largest" | "biggest" | "most" | "top" | "to" | "only" | "behind"
        )
        .then(|| ordinal(w[0]))
        .flatten()
    });
    let joined = words.windows(3).find_map(|w| {
        matches!(w[2], "largest" | "biggest")
            .then(|| ordinal(w[0]))
            .flatten()
    });
    ranked
        .or(joined)
        .or(numbered)
        .or_else(|| relation?.parse().ok())
}

impl Check<'_> {
    pub(super) fn status(&self, claim: &Claim) -> Answer {
        let Some(day) = self.day else {
            return Answer::bare(VerdictKind::NotEnoughData, "the document states no date");
        };
        if claim.relation == "extreme" {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                "extremes over time are not looked up",
            );
        }
        if claim.relation.starts_with("rank:") {
            return self.rank(claim, day).unwrap_or_else(|| {
                Answer::bare(
                    VerdictKind::NotEnoughData,
                    "the holdings table has no such holder on that day",
                )
            });
        }
        if let Some(place) = &claim.object
            && let Some((other, office)) = self.lexicon.people.iter().find_map(|p| {
                let office = p.offices.iter().find(|o| {
                    o.title == claim.relation && o.from <= day && o.to.is_none_or(|t| day <= t)
                })?;
                (p.place.as_deref() == Some(&**place) && p.name != claim.subject)
                    .then_some((p, office))
            })
        {
            return Answer::with(
                VerdictKind::Contradicted,
                Row {
                    series: "offices".into(),
                    key: Text::from(&other.name),
                    value: text!("{} from {}", office.title, office.from),
                    vintage: Text::from(&office.source),
                },
                format!("{} was {} of {place} on {day}", other.name, office.title),
            );
        }
        let Some(person) = self.lexicon.person(&claim.subject) else {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                text!("the table of offices has no {}", claim.subject),
            );
        };
        let former = ["former", "ex", "one-time", "late", "then"]
            .iter()
            .any(|w| {
                claim
                    .relation
                    .split(|c: char| !c.is_alphabetic())
                    .any(|x| x == *w)
            });
        let title = claim
            .relation
            .replace("former ", "")
            .replace("then ", "")
            .replace("ex-", "")
            .replace("ex ", "")
            .replace("u.s. ", "")
            .replace("us ", "")
            .replace("defence", "defense");
        let title = title.trim().to_owned();
        let held: Vec<_> = person
            .offices
            .iter()
            .filter(|o| o.title == title || title.ends_with(&o.title))
            .collect();
        let Some(last) = held.last() else {
            return Answer::bare(
                VerdictKind::NotEnoughData,
                text!("the table of offices has no {title} {}", claim.subject),
            );
        };
        let current = held
            .iter()
            .find(|o| o.from <= day && o.to.is_none_or(|t| day <= t));
        let row = |o: &crate::lexicon::Office| Row {
            series: "offices".into(),
            key: claim.subject.clone(),
            value: text!(
                "{} from {}{}",
                o.title,
                o.from,
                o.to.map_or(Text::EMPTY, |t| text!(" to {t}"))
            ),
            vintage: Text::from(&o.source),
        };
        // "The then chancellor" held the office once, before or on the day.
        let then = claim
            .relation
            .split(|c: char| !c.is_alphabetic())
            .any(|w| w == "then");
        if then && held.iter().any(|o| o.from <= day) {
            return Answer::with(
                VerdictKind::Supported,
                row(last),
                text!("in office from {}", last.from),
            );
        }
        match (former, current) {
            (true, Some(o)) => Answer::with(
                VerdictKind::Contradicted,
                row(o),
                text!("in office on {day}"),
            ),
            (true, None) if held.iter().any(|o| o.from <= day) => Answer::with(
                VerdictKind::Supported,
                row(last),
                text!("out of office on {day}"),
            ),
            (false, Some(o)) => {
                Answer::with(VerdictKind::Supported, row(o), text!("in office on {day}"))
            }
            (false, None) if held.iter().any(|o| o.from <= day) => Answer::with(
                VerdictKind::Outdated,
                row(last),
                text!("no longer in office on {day}"),
            ),
            _ => Answer::with(
                VerdictKind::Contradicted,
                row(last),
                text!("not yet in office on {day}"),
            ),
        }
    }

    fn rank(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let holder = self.record.holder(&claim.subject)?;
        let lower = crate::short::lowered(&claim.text);
        let Some(wanted) = place_named(&lower, claim.relation.split(':').nth(1)) else {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                "which place in the order is claimed is not read from the text",
            ));
        };
        // "No longer the largest", "once the largest": of another time than the newest figures.
        if self.says(keyed![
            "longer",
            "once",
            "formerly",
            "used",
            "again",
            "overtake",
            "overtakes",
        ]) && claim.sequence.is_none()
        {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                "the rank of which month is meant, the text does not say",
            ));
        }
        let figures = self.record.holdings(holder);
        let named = claim
            .when
            .as_ref()
            .and_then(|w| w.to)
            .filter(|to| *to < day);
        let newest = Record::newest(figures, day)?;
        let month = match (self.end_month(claim), named) {
            (Some(month), _) => {
                figures
                    .iter()
                    .find(|f| f.month == month && f.released <= day)?
                    .month
            }
            (None, Some(to)) => {
                let over = Month::of(to.plus_days(1));
                figures
                    .iter()
                    .rev()
                    .find(|f| f.month < over && f.released <= day)?
                    .month
            }
            (None, None) => newest.month,
        };
        let order = self.record.ranking(month);
        let place = order.iter().position(|(h, _)| *h == holder)? + 1;
        let gap = {
            let at = |n: usize| order.get(n - 1).map(|(_, v)| *v);
            match (at(place), at(wanted)) {
                (Some(own), Some(other)) => (own - other).abs() / own.max(1.0),
                _ => 1.0,
            }
        };
        let top: Vec<Text> = order
            .iter()
            .take(3)
            .map(|(h, v)| text!("{h} {v:.1}"))
            .collect();
        let row = Row {
            series: "tic_holdings".into(),
            key: text!("{month}"),
            value: top.join(", ").into(),
            vintage: Text::fixed("later vintage at hand"),
        };
        if claim.sequence.is_some() && place == wanted {
            let mine = self.record.levels(holder);
            // The strongest rival over the years is the one that was ahead most often.
            let ahead_of = Month::of(day.plus_days(1));
            let mut best: (&str, usize, String) = ("", 0, String::new());
            for (rival, _) in order.iter().filter(|(h, _)| *h != holder) {
                let mut since = None;
                let mut ahead = 0;
                for theirs in self
                    .record
                    .levels(rival)
                    .iter()
                    .filter(|t| t.month < ahead_of)
                {
                    let less = mine
                        .binary_search_by_key(&theirs.month, |m| m.month)
                        .is_ok_and(|at| mine[at].usd_bn < theirs.usd_bn);
                    if less {
                        since = since.or(Some(theirs.month));
                        ahead += 1;
                    }
                }
                if best.0.is_empty() || ahead > best.1 {
                    best = (rival, ahead, since.map_or(String::new(), |m| m.to_string()));
                }
            }
            let (rival, months, since) = best;
            let verdict = if months > 12 {
                VerdictKind::Contradicted
            } else {
                VerdictKind::Supported
            };
            return Some(Answer::with(
                verdict,
                row,
                text!("{rival} held more in {months} months, from {since}"),
            ));
        }
        let close = place != wanted && gap <= CLOSE;
        // "Still the third-largest": right for a month that is over.
        let once =
            (place != wanted && self.still() && self.end_month(claim).is_none() && named.is_none())
                .then(|| {
                    (1..=OLD_MONTHS).map(|n| month.plus_months(-n)).find(|m| {
                        let then = self.record.ranking(*m);
                        wanted
                            .checked_sub(1)
                            .and_then(|n| then.get(n))
                            .is_some_and(|(h, _)| *h == holder)
                    })
                })
                .flatten();
        let verdict = if place == wanted {
            VerdictKind::Supported
        } else if close {
            VerdictKind::NotEnoughData
        } else if once.is_some() {
            VerdictKind::Outdated
        } else {
            VerdictKind::Contradicted
        };
        let arithmetic = if let Some(then) = once.filter(|_| !close) {
            text!(
                "number {place} in {month}, number {wanted} claimed; it was number {wanted} in {then}"
            )
        } else if close {
            text!(
                "number {place} in {month}, number {wanted} claimed; they are closer than revisions reach"
            )
        } else {
            text!("number {place} in {month}, number {wanted} claimed")
        };
        let note = if claim.scope.as_deref() == Some("all holders") {
            "among foreign holders; the Federal Reserve and domestic holders hold more"
        } else {
            "counted by custodian, official and private together"
        };
        Some(Answer::with(verdict, row, arithmetic).unsure(note))
    }
}
