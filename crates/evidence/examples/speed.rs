//! Speed of the analysis: `speed FOLDER [THREADS] [ROUNDS]`.
//!
//! Reads the folder once, then times the reading of bytes and the analysis apart, in MB of text a second of the clock and,
//! where the system tells it, of processor time, which is the figure of one core however busy the machine is. The first pass
//! over the batches stands apart, since it loads the series of the snapshot and keeps the first tellings.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that measures time"
)]

use std::time::Instant;

use brandish_data::Snapshot;
use brandish_evidence::{Corpus, Document, Known, Lexicon, analyze, read};

/// Seconds of processor time of this process, in steps of a hundredth (`proc(5)`: user and system time).
fn processor() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// MB a second of the clock and of processor time.
struct Rate {
    clock: Instant,
    processor: Option<f64>,
}

impl Rate {
    fn start() -> Rate {
        Rate {
            clock: Instant::now(),
            processor: processor(),
        }
    }

    fn of(&self, megabytes: f64) -> String {
        let clock = megabytes / self.clock.elapsed().as_secs_f64();
        let spent = processor()
            .zip(self.processor)
            .map(|(now, then)| now - then);
        match spent.filter(|s| *s > 0.0) {
            Some(spent) => format!(
                "{clock:7.1} MB/s, {:6.1} MB a processor second",
                megabytes / spent
            ),
            None => format!("{clock:7.1} MB/s"),
        }
    }
}

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
    let start = Rate::start();
    let documents: Vec<Document> = bytes
        .iter()
        .enumerate()
        .map(|(n, b)| read(&format!("{n}.txt"), b))
        .collect::<Result<_, _>>()?;
    println!("read    {}", start.of(size));
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
            let start = Rate::start();
            let found = analyze(&documents, &lexicon, &known);
            println!(
                "analyze {} on {threads} thread(s): {size:.1} MB, {} claims, {} groups",
                start.of(size),
                found.claims.len(),
                found.groups.len()
            );
        }
        let mut corpus = Corpus::new(&lexicon, known);
        for round in 0..=rounds.max(3) {
            let batches: Vec<Vec<Document>> = documents.chunks(128).map(<[_]>::to_vec).collect();
            let start = Rate::start();
            let mut claims = 0;
            for batch in batches {
                claims += corpus.read(batch).claims.len();
            }
            let pass = if round == 0 { "first" } else { "batches" };
            println!(
                "{pass:7} {} on {threads} thread(s): {claims} claims",
                start.of(size)
            );
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
