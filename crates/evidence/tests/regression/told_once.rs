//! One statement, one claim: restatements, attributions and reported words are not counted twice.
//!
//! Each text says one thing in a way that two rules could claim; the expected claims are what a reader would list.

use brandish_evidence::{Claim, ClaimKind, Lexicon, read};

fn claims(text: &str) -> Vec<Claim> {
    let documents = [read("once.txt", text.as_bytes()).unwrap()];
    super::evidence(&documents, &Lexicon::embedded().unwrap()).claims
}

fn of(claims: &[Claim], kind: ClaimKind) -> Vec<&str> {
    let of = claims.iter().filter(|c| c.kind == kind);
    of.map(|c| c.text.as_str()).collect()
}

#[test]
fn a_number_told_twice_is_one_claim_with_two_places() {
    let text = "China holds $784.3 billion of Treasuries\n\nPublished 2 May 2025\n\nThe figure is public. China holds $784.3 billion of Treasuries.\n";
    let found = claims(text);
    let amounts: Vec<&Claim> = found
        .iter()
        .filter(|c| c.kind == ClaimKind::Amount)
        .collect();
    assert_eq!(amounts.len(), 1, "{amounts:#?}");
    assert_eq!(amounts[0].also.len(), 1);
    let also = amounts[0].also[0];
    let words: String = text
        .chars()
        .skip(also.start)
        .take(also.end - also.start)
        .collect();
    assert!(words.contains("$784.3 billion"), "{words}");
    assert!(
        also.end < amounts[0].span.start,
        "the body is the claim's own place"
    );
}

#[test]
fn another_number_or_scope_stays_a_claim() {
    let found = claims(
        "Japan holds $1 trillion of Treasuries\n\nPublished 2 May 2025\n\nJapan holds $1.13 trillion of Treasuries. \
         Japan's official and private investors hold $1.13 trillion of Treasuries.\n",
    );
    assert_eq!(of(&found, ClaimKind::Amount).len(), 3, "{found:#?}");
}

#[test]
fn what_a_person_is_reported_to_say_is_no_opinion_of_the_writer_beside_it() {
    let found = claims(
        "Published 2 May 2025\n\nKatsunobu Kato acknowledged that the bonds could serve as a bargaining chip.\n",
    );
    assert_eq!(of(&found, ClaimKind::Event).len(), 1, "{found:#?}");
    assert!(of(&found, ClaimKind::Opinion).is_empty(), "{found:#?}");
}

#[test]
fn a_reporting_verb_is_no_growth_and_a_number_no_judgment() {
    let found = claims(
        "Published 2 May 2025\n\nNaka Matsuzawa added that Japan's Treasury holdings could matter.\n\nThat pile is over a trillion dollars in Treasuries.\n",
    );
    let amounts = of(&found, ClaimKind::Amount);
    assert_eq!(amounts.len(), 1, "{found:#?}");
    assert!(amounts[0].contains("trillion"));
    assert!(
        !of(&found, ClaimKind::Opinion)
            .iter()
            .any(|o| o.contains("trillion")),
        "{found:#?}"
    );
}

#[test]
fn the_attribution_of_a_number_is_no_event_of_its_own() {
    let found = claims(
        "Published 9 May 2025\n\nJapan's foreign reserves rose to $1.3 trillion at the end of April, the Ministry of Finance said on Friday.\n",
    );
    assert_eq!(of(&found, ClaimKind::Amount).len(), 1, "{found:#?}");
    assert!(of(&found, ClaimKind::Event).is_empty(), "{found:#?}");
    let found = claims("Published 9 May 2025\n\nThe minister said what he had said.\n");
    assert!(of(&found, ClaimKind::Event).is_empty(), "{found:#?}");
}
