//! A curve as sheets: `points`, and where they were asked for `changes`, `residuals`, `bands`, `parameters`.
//!
//! Yields in percent at full precision, changes and errors in bp. What all rows share (whose curve, which quotes, how errors are
//! signed) is in `about`.

use brandish_scenario::pricing::study::{Comparison, CurveFits, CurvePoint};

use super::CurveView;
use crate::format::tenor_label;
use crate::sheet::{Cell, ColumnKind, Sheet};

/// Said of securities in their last month.
const NOT_FITTED: &str = "not fitted: within a month of maturity";

/// The curve as sheets.
#[must_use]
pub fn curve_sheets(view: &CurveView<'_>) -> Vec<Sheet> {
    let mut sheets = vec![points(view)];
    if let Some(comparison) = view.comparison {
        sheets.push(changes(comparison));
        sheets.push(spreads(comparison));
    }
    if let Some(fits) = view.fits {
        sheets.extend([residuals(fits), bands(fits), parameters(fits)]);
    }
    sheets
}

fn pair(name: &str, text: impl Into<String>) -> (String, String) {
    (name.to_owned(), text.into())
}

fn tenor(point: &CurvePoint) -> Cell {
    point
        .tenor
        .map_or(Cell::Empty, |tenor| Cell::text(tenor_label(tenor)))
}

fn points(view: &CurveView<'_>) -> Sheet {
    let about = vec![
        pair("curve", view.curve.name.clone()),
        pair(
            "measures",
            "par: bond-equivalent (simple interest up to half a year); zero: continuous and semiannual; forward: instantaneous, continuous; discount factor from the curve's day",
        ),
    ];
    let mut sheet = Sheet::new("points", about);
    sheet.column("curve", ColumnKind::Text);
    sheet.column("as_of", ColumnKind::Date);
    sheet.column("tenor", ColumnKind::Text);
    for name in [
        "maturity_years",
        "par_pct",
        "zero_continuous_pct",
        "zero_semiannual_pct",
        "forward_pct",
        "discount_factor",
    ] {
        sheet.column(name, ColumnKind::Number);
    }
    sheet.column("note", ColumnKind::Text);
    for (label, points) in view.points {
        for point in points {
            sheet.rows.push(vec![
                Cell::text(*label),
                Cell::Date(view.curve.curve.as_of()),
                tenor(point),
                Cell::Number(point.years.years()),
                Cell::Number(point.par.percent()),
                Cell::Number(point.zero.percent()),
                Cell::Number(point.zero_bond_equivalent.percent()),
                Cell::Number(point.forward.percent()),
                Cell::Number(point.discount_factor),
                Cell::text(if point.extrapolated {
                    "extrapolated"
                } else {
                    ""
                }),
            ]);
        }
    }
    sheet
}

fn changes(comparison: &Comparison) -> Sheet {
    let about = vec![
        pair("from", comparison.from.clone()),
        pair("to", comparison.to.clone()),
        pair("change", "second curve less the first"),
    ];
    let mut sheet = Sheet::new("changes", about);
    sheet.column("tenor", ColumnKind::Text);
    for name in [
        "maturity_years",
        "par_from_pct",
        "par_to_pct",
        "par_change_bp",
        "zero_continuous_from_pct",
        "zero_continuous_to_pct",
        "zero_change_bp",
    ] {
        sheet.column(name, ColumnKind::Number);
    }
    sheet.column("note", ColumnKind::Text);
    for change in &comparison.points {
        let extrapolated = change.from.extrapolated || change.to.extrapolated;
        sheet.rows.push(vec![
            tenor(&change.from),
            Cell::Number(change.from.years.years()),
            Cell::Number(change.from.par.percent()),
            Cell::Number(change.to.par.percent()),
            Cell::Number(change.par.bp()),
            Cell::Number(change.from.zero.percent()),
            Cell::Number(change.to.zero.percent()),
            Cell::Number(change.zero.bp()),
            Cell::text(if extrapolated { "extrapolated" } else { "" }),
        ]);
    }
    sheet
}

fn spreads(comparison: &Comparison) -> Sheet {
    let mut sheet = Sheet::new(
        "spreads",
        vec![pair(
            "spreads",
            "par yields; 2s5s10s is twice the five-year less the two- and the ten-year",
        )],
    );
    sheet.column("spread", ColumnKind::Text);
    for name in ["from_bp", "to_bp", "change_bp"] {
        sheet.column(name, ColumnKind::Number);
    }
    for spread in &comparison.spreads {
        sheet.rows.push(vec![
            Cell::text(spread.name),
            Cell::Number(spread.from.bp()),
            Cell::Number(spread.to.bp()),
            Cell::Number(spread.to.bp() - spread.from.bp()),
        ]);
    }
    sheet
}

fn fit_about(fits: &CurveFits) -> Vec<(String, String)> {
    let mut about = vec![
        pair("quotes", fits.quotes.name.clone()),
        pair("settlement", fits.quotes.settlement.to_string()),
        pair(
            "error",
            "observed less model yield, bp: positive is cheap against the curve",
        ),
    ];
    for note in &fits.quotes.notes {
        about.push(pair("note", note.clone()));
    }
    for failure in &fits.failed {
        about.push(pair(failure.method, failure.message.clone()));
    }
    about
}

fn residuals(fits: &CurveFits) -> Sheet {
    let mut sheet = Sheet::new("residuals", fit_about(fits));
    sheet.column("cusip", ColumnKind::Text);
    sheet.column("kind", ColumnKind::Text);
    sheet.column("maturity", ColumnKind::Date);
    for name in ["years", "clean_per_100", "yield_pct"] {
        sheet.column(name, ColumnKind::Number);
    }
    for curve in &fits.curves {
        sheet.column(format!("error_{}_bp", curve.label), ColumnKind::Number);
    }
    sheet.column("note", ColumnKind::Text);
    for row in &fits.residuals {
        let mut cells = vec![
            Cell::text(row.cusip.to_string()),
            Cell::text(row.kind.label()),
            Cell::Date(row.maturity),
            Cell::Number(row.years.years()),
            Cell::Number(row.observed.observed_clean.per_100()),
            Cell::Number(row.observed.observed_yield.percent()),
        ];
        cells.extend(row.errors.iter().map(|error| Cell::Number(error.bp())));
        cells.push(Cell::text(if row.fitted { "" } else { NOT_FITTED }));
        sheet.rows.push(cells);
    }
    sheet
}

fn bands(fits: &CurveFits) -> Sheet {
    let mut sheet = Sheet::new("bands", fit_about(fits));
    sheet.column("curve", ColumnKind::Text);
    for name in [
        "from_years",
        "to_years",
        "securities",
        "mean_bp",
        "root_mean_square_bp",
    ] {
        sheet.column(name, ColumnKind::Number);
    }
    for curve in &fits.curves {
        for band in &curve.bands {
            sheet.rows.push(vec![
                Cell::text(curve.label),
                Cell::Number(band.from.years()),
                Cell::Number(band.to.years()),
                Cell::Number(band.count as f64),
                Cell::Number(band.mean.bp()),
                Cell::Number(band.root_mean_square.bp()),
            ]);
        }
    }
    sheet
}

fn parameters(fits: &CurveFits) -> Sheet {
    let mut sheet = Sheet::new("parameters", fit_about(fits));
    sheet.column("curve", ColumnKind::Text);
    sheet.column("parameter", ColumnKind::Text);
    sheet.column("value", ColumnKind::Number);
    for curve in &fits.curves {
        let error = ("root_mean_square_bp", curve.root_mean_square.bp());
        for (name, value) in curve.parameters.iter().copied().chain([error]) {
            sheet.rows.push(vec![
                Cell::text(curve.label),
                Cell::text(name),
                Cell::Number(value),
            ]);
        }
    }
    sheet
}
