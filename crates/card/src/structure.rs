//! Structures of the standoff: how many rounds, who can do what, who sees what.
//!
//! Resolutions R0 to R4 go from one that can be solved by hand to one with every action; `history` has the windows of April
//! to July 2025, and `quiet` the variant in which sales can be hidden until the monthly holdings are published. Actions
//! depend on the past: words climb a ladder (silent, assured, hinted, explicit, walked back), a sale is made once, an
//! escalation, a pause, a backstop and a spike happen once.

/// What the seller can do in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SellerAction {
    /// Nothing.
    Silent,
    /// Rule the sale out; after words of threat, walk them back.
    Assure,
    /// A hint.
    Hint,
    /// An explicit threat.
    Brandish,
    /// Sell a part.
    SellSmall,
    /// Sell the whole.
    SellBig,
    /// Sell the whole without a word.
    SellQuietly,
}

impl SellerAction {
    /// Label in trees and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Assure => "assure",
            Self::Hint => "hint",
            Self::Brandish => "brandish",
            Self::SellSmall => "sell small",
            Self::SellBig => "sell",
            Self::SellQuietly => "sell quietly",
        }
    }
}

/// What the issuer can do in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssuerAction {
    /// Agree to the deal.
    Concede,
    /// Wait.
    Hold,
    /// Put off what was announced.
    Pause,
    /// Announce more.
    Escalate,
    /// Stand behind the market.
    Backstop,
}

impl IssuerAction {
    /// Label in trees and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Concede => "concede",
            Self::Hold => "hold",
            Self::Pause => "pause",
            Self::Escalate => "escalate",
            Self::Backstop => "backstop",
        }
    }
}

/// One round.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Its name.
    pub label: String,
    /// How long it lasts without a deal, months.
    pub months: f64,
}

/// Types of the issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerTypes {
    /// Robust for sure.
    Robust,
    /// Robust or fragile.
    RobustOrFragile,
}

/// The parts of a standoff that a structure can have or lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Nature moves: calm or spike.
    Market,
    /// The joiner, with his types.
    Joiner,
}

/// Who can do what.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Its name.
    pub name: &'static str,
    /// Rounds in order.
    pub rounds: Vec<Round>,
    /// Actions of the seller.
    pub seller: Vec<SellerAction>,
    /// Actions of the issuer.
    pub issuer: Vec<IssuerAction>,
    /// Types of the issuer.
    pub issuer_types: IssuerTypes,
    /// Optional parts.
    pub parts: Vec<Part>,
    /// Rounds, from the first, in which nature moves where there is a market.
    pub market_rounds: usize,
    /// Rounds after which a quiet sale is published.
    pub publication_lag: usize,
}

/// Names of the resolutions.
pub const RESOLUTIONS: [&str; 9] = [
    "R0", "R1", "R1e", "R2", "R3", "R3c", "R4", "history", "quiet",
];

impl Structure {
    /// Whether it has a part.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    /// Whether the seller has an action.
    #[must_use]
    pub fn can(&self, action: SellerAction) -> bool {
        self.seller.contains(&action)
    }

    /// A structure by name; none if there is no such name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        use IssuerAction::{Backstop, Concede, Escalate, Hold, Pause};
        use SellerAction::{Assure, Brandish, Hint, SellBig, SellQuietly, SellSmall, Silent};
        let name = *RESOLUTIONS.iter().find(|known| **known == name)?;
        let base = Self {
            name,
            rounds: months(&["April", "May", "June"], 4.0 / 3.0),
            seller: vec![Silent, Assure, Brandish, SellBig],
            issuer: vec![Concede, Hold, Escalate],
            issuer_types: IssuerTypes::RobustOrFragile,
            parts: Vec::new(),
            market_rounds: usize::MAX,
            publication_lag: 2,
        };
        let four = months(&["April", "May", "June", "July"], 1.0);
        let everything = Self {
            seller: vec![Silent, Assure, Hint, Brandish, SellSmall, SellBig],
            issuer: vec![Concede, Hold, Pause, Escalate, Backstop],
            parts: vec![Part::Market, Part::Joiner],
            ..base.clone()
        };
        Some(match name {
            "R0" => Self {
                rounds: months(&["once"], 1.0),
                seller: vec![Silent, Brandish],
                issuer: vec![Concede, Hold],
                issuer_types: IssuerTypes::Robust,
                ..base
            },
            "R1" => Self {
                rounds: months(&["spring", "July"], 2.0),
                seller: vec![Silent, Brandish, SellBig],
                issuer: vec![Concede, Hold],
                ..base
            },
            "R1e" => Self {
                rounds: months(&["spring", "July"], 2.0),
                seller: vec![Silent, Brandish, SellBig],
                ..base
            },
            "R3" => Self {
                rounds: four,
                ..base
            },
            "R3c" => Self {
                seller: vec![Silent, Assure, Brandish, SellSmall, SellBig],
                issuer: vec![Concede, Hold, Pause, Escalate],
                ..everything
            },
            "R4" => Self {
                rounds: four,
                ..everything
            },
            "history" => Self {
                rounds: vec![
                    round("April", 1.0),
                    round("2 May", 0.1),
                    round("4 May to June", 1.9),
                    round("7 July", 0.5),
                    round("22 July", 0.5),
                ],
                issuer: vec![Concede, Hold, Pause, Escalate],
                parts: vec![Part::Market],
                // The record has its spike in April; a spike happens once.
                market_rounds: 1,
                ..base
            },
            "quiet" => Self {
                seller: vec![Silent, Brandish, SellBig, SellQuietly],
                parts: vec![Part::Market],
                ..base
            },
            _ => base,
        })
    }
}

fn round(label: &str, months: f64) -> Round {
    Round {
        label: label.to_owned(),
        months,
    }
}

fn months(labels: &[&str], each: f64) -> Vec<Round> {
    labels.iter().map(|label| round(label, each)).collect()
}
