//! Speed of the analysis: `speed FOLDER [THREADS] [ROUNDS]`.
//!
//! Reads the folder once, then times the reading of bytes and the analysis apart, in MB of text a second. The first pass is
//! not counted, since it loads the series of the snapshot.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that measures time"
)]

use std::time::Instant;

use brandish_data::Snapshot;
use brandish_evidence::{Corpus, Document, Known, Lexicon, analyze, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments
        .first()
        .ok_or("usage: speed FOLDER [THREADS] [ROUNDS]")?;
    let threads: usize = arguments.get(1).map_or(Ok(1), |t| t.parse())?;
    let rounds: usize = arguments.get(2).map_or(Ok(3), |t| t.parse())?;
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|e| e.path())
        .collect();
    files.sort();
    let bytes: Vec<Vec<u8>> = files.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    let size = bytes.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let start = Instant::now();
    let documents: Vec<Document> = bytes
        .iter()
        .enumerate()
        .map(|(n, b)| read(&format!("{n}.txt"), b))
        .collect::<Result<_, _>>()?;
    println!("read    {:7.1} MB/s", size / start.elapsed().as_secs_f64());
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
    pool.install(|| {
        let first: Vec<Document> = documents.iter().take(200).cloned().collect();
        let found = analyze(&first, &lexicon, &known);
        println!("{} claims in {} documents", found.claims.len(), first.len());
        for _ in 0..rounds {
            let start = Instant::now();
            let found = analyze(&documents, &lexicon, &known);
            let spent = start.elapsed().as_secs_f64();
            println!(
                "analyze {:7.1} MB/s on {threads} thread(s): {size:.1} MB, {} claims, {} groups, {spent:.3} s",
                size / spent,
                found.claims.len(),
                found.groups.len()
            );
        }
        let mut corpus = Corpus::new(&lexicon, known);
        for round in 0..=rounds.max(3) {
            let start = Instant::now();
            let mut claims = 0;
            for batch in documents.chunks(128) {
                claims += corpus.read(batch.to_vec()).claims.len();
            }
            let spent = start.elapsed().as_secs_f64();
            if round > 0 {
                println!(
                    "batches {:7.1} MB/s on {threads} thread(s): {claims} claims, {spent:.3} s",
                    size / spent
                );
            }
        }
        let start = Instant::now();
        let left = corpus.not_compared();
        let groups = corpus.finish().groups.len();
        println!(
            "{groups} groups in {:.3} s, {left} tellings not compared",
            start.elapsed().as_secs_f64()
        );
    });
    Ok(())
}
