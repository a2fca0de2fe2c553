//! The lots file: comma-separated text (RFC 4180) with a header.
//!
//! Columns: `cusip, kind, issue_date, maturity_date`, and by kind `coupon_pct` and `high_yield_pct` (notes, bonds, TIPS), `discount_rate_pct`
//! (bills), `frn_discount_margin_pct` (FRNs); optional `dated_date, first_interest_date, auction_date, index_ratio,
//! reference_cpi_on_dated_date, frn_spread_pct`. Other columns are kept and not read. A cell may be empty where the record has nothing;
//! a cell that holds something else than its column should is an error with its line. Rates are percent.

use std::collections::BTreeMap;

use brandish_data::SecurityKind;
use brandish_units::{Cusip, Date};

use crate::diagnostic::{Diagnostic, quoted};
use crate::pricing::codes;
use crate::pricing::csv_text::{Cells, CsvRow, CsvText};

/// Most mistakes that are listed.
const MOST_DIAGNOSTICS: usize = 100;

/// Columns that every lot needs.
const ALWAYS: [&str; 4] = ["cusip", "kind", "issue_date", "maturity_date"];
/// All columns that are read.
const READ: [&str; 14] = [
    "cusip",
    "kind",
    "issue_date",
    "maturity_date",
    "coupon_pct",
    "high_yield_pct",
    "discount_rate_pct",
    "frn_discount_margin_pct",
    "dated_date",
    "first_interest_date",
    "auction_date",
    "index_ratio",
    "reference_cpi_on_dated_date",
    "frn_spread_pct",
];
/// Columns that pricing adds; a file that has one already would get it twice.
const ADDED_PREFIX: &str = "computed_";

/// Kind of a lot, with the rate it was sold at. Rates and coupons are absent where the cell is empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LotKind {
    /// A bill, a cash-management bill included.
    Bill {
        /// Bank discount rate, percent.
        discount_rate_pct: Option<f64>,
    },
    /// A note, bond or TIPS.
    Coupon {
        /// Which of the three.
        kind: SecurityKind,
        /// Annual coupon, percent.
        coupon_pct: Option<f64>,
        /// Yield, percent; real for TIPS.
        high_yield_pct: Option<f64>,
    },
    /// A floating rate note.
    Frn {
        /// Discount margin, percent.
        discount_margin_pct: Option<f64>,
    },
}

/// One line of the file, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Lot {
    /// Line of the file.
    pub line: usize,
    /// The cells as written.
    pub cells: Vec<String>,
    /// The identifier as written; empty where the cell is.
    pub identifier: String,
    /// The identifier, where the cell holds a valid one.
    pub cusip: Option<Cusip>,
    /// Kind and rate.
    pub kind: LotKind,
    /// Issue, which is settlement.
    pub issue: Date,
    /// Maturity.
    pub maturity: Date,
    /// Start of interest, if stated.
    pub dated: Option<Date>,
    /// First interest date, if stated.
    pub first_interest: Option<Date>,
    /// Day of the auction, if stated.
    pub auction: Option<Date>,
    /// Index ratio of settlement, if stated.
    pub index_ratio: Option<f64>,
    /// Reference CPI of the dated date, if stated.
    pub reference_cpi: Option<f64>,
    /// Spread of an FRN, percent, if stated.
    pub spread_pct: Option<f64>,
}

impl Lot {
    /// Which of the five.
    #[must_use]
    pub fn security_kind(&self) -> SecurityKind {
        match self.kind {
            LotKind::Bill { .. } => SecurityKind::Bill,
            LotKind::Coupon { kind, .. } => kind,
            LotKind::Frn { .. } => SecurityKind::Frn,
        }
    }

    /// The identifier as written, or its line.
    #[must_use]
    pub fn name(&self) -> String {
        if self.identifier.is_empty() {
            format!("line {}", self.line)
        } else {
            quoted(&self.identifier)
        }
    }
}

/// A file as read: what could be understood, and what could not.
#[derive(Debug, Clone, PartialEq)]
pub struct LotsFile {
    /// Header, in the file's order.
    pub header: Vec<String>,
    /// The lines that hold a lot, in order; a line with a mistake keeps its cells and has no lot.
    pub lots: Vec<Result<Lot, (Vec<String>, String)>>,
    /// Columns that are kept but not read.
    pub ignored: Vec<String>,
    /// Mistakes of single lines.
    pub mistakes: Vec<Diagnostic>,
}

impl LotsFile {
    /// Reads the text of a lots file that the user calls `path`.
    ///
    /// # Errors
    /// A file that is no table of lots: too large, empty, malformed, columns missing. Mistakes of lines are in `mistakes`.
    pub fn parse(text: &str, path: &str) -> Result<LotsFile, Vec<Diagnostic>> {
        let table = CsvText::parse(text, path)?;
        let mut found = table.header_mistakes(&ALWAYS);
        for name in &table.header {
            if name.starts_with(ADDED_PREFIX) || name == "note" {
                let message = format!("column `{}` is one that pricing adds", quoted(name));
                found.push(table.whole(message).help("rename it or take it out"));
            }
        }
        if !found.is_empty() {
            return Err(found);
        }
        let mut file = LotsFile {
            ignored: table
                .header
                .iter()
                .filter(|name| !READ.contains(&name.as_str()))
                .cloned()
                .collect(),
            header: table.header.clone(),
            lots: Vec::new(),
            mistakes: Vec::new(),
        };
        let mut missing: BTreeMap<&'static str, String> = BTreeMap::new();
        for row in &table.rows {
            let mut cells = table.cells(row);
            let lot = lot(row, &mut cells);
            match lot {
                Some(lot) if cells.mistakes.is_empty() => {
                    for name in needed_columns(&lot.kind) {
                        if !table.has(name) {
                            missing.entry(name).or_insert_with(|| {
                                format!("the {} on line {} needs it", lot.security_kind(), row.line)
                            });
                        }
                    }
                    file.lots.push(Ok(lot));
                }
                _ => {
                    let words = cells.mistakes.join("; ");
                    let name = match cells.text("cusip") {
                        "" => String::new(),
                        text => format!("{}: ", quoted(text)),
                    };
                    if file.mistakes.len() < MOST_DIAGNOSTICS {
                        let message = format!("{name}{words}");
                        file.mistakes.push(table.at(row, codes::CELL, message));
                    }
                    file.lots.push(Err((row.cells.clone(), words)));
                }
            }
        }
        for (name, why) in missing {
            found.push(table.whole(format!("column `{name}` is missing ({why})")));
        }
        if file.lots.is_empty() && found.is_empty() {
            found.push(table.whole("the file lists no lot".to_owned()));
        }
        if found.is_empty() {
            Ok(file)
        } else {
            Err(found)
        }
    }
}

/// Columns that a kind is priced from.
fn needed_columns(kind: &LotKind) -> &'static [&'static str] {
    match kind {
        LotKind::Bill { .. } => &["discount_rate_pct"],
        LotKind::Coupon { .. } => &["coupon_pct", "high_yield_pct"],
        LotKind::Frn { .. } => &["frn_discount_margin_pct"],
    }
}

/// The lot of a row; mistakes are left with the cells.
fn lot(row: &CsvRow, cells: &mut Cells<'_>) -> Option<Lot> {
    let word = cells.text("kind").to_owned();
    let (discount_rate_pct, coupon_pct, high_yield_pct, discount_margin_pct) = (
        cells.number("discount_rate_pct"),
        cells.number("coupon_pct"),
        cells.number("high_yield_pct"),
        cells.number("frn_discount_margin_pct"),
    );
    let parsed = if word.eq_ignore_ascii_case("cmb") {
        Ok(SecurityKind::Bill)
    } else {
        word.parse::<SecurityKind>()
    };
    let kind = match parsed {
        Ok(SecurityKind::Bill) => Some(LotKind::Bill { discount_rate_pct }),
        Ok(SecurityKind::Frn) => Some(LotKind::Frn {
            discount_margin_pct,
        }),
        Ok(kind) => Some(LotKind::Coupon {
            kind,
            coupon_pct,
            high_yield_pct,
        }),
        Err(_) => {
            cells.mistakes.push(format!(
                "kind `{}` is not bill, note, bond, TIPS or FRN",
                quoted(&word)
            ));
            None
        }
    };
    let (issue, maturity) = (
        cells.needed_date("issue_date"),
        cells.needed_date("maturity_date"),
    );
    let (dated, first_interest, auction) = (
        cells.date("dated_date"),
        cells.date("first_interest_date"),
        cells.date("auction_date"),
    );
    Some(Lot {
        line: row.line,
        cells: row.cells.clone(),
        identifier: cells.text("cusip").to_owned(),
        cusip: cells.text("cusip").parse().ok(),
        index_ratio: cells.number("index_ratio"),
        reference_cpi: cells.number("reference_cpi_on_dated_date"),
        spread_pct: cells.number("frn_spread_pct"),
        kind: kind?,
        issue: issue?,
        maturity: maturity?,
        dated,
        first_interest,
        auction,
    })
}
