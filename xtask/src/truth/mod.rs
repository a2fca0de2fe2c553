//! The table of what reproduces: `docs/truth.md`, written from `goldens/published`.
//!
//! Every published auction lot is priced from its rate, every worked example of the regulation from its terms; the page says how
//! many agree in the last published digit, and lists every one that does not with its reason (`known_misses.csv`). A miss that is
//! not listed, a listed one that matches, and a listed one that computes to something else are findings: the page is then not
//! written. A test compares the page in the repository with the one that would be written.

mod examples;
mod lots;
mod page;
mod series;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use lots::Lot;
use table::rows;

/// Why the page could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TruthError {
    /// A file could not be read or written.
    #[error("{path}: {action}: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system said.
        reason: String,
    },
    /// A cell is missing or not what its column holds.
    #[error("{file}, line {line}, column `{column}`: {reason}")]
    Cell {
        /// The table.
        file: String,
        /// Line, the header is 1.
        line: usize,
        /// Column.
        column: String,
        /// What is wrong.
        reason: String,
    },
    /// A row cannot be priced at all.
    #[error("{file}, line {line}: {reason}")]
    Row {
        /// The table.
        file: String,
        /// Line, the header is 1.
        line: usize,
        /// What the pricing functions said.
        reason: String,
    },
    /// A miss that is new, gone, or different from what is listed.
    #[error("{0}")]
    Finding(String),
}

/// One number as published and as computed, at the published digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Name of the number: a column of the golden table.
    pub measure: String,
    /// As published.
    pub published: String,
    /// As computed.
    pub computed: String,
}

impl Comparison {
    /// Whether every published digit agrees.
    pub fn matches(&self) -> bool {
        self.published == self.computed
    }
}

/// A listed miss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Security.
    pub cusip: String,
    /// Issue date of the lot.
    pub issue: String,
    /// Which number.
    pub measure: String,
    /// As published.
    pub published: String,
    /// As computed.
    pub computed: String,
    /// Why.
    pub reason: String,
}

/// Everything the page says.
#[derive(Debug)]
pub struct Truth {
    /// Every auction lot.
    pub lots: Vec<Lot>,
    /// The regulation's worked examples by section.
    pub examples: Vec<(String, String, Vec<Comparison>)>,
    /// Listed misses.
    pub misses: Vec<Miss>,
    /// Other published series.
    pub series: series::SeriesFacts,
}

/// Computes everything and checks the list of misses.
pub fn gather(root: &Path) -> Result<Truth, Vec<TruthError>> {
    let goldens = root.join("goldens/published");
    let one = |error: TruthError| vec![error];
    let lots = lots::all(&goldens).map_err(one)?;
    let misses = misses(&goldens).map_err(one)?;
    let findings = findings(&lots, &misses);
    if !findings.is_empty() {
        return Err(findings);
    }
    Ok(Truth {
        examples: examples::all(&goldens).map_err(one)?,
        series: series::all(&goldens).map_err(one)?,
        lots,
        misses,
    })
}

/// Writes `docs/truth.md`, and every lot as CSV when a path is given; returns what was done.
pub fn write(root: &Path, lots_to: Option<&Path>) -> Result<String, Vec<TruthError>> {
    let truth = gather(root)?;
    let target = root.join("docs/truth.md");
    save(&target, &page::print(&truth))?;
    let mut done = format!("docs/truth.md: {}\n", page::headline(&truth));
    if let Some(path) = lots_to {
        save(path, &page::csv(&truth))?;
        done.push_str(&format!("{}: every lot\n", path.display()));
    }
    Ok(done)
}

fn save(path: &Path, text: &str) -> Result<(), Vec<TruthError>> {
    std::fs::write(path, text).map_err(|error| {
        vec![TruthError::File {
            path: path.to_path_buf(),
            action: "cannot be written",
            reason: error.to_string(),
        }]
    })
}

fn misses(goldens: &Path) -> Result<Vec<Miss>, TruthError> {
    rows(goldens, "known_misses.csv")?
        .iter()
        .map(|row| {
            let cell = |column| row.text(column).map(str::to_owned);
            Ok(Miss {
                cusip: cell("cusip")?,
                issue: cell("issue_date")?,
                measure: cell("measure")?,
                published: cell("published")?,
                computed: cell("computed")?,
                reason: cell("reason")?,
            })
        })
        .collect()
}

/// What is wrong with the list of misses.
fn findings(lots: &[Lot], misses: &[Miss]) -> Vec<TruthError> {
    let mut listed: BTreeMap<(&str, &str, &str), &Miss> = misses
        .iter()
        .map(|miss| {
            (
                (
                    miss.cusip.as_str(),
                    miss.issue.as_str(),
                    miss.measure.as_str(),
                ),
                miss,
            )
        })
        .collect();
    let mut found = Vec::new();
    for lot in lots {
        for number in &lot.numbers {
            let (cusip, issue, measure) = (
                lot.cusip.as_str(),
                lot.issue.as_str(),
                number.measure.as_str(),
            );
            let known = listed.remove(&(cusip, issue, measure));
            let text = match (number.matches(), known) {
                (true, None) => continue,
                (true, Some(_)) => format!(
                    "{cusip} of {issue}: {measure} matches now; remove it from known_misses.csv"
                ),
                (false, Some(miss))
                    if miss.computed != number.computed || miss.published != number.published =>
                {
                    format!(
                        "{cusip} of {issue}: {measure} is {} against {}, listed as {} against {}; find out what changed",
                        number.computed, number.published, miss.computed, miss.published
                    )
                }
                (false, Some(miss)) if miss.reason.is_empty() => {
                    format!("{cusip} of {issue}: the miss of {measure} is listed without a reason")
                }
                (false, Some(_)) => continue,
                (false, None) => format!(
                    "{cusip} of {issue}: {measure} is computed as {} and published as {}: a new miss; find the error, or list it in known_misses.csv with its reason",
                    number.computed, number.published
                ),
            };
            found.push(TruthError::Finding(text));
        }
    }
    for (cusip, issue, measure) in listed.keys() {
        found.push(TruthError::Finding(format!(
            "{cusip} of {issue}: {measure} is listed as a miss but is not in auctions.csv"
        )));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    fn texts(errors: Vec<TruthError>) -> String {
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        texts.join("\n")
    }

    #[test]
    fn the_page_in_the_repository_is_the_one_the_goldens_give() {
        let written = std::fs::read_to_string(root().join("docs/truth.md")).unwrap();
        let truth = gather(&root()).unwrap_or_else(|errors| panic!("{}", texts(errors)));
        let current = page::print(&truth);
        if written != current {
            let line = written
                .lines()
                .zip(current.lines())
                .position(|(a, b)| a != b)
                .unwrap_or_else(|| written.lines().count().min(current.lines().count()));
            panic!(
                "docs/truth.md is out of date from line {}; run: cargo xtask truth",
                line + 1
            );
        }
    }

    #[test]
    fn the_regulations_examples_all_agree() {
        let truth = gather(&root()).unwrap_or_else(|errors| panic!("{}", texts(errors)));
        for (section, _, numbers) in &truth.examples {
            for number in numbers {
                assert!(number.matches(), "{section} {number:?}");
            }
        }
    }

    #[test]
    fn new_gone_changed_and_unfounded_misses_are_findings() {
        let number = |computed: &str| Comparison {
            measure: "price_per_100".to_owned(),
            published: "99.000001".to_owned(),
            computed: computed.to_owned(),
        };
        let lot = |cusip: &str, computed: &str| Lot {
            cusip: cusip.to_owned(),
            issue: "2025-01-15".to_owned(),
            kind: "note".to_owned(),
            decimals: "6".to_owned(),
            evidence: "published".to_owned(),
            numbers: vec![number(computed)],
        };
        let miss = |cusip: &str, computed: &str, reason: &str| Miss {
            cusip: cusip.to_owned(),
            issue: "2025-01-15".to_owned(),
            measure: "price_per_100".to_owned(),
            published: "99.000001".to_owned(),
            computed: computed.to_owned(),
            reason: reason.to_owned(),
        };
        let lots = [
            lot("A", "99.000001"),
            lot("B", "99.000002"),
            lot("C", "99.000002"),
            lot("D", "99.000002"),
            lot("F", "99.000002"),
        ];
        let listed = [
            miss("A", "99.000002", "knife-edge"),
            miss("B", "99.000002", "knife-edge"),
            miss("C", "99.000003", "knife-edge"),
            miss("E", "99.000002", "knife-edge"),
            miss("F", "99.000002", ""),
        ];
        let found = texts(findings(&lots, &listed));
        for (part, cusip) in [
            ("matches now", "A"),
            ("find out what changed", "C"),
            ("a new miss", "D"),
            ("not in auctions.csv", "E"),
            ("without a reason", "F"),
        ] {
            let line = found.lines().find(|line| line.contains(part)).unwrap();
            assert!(line.starts_with(cusip), "{line}");
        }
        assert_eq!(found.lines().count(), 5, "{found}");
    }
}
