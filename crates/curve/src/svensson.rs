//! The Svensson curve as the Federal Reserve publishes it.
//!
//! Gurkaynak, Sack and Wright, "The U.S. Treasury Yield Curve: 1961 to the Present", FEDS 2006-28, equation 22: with
//! a = t/tau1, b = t/tau2, g(u) = (1 - e^-u)/u,
//! z(t) = beta0 + beta1 g(a) + beta2 (g(a) - e^-a) + beta3 (g(b) - e^-b), continuous, betas in percent, t and tau in years;
//! forward f(t) = beta0 + beta1 e^-a + beta2 a e^-a + beta3 b e^-b.

/// Parameters as published: betas in percent, taus in years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SvenssonParameters {
    /// Level, percent.
    pub beta0_pct: f64,
    /// Slope, percent.
    pub beta1_pct: f64,
    /// First hump, percent.
    pub beta2_pct: f64,
    /// Second hump, percent; zero before 1980.
    pub beta3_pct: f64,
    /// Place of the first hump, years.
    pub tau1_years: f64,
    /// Place of the second hump, years; not used when `beta3_pct` is zero.
    pub tau2_years: f64,
}

/// (1 - e^-u)/u and its value at 0.
fn loading(u: f64) -> f64 {
    if u == 0.0 { 1.0 } else { -(-u).exp_m1() / u }
}

impl SvenssonParameters {
    /// The first parameter that gives no curve.
    pub(crate) fn fault(&self) -> Option<(&'static str, f64)> {
        let finite = [
            ("beta0", self.beta0_pct),
            ("beta1", self.beta1_pct),
            ("beta2", self.beta2_pct),
            ("beta3", self.beta3_pct),
        ];
        let fault = finite.into_iter().find(|(_, value)| !value.is_finite());
        let unusable = |tau: f64| !(tau.is_finite() && tau > 0.0);
        fault
            .or(unusable(self.tau1_years).then_some(("tau1", self.tau1_years)))
            .or((self.beta3_pct != 0.0 && unusable(self.tau2_years))
                .then_some(("tau2", self.tau2_years)))
    }

    /// Continuous zero rate, decimal.
    pub(crate) fn zero(&self, t: f64) -> f64 {
        let a = t / self.tau1_years;
        let mut percent = self.beta0_pct
            + self.beta1_pct * loading(a)
            + self.beta2_pct * (loading(a) - (-a).exp());
        if self.beta3_pct != 0.0 {
            let b = t / self.tau2_years;
            percent += self.beta3_pct * (loading(b) - (-b).exp());
        }
        percent / 100.0
    }

    /// Instantaneous forward, decimal.
    pub(crate) fn forward(&self, t: f64) -> f64 {
        let a = t / self.tau1_years;
        let mut percent =
            self.beta0_pct + self.beta1_pct * (-a).exp() + self.beta2_pct * a * (-a).exp();
        if self.beta3_pct != 0.0 {
            let b = t / self.tau2_years;
            percent += self.beta3_pct * b * (-b).exp();
        }
        percent / 100.0
    }
}
