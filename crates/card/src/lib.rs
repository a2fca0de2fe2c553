//! What the threat to sell is worth.
//!
//! ```text
//! BranchEngine (engine outcomes) + Judgements (parameters/card.toml) -> Stakes -> Tree -> close -> Reading -> Card
//! ```
//!
//! A seller who holds the issuer's bonds and faces his tariffs can be silent, rule a sale out, hint, threaten, sell. The
//! issuer can concede, wait, pause, escalate, stand behind the market. Neither knows whether the other would go through with
//! it. Payoffs are computed from the clearing engine draw by draw; what no engine can say is a judgement with a range. The
//! solution is a quantal response of the game, closed with the market's own belief in a sale, and never a point without its
//! certificate.
//!
//! Invariants (each has a test): beliefs of what can follow average to the belief before; the seller's value is the sum of its
//! parts; a card that does nothing is worth nothing; the closed form of the one-round game is met; words that cost nothing and
//! commit to nothing change nothing.

mod answers;
mod closure;
mod crossing;
mod deal;
mod engine;
mod error;
mod judgements;
mod onward;
mod payoffs;
mod reading;
mod stakes;
mod starts;
mod state;
mod structure;
mod tree;

pub use answers::{
    AssuranceTerm, Band, Bands, Branching, ByPace, BySize, CampCard, Card, CardControl,
    CardSettings, Certificate, Conclusion, CredibilityMap, DREZNER, DealAnswer, Depth, Flip, Found,
    JumpCause, Lever, LimitReading, Margin, Measure, Parts, Precision, Record, RecordStep, Reply,
    SizeJump, SmallTree, Standing, SweepPoint, Timing, WalkBack, conclusions, headline, margin,
    value,
};
pub use closure::{Closing, OnBranch, Solved, Start, close, sale_beliefs};
pub use crossing::{Crossing, crossing};
pub use deal::{
    Package, PricedPackage, Term, Worth, indifferent_pledge_pct, packages, price, price_term,
};
pub use engine::{Setting, joiner_amount, outcomes, paced};
pub use error::CardError;
pub use judgements::{JudgementBook, Judgements};
pub use payoffs::{EndPayoff, Types, end_payoff};
pub use reading::{CardValue, Reading, card_value, read};
pub use stakes::{
    Outcomes, SaleBranches, SaleOutcomes, SaleStakes, Stakes, crisis_probability, points_above_deal,
};
pub use starts::{Closings, close_from_everywhere};
pub use state::{Sold, State, Words};
pub use structure::{IssuerAction, IssuerTypes, Part, RESOLUTIONS, Round, SellerAction, Structure};
pub use tree::{End, ISSUER_TYPES, JOINER_TYPES, Priors, PublicHistory, SELLER_TYPES, Tree};
