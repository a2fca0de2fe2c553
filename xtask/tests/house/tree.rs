//! Reading the repository: its root, its tracked files, its crates.
//!
//! A file counts when git would track it, so scratch files and build output are not judged. Without git (an unpacked
//! archive) everything is read except build output and installed packages.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that hold only what a build or an installer made.
const MADE: [&str; 6] = [".git", "target", "node_modules", "dist", "runs", ".venv"];

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the root")
        .to_path_buf()
}

/// The text of a file below the root; bytes that are not UTF-8 (compressed data) are replaced.
pub fn read(relative: &str) -> String {
    let path = root().join(relative);
    let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// All tracked or trackable files, relative to the root, sorted.
pub fn files() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    let mut found: Vec<String> = match listed {
        Ok(out) if out.status.success() => String::from_utf8_lossy(&out.stdout)
            .lines()
            .map(str::to_owned)
            .collect(),
        _ => {
            let mut all = Vec::new();
            walk(&root(), &mut all);
            all
        }
    };
    found.retain(|f| root().join(f).is_file());
    found.sort();
    found.dedup();
    found
}

fn walk(folder: &Path, all: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder)
        .expect("readable folder")
        .flatten()
    {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !MADE.contains(&name.as_str()) {
                walk(&path, all);
            }
        } else if let Ok(relative) = path.strip_prefix(root()) {
            all.push(relative.to_string_lossy().into_owned());
        }
    }
}

/// Names of the folders directly below `relative`, sorted.
pub fn folders(relative: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(root().join(relative))
        .map(|entries| {
            entries
                .flatten()
                .filter(|e| e.path().is_dir())
                .map(|e| e.file_name().to_string_lossy().into_owned())
                .collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}

/// Fails with all findings at once.
pub fn refuse(rule: &str, findings: &[String]) {
    assert!(
        findings.is_empty(),
        "{rule}: {} finding(s)\n  {}",
        findings.len(),
        findings.join("\n  ")
    );
}
