//! No number without a source: parameters, snapshot, goldens, scenarios.
//!
//! A parameter states unit, range and source (or says that it is a judgement). A folder of the snapshot says who
//! published it, where, of which vintage and of which quality. A folder of golden values and a shipped scenario say where they come
//! from. Only the presence is checked here; whether a source says what we claim is for readers.

use crate::tree::{files, folders, read, refuse, root};

/// Tables that hold rows of evidence behind a parameter, not parameters.
const EVIDENCE: [&str; 3] = ["window[", "observation[", "study["];
/// Endings that say the unit of a number.
const UNITS: [&str; 8] = [
    "_bp", "_pct", "_usd_bn", "_usd_mn", "_jpy_bn", "_per_100", "_years", "_days",
];

/// All tables below `table` with their names.
fn tables<'a>(at: &str, table: &'a toml::Table, found: &mut Vec<(String, &'a toml::Table)>) {
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => {
                found.push((format!("{at}{key}"), inner));
                tables(&format!("{at}{key}."), inner, found);
            }
            toml::Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    if let Some(inner) = item.as_table() {
                        let name = ["name", "letter", "quarter"]
                            .iter()
                            .find_map(|k| inner.get(*k)?.as_str())
                            .map_or_else(|| i.to_string(), str::to_owned);
                        found.push((format!("{at}{key}[{name}]"), inner));
                        tables(&format!("{at}{key}[{name}]."), inner, found);
                    }
                }
            }
            _ => {}
        }
    }
}

fn says(table: &toml::Table, key: &str) -> bool {
    table.get(key).is_some_and(|v| match v {
        toml::Value::String(s) => !s.trim().is_empty(),
        toml::Value::Array(a) => !a.is_empty(),
        _ => false,
    })
}

#[test]
fn every_parameter_has_unit_range_and_source() {
    let mut findings = Vec::new();
    for file in files() {
        if !(file.starts_with("parameters/") && file.ends_with(".toml")) {
            continue;
        }
        let head: toml::Table = read(&file)
            .parse()
            .unwrap_or_else(|e| panic!("{file}: {e}"));
        if head.get("schema").and_then(|v| v.as_integer()).is_none() {
            findings.push(format!("{file}: no `schema` version"));
        }
        let mut entries = Vec::new();
        tables("", &head, &mut entries);
        for (name, entry) in entries {
            // What the head of the file says holds for all entries of a series.
            let stated = |key: &str| says(entry, key) || says(&head, key);
            if !stated("source") && !stated("judgement") {
                findings.push(format!("{file}: {name} has no `source`"));
            }
            // Rows of evidence carry their units in their names; parameters state unit and range.
            if EVIDENCE.iter().any(|kind| name.starts_with(kind)) && !stated("unit") {
                for key in entry
                    .iter()
                    .filter(|(_, v)| v.is_float() || v.is_integer())
                    .map(|(k, _)| k)
                {
                    if !UNITS.iter().any(|unit| key.ends_with(unit)) {
                        findings.push(format!("{file}: {name}: `{key}` does not end in a unit"));
                    }
                }
                continue;
            }
            for key in ["unit", "range"] {
                if !stated(key) {
                    findings.push(format!("{file}: {name} has no `{key}`"));
                }
            }
        }
    }
    refuse("parameters", &findings);
}

/// Looks for a non-empty text under any of `keys`, at any depth.
fn states(value: &serde_json::Value, keys: &[&str]) -> bool {
    match value {
        serde_json::Value::Object(map) => map.iter().any(|(k, v)| {
            let filled = match v {
                serde_json::Value::String(s) => !s.trim().is_empty(),
                serde_json::Value::Array(a) => !a.is_empty(),
                serde_json::Value::Object(o) => !o.is_empty(),
                _ => false,
            };
            (keys.contains(&k.as_str()) && filled) || states(v, keys)
        }),
        serde_json::Value::Array(items) => items.iter().any(|v| states(v, keys)),
        _ => false,
    }
}

#[test]
fn every_snapshot_source_names_publisher_address_vintage_quality_license() {
    let mut findings = Vec::new();
    for folder in folders("snapshot") {
        let at = format!("snapshot/{folder}/metadata.json");
        if !root().join(&at).is_file() {
            findings.push(format!("{at}: missing"));
            continue;
        }
        let value: serde_json::Value =
            serde_json::from_str(&read(&at)).unwrap_or_else(|e| panic!("{at}: {e}"));
        for keys in [
            &["publisher"][..],
            &["url", "urls", "official_url"][..],
            &["vintage"][..],
            &["quality"][..],
            &["license"][..],
        ] {
            if !states(&value, keys) {
                findings.push(format!("{at}: `{}` is missing or empty", keys[0]));
            }
        }
    }
    refuse("snapshot", &findings);
}

#[test]
fn every_golden_folder_names_its_source() {
    let mut findings = Vec::new();
    let all = files();
    for file in &all {
        let in_goldens = file.starts_with("goldens/") && !file.ends_with("README.md");
        if !in_goldens {
            continue;
        }
        // The README may stand beside the file or in a folder above it, below goldens/.
        let mut folder = file.as_str();
        let mut named = false;
        while let Some(cut) = folder.rfind('/') {
            folder = &folder[..cut];
            if folder == "goldens" {
                break;
            }
            let readme = format!("{folder}/README.md");
            if all.contains(&readme) && read(&readme).to_lowercase().contains("source") {
                named = true;
                break;
            }
        }
        if !named {
            findings.push(format!(
                "{file}: no README.md beside it that names the source"
            ));
        }
    }
    refuse("goldens", &findings);
}

#[test]
fn every_scenario_has_its_three_files() {
    let mut findings = Vec::new();
    for folder in folders("scenarios") {
        for name in ["scenario.toml", "README.md", "expected.csv"] {
            if !root().join(format!("scenarios/{folder}/{name}")).is_file() {
                findings.push(format!("scenarios/{folder}/{name}: missing"));
            }
        }
    }
    refuse("scenarios", &findings);
}
