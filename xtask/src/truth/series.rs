//! Published series beside the auctions: daily reference CPI, par yield curves.
//!
//! The reference CPI of a day must agree in five decimals with the one interpolated from the monthly index; a curve built from
//! the par yields of a day must give each of them back.

use std::path::Path;

use brandish_curve::DiscountCurve;
use brandish_treasury::ReferenceCpi;
use brandish_units::{Date, ParYield, Tenor};

use super::TruthError;
use super::lots::consumer_price_index;
use super::table::rows;

/// Counts of days and points that agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesFacts {
    /// Days of reference CPI compared.
    pub cpi_days: usize,
    /// Days on which all five decimals agree.
    pub cpi_matches: usize,
    /// Par yield curves.
    pub curves: usize,
    /// Their points.
    pub points: usize,
    /// Points that the curve built from them reprices within 1e-8 bp.
    pub repriced: usize,
}

/// A point is repriced when the curve's par yield is this close: 1e-8 bp, far above rounding and far below any use.
const REPRICED: f64 = 1e-12;

/// Reads and compares both series.
pub fn all(goldens: &Path) -> Result<SeriesFacts, TruthError> {
    let cpi = consumer_price_index(goldens)?;
    let mut facts = SeriesFacts {
        cpi_days: 0,
        cpi_matches: 0,
        curves: 0,
        points: 0,
        repriced: 0,
    };
    for row in rows(goldens, "reference_cpi.csv")? {
        let computed = cpi
            .reference_cpi(row.parse("date")?)
            .map_err(|error| row.refuse(error))?;
        let published = ReferenceCpi::from_level(row.parse("reference_cpi")?)
            .map_err(|error| row.refuse(error))?;
        facts.cpi_days += 1;
        facts.cpi_matches += usize::from(computed == published);
    }
    for row in rows(goldens, "par_yields.csv")? {
        let as_of: Date = row.parse("date")?;
        let mut points = Vec::new();
        for (tenor, column) in Tenor::ALL.iter().zip(COLUMNS) {
            if let Some(percent) = row.parse_given(column)? {
                points.push((tenor.years(), ParYield::from_percent(percent)));
            }
        }
        let curve =
            DiscountCurve::from_par_yields(as_of, &points).map_err(|error| row.refuse(error))?;
        facts.curves += 1;
        for (years, published) in &points {
            let computed = curve.par_yield(*years).map_err(|error| row.refuse(error))?;
            facts.points += 1;
            facts.repriced +=
                usize::from((computed.decimal() - published.decimal()).abs() <= REPRICED);
        }
    }
    Ok(facts)
}

/// Columns of `par_yields.csv` in the order of [`Tenor::ALL`].
const COLUMNS: [&str; 14] = [
    "m1_pct", "m1_5_pct", "m2_pct", "m3_pct", "m4_pct", "m6_pct", "y1_pct", "y2_pct", "y3_pct",
    "y5_pct", "y7_pct", "y10_pct", "y20_pct", "y30_pct",
];
