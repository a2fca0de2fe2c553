//! From draws to bands: quantiles by fact, with the Monte Carlo error of the median.
//!
//! Every draw reports the same facts in the same order, so a camp is a table of draws by facts. A band is the
//! type-7 quantiles of one column; `mc_se` is the Monte Carlo error of its median over independent scramblings. The central
//! value is the same fact computed with every parameter at its central value, not a statistic of the draws.

use std::sync::Arc;

use brandish_math::quantile;
use brandish_units::{Date, Tenor};

use crate::error::ScenarioError;
use crate::parameters::points::median_error;
use crate::run::columns::Distribution;
use crate::table::Row;

/// Fewest draws for which quantiles are reported; below it only central values appear.
pub const MIN_DRAWS_FOR_BANDS: usize = 5;

/// Quantiles of a band, with their names in the table.
pub(crate) const QUANTILES: [(&str, f64); 5] = [
    ("p05", 0.05),
    ("p25", 0.25),
    ("p50", 0.5),
    ("p75", 0.75),
    ("p95", 0.95),
];

/// What a number is about: every column of a row except camp, statistic and value.
#[derive(Debug, Clone, PartialEq)]
pub struct FactKey {
    /// Measure name of the interface document.
    pub measure: &'static str,
    /// Unit of the value.
    pub unit: &'static str,
    /// Business day, if any.
    pub day: Option<u32>,
    /// Calendar date of the day.
    pub date: Option<Date>,
    /// Published tenor, if any.
    pub tenor: Option<Tenor>,
    /// Maturity bucket, if any.
    pub bucket: Option<&'static str>,
    /// Security, if any.
    pub cusip: Option<Arc<str>>,
    /// Sector or holder, if any.
    pub sector: Option<Arc<str>>,
    /// Module the number comes from.
    pub source: &'static str,
    /// Whether the day comes with the measure (of a peak, the first) and is no part of the question.
    own_day: bool,
}

impl FactKey {
    /// A fact that is about the run as a whole.
    #[must_use]
    pub const fn new(measure: &'static str, unit: &'static str, source: &'static str) -> Self {
        Self {
            measure,
            unit,
            day: None,
            date: None,
            tenor: None,
            bucket: None,
            cusip: None,
            sector: None,
            source,
            own_day: false,
        }
    }

    /// The same fact on a day.
    #[must_use]
    pub const fn on(mut self, day: u32, date: Date) -> Self {
        self.day = Some(day);
        self.date = Some(date);
        self
    }

    /// The same fact, whose day comes with its measure: that of a peak is found on the path.
    #[must_use]
    pub const fn on_its_day(mut self, day: u32, date: Date) -> Self {
        self.own_day = true;
        self.on(day, date)
    }

    /// The day, where a question about this fact must name it.
    #[must_use]
    pub fn asked_day(&self) -> Option<u32> {
        self.day.filter(|_| !self.own_day)
    }

    /// The same fact at a tenor.
    #[must_use]
    pub const fn at(mut self, tenor: Tenor) -> Self {
        self.tenor = Some(tenor);
        self
    }

    /// The same fact in a maturity bucket.
    #[must_use]
    pub const fn within(mut self, bucket: &'static str) -> Self {
        self.bucket = Some(bucket);
        self
    }

    /// The same fact for a sector or holder.
    #[must_use]
    pub fn of(mut self, sector: &Arc<str>) -> Self {
        self.sector = Some(Arc::clone(sector));
        self
    }

    /// The same fact for one security.
    #[must_use]
    pub fn in_security(mut self, cusip: &Arc<str>) -> Self {
        self.cusip = Some(Arc::clone(cusip));
        self
    }

    /// The row of one statistic of this fact.
    #[must_use]
    pub fn row(&self, camp: Option<&'static str>, stat: &'static str, value: f64) -> Row {
        Row {
            camp,
            date: self.date,
            day: self.day,
            tenor: self.tenor,
            bucket: self.bucket,
            cusip: self.cusip.as_deref().map(str::to_owned),
            sector: self.sector.clone(),
            measure: self.measure,
            stat,
            value,
            unit: self.unit,
            source: self.source,
        }
    }
}

/// One fact over the finished draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Column<'a> {
    /// Numbers of the draws.
    pub numbers: &'a [u64],
    /// The fact in each of them.
    pub values: Vec<f64>,
}

/// Rows of one fact: its central value and, with enough draws, its band.
///
/// # Errors
/// If quantiles cannot be computed (a value that is not finite).
pub fn fact_rows(
    key: &FactKey,
    camp: &'static str,
    central: f64,
    column: Column<'_>,
    out: &mut Vec<Row>,
) -> Result<(), ScenarioError> {
    out.push(key.row(Some(camp), "central", central));
    let Column { numbers, values } = column;
    let mut draws = values;
    if draws.len() < MIN_DRAWS_FOR_BANDS {
        return Ok(());
    }
    if let Some(bad) = draws.iter().find(|value| !value.is_finite()) {
        return Err(ScenarioError::NotFinite {
            measure: key.measure,
            value: *bad,
        });
    }
    let error = median_error(numbers, &draws)?;
    draws.sort_by(f64::total_cmp);
    for (stat, p) in QUANTILES {
        out.push(key.row(Some(camp), stat, quantile(&draws, p)?));
    }
    out.push(key.row(Some(camp), "mc_se", error));
    Ok(())
}

/// Rows of one fact from the distribution of its draws: its central value and, with enough draws, its band.
///
/// # Errors
/// If a quantile cannot be computed.
pub(crate) fn distribution_rows(
    key: &FactKey,
    camp: &'static str,
    central: f64,
    draws: Option<&Distribution<'_>>,
    out: &mut Vec<Row>,
) -> Result<(), ScenarioError> {
    out.push(key.row(Some(camp), "central", central));
    let Some(draws) = draws else { return Ok(()) };
    for (stat, p) in QUANTILES {
        out.push(key.row(Some(camp), stat, draws.quantile(p)?));
    }
    out.push(key.row(Some(camp), "mc_se", draws.median_error()?));
    Ok(())
}

/// Quantile of values with weights: the smallest value at which the cumulated weight reaches `p` of the total.
/// `sorted` is in ascending order of value.
#[must_use]
pub fn weighted_quantile(sorted: &[(f64, f64)], p: f64) -> Option<f64> {
    let total: f64 = sorted.iter().map(|(_, weight)| weight).sum();
    let mut cumulated = 0.0;
    for (value, weight) in sorted {
        cumulated += weight;
        if cumulated >= p * total {
            return Some(*value);
        }
    }
    sorted.last().map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_quantile_of_equal_weights_is_the_order_statistic() {
        let values: Vec<(f64, f64)> = (1..=100).map(|i| (f64::from(i), 1.0)).collect();
        assert_eq!(weighted_quantile(&values, 0.5), Some(50.0));
        assert_eq!(weighted_quantile(&values, 0.05), Some(5.0));
        assert_eq!(weighted_quantile(&[], 0.5), None);
    }

    #[test]
    fn too_few_draws_give_the_central_value_alone() {
        let key = FactKey::new("yield_change_peak", "bp", "engine");
        let mut rows = Vec::new();
        let column = Column {
            numbers: &[0, 1],
            values: vec![1.0, 2.0],
        };
        fact_rows(&key, "S", 9.0, column, &mut rows).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].stat, "central");
    }

    #[test]
    fn a_value_that_is_not_finite_is_an_error() {
        let key = FactKey::new("yield_change_peak", "bp", "engine");
        let column = Column {
            numbers: &[0, 1, 2, 3, 4],
            values: vec![1.0, 2.0, f64::NAN, 3.0, 4.0],
        };
        assert!(fact_rows(&key, "S", 9.0, column, &mut Vec::new()).is_err());
    }
}
