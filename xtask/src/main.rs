//! Tools of the house, run as `cargo xtask <command>`.
//!
//! `snapshot --from DIR [--to DIR]` writes the embedded snapshot from a folder of fact tables; `truth [--lots FILE]` writes
//! `docs/truth.md`, what reproduces of what Treasury published; `calibrate` fits the camps and writes `docs/calibration.md`; `expected` rewrites every
//! scenario's `expected.csv`, or that of one; `figures` draws the figures of `docs/concepts`. Tools are for
//! those who change brandish; nothing here is part of the program that users run. A command returns an error
//! with the place, the value and the remedy; the process then ends with status 1 (2 for wrong usage).

mod calibrate;
mod expected;
mod figures;
mod snapshot;
mod truth;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask snapshot --from DIR [--to DIR]\n       cargo xtask truth [--lots FILE]\n       cargo xtask calibrate\n       cargo xtask expected [SCENARIO]\n       cargo xtask figures\n";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (code, text) = match words.as_slice() {
        ["snapshot", "--from", from] => write_snapshot(from, None),
        ["snapshot", "--from", from, "--to", to] => write_snapshot(from, Some(to)),
        ["calibrate"] => finished(calibrate::write(&root())),
        ["expected"] => finished(expected::write(&root(), None)),
        ["expected", name] => finished(expected::write(&root(), Some(name))),
        ["figures"] => finished(figures::write(&root())),
        ["truth"] => write_truth(None),
        ["truth", "--lots", path] => write_truth(Some(Path::new(path))),
        ["help" | "--help" | "-h"] => (0, USAGE.to_owned()),
        _ => (2, USAGE.to_owned()),
    };
    let mut stderr = std::io::stderr().lock();
    // A closed stderr leaves nobody to tell.
    let _ = stderr.write_all(text.as_bytes());
    ExitCode::from(code)
}

fn write_snapshot(from: &str, to: Option<&str>) -> (u8, String) {
    let sources = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("snapshot");
    let target = to.map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../snapshot"),
        PathBuf::from,
    );
    match snapshot::write(&sources, &PathBuf::from(from), &target) {
        Ok(summary) => (0, summary),
        Err(problems) => {
            let mut text = String::new();
            for problem in &problems {
                text.push_str(&format!("error: {problem}\n"));
            }
            text.push_str(&format!(
                "{} problem(s); nothing was written\n",
                problems.len()
            ));
            (1, text)
        }
    }
}

fn write_truth(lots_to: Option<&Path>) -> (u8, String) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    match truth::write(&root, lots_to) {
        Ok(summary) => (0, summary),
        Err(errors) => {
            let mut text = String::new();
            for error in &errors {
                text.push_str(&format!("error: {error}\n"));
            }
            text.push_str(&format!(
                "{} problem(s); nothing was written\n",
                errors.len()
            ));
            (1, text)
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn finished(result: Result<String, String>) -> (u8, String) {
    match result {
        Ok(summary) => (0, summary),
        Err(error) => (1, format!("error: {error}\n")),
    }
}
