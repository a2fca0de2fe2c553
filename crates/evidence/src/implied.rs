//! The scenario that a document implies: who sells, how much, who joins, announced or silent.
//!
//! Only documents that hold out a sale imply one: a threat of a holder of the snapshot, with an amount of Treasuries. Each
//! field carries the span it came from; what the text does not give is an assumption and says so by having no span. Values
//! are written as the scenario file writes them; this crate cannot see that crate.

use crate::lexicon::{Lexicon, What};
use crate::model::{Claim, ClaimKind, ImpliedField, ImpliedScenario, Polarity, Quote, Span, Unit};
use crate::text::Page;
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
}

pub(crate) fn scenario(told: &Told<'_>, lexicon: &Lexicon) -> Option<ImpliedScenario> {
    let (document, claims) = (told.document, told.claims);
    let holds = |subject: &str| {
        let place = lexicon.country(subject).unwrap_or(subject);
        lexicon
            .place(place)
            .filter(|p| p.holder.is_some())
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
    let joined = joined(told, lexicon, &seller);
    let day = told.anchor.date;
    Some(ImpliedScenario {
        document,
        seller: ImpliedField {
            value: seller.to_lowercase(),
            source: Some((document, threat.1)),
        },
        amount_usd_bn: ImpliedField {
            value: format!("{:.0}", amount.0.number() / 1e9),
            source: Some((document, amount.1)),
        },
        joined_by: joined,
        known: ImpliedField {
            value: "announced".to_owned(),
            source: Some((document, threat.1)),
        },
        days: ImpliedField {
            value: ASSUMED_DAYS.to_string(),
            source: None,
        },
        as_of: ImpliedField {
            value: day.map_or_else(|| "not stated".to_owned(), |d| d.to_string()),
            source: None,
        },
    })
}

/// Countries that the text lets join: a holder's name before a word of joining in one sentence.
fn joined(told: &Told<'_>, lexicon: &Lexicon, seller: &str) -> Vec<ImpliedField> {
    let (document, page) = (told.document, told.page);
    let mut out: Vec<ImpliedField> = Vec::new();
    for hit in page.hits.iter().filter(|h| h.is(crate::lexicon::Cue::Join)) {
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
                    .filter(|p| p.holder.is_some() && p.name != seller)
                    .map(|p| {
                        (
                            p.name.to_lowercase(),
                            page.span(h.first as usize, hit.last as usize),
                        )
                    }),
                _ => None,
            });
        if let Some((name, span)) = holder
            && !out.iter().any(|f| f.value == name)
        {
            let span: Span = span;
            out.push(ImpliedField {
                value: name,
                source: Some((document, span)),
            });
        }
    }
    out
}
