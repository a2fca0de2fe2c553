//! A forward curve as a natural cubic spline through values at knots.
//!
//! On the interval from knot i to i+1 of width h, with u = t - t_i, w = h - u and second derivatives m at the knots:
//! f = (m_i w^3 + m_i+1 u^3)/(6h) + (f_i/h - m_i h/6) w + (f_i+1/h - m_i+1 h/6) u; m is zero at both ends and solves the
//! usual three-term equations inside. Beyond the last knot the forward stays; before zero it is the forward at zero.

/// A spline of instantaneous forwards, decimal; the first knot is 0.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ForwardSpline {
    knots: Vec<f64>,
    values: Vec<f64>,
    /// Second derivatives at the knots.
    bends: Vec<f64>,
    /// Integral of the forward from 0 to each knot.
    integrals: Vec<f64>,
}

impl ForwardSpline {
    /// Through values at knots; the caller gives at least two knots, increasing, the first 0.
    pub fn new(knots: &[f64], values: &[f64]) -> ForwardSpline {
        let n = knots.len();
        let bends = bends(knots, values);
        let mut spline = ForwardSpline {
            knots: knots.to_vec(),
            values: values.to_vec(),
            bends,
            integrals: vec![0.0; n],
        };
        for i in 1..n {
            spline.integrals[i] =
                spline.integrals[i - 1] + spline.area(i - 1, knots[i] - knots[i - 1]);
        }
        spline
    }

    /// Second derivatives at the knots.
    pub fn bends(&self) -> &[f64] {
        &self.bends
    }

    /// Instantaneous forward.
    pub fn forward(&self, t: f64) -> f64 {
        let (i, u) = match self.locate(t) {
            Ok(place) => place,
            Err(flat) => return flat,
        };
        let h = self.knots[i + 1] - self.knots[i];
        let w = h - u;
        let (m0, m1) = (self.bends[i], self.bends[i + 1]);
        (m0 * w * w * w + m1 * u * u * u) / (6.0 * h)
            + (self.values[i] / h - m0 * h / 6.0) * w
            + (self.values[i + 1] / h - m1 * h / 6.0) * u
    }

    /// Integral of the forward from 0.
    pub fn integral(&self, t: f64) -> f64 {
        match self.locate(t) {
            Ok((i, u)) => self.integrals[i] + self.area(i, u),
            Err(flat) if t <= 0.0 => flat * t,
            Err(flat) => {
                let last = self.knots.len() - 1;
                self.integrals[last] + flat * (t - self.knots[last])
            }
        }
    }

    /// Interval and place in it, or the forward that holds outside the knots.
    fn locate(&self, t: f64) -> Result<(usize, f64), f64> {
        let last = self.knots.len() - 1;
        if t <= 0.0 {
            return Err(self.values[0]);
        }
        if t >= self.knots[last] {
            return Err(self.values[last]);
        }
        let i = self.knots.partition_point(|knot| *knot <= t) - 1;
        Ok((i, t - self.knots[i]))
    }

    /// Integral over the interval from its start to u.
    fn area(&self, i: usize, u: f64) -> f64 {
        let h = self.knots[i + 1] - self.knots[i];
        let w = h - u;
        let (m0, m1) = (self.bends[i], self.bends[i + 1]);
        let (whole, rest) = (h * h, w * w);
        (m0 * (whole * whole - rest * rest) + m1 * u * u * u * u) / (24.0 * h)
            + (self.values[i] / h - m0 * h / 6.0) * (whole - rest) / 2.0
            + (self.values[i + 1] / h - m1 * h / 6.0) * u * u / 2.0
    }
}

/// Second derivatives of the natural spline: a tridiagonal system, solved from the front (its diagonal dominates).
fn bends(knots: &[f64], values: &[f64]) -> Vec<f64> {
    let n = knots.len();
    let mut result = vec![0.0; n];
    let (mut upper, mut right) = (vec![0.0; n], vec![0.0; n]);
    for i in 1..n.saturating_sub(1) {
        let (before, after) = (knots[i] - knots[i - 1], knots[i + 1] - knots[i]);
        let slope = (values[i + 1] - values[i]) / after - (values[i] - values[i - 1]) / before;
        let diagonal = (before + after) / 3.0 - before / 6.0 * upper[i - 1];
        upper[i] = after / 6.0 / diagonal;
        right[i] = (slope - before / 6.0 * right[i - 1]) / diagonal;
    }
    for i in (1..n.saturating_sub(1)).rev() {
        result[i] = right[i] - upper[i] * result[i + 1];
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_meets_its_values_and_integrates_itself() {
        let knots = [0.0, 0.5, 1.0, 3.0, 7.0, 10.0, 20.0, 30.0];
        let values = [0.03, 0.035, 0.033, 0.04, 0.045, 0.044, 0.05, 0.042];
        let spline = ForwardSpline::new(&knots, &values);
        for (t, value) in knots.iter().zip(values) {
            assert!((spline.forward(*t) - value).abs() < 1e-15);
        }
        let mut sum = 0.0;
        let h = 0.001;
        for k in 0..35_000 {
            sum += spline.forward((f64::from(k) + 0.5) * h) * h;
            if k % 1_000 == 999 {
                // The midpoint rule's error: h^2/24 times the change of f', below 1e-8.
                let t = f64::from(k + 1) * h;
                assert!((spline.integral(t) - sum).abs() < 1e-8, "{t}");
            }
        }
        // Slope and bend are continuous at the knots: what a natural cubic spline is.
        for t in &knots[1..7] {
            let slope = |t: f64| (spline.forward(t + 1e-6) - spline.forward(t - 1e-6)) / 2e-6;
            assert!((slope(t - 1e-4) - slope(t + 1e-4)).abs() < 1e-5, "{t}");
        }
        let line = ForwardSpline::new(&knots, &knots.map(|t| 0.03 + 0.001 * t));
        assert!(line.bends().iter().all(|m| m.abs() < 1e-15));
    }
}
