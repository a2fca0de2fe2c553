//! Documents that promise something are held to it.
//!
//! An invariant called *enforced* names a test function that exists. The files a reader expects are there. Links between
//! documents lead somewhere, also to their anchors. Commands of the README are run by the tests of the command line.

use crate::tree::{files, read, refuse, root};

#[test]
fn enforced_invariants_name_a_test_that_exists() {
    let rust: String = files()
        .iter()
        .filter(|f| f.ends_with(".rs"))
        .map(|f| read(f))
        .collect();
    let web: String = files()
        .iter()
        .filter(|f| f.starts_with("web/") && (f.ends_with(".ts") || f.ends_with(".mjs")))
        .map(|f| read(f))
        .collect();
    let mut findings = Vec::new();
    let mut enforced = 0;
    for line in read("INVARIANTS.md").lines().filter(|l| l.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (Some(rule), Some(label), Some(tests)) = (cells.first(), cells.get(1), cells.get(2))
        else {
            continue;
        };
        match *label {
            "enforced" => {
                enforced += 1;
                let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
                if named.is_empty() {
                    findings.push(format!("`{rule}` is called enforced and names no test"));
                }
                for name in named {
                    let function = name.rsplit("::").next().unwrap_or(name);
                    let known = rust.contains(&format!("fn {function}("))
                        || rust.contains(&format!("fn {function}<"))
                        || web.contains(function);
                    if !known {
                        findings.push(format!(
                            "`{rule}` names the test {name}, which does not exist"
                        ));
                    }
                }
            }
            "required" | "target" | "label" => {}
            other if other.starts_with("--") => {}
            other => findings.push(format!(
                "`{rule}`: label `{other}` is none of enforced, required, target"
            )),
        }
    }
    assert!(enforced > 0, "INVARIANTS.md has no enforced rule");
    refuse("invariants", &findings);
}

#[test]
fn the_documents_a_reader_expects_are_there() {
    let findings: Vec<String> = [
        "README.md",
        "ARCHITECTURE.md",
        "INVARIANTS.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "CITATION.cff",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "docs/reference/REFERENCES.md",
    ]
    .iter()
    .filter(|f| !root().join(f).is_file())
    .map(|f| (*f).to_owned())
    .collect();
    refuse("missing documents", &findings);
}

/// The anchor a heading gets on the usual forges: lower case, spaces to hyphens, punctuation dropped.
fn anchor(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' | '-' => Some('-'),
            c if c.is_alphanumeric() || c == '_' => Some(c),
            _ => None,
        })
        .collect()
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut findings = Vec::new();
    for file in files().into_iter().filter(|f| f.ends_with(".md")) {
        let text = read(&file);
        let folder = root().join(&file).parent().expect("a folder").to_path_buf();
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (path, wanted) = target.split_once('#').unwrap_or((target, ""));
            let place = if path.is_empty() {
                root().join(&file)
            } else {
                folder.join(path)
            };
            if !place.exists() {
                findings.push(format!("{file}: link to {target} leads nowhere"));
            } else if !wanted.is_empty() && place.extension().is_some_and(|e| e == "md") {
                let there = std::fs::read_to_string(&place).expect("readable document");
                let known = there.lines().any(|l| {
                    (l.starts_with('#') && anchor(l) == wanted)
                        || l.contains(&format!("id=\"{wanted}\""))
                });
                if !known {
                    findings.push(format!("{file}: {target} has no such anchor"));
                }
            }
        }
    }
    refuse("links", &findings);
}
