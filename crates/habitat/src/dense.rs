//! Eleven by eleven matrices in fixed memory, for the engine's innermost loops.
//!
//! Columns are padded to twelve numbers so that a column is a whole number of vector registers; the padding stays
//! zero. Every loop has a fixed order of operations and no fused multiply-add, so results do not depend on the
//! width of the machine's vectors. Nothing here allocates.

use crate::buckets::{BUCKETS, BucketVector};

/// Padded length of a column.
pub(crate) const LANES: usize = 12;

/// Pivots below this call for an exchange of rows.
const SMALL_PIVOT: f64 = 0.05;

/// A bucket vector, padded.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(32))]
pub(crate) struct Lane(pub [f64; LANES]);

impl Lane {
    pub(crate) const ZERO: Self = Self([0.0; LANES]);

    pub(crate) fn from_buckets(values: &BucketVector) -> Self {
        let mut lane = Self::ZERO;
        lane.0[..BUCKETS].copy_from_slice(values);
        lane
    }

    pub(crate) fn buckets(&self) -> BucketVector {
        std::array::from_fn(|i| self.0[i])
    }

    #[inline(always)]
    pub(crate) fn add_scaled(&mut self, scale: f64, other: &Self) {
        for i in 0..LANES {
            self.0[i] += scale * other.0[i];
        }
    }

    #[inline(always)]
    pub(crate) fn dot(&self, other: &Self) -> f64 {
        let mut sums = [0.0; 4];
        for i in 0..LANES / 4 {
            for (k, sum) in sums.iter_mut().enumerate() {
                *sum += self.0[4 * i + k] * other.0[4 * i + k];
            }
        }
        (sums[0] + sums[1]) + (sums[2] + sums[3])
    }

    /// Largest absolute entry; NaN if any entry is.
    #[inline(always)]
    pub(crate) fn largest(&self) -> f64 {
        let mut largest = 0.0_f64;
        for value in self.0 {
            let size = value.abs();
            if size > largest || size.is_nan() {
                largest = size;
            }
        }
        largest
    }
}

/// A square matrix over buckets, by columns.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(32))]
pub(crate) struct Matrix(pub [Lane; BUCKETS]);

impl Matrix {
    pub(crate) const ZERO: Self = Self([Lane::ZERO; BUCKETS]);

    #[inline(always)]
    pub(crate) fn identity() -> Self {
        let mut matrix = Self::ZERO;
        for j in 0..BUCKETS {
            matrix.0[j].0[j] = 1.0;
        }
        matrix
    }

    /// `total += M x`.
    #[inline(always)]
    pub(crate) fn multiply_add(&self, x: &Lane, total: &mut Lane) {
        let mut sum = *total;
        for j in 0..BUCKETS {
            sum.add_scaled(x.0[j], &self.0[j]);
        }
        *total = sum;
    }

    /// `M x`.
    #[inline(always)]
    pub(crate) fn multiply(&self, x: &Lane) -> Lane {
        let mut total = Lane::ZERO;
        self.multiply_add(x, &mut total);
        total
    }

    /// `self = scale * A B - C * back`, column by column.
    #[inline(always)]
    pub(crate) fn set_product_less(&mut self, a: &Self, b: &Self, scale: f64, c: &Self, back: f64) {
        for j in 0..BUCKETS {
            let mut sum = Lane::ZERO;
            for k in 0..BUCKETS {
                sum.add_scaled(b.0[j].0[k], &a.0[k]);
            }
            for i in 0..LANES {
                self.0[j].0[i] = scale * sum.0[i] - back * c.0[j].0[i];
            }
        }
    }

    /// `A B`.
    #[inline(always)]
    pub(crate) fn product(a: &Self, b: &Self) -> Self {
        let mut product = Self::ZERO;
        for j in 0..BUCKETS {
            product.0[j] = a.multiply(&b.0[j]);
        }
        product
    }

    /// The inverse by Gauss-Jordan elimination; `None` if a pivot vanishes.
    ///
    /// The engine's systems are the identity plus demand reactions with positive eigenvalues, so pivots on the
    /// diagonal are of order one and no rows need to be exchanged; if one is small after all, rows are exchanged.
    #[inline(always)]
    pub(crate) fn inverse(&self) -> Option<Self> {
        let mut work = *self;
        let fine = work.reduce::<0>()
            && work.reduce::<1>()
            && work.reduce::<2>()
            && work.reduce::<3>()
            && work.reduce::<4>()
            && work.reduce::<5>()
            && work.reduce::<6>()
            && work.reduce::<7>()
            && work.reduce::<8>()
            && work.reduce::<9>()
            && work.reduce::<10>();
        if fine {
            Some(work)
        } else {
            self.inverse_with_exchanges()
        }
    }

    /// One step of the elimination in place; false if its pivot is small. The row is a constant, so that its entry
    /// is replaced within a register.
    #[inline(always)]
    fn reduce<const K: usize>(&mut self) -> bool {
        let pivot = self.0[K].0[K];
        let reciprocal = 1.0 / pivot;
        let mut eliminator = self.0[K];
        eliminator.0[K] = 0.0;
        let mut unit = Lane::ZERO;
        unit.0[K] = 1.0;
        self.0[K] = unit;
        for column in &mut self.0 {
            let mut reduced = *column;
            let factor = reduced.0[K] * reciprocal;
            reduced.0[K] = factor;
            reduced.add_scaled(-factor, &eliminator);
            *column = reduced;
        }
        pivot.abs() > SMALL_PIVOT && pivot.is_finite()
    }

    /// The inverse by Gauss-Jordan elimination with partial pivoting; `None` if a pivot vanishes.
    #[cold]
    fn inverse_with_exchanges(&self) -> Option<Self> {
        let mut work = *self;
        let mut order = [0_usize; BUCKETS];
        for k in 0..BUCKETS {
            let mut pivot = k;
            for i in k + 1..BUCKETS {
                if work.0[k].0[i].abs() > work.0[k].0[pivot].abs() {
                    pivot = i;
                }
            }
            order[k] = pivot;
            let value = work.0[k].0[pivot];
            if value == 0.0 || !value.is_finite() {
                return None;
            }
            for column in &mut work.0 {
                column.0.swap(k, pivot);
            }
            let reciprocal = 1.0 / work.0[k].0[k];
            let mut eliminator = work.0[k];
            eliminator.0[k] = 0.0;
            let mut unit = Lane::ZERO;
            unit.0[k] = 1.0;
            work.0[k] = unit;
            for column in &mut work.0 {
                let factor = column.0[k] * reciprocal;
                column.0[k] = factor;
                column.add_scaled(-factor, &eliminator);
            }
        }
        for k in (0..BUCKETS).rev() {
            work.0.swap(k, order[k]);
        }
        Some(work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_eliminations_agree() {
        let mut matrix = Matrix::identity();
        for j in 0..BUCKETS {
            for i in 0..BUCKETS {
                matrix.0[j].0[i] += ((i * 5 + j * 8) % 11) as f64 / 30.0;
            }
        }
        let (plain, exchanged) = (
            matrix.inverse().unwrap(),
            matrix.inverse_with_exchanges().unwrap(),
        );
        for j in 0..BUCKETS {
            for i in 0..BUCKETS {
                // rounding of some hundred operations on numbers of order one
                assert!((plain.0[j].0[i] - exchanged.0[j].0[i]).abs() < 1e-13);
            }
        }
    }

    #[test]
    fn inverse_times_matrix_is_the_identity() {
        let mut matrix = Matrix::ZERO;
        for j in 0..BUCKETS {
            for i in 0..BUCKETS {
                // well conditioned and not symmetric; a small diagonal entry forces a row exchange
                matrix.0[j].0[i] = ((i * 7 + j * 3) % 11) as f64 / 11.0
                    + if (i + 1) % BUCKETS == j { 5.0 } else { 0.0 };
            }
        }
        let product = Matrix::product(&matrix, &matrix.inverse().unwrap());
        for j in 0..BUCKETS {
            for i in 0..BUCKETS {
                // eleven operations of relative size 1e-16 and a condition number of about 10
                assert!((product.0[j].0[i] - Matrix::identity().0[j].0[i]).abs() < 1e-13);
            }
            assert_eq!(product.0[j].0[BUCKETS], 0.0);
        }
    }

    #[test]
    fn a_singular_matrix_has_no_inverse() {
        assert!(Matrix::ZERO.inverse().is_none());
    }
}
