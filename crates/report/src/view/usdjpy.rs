//! Section 9: the dollar against the yen per camp, percent; positive means more yen per dollar.
//!
//! Shown on the day of the curve, the end of the sale: the effect of a purchase of yen fades after it.

use serde::Serialize;

use super::context::Context;
use super::explained::WordTable;
use super::markets::interventions;
use super::parts::{Band, Figure};
use crate::facts::Key;
use crate::findings;

/// USDJPY.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UsdJpy {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// Yen per dollar before.
    pub level: f64,
    /// Its day, ISO.
    pub level_date: String,
    /// The change per camp.
    pub panels: Vec<UsdJpyPanel>,
    /// Interventions and what the rate did after them.
    pub interventions: Option<WordTable>,
}

/// The change in one camp.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct UsdJpyPanel {
    /// The camp.
    pub letter: &'static str,
    /// The change, percent.
    pub band_pct: Band,
}

pub(crate) fn view(context: &Context<'_>) -> Option<UsdJpy> {
    const MEASURE: &str = "usdjpy_change";
    let before = context.input.usdjpy?;
    let day = context.curve_day();
    let pct = Key::in_unit("pct").day(day);
    let camps = context.bands(false, |facts, camp| {
        facts.get(MEASURE, pct.camp(camp))?.band()
    });
    // Where nothing is converted there is nothing to draw; the key figures say that it is zero.
    if camps
        .iter()
        .all(|camp| camp.band.p05 == 0.0 && camp.band.p95 == 0.0)
    {
        return None;
    }
    let changes = context.in_headline(|facts, camp| facts.get(MEASURE, pct.camp(camp)));
    let title = findings::usdjpy::title(&changes.unwrap_or_default(), context.camps_in_words());
    let sub = format!(
        "Change in yen per dollar on day {day} from the converted share of the proceeds: median and 90% band, %"
    );
    Some(UsdJpy {
        figure: context.figure(title, sub, None),
        level: before.rate.jpy_per_usd(),
        level_date: before.date.to_string(),
        panels: camps
            .iter()
            .map(|camp| UsdJpyPanel {
                letter: camp.letter,
                band_pct: camp.band,
            })
            .collect(),
        interventions: interventions(context),
    })
}
