//! The columns of the Federal Reserve's supervisory scenarios (domestic variables), filled where a run computes them.
//!
//! Names and order of the variables are those of table A.1 of the appendix "Supervisory Scenarios" (Federal Reserve Board, December 2020):
//! three of them are results of a run, quarterly averages in percent; the others are `n/a`. Published tables round to one decimal; here are
//! three, because a run's change is often below a tenth.

use brandish_scenario::stress::QuarterPath;

/// Columns, in the order of the published table.
pub const DFAST_COLUMNS: [&str; 18] = [
    "Scenario Name",
    "Date",
    "Real GDP growth",
    "Nominal GDP growth",
    "Real disposable income growth",
    "Nominal disposable income growth",
    "Unemployment rate",
    "CPI inflation rate",
    "3-month Treasury rate",
    "5-year Treasury yield",
    "10-year Treasury yield",
    "BBB corporate yield",
    "Mortgage rate",
    "Prime rate",
    "Dow Jones Total Stock Market Index (Level)",
    "House Price Index (Level)",
    "Commercial Real Estate Price Index (Level)",
    "Market Volatility Index (Level)",
];
/// Place of the first of the three yields.
const FIRST_YIELD: usize = 8;
const MISSING: &str = "n/a";

/// The path file.
#[must_use]
pub fn dfast_csv(scenario: &str, paths: &[QuarterPath]) -> String {
    let mut out = DFAST_COLUMNS.join(",");
    out.push('\n');
    for path in paths {
        let name = match path.camp {
            None => "as-of yields held constant".to_owned(),
            Some(camp) => format!("{scenario} camp {camp} {}", path.stat),
        };
        for quarter in &path.quarters {
            let mut fields = vec![MISSING.to_owned(); DFAST_COLUMNS.len()];
            fields[0] = name.replace([',', '"', '\n'], " ");
            fields[1] = format!("Q{} {}", quarter.quarter, quarter.year);
            for (field, mean) in fields[FIRST_YIELD..].iter_mut().zip(quarter.means_pct) {
                if let Some(mean) = mean {
                    *field = format!("{mean:.3}");
                }
            }
            out.push_str(&fields.join(","));
            out.push('\n');
        }
    }
    out
}

/// What must be known to read it.
#[must_use]
pub fn dfast_notes(paths: &[QuarterPath]) -> String {
    let days: Vec<String> = paths
        .first()
        .map(|path| {
            path.quarters
                .iter()
                .map(|quarter| format!("Q{} {}: {}", quarter.quarter, quarter.year, quarter.days))
                .collect()
        })
        .unwrap_or_default();
    format!(
        "Columns: domestic variables of the Federal Reserve's supervisory scenarios (table A.1, December 2020).\n\
         Filled: 3-month, 5-year and 10-year Treasury yields, quarterly averages in percent, par yields of the as-of day plus the run's change.\n\
         n/a: everything else. A run computes who sells Treasuries and what that does to yields; it has no model of output, income, prices, credit, equities, property or volatility, and nothing is filled in for them.\n\
         Statistics are taken tenor by tenor and day by day before averaging: p95 is not the path of one draw.\n\
         Business days of each quarter within the run: {}.\n\
         Not a forecast, and not a scenario of the Federal Reserve.\n",
        days.join(", ")
    )
}
