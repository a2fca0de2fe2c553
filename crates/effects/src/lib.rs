//! Who gains and who loses along a clearing path.
//!
//! The engine says how yields move and who holds what; this crate turns a path into money: everybody's account
//! ([`accounts`]; by security in [`lots`], with [`bounds`] where the allocation is inferred) and the seller's alone
//! ([`seller`]), on prices that [`valuation`] takes from the shifted curve; the issuer's extra interest of a year
//! ([`issuer`]) and of ten fiscal years ([`taxpayer`]), the dollar-yen rate ([`usdjpy`]), what other markets do beside it
//! ([`markets`]). One file per effect; every formula stands on top of its file with its source.
//!
//! Invariants: no move, no gain or loss; holders' P&L adds up to the change in market value of everything outstanding; a smaller fall of prices never costs the seller more; the issuer's quarters sum to
//! the year. Positive profit is the holder's gain; an execution loss is positive. The crate reads no data file: positions,
//! curves and schedules are arguments.

pub mod accounts;
pub mod bounds;
pub mod issuer;
pub mod lots;
pub mod markets;
pub mod seller;
pub mod taxpayer;
pub mod usdjpy;
pub mod valuation;

mod error;

pub use error::EffectsError;
