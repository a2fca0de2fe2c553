//! Product settings or reference settings: one switch that moves every product choice to the reference's value.
//!
//! The reference is a small published implementation of the same equations with its own constants; its values are
//! in `goldens/peer/engine`. Under `Reference` the covariance, the economy, the seller's mix, switching at the
//! short end, the economy of the day and the reading of tenors are the reference's, so any scenario file can be run through both.

/// Which settings a run uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settings {
    /// No look-ahead, the day's economy, the survey's mix, no switching below one year.
    Product,
    /// The reference's constants.
    Reference,
}

impl Settings {
    /// Name in manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Reference => "reference",
        }
    }

    /// The settings of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Product, Self::Reference]
            .into_iter()
            .find(|settings| settings.name() == name)
    }
}
