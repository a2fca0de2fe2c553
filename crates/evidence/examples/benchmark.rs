//! Scores a folder of documents against a key: `benchmark DIR KEY [--all]`.
//!
//! Prints precision and recall by kind with every miss and every claim the key does not list; `--all` prints all claims with
//! verdicts, quotes, groups, timeline and implied scenarios as well. For texts that are not part of the project too.

#![allow(clippy::print_stdout, reason = "a program")]

use brandish_data::Snapshot;
use brandish_evidence::{Known, Lexicon, analyze, benchmark, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, key, rest @ ..] = arguments.as_slice() else {
        return Err("usage: benchmark DIR KEY [--all]".into());
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e != "csv"))
        .collect();
    files.sort();
    let mut documents = Vec::new();
    for file in &files {
        documents.push(read(
            &file.file_name().unwrap_or_default().to_string_lossy(),
            &std::fs::read(file)?,
        )?);
    }
    let rows = benchmark::key(key, &std::fs::read_to_string(key)?)?;
    let snapshot = Snapshot::embedded();
    let known = Known {
        snapshot: &snapshot,
        as_of: "2026-09-30".parse()?,
        undated: None,
    };
    let lexicon = Lexicon::embedded()?;
    let evidence = analyze(&documents, &lexicon, &known);
    if rest.iter().any(|a| a == "--all") {
        for (n, claim) in evidence.claims.iter().enumerate() {
            let v = &evidence.verdicts[n];
            println!(
                "{} {} {:?} | {} | {} | {} -> {} ({}) {}",
                claim.id,
                claim.kind.word(),
                claim.polarity,
                claim.subject,
                claim.relation,
                claim.text,
                v.verdict.word(),
                v.arithmetic,
                v.uncertainty
            );
        }
        for quote in &evidence.quotes {
            println!(
                "Q{} {} {:?} asked {:?} | {}",
                quote.document,
                quote.kind.word(),
                quote
                    .speaker
                    .as_ref()
                    .map(|s| (&s.name, &s.role, &s.organization, s.certain)),
                quote.asked.as_ref().map(|a| (&a.text, a.polarity)),
                quote.text
            );
        }
        for group in &evidence.groups {
            println!("{} {}", group.id, group.topic);
            for c in &group.claims {
                println!(
                    "    {} {}",
                    evidence.claims[*c].id, evidence.claims[*c].text
                );
            }
            for d in &group.drift {
                println!(
                    "    ! {} {} vs {:?}: {}",
                    d.drift.word(),
                    evidence.claims[d.claim].id,
                    d.against.map(|a| &evidence.claims[a].id),
                    d.note
                );
            }
            for n in &group.notes {
                println!("    . {n}");
            }
        }
        for t in &evidence.timeline {
            println!("{} {} {:?} {}", t.date, t.event, t.recorded, t.zone_note);
        }
        for s in &evidence.scenarios {
            println!("{s:?}");
        }
    }
    for (name, score) in benchmark::score(&evidence, &rows) {
        println!(
            "{name:12} precision {} with retellings {} ({}/{}) recall {} ({}/{})",
            score.precision(),
            score.precision_with_retellings(),
            score.matched,
            score.found,
            score.recall(),
            score.matched,
            score.expected
        );
        if name != "all claims" {
            for m in &score.missed {
                println!("    missed {m}");
            }
            for m in &score.tellings {
                println!("    retold {m}");
            }
            for m in &score.extra {
                println!("    extra  {m}");
            }
        }
    }
    Ok(())
}
