//! Newton's linear systems by whichever way fits the game.
//!
//! Up to [`DENSE_LIMIT`] unknowns a dense factorization with pivoting; above, elimination along the tree; where that would
//! not fit in memory, matrix-free Krylov steps. Elimination does not pivot across sets and can lose digits: a trial solution shows
//! how many, a few rounds of refinement bring them back (Wilkinson 1963), and where too many are gone a dense factorization
//! takes its place. The first two also give the sign of the determinant, from which the path
//! learns of bifurcations; the third does not and says so.

use super::elimination::Plan;
use super::factor::Factor;
use super::krylov;
use super::system::{Direction, Point, System};
use crate::error::GameError;
use std::sync::Arc;

/// Most unknowns for the dense factorization.
pub(crate) const DENSE_LIMIT: usize = 60;
/// Largest miss of a trial solution before elimination is called rough.
const ELIMINATION_MISS: f64 = 1e-9;
/// Miss up to which refinement brings the digits back; each round multiplies what is left by about as much.
const REFINABLE_MISS: f64 = 1e-2;
/// Rounds of refinement before the elimination is given up.
const REFINEMENTS: usize = 6;
/// Most unknowns for which a rough elimination is replaced by a dense factorization: above it takes seconds.
const DENSE_RESCUE: usize = 700;
/// Relative residual of a Krylov solve: a hundredth of the corrector's tolerance.
const KRYLOV_TOLERANCE: f64 = 1e-10;

/// The way chosen for a game, with the last factored derivative.
pub(crate) struct Linear {
    way: Way,
    /// Whether the last derivative was regular: one that was not leaves nothing to solve with.
    ready: bool,
}

enum Way {
    Dense(Dense),
    Tree(Box<Tree>),
    Krylov(Box<(Point, f64)>),
}

/// Elimination along the tree, checked against the derivative it came from.
struct Tree {
    plan: Arc<Plan>,
    factor: Factor,
    /// The same derivative factored densely, where elimination lost digits (it does not pivot across sets) and the game is
    /// small enough.
    dense: Option<Dense>,
    /// Rounds of refinement that a solution needs, and where the derivative was taken, if it needs any.
    rounds: usize,
    at: (Point, f64),
    /// Memory of the check.
    trial: Vec<f64>,
    image: Vec<f64>,
    direction: Direction,
}

impl Tree {
    fn new(plan: Arc<Plan>) -> Box<Tree> {
        Box::new(Tree {
            plan,
            factor: Factor::default(),
            dense: None,
            rounds: 0,
            at: (Point::default(), 0.0),
            trial: Vec::new(),
            image: Vec::new(),
            direction: Direction::default(),
        })
    }

    /// Factors and looks at one solution to see how many digits there are.
    fn factor(
        &mut self,
        system: &System<'_>,
        point: &Point,
        precision: f64,
    ) -> Result<(), GameError> {
        self.factor.compute(&self.plan, system, point, precision)?;
        self.dense = None;
        self.rounds = 0;
        self.trial.clear();
        self.trial.resize(system.unknowns(), 1.0);
        self.factor.solve(&self.plan, &mut self.trial);
        let mut miss = self.miss(system, point, precision);
        if miss <= ELIMINATION_MISS || system.unknowns() > DENSE_RESCUE {
            return Ok(());
        }
        if miss <= REFINABLE_MISS {
            while miss > ELIMINATION_MISS && self.rounds < REFINEMENTS {
                self.rounds += 1;
                // What the trial misses, solved for and added.
                self.factor.solve(&self.plan, &mut self.image);
                for (y, correction) in self.trial.iter_mut().zip(&self.image) {
                    *y += correction;
                }
                miss = self.miss(system, point, precision);
            }
            if miss <= ELIMINATION_MISS {
                self.at.0.clone_from(point);
                self.at.1 = precision;
                return Ok(());
            }
        }
        let mut dense = Dense::default();
        dense.factor(system, point, precision)?;
        self.dense = Some(dense);
        Ok(())
    }

    /// Leaves 1 - J y for the trial y in `image` and returns its size.
    fn miss(&mut self, system: &System<'_>, point: &Point, precision: f64) -> f64 {
        system.derivative(point, &self.trial, &mut self.direction, &mut self.image);
        let mut miss = 0.0f64;
        for (y, entry) in self.trial.iter().zip(&mut self.image) {
            *entry = 1.0 - (y - precision * *entry);
            miss = if entry.is_nan() {
                f64::INFINITY
            } else {
                miss.max(entry.abs())
            };
        }
        miss
    }

    fn solve(&self, system: &System<'_>, right: &mut [f64]) {
        if let Some(dense) = &self.dense {
            dense.solve(right);
            return;
        }
        if self.rounds == 0 {
            self.factor.solve(&self.plan, right);
            return;
        }
        let wanted = right.to_vec();
        self.factor.solve(&self.plan, right);
        let (mut direction, mut image) = (Direction::default(), Vec::new());
        for _ in 0..self.rounds {
            system.derivative(&self.at.0, right, &mut direction, &mut image);
            for ((entry, y), wanted) in image.iter_mut().zip(right.iter()).zip(&wanted) {
                *entry = wanted - (y - self.at.1 * *entry);
            }
            self.factor.solve(&self.plan, &mut image);
            for (y, correction) in right.iter_mut().zip(&image) {
                *y += correction;
            }
        }
    }

    fn is_negative(&self) -> bool {
        self.dense
            .as_ref()
            .map_or(self.factor.is_negative(), |dense| dense.negative)
    }
}

#[derive(Default)]
struct Dense {
    /// The derivative itself, row by row.
    whole: Vec<f64>,
    matrix: Vec<f64>,
    swaps: Vec<usize>,
    negative: bool,
}

impl Linear {
    pub fn new(system: &System<'_>) -> Linear {
        let way = if system.unknowns() <= DENSE_LIMIT {
            Way::Dense(Dense::default())
        } else {
            match system.game.shape.plan(system) {
                Some(plan) => Way::Tree(Tree::new(plan)),
                None => Way::Krylov(Box::default()),
            }
        };
        Linear { way, ready: false }
    }

    /// Like [`Linear::new`] with the tree elimination or the Krylov steps forced: for tests that compare the ways.
    #[cfg(test)]
    pub fn forced(system: &System<'_>, krylov: bool) -> Linear {
        let way = match (krylov, system.game.shape.plan(system)) {
            (false, Some(plan)) => Way::Tree(Tree::new(plan)),
            _ => Way::Krylov(Box::default()),
        };
        Linear { way, ready: false }
    }

    /// Takes the derivative J = 1 - L dq/dx at a point.
    pub fn factor(
        &mut self,
        system: &System<'_>,
        point: &Point,
        precision: f64,
    ) -> Result<(), GameError> {
        let result = match &mut self.way {
            Way::Dense(dense) => dense.factor(system, point, precision),
            Way::Tree(tree) => tree.factor(system, point, precision),
            Way::Krylov(at) => {
                **at = (point.clone(), precision);
                Ok(())
            }
        };
        self.ready = result.is_ok();
        result
    }

    /// Solves J y = right in place.
    pub fn solve(&self, system: &System<'_>, right: &mut [f64]) -> Result<(), GameError> {
        if !self.ready {
            return Err(GameError::Singular {
                unknowns: right.len(),
            });
        }
        match &self.way {
            Way::Dense(dense) => dense.solve(right),
            Way::Tree(tree) => tree.solve(system, right),
            Way::Krylov(at) => {
                let (point, precision) = (&at.0, at.1);
                let mut direction = Direction::default();
                let mut apply = |v: &[f64], out: &mut Vec<f64>| {
                    system.derivative(point, v, &mut direction, out);
                    for (value, entry) in out.iter_mut().zip(v) {
                        *value = entry - precision * *value;
                    }
                };
                krylov::solve(right, KRYLOV_TOLERANCE, &mut apply)?;
            }
        }
        if right.iter().all(|value| value.is_finite()) {
            Ok(())
        } else {
            Err(GameError::Singular {
                unknowns: right.len(),
            })
        }
    }

    /// Whether the determinant of the derivative is negative; none where the way does not tell.
    pub fn is_negative(&self) -> Option<bool> {
        match &self.way {
            Way::Dense(dense) => Some(dense.negative),
            Way::Tree(tree) => Some(tree.is_negative()),
            Way::Krylov(_) => None,
        }
    }
}

impl Linear {
    /// The derivative factored last, row by row, where it was taken densely.
    pub fn whole(&self) -> Option<&[f64]> {
        match &self.way {
            Way::Dense(dense) => Some(&dense.whole),
            Way::Tree(_) | Way::Krylov(_) => None,
        }
    }
}

impl Dense {
    fn factor(
        &mut self,
        system: &System<'_>,
        point: &Point,
        precision: f64,
    ) -> Result<(), GameError> {
        let n = system.unknowns();
        self.matrix.clear();
        self.matrix.resize(n * n, 0.0);
        let (mut direction, mut unit, mut column) =
            (Direction::default(), vec![0.0; n], Vec::new());
        for k in 0..n {
            unit[k] = 1.0;
            system.derivative(point, &unit, &mut direction, &mut column);
            unit[k] = 0.0;
            for (row, value) in column.iter().enumerate() {
                let identity = if row == k { 1.0 } else { 0.0 };
                self.matrix[row * n + k] = identity - precision * value;
            }
        }
        self.whole.clone_from(&self.matrix);
        self.swaps.clear();
        self.negative = false;
        for k in 0..n {
            let mut best = k;
            for row in k + 1..n {
                if self.matrix[row * n + k].abs() > self.matrix[best * n + k].abs() {
                    best = row;
                }
            }
            if best != k {
                for c in 0..n {
                    self.matrix.swap(k * n + c, best * n + c);
                }
                self.negative = !self.negative;
            }
            self.swaps.push(best);
            let pivot = self.matrix[k * n + k];
            if !(pivot.abs() > 1e-290 && pivot.is_finite()) {
                return Err(GameError::Singular { unknowns: n });
            }
            self.negative ^= pivot < 0.0;
            for row in k + 1..n {
                let factor = self.matrix[row * n + k] / pivot;
                self.matrix[row * n + k] = factor;
                if factor != 0.0 {
                    for c in k + 1..n {
                        let entry = self.matrix[k * n + c];
                        self.matrix[row * n + c] -= factor * entry;
                    }
                }
            }
        }
        Ok(())
    }

    fn solve(&self, right: &mut [f64]) {
        let n = right.len();
        for k in 0..n {
            right.swap(k, self.swaps[k]);
        }
        for k in 0..n {
            let line = &self.matrix[k * n..k * n + k];
            right[k] -= krylov::dot(line, &right[..k]);
        }
        for k in (0..n).rev() {
            let line = &self.matrix[k * n + k + 1..(k + 1) * n];
            right[k] = (right[k] - krylov::dot(line, &right[k + 1..])) / self.matrix[k * n + k];
        }
    }
}
