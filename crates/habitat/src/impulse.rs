//! Today's yields in a linear market, without the path behind them.
//!
//! Where no expected inventory reaches the capacity threshold or the Fed's rule, yields are linear in yesterday's
//! holdings and in expected supply: `y_0 = sum_c P_0^c h_c + sum_n Gamma_n X_n` (engine document, section 3). The sums of
//! `Gamma` over the tail, and over the two shapes in which expectations come, are made once per draw; a day then costs
//! a dozen small products instead of a pass over all nodes.

use brandish_math::wide::{Kernel, widest};

use crate::buckets::BUCKETS;
use crate::dense::{Lane, Matrix};
use crate::economy::Economy;
use crate::expectation::Expectation;
use crate::recursion::{Factorization, scaled_rows};

/// Responses of today's yields to expected supply.
#[derive(Debug, Clone)]
pub(crate) struct Impulse {
    /// To a permanent unit from node `n` on.
    steps: Vec<Matrix>,
    /// To a unit that decays as forced sales do.
    decaying: Matrix,
    /// To a unit that builds up as extrapolated sales do.
    building: Matrix,
}

impl Impulse {
    pub(crate) fn empty(economy: &Economy) -> Self {
        Self {
            steps: vec![Matrix::ZERO; economy.grid.len()],
            decaying: Matrix::ZERO,
            building: Matrix::ZERO,
        }
    }

    /// Computes the responses of an economy whose linear factorization is given.
    pub(crate) fn prepare(&mut self, economy: &Economy, linear: &Factorization) {
        widest(Prepare {
            economy,
            linear,
            impulse: self,
        });
    }

    /// Yields today, given yesterday's `holdings` by class and `fed` purchases that stay as they are.
    pub(crate) fn yields(
        &self,
        linear: &Factorization,
        holdings: &[Lane],
        fed: &Lane,
        expectation: &Expectation,
    ) -> Lane {
        let mut y = Lane::ZERO;
        for (block, holding) in linear.node(0).iter().zip(holdings) {
            block.multiply_add(holding, &mut y);
        }
        let mut constant = expectation.constant;
        constant.add_scaled(-1.0, fed);
        self.steps[0].multiply_add(&constant, &mut y);
        if expectation.decaying != Lane::ZERO {
            self.decaying.multiply_add(&expectation.decaying, &mut y);
        }
        if expectation.building != Lane::ZERO {
            self.building.multiply_add(&expectation.building, &mut y);
        }
        if expectation.has_rest {
            let mut before = Lane::ZERO;
            for (matrix, rest) in self.steps.iter().zip(&expectation.rest) {
                if *rest != before {
                    let mut step = *rest;
                    step.add_scaled(-1.0, &before);
                    matrix.multiply_add(&step, &mut y);
                    before = *rest;
                }
            }
        }
        y
    }
}

/// Preparation of a draw's impulse responses.
struct Prepare<'a> {
    economy: &'a Economy,
    linear: &'a Factorization,
    impulse: &'a mut Impulse,
}

impl Kernel for Prepare<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self {
            economy,
            linear,
            impulse,
        } = self;
        let mut decaying = Matrix::ZERO;
        let mut building = Matrix::ZERO;
        // Gamma_n = (prod_{m<n} e_m M_m^-1) M_n^-1 V_n with V_n = diag(W_n) G
        let mut carried = Matrix::identity();
        for n in 0..economy.grid.len() {
            carried = Matrix::product(&carried, &linear.inverse[n]);
            let single =
                Matrix::product(&carried, &scaled_rows(&economy.weight[n], &economy.premium));
            for j in 0..BUCKETS {
                decaying.0[j].add_scaled(economy.decay[n], &single.0[j]);
                building.0[j].add_scaled(economy.buildup[n], &single.0[j]);
                for i in 0..BUCKETS {
                    carried.0[j].0[i] *= economy.discount[n];
                }
            }
            impulse.steps[n] = single;
        }
        // a permanent unit from node n on: the sum over the tail
        for n in (0..economy.grid.len().saturating_sub(1)).rev() {
            let tail = impulse.steps[n + 1];
            for j in 0..BUCKETS {
                impulse.steps[n].0[j].add_scaled(1.0, &tail.0[j]);
            }
        }
        impulse.decaying = decaying;
        impulse.building = building;
    }
}
