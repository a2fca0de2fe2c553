//! All draws of a camp, fact by fact: kept as they are up to a thousand, counted in bins beyond.
//!
//! Up to `KEPT` draws every value is kept and quantiles are exact. Beyond, each fact has a ladder of values taken from
//! its first draws, and further draws are only counted: on a rung, or between two. Between rungs values are taken as evenly
//! spread: that adds a tenth to a fifth of the Monte Carlo error of a quantile (one to four percent of its variance), and the memory
//! of a run does not grow with its draws. Counts do not depend on the order of the draws, so bits are the same at any number
//! of threads.

use brandish_math::quantile;
use rayon::prelude::*;

use crate::error::ScenarioError;
use crate::parameters::points::{SCRAMBLINGS, median_error};

/// Draws whose values are kept.
pub(crate) const KEPT: usize = 1024;
/// Rungs of a fact's ladder.
const RUNGS: usize = 160;
/// Groups of draws, by their number, that tell how far the median of all may be off: the independent scramblings.
const GROUPS: u64 = SCRAMBLINGS;
/// Half the width, in probability, over which the slope of the quantiles at the median is taken.
const NEAR_THE_MEDIAN: f64 = 0.05;
/// Points by which the values between two rungs are represented where distributions are pooled.
const POINTS: u32 = 16;

/// The values of all draws, by fact.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    count: usize,
    /// Numbers of the draws, as long as values are kept.
    numbers: Vec<u64>,
    /// Values by draw, as long as they are kept.
    kept: Vec<Vec<f64>>,
    /// One ladder per fact, once they are not.
    ladders: Vec<Ladder>,
}

impl Columns {
    pub(crate) const fn new() -> Self {
        Self {
            count: 0,
            numbers: Vec::new(),
            kept: Vec::new(),
            ladders: Vec::new(),
        }
    }

    /// Draws so far.
    pub(crate) const fn len(&self) -> usize {
        self.count
    }

    /// Takes further draws: the number of each, and one value per fact.
    pub(crate) fn take(&mut self, draws: Vec<(u64, Vec<f64>)>) {
        self.count += draws.len();
        if self.ladders.is_empty() {
            for (number, draw) in draws {
                self.numbers.push(number);
                self.kept.push(draw);
            }
            if self.kept.len() > KEPT {
                let draws = std::mem::take(&mut self.kept);
                let numbers = std::mem::take(&mut self.numbers);
                let facts = draws.first().map_or(0, Vec::len);
                self.ladders = (0..facts)
                    .into_par_iter()
                    .map(|fact| {
                        let values: Vec<f64> = draws.iter().map(|draw| draw[fact]).collect();
                        Ladder::of(&numbers, &values)
                    })
                    .collect();
            }
        } else {
            self.ladders
                .par_iter_mut()
                .enumerate()
                .for_each(|(fact, ladder)| {
                    for (number, draw) in &draws {
                        ladder.count(*number, draw[fact]);
                    }
                });
        }
    }

    /// The distribution of one fact.
    ///
    /// # Errors
    /// The first value that is not finite.
    pub(crate) fn distribution(&self, fact: usize) -> Result<Distribution<'_>, f64> {
        if let Some(ladder) = self.ladders.get(fact) {
            return match ladder.refused {
                Some(value) => Err(value),
                None => Ok(Distribution::Counted(ladder)),
            };
        }
        let values = self.kept.iter().map(|draw| draw[fact]).collect();
        self.of_kept(values)
    }

    /// The distributions of neighboring facts: every draw's values are read once, side by side as they lie.
    pub(crate) fn distributions(
        &self,
        facts: std::ops::Range<usize>,
    ) -> Vec<Result<Distribution<'_>, f64>> {
        if !self.ladders.is_empty() {
            return facts.map(|fact| self.distribution(fact)).collect();
        }
        let mut columns = vec![Vec::with_capacity(self.kept.len()); facts.len()];
        for draw in &self.kept {
            for (column, value) in columns.iter_mut().zip(&draw[facts.clone()]) {
                column.push(*value);
            }
        }
        columns
            .into_iter()
            .map(|values| self.of_kept(values))
            .collect()
    }

    fn of_kept(&self, values: Vec<f64>) -> Result<Distribution<'_>, f64> {
        if let Some(bad) = values.iter().find(|value| !value.is_finite()) {
            return Err(*bad);
        }
        let mut sorted = values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        Ok(Distribution::Kept {
            numbers: &self.numbers,
            values,
            sorted,
        })
    }
}

/// The values of one fact over the draws.
#[derive(Debug)]
pub(crate) enum Distribution<'a> {
    /// All of them.
    Kept {
        /// Numbers of the draws.
        numbers: &'a [u64],
        /// Values in the order of the numbers.
        values: Vec<f64>,
        /// Values in increasing order.
        sorted: Vec<f64>,
    },
    /// Counts.
    Counted(&'a Ladder),
}

impl Distribution<'_> {
    /// The type 7 quantile at `p`.
    pub(crate) fn quantile(&self, p: f64) -> Result<f64, ScenarioError> {
        Ok(match self {
            Self::Kept { sorted, .. } => quantile(sorted, p)?,
            Self::Counted(ladder) => quantile(&ladder.neighbors(p), ladder.within(p))?,
        })
    }

    /// Monte Carlo error of the median.
    pub(crate) fn median_error(&self) -> Result<f64, ScenarioError> {
        Ok(match self {
            Self::Kept {
                numbers, values, ..
            } => median_error(numbers, values)?,
            Self::Counted(ladder) => ladder.median_error(),
        })
    }

    /// The distribution as values with weights that sum to `weight`.
    pub(crate) fn weighted(&self, weight: f64, into: &mut Vec<(f64, f64)>) {
        match self {
            Self::Kept { sorted, .. } => {
                let each = weight / sorted.len() as f64;
                into.extend(sorted.iter().map(|value| (*value, each)));
            }
            Self::Counted(ladder) => ladder.weighted(weight, into),
        }
    }
}

/// Counts on the rungs of a ladder and between them.
#[derive(Debug, Clone)]
pub(crate) struct Ladder {
    /// Different values in increasing order.
    rungs: Vec<f64>,
    on: Vec<u32>,
    /// `between[i]` lies below rung `i` and above the one before; the last one above all.
    between: Vec<u32>,
    least: f64,
    most: f64,
    total: u64,
    /// A value near the median, and of every group of draws how many lie below it and how many there are.
    middle: f64,
    groups: [(u32, u32); GROUPS as usize],
    /// A value that is not finite, if one was seen.
    refused: Option<f64>,
}

impl Ladder {
    /// The ladder of the first draws, which it counts.
    fn of(numbers: &[u64], first: &[f64]) -> Self {
        let mut values: Vec<f64> = first
            .iter()
            .copied()
            .filter(|value| value.is_finite())
            .collect();
        values.sort_by(f64::total_cmp);
        let mut rungs: Vec<f64> = Vec::with_capacity(RUNGS);
        if let Some(last) = values.len().checked_sub(1) {
            rungs.extend((0..RUNGS).map(|rung| values[rung * last / (RUNGS - 1)]));
            rungs.dedup();
            rungs.shrink_to_fit();
        }
        let mut ladder = Self {
            on: vec![0; rungs.len()],
            between: vec![0; rungs.len() + 1],
            rungs,
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
            total: 0,
            middle: values.get(values.len() / 2).copied().unwrap_or(0.0),
            groups: [(0, 0); GROUPS as usize],
            refused: None,
        };
        for (number, value) in numbers.iter().zip(first) {
            ladder.count(*number, *value);
        }
        ladder
    }

    fn count(&mut self, number: u64, value: f64) {
        if !value.is_finite() {
            self.refused.get_or_insert(value);
            return;
        }
        self.total += 1;
        let group = &mut self.groups[(number % GROUPS) as usize];
        group.0 += u32::from(value < self.middle);
        group.1 += 1;
        self.least = self.least.min(value);
        self.most = self.most.max(value);
        let place = self.rungs.partition_point(|rung| *rung < value);
        match self.rungs.get(place) {
            Some(rung) if *rung == value => self.on[place] += 1,
            _ => self.between[place] += 1,
        }
    }

    /// The value of a rank from 0; values between two rungs are evenly spread.
    fn value(&self, rank: u64) -> f64 {
        let mut before = 0_u64;
        for place in 0..self.between.len() {
            let inside = u64::from(self.between[place]);
            if rank < before + inside {
                let (low, high) = self.ends(place);
                let share = (rank - before + 1) as f64 / (inside + 1) as f64;
                return low + share * (high - low);
            }
            before += inside;
            let on = self.on.get(place).map_or(0, |count| u64::from(*count));
            if rank < before + on {
                return self.rungs[place];
            }
            before += on;
        }
        self.most
    }

    /// Ends of the interval below rung `place`.
    fn ends(&self, place: usize) -> (f64, f64) {
        let low = match place.checked_sub(1) {
            Some(below) => self.rungs[below],
            None => self.least,
        };
        (low, self.rungs.get(place).copied().unwrap_or(self.most))
    }

    fn position(&self, p: f64) -> f64 {
        p * self.total.saturating_sub(1) as f64
    }

    /// The two order statistics about the quantile at `p`.
    fn neighbors(&self, p: f64) -> [f64; 2] {
        let rank = self.position(p).floor() as u64;
        [self.value(rank), self.value(rank + 1)]
    }

    /// Where the quantile lies between them.
    fn within(&self, p: f64) -> f64 {
        self.position(p).fract()
    }

    /// Monte Carlo error of the median: how much the groups' shares below a value near it differ, in units of the value. Groups are
    /// independent of each other whatever the draws within one have in common.
    fn median_error(&self) -> f64 {
        let shares: Vec<f64> = self
            .groups
            .iter()
            .filter(|(_, all)| *all > 0)
            .map(|(below, all)| f64::from(*below) / f64::from(*all))
            .collect();
        let count = shares.len() as f64;
        let mean = shares.iter().sum::<f64>() / count;
        let squares: f64 = shares.iter().map(|share| (share - mean).powi(2)).sum();
        let at = |p: f64| self.value(self.position(p).round() as u64);
        let slope =
            (at(0.5 + NEAR_THE_MEDIAN) - at(0.5 - NEAR_THE_MEDIAN)) / (2.0 * NEAR_THE_MEDIAN);
        slope * (squares / (count * (count - 1.0).max(1.0))).sqrt()
    }

    fn weighted(&self, weight: f64, into: &mut Vec<(f64, f64)>) {
        let each = weight / self.total as f64;
        for place in 0..self.between.len() {
            let inside = self.between[place];
            let points = inside.min(POINTS);
            let (low, high) = self.ends(place);
            for point in 1..=points {
                let share = f64::from(point) / f64::from(points + 1);
                let value = low + share * (high - low);
                into.push((value, each * f64::from(inside) / f64::from(points)));
            }
            if let (Some(rung), Some(on)) = (self.rungs.get(place), self.on.get(place))
                && *on > 0
            {
                into.push((*rung, each * f64::from(*on)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use brandish_math::{Stream, sorted};

    use super::*;

    /// Columns of 20,000 draws of a heavy tail, of a mass point with a tail, and of a constant.
    fn drawn() -> (Columns, Vec<Vec<f64>>) {
        let draws: Vec<Vec<f64>> = (0..20_000)
            .map(|draw| {
                let mut stream = Stream::new(9, draw, 0);
                let z = stream.normal();
                vec![(1.2 * z).exp(), (z + 0.25).max(0.0), 7.0]
            })
            .collect();
        let mut columns = Columns::new();
        let numbered: Vec<(u64, Vec<f64>)> = (0_u64..).zip(draws.iter().cloned()).collect();
        for block in numbered.chunks(48) {
            columns.take(block.to_vec());
        }
        (columns, draws)
    }

    #[test]
    fn counted_quantiles_are_closer_than_their_monte_carlo_error() {
        let (columns, draws) = drawn();
        assert_eq!(columns.len(), 20_000);
        for fact in 0..3 {
            let exact = sorted(&draws.iter().map(|draw| draw[fact]).collect::<Vec<_>>()).unwrap();
            let found = columns.distribution(fact).unwrap();
            assert!(matches!(found, Distribution::Counted(_)));
            for p in [0.05, 0.25, 0.5, 0.75, 0.95] {
                // Between two rungs lie n / RUNGS draws, on average; that they are not evenly spread moves the middle one by
                // half the root of their number (a Brownian bridge). Three times that, for gaps of twice the average.
                let value = found.quantile(p).unwrap();
                let below = exact.partition_point(|x| *x < value) as f64;
                let upto = exact.partition_point(|x| *x <= value) as f64;
                let rank = (p * 20_000.0).clamp(below, upto);
                let error = (rank - p * 20_000.0).abs() / 20_000.0;
                let bridge = 0.5 * (2.0 * 20_000.0 / RUNGS as f64).sqrt() / 20_000.0;
                assert!(error < 3.0 * bridge, "fact {fact}, {p}: {error}");
            }
            let error = brandish_math::median_standard_error(&exact).unwrap();
            let ratio = found.median_error().unwrap() / error.max(f64::MIN_POSITIVE);
            // eight groups know a standard deviation to a quarter: within three of those
            assert!(
                error == 0.0 || (0.25..1.75).contains(&ratio),
                "fact {fact}: {ratio}"
            );
        }
    }

    #[test]
    fn masses_stay_where_they_are() {
        let (columns, _) = drawn();
        let tail = columns.distribution(1).unwrap();
        assert_eq!(tail.quantile(0.05).unwrap(), 0.0);
        assert_eq!(tail.quantile(0.25).unwrap(), 0.0);
        let constant = columns.distribution(2).unwrap();
        assert_eq!(constant.quantile(0.5).unwrap(), 7.0);
        assert_eq!(constant.median_error().unwrap(), 0.0);
    }

    #[test]
    fn few_draws_are_kept() {
        let mut columns = Columns::new();
        columns.take(
            (0..KEPT)
                .map(|draw| (draw as u64, vec![draw as f64]))
                .collect(),
        );
        let found = columns.distribution(0).unwrap();
        assert!(matches!(found, Distribution::Kept { .. }));
        assert_eq!(found.quantile(0.5).unwrap(), (KEPT as f64 - 1.0) / 2.0);
    }

    #[test]
    fn weights_sum_to_what_is_asked() {
        let (columns, _) = drawn();
        for fact in 0..3 {
            let mut points = Vec::new();
            columns
                .distribution(fact)
                .unwrap()
                .weighted(0.3, &mut points);
            let sum: f64 = points.iter().map(|(_, weight)| weight).sum();
            assert!((sum - 0.3).abs() < 1e-12);
        }
    }

    #[test]
    fn a_value_that_is_not_finite_is_named() {
        let mut columns = Columns::new();
        columns.take(vec![(0, vec![1.0]), (1, vec![f64::NAN])]);
        assert!(columns.distribution(0).is_err());
        columns.take(vec![(2, vec![1.0]); 2000]);
        assert!(columns.distribution(0).is_err());
    }
}
