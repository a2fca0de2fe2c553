//! Reading the tables of a grid: axes with what each value changes, outputs, and what the grid says about draws and camps.
//!
//! Values of overrides are kept without their places, because cells are put together as plain TOML; the place of each override stays beside
//! it for complaints. A dotted key without quotes goes key by key, a path in quotes sets its value as a whole.

use toml::de::DeValue;

use super::keys::LONGEST_PATH;
use super::paths::Path;
use crate::diagnostic::{Origin, quoted};
use crate::file::codes;
use crate::file::value::whole;
use crate::file::walk::{Report, Section};
use crate::outputs::Asked;

/// Deepest nesting of an override's value: a table of shares in a sale.
const DEEPEST: usize = 6;

/// An override as written.
#[derive(Debug, Clone)]
pub(super) struct Override {
    pub(super) path: Path,
    pub(super) value: toml::Value,
    pub(super) origin: Origin,
}

/// What one table of the grid changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    pub(super) remove: Vec<(Path, Origin)>,
    pub(super) set: Vec<Override>,
}

/// An axis as read: its values with what they change.
pub(super) struct ReadAxis {
    pub(super) name: String,
    pub(super) values: Vec<(String, Changes)>,
}

pub(super) fn axes(root: &Section<'_>, report: &mut Report<'_>) -> Vec<ReadAxis> {
    let sections = root.sections("axis");
    if root.written("axis").is_some() && sections.is_empty() {
        report.error(
            codes::OUT_OF_RANGE,
            root.span_of("axis"),
            "nothing varies: there is no axis",
            |d| d.help("add [[axis]] with a name and at least one [[axis.value]]"),
        );
    }
    let mut read: Vec<ReadAxis> = Vec::new();
    for section in &sections {
        let name = section.text("name").unwrap_or_default().to_owned();
        if read.iter().any(|axis| axis.name == name) && !name.is_empty() {
            let message = format!("two axes are called `{}`", quoted(&name));
            report.error(codes::TWICE, section.span_of("name"), message, |d| {
                d.help("give each axis a name of its own")
            });
        }
        let mut values: Vec<(String, Changes)> = Vec::new();
        for value in section.sections("value") {
            let label = value.text("label").unwrap_or_default().to_owned();
            if values.iter().any(|(other, _)| *other == label) && !label.is_empty() {
                let message = format!("two values of the axis are called `{}`", quoted(&label));
                report.error(codes::TWICE, value.span_of("label"), message, |d| {
                    d.help("give each value a label of its own")
                });
            }
            values.push((label, changes(&value, report)));
        }
        if section.written("value").is_some() && values.is_empty() {
            let message = format!("the axis `{}` has no value", quoted(&name));
            report.error(
                codes::OUT_OF_RANGE,
                section.span_of("value"),
                message,
                |d| d.help("add [[axis.value]] with a label; the first one makes the base cell"),
            );
        }
        read.push(ReadAxis { name, values });
    }
    read
}

/// An output as written; whether the cells have it is known once their market is there.
pub(super) fn output(section: &Section<'_>, report: &Report<'_>) -> Option<(Asked, Origin)> {
    let mut asked = Asked::measure(section.text("measure")?);
    for name in ["tenor", "bucket", "holder", "unit"] {
        if section.written(name).is_some() {
            asked = asked.with_named(name, section.text(name)?);
        }
    }
    if section.written("day").is_some() {
        asked = asked.with_named("day", &section.count("day")?.to_string());
    }
    Some((asked, report.origin(section.span_of("measure"))))
}

pub(super) fn twice(outputs: &[(Asked, Origin)], report: &mut Report<'_>) {
    for (number, (output, origin)) in outputs.iter().enumerate() {
        if outputs[..number].iter().any(|(other, _)| other == output) {
            let message = format!("the output {output} stands twice");
            report.error(codes::TWICE, origin.span.clone(), message, |d| {
                d.help("ask for it once")
            });
        }
    }
}

/// `set` and `remove` of a table.
pub(super) fn changes(section: &Section<'_>, report: &mut Report<'_>) -> Changes {
    let mut changes = Changes::default();
    if let Some(DeValue::Array(paths)) = section.written("remove") {
        for element in paths.iter() {
            let DeValue::String(text) = element.get_ref() else {
                continue;
            };
            match Path::parse(text) {
                Ok(path) => changes.remove.push((path, report.origin(element.span()))),
                Err(message) => report.error(codes::BAD_TEXT, element.span(), message, |d| d),
            }
        }
    }
    let Some(DeValue::Table(entries)) = section.written("set") else {
        return changes;
    };
    let mut ordered: Vec<_> = entries.iter().collect();
    ordered.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in ordered {
        let name = key.get_ref();
        if name.contains(['.', '[']) {
            // a path in quotes sets its value as a whole, a table too
            one(name, key.span(), value, &mut changes.set, report);
        } else {
            flatten(name, key.span(), value, &mut changes.set, report);
        }
    }
    changes
}

/// Tables of the scenario format that a dotted key may lead through.
const THROUGH: [&str; 9] = [
    "exogenous",
    "exogenous.fed",
    "exogenous.proceeds",
    "exogenous.treasury",
    "exogenous.dealers",
    "exogenous.threat",
    "assumptions",
    "holders",
    "assumptions.own_camp",
];

/// A dotted key without quotes is a table of tables: `exogenous.fed.rule = true` is the path `exogenous.fed.rule`.
fn flatten(
    path: &str,
    span: std::ops::Range<usize>,
    value: &toml::Spanned<DeValue<'_>>,
    into: &mut Vec<Override>,
    report: &mut Report<'_>,
) {
    if let (DeValue::Table(below), true) = (value.get_ref(), THROUGH.contains(&path)) {
        for (key, value) in below.iter() {
            let longer = format!("{path}.{}", key.get_ref());
            flatten(&longer, key.span(), value, into, report);
        }
        return;
    }
    one(path, span, value, into, report);
}

fn one(
    path: &str,
    span: std::ops::Range<usize>,
    value: &toml::Spanned<DeValue<'_>>,
    into: &mut Vec<Override>,
    report: &mut Report<'_>,
) {
    if path.len() > LONGEST_PATH {
        let message = format!("the path is longer than {LONGEST_PATH} characters");
        report.error(codes::BAD_TEXT, span, message, |d| d);
        return;
    }
    let parsed = match Path::parse(path) {
        Ok(path) => path,
        Err(message) => {
            report.error(codes::BAD_TEXT, span, message, |d| d);
            return;
        }
    };
    let Some(plain) = plain(value.get_ref(), DEEPEST) else {
        let message = format!(
            "the value of `{}` is not one a scenario can hold",
            quoted(path)
        );
        report.error(codes::NOT_FINITE, value.span(), message, |d| {
            d.help("numbers must fit 64 bits, and tables are not nested this deep")
        });
        return;
    };
    into.push(Override {
        path: parsed,
        value: plain,
        origin: report.origin(value.span()),
    });
}

/// A value without its places in the file.
fn plain(value: &DeValue<'_>, depth: usize) -> Option<toml::Value> {
    use toml::Value;
    let depth = depth.checked_sub(1)?;
    Some(match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(integer) => Value::Integer(whole(integer)?),
        DeValue::Float(float) => Value::Float(float.as_str().replace('_', "").parse().ok()?),
        DeValue::Boolean(flag) => Value::Boolean(*flag),
        DeValue::Datetime(when) => Value::Datetime(*when),
        DeValue::Array(elements) => Value::Array(
            elements
                .iter()
                .map(|element| plain(element.get_ref(), depth))
                .collect::<Option<_>>()?,
        ),
        DeValue::Table(entries) => Value::Table(
            entries
                .iter()
                .map(|(key, value)| {
                    Some((key.get_ref().to_string(), plain(value.get_ref(), depth)?))
                })
                .collect::<Option<_>>()?,
        ),
    })
}

/// What the grid itself says about draws and camps, as keys of `[assumptions]`.
pub(super) fn fixed(root: &Section<'_>) -> Vec<(&'static str, toml::Value)> {
    use toml::Value;
    let words = |name: &str| {
        let words = root.words(name)?;
        let texts = words.into_iter().map(|word| Value::String(word.to_owned()));
        Some(Value::Array(texts.collect()))
    };
    let mut fixed = Vec::new();
    fixed.extend(root.integer("draws").map(|n| ("draws", Value::Integer(n))));
    fixed.extend(
        root.text("allocation")
            .map(|w| ("allocation", Value::String(w.to_owned()))),
    );
    fixed.extend(root.integer("seed").map(|n| ("seed", Value::Integer(n))));
    fixed.extend(words("camps").map(|camps| ("camps", camps)));
    fixed.extend(words("stress_camps").map(|camps| ("stress_camps", camps)));
    fixed
}
