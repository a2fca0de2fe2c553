//! One file per verb.

pub mod asked;
pub mod backtest;
pub mod card;
pub mod claims;
pub mod curve;
pub mod data;
pub mod export;
pub mod game;
pub mod holders;
pub mod markets;
pub mod price;
pub mod run;
pub mod scenario;
pub mod sensitivity;
pub mod sweep;
pub mod verify;
pub mod ways;
