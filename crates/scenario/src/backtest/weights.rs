//! What the episodes say for or against each camp: weights before and after, and how much a single episode matters.
//!
//! Weight after = weight before x product over episodes of the density of the observed change, normalized over the headline camps.
//! Only main windows count that are out-of-sample for every headline camp. The range over leaving one episode out says how little a handful
//! of episodes can tell.

use super::{Backtest, WindowScore};
use crate::file::CampName;

/// Weight of a camp before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct CampWeight {
    /// The camp.
    pub camp: CampName,
    /// Before.
    pub before: f64,
    /// After.
    pub after: f64,
    /// Least and largest weight when one episode is left out; `None` with fewer than two.
    pub leaving_one_out: Option<(f64, f64)>,
}

/// Weights and the episodes they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// One per headline camp.
    pub camps: Vec<CampWeight>,
    /// Episodes that count.
    pub episodes: Vec<String>,
}

/// The weights after a backtest; `priors` are the headline camps with their stated weights.
pub(super) fn weights(backtests: &[Backtest], priors: &[(CampName, f64)]) -> Weights {
    let headline: Vec<CampName> = priors.iter().map(|(camp, _)| *camp).collect();
    let counted: Vec<(&Backtest, Vec<f64>)> = backtests
        .iter()
        .filter_map(|backtest| {
            let window = backtest.windows.first()?;
            Some((backtest, log_likelihoods(window, &headline)?))
        })
        .collect();
    let total: f64 = priors.iter().map(|(_, weight)| weight).sum();
    let before: Vec<f64> = priors.iter().map(|(_, weight)| weight / total).collect();
    let all: Vec<&Vec<f64>> = counted.iter().map(|(_, logs)| logs).collect();
    let after = posterior(&before, &all);
    let without: Vec<Vec<f64>> = (0..all.len())
        .map(|left_out| {
            let rest: Vec<&Vec<f64>> = all
                .iter()
                .enumerate()
                .filter(|(place, _)| *place != left_out)
                .map(|(_, logs)| *logs)
                .collect();
            posterior(&before, &rest)
        })
        .collect();
    let camps = headline
        .iter()
        .enumerate()
        .map(|(place, camp)| {
            let values = || without.iter().map(|weights| weights[place]);
            CampWeight {
                camp: *camp,
                before: before[place],
                after: after[place],
                leaving_one_out: (without.len() > 1).then(|| {
                    (
                        values().fold(f64::INFINITY, f64::min),
                        values().fold(0.0, f64::max),
                    )
                }),
            }
        })
        .collect();
    Weights {
        camps,
        episodes: counted
            .iter()
            .map(|(backtest, _)| backtest.episode.name.clone())
            .collect(),
    }
}

/// Log-likelihoods of a window in the headline camps; `None` where it does not weigh.
fn log_likelihoods(window: &WindowScore, headline: &[CampName]) -> Option<Vec<f64>> {
    if !window.window.judged.weighs() {
        return None;
    }
    headline
        .iter()
        .map(|camp| {
            let score = window.camps.iter().find(|score| score.camp == *camp)?;
            if score.in_sample.is_empty() {
                score.log_likelihood
            } else {
                None
            }
        })
        .collect()
}

/// Weights after the given log-likelihoods, normalized; the largest is taken out first so that nothing underflows.
fn posterior(before: &[f64], logs: &[&Vec<f64>]) -> Vec<f64> {
    let sums: Vec<f64> = (0..before.len())
        .map(|place| logs.iter().map(|of| of[place]).sum())
        .collect();
    let largest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raw: Vec<f64> = before
        .iter()
        .zip(&sums)
        .map(|(weight, log)| weight * (log - largest).exp())
        .collect();
    let total: f64 = raw.iter().sum();
    raw.iter().map(|weight| weight / total).collect()
}

#[cfg(test)]
mod tests {
    use super::posterior;

    #[test]
    fn equal_likelihoods_change_nothing_and_bayes_is_bayes() {
        let before = [0.5, 0.3, 0.2];
        let same = vec![-900.0; 3];
        assert_eq!(posterior(&before, &[]), before);
        let after = posterior(&before, &[&same]);
        assert!(after.iter().zip(before).all(|(a, b)| (a - b).abs() < 1e-12));
        let evidence = vec![0.0, 2.0_f64.ln(), 0.0];
        // 0.5, 0.6, 0.2 over 1.3
        let after = posterior(&before, &[&evidence]);
        assert!((after[1] - 0.6 / 1.3).abs() < 1e-12);
    }
}
