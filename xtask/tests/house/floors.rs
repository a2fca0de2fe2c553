//! Floors: a crate uses only crates on floors below its own.
//!
//! The table repeats the one in ARCHITECTURE.md. A crate that is not in the table needs a place there first. Beside the
//! floors, some outside crates are tied to rooms: serialization to the rooms that own a file format, the
//! command line to the doors, the network to `sync` and `server`.

use crate::tree::{files, folders, read, refuse, root};

/// Folder below `crates/` and its floor.
const FLOORS: [(&str, u8); 16] = [
    ("units", 0),
    ("math", 0),
    ("treasury", 1),
    ("curve", 2),
    ("game", 2),
    ("habitat", 3),
    ("effects", 4),
    ("data", 4),
    ("scenario", 5),
    ("evidence", 5),
    ("card", 6),
    ("report", 7),
    ("sync", 7),
    ("cli", 8),
    ("server", 8),
    ("py", 8),
];

/// Outside crates and the only rooms that may depend on them (tests and build scripts excepted).
const TIED: [(&[&str], &[&str]); 5] = [
    (
        &[
            "serde",
            "serde_json",
            "toml",
            "csv",
            "schemars",
            "parquet",
            "flate2",
        ],
        &[
            "data", "scenario", "evidence", "report", "sync", "cli", "server", "py",
        ],
    ),
    (
        &["clap", "clap_complete", "indicatif", "comfy-table", "ctrlc"],
        &["cli", "server"],
    ),
    (&["axum", "tokio", "tower-http"], &["server"]),
    (&["ureq", "reqwest", "hyper"], &["sync"]),
    (&["anyhow", "miette"], &["cli", "server", "py"]),
];

fn floor(folder: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == folder).map(|f| f.1)
}

fn manifest(folder: &str) -> toml::Table {
    read(&format!("crates/{folder}/Cargo.toml"))
        .parse()
        .unwrap_or_else(|e| panic!("crates/{folder}/Cargo.toml: {e}"))
}

/// Names of the packages in every table called `key`, also those under `[target.*]`.
fn dependencies(manifest: &toml::Table, key: &str) -> Vec<String> {
    let mut tables: Vec<&toml::Table> = manifest
        .get(key)
        .and_then(|t| t.as_table())
        .into_iter()
        .collect();
    if let Some(targets) = manifest.get("target").and_then(|t| t.as_table()) {
        tables.extend(targets.values().filter_map(|t| t.get(key)?.as_table()));
    }
    tables
        .iter()
        .flat_map(|table| table.iter())
        .map(|(name, value)| {
            value
                .get("package")
                .and_then(|p| p.as_str())
                .unwrap_or(name)
                .to_owned()
        })
        .collect()
}

#[test]
fn a_crate_uses_only_floors_below_its_own() {
    let mut findings = Vec::new();
    for folder in folders("crates") {
        let Some(own) = floor(&folder) else {
            findings.push(format!("crates/{folder}: not in the table of floors; give it a floor in ARCHITECTURE.md and here"));
            continue;
        };
        let manifest = manifest(&folder);
        for key in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for package in dependencies(&manifest, key) {
                if package == "xtask" {
                    findings.push(format!(
                        "crates/{folder}: {key} names xtask; tools use crates, never the reverse"
                    ));
                }
                let Some(other) = package.strip_prefix("brandish-") else {
                    continue;
                };
                match floor(other) {
                    None => findings.push(format!("crates/{folder}: {key} names {package}, which has no floor")),
                    Some(theirs) if theirs >= own => findings.push(format!(
                        "crates/{folder} (floor {own}): {key} names {package} (floor {theirs}); only floors below {own} are allowed"
                    )),
                    Some(_) => {}
                }
            }
        }
    }
    refuse("floors", &findings);
}

#[test]
fn outside_crates_stay_in_their_rooms() {
    let mut findings = Vec::new();
    for folder in folders("crates") {
        for package in dependencies(&manifest(&folder), "dependencies") {
            for (names, rooms) in TIED {
                if names.contains(&package.as_str()) && !rooms.contains(&folder.as_str()) {
                    findings.push(format!(
                        "crates/{folder}: depends on {package}, which belongs to {}",
                        rooms.join(", ")
                    ));
                }
            }
        }
    }
    refuse("outside crates", &findings);
}

#[test]
fn manifests_follow_the_workspace() {
    let mut findings = Vec::new();
    for folder in folders("crates") {
        let manifest = manifest(&folder);
        let at = format!("crates/{folder}/Cargo.toml");
        let package = manifest.get("package").and_then(|p| p.as_table());
        let text = |key: &str| {
            package
                .and_then(|p| p.get(key)?.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        if text("name") != format!("brandish-{folder}") {
            findings.push(format!(
                "{at}: name is `{}`, expected `brandish-{folder}`",
                text("name")
            ));
        }
        if text("description").is_empty() {
            findings.push(format!("{at}: no description"));
        }
        let lints = manifest
            .get("lints")
            .and_then(|l| l.get("workspace")?.as_bool());
        if lints != Some(true) {
            findings.push(format!("{at}: `[lints] workspace = true` is missing"));
        }
        for key in ["version", "edition", "rust-version", "license"] {
            let inherited = package.and_then(|p| p.get(key)?.get("workspace")?.as_bool());
            if inherited != Some(true) {
                findings.push(format!("{at}: `{key}.workspace = true` is missing"));
            }
        }
        for key in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(table) = manifest.get(key).and_then(|t| t.as_table()) else {
                continue;
            };
            for (name, value) in table {
                if value.get("workspace").and_then(|w| w.as_bool()) != Some(true) {
                    findings.push(format!("{at}: {key}.{name} is not taken from [workspace.dependencies], where versions and reasons stand"));
                }
            }
        }
    }
    refuse("manifests", &findings);
}

#[test]
fn no_crate_is_empty() {
    let mut findings = Vec::new();
    let files = files();
    for folder in folders("crates") {
        let prefix = format!("crates/{folder}/src/");
        let code: usize = files
            .iter()
            .filter(|f| f.starts_with(&prefix) && f.ends_with(".rs"))
            .map(|f| {
                read(f)
                    .lines()
                    .map(str::trim)
                    .filter(|l| !l.is_empty() && !l.starts_with("//"))
                    .count()
            })
            .sum();
        if code < 30 {
            findings.push(format!("crates/{folder}: {code} lines of code; a crate comes into being with something real in it"));
        }
    }
    refuse("empty crates", &findings);
}

#[test]
fn the_table_of_floors_is_the_documented_one() {
    let text = read("ARCHITECTURE.md");
    let findings: Vec<String> = FLOORS
        .iter()
        .filter(|(name, floor)| {
            !text.lines().any(|line| {
                line.starts_with(&floor.to_string())
                    && line.split_whitespace().any(|word| word == *name)
            })
        })
        .map(|(name, floor)| {
            format!("ARCHITECTURE.md: no line of the table begins with {floor} and names {name}")
        })
        .collect();
    refuse("documented floors", &findings);
    assert!(root().join("crates").is_dir());
}
