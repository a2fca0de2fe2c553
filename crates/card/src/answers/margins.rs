//! How far a conclusion is from turning: what it compares, and with what.
//!
//! A conclusion is a yes or no, and a yes by the last digit is worth no more than a no by the last digit. So each is printed with
//! the number it compares and its bound; where the two nearly meet it stands on the edge, and then nearly any change of a
//! judgement turns it, which says nothing about that judgement.

use super::Conclusion;
use super::levers::WORKING_LIFT;
use crate::reading::{CardValue, Reading};

/// Probability that makes a deal likely.
pub(super) const LIKELY: f64 = 0.5;
/// Probability under which a sale is unlikely.
pub(super) const UNLIKELY: f64 = 0.1;

/// Probabilities closer than this are on the edge: judgements are not known to a percentage point.
const EDGE_PROBABILITY: f64 = 0.01;
/// The same for worth, $bn: they are not known to a hundred million either.
const EDGE_BN: f64 = 0.1;

/// What a conclusion compares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// The number.
    pub value: f64,
    /// What it is compared with.
    pub bound: f64,
    /// Whether both are probabilities; else $bn.
    pub is_probability: bool,
}

impl Margin {
    /// Whether the number nearly meets its bound.
    #[must_use]
    pub fn is_on_edge(&self) -> bool {
        let near = if self.is_probability {
            EDGE_PROBABILITY
        } else {
            EDGE_BN
        };
        (self.value - self.bound).abs() < near
    }
}

/// What a conclusion compares in an equilibrium.
#[must_use]
pub fn margin(conclusion: Conclusion, reading: &Reading, value: &CardValue) -> Margin {
    let (value, bound, is_probability) = match conclusion {
        Conclusion::DealLikely => (reading.deal, LIKELY, true),
        Conclusion::WorthHaving => (value.seller, 0.0, false),
        Conclusion::LiftsDeals => (value.deal, WORKING_LIFT, true),
        Conclusion::DetersMore => (value.deterred, value.compelled, false),
        Conclusion::HurtsIssuer => (value.issuer, 0.0, false),
        Conclusion::SaleUnlikely => (reading.sale, UNLIKELY, true),
    };
    Margin {
        value,
        bound,
        is_probability,
    }
}

#[cfg(test)]
mod tests {
    use super::Margin;

    /// By hand: 0.1002 nearly meets 0.1, 0.12 does not; $50mn are nothing, $200mn are something.
    #[test]
    fn edges_are_near_the_bound() {
        let edge = |value, bound, is_probability| {
            Margin {
                value,
                bound,
                is_probability,
            }
            .is_on_edge()
        };
        assert!(edge(0.1002, 0.1, true) && edge(0.0935, 0.1, true));
        assert!(!edge(0.12, 0.1, true));
        assert!(edge(-0.05, 0.0, false) && !edge(0.2, 0.0, false));
    }
}
