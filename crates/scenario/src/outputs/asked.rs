//! An output as written, and how it finds its fact among those of a run.
//!
//! A text is `measure` and parts behind colons, in any order: each part must be what the fact has as tenor, bucket, holder, day or unit, and
//! everything the fact has must be named, but for its unit where dollars are meant and for a day that comes with the measure (of a peak).
//! `holder=2030` says what a part is, where a number could be a day. A grid file has a key for each part.

use brandish_units::Tenor;

use super::{Output, same_but_unit, unsaid_unit, why_not};
use crate::bands::FactKey;
use crate::error::ScenarioError;

/// Longest text of an output.
const LONGEST: usize = 240;
/// Most parts behind the measure: a fact has no more.
const MOST_PARTS: usize = 5;

/// What a part can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Tenor,
    Bucket,
    Holder,
    Day,
    Unit,
}

impl PartKind {
    pub(super) const ALL: [Self; MOST_PARTS] = [
        Self::Tenor,
        Self::Bucket,
        Self::Holder,
        Self::Day,
        Self::Unit,
    ];

    /// Name of the part, as a text and a grid file write it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Tenor => "tenor",
            Self::Bucket => "bucket",
            Self::Holder => "holder",
            Self::Day => "day",
            Self::Unit => "unit",
        }
    }

    /// What a fact has there.
    pub(super) fn of(self, key: &FactKey) -> Option<String> {
        match self {
            Self::Tenor => key.tenor.map(|tenor| tenor.label().to_owned()),
            Self::Bucket => key.bucket.map(str::to_owned),
            Self::Holder => key.sector.as_deref().map(str::to_owned),
            Self::Day => key.asked_day().map(|day| day.to_string()),
            Self::Unit => Some(key.unit.to_owned()),
        }
    }
}

/// A part as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// What it is, where that is said.
    pub(super) kind: Option<PartKind>,
    pub(super) text: String,
}

impl Part {
    /// Whether the part is what a fact has in one place.
    pub(super) fn is(&self, kind: PartKind, key: &FactKey) -> bool {
        if self.kind.is_some_and(|said| said != kind) {
            return false;
        }
        match kind {
            PartKind::Tenor => key
                .tenor
                .is_some_and(|tenor| self.text.parse::<Tenor>() == Ok(tenor)),
            PartKind::Bucket => key.bucket == Some(self.text.as_str()),
            PartKind::Holder => key.sector.as_deref() == Some(self.text.as_str()),
            PartKind::Day => key
                .asked_day()
                .is_some_and(|day| self.text.parse::<u32>() == Ok(day)),
            PartKind::Unit => key.unit == self.text,
        }
    }

    /// Whether a fact has this part anywhere.
    pub(super) fn stands_in(&self, key: &FactKey) -> bool {
        PartKind::ALL.into_iter().any(|kind| self.is(kind, key))
    }
}

/// An output as written: nothing is known about it until the facts of a run are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub(super) measure: String,
    pub(super) parts: Vec<Part>,
}

impl Asked {
    /// The usual one: the peak of the ten-year yield.
    #[must_use]
    pub fn ten_year_peak() -> Self {
        Self::measure("yield_change_peak").with(PartKind::Tenor, "10Y")
    }

    /// A measure without parts.
    pub(crate) fn measure(name: &str) -> Self {
        Self {
            measure: name.to_owned(),
            parts: Vec::new(),
        }
    }

    pub(super) fn with(mut self, kind: PartKind, text: &str) -> Self {
        self.parts.push(Part {
            kind: Some(kind),
            text: text.to_owned(),
        });
        self
    }

    /// The same with a part of a grid file: `tenor`, `bucket`, `holder`, `day` or `unit`.
    pub(crate) fn with_named(self, name: &str, text: &str) -> Self {
        match PartKind::ALL.into_iter().find(|kind| kind.name() == name) {
            Some(kind) => self.with(kind, text),
            None => self,
        }
    }

    /// The day, where the text says that it is one.
    pub(crate) fn day(&self) -> Option<u32> {
        self.parts
            .iter()
            .find(|part| part.kind == Some(PartKind::Day))
            .and_then(|part| part.text.parse().ok())
    }

    /// Reads `measure:part:part`.
    ///
    /// # Errors
    /// An empty or overlong text, an empty part, more parts than any fact has.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("an output has at most {LONGEST} characters"));
        }
        let mut parts = text.split(':').map(str::trim);
        let asked = Self {
            measure: parts.next().unwrap_or_default().to_owned(),
            parts: parts
                .map(|part| {
                    let said = part.split_once('=').and_then(|(name, value)| {
                        let kind = PartKind::ALL.into_iter().find(|kind| kind.name() == name)?;
                        Some((kind, value))
                    });
                    match said {
                        Some((kind, value)) => Part {
                            kind: Some(kind),
                            text: value.trim().to_owned(),
                        },
                        None => Part {
                            kind: None,
                            text: part.to_owned(),
                        },
                    }
                })
                .collect(),
        };
        let empty = asked.measure.is_empty() || asked.parts.iter().any(|part| part.text.is_empty());
        if empty || asked.parts.len() > MOST_PARTS {
            return Err(format!(
                "`{}` names no output: write a measure and its parts, e.g. yield_change_peak:10Y, sold:63 or execution_loss:japan:63",
                crate::diagnostic::quoted(text)
            ));
        }
        Ok(asked)
    }

    /// The fact that is meant.
    ///
    /// # Errors
    /// None, or more than one; with what there is instead.
    pub(crate) fn find(&self, keys: &[FactKey]) -> Result<Output, ScenarioError> {
        let refused = |reason| ScenarioError::NoOutput {
            output: self.to_string(),
            reason,
        };
        let same: Vec<FactKey> = keys
            .iter()
            .filter(|key| key.measure == self.measure && key.cusip.is_none())
            .cloned()
            .collect();
        let exact: Vec<&FactKey> = same.iter().filter(|key| self.is(key)).collect();
        let Some(first) = exact.first() else {
            return Err(refused(why_not::why_not(self, &same, keys)));
        };
        let found = if exact.iter().all(|key| same_but_unit(first, key)) {
            let units: Vec<&str> = exact.iter().map(|key| key.unit).collect();
            exact
                .iter()
                .find(|key| unsaid_unit(&units) == Some(key.unit))
        } else {
            None
        };
        match found {
            Some(key) => Ok(Output::of(key, &same)),
            None => Err(refused(why_not::several(&exact, &same))),
        }
    }

    /// Whether a fact has all parts, and no further one that must be named.
    fn is(&self, key: &FactKey) -> bool {
        self.unnamed(key)
            .is_some_and(|left| left.iter().all(|kind| *kind == PartKind::Unit))
    }

    /// What a fact has beside all the parts; nothing if it lacks one of them.
    pub(super) fn unnamed(&self, key: &FactKey) -> Option<Vec<PartKind>> {
        let mut left: Vec<PartKind> = PartKind::ALL
            .into_iter()
            .filter(|kind| kind.of(key).is_some())
            .collect();
        assign(&self.parts, key, &mut left).then_some(left)
    }
}

/// Gives every part a place of its own in a fact; the places that stay free are left in `left`.
fn assign(parts: &[Part], key: &FactKey, left: &mut Vec<PartKind>) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        return true;
    };
    for place in 0..left.len() {
        if !part.is(left[place], key) {
            continue;
        }
        let kind = left.remove(place);
        if assign(rest, key, left) {
            return true;
        }
        left.insert(place, kind);
    }
    false
}

impl std::fmt::Display for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::diagnostic::quoted(&self.measure))?;
        for part in &self.parts {
            write!(f, ":{}", crate::diagnostic::quoted(&part.text))?;
        }
        Ok(())
    }
}
