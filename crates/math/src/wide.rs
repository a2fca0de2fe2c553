//! Inner loops compiled for the widest vectors that the machine at hand has.
//!
//! A [`Kernel`] is compiled twice, once for every machine of the target and once with AVX2; [`widest`] asks the processor and
//! runs the fitting one. The compiler neither reorders additions nor fuses multiplications with them, so both give the
//! same bits: only speed differs. This is the one place where the workspace needs `unsafe`: a function compiled for AVX2
//! may be called only after the processor has said that it has it.

/// Work whose loops profit from wide vectors.
pub trait Kernel {
    /// What the work returns.
    type Output;

    /// Does the work. Mark this and what it calls `#[inline(always)]`, else the loops stay narrow.
    fn run(self) -> Self::Output;
}

/// Runs a kernel with the widest vectors of this machine.
#[allow(unsafe_code)]
pub fn widest<K: Kernel>(kernel: K) -> K::Output {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as it said in the line above.
        return unsafe { with_avx2(kernel) };
    }
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Dot<'a>(&'a [f64; 96], &'a [f64; 96]);

    impl Kernel for Dot<'_> {
        type Output = f64;

        #[inline(always)]
        fn run(self) -> f64 {
            let mut lanes = [0.0; 8];
            for (a, b) in self.0.chunks_exact(8).zip(self.1.chunks_exact(8)) {
                for k in 0..8 {
                    lanes[k] += a[k] * b[k];
                }
            }
            lanes.iter().sum()
        }
    }

    #[test]
    fn wide_and_narrow_give_the_same_bits() {
        let a: [f64; 96] = std::array::from_fn(|i| ((i * 37 % 101) as f64).sqrt() - 5.0);
        let b: [f64; 96] = std::array::from_fn(|i| 1.0 / (i as f64 + 0.3));
        assert_eq!(widest(Dot(&a, &b)).to_bits(), Dot(&a, &b).run().to_bits());
    }
}
