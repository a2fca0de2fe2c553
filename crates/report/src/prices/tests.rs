//! Prices of a real day, shown: every column of a row stands under its name, every line fits, nothing is lost.

use brandish_data::Snapshot;
use brandish_scenario::pricing::lots::{Convention, LotRecord, LotsFile, price_lots};
use brandish_scenario::pricing::{DayCurve, PricingDay};

use super::*;
use crate::sheet::{Cell, write_sheet_csv};
use crate::text::SummaryStyle;

fn day() -> PricingDay {
    let as_of = "2025-05-01".parse().unwrap();
    PricingDay::at(&Snapshot::embedded(), as_of, DayCurve::Treasury).unwrap()
}

fn view<'a>(
    day: &'a PricingDay,
    rows: &'a [PricedRow],
    failures: &'a [(Cusip, ScenarioError)],
) -> Priced<'a> {
    Priced {
        as_of: day.as_of(),
        settlement: day.settlement(),
        curve: day.curve_name(),
        points: day.key_rate_points(),
        rows,
        failures,
    }
}

#[test]
fn sheets_hold_every_security_and_sums_that_are_theirs() {
    let day = day();
    let (rows, mut failures) = day.price_all();
    let missing = ScenarioError::Pricing {
        cusip: "912810RN0".to_owned(),
        message: "no price".to_owned(),
    };
    failures.push(("912810RN0".parse().unwrap(), missing));
    let sheets = price_sheets(&view(&day, &rows, &failures));
    let [prices, total] = sheets.as_slice() else {
        panic!("{}", sheets.len())
    };
    assert_eq!(prices.rows.len(), rows.len() + failures.len());
    let place = |name: &str| prices.columns.iter().position(|c| c.name == name).unwrap();
    let number = |row: &[Cell], place: usize| match &row[place] {
        Cell::Number(value) => Some(*value),
        _ => None,
    };
    let sum = |name: &str| -> f64 {
        prices
            .rows
            .iter()
            .filter_map(|row| number(row, place(name)))
            .sum()
    };
    for name in [
        "face_usd",
        "market_value_usd",
        "curve_dv01_usd_per_bp",
        "ten_year_equivalents_usd",
        "key_rate_10Y_usd_per_bp",
    ] {
        let column = total.columns.iter().position(|c| c.name == name).unwrap();
        let found = number(&total.rows[0], column).unwrap();
        // Four hundred additions of like size.
        assert!(
            (found - sum(name)).abs() <= 1e-12 * found.abs(),
            "{name} {found} {}",
            sum(name)
        );
    }
    let parallel = sum("curve_dv01_usd_per_bp");
    let keys: f64 = prices
        .columns
        .iter()
        .filter(|c| c.name.starts_with("key_rate_"))
        .map(|c| sum(&c.name))
        .sum();
    assert!((parallel - keys).abs() < 1e-9 * parallel);
    for row in &prices.rows[..rows.len()] {
        let quoted = [
            "discount_rate_pct",
            "yield_pct",
            "real_yield_pct",
            "discount_margin_bp",
        ];
        assert_eq!(
            quoted
                .iter()
                .filter(|name| number(row, place(name)).is_some())
                .count(),
            1
        );
        let dirty = number(row, place("clean_per_100")).unwrap()
            + number(row, place("accrued_per_100")).unwrap();
        let ratio = number(row, place("index_ratio")).unwrap_or(1.0);
        assert!((number(row, place("dirty_per_100")).unwrap() - dirty * ratio).abs() < 1e-9);
        assert!(matches!(&row[place("convention")], Cell::Text(text) if !text.is_empty()));
    }
    assert_eq!(
        prices.rows[rows.len() + failures.len() - 1][place("note")],
        Cell::text("not priced: 912810RN0: no price")
    );
    for sheet in &sheets {
        write_sheet_csv(sheet, Vec::new()).unwrap();
    }
}

#[test]
fn text_fits_its_terminal_and_can_be_plain() {
    let day = day();
    let (rows, failures) = day.price_all();
    for width in [40, 66, 80, 100] {
        for plain in [false, true] {
            let style = SummaryStyle { width, plain };
            for rows in [&rows[..], &rows[rows.len() - 1..]] {
                let text = price_text(&view(&day, rows, &failures[..0]), style);
                for line in text.lines() {
                    assert!(line.chars().count() <= width, "{width}: {line}");
                }
                assert!(!plain || text.is_ascii(), "{text}");
                assert!(text.contains("settlement 2025-05-02"));
            }
        }
    }
}

#[test]
fn lots_repeat_their_cells_and_add_published_digits() {
    let text = "note_of_mine,cusip,kind,issue_date,maturity_date,coupon_pct,high_yield_pct,discount_rate_pct\n\
        \"a, b\",,note,2025-05-15,2035-05-15,4.25,4.342,\n,\u{1b}[31mX,bill,2025-05-15,2025-08-14,,,4.3\n";
    let file = LotsFile::parse(text, "mine.csv").unwrap();
    let snapshot = Snapshot::embedded();
    let rows = price_lots(
        &file,
        &LotRecord::read(&snapshot).unwrap(),
        Convention::Auction,
    );
    let sheets = lots_sheets(&file, &rows, Convention::Auction);
    let mut bytes = Vec::new();
    write_sheet_csv(&sheets[0], &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().ends_with("computed_price_per_100,computed_accrued_per_100,computed_investment_rate_pct,computed_index_ratio,note"));
    assert_eq!(
        lines.next(),
        Some("\"a, b\",,note,2025-05-15,2035-05-15,4.25,4.342,,99.260100,0.000000,,,")
    );
    assert!(
        lines
            .next()
            .unwrap()
            .contains(",98.913056,0.000000,4.408,,"),
        "{text}"
    );
    for width in [40, 80] {
        let shown = lots_text(
            &file,
            &rows,
            Convention::Auction,
            SummaryStyle {
                width,
                plain: false,
            },
        );
        assert!(
            !shown.contains('\u{1b}'),
            "a file must not drive the terminal"
        );
        assert!(
            shown.lines().all(|line| line.chars().count() <= width),
            "{shown}"
        );
    }
}
