// Shared by the targets of documents: read, analyze two copies together, every span holds its words.

use std::sync::OnceLock;

use brandish_data::Snapshot;
use brandish_evidence::{Known, Lexicon, analyze, json, read};

pub fn check(name: &str, bytes: &[u8]) {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    let lexicon = LEXICON.get_or_init(|| Lexicon::embedded().expect("the embedded lexicon"));
    let Ok(document) = read(name, bytes) else {
        return;
    };
    let known = Known {
        snapshot: SNAPSHOT.get_or_init(Snapshot::embedded),
        as_of: "2026-04-27".parse().expect("a date"),
        undated: "2025-05-05".parse().ok(),
    };
    let points: Vec<char> = document.text.chars().collect();
    let found = analyze(&[document.clone(), document], lexicon, &known);
    assert_eq!(found.claims.len(), found.verdicts.len());
    let quotes = found.quotes.iter().map(|q| (q.span, &q.text));
    for (span, text) in found.claims.iter().map(|c| (c.span, &c.text)).chain(quotes) {
        let own: String = points[span.start..span.end].iter().collect();
        assert_eq!(&own, text);
    }
    let _ = json::value(&found).to_string();
}
