//! The sample articles against their key: floors below which precision and recall may not fall, and every verdict named there.
//!
//! The articles were written for this project (varied countries, numbers and traps); the key was written with them, not from
//! the program's output. The floors are the project's aims (0.9 precision, 0.85 recall), so a regression shows before a user does.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "helpers of tests may fail loudly and measure time"
)]

use brandish_data::Snapshot;
use brandish_evidence::{Document, Evidence, Known, Lexicon, analyze, benchmark, read};

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles")
}

fn documents() -> Vec<Document> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e != "csv"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|f| {
            read(
                &f.file_name().unwrap().to_string_lossy(),
                &std::fs::read(f).unwrap(),
            )
            .unwrap()
        })
        .collect()
}

fn evidence(documents: &[Document], lexicon: &Lexicon) -> Evidence {
    let snapshot = Snapshot::embedded();
    let known = Known {
        snapshot: &snapshot,
        as_of: "2026-09-30".parse().unwrap(),
        undated: None,
    };
    analyze(documents, lexicon, &known)
}

#[test]
fn precision_and_recall_hold() {
    let documents = documents();
    assert!(documents.len() >= 30, "{} articles", documents.len());
    let found = evidence(&documents, &Lexicon::embedded().unwrap());
    let key = benchmark::key(
        "key.csv",
        &std::fs::read_to_string(folder().join("key.csv")).unwrap(),
    )
    .unwrap();
    let scores = benchmark::score(&found, &key);
    let all = &scores["all claims"];
    assert!(
        all.matched * 100 >= all.found * 90,
        "precision {}: {:#?}",
        all.precision(),
        all.extra
    );
    assert!(
        all.matched * 100 >= all.expected * 85,
        "recall {}: {:#?}",
        all.recall(),
        all.missed
    );
    for name in ["verdicts", "speakers", "quotes", "groups"] {
        let score = &scores[name];
        assert!(
            score.matched * 100 >= score.expected * 85,
            "{name} {}: {:#?}",
            score.recall(),
            score.missed
        );
    }
}

#[test]
fn spans_are_their_words() {
    let documents = documents();
    let found = evidence(&documents, &Lexicon::embedded().unwrap());
    let slice = |document: usize, start: usize, end: usize| -> String {
        found.documents[document]
            .text
            .chars()
            .skip(start)
            .take(end - start)
            .collect()
    };
    for claim in &found.claims {
        assert_eq!(
            slice(claim.document, claim.span.start, claim.span.end),
            claim.text
        );
    }
    for quote in &found.quotes {
        assert_eq!(
            slice(quote.document, quote.span.start, quote.span.end),
            quote.text
        );
    }
}

#[test]
fn same_input_same_output() {
    let documents = documents();
    let lexicon = Lexicon::embedded().unwrap();
    let (first, second) = (
        evidence(&documents, &lexicon),
        evidence(&documents, &lexicon),
    );
    assert_eq!(first, second);
    assert_eq!(
        brandish_evidence::json::value(&first).to_string(),
        brandish_evidence::json::value(&second).to_string()
    );
}

#[test]
fn another_theme_needs_only_data_files() {
    let events = r#"{"schema":1,"events":[{"id":"G1","date":"2031-03-04","actors":["Mara Quill","Ruritania"],"actions":["rule_out","say"],
        "topics":["gilts","bonds"],"title":"Quill rules out selling the crown bonds","polarity":"assurance",
        "quotes":[{"speaker":"Mara Quill","text":"The crown bonds stay where they are","kind":"verbatim"}],"source":"a story made for this test"}]}"#;
    let names = r#"{"schema":1,"people":[{"name":"Mara Quill","pronoun":"she","place":"Ruritania","offices":[{"title":"treasurer","from":"2030-01-01","source":"a story made for this test"}]}],
        "places":[{"name":"Ruritania","forms":["Ruritanian"]}]}"#;
    let lexicon = Lexicon::extended(&[("events", events), ("names", names)]).unwrap();
    let text = "Published 5 March 2031\n\nTreasurer Mara Quill ruled out a sale of crown bonds on March 4. “The crown bonds stay where they are,” Quill said. “The crown bonds go to the highest bidder,” she added.\n";
    let documents = vec![read("story.txt", text.as_bytes()).unwrap()];
    let found = evidence(&documents, &lexicon);
    let verdict = |words: &str| {
        let claim = found
            .claims
            .iter()
            .position(|c| c.text.contains(words))
            .unwrap_or_else(|| panic!("no claim with {words}"));
        found.verdicts[claim].verdict.word()
    };
    assert_eq!(verdict("ruled out"), "supported");
    assert_eq!(verdict("stay where"), "supported");
    assert_eq!(verdict("highest bidder"), "misquoted");
}
