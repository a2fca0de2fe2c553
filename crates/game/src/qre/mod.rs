//! Logit agent quantal response equilibrium: who plays how, when the better action is only more likely.
mod branch;
mod elimination;
mod krylov;
mod linear;
mod path;
mod point;
mod settings;
mod switching;
mod system;
#[cfg(test)]
mod tests;

pub use branch::{Branch, Branches, Origin, SearchSettings, find_branches};
pub use path::Effort;
pub use point::{
    LogitQre, SequentialCandidate, principal_qre, principal_qre_sweep, qre_near,
    sequential_candidate,
};
pub use settings::{PathSettings, Target};
pub use switching::Bifurcation;
