//! `brandish holders` from outside: the published months in every format, what is refused and with which words.

use std::collections::BTreeMap;

use super::support::{Done, Place};

const JAPAN: &[&str] = &[
    "holders",
    "japan",
    "--since",
    "2025-01",
    "--as-of",
    "2025-07-18",
];

fn csv(done: &Done) -> Vec<BTreeMap<String, String>> {
    done.ends_with(0);
    let mut reader = csv::Reader::from_reader(done.bytes.as_slice());
    reader.deserialize().map(Result::unwrap).collect()
}

/// Net purchases of Japan, January to May 2025, US$ mn: TIC table 3, vintage 2026-06.
const NET: [(&str, f64); 5] = [
    ("2025-01", 13_074.0),
    ("2025-02", 31_688.0),
    ("2025-03", 4_549.0),
    ("2025-04", -4_176.0),
    ("2025-05", 11_065.0),
];

#[test]
fn the_published_months_come_out_in_every_format() {
    let place = Place::new();
    let ask = |more: &[&str]| place.brandish(&[JAPAN, more].concat());
    let rows = csv(&ask(&["--format", "csv"]));
    assert_eq!(rows.len(), NET.len());
    for (row, (month, net)) in rows.iter().zip(NET) {
        assert_eq!(row["month"], month);
        assert_eq!(row["net_purchases_usd_mn"].parse::<f64>().unwrap(), net);
        assert_eq!(row["vintage"], "revised_later");
    }
    let lines = ask(&["--format", "jsonl"]);
    let lines: Vec<serde_json::Value> = lines
        .ends_with(0)
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (line, (month, net)) in lines.iter().zip(NET) {
        assert_eq!(
            (&line["month"], &line["net_purchases_usd_mn"]),
            (&month.into(), &net.into())
        );
    }
    for file in [
        "h.csv",
        "h.json",
        "h.jsonl",
        "h.parquet",
        "h.xlsx",
        "h.txt",
        "h.html",
    ] {
        ask(&["-o", file])
            .ends_with(0)
            .prints_nothing()
            .complains("written: ");
    }
    let json: serde_json::Value = serde_json::from_str(&place.read("h.json")).unwrap();
    let months = json["sheets"]["months"]["rows"].as_array().unwrap();
    assert_eq!(months.as_slice(), lines.as_slice());
    let summary = &json["sheets"]["summary"]["rows"][0];
    assert_eq!(summary["verdict"], "net_buyer");
    let total: f64 = NET.iter().map(|(_, net)| net).sum();
    assert!((summary["net_purchases_usd_mn"].as_f64().unwrap() - total).abs() < 1e-6);
    let start = |name: &str| std::fs::read(place.path(name)).unwrap()[..4].to_vec();
    assert_eq!(start("h.parquet"), b"PAR1");
    assert_eq!(start("h.xlsx"), b"PK\x03\x04");
    let page = place.read("h.html");
    assert!(page.contains("<svg") && page.contains("net buyer") && !page.contains("<script"));
    let text = ask(&[]);
    text.ends_with(0)
        .says("Japan bought on balance from 2025-01 to 2025-05 (net buyer)")
        .says("+31.7")
        .says("A fall in custody is not a sale");
    assert_eq!(place.read("h.txt"), text.out);
    let again = ask(&[]);
    assert_eq!((again.out, again.err), (text.out, text.err));
}

#[test]
fn every_table_can_be_had_alone_and_all_holders_together() {
    let place = Place::new();
    for (table, column) in [
        ("months", "unexplained_usd_mn"),
        ("summary", "verdict"),
        ("custody", "largest_share"),
        ("interventions", "yen_bought_jpy_bn"),
        ("reserves", "securities_usd_mn"),
        ("fed-custody", "treasuries_usd_mn"),
    ] {
        let arguments = [
            "holders",
            "japan",
            "--since",
            "2024-04",
            "--as-of",
            "2025-07-18",
            "--table",
            table,
            "--format",
            "csv",
        ];
        let rows = csv(&place.brandish(&arguments));
        assert!(!rows.is_empty() && rows[0].contains_key(column), "{table}");
    }
    let all = csv(&place.brandish(&["holders", "--as-of", "2026-07-15", "--format", "csv"]));
    assert!(all.len() > 40);
    let of = |name: &str| all.iter().find(|row| row["holder"] == name).unwrap();
    assert_eq!(of("china")["verdict"], "net_seller");
    assert_eq!(of("belgium")["kind"], "custody_center");
    assert!(of("iraq")["verdict"].is_empty() && !of("iraq")["not_available"].is_empty());
    place
        .brandish(&["holders", "--as-of", "2026-07-15"])
        .ends_with(0)
        .says("net sellers")
        .says("united-kingdom*");
    // Without a day the newest release of the snapshot is today, and said to be.
    place
        .brandish(&["holders", "UK"])
        .ends_with(0)
        .complains("as of 20")
        .says("the United Kingdom");
}

#[test]
fn what_cannot_be_answered_is_refused_with_what_there_is() {
    let place = Place::new();
    for (arguments, needles) in [
        (&["atlantis"][..], &["atlantis", "united-kingdom"][..]),
        (&["jpan"], &["did you mean `japan`?"]),
        (
            &["japan", "--as-of", "2000-01-01"],
            &["2000-03", "out on 2000-05-18"],
        ),
        (&["--as-of", "2000-01-01"], &["2000-03"]),
        (&["japan", "--since", "1999-12"], &["1999-12", "2000-03"]),
        (
            &["japan", "--since", "2025-05", "--as-of", "2025-05-01"],
            &["2025-05", "runs from 2000-03 to 2025-02"],
        ),
        (&["japan", "--since", "2025"], &["YYYY-MM"]),
        (&["japan", "--since", "2025-13"], &["YYYY-MM"]),
        (&["japan", "--since", "2025-01-15"], &["YYYY-MM"]),
        (&["japan", "--custody-share", "1.5"], &["1.5", "between 0"]),
        (
            &["japan", "--custody-share", "-0.1"],
            &["-0.1", "between 0"],
        ),
        (&["--custody-share", "nan"], &["NaN", "between 0"]),
        (&["--table", "custody"], &["COUNTRY"]),
        (&["-o", "all.html"], &["one country"]),
        (&["japan", "-o", "j.html", "--format", "csv"], &["--format"]),
        (&["japan", "-o", "j.doc"], &[".jsonl"]),
    ] {
        let done = place.brandish(&[&["holders"], arguments].concat());
        done.ends_with(2).prints_nothing();
        for needle in needles {
            done.complains(needle);
        }
    }
    assert_eq!(place.names("."), ["small.toml"]);
}
