//! Scoring of one window: what was predicted beside what was observed.
//!
//! Bands of the effect at every declared tenor, the prediction at the scored one, labels from the samples of the studies behind a camp,
//! and the verdict. The observed change is read here for the first time.

use brandish_data::Snapshot;

use super::episode::Episode;
use super::market::EpisodeMarket;
use super::predict::CampEffects;
use super::score::{Band, Case, PROBABILITIES, Place, Prediction};
use super::{CampScore, Declaration, EpisodeEffects, WindowScore, flow, observed};
use crate::error::ScenarioError;
use crate::parameters::ParameterBook;

/// A predicted episode.
pub(super) struct Predicted<'a> {
    pub(super) episode: &'a Episode,
    pub(super) market: &'a EpisodeMarket,
    pub(super) effects: &'a [EpisodeEffects],
    pub(super) declaration: &'a Declaration,
    pub(super) book: &'a ParameterBook,
}

impl Predicted<'_> {
    /// Scores the window at a place.
    ///
    /// # Errors
    /// Observed changes that contradict the snapshot; facts it does not have.
    pub(super) fn window(
        &self,
        place: usize,
        snapshot: &Snapshot,
    ) -> Result<WindowScore, ScenarioError> {
        let window = &self.episode.windows[place];
        let scored = self.declaration.scored;
        let observed = observed::changes(window, &self.declaration.tenors, snapshot)?;
        let facts = match (&window.facts, place) {
            (Some(facts), _) => Some(facts),
            (None, 0) => self.episode.facts.as_ref(),
            (None, _) => None,
        };
        let day = |date| flow::day_of(self.episode.as_of, date);
        let (first, last) = (day(window.start), day(window.end));
        let days = last - first.min(last);
        let daily_sd = self.market.daily_sd_bp[scored];
        let sd_bp = daily_sd * (days.max(1) as f64).sqrt();
        let case = Case {
            judged: window.judged,
            words: !self.episode.words.is_empty(),
            observed: observed[scored].map(|bp| bp.0),
            daily_sd,
            sign_least: self.declaration.sign_least_bp,
            nothing: self.declaration.nothing_bp,
        };
        let camps = self
            .effects
            .iter()
            .map(|camp| self.camp(place, &case, sd_bp, camp))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(WindowScore {
            window: window.clone(),
            days,
            last_day: last,
            observed,
            others: match facts {
                Some(name) => observed::others(name, snapshot)?,
                None => Vec::new(),
            },
            sd_bp,
            camps,
        })
    }

    fn camp(
        &self,
        place: usize,
        case: &Case,
        sd_bp: f64,
        camp: &EpisodeEffects,
    ) -> Result<CampScore, ScenarioError> {
        let happened = &camp.happened;
        let count = self.declaration.tenors.len();
        let scored = self.declaration.scored;
        let window = &self.episode.windows[place];
        let band = |of: &CampEffects, tenor: usize| {
            let at = place * count + tenor;
            Band::of(of.central[at], &of.numbers, &of.column(at))
        };
        let effects = (0..count)
            .map(|tenor| band(happened, tenor))
            .collect::<Result<Vec<_>, _>>()?;
        let effect = effects[scored];
        let draws = happened.column(place * count + scored);
        let everything = Prediction::new(&draws, sd_bp)?;
        let prediction = Band {
            central: effect.central,
            quantiles: PROBABILITIES.map(|p| everything.quantile(p)),
            mc_se: effect.mc_se,
        };
        let [p05, p25, _, p75, p95] = effect.quantiles;
        let studies = self
            .book
            .camps
            .fitted_to(happened.camp, window.start, window.end)?;
        Ok(CampScore {
            camp: happened.camp,
            stress: self.book.camps.get(happened.camp)?.stress,
            in_sample: studies.into_iter().map(str::to_owned).collect(),
            taken_for_a_sale: camp
                .taken_for_a_sale
                .as_ref()
                .map(|of| band(of, scored))
                .transpose()?,
            sign: case.sign(&effect),
            size: case
                .observed
                .map(|x| (Place::of(x, p25, p75), Place::of(x, p05, p95))),
            covered: case
                .observed
                .map(|x| (prediction.holds_50(x), prediction.holds_90(x))),
            log_likelihood: case.observed.map(|x| everything.log_density(x)),
            verdict: case.verdict(&effects, &effect, &prediction),
            effects,
            prediction,
        })
    }
}
