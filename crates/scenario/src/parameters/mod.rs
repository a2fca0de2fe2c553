//! Parameters with their sources: the camps, the engine's priors and the size of the economy.
//!
//! The numbers live in `parameters/*.toml`, each with unit, range and source (or the word judgement); this module
//! reads them once, refuses unknown fields, and turns a camp and a draw number into one set of engine parameters.
//! Draw `i` is point `i` of scrambled Sobol sequences (`points`), dimension `stream` of the file: a draw never depends on
//! another draw, on the number of threads or on parameters added later.

mod camp;
pub(crate) mod camp_file;
mod draw;
mod economy;
mod facilities;
pub mod points;
mod prior;

pub use camp::{CampBook, CampDefinition, Study, StudyRole};
pub use camp_file::{parse as parse_camp, parse_own as parse_own_camp};
pub(crate) use draw::Choice;
pub use draw::{Economy, ParameterSource};
pub use economy::{EconomyTable, GdpQuarter};
pub use facilities::{AdequacyWeights, Facilities, FacilityLimit, RangeEnd, RateRule, Regime};
pub use prior::{Distribution, Prior, PriorBook};

use crate::error::ScenarioError;
use crate::markets::MarketParameters;

/// The shipped files, embedded so that a binary carries its own assumptions.
const ENGINE_TOML: &str = include_str!("../../../../parameters/engine.toml");
const ECONOMY_TOML: &str = include_str!("../../../../parameters/economy.toml");
const USDJPY_TOML: &str = include_str!("../../../../parameters/usdjpy.toml");
const MARKETS_TOML: &str = include_str!("../../../../parameters/markets.toml");

/// Everything that `parameters/` says.
#[derive(Debug, Clone)]
pub struct ParameterBook {
    /// The camps with their observables.
    pub camps: CampBook,
    /// The engine's priors.
    pub priors: PriorBook,
    /// Nominal GDP by quarter with release dates.
    pub economy: EconomyTable,
    /// How dollars sold for yen move the rate.
    pub usdjpy: PriorBook,
    /// What estimates of other markets must show, and mortgage rates.
    pub markets: MarketParameters,
}

impl ParameterBook {
    /// The parameters this binary was built with.
    ///
    /// # Errors
    /// If a file does not parse: that is a defect of the build, and still an error and not a panic.
    pub fn shipped() -> Result<Self, ScenarioError> {
        Ok(Self {
            camps: CampBook::shipped()?,
            priors: PriorBook::parse("parameters/engine.toml", ENGINE_TOML)?,
            economy: EconomyTable::parse(ECONOMY_TOML)?,
            usdjpy: PriorBook::parse("parameters/usdjpy.toml", USDJPY_TOML)?,
            markets: MarketParameters::parse(MARKETS_TOML)?,
        })
    }

    /// The same with a user's own camp.
    #[must_use]
    pub fn with_own(mut self, camp: Option<&CampDefinition>) -> Self {
        self.camps = self.camps.with(camp);
        self
    }
}
