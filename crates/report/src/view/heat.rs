//! Section 5: the change by maturity and day, a map per camp, with the 90% band for the table.
//! Days are those for which every tenor has facts; the table beside the map has the bands.

use brandish_units::Tenor;
use serde::Serialize;

use super::context::Context;
use super::parts::{Band, Figure};
use crate::facts::Key;
use crate::findings;
use crate::findings::heat::Map;
use crate::format::tenor_label;

/// Maturity by day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heat {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// The columns.
    pub days: Vec<u32>,
    /// The rows.
    pub tenors: Vec<String>,
    /// One map per camp.
    pub panels: Vec<HeatPanel>,
}

/// The map of one camp, bp: a row per tenor, a column per day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeatPanel {
    /// The camp.
    pub letter: &'static str,
    /// Median.
    pub p50: Vec<Vec<f64>>,
    /// 5% quantile.
    pub p05: Vec<Vec<f64>>,
    /// 95% quantile.
    pub p95: Vec<Vec<f64>>,
}

/// Every day from 1 to here, then every third: more columns than pixels help nobody.
const DAILY_UNTIL: u32 = 5;
const STEP: u32 = 3;
/// From here on every day that the table has (it thins out itself).
const ALL_FROM: u32 = 66;

pub(crate) fn view(context: &Context<'_>) -> Heat {
    let end = context.input.sale_end_day;
    let last = context.last_day();
    let first_letter = context.headline().next().map_or("", |camp| camp.letter);
    let key = Key::in_unit("bp");
    let days: Vec<u32> = context
        .facts
        .days("yield_change", key.camp(first_letter).tenor(Tenor::Y2))
        .into_iter()
        .filter(|day| *day > 0)
        .filter(|day| {
            *day <= DAILY_UNTIL
                || day.is_multiple_of(STEP)
                || *day >= ALL_FROM
                || Some(*day) == end
                || *day == last
        })
        .collect();
    let panels: Vec<HeatPanel> = context
        .input
        .camps
        .iter()
        .filter_map(|camp| {
            let bands = bands(context, camp.letter, &days)?;
            let pick = |of: fn(&Band) -> f64| {
                bands
                    .iter()
                    .map(|row| row.iter().map(of).collect())
                    .collect()
            };
            Some(HeatPanel {
                letter: camp.letter,
                p50: pick(|band| band.p50),
                p05: pick(|band| band.p05),
                p95: pick(|band| band.p95),
            })
        })
        .collect();
    let maps: Option<Vec<Map>> = context
        .headline()
        .map(|camp| map(&panels, camp.letter, &days, context.curve_day()))
        .collect();
    let title = findings::heat::title(
        &maps.unwrap_or_default(),
        end.is_some(),
        context.camps_in_words(),
    );
    let sub = format!(
        "Change from the baseline by tenor and business day, {}: median, bp; the table has the 90% band",
        context.input.mode
    );
    Heat {
        figure: context.figure(title, sub, None),
        days,
        tenors: Tenor::ALL.into_iter().map(tenor_label).collect(),
        panels,
    }
}

fn bands(context: &Context<'_>, letter: &str, days: &[u32]) -> Option<Vec<Vec<Band>>> {
    let row = |tenor: Tenor| -> Option<Vec<Band>> {
        let at = |day: &u32| {
            let key = Key::in_unit("bp").camp(letter).tenor(tenor).day(*day);
            context
                .facts
                .get("yield_change", key)?
                .band()
                .map(Band::rounded)
        };
        days.iter().map(at).collect()
    };
    if days.is_empty() {
        None
    } else {
        Tenor::ALL.into_iter().map(row).collect()
    }
}

fn map(panels: &[HeatPanel], letter: &str, days: &[u32], curve_day: u32) -> Option<Map> {
    let panel = panels.iter().find(|panel| panel.letter == letter)?;
    let ten = Tenor::Y10.index();
    let ten_year = panel.p50.get(ten)?;
    let column = |day: u32| days.iter().position(|found| *found == day);
    let end = column(curve_day)?;
    Some(Map {
        at_end: panel
            .p50
            .iter()
            .filter_map(|row| row.get(end).copied())
            .collect(),
        day_one: *ten_year.get(column(1)?)?,
        largest: ten_year.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        last: *ten_year.last()?,
        last_p05: *panel.p05.get(ten)?.last()?,
        goes_on: days.last()? > &curve_day,
    })
}
