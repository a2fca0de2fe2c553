//! What the vectors of one core can do: fused multiplications and additions in registers.
//!
//! The sums are few enough to stay in registers and many enough to hide the latency of an operation. The engine itself does not
//! fuse, so that its bits do not depend on the machine.

use brandish_math::wide::{Kernel, Width, at};

const LANES: usize = 8;
const ROUNDS: usize = 4_000_000;
/// Sums of eight numbers: twelve of AVX-512's thirty-two registers.
const SUMS: usize = 12;

struct Fused([[f64; LANES]; SUMS]);

impl Kernel for Fused {
    type Output = f64;

    #[inline(always)]
    fn run(mut self) -> f64 {
        for _ in 0..ROUNDS {
            for sum in &mut self.0 {
                for lane in sum.iter_mut() {
                    *lane = lane.mul_add(0.999_999, 1e-9);
                }
            }
        }
        self.0.iter().flatten().sum()
    }
}

/// Operations a second, as JSON; null where the machine has no AVX-512.
#[allow(clippy::disallowed_methods)] // a stopwatch is what this program is
pub fn json() -> String {
    if !Width::Avx512.is_available() {
        return "{\"fused\": null}".to_owned();
    }
    let one = std::hint::black_box(1.0);
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = std::time::Instant::now();
        std::hint::black_box(at(Width::Avx512, Fused([[one; LANES]; SUMS])));
        best = best.min(start.elapsed().as_secs_f64());
    }
    format!(
        "{{\"fused\": {:e}}}",
        (ROUNDS * SUMS * LANES * 2) as f64 / best
    )
}
