//! Prices in a terminal: a card for one security, a table with sums for many.
//!
//! The table has fewer columns in a narrow terminal; no cell is cut. Below it stand the sums, the key rates, what could not be
//! priced, and the convention of every kind that occurs.

use brandish_scenario::pricing::{PricedRow, Quotation, total};

use super::Priced;
use crate::format::{fixed, maturity_label};
use crate::text::{SummaryStyle, Text, numbers, words};

/// Width of a label on a card.
const LABEL: usize = 22;
/// Key rates side by side.
const KEY_RATES_PER_LINE: usize = 5;

/// The text for one row (a card) or many (a table).
#[must_use]
pub fn price_text(priced: &Priced<'_>, style: SummaryStyle) -> String {
    let mut text = Text::new(style);
    text.wrapped(
        &format!(
            "brandish · prices · as of {}, settlement {} · {}",
            priced.as_of, priced.settlement, priced.curve
        ),
        2,
    );
    match priced.rows {
        [row] if priced.failures.is_empty() => card(&mut text, row, priced),
        rows => {
            table(&mut text, rows);
            sums(&mut text, priced);
        }
    }
    text.rule();
    let mut said: Vec<&str> = Vec::new();
    for row in priced.rows {
        if !said.contains(&row.convention) {
            said.push(row.convention);
            text.wrapped(&format!("{}: {}.", row.kind, row.convention), 2);
        }
    }
    text.wrapped(
        "curve DV01 and key rates: loss when par yields of the curve rise by 1 bp, together or one by one; DV01: by the security's own measure.",
        2,
    );
    text.finish()
}

/// The measure in words, and its value.
fn quoted(row: &PricedRow) -> Vec<(&'static str, String)> {
    let pct = |value: f64| format!("{} %", fixed(value, 4));
    match row.quotation {
        Quotation::Bill(discount, investment) => vec![
            ("discount rate", pct(discount.percent())),
            ("investment rate", pct(investment.percent())),
        ],
        Quotation::Yield(street) => vec![("street yield", pct(street.percent()))],
        Quotation::Real(real) => vec![("real yield", pct(real.percent()))],
        Quotation::Margin(margin) => {
            vec![(
                "discount margin",
                format!("{} bp", fixed(margin.decimal() * 1e4, 2)),
            )]
        }
    }
}

/// What the security is: `note 4.625% of 2035-02-15`.
fn title(row: &PricedRow) -> String {
    let coupon = row.coupon.map_or(String::new(), |coupon| {
        format!(" {}%", trimmed(coupon.percent()))
    });
    format!("{}{coupon} of {}", row.kind, row.maturity)
}

fn trimmed(value: f64) -> String {
    let text = format!("{value:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn card(text: &mut Text, row: &PricedRow, priced: &Priced<'_>) {
    text.line(&format!("{}  {}", row.cusip, title(row)));
    text.line("");
    let mut lines = quoted(row);
    lines.push((
        "clean price",
        format!(
            "{}  ({})",
            fixed(row.clean.per_100(), 6),
            row.clean.in_32nds()
        ),
    ));
    lines.push(("accrued interest", fixed(row.accrued.per_100(), 6)));
    if let Some(ratio) = row.index_ratio {
        lines.push(("index ratio", fixed(ratio.ratio(), 5)));
    }
    lines.push(("price paid", fixed(row.dirty.per_100(), 6)));
    lines.push((
        "modified duration",
        format!("{} years", fixed(row.modified_duration.years(), 4)),
    ));
    lines.push((
        "convexity",
        format!("{} years²", fixed(row.convexity_years_squared, 3)),
    ));
    lines.push(("face", dollars(row.face.dollars(), 0)));
    lines.push(("market value", dollars(row.market_value.dollars(), 2)));
    lines.push(("DV01", dollars(row.dv01.dollars(), 2)));
    lines.push(("curve DV01", dollars(row.curve_dv01.dollars(), 2)));
    lines.push((
        "ten-year equivalents",
        dollars(row.ten_year_equivalents.dollars(), 0),
    ));
    let rows: Vec<Vec<String>> = lines
        .into_iter()
        .map(|(name, value)| vec![name.to_owned(), value])
        .collect();
    for row in &rows {
        if LABEL + row[1].chars().count() <= text.width {
            text.line(&format!("{:<LABEL$}{}", row[0], row[1]));
        } else {
            text.line(&row[0]);
            text.line(&format!("  {}", row[1]));
        }
    }
    key_rates(
        text,
        priced,
        &row.key_rates
            .iter()
            .map(|dv01| dv01.dollars())
            .collect::<Vec<_>>(),
        2,
    );
    if !row.note.is_empty() {
        text.wrapped(&format!("note: {}", row.note), 2);
    }
}

fn dollars(value: f64, decimals: usize) -> String {
    format!("${}", grouped(&fixed(value, decimals)))
}

/// Thousands separated by commas.
fn grouped(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix(crate::format::MINUS) {
        Some(rest) => ("\u{2212}", rest),
        None => ("", number),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (digits, String::new()),
    };
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{sign}{text}{fraction}")
}

fn table(text: &mut Text, rows: &[PricedRow]) {
    let columns = [
        words("cusip", 0),
        words("security", 3),
        words("maturity", 0),
        numbers("quote", 0),
        numbers("clean", 1),
        numbers("accrued", 6),
        numbers("face mn", 4),
        numbers("value mn", 2),
        numbers("dur", 5),
    ];
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let quote = match row.quotation {
                Quotation::Bill(discount, _) => fixed(discount.percent(), 3),
                Quotation::Yield(street) => fixed(street.percent(), 3),
                Quotation::Real(real) => format!("{}r", fixed(real.percent(), 3)),
                Quotation::Margin(margin) => format!("{}m", fixed(margin.percent(), 3)),
            };
            let coupon = row
                .coupon
                .map_or(String::new(), |c| format!(" {}", trimmed(c.percent())));
            vec![
                row.cusip.to_string(),
                format!("{}{coupon}", row.kind),
                row.maturity.to_string(),
                quote,
                fixed(row.clean.per_100(), 3),
                fixed(row.accrued.per_100(), 3),
                grouped(&fixed(row.face.dollars() / 1e6, 1)),
                grouped(&fixed(row.market_value.dollars() / 1e6, 2)),
                fixed(row.modified_duration.years(), 2),
            ]
        })
        .collect();
    text.table(&columns, &cells);
    text.wrapped(
        "quote in percent: discount rate of bills, street yield of notes and bonds, real yield (r) of TIPS, discount margin (m) of FRNs; clean per 100, of TIPS not adjusted; value with accrued interest. All figures: --format csv.",
        2,
    );
}

fn sums(text: &mut Text, priced: &Priced<'_>) {
    let sums = total(priced.rows);
    text.rule();
    text.wrapped(
        &format!(
            "{} securities: face {} mn, market value {} mn, curve DV01 {} mn per bp, ten-year equivalents {} mn.",
            priced.rows.len(),
            dollars(sums.face.dollars() / 1e6, 2),
            dollars(sums.market_value.dollars() / 1e6, 2),
            dollars(sums.curve_dv01.dollars() / 1e6, 4),
            dollars(sums.ten_year_equivalents.dollars() / 1e6, 1),
        ),
        2,
    );
    let values: Vec<f64> = sums.key_rates.iter().map(|dv01| dv01.dollars()).collect();
    key_rates(text, priced, &values, 0);
    if !priced.failures.is_empty() {
        text.line(&format!("{} not priced:", priced.failures.len()));
        for (_, error) in priced.failures {
            text.wrapped(&format!("  {error}"), 4);
        }
    }
}

fn key_rates(text: &mut Text, priced: &Priced<'_>, values: &[f64], decimals: usize) {
    if values.is_empty() {
        return;
    }
    text.line("");
    text.line("key rates, $ per bp");
    let cells: Vec<(String, String)> = priced
        .points
        .iter()
        .zip(values)
        .map(|(years, value)| (maturity_label(*years), grouped(&fixed(*value, decimals))))
        .collect();
    let width = cells
        .iter()
        .map(|(name, value)| name.len().max(value.chars().count()))
        .max()
        .unwrap_or(0)
        + 2;
    let per_line = KEY_RATES_PER_LINE.min((text.width / width).max(1));
    for group in cells.chunks(per_line) {
        let line = |of: &dyn Fn(&(String, String)) -> String| -> String {
            group
                .iter()
                .map(|cell| crate::text::right(&of(cell), width))
                .collect()
        };
        text.line(&line(&|cell| cell.0.clone()));
        text.line(&line(&|cell| cell.1.clone()));
    }
}
