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

mod breadth;
mod changes;
mod moves;
mod periods;
mod refuted;
mod retold;
mod told_once;

use std::collections::BTreeMap;

use brandish_data::Snapshot;
use brandish_evidence::benchmark::Score;
use brandish_evidence::{Corpus, Document, Evidence, Known, Lexicon, analyze, benchmark, read};

fn folder(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

fn documents_in(name: &str) -> Vec<Document> {
    let mut files: Vec<_> = std::fs::read_dir(folder(name))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e != "csv" && e != "json"))
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

fn documents() -> Vec<Document> {
    documents_in("articles")
}

fn key_of(name: &str) -> Vec<benchmark::KeyRow> {
    let text = std::fs::read_to_string(folder(name).join("key.csv")).unwrap();
    benchmark::key("key.csv", &text).unwrap()
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

/// Floors of precision and recall in percent, by kind.
fn floors(scores: &BTreeMap<String, Score>, floors: &[(&str, usize, usize)]) {
    for (name, precision, recall) in floors {
        let score = &scores[*name];
        assert!(
            score.matched * 100 >= score.found * precision,
            "{name}: {:#?}",
            score.extra
        );
        assert!(
            score.matched * 100 >= score.expected * recall,
            "{name}: {:#?}",
            score.missed
        );
    }
}

/// What is missed is left open: the worst that can happen is a true claim called false, or a false one called true.
fn only_open(scores: &BTreeMap<String, Score>) {
    let worst: Vec<&String> = scores["verdicts"]
        .missed
        .iter()
        .filter(|m| !m.contains("-> not enough data"))
        .collect();
    assert!(worst.is_empty(), "{worst:#?}");
}

#[test]
fn precision_and_recall_hold() {
    let documents = documents();
    assert!(documents.len() >= 30, "{} articles", documents.len());
    let found = evidence(&documents, &Lexicon::embedded().unwrap());
    let key = key_of("articles");
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

/// Ten articles written after the rules were frozen and never used to change them: precision 0.89, 0.94 with retellings,
/// recall 0.94 when they were first scored. The floors are a claim or two below.
#[test]
fn articles_that_no_rule_has_seen_are_read_as_well() {
    let documents = documents_in("held_out");
    let found = evidence(&documents, &Lexicon::embedded().unwrap());
    let scores = benchmark::score(&found, &key_of("held_out"));
    let all = &scores["all claims"];
    assert!(
        all.matched * 100 >= all.found * 86,
        "precision {}: {:#?}",
        all.precision(),
        all.extra
    );
    assert!(
        (all.matched + all.retold) * 100 >= all.found * 90,
        "precision with retellings {}: {:#?}",
        all.precision_with_retellings(),
        all.extra
    );
    assert!(
        all.matched * 100 >= all.expected * 85,
        "recall {}: {:#?}",
        all.recall(),
        all.missed
    );
    let verdicts = &scores["verdicts"];
    assert!(
        verdicts.matched * 100 >= verdicts.expected * 85,
        "{:#?}",
        verdicts.missed
    );
}

/// Fourteen articles whose first score (precision 0.87, 0.95 with retellings, recall 0.68, verdicts 0.38) stands in
/// `docs/reference/claims.md`; their misses have been studied since, so they guard and measure nothing. The floors are the aims, for
/// verdicts what was reached: the rest are listed there with their reasons.
#[test]
fn the_second_held_out_articles_stay_read() {
    let documents = documents_in("held_out_2");
    assert_eq!(documents.len(), 14);
    let found = evidence(&documents, &Lexicon::embedded().unwrap());
    let scores = benchmark::score(&found, &key_of("held_out_2"));
    floors(
        &scores,
        &[
            ("all claims", 90, 85),
            ("speakers", 90, 90),
            ("verdicts", 70, 70),
        ],
    );
}

/// Fourteen articles whose first score (precision 0.89, 0.94 with retellings, recall 0.59, verdicts 0.42, groups 0.09, drift 0.07) stands
/// in `docs/reference/claims.md`; their misses have been studied since, so they guard and measure nothing. The floors for precision and verdicts are the
/// aims; recall, groups and drift are what was reached, the rest are listed there with their reasons.
#[test]
fn the_third_held_out_articles_stay_read() {
    let documents = documents_in("held_out_3");
    assert_eq!(documents.len(), 14);
    let found = evidence(&documents, &Lexicon::embedded().unwrap());
    let scores = benchmark::score(&found, &key_of("held_out_3"));
    floors(
        &scores,
        &[
            ("all claims", 85, 55),
            ("verdicts", 90, 90),
            ("groups", 90, 30),
            ("drift", 80, 40),
        ],
    );
    only_open(&scores);
}

/// Twelve articles and a key by an independent hand whose first score (precision 0.86, 0.93 with retellings, recall 0.70, verdicts 0.58)
/// stands in `docs/reference/claims.md`; their false verdicts have been studied since, so they guard and measure nothing. The floors are what was
/// reached, a claim or two below.
#[test]
fn the_fourth_held_out_articles_stay_read() {
    let documents = documents_in("held_out_4");
    assert_eq!(documents.len(), 12);
    let found = evidence(&documents, &Lexicon::embedded().unwrap());
    let scores = benchmark::score(&found, &key_of("held_out_4"));
    floors(
        &scores,
        &[
            ("all claims", 85, 69),
            ("verdicts", 70, 70),
            ("speakers", 80, 78),
        ],
    );
    only_open(&scores);
}

/// Two tellings of the gilt purchases of 2022, with events, people and a verb from files of the user's kind.
#[test]
fn a_gilt_story_needs_only_tables() {
    let files: Vec<(String, String)> = ["events.json", "names.json", "words.json"]
        .iter()
        .map(|name| {
            let text = std::fs::read_to_string(folder("theme").join(name)).unwrap();
            ((*name).to_owned(), text)
        })
        .collect();
    let pairs: Vec<(&str, &str)> = files
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let found = evidence(&documents_in("theme"), &Lexicon::extended(&pairs).unwrap());
    let scores = benchmark::score(&found, &key_of("theme"));
    for name in ["all claims", "groups", "drift", "speakers"] {
        let score = &scores[name];
        assert_eq!(score.matched, score.expected, "{name}: {:#?}", score.missed);
        assert_eq!(score.found, score.matched, "{name}: {:#?}", score.extra);
    }
    // Known miss: a quote that shares two words with the record is drift, but the record cannot call it misquoted.
    let verdicts = &scores["verdicts"];
    assert_eq!(verdicts.missed.len(), 1, "{:#?}", verdicts.missed);
    assert!(verdicts.missed[0].contains("pull the plug"));
}

#[test]
fn batches_give_what_documents_together_give() {
    let documents = documents();
    let lexicon = Lexicon::embedded().unwrap();
    let snapshot = Snapshot::embedded();
    let known = Known {
        snapshot: &snapshot,
        as_of: "2026-09-30".parse().unwrap(),
        undated: None,
    };
    let together = analyze(&documents, &lexicon, &known);
    let mut corpus = Corpus::new(&lexicon, known);
    let mut ids = Vec::new();
    let mut verdicts = Vec::new();
    for batch in documents.chunks(7) {
        let found = corpus.read(batch.to_vec());
        ids.extend(found.claims.iter().map(|c| (c.id.clone(), c.text.clone())));
        verdicts.extend(found.verdicts.iter().map(|v| (v.verdict, v.rows.clone())));
    }
    assert_eq!(corpus.documents(), documents.len());
    let own: Vec<_> = together
        .claims
        .iter()
        .map(|c| (c.id.clone(), c.text.clone()))
        .collect();
    assert_eq!(ids, own);
    let answers: Vec<_> = together
        .verdicts
        .iter()
        .map(|v| (v.verdict, v.rows.clone()))
        .collect();
    assert_eq!(verdicts, answers);
    let groups = corpus.finish().groups;
    assert_eq!(groups.len(), together.groups.len());
    let drift = |groups: &[brandish_evidence::Group]| -> Vec<_> {
        groups
            .iter()
            .flat_map(|g| g.drift.iter().map(|d| (d.drift, d.note.clone())))
            .collect()
    };
    assert_eq!(drift(&groups), drift(&together.groups));
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
