//! Moves of stocks, the yen and gold against the closes of their days.
//!
//! What the closes were is public: the S&P 500 lost 4.84% on 3 April 2025 and gained 9.52% on 9 April, the Nikkei lost 7.83% on
//! 7 April, gold rose on 9 April; the dollar fell from 150 to 143 yen in the first weeks of that month. Outside the windows of
//! the record the answer must be that there are no data, and which there are.

use brandish_evidence::{Evidence, Lexicon, VerdictKind, read};

fn told(text: &str) -> Evidence {
    let documents = [read("moves.txt", text.as_bytes()).unwrap()];
    super::evidence(&documents, &Lexicon::embedded().unwrap())
}

/// The verdict and arithmetic of the claim that holds the words.
fn verdict(found: &Evidence, words: &str) -> (VerdictKind, String) {
    let claim = found
        .claims
        .iter()
        .position(|c| c.text.contains(words) && c.kind.word() != "date")
        .unwrap_or_else(|| panic!("no claim with `{words}` in {:#?}", found.claims));
    let verdict = &found.verdicts[claim];
    (verdict.verdict, verdict.arithmetic.to_string())
}

#[test]
fn sizes_are_compared_with_the_days_close() {
    let found = told(
        "Published 10 April 2025\n\nThe S&P 500 fell 4.8% on April 3. The Nikkei dropped 7.8% on April 7. \
         The S&P 500 rose 3% on April 9. Gold rose 3.4% on April 9.\n",
    );
    for (words, wanted) in [
        ("4.8%", VerdictKind::Supported),
        ("7.8%", VerdictKind::Supported),
        ("3%", VerdictKind::Contradicted),
        ("3.4%", VerdictKind::Supported),
    ] {
        let (got, why) = verdict(&found, words);
        assert_eq!(got, wanted, "{words}: {why}");
    }
    assert!(verdict(&found, "3%").1.contains("+9.52% on 2025-04-09"));
}

#[test]
fn directions_are_compared_with_the_days_close() {
    let found = told(
        "Published 10 April 2025\n\nTokyo stocks plunged on April 7. Wall Street stocks tumbled on April 9. \
         The yen strengthened on April 10. The yen weakened on April 3.\n",
    );
    for (words, wanted) in [
        ("Tokyo stocks", VerdictKind::Supported),
        ("Wall Street", VerdictKind::Contradicted),
        ("strengthened", VerdictKind::Supported),
        ("weakened", VerdictKind::Contradicted),
    ] {
        let (got, why) = verdict(&found, words);
        assert_eq!(got, wanted, "{words}: {why}");
    }
}

#[test]
fn a_move_without_a_day_is_looked_for_in_the_weeks_before() {
    let found = told("Published 30 April 2025\n\nStocks plunged after the tariffs.\n");
    let (got, why) = verdict(&found, "Stocks plunged");
    assert_eq!(got, VerdictKind::Supported, "{why}");
    // Down from 25 March on, and 0.9516 x 0.9403 x 0.9977 x 0.9843 = 0.8787 on 3, 4, 7 and 8 April alone.
    assert!(why.contains("from 2025-03-26 to 2025-04-08"), "{why}");
    assert!(why.contains(": -13."), "{why}");
}

#[test]
fn within_minutes_is_not_borne_out_by_a_close() {
    let found = told(
        "Published 2 May 2025\n\nStocks slumped within minutes of the remark on May 2.\n\n\
         Stocks jumped within minutes of the remark on May 2.\n",
    );
    assert_eq!(verdict(&found, "slumped").0, VerdictKind::Contradicted);
    // Payrolls came out that day too.
    let (got, why) = verdict(&found, "jumped");
    assert_eq!(got, VerdictKind::NotCheckable, "{why}");
    assert!(why.contains("that day also"), "{why}");
}

#[test]
fn outside_the_windows_there_are_no_data_and_the_answer_says_which_there_are() {
    let found = told(
        "Published 5 January 2024\n\nThe Nikkei fell 0.5% on January 4. Gold slipped on January 3. The yen weakened on January 3.\n",
    );
    let (got, why) = verdict(&found, "0.5%");
    assert_eq!(got, VerdictKind::NotEnoughData, "{why}");
    assert!(why.contains("2025-03-24 to 2025-07-31"), "{why}");
    assert_eq!(verdict(&found, "Gold").0, VerdictKind::NotEnoughData);
    // The H.10 fixings hold the yen on every business day: 141.89 to 143.55.
    let (got, why) = verdict(&found, "yen weakened");
    assert_eq!(got, VerdictKind::Supported, "{why}");
}
