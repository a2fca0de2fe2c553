//! Section 10: what really happened, published after the as-of date, beside the engine's first day.
//! It is shown apart from the engine's numbers and says when it was published; a run whose day 1 is not in the record has
//! no such section.

use brandish_units::Tenor;
use serde::Serialize;

use super::context::Context;
use super::parts::{BeliefRow, Event, Excluded, Figure, Quote, drawn};
use crate::facts::Key;
use crate::findings;
use crate::findings::happened::Day;
use crate::format::{bp_change, prose_date, tenor_label};
use crate::input::Happened;

/// What really happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HappenedView {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// Sentences.
    pub statement: Vec<String>,
    /// Quotes.
    pub quotes: Vec<Quote>,
    /// The day compared, ISO.
    pub event_day: Option<String>,
    /// Observed change by tenor.
    pub observed: Vec<Observed>,
    /// Observed ten-year yield around the day.
    pub path: Vec<PathPoint>,
    /// Numbered events.
    pub events: Vec<Event>,
    /// The engine's first day by belief.
    pub beliefs: Vec<BeliefRow>,
    /// What the day excludes.
    pub excluded: Vec<Excluded>,
    /// Standard deviation of an ordinary day, bp.
    pub ordinary_day_sd_bp: f64,
    /// Words of the belief panels.
    pub beliefs_figure: Option<Figure>,
    /// Words of the timeline.
    pub timeline_figure: Option<Figure>,
}

/// Observed change at a tenor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Observed {
    /// The tenor.
    pub tenor: String,
    /// Its length in years.
    pub years: f64,
    /// The change, bp.
    pub bp: f64,
}

/// The ten-year yield on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathPoint {
    /// The day, ISO.
    pub date: String,
    /// The yield, percent.
    pub ten_year_pct: f64,
}

pub(crate) fn view(context: &Context<'_>) -> Option<HappenedView> {
    let happened = context.input.happened.as_ref()?;
    let observed_at = |tenor: Tenor| {
        happened
            .observed
            .iter()
            .find(|(found, _)| *found == tenor)
            .map(|(_, change)| change.0)
    };
    let day = happened
        .event_day
        .map_or_else(|| "The day".to_owned(), prose_date);
    let title = findings::happened::title(&Day {
        day: &day,
        cause: happened.cause.as_deref().filter(|cause| is_noun(cause)),
        observed: observed_at(Tenor::Y2).zip(observed_at(Tenor::Y10)),
        engine: engine_first_day(context),
    });
    let figure = |title: String, sub: String, note: Option<String>| Figure {
        title,
        sub,
        note,
        source: happened.source.clone(),
    };
    let sub = format!("Change in par yield on {day} by tenor, observed, bp");
    Some(HappenedView {
        figure: figure(title, sub, None),
        statement: happened.statement.clone(),
        quotes: happened.quotes.clone(),
        event_day: happened.event_day.map(|date| date.to_string()),
        observed: happened
            .observed
            .iter()
            .map(|(tenor, change)| Observed {
                tenor: tenor_label(*tenor),
                years: tenor.years().0,
                bp: drawn(change.0),
            })
            .collect(),
        path: happened
            .path
            .iter()
            .map(|(date, level)| PathPoint {
                date: date.to_string(),
                ten_year_pct: drawn(level.percent()),
            })
            .collect(),
        events: happened.events.clone(),
        beliefs: beliefs(happened),
        excluded: happened.excluded.clone(),
        ordinary_day_sd_bp: drawn(happened.ordinary_day.0),
        beliefs_figure: beliefs_figure(context, happened, &day, observed_at(Tenor::Y10)),
        timeline_figure: (!happened.path.is_empty()).then(|| {
            let sub = "10Y par yield, %, and events by the first US session after them".to_owned();
            figure(format!("The ten-year yield around {day}"), sub, None)
        }),
    })
}

/// Whether a cause can stand in a sentence: `a payrolls day`, not `Bureau: payrolls rose`.
pub(super) fn is_noun(cause: &str) -> bool {
    cause.starts_with("a ") || cause.starts_with("an ")
}

fn beliefs(happened: &Happened) -> Vec<BeliefRow> {
    let rounded = |row: &BeliefRow| {
        let mut row = row.clone();
        for cell in &mut row.cells {
            cell.band = cell.band.rounded();
        }
        row
    };
    happened.beliefs.iter().map(rounded).collect()
}

fn beliefs_figure(
    context: &Context<'_>,
    happened: &Happened,
    day: &str,
    ten: Option<f64>,
) -> Option<Figure> {
    if happened.beliefs.is_empty() {
        return None;
    }
    let excluding: Vec<&str> = context
        .headline()
        .map(|camp| camp.letter)
        .filter(|letter| {
            happened
                .excluded
                .iter()
                .any(|excluded| excluded.letter == *letter && excluded.belief.is_some())
        })
        .collect();
    let title = findings::happened::beliefs_title(&excluding, context.headline().count());
    let moved = ten
        .map(|ten| format!(" ({} observed)", bp_change(ten)))
        .unwrap_or_default();
    let sub = format!(
        "First-day move of the 10Y for a belief p in the sale, beside {day}{moved}: median and 90% band, bp"
    );
    Some(context.figure(title, sub, None))
}

/// The engine's first day at two and at ten years in every headline camp, or nothing.
fn engine_first_day(context: &Context<'_>) -> Vec<(f64, f64)> {
    let at = |tenor| {
        let key = Key::in_unit("bp").tenor(tenor);
        context.in_headline(|facts, camp| {
            facts
                .on_any_day("yield_change_day1", key.camp(camp))
                .map(|(_, stats)| stats)
        })
    };
    match (at(Tenor::Y2), at(Tenor::Y10)) {
        (Some(two), Some(ten)) => two.into_iter().zip(ten).collect(),
        _ => Vec::new(),
    }
}
