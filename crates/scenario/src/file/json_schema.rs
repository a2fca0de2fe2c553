//! The JSON Schema of the scenario file, printed from the same table of keys that the walk uses.
//!
//! Draft 2020-12. Dates are strings in ISO form, as editors that apply JSON Schema to TOML show them. Rules that tie
//! several keys together cannot be written here; `brandish scenario check` knows them.

use serde_json::{Map, Value, json};

use super::schema::{
    Absent, BUCKET_NAMES, Key, Kind, LARGEST_AMOUNT_USD_BN, MOST_TABLES, PROFILES, ROOT,
    SMALLEST_AMOUNT_USD_BN, Table,
};

/// The schema as JSON text.
pub fn json_schema() -> String {
    let mut schema = table(&ROOT);
    if let Value::Object(fields) = &mut schema {
        fields.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        fields.insert(
            "title".to_owned(),
            json!("brandish scenario file, schema 1"),
        );
    }
    format!("{schema:#}\n")
}

fn table(table: &Table) -> Value {
    let mut properties = Map::new();
    for key in table.keys {
        properties.insert(key.name.to_owned(), property(key));
    }
    let required: Vec<&str> = table
        .keys
        .iter()
        .filter(|key| key.absent == Absent::Refused)
        .map(|key| key.name)
        .collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn property(key: &Key) -> Value {
    let mut value = kind(&key.kind);
    if let Value::Object(fields) = &mut value {
        fields.insert("description".to_owned(), json!(key.about));
        let default = match key.absent {
            Absent::Refused | Absent::Nothing => None,
            Absent::Number(number) => Some(json!(number)),
            Absent::Integer(integer) => Some(json!(integer)),
            Absent::Word(word) => Some(json!(word)),
            Absent::Flag(flag) => Some(json!(flag)),
            Absent::Words(words) => Some(json!(words)),
        };
        if let Some(default) = default {
            fields.insert("default".to_owned(), default);
        }
    }
    value
}

const NAME_PATTERN: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

fn kind(kind: &Kind) -> Value {
    match kind {
        Kind::Integer { least, most } => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::Number { least, most } => {
            json!({ "type": "number", "minimum": least, "maximum": most })
        }
        Kind::Amount { purchases: false } => amount(SMALLEST_AMOUNT_USD_BN, LARGEST_AMOUNT_USD_BN),
        Kind::Amount { purchases: true } => json!({ "anyOf": [
            amount(SMALLEST_AMOUNT_USD_BN, LARGEST_AMOUNT_USD_BN),
            amount(-LARGEST_AMOUNT_USD_BN, -SMALLEST_AMOUNT_USD_BN),
        ] }),
        Kind::Text { most, .. } => json!({ "type": "string", "minLength": 1, "maxLength": most }),
        Kind::Name => json!({ "type": "string", "pattern": NAME_PATTERN, "maxLength": 64 }),
        Kind::Currency => json!({ "type": "string", "pattern": "^[A-Z]{3}$" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Choice(words) => json!({ "type": "string", "enum": words }),
        Kind::Choices { words, least } => json!({
            "type": "array", "items": { "type": "string", "enum": words }, "minItems": least, "uniqueItems": true,
        }),
        Kind::Profile => json!({ "anyOf": [
            { "type": "string", "enum": PROFILES },
            { "type": "array", "items": share(), "minItems": 1 },
        ] }),
        Kind::Mix(words) => {
            let buckets: Map<String, Value> = BUCKET_NAMES
                .iter()
                .map(|name| ((*name).to_owned(), share()))
                .collect();
            json!({ "anyOf": [
                { "type": "string", "enum": words },
                { "type": "object", "properties": buckets, "minProperties": 1, "additionalProperties": false },
                { "type": "object", "properties": { "file": { "type": "string", "minLength": 1 } }, "required": ["file"], "additionalProperties": false },
            ] })
        }
        Kind::Overrides => json!({ "type": "object" }),
        Kind::Texts { most } => json!({
            "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": most },
        }),
        Kind::Table(below) => table(below),
        Kind::Tables(below) => {
            json!({ "type": "array", "items": table(below), "maxItems": MOST_TABLES })
        }
        Kind::Named(below) => json!({
            "type": "object", "propertyNames": { "pattern": NAME_PATTERN, "maxLength": 64 },
            "additionalProperties": table(below), "maxProperties": MOST_TABLES,
        }),
    }
}

fn amount(least: f64, most: f64) -> Value {
    json!({ "type": "number", "minimum": least, "maximum": most })
}

fn share() -> Value {
    json!({ "type": "number", "minimum": 0.0, "maximum": 1.0 })
}
