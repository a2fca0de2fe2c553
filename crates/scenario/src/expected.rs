//! The regression rows of a scenario: `scenarios/<name>/expected.csv`.
//!
//! Central values of what a reader looks at first, camp by camp: peak, first day and long run at four tenors, who
//! holds what at the end, the sellers' accounts, interest, USDJPY. They say what the program said before, not what is
//! true; `cargo xtask expected` rewrites them, and a change of any of them has to be explained where it is made.

use brandish_units::Tenor;

use crate::outcome::Outcome;
use crate::table::Row;

/// First line of the file.
pub const EXPECTED_HEADER: &str = "camp,measure,tenor,day,sector,unit,value";
/// Decimals of a value: far below anything that is printed elsewhere.
const DECIMALS: usize = 6;
const TENORS: [Tenor; 4] = [Tenor::Y2, Tenor::Y5, Tenor::Y10, Tenor::Y30];

/// The rows of an outcome, without header, in the order of the table.
#[must_use]
pub fn expected_lines(outcome: &Outcome) -> Vec<String> {
    let last = outcome.days.key().last().copied();
    outcome
        .table
        .rows
        .iter()
        .filter(|row| belongs(row, last))
        .map(line)
        .collect()
}

fn belongs(row: &Row, last_day: Option<u32>) -> bool {
    if row.stat != "central" || row.camp.is_none() || row.bucket.is_some() {
        return false;
    }
    match row.measure {
        "yield_change_peak" | "yield_change_day1" | "yield_change_long_run" => {
            row.tenor.is_some_and(|tenor| TENORS.contains(&tenor))
        }
        "purchases"
        | "purchases_ten_year_equivalents"
        | "usdjpy_change"
        | "forced_sales"
        | "fed_purchases" => row.day == last_day,
        // of all accounts the sellers' alone: the others follow from who holds what
        "execution_loss" | "mark_to_market" | "holder_pnl" => row.source == "effects::seller",
        "interest_cost" | "utilization_peak" => true,
        _ => false,
    }
}

fn line(row: &Row) -> String {
    format!(
        "{},{},{},{},{},{},{:.*}",
        row.camp.unwrap_or_default(),
        row.measure,
        row.tenor.map(|tenor| tenor.label()).unwrap_or_default(),
        row.day.map(|day| day.to_string()).unwrap_or_default(),
        row.sector.as_deref().unwrap_or_default(),
        row.unit,
        DECIMALS,
        if row.value == 0.0 { 0.0 } else { row.value }
    )
}
