//! What this machine can do at most: operations a second without fused multiplication, bytes a second from memory.
//!
//! The roofline needs both. Operations: many independent chains of multiply and add, eight of each between two loads. Bytes: a sum over
//! an array that no cache holds. One core, widest vectors, as the pricing kernel.

use std::hint::black_box;

use brandish_math::wide::{Kernel, Width, at};

/// Numbers that are moved at once: a dozen of the widest vectors, enough for the latency of two operations at two a cycle.
const NUMBERS_AT_ONCE: usize = 96;
/// Multiplications and additions of each number before it is put back.
const DEPTH: usize = 8;
/// Rounds of one measurement.
const ROUNDS: usize = 400_000;
const LANES: usize = 8;
/// Numbers of the array that is summed: 256 MiB.
const NUMBERS: usize = 32 << 20;

struct Chains(f64);

impl Kernel for Chains {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let (factor, step) = (self.0, self.0 * 1e-9);
        let mut numbers = [1.0_f64; NUMBERS_AT_ONCE];
        for _ in 0..ROUNDS {
            for number in &mut numbers {
                let mut x = *number;
                for _ in 0..DEPTH {
                    x = x * factor + step;
                }
                *number = x;
            }
        }
        numbers.iter().sum()
    }
}

struct Sum<'a>(&'a [f64]);

impl Kernel for Sum<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let mut sums = [[0.0_f64; LANES]; 4];
        for rows in self.0.chunks_exact(4 * LANES) {
            for (part, row) in sums.iter_mut().zip(rows.chunks_exact(LANES)) {
                for (sum, value) in part.iter_mut().zip(row) {
                    *sum += value;
                }
            }
        }
        sums.iter().flatten().sum()
    }
}

/// Work of one measurement of operations.
pub const OPERATIONS: usize = 2 * ROUNDS * DEPTH * NUMBERS_AT_ONCE;
/// Bytes of one measurement of memory.
pub const BYTES: usize = 8 * NUMBERS;

/// Does [`OPERATIONS`].
pub fn operations() {
    black_box(at(Width::widest(), Chains(black_box(0.999_999))));
}

/// The array that [`memory`] reads.
pub fn array() -> Vec<f64> {
    (0..NUMBERS).map(|k| k as f64).collect()
}

/// Reads [`BYTES`].
pub fn memory(array: &[f64]) {
    black_box(at(Width::widest(), Sum(black_box(array))));
}
