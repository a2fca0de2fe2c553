//! Backward elimination: yields at a node as a linear function of the day before.
//!
//! At linearized premia and Fed purchases the expected path solves a block-tridiagonal system. Eliminating from the
//! last node backward gives `y_n = sum_c P_n^c h_c + P_n^B B + q_n` (engine document, section 3): with `V = (W J + e P^B F') Y`,
//! `M = 1 - sum_c (e P^c_{n+1} - V) k_c A_c`, `P_n^c = (1 - k_c) M^-1 (e P^c_{n+1} - V)`, `P_n^B = M^-1 (e P^B_{n+1} - V)`.
//! The factorization at multiplier 1 without the Fed is made once per draw and reused wherever the market is linear.

use brandish_math::wide::{Kernel, widest};

use crate::buckets::BUCKETS;
use crate::dense::{Lane, Matrix};
use crate::economy::Economy;
use crate::error::ClearingError;

const SYSTEM: &str = "pricing recursion";

/// Responses of every node: blocks per class of holders and, where the Fed's rule exists, one for its purchases.
#[derive(Debug, Clone)]
pub(crate) struct Factorization {
    blocks: usize,
    /// `P_n^c` for each node, classes first, then the Fed if it has a rule.
    response: Vec<Matrix>,
    /// `M_n^-1`.
    pub(crate) inverse: Vec<Matrix>,
    /// `V_n`.
    pub(crate) exposure: Vec<Matrix>,
}

impl Factorization {
    pub(crate) fn empty(economy: &Economy) -> Self {
        let nodes = economy.grid.len();
        let blocks = Self::blocks(economy);
        Self {
            blocks,
            response: vec![Matrix::ZERO; nodes * blocks],
            inverse: vec![Matrix::ZERO; nodes],
            exposure: vec![Matrix::ZERO; nodes],
        }
    }

    /// Responses per node in an economy.
    fn blocks(economy: &Economy) -> usize {
        economy.classes.len() + usize::from(economy.parameters.fed.is_some())
    }

    /// Whether this memory has the size that an economy needs.
    pub(crate) fn fits(&self, economy: &Economy) -> bool {
        self.blocks == Self::blocks(economy) && self.inverse.len() == economy.grid.len()
    }

    /// Makes this the factorization at multiplier 1 and without Fed purchases.
    pub(crate) fn eliminate_all(&mut self, economy: &Economy) -> Result<(), ClearingError> {
        widest(EliminateAll {
            economy,
            factorization: self,
        })
    }

    /// All blocks of a node.
    #[inline(always)]
    pub(crate) fn node(&self, n: usize) -> &[Matrix] {
        &self.response[n * self.blocks..(n + 1) * self.blocks]
    }

    /// Response to the Fed's purchases at a node; only where the Fed has a rule.
    #[inline(always)]
    pub(crate) fn fed(&self, n: usize) -> &Matrix {
        &self.response[n * self.blocks + self.blocks - 1]
    }

    /// Eliminates node `n`; the next node is taken from `beyond` if given, else from this factorization.
    #[inline(always)]
    pub(crate) fn eliminate(
        &mut self,
        economy: &Economy,
        n: usize,
        beyond: Option<&Self>,
        exposure: Matrix,
    ) -> Result<(), ClearingError> {
        let blocks = self.blocks;
        let last = n + 1 == economy.grid.len();
        let e = economy.discount[n];
        let (here, after) = self.response.split_at_mut((n + 1) * blocks);
        let here = &mut here[n * blocks..];
        let next: Option<&[Matrix]> = match beyond {
            _ if last => None,
            Some(other) => Some(other.node(n + 1)),
            None => Some(&after[..blocks]),
        };

        // M = 1 - sum_c (e P^c - V) k_c A_c with A_c = diag(HAB_c) + sub_c (tridiagonal switching)
        let mut direct = Matrix::ZERO;
        let mut swapped = Matrix::ZERO;
        let mut own = Lane::ZERO;
        let mut swaps = 0.0;
        for (c, class) in economy.classes.iter().enumerate() {
            let k = class.adjustment[n];
            let swap = k * class.switching;
            own.add_scaled(k, &class.habitat);
            swaps += swap;
            if let Some(next) = next {
                let block = &next[c];
                for j in 0..BUCKETS {
                    direct.0[j].add_scaled(k * class.habitat.0[j], &block.0[j]);
                    swapped.0[j].add_scaled(swap, &block.0[j]);
                }
            }
        }
        for j in 0..BUCKETS {
            for i in 0..BUCKETS {
                direct.0[j].0[i] = e * direct.0[j].0[i] - own.0[j] * exposure.0[j].0[i];
                swapped.0[j].0[i] = e * swapped.0[j].0[i] - swaps * exposure.0[j].0[i];
            }
        }
        let [lower, middle, upper] = &economy.switching;
        let mut system = Matrix::identity();
        for j in 0..BUCKETS {
            let column = &mut system.0[j];
            column.add_scaled(-1.0, &direct.0[j]);
            column.add_scaled(-middle.0[j], &swapped.0[j]);
            if j > 0 {
                column.add_scaled(-upper.0[j - 1], &swapped.0[j - 1]);
            }
            if j + 1 < BUCKETS {
                column.add_scaled(-lower.0[j + 1], &swapped.0[j + 1]);
            }
        }
        let inverse = system
            .inverse()
            .ok_or(ClearingError::Singular { system: SYSTEM })?;
        let reaction = Matrix::product(&inverse, &exposure);

        for (c, block) in here.iter_mut().enumerate() {
            let kept = economy
                .classes
                .get(c)
                .map_or(1.0, |class| 1.0 - class.adjustment[n]);
            match next {
                Some(next) => block.set_product_less(&inverse, &next[c], e * kept, &reaction, kept),
                None => {
                    for j in 0..BUCKETS {
                        for i in 0..BUCKETS {
                            block.0[j].0[i] = -kept * reaction.0[j].0[i];
                        }
                    }
                }
            }
        }
        self.inverse[n] = inverse;
        self.exposure[n] = exposure;
        Ok(())
    }
}

/// Elimination of all nodes at multiplier 1.
struct EliminateAll<'a> {
    economy: &'a Economy,
    factorization: &'a mut Factorization,
}

impl Kernel for EliminateAll<'_> {
    type Output = Result<(), ClearingError>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        for n in (0..self.economy.grid.len()).rev() {
            let exposure = scaled_rows(&self.economy.weight[n], &self.economy.premium);
            self.factorization
                .eliminate(self.economy, n, None, exposure)?;
        }
        Ok(())
    }
}

/// `diag(w) M`.
#[inline(always)]
pub(crate) fn scaled_rows(w: &Lane, matrix: &Matrix) -> Matrix {
    let mut scaled = *matrix;
    for column in &mut scaled.0 {
        for i in 0..BUCKETS {
            column.0[i] *= w.0[i];
        }
    }
    scaled
}
