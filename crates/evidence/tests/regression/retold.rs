//! Tellings that belong together although mouth, holder or size differ, and such that do not.
//!
//! Each pair of sentences was made for this test: a quote that moved to another mouth and lost words, all foreigners' holdings told as
//! their governments', seven basis points told as seventy. Beside them stand pairs that share words or digits and are two claims.

use brandish_evidence::{Evidence, Lexicon, read};

fn told(texts: &[&str]) -> Evidence {
    let documents: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| read(&format!("{n}.txt"), text.as_bytes()).unwrap())
        .collect();
    super::evidence(&documents, &Lexicon::embedded().unwrap())
}

/// The words of the drift between the tellings that hold the two pieces of text; `None` if no group holds both.
fn drift(found: &Evidence, one: &str, other: &str) -> Option<Vec<&'static str>> {
    let holds = |words: &str, c: &usize| found.claims[*c].text.contains(words);
    found
        .groups
        .iter()
        .find(|g| {
            g.claims.iter().any(|c| holds(one, c)) && g.claims.iter().any(|c| holds(other, c))
        })
        .map(|g| g.drift.iter().map(|d| d.drift.word()).collect())
}

#[test]
fn a_quote_in_another_mouth_is_the_same_quote() {
    let found = told(&[
        "Published 28 May 2024\n\n“A lender rarely leaves by the front gate in daylight,” said Mira Holt, an economist at Pell Bank.\n",
        "Published 30 May 2024\n\n“A lender never leaves by the front gate,” said Owen Brack, a trader at Loft Bank.\n",
    ]);
    let drift = drift(&found, "rarely leaves", "never leaves").expect("one group");
    assert!(
        drift.contains(&"quote rewritten inside quotation marks"),
        "{drift:?}"
    );
    assert!(drift.contains(&"speaker changed"), "{drift:?}");
}

#[test]
fn one_number_under_another_holder_lost_its_scope() {
    let found = told(&[
        "Published 28 May 2024\n\nForeigners held $8.11 trillion of Treasuries at the end of March.\n",
        "Published 30 May 2024\n\nForeign governments still own $8.11 trillion of Treasuries, a blog wrote.\n",
    ]);
    let scope = found
        .groups
        .iter()
        .flat_map(|g| &g.drift)
        .find(|d| d.drift.word() == "scope lost")
        .expect("scope lost");
    assert_eq!(found.claims[scope.claim].document, 1);
}

#[test]
fn the_same_digits_of_another_size_are_a_changed_number() {
    let found = told(&[
        "Published 30 May 2024\n\nThe ten-year Treasury yield rose seven basis points on May 29.\n",
        "Published 31 May 2024\n\nTreasury yields soared 70 basis points within hours.\n",
    ]);
    let drift = drift(&found, "seven basis", "70 basis").expect("one group");
    assert!(drift.contains(&"number changed"), "{drift:?}");
}

#[test]
fn shared_words_and_digits_alone_make_no_telling() {
    let found = told(&[
        "Published 28 May 2024\n\n“We will hold our bonds to maturity,” said Mira Holt, an economist at Pell Bank. China held $767 billion of Treasuries in March.\n\nJapan sold $5.2 billion of Treasuries in February.\n",
        "Published 30 May 2024\n\n“We will sell our bonds before Christmas,” said Owen Brack, a trader at Loft Bank. Norway held $767 billion of Treasuries in March.\n\nJapan sold $5.4 billion of Treasuries in March.\n",
    ]);
    assert_eq!(drift(&found, "hold our bonds", "sell our bonds"), None);
    assert_eq!(drift(&found, "China held", "Norway held"), None);
    assert_eq!(drift(&found, "5.2 billion", "5.4 billion"), None);
}

#[test]
fn forecasts_of_different_things_are_no_group() {
    let found = told(&[
        "Published 28 May 2024\n\nHolt expects the ministry to stay out of the market for the rest of this year.\n",
        "Published 30 May 2024\n\nThe institute expects Canada to sell bonds before Christmas.\n",
    ]);
    assert_eq!(drift(&found, "ministry to stay", "Canada to sell"), None);
}
