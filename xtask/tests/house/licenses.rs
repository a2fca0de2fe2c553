//! Licenses: everything that is linked into the binary or drawn into the report may be given away freely.
//!
//! Rust: `cargo metadata` of the resolved workspace on this platform. Web: `package-lock.json`. An SPDX expression is accepted
//! when `OR` leaves one allowed choice and `AND` leaves nothing else. Build tools of the web folder, which are not shipped,
//! may also be under the file-level MPL-2.0.

use std::process::Command;

use crate::tree::{read, refuse, root};

/// Licenses that ask for no more than their notice.
const ALLOWED: [&str; 14] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "0BSD",
    "ISC",
    "Zlib",
    "Unlicense",
    "CC0-1.0",
    "Unicode-3.0",
    "BlueOak-1.0.0",
];
/// Allowed for tools that build the page but are not part of it.
const ALLOWED_FOR_TOOLS: [&str; 3] = ["MPL-2.0", "CC-BY-4.0", "Python-2.0"];

/// Whether an SPDX expression leaves a choice among `allowed`. The old slash of crate manifests means `OR`.
fn permitted(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let answer = any(&words, &mut at, allowed);
    answer && at == words.len()
}

/// `a OR b OR ...`
fn any(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut answer = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        answer |= all(words, at, allowed);
    }
    answer
}

/// `a AND b AND ...`
fn all(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut answer = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        answer &= one(words, at, allowed);
    }
    answer
}

/// A license, a license `WITH` an exception, or an expression in parentheses.
fn one(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let Some(word) = words.get(*at) else {
        return false;
    };
    *at += 1;
    if *word == "(" {
        let answer = any(words, at, allowed);
        *at += 1;
        return answer;
    }
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return allowed(&format!("{word} WITH {exception}"));
    }
    allowed(word)
}

fn in_binary(license: &str) -> bool {
    ALLOWED.contains(&license)
}

fn in_tools(license: &str) -> bool {
    ALLOWED.contains(&license) || ALLOWED_FOR_TOOLS.contains(&license)
}

#[test]
fn spdx_expressions_are_read_as_meant() {
    for (expression, expected) in [
        ("MIT", true),
        ("MIT OR GPL-3.0-only", true),
        ("MIT AND GPL-3.0-only", false),
        ("(MIT OR GPL-3.0-only) AND Unicode-3.0", true),
        ("MIT/Apache-2.0", true),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ("GPL-2.0 WITH Classpath-exception-2.0", false),
        ("(MIT", false), // malformed expressions are refused
        ("", false),
        ("MIT GPL-3.0-only", false),
    ] {
        assert_eq!(permitted(expression, &in_binary), expected, "{expression}");
    }
}

fn host() -> String {
    let out = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc runs");
    String::from_utf8_lossy(&out.stdout)
        .lines()
        .find_map(|l| l.strip_prefix("host: "))
        .expect("rustc names its host")
        .to_owned()
}

#[test]
fn rust_dependencies_are_permissive() {
    let out = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--filter-platform",
        ])
        .arg(host())
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        out.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let resolved: Vec<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter_map(|n| n["id"].as_str())
        .collect();
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 20, "the dependency tree was not read");
    let findings: Vec<String> = packages
        .iter()
        .filter(|p| p["id"].as_str().is_some_and(|id| resolved.contains(&id)))
        .filter(|p| !permitted(p["license"].as_str().unwrap_or_default(), &in_binary))
        .map(|p| format!("{} {}: license {}", p["name"], p["version"], p["license"]))
        .collect();
    refuse("licenses of Rust dependencies", &findings);
}

#[test]
fn web_dependencies_are_permissive() {
    if !root().join("web/package-lock.json").is_file() {
        return; // a checkout without the web folder has nothing to ship from it
    }
    let lock: serde_json::Value =
        serde_json::from_str(&read("web/package-lock.json")).expect("package-lock.json");
    let mut findings = Vec::new();
    for (path, package) in lock["packages"].as_object().expect("packages") {
        if path.is_empty() {
            continue; // our own page
        }
        let license = package["license"].as_str().unwrap_or_default();
        let tool = package["dev"].as_bool().unwrap_or(false);
        let fine = if tool {
            permitted(license, &in_tools)
        } else {
            permitted(license, &in_binary)
        };
        if !fine {
            let place = if tool { "build tool" } else { "shipped" };
            findings.push(format!("{path} ({place}): license `{license}`"));
        }
    }
    refuse("licenses of web packages", &findings);
}
