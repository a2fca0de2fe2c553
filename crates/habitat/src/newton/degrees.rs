//! Pricing by degrees, where Newton's method does not find the path at once: the Fed's purchases are brought in little by little.
//!
//! Without purchases the path is unique and always found. With the rule's pace at a share `s` of its own, `s` grows from 0 to 1, each path starting
//! from the one before; where a share is not reached the growth is halved. The result meets the same equations to the same tolerance: how
//! it was found leaves no trace in it, and where several paths meet them this is the one that hangs together with the path without purchases.

use crate::error::ClearingError;

use super::{Effort, Pricing, Problem};

/// First growth of the share.
const FIRST_GROWTH: f64 = 0.25;
/// Growth after a share was reached, over the growth before.
const FASTER: f64 = 1.5;
/// Where the growth falls below this the path is given up.
const LEAST_GROWTH: f64 = 1.0 / 1024.0;

impl Effort {
    fn add(&mut self, other: &Self) {
        self.iterations += other.iterations;
        self.eliminated += other.eliminated;
        self.constants += other.constants;
        self.passed += other.passed;
        self.residual_bp = other.residual_bp;
    }
}

impl Pricing {
    /// Brings the purchases in by degrees; `missed` is said where that does not lead to the path either.
    pub(super) fn solve_by_degrees(
        &mut self,
        problem: &Problem<'_>,
        missed: ClearingError,
    ) -> Result<Effort, ClearingError> {
        let pace = self.rate.clone();
        let mut effort = Effort::default();
        let mut reached = None;
        let (mut share, mut growth) = (0.0, FIRST_GROWTH);
        self.reset();
        loop {
            for (rate, pace) in self.rate.iter_mut().zip(&pace) {
                *rate = share * pace;
            }
            self.measure(problem);
            match self.iterate(problem, false, Effort::default(), f64::INFINITY) {
                Ok(step) => {
                    effort.add(&step);
                    if share >= 1.0 {
                        return Ok(effort);
                    }
                    reached = Some((share, self.expected.clone()));
                    share = (share + growth).min(1.0);
                    growth *= FASTER;
                }
                Err(ClearingError::NotConverged { .. }) => {
                    let Some((from, path)) = &reached else {
                        return Err(missed);
                    };
                    growth = (share - from) / 2.0;
                    if growth < LEAST_GROWTH {
                        return Err(missed);
                    }
                    share = from + growth;
                    self.expected.clone_from(path);
                }
                Err(other) => return Err(other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::buckets::{BUCKETS, SECTORS};
    use crate::dense::Lane;
    use crate::grid::Grid;
    use crate::newton::Problem;
    use crate::solve_tests::{announced, believed_fed, parameters, pricing};

    use super::*;

    #[test]
    fn the_path_found_by_degrees_is_the_path_found_at_once() {
        let grid = Grid::reference();
        let supply = announced(&grid, 600.0, 21.0);
        for camp in ["S", "C", "F"] {
            let mut pricing = pricing(&parameters(camp), grid.clone());
            let classes = pricing.economy.classes.len();
            let holdings = &[Lane::ZERO; SECTORS][..classes];
            let belief = believed_fed();
            pricing.reset();
            pricing
                .solve(1, holdings, &Lane::ZERO, &supply, Some(&belief))
                .unwrap();
            let at_once = pricing.expected.clone();

            pricing.set_rate(Some(&belief));
            let problem = Problem {
                day: 1,
                holdings,
                fed: &Lane::ZERO,
                supply: &supply,
                belief: Some(&belief),
            };
            let missed = ClearingError::NotConverged {
                day: 1,
                iterations: 0,
                residual_bp: f64::NAN,
                tolerance_bp: 0.0,
            };
            let effort = pricing.solve_by_degrees(&problem, missed).unwrap();
            // several shares were solved, not the whole in one step
            assert!(effort.iterations >= 4, "{camp}");
            let bought: f64 = at_once.fed[grid.len() - 1].0.iter().sum();
            assert!(
                bought > 1.0,
                "{camp}: the Fed buys nothing, so nothing is compared"
            );
            for (gradual, at_once) in pricing.expected.yields.iter().zip(&at_once.yields) {
                for i in 0..BUCKETS {
                    // both stop at a residual of 1e-10 bp
                    assert!((gradual.0[i] - at_once.0[i]).abs() < 1e-7, "{camp}");
                }
            }
        }
    }
}
