//! What the solver needs to know about a tree whatever its payoffs, found once and shared.
//!
//! Order and fill of the elimination follow from who sees what, not from payoffs or strategies. A standoff is solved for
//! hundreds of payoffs on one tree, so copies of a game with other payoffs ([`crate::Game::with_payoffs`]) share the plan,
//! across threads too. Two games are equal whether or not one of them was solved before.

use super::elimination::Plan;
use super::system::System;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The plan of elimination of a tree, once it was asked for; none inside where it would not fit in memory.
#[derive(Clone, Default)]
pub(crate) struct Shape(Arc<OnceLock<Option<Arc<Plan>>>>);

impl Shape {
    /// The plan; found at the first call.
    pub fn plan(&self, system: &System<'_>) -> Option<Arc<Plan>> {
        self.0
            .get_or_init(|| Plan::new(system).map(Arc::new))
            .clone()
    }
}

impl PartialEq for Shape {
    fn eq(&self, _: &Shape) -> bool {
        true
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shape")
    }
}
