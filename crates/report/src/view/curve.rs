//! Section 3: the par curve before and after, and the change by tenor in each camp.
//!
//! Before: `yield_level` without camp on day 0, the par curve of the as-of day. After: `yield_level` of a camp on the
//! day shown. The day is the end of the sale, or the first day where nothing is sold.

use brandish_units::Tenor;
use serde::Serialize;

use super::context::Context;
use super::parts::{Band, Figure, drawn};
use crate::facts::Key;
use crate::findings;
use crate::format::tenor_label;

/// The curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// The day shown.
    pub day: u32,
    /// The published tenors.
    pub tenors: Vec<CurveTenor>,
    /// Par yields before, percent.
    pub before_pct: Vec<Option<f64>>,
    /// Par yields after, by camp.
    pub after_pct: Vec<AfterCurve>,
    /// The change by tenor.
    pub change: Change,
}

/// A tenor on the axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CurveTenor {
    /// Its label.
    pub label: String,
    /// Its length in years.
    pub years: f64,
}

/// Par yields after, in one camp.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AfterCurve {
    /// The camp.
    pub letter: &'static str,
    /// Median by tenor, percent.
    pub p50: Vec<Option<f64>>,
}

/// The change by tenor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// A band per tenor in each camp.
    pub camps: Vec<ChangeCamp>,
}

/// The change by tenor in one camp, bp.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeCamp {
    /// The camp.
    pub letter: &'static str,
    /// One band per tenor.
    pub bands: Vec<Band>,
}

pub(crate) fn view(context: &Context<'_>) -> Curve {
    let day = context.curve_day();
    let tenors: Vec<CurveTenor> = Tenor::ALL
        .into_iter()
        .map(|tenor| CurveTenor {
            label: tenor_label(tenor),
            years: tenor.years().0,
        })
        .collect();
    let level = Key::in_unit("pct");
    let before_pct: Vec<Option<f64>> = Tenor::ALL
        .into_iter()
        .map(|tenor| {
            context
                .facts
                .get("yield_level", level.tenor(tenor).day(0))?
                .central
                .map(drawn)
        })
        .collect();
    let after_pct = context
        .headline()
        .map(|camp| {
            let at = |tenor| {
                context
                    .facts
                    .get("yield_level", level.camp(camp.letter).tenor(tenor).day(day))?
                    .p50
            };
            AfterCurve {
                letter: camp.letter,
                p50: Tenor::ALL
                    .into_iter()
                    .map(|tenor| at(tenor).map(drawn))
                    .collect(),
            }
        })
        .filter(|after| after.p50.iter().any(Option::is_some))
        .collect();
    let camps: Vec<ChangeCamp> = context
        .input
        .camps
        .iter()
        .filter_map(|camp| {
            let at = |tenor: Tenor| {
                let key = Key::in_unit("bp").camp(camp.letter).tenor(tenor).day(day);
                context
                    .facts
                    .get("yield_change", key)?
                    .band()
                    .map(Band::rounded)
            };
            let bands: Option<Vec<Band>> = Tenor::ALL.into_iter().map(at).collect();
            Some(ChangeCamp {
                letter: camp.letter,
                bands: bands?,
            })
        })
        .collect();
    let changes = changes(context, day);
    let ten_year: Vec<f64> = changes
        .iter()
        .filter_map(|tenors| tenors.get(Tenor::Y10.index()).copied())
        .collect();
    let words = context.camps_in_words();
    let labels: Vec<String> = tenors.iter().map(|tenor| tenor.label.clone()).collect();
    let as_of = context
        .input
        .table
        .as_of
        .map(|date| date.to_string())
        .unwrap_or_default();
    let sub = format!(
        "Par yield by tenor on {as_of} and on day {day}, {} of each camp, %",
        context.quoted_name()
    );
    let change_sub =
        format!("Change from the baseline on day {day} by tenor: median, 50% and 90% band, bp");
    Curve {
        figure: context.figure(
            findings::curve::title(day, &ten_year, &changes, words),
            sub,
            None,
        ),
        day,
        tenors,
        before_pct,
        after_pct,
        change: Change {
            figure: context.figure(
                findings::curve::change_title(&labels, &changes, words),
                change_sub,
                None,
            ),
            camps,
        },
    }
}

/// The quoted change of all tenors in every headline camp, or nothing if one is missing.
fn changes(context: &Context<'_>, day: u32) -> Vec<Vec<f64>> {
    let all: Option<Vec<Vec<f64>>> = context
        .headline()
        .map(|camp| {
            let at = |tenor| {
                let key = Key::in_unit("bp").camp(camp.letter).tenor(tenor).day(day);
                context.quoted(&context.facts.get("yield_change", key)?)
            };
            Tenor::ALL.into_iter().map(at).collect()
        })
        .collect();
    all.unwrap_or_default()
}
