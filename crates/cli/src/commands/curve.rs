//! `brandish curve`: a day's curve, another day beside it, fits to prices.
//!
//! Whose curve is asked here for `price` too: Treasury's, the Federal Reserve's or a file. The day is the last of the snapshot unless it is
//! named.

use std::path::Path;

use brandish_data::Snapshot;
use brandish_report::{CurveView, curve_sheets, curve_text};
use brandish_scenario::last_day;
use brandish_scenario::pricing::study::{
    Outstanding, PointGrid, QuotesFile, buyback_quotes, compare, curve_points, fit,
};
use brandish_scenario::pricing::{CurveFile, DayCurve, NamedCurve};
use brandish_units::Date;

use crate::args::{CurveArgs, CurveChoice, CurveTable, GridArg, SourceArg};
use crate::commands::price::style;
use crate::exit::{Ending, Failure};
use crate::load::{load_curve, load_snapshot, read_table, render};
use crate::terminal::Terminal;

/// Word that stands for Treasury's own transactions of the day.
const BUYBACKS: &str = "buybacks";

/// A snapshot, a day, and whose curve.
pub struct ChosenCurve {
    /// Series.
    pub snapshot: Snapshot,
    /// Day.
    pub as_of: Date,
    file: Option<CurveFile>,
    source: SourceArg,
}

impl ChosenCurve {
    /// Reads what the options name.
    pub fn read(
        choice: &CurveChoice,
        as_of: Option<Date>,
        terminal: Terminal,
    ) -> Result<ChosenCurve, Failure> {
        let snapshot = load_snapshot(choice.snapshot.as_deref())?;
        let as_of = match as_of {
            Some(day) => day,
            None => {
                let day = last_day(&snapshot).map_err(Failure::error)?;
                terminal.note(&format!("as of {day}, the last day of the snapshot"));
                day
            }
        };
        let file = match &choice.file {
            None => None,
            Some(path) => Some(load_curve(path, choice.curve_kind, terminal)?),
        };
        Ok(ChosenCurve {
            snapshot,
            as_of,
            file,
            source: choice.source,
        })
    }

    /// Where the curve comes from.
    pub fn origin(&self) -> DayCurve<'_> {
        match (&self.file, self.source) {
            (Some(file), _) => DayCurve::File(file),
            (None, source) => published(source),
        }
    }
}

fn published(source: SourceArg) -> DayCurve<'static> {
    match source {
        SourceArg::Treasury => DayCurve::Treasury,
        SourceArg::Fed => DayCurve::FederalReserve,
    }
}

/// Shows a curve.
pub fn curve(terminal: Terminal, arguments: &CurveArgs) -> Result<Ending, Failure> {
    let format = arguments.output.resolve(terminal)?;
    let chosen = ChosenCurve::read(&arguments.curve, arguments.as_of, terminal)?;
    let snapshot = &chosen.snapshot;
    let day =
        NamedCurve::of_day(snapshot, chosen.as_of, chosen.origin()).map_err(Failure::error)?;
    let grid = match arguments.grid {
        GridArg::Tenors => PointGrid::Tenors,
        GridArg::HalfYears => PointGrid::HalfYears,
    };
    let comparison = match arguments.compare {
        None => None,
        Some(other) => {
            let origin = published(arguments.curve.source);
            let other = NamedCurve::of_day(snapshot, other, origin).map_err(Failure::error)?;
            Some(compare(&day, &other, grid).map_err(Failure::error)?)
        }
    };
    let fits = match arguments.fit.as_deref() {
        None => None,
        Some(BUYBACKS) => {
            let quotes = buyback_quotes(snapshot, chosen.as_of).map_err(Failure::error)?;
            Some(fit(quotes, &day).map_err(Failure::error)?)
        }
        Some(path) => {
            let text = read_table(Path::new(path))?;
            let outstanding = Outstanding::on(snapshot, chosen.as_of).map_err(Failure::error)?;
            let quotes = QuotesFile::parse(&text, path, &outstanding)
                .map_err(|found| Failure::diagnostics(render(&found, terminal)))?;
            Some(fit(quotes, &day).map_err(Failure::error)?)
        }
    };
    let mut points = vec![("day", curve_points(&day, grid).map_err(Failure::error)?)];
    for fitted in fits.iter().flat_map(|fits| &fits.curves) {
        if fitted.label != "day" {
            let found = curve_points(&fitted.curve, grid).map_err(Failure::error)?;
            points.push((fitted.label, found));
        }
    }
    let view = CurveView {
        curve: &day,
        points: &points,
        comparison: comparison.as_ref(),
        fits: fits.as_ref(),
    };
    let table = arguments.table.unwrap_or(if fits.is_some() {
        CurveTable::Residuals
    } else if comparison.is_some() {
        CurveTable::Changes
    } else {
        CurveTable::Points
    });
    let text = curve_text(&view, style(terminal));
    let sheets = curve_sheets(&view);
    arguments
        .output
        .deliver(terminal, format, &sheets, table_name(table), &text)?;
    Ok(Ending::Ok)
}

fn table_name(table: CurveTable) -> &'static str {
    match table {
        CurveTable::Points => "points",
        CurveTable::Changes => "changes",
        CurveTable::Residuals => "residuals",
        CurveTable::Bands => "bands",
        CurveTable::Parameters => "parameters",
    }
}
