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
            self.forwards = vec![fd[0]; 2];
            return;
        }
        self.forwards[0] = collar(fd[0] - 0.5 * (self.forwards[1] - fd[0]), fd[0]);
        let last = fd[n - 1];
        self.forwards[n] = collar(last - 0.5 * (self.forwards[n - 1] - last), last);
    }

    /// I(t) = z(t) t. Beyond the last node the forward stays; before zero it is the forward at zero.
    pub fn integral(&self, t: f64) -> f64 {
        let n = self.discrete.len();
        if t <= 0.0 {
            return self.forwards[0] * t;
        }
        if t >= self.times[n] {
            return self.integrals[n] + self.forwards[n] * (t - self.times[n]);
        }
        let i = self.interval(t);
        let width = self.times[i + 1] - self.times[i];
        let x = (t - self.times[i]) / width;
        let (g0, g1) = (
            self.forwards[i] - self.discrete[i],
            self.forwards[i + 1] - self.discrete[i],
        );
        self.integrals[i] + width * (self.discrete[i] * x + excess_integral(g0, g1, x))
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

/// Integral of g from 0 to x.
fn excess_integral(g0: f64, g1: f64, x: f64) -> f64 {
    // Integral over [0, x] of ((at - u)/at)^2, x <= at.
    let falling = |at: f64| {
        let rest = at - x;
        (at * at * at - rest * rest * rest) / (3.0 * at * at)
    };
    // Integral over [at, x] of ((u - at)/(1 - at))^2.
    let rising = |at: f64| {
        let (part, rest) = (x - at, 1.0 - at);
        part * part * part / (3.0 * rest * rest)
    };
    match shape(g0, g1) {
        Shape::Quadratic => {
            let (x2, x3) = (x * x, x * x * x);
            g0 * (x - 2.0 * x2 + x3) + g1 * (x3 - x2)
        }
        Shape::FlatThenCurve(at) if x <= at => g0 * x,
        Shape::FlatThenCurve(at) => g0 * x + (g1 - g0) * rising(at),
        Shape::CurveThenFlat(at) if x >= at => g1 * x + (g0 - g1) * at / 3.0,
        Shape::CurveThenFlat(at) => g1 * x + (g0 - g1) * falling(at),
        Shape::Valley { at, level } if x < at => level * x + (g0 - level) * falling(at),
        Shape::Valley { at, level } if at < 1.0 => {
            level * x + (g0 - level) * at / 3.0 + (g1 - level) * rising(at)
        }
        Shape::Valley { at, level } => level * x + (g0 - level) * at / 3.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            assert!(excess_integral(g0, g1, 1.0).abs() < 1e-17, "{g0} {g1}");
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
            assert!(
                (rule - excess_integral(g0, g1, 0.37)).abs() < 1e-7,
                "{g0} {g1}"
            );
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
            for (node, zero) in times.iter().zip(&zeros) {
                prop_assert!((curve.integral(*node) - zero * node).abs() < 1e-14 * (1.0 + node));
            }
        }
    }
}
