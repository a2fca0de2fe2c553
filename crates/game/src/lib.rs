//! Extensive-form games, and what rational or nearly rational players do in them.
//!
//! A game is written down as a [`Description`] or read from a Gambit file ([`read_efg`], [`read_nfg`]) and becomes a
//! checked [`Game`]: flat arrays, perfect recall, probabilities that add up. Nothing here knows securities; payoffs are
//! numbers in whatever unit the caller chose, and lambda is one over that unit.
//!
//! What can be asked:
//! - the logit agent quantal response at a precision, and the branches there are ([`qre`]);
//! - its limit as precision grows, a candidate for a sequential equilibrium ([`qre::sequential_candidate`]);
//! - equilibria of two-player games of constant sum by regret minimization ([`cfr_plus`]);
//! - for any strategies: payoffs, beliefs, best responses, regrets, sequential rationality ([`assessment`], [`response`]).
//!
//! ```
//! use brandish_game::{Description, Place, qre};
//!
//! // An entrant stays out (0, 2) or enters; the incumbent fights (-1, -1) or shares (1, 1).
//! let mut market = Description::new("entry", &["entrant", "incumbent"]);
//! let entrant = market.infoset(0, "entrant", &["out", "in"]);
//! let incumbent = market.infoset(1, "incumbent", &["fight", "share"]);
//! let first = market.decision(Place::Root, entrant);
//! market.outcome(Place::After { node: first, action: 0 }, &[0.0, 2.0]);
//! let second = market.decision(Place::After { node: first, action: 1 }, incumbent);
//! market.outcome(Place::After { node: second, action: 0 }, &[-1.0, -1.0]);
//! market.outcome(Place::After { node: second, action: 1 }, &[1.0, 1.0]);
//! let game = market.build()?;
//! let found = qre::sequential_candidate(&game, &qre::PathSettings::default(), &|| false)?;
//! assert!((found.payoffs[0] - 1.0).abs() < 1e-6);
//! # Ok::<(), brandish_game::GameError>(())
//! ```
//!
//! Invariants: every function is pure and gives the same bits on every run; no input makes one panic or run without end
//! (long work asks a callback whether to stop); a point is handed out only under a label it has earned, with its residual
//! and regrets, and refused otherwise.

pub mod assessment;
pub mod cfr;
mod check;
mod description;
pub mod efg;
mod error;
mod profile;
pub mod qre;
pub mod response;
mod stakes;
mod tree;

pub use assessment::{Assessment, expected_payoffs, node_values, reach};
pub use cfr::{CfrSettings, CfrSolution, cfr_plus, exploitability};
pub use description::{DEPTH_LIMIT, Description, NODE_LIMIT, PLAYER_LIMIT, Place};
pub use efg::{Reading, Warning, read_efg, read_nfg, write_efg};
pub use error::GameError;
pub use profile::BehaviorProfile;
pub use qre::{LogitQre, PathSettings, SequentialCandidate};
pub use response::{BestResponse, best_response, nash_regrets};
pub use tree::{Game, Move};
