//! Section 4: the ten-year change by day, a fan per camp, with the other mode's median beside it.
//! A camp without enough draws has no band and its panel is left out.

use brandish_units::Tenor;
use serde::Serialize;

use super::context::Context;
use super::parts::{BandSeries, Figure, drawn};
use crate::facts::Key;
use crate::findings;
use crate::findings::fan::Path;
use crate::format::{THIN, fixed, prose_decimals, tenor_label};

/// Day by day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fan {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// The tenor shown.
    pub tenor: String,
    /// This run's mode.
    pub this_mode: String,
    /// The other mode.
    pub other_mode: Option<String>,
    /// One panel per camp.
    pub panels: Vec<FanPanel>,
}

/// The fan of one camp.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FanPanel {
    /// The camp.
    pub letter: &'static str,
    /// Bands by day, bp.
    pub series: BandSeries,
    /// The other mode's median by day, bp.
    pub other_p50: Option<Vec<f64>>,
    /// The largest median.
    pub peak: Peak,
}

/// A labeled point on a median.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Peak {
    /// Its day.
    pub day: u32,
    /// Its value.
    pub value: f64,
    /// The label, ready to print.
    pub label: String,
}

pub(crate) fn view(context: &Context<'_>) -> Fan {
    let input = context.input;
    let key = Key::in_unit("bp").tenor(Tenor::Y10);
    let panels: Vec<FanPanel> = input
        .camps
        .iter()
        .filter_map(|camp| {
            let key = key.camp(camp.letter);
            let mut series = BandSeries::default();
            for day in 0..=context.last_day() {
                series.push(context.facts.get("yield_change", key.day(day))?.band()?);
            }
            let other: Option<Vec<f64>> = (0..=context.last_day())
                .map(|day| {
                    context
                        .facts
                        .get("yield_change_other_mode", key.day(day))?
                        .p50
                        .map(drawn)
                })
                .collect();
            let (day, value) = findings::fan::peak(&series.p50)?;
            let label = format!(
                "{}{THIN}bp, day {day}",
                fixed(value, prose_decimals(&[value]))
            );
            let peak = Peak {
                day: u32::try_from(day).ok()?,
                value,
                label,
            };
            Some(FanPanel {
                letter: camp.letter,
                series,
                other_p50: other,
                peak,
            })
        })
        .collect();
    let headline: Vec<&FanPanel> = panels
        .iter()
        .filter(|panel| context.headline().any(|camp| camp.letter == panel.letter))
        .collect();
    let complete = headline.len() == context.headline().count();
    let paths: Vec<Path<'_>> = headline
        .iter()
        .filter(|_| complete)
        .map(|panel| Path {
            this: &panel.series.p50,
            other: panel.other_p50.as_deref(),
        })
        .collect();
    let title = findings::fan::title(&input.mode, &paths, context.camps_in_words());
    let has_other = panels.iter().any(|panel| panel.other_p50.is_some());
    let other_mode = input.other_mode.clone().filter(|_| has_other);
    let dashed = other_mode
        .as_ref()
        .map(|mode| format!("; dashed: the same order {mode}, median"))
        .unwrap_or_default();
    let sub = format!(
        "Change in the 10Y from the baseline by business day, {}: median, 50% and 90% band, bp{dashed}",
        input.mode
    );
    let note = panels
        .is_empty()
        .then(|| "Too few draws for bands.".to_owned());
    Fan {
        figure: context.figure(title, sub, note),
        tenor: tenor_label(Tenor::Y10),
        this_mode: input.mode.clone(),
        other_mode,
        panels,
    }
}
