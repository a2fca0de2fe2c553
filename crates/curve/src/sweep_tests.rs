//! Sweeps against single curves: bits, order, threads.

use brandish_math::wide::Width;
use brandish_treasury::{AmountPer100, CashFlow};
use brandish_units::{Date, ZeroRate};
use proptest::prelude::*;

use crate::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Securities with regular coupons, odd first coupons, bills and irregular payments, from small numbers.
fn securities(settlement: Date, shapes: &[(u8, u16, u16)]) -> Vec<Vec<CashFlow>> {
    shapes
        .iter()
        .map(|(shape, months, tenths)| {
            let last = settlement
                .plus_days(12)
                .plus_months(i32::from(months % 360));
            let coupon = f64::from(tenths % 80) / 16.0;
            let count = i32::from(months % 360) / 6;
            let mut flows: Vec<CashFlow> = (0..=count)
                .map(|k| CashFlow {
                    date: last.plus_months(-6 * (count - k)),
                    amount: AmountPer100::from_per_100(match (shape % 4, k) {
                        (0, _) => coupon,
                        (1, 0) => coupon * 0.6,
                        (2, k) => coupon + f64::from(k) * 0.01,
                        (3, 0) => 0.0,
                        _ => coupon,
                    }),
                })
                .collect();
            if let Some(flow) = flows.last_mut() {
                flow.amount = AmountPer100::from_per_100(flow.amount.per_100() + 100.0);
            }
            flows
        })
        .collect()
}

/// Zero rate of curve `curve` at a time.
fn zero(curve: usize, years: f64) -> f64 {
    let x = curve as f64 * 0.618_033_988_749_894_9;
    0.03 + 0.02 * (x.fract() - 0.5) + 0.004 * (years * (0.1 + x.fract())).sin()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Every width, every lane: the bits of the scalar path; and its prices are the payments discounted one by one.
    #[test]
    fn lanes_repeat_the_scalar_path_bit_for_bit(
        shapes in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..60),
        curves in 1_usize..30,
    ) {
        let as_of = date("2025-05-01");
        let settlement = date("2025-05-02");
        let flows = securities(settlement, &shapes);
        let grid = RepricingGrid::new(settlement, &flows).unwrap();
        let sweep = grid.sweep(as_of).unwrap();
        let times = sweep.times().to_vec();
        let scalar: Vec<Vec<u64>> = (0..curves)
            .map(|curve| {
                let zeros: Vec<ZeroRate> =
                    times.iter().map(|t| ZeroRate::from_decimal(zero(curve, t.0))).collect();
                let prices = sweep.dirty_prices(&zeros).unwrap();
                for (price, flows) in prices.iter().zip(&flows) {
                    let start = zero(curve, times[0].0) * times[0].0;
                    let plain: f64 = flows
                        .iter()
                        .map(|flow| {
                            let t = f64::from(flow.date - as_of) / 365.25;
                            flow.amount.per_100() * (start - zero(curve, t) * t).exp()
                        })
                        .sum();
                    // At most 61 payments, each off by a few units in the last place.
                    assert!((price.per_100() - plain).abs() < 1e-11);
                }
                prices.iter().map(|price| price.per_100().to_bits()).collect()
            })
            .collect();
        for width in Width::ALL {
            let mut seen = 0;
            let sweep = grid.sweep(as_of).unwrap().with_width(width);
            let fill = |first: usize, zeros: &mut [ZeroRateLanes]| -> Result<(), CurveError> {
                for (zeros, t) in zeros.iter_mut().zip(&times) {
                    *zeros = ZeroRateLanes::from_decimals(std::array::from_fn(|k| zero(first + k, t.0)));
                }
                Ok(())
            };
            sweep.for_each_block(curves, fill, |block| {
                for lane in 0..block.curves() {
                    for (security, bits) in scalar[block.first_curve() + lane].iter().enumerate() {
                        let price = block.dirty_price(security, lane).unwrap();
                        assert_eq!(price.per_100().to_bits(), *bits, "{width:?} {security} {lane}");
                    }
                    seen += 1;
                }
                assert!(block.dirty_price(0, block.curves()).is_none());
            }).unwrap();
            prop_assert_eq!(seen, curves);
        }
    }
}

/// Sum of all prices of a chunk.
struct Sum<'a>(&'a CurveSweep<'a>);

impl ChunkWork for Sum<'_> {
    type Chunk = (usize, f64);
    type Error = CurveError;

    fn start(&self) -> (usize, f64) {
        (0, 0.0)
    }

    fn fill(&self, first: usize, zero_rates: &mut [ZeroRateLanes]) -> Result<(), CurveError> {
        if first > 20_000 {
            return Err(CurveError::NoPoints {
                as_of: date("2025-05-01"),
            });
        }
        for (zeros, t) in zero_rates.iter_mut().zip(self.0.times()) {
            *zeros = ZeroRateLanes::from_decimals(std::array::from_fn(|k| zero(first + k, t.0)));
        }
        Ok(())
    }

    fn take(&self, gathered: &mut (usize, f64), block: &CurveBlock) {
        for lane in 0..block.curves() {
            gathered.0 += 1;
            for prices in block.dirty_prices_per_100() {
                gathered.1 += prices[lane];
            }
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits_in_the_same_order() {
    let settlement = date("2025-05-02");
    let shapes: Vec<(u8, u16, u16)> = (0..40).map(|k| (k as u8, k * 37, k * 11)).collect();
    let grid = RepricingGrid::new(settlement, &securities(settlement, &shapes)).unwrap();
    let sweep = grid.sweep(date("2025-05-01")).unwrap();
    let mut results = Vec::new();
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let (mut count, mut sum) = (0, 0.0);
        pool.install(|| {
            sweep.for_each_chunk(9_001, &Sum(&sweep), |(curves, part)| {
                count += curves;
                sum += part;
            })
        })
        .unwrap();
        assert_eq!(count, 9_001);
        results.push(f64::to_bits(sum));
    }
    assert!(results.iter().all(|bits| *bits == results[0]));
    // What `fill` refuses ends the sweep and comes out.
    let mut last = 0;
    let refused = sweep.for_each_chunk(40_000, &Sum(&sweep), |(curves, _)| last += curves);
    assert!(refused.is_err() && last <= 20_992, "{last}");
}

#[test]
fn a_curve_in_a_block_prices_like_the_grid() {
    let as_of = date("2025-05-01");
    let settlement = date("2025-05-02");
    let shapes: Vec<(u8, u16, u16)> = (0..40).map(|k| (k as u8, k * 37, k * 11)).collect();
    let grid = RepricingGrid::new(settlement, &securities(settlement, &shapes)).unwrap();
    let parameters = SvenssonParameters {
        beta0_pct: 4.5,
        beta1_pct: -0.4,
        beta2_pct: -2.0,
        beta3_pct: 1.5,
        tau1_years: 1.8,
        tau2_years: 12.0,
    };
    let curve = DiscountCurve::from_svensson(as_of, parameters).unwrap();
    let sweep = grid.sweep(as_of).unwrap();
    let swept = sweep.dirty_prices(&sweep.zero_rates(&curve)).unwrap();
    let direct = grid.dirty_prices(&grid.discounts(&curve).unwrap()).unwrap();
    for (a, b) in swept.iter().zip(&direct) {
        // z(t) t and the integral differ by a rounding.
        assert!((a.per_100() - b.per_100()).abs() < 1e-11);
    }
    let refused = sweep.dirty_prices(&[]);
    assert!(matches!(refused, Err(CurveError::WrongCount { .. })));
}
