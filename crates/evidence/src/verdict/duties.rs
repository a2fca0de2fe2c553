//! Tariffs against the table of tariffs: whose goods, which goods, announced or in force, on which day.
//!
//! The table holds what Japan's goods are charged and the duties that all countries pay. A rate of another country's goods is
//! not in it. A rate that is told as charged is compared with what was in force that day; one that is told as announced,
//! threatened or to come with what had been announced. It is refuted only where the text says that Japan's goods are charged it
//! on a day on which the table has another rate of the same goods in force.

use brandish_units::Date;

use super::numbers::agrees;
use super::{Answer, Check};
use crate::lexicon::What;
use crate::model::{Claim, Row, Unit, VerdictKind};
use crate::record::Tariff;
use crate::short::{Text, lowered, text};

/// How a rate is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Charged,
    Was,
    ToCome,
    Open,
}

/// Days ahead in which an agreed rate may come into force.
const AHEAD: i32 = 120;

impl Check<'_> {
    pub(super) fn tariff(&self, claim: &Claim, day: Date) -> Option<Answer> {
        let claimed = claim.value?;
        if claimed.unit() != Unit::Percent {
            return None;
        }
        let page = self.page;
        let (from, to) = (self.ground.from, self.ground.to);
        let whole = lowered(page.slice(from, to));
        let words: Vec<&str> = whole.split(|c: char| !c.is_alphanumeric()).collect();
        let near = lowered(&claim.text);
        let has = |all: &[&str]| words.iter().any(|w| all.contains(w));
        let autos = has(&[
            "auto",
            "autos",
            "car",
            "cars",
            "vehicle",
            "vehicles",
            "automobile",
            "automobiles",
        ]);
        let metals = has(&["steel", "aluminum", "aluminium"]);
        let goods = |t: &Tariff| {
            let (car, metal) = (t.measure.contains("autos"), t.measure.contains("steel"));
            if autos {
                car
            } else if metals {
                metal
            } else {
                !car && !metal
            }
        };
        let mut japan = self
            .lexicon
            .country(&claim.subject)
            .unwrap_or(&claim.subject)
            == "Japan";
        let mut other = None;
        for hit in page.hits_in(from, to) {
            if let What::Place(p) = hit.what
                && let Some(place) = self.lexicon.places.get(p as usize)
            {
                match place.name.as_str() {
                    "Japan" => japan = true,
                    "United States" | "New York" => {}
                    name => other = Some(name),
                }
            }
        }
        let everybody = has(&[
            "everybody",
            "everyone",
            "all",
            "most",
            "universal",
            "baseline",
            "blanket",
            "worldwide",
            "surcharge",
        ]);
        if let Some(name) = other
            && !(japan && near.contains("japan"))
            && !(metals || everybody && !near.contains(&name.to_lowercase()))
        {
            return Some(Answer::bare(
                VerdictKind::NotEnoughData,
                text!(
                    "the table has what Japan's goods and all countries' are charged, not {name}'s"
                ),
            ));
        }
        let told = if has(&["had", "was", "were"]) && !has(&["still", "now"]) {
            Told::Was
        } else if has(&[
            "announced",
            "announces",
            "threatened",
            "threatens",
            "threat",
            "would",
            "will",
            "could",
            "plan",
            "planned",
            "plans",
            "proposed",
            "imposing",
            "impose",
            "imposed",
        ]) {
            Told::ToCome
        } else if has(&[
            "stays",
            "stay",
            "pays",
            "pay",
            "face",
            "faces",
            "charged",
            "charges",
            "remains",
            "remain",
            "still",
            "collected",
            "kept",
            "keeps",
            "now",
            "current",
            "currently",
        ]) {
            Told::Charged
        } else {
            Told::Open
        };
        // What is still or now charged is charged on the day of the text, whatever else the sentence dates.
        let now = has(&["still", "now", "stays", "remains", "currently"]);
        let dated = claim
            .when
            .as_ref()
            .and_then(|w| w.from)
            .filter(|d| !now && (*d - day).abs() < 400);
        let at = dated.unwrap_or(day);
        let value = |t: &Tariff| {
            let car = t.measure.contains("autos");
            agrees(&claimed, t.rate_pct, 1.0) || car && agrees(&claimed, t.rate_pct - 2.5, 1.0)
        };
        let never = |t: &Tariff| t.status.contains("never");
        let holds = |t: &&Tariff| t.from <= at && t.to.is_none_or(|end| at <= end) && !never(t);
        let all: Vec<&Tariff> = self.record.tariffs(day.plus_days(AHEAD)).collect();
        let row = |t: &Tariff| Row {
            series: "tariffs".into(),
            key: text!("{} {}", t.measure, t.from),
            value: text!("{}%, {}", t.rate_pct, t.status),
            vintage: Text::fixed("transcribed from the press"),
        };
        let said = |t: &Tariff| {
            let extra = if agrees(&claimed, t.rate_pct, 1.0) {
                ""
            } else {
                "; the general duty of 2.5% comes on top"
            };
            text!(
                "{}% claimed, {}% in the table from {}{extra}",
                claimed.number(),
                t.rate_pct,
                t.from
            )
        };
        let fitting = |t: &&&Tariff| goods(t) && value(t);
        let in_force = all.iter().copied().filter(|t| goods(t)).find(|t| holds(t));
        if let Some(t) = all.iter().filter(fitting).find(|t| holds(t)) {
            return Some(Answer::with(VerdictKind::Supported, row(t), said(t)));
        }
        if matches!(told, Told::Was | Told::ToCome | Told::Open)
            && let Some(t) = all
                .iter()
                .filter(fitting)
                .find(|t| t.announced <= at && at - t.announced <= 200)
        {
            let open = told == Told::Open && in_force.is_some();
            if !open {
                return Some(Answer::with(VerdictKind::Supported, row(t), said(t)));
            }
            return Some(Answer::with(
                VerdictKind::NotEnoughData,
                row(t),
                text!(
                    "{}; not in force on {at}, and the text does not say that it is",
                    said(t)
                ),
            ));
        }
        if let Some(t) = all.iter().filter(fitting).find(|t| t.from > at) {
            return Some(Answer::with(
                VerdictKind::NotEnoughData,
                row(t),
                text!(
                    "{}: later than {at}; when it was agreed the table does not say",
                    said(t)
                ),
            ));
        }
        if !japan || !matches!(told, Told::Charged | Told::Open) {
            return None;
        }
        let t = in_force?;
        Some(Answer::with(
            if told == Told::Charged || near.contains("japan") {
                VerdictKind::Contradicted
            } else {
                VerdictKind::NotEnoughData
            },
            row(t),
            text!(
                "{}% claimed, {}% in force on {at}",
                claimed.number(),
                t.rate_pct
            ),
        ))
    }
}
