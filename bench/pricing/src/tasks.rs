//! The timed tasks: repricing under many curves, price to yield and back, a Svensson fit.
//!
//! Every task runs on the numbers that the script wrote and keeps its results for the script to compare. A time is the fastest of
//! some repetitions. Beside the peers' notes and bonds stands all that was outstanding, with TIPS as payments that grow and FRNs as
//! principal on the next reset, priced under curves that are made on the way.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use brandish_curve::{
    ChunkWork, CurveBlock, CurveError, CurveSweep, FitQuotes, QuotedSecurity, RepricingGrid,
    SweepWork, ZeroRateLanes, fit_svensson, sweep::LANES,
};
use brandish_treasury::{
    AmountPer100, Bill, BillTerms, CashFlow, CouponTerms, NominalAtSettlement, NominalCoupon,
    Security,
};
use brandish_units::{CleanPrice, CouponRate, Cusip, Date, DirtyPrice};

use crate::peak;

type Outcome<T> = Result<T, String>;

fn words<E: std::fmt::Display>(error: E) -> String {
    error.to_string()
}

/// Seconds of the fastest of some repetitions.
#[allow(clippy::disallowed_methods)] // a stopwatch is what this program is
fn fastest(repetitions: usize, mut work: impl FnMut() -> Outcome<()>) -> Outcome<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..repetitions {
        let start = std::time::Instant::now();
        work()?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    Ok(best)
}

/// Largest resident memory of this process so far, KiB (Linux).
fn peak_memory_kib() -> Outcome<f64> {
    let text = std::fs::read_to_string("/proc/self/status").map_err(words)?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let line = line.ok_or("/proc/self/status has no VmHWM")?;
    let number = line.trim().trim_end_matches("kB").trim();
    number.parse::<f64>().map_err(words)
}

fn put_work(
    put: &mut impl FnMut(&str, f64) -> Outcome<()>,
    name: &str,
    work: SweepWork,
) -> Outcome<()> {
    put(&format!("{name}_operations"), work.operations as f64)?;
    put(&format!("{name}_cache_bytes"), work.cache_bytes as f64)?;
    put(&format!("{name}_memory_bytes"), work.memory_bytes as f64)
}

struct Input {
    settlement: Date,
    as_of: Date,
    curves: usize,
    /// One row per time.
    zeros: Vec<f64>,
    coupons: Vec<NominalCoupon>,
    /// Payments of everything outstanding.
    all: Vec<Vec<CashFlow>>,
    bills: Vec<Bill>,
}

/// Reads the folder and runs everything.
pub fn run(folder: &str) -> Outcome<String> {
    let folder = Path::new(folder);
    let input = read(folder)?;
    let mut json = String::from("{");
    let mut put = |name: &str, value: f64| {
        let comma = if json.len() > 1 { ", " } else { "" };
        write!(json, "{comma}\"{name}\": {value:e}").map_err(words)
    };
    let flows = input
        .coupons
        .iter()
        .map(|coupon| coupon.cash_flows(input.settlement).map_err(words))
        .collect::<Outcome<Vec<_>>>()?;
    let grid = RepricingGrid::new(input.settlement, &flows).map_err(words)?;
    let sweep = grid.sweep(input.as_of).map_err(words)?;
    if sweep.times().len() * input.curves != input.zeros.len() {
        return Err(format!(
            "{} times here, {} zero rates for {} curves there",
            sweep.times().len(),
            input.zeros.len(),
            input.curves
        ));
    }
    put("securities", flows.len() as f64)?;
    put("dates", grid.dates().len() as f64)?;
    let mut prices = vec![[0.0; LANES]; flows.len() * input.curves.div_ceil(LANES)];
    let seconds = fastest(50, || {
        reprice(&sweep, &input.zeros, input.curves, &mut prices)
    })?;
    put("reprice_s", seconds)?;
    put_work(&mut put, "reprice", sweep.work())?;
    save(folder, "prices.bin", prices.as_flattened())?;

    // Everything outstanding under many curves: the matrix again and again, so that inputs stay what they are elsewhere.
    let all = RepricingGrid::new(input.settlement, &input.all).map_err(words)?;
    let sweep = all.sweep(input.as_of).map_err(words)?;
    let many = Many::new(&sweep, 10_000);
    put("all_securities", input.all.len() as f64)?;
    put("all_dates", all.dates().len() as f64)?;
    put_work(&mut put, "all", sweep.work())?;
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(words)?;
        let mut sum = 0.0;
        let seconds = pool.install(|| {
            fastest(20, || {
                sum = 0.0;
                sweep
                    .for_each_chunk(many.curves, &many, |part| sum += part)
                    .map_err(words)
            })
        })?;
        put(&format!("all_{threads}_s"), seconds)?;
        put(&format!("all_{threads}_sum"), sum)?;
    }

    // A million curves stream: what is in memory does not grow with them.
    let before = peak_memory_kib()?;
    let million = Many::new(&sweep, 1_000_000);
    let mut sum = 0.0;
    let seconds = fastest(1, || {
        sweep
            .for_each_chunk(million.curves, &million, |part| sum += part)
            .map_err(words)
    })?;
    put("million_s", seconds)?;
    put("million_kib", peak_memory_kib()? - before)?;
    black_box(sum);

    // What the machine can do at most.
    let seconds = fastest(5, || {
        peak::operations();
        Ok(())
    })?;
    put("peak_operations_per_s", peak::OPERATIONS as f64 / seconds)?;
    let array = peak::array();
    let seconds = fastest(5, || {
        peak::memory(&array);
        Ok(())
    })?;
    put("peak_bytes_per_s", peak::BYTES as f64 / seconds)?;
    drop(array);

    // Price -> yield and back: the prices of the first curve.
    let views = input
        .coupons
        .iter()
        .map(|coupon| coupon.at_settlement(input.settlement).map_err(words))
        .collect::<Outcome<Vec<NominalAtSettlement>>>()?;
    let dirty: Vec<DirtyPrice> = (0..views.len())
        .map(|i| DirtyPrice::from_per_100(prices[i][0]))
        .collect();
    let mut yields = vec![0.0; views.len()];
    let seconds = fastest(200, || {
        for ((view, price), found) in views.iter().zip(&dirty).zip(&mut yields) {
            *found = view
                .street_yield_from_dirty_price(*price)
                .map_err(words)?
                .decimal();
        }
        black_box(&yields);
        Ok(())
    })?;
    put("yield_each_s", seconds / views.len() as f64)?;
    save(folder, "yields.bin", &yields)?;
    let rates: Vec<_> = yields
        .iter()
        .map(|y| brandish_units::BondYield::from_decimal(*y))
        .collect();
    let seconds = fastest(200, || {
        let mut sum = 0.0;
        for (view, rate) in views.iter().zip(&rates) {
            sum += view
                .street_dirty_price_from_yield(*rate)
                .map_err(words)?
                .per_100();
        }
        black_box(sum);
        Ok(())
    })?;
    put("price_each_s", seconds / views.len() as f64)?;

    // Svensson: 300 of them at the prices of the first curve, moved by up to 2 bp of price times years.
    let quoted: Vec<QuotedSecurity> = input
        .coupons
        .iter()
        .zip(&dirty)
        .take(300)
        .enumerate()
        .map(|(k, (coupon, dirty))| {
            let years = f64::from(coupon.stream().maturity() - input.settlement) / 365.25;
            let moved =
                dirty.per_100() * (1.0 - 2e-4 * (k as f64 * 2.399_963).sin() * years.min(16.0));
            let accrued = coupon.stream().accrued(input.settlement).map_err(words)?;
            Ok(QuotedSecurity {
                security: Security::Note(*coupon),
                clean: CleanPrice::from_per_100(moved - accrued.per_100()),
            })
        })
        .collect::<Outcome<Vec<_>>>()?;
    let quotes = FitQuotes::new(input.as_of, input.settlement, &quoted).map_err(words)?;
    let mut fit = None;
    let seconds = fastest(20, || {
        fit = Some(fit_svensson(&quotes).map_err(words)?);
        Ok(())
    })?;
    put("svensson_s", seconds)?;
    if let Some(fit) = fit {
        put("svensson_rms_bp", fit.root_mean_square.bp())?;
        put("svensson_steps", fit.steps as f64)?;
    }
    put("bills", input.bills.len() as f64)?;
    json.push('}');
    Ok(json)
}

/// Prices under the matrix of zero rates, eight curves by security, one block after another: the order in which they stream.
fn reprice(
    sweep: &CurveSweep<'_>,
    zeros: &[f64],
    curves: usize,
    prices: &mut [[f64; LANES]],
) -> Outcome<()> {
    let mut blocks = prices.chunks_exact_mut(prices.len() / curves.div_ceil(LANES));
    sweep
        .for_each_block(
            curves,
            |first, lanes: &mut [ZeroRateLanes]| -> Outcome<()> {
                let count = LANES.min(curves - first);
                for (lanes, row) in lanes.iter_mut().zip(zeros.chunks_exact(curves)) {
                    let mut eight = [0.0; LANES];
                    eight[..count].copy_from_slice(&row[first..first + count]);
                    *lanes = ZeroRateLanes::from_decimals(eight);
                }
                Ok(())
            },
            |block: &CurveBlock| {
                if let Some(kept) = blocks.next() {
                    kept.copy_from_slice(block.dirty_prices_per_100());
                }
            },
        )
        .map_err(words)
}

/// Curves made on the way: level, slope and hump by their number.
struct Many {
    curves: usize,
    /// Base zero rate, slope and hump at each time.
    shapes: Vec<[f64; 3]>,
}

impl Many {
    fn new(sweep: &CurveSweep<'_>, curves: usize) -> Many {
        let shapes = sweep.times().iter().map(|t| {
            let t = t.years();
            [
                0.035 + 0.01 * (1.0 - (-t / 6.0).exp()),
                t / 30.0,
                (-((t - 5.0) / 4.0).powi(2)).exp(),
            ]
        });
        Many {
            curves,
            shapes: shapes.collect(),
        }
    }
}

impl ChunkWork for Many {
    type Chunk = f64;
    type Error = CurveError;

    fn start(&self) -> f64 {
        0.0
    }

    fn fill(&self, first: usize, zero_rates: &mut [ZeroRateLanes]) -> Result<(), CurveError> {
        let part = |k: usize, step: f64| ((first + k) as f64 * step).fract() - 0.5;
        let level: [f64; LANES] = std::array::from_fn(|k| 0.03 * part(k, 0.618_033_988_749_894_9));
        let slope: [f64; LANES] = std::array::from_fn(|k| 0.02 * part(k, 0.754_877_666_246_692_8));
        let hump: [f64; LANES] = std::array::from_fn(|k| 0.01 * part(k, 0.819_172_513_396_164_5));
        for (lanes, shape) in zero_rates.iter_mut().zip(&self.shapes) {
            let mut eight = [0.0; LANES];
            for k in 0..LANES {
                eight[k] = shape[0] + level[k] + slope[k] * shape[1] + hump[k] * shape[2];
            }
            *lanes = ZeroRateLanes::from_decimals(eight);
        }
        Ok(())
    }

    fn take(&self, gathered: &mut f64, block: &CurveBlock) {
        let mut sums = [0.0; LANES];
        for eight in block.dirty_prices_per_100() {
            for (sum, price) in sums.iter_mut().zip(eight) {
                *sum += price;
            }
        }
        *gathered += sums.iter().sum::<f64>();
    }
}

fn save(folder: &Path, name: &str, values: &[f64]) -> Outcome<()> {
    let bytes: Vec<u8> = values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    std::fs::write(folder.join(name), bytes).map_err(words)
}

fn read(folder: &Path) -> Outcome<Input> {
    let text = |name: &str| {
        std::fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))
    };
    let settings = text("settings.csv")?;
    let cells: Vec<&str> = settings.trim().split(',').collect();
    let [as_of, settlement, curves] = cells.as_slice() else {
        return Err("settings.csv: as-of, settlement, curves".to_owned());
    };
    let bytes = std::fs::read(folder.join("zeros.bin")).map_err(words)?;
    let zeros = bytes
        .as_chunks::<8>()
        .0
        .iter()
        .map(|eight| f64::from_le_bytes(*eight))
        .collect();
    let mut input = Input {
        as_of: as_of.parse().map_err(words)?,
        settlement: settlement.parse().map_err(words)?,
        curves: curves.parse().map_err(words)?,
        zeros,
        coupons: Vec::new(),
        all: Vec::new(),
        bills: Vec::new(),
    };
    let cusip: Cusip = "912810RN0".parse().map_err(words)?;
    for line in text("securities.csv")?.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let [kind, coupon, maturity, peers] = cells.as_slice() else {
            return Err(format!("securities.csv: {line}"));
        };
        let maturity: Date = maturity.parse().map_err(words)?;
        let issue = input.settlement;
        let terms = |coupon: &str| -> Outcome<NominalCoupon> {
            NominalCoupon::new(CouponTerms {
                cusip,
                coupon: CouponRate::from_percent(coupon.parse().map_err(words)?),
                issue,
                dated: None,
                first_interest: None,
                maturity,
            })
            .map_err(words)
        };
        match *kind {
            "bill" => {
                let bill = Bill::new(BillTerms {
                    cusip,
                    issue,
                    maturity,
                })
                .map_err(words)?;
                input.all.push(bill.cash_flows(issue).map_err(words)?);
                input.bills.push(bill);
            }
            "note" | "bond" if *peers == "1" => input.coupons.push(terms(coupon)?),
            "note" | "bond" => input
                .all
                .push(terms(coupon)?.cash_flows(issue).map_err(words)?),
            // Real payments that grow at 2.3% a year: no two alike, as the kernel meets them.
            "tips" => input.all.push(
                terms(coupon)?
                    .cash_flows(issue)
                    .map_err(words)?
                    .into_iter()
                    .map(|flow| {
                        let years = f64::from(flow.date - issue) / 365.25;
                        let grown = flow.amount.per_100() * 1.2 * (0.023 * years).exp();
                        CashFlow {
                            date: flow.date,
                            amount: AmountPer100::from_per_100(grown),
                        }
                    })
                    .collect(),
            ),
            // Quarterly spread, principal on the next reset.
            _ => {
                let mut flows = vec![CashFlow {
                    date: issue.plus_days(7),
                    amount: AmountPer100::from_per_100(100.0),
                }];
                let mut k = 0;
                loop {
                    let date = maturity.plus_months(-3 * k);
                    if date <= issue.plus_days(7) {
                        break;
                    }
                    flows.push(CashFlow {
                        date,
                        amount: AmountPer100::from_per_100(0.04 + 0.001 * f64::from(k % 3)),
                    });
                    k += 1;
                }
                input.all.push(flows);
            }
        }
    }
    Ok(input)
}
