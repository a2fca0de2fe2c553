//! Inner loops compiled for the widest vectors that the machine at hand has.
//!
//! A [`Kernel`] is compiled once for every machine of the target and once for each wider [`Width`]; [`widest`] and [`at`] ask
//! the processor and run the fitting one. The compiler neither reorders additions nor fuses multiplications with them, so all
//! give the same bits: only speed differs. This is the one place where the workspace needs `unsafe`: a function compiled for
//! wide vectors may be called only after the processor has said that it has them.

/// How wide the vectors are that a kernel was compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// What every machine of the target has (SSE2 on x86-64).
    Base,
    /// AVX2: four numbers at once.
    Avx2,
    /// AVX-512: eight numbers at once.
    Avx512,
}

impl Width {
    /// All widths, narrow ones first.
    pub const ALL: [Width; 3] = [Width::Base, Width::Avx2, Width::Avx512];

    /// Whether this machine has it.
    pub fn is_available(self) -> bool {
        match self {
            Width::Base => true,
            #[cfg(target_arch = "x86_64")]
            Width::Avx2 => std::arch::is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Width::Avx512 => std::arch::is_x86_feature_detected!("avx512f"),
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }

    /// The widest that this machine has.
    pub fn widest() -> Width {
        let mut found = Width::Base;
        for width in Width::ALL {
            if width.is_available() {
                found = width;
            }
        }
        found
    }
}

/// Work whose loops profit from wide vectors.
pub trait Kernel {
    /// What the work returns.
    type Output;

    /// Does the work. Mark this and what it calls `#[inline(always)]`, else the loops stay narrow.
    fn run(self) -> Self::Output;
}

/// Runs a kernel with AVX2 where the machine has it: the choice for work that is vectors only in part.
#[inline]
pub fn widest<K: Kernel>(kernel: K) -> K::Output {
    at(Width::Avx2, kernel)
}

/// Runs a kernel at a width, or at the base width where the machine lacks it. The bits are the same either way.
#[allow(unsafe_code)]
#[inline]
pub fn at<K: Kernel>(width: Width, kernel: K) -> K::Output {
    #[cfg(target_arch = "x86_64")]
    match width {
        Width::Avx512 if width.is_available() => {
            // SAFETY: the processor has AVX-512F, as it said in the line above.
            return unsafe { with_avx512(kernel) };
        }
        Width::Avx2 if width.is_available() => {
            // SAFETY: the processor has AVX2, as it said in the line above.
            return unsafe { with_avx2(kernel) };
        }
        _ => {}
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = width;
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn with_avx512<K: Kernel>(kernel: K) -> K::Output {
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
        for width in Width::ALL {
            assert_eq!(
                at(width, Dot(&a, &b)).to_bits(),
                Dot(&a, &b).run().to_bits(),
                "{width:?}"
            );
        }
    }
}
