//! Many documents: batch by batch, rows as they come, groups at the end.
//!
//! Memory is bounded by a batch and by what the corpus keeps for comparison; what it does not keep is counted and said.
//! Reports, scenario files and one JSON object need all documents at once and are refused here.

use brandish_evidence::{Corpus, Document, Evidence, Known, Lexicon, json};
use brandish_report::claims::{CLAIM_COLUMNS, claims_csv};
use rayon::prelude::*;

use super::TOGETHER;
use super::input::Input;
use crate::args::{ClaimsArgs, ClaimsFormat};
use crate::exit::{Ending, Failure};
use crate::terminal::Terminal;

/// Documents read before their rows are written, and most of their bytes.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 32 << 20;

pub fn corpus(
    terminal: Terminal,
    arguments: &ClaimsArgs,
    files: &[Input],
    lexicon: &Lexicon,
    known: Known<'_>,
) -> Result<Ending, Failure> {
    if arguments.report.is_some() || arguments.scenario.is_some() {
        return Err(Failure::usage(format!(
            "{} documents: --report and --scenario take at most {TOGETHER} at once; name fewer",
            files.len()
        )));
    }
    if arguments.format == ClaimsFormat::Json {
        return Err(Failure::usage(format!(
            "{} documents: one JSON object would hold them all; use --format jsonl or csv",
            files.len()
        )));
    }
    if arguments.format == ClaimsFormat::Csv {
        terminal.print(&CLAIM_COLUMNS.join(","))?;
    }
    let mut corpus = Corpus::new(lexicon, known);
    let mut failed = 0;
    let mut counts = std::collections::BTreeMap::new();
    let mut batch: Vec<Document> = Vec::new();
    let mut bytes = 0;
    for (place, chunk) in files.chunks(32).enumerate() {
        let read: Vec<Result<Document, String>> = chunk.par_iter().map(Input::read).collect();
        for found in read {
            match found {
                Ok(document) => {
                    bytes += document.text.len();
                    batch.push(document);
                }
                Err(message) => {
                    failed += 1;
                    terminal.complain(&format!("error: {message}"));
                }
            }
        }
        let last = (place + 1) * 32 >= files.len();
        if batch.len() >= BATCH || bytes >= BATCH_BYTES || last {
            let evidence = corpus.read(std::mem::take(&mut batch));
            bytes = 0;
            for verdict in &evidence.verdicts {
                *counts.entry(verdict.verdict).or_insert(0_usize) += 1;
            }
            rows(terminal, arguments.format, &evidence)?;
        }
    }
    let (documents, left) = (corpus.documents(), corpus.not_compared());
    let told = corpus.finish();
    match arguments.format {
        ClaimsFormat::Jsonl => terminal.print(&json::value(&told).to_string())?,
        ClaimsFormat::Table => terminal.print(&summary(documents, &counts, &told))?,
        _ => {}
    }
    if left > 0 {
        terminal.note(&format!(
            "note: {left} further tellings of known topics were checked but not compared with others"
        ));
    }
    if failed > 0 {
        return Err(Failure::error(format!(
            "{failed} of {} documents could not be read; the rest was",
            files.len()
        )));
    }
    Ok(Ending::Ok)
}

fn rows(terminal: Terminal, format: ClaimsFormat, evidence: &Evidence) -> Result<(), Failure> {
    match format {
        ClaimsFormat::Csv => terminal.print_bytes(&claims_csv(evidence).map_err(Failure::error)?),
        ClaimsFormat::Jsonl => terminal.print(&json::value(evidence).to_string()),
        _ => Ok(()),
    }
}

fn summary(
    documents: usize,
    counts: &std::collections::BTreeMap<brandish_evidence::VerdictKind, usize>,
    told: &Evidence,
) -> String {
    let claims: usize = counts.values().sum();
    let mut out = format!("{claims} claims in {documents} documents\n");
    for (verdict, count) in counts {
        out.push_str(&format!("{count:>9} {}\n", verdict.word()));
    }
    let mut drift = std::collections::BTreeMap::new();
    for note in told.groups.iter().flat_map(|g| &g.drift) {
        *drift.entry(note.drift).or_insert(0_usize) += 1;
    }
    out.push_str(&format!("{} groups of tellings\n", told.groups.len()));
    for (kind, count) in drift {
        out.push_str(&format!("{count:>9} {}\n", kind.word()));
    }
    out
}
