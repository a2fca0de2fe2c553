//! Extensive-form games, and what rational or nearly rational players do in them.
pub mod assessment;
mod check;
mod description;
pub mod efg;
mod error;
mod profile;
pub mod qre;
pub mod response;
mod tree;
pub use assessment::{Assessment, expected_payoffs, node_values, reach};
pub use description::{DEPTH_LIMIT, Description, NODE_LIMIT, PLAYER_LIMIT, Place};
pub use efg::{Reading, Warning, read_efg, read_nfg, write_efg};
pub use error::GameError;
pub use profile::BehaviorProfile;
pub use response::{BestResponse, best_response, nash_regrets};
pub use tree::{Game, Move};
