//! Holders shown: the sentence says what the figures say, every line fits, every sheet holds its months, text is no markup.

use brandish_data::Snapshot;
use brandish_data::holders::{Conclusion, Question, Tracked, names, overview, track};
use brandish_units::Date;

use super::*;
use crate::sheet::{
    Cell, write_sheet_csv, write_sheet_jsonl, write_sheet_parquet, write_sheets_json,
    write_sheets_xlsx,
};
use crate::text::SummaryStyle;

const CASES: [(&str, Option<&str>, &str); 9] = [
    ("japan", Some("2025-01"), "2025-07-18"),
    ("japan", Some("2026-05"), "2026-07-20"),
    ("japan", None, "2026-09-18"),
    ("japan", None, "2022-12-20"),
    ("japan", Some("2022-06"), "2023-06-20"),
    ("china", Some("2025-01"), "2026-09-18"),
    ("uk", None, "2026-09-18"),
    ("poland", None, "2026-09-18"),
    ("all-foreign", Some("2005-01"), "2026-09-18"),
];

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn tracked((name, since, as_of): (&str, Option<&str>, &str)) -> Tracked {
    let snapshot = Snapshot::embedded();
    let known = snapshot.known_on(day(as_of));
    let holder = names::resolve(&known, name).unwrap();
    let question = Question {
        since: since.map(|month| month.parse().unwrap()),
        custody_share: None,
    };
    track(&known, &holder, question).unwrap()
}

#[test]
fn the_sentence_says_what_the_figures_say() {
    // Net +56.2, -62.6 (bills -59.8, notes -2.8): table 3 in the vintages of 2026-06 and 2026-09.
    let sentence = verdict_sentence(&tracked(CASES[0]));
    for part in [
        "Japan bought on balance from 2025-01 to 2025-05 (net buyer)",
        "net purchases +$56.2bn, between +$",
        "what custodians abroad may hide",
        "bills about unchanged (+$7.0bn), bought notes (+$49.2bn)",
    ] {
        assert!(sentence.contains(part), "{sentence} lacks {part}");
    }
    let sentence = verdict_sentence(&tracked(CASES[1]));
    for part in [
        "Japan sold on balance in 2026-05 (net seller)",
        "\u{2212}$62.6bn",
        "with what is unexplained;",
        "sold bills (\u{2212}$59.8bn), notes about unchanged (\u{2212}$2.8bn)",
    ] {
        assert!(sentence.contains(part), "{sentence} lacks {part}");
    }
    let sentence = verdict_sentence(&tracked(CASES[3]));
    assert!(
        sentence.contains("cannot tell") && sentence.contains("begins with 2023-02"),
        "{sentence}"
    );
    let sentence = verdict_sentence(&tracked(CASES[4]));
    assert!(sentence.contains("only 3 months"), "{sentence}");
    let sentence = verdict_sentence(&tracked(CASES[7]));
    assert!(sentence.contains("bills are not published"), "{sentence}");
}

#[test]
fn every_line_fits_and_plain_text_is_ascii() {
    for case in CASES {
        let tracked = tracked(case);
        for width in [80, 120, 200] {
            let text = holder_text(
                &tracked,
                SummaryStyle {
                    width,
                    plain: false,
                },
            );
            for line in text.lines() {
                assert!(line.chars().count() <= width, "{case:?} {width}: {line}");
            }
        }
        let plain = holder_text(
            &tracked,
            SummaryStyle {
                width: 80,
                plain: true,
            },
        );
        assert!(plain.is_ascii(), "{plain}");
        // Months that lack something say why.
        let lacks = tracked
            .window
            .months
            .iter()
            .any(|month| !month.figures.lacks.is_empty());
        assert_eq!(plain.contains("Not available ("), lacks, "{plain}");
    }
}

#[test]
fn sheets_hold_every_month_with_the_figures_of_the_tracker() {
    for case in CASES {
        let tracked = tracked(case);
        let sheets = holder_sheets(&tracked);
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "months",
                "summary",
                "custody",
                "interventions",
                "reserves",
                "fed_custody"
            ]
        );
        let months = &sheets[0];
        assert_eq!(months.rows.len(), tracked.window.months.len());
        let place = |name: &str| months.columns.iter().position(|c| c.name == name).unwrap();
        for (row, month) in months.rows.iter().zip(&tracked.window.months) {
            let figures = &month.figures;
            for (name, value) in [
                ("holdings_usd_mn", figures.holdings.total),
                ("change_usd_mn", figures.change.total),
                ("net_purchases_usd_mn", figures.net_purchases.total),
                ("net_purchases_bills_usd_mn", figures.net_purchases.bills),
                ("valuation_long_term_usd_mn", figures.valuation),
                (
                    "unexplained_long_term_usd_mn",
                    figures.unexplained.long_term,
                ),
                ("cumulative_net_purchases_usd_mn", month.cumulative.total),
                ("form_s_net_long_term_usd_mn", figures.form_s_long_term),
            ] {
                assert_eq!(
                    row[place(name)],
                    Cell::number(value.map(|v| v.mn())),
                    "{name}"
                );
            }
            let why = &row[place("not_available")];
            assert_eq!(*why != Cell::Empty, !figures.lacks.is_empty());
        }
        for sheet in &sheets {
            write_sheet_csv(sheet, Vec::new()).unwrap();
            write_sheet_parquet(sheet, Vec::new()).unwrap();
            let mut lines = Vec::new();
            write_sheet_jsonl(sheet, &mut lines).unwrap();
            let text = String::from_utf8(lines).unwrap();
            assert_eq!(text.lines().count(), sheet.rows.len());
            for line in text.lines() {
                serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line).unwrap();
            }
        }
        write_sheets_json(&sheets, Vec::new()).unwrap();
        write_sheets_xlsx(&sheets, &mut Vec::new()).unwrap();
    }
}

#[test]
fn the_page_asks_for_nothing_and_holds_the_sentence_and_the_months() {
    for case in CASES {
        let mut tracked = tracked(case);
        let page = holder_html(&tracked, "0");
        assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("src="));
        let sentence = crate::page::escape(&verdict_sentence(&tracked));
        assert!(page.contains(&sentence), "{sentence}");
        for month in &tracked.window.months {
            assert!(page.contains(&month.figures.month.to_string()));
        }
        // A drawing exactly where some month has a part to draw.
        let drawn = tracked.window.sums.is_some();
        assert_eq!(page.contains("<svg"), drawn, "{case:?}");
        assert_eq!(page, holder_html(&tracked, "0"));
        tracked.holder.title = "<script>alert('x')</script>".to_owned();
        let hostile = holder_html(&tracked, "<img src=x>");
        assert!(!hostile.contains("<script") && !hostile.contains("<img"));
    }
}

#[test]
fn the_overview_counts_and_lists_every_holder() {
    let snapshot = Snapshot::embedded();
    let known = snapshot.known_on(day("2026-07-15"));
    let question = Question {
        since: None,
        custody_share: None,
    };
    let rows = overview(&known, question).unwrap();
    let view = Overview {
        as_of: known.as_of(),
        since: None,
        rows: &rows,
    };
    let text = holders_text(
        &view,
        SummaryStyle {
            width: 80,
            plain: true,
        },
    );
    assert!(
        text.is_ascii() && text.lines().all(|line| line.len() <= 80),
        "{text}"
    );
    for row in &rows {
        assert!(text.contains(&row.holder.name), "{}", row.holder.name);
    }
    let has_net = |row: &brandish_data::holders::OverviewRow| {
        row.sums
            .as_ref()
            .is_some_and(|sums| sums.net_purchases.value.is_some())
    };
    let sellers = rows
        .iter()
        .filter(|row| {
            has_net(row)
                && row
                    .verdict
                    .is_some_and(|v| v.conclusion == Conclusion::NetSeller)
        })
        .count();
    assert!(text.contains(&format!("{sellers} net sellers")), "{text}");
    // a row without net purchases of everything has no verdict on everything
    let wide = holders_text(
        &view,
        SummaryStyle {
            width: 200,
            plain: true,
        },
    );
    let mut without = 0;
    for row in rows.iter().filter(|row| row.verdict.is_some()) {
        let line = wide
            .lines()
            .find(|line| line.starts_with(&row.holder.name))
            .unwrap();
        assert_eq!(line.ends_with("not enough data"), !has_net(row), "{line}");
        without += usize::from(!has_net(row));
    }
    assert!(
        without > 0,
        "no holder lacks net purchases: nothing was checked"
    );
    let sheets = holders_sheets(&view);
    assert_eq!((sheets.len(), sheets[0].rows.len()), (1, rows.len()));
    write_sheet_csv(&sheets[0], Vec::new()).unwrap();
}
