//! Logit agent quantal response equilibrium: how people play when the better action is only more likely.
//!
//! At precision lambda (one over the unit of payoff) each information set plays action a with probability proportional to
//! exp(lambda Q(a)), Q the value of a under the beliefs that this very play makes consistent (McKelvey and Palfrey 1998,
//! Experimental Economics 1). At lambda 0 everything is even; from there the principal branch is followed as lambda
//! grows, and its limit is a sequential equilibrium.
//!
//! The parts: `system` (equations, and their derivative by passes over the tree), `linear` with `elimination`, `factor` and `krylov`
//! (Newton steps), `path` (predictor and corrector with a bound on the angle), `index` and `switching` (bifurcations),
//! `branch` (following one), `search` and `supports` (looking for more), `point` (what is handed out, and under which label).

mod branch;
mod elimination;
mod factor;
mod index;
mod krylov;
mod limit;
mod linear;
mod path;
mod point;
mod search;
mod settings;
mod shape;
mod supports;
mod switching;
mod system;
#[cfg(test)]
mod tests;

pub use path::Effort;
pub use point::{
    LogitQre, SequentialCandidate, principal_qre, principal_qre_sweep, qre_near,
    sequential_candidate,
};
pub use search::{Branch, Branches, Origin, SearchSettings, find_branches};
pub use settings::{PathSettings, Target};
pub(crate) use shape::Shape;
pub use switching::Bifurcation;
