//! From the engine's maturity buckets to the published tenors.
//!
//! The engine clears eleven buckets; people quote fourteen tenors. The change at a tenor of `t` years is linear in
//! `ln t` between the two neighboring bucket centers and flat beyond the first and the last (engine document,
//! section 8). The reference settings read four tenors straight from buckets: 2Y from 2.5 years, 5Y from 4,
//! 10Y from 8.5, 30Y from 27.5.

use brandish_habitat::{BUCKETS, between_centers};
use brandish_units::{Bp, Tenor};

/// Weights that turn bucket yields into the change at each published tenor.
#[derive(Debug, Clone, PartialEq)]
pub struct TenorMap {
    /// Per tenor (in the order of `Tenor::ALL`): lower bucket, upper bucket, weight of the upper.
    nodes: Vec<(usize, usize, f64)>,
}

impl TenorMap {
    /// The product's map: linear in log maturity.
    #[must_use]
    pub fn log_linear() -> Self {
        Self {
            nodes: Tenor::ALL
                .iter()
                .map(|tenor| between_centers(tenor.years().years()))
                .collect(),
        }
    }

    /// The reference's map: four tenors are buckets, the others as in the product.
    #[must_use]
    pub fn reference() -> Self {
        let nodes = Tenor::ALL
            .iter()
            .map(|tenor| match tenor {
                Tenor::Y2 => (3, 3, 0.0),
                Tenor::Y5 => (4, 4, 0.0),
                Tenor::Y10 => (6, 6, 0.0),
                Tenor::Y30 => (10, 10, 0.0),
                _ => between_centers(tenor.years().years()),
            })
            .collect();
        Self { nodes }
    }

    /// The yield change at a tenor, from bucket yields in bp.
    #[must_use]
    pub fn change(&self, buckets: &[f64; BUCKETS], tenor: Tenor) -> Bp {
        let (lower, upper, weight) = self.nodes[tenor as usize];
        Bp(buckets[lower] + weight * (buckets[upper] - buckets[lower]))
    }
}

#[cfg(test)]
mod tests {
    use brandish_habitat::TAU;

    use super::*;

    #[test]
    fn a_parallel_move_is_parallel_at_every_tenor() {
        let map = TenorMap::log_linear();
        for tenor in Tenor::ALL {
            assert!((map.change(&[7.0; BUCKETS], tenor).0 - 7.0).abs() < 1e-12);
        }
    }

    #[test]
    fn ten_years_lies_between_its_neighbors_and_the_ends_are_flat() {
        let buckets: [f64; BUCKETS] = std::array::from_fn(|i| TAU[i].ln());
        let map = TenorMap::log_linear();
        assert!((map.change(&buckets, Tenor::Y10).0 - 10.0_f64.ln()).abs() < 1e-12);
        assert!((map.change(&buckets, Tenor::M1).0 - TAU[0].ln()).abs() < 1e-12);
        assert!((map.change(&buckets, Tenor::Y30).0 - TAU[10].ln()).abs() < 1e-12);
    }

    #[test]
    fn the_reference_reads_ten_years_from_its_bucket() {
        let mut buckets = [0.0; BUCKETS];
        buckets[6] = 5.0;
        assert_eq!(TenorMap::reference().change(&buckets, Tenor::Y10).0, 5.0);
    }
}
