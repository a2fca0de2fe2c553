//! A tornado: every parameter's range, the output at its ends, and where a conclusion turns; as a sheet and as text with bars.
//!
//! Camps stand one after the other, the parameter that moves the output most first. In the terminal a bar runs from the output at one end to
//! the output at the other, on one scale for all parameters of a camp, with a mark at the central value. Parameters that move nothing are
//! counted, not drawn; the sheet has all of them, and those that are held fixed.

use brandish_scenario::outputs::Output;
use brandish_scenario::sensitivity::{CampSensitivity, Move, Sensitivity, Turn};

use crate::format::fixed;
use crate::sheet::{Cell, ColumnKind, Sheet};
use crate::text::{SummaryStyle, Text, numbers, words};

/// Columns of a bar.
const BAR: usize = 20;
/// A move below this, in the unit of the output, is none.
const NO_MOVE: f64 = 5e-4;

/// What was asked.
#[derive(Debug, Clone, Copy)]
pub struct SensitivityView<'a> {
    /// Name of the scenario.
    pub scenario: &'a str,
    /// Name of the one it is compared with.
    pub against: Option<&'a str>,
    /// What it is compared with.
    pub threshold: Option<f64>,
    /// The answer.
    pub found: &'a Sensitivity,
}

impl SensitivityView<'_> {
    /// The output.
    pub(crate) fn output(&self) -> &Output {
        &self.found.output
    }

    /// What is looked at.
    pub(crate) fn subject(&self) -> String {
        match self.against {
            None => format!("{} of {}", self.output(), self.scenario),
            Some(other) => format!("{} of {} less {other}", self.output(), self.scenario),
        }
    }

    /// Decimals that are shown.
    pub(crate) fn decimals(&self) -> usize {
        match self.output().unit {
            "ratio" | "pct" => 3,
            _ => 1,
        }
    }

    /// The parameters that move the output, or at whose ends the market finds no price.
    pub(crate) fn moving<'a>(&self, camp: &'a CampSensitivity) -> Vec<&'a Move> {
        camp.moves
            .iter()
            .filter(|moved| {
                moved
                    .spread(camp.central)
                    .is_none_or(|spread| spread >= NO_MOVE)
            })
            .collect()
    }

    /// Least and largest output of a camp.
    pub(crate) fn scale(&self, camp: &CampSensitivity, moving: &[&Move]) -> (f64, f64) {
        let ends = || {
            moving
                .iter()
                .flat_map(|moved| [&moved.at_low, &moved.at_high])
                .filter_map(|end| end.as_ref().ok().copied())
                .chain([camp.central])
        };
        (
            ends().fold(f64::INFINITY, f64::min),
            ends().fold(f64::NEG_INFINITY, f64::max),
        )
    }
}

/// All moves as a sheet, then the parameters that are held.
#[must_use]
pub fn sensitivity_sheets(view: &SensitivityView<'_>) -> Vec<Sheet> {
    let mut about = vec![
        ("output".to_owned(), view.subject()),
        ("unit".to_owned(), view.output().unit.to_owned()),
        (
            "method".to_owned(),
            "one parameter at a time across its range, all others central".to_owned(),
        ),
    ];
    if let Some(threshold) = view.threshold {
        about.push((
            "conclusion".to_owned(),
            format!("output > {threshold}; turns_at is the parameter's value nearest to its central one at which the answer changes"),
        ));
    }
    let mut moves = Sheet::new("sensitivity", about.clone());
    moves.column("camp", ColumnKind::Text);
    moves.column("parameter", ColumnKind::Text);
    for name in [
        "parameter_low",
        "parameter_central",
        "parameter_high",
        "output_central",
        "output_at_low",
        "output_at_high",
        "swing",
        "spread",
        "turns_at",
    ] {
        moves.column(name, ColumnKind::Number);
    }
    for name in [
        "turns",
        "output_unit",
        "parameter_unit",
        "range_kind",
        "range",
        "source",
        "note",
    ] {
        moves.column(name, ColumnKind::Text);
    }
    for camp in &view.found.camps {
        for moved in &camp.moves {
            let note: Vec<&str> = [&moved.at_low, &moved.at_high]
                .into_iter()
                .filter_map(|end| end.as_ref().err().map(String::as_str))
                .collect();
            let (turns_at, turns) = match moved.turn {
                Turn::NotAsked => (None, ""),
                Turn::At(value) => (Some(value), "yes"),
                Turn::Never => (None, "no value within the range"),
            };
            moves.rows.push(vec![
                Cell::text(camp.camp.letter()),
                Cell::text(moved.parameter.as_str()),
                Cell::Number(moved.low),
                Cell::Number(moved.central),
                Cell::Number(moved.high),
                Cell::Number(camp.central),
                Cell::number(moved.at_low.as_ref().ok().copied()),
                Cell::number(moved.at_high.as_ref().ok().copied()),
                Cell::number(moved.swing()),
                Cell::number(moved.spread(camp.central)),
                Cell::number(turns_at),
                Cell::text(turns),
                Cell::text(view.output().unit),
                Cell::text(moved.unit.as_str()),
                Cell::text(moved.range_kind),
                Cell::text(moved.range.as_str()),
                Cell::text(moved.source.as_str()),
                Cell::text(note.join("; ")),
            ]);
        }
    }
    let mut held = Sheet::new("held", about);
    held.column("parameter", ColumnKind::Text);
    held.column("value", ColumnKind::Number);
    for name in ["unit", "range", "source", "reason"] {
        held.column(name, ColumnKind::Text);
    }
    for parameter in &view.found.held {
        held.rows.push(vec![
            Cell::text(parameter.parameter.as_str()),
            Cell::Number(parameter.value),
            Cell::text(parameter.unit.as_str()),
            Cell::text(parameter.range.as_str()),
            Cell::text(parameter.source.as_str()),
            Cell::text(parameter.reason.as_str()),
        ]);
    }
    vec![moves, held]
}

/// The tornado as text.
#[must_use]
pub fn sensitivity_text(view: &SensitivityView<'_>, style: SummaryStyle) -> String {
    let mut text = Text::new(style);
    text.wrapped(
        &format!(
            "brandish · sensitivity · {}, {}",
            view.subject(),
            view.output().unit.replace('_', " ")
        ),
        2,
    );
    for camp in &view.found.camps {
        text.rule();
        of_camp(&mut text, view, camp);
    }
    text.rule();
    text.wrapped(
        "One parameter at a time across its cited range, or from the 5% to the 95% point of a prior or an estimate with tails; all others central. Sources, units and ranges: --format csv. Not a forecast.",
        2,
    );
    text.finish()
}

fn of_camp(text: &mut Text, view: &SensitivityView<'_>, camp: &CampSensitivity) {
    let decimals = view.decimals();
    let stress = if camp.stress { ", a stress bound" } else { "" };
    text.wrapped(
        &format!(
            "Camp {} ({}{stress}): {} at central parameters",
            camp.camp.letter(),
            camp.name,
            fixed(camp.central, decimals)
        ),
        2,
    );
    let moving = view.moving(camp);
    let scale = view.scale(camp, &moving);
    let rows: Vec<Vec<String>> = moving
        .iter()
        .map(|moved| {
            let end = |end: &Result<f64, String>| {
                end.as_ref()
                    .map_or("no price".to_owned(), |value| fixed(*value, decimals))
            };
            vec![
                moved.parameter.replace('_', " "),
                end(&moved.at_low),
                bar(moved, camp.central, scale),
                end(&moved.at_high),
                moved
                    .spread(camp.central)
                    .map_or("n/a".to_owned(), |spread| fixed(spread, decimals)),
                match moved.turn {
                    Turn::NotAsked => String::new(),
                    Turn::At(value) => short(value),
                    Turn::Never => "never".to_owned(),
                },
            ]
        })
        .collect();
    let mut columns = vec![
        words("parameter", 0),
        numbers("at low", 0),
        words("", 2),
        numbers("at high", 0),
        numbers("moves it by", 3),
    ];
    if view.threshold.is_some() {
        columns.push(numbers("turns at", 0));
    }
    if rows.is_empty() {
        text.line("No parameter moves it.");
    } else {
        text.table(&columns, &rows);
    }
    let still = camp.moves.len() - moving.len();
    if still > 0 && !rows.is_empty() {
        text.wrapped(
            &match still {
                1 => "1 more does not move it.".to_owned(),
                _ => format!("{still} more do not move it."),
            },
            2,
        );
    }
    if let Some(threshold) = view.threshold {
        conclusion(text, view, camp, threshold);
    }
}

fn conclusion(text: &mut Text, view: &SensitivityView<'_>, camp: &CampSensitivity, threshold: f64) {
    let unit = view.output().unit.replace('_', " ");
    let side = if camp.central > threshold {
        "above"
    } else {
        "not above"
    };
    let mut turning: Vec<String> = camp
        .moves
        .iter()
        .filter_map(|moved| match moved.turn {
            Turn::At(value) => Some(format!(
                "{} at {} (central {})",
                moved.parameter.replace('_', " "),
                short(value),
                short(moved.central)
            )),
            _ => None,
        })
        .collect();
    let answer = if turning.is_empty() {
        "no single parameter within its range changes that".to_owned()
    } else {
        let last = turning.pop().unwrap_or_default();
        match turning.is_empty() {
            true => format!("that changes with {last}"),
            false => format!("that changes with {} or {last}", turning.join(", ")),
        }
    };
    text.wrapped(&format!("Central: {side} {threshold} {unit}; {answer}."), 2);
}

/// A bar from one end to the other with the central value marked.
fn bar(moved: &Move, central: f64, (least, most): (f64, f64)) -> String {
    let (Ok(low), Ok(high)) = (&moved.at_low, &moved.at_high) else {
        return String::new();
    };
    let width = most - least;
    let place = |value: f64| {
        if width > 0.0 {
            (((value - least) / width) * (BAR - 1) as f64).round() as usize
        } else {
            0
        }
    };
    let (from, to) = (place(low.min(*high)), place(low.max(*high)));
    let mark = place(central);
    (0..BAR)
        .map(|column| {
            if column == mark {
                '│'
            } else if (from..=to).contains(&column) {
                '━'
            } else {
                ' '
            }
        })
        .collect()
}

/// Three significant digits or so.
pub(crate) fn short(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        "0".to_owned()
    } else if !(1e-3..1e6).contains(&size) {
        format!("{value:.2e}")
    } else if size >= 100.0 {
        fixed(value, 0)
    } else if size >= 1.0 {
        fixed(value, 2)
    } else {
        fixed(value, 4)
    }
}

#[cfg(test)]
mod tests {
    use brandish_scenario::file::CampName;
    use brandish_scenario::sensitivity::HeldParameter;

    use super::*;

    fn moved(parameter: &str, low: f64, high: f64, turn: Turn) -> Move {
        Move {
            parameter: parameter.to_owned(),
            unit: "ratio".to_owned(),
            range: "0.1 to 0.5".to_owned(),
            source: "judgement".to_owned(),
            range_kind: "cited range",
            low: 0.1,
            central: 0.2,
            high: 0.5,
            at_low: Ok(low),
            at_high: Ok(high),
            turn,
        }
    }

    fn found() -> Sensitivity {
        Sensitivity {
            output: Output::ten_year_peak(),
            camps: vec![CampSensitivity {
                camp: CampName::S,
                name: "studies".to_owned(),
                stress: false,
                central: 30.0,
                moves: vec![
                    moved("risk_price", 10.0, 90.0, Turn::At(0.25)),
                    moved("discount_rate", 29.0, 31.0, Turn::Never),
                    moved("fed_lag", 30.0, 30.0, Turn::Never),
                ],
            }],
            held: vec![HeldParameter {
                parameter: "sigma_window".to_owned(),
                value: 3.5,
                unit: "years".to_owned(),
                range: "2 to 5".to_owned(),
                source: "judgement".to_owned(),
                reason: "its range is not given in numbers".to_owned(),
            }],
        }
    }

    #[test]
    fn the_text_draws_bars_on_one_scale_and_says_what_turns() {
        let found = found();
        let view = SensitivityView {
            scenario: "japan-card",
            against: None,
            threshold: Some(40.0),
            found: &found,
        };
        let style = SummaryStyle {
            width: 100,
            plain: false,
        };
        let text = sensitivity_text(&view, style);
        let line = text
            .lines()
            .find(|line| line.starts_with("risk price"))
            .unwrap();
        // from 10 to 90 on a scale from 10 to 90: the whole bar, the center a quarter of the way
        assert_eq!(line.matches('━').count(), BAR - 1);
        assert!(line.contains('│') && line.trim_end().contains(" 80.0"));
        let small = text
            .lines()
            .find(|line| line.starts_with("discount rate"))
            .unwrap();
        assert!(small.matches('━').count() <= 2, "{small}");
        let page = crate::tornado::sensitivity_html(&view, "0");
        assert_eq!(page.matches("<svg").count(), 1);
        assert_eq!(page.matches("<rect").count(), 2, "two parameters move it");
        assert!(page.contains("threshold 40.0") && page.contains("central 30.0"));
        assert!(text.contains("1 more does not move it"));
        assert!(
            text.contains("not above 40 bp; that changes with risk price at 0.2500"),
            "{text}"
        );
    }

    #[test]
    fn the_sheet_has_every_parameter_also_those_that_move_nothing() {
        let found = found();
        let view = SensitivityView {
            scenario: "a",
            against: Some("b"),
            threshold: Some(0.0),
            found: &found,
        };
        let sheets = sensitivity_sheets(&view);
        assert_eq!((sheets[0].rows.len(), sheets[1].rows.len()), (3, 1));
        let mut bytes = Vec::new();
        crate::sheet::write_sheet_csv(&sheets[0], &mut bytes).unwrap();
        let csv = String::from_utf8(bytes).unwrap();
        assert!(
            csv.contains("S,risk_price,0.1,0.2,0.5,30.0,10.0,90.0,80.0,80.0,0.25,yes,bp"),
            "{csv}"
        );
        assert!(csv.contains("no value within the range"));
    }
}
