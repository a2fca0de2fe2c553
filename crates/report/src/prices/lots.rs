//! Lots by their terms: the input repeated, the computed columns added.
//!
//! Cells are repeated as written. Under the auction convention computed figures have the published digits: six for price and accrued interest,
//! three for the investment rate, five for the index ratio; under the street's they are not rounded.

use brandish_scenario::pricing::lots::{Convention, LotsFile, PricedLot};

use crate::format::fixed;
use crate::sheet::{Cell, ColumnKind, Sheet};
use crate::text::{SummaryStyle, Text, numbers, words};

/// Columns of the terminal's table, besides the computed ones.
const SHOWN: [&str; 4] = ["cusip", "kind", "issue_date", "maturity_date"];

/// The convention in words.
fn in_words(convention: Convention) -> &'static str {
    match convention {
        Convention::Auction => {
            "auction: 31 CFR 356 App. B, settlement on the issue date, published digits; TIPS adjusted for inflation"
        }
        Convention::Street => {
            "street: fractional period compounded, simple interest in the last coupon period, settlement on the issue date, unrounded; TIPS adjusted for inflation"
        }
    }
}

/// Lots as a sheet.
#[must_use]
pub fn lots_sheets(file: &LotsFile, rows: &[PricedLot], convention: Convention) -> Vec<Sheet> {
    let about = vec![("convention".to_owned(), in_words(convention).to_owned())];
    let mut sheet = Sheet::new("lots", about);
    for name in &file.header {
        sheet.column(name.clone(), ColumnKind::Text);
    }
    for (name, decimals) in [
        ("computed_price_per_100", 6),
        ("computed_accrued_per_100", 6),
        ("computed_investment_rate_pct", 3),
        ("computed_index_ratio", 5),
    ] {
        let kind = match convention {
            Convention::Auction => ColumnKind::Published(decimals),
            Convention::Street => ColumnKind::Number,
        };
        sheet.column(name, kind);
    }
    sheet.column("note", ColumnKind::Text);
    let width = file.header.len();
    sheet.rows = rows
        .iter()
        .map(|row| {
            let mut cells: Vec<Cell> = row.cells.iter().map(Cell::text).take(width).collect();
            cells.resize(width, Cell::Empty);
            let price = row.price;
            cells.extend([
                Cell::number(price.map(|p| p.clean.per_100())),
                Cell::number(price.map(|p| p.accrued.per_100())),
                Cell::number(price.and_then(|p| Some(p.investment_rate?.percent()))),
                Cell::number(price.and_then(|p| Some(p.index_ratio?.ratio()))),
                Cell::text(row.note.clone()),
            ]);
            cells
        })
        .collect();
    vec![sheet]
}

/// Lots for a terminal.
#[must_use]
pub fn lots_text(
    file: &LotsFile,
    rows: &[PricedLot],
    convention: Convention,
    style: SummaryStyle,
) -> String {
    let mut text = Text::new(style);
    let columns = [
        words("cusip", 0),
        words("kind", 5),
        words("issue", 1),
        words("maturity", 2),
        numbers("price", 0),
        numbers("accrued", 3),
        numbers("invest.", 4),
        numbers("ratio", 4),
    ];
    let place = |name: &str| file.header.iter().position(|column| column == name);
    let shown = SHOWN.map(place);
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let mut cells: Vec<String> = shown
                .iter()
                .map(|place| {
                    place
                        .and_then(|place| row.cells.get(place))
                        .map_or(String::new(), |cell| excerpt(cell))
                })
                .collect();
            let number = |value: Option<f64>, decimals| {
                value.map_or(String::new(), |value| fixed(value, decimals))
            };
            let price = row.price;
            cells.extend([
                number(price.map(|p| p.clean.per_100()), 6),
                number(price.map(|p| p.accrued.per_100()), 6),
                number(price.and_then(|p| Some(p.investment_rate?.percent())), 3),
                number(price.and_then(|p| Some(p.index_ratio?.ratio())), 5),
            ]);
            cells
        })
        .collect();
    text.table(&columns, &cells);
    text.rule();
    for row in rows.iter().filter(|row| !row.note.is_empty()) {
        let name = shown[0].and_then(|place| row.cells.get(place));
        let name = name.map_or(String::new(), |cell| excerpt(cell));
        text.wrapped(&format!("{name}: {}", row.note), 2);
    }
    let without = rows.iter().filter(|row| row.price.is_none()).count();
    text.wrapped(
        &format!(
            "lots: {}, without a price: {without}; {}.",
            rows.len(),
            in_words(convention)
        ),
        2,
    );
    text.finish()
}

/// A cell of a file as it can be shown: control signs escaped, at most twenty characters.
fn excerpt(cell: &str) -> String {
    cell.chars()
        .take(20)
        .flat_map(|c| {
            let shown: String = if c.is_control() {
                c.escape_unicode().collect()
            } else {
                c.to_string()
            };
            shown.chars().collect::<Vec<_>>()
        })
        .collect()
}
