//! The taxpayer's bill of a day: what is outstanding, what will be borrowed, in which mix, and what the Fed holds of it.
//!
//! `effects::taxpayer` turns a path into a bill; here its plan is put together from the market of the day: securities of the
//! baseline, the budget office's newest baseline, the securities first issued in the last twelve months (the mix), SOMA by type and the monthly statement (what
//! the Fed and government accounts hold). What an input was missing for is not filled: the output that needs it is left out and said to be
//! not available, with the reason ([`Words`]).

mod inside;
mod issuer;
mod plan;
mod published;
mod rules;
mod words;

pub(crate) use issuer::{bucket_of_term, coupon_mix, mix};
pub(crate) use plan::{Taxpayer, bill_share, new_borrowing_by_day, taxpayer};
pub(crate) use rules::Rules;
pub use words::Words;
