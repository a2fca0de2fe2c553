//! Extensive-form games, and what rational or nearly rational players do in them.
pub mod assessment;
mod check;
mod description;
mod error;
mod profile;
pub mod response;
mod tree;
pub use assessment::{Assessment, expected_payoffs, node_values, reach};
pub use description::{DEPTH_LIMIT, Description, NODE_LIMIT, PLAYER_LIMIT, Place};
pub use error::GameError;
pub use profile::BehaviorProfile;
pub use response::{BestResponse, best_response, nash_regrets};
pub use tree::{Game, Move};
