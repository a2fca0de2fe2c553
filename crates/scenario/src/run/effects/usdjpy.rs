//! The dollar-yen rate along a path, if the snapshot has the day's rate.

use brandish_units::JpyPerUsd;

use crate::bands::FactKey;
use crate::days::Days;

/// What the rate starts from and what is converted.
#[derive(Debug)]
pub struct UsdJpyPlan {
    /// Rate of the as-of day, if the snapshot has one.
    pub opening: Option<JpyPerUsd>,
    /// Share of each day's proceeds that is sold for yen.
    pub converted: f64,
}

impl UsdJpyPlan {
    pub(super) fn walk(
        &self,
        change_pct: &[f64],
        days: &Days,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        if self.opening.is_none() {
            return;
        }
        for day in days.chart().iter().filter(|day| **day > 0) {
            let change = change_pct
                .get(*day as usize - 1)
                .copied()
                .unwrap_or(f64::NAN);
            emit(
                &|| {
                    FactKey::new("usdjpy_change", "pct", "effects::usdjpy")
                        .on(*day, days.date(*day))
                },
                change,
            );
        }
    }
}
