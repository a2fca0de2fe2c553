//! Camps: sets of published evidence that cannot all be right, kept apart and never averaged away.
//!
//! A camp is a long-run response of the ten-year yield to $100bn (which gives the demand slope in closed form), a
//! central risk price, a learning multiplier, a weight for the stated mixture, and the studies behind it. Camp X is a stress
//! bound: it is computed and shown, and stays outside every headline. Camp U is a user's own (`camp_file`).

use brandish_units::Date;

use super::camp_file;
use crate::diagnostic::Diagnostic;
use crate::error::ScenarioError;
use crate::file::CampName;

/// The shipped camps in output order, embedded.
const SHIPPED: [(&str, &str); 4] = [
    (
        "parameters/camps/s.toml",
        include_str!("../../../../parameters/camps/s.toml"),
    ),
    (
        "parameters/camps/c.toml",
        include_str!("../../../../parameters/camps/c.toml"),
    ),
    (
        "parameters/camps/f.toml",
        include_str!("../../../../parameters/camps/f.toml"),
    ),
    (
        "parameters/camps/x.toml",
        include_str!("../../../../parameters/camps/x.toml"),
    ),
];
/// For messages about the camps together.
const PLACE: &str = "parameters/camps";

/// One camp as its file defines it.
#[derive(Debug, Clone, PartialEq)]
pub struct CampDefinition {
    /// `S`, `C`, `F`, `X`, or `U` for a user's own.
    pub letter: CampName,
    /// Short name.
    pub name: String,
    /// What the camp believes, in one sentence.
    pub sentence: String,
    /// True for a stress bound that stays outside headlines and mixtures shown first.
    pub stress: bool,
    /// Prior weight in the stated mixture.
    pub weight: f64,
    /// Camps it is made of, beside its own studies.
    pub made_of: Vec<CampName>,
    /// Long-run response of the ten-year bucket, bp per $100bn, reference mix, 2025 economy.
    pub long_run_response_bp_per_100bn: f64,
    /// Central risk price, 1/($bn bp): given, or fitted to the file's month response.
    pub risk_price_central: f64,
    /// Central learning multiplier: further dollars expected per undeclared dollar seen.
    pub news_central: f64,
    /// Units of the numbers above.
    pub unit: String,
    /// Range in the literature.
    pub range: String,
    /// Studies, or the word judgement.
    pub source: String,
    /// The studies.
    pub studies: Vec<Study>,
}

/// A published study behind a camp, or one the camp is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// Name, as in the table of published responses where it is there.
    pub name: String,
    /// What it found, in this project's words.
    pub finding: String,
    /// A short quotation, where the text was read.
    pub quote: Option<String>,
    /// Whether the camp's numbers rest on it.
    pub role: StudyRole,
    /// Economy in which it measured, a year.
    pub economy: String,
    /// First and last month of its sample, where it has one.
    pub sample: Option<(Date, Date)>,
    /// How far it was read.
    pub read: String,
    /// Where it was published.
    pub source: String,
}

impl Study {
    /// Whether its sample has a day between `from` and `to`.
    #[must_use]
    pub fn overlaps(&self, from: Date, to: Date) -> bool {
        self.sample
            .is_some_and(|(first, last)| first <= to && from <= last)
    }
}

/// What a study is to a camp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StudyRole {
    /// The camp's numbers were chosen to meet it.
    Fitted,
    /// Shown against the camp and not used.
    Compared,
}

/// All camps.
#[derive(Debug, Clone, PartialEq)]
pub struct CampBook {
    camps: Vec<CampDefinition>,
}

impl CampBook {
    /// The camps that ship with the program.
    ///
    /// # Errors
    /// If a file does not parse: that is a defect of the build, and still an error and not a panic.
    pub fn shipped() -> Result<Self, ScenarioError> {
        let mut camps = Vec::with_capacity(SHIPPED.len());
        for (file, text) in SHIPPED {
            let camp = camp_file::parse(text, file).map_err(|problems| {
                let first = problems.first().map(Diagnostic::to_string);
                ScenarioError::parameters(PLACE, first.unwrap_or_default())
            })?;
            camps.push(camp);
        }
        Ok(Self { camps })
    }

    /// The same with a user's own camp behind them.
    #[must_use]
    pub fn with(mut self, own: Option<&CampDefinition>) -> Self {
        self.camps.extend(own.cloned());
        self
    }

    /// All camps in output order.
    #[must_use]
    pub fn all(&self) -> &[CampDefinition] {
        &self.camps
    }

    /// The definition of a camp.
    ///
    /// # Errors
    /// If there is no such camp.
    pub fn get(&self, camp: CampName) -> Result<&CampDefinition, ScenarioError> {
        self.camps
            .iter()
            .find(|definition| definition.letter == camp)
            .ok_or_else(|| {
                ScenarioError::parameters(PLACE, format!("camp {} is not defined", camp.letter()))
            })
    }

    /// Names of the studies to which a camp, or a camp it is made of, is fitted and whose sample overlaps `from` to `to`.
    ///
    /// # Errors
    /// If a camp it is made of is not defined.
    pub fn fitted_to(
        &self,
        camp: CampName,
        from: Date,
        to: Date,
    ) -> Result<Vec<&str>, ScenarioError> {
        let definition = self.get(camp)?;
        // camps are made of simple camps: one step is enough
        let mut behind = vec![definition];
        for part in &definition.made_of {
            behind.push(self.get(*part)?);
        }
        Ok(behind
            .into_iter()
            .flat_map(|camp| &camp.studies)
            .filter(|study| study.role == StudyRole::Fitted && study.overlaps(from, to))
            .map(|study| study.name.as_str())
            .collect())
    }
}
