//! Any bytes, any text: no panic, spans inside the document, work in proportion to length.
//!
//! Random bytes, random runs of the characters and words that steer the rules (marks, numbers, names, line breaks), and the
//! classic traps: deep nesting, one endless line, unclosed tags, direction marks. The limit on time is loose (a tenth of the
//! speed asked for, unoptimized), since it guards against quadratic work and not against slow machines.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "helpers of tests may fail loudly and measure time"
)]

use brandish_data::Snapshot;
use brandish_evidence::{EvidenceError, Known, Lexicon, analyze, read};
use proptest::prelude::*;
use std::sync::OnceLock;

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::embedded().unwrap())
}

fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    SNAPSHOT.get_or_init(Snapshot::embedded)
}

fn check(file: &str, bytes: &[u8]) {
    let Ok(document) = read(file, bytes) else {
        return;
    };
    let known = Known {
        snapshot: snapshot(),
        as_of: "2026-01-01".parse().unwrap(),
        undated: Some("2025-05-05".parse().unwrap()),
    };
    let points: Vec<char> = document.text.chars().collect();
    let found = analyze(&[document.clone(), document], lexicon(), &known);
    assert_eq!(found.claims.len(), found.verdicts.len());
    for (span, text) in found
        .claims
        .iter()
        .map(|c| (c.span, &c.text))
        .chain(found.quotes.iter().map(|q| (q.span, &q.text)))
    {
        assert!(
            span.start <= span.end && span.end <= points.len(),
            "{span:?} of {}",
            points.len()
        );
        assert_eq!(
            &points[span.start..span.end].iter().collect::<String>(),
            text
        );
    }
}

const PIECES: [&str; 56] = [
    "Japan",
    "Kato",
    "said",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "\n",
    "\n\n",
    "$",
    "1.13",
    "trillion",
    "5%",
    "bp",
    "the",
    "Treasuries",
    "could",
    "if",
    "not",
    "sell",
    "asked whether",
    "former President",
    "Donald Trump",
    "May",
    "2025",
    "1",
    "—",
    ":",
    ";",
    "(",
    ")",
    "yen",
    "per dollar",
    "reportedly",
    "largest",
    "holder",
    "of",
    "who",
    "he",
    "right after",
    "deal",
    "by June",
    "caused",
    "U.S.",
    "D.C.",
    "«",
    "「",
    "\u{202e}",
    "İ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check("a.txt", &bytes);
        check("a.html", &bytes);
    }

    #[test]
    fn random_pieces(pieces in prop::collection::vec(0..PIECES.len(), 0..160), spaced in any::<bool>()) {
        let text: Vec<&str> = pieces.iter().map(|p| PIECES[*p]).collect();
        check("a.txt", text.join(if spaced { " " } else { "" }).as_bytes());
    }

    #[test]
    fn random_lexicons_and_keys(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 0_usize..2000) {
        // Errors or lexicons, never a panic; a cut file of the right kind is refused with its name.
        let text = String::from_utf8_lossy(&bytes);
        let _ = Lexicon::extended(&[("a.json", &text)]);
        let _ = brandish_evidence::benchmark::key("a.csv", &text);
        let whole = include_str!("../theme/events.json");
        if let Some(part) = whole.get(..cut.min(whole.len() - 3)) {
            let refused = Lexicon::extended(&[("cut.json", part)]);
            prop_assert!(refused.is_err_and(|e| e.to_string().contains("cut.json")));
        }
    }

    #[test]
    fn marked_words_are_the_whole_text(own in "\\PC{0,120}", other in "\\PC{0,120}") {
        let stretches = brandish_evidence::compared(&own, &other);
        let joined: String = stretches.iter().map(|s| s.text.as_str()).collect();
        prop_assert_eq!(joined, own.clone());
        prop_assert!(brandish_evidence::compared(&own, &own).iter().all(|s| !s.changed || !s.text.contains(char::is_alphanumeric)));
    }

    #[test]
    fn random_text(text in "\\PC{0,400}") {
        check("a.txt", text.as_bytes());
        check("a.htm", text.as_bytes());
    }
}

#[test]
fn traps_end_in_time() {
    let many = 200_000;
    let cases = [
        "“".repeat(many),
        "‘a ".repeat(many),
        "<div>".repeat(many),
        "&".repeat(many),
        "<!--".repeat(many),
        "<a \"".repeat(many / 10),
        "a’".repeat(many),
        "Japan said $1 trillion, and ".repeat(many / 20),
        "“It does exist as a card,” he said. ".repeat(many / 30),
        "Kato said ".repeat(many / 10),
        "1,".repeat(many),
        "A. ".repeat(many),
        "\n\n“x".repeat(many / 4),
        "(".repeat(many),
        "Anna Bert ".repeat(many / 10),
    ];
    for case in &cases {
        let start = std::time::Instant::now();
        check("trap.txt", case.as_bytes());
        check("trap.html", case.as_bytes());
        let spent = start.elapsed().as_secs_f64();
        assert!(
            spent < 10.0,
            "{spent:.1} s for {:?}...",
            case.chars().take(24).collect::<String>()
        );
    }
}

#[test]
fn what_is_no_text_is_refused() {
    assert!(matches!(
        read("a.pdf", b"%PDF-1.7 ..."),
        Err(EvidenceError::NotText { kind: "a PDF", .. })
    ));
    assert!(matches!(
        read("a.docx", b"PK\x03\x04..."),
        Err(EvidenceError::NotText { .. })
    ));
    assert!(matches!(
        read("a.txt", b"  \n "),
        Err(EvidenceError::Empty { .. })
    ));
    let large = vec![b'a'; brandish_evidence::DOCUMENT_LIMIT + 1];
    assert!(matches!(
        read("a.txt", &large),
        Err(EvidenceError::TooLarge { .. })
    ));
    let damaged = read("a.txt", b"caf\xe9 society said so").unwrap();
    assert_eq!(damaged.notes.len(), 1);
}
