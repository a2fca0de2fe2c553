//! Studies of real days: buybacks fitted, days compared, price files with everything wrong.

use brandish_data::Snapshot;
use brandish_units::{Date, Tenor, Years};

use super::*;
use crate::pricing::{DayCurve, codes};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn treasury(day: &str) -> NamedCurve {
    NamedCurve::of_day(&Snapshot::embedded(), date(day), DayCurve::Treasury)
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn published_par_yields_come_back() {
    for day in [
        "1990-01-02",
        "2001-08-01",
        "2008-12-15",
        "2020-03-09",
        "2025-05-01",
        "2026-04-21",
    ] {
        let snapshot = Snapshot::embedded();
        let published = snapshot.known_on(date(day)).par_yields(date(day)).unwrap();
        let named = treasury(day);
        let points = curve_points(&named, PointGrid::Tenors).unwrap();
        assert_eq!(points.len(), 14);
        for (tenor, value) in published.published() {
            let point = points
                .iter()
                .find(|point| point.tenor == Some(tenor))
                .unwrap();
            assert!((point.par - value).bp().abs() < 1e-8, "{day} {tenor}");
            assert!(!point.extrapolated);
        }
        for half in curve_points(&named, PointGrid::HalfYears).unwrap() {
            let t = half.years.years();
            // D = e^-(z t) = (1 + y/2)^-2t.
            assert!((half.discount_factor - (-half.zero.decimal() * t).exp()).abs() < 1e-12);
            let periodic = (1.0 + half.zero_bond_equivalent.decimal() / 2.0).powf(-2.0 * t);
            assert!((half.discount_factor - periodic).abs() < 1e-12);
        }
    }
}

#[test]
fn a_curve_against_itself_does_not_change() {
    let (first, second) = (treasury("2025-05-01"), treasury("2025-05-02"));
    let same = compare(&first, &first, PointGrid::Tenors).unwrap();
    assert!(
        same.points
            .iter()
            .all(|point| point.par.bp() == 0.0 && point.zero.bp() == 0.0)
    );
    let moved = compare(&first, &second, PointGrid::Tenors).unwrap();
    let ten = moved
        .points
        .iter()
        .find(|p| p.from.tenor == Some(Tenor::Y10))
        .unwrap();
    // Published: 4.25 to 4.33.
    assert!((ten.par.bp() - 8.0).abs() < 1e-6, "{}", ten.par);
    let spread = moved.spreads.iter().find(|s| s.name == "2s10s").unwrap();
    let two = moved
        .points
        .iter()
        .find(|p| p.from.tenor == Some(Tenor::Y2))
        .unwrap();
    assert!((spread.to.bp() - spread.from.bp() - (ten.par.bp() - two.par.bp())).abs() < 1e-9);
}

#[test]
fn a_days_buybacks_are_fitted_with_a_residual_each() {
    let snapshot = Snapshot::embedded();
    let day = date("2025-04-16");
    let quotes = buyback_quotes(&snapshot, day).unwrap_or_else(|error| panic!("{error}"));
    let count = quotes.quotes.len();
    let fits = fit(quotes, &treasury("2025-04-16")).unwrap();
    assert!(fits.failed.is_empty(), "{:?}", fits.failed);
    let labels: Vec<&str> = fits.curves.iter().map(|curve| curve.label).collect();
    assert_eq!(labels, ["svensson", "spline", "day"]);
    assert_eq!(fits.residuals.len(), count);
    assert!(fits.residuals.iter().all(|row| row.errors.len() == 3));
    for curve in &fits.curves {
        assert_eq!(
            curve.bands.iter().map(|band| band.count).sum::<usize>(),
            count
        );
    }
    // What was fitted lies closer to the prices than the close of the day, which was not.
    assert!(fits.curves[0].root_mean_square <= fits.curves[2].root_mean_square);
    let none = buyback_quotes(&snapshot, date("2025-05-02")).unwrap_err();
    assert!(none.to_string().contains("nearest operations"), "{none}");
}

#[test]
fn a_price_file_is_the_same_as_the_transactions_it_holds() {
    let snapshot = Snapshot::embedded();
    let day = date("2025-04-16");
    let own = buyback_quotes(&snapshot, day).unwrap();
    let mut text = "weighted_avg_accepted_price_per_100,cusip,operation_date\n".to_owned();
    for quote in &own.quotes {
        text += &format!(
            "{:?},{},{day}\n",
            quote.clean.per_100(),
            quote.security.cusip()
        );
    }
    text += "50,912810RN0,2025-04-09\n";
    let read =
        QuotesFile::parse(&text, "mine.csv", &Outstanding::on(&snapshot, day).unwrap()).unwrap();
    assert_eq!(read.quotes, own.quotes);
    assert_eq!(read.settlement, own.settlement);
    assert_eq!(read.notes, ["lines of other days passed over: 1"]);
}

/// On a day before the lists of securities, terms stand in the file.
#[test]
fn terms_in_the_file_stand_in_for_the_record() {
    let day = date("2019-06-03");
    let mut text = "cusip,kind,coupon_pct,maturity_date,bid_per_100,ask_per_100\n".to_owned();
    for (cusip, years) in [
        ("912810RN0", 3),
        ("912810RZ3", 5),
        ("912810RG5", 7),
        ("912810RM2", 10),
        ("912810SX7", 15),
        ("912810TA6", 20),
        ("912810QB7", 25),
        ("912810QC5", 30),
    ] {
        let par = 2.0 + 0.02 * f64::from(years);
        text += &format!(
            "{cusip},NOTE,{par},{},99.99,100.01\n",
            day.plus_months(12 * years)
        );
    }
    let read = QuotesFile::parse(
        &text,
        "old.csv",
        &Outstanding::on(&Snapshot::embedded(), day).unwrap(),
    );
    let read = read.unwrap_or_else(|found| panic!("{found:#?}"));
    let fits = fit(read, &treasury("2019-06-03")).unwrap();
    let spline = fits
        .curves
        .iter()
        .find(|curve| curve.label == "spline")
        .unwrap();
    let ten = spline.curve.curve.par_yield(Years(10.0)).unwrap();
    assert!((ten.percent() - 2.2).abs() < 0.03, "{ten}");
}

#[test]
fn a_price_file_names_every_mistake_by_line() {
    let snapshot = Snapshot::embedded();
    let day = date("2025-05-01");
    let text = "cusip,price_per_100,kind\n912810RN0,80,\n912810RN0,81,\nXX,1,\n037833100,99,\n912810RZ3,-4,\n912810RZ3,abc,\n912810RZ3,90,share\n";
    let found =
        QuotesFile::parse(text, "mine.csv", &Outstanding::on(&snapshot, day).unwrap()).unwrap_err();
    let seen: Vec<(usize, &str)> = found.iter().map(|d| (d.origin.line, d.code)).collect();
    assert_eq!(
        seen,
        [
            (3, codes::TWICE),
            (4, codes::CELL),
            (5, codes::UNKNOWN),
            (6, codes::CELL),
            (7, codes::CELL),
            (8, codes::CELL)
        ],
        "{found:#?}"
    );
    let none = QuotesFile::parse(
        "cusip,yield\n",
        "x",
        &Outstanding::on(&snapshot, day).unwrap(),
    )
    .unwrap_err();
    assert!(none[0].message.contains("no column of prices"));
    let few = QuotesFile::parse(
        "cusip,price_per_100\n912810RN0,80\n",
        "x",
        &Outstanding::on(&snapshot, day).unwrap(),
    )
    .unwrap();
    let error = fit(few, &treasury("2025-05-01")).unwrap_err().to_string();
    assert!(
        error.contains("svensson:") && error.contains("spline:"),
        "{error}"
    );
}
