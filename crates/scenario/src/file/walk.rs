//! The walk: every key of the tree against the table of keys, every mismatch reported with its place.
//!
//! `walk` visits the written tree once and reports unknown keys, missing keys, wrong types and values outside their
//! bounds. Afterwards a `Section` gives typed values: the written one where it is right, the default where the key
//! was left out, and `None` where the walk has already complained. Both use the same `value::read`, so a value that
//! passed the walk is the value that is used.

use std::ops::Range;

use brandish_units::Date;
use toml::de::{DeTable, DeValue};

use super::codes;
use super::schema::{Absent, Key, Kind, MOST_TABLES, TABLES, Table};
use super::unit_hint::unit_hint;
use super::value::{Value, read};
use crate::diagnostic::{Diagnostic, Origin, Severity, Source, quoted};

/// Most diagnostics that one file can get; a message then says how many were left out.
const MOST_DIAGNOSTICS: usize = 100;

/// Collects what is found in one source.
pub(crate) struct Report<'a> {
    source: &'a Source,
    found: Vec<Diagnostic>,
    left_out: usize,
    errors: usize,
}

impl<'a> Report<'a> {
    /// An empty report on `source`.
    pub(crate) fn new(source: &'a Source) -> Self {
        Self {
            source,
            found: Vec::new(),
            left_out: 0,
            errors: 0,
        }
    }

    /// The place of a span.
    pub(crate) fn origin(&self, span: Range<usize>) -> Origin {
        self.source.origin(span)
    }

    /// An error at a span.
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        finish: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        self.errors += 1;
        if self.is_full() {
            self.left_out += 1;
            return;
        }
        let diagnostic = Diagnostic::error(code, self.origin(span), message);
        self.found.push(finish(diagnostic));
    }

    /// A warning at a span.
    pub(crate) fn warning(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
    ) {
        if self.is_full() {
            self.left_out += 1;
            return;
        }
        let diagnostic = Diagnostic::warning(code, self.origin(span), message);
        self.found.push(diagnostic);
    }

    /// Takes over what was found in another source.
    pub(crate) fn extend(&mut self, found: Vec<Diagnostic>) {
        for diagnostic in found {
            self.errors += usize::from(diagnostic.severity == Severity::Error);
            if self.is_full() {
                self.left_out += 1;
            } else {
                self.found.push(diagnostic);
            }
        }
    }

    fn is_full(&self) -> bool {
        self.found.len() >= MOST_DIAGNOSTICS
    }

    /// Whether anything was found that refuses the file.
    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// All of it in the order of the file; the last one says how many were left out.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        let file = self.source.file();
        self.found.sort_by_key(|d| {
            (
                d.origin.file != file,
                d.origin.span.start,
                d.origin.span.end,
            )
        });
        if self.left_out > 0
            && let Some(last) = self.found.last_mut()
        {
            let more = format!("and {} more problems in this file", self.left_out);
            last.help = Some(match last.help.take() {
                Some(help) => format!("{help}; {more}"),
                None => more,
            });
        }
        self.found
    }
}

/// A table of the tree together with what may stand in it.
#[derive(Clone)]
pub(crate) struct Section<'a> {
    /// What may stand in it.
    pub(crate) table: &'static Table,
    /// What stands in it.
    pub(crate) entries: &'a DeTable<'a>,
    /// Where its header stands.
    pub(crate) span: Range<usize>,
    /// Its header as a user writes it.
    pub(crate) shown: String,
}

impl<'a> Section<'a> {
    /// The whole file.
    pub(crate) fn root(table: &'static Table, entries: &'a DeTable<'a>) -> Self {
        Self {
            table,
            entries,
            span: 0..0,
            shown: "the file".to_owned(),
        }
    }

    /// A table that the user did not write, so that all its keys have their defaults.
    pub(crate) fn absent(table: &'static Table, nothing: &'a DeTable<'a>) -> Self {
        Self {
            table,
            entries: nothing,
            span: 0..0,
            shown: format!("[{}]", table.path),
        }
    }

    /// The value written for a key.
    pub(crate) fn written(&self, name: &str) -> Option<&'a DeValue<'a>> {
        self.entries.get(name).map(toml::Spanned::get_ref)
    }

    /// The place of a key's value, of the table's header where the key was left out.
    pub(crate) fn span_of(&self, name: &str) -> Range<usize> {
        self.entries
            .get(name)
            .map_or(self.span.clone(), toml::Spanned::span)
    }

    /// The place of a key's name, of the table's header where the key was left out.
    pub(crate) fn span_of_key(&self, name: &str) -> Range<usize> {
        self.entries
            .get_key_value(name)
            .map_or(self.span.clone(), |(key, _)| key.span())
    }

    /// The right value of a key, or its default.
    fn value(&self, name: &str) -> Option<Value<'a>> {
        let key = self.table.key(name)?;
        let Some(written) = self.entries.get(name) else {
            return default(key);
        };
        read(&key.kind, written).ok()
    }

    /// A number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A whole number that fits a count of days or draws.
    pub(crate) fn count(&self, name: &str) -> Option<u32> {
        u32::try_from(self.integer(name)?).ok()
    }

    /// A whole number.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        match self.value(name)? {
            Value::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    /// A word or text.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        match self.value(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// An answer.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// A date.
    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        match self.value(name)? {
            Value::Day(date) => Some(date),
            _ => None,
        }
    }

    /// A list of words.
    pub(crate) fn words(&self, name: &str) -> Option<Vec<&'a str>> {
        match self.value(name)? {
            Value::Words(words) => Some(words),
            _ => None,
        }
    }

    /// A table below this one.
    pub(crate) fn section(&self, name: &str) -> Option<Section<'a>> {
        let value = self.entries.get(name)?;
        match (&self.table.key(name)?.kind, value.get_ref()) {
            (Kind::Table(table), DeValue::Table(entries)) => Some(Section {
                table,
                entries,
                span: value.span(),
                shown: format!("[{}]", table.path),
            }),
            _ => None,
        }
    }

    /// The tables of a list below this one, at most as many as are allowed.
    pub(crate) fn sections(&self, name: &str) -> Vec<Section<'a>> {
        let (Some(key), Some(DeValue::Array(array))) = (self.table.key(name), self.written(name))
        else {
            return Vec::new();
        };
        let Kind::Tables(table) = &key.kind else {
            return Vec::new();
        };
        let sections =
            array
                .iter()
                .take(MOST_TABLES)
                .filter_map(|element| match element.get_ref() {
                    DeValue::Table(entries) => Some(Section {
                        table,
                        entries,
                        span: element.span(),
                        shown: format!("[[{}]]", table.path),
                    }),
                    _ => None,
                });
        sections.collect()
    }

    /// The tables under names chosen by the user, at most as many as are allowed, in order of their names.
    pub(crate) fn named_sections(&self, name: &str) -> Vec<NamedSection<'a>> {
        let (Some(key), Some(DeValue::Table(tables))) = (self.table.key(name), self.written(name))
        else {
            return Vec::new();
        };
        let Kind::Named(table) = &key.kind else {
            return Vec::new();
        };
        let sections =
            tables
                .iter()
                .take(MOST_TABLES)
                .filter_map(|(key, value)| match value.get_ref() {
                    DeValue::Table(entries) => Some(NamedSection {
                        name: key.get_ref().as_ref(),
                        name_span: key.span(),
                        section: Section {
                            table,
                            entries,
                            span: value.span(),
                            shown: format!("[{}.{}]", table.path, quoted(key.get_ref())),
                        },
                    }),
                    _ => None,
                });
        sections.collect()
    }
}

/// A table under a name chosen by the user.
pub(crate) struct NamedSection<'a> {
    /// The name.
    pub(crate) name: &'a str,
    /// Its place.
    pub(crate) name_span: Range<usize>,
    /// The table.
    pub(crate) section: Section<'a>,
}

fn default(key: &Key) -> Option<Value<'static>> {
    Some(match key.absent {
        Absent::Refused | Absent::Nothing => return None,
        Absent::Number(number) => Value::Number(number),
        Absent::Integer(integer) => Value::Integer(integer),
        Absent::Word(word) => Value::Text(word),
        Absent::Flag(flag) => Value::Flag(flag),
        Absent::Words(words) => Value::Words(words.to_vec()),
    })
}

/// Reports everything that can be said about a table key by key, and about the tables below it.
pub(crate) fn walk(section: &Section<'_>, report: &mut Report<'_>) {
    let mut meant = Vec::new();
    for (key, value) in section.entries.iter() {
        let name = key.get_ref().as_ref();
        match section.table.key(name) {
            None => meant.extend(unknown_key(
                section,
                name,
                key.span(),
                value.get_ref(),
                report,
            )),
            Some(known) => match read(&known.kind, value) {
                Ok(_) => {}
                Err(problems) => {
                    for problem in problems {
                        let message =
                            format!("`{}` in {}: {}", known.name, section.shown, problem.message);
                        let (code, span) = (problem.code, problem.span.clone());
                        report.error(code, span, message, |d| problem.finish(d));
                    }
                }
            },
        }
    }
    for key in section.table.keys {
        let is_missing = key.absent == Absent::Refused && section.written(key.name).is_none();
        if is_missing && !meant.contains(&key.name) {
            let message = format!("{} lacks `{}`", section.shown, key.name);
            report.error(codes::MISSING_KEY, section.span.clone(), message, |d| {
                d.help(format!("`{}`: {}{}", key.name, key.about, as_written(key)))
            });
        }
        match &key.kind {
            Kind::Table(_) => {
                if let Some(below) = section.section(key.name) {
                    walk(&below, report);
                }
            }
            Kind::Tables(_) => {
                for below in section.sections(key.name) {
                    walk(&below, report);
                }
            }
            Kind::Named(_) => {
                for below in section.named_sections(key.name) {
                    walk(&below.section, report);
                }
            }
            _ => {}
        }
    }
}

/// How a missing key can be written, where its kind says it.
fn as_written(key: &Key) -> String {
    match &key.kind {
        Kind::Choice(words) => {
            let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            format!("; write {} = {}", key.name, quoted.join(" or "))
        }
        Kind::Day => format!("; e.g. {} = 2025-05-01", key.name),
        Kind::Integer { least, most } if least == most => {
            format!("; write {} = {least}", key.name)
        }
        _ => String::new(),
    }
}

/// Reports a key that the table does not have and returns the one that was probably meant.
fn unknown_key(
    section: &Section<'_>,
    name: &str,
    span: Range<usize>,
    value: &DeValue<'_>,
    report: &mut Report<'_>,
) -> Option<&'static str> {
    let names = section.table.names();
    let message = format!("unknown key `{}` in {}", quoted(name), section.shown);
    if report.is_full() {
        report.error(codes::UNKNOWN_KEY, span, message, |d| d);
        return None;
    }
    let hint = unit_hint(name, &names, value);
    let near = crate::diagnostic::nearest(name, names.iter().copied());
    let meant = hint.as_ref().map(|hint| hint.key).or(near);
    let elsewhere = TABLES
        .iter()
        .find(|t| t.key(name).is_some() && t.path != section.table.path);
    report.error(codes::UNKNOWN_KEY, span, message, |d| {
        let mut d = d.label("not a key of this table").allowed(name, &names);
        d.nearest = meant.map(str::to_owned);
        match (hint, elsewhere) {
            (Some(hint), _) => d.help(hint.help),
            (None, Some(table)) if table.path.is_empty() => d.help(format!(
                "`{name}` stands at the top of the file, before the first table"
            )),
            (None, Some(table)) => d.help(format!("`{name}` belongs to [{}]", table.path)),
            (None, None) => d,
        }
    });
    meant
}
