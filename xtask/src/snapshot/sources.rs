//! The description of the snapshot: one section a table in `sources.toml`.
//!
//! It is data, not code: origin, license, columns, key. Unknown fields are refused, every table must name a known
//! license, and every column a known type, before any fact table is opened.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Problem;

/// All of `sources.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    pub schema_version: u32,
    pub licenses: BTreeMap<String, License>,
    /// Quality words of the inputs -> (word of the house, note).
    pub quality: BTreeMap<String, (String, String)>,
    pub tables: BTreeMap<String, Table>,
}

/// Under which terms a table may be passed on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct License {
    pub license: String,
    pub redistribution: String,
}

/// One table: where it comes from and what it holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// File name in the folder of fact tables.
    pub input: Option<String>,
    /// File name in `authored/` of a table that this project wrote itself.
    pub authored_table: Option<String>,
    /// File name in `authored/` with words that are joined by the first column of the key.
    pub authored: Option<String>,
    pub publisher: String,
    pub series: String,
    pub url: String,
    pub license: String,
    pub vintage: String,
    pub units: String,
    pub quality: String,
    pub transcription: String,
    pub notes: String,
    /// Series of the release calendar that says when an observation became known.
    pub release: Option<String>,
    /// Whether values change after their first release.
    #[serde(default)]
    pub revised: bool,
    pub key: Vec<String>,
    /// "own_name input_name type".
    pub columns: Vec<String>,
    pub range_column: Option<String>,
    pub range: Option<(String, String)>,
    /// Replacements inside text cells.
    #[serde(default)]
    pub replace: Vec<(String, String)>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Date,
    Month,
    Vintage,
    Number,
    Integer,
    Text,
    Words,
    Cusip,
    Kind,
    Quality,
    RowNumber,
}

/// A column, parsed from its line.
#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    pub input: String,
    pub holds: Type,
    pub optional: bool,
}

const RESULTING_QUALITY: [&str; 4] = ["published", "transcribed", "reconstructed", "estimated"];

impl Sources {
    /// Reads and checks the description.
    pub fn read(path: &Path) -> Result<Sources, Problem> {
        let text = std::fs::read_to_string(path).map_err(|e| Problem::File {
            path: path.to_owned(),
            action: "reading",
            reason: e.to_string(),
        })?;
        let wrong = |what: String| Problem::Description {
            path: path.to_owned(),
            what,
        };
        let sources: Sources = toml::from_str(&text).map_err(|e| wrong(e.to_string()))?;
        for (from, (to, _)) in &sources.quality {
            if !RESULTING_QUALITY.contains(&to.as_str()) {
                return Err(wrong(format!(
                    "quality \"{from}\" becomes \"{to}\"; one of {RESULTING_QUALITY:?}"
                )));
            }
        }
        for (name, table) in &sources.tables {
            if table.input.is_some() == table.authored_table.is_some() {
                return Err(wrong(format!(
                    "table `{name}`: give either `input` or `authored_table`"
                )));
            }
            if !sources.licenses.contains_key(&table.license) {
                return Err(wrong(format!(
                    "table `{name}`: unknown license `{}`",
                    table.license
                )));
            }
            if !RESULTING_QUALITY.contains(&table.quality.as_str()) {
                return Err(wrong(format!(
                    "table `{name}`: quality \"{}\"; one of {RESULTING_QUALITY:?}",
                    table.quality
                )));
            }
            let columns = table.parsed_columns(path, name)?;
            for key in table.key.iter().chain(&table.range_column) {
                if !columns.iter().any(|c| c.name == *key) {
                    return Err(wrong(format!("table `{name}`: no column `{key}`")));
                }
            }
        }
        Ok(sources)
    }
}

impl Table {
    /// The columns in order.
    pub fn parsed_columns(&self, path: &Path, name: &str) -> Result<Vec<Column>, Problem> {
        self.columns
            .iter()
            .map(|line| {
                let words: Vec<&str> = line.split_whitespace().collect();
                let [own, input, holds] = words.as_slice() else {
                    return Err(Problem::Description {
                        path: path.to_owned(),
                        what: format!(
                            "table `{name}`: column \"{line}\" is not \"own_name input_name type\""
                        ),
                    });
                };
                let (word, optional) = match holds.strip_suffix('?') {
                    Some(word) => (word, true),
                    None => (*holds, false),
                };
                let holds = match word {
                    "date" => Type::Date,
                    "month" => Type::Month,
                    "vintage" => Type::Vintage,
                    "number" => Type::Number,
                    "integer" => Type::Integer,
                    "text" => Type::Text,
                    "words" => Type::Words,
                    "cusip" => Type::Cusip,
                    "kind" => Type::Kind,
                    "quality" => Type::Quality,
                    "row" => Type::RowNumber,
                    _ => {
                        return Err(Problem::Description {
                            path: path.to_owned(),
                            what: format!("table `{name}`: unknown type in column \"{line}\""),
                        });
                    }
                };
                Ok(Column {
                    name: (*own).to_owned(),
                    input: (*input).to_owned(),
                    holds,
                    optional,
                })
            })
            .collect()
    }

    /// The file this table is written from.
    pub fn path(&self, from: &Path, authored: &Path) -> PathBuf {
        match (&self.input, &self.authored_table) {
            (Some(input), _) => from.join(input),
            (None, Some(own)) => authored.join(own),
            (None, None) => from.to_owned(),
        }
    }
}
