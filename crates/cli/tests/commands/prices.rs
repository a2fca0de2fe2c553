//! `brandish price` and `brandish curve` from outside: what is printed, written and refused.
//!
//! Numbers are compared with each other (price against its yield, a file against the day it holds) or with published ones; how they are
//! computed is tested below the door.

use super::support::{Done, Place};

const DAY: &[&str] = &["--as-of", "2025-05-01"];

fn csv(done: &Done) -> Vec<std::collections::BTreeMap<String, String>> {
    done.ends_with(0);
    let mut reader = csv::Reader::from_reader(done.bytes.as_slice());
    reader.deserialize().map(Result::unwrap).collect()
}

fn number(row: &std::collections::BTreeMap<String, String>, name: &str) -> f64 {
    row[name]
        .parse()
        .unwrap_or_else(|_| panic!("{name} in {row:?}"))
}

#[test]
fn a_price_and_its_yield_are_two_ways_to_say_one_thing() {
    let place = Place::new();
    for (cusip, column, option) in [
        ("912810RN0", "yield_pct", "--yield"),
        ("912797PE1", "discount_rate_pct", "--discount-rate"),
        ("912797PE1", "investment_rate_pct", "--investment-rate"),
        ("912810UH9", "real_yield_pct", "--real-yield"),
    ] {
        let ask = |more: &[&str]| {
            let base = ["price", cusip, "--format", "csv"];
            let rows = csv(&place.brandish(&[&base, DAY, more].concat()));
            assert_eq!(rows.len(), 1);
            rows[0].clone()
        };
        let off_curve = ask(&[]);
        let by_rate = ask(&[option, &off_curve[column]]);
        let by_price = ask(&["--price", &off_curve["clean_per_100"]]);
        for again in [by_rate, by_price] {
            for name in [
                "clean_per_100",
                "dirty_per_100",
                "market_value_usd",
                "dv01_usd_per_bp",
            ] {
                let (a, b) = (number(&off_curve, name), number(&again, name));
                assert!(
                    (a - b).abs() <= 1e-8 * a.abs(),
                    "{cusip} {option} {name} {a} {b}"
                );
            }
        }
        assert_eq!(off_curve["settlement"], "2025-05-02");
    }
    let card = place.brandish(&[&["price", "912810RN0"], DAY].concat());
    card.ends_with(0)
        .says("settlement 2025-05-02")
        .says("key rates")
        .says("street");
}

#[test]
fn every_format_has_every_security() {
    let place = Place::new();
    let rows = csv(&place.brandish(&[&["price", "--all", "--format", "csv"], DAY].concat()));
    assert!(rows.len() > 440);
    for file in ["all.csv", "all.json", "all.parquet", "all.xlsx", "all.txt"] {
        let done = place.brandish(&[&["price", "--all", "-o", file], DAY].concat());
        done.ends_with(0).prints_nothing().complains("written: ");
    }
    assert_eq!(
        place.names("."),
        [
            "all.csv",
            "all.json",
            "all.parquet",
            "all.txt",
            "all.xlsx",
            "small.toml"
        ]
    );
    let json: serde_json::Value = serde_json::from_str(&place.read("all.json")).unwrap();
    assert_eq!(
        json["sheets"]["prices"]["rows"].as_array().unwrap().len(),
        rows.len()
    );
    let start = |name: &str| std::fs::read(place.path(name)).unwrap()[..4].to_vec();
    assert_eq!(start("all.parquet"), b"PAR1");
    assert_eq!(start("all.xlsx"), b"PK\x03\x04");
    let twice = place.brandish(&[&["price", "--all", "-o", "again.xlsx"], DAY].concat());
    twice.ends_with(0);
    assert_eq!(
        std::fs::read(place.path("all.xlsx")).unwrap(),
        std::fs::read(place.path("again.xlsx")).unwrap()
    );
    place
        .brandish(&["price", "--all", "-o", "all.doc"])
        .ends_with(2)
        .complains(".xlsx");
    place
        .brandish(&["price", "--all", "-o", "no/such/all.csv"])
        .ends_with(1)
        .complains("cannot write");
}

#[test]
fn a_portfolio_is_priced_in_its_order_and_adds_up() {
    let place = Place::new();
    place.write(
        "mine.csv",
        "cusip,face_usd_mn\n912810RN0,10\n912797PE1,5\n912810UH9,2.5\n",
    );
    let done = place.brandish(
        &[
            &["price", "--portfolio", "mine.csv", "--format", "json"],
            DAY,
        ]
        .concat(),
    );
    done.ends_with(0);
    let json: serde_json::Value = serde_json::from_slice(&done.bytes).unwrap();
    let rows = json["sheets"]["prices"]["rows"].as_array().unwrap();
    let cusips: Vec<&str> = rows
        .iter()
        .map(|row| row["cusip"].as_str().unwrap())
        .collect();
    assert_eq!(cusips, ["912810RN0", "912797PE1", "912810UH9"]);
    let total = &json["sheets"]["total"]["rows"][0];
    assert_eq!(total["face_usd"], 17.5e6);
    let sum: f64 = rows
        .iter()
        .map(|row| row["market_value_usd"].as_f64().unwrap())
        .sum();
    assert!((total["market_value_usd"].as_f64().unwrap() - sum).abs() < 1e-6);
    place.write(
        "wrong.csv",
        "cusip,face_usd\n912810RN0,1000\n912810RN0,5\nXX,100\n037833100,100\n912797ND5,100\n",
    );
    let wrong = place.brandish(&[&["price", "--portfolio", "wrong.csv"], DAY].concat());
    wrong.ends_with(2).prints_nothing();
    for needle in [
        "BR204",
        "BR205",
        "BR202",
        "BR203",
        "BR206",
        "wrong.csv:3:",
        "wrong.csv:4:",
        "wrong.csv:5:",
        "wrong.csv:6:",
    ] {
        wrong.complains(needle);
    }
}

#[test]
fn lots_come_out_with_published_digits_and_a_note_on_what_was_not_read() {
    let place = Place::new();
    // 2025-05-15: ten-year note at 4.342%, and a 13-week bill; a note with a long first coupon (31 CFR 356 App. B II.C).
    place.write(
        "lots.csv",
        "cusip,kind,term,issue_date,maturity_date,coupon_pct,high_yield_pct,discount_rate_pct,dated_date,first_interest_date\n\
         91282CNC1,NOTE,10-Year,2025-05-15,2035-05-15,4.25,4.342,,,\n\
         912797PX9,BILL,13-Week,2025-05-15,2025-08-14,,,4.300,,\n\
         ,NOTE,,1990-03-01,1995-05-15,8.5,8.53,,1990-03-01,1990-11-15\n",
    );
    let done = place.brandish(&["price", "--lots", "lots.csv", "--format", "csv"]);
    done.complains("columns kept and not read: term");
    let rows = csv(&done);
    let prices: Vec<&str> = rows
        .iter()
        .map(|row| row["computed_price_per_100"].as_str())
        .collect();
    assert_eq!(prices, ["99.260100", "98.913056", "99.805118"]);
    let street =
        csv(&place.brandish(&["price", "--lots", "lots.csv", "--street", "--format", "csv"]));
    let gap = number(&street[2], "computed_price_per_100") - 99.805118;
    assert!(gap.abs() > 1e-4 && gap.abs() < 0.05, "{gap}");

    place.write("bad.csv", "cusip,kind,issue_date,maturity_date,discount_rate_pct\n912797PX9,bill,2025-05-15,2025-08-14,4.3\n912797PX9,bill,2025-13-15,2025-08-14,4.3\n912797PX9,bill,2025-08-14,2025-08-14,4.3\n");
    let bad = place.brandish(&["price", "--lots", "bad.csv", "--format", "csv"]);
    bad.ends_with(2)
        .says("98.913056")
        .complains("bad.csv:3:")
        .complains("bad.csv:4: 912797PX9: maturity 2025-08-14");
    place.write("less.csv", "cusip,kind,issue_date\n");
    place
        .brandish(&["price", "--lots", "less.csv"])
        .ends_with(2)
        .prints_nothing()
        .complains("column `maturity_date` is missing");
}

#[test]
fn a_curve_can_be_shown_compared_fitted_and_brought_along() {
    let place = Place::new();
    let points = csv(&place.brandish(&[&["curve", "--format", "csv"], DAY].concat()));
    let ten = points.iter().find(|row| row["tenor"] == "10Y").unwrap();
    assert!(
        (number(ten, "par_pct") - 4.25).abs() < 1e-9,
        "published: 4.25"
    );
    let changes = csv(&place.brandish(
        &[
            &["curve", "--compare", "2025-05-02", "--format", "csv"],
            DAY,
        ]
        .concat(),
    ));
    let ten = changes.iter().find(|row| row["tenor"] == "10Y").unwrap();
    assert!((number(ten, "par_change_bp") - 8.0).abs() < 1e-6);
    place
        .brandish(&["curve", "--as-of", "2025-04-16", "--fit", "buybacks"])
        .ends_with(0)
        .says("svensson")
        .says("maturity band")
        .says("912828K74");
    let residuals = csv(&place.brandish(&[
        "curve",
        "--as-of",
        "2025-04-16",
        "--fit",
        "buybacks",
        "--format",
        "csv",
    ]));
    let mut prices = "cusip,price_per_100\n".to_owned();
    for row in &residuals {
        prices.insert_str(
            "cusip,price_per_100\n".len(),
            &format!("{},{}\n", row["cusip"], row["clean_per_100"]),
        );
    }
    place.write("prices.csv", prices);
    let again = csv(&place.brandish(&[
        "curve",
        "--as-of",
        "2025-04-16",
        "--fit",
        "prices.csv",
        "--format",
        "csv",
    ]));
    assert!(residuals == again, "another order of lines, another fit");
    place
        .brandish(&[&["curve", "--fit", "buybacks"], DAY].concat())
        .ends_with(1)
        .complains("nearest operations");

    // The day's own par yields as a user's file give the day's prices.
    let mut mine = "# kind=par\ntenor,yield_pct\n".to_owned();
    for point in &points {
        mine += &format!("{},{}\n", point["tenor"], point["par_pct"]);
    }
    place.write("mine.csv", mine);
    let own = csv(&place.brandish(&[&["price", "912810RN0", "--format", "csv"], DAY].concat()));
    let theirs = csv(&place.brandish(
        &[
            &[
                "price",
                "912810RN0",
                "--curve",
                "mine.csv",
                "--format",
                "csv",
            ],
            DAY,
        ]
        .concat(),
    ));
    assert!((number(&own[0], "dirty_per_100") - number(&theirs[0], "dirty_per_100")).abs() < 1e-9);
    place
        .brandish(&[&["curve", "--curve", "mine.csv"], DAY].concat())
        .ends_with(0)
        .says("curve file mine.csv");
    place.write("zero.csv", "tenor,yield_pct\n2Y,abc\n10Y,4\n");
    place
        .brandish(&[&["curve", "--curve", "zero.csv"], DAY].concat())
        .ends_with(2)
        .complains("zero.csv:2:")
        .complains("kind=par");
}

/// A run on the day's own par yields as a file is the run without it; on another curve levels differ; both replay without the file.
#[test]
fn a_run_takes_a_curve_of_ones_own() {
    let place = Place::new();
    let points = csv(&place.brandish(&[&["curve", "--format", "csv"], DAY].concat()));
    let file = |more: f64| -> String {
        let mut text = "# kind=par\ntenor,yield_pct\n".to_owned();
        for point in &points {
            // Published with two decimals.
            text += &format!(
                "{},{:.2}\n",
                point["tenor"],
                number(point, "par_pct") + more
            );
        }
        text
    };
    place.write("same.csv", file(0.0));
    place.write("higher.csv", file(1.0));
    let rows = |name: &str, options: &[&str]| {
        let all = [
            &["run", "small.toml", "-o", name, "--format", "csv"],
            options,
        ]
        .concat();
        let done = place.brandish(&all);
        let rows: Vec<_> = csv(&done)
            .into_iter()
            .map(|mut row| {
                row.remove("run_id");
                row
            })
            .collect();
        rows
    };
    let plain = rows("plain", &[]);
    assert!(plain == rows("same", &["--curve", "same.csv"]));
    let higher = rows("higher", &["--curve", "higher.csv"]);
    let level = |rows: &[std::collections::BTreeMap<String, String>]| {
        let found = rows.iter().find(|row| {
            row["measure"] == "yield_level" && row["tenor"] == "10Y" && row["stat"] == "central"
        });
        number(found.unwrap(), "value")
    };
    let gap = level(&higher) - level(&plain);
    // One percent higher, but for the sale's own effect on a market worth less.
    assert!((gap - 1.0).abs() < 0.05, "{gap}");
    std::fs::remove_file(place.path("higher.csv")).unwrap();
    place.brandish(&["verify", "higher"]).ends_with(0);
    assert!(place.read("higher/report.html").contains("your own curve"));
    place.write("wrong.csv", "# kind=par\ntenor,yield_pct\n10Y,425\n");
    place
        .brandish(&["run", "small.toml", "--curve", "wrong.csv"])
        .ends_with(2)
        .complains("wrong.csv:3:");
}

#[test]
fn questions_without_an_answer_say_why() {
    let place = Place::new();
    for (arguments, code, needle) in [
        (&["price"][..], 2, "--portfolio"),
        (&["price", "912810RN1"], 2, "check digit"),
        (
            &["price", "912810RN0", "--as-of", "2025-05-03"],
            1,
            "weekend",
        ),
        (
            &["price", "912810RN0", "--as-of", "2025-05-01", "--price=-5"],
            1,
            "must be above zero",
        ),
        (
            &[
                "price",
                "912810RN0",
                "--as-of",
                "2025-05-01",
                "--yield",
                "nan",
            ],
            1,
            "finite",
        ),
        (
            &[
                "price",
                "912810RN0",
                "--as-of",
                "2025-05-01",
                "--yield=-300",
            ],
            1,
            "above -200%",
        ),
        (
            &[
                "price",
                "912810RN0",
                "--as-of",
                "2025-05-01",
                "--discount-rate",
                "4",
            ],
            1,
            "clean price or street yield",
        ),
        (
            &["price", "912797ND5", "--as-of", "2025-05-01"],
            1,
            "matured on 2025-05-01",
        ),
        (&["price", "912810RN0", "--face", "0"], 2, "--face"),
        (&["price", "--all", "--yield", "4"], 2, "cannot be used"),
        (
            &[
                "price",
                "--portfolio",
                "nothing.csv",
                "--as-of",
                "2025-05-01",
            ],
            2,
            "nothing.csv",
        ),
        (&["curve", "--as-of", "1962-01-02"], 1, "1990-01-02"),
        (
            &["curve", "--source", "fed", "--as-of", "2025-12-01"],
            1,
            "Svensson",
        ),
        (
            &[
                "curve",
                "--table",
                "bands",
                "--format",
                "csv",
                "--as-of",
                "2025-05-01",
            ],
            2,
            "there are points",
        ),
    ] {
        let done = place.brandish(arguments);
        done.ends_with(code).prints_nothing().complains(needle);
        assert_eq!(
            done.err.matches("912810RN0: 912810RN0").count(),
            0,
            "{}",
            done.err
        );
    }
    place.write("latin1.csv", b"cusip,face_usd\n\xe9,1\n");
    place
        .brandish(&[&["price", "--portfolio", "latin1.csv"], DAY].concat())
        .ends_with(2)
        .complains("line 2 is not UTF-8");
}
