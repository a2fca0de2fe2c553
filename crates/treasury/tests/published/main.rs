//! What Treasury itself computed: the regulation's worked examples and the auction results.

mod auctions;
mod cfr356;
mod reference_cpi;
mod table;
