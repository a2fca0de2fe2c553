//! What must hold in every run: sums, exact zeros, the same bits at any number of threads.

mod adds_up;
mod same_bits;
mod support;
