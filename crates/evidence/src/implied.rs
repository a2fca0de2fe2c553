//! The scenario that a document implies: who sells, how much, who joins, announced or silent.
//!
//! Only documents that hold out a sale imply one: a threat of a holder of the snapshot, with an amount of Treasuries. Each
//! field carries the span it came from; what the text does not give is an assumption and says so by having no span. Values
//! are written as the scenario file writes them; this crate cannot see that crate.

use crate::lexicon::{Cue, Lexicon, What};
use crate::model::{Claim, ClaimKind, ImpliedField, ImpliedScenario, Polarity, Quote, Span, Unit};
use crate::number;
use crate::record::Record;
use crate::text::{Page, low_is};
use crate::when::Anchor;

/// Business days of a quarter: the assumed time of selling.
const ASSUMED_DAYS: u32 = 63;

/// What the rules look at.
pub(crate) struct Told<'a> {
    pub(crate) document: usize,
    pub(crate) page: &'a Page<'a>,
    pub(crate) claims: &'a [Claim],
    pub(crate) quotes: &'a [Quote],
    pub(crate) anchor: Anchor,
    /// Where the text states its date.
    pub(crate) published_at: Option<Span>,
}

pub(crate) fn scenario(told: &Told<'_>, record: &Record<'_>) -> Option<ImpliedScenario> {
    let (document, claims) = (told.document, told.claims);
    let lexicon = record.lexicon();
    let holds = |subject: &str| {
        let place = lexicon.country(subject).unwrap_or(subject);
        lexicon
            .place(place)
            .filter(|p| p.holder.as_deref().is_some_and(|h| !h.contains('_')))
            .map(|p| p.name.clone())
    };
    let threat = claims
        .iter()
        .find(|c| c.polarity == Polarity::Threat && holds(&c.subject).is_some())
        .map(|c| (holds(&c.subject), c.span))
        .or_else(|| {
            told.quotes.iter().find_map(|q| {
                let asked = q
                    .asked
                    .as_ref()
                    .filter(|a| a.polarity != Polarity::Neutral)?;
                let name = q.speaker.as_ref().and_then(|s| s.name.clone())?;
                Some((holds(&name), asked.span))
            })
        })?;
    let seller = threat.0?;
    let amount = claims
        .iter()
        .filter(|c| {
            c.kind == ClaimKind::Amount && c.relation.ends_with("treasury_holdings") && !c.change
        })
        .filter(|c| holds(&c.subject).as_ref() == Some(&seller))
        .filter_map(|c| Some((c.value.filter(|v| v.unit() == Unit::Usd)?, c.span)))
        .min_by(|a, b| a.0.half_digit().total_cmp(&b.0.half_digit()))?;
    let (joined, joined_holders): (Vec<_>, Vec<_>) =
        joined(told, lexicon, &seller).into_iter().unzip();
    let day = told.anchor.date;
    let holder = record.holder(&seller);
    let silent = cue(told, Cue::Silent);
    Some(ImpliedScenario {
        document,
        seller: ImpliedField {
            value: scenario_name(holder.unwrap_or(&seller)),
            source: Some((document, threat.1)),
        },
        amount_usd_bn: ImpliedField {
            value: format!("{:.0}", amount.0.number() / 1e9),
            source: Some((document, amount.1)),
        },
        joined_by: joined,
        joined_reported_usd_bn: joined_holders
            .iter()
            .map(|holder| day.and_then(|day| record.reported(holder, day)))
            .collect(),
        known: ImpliedField {
            value: if silent.is_some() {
                "silent"
            } else {
                "announced"
            }
            .to_owned(),
            source: Some((document, silent.unwrap_or(threat.1))),
        },
        days: days(told),
        as_of: ImpliedField {
            value: day.map_or_else(String::new, |d| d.to_string()),
            source: told.published_at.map(|span| (document, span)),
        },
        reported_usd_bn: holder
            .zip(day)
            .and_then(|(holder, day)| record.reported(holder, day)),
        official_usd_bn: holder
            .filter(|h| *h == "Japan")
            .zip(day)
            .and_then(|(_, day)| record.japan_reserves(day)?.securities_usd_bn),
    })
}

/// A holder's name in scenario files: `China, Mainland` is `china`, `United Kingdom` is `united-kingdom`.
fn scenario_name(holder: &str) -> String {
    let country = holder.split(',').next().unwrap_or(holder);
    country.to_lowercase().replace(' ', "-")
}

/// The first entry of a word class outside marks.
fn cue(told: &Told<'_>, cue: Cue) -> Option<Span> {
    let page = told.page;
    page.hits()
        .iter()
        .find(|h| h.is(cue) && !page.quoted(h.first as usize))
        .map(|h| page.span(h.first as usize, h.last as usize))
}

/// "over three months", "within ten days" in a sentence that speaks of selling; else a quarter, assumed.
fn days(told: &Told<'_>) -> ImpliedField {
    let page = told.page;
    for sentence in &page.sentences {
        let sells = page.classes_in(sentence.first, sentence.last) & Cue::Sell.bit() != 0;
        if !sells {
            continue;
        }
        for at in sentence.first..sentence.last {
            if !low_is!(page, at, "over" | "within" | "in" | "across") {
                continue;
            }
            let next = usize::from(low_is!(page, at + 1, "the" | "just" | "about"));
            let next = at + 1 + next + usize::from(low_is!(page, at + 1 + next, "next"));
            let count = match page.low(next) {
                "a" | "an" | "one" => Some(1),
                word => number::small(word).or_else(|| word.parse().ok()),
            };
            let unit = match page.low(next + 1) {
                "day" | "days" => 1,
                "week" | "weeks" => 5,
                "month" | "months" => 21,
                "quarter" | "quarters" => 63,
                "year" | "years" => 252,
                _ => continue,
            };
            if let Some(count) = count.filter(|c| (1..=252).contains(&(c * unit))) {
                return ImpliedField {
                    value: (count * unit).to_string(),
                    source: Some((told.document, page.span(at, next + 1))),
                };
            }
        }
    }
    ImpliedField {
        value: ASSUMED_DAYS.to_string(),
        source: None,
    }
}

/// Countries that the text lets join: a holder's name before a word of joining in one sentence.
fn joined(told: &Told<'_>, lexicon: &Lexicon, seller: &str) -> Vec<(ImpliedField, String)> {
    let (document, page) = (told.document, told.page);
    let mut out: Vec<(ImpliedField, String)> = Vec::new();
    for hit in page.hits().iter().filter(|h| h.is(Cue::Join)) {
        let sentence = page
            .sentences
            .partition_point(|s| s.last < hit.first as usize);
        let Some(first) = page.sentences.get(sentence).map(|s| s.first) else {
            continue;
        };
        let holder = page
            .hits_in(first, hit.first as usize)
            .iter()
            .rev()
            .find_map(|h| match h.what {
                What::Place(p) => lexicon
                    .places
                    .get(p as usize)
                    .filter(|p| p.name != seller)
                    .and_then(|p| p.holder.as_deref())
                    // Foreign holders together join nobody.
                    .filter(|holder| !holder.contains('_'))
                    .map(|holder| {
                        (
                            holder.to_owned(),
                            page.span(h.first as usize, hit.last as usize),
                        )
                    }),
                _ => None,
            });
        if let Some((name, span)) = holder
            && !out.iter().any(|f| f.1 == name)
        {
            let span: Span = span;
            let field = ImpliedField {
                value: scenario_name(&name),
                source: Some((document, span)),
            };
            out.push((field, name));
        }
    }
    out
}
