//! One file per verb.

pub mod claims;
pub mod data;
pub mod run;
pub mod scenario;
pub mod verify;
