//! `--corpus DIR --key FILE`: precision and recall by kind, every miss listed.
//!
//! Texts stay where they are: the output names each by its SHA-256, so scores on texts that nobody may copy can be recorded
//! and repeated. `precision` counts a claim only where the key has a row for it; `with retellings` also where the key lists
//! the same claim in another telling.

use std::path::{Path, PathBuf};

use brandish_evidence::benchmark::{Score, key, score};
use brandish_evidence::{Known, Lexicon, analyze};
use brandish_report::sha256_hex;
use serde_json::{Value, json};

use super::input::{Input, folder};
use crate::args::ClaimsFormat;
use crate::exit::{Ending, Failure};
use crate::terminal::Terminal;

pub fn benchmark(
    terminal: Terminal,
    format: ClaimsFormat,
    (texts, key_file): (&PathBuf, &PathBuf),
    lexicon: &Lexicon,
    known: &Known<'_>,
) -> Result<Ending, Failure> {
    let shown = key_file.display().to_string();
    let bytes = std::fs::read(key_file).map_err(|e| Failure::usage(format!("{shown}: {e}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::usage(format!("{shown}: not UTF-8 text; save it as UTF-8")))?;
    let rows = key(&shown, &text).map_err(Failure::usage)?;
    let mut documents = Vec::new();
    let mut hashes = vec![(file_name(key_file), sha256_hex(text.as_bytes()))];
    for path in folder(texts)? {
        // The key may lie beside the texts.
        if path.extension().is_some_and(|e| e == "csv") {
            continue;
        }
        let name = file_name(&path);
        let bytes =
            std::fs::read(&path).map_err(|e| Failure::usage(format!("{}: {e}", path.display())))?;
        hashes.push((name.clone(), sha256_hex(&bytes)));
        let mut document = Input::File(path).read().map_err(Failure::usage)?;
        document.file = name;
        documents.push(document);
    }
    let listed = |name: &str| documents.iter().any(|d| d.file == name);
    if let Some(row) = rows.iter().find(|r| !listed(&r.document)) {
        return Err(Failure::usage(format!(
            "{shown}: the folder {} holds no `{}`",
            texts.display(),
            row.document
        )));
    }
    let evidence = analyze(&documents, lexicon, known);
    let scores = score(&evidence, &rows);
    let text = match format {
        ClaimsFormat::Json | ClaimsFormat::Jsonl => {
            let value = json!({
                "schema": 1,
                "as_of": known.as_of.to_string(),
                "hashes": hashes.iter().map(|(n, h)| json!({"file": n, "sha256": h})).collect::<Vec<_>>(),
                "scores": scores.iter().map(|(name, s)| record(name, s)).collect::<Vec<_>>(),
            });
            serde_json::to_string_pretty(&value).map_err(Failure::error)?
        }
        _ => {
            let mut out = format!("record read on {}\n", known.as_of);
            for (name, hash) in &hashes {
                out.push_str(&format!("{hash} {name}\n"));
            }
            out.push_str(&format!(
                "{:12} {:>9} {:>16} {:>8} {:>8} {:>7} {:>7}\n",
                "", "precision", "with retellings", "recall", "expected", "found", "matched"
            ));
            for (name, s) in &scores {
                out.push_str(&format!(
                    "{name:12} {:>9} {:>16} {:>8} {:>8} {:>7} {:>7}\n",
                    s.precision().to_string(),
                    s.precision_with_retellings().to_string(),
                    s.recall().to_string(),
                    s.expected,
                    s.found,
                    s.matched
                ));
            }
            for (name, s) in scores.iter().filter(|(name, _)| *name != "all claims") {
                for missed in &s.missed {
                    out.push_str(&format!("missed {name}: {missed}\n"));
                }
                for telling in &s.tellings {
                    out.push_str(&format!("retold, {name}: {telling}\n"));
                }
                for extra in &s.extra {
                    out.push_str(&format!("beyond the key, {name}: {extra}\n"));
                }
            }
            out
        }
    };
    terminal.print(&text)?;
    Ok(Ending::Ok)
}

fn record(name: &str, s: &Score) -> Value {
    json!({
        "name": name, "expected": s.expected, "found": s.found, "matched": s.matched, "retold": s.retold,
        "missed": s.missed, "tellings": s.tellings, "beyond_the_key": s.extra,
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}
