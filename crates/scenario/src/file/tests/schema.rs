//! The printed JSON Schema: the shipped files satisfy it, it knows every key, it refuses what it should.

use serde_json::{Map, Value};

use super::super::schema::TABLES;
use super::super::{SHIPPED, json_schema};
use super::VALID;

/// TOML as JSON, dates as text.
fn json(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::String(text),
            toml::Value::Integer(number) => Value::from(number),
            toml::Value::Float(number) => Value::from(number),
            toml::Value::Boolean(flag) => Value::Bool(flag),
            toml::Value::Datetime(when) => Value::String(when.to_string()),
            toml::Value::Array(values) => values.into_iter().map(convert).collect(),
            toml::Value::Table(table) => Value::Object(
                table
                    .into_iter()
                    .map(|(k, v)| (k, convert(v)))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
    convert(toml::Value::Table(text.parse().unwrap()))
}

/// A validator of the words of JSON Schema that the printed schema uses; it panics on any other.
fn satisfies(value: &Value, schema: &Value) -> bool {
    let number = |limit: &Value| limit.as_f64().unwrap();
    let size = |limit: &Value| usize::try_from(limit.as_u64().unwrap()).unwrap();
    let properties = schema.get("properties").and_then(Value::as_object);
    schema
        .as_object()
        .unwrap()
        .iter()
        .all(|(word, rule)| match word.as_str() {
            "$schema" | "title" | "description" | "default" | "format" | "propertyNames" => true,
            "pattern" => true, // patterns are tested with names below
            "type" => match rule.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "integer" => value.is_i64() || value.is_u64(),
                "number" => value.is_number(),
                other => panic!("{other}"),
            },
            "anyOf" => rule
                .as_array()
                .unwrap()
                .iter()
                .any(|schema| satisfies(value, schema)),
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_none_or(|v| v >= number(rule)),
            "maximum" => value.as_f64().is_none_or(|v| v <= number(rule)),
            "minLength" => value
                .as_str()
                .is_none_or(|v| v.chars().count() >= size(rule)),
            "maxLength" => value
                .as_str()
                .is_none_or(|v| v.chars().count() <= size(rule)),
            "items" => value
                .as_array()
                .is_none_or(|v| v.iter().all(|v| satisfies(v, rule))),
            "minItems" => value.as_array().is_none_or(|v| v.len() >= size(rule)),
            "maxItems" => value.as_array().is_none_or(|v| v.len() <= size(rule)),
            "uniqueItems" => value
                .as_array()
                .is_none_or(|v| (1..v.len()).all(|i| !v[..i].contains(&v[i]))),
            "minProperties" => value.as_object().is_none_or(|v| v.len() >= size(rule)),
            "maxProperties" => value.as_object().is_none_or(|v| v.len() <= size(rule)),
            "required" => value.as_object().is_none_or(|v| {
                rule.as_array()
                    .unwrap()
                    .iter()
                    .all(|key| v.contains_key(key.as_str().unwrap()))
            }),
            "properties" => value.as_object().is_none_or(|v| {
                v.iter()
                    .all(|(key, below)| rule.get(key).is_none_or(|schema| satisfies(below, schema)))
            }),
            "additionalProperties" => value.as_object().is_none_or(|v| {
                v.iter()
                    .filter(|(key, _)| properties.is_none_or(|p| !p.contains_key(*key)))
                    .all(|(_, below)| match rule {
                        Value::Bool(allowed) => *allowed,
                        schema => satisfies(below, schema),
                    })
            }),
            other => panic!("{other}"),
        })
}

fn schema() -> Value {
    serde_json::from_str(&json_schema()).unwrap()
}

#[test]
fn shipped_scenarios_satisfy_it() {
    let schema = schema();
    for shipped in SHIPPED {
        assert!(satisfies(&json(shipped.toml), &schema), "{}", shipped.name);
    }
}

#[test]
fn it_refuses_what_the_walk_refuses() {
    let schema = schema();
    assert!(satisfies(&json(VALID), &schema));
    for (from, to) in [
        ("seller =", "sellr ="),
        ("300", "0"),
        ("300", "\"300\""),
        ("300", "300000"),
        ("63", "0"),
        ("announced", "loud"),
        ("draws = 10", "draws = 0"),
        ("draws = 10", "camps = [\"X\"]"),
        ("draws = 10", "camps = [\"S\", \"S\"]"),
        ("days = 63", "days = 63\nmix = { \"5\" = 1 }"),
        ("days = 63", "days = 63\nmix = { file = 5 }"),
    ] {
        let text = super::changed(from, to);
        assert!(super::check(&text).is_err(), "{text}");
        assert!(!satisfies(&json(&text), &schema), "{text}");
    }
}

#[test]
fn it_has_every_key_of_the_walk() {
    let printed = json_schema();
    for key in TABLES.iter().flat_map(|table| table.keys) {
        assert!(
            printed.contains(&format!("\"{}\": {{", key.name)),
            "{}",
            key.name
        );
        assert!(printed.contains(key.about), "{}", key.name);
    }
}
