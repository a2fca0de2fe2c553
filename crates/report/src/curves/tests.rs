//! A curve with everything that can be asked of it, shown.

use brandish_data::Snapshot;
use brandish_scenario::pricing::study::{PointGrid, buyback_quotes, compare, curve_points, fit};
use brandish_scenario::pricing::{DayCurve, NamedCurve};
use brandish_units::Date;

use super::*;
use crate::sheet::{Cell, write_sheet_csv, write_sheet_parquet};
use crate::text::SummaryStyle;

fn of(day: &str) -> NamedCurve {
    let day: Date = day.parse().unwrap();
    NamedCurve::of_day(&Snapshot::embedded(), day, DayCurve::Treasury).unwrap()
}

#[test]
fn every_question_has_a_sheet_and_text_that_fits() {
    let (day, other) = (of("2025-04-16"), of("2025-04-17"));
    let quotes = buyback_quotes(&Snapshot::embedded(), day.curve.as_of()).unwrap();
    let fits = fit(quotes, &day).unwrap();
    let comparison = compare(&day, &other, PointGrid::Tenors).unwrap();
    let mut points = vec![("day", curve_points(&day, PointGrid::Tenors).unwrap())];
    for fitted in &fits.curves[..2] {
        points.push((
            fitted.label,
            curve_points(&fitted.curve, PointGrid::Tenors).unwrap(),
        ));
    }
    let view = CurveView {
        curve: &day,
        points: &points,
        comparison: Some(&comparison),
        fits: Some(&fits),
    };
    let sheets = curve_sheets(&view);
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "points",
            "changes",
            "spreads",
            "residuals",
            "bands",
            "parameters"
        ]
    );
    for sheet in &sheets {
        assert!(!sheet.rows.is_empty(), "{}", sheet.name);
        write_sheet_csv(sheet, Vec::new()).unwrap();
        write_sheet_parquet(sheet, Vec::new()).unwrap();
    }
    assert_eq!(sheets[0].rows.len(), 3 * 14);
    // A fit to securities of up to two years says nothing about thirty.
    let last = sheets[0].rows.last().unwrap();
    assert_eq!(last.last(), Some(&Cell::text("extrapolated")));
    for width in [40, 80, 100] {
        for plain in [false, true] {
            for comparison in [None, view.comparison] {
                let text = curve_text(
                    &CurveView { comparison, ..view },
                    SummaryStyle { width, plain },
                );
                for line in text.lines() {
                    assert!(line.chars().count() <= width, "{width}: {line}");
                }
                assert!(!plain || text.is_ascii(), "{text}");
            }
        }
    }
}
