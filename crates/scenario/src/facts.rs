//! What one path says, as a list of facts in a fixed order.
//!
//! The same walk names the facts (once) and reads their values (once per draw), so a column of the table of draws
//! can never be about something else than its key. Amounts are $bn of market value; ten-year equivalents weigh a
//! bucket by its duration over that of a ten-year par bond. The peak is the yield change of largest size, with its sign.

use std::sync::Arc;

use brandish_habitat::{
    BUCKET_LABELS, BUCKETS, ClearingDay, ClearingPath, SECTOR_NAMES, SECTORS, ten_year_equivalents,
};
use brandish_units::Tenor;

use crate::bands::FactKey;
use crate::days::Days;
use crate::tenors::TenorMap;

/// Names of the two holders that are not slow sectors.
pub const SPECIALISTS: &str = "specialists";
/// The Fed's purchases under its rule and otherwise.
pub const FEDERAL_RESERVE: &str = "Federal Reserve";

const ENGINE: &str = "habitat::clear";

/// What turns a path into facts.
#[derive(Debug)]
pub struct FactPlan {
    days: Days,
    tenors: TenorMap,
    sectors: Vec<Arc<str>>,
    specialists: Arc<str>,
    federal_reserve: Arc<str>,
    ten_year: [f64; BUCKETS],
    baseline_pct: Vec<(Tenor, f64)>,
}

impl FactPlan {
    /// A plan for a run of these days, from these par yields (percent) of the as-of day.
    #[must_use]
    pub fn new(days: Days, tenors: TenorMap, baseline_pct: Vec<(Tenor, f64)>) -> Self {
        Self {
            days,
            tenors,
            sectors: SECTOR_NAMES.iter().map(|name| Arc::from(*name)).collect(),
            specialists: Arc::from(SPECIALISTS),
            federal_reserve: Arc::from(FEDERAL_RESERVE),
            ten_year: ten_year_equivalents(),
            baseline_pct,
        }
    }

    /// The days of the run.
    #[must_use]
    pub const fn days(&self) -> &Days {
        &self.days
    }

    /// How buckets become tenors.
    #[must_use]
    pub const fn tenors(&self) -> &TenorMap {
        &self.tenors
    }

    /// Walks over all facts of a path and hands each to `emit`. `long_run_bp` are the closed-form long-run yields by bucket.
    pub fn walk(
        &self,
        path: &ClearingPath,
        long_run_bp: Option<&[f64; BUCKETS]>,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        self.yields(path, long_run_bp, emit);
        self.levels(path, emit);
        self.peak_utilization(path, emit);
        for day in self.days.weekly() {
            if let Some(state) = state(path, day) {
                self.inventory_by_bucket(state, day, emit);
            }
        }
        for day in self.days.chart() {
            if let Some(state) = state(path, *day) {
                self.market(state, *day, emit);
            }
        }
        for day in self.days.key() {
            if let Some(state) = state(path, day) {
                self.absorbers_by_bucket(state, day, emit);
            }
        }
    }

    /// Who holds what, bucket by bucket, on the chart days that [`Self::walk`] leaves to totals: for the central path, where
    /// it adds up; bands of so many small numbers would say little.
    pub fn walk_central(
        &self,
        path: &ClearingPath,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        let key = self.days.key();
        for day in self.days.chart().iter().filter(|day| !key.contains(day)) {
            if let Some(state) = state(path, *day) {
                self.absorbers_by_bucket(state, *day, emit);
            }
        }
    }

    fn yields(
        &self,
        path: &ClearingPath,
        long_run_bp: Option<&[f64; BUCKETS]>,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        for tenor in Tenor::ALL {
            let change = |day: u32| {
                state(path, day).map_or(0.0, |state| self.tenors.change(&state.yields_bp, tenor).0)
            };
            let every_day: Vec<u32>;
            let reported = if tenor == Tenor::Y10 {
                every_day = (0..=self.days.horizon()).collect();
                &every_day
            } else {
                self.days.chart()
            };
            for day in reported {
                let day = *day;
                emit(
                    &|| {
                        FactKey::new("yield_change", "bp", ENGINE)
                            .at(tenor)
                            .on(day, self.days.date(day))
                    },
                    change(day),
                );
            }
            let peak = (0..=self.days.horizon())
                .map(|day| (day, change(day)))
                .fold((0, 0.0_f64), |best, next| {
                    if next.1.abs() > best.1.abs() {
                        next
                    } else {
                        best
                    }
                });
            emit(
                &|| {
                    FactKey::new("yield_change_peak", "bp", ENGINE)
                        .at(tenor)
                        .on_its_day(peak.0, self.days.date(peak.0))
                },
                peak.1,
            );
            emit(
                &|| {
                    FactKey::new("yield_change_day1", "bp", ENGINE)
                        .at(tenor)
                        .on_its_day(1, self.days.date(1))
                },
                change(1),
            );
            if let Some(buckets) = long_run_bp {
                emit(
                    &|| FactKey::new("yield_change_long_run", "bp", "habitat::long_run").at(tenor),
                    self.tenors.change(buckets, tenor).0,
                );
            }
        }
    }

    /// The curve after: the par yield of the as-of day plus the change, on day 1 (the answer to mere words) and on the days
    /// of the summary tables.
    fn levels(&self, path: &ClearingPath, emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64)) {
        let mut days = self.days.key();
        if !days.contains(&1) {
            days.insert(0, 1);
        }
        for (tenor, before) in &self.baseline_pct {
            for day in days.iter().copied() {
                if let Some(state) = state(path, day) {
                    emit(
                        &|| {
                            FactKey::new("yield_level", "pct", ENGINE)
                                .at(*tenor)
                                .on(day, self.days.date(day))
                        },
                        before + self.tenors.change(&state.yields_bp, *tenor).0 / 100.0,
                    );
                }
            }
        }
    }

    fn peak_utilization(
        &self,
        path: &ClearingPath,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        let peak = path
            .days
            .iter()
            .map(|day| day.utilization)
            .fold(0.0, f64::max);
        emit(&|| FactKey::new("utilization_peak", "ratio", ENGINE), peak);
    }

    /// What specialists hold by maturity.
    fn inventory_by_bucket(
        &self,
        state: &ClearingDay,
        day: u32,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        for (bucket, label) in BUCKET_LABELS.iter().enumerate() {
            emit(
                &|| {
                    FactKey::new("inventory_ten_year_equivalents", "usd_bn", ENGINE)
                        .on(day, self.days.date(day))
                        .within(label)
                },
                state.inventory_usd_bn[bucket] * self.ten_year[bucket],
            );
        }
    }

    /// Utilization, forced sales, the Fed, specialists and slow sectors on one day.
    fn market(
        &self,
        state: &ClearingDay,
        day: u32,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        let on = |measure, unit| FactKey::new(measure, unit, ENGINE).on(day, self.days.date(day));
        let face = |buckets: &[f64; BUCKETS]| buckets.iter().sum::<f64>();
        let equivalents = |buckets: &[f64; BUCKETS]| {
            buckets
                .iter()
                .zip(&self.ten_year)
                .map(|(amount, weight)| amount * weight)
                .sum::<f64>()
        };
        emit(&|| on("utilization", "ratio"), state.utilization);
        emit(&|| on("sold", "usd_bn"), face(&state.sold_usd_bn));
        emit(
            &|| on("sold_ten_year_equivalents", "usd_bn"),
            equivalents(&state.sold_usd_bn),
        );
        emit(
            &|| on("forced_sales", "usd_bn"),
            face(&state.forced_sales_usd_bn),
        );
        emit(
            &|| on("forced_sales_ten_year_equivalents", "usd_bn"),
            equivalents(&state.forced_sales_usd_bn),
        );
        emit(
            &|| on("fed_purchases", "usd_bn"),
            face(&state.fed_purchases_usd_bn),
        );
        emit(&|| on("inventory", "usd_bn"), face(&state.inventory_usd_bn));
        let slow: f64 = state.holdings_usd_bn.iter().map(&face).sum();
        emit(
            &|| on("absorbed", "usd_bn"),
            slow + face(&state.inventory_usd_bn) + face(&state.fed_purchases_usd_bn),
        );
        let mut switching = 0.0;
        for sector in 0..SECTORS {
            // Outright purchases; what a sector merely switches along the curve is a block of its own.
            let outright: [f64; BUCKETS] = std::array::from_fn(|i| {
                state.holdings_usd_bn[sector][i] - state.switching_usd_bn[sector][i]
            });
            switching += face(&state.switching_usd_bn[sector]);
            self.purchases(
                &self.sectors[sector],
                face(&outright),
                equivalents(&outright),
                &on,
                emit,
            );
        }
        emit(&|| on("switching", "usd_bn"), switching);
        self.purchases(
            &self.specialists,
            face(&state.inventory_usd_bn),
            equivalents(&state.inventory_usd_bn),
            &on,
            emit,
        );
        self.purchases(
            &self.federal_reserve,
            face(&state.fed_purchases_usd_bn),
            equivalents(&state.fed_purchases_usd_bn),
            &on,
            emit,
        );
    }

    fn purchases(
        &self,
        holder: &Arc<str>,
        face: f64,
        equivalents: f64,
        on: &dyn Fn(&'static str, &'static str) -> FactKey,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        emit(&|| on("purchases", "usd_bn").of(holder), face);
        emit(
            &|| on("purchases_ten_year_equivalents", "usd_bn").of(holder),
            equivalents,
        );
    }

    /// What was sold and who holds it, by bucket: adds up bucket by bucket to sold plus forced.
    fn absorbers_by_bucket(
        &self,
        state: &ClearingDay,
        day: u32,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        for (bucket, label) in BUCKET_LABELS.iter().enumerate() {
            let on = |measure| {
                FactKey::new(measure, "usd_bn", ENGINE)
                    .on(day, self.days.date(day))
                    .within(label)
            };
            emit(&|| on("sold"), state.sold_usd_bn[bucket]);
            emit(&|| on("forced_sales"), state.forced_sales_usd_bn[bucket]);
            let mut switching = 0.0;
            for sector in 0..SECTORS {
                let switched = state.switching_usd_bn[sector][bucket];
                switching += switched;
                emit(
                    &|| on("purchases").of(&self.sectors[sector]),
                    state.holdings_usd_bn[sector][bucket] - switched,
                );
            }
            emit(&|| on("switching"), switching);
            emit(
                &|| on("purchases").of(&self.specialists),
                state.inventory_usd_bn[bucket],
            );
            emit(
                &|| on("purchases").of(&self.federal_reserve),
                state.fed_purchases_usd_bn[bucket],
            );
        }
    }
}

/// The state of the market on a day; day 0 is the baseline and has none.
fn state(path: &ClearingPath, day: u32) -> Option<&ClearingDay> {
    (day as usize)
        .checked_sub(1)
        .and_then(|index| path.days.get(index))
}
