//! Files: length, story, names, and what must never stand in them.
//!
//! A module begins by telling its story; `lib.rs` tells the crate's. Files stay short enough to read in one sitting
//! (600 lines without tests). Names that say nothing are refused. No tracked file names a package mirror
//! or a path of somebody's machine.

use crate::tree::{files, read, refuse};

/// Longest file, tests not counted.
const LONGEST: usize = 600;
/// Shortest story of a crate's `lib.rs`, in `//!` lines with text.
const CRATE_STORY: usize = 5;
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "common", "helpers", "helper", "manager"];
/// The three kinds of tests in library crates; beside them what must hold on any input.
const KINDS: [&str; 5] = [
    "published",
    "peer",
    "regression",
    "properties",
    "invariants",
];

fn sources() -> Vec<String> {
    files()
        .into_iter()
        .filter(|f| {
            f.ends_with(".rs")
                && (["crates/", "xtask/", "bench/"]
                    .iter()
                    .any(|p| f.starts_with(p)))
        })
        .collect()
}

/// A short file needs a short story.
fn shortest_story(lines: usize) -> usize {
    match lines {
        0..=60 => 1,
        61..=150 => 2,
        _ => 3,
    }
}

fn is_test(file: &str) -> bool {
    file.contains("/tests/") || file.ends_with("/tests.rs") || file.ends_with("_tests.rs")
}

/// Lines before the test module that closes a file.
fn length_without_tests(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let opens_tests = |at: usize| {
        let next = lines.iter().skip(at + 1).find(|l| !l.starts_with("#["));
        lines[at] == "#[cfg(test)]"
            && next.is_some_and(|l| l.starts_with("mod ") && l.ends_with('{'))
    };
    (0..lines.len())
        .find(|at| opens_tests(*at))
        .unwrap_or(lines.len())
}

#[test]
fn files_are_short() {
    let findings: Vec<String> = sources()
        .iter()
        .filter(|f| !is_test(f))
        .map(|f| (f, length_without_tests(&read(f))))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(f, lines)| {
            format!("{f}: {lines} lines without tests, at most {LONGEST}; one idea per file")
        })
        .collect();
    refuse("length", &findings);
}

#[test]
fn every_module_begins_with_its_story() {
    let mut findings = Vec::new();
    for file in sources() {
        let text = read(&file);
        let story = text
            .lines()
            .skip_while(|l| l.trim().is_empty())
            .take_while(|l| l.starts_with("//!"))
            .filter(|l| l.trim_start_matches("//!").trim().len() > 1)
            .count();
        let least = if file.ends_with("/src/lib.rs") {
            CRATE_STORY
        } else if is_test(&file) {
            1
        } else {
            shortest_story(length_without_tests(&text))
        };
        if story < least {
            findings.push(format!("{file}: opens with {story} line(s) of `//!`, at least {least} tell what it is and why"));
        }
    }
    refuse("stories", &findings);
}

#[test]
fn names_say_something() {
    let findings: Vec<String> = files()
        .into_iter()
        .filter(|f| {
            f.split('/').any(|part| {
                let stem = part.split('.').next().unwrap_or_default();
                EMPTY_NAMES.contains(&stem.to_lowercase().as_str())
            })
        })
        .collect();
    refuse("names that say nothing", &findings);
}

#[test]
fn tests_of_libraries_are_of_a_named_kind() {
    let doors = ["crates/cli/", "crates/server/", "crates/py/"];
    let mut findings = Vec::new();
    for file in sources() {
        let parts: Vec<&str> = file.split('/').collect();
        let library = file.starts_with("crates/") && !doors.iter().any(|d| file.starts_with(d));
        if library && parts.get(2) == Some(&"tests") {
            let kind = parts
                .get(3)
                .map(|k| k.trim_end_matches(".rs"))
                .unwrap_or_default();
            if !KINDS.contains(&kind) {
                findings.push(format!("{file}: tests live in {}", KINDS.join(", ")));
            }
        }
    }
    refuse("kinds of tests", &findings);
}

/// Texts that betray a machine or a mirror, split so that this file does not contain them.
fn betraying() -> Vec<String> {
    let path = |p: &str| format!("/{p}/");
    vec![
        path("work"),
        path("root"),
        path("home"),
        path("Users"),
        format!("/{}/bash", "tmp"),
        format!("/{}/plan", "tmp"),
        format!("..{}", path("shared")),
        format!("static.{}", "crates.io"),
        format!("index.{}", "crates.io"),
        format!("registry.{}", "npmjs"),
        format!("registry.{}", "yarnpkg"),
        format!("files.{}", "pythonhosted"),
        format!("deb.{}", "debian.org"),
        format!("proxy.{}", "golang.org"),
        format!("arti{}", "factory"),
    ]
}

#[test]
fn no_machine_paths_and_no_mirrors() {
    let mut findings = Vec::new();
    let words = betraying();
    for file in files() {
        if file == "web/package-lock.json" || file == "Cargo.lock" {
            continue; // judged by the next test
        }
        let text = read(&file);
        for (number, line) in text.lines().enumerate() {
            for word in &words {
                let official_page = line.contains("http") && word.starts_with('/');
                if line.contains(word.as_str()) && !official_page {
                    findings.push(format!("{file}:{}: contains `{word}`", number + 1));
                }
            }
        }
    }
    refuse("machine paths and mirrors", &findings);
}

#[test]
fn lock_files_name_only_the_public_registries() {
    let mut findings = Vec::new();
    let cargo = "registry+https://github.com/rust-lang/crates.io-index";
    for (number, line) in read("Cargo.lock").lines().enumerate() {
        if line.starts_with("source = ") && line != format!("source = \"{cargo}\"") {
            findings.push(format!("Cargo.lock:{}: {line}", number + 1));
        }
    }
    if files().iter().any(|f| f == "web/package-lock.json") {
        let npm = format!("\"resolved\": \"https://registry.{}.org/", "npmjs");
        for (number, line) in read("web/package-lock.json").lines().enumerate() {
            if line.trim_start().starts_with("\"resolved\":") && !line.contains(&npm) {
                findings.push(format!(
                    "web/package-lock.json:{}: {}",
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    refuse("lock files", &findings);
}

/// Lints that guard a promise and must not be switched off where the promise is made.
const GUARDS: [&str; 11] = [
    "unwrap_used",
    "expect_used",
    "panic",
    "todo",
    "unimplemented",
    "missing_docs",
    "unsafe_code",
    "print_stdout",
    "print_stderr",
    "disallowed_types",
    "disallowed_methods",
];

#[test]
fn guarding_lints_stay_on() {
    // The doors own the terminal, the clock and the environment; `math` owns the choice of instructions.
    let excused = |file: &str, lint: &str| {
        let door = ["crates/cli/", "crates/server/", "crates/py/"]
            .iter()
            .any(|d| file.starts_with(d));
        (door && matches!(lint, "print_stdout" | "print_stderr" | "disallowed_methods"))
            || (file.starts_with("crates/math/") && lint == "unsafe_code")
    };
    // An enumeration whose names say all may go undocumented, if it says so.
    let explained = |line: &str, lint: &str| lint == "missing_docs" && line.contains("reason =");
    let mut findings = Vec::new();
    for file in sources() {
        if is_test(&file) || !file.contains("/src/") || !file.starts_with("crates/") {
            continue;
        }
        let text = read(&file);
        for (number, line) in text.lines().take(length_without_tests(&text)).enumerate() {
            let code = line.trim();
            let switches_off = code.starts_with("#[allow")
                || code.starts_with("#![allow")
                || code.starts_with("#[expect(")
                || code.starts_with("#![expect(");
            if switches_off {
                for lint in GUARDS {
                    let named = code
                        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                        .skip(1)
                        .any(|word| word == lint);
                    if named && !excused(&file, lint) && !explained(code, lint) {
                        findings.push(format!("{file}:{}: switches `{lint}` off", number + 1));
                    }
                }
            }
        }
    }
    refuse("guarding lints", &findings);
}
