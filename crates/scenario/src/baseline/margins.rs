//! Iterative proportional fitting: the holdings table that keeps known totals and stays closest to a prior.
//!
//! Rows are sectors, columns are maturity buckets. Row totals (who holds how much) and column totals (how much of
//! each maturity exists) are data; the pattern inside is a prior. Scaling rows and columns in turn (Deming and
//! Stephan 1940) converges to the table of least relative entropy to the prior among all tables with these
//! totals. Cells with a prior of zero stay zero: that is how "money funds hold bills only" is said.

use crate::error::ScenarioError;

/// Iterations after which the fit is refused as not converging.
const MAX_ITERATIONS: usize = 5_000;

/// Fits a table with the given totals. Row totals are first scaled so that they sum to the column totals; the
/// scale is returned with the table.
///
/// # Errors
/// If totals are negative or not finite, or if zeros in the prior make the totals unreachable (the largest
/// remaining gap is named).
pub fn fit<const N: usize>(
    prior: &[[f64; N]],
    row_totals: &[f64],
    column_totals: &[f64; N],
    tolerance: f64,
) -> Result<(Vec<[f64; N]>, f64), ScenarioError> {
    let rows_sum: f64 = row_totals.iter().sum();
    let columns_sum: f64 = column_totals.iter().sum();
    let bad = |value: &f64| !value.is_finite() || *value < 0.0;
    if row_totals.iter().any(bad) || column_totals.iter().any(bad) || rows_sum <= 0.0 {
        return Err(ScenarioError::Holders {
            message: "sector and maturity totals must be finite, not negative and not all zero"
                .into(),
        });
    }
    let scale = columns_sum / rows_sum;
    let mut table = prior.to_vec();
    for _ in 0..MAX_ITERATIONS {
        for (row, total) in table.iter_mut().zip(row_totals) {
            let sum: f64 = row.iter().sum();
            if sum > 0.0 {
                row.iter_mut().for_each(|cell| *cell *= total * scale / sum);
            }
        }
        for column in 0..N {
            let sum: f64 = table.iter().map(|row| row[column]).sum();
            if sum > 0.0 {
                table
                    .iter_mut()
                    .for_each(|row| row[column] *= column_totals[column] / sum);
            }
        }
        if largest_gap(&table, row_totals, column_totals, scale) <= tolerance {
            return Ok((table, scale));
        }
    }
    Err(ScenarioError::Holders {
        message: format!(
            "sector totals and maturity totals cannot both hold: a gap of {:.3} remains after {MAX_ITERATIONS} rounds",
            largest_gap(&table, row_totals, column_totals, scale)
        ),
    })
}

fn largest_gap<const N: usize>(
    table: &[[f64; N]],
    row_totals: &[f64],
    column_totals: &[f64; N],
    scale: f64,
) -> f64 {
    let rows = table
        .iter()
        .zip(row_totals)
        .map(|(row, total)| (row.iter().sum::<f64>() - total * scale).abs());
    let columns = (0..N).map(|column| {
        (table.iter().map(|row| row[column]).sum::<f64>() - column_totals[column]).abs()
    });
    rows.chain(columns).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_hold_and_zeros_stay() {
        let prior = [[1.0, 0.0, 0.0], [1.0, 2.0, 1.0], [1.0, 1.0, 3.0]];
        let (table, scale) = fit(&prior, &[10.0, 30.0, 60.0], &[40.0, 70.0, 90.0], 1e-9).unwrap();
        assert!((scale - 2.0).abs() < 1e-12);
        assert_eq!(table[0][1], 0.0);
        assert!((table[0][0] - 20.0).abs() < 1e-8);
        assert!((table[1].iter().sum::<f64>() - 60.0).abs() < 1e-8);
        assert!((table.iter().map(|row| row[2]).sum::<f64>() - 90.0).abs() < 1e-8);
    }

    #[test]
    fn a_proportional_prior_is_kept() {
        let prior = [[1.0, 2.0], [3.0, 6.0]];
        let (table, _) = fit(&prior, &[3.0, 9.0], &[4.0, 8.0], 1e-12).unwrap();
        assert!((table[0][0] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn unreachable_totals_are_refused_with_the_gap() {
        let prior = [[1.0, 0.0], [1.0, 0.0]];
        let error = fit(&prior, &[1.0, 1.0], &[1.0, 1.0], 1e-9)
            .unwrap_err()
            .to_string();
        assert!(error.contains("gap"), "{error}");
    }
}
