//! Floating-point operations of a path, counted from what the solver says it did and from the equations.
//!
//! Only operations of the eleven buckets count; the padding to twelve does not. Additions and multiplications count one each. What is left
//! out (beliefs, exponentials, the daily bookkeeping) is small beside the matrices.

use brandish_habitat::{BUCKETS, ClearingPath, Market, Nodes, Parameters};

const N: f64 = BUCKETS as f64;

/// Distinct half-lives of the market's sectors: the states of the solver.
pub fn classes(market: &Market) -> usize {
    let mut half_lives: Vec<u64> = market
        .sectors()
        .iter()
        .map(|sector| sector.half_life_days.to_bits())
        .collect();
    half_lives.sort_unstable();
    half_lives.dedup();
    half_lives.len()
}

/// Elimination of a node: `M` from tridiagonal demands, its inverse, `M^-1 V`, and one product per block of responses.
pub fn elimination(classes: usize, blocks: usize) -> f64 {
    let (c, b) = (classes as f64, blocks as f64);
    let system = 4.0 * c * N * N + 4.0 * N * N + 8.0 * N * N;
    let inverse = 2.0 * N * N * N;
    let reaction = 2.0 * N * N * N;
    system + inverse + reaction + b * (2.0 * N * N * N + 3.0 * N * N)
}

/// All operations of a path.
pub fn operations(market: &Market, parameters: &Parameters, path: &ClearingPath) -> f64 {
    let nodes = match parameters.repricing.nodes {
        Nodes::Reference => 164.0,
        Nodes::Sparse => 105.0,
    };
    let classes = classes(market);
    let blocks = classes + usize::from(parameters.fed.is_some());
    let c = classes as f64;
    let done = &path.statistics;
    let prepared = nodes * (elimination(classes, blocks) + 2.0 * (2.0 * N * N * N) + 5.0 * N * N);
    let eliminated = done.eliminated_nodes as f64 * elimination(classes, blocks);
    let constants = done.constant_nodes as f64 * (2.0 * 2.0 * N * N + 4.0 * N);
    let paths = done.path_nodes as f64
        * (blocks as f64 * 2.0 * N * N + c * 6.0 * N + 2.0 * N * N + 12.0 * N);
    // the responses to yesterday's holdings and to three parts of an expectation
    let linear = done.linear_days as f64 * (c + 3.0) * 2.0 * N * N;
    prepared + eliminated + constants + paths + linear
}
