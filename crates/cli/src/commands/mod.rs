//! One file per verb.

pub mod backtest;
pub mod data;
pub mod run;
pub mod scenario;
pub mod verify;
