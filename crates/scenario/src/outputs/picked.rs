//! Reading a handful of outputs off a path: yields straight from the path, everything else by walking over all facts.
//!
//! Yield changes and the peak of utilization cost next to nothing and use the formulas of the long table. One output of another kind
//! (a seller's account, the issuer's interest) makes every path be read as a run reads it, and the outputs are picked by their places in
//! that list, found once on the central path. Both ways give the same bits.

use brandish_habitat::ClearingPath;
use brandish_units::Tenor;

use super::Output;
use crate::bands::FactKey;
use crate::error::ScenarioError;
use crate::parameters::Choice;
use crate::run::draws::{LongRun, ReadFacts};
use crate::run::plan::RunFacts;

/// Measures that are read straight from the path.
const LIGHT: [&str; 5] = [
    "yield_change_peak",
    "yield_change_day1",
    "yield_change_long_run",
    "yield_change",
    "utilization_peak",
];

/// Places of outputs among the facts of a run.
///
/// # Errors
/// The first output that the run does not have, with what it has instead.
pub(crate) fn picks(keys: &[FactKey], outputs: &[Output]) -> Result<Vec<usize>, ScenarioError> {
    outputs
        .iter()
        .map(|output| match keys.iter().position(|key| output.is(key)) {
            Some(place) => Ok(place),
            None => Err(output.not_among(keys)),
        })
        .collect()
}

/// Reads the outputs of a study, in the order in which they are asked for.
pub(crate) struct OutputFacts<'a> {
    facts: &'a RunFacts,
    outputs: &'a [Output],
    picks: Vec<usize>,
    light: bool,
}

impl<'a> OutputFacts<'a> {
    /// For a run whose facts have these places.
    pub(crate) fn new(facts: &'a RunFacts, outputs: &'a [Output], picks: Vec<usize>) -> Self {
        let light = outputs.iter().all(|output| LIGHT.contains(&output.measure));
        Self {
            facts,
            outputs,
            picks,
            light,
        }
    }

    /// The values of a path.
    ///
    /// # Errors
    /// If an effect cannot be computed on this path.
    pub(crate) fn values(
        &self,
        choice: Choice,
        path: &ClearingPath,
        rest: &LongRun,
    ) -> Result<Vec<f64>, ScenarioError> {
        if self.light {
            return self
                .outputs
                .iter()
                .map(|output| self.straight(output, path, rest))
                .collect();
        }
        let mut all = Vec::new();
        self.facts
            .read(choice, path, rest, &mut |_, value| all.push(value))?;
        self.picks
            .iter()
            .zip(self.outputs)
            .map(|(place, output)| {
                all.get(*place)
                    .copied()
                    .ok_or_else(|| ScenarioError::NoOutput {
                        output: output.to_string(),
                        reason: "this path has fewer facts than the central one".to_owned(),
                    })
            })
            .collect()
    }

    fn straight(
        &self,
        output: &Output,
        path: &ClearingPath,
        rest: &LongRun,
    ) -> Result<f64, ScenarioError> {
        let tenor = output.tenor.unwrap_or(Tenor::Y10);
        let tenors = self.facts.tenors();
        let change = |day: u32| {
            (day as usize)
                .checked_sub(1)
                .and_then(|index| path.days.get(index))
                .map_or(0.0, |state| tenors.change(&state.yields_bp, tenor).0)
        };
        Ok(match output.measure {
            "yield_change_day1" => change(1),
            "yield_change" => change(output.day.unwrap_or(0)),
            "yield_change_long_run" => {
                let buckets = rest
                    .of_orders
                    .as_ref()
                    .ok_or_else(|| ScenarioError::NoOutput {
                        output: output.to_string(),
                        reason: "nothing is sold".to_owned(),
                    })?;
                tenors.change(buckets, tenor).0
            }
            "utilization_peak" => path
                .days
                .iter()
                .map(|day| day.utilization)
                .fold(0.0, f64::max),
            // the peak: of the largest size, with its sign, the first of equals
            _ => (0..=self.facts.days().horizon())
                .map(change)
                .fold(
                    0.0,
                    |best: f64, next| {
                        if next.abs() > best.abs() { next } else { best }
                    },
                ),
        })
    }
}

impl ReadFacts for OutputFacts<'_> {
    fn read(
        &self,
        choice: Choice,
        path: &ClearingPath,
        rest: &LongRun,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        for (value, output) in self
            .values(choice, path, rest)?
            .into_iter()
            .zip(self.outputs)
        {
            emit(
                &|| FactKey::new(output.measure, output.unit, "scenario::outputs"),
                value,
            );
        }
        Ok(())
    }
}
