//! Outputs that a study asks of many runs: any fact of a run, named by its measure and what else its key has.
//!
//! There is no list of what can be asked: the keys of the run's facts are it. As written ([`Asked`]) an output is a measure and parts, in a text
//! (`yield_change:10Y:63`, `sold:7-10y:21`, `holder_pnl:japan:63:jpy_bn`) or in the keys of a grid file; beside the facts of a run it becomes an
//! [`Output`] that names one of them. A sweep or a tornado then reads it from the same paths with the same formulas: its number equals that of
//! the long table, bit for bit (a test compares).

mod asked;
mod picked;
#[cfg(test)]
mod tests;
mod why_not;

pub use asked::Asked;
pub(crate) use picked::{OutputFacts, picks};

use std::fmt;
use std::sync::Arc;

use brandish_units::Tenor;

use crate::bands::FactKey;
use crate::error::ScenarioError;
use asked::PartKind;

/// The unit that is meant where a fact is given in several currencies and none is named.
const UNSAID_UNIT: &str = "usd_bn";

/// Labels of the published tenors, as a grid file may write them.
pub(crate) const TENOR_LABELS: &[&str] = &[
    "1M", "1.5M", "2M", "3M", "4M", "6M", "1Y", "2Y", "3Y", "5Y", "7Y", "10Y", "20Y", "30Y",
];

/// One fact of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Name of the measure in the long table.
    pub measure: &'static str,
    /// Unit of the value.
    pub unit: &'static str,
    /// Tenor, where the fact has one.
    pub tenor: Option<Tenor>,
    /// Maturity bucket, where the fact has one.
    pub bucket: Option<&'static str>,
    /// Sector, seller, market or period, where the fact has one.
    pub holder: Option<Arc<str>>,
    /// Business day, where it is part of the question (that of a peak is part of the answer).
    pub day: Option<u32>,
    /// Whether the text must say the unit, because another one is meant without it.
    unit_said: bool,
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.measure)?;
        if let Some(tenor) = self.tenor {
            write!(f, ":{}", tenor.label())?;
        }
        if let Some(bucket) = self.bucket {
            write!(f, ":{bucket}")?;
        }
        if let Some(holder) = &self.holder {
            write!(f, ":{holder}")?;
        }
        if let Some(day) = self.day {
            write!(f, ":{day}")?;
        }
        if self.unit_said {
            write!(f, ":{}", self.unit)?;
        }
        Ok(())
    }
}

impl Output {
    /// The usual one, which every scenario has: the peak of the ten-year yield.
    #[must_use]
    pub const fn ten_year_peak() -> Self {
        Self {
            measure: "yield_change_peak",
            unit: "bp",
            tenor: Some(Tenor::Y10),
            bucket: None,
            holder: None,
            day: None,
            unit_said: false,
        }
    }

    /// The output that a fact is, among all facts of its run.
    pub(crate) fn of(key: &FactKey, keys: &[FactKey]) -> Self {
        let others = keys
            .iter()
            .filter(|other| other.measure == key.measure && same_but_unit(key, other));
        let units: Vec<&str> = others.map(|other| other.unit).collect();
        Self {
            measure: key.measure,
            unit: key.unit,
            tenor: key.tenor,
            bucket: key.bucket,
            holder: key.sector.clone(),
            day: key.asked_day(),
            unit_said: unsaid_unit(&units) != Some(key.unit),
        }
    }

    /// Whether a fact of a run is this output.
    pub(crate) fn is(&self, key: &FactKey) -> bool {
        key.measure == self.measure
            && key.unit == self.unit
            && key.tenor == self.tenor
            && key.bucket == self.bucket
            && key.cusip.is_none()
            && key.sector == self.holder
            && key.asked_day() == self.day
    }
}

impl Output {
    /// Why these facts have no such output.
    fn not_among(&self, keys: &[FactKey]) -> ScenarioError {
        let mut asked = Asked::measure(self.measure).with(PartKind::Unit, self.unit);
        if let Some(tenor) = self.tenor {
            asked = asked.with(PartKind::Tenor, tenor.label());
        }
        if let Some(bucket) = self.bucket {
            asked = asked.with(PartKind::Bucket, bucket);
        }
        if let Some(holder) = &self.holder {
            asked = asked.with(PartKind::Holder, holder);
        }
        if let Some(day) = self.day {
            asked = asked.with(PartKind::Day, &day.to_string());
        }
        match asked.find(keys) {
            Err(error) => error,
            Ok(found) => ScenarioError::NoOutput {
                output: self.to_string(),
                reason: format!("there is {found}"),
            },
        }
    }
}

/// Whether two facts of a measure differ in nothing but their unit.
fn same_but_unit(one: &FactKey, other: &FactKey) -> bool {
    one.tenor == other.tenor
        && one.bucket == other.bucket
        && one.sector == other.sector
        && one.asked_day() == other.asked_day()
}

/// The unit that is meant where none is named: dollars, or the only one.
fn unsaid_unit<'a>(units: &[&'a str]) -> Option<&'a str> {
    match units {
        [only] => Some(only),
        many => many.iter().copied().find(|unit| *unit == UNSAID_UNIT),
    }
}
