//! A curve in a terminal.
//!
//! Points of the day's curve (and par yields of the fits beside them), changes and spreads, errors by maturity band, then every security with
//! its error. Narrow terminals get fewer columns; every figure is in the sheets at full precision.

use brandish_scenario::pricing::study::{Comparison, CurveFits, CurvePoint};

use super::CurveView;
use crate::format::{fixed, maturity_label, signed};
use crate::text::{SummaryStyle, Text, numbers, words};

/// The curve as text.
#[must_use]
pub fn curve_text(view: &CurveView<'_>, style: SummaryStyle) -> String {
    let mut text = Text::new(style);
    text.wrapped(&format!("brandish · curve · {}", view.curve.name), 2);
    match view.comparison {
        Some(comparison) => changes(&mut text, comparison),
        None => points(&mut text, view),
    }
    if let Some(fits) = view.fits {
        fitted(&mut text, fits);
    }
    text.rule();
    text.wrapped(
        "par: bond-equivalent, simple interest up to half a year; zero: continuous; fwd: instantaneous, continuous; percent. * extrapolated. All digits: --format csv.",
        2,
    );
    text.finish()
}

fn maturity(point: &CurvePoint) -> String {
    let name = maturity_label(point.years);
    if point.extrapolated {
        format!("{name}*")
    } else {
        name
    }
}

fn points(text: &mut Text, view: &CurveView<'_>) {
    let Some((_, day)) = view.points.first() else {
        return;
    };
    let mut columns = vec![
        words("", 0),
        numbers("par", 0),
        numbers("zero", 1),
        numbers("fwd", 2),
        numbers("discount", 3),
    ];
    let fits = &view.points[1..];
    columns.extend(fits.iter().map(|(label, _)| numbers(label, 0)));
    let rows: Vec<Vec<String>> = day
        .iter()
        .enumerate()
        .map(|(place, point)| {
            let mut row = vec![
                maturity(point),
                fixed(point.par.percent(), 3),
                fixed(point.zero.percent(), 3),
                fixed(point.forward.percent(), 3),
                fixed(point.discount_factor, 6),
            ];
            for (_, points) in fits {
                row.push(points.get(place).map_or(String::new(), |point| {
                    let star = if point.extrapolated { "*" } else { "" };
                    format!("{}{star}", fixed(point.par.percent(), 3))
                }));
            }
            row
        })
        .collect();
    text.table(&columns, &rows);
    if !fits.is_empty() {
        text.wrapped("Columns of fits hold their par yields.", 2);
    }
}

fn changes(text: &mut Text, comparison: &Comparison) {
    text.wrapped(
        &format!("beside it: {}; changes are that less this", comparison.to),
        2,
    );
    let columns = [
        words("", 0),
        numbers("par", 0),
        numbers("then", 0),
        numbers("change bp", 0),
        numbers("zero", 3),
        numbers("then", 2),
        numbers("change bp", 1),
    ];
    let rows: Vec<Vec<String>> = comparison
        .points
        .iter()
        .map(|change| {
            let mut point = change.from;
            point.extrapolated |= change.to.extrapolated;
            vec![
                maturity(&point),
                fixed(change.from.par.percent(), 3),
                fixed(change.to.par.percent(), 3),
                signed(change.par.bp(), 1),
                fixed(change.from.zero.percent(), 3),
                fixed(change.to.zero.percent(), 3),
                signed(change.zero.bp(), 1),
            ]
        })
        .collect();
    text.table(&columns, &rows);
    text.line("");
    let columns = [
        words("spread, bp", 0),
        numbers("from", 0),
        numbers("to", 0),
        numbers("change", 0),
    ];
    let rows: Vec<Vec<String>> = comparison
        .spreads
        .iter()
        .map(|spread| {
            vec![
                spread.name.to_owned(),
                signed(spread.from.bp(), 1),
                signed(spread.to.bp(), 1),
                signed(spread.to.bp() - spread.from.bp(), 1),
            ]
        })
        .collect();
    text.table(&columns, &rows);
}

fn fitted(text: &mut Text, fits: &CurveFits) {
    text.rule();
    text.wrapped(
        &format!(
            "{} securities, settlement {}: {}",
            fits.residuals.len(),
            fits.quotes.settlement,
            fits.quotes.name
        ),
        2,
    );
    for note in &fits.quotes.notes {
        text.wrapped(note, 2);
    }
    for failure in &fits.failed {
        text.wrapped(
            &format!("no {} curve: {}", failure.method, failure.message),
            2,
        );
    }
    for curve in &fits.curves {
        let parameters: Vec<String> = curve
            .parameters
            .iter()
            .map(|(name, value)| format!("{name} {}", compact(*value)))
            .collect();
        text.wrapped(
            &format!(
                "{}: root mean square {} bp{}{}",
                curve.label,
                fixed(curve.root_mean_square.bp(), 2),
                if parameters.is_empty() { "" } else { "; " },
                parameters.join(", ")
            ),
            2,
        );
    }
    text.line("");
    let labels: Vec<&str> = fits.curves.iter().map(|curve| curve.label).collect();
    let mut columns = vec![words("maturity band", 0), numbers("n", 2)];
    columns.extend(
        labels
            .iter()
            .map(|label| numbers(label, u8::from(*label == "day"))),
    );
    let bands = fits.curves.first().map_or(&[][..], |curve| &curve.bands);
    let rows: Vec<Vec<String>> = bands
        .iter()
        .map(|band| {
            let mut row = vec![
                format!("{} to {} years", band.from.years(), band.to.years()),
                band.count.to_string(),
            ];
            for curve in &fits.curves {
                let same = curve.bands.iter().find(|other| other.from == band.from);
                row.push(same.map_or(String::new(), |band| fixed(band.root_mean_square.bp(), 2)));
            }
            row
        })
        .collect();
    text.line("root mean square of the error, bp");
    text.table(&columns, &rows);
    text.line("");
    let mut columns = vec![
        words("cusip", 0),
        words("maturity", 2),
        numbers("clean", 4),
        numbers("yield", 3),
    ];
    columns.extend(
        labels
            .iter()
            .map(|label| numbers(label, u8::from(*label == "day"))),
    );
    let rows: Vec<Vec<String>> = fits
        .residuals
        .iter()
        .map(|row| {
            let mut cells = vec![
                format!("{}{}", row.cusip, if row.fitted { "" } else { "~" }),
                row.maturity.to_string(),
                fixed(row.observed.observed_clean.per_100(), 4),
                fixed(row.observed.observed_yield.percent(), 3),
            ];
            cells.extend(row.errors.iter().map(|error| signed(error.bp(), 2)));
            cells
        })
        .collect();
    text.wrapped(
        "error of each security, observed less model yield, bp (positive: cheap)",
        2,
    );
    text.table(&columns, &rows);
    if fits.residuals.iter().any(|row| !row.fitted) {
        text.wrapped(
            "~ within a month of maturity: measured, not fitted, not counted above",
            2,
        );
    }
}

fn compact(value: f64) -> String {
    if value != 0.0 && !(1e-3..1e5).contains(&value.abs()) {
        format!("{value:.3e}")
    } else {
        fixed(value, if value.fract() == 0.0 { 0 } else { 4 })
    }
}
