//! Following a branch of quantal responses by predictor and corrector.
//!
//! The curve H(x, L) = 0 (see `system`) is followed by arclength in (x, L) together, so that folds, where L turns back,
//! are ordinary points (Allgower and Georg 1990, chapter 6). A step is taken only if the corrector contracts, lands near
//! where the predictor pointed and the new direction is within the angle. The direction's sign is kept by continuity;
//! det(dH/dx) and dL/ds change sign together at a fold, and the determinant alone at a simple bifurcation.

use super::index::left_of_axis;
use super::krylov::{dot, norm};
use super::linear::Linear;
use super::settings::PathSettings;
use super::system::{Point, System};
use crate::error::GameError;

/// Corrector tolerance relative to the size of the logits: far inside the angle, so that the path stays on its branch;
/// points that are handed out are polished to rounding afterwards.
const CORRECTOR_TOLERANCE: f64 = 1e-6;
/// Size of the logits beyond which that tolerance grows no further: mixed strategies move with differences of logits, so what
/// is left of a corrector must stay small beside one, however far the path has come.
const LARGEST_SCALE: f64 = 1e3;
/// Corrector tolerance where a fold or a bifurcation is being located.
const FINE_TOLERANCE: f64 = 1e-10;
/// A corrector that moves further than this share of the step has left for another branch.
const CORRECTOR_REACH: f64 = 0.5;
/// Corrector iterations before the step is halved.
const CORRECTOR_ITERATIONS: usize = 14;

/// Share of the residual above which an iteration at fixed precision takes the derivative anew.
const SETTLE_GAIN: f64 = 0.1;

/// Most unknowns for which eigenvalues are counted on every step: beyond it the count would take as long as the step.
const INDEX_LIMIT: usize = 16;
/// The same in a search for branches, which has the time.
pub(crate) const SEARCH_INDEX_LIMIT: usize = 30;
/// lambda x stake beyond which rounding decides on which side of the axis an eigenvalue lies.
const INDEX_PRECISION: f64 = 1e4;

/// A point on the curve with the direction of travel.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub x: Vec<f64>,
    /// L = lambda x stake.
    pub precision: f64,
    /// Direction in x, and in L; together of length one.
    pub tx: Vec<f64>,
    pub tl: f64,
    /// sign(det) x sign(dL/ds): changes at a simple bifurcation. None where the determinant is not known.
    pub orientation: Option<bool>,
    /// Eigenvalues left of the imaginary axis, of the derivative bordered by the direction of travel: changes wherever a
    /// branch crosses, also where two eigenvalues cross zero at once. None in games beyond [`INDEX_LIMIT`] unknowns.
    pub index: Option<usize>,
    /// Change of the direction for each unit of arclength on the step that led here, in x and in L, where there was one.
    pub bend: Option<(Vec<f64>, f64)>,
}

/// Work done on a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Steps accepted.
    pub steps: usize,
    /// Steps refused and halved.
    pub halvings: usize,
    /// Corrector iterations.
    pub corrections: usize,
    /// Derivatives factored.
    pub factorizations: usize,
}

/// Follows one branch.
pub(crate) struct Tracer<'s, 'g> {
    pub system: &'s System<'g>,
    pub linear: Linear,
    pub point: Point,
    pub settings: &'s PathSettings,
    pub step: f64,
    pub effort: Effort,
    /// Whether the corrector goes to the fine tolerance.
    pub fine: bool,
    /// Whether the corrector takes the derivative anew in every iteration: next to a bifurcation nothing else contracts.
    pub full: bool,
    /// Most unknowns for which eigenvalues are counted.
    pub index_limit: usize,
    gaps: Vec<f64>,
    /// The gaps and J^-1 gaps where the derivative was factored.
    factored_u: Vec<f64>,
}

impl<'s, 'g> Tracer<'s, 'g> {
    pub fn new(system: &'s System<'g>, settings: &'s PathSettings) -> Tracer<'s, 'g> {
        Tracer {
            system,
            linear: Linear::new(system),
            point: Point::default(),
            settings,
            step: settings.first_step,
            effort: Effort::default(),
            fine: false,
            full: false,
            index_limit: INDEX_LIMIT,
            gaps: Vec::new(),
            factored_u: Vec::new(),
        }
    }

    /// The only quantal response at precision zero: every action equally likely.
    pub fn origin(&mut self) -> Result<State, GameError> {
        let x = vec![0.0; self.system.unknowns()];
        let none = vec![0.0; self.system.unknowns()];
        self.state(x, 0.0, &none, 1.0)
    }

    /// Completes a point on the curve by its direction, oriented along (tx, tl). Leaves the derivative factored there.
    pub fn state(
        &mut self,
        x: Vec<f64>,
        precision: f64,
        tx: &[f64],
        tl: f64,
    ) -> Result<State, GameError> {
        self.refresh(&x);
        self.factor_here(precision)?;
        let mut u = self.factored_u.clone();
        let length = (1.0 + dot(&u, &u)).sqrt();
        let sign = if tl + dot(tx, &u) < 0.0 { -1.0 } else { 1.0 };
        for value in &mut u {
            *value *= sign / length;
        }
        let tl = sign / length;
        let orientation = self
            .linear
            .is_negative()
            .map(|negative| negative == (tl < 0.0));
        let index = self.index(precision, &u, tl);
        Ok(State {
            x,
            precision,
            tx: u,
            tl,
            orientation,
            index,
            bend: None,
        })
    }

    /// Eigenvalues left of the axis of the derivative factored last, bordered by -gaps and the direction: a matrix that is
    /// regular at folds and singular where branches cross.
    fn index(&self, precision: f64, tx: &[f64], tl: f64) -> Option<usize> {
        let n = tx.len();
        if n == 0 || n > self.index_limit || precision > INDEX_PRECISION {
            return None;
        }
        let whole = self.linear.whole()?;
        let mut matrix = Vec::with_capacity((n + 1) * (n + 1));
        for (row, gap) in whole.chunks_exact(n).zip(&self.gaps) {
            matrix.extend_from_slice(row);
            matrix.push(-gap);
        }
        matrix.extend_from_slice(tx);
        matrix.push(tl);
        left_of_axis(matrix, n + 1)
    }

    /// H at the evaluated point.
    fn residual(&self, x: &[f64], precision: f64) -> Vec<f64> {
        x.iter()
            .zip(&self.gaps)
            .map(|(x, gap)| x - precision * gap)
            .collect()
    }

    /// One corrector: from (x, L), Newton on H = 0 within the plane normal . (z - start) = 0. None if it does not settle
    /// within `reach`. The derivative factored before is used as long as it contracts.
    pub fn correct(
        &mut self,
        mut x: Vec<f64>,
        mut precision: f64,
        normal: (&[f64], f64),
        reach: f64,
    ) -> Option<(Vec<f64>, f64)> {
        let (mut before, mut moved) = (f64::INFINITY, 0.0);
        let mut fresh = false;
        for _ in 0..CORRECTOR_ITERATIONS {
            self.effort.corrections += 1;
            self.refresh(&x);
            let mut residual = self.residual(&x, precision);
            for value in &mut residual {
                *value = -*value;
            }
            if self.full {
                self.factor_here(precision).ok()?;
                fresh = true;
            }
            let slowest = if self.full { 0.9 } else { 0.4 };
            let rest = loop {
                let (w, dl) = self.bordered(&residual, 0.0, normal).ok()?;
                let size = dot(&w, &w).sqrt().hypot(dl);
                if !size.is_finite() {
                    return None;
                }
                if size > slowest * before {
                    // Too slow: once more from here with the derivative of this point, then give up.
                    if fresh {
                        return None;
                    }
                    fresh = true;
                    before = f64::INFINITY;
                    self.factor_here(precision).ok()?;
                    continue;
                }
                for (x, w) in x.iter_mut().zip(&w) {
                    *x += w;
                }
                precision += dl;
                moved += size;
                // What is left after this iteration, if the next ones contract as this one did.
                let rest = if before.is_finite() {
                    size * size / (before - size)
                } else {
                    size
                };
                before = size;
                break rest;
            };
            if moved > reach {
                return None;
            }
            let size = norm(&x);
            let tolerance = if self.fine {
                FINE_TOLERANCE * (1.0 + size)
            } else {
                CORRECTOR_TOLERANCE * (1.0 + size.min(LARGEST_SCALE))
            };
            if rest <= tolerance {
                return Some((x, precision));
            }
        }
        None
    }

    /// Solves dH/dx y - q z = right, normal . (y, z) = level, with derivative and gaps as factored last.
    pub fn bordered(
        &self,
        right: &[f64],
        level: f64,
        normal: (&[f64], f64),
    ) -> Result<(Vec<f64>, f64), GameError> {
        let mut w = right.to_vec();
        let u = &self.factored_u;
        self.linear.solve(self.system, &mut w)?;
        let z = (level - dot(normal.0, &w)) / (normal.1 + dot(normal.0, u));
        for (w, u) in w.iter_mut().zip(u) {
            *w += u * z;
        }
        Ok((w, z))
    }

    /// A step of exactly this arclength, if it is sound: the new state and the angle to the old direction.
    pub fn attempt(&mut self, from: &State, step: f64) -> Option<(State, f64)> {
        let mut x: Vec<f64> = from
            .x
            .iter()
            .zip(&from.tx)
            .map(|(x, t)| x + step * t)
            .collect();
        let mut precision = from.precision + step * from.tl;
        // Second order: the bend of the step before goes on.
        if let Some((bend, bend_l)) = &from.bend {
            let half = 0.5 * step * step;
            for (x, bend) in x.iter_mut().zip(bend) {
                *x += half * bend;
            }
            precision += half * bend_l;
        }
        let (x, precision) =
            self.correct(x, precision, (&from.tx, from.tl), CORRECTOR_REACH * step)?;
        let mut state = self.state(x, precision, &from.tx, from.tl).ok()?;
        let turned = state.tx.iter().zip(&from.tx);
        state.bend = Some((
            turned.map(|(new, old)| (new - old) / step).collect(),
            (state.tl - from.tl) / step,
        ));
        let cosine = dot(&state.tx, &from.tx) + state.tl * from.tl;
        let angle = cosine.clamp(-1.0, 1.0).acos();
        (angle <= self.settings.maximum_angle).then_some((state, angle))
    }

    /// Makes the derivative factored at a state the current one (after something else was factored).
    pub fn refactor(&mut self, at: &State) -> Result<(), GameError> {
        self.refresh(&at.x);
        self.factor_here(at.precision)
    }

    /// Factors the derivative at the evaluated point and solves for J^-1 gaps, which every bordered solve needs.
    fn factor_here(&mut self, precision: f64) -> Result<(), GameError> {
        self.effort.factorizations += 1;
        self.linear.factor(self.system, &self.point, precision)?;
        self.factored_u.clone_from(&self.gaps);
        self.linear.solve(self.system, &mut self.factored_u)
    }

    /// The next state: step halved until sound, then grown as the angle allows. Returns the arclength taken.
    pub fn advance(&mut self, from: &State) -> Result<(State, f64), GameError> {
        let smallest = 1e-11 * (1.0 + norm(&from.x));
        loop {
            let step = self.step;
            if let Some((state, angle)) = self.attempt(from, step) {
                self.effort.steps += 1;
                let wish = 0.6 * self.settings.maximum_angle / angle.max(1e-12);
                self.step = step * wish.clamp(0.5, self.settings.growth);
                return Ok((state, step));
            }
            self.effort.halvings += 1;
            self.step = 0.5 * step;
            if self.step < smallest {
                return Err(GameError::PathLost {
                    lambda_stake: from.precision,
                    steps: self.effort.steps,
                    why: "the step became too small",
                });
            }
            self.refactor(from)?;
        }
    }

    /// The quantal response at a fixed precision near x: Newton to rounding, each derivative kept as long as it still
    /// gains a digit. Refused if it settles further than `reach` from where it started.
    pub fn settle(
        &mut self,
        mut x: Vec<f64>,
        precision: f64,
        reach: f64,
    ) -> Result<Vec<f64>, GameError> {
        let game = self.system.game;
        let start = x.clone();
        let (mut best, mut best_x) = (f64::INFINITY, x.clone());
        let mut worse = 0;
        let mut iterations = 0;
        let mut last = 0.0;
        for _ in 0..60 {
            iterations += 1;
            self.effort.corrections += 1;
            self.refresh(&x);
            let mut residual = self.residual(&x, precision);
            let size = relative_size(&residual, &x);
            if !size.is_finite() {
                break;
            }
            if size < best {
                if size > 0.5 * best {
                    worse += 1;
                }
                best = size;
                best_x.copy_from_slice(&x);
            } else {
                worse += 1;
            }
            // Far below what certifies a point, one iteration that gains nothing says that rounding is reached.
            if best < 1e-15 || worse > 3 || (best < 1e-12 && worse > 0) {
                break;
            }
            if size > SETTLE_GAIN * last {
                self.effort.factorizations += 1;
                self.linear.factor(self.system, &self.point, precision)?;
            }
            last = size;
            self.linear.solve(self.system, &mut residual)?;
            for (x, d) in x.iter_mut().zip(&residual) {
                *x -= d;
            }
        }
        let moved = start
            .iter()
            .zip(&best_x)
            .map(|(one, two)| (one - two).powi(2))
            .sum::<f64>()
            .sqrt();
        if best > RESIDUAL_LIMIT || moved > reach {
            return Err(GameError::NoConvergence {
                lambda: precision / game.stake(),
                residual: best,
                iterations,
            });
        }
        self.refresh(&best_x);
        Ok(best_x)
    }

    /// The full Newton step at a fixed precision from the evaluated point x.
    pub fn newton_step(&mut self, x: &[f64], precision: f64) -> Option<Vec<f64>> {
        self.linear
            .factor(self.system, &self.point, precision)
            .ok()?;
        let mut step = self.residual(x, precision);
        for value in &mut step {
            *value = -*value;
        }
        self.linear.solve(self.system, &mut step).ok()?;
        Some(step)
    }

    /// Evaluates a point without factoring.
    pub fn refresh(&mut self, x: &[f64]) {
        self.system.evaluate(x, &mut self.point);
        self.system.gaps(&self.point, &mut self.gaps);
    }

    /// Relative residual at the evaluated point.
    pub fn residual_size(&self, x: &[f64], precision: f64) -> f64 {
        relative_size(&self.residual(x, precision), x)
    }
}

/// Largest residual a point may have to be called a quantal response.
pub(crate) const RESIDUAL_LIMIT: f64 = 1e-9;

/// max |H| / max(1, max |x|): in logits at moderate precision; relative once logits are large, where their own rounding
/// is all that an absolute measure would show. Infinite if anything is not a number.
fn relative_size(residual: &[f64], x: &[f64]) -> f64 {
    if residual.iter().any(|value| !value.is_finite()) {
        return f64::INFINITY;
    }
    let largest = x.iter().fold(1.0f64, |most, value| most.max(value.abs()));
    residual
        .iter()
        .fold(0.0f64, |most, value| most.max(value.abs()))
        / largest
}
