//! A tornado drawn: one offline page with a panel for every camp, and a table of the same numbers for each below.
//!
//! Bars run from the output at the low end of a parameter's range to the output at its high end, on one scale for the headline camps, with a line
//! at the central value and, where a threshold is asked for, a dashed one there. No script runs and nothing is requested.

use brandish_scenario::sensitivity::{CampSensitivity, Move, Turn};

use crate::format::fixed;
use crate::page::{escape, plain_style, table_html};
use crate::panels::{self, FAINT, INK, Panel, WIDTH, color, figure, panel};
use crate::sensitivity::{SensitivityView, short};

const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/// Height of a parameter: a line of words, a bar.
const ROW: f64 = 40.0;
/// Room beside the bars for the numbers at their ends.
const SIDE: f64 = 56.0;

/// The page.
#[must_use]
pub fn sensitivity_html(view: &SensitivityView<'_>, version: &str) -> String {
    let unit = view.output().unit.replace('_', " ");
    let title = format!("{}, {unit}", view.subject());
    let mut body = format!(
        "<p>{}</p>\n<h1>{}</h1>\n",
        escape(&format!(
            "brandish {version} · sensitivity · Not a forecast"
        )),
        escape(&title)
    );
    let drawn: String = view
        .found
        .camps
        .iter()
        .map(|camp| panel(camp.camp, &camp.name, camp.stress, &drawing(view, camp)))
        .collect();
    let threshold = view.threshold.map_or_else(String::new, |threshold| {
        format!(
            ", dashed at the threshold {}",
            fixed(threshold, view.decimals())
        )
    });
    body.push_str(&figure(
        &finding(view),
        &format!(
            "In {unit}: one parameter at a time from one end of its range to the other, all others central; line at central parameters{threshold}. Headline camps on one scale."
        ),
        &drawn,
        "Ranges are cited ones, or go from the 5% to the 95% point of a prior or an estimate with tails: the tables say which.",
    ));
    for camp in &view.found.camps {
        let stress = if camp.stress { " (stress bound)" } else { "" };
        body.push_str(&format!(
            "<h2>{}</h2>\n<div class=\"scroll\">{}</div>\n",
            escape(&format!(
                "Camp {} {}{stress}: {} at central parameters",
                camp.camp.letter(),
                camp.name,
                fixed(camp.central, view.decimals())
            )),
            table(view, camp)
        ));
    }
    body.push_str(&held(view));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{}\n{}\n</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escape(&format!("{title} · brandish")),
        plain_style(),
        panels::STYLE
    )
}

/// The parameter that moves the output most, if it is the same one in every headline camp.
fn finding(view: &SensitivityView<'_>) -> String {
    let mut camps = view.found.camps.iter().filter(|camp| !camp.stress);
    let top = |camp: &CampSensitivity| {
        let first = view.moving(camp).first().copied()?;
        Some((
            first.parameter.replace('_', " "),
            first.spread(camp.central)?,
        ))
    };
    let neutral = "What each parameter does, camp by camp".to_owned();
    let Some((name, _)) = camps.next().and_then(top) else {
        return neutral;
    };
    let spreads: Option<Vec<f64>> = view
        .found
        .camps
        .iter()
        .filter(|camp| !camp.stress)
        .map(|camp| top(camp).filter(|(other, _)| *other == name))
        .map(|found| found.map(|(_, spread)| spread))
        .collect();
    let Some(spreads) = spreads else {
        return neutral;
    };
    let where_ = match spreads.len() {
        1 => "",
        _ => ", in every camp",
    };
    let least = spreads.iter().copied().fold(f64::INFINITY, f64::min);
    let most = spreads.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let decimals = view.decimals();
    let (least, most) = (fixed(least, decimals), fixed(most, decimals));
    let by = if least == most {
        most
    } else {
        format!("{least} to {most}")
    };
    let unit = view.output().unit.replace('_', " ");
    format!("{} moves it most{where_}: by {by} {unit}", capital(&name))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Headline camps share a scale; a stress bound has its own.
fn scale(view: &SensitivityView<'_>, camp: &CampSensitivity) -> (f64, f64) {
    view.found
        .camps
        .iter()
        .filter(|other| other.stress == camp.stress)
        .map(|other| view.scale(other, &view.moving(other)))
        .fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(low, high), (least, most)| (low.min(least), high.max(most)),
        )
}

fn drawing(view: &SensitivityView<'_>, camp: &CampSensitivity) -> String {
    let moving: Vec<&Move> = view.moving(camp);
    let (least, most) = scale(view, camp);
    if moving.is_empty() || most <= least {
        return "<p>No parameter moves it.</p>\n".to_owned();
    }
    let decimals = view.decimals();
    let x = |value: f64| SIDE + (value - least) / (most - least) * (WIDTH - 2.0 * SIDE);
    let bottom = ROW * moving.len() as f64;
    let shown = view.threshold.filter(|t| (least..=most).contains(t));
    let mut drawn = Panel::new(bottom + if shown.is_some() { 38.0 } else { 22.0 });
    drawn.line(
        (x(camp.central), 0.0),
        (x(camp.central), bottom),
        (FAINT, 1.0),
        false,
    );
    if let Some(threshold) = shown {
        drawn.line(
            (x(threshold), 0.0),
            (x(threshold), bottom),
            (INK, 1.0),
            true,
        );
        drawn.text(
            (x(threshold), bottom + 32.0),
            "middle",
            INK,
            &format!("threshold {}", fixed(threshold, decimals)),
        );
    }
    for (row, moved) in moving.iter().enumerate() {
        let top = ROW * row as f64;
        let middle = top + 27.0;
        drawn.text(
            (0.0, top + 13.0),
            "start",
            INK,
            &moved.parameter.replace('_', " "),
        );
        let (Ok(low), Ok(high)) = (&moved.at_low, &moved.at_high) else {
            drawn.text(
                (SIDE, middle + 4.0),
                "start",
                FAINT,
                "no price at an end of the range",
            );
            continue;
        };
        let (from, to) = (low.min(*high), low.max(*high));
        drawn.bar(
            (x(from), middle - 7.0),
            ((x(to) - x(from)).max(1.0), 14.0),
            (color(camp.camp), 0.55),
        );
        drawn.text(
            (x(from) - 4.0, middle + 4.0),
            "end",
            FAINT,
            &fixed(from, decimals),
        );
        drawn.text(
            (x(to) + 4.0, middle + 4.0),
            "start",
            FAINT,
            &fixed(to, decimals),
        );
    }
    drawn.text(
        (x(camp.central), bottom + 16.0),
        "middle",
        INK,
        &format!("central {}", fixed(camp.central, decimals)),
    );
    drawn.finish(&format!("Tornado of camp {}", camp.camp.letter()))
}

/// Parameters that are not moved, with the reason.
fn held(view: &SensitivityView<'_>) -> String {
    if view.found.held.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = view
        .found
        .held
        .iter()
        .map(|held| {
            vec![
                held.parameter.replace('_', " "),
                held.value.to_string(),
                held.unit.clone(),
                held.range.clone(),
                held.source.clone(),
                held.reason.clone(),
            ]
        })
        .collect();
    let head = [
        "parameter",
        "value",
        "unit",
        "range",
        "source",
        "why it is not moved",
    ];
    format!(
        "<h2>Not moved</h2>\n<div class=\"scroll\">{}</div>\n",
        table_html("words", &head, &rows)
    )
}

fn table(view: &SensitivityView<'_>, camp: &CampSensitivity) -> String {
    let decimals = view.decimals();
    let rows: Vec<Vec<String>> = camp
        .moves
        .iter()
        .map(|moved| {
            let end = |end: &Result<f64, String>| {
                end.as_ref()
                    .map_or("no price".to_owned(), |value| fixed(*value, decimals))
            };
            vec![
                moved.parameter.replace('_', " "),
                format!("{} to {}", short(moved.low), short(moved.high)),
                moved.unit.clone(),
                end(&moved.at_low),
                end(&moved.at_high),
                moved
                    .spread(camp.central)
                    .map_or("n/a".to_owned(), |spread| fixed(spread, decimals)),
                match moved.turn {
                    Turn::NotAsked => String::new(),
                    Turn::At(value) => short(value),
                    Turn::Never => "never".to_owned(),
                },
                moved.range_kind.to_owned(),
                moved.source.clone(),
            ]
        })
        .collect();
    table_html(
        "words",
        &[
            "parameter",
            "range",
            "unit",
            "at low",
            "at high",
            "moves it by",
            "turns at",
            "range is",
            "source",
        ],
        &rows,
    )
}
