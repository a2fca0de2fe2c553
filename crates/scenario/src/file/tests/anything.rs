//! Whatever the bytes, a check ends quickly with an answer and never panics, and what it says can be rendered.

use proptest::prelude::*;

use super::super::{SHIPPED, ScenarioFile};
use super::check;

fn survives(text: &str) {
    let found = match check(text) {
        Ok(checked) => checked.warnings,
        Err(found) => {
            assert!(!found.is_empty());
            found
        }
    };
    for diagnostic in &found {
        let shown = diagnostic.render(false);
        // Only line ends may control the terminal.
        assert!(
            !shown.chars().any(|c| c.is_control() && c != '\n'),
            "{shown:?}"
        );
        assert!(diagnostic.render_within(true, 0).contains(diagnostic.code));
        let origin = &diagnostic.origin;
        assert!(origin.line >= 1 && origin.column >= 1);
        assert!(origin.line_text.get(origin.line_span.clone()).is_some());
    }
}

/// Pieces that a user's file is made of, right and wrong.
const PIECES: [&str; 40] = [
    "schema = 1\n",
    "name = \"a-b\"\n",
    "title = \"t\"\n",
    "as_of = 2025-05-01\n",
    "[[exogenous.sale]]\n",
    "[exogenous.sale]\n",
    "seller = \"japan\"\n",
    "amount_usd_bn = 300\n",
    "amount_usd_mn = ",
    "days = 63\n",
    "start_day = 1200\n",
    "profile = [0.5, 0.5]\n",
    "mix = { \"4\" = 1 }\n",
    "mix = { file = \"good.csv\" }\n",
    "known = \"silent\"\n",
    "known = \"announced\"\n",
    "[exogenous.threat]\n",
    "prior = 0.5\n",
    "probability = nan\n",
    "deadline_day = 3\n",
    "[exogenous]\n",
    "[holders.x]\n",
    "[holders]\n",
    "holdings_usd_bn = 4\n",
    "official_usd_bn = 5\n",
    "[assumptions]\n",
    "camps = [\"S\", 1]\n",
    "draws = 0x10\n",
    "= ",
    "\"",
    "'''",
    "{",
    "}",
    "[",
    "]",
    "\u{202e}",
    "\u{1f4a5}\t",
    "\u{1b}[31m",
    "1979-05-27T07:32:00Z\n",
    "\r\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Err(found) = ScenarioFile::from_bytes(&bytes, "bytes") {
            prop_assert!(!found.is_empty());
            found[0].render(true);
        }
    }

    #[test]
    fn text(text in ".{0,300}") {
        survives(&text);
    }

    #[test]
    fn pieces(pieces in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..60)) {
        survives(&pieces.concat());
    }

    #[test]
    fn damaged_scenarios(
        which in 0..SHIPPED.len(),
        cuts in prop::collection::vec((0_usize..2000, 0_usize..12, prop::sample::select(PIECES.as_slice())), 1..4),
    ) {
        let mut text: Vec<char> = SHIPPED[which].toml.chars().collect();
        for (at, length, piece) in cuts {
            let from = at.min(text.len());
            let to = (from + length).min(text.len());
            text.splice(from..to, piece.chars());
        }
        survives(&text.into_iter().collect::<String>());
    }
}

#[test]
fn large_files_end_quickly() {
    let sizes = 100_000;
    for text in [
        "[[exogenous.sale]]\n".repeat(sizes / 2),
        (0..sizes / 2)
            .map(|i| format!("[holders.h{i}]\n"))
            .collect(),
        "a=".repeat(sizes),
        "\n".repeat(sizes * 10),
        "\"".repeat(sizes),
        format!("mix = [{}]", "0.1,".repeat(sizes)),
        format!("title = \"{}\"", "é".repeat(sizes)),
        (0..sizes).map(|i| format!("k{i}=1\n")).collect(),
        "a=1\n".repeat(sizes),
    ] {
        survives(&text);
    }
}
