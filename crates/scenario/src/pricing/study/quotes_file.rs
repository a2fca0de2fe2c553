//! Prices to fit a curve to: a user's file, or Treasury's own buyback transactions of the day.
//!
//! The file is comma-separated with a header: `cusip` and a clean price per 100 (`price_per_100`; also `clean_per_100`, `average_price_per_100`,
//! `weighted_avg_accepted_price_per_100`, or `bid_per_100` and `ask_per_100`, whose middle is taken). With `kind`,
//! `coupon_pct` and `maturity_date` a security need not be outstanding in the snapshot; with `operation_date` or `date` lines of other days are
//! passed over. TIPS and FRNs are passed over and counted. Everything else that is wrong is named by line, all at once.

use std::collections::BTreeMap;

use brandish_curve::QuotedSecurity;
use brandish_data::{DataError, SecurityKind, Snapshot};
use brandish_treasury::{
    Bill, BillTerms, CouponTerms, NominalCoupon, Security, regular_settlement,
};
use brandish_units::{CleanPrice, CouponRate, Cusip, Date};

use crate::ScenarioError;
use crate::diagnostic::{Diagnostic, quoted};
use crate::pricing::codes;
use crate::pricing::csv_text::{Cells, CsvRow, CsvText};
use crate::terms;

/// Names under which a clean price is found.
const PRICE: [&str; 4] = [
    "price_per_100",
    "clean_per_100",
    "average_price_per_100",
    "weighted_avg_accepted_price_per_100",
];
/// Names under which the day of a price is found.
const DAY: [&str; 2] = ["operation_date", "date"];
/// Most mistakes that are listed.
const MOST_DIAGNOSTICS: usize = 100;

/// Prices of one day, ready to be fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct DayQuotes {
    /// Where they come from.
    pub name: String,
    /// Day of the trades.
    pub as_of: Date,
    /// Settlement: the next business day.
    pub settlement: Date,
    /// Bills, notes and bonds with their prices.
    pub quotes: Vec<QuotedSecurity>,
    /// What was passed over, in words.
    pub notes: Vec<String>,
}

/// The securities that a line can name by CUSIP alone: those outstanding on a day whose terms are known; none before the snapshot's
/// first list.
#[derive(Debug, Clone)]
pub struct Outstanding {
    as_of: Date,
    securities: BTreeMap<Cusip, Security>,
}

impl Outstanding {
    /// The securities of a day.
    ///
    /// # Errors
    /// If the snapshot cannot be read.
    pub fn on(snapshot: &Snapshot, as_of: Date) -> Result<Outstanding, ScenarioError> {
        let known = snapshot.known_on(as_of);
        let references = known.tips_references()?;
        let securities = match known.securities_outstanding(as_of) {
            Ok(universe) => universe
                .securities
                .iter()
                .filter_map(|record| {
                    Some((record.cusip, terms::security(record, &references).ok()?))
                })
                .collect(),
            Err(DataError::OutsideUniverse { .. }) => BTreeMap::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(Outstanding { as_of, securities })
    }
}

/// Reads price files.
#[derive(Debug)]
pub struct QuotesFile;

impl QuotesFile {
    /// Reads the text of a price file that the user calls `path`, as prices of the day of `outstanding`.
    ///
    /// # Errors
    /// Every mistake, with its line.
    pub fn parse(
        text: &str,
        path: &str,
        outstanding: &Outstanding,
    ) -> Result<DayQuotes, Vec<Diagnostic>> {
        let table = CsvText::parse(text, path)?;
        let mut found = table.header_mistakes(&["cusip"]);
        let price = PRICE.into_iter().find(|name| table.has(name));
        if price.is_none() && !(table.has("bid_per_100") && table.has("ask_per_100")) {
            found.push(
                table
                    .whole("no column of prices".to_owned())
                    .help("name it price_per_100 (clean), or give bid_per_100 and ask_per_100"),
            );
        }
        let as_of = outstanding.as_of;
        if !found.is_empty() {
            return Err(found);
        }
        let mut reader = Reader {
            settlement: regular_settlement(as_of),
            as_of,
            price,
            outstanding: &outstanding.securities,
            seen: BTreeMap::new(),
            other_days: 0,
            passed_over: BTreeMap::new(),
        };
        let mut quotes = Vec::new();
        for row in &table.rows {
            let mut cells = table.cells(row);
            match reader.quote(row, &mut cells) {
                Ok(quote) if cells.mistakes.is_empty() => quotes.extend(quote),
                result => {
                    let (code, message) = match result {
                        Err(problem) if cells.mistakes.is_empty() => problem,
                        _ => (codes::CELL, cells.mistakes.join("; ")),
                    };
                    if found.len() < MOST_DIAGNOSTICS {
                        found.push(table.at(row, code, message));
                    }
                }
            }
        }
        if quotes.is_empty() && found.is_empty() {
            let mut message = format!("the file has no bill, note or bond of {as_of}");
            if reader.other_days > 0 {
                message += &format!(" ({} lines are of other days)", reader.other_days);
            }
            found.push(table.whole(message));
        }
        if !found.is_empty() {
            return Err(found);
        }
        Ok(DayQuotes {
            name: path.to_owned(),
            as_of,
            settlement: reader.settlement,
            quotes,
            notes: reader.notes(),
        })
    }
}

/// What Treasury bought back on a day: one average price a security.
///
/// # Errors
/// A day without an operation in the snapshot: the error names the nearest ones.
pub fn buyback_quotes(snapshot: &Snapshot, as_of: Date) -> Result<DayQuotes, ScenarioError> {
    let known = snapshot.known_on(as_of);
    let operations = snapshot.in_hindsight().buybacks()?;
    let outstanding = Outstanding::on(snapshot, as_of)?;
    let settlement = regular_settlement(as_of);
    let (mut quotes, mut others) = (Vec::new(), 0);
    for lot in known
        .buybacks()?
        .iter()
        .filter(|lot| lot.operation_date == as_of)
    {
        match outstanding.securities.get(&lot.cusip) {
            Some(security @ (Security::Bill(_) | Security::Note(_) | Security::Bond(_))) => {
                quotes.push(QuotedSecurity {
                    security: *security,
                    clean: lot.average_price,
                });
            }
            _ => others += 1,
        }
    }
    if quotes.is_empty() {
        let before = operations
            .iter()
            .rev()
            .find(|lot| lot.operation_date < as_of);
        let after = operations.iter().find(|lot| lot.operation_date > as_of);
        let days: Vec<String> = [before, after]
            .into_iter()
            .flatten()
            .map(|lot| lot.operation_date.to_string())
            .collect();
        let what = if others > 0 {
            "bought back only TIPS"
        } else {
            "has no buyback"
        };
        return Err(ScenarioError::NoQuotes {
            message: format!(
                "{as_of} {what} in the snapshot; the nearest operations are of {}",
                days.join(" and ")
            ),
        });
    }
    Ok(DayQuotes {
        name: format!("Treasury buybacks of {as_of}"),
        as_of,
        settlement,
        quotes,
        notes: if others > 0 {
            vec![format!("{others} TIPS bought back are not fitted")]
        } else {
            Vec::new()
        },
    })
}

struct Reader<'a> {
    as_of: Date,
    settlement: Date,
    price: Option<&'static str>,
    outstanding: &'a BTreeMap<Cusip, Security>,
    seen: BTreeMap<Cusip, usize>,
    other_days: usize,
    passed_over: BTreeMap<SecurityKind, usize>,
}

/// A code and what is wrong.
type Problem = (&'static str, String);

impl Reader<'_> {
    /// The quote of a line; nothing where the line is passed over.
    fn quote(
        &mut self,
        row: &CsvRow,
        cells: &mut Cells<'_>,
    ) -> Result<Option<QuotedSecurity>, Problem> {
        for name in DAY {
            if let Some(day) = cells.date(name)
                && day != self.as_of
            {
                self.other_days += 1;
                return Ok(None);
            }
        }
        let cusip: Cusip = cells
            .text("cusip")
            .parse()
            .map_err(|error: brandish_units::UnitsError| (codes::CELL, error.to_string()))?;
        let Some(security) = self.security(cusip, cells)? else {
            return Ok(None);
        };
        let Some(price) = self.price_of(cells) else {
            return Err((codes::CELL, format!("{cusip}: no price")));
        };
        if price <= 0.0 {
            let message = format!("{cusip}: a price of {price} per 100 is not above zero");
            return Err((codes::CELL, message));
        }
        if security.maturity() <= self.settlement {
            let message = format!(
                "{cusip} matured on {}, by settlement {}; take it out",
                security.maturity(),
                self.settlement
            );
            return Err((codes::LIFE, message));
        }
        if let Some(first) = self.seen.insert(cusip, row.line) {
            let message = format!("{cusip} stands on line {first} already");
            return Err((codes::TWICE, message));
        }
        Ok(Some(QuotedSecurity {
            security,
            clean: CleanPrice::from_per_100(price),
        }))
    }

    fn price_of(&self, cells: &mut Cells<'_>) -> Option<f64> {
        match self.price {
            Some(name) => cells.number(name),
            None => match (cells.number("bid_per_100"), cells.number("ask_per_100")) {
                (Some(bid), Some(ask)) => Some(0.5 * (bid + ask)),
                (one, other) => one.or(other),
            },
        }
    }

    /// From the record of the day, or from the terms of the line; nothing for TIPS and FRNs.
    fn security(
        &mut self,
        cusip: Cusip,
        cells: &mut Cells<'_>,
    ) -> Result<Option<Security>, Problem> {
        let word = cells.text("kind").to_owned();
        let kind = if word.is_empty() {
            None
        } else {
            Some(word.parse::<SecurityKind>().map_err(|_| {
                let message = format!(
                    "kind `{}` is not bill, note, bond, TIPS or FRN",
                    quoted(&word)
                );
                (codes::CELL, message)
            })?)
        };
        let maturity = cells.date("maturity_date");
        let known = self.outstanding.get(&cusip).copied();
        if let Some(kind @ (SecurityKind::Tips | SecurityKind::Frn)) =
            known.map(|security| security.kind()).or(kind)
        {
            *self.passed_over.entry(kind).or_insert(0) += 1;
            return Ok(None);
        }
        if let Some(security) = known {
            return match maturity {
                Some(stated) if stated != security.maturity() => Err((
                    codes::CELL,
                    format!(
                        "{cusip} matures on {}, the file says {stated}",
                        security.maturity()
                    ),
                )),
                _ => Ok(Some(security)),
            };
        }
        let (Some(kind), Some(maturity)) = (kind, maturity) else {
            let message = format!(
                "{cusip} is not among the Treasuries outstanding on {}; give kind, coupon_pct and maturity_date, or take it out",
                self.as_of
            );
            return Err((codes::UNKNOWN, message));
        };
        let issue = self.settlement;
        let refuse = |error: brandish_treasury::TreasuryError| (codes::LIFE, error.to_string());
        if kind == SecurityKind::Bill {
            let bill = Bill::new(BillTerms {
                cusip,
                issue,
                maturity,
            });
            return Ok(Some(Security::Bill(bill.map_err(refuse)?)));
        }
        let coupon = cells
            .number("coupon_pct")
            .ok_or_else(|| (codes::CELL, format!("{cusip}: coupon_pct is empty")))?;
        // Interest runs from the coupon date on or before settlement: all that the price of an old security needs.
        let coupon = NominalCoupon::new(CouponTerms {
            cusip,
            coupon: CouponRate::from_percent(coupon),
            issue,
            dated: None,
            first_interest: None,
            maturity,
        });
        coupon.map(|c| Some(Security::Note(c))).map_err(refuse)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.other_days > 0 {
            notes.push(format!(
                "lines of other days passed over: {}",
                self.other_days
            ));
        }
        for (kind, count) in &self.passed_over {
            notes.push(format!(
                "{count} {kind} passed over: no fixed nominal payments"
            ));
        }
        notes
    }
}
