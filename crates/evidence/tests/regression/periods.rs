//! Verdicts that rest on a period, a market or an issuer named beside the number, and speakers of crowded paragraphs.
//!
//! Expected verdicts are computed by hand from the published tables: TIC net purchases of the months, the ministry's days of
//! intervention, the auction results, levels of two months. None of the sentences stands in another text of the tests.

use brandish_evidence::{Evidence, Lexicon, read};

fn found(text: &str) -> Evidence {
    let document = read("one.txt", text.as_bytes()).unwrap();
    super::evidence(&[document], &Lexicon::embedded().unwrap())
}

fn verdict(text: &str, words: &str) -> String {
    let found = found(text);
    let claim = found
        .claims
        .iter()
        .position(|c| c.value.is_some() && c.text.contains(words))
        .unwrap_or_else(|| panic!("no claim with {words} in {:#?}", found.claims));
    found.verdicts[claim].verdict.word().to_owned()
}

#[test]
fn a_period_is_answered_by_all_its_months() {
    // TIC net purchases January to March 2025, bn: Saudi Arabia -10.971 - 2.017 + 4.635 = -8.353; China -1.395 + 10.548 - 19.098 = -9.945.
    let text = "RIYADH, June 20, 2025 (Test Wire) - Saudi Arabia sold $8.4 billion of Treasuries in the first quarter. China bought $20 billion of Treasuries in the first quarter.\n";
    assert_eq!(verdict(text, "8.4"), "supported");
    assert_eq!(verdict(text, "20 billion"), "contradicted");
    // On 20 April two of the three months were out.
    let early = "RIYADH, April 20, 2025 (Test Wire) - Saudi Arabia sold $8.4 billion of Treasuries in the first quarter.\n";
    assert_eq!(verdict(early, "8.4"), "not enough data");
    // Ministry of Finance: 1 May 2024 3,870.0 bn yen; April 2024 to March 2025 5,918.5 + 3,870.0 + 3,167.8 + 2,367.0 = 15,323.3.
    let yen = "TOKYO, 9 November 2024 (Test Wire) - The ministry spent 3.87 trillion yen buying yen on May 1. In fiscal 2024 it spent 15.3 trillion yen buying yen.\n";
    assert_eq!(verdict(yen, "3.87"), "supported");
    assert_eq!(verdict(yen, "15.3"), "supported");
    // TIC levels as first published: January 760.8, February 784.3.
    let change = "BEIJING, 23 April 2025 (Test Wire) - China held $784.3 billion of Treasuries in February, up $23.5 billion from January.\n";
    assert_eq!(verdict(change, "784.3"), "supported");
    assert_eq!(verdict(change, "23.5"), "supported");
}

#[test]
fn a_yield_belongs_to_the_bonds_named_before_it() {
    // The 10-year Treasury stood at 4.58% that day; the text speaks of gilts, and the record has no gilt yields.
    let gilts = "LONDON, 22 May 2025 (Test Wire) - Gilts fell. The 10-year yield rose 9 basis points to 4.76 percent.\n";
    assert_eq!(verdict(gilts, "9 basis"), "not enough data");
    assert_eq!(verdict(gilts, "4.76"), "not enough data");
    let treasuries = "NEW YORK, 22 May 2025 (Test Wire) - Treasuries fell on May 21. The 10-year yield rose 10 basis points on May 21.\n";
    assert_eq!(verdict(treasuries, "10 basis"), "supported");
}

#[test]
fn an_issuer_that_sells_bonds_holds_an_auction() {
    // Results of 8 May 2025: 25 bn of 30-year bonds at 4.819%.
    let text = "NEW YORK, May 9, 2025 (Test Wire) - The Treasury Department sold $25 billion of 30-year bonds on Thursday at a yield of 4.819%.\n";
    assert_eq!(verdict(text, "4.819%"), "supported");
    assert_eq!(verdict(text, "$25 billion"), "supported");
    let wrong = "NEW YORK, May 9, 2025 (Test Wire) - The Treasury Department sold $25 billion of 30-year bonds on Thursday at a yield of 4.419%.\n";
    assert_eq!(verdict(wrong, "4.419%"), "contradicted");
}

#[test]
fn crowded_paragraphs_keep_their_speakers() {
    let text = "Published 7 May 2025\n\n“The door is open,” said Ana Lind of Norbank; Tom Hale said it was “shut and painted.” “Nobody knocks,” he added.\n\n“We hold,” a manager in the Gulf told me. State television quoted Vice Premier He Lifeng as saying that “talks need respect.”\n";
    let found = found(text);
    let speakers: Vec<&str> = found
        .quotes
        .iter()
        .map(|q| q.speaker.as_ref().map_or("nobody", |s| s.label()))
        .collect();
    assert_eq!(
        speakers,
        ["Ana Lind", "Tom Hale", "Tom Hale", "manager", "He Lifeng"]
    );
}
