//! The issuer's extra interest along a path, by quarter of the twelve months and together.

use std::sync::Arc;

use brandish_effects::issuer::{QUARTERS, RolloverSchedule};
use brandish_habitat::ClearingPath;

use crate::bands::FactKey;

/// The issuer's year.
#[derive(Debug)]
pub struct InterestPlan {
    /// What is refinanced when.
    pub rollover: RolloverSchedule,
    /// Labels of the quarters of that year.
    pub periods: [Arc<str>; QUARTERS],
    /// Label of the year.
    pub year: Arc<str>,
}

impl InterestPlan {
    pub(super) fn walk(
        &self,
        path: &ClearingPath,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        let interest = self.rollover.extra_interest(path);
        let of = |label| FactKey::new("interest_cost", "usd_bn", "effects::issuer").of(label);
        for (label, value) in self.periods.iter().zip(interest.by_quarter_usd_bn) {
            emit(&|| of(label), value);
        }
        emit(&|| of(&self.year), interest.total().bn());
    }
}
