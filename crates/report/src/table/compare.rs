//! Two tables compared, every number bit for bit, for `brandish verify`.
//!
//! Rows of a run come in one deterministic order, so rows are first compared position by position. Where the
//! orders differ (a row added or lost), rows are matched by what they are about: all columns but the value,
//! and the how-manieth row of that kind. The first differences are kept with their row; all are counted.

use std::collections::BTreeMap;
use std::fmt;

use brandish_scenario::{LongTable, Row};

use super::row_facts;

/// Differences kept for printing; the rest is counted only.
const KEPT: usize = 20;

/// One difference between two tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Row number from 1 in the table that has the row (the first table if both have it).
    pub row: usize,
    /// The columns that identify the row.
    pub facts: String,
    /// What differs.
    pub kind: DifferenceKind,
}

/// What differs.
#[derive(Debug, Clone, PartialEq)]
pub enum DifferenceKind {
    /// Same fact, other number.
    Value {
        /// Value in the first table.
        first: f64,
        /// Value in the second table.
        second: f64,
    },
    /// The row is only in the first table.
    OnlyFirst,
    /// The row is only in the second table.
    OnlySecond,
    /// What all rows share differs: run id, scenario or as-of date.
    Head {
        /// As in the first table.
        first: String,
        /// As in the second table.
        second: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            DifferenceKind::Value { first, second } => {
                write!(
                    f,
                    "row {} ({}): {first:?} against {second:?}",
                    self.row, self.facts
                )
            }
            DifferenceKind::OnlyFirst => write!(
                f,
                "row {} ({}): only in the first table",
                self.row, self.facts
            ),
            DifferenceKind::OnlySecond => write!(
                f,
                "row {} ({}): only in the second table",
                self.row, self.facts
            ),
            DifferenceKind::Head { first, second } => {
                write!(f, "{}: `{first}` against `{second}`", self.facts)
            }
        }
    }
}

/// Result of [`compare`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Rows that are in both tables with the same bits.
    pub equal: usize,
    /// Number of differences.
    pub different: usize,
    /// The first of them.
    pub differences: Vec<Difference>,
}

impl Comparison {
    /// Whether the tables hold the same facts with the same bits.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.different == 0
    }

    fn add(&mut self, row: usize, facts: String, kind: DifferenceKind) {
        self.different += 1;
        if self.differences.len() < KEPT {
            self.differences.push(Difference { row, facts, kind });
        }
    }

    fn add_values(&mut self, row: usize, first: &Row, second: &Row) {
        if first.value.to_bits() == second.value.to_bits() {
            self.equal += 1;
        } else {
            let kind = DifferenceKind::Value {
                first: first.value,
                second: second.value,
            };
            self.add(row, row_facts(first), kind);
        }
    }
}

/// Compares two tables, every number bit for bit.
#[must_use]
pub fn compare(first: &LongTable, second: &LongTable) -> Comparison {
    let mut result = Comparison::default();
    let date = |table: &LongTable| table.as_of.map(|date| date.to_string()).unwrap_or_default();
    for (name, one, two) in [
        ("run_id", first.run_id.clone(), second.run_id.clone()),
        ("scenario", first.scenario.clone(), second.scenario.clone()),
        ("as_of", date(first), date(second)),
    ] {
        if one != two {
            result.add(
                0,
                name.to_owned(),
                DifferenceKind::Head {
                    first: one,
                    second: two,
                },
            );
        }
    }
    let same_rows = first.rows.len() == second.rows.len()
        && first
            .rows
            .iter()
            .zip(&second.rows)
            .all(|(one, two)| same_fact(one, two));
    if same_rows {
        for (index, (one, two)) in first.rows.iter().zip(&second.rows).enumerate() {
            result.add_values(index + 1, one, two);
        }
    } else {
        compare_by_fact(first, second, &mut result);
    }
    result
}

fn same_fact(one: &Row, two: &Row) -> bool {
    let Row {
        camp,
        date,
        day,
        tenor,
        bucket,
        cusip,
        sector,
        measure,
        stat,
        value: _,
        unit,
        source,
    } = one;
    *camp == two.camp
        && *date == two.date
        && *day == two.day
        && *tenor == two.tenor
        && *bucket == two.bucket
        && *cusip == two.cusip
        && *sector == two.sector
        && *measure == two.measure
        && *stat == two.stat
        && *unit == two.unit
        && *source == two.source
}

/// All columns but the value as one text, and the how-manieth such row it is.
fn numbered_facts(table: &LongTable) -> Vec<((String, usize), usize)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut keys = Vec::with_capacity(table.rows.len());
    for (index, row) in table.rows.iter().enumerate() {
        let date = row.date.map(|date| date.to_string()).unwrap_or_default();
        let facts = format!("{} date={date} source={}", row_facts(row), row.source);
        let count = seen.entry(facts.clone()).or_insert(0);
        *count += 1;
        keys.push(((facts, *count), index));
    }
    keys
}

fn compare_by_fact(first: &LongTable, second: &LongTable, result: &mut Comparison) {
    let mut rest: BTreeMap<(String, usize), usize> = numbered_facts(second).into_iter().collect();
    for (key, index) in numbered_facts(first) {
        match rest.remove(&key) {
            Some(other) => result.add_values(index + 1, &first.rows[index], &second.rows[other]),
            None => result.add(index + 1, key.0, DifferenceKind::OnlyFirst),
        }
    }
    let mut left: Vec<_> = rest.into_iter().collect();
    left.sort_by_key(|(_, index)| *index);
    for ((facts, _), index) in left {
        result.add(index + 1, facts, DifferenceKind::OnlySecond);
    }
}
