//! One file, no request, nothing from outside that could become markup.

use super::*;
use crate::fixture::{input, table};
use crate::input::ReportInput;

const HOSTILE: &str =
    "</script><script>alert(1)</script><!-- \" ' & <img src=x onerror=alert(2)> \u{2028}\u{2029}";

#[test]
fn the_page_holds_data_policy_and_tables() {
    let table = table(true);
    let page = report_html(&Report::build(&input(&table)), &Sections::default()).unwrap();
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains("default-src 'none'"));
    assert!(page.contains(
        "<title>Japan sells $300bn over a quarter, announced · 2025-05-01 · brandish</title>"
    ));
    assert!(page.contains("Not a forecast"));
    assert!(page.contains("id=\"report-data\""));
    let without_script = page.contains("make web");
    assert_eq!(without_script, !has_charts());
    for section in [
        "The answer",
        "Key figures by camp",
        "What really happened",
        "Assumptions",
        "Warnings",
        "Sources",
        "Manifest",
    ] {
        assert!(page.contains(&format!("<h2>{section}")), "{section}");
    }
}

#[test]
fn the_plain_page_has_the_bill_by_fiscal_year_and_what_it_lacks() {
    let table = table(true);
    let missing = "Net of government accounts: not available (no holdings).";
    let report = Report::build(&ReportInput {
        taxpayer: vec![missing.to_owned()],
        ..input(&table)
    });
    let page = report_html(&report, &Sections::default()).unwrap();
    for text in [
        "Over fiscal 2025-2027",
        "FRN resets",
        "net of the Fed",
        missing,
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn the_embedded_document_is_the_report() {
    let table = table(true);
    let report = Report::build(&input(&table));
    let page = report_html(&report, &Sections::default()).unwrap();
    let data = page
        .split("id=\"report-data\">")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    assert!(!data.contains('<'));
    let read: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(read, serde_json::to_value(&report).unwrap());
}

#[test]
fn hostile_texts_stay_texts() {
    let mut table = table(true);
    table.scenario = HOSTILE.to_owned();
    let mut hostile = ReportInput {
        title: HOSTILE.to_owned(),
        order: HOSTILE.to_owned(),
        ..input(&table)
    };
    hostile.warnings[0].text = HOSTILE.to_owned();
    hostile.sources[0].url = format!("javascript:{HOSTILE}");
    let report = Report::build(&hostile);
    let page = report_html(&report, &Sections::default()).unwrap();
    let body = page.split("<body>").nth(1).unwrap();
    assert!(!body.contains("<script>alert") && !body.contains("<img") && !body.contains("<!--"));
    let data = body
        .split("id=\"report-data\">")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    assert!(!data.contains('\u{2028}') && !data.contains('\u{2029}'));
    let read: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(read["head"]["title"], HOSTILE, "escaping loses nothing");
}

#[test]
fn a_section_that_was_asked_for_and_failed_says_why() {
    let table = table(true);
    let sections = Sections {
        card: Asked::Missing(HOSTILE),
        evidence: Asked::No,
    };
    let page = report_html(&Report::build(&input(&table)), &sections).unwrap();
    let markup = page.split("<section id=\"card\"").nth(1).unwrap();
    let card = markup.split("</section>").next().unwrap();
    assert!(card.contains("&lt;img src=x") && !card.contains("<img"));
    let asked = markup.split("<section id=\"asked\"").nth(1).unwrap();
    let asked = asked.split("</section>").next().unwrap();
    assert!(asked.contains("--claims") && !asked.contains("--card"));
}

#[test]
fn no_address_is_loaded() {
    let table = table(true);
    let page = report_html(&Report::build(&input(&table)), &Sections::default()).unwrap();
    let markup = page.split("<script").next().unwrap();
    for loading in [" src=", "<link", "<iframe", "<img", "@import", "url(http"] {
        assert!(!markup.contains(loading), "{loading}");
    }
}

mod properties {
    use proptest::prelude::*;

    use super::super::{escape, script_safe};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn escaped_text_has_no_markup(text in "\\PC{0,60}") {
            let escaped = escape(&text);
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
            let back = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            prop_assert_eq!(back.replace("&amp;", "&"), text);
        }

        #[test]
        fn json_in_a_script_element_reads_back(text in any::<String>()) {
            let json = script_safe(&serde_json::to_string(&text).unwrap());
            let ends = json.contains(['<', '\u{2028}', '\u{2029}']);
            prop_assert!(!ends);
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
