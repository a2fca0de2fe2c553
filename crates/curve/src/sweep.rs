//! Everything outstanding under many curves: eight at a time, streaming, on any number of threads.
//!
//! A curve is given by its continuous zero rates at settlement and on the grid's dates. The caller fills a block of eight curves,
//! the sweep prices it, the caller takes the prices and the block is used again: a million curves need the memory of eight.
//! D_i = e^(z_s t_s - z_i t_i), prices by the grid's plan. Vectors are chosen at run time; the bits are those of one curve at a time
//! whatever their width, and results are handed over in the order of the curves whatever the number of threads.

use brandish_math::exp_lanes;
use brandish_math::wide::{Kernel, Width, at};
use brandish_units::{Date, DirtyPrice, Years, ZeroRate};
use rayon::prelude::*;

use crate::shift::count;
use crate::{CurveError, DiscountCurve, RepricingGrid};

/// Curves in a block.
pub const LANES: usize = 8;
/// Curves that one thread prices before its result is handed over.
pub const CHUNK: usize = 512;
/// Additions, subtractions and multiplications of one exponential, counted from `brandish_math::exp_lanes`.
const OPERATIONS_OF_EXP: usize = 33;

/// Continuous zero rates of eight curves at one date, as decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(transparent)]
pub struct ZeroRateLanes([f64; LANES]);

impl ZeroRateLanes {
    /// From decimals, one a curve.
    pub const fn from_decimals(decimals: [f64; LANES]) -> Self {
        ZeroRateLanes(decimals)
    }

    /// The decimals, one a curve.
    pub const fn decimals(self) -> [f64; LANES] {
        self.0
    }

    /// Replaces the rate of one curve; curves beyond the block are an error of the caller and change nothing.
    pub fn set(&mut self, curve: usize, rate: ZeroRate) {
        if let Some(value) = self.0.get_mut(curve) {
            *value = rate.decimal();
        }
    }
}

/// A grid ready for many curves of one date.
#[derive(Clone, Debug)]
pub struct CurveSweep<'a> {
    grid: &'a RepricingGrid,
    /// Settlement first, then the grid's dates.
    times: Vec<Years>,
    width: Width,
}

/// Eight curves and the prices under them; used again and again.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveBlock {
    first: usize,
    curves: usize,
    zeros: Vec<ZeroRateLanes>,
    discounts: Vec<[f64; LANES]>,
    work: Vec<[f64; LANES]>,
    prices: Vec<[f64; LANES]>,
}

impl CurveBlock {
    /// Number of the block's first curve.
    pub fn first_curve(&self) -> usize {
        self.first
    }

    /// How many of the eight curves count: fewer than eight only at the end.
    pub fn curves(&self) -> usize {
        self.curves
    }

    /// Zero rates to be filled: settlement first, then the grid's dates (see [`CurveSweep::times`]).
    pub fn zero_rates_mut(&mut self) -> &mut [ZeroRateLanes] {
        &mut self.zeros
    }

    /// Price paid per 100 of a security under one of the block's curves; `None` outside both.
    pub fn dirty_price(&self, security: usize, curve: usize) -> Option<DirtyPrice> {
        if curve >= self.curves {
            return None;
        }
        let prices = self.prices.get(security)?;
        prices
            .get(curve)
            .map(|price| DirtyPrice::from_per_100(*price))
    }

    /// Prices paid per 100 at settlement under the eight curves, by security, as plain numbers.
    pub fn dirty_prices_per_100(&self) -> &[[f64; LANES]] {
        &self.prices
    }
}

/// What pricing everything under one curve costs. Divided by the number of securities: a security-scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepWork {
    /// Additions, subtractions and multiplications.
    pub operations: usize,
    /// Bytes read and written by the loops; a block of eight curves stays in the caches.
    pub cache_bytes: usize,
    /// Bytes that must come from and go to memory: zero rates in, prices out.
    pub memory_bytes: usize,
}

impl RepricingGrid {
    /// Prepares the pricing under many curves with this date.
    pub fn sweep(&self, as_of: Date) -> Result<CurveSweep<'_>, CurveError> {
        let times = self.times_from(as_of)?;
        Ok(CurveSweep {
            grid: self,
            times,
            width: Width::widest(),
        })
    }
}

impl CurveSweep<'_> {
    /// The times at which zero rates are needed: settlement first, then every payment date.
    pub fn times(&self) -> &[Years] {
        &self.times
    }

    /// The same sweep with vectors of this width, or the narrowest where the machine lacks it. Prices do not change by a bit.
    pub fn with_width(self, width: Width) -> Self {
        CurveSweep { width, ..self }
    }

    /// What one curve costs, counted from the loops.
    pub fn work(&self) -> SweepWork {
        let dates = self.times.len().saturating_sub(1);
        let plan = self.grid.plan().work();
        SweepWork {
            // Exponent: a product and a subtraction; then the exponential.
            operations: dates * (2 + OPERATIONS_OF_EXP) + plan.operations,
            // Zero rate and time read, factor written; then the plan's.
            cache_bytes: 8 * (3 * dates + plan.numbers),
            memory_bytes: 8 * (self.times.len() + self.grid.securities()),
        }
    }

    /// A block to be filled.
    pub fn block(&self) -> CurveBlock {
        CurveBlock {
            first: 0,
            curves: LANES,
            zeros: vec![ZeroRateLanes([0.0; LANES]); self.times.len()],
            discounts: vec![[0.0; LANES]; self.times.len().saturating_sub(1)],
            work: Vec::new(),
            prices: Vec::new(),
        }
    }

    /// Prices a filled block.
    pub fn price(&self, block: &mut CurveBlock) {
        at(
            self.width,
            Discounts {
                times: &self.times,
                zeros: &block.zeros,
                discounts: &mut block.discounts,
            },
        );
        self.grid.plan().price_eight(
            self.width,
            &block.discounts,
            &mut block.work,
            &mut block.prices,
        );
    }

    /// Prices under one curve given by its zero rates at [`CurveSweep::times`]: the scalar path, whose bits the blocks repeat.
    pub fn dirty_prices(&self, zero_rates: &[ZeroRate]) -> Result<Vec<DirtyPrice>, CurveError> {
        count("zero rates", zero_rates.len(), self.times.len())?;
        let mut exponents = self
            .times
            .iter()
            .zip(zero_rates)
            .map(|(t, z)| z.decimal() * t.0);
        let start = exponents.next().unwrap_or(0.0);
        let discounts: Vec<f64> = exponents.map(|at| brandish_math::exp(start - at)).collect();
        let mut prices = Vec::with_capacity(self.grid.securities());
        let take = |price| prices.push(DirtyPrice::from_per_100(price));
        self.grid.plan().price_one(&discounts, take);
        Ok(prices)
    }

    /// Zero rates of a curve of the sweep's date at its times, for [`CurveSweep::dirty_prices`] or a block.
    pub fn zero_rates(&self, curve: &DiscountCurve) -> Vec<ZeroRate> {
        self.times.iter().map(|t| curve.zero_rate(*t)).collect()
    }

    /// Prices curves 0 to `curves` on this thread. `fill` is told the first curve of a block and writes its zero rates (lanes
    /// beyond the last curve may stay as they are); `take` sees the priced block. An error of `fill` ends the sweep.
    pub fn for_each_block<E>(
        &self,
        curves: usize,
        mut fill: impl FnMut(usize, &mut [ZeroRateLanes]) -> Result<(), E>,
        mut take: impl FnMut(&CurveBlock),
    ) -> Result<(), E> {
        let mut block = self.block();
        self.price_range(0..curves, &mut block, &mut fill, &mut take)
    }

    /// The same on all threads of the current rayon pool. Each [`CHUNK`] of curves is gathered in a value made by
    /// `work.start`; the values are handed to `collect` in the order of the curves, so a sum over them has the same bits at
    /// any number of threads. A few chunks a thread are in memory at once, never all.
    pub fn for_each_chunk<A: Send, E: Send>(
        &self,
        curves: usize,
        work: &impl ChunkWork<Chunk = A, Error = E>,
        mut collect: impl FnMut(A),
    ) -> Result<(), E> {
        let round = 4 * rayon::current_num_threads().max(1) * CHUNK;
        let mut start = 0;
        while start < curves {
            let end = curves.min(start.saturating_add(round));
            let chunks = (end - start).div_ceil(CHUNK);
            let done: Vec<Result<A, E>> = (0..chunks)
                .into_par_iter()
                .map_init(
                    || self.block(),
                    |block, chunk| {
                        let from = start + chunk * CHUNK;
                        let mut gathered = work.start();
                        self.price_range(
                            from..end.min(from + CHUNK),
                            block,
                            &mut |first, zeros: &mut [ZeroRateLanes]| work.fill(first, zeros),
                            &mut |block: &CurveBlock| work.take(&mut gathered, block),
                        )?;
                        Ok(gathered)
                    },
                )
                .collect();
            for chunk in done {
                collect(chunk?);
            }
            start = end;
        }
        Ok(())
    }

    fn price_range<E>(
        &self,
        curves: std::ops::Range<usize>,
        block: &mut CurveBlock,
        fill: &mut impl FnMut(usize, &mut [ZeroRateLanes]) -> Result<(), E>,
        take: &mut impl FnMut(&CurveBlock),
    ) -> Result<(), E> {
        let mut first = curves.start;
        while first < curves.end {
            block.first = first;
            block.curves = LANES.min(curves.end - first);
            fill(first, &mut block.zeros)?;
            self.price(block);
            take(block);
            first += LANES;
        }
        Ok(())
    }
}

/// What [`CurveSweep::for_each_chunk`] does with curves on many threads.
pub trait ChunkWork: Sync {
    /// What is gathered from a chunk of curves.
    type Chunk: Send;
    /// What can go wrong with a curve.
    type Error: Send;

    /// Nothing gathered yet.
    fn start(&self) -> Self::Chunk;
    /// Writes the zero rates of eight curves from `first` on.
    fn fill(&self, first: usize, zero_rates: &mut [ZeroRateLanes]) -> Result<(), Self::Error>;
    /// Takes what is wanted of a priced block.
    fn take(&self, gathered: &mut Self::Chunk, block: &CurveBlock);
}

/// D_i = e^(z_s t_s - z_i t_i) of eight curves.
struct Discounts<'a> {
    times: &'a [Years],
    zeros: &'a [ZeroRateLanes],
    discounts: &'a mut [[f64; LANES]],
}

impl Kernel for Discounts<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let (Some(settlement), Some(zeros)) = (self.times.first(), self.zeros.first()) else {
            return;
        };
        let start: [f64; LANES] = zeros.0.map(|zero| zero * settlement.0);
        for ((t, zeros), discount) in self.times[1..]
            .iter()
            .zip(&self.zeros[1..])
            .zip(self.discounts)
        {
            let mut exponent = start;
            for (value, zero) in exponent.iter_mut().zip(zeros.0) {
                *value -= zero * t.0;
            }
            *discount = exp_lanes(exponent);
        }
    }
}
