//! An episode: who really sold how much of which maturities on which days, and the windows in which yields are read.
//!
//! Checked values only: dates in order, shares that sum to one, every amount with a source. What was observed is not part of an
//! episode unless the user's file gives it for days that the snapshot does not cover.

use brandish_units::{Bp, Date, Usd};

use crate::diagnostic::Origin;
use crate::file::{BucketShares, Profile};

/// A checked episode.
#[derive(Debug, Clone, PartialEq)]
pub struct Episode {
    /// Kebab-case name.
    pub name: String,
    /// One line.
    pub title: String,
    /// Close of this business day is day 0; only what was published by then enters market and mixes.
    pub as_of: Date,
    /// Entry of the snapshot's table of episodes with what else moved in the main window.
    pub facts: Option<String>,
    /// What else moved, in words.
    pub moved: String,
    /// Windows, the main one first.
    pub windows: Vec<Window>,
    /// Sales (and purchases, negative).
    pub sales: Vec<Flow>,
    /// Purchases of the Fed, each day a surprise.
    pub fed_purchases: Vec<Flow>,
    /// What looked like a sale and was none.
    pub not_sales: Vec<Flow>,
    /// Words about a sale.
    pub words: Vec<Words>,
    /// Whether the engine's own forced sellers act.
    pub forced_sellers: bool,
    /// Belief in the Fed's rule; `None` where the rule is off.
    pub fed_credibility: Option<f64>,
    /// GDP of the day, where the file gives it.
    pub gdp: Option<Usd>,
    /// Utilization at rest, where the file gives it.
    pub utilization_at_rest: Option<f64>,
}

/// Two closes between which yields are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// Kebab-case name.
    pub name: String,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// How it is scored.
    pub judged: Judged,
    /// Entry of the snapshot's table of episodes for this window.
    pub facts: Option<String>,
    /// Observed changes of the file, in the order of the declared tenors.
    pub observed: Vec<Option<Bp>>,
    /// Place in the file.
    pub origin: Origin,
}

/// How a window is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// Sign, size and coverage.
    Net,
    /// The net change has another cause: coverage, and what yields would have done without the sale.
    Counterfactual,
    /// The sale must not explain the change.
    NotExplained,
    /// Nothing was sold: the engine must say nothing.
    Nothing,
    /// No observed change at hand: the prediction is recorded.
    Forecast,
}

impl Judged {
    /// All of them with their words in files.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Net, "net"),
        (Self::Counterfactual, "counterfactual"),
        (Self::NotExplained, "not-explained"),
        (Self::Nothing, "nothing"),
        (Self::Forecast, "forecast"),
    ];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        let found = Self::ALL.iter().find(|(judged, _)| *judged == self);
        found.map_or("", |(_, word)| word)
    }

    /// Whether its main window weighs camps.
    #[must_use]
    pub const fn weighs(self) -> bool {
        matches!(self, Self::Net | Self::Counterfactual | Self::NotExplained)
    }
}

/// An amount sold (or bought) between two days.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Who.
    pub seller: String,
    /// Market value; negative for purchases.
    pub amount: Usd,
    /// First business day.
    pub first: Date,
    /// Last business day.
    pub last: Date,
    /// How it is spread over the days.
    pub profile: Profile,
    /// Which maturities.
    pub mix: EpisodeMix,
    /// The day from which the rest is expected with this probability; `None` where the market was told nothing.
    pub announced: Option<(Date, f64)>,
    /// Where the amount comes from.
    pub source: String,
    /// How good it is.
    pub quality: String,
}

/// Which maturities an amount is of.
#[derive(Debug, Clone, PartialEq)]
pub enum EpisodeMix {
    /// Long-term Treasuries of foreign officials in the survey published by the as-of day.
    SurveyOfficial,
    /// Those of foreign private holders.
    SurveyPrivate,
    /// Those of all foreign holders.
    SurveyAll,
    /// Bills.
    Bills,
    /// Shares by bucket.
    Shares(BucketShares),
}

/// Words about a sale, without or before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// Who speaks.
    pub speaker: String,
    /// What the words are about.
    pub amount: Usd,
    /// Over how many days it would be sold.
    pub days: u32,
    /// First session after the words.
    pub said: Date,
    /// Probability before them.
    pub prior: f64,
    /// Probability after them.
    pub probability: f64,
    /// Half-life of the wait for a start, business days.
    pub half_life_days: f64,
    /// Which maturities.
    pub mix: EpisodeMix,
    /// Where the probabilities come from.
    pub source: String,
}
