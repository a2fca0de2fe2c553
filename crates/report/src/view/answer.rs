//! Section 1: the answer in five lines, and the ten-year peak of each camp as a range.
//!
//! Lines: yields, buyers, costs, the words (or what stays), what happened (or the uncertainty). A line whose facts
//! are missing gives way to the next best one; there are never lines without ground.

use brandish_units::Tenor;
use serde::Serialize;

use super::context::Context;
use super::happened::is_noun;
use super::parts::{CampBand, Figure};
use crate::facts::Key;
use crate::findings;
use crate::format::{bp_change, prose_date};

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// At most five lines.
    pub lines: Vec<AnswerLine>,
    /// The range chart.
    pub range: Range,
}

/// One line of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerLine {
    /// What it is about.
    pub lead: String,
    /// The sentence.
    pub text: String,
    /// Pieces of `text` in the color of a camp, in order of appearance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// A piece of a sentence that belongs to a camp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The camp.
    pub letter: &'static str,
    /// The piece.
    pub text: String,
}

/// The ten-year peak by camp.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Range {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// Always `bp`.
    pub unit: &'static str,
    /// Headline camps.
    pub camps: Vec<CampBand>,
}

pub(crate) fn view(context: &Context<'_>) -> Answer {
    Answer {
        lines: lines(context),
        range: range(context),
    }
}

fn range(context: &Context<'_>) -> Range {
    let key = Key::in_unit("bp").tenor(Tenor::Y10);
    let camps = context.bands(false, |facts, camp| {
        facts
            .on_any_day("yield_change_peak", key.camp(camp))?
            .1
            .band()
    });
    let ratio = context
        .facts
        .on_any_day("camp_ratio", Key::in_unit("ratio").tenor(Tenor::Y10))
        .and_then(|(_, stats)| context.quoted(&stats));
    let title = findings::range::title(ratio, context.camps_in_words());
    let sub = format!(
        "10Y yield at its peak, {}: median, 50% and 90% band, bp",
        context.input.mode
    );
    let note = camps
        .is_empty()
        .then(|| "Too few draws for bands; the key figures give central values.".to_owned());
    Range {
        figure: context.figure(title, sub, note),
        unit: "bp",
        camps,
    }
}

fn lines(context: &Context<'_>) -> Vec<AnswerLine> {
    let line = |lead: &str, text: String| AnswerLine {
        lead: format!("{lead}."),
        text,
        marks: Vec::new(),
    };
    let mut lines = Vec::new();
    lines.extend(yields(context));
    lines.extend(buyers(context).map(|text| line("Buyers", text)));
    lines.extend(costs(context).map(|text| line("Costs", text)));
    lines.extend(words(context).map(|text| line("The words", text)));
    let happened = happened(context).map(|text| line("What happened", text));
    let room = 5 - usize::from(happened.is_some());
    let spare = [
        ("Long run", long_run(context)),
        ("Uncertainty", uncertainty(context)),
    ];
    for (lead, text) in spare {
        if lines.len() < room {
            lines.extend(text.map(|text| line(lead, text)));
        }
    }
    lines.extend(happened);
    lines
}

/// The ten-year number of a measure in every headline camp.
pub(super) fn ten_year(context: &Context<'_>, measure: &str) -> Option<Vec<f64>> {
    let key = Key::in_unit("bp").tenor(Tenor::Y10);
    context.in_headline(|facts, camp| {
        facts
            .on_any_day(measure, key.camp(camp))
            .map(|(_, stats)| stats)
    })
}

fn yields(context: &Context<'_>) -> Option<AnswerLine> {
    let peak = ten_year(context, "yield_change_peak")?;
    let day_one = ten_year(context, "yield_change_day1").unwrap_or_default();
    let mut text = findings::answer::yields(&peak, &day_one);
    if let Some(why) = short_paper(context) {
        text.push_str(&format!(" {why}"));
    }
    if !context.has_bands {
        text.push_str(" Central parameters only: too few draws for bands.");
    }
    let marks = context
        .headline()
        .zip(findings::answer::yield_marks(&peak))
        .map(|(camp, text)| Mark {
            letter: camp.letter,
            text,
        })
        .collect();
    Some(AnswerLine {
        lead: "Yields.".to_owned(),
        text,
        marks,
    })
}

/// Why an order of short paper hardly moves notes. What is sold is the same in every camp and draw.
fn short_paper(context: &Context<'_>) -> Option<String> {
    let camp = context.middle_camp()?.letter;
    let key = Key::in_unit("usd_bn")
        .camp(camp)
        .day(context.input.sale_end_day?);
    let sold = |measure| context.facts.get(measure, key)?.central;
    findings::answer::short_paper(sold("sold")?, sold("sold_ten_year_equivalents")?)
}

fn buyers(context: &Context<'_>) -> Option<String> {
    let on = |day: u32| {
        let key = Key::in_unit("usd_bn").day(day);
        context
            .in_headline(|facts, camp| facts.get("inventory", key.camp(camp)))
            .map(|values| (day, values))
    };
    let day = context.input.sale_end_day?;
    findings::answer::buyers(on(day), on(context.last_day()))
}

fn costs(context: &Context<'_>) -> Option<String> {
    let seller = context.input.seller.as_ref();
    let loss = seller.and_then(|seller| {
        let key = Key::in_unit("usd_bn").sector(&seller.key);
        context.in_headline(|facts, camp| {
            facts
                .on_last_day("execution_loss", key.camp(camp))
                .map(|(_, stats)| stats)
        })
    });
    let key = Key::in_unit("usd_bn").sector("total");
    let interest = context
        .in_headline(|facts, camp| {
            facts
                .on_any_day("interest_cost", key.camp(camp))
                .map(|(_, stats)| stats)
        })
        .unwrap_or_default();
    let seller = seller
        .zip(loss.as_ref())
        .map(|(seller, loss)| (seller.name.as_str(), loss.as_slice()));
    findings::answer::costs(seller, &interest)
}

fn words(context: &Context<'_>) -> Option<String> {
    let this = ten_year(context, "yield_change_day1")?;
    let key = Key::in_unit("bp").tenor(Tenor::Y10).day(1);
    let other =
        context.in_headline(|facts, camp| facts.get("yield_change_other_mode", key.camp(camp)))?;
    match context.input.mode.as_str() {
        "announced" => findings::answer::words(&this, &other),
        "silent" => findings::answer::words(&other, &this),
        _ => None,
    }
}

fn long_run(context: &Context<'_>) -> Option<String> {
    findings::answer::long_run(&ten_year(context, "yield_change_long_run")?)
}

fn uncertainty(context: &Context<'_>) -> Option<String> {
    let camps = range(context).camps;
    let ends = |pick: fn(&CampBand) -> f64| camps.iter().map(pick).collect::<Vec<_>>();
    findings::answer::uncertainty(&ends(|camp| camp.band.p05), &ends(|camp| camp.band.p95))
}

fn happened(context: &Context<'_>) -> Option<String> {
    let happened = context.input.happened.as_ref()?;
    let mut text = happened.statement.first().cloned().unwrap_or_default();
    let ten = happened
        .observed
        .iter()
        .find(|(tenor, _)| *tenor == Tenor::Y10);
    if let (Some(day), Some((_, change))) = (happened.event_day, ten) {
        let cause = happened.cause.as_ref().filter(|cause| is_noun(cause));
        let cause = cause.map(|cause| format!(", {cause},")).unwrap_or_default();
        let gap = if text.is_empty() { "" } else { " " };
        text.push_str(&format!(
            "{gap}On {}{cause} the ten-year yield moved {}.",
            prose_date(day),
            bp_change(change.0)
        ));
    }
    (!text.is_empty()).then_some(text)
}
