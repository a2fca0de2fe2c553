//! One file per verb.

pub mod card;
pub mod data;
pub mod game;
pub mod run;
pub mod scenario;
pub mod verify;
