//! Everything found in a folder of documents, for comparing two builds: `dump FOLDER [THREADS] [--reversed]`.
//!
//! Prints every field of the evidence of all documents read together, then of the same documents batch by batch through
//! [`Corpus`], so that a change that should alter nothing can be held to it: the two outputs are equal or not. `--reversed`
//! takes the documents in the other order, `THREADS` must not matter.

#![allow(clippy::print_stdout, reason = "a program")]

use std::io::Write;

use brandish_data::Snapshot;
use brandish_evidence::{Corpus, Document, Known, Lexicon, analyze, json, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, plain): (Vec<_>, Vec<_>) = arguments.iter().partition(|a| a.starts_with("--"));
    let folder = plain
        .first()
        .ok_or("usage: dump FOLDER [THREADS] [--reversed]")?;
    let threads: usize = plain.get(1).map_or(Ok(1), |t| t.parse())?;
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| {
            p.extension()
                .is_some_and(|e| e == "txt" || e == "md" || e == "html")
        })
        .collect();
    files.sort();
    if flags.iter().any(|f| *f == "--reversed") {
        files.reverse();
    }
    let mut documents: Vec<Document> = Vec::new();
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        documents.push(read(&name, &std::fs::read(file)?)?);
    }
    let snapshot = Snapshot::embedded();
    let lexicon = Lexicon::embedded()?;
    let known = Known {
        snapshot: &snapshot,
        as_of: "2026-09-30".parse()?,
        undated: None,
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()?;
    pool.install(|| -> std::io::Result<()> {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let together = analyze(&documents, &lexicon, &known);
        writeln!(out, "{}", json::value(&together))?;
        writeln!(out, "{together:#?}")?;
        let mut corpus = Corpus::new(&lexicon, known);
        for batch in documents.chunks(37) {
            writeln!(out, "{:#?}", corpus.read(batch.to_vec()))?;
        }
        writeln!(out, "{} not compared", corpus.not_compared())?;
        writeln!(out, "{:#?}", corpus.finish())?;
        out.flush()
    })?;
    Ok(())
}
