//! Backtests: what the engine says about real episodes, scored by rules that were declared before.
//!
//! An episode (`episode`, `episode_file`) says who sold what and when. The market of its day (`market`) knows only what was published by
//! then; `predict` clears the flow in every camp and draw; only afterwards `observed` reads what happened, and `score` compares. `weights`
//! says what the out-of-sample episodes mean for the camps. The rules come from `declaration`; nothing here chooses a threshold.
//!
//! Invariants, each with a test: data published after the as-of day change no prediction; a placebo moves nothing; the shipped episodes
//! are those of the declaration; same bits at any number of threads.

pub mod episode;

mod declaration;
mod episode_file;
mod episode_keys;
mod flow;
mod market;
mod observed;
mod predict;
mod rows;
mod score;
#[cfg(test)]
mod tests;
mod weights;
mod windows;

use std::sync::atomic::AtomicBool;

use brandish_data::{KnownOn, Snapshot};
use brandish_units::Bp;

pub use declaration::{Declaration, episode_names, shipped_episode};
use episode::{Episode, Window};
pub use episode_file::parse as parse_episode;
pub use market::EpisodeMarket;
pub use observed::OtherMove;
pub use predict::CampEffects;
pub use rows::rows;
pub use score::{Band, Case, PROBABILITIES, Place, Prediction, Sign, Verdict};
pub use weights::{CampWeight, Weights};

use crate::error::ScenarioError;
use crate::file::CampName;
use crate::parameters::ParameterBook;
use predict::Plan;
use windows::Predicted;

/// One episode, predicted and scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// The episode.
    pub episode: Episode,
    /// Its windows, the main one first.
    pub windows: Vec<WindowScore>,
    /// Where GDP comes from.
    pub gdp_source: String,
    /// Utilization at rest, ratio.
    pub utilization_at_rest: f64,
    /// Draws that failed, over all camps.
    pub failed: usize,
    /// Draws made, over all camps.
    pub draws: usize,
    /// What the first failure said.
    pub first_failure: Option<String>,
}

/// One window of an episode.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowScore {
    /// The window.
    pub window: Window,
    /// Business days from its first to its last close.
    pub days: usize,
    /// Business day of its last close.
    pub last_day: usize,
    /// Observed changes by declared tenor.
    pub observed: Vec<Option<Bp>>,
    /// What else moved.
    pub others: Vec<OtherMove>,
    /// Standard deviation of everything else at the scored tenor over the window, bp.
    pub sd_bp: f64,
    /// Camp by camp.
    pub camps: Vec<CampScore>,
}

/// A camp on a window.
#[derive(Debug, Clone, PartialEq)]
pub struct CampScore {
    /// The camp.
    pub camp: CampName,
    /// Kept outside headlines.
    pub stress: bool,
    /// Studies that make the window in-sample for it; none: out-of-sample.
    pub in_sample: Vec<String>,
    /// Effect by declared tenor.
    pub effects: Vec<Band>,
    /// Effect at the scored tenor had what was no sale been one.
    pub taken_for_a_sale: Option<Band>,
    /// Effect and everything else at the scored tenor.
    pub prediction: Band,
    /// Sign, where it is scored.
    pub sign: Option<Sign>,
    /// Observed change against the 50% and 90% bands of the effect.
    pub size: Option<(Place, Place)>,
    /// Observed change inside the 50% and 90% bands of the prediction.
    pub covered: Option<(bool, bool)>,
    /// Logarithm of the density of the observed change.
    pub log_likelihood: Option<f64>,
    /// The verdict.
    pub verdict: Verdict,
}

/// What the engine says of an episode in one camp.
#[derive(Debug, Clone, PartialEq)]
pub struct EpisodeEffects {
    /// Effects of what happened.
    pub happened: CampEffects,
    /// Effects there would have been had what was no sale been one.
    pub taken_for_a_sale: Option<CampEffects>,
}

/// How a backtest is run.
#[derive(Debug, Clone, Copy)]
pub struct BacktestOptions<'a> {
    /// The declared rules.
    pub declaration: &'a Declaration,
    /// Parameters and camps.
    pub book: &'a ParameterBook,
    /// Draws per camp.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Set to true to stop.
    pub cancel: &'a AtomicBool,
}

/// The engine's effects of an episode in every camp: what happened, then what would have been had a fall been taken for a sale.
/// Reads nothing of what was published after the as-of day.
///
/// # Errors
/// A day without a market, an engine that finds no price at central parameters.
pub fn predict(
    episode: &Episode,
    known: &KnownOn<'_>,
    options: &BacktestOptions<'_>,
) -> Result<(EpisodeMarket, Vec<EpisodeEffects>), ScenarioError> {
    let tenors = &options.declaration.tenors;
    let market = EpisodeMarket::at(episode, known, tenors, options.book)?;
    let happened = flow::happened(episode, &market, known)?;
    let mistaken = flow::taken_for_a_sale(episode, &market, known)?;
    let plan = Plan {
        episode,
        market: &market,
        book: options.book,
        tenors,
        days: episode
            .windows
            .iter()
            .map(|window| {
                (
                    flow::day_of(episode.as_of, window.start),
                    flow::day_of(episode.as_of, window.end),
                )
            })
            .collect(),
        draws: options.draws,
        seed: options.seed,
        cancel: options.cancel,
    };
    let effects = options
        .book
        .camps
        .all()
        .iter()
        .map(|camp| {
            let effects = plan.effects(camp.letter, &happened)?;
            let mistaken = mistaken
                .as_ref()
                .map(|flow| plan.effects(camp.letter, flow))
                .transpose()?;
            Ok(EpisodeEffects {
                happened: effects,
                taken_for_a_sale: mistaken,
            })
        })
        .collect::<Result<Vec<_>, ScenarioError>>()?;
    Ok((market, effects))
}

/// Predicts an episode and scores it against what the snapshot (or the file) knows of the days after.
///
/// # Errors
/// As [`predict`]; observed changes that contradict the snapshot.
pub fn backtest(
    episode: &Episode,
    snapshot: &Snapshot,
    options: &BacktestOptions<'_>,
) -> Result<Backtest, ScenarioError> {
    let known = snapshot.known_on(episode.as_of);
    let (market, effects) = predict(episode, &known, options)?;
    let predicted = Predicted {
        episode,
        market: &market,
        effects: &effects,
        declaration: options.declaration,
        book: options.book,
    };
    let windows = (0..episode.windows.len())
        .map(|place| predicted.window(place, snapshot))
        .collect::<Result<Vec<_>, _>>()?;
    let all = || {
        effects
            .iter()
            .flat_map(|camp| std::iter::once(&camp.happened).chain(&camp.taken_for_a_sale))
    };
    Ok(Backtest {
        episode: episode.clone(),
        windows,
        utilization_at_rest: market.economy.utilization_at_rest,
        failed: all().map(|camp| camp.failed).sum(),
        draws: all().map(|camp| camp.failed + camp.draws.len()).sum(),
        first_failure: all().find_map(|camp| camp.first_failure.clone()),
        gdp_source: market.gdp_source,
    })
}

/// Weights of the headline camps before and after the out-of-sample episodes.
///
/// # Errors
/// If a camp is not defined.
pub fn weigh(backtests: &[Backtest], book: &ParameterBook) -> Weights {
    let priors: Vec<(CampName, f64)> = book
        .camps
        .all()
        .iter()
        .filter(|camp| !camp.stress)
        .map(|camp| (camp.letter, camp.weight))
        .collect();
    weights::weights(backtests, &priors)
}
