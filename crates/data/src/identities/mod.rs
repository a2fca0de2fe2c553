//! What must add up: identities inside and between tables, with their residuals.
//!
//! Each identity says its formula, how many cases it was tried on, the largest residual and where, and the tolerance with
//! its reason. Identities inside one table are tried when a table is read from a folder: a table that fails is not used
//! (the others are). The embedded snapshot is tried by the tests. A residual without a tolerance is a finding to show, such
//! as what purchases and valuation leave unexplained in TIC holdings.

mod between;
mod inside;

use crate::DataError;
use crate::store::{Snapshot, Table};

/// How an identity came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All residuals within the tolerance.
    Holds,
    /// Some residual beyond it.
    Fails,
    /// No tolerance: the residual is a quantity of its own.
    Shown,
}

impl Verdict {
    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Fails => "fails",
            Verdict::Shown => "shown",
        }
    }
}

/// An identity with its result.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// Table it is about.
    pub table: &'static str,
    /// The formula in words.
    pub name: &'static str,
    /// Unit of residual and tolerance.
    pub unit: &'static str,
    /// Cases tried.
    pub count: usize,
    /// Largest residual in absolute value, with its sign.
    pub max_residual: f64,
    /// Where it is.
    pub place: String,
    /// What is accepted; `None` where the residual is shown.
    pub tolerance: Option<f64>,
    /// Why this tolerance.
    pub reason: &'static str,
    /// The result.
    pub verdict: Verdict,
}

/// Residuals as they are found.
#[derive(Debug, Default, Clone)]
pub(crate) struct Residuals {
    count: usize,
    max: f64,
    place: String,
}

impl Residuals {
    pub(crate) fn add(&mut self, residual: f64, place: impl FnOnce() -> String) {
        self.count += 1;
        if residual.abs() > self.max.abs() || self.count == 1 {
            self.max = residual;
            self.place = place();
        }
    }
}

/// What an identity claims, before it is tried.
pub(crate) struct Claim {
    table: &'static str,
    name: &'static str,
    unit: &'static str,
    tolerance: Option<f64>,
    reason: &'static str,
}

impl Claim {
    fn judge(&self, found: Residuals) -> Identity {
        let verdict = match self.tolerance {
            None => Verdict::Shown,
            Some(tolerance) if found.max.abs() <= tolerance => Verdict::Holds,
            Some(_) => Verdict::Fails,
        };
        Identity {
            table: self.table,
            name: self.name,
            unit: self.unit,
            count: found.count,
            max_residual: found.max,
            place: found.place,
            tolerance: self.tolerance,
            reason: self.reason,
            verdict,
        }
    }
}

impl Snapshot {
    /// Tries all identities. A table that cannot be read gives its error in place of a result.
    pub fn identities(&self) -> Vec<Result<Identity, DataError>> {
        let mut results = Vec::new();
        for rule in inside::RULES {
            results.push(
                self.table(rule.claim.table)
                    .and_then(|table| rule.residuals(table))
                    .map(|found| rule.claim.judge(found)),
            );
        }
        for (claim, residuals) in between::CLAIMS {
            results.push(residuals(self).map(|found| claim.judge(found)));
        }
        results
    }
}

/// Tries the identities inside a table; the first that fails is the error.
pub(crate) fn check_table(table: &Table) -> Result<(), DataError> {
    for rule in inside::RULES
        .iter()
        .filter(|rule| rule.claim.table == table.name())
    {
        let result = rule.claim.judge(rule.residuals(table)?);
        if result.verdict == Verdict::Fails {
            return Err(DataError::Identity {
                table: result.table,
                identity: result.name,
                residual: result.max_residual,
                tolerance: result.tolerance.unwrap_or(0.0),
                place: result.place,
            });
        }
    }
    Ok(())
}
