//! Price and yield of a coupon stream as plain numbers: both conventions, both directions, derivatives.
//!
//! Letters: i yield (decimal, semiannual), x = ln(1 + i/2), v = e^-x, w = r/s, n full periods after the next coupon date.
//! X = first + extra v + half a_n + 100 v^n is the value at the next coupon date, a_n = (1 - v^n) / (i/2), a_n = n at i = 0.
//! Street: dirty = X e^-(w x), and X / (1 + w i/2) in the last coupon period (n = 0). Auction: dirty = X / (1 + w i/2).
//!
//! Search. ln X(x) - w x is convex and falls strictly, so Newton's method on it converges from every start and for every
//! positive price, from one side after the first step; this holds for the street convention. Where Newton's step is short against the
//! curvature, Halley's correction makes the error its cube: most yields take two evaluations. The auction convention loses
//! convexity but not monotonicity, so its Newton steps are kept inside a bracket.

use crate::stream::Position;

const STEPS: u32 = 100;
/// A Newton step smaller than this (relative to 1 + |x|) leaves an error of its square times at most n, below rounding.
const LAST_STEP: f64 = 1e-9;

/// The same for a step of Halley's method, whose error is its cube times at most n^2 / 12.
const LAST_HALLEY_STEP: f64 = 1e-6;

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

/// A first guess of x that is right at par and roughly right elsewhere.
fn first_guess(position: &Position, dirty: f64) -> f64 {
    let clean = dirty - position.accrued;
    let periods = f64::from(position.full_periods) + position.remaining;
    let guess = (position.half + (100.0 - clean) / periods) / (0.5 * (100.0 + clean.max(1.0)));
    let guess = guess.clamp(-0.5, 10.0);
    if guess.abs() < 0.1 {
        // ln(1 + g) as far as a guess needs it.
        guess - guess * guess * (0.5 - guess / 3.0)
    } else {
        guess.ln_1p()
    }
}

/// X with its first two derivatives in x, and e^x - 1.
fn value_with_derivatives(position: &Position, x: f64) -> (f64, f64, f64, f64) {
    let n = f64::from(position.full_periods);
    let half_yield = x.exp_m1();
    let growth = 1.0 + half_yield;
    // v^n and v^n - 1, the smaller of the two without cancellation.
    let (power, fallen) = if n * x > 0.7 {
        let power = (-n * x).exp();
        (power, power - 1.0)
    } else {
        let fallen = (-n * x).exp_m1();
        (1.0 + fallen, fallen)
    };
    let (annuity, first, second) = if half_yield.abs() < 1e-6 {
        let series = n * (n + 1.0);
        let value = if half_yield == 0.0 {
            n
        } else {
            -fallen / half_yield
        };
        (value, -series / 2.0, series * (2.0 * n + 1.0) / 6.0)
    } else {
        let per = 1.0 / half_yield;
        let annuity = -fallen / half_yield;
        let grown = annuity * growth;
        let first = (n * power - grown) * per;
        let second = -(n * n * power + grown + 2.0 * first * growth) * per;
        (annuity, first, second)
    };
    let (half, extra) = (position.half, position.extra / growth);
    (
        position.first + extra + half * annuity + 100.0 * power,
        -extra + half * first - 100.0 * n * power,
        extra + half * second + 100.0 * n * n * power,
        half_yield,
    )
}

/// Yield whose street price is `dirty` (positive, finite).
pub(crate) fn yield_from_street_dirty(position: &Position, dirty: f64) -> Result<f64, NotFound> {
    if is_last_period(position) {
        return Ok(last_period_yield(position, dirty));
    }
    let mut x = first_guess(position, dirty);
    for iterations in 0..STEPS {
        let (value, first, second, half_yield) = value_with_derivatives(position, x);
        let per_value = 1.0 / value;
        let log_slope = first * per_value;
        let excess = (value / dirty).ln() - position.remaining * x;
        let slope = log_slope - position.remaining;
        let newton = excess / slope;
        let bend = 0.5 * newton * (second * per_value - log_slope * log_slope) / slope;
        let corrected = bend.abs() < 0.5;
        let step = if corrected {
            newton / (1.0 - bend)
        } else {
            newton
        };
        if !step.is_finite() {
            return Err(NotFound { iterations });
        }
        x -= step;
        if corrected && step.abs() <= LAST_HALLEY_STEP {
            // e^(x - s) - 1 from e^x - 1: the third power of s is below rounding.
            return Ok(2.0 * (half_yield - (1.0 + half_yield) * step * (1.0 - 0.5 * step)));
        }
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
