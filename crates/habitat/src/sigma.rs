//! Covariance of yield changes between the buckets, in Markov form.
//!
//! `Sigma_ij = sd_i sd_j exp(-|z_i - z_j|)` [bp^2 per year], where `z` is a risk distance along the curve: each step
//! between neighboring tenors adds a non-negative distance, fitted by non-negative least squares to minus the
//! logarithm of the correlations of published par-yield changes, weighted by the correlations. Between tenors
//! `z` and `sd` are linear in `ln(maturity)`. The inverse of such a matrix has no positive off-diagonal entry, so a
//! sale never lowers any long-run yield (engine document, section 2, "Why this form").

use brandish_math::{linear, nnls};

use crate::buckets::{BUCKETS, DAYS_PER_YEAR, TAU};
use crate::error::{ClearingError, require, require_count};

/// Changes of this size or more are left out as data errors or one-day dislocations, bp.
const LARGEST_CHANGE_BP: f64 = 60.0;
/// Fewest daily changes from which a covariance is taken.
const FEWEST_CHANGES: usize = 60;
/// Most tenors.
const MOST_TENORS: usize = 32;

const REFERENCE: &str = include_str!("../data/reference_sigma.csv");

/// Annual covariance of daily yield changes between buckets, bp^2 per year.
#[derive(Debug, Clone, PartialEq)]
pub struct Sigma {
    covariance: [[f64; BUCKETS]; BUCKETS],
    largest_correlation_error: Option<f64>,
    days: Option<usize>,
}

impl Sigma {
    /// The reference settings' covariance: par yields of 2022-01-04 to 2025-07-11.
    ///
    /// # Errors
    /// Never for the shipped file; the type says so because it is read like any other.
    pub fn reference() -> Result<Self, ClearingError> {
        let mut covariance = [[0.0; BUCKETS]; BUCKETS];
        let rows = REFERENCE.lines().filter(|line| !line.starts_with('#'));
        for (row, line) in rows.enumerate().take(BUCKETS) {
            for (column, field) in line.split(',').enumerate().take(BUCKETS) {
                covariance[row][column] =
                    field
                        .trim()
                        .parse()
                        .map_err(|_| ClearingError::Covariance {
                            reason: "an entry of the reference file is not a number",
                            row,
                            column,
                            value: f64::NAN,
                        })?;
            }
        }
        Self::from_bucket_covariance(covariance)
    }

    /// A covariance between buckets as given, bp^2 per year.
    ///
    /// # Errors
    /// Entries that are not finite, variances that are not positive, asymmetry, correlations outside [-1, 1].
    pub fn from_bucket_covariance(
        covariance: [[f64; BUCKETS]; BUCKETS],
    ) -> Result<Self, ClearingError> {
        let rows: Vec<Vec<f64>> = covariance.iter().map(|row| row.to_vec()).collect();
        check_covariance(&rows)?;
        Ok(Self {
            covariance,
            largest_correlation_error: None,
            days: None,
        })
    }

    /// From daily par yields: one row of yields (percent) per business day, one column per tenor.
    ///
    /// The changes are taken between consecutive rows; days on which any tenor moves by 60 bp or more are left out;
    /// the covariance is the mean product of changes (their mean is not subtracted), times 252.
    ///
    /// # Errors
    /// Rows of the wrong length, numbers that are not finite, fewer than 60 changes, or what `from_covariance` refuses.
    pub fn from_par_yield_changes(
        tenors_years: &[f64],
        rows_of_yields_pct: &[Vec<f64>],
    ) -> Result<Self, ClearingError> {
        let tenors = tenors_years.len();
        require_count("tenors", tenors, 2, MOST_TENORS)?;
        let mut products = vec![vec![0.0; tenors]; tenors];
        let mut days = 0;
        for row in rows_of_yields_pct {
            require_count("yields in a row", row.len(), tenors, tenors)?;
            for value in row {
                require(
                    "par yield (percent)",
                    *value,
                    -20.0,
                    100.0,
                    "from -20 to 100",
                )?;
            }
        }
        for pair in rows_of_yields_pct.windows(2) {
            let change: Vec<f64> = (0..tenors)
                .map(|k| (pair[1][k] - pair[0][k]) * 100.0)
                .collect();
            if change.iter().any(|bp| bp.abs() >= LARGEST_CHANGE_BP) {
                continue;
            }
            days += 1;
            for i in 0..tenors {
                for j in 0..tenors {
                    products[i][j] += change[i] * change[j];
                }
            }
        }
        require_count("daily changes", days, FEWEST_CHANGES, usize::MAX)?;
        for row in &mut products {
            for entry in row.iter_mut() {
                *entry /= days as f64;
            }
        }
        let mut sigma = Self::from_covariance(tenors_years, &products)?;
        sigma.days = Some(days);
        Ok(sigma)
    }

    /// From the covariance of daily changes between tenors, bp^2 per day.
    ///
    /// # Errors
    /// Tenors that do not increase or do not lie above 0, correlations that are not positive, a covariance that is
    /// not symmetric and finite.
    pub fn from_covariance(
        tenors_years: &[f64],
        covariance: &[Vec<f64>],
    ) -> Result<Self, ClearingError> {
        let tenors = tenors_years.len();
        require_count("tenors", tenors, 2, MOST_TENORS)?;
        require_count("rows of the covariance", covariance.len(), tenors, tenors)?;
        for row in covariance {
            require_count("columns of the covariance", row.len(), tenors, tenors)?;
        }
        let mut before = 0.0;
        for tenor in tenors_years {
            require(
                "tenor (years)",
                *tenor,
                f64::MIN_POSITIVE,
                100.0,
                "above 0, at most 100",
            )?;
            require(
                "tenor (years) less the one before",
                *tenor - before,
                f64::MIN_POSITIVE,
                100.0,
                "above 0: tenors increase",
            )?;
            before = *tenor;
        }
        check_covariance(covariance)?;
        let deviation: Vec<f64> = (0..tenors).map(|k| covariance[k][k].sqrt()).collect();
        let correlation = |i: usize, j: usize| covariance[i][j] / deviation[i] / deviation[j];

        let mut design = Vec::new();
        let mut target = Vec::new();
        for i in 0..tenors {
            for j in i + 1..tenors {
                let weight = correlation(i, j);
                if weight <= 0.0 {
                    return Err(ClearingError::Covariance {
                        reason: "a correlation is not positive, so it has no risk distance",
                        row: i,
                        column: j,
                        value: weight,
                    });
                }
                design.extend((0..tenors - 1).map(|k| if i <= k && k < j { weight } else { 0.0 }));
                target.push(-weight.ln() * weight);
            }
        }
        let steps = nnls(&design, tenors - 1, &target)?;
        let mut distance = vec![0.0; tenors];
        for k in 1..tenors {
            distance[k] = distance[k - 1] + steps[k - 1];
        }
        let mut error = 0.0_f64;
        for i in 0..tenors {
            for j in 0..tenors {
                let fitted = (-(distance[i] - distance[j]).abs()).exp();
                error = error.max((fitted - correlation(i, j)).abs());
            }
        }

        let log_tenors: Vec<f64> = tenors_years.iter().map(|years| years.ln()).collect();
        let (mut z, mut sd) = ([0.0; BUCKETS], [0.0; BUCKETS]);
        for (i, years) in TAU.iter().enumerate() {
            z[i] = between(&log_tenors, &distance, years.ln())?;
            sd[i] = between(&log_tenors, &deviation, years.ln())?;
        }
        let covariance = std::array::from_fn(|i| {
            std::array::from_fn(|j| sd[i] * sd[j] * (-(z[i] - z[j]).abs()).exp() * DAYS_PER_YEAR)
        });
        Ok(Self {
            covariance,
            largest_correlation_error: Some(error),
            days: None,
        })
    }

    /// The matrix, bp^2 per year.
    #[must_use]
    pub fn matrix(&self) -> &[[f64; BUCKETS]; BUCKETS] {
        &self.covariance
    }

    /// Largest gap between a fitted and a measured correlation, if the matrix was fitted.
    #[must_use]
    pub fn largest_correlation_error(&self) -> Option<f64> {
        self.largest_correlation_error
    }

    /// Daily changes used, if the matrix was estimated from yields.
    #[must_use]
    pub fn days(&self) -> Option<usize> {
        self.days
    }
}

fn check_covariance(covariance: &[Vec<f64>]) -> Result<(), ClearingError> {
    for (row, entries) in covariance.iter().enumerate() {
        for (column, value) in entries.iter().enumerate() {
            let refuse = |reason| {
                Err(ClearingError::Covariance {
                    reason,
                    row,
                    column,
                    value: *value,
                })
            };
            if !value.is_finite() || value.abs() > 1e12 {
                return refuse("an entry is not a finite number below 1e12");
            }
            if row == column && *value <= 0.0 {
                return refuse("a variance is not positive");
            }
            let mirrored = covariance[column][row];
            let scale = (covariance[row][row] * covariance[column][column])
                .abs()
                .sqrt();
            if (value - mirrored).abs() > 1e-9 * scale {
                return refuse("the matrix is not symmetric");
            }
            if value.abs() > scale * (1.0 + 1e-9) {
                return refuse("a correlation is outside [-1, 1]");
            }
        }
    }
    Ok(())
}

/// Linear between tenors, flat before the first and after the last.
fn between(x: &[f64], y: &[f64], at: f64) -> Result<f64, ClearingError> {
    Ok(linear(x, y, at.clamp(x[0], x[x.len() - 1]))?)
}
