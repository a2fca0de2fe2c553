//! Camps: sets of published evidence that cannot all be right, kept apart and never averaged away.
//!
//! A camp is a long-run response of the ten-year yield to $100bn (which gives the demand slope in closed form), a
//! central risk price, a learning multiplier, a weight for the stated mixture and its sources. Camp X is a stress
//! bound: it is computed and shown, and stays outside every headline.

use serde::Deserialize;

use crate::error::ScenarioError;
use crate::file::CampName;

/// One camp as `parameters/camps.toml` defines it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampDefinition {
    /// `S`, `C`, `F` or `X`.
    pub letter: String,
    /// Short name.
    pub name: String,
    /// What the camp believes, in one sentence.
    pub sentence: String,
    /// True for a stress bound that stays outside headlines and mixtures shown first.
    pub stress: bool,
    /// Prior weight in the stated mixture.
    pub weight: f64,
    /// Long-run response of the ten-year bucket, bp per $100bn, reference mix, 2025 economy.
    pub long_run_response_bp_per_100bn: f64,
    /// Central risk price, 1/($bn bp).
    pub risk_price_central: f64,
    /// Central learning multiplier: further dollars expected per undeclared dollar seen.
    pub news_central: f64,
    /// Units of the numbers above.
    pub unit: String,
    /// Range in the literature.
    pub range: String,
    /// Studies, or the word judgement.
    pub source: String,
}

/// All camps of a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampBook {
    schema: u32,
    camp: Vec<CampDefinition>,
}

impl CampBook {
    /// Reads the text of a camps file.
    ///
    /// # Errors
    /// Names the first problem: unknown field, missing number, weight outside 0..1, response that is not positive.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let file = "parameters/camps.toml";
        let book: Self = toml::from_str(text)
            .map_err(|error| ScenarioError::parameters(file, error.to_string()))?;
        if book.schema != 1 {
            return Err(ScenarioError::parameters(
                file,
                format!("schema = {} is not supported; use schema = 1", book.schema),
            ));
        }
        for camp in &book.camp {
            let positive = camp.long_run_response_bp_per_100bn > 0.0
                && camp.risk_price_central > 0.0
                && camp.news_central >= 0.0;
            if !positive || !(0.0..=1.0).contains(&camp.weight) {
                return Err(ScenarioError::parameters(
                    file,
                    format!(
                        "camp {}: response and risk price must be positive, news at least 0, weight within 0 to 1",
                        camp.letter
                    ),
                ));
            }
        }
        Ok(book)
    }

    /// All camps in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[CampDefinition] {
        &self.camp
    }

    /// The definition of a camp.
    ///
    /// # Errors
    /// If the file has no such camp.
    pub fn get(&self, camp: CampName) -> Result<&CampDefinition, ScenarioError> {
        self.camp
            .iter()
            .find(|definition| definition.letter == camp.letter())
            .ok_or_else(|| {
                ScenarioError::parameters(
                    "parameters/camps.toml",
                    format!("camp {} is not defined", camp.letter()),
                )
            })
    }
}
