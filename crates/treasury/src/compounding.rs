//! Price and yield of a coupon stream as plain numbers: both conventions, both directions, derivatives.
//!
//! Letters: i yield (decimal, semiannual), x = ln(1 + i/2), v = e^-x, w = r/s, n full periods after the next coupon date.
//! X = first + extra v + half a_n + 100 v^n is the value at the next coupon date, a_n = (1 - v^n) / (i/2), a_n = n at i = 0.
//! Street: dirty = X e^-(w x), and X / (1 + w i/2) in the last coupon period (n = 0). Auction: dirty = X / (1 + w i/2).
//!
//! Search. ln X(x) - w x is convex and falls strictly, so Newton's method on it converges from every start and for every
//! positive price, from one side after the first step; this holds for the street convention. The auction convention loses
//! convexity but not monotonicity, so its Newton steps are kept inside a bracket.

use crate::stream::Position;

const STEPS: u32 = 100;
/// A Newton step smaller than this (relative to 1 + |x|) leaves an error of its square times at most n, below rounding.
const LAST_STEP: f64 = 1e-9;

/// A search that ended without a root, and the steps taken.
#[derive(Debug)]
pub(crate) struct NotFound {
    pub iterations: u32,
}

/// v^n and a_n at x = ln(1 + i/2).
fn annuity(x: f64, n: f64) -> (f64, f64) {
    let half_yield = x.exp_m1();
    let power = (-n * x).exp();
    let value = if half_yield == 0.0 {
        n
    } else {
        -(-n * x).exp_m1() / half_yield
    };
    (power, value)
}

/// X, the value at the next coupon date.
fn value_at_next(position: &Position, x: f64) -> f64 {
    let (power, annuity) = annuity(x, f64::from(position.full_periods));
    position.first + position.extra * (-x).exp() + position.half * annuity + 100.0 * power
}

/// d ln X / dx.
fn slope_of_log(position: &Position, x: f64, value: f64) -> f64 {
    let n = f64::from(position.full_periods);
    let (power, annuity) = annuity(x, n);
    let half_yield = x.exp_m1();
    let annuity_slope = if half_yield.abs() < 1e-6 {
        -n * (n + 1.0) / 2.0
    } else {
        (n * power - annuity * (half_yield + 1.0)) / half_yield
    };
    let slope = -position.extra * (-x).exp() + position.half * annuity_slope - 100.0 * n * power;
    slope / value
}

/// Whether interest in the current period is simple under the street convention: it is the last one.
fn is_last_period(position: &Position) -> bool {
    position.full_periods == 0
}

/// Lowest yield (exclusive) with a price, decimal: 1 + i/2 > 0, or 1 + w i/2 > 0 in the last period.
pub(crate) fn lowest_yield(position: &Position) -> f64 {
    if is_last_period(position) {
        -2.0 / position.remaining
    } else {
        -2.0
    }
}

/// Dirty price, auction convention, not rounded. The caller has checked the yield against [`lowest_yield`].
pub(crate) fn auction_dirty(position: &Position, yield_decimal: f64) -> f64 {
    let value = if is_last_period(position) {
        position.first + 100.0
    } else {
        value_at_next(position, (yield_decimal / 2.0).ln_1p())
    };
    value / (1.0 + position.remaining * yield_decimal / 2.0)
}

/// Dirty price, street convention.
pub(crate) fn street_dirty(position: &Position, yield_decimal: f64) -> f64 {
    if is_last_period(position) {
        return auction_dirty(position, yield_decimal);
    }
    let x = (yield_decimal / 2.0).ln_1p();
    value_at_next(position, x) * (-position.remaining * x).exp()
}

/// Yield of the last period: (first + 100) / dirty = 1 + w i/2.
fn last_period_yield(position: &Position, dirty: f64) -> f64 {
    ((position.first + 100.0 - dirty) / dirty) * 2.0 / position.remaining
}

/// A first guess that is right at par and roughly right elsewhere.
fn first_guess(position: &Position, dirty: f64) -> f64 {
    let clean = dirty - position.accrued;
    let periods = f64::from(position.full_periods) + position.remaining;
    let guess = (position.half + (100.0 - clean) / periods) / (0.5 * (100.0 + clean.max(1.0)));
    guess.clamp(-0.5, 10.0).ln_1p()
}

/// Yield whose street price is `dirty` (positive, finite).
pub(crate) fn yield_from_street_dirty(position: &Position, dirty: f64) -> Result<f64, NotFound> {
    if is_last_period(position) {
        return Ok(last_period_yield(position, dirty));
    }
    let target = dirty.ln();
    let mut x = first_guess(position, dirty);
    for iterations in 0..STEPS {
        let value = value_at_next(position, x);
        let excess = value.ln() - position.remaining * x - target;
        let step = excess / (slope_of_log(position, x, value) - position.remaining);
        if !step.is_finite() {
            return Err(NotFound { iterations });
        }
        x -= step;
        if step.abs() <= LAST_STEP * (1.0 + x.abs()) {
            return Ok(2.0 * x.exp_m1());
        }
    }
    Err(NotFound { iterations: STEPS })
}

/// Yield whose auction price, before rounding, is `dirty` (positive, finite).
pub(crate) fn yield_from_auction_dirty(position: &Position, dirty: f64) -> Result<f64, NotFound> {
    if is_last_period(position) {
        return Ok(last_period_yield(position, dirty));
    }
    let target = dirty.ln();
    let w = position.remaining;
    let excess = |x: f64| {
        let value = value_at_next(position, x);
        (
            value.ln() - (w * x.exp_m1()).ln_1p() - target,
            slope_of_log(position, x, value) - w * x.exp() / (1.0 + w * x.exp_m1()),
        )
    };
    // The street yield is near; widen around it until the signs differ.
    let mut x = (yield_from_street_dirty(position, dirty)? / 2.0).ln_1p();
    let (mut low, mut high) = (x - 1e-3, x + 1e-3);
    for _ in 0..STEPS {
        if excess(low).0 >= 0.0 {
            break;
        }
        low -= 2.0 * (high - low);
    }
    for _ in 0..STEPS {
        if excess(high).0 <= 0.0 {
            break;
        }
        high += 2.0 * (high - low);
    }
    for iterations in 0..STEPS {
        let (value, slope) = excess(x);
        if !value.is_finite() {
            return Err(NotFound { iterations });
        }
        if value > 0.0 {
            low = low.max(x);
        } else {
            high = high.min(x);
        }
        let newton = x - value / slope;
        let inside = newton >= low && newton <= high;
        let next = if inside { newton } else { 0.5 * (low + high) };
        let step = next - x;
        x = next;
        let rounding = high - low <= 1e-15 * (1.0 + x.abs());
        if rounding || (inside && step.abs() <= LAST_STEP * (1.0 + x.abs())) {
            return Ok(2.0 * x.exp_m1());
        }
    }
    Err(NotFound { iterations: STEPS })
}

/// Street price with its first and second derivative in the yield (per unit of decimal yield).
pub(crate) fn street_dirty_with_derivatives(
    position: &Position,
    yield_decimal: f64,
) -> (f64, f64, f64) {
    let w = position.remaining;
    if is_last_period(position) {
        let growth = 1.0 + w * yield_decimal / 2.0;
        let price = (position.first + 100.0) / growth;
        let rate = w / 2.0 / growth;
        return (price, -price * rate, 2.0 * price * rate * rate);
    }
    let v = 1.0 / (1.0 + yield_decimal / 2.0);
    let mut discount = (-w * (yield_decimal / 2.0).ln_1p()).exp();
    let (mut price, mut first, mut second) = (0.0, 0.0, 0.0);
    for k in 0..=position.full_periods {
        let mut amount = match k {
            0 => position.first,
            1 => position.half + position.extra,
            _ => position.half,
        };
        if k == position.full_periods {
            amount += 100.0;
        }
        let t = w + f64::from(k);
        price += amount * discount;
        first -= t / 2.0 * amount * discount * v;
        second += t * (t + 1.0) / 4.0 * amount * discount * v * v;
        discount *= v;
    }
    (price, first, second)
}
