//! The days at which expectations are priced.
//!
//! From a belief date the market looks five years ahead: daily for the first quarter, then in steps that grow 5%
//! each up to a month, the last node at 1260 business days. The steady state is taken beyond it. The sparse grid grows
//! three times as fast and up to a quarter: two thirds of the nodes, and yields within one percent.

use crate::parameters::Nodes;

/// Daily nodes from the belief date on.
const DAILY_NODES: usize = 63;
/// Last node, business days.
const LAST_DAY: f64 = 1260.0;
/// Largest step, business days.
const LARGEST_STEP: f64 = 21.0;

/// Growth of the sparse grid's steps, and the largest of them.
const SPARSE_GROWTH: f64 = 0.15;
const SPARSE_LARGEST_STEP: f64 = 63.0;

/// Node offsets in business days from the belief date, increasing from 0.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    offsets: Vec<f64>,
}

impl Grid {
    /// The grid of a setting.
    pub(crate) fn of(nodes: Nodes) -> Self {
        match nodes {
            Nodes::Reference => Self::reference(),
            Nodes::Sparse => Self::growing(DAILY_NODES, SPARSE_GROWTH, SPARSE_LARGEST_STEP),
        }
    }

    /// The reference grid of 164 nodes.
    pub(crate) fn reference() -> Self {
        Self::refined(1)
    }

    /// A grid `fineness` times finer in its growth (more daily nodes, slower growth of steps).
    pub(crate) fn refined(fineness: usize) -> Self {
        Self::growing(DAILY_NODES * fineness, 0.05 / fineness as f64, LARGEST_STEP)
    }

    /// Daily nodes, then steps that grow by `growth` each up to `largest_step`.
    fn growing(daily_nodes: usize, growth: f64, largest_step: f64) -> Self {
        let mut raw: Vec<f64> = (0..daily_nodes).map(|day| day as f64).collect();
        let mut step = 1.0_f64;
        let mut last = raw.len() as f64 - 1.0;
        while last + step < LAST_DAY {
            last += step;
            raw.push(last);
            step = largest_step.min(step * (1.0 + growth));
        }
        raw.push(LAST_DAY);
        let mut offsets: Vec<f64> = raw.into_iter().map(f64::round_ties_even).collect();
        offsets.dedup();
        Self { offsets }
    }

    /// The shortest grid, for closed forms that need no path.
    pub(crate) fn ends() -> Self {
        Self {
            offsets: vec![0.0, LAST_DAY],
        }
    }

    /// A grid with the given offsets.
    #[cfg(test)]
    pub(crate) fn from_offsets(offsets: Vec<f64>) -> Self {
        Self { offsets }
    }

    pub(crate) fn offsets(&self) -> &[f64] {
        &self.offsets
    }

    pub(crate) fn len(&self) -> usize {
        self.offsets.len()
    }

    pub(crate) fn last_day(&self) -> f64 {
        self.offsets[self.offsets.len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_grid_is_daily_then_grows_to_five_years() {
        let grid = Grid::reference();
        assert_eq!(grid.len(), 164);
        assert_eq!(&grid.offsets()[60..64], &[60.0, 61.0, 62.0, 63.0]);
        assert_eq!(grid.last_day(), 1260.0);
        assert!(
            grid.offsets()
                .windows(2)
                .all(|pair| pair[1] > pair[0] && pair[1] - pair[0] <= 21.0)
        );
    }
}
