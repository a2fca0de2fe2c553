//! (being written)

pub mod diagnostic;
pub mod file;
