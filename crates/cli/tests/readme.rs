//! Every command a reader is told to type works.
//!
//! Takes the `sh` blocks of README.md and of the guide, line by line. `brandish ...` runs with the built binary, in one scratch folder per
//! document, in the order of the document, so that a later line may use a file an earlier one wrote. `make` and `cargo install` are not run
//! inside a test: their target or path must exist. `toml` blocks must pass `brandish scenario check`.
//! Anything else in such a block is refused, so no unchecked command can slip in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail loudly

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const DOCUMENTS: [&str; 2] = ["README.md", "docs/guide/README.md"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(relative: &str) -> String {
    let path = root().join(relative);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The contents of all fenced blocks marked `language`.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in text.lines() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(mark), None) => open = Some((mark.trim() == language, String::new())),
            (Some(_), Some((wanted, block))) => {
                if *wanted {
                    found.push(std::mem::take(block));
                }
                open = None;
            }
            (None, Some((_, block))) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

fn scratch(document: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(document.replace(['/', '.'], "-"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a scratch folder");
    folder
}

fn brandish(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_brandish"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the binary starts")
}

/// Runs or checks one line; the error says what is wrong with it.
fn follow(line: &str, folder: &Path) -> Result<(), String> {
    let command = line.split(" # ").next().unwrap_or_default();
    let (command, into) = match command.split_once('>') {
        Some((command, file)) => (command, Some(file.trim())),
        None => (command, None),
    };
    let words: Vec<&str> = command.split_whitespace().collect();
    match words.as_slice() {
        ["brandish", arguments @ ..] => {
            let out = brandish(arguments, folder);
            if !out.status.success() {
                return Err(format!(
                    "ended with {}:\n{}",
                    out.status,
                    String::from_utf8_lossy(&out.stderr)
                ));
            }
            if let Some(file) = into {
                std::fs::write(folder.join(file), &out.stdout).map_err(|e| e.to_string())?;
            }
            Ok(())
        }
        ["make"] => target_exists("run"),
        ["make", target, ..] => target_exists(target),
        ["cargo", "install", "--path", path, ..] => root()
            .join(path)
            .join("Cargo.toml")
            .is_file()
            .then_some(())
            .ok_or_else(|| format!("there is no package at {path}")),
        ["cargo", "test", "-p", package, ..] => {
            let folder = package.strip_prefix("brandish-").unwrap_or(package);
            root()
                .join("crates")
                .join(folder)
                .is_dir()
                .then_some(())
                .ok_or_else(|| format!("there is no package {package}"))
        }
        _ => Err("is a command this test does not know how to check".to_owned()),
    }
}

fn target_exists(target: &str) -> Result<(), String> {
    read("Makefile")
        .lines()
        .any(|l| l.starts_with(&format!("{target}:")))
        .then_some(())
        .ok_or_else(|| format!("the Makefile has no target {target}"))
}

#[test]
fn every_command_of_the_readme_runs() {
    let mut findings = Vec::new();
    let mut run = 0;
    for document in DOCUMENTS {
        let folder = scratch(document);
        for block in blocks(&read(document), "sh") {
            for line in block.lines().map(str::trim) {
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                run += 1;
                if let Err(why) = follow(line, &folder) {
                    findings.push(format!("{document}: `{line}` {why}"));
                }
            }
        }
    }
    assert!(run >= 4, "only {run} commands were found in {DOCUMENTS:?}");
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_scenario_printed_in_the_documents_is_valid() {
    let mut findings = Vec::new();
    for document in DOCUMENTS {
        let folder = scratch(&format!("toml-{document}"));
        for (i, block) in blocks(&read(document), "toml").into_iter().enumerate() {
            let file = format!("block-{i}.toml");
            std::fs::write(folder.join(&file), block).expect("a scratch file");
            let out = brandish(&["scenario", "check", &file], &folder);
            if !out.status.success() {
                findings.push(format!(
                    "{document}, block {i}:\n{}",
                    String::from_utf8_lossy(&out.stderr)
                ));
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
