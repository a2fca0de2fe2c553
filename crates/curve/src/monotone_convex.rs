//! Monotone convex interpolation of forward rates.
//!
//! Hagan and West, "Methods for Constructing a Yield Curve", Wilmott Magazine, May 2008, section 5 (the method behind the
//! Treasury par yield curve since December 2021). Between nodes t_i the instantaneous forward is the discrete
//! forward fd_i of the interval plus a piecewise quadratic g that integrates to zero, so the nodes are always repriced; forwards
//! are continuous, and positive where the discrete forwards are.
//!
//! Letters: I(t) = z(t) t, the integral of the forward from 0; z continuous zero rate; discount factor e^-I.
//! Collar (ours for negative rates): with m the smaller neighbor fd, f_i is kept in [0, 2m] as in the paper when m >= 0, and in
//! [2m, 0] when m < 0, so that the curve depends continuously on its inputs.

use brandish_math::wide::{Kernel, widest};

/// Interpolated forwards between nodes; all plain numbers, rates as decimals.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MonotoneConvex {
    /// Node times with 0 in front.
    times: Vec<f64>,
    /// I at the nodes, 0 in front.
    integrals: Vec<f64>,
    /// Discrete forward of each interval.
    discrete: Vec<f64>,
    /// Forward at each node.
    forwards: Vec<f64>,
    /// I as polynomials: one entry an interval, then beyond the last node, then before zero.
    pieces: Vec<Piece>,
}

/// I on an interval as a function of x, the place in it: c0 + c1 x + c2 x^2 + c3 (x - b)^3, with other numbers from `at` on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Piece {
    at: f64,
    below: Cubic,
    above: Cubic,
}

/// c0 + c1 x + c2 x^2 + c3 (x - b)^3: the form loses no digits where the break point is close to an end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Cubic {
    c0: f64,
    c1: f64,
    c2: f64,
    c3: f64,
    b: f64,
}

impl Cubic {
    #[inline(always)]
    fn at(&self, x: f64) -> f64 {
        let u = x - self.b;
        (self.c0 + x * (self.c1 + x * self.c2)) + self.c3 * (u * u * u)
    }
}

/// Times whose intervals have been looked up once.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    /// Place in the interval of each time.
    x: Vec<f64>,
    /// Stretches of times in one interval: interval, first, one past the last.
    runs: Vec<(usize, usize, usize)>,
}

impl MonotoneConvex {
    /// From increasing positive times and continuous zero rates; the caller has checked both and that there is at least one.
    pub fn new(times: &[f64], zeros: &[f64]) -> MonotoneConvex {
        let n = times.len();
        let mut curve = MonotoneConvex {
            times: std::iter::once(0.0).chain(times.iter().copied()).collect(),
            integrals: vec![0.0; n + 1],
            discrete: vec![0.0; n],
            forwards: vec![0.0; n + 1],
            pieces: vec![Piece::default(); n + 2],
        };
        curve.set_zeros(zeros);
        curve
    }

    /// Replaces the zero rates, keeping the times.
    pub fn set_zeros(&mut self, zeros: &[f64]) {
        let n = self.discrete.len();
        for (i, zero) in zeros.iter().enumerate().take(n) {
            self.integrals[i + 1] = zero * self.times[i + 1];
        }
        for i in 0..n {
            self.discrete[i] =
                (self.integrals[i + 1] - self.integrals[i]) / (self.times[i + 1] - self.times[i]);
        }
        let (t, fd) = (&self.times, &self.discrete);
        for i in 1..n {
            let weight = (t[i] - t[i - 1]) / (t[i + 1] - t[i - 1]);
            let forward = weight * fd[i] + (1.0 - weight) * fd[i - 1];
            self.forwards[i] = collar(forward, fd[i].min(fd[i - 1]));
        }
        if n == 1 {
            self.forwards.fill(fd[0]);
        } else {
            self.forwards[0] = collar(fd[0] - 0.5 * (self.forwards[1] - fd[0]), fd[0]);
            let last = fd[n - 1];
            self.forwards[n] = collar(last - 0.5 * (self.forwards[n - 1] - last), last);
        }
        for i in 0..n {
            let width = self.times[i + 1] - self.times[i];
            self.pieces[i] = piece(
                self.integrals[i],
                width,
                self.discrete[i],
                self.forwards[i] - self.discrete[i],
                self.forwards[i + 1] - self.discrete[i],
            );
        }
        self.pieces[n] = line(self.integrals[n], self.forwards[n]);
        self.pieces[n + 1] = line(0.0, self.forwards[0]);
    }

    /// Looks up the intervals of times, for [`MonotoneConvex::integrals_into`] of any curve with the same nodes.
    pub fn place(&self, times: &[f64]) -> Placed {
        let mut placed = Placed {
            x: Vec::with_capacity(times.len()),
            runs: Vec::new(),
        };
        for (k, t) in times.iter().enumerate() {
            let (interval, x) = self.locate(*t);
            placed.x.push(x);
            match placed.runs.last_mut() {
                Some((same, _, end)) if *same == interval => *end = k + 1,
                _ => placed.runs.push((interval, k, k + 1)),
            }
        }
        placed
    }

    /// I at placed times, written over `integrals`.
    pub fn integrals_into(&self, placed: &Placed, integrals: &mut Vec<f64>) {
        integrals.clear();
        integrals.resize(placed.x.len(), 0.0);
        widest(Integrals {
            curve: self,
            placed,
            integrals,
        });
    }

    /// The polynomial of a time, and its place there.
    fn locate(&self, t: f64) -> (usize, f64) {
        let n = self.discrete.len();
        if t <= 0.0 {
            return (n + 1, t);
        }
        if t >= self.times[n] {
            return (n, t - self.times[n]);
        }
        let i = self.interval(t);
        let width = self.times[i + 1] - self.times[i];
        (i, (t - self.times[i]) / width)
    }

    /// I(t) = z(t) t. Beyond the last node the forward stays; before zero it is the forward at zero.
    pub fn integral(&self, t: f64) -> f64 {
        let (interval, x) = self.locate(t);
        let piece = &self.pieces[interval];
        if x < piece.at {
            piece.below.at(x)
        } else {
            piece.above.at(x)
        }
    }

    /// Instantaneous forward at t.
    pub fn forward(&self, t: f64) -> f64 {
        let n = self.discrete.len();
        if t <= 0.0 {
            return self.forwards[0];
        }
        if t >= self.times[n] {
            return self.forwards[n];
        }
        let i = self.interval(t);
        let x = (t - self.times[i]) / (self.times[i + 1] - self.times[i]);
        let fd = self.discrete[i];
        fd + excess(self.forwards[i] - fd, self.forwards[i + 1] - fd, x)
    }

    /// Node times.
    pub fn node_times(&self) -> &[f64] {
        &self.times[1..]
    }

    /// Zero rates at the nodes.
    pub fn node_zeros(&self) -> Vec<f64> {
        self.times[1..]
            .iter()
            .zip(&self.integrals[1..])
            .map(|(t, integral)| integral / t)
            .collect()
    }

    fn interval(&self, t: f64) -> usize {
        // The first node is 0 and t is positive and before the last node.
        self.times.partition_point(|node| *node <= t) - 1
    }
}

/// Keeps a node forward between 0 and twice the smaller neighboring discrete forward (paper, section 5.3).
fn collar(forward: f64, smaller: f64) -> f64 {
    let bound = 2.0 * smaller;
    forward.clamp(bound.min(0.0), bound.max(0.0))
}

/// The four shapes of g on the unit interval (paper, section 5.2), with their break point.
enum Shape {
    /// (i): one quadratic.
    Quadratic,
    /// (ii): flat at g0, then rising or falling to g1.
    FlatThenCurve(f64),
    /// (iii): from g0 to g1, then flat.
    CurveThenFlat(f64),
    /// (iv): down to `level` and up again (or the reverse).
    Valley { at: f64, level: f64 },
}

fn shape(g0: f64, g1: f64) -> Shape {
    if (g0 >= 0.0 && g1 >= 0.0) || (g0 <= 0.0 && g1 <= 0.0) {
        let sum = g0 + g1;
        if sum == 0.0 {
            return Shape::Quadratic;
        }
        return Shape::Valley {
            at: g1 / sum,
            level: -g0 * g1 / sum,
        };
    }
    // Opposite signs: compare sizes.
    let (a, b) = (g0.abs(), g1.abs());
    if b > 2.0 * a {
        Shape::FlatThenCurve((g1 + 2.0 * g0) / (g1 - g0))
    } else if 2.0 * b < a {
        Shape::CurveThenFlat(3.0 * g1 / (g1 - g0))
    } else {
        Shape::Quadratic
    }
}

/// g(x).
fn excess(g0: f64, g1: f64, x: f64) -> f64 {
    match shape(g0, g1) {
        Shape::Quadratic => g0 * (1.0 - 4.0 * x + 3.0 * x * x) + g1 * (3.0 * x * x - 2.0 * x),
        Shape::FlatThenCurve(at) if x <= at => g0,
        Shape::FlatThenCurve(at) => {
            let part = (x - at) / (1.0 - at);
            g0 + (g1 - g0) * part * part
        }
        Shape::CurveThenFlat(at) if x >= at => g1,
        Shape::CurveThenFlat(at) => {
            let part = (at - x) / at;
            g1 + (g0 - g1) * part * part
        }
        Shape::Valley { at, level } if x < at => {
            let part = (at - x) / at;
            level + (g0 - level) * part * part
        }
        Shape::Valley { at, level } if at < 1.0 => {
            let part = (x - at) / (1.0 - at);
            level + (g1 - level) * part * part
        }
        Shape::Valley { level, .. } => level,
    }
}

/// Integrals of g from 0 to x as polynomials in x.
fn excess_integral(g0: f64, g1: f64) -> Piece {
    let straight = |c0: f64, c1: f64| Cubic {
        c0,
        c1,
        ..Cubic::default()
    };
    // Adds scale x integral over [0, x] of ((at - u)/at)^2 for x <= at, which is at/3 + (x - at)^3 / (3 at^2).
    let falling = |cubic: Cubic, scale: f64, at: f64| Cubic {
        c0: cubic.c0 + scale * (at / 3.0),
        c3: scale / (3.0 * at * at),
        b: at,
        ..cubic
    };
    // Adds scale x integral over [at, x] of ((u - at)/(1 - at))^2, which is (x - at)^3 / (3 (1 - at)^2).
    let rising = |cubic: Cubic, scale: f64, at: f64| Cubic {
        c3: scale / (3.0 * (1.0 - at) * (1.0 - at)),
        b: at,
        ..cubic
    };
    match shape(g0, g1) {
        Shape::Quadratic => {
            let cubic = Cubic {
                c0: 0.0,
                c1: g0,
                c2: -2.0 * g0 - g1,
                c3: g0 + g1,
                b: 0.0,
            };
            Piece {
                at: 0.0,
                below: cubic,
                above: cubic,
            }
        }
        Shape::FlatThenCurve(at) => Piece {
            at,
            below: straight(0.0, g0),
            above: rising(straight(0.0, g0), g1 - g0, at),
        },
        Shape::CurveThenFlat(at) => Piece {
            at,
            below: falling(straight(0.0, g1), g0 - g1, at),
            above: straight((g0 - g1) * at / 3.0, g1),
        },
        Shape::Valley { at, level } => {
            let above = straight((g0 - level) * at / 3.0, level);
            Piece {
                at,
                below: falling(straight(0.0, level), g0 - level, at),
                above: if at < 1.0 {
                    rising(above, g1 - level, at)
                } else {
                    above
                },
            }
        }
    }
}

/// I on an interval: integral at its start, width, discrete forward, node forwards less the discrete one.
fn piece(start: f64, width: f64, discrete: f64, g0: f64, g1: f64) -> Piece {
    let excess = excess_integral(g0, g1);
    let whole = |cubic: Cubic| Cubic {
        c0: start + width * cubic.c0,
        c1: width * (discrete + cubic.c1),
        c2: width * cubic.c2,
        c3: width * cubic.c3,
        b: cubic.b,
    };
    Piece {
        at: excess.at,
        below: whole(excess.below),
        above: whole(excess.above),
    }
}

/// A straight line.
fn line(c0: f64, c1: f64) -> Piece {
    let cubic = Cubic {
        c0,
        c1,
        ..Cubic::default()
    };
    Piece {
        at: 0.0,
        below: cubic,
        above: cubic,
    }
}

struct Integrals<'a> {
    curve: &'a MonotoneConvex,
    placed: &'a Placed,
    integrals: &'a mut [f64],
}

impl Kernel for Integrals<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (interval, from, to) in &self.placed.runs {
            let piece = self.curve.pieces[*interval];
            let places = &self.placed.x[*from..*to];
            for (integral, x) in self.integrals[*from..*to].iter_mut().zip(places) {
                let (below, above) = (piece.below.at(*x), piece.above.at(*x));
                *integral = if *x < piece.at { below } else { above };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Integral of g from 0 to x.
    fn area(g0: f64, g1: f64, x: f64) -> f64 {
        let piece = excess_integral(g0, g1);
        if x < piece.at {
            piece.below.at(x)
        } else {
            piece.above.at(x)
        }
    }

    #[test]
    fn the_papers_regions_integrate_to_zero_and_hit_their_ends() {
        for (g0, g1) in [
            (0.01, -0.01),
            (0.01, -0.03),
            (0.01, -0.002),
            (0.01, 0.02),
            (-0.01, -0.02),
            (0.0, 0.01),
            (0.01, 0.0),
            (0.0, 0.0),
        ] {
            assert!(area(g0, g1, 1.0).abs() < 1e-17, "{g0} {g1}");
            // Both ends are met, so forwards are continuous; only where one end is exactly zero does the paper's shape
            // degenerate to a jump at the other.
            if g0 != 0.0 && g1 != 0.0 {
                assert!((excess(g0, g1, 0.0) - g0).abs() < 1e-15, "{g0} {g1}");
                assert!((excess(g0, g1, 1.0) - g1).abs() < 1e-15, "{g0} {g1}");
            }
            // The integral is the integral of g: compare with the midpoint rule, whose error is below 1e-7 here.
            let steps = 2000;
            let sum: f64 = (0..steps)
                .map(|k| excess(g0, g1, 0.37 * (f64::from(k) + 0.5) / f64::from(steps)))
                .sum();
            let rule = sum * 0.37 / f64::from(steps);
            assert!((rule - area(g0, g1, 0.37)).abs() < 1e-7, "{g0} {g1}");
        }
    }

    #[test]
    fn a_flat_curve_is_flat() {
        let curve = MonotoneConvex::new(&[0.5, 2.0, 10.0], &[0.03; 3]);
        for t in [0.0, 0.25, 1.0, 5.0, 10.0, 40.0] {
            assert!((curve.forward(t) - 0.03).abs() < 1e-15);
            assert!((curve.integral(t) - 0.03 * t).abs() < 1e-15 * (1.0 + t));
        }
    }

    proptest! {
        #[test]
        fn nodes_are_met_and_forwards_positive_where_the_input_allows(
            zeros in proptest::collection::vec(0.0001_f64..0.15, 8),
        ) {
            let times = [0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0];
            let curve = MonotoneConvex::new(&times, &zeros);
            let allowed = curve.discrete.iter().all(|fd| *fd > 0.0);
            for step in 1..=3100 {
                let t = f64::from(step) * 0.01;
                let forward = curve.forward(t);
                prop_assert!(forward.is_finite());
                prop_assert!(!allowed || forward >= -1e-12, "{forward} at {t}");
            }
            // Placed times give the bits of single ones.
            let asked: Vec<f64> = (-3..3300).map(|step| f64::from(step) * 0.01).collect();
            let mut integrals = Vec::new();
            curve.integrals_into(&curve.place(&asked), &mut integrals);
            for (t, integral) in asked.iter().zip(&integrals) {
                prop_assert_eq!(curve.integral(*t).to_bits(), integral.to_bits());
            }
            for (node, zero) in times.iter().zip(&zeros) {
                prop_assert!((curve.integral(*node) - zero * node).abs() < 1e-14 * (1.0 + node));
            }
        }
    }
}
