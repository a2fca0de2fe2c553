//! Every marketable Treasury outstanding on a day, by CUSIP, with the quality of each amount.
//!
//! Three lists are anchors: the statements of 2023-09-30 and 2026-04-30 (published) and the list of 2025-04-30
//! (reconstructed; its bills are estimated). Between anchors a day is rebuilt: the anchor before it, plus lots issued by
//! the day, less what matured, less buybacks settled, TIPS times the index ratio of the day. The later anchor is used to
//! find lots that the auction sample leaves out; what was outstanding was public on every day, so this is no
//! foresight, but it is a reconstruction and each record says so.

mod bills;
mod coupons;
mod record;
mod schedule;
mod spreads;
mod statements;
mod universe;

pub(crate) use record::read_kind;
pub use record::{OutstandingSecurity, SecurityKind};
pub use spreads::FrnSpread;
pub use statements::{Statement, StatementRow};
pub use universe::{Universe, UniverseBase};
