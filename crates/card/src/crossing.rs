//! Single crossing: does a threat that fails cost the soft type more than the resolved one?
//!
//! A threat that is not conceded to costs a type the cheaper of carrying out and folding: min(cost of the sale, audience cost).
//! If that is larger for the resolved type, threatening is what the *soft* type does more readily, and words signal weakness.
//! This is checked on the payoffs before anything is solved.

use crate::stakes::Stakes;

/// What a failed threat costs each type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Soft, resolved: cost of carrying out.
    pub sale: [f64; 2],
    /// Soft, resolved: cost of folding.
    pub audience: [f64; 2],
    /// Soft, resolved: the cheaper of both.
    pub failed_threat: [f64; 2],
}

impl Crossing {
    /// Whether a failed threat costs the resolved type more, so that threatening signals weakness.
    #[must_use]
    pub fn signals_weakness(&self) -> bool {
        self.failed_threat[1] > self.failed_threat[0]
    }

    /// Whether it costs both the same, so that words by themselves tell nothing.
    #[must_use]
    pub fn tells_nothing(&self) -> bool {
        self.failed_threat[1] == self.failed_threat[0]
    }
}

/// The costs of a failed threat at these stakes.
#[must_use]
pub fn crossing(stakes: &Stakes) -> Crossing {
    let sale = stakes.big.by_joined_backstop[0][0];
    let of = |kind: usize| sale.market_cost + sale.yen_cost + stakes.security[kind];
    let sales = [of(0), of(1)];
    Crossing {
        sale: sales,
        audience: stakes.audience,
        failed_threat: [
            sales[0].min(stakes.audience[0]),
            sales[1].min(stakes.audience[1]),
        ],
    }
}
