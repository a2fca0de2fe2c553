//! One written value against its kind: the typed value, or everything that is wrong with it.
//!
//! Whole numbers are accepted where numbers are meant, never the other way round; text is never read as a number or
//! a date. Bounds are part of the kind. Shares by day or bucket and portfolio files are read by `mix`, which knows
//! the days and can open files; here only their outer type is looked at.

use std::ops::Range;

use brandish_units::Date;
use toml::Spanned;
use toml::de::{DeInteger, DeValue};

use super::codes;
use super::names::{Currency, is_kebab_case};
use super::problem::Problem;
use super::schema::{
    BUCKET_NAMES, Kind, LARGEST_AMOUNT_USD_BN, MOST_TABLES, PROFILES, SMALLEST_AMOUNT_USD_BN,
};
use crate::diagnostic::quoted;

/// A value of the right type within its bounds.
pub(crate) enum Value<'a> {
    /// A number.
    Number(f64),
    /// A whole number.
    Integer(i64),
    /// Text, a name or a word.
    Text(&'a str),
    /// true or false.
    Flag(bool),
    /// A date.
    Day(Date),
    /// Different words.
    Words(Vec<&'a str>),
    /// Something that is read further by the check of its table.
    Deeper,
}

/// Reads a value as its kind demands.
pub(crate) fn read<'a>(
    kind: &Kind,
    value: &'a Spanned<DeValue<'a>>,
) -> Result<Value<'a>, Vec<Problem>> {
    let span = value.span();
    let written = value.get_ref();
    let one = |result: Result<Value<'a>, Problem>| result.map_err(|problem| vec![problem]);
    match kind {
        Kind::Integer { least, most } => one(integer(written, span, *least, *most)),
        Kind::Number { least, most } => one(number(written, span).and_then(|(n, span)| {
            if (*least..=*most).contains(&n) {
                Ok(Value::Number(n))
            } else {
                let message = format!("{n} is outside {least} to {most}");
                let problem = Problem::new(codes::OUT_OF_RANGE, span, message);
                Err(if *most == 1.0 && n > 1.0 && n <= 100.0 {
                    problem.help(format!(
                        "shares and probabilities run from 0 to 1: {n}% is {}",
                        n / 100.0
                    ))
                } else {
                    problem
                })
            }
        })),
        Kind::Amount { purchases } => {
            one(number(written, span).and_then(|(n, span)| amount(n, span, *purchases)))
        }
        Kind::Text { most, lines } => one(text(written, span.clone(), "text in quotes")
            .and_then(|t| bounded(t, span, *most, *lines))),
        Kind::Name => {
            one(text(written, span.clone(), "a name in quotes").and_then(|t| name(t, span)))
        }
        Kind::Currency => one(
            text(written, span.clone(), "a currency code in quotes").and_then(|t| {
                if Currency::new(t).is_some() {
                    Ok(Value::Text(t))
                } else {
                    let message = format!("`{}` is not a currency code", quoted(t));
                    Err(Problem::new(codes::BAD_TEXT, span, message)
                        .help("write three capital letters, e.g. \"JPY\""))
                }
            }),
        ),
        Kind::Flag => match written {
            DeValue::Boolean(flag) => Ok(Value::Flag(*flag)),
            other => Err(vec![wrong_type(other, span, "true or false")]),
        },
        Kind::Day => one(day(written, span)),
        Kind::Choice(words) => one(choice(
            written,
            span,
            words,
            "one of the allowed words in quotes",
        )),
        Kind::Choices { words, least } => choices(written, span, words, *least),
        Kind::Profile => match written {
            DeValue::Array(_) => Ok(Value::Deeper),
            other => one(choice(
                other,
                span,
                PROFILES,
                "a word in quotes or a list of shares per day",
            )),
        },
        Kind::Mix(words) => match written {
            DeValue::Table(_) => Ok(Value::Deeper),
            other => one(choice(
                other,
                span,
                words,
                "a word in quotes, a table of shares by bucket, or { file = \"...\" }",
            )),
        },
        Kind::Table(table) => match written {
            DeValue::Table(_) => Ok(Value::Deeper),
            other => {
                let help = format!(
                    "write one table under the single-bracket header [{}]",
                    table.path
                );
                Err(vec![wrong_type(other, span, "a table").help(help)])
            }
        },
        Kind::Tables(table) => tables(written, span, table.path),
        Kind::Overrides => match written {
            DeValue::Table(_) => Ok(Value::Deeper),
            other => Err(vec![
                wrong_type(other, span, "a table of values by path")
                    .help("write e.g. \"exogenous.sale[1].days\" = 21 under it"),
            ]),
        },
        Kind::Texts { most } => texts(written, span, *most),
        Kind::Named(table) => match written {
            DeValue::Table(entries) => named(entries, table.path),
            other => {
                let help = format!(
                    "write each one under its own header, e.g. [{}.atlantis]",
                    table.path
                );
                Err(vec![wrong_type(other, span, "tables by name").help(help)])
            }
        },
    }
}

/// What was written, in words.
fn shown_type(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{}\"", quoted(text)),
        DeValue::Integer(integer) => format!("the number {}", quoted(&integer.to_string())),
        DeValue::Float(float) => format!("the number {}", quoted(float.as_str())),
        DeValue::Boolean(flag) => format!("{flag}"),
        DeValue::Datetime(when) => format!("the date {}", quoted(&when.to_string())),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn wrong_type(value: &DeValue<'_>, span: Range<usize>, expected: &str) -> Problem {
    let message = format!("expected {expected}, found {}", shown_type(value));
    Problem::new(codes::WRONG_TYPE, span, message).label(format!("expected {expected}"))
}

/// The number that is meant by an integer as the parser keeps it: digits and a radix.
pub(crate) fn whole(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn integer<'a>(
    value: &DeValue<'a>,
    span: Range<usize>,
    least: i64,
    most: i64,
) -> Result<Value<'a>, Problem> {
    let DeValue::Integer(written) = value else {
        let problem = wrong_type(value, span, "a whole number");
        let is_number_in_quotes =
            matches!(value, DeValue::String(t) if t.trim().parse::<i64>().is_ok());
        return Err(match value {
            DeValue::Float(_) => problem.help("write it without a decimal point"),
            _ if is_number_in_quotes => problem.help("write the number without quotes"),
            _ => problem,
        });
    };
    match whole(written) {
        Some(n) if (least..=most).contains(&n) => Ok(Value::Integer(n)),
        _ => {
            let message = format!(
                "{} is outside {least} to {most}",
                quoted(&written.to_string())
            );
            Err(Problem::new(codes::OUT_OF_RANGE, span, message))
        }
    }
}

/// A finite number with its place.
pub(crate) fn number(
    value: &DeValue<'_>,
    span: Range<usize>,
) -> Result<(f64, Range<usize>), Problem> {
    let parsed = match value {
        #[allow(
            clippy::cast_precision_loss,
            reason = "bounds are far below 2^53, larger values are refused later"
        )]
        DeValue::Integer(written) => whole(written).map(|n| n as f64),
        DeValue::Float(written) => written.as_str().parse::<f64>().ok(),
        other => {
            let problem = wrong_type(other, span, "a number");
            let is_number_in_quotes =
                matches!(other, DeValue::String(t) if t.trim().parse::<f64>().is_ok());
            return Err(if is_number_in_quotes {
                problem.help("write the number without quotes")
            } else {
                problem
            });
        }
    };
    match parsed {
        Some(n) if n.is_finite() => Ok((n, span)),
        _ => {
            let message = format!(
                "{} is not a finite number this program can hold",
                shown_type(value)
            );
            Err(Problem::new(codes::NOT_FINITE, span, message))
        }
    }
}

fn amount<'a>(n: f64, span: Range<usize>, purchases: bool) -> Result<Value<'a>, Problem> {
    if n == 0.0 {
        let problem = Problem::new(codes::OUT_OF_RANGE, span, "zero is no amount");
        return Err(problem.help("leave the whole table out where nothing is traded"));
    }
    if n < 0.0 && !purchases {
        let problem = Problem::new(codes::OUT_OF_RANGE, span, format!("{n} is negative"));
        return Err(problem.help("only a sale may be negative, which makes it a purchase"));
    }
    if n.abs() > LARGEST_AMOUNT_USD_BN {
        let shown = if n.abs() < 1e15 {
            format!("{n}")
        } else {
            format!("{n:e}")
        };
        let message =
            format!("{shown} billion dollars is more than the {LARGEST_AMOUNT_USD_BN} allowed");
        let help = if n.abs() >= 1e15 {
            "the unit is billions of dollars".to_owned()
        } else if n.abs() >= 1e9 {
            format!("the unit is billions: {shown} dollars is {}", n / 1e9)
        } else {
            format!("the unit is billions: {shown} million is {}", n / 1e3)
        };
        return Err(Problem::new(codes::OUT_OF_RANGE, span, message).help(help));
    }
    if n.abs() < SMALLEST_AMOUNT_USD_BN {
        let message = format!("{n} billion dollars is less than one million");
        let help = format!("the smallest amount is {SMALLEST_AMOUNT_USD_BN}");
        return Err(Problem::new(codes::OUT_OF_RANGE, span, message).help(help));
    }
    Ok(Value::Number(n))
}

fn text<'a>(
    value: &'a DeValue<'a>,
    span: Range<usize>,
    expected: &str,
) -> Result<&'a str, Problem> {
    match value {
        DeValue::String(text) => Ok(text.as_ref()),
        other => Err(wrong_type(other, span, expected)),
    }
}

fn bounded(text: &str, span: Range<usize>, most: usize, lines: bool) -> Result<Value<'_>, Problem> {
    let bad = |message: String| Err(Problem::new(codes::BAD_TEXT, span.clone(), message));
    if text.trim().is_empty() {
        return bad("the text is empty".to_owned());
    }
    if text.chars().count() > most {
        return bad(format!("the text is longer than {most} characters"));
    }
    let is_refused = |c: char| c.is_control() && !(lines && (c == '\n' || c == '\t'));
    if text.chars().any(is_refused) {
        return bad("the text holds control characters".to_owned());
    }
    Ok(Value::Text(text))
}

fn name(text: &str, span: Range<usize>) -> Result<Value<'_>, Problem> {
    if is_kebab_case(text) {
        return Ok(Value::Text(text));
    }
    let message = format!("`{}` is not a kebab-case name", quoted(text));
    let rule =
        "use lower-case letters, digits and single hyphens, a letter first, at most 64 characters";
    let suggestion = kebab(text);
    let help = if is_kebab_case(&suggestion) {
        format!("{rule}: e.g. `{suggestion}`")
    } else {
        rule.to_owned()
    };
    Err(Problem::new(codes::BAD_TEXT, span, message).help(help))
}

/// `text` with every run of other characters made a hyphen, in lower case, at most 64 characters.
fn kebab(text: &str) -> String {
    let lower: String = text
        .chars()
        .take(64)
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    lower
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

fn day<'a>(value: &DeValue<'a>, span: Range<usize>) -> Result<Value<'a>, Problem> {
    let example = "write the date alone and without quotes, e.g. 2025-05-01";
    let DeValue::Datetime(when) = value else {
        return Err(wrong_type(value, span, "a date").help(example));
    };
    let (Some(date), None, None) = (when.date, when.time, when.offset) else {
        return Err(wrong_type(value, span, "a date without a time").help(example));
    };
    match Date::from_ymd(
        i32::from(date.year),
        u32::from(date.month),
        u32::from(date.day),
    ) {
        Ok(date) => Ok(Value::Day(date)),
        Err(error) => Err(Problem::new(codes::DATE, span, error.to_string())),
    }
}

fn choice<'a>(
    value: &'a DeValue<'a>,
    span: Range<usize>,
    words: &[&'static str],
    expected: &str,
) -> Result<Value<'a>, Problem> {
    let written = match text(value, span.clone(), expected) {
        Ok(written) => written,
        Err(problem) => return Err(problem.allowed("", words)),
    };
    if words.contains(&written) {
        return Ok(Value::Text(written));
    }
    let message = format!("`{}` is not allowed", quoted(written));
    Err(Problem::new(codes::NOT_ALLOWED, span, message).allowed(written, words))
}

fn choices<'a>(
    value: &'a DeValue<'a>,
    span: Range<usize>,
    words: &[&'static str],
    least: usize,
) -> Result<Value<'a>, Vec<Problem>> {
    let DeValue::Array(elements) = value else {
        return Err(vec![
            wrong_type(value, span, "a list of words").allowed("", words),
        ]);
    };
    let mut chosen: Vec<&str> = Vec::new();
    let mut problems = Vec::new();
    for element in elements.iter() {
        match choice(element.get_ref(), element.span(), words, "a word in quotes") {
            Ok(Value::Text(word)) if chosen.contains(&word) => {
                let message = format!("`{word}` stands twice");
                problems.push(
                    Problem::new(codes::TWICE, element.span(), message).help("write it once"),
                );
            }
            Ok(Value::Text(word)) => chosen.push(word),
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if elements.len() < least {
        let message = format!("at least {least} is needed");
        problems.push(Problem::new(codes::OUT_OF_RANGE, span, message).allowed("", words));
    }
    if problems.is_empty() {
        Ok(Value::Words(chosen))
    } else {
        Err(problems)
    }
}

fn texts<'a>(
    value: &'a DeValue<'a>,
    span: Range<usize>,
    most: usize,
) -> Result<Value<'a>, Vec<Problem>> {
    let DeValue::Array(elements) = value else {
        return Err(vec![wrong_type(value, span, "a list of texts in quotes")]);
    };
    let mut read = Vec::new();
    let mut problems = Vec::new();
    for element in elements.iter() {
        let one = text(element.get_ref(), element.span(), "text in quotes")
            .and_then(|text| bounded(text, element.span(), most, false));
        match one {
            Ok(Value::Text(text)) => read.push(text),
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(Value::Words(read))
    } else {
        Err(problems)
    }
}

fn tables<'a>(
    value: &DeValue<'a>,
    span: Range<usize>,
    path: &str,
) -> Result<Value<'a>, Vec<Problem>> {
    let help = format!("write each one under the double-bracket header [[{path}]]");
    let DeValue::Array(elements) = value else {
        return Err(vec![wrong_type(value, span, "a list of tables").help(help)]);
    };
    let mut problems: Vec<Problem> = elements
        .iter()
        .take(MOST_TABLES)
        .filter(|element| !element.get_ref().is_table())
        .map(|element| wrong_type(element.get_ref(), element.span(), "a table").help(help.clone()))
        .collect();
    if elements.len() > MOST_TABLES {
        let message = format!(
            "{} tables are more than the {MOST_TABLES} allowed",
            elements.len()
        );
        problems.push(Problem::new(codes::OUT_OF_RANGE, span, message));
    }
    if problems.is_empty() {
        Ok(Value::Deeper)
    } else {
        Err(problems)
    }
}

fn named<'a>(entries: &toml::de::DeTable<'a>, path: &str) -> Result<Value<'a>, Vec<Problem>> {
    let mut problems = Vec::new();
    for (key, value) in entries.iter().take(MOST_TABLES) {
        if let Err(problem) = name(key.get_ref(), key.span()) {
            problems.push(problem);
        }
        if !value.get_ref().is_table() {
            let help = format!(
                "write it under the header [{path}.{}]",
                quoted(key.get_ref())
            );
            problems.push(wrong_type(value.get_ref(), value.span(), "a table").help(help));
        }
    }
    if let Some((key, _)) = entries.iter().nth(MOST_TABLES) {
        let message = format!(
            "{} tables are more than the {MOST_TABLES} allowed",
            entries.len()
        );
        problems.push(Problem::new(codes::OUT_OF_RANGE, key.span(), message));
    }
    if problems.is_empty() {
        Ok(Value::Deeper)
    } else {
        Err(problems)
    }
}

/// The bucket that a key of a table of shares names; `4.0` and `4` are the same.
pub(crate) fn bucket_index(key: &str) -> Option<usize> {
    let years: f64 = key.parse().ok()?;
    BUCKET_NAMES
        .iter()
        .position(|name| name.parse() == Ok(years))
}
