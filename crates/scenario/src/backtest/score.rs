//! Scores, as declared: sign, size, coverage, placebos, and how likely the observed change is in a camp.
//!
//! The effect band is the spread of the engine's draws. The prediction adds everything else as a normal variable with mean 0 and variance
//! `days x (daily variance)`: `F(x) = mean_i Phi((x - e_i) / s)` over draws `e_i`, its quantiles by bisection, its density
//! `mean_i phi((x - e_i) / s) / s`. With a window of many days `s` is large, and then hardly any effect can be told from another: that is
//! the truth about single episodes, and the likelihoods say it.

use brandish_math::{normal_cdf, quantile, sorted};

use super::episode::Judged;
use crate::error::ScenarioError;
use crate::parameters::points::median_error;

/// Central value, quantiles and Monte Carlo error of the median.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// At central parameters.
    pub central: f64,
    /// Quantiles at 5, 25, 50, 75 and 95 percent.
    pub quantiles: [f64; 5],
    /// Monte Carlo error of the median.
    pub mc_se: f64,
}

/// Probabilities of the quantiles of a band.
pub const PROBABILITIES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

impl Band {
    /// The band of draws.
    ///
    /// # Errors
    /// Fewer than five draws.
    pub fn of(central: f64, numbers: &[u64], draws: &[f64]) -> Result<Self, ScenarioError> {
        let ordered = sorted(draws)?;
        let mut quantiles = [0.0; 5];
        for (value, p) in quantiles.iter_mut().zip(PROBABILITIES) {
            *value = quantile(&ordered, p)?;
        }
        Ok(Self {
            central,
            quantiles,
            mc_se: median_error(numbers, draws)?,
        })
    }

    /// The median.
    #[must_use]
    pub const fn median(&self) -> f64 {
        self.quantiles[2]
    }

    /// Whether a value lies inside the 50% band.
    #[must_use]
    pub fn holds_50(&self, value: f64) -> bool {
        (self.quantiles[1]..=self.quantiles[3]).contains(&value)
    }

    /// Whether a value lies inside the 90% band.
    #[must_use]
    pub fn holds_90(&self, value: f64) -> bool {
        (self.quantiles[0]..=self.quantiles[4]).contains(&value)
    }
}

/// The effect with everything else around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    effects: Vec<f64>,
    least: f64,
    most: f64,
    sd: f64,
}

impl Prediction {
    /// Around draws of the effect, with the standard deviation of everything else (above 0).
    ///
    /// # Errors
    /// A standard deviation that is not positive, no draws.
    pub fn new(effects: &[f64], sd: f64) -> Result<Self, ScenarioError> {
        let effects = sorted(effects)?;
        let ends = (effects.first().copied(), effects.last().copied());
        match ends {
            (Some(least), Some(most)) if sd > 0.0 && sd.is_finite() => Ok(Self {
                effects,
                least,
                most,
                sd,
            }),
            _ => Err(ScenarioError::NotFinite {
                measure: "standard deviation of everything else",
                value: sd,
            }),
        }
    }

    /// Probability of a smaller change.
    #[must_use]
    pub fn below(&self, x: f64) -> f64 {
        let sum: f64 = self
            .effects
            .iter()
            .map(|effect| normal_cdf((x - effect) / self.sd))
            .sum();
        sum / self.effects.len() as f64
    }

    /// The change below which a share `p` (0 to 1, ends excluded) lies.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let mut low = self.least - 12.0 * self.sd;
        let mut high = self.most + 12.0 * self.sd;
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if self.below(middle) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }

    /// Logarithm of the density at a change, 1/bp.
    #[must_use]
    pub fn log_density(&self, x: f64) -> f64 {
        let exponents: Vec<f64> = self
            .effects
            .iter()
            .map(|effect| -0.5 * ((x - effect) / self.sd).powi(2))
            .collect();
        let largest = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = exponents.iter().map(|e| (e - largest).exp()).sum();
        largest + (sum / exponents.len() as f64).ln()
            - self.sd.ln()
            - 0.5 * (2.0 * std::f64::consts::PI).ln()
    }
}

/// What the sign says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The same.
    Right,
    /// The other one.
    Wrong,
    /// Effect or change are too small to score.
    TooSmall,
}

/// Where the observed change lies against a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Below it.
    Below,
    /// Inside.
    Inside,
    /// Above it.
    Above,
}

impl Place {
    /// Where a value lies against `low` to `high`.
    #[must_use]
    pub fn of(value: f64, low: f64, high: f64) -> Self {
        if value < low {
            Self::Below
        } else if value > high {
            Self::Above
        } else {
            Self::Inside
        }
    }

    /// In one word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Inside => "inside",
            Self::Above => "above",
        }
    }
}

/// The verdict on a window in a camp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As declared.
    Hit,
    /// Not as declared.
    Miss,
    /// Too small to score.
    TooSmall,
    /// Nothing is scored (forecasts, windows without observed change).
    NotScored,
}

/// What is scored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// How the window is judged.
    pub judged: Judged,
    /// Whether words were said in the episode.
    pub words: bool,
    /// Observed change of the scored tenor.
    pub observed: Option<f64>,
    /// Standard deviation of a day's change of the scored tenor.
    pub daily_sd: f64,
    /// Least size of a change whose sign is scored.
    pub sign_least: f64,
    /// Largest size that counts as nothing.
    pub nothing: f64,
}

impl Case {
    /// Sign of the median effect against that of the observed change.
    #[must_use]
    pub fn sign(&self, effect: &Band) -> Option<Sign> {
        let observed = self.observed?;
        if self.judged != Judged::Net {
            return None;
        }
        Some(
            if observed.abs() < self.sign_least || effect.median().abs() < self.sign_least {
                Sign::TooSmall
            } else if (observed > 0.0) == (effect.median() > 0.0) {
                Sign::Right
            } else {
                Sign::Wrong
            },
        )
    }

    /// The verdict; `effects` are the bands of every tenor, `effect` and `prediction` those of the scored one.
    #[must_use]
    pub fn verdict(&self, effects: &[Band], effect: &Band, prediction: &Band) -> Verdict {
        let hit = |is: bool| if is { Verdict::Hit } else { Verdict::Miss };
        match (self.judged, self.observed) {
            (Judged::Nothing, _) if self.words => hit(effect.median().abs() <= self.daily_sd),
            (Judged::Nothing, _) => hit(effects.iter().all(|band| {
                band.quantiles[0] >= -self.nothing && band.quantiles[4] <= self.nothing
            })),
            (Judged::Forecast, _) | (_, None) => Verdict::NotScored,
            (Judged::NotExplained, Some(observed)) => hit(effect.quantiles[4] < observed),
            (Judged::Counterfactual, Some(observed)) => hit(prediction.holds_90(observed)),
            (Judged::Net, Some(observed)) => match self.sign(effect) {
                Some(Sign::Wrong) => Verdict::Miss,
                _ if !prediction.holds_90(observed) => Verdict::Miss,
                Some(Sign::TooSmall) => Verdict::TooSmall,
                _ => Verdict::Hit,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_effect_gives_the_normal_distribution_around_it() {
        let prediction = Prediction::new(&[10.0], 4.0).unwrap();
        assert!((prediction.quantile(0.5) - 10.0).abs() < 1e-9);
        // 95% point of the normal: 1.6448536
        assert!((prediction.quantile(0.95) - (10.0 + 4.0 * 1.644_853_627)).abs() < 1e-6);
        let density = (-0.5_f64).exp() / (4.0 * (2.0 * std::f64::consts::PI).sqrt());
        assert!((prediction.log_density(14.0) - density.ln()).abs() < 1e-12);
    }

    #[test]
    fn far_observations_keep_a_finite_likelihood() {
        let prediction = Prediction::new(&[0.0, 1.0], 0.5).unwrap();
        assert!(prediction.log_density(500.0).is_finite());
    }

    fn band(quantiles: [f64; 5]) -> Band {
        Band {
            central: quantiles[2],
            quantiles,
            mc_se: 0.0,
        }
    }

    #[test]
    fn verdicts_follow_the_declaration() {
        let case = |judged, observed| Case {
            judged,
            words: false,
            observed,
            daily_sd: 6.0,
            sign_least: 1.0,
            nothing: 1.0,
        };
        let effect = band([2.0, 4.0, 6.0, 8.0, 12.0]);
        let wide = band([-40.0, -10.0, 6.0, 20.0, 50.0]);
        let zero = band([0.0; 5]);
        let cases = [
            (case(Judged::Net, Some(30.0)), effect, Verdict::Hit),
            (case(Judged::Net, Some(-30.0)), effect, Verdict::Miss),
            (case(Judged::Net, Some(60.0)), effect, Verdict::Miss),
            (case(Judged::Net, Some(0.4)), effect, Verdict::TooSmall),
            (
                case(Judged::Counterfactual, Some(-30.0)),
                effect,
                Verdict::Hit,
            ),
            (
                case(Judged::Counterfactual, Some(-50.0)),
                effect,
                Verdict::Miss,
            ),
            (case(Judged::NotExplained, Some(47.0)), effect, Verdict::Hit),
            (
                case(Judged::NotExplained, Some(10.0)),
                effect,
                Verdict::Miss,
            ),
            (case(Judged::Nothing, Some(3.0)), zero, Verdict::Hit),
            (case(Judged::Nothing, Some(3.0)), effect, Verdict::Miss),
            (case(Judged::Forecast, None), effect, Verdict::NotScored),
            (case(Judged::Net, None), effect, Verdict::NotScored),
        ];
        for (case, effect, expected) in cases {
            let verdict = case.verdict(&[effect], &effect, &wide);
            assert_eq!(verdict, expected, "{case:?}");
        }
    }
}
