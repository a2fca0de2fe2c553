//! Prices as sheets: a row a security, and the sums.
//!
//! Sheet `prices` has every figure of a row under a name that ends with its unit, key rates by tenor, the convention in words
//! and the note. Sheet `total` adds up what can be added: face, market value, curve DV01, key rates, ten-year equivalents.

use brandish_scenario::pricing::{PricedRow, total};

use super::{Priced, measures};
use crate::format::maturity_label;
use crate::sheet::{Cell, ColumnKind, Sheet};

/// Prices as sheets.
#[must_use]
pub fn price_sheets(priced: &Priced<'_>) -> Vec<Sheet> {
    vec![prices(priced), sums(priced)]
}

fn about(priced: &Priced<'_>) -> Vec<(String, String)> {
    [
        ("as_of", priced.as_of.to_string()),
        ("settlement", priced.settlement.to_string()),
        ("curve", priced.curve.to_owned()),
        (
            "dv01",
            "loss per basis point of the security's own measure: investment rate, street yield, real yield, discount margin".to_owned(),
        ),
        (
            "curve_dv01",
            "loss when every par yield of the curve rises by one basis point; key rates sum to it".to_owned(),
        ),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text))
    .collect()
}

fn key_rate_names(priced: &Priced<'_>) -> impl Iterator<Item = String> {
    priced
        .points
        .iter()
        .map(|years| format!("key_rate_{}_usd_per_bp", maturity_label(*years)))
}

fn prices(priced: &Priced<'_>) -> Sheet {
    let mut sheet = Sheet::new("prices", about(priced));
    sheet.column("cusip", ColumnKind::Text);
    sheet.column("kind", ColumnKind::Text);
    sheet.column("coupon_pct", ColumnKind::Number);
    sheet.column("maturity", ColumnKind::Date);
    sheet.column("settlement", ColumnKind::Date);
    for name in [
        "face_usd",
        "discount_rate_pct",
        "investment_rate_pct",
        "yield_pct",
        "real_yield_pct",
        "discount_margin_bp",
        "clean_per_100",
        "accrued_per_100",
        "index_ratio",
        "dirty_per_100",
        "market_value_usd",
        "modified_duration_years",
        "convexity_years_squared",
        "dv01_usd_per_bp",
        "curve_dv01_usd_per_bp",
        "ten_year_equivalents_usd",
    ] {
        sheet.column(name, ColumnKind::Number);
    }
    for name in key_rate_names(priced) {
        sheet.column(name, ColumnKind::Number);
    }
    sheet.column("convention", ColumnKind::Text);
    sheet.column("note", ColumnKind::Text);
    sheet.rows = priced.rows.iter().map(row).collect();
    let width = sheet.columns.len();
    for (cusip, error) in priced.failures {
        let mut cells = vec![Cell::Empty; width];
        cells[0] = Cell::text(cusip.to_string());
        cells[width - 1] = Cell::text(format!("not priced: {error}"));
        sheet.rows.push(cells);
    }
    sheet
}

fn row(row: &PricedRow) -> Vec<Cell> {
    let mut cells = vec![
        Cell::text(row.cusip.to_string()),
        Cell::text(row.kind.label()),
        Cell::number(row.coupon.map(|coupon| coupon.percent())),
        Cell::Date(row.maturity),
        Cell::Date(row.settlement),
        Cell::Number(row.face.dollars()),
    ];
    cells.extend(measures(row).map(|(_, value)| Cell::number(value)));
    cells.extend([
        Cell::Number(row.clean.per_100()),
        Cell::Number(row.accrued.per_100()),
        Cell::number(row.index_ratio.map(|ratio| ratio.ratio())),
        Cell::Number(row.dirty.per_100()),
        Cell::Number(row.market_value.dollars()),
        Cell::Number(row.modified_duration.years()),
        Cell::Number(row.convexity_years_squared),
        Cell::Number(row.dv01.dollars()),
        Cell::Number(row.curve_dv01.dollars()),
        Cell::Number(row.ten_year_equivalents.dollars()),
    ]);
    cells.extend(
        row.key_rates
            .iter()
            .map(|dv01| Cell::Number(dv01.dollars())),
    );
    cells.push(Cell::text(row.convention));
    cells.push(Cell::text(row.note.clone()));
    cells
}

fn sums(priced: &Priced<'_>) -> Sheet {
    let mut sheet = Sheet::new("total", about(priced));
    let sums = total(priced.rows);
    let mut cells = Vec::new();
    for (name, value) in [
        ("securities", priced.rows.len() as f64),
        ("not_priced", priced.failures.len() as f64),
        ("face_usd", sums.face.dollars()),
        ("market_value_usd", sums.market_value.dollars()),
        ("curve_dv01_usd_per_bp", sums.curve_dv01.dollars()),
        (
            "ten_year_equivalents_usd",
            sums.ten_year_equivalents.dollars(),
        ),
    ] {
        sheet.column(name, ColumnKind::Number);
        cells.push(Cell::Number(value));
    }
    for (name, dv01) in key_rate_names(priced).zip(&sums.key_rates) {
        sheet.column(name, ColumnKind::Number);
        cells.push(Cell::Number(dv01.dollars()));
    }
    sheet.rows.push(cells);
    sheet
}
