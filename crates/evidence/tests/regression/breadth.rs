//! Constructions that agencies use and the first rules did not know: levels without a unit, prices of currencies, tables with a scale, policy
//! rates, custody, foreign holders together, quotes in two mouths.
//!
//! Expected numbers are read off the texts; verdicts follow from the snapshot's rows, which the comments name.

use brandish_data::Snapshot;
use brandish_evidence::{
    ClaimKind, Document, Drift, Evidence, Known, Lexicon, Unit, analyze, read,
};

fn read_together(texts: &[&str]) -> Evidence {
    let snapshot = Snapshot::embedded();
    let known = Known {
        snapshot: &snapshot,
        as_of: "2026-09-30".parse().unwrap(),
        undated: None,
    };
    let documents: Vec<Document> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| read(&format!("{n}.txt"), text.as_bytes()).unwrap())
        .collect();
    analyze(&documents, &Lexicon::embedded().unwrap(), &known)
}

/// Numbers of a text with unit, relation and verdict, in order of the text.
fn check(text: &str, expected: &[(f64, Unit, &str, &str)]) {
    let found = read_together(&[text]);
    let told: Vec<_> = found
        .claims
        .iter()
        .enumerate()
        .filter_map(|(n, c)| {
            let value = c.value?;
            Some((
                value.number(),
                value.unit(),
                c.relation.to_string(),
                found.verdicts[n].verdict.word(),
            ))
        })
        .collect();
    assert_eq!(told.len(), expected.len(), "{text}\n{told:#?}");
    for (is, want) in told.iter().zip(expected) {
        // Scales multiply: the last bit of a float may differ.
        assert!((is.0 - want.0).abs() <= want.0.abs() * 1e-12, "{told:#?}");
        assert_eq!(
            (is.1, is.2.as_str(), is.3),
            (want.1, want.2, want.3),
            "{text}\n{told:#?}"
        );
    }
}

const OPEN: &str = "not enough data";

#[test]
fn a_level_needs_no_unit_behind_its_series() {
    // Par yields of 2 May 2025: 3.83 and 4.33, changes +13 and +8 bp.
    check(
        "Desk notes, 2 May 2025\n\n2s +13bp at 3.83, 10s +8bp at 4.33 on the day.\n",
        &[
            (13.0, Unit::BasisPoints, "yield_2y", "supported"),
            (3.83, Unit::Percent, "yield_2y", "supported"),
            (8.0, Unit::BasisPoints, "yield_10y", "supported"),
            (4.33, Unit::Percent, "yield_10y", "supported"),
        ],
    );
    // H.10 of 2 May 2025: 144.6 yen.
    check(
        "Published 2 May 2025\n\nUSD/JPY closed at 145.0, dealers said.\n",
        &[(145.0, Unit::JpyPerUsd, "usdjpy", "supported")],
    );
    // A crop, a year and a count are no levels.
    check(
        "Published 2 May 2025\n\nThe yield of 3.4 tonnes was the best since 2015, and stocks of 12 firms rose.\n",
        &[],
    );
}

#[test]
fn a_price_of_another_currency_is_none_in_yen() {
    check(
        "Published 9 May 2025\n\nThe rupee weakened to 85.84 to the dollar. The riyal is pegged at 3.75 per dollar.\n",
        &[
            (85.84, Unit::FxRate, "fx_other", OPEN),
            (3.75, Unit::FxRate, "fx_other", OPEN),
        ],
    );
}

#[test]
fn a_table_gives_its_scale_to_its_rows() {
    // First published for March 2025: Japan 1,130.8, China 765.4.
    check(
        "Major foreign holders of Treasury securities, March 2025 (in billions of dollars)\n\nPublished 16 May 2025\n\nJapan | 1,130.8\nChina | 765.4\n",
        &[
            (1130.8e9, Unit::Usd, "treasury_holdings", "supported"),
            (765.4e9, Unit::Usd, "treasury_holdings", "supported"),
        ],
    );
}

#[test]
fn policy_rates_are_compared_with_the_record() {
    // Target range 4.25 to 4.50 until 17 September 2025, 4.00 to 4.25 from the 18th on.
    let text = "WASHINGTON, Sept 17, 2025 - The Federal Reserve cut its benchmark rate to a range of 4% to 4.25% on Wednesday.\n";
    let found = read_together(&[text]);
    for (n, claim) in found.claims.iter().enumerate() {
        let date = claim.kind == ClaimKind::Date;
        if !date && (claim.relation == "cut_rate" || claim.relation == "policy_rate") {
            assert_eq!(
                found.verdicts[n].verdict.word(),
                "supported",
                "{}",
                claim.text
            );
        }
    }
    let relations: Vec<&str> = found.claims.iter().map(|c| c.relation.as_str()).collect();
    assert!(
        relations.contains(&"cut_rate") && relations.contains(&"policy_rate"),
        "{relations:?}"
    );
    let wrong = read_together(&[
        "WASHINGTON, Sept 17, 2025 - The Federal Reserve raised its benchmark rate on Wednesday.\n",
    ]);
    let at = wrong
        .claims
        .iter()
        .position(|c| c.relation == "raise_rate")
        .unwrap();
    assert_eq!(wrong.verdicts[at].verdict.word(), "contradicted");
}

#[test]
fn one_fund_is_not_its_country() {
    // The series is of Saudi Arabia: it can neither bear out nor refute what one of its funds sold.
    let found = read_together(&[
        "RIYADH, 24 April 2025 - The Public Investment Fund sold $8 billion of Treasuries in February.\n",
    ]);
    let at = found
        .claims
        .iter()
        .position(|c| c.relation == "net_purchases:treasury_holdings")
        .unwrap();
    assert_eq!(found.verdicts[at].verdict.word(), OPEN);
}

#[test]
fn foreign_holders_together_are_a_holder_and_no_rival() {
    // All foreign holders in March 2025: 9,054 billion; Japan stays first in the ranking.
    let found = read_together(&[
        "WASHINGTON, May 16, 2025 - Foreign holdings of U.S. Treasuries rose to a record $9.05 trillion in March. Japan is the largest foreign holder of Treasuries.\n",
    ]);
    let verdict = |words: &str| {
        let at = found
            .claims
            .iter()
            .position(|c| c.text.contains(words))
            .unwrap();
        found.verdicts[at].verdict.word()
    };
    assert_eq!(verdict("$9.05 trillion"), "supported");
    assert_eq!(verdict("largest foreign holder"), "supported");
    assert!(found.scenarios.is_empty());
}

#[test]
fn words_that_wandered_into_another_mouth_are_found() {
    let found = read_together(&[
        "Published 12 June 2025\n\n\"Our holdings are a buffer against storms, and we will keep them as such,\" said Klara Nyberg.\n",
        "Published 13 June 2025\n\n\"Our holdings are a weapon against storms, and we will use them as such,\" said Tomas Berg.\n",
    ]);
    let drift: Vec<Drift> = found
        .groups
        .iter()
        .flat_map(|g| g.drift.iter().map(|d| d.drift))
        .collect();
    assert!(drift.contains(&Drift::SpeakerChanged), "{drift:?}");
    assert!(drift.contains(&Drift::QuoteRewritten), "{drift:?}");
}

#[test]
fn two_quotes_that_became_one_are_found() {
    let found = read_together(&[
        "Published 4 June 2025\n\n\"We follow the dollar closely,\" said Klara Nyberg. Asked about Asia, she said: \"They come, they look, they stay.\"\n",
        "Published 4 June 2025\n\n\"We follow the dollar closely. They come, they look, they stay,\" said Klara Nyberg.\n",
    ]);
    let drift: Vec<Drift> = found
        .groups
        .iter()
        .flat_map(|g| g.drift.iter().map(|d| d.drift))
        .collect();
    assert!(drift.contains(&Drift::QuoteMerged), "{drift:?}");
}

#[test]
fn a_country_named_by_what_it_is_stands_for_the_one_named_before() {
    // Saudi Arabia in March 2025: 131.6 billion.
    check(
        "RIYADH, 22 May 2025 - Saudi Arabia watches the dollar. The kingdom held $131.6 billion of Treasuries in March.\n",
        &[(131.6e9, Unit::Usd, "treasury_holdings", "supported")],
    );
    let two = read_together(&[
        "LONDON, 22 May 2025 - Britain and Saudi Arabia met. The kingdom held $131.6 billion of Treasuries in March.\n",
    ]);
    let at = two.claims.iter().position(|c| c.value.is_some()).unwrap();
    // Two kingdoms: nobody is picked for being one.
    assert_ne!(two.verdicts[at].verdict.word(), "contradicted");
}
