//! `brandish ways` from outside: what is printed, written and refused.
//!
//! Numbers are compared with each other and with the run of the same scenario; how they are computed is tested below the door.

use std::collections::BTreeMap;

use super::support::{Done, Place};

const ASK: &[&str] = &["ways", "small.toml", "--days", "5,10", "--draws", "5"];

/// Figures are made up: only the arithmetic is looked at.
const METRIC: &str = "# regime=floating\n# source=made up for a test\nitem,usd_bn\nexports,1000\nbroad_money,10000\nshort_term_debt,2000\nother_liabilities,4000\nimports,1200\n";

fn csv(done: &Done) -> Vec<BTreeMap<String, String>> {
    done.ends_with(0);
    let mut reader = csv::Reader::from_reader(done.bytes.as_slice());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn the_text_answers_every_question_and_says_what_is_not_known() {
    let place = Place::new();
    let done = place.brandish(ASK);
    done.ends_with(0);
    for words in [
        "1 The best way.",
        "2 Cost against pace and mix.",
        "3 Break-even pace.",
        "4 Against the alternatives.",
        "5 What the dollars do.",
        "6 Reserves after the sale",
        "not available: needs exports",
        "--adequacy FILE",
        "Not a forecast.",
    ] {
        done.says(words);
    }
    done.complains("BR012");
    let plain = place.brandish(&[&["--plain"], ASK].concat());
    assert!(plain.ends_with(0).out.is_ascii());
    // No line is wider than the terminal.
    assert!(
        plain.out.lines().all(|line| line.len() <= 80),
        "{}",
        plain.out
    );
}

#[test]
fn the_row_as_written_is_the_number_of_the_run() {
    let place = Place::new();
    let run = place.run_small("run", &["--draws", "5", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(run.bytes.as_slice());
    let run: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let of_run = |measure: &str| {
        run.iter()
            .find(|row| {
                row["measure"] == measure
                    && row["stat"] == "central"
                    && row["unit"] == "usd_bn"
                    && row["day"] == "21"
            })
            .unwrap()["value"]
            .clone()
    };
    let rows = csv(&place.brandish(&[ASK, &["--format", "csv"]].concat()));
    // as written, then two paces, five mixes, announced and silent
    assert_eq!(rows.len(), 1 + 2 * 5 * 2);
    for row in [
        &rows[0],
        rows.iter().find(|row| row["way"] == "own").unwrap(),
    ] {
        for (measure, column) in [
            ("execution_loss", "execution_loss_usd_bn"),
            ("mark_to_market", "mark_to_market_usd_bn"),
        ] {
            let (here, there): (f64, f64) = (
                row[column].parse().unwrap(),
                of_run(measure).parse().unwrap(),
            );
            // the run books everybody at once, so the same terms are added in another order: rounding alone
            assert!(
                (here - there).abs() <= 1e-13 * there.abs(),
                "{measure}: {here} {there}"
            );
        }
        assert_eq!(row["execution_loss_beyond_own_usd_bn"], "0.0");
    }
}

#[test]
fn every_format_has_every_table_and_threads_change_no_digit() {
    let place = Place::new();
    for file in ["w.csv", "w.json", "w.parquet", "w.xlsx", "w.txt", "w.html"] {
        let done = place.brandish(&[ASK, &["-o", file]].concat());
        done.ends_with(0).prints_nothing().complains("written: ");
    }
    let page = place.read("w.html");
    assert!(
        page.contains("run off (") && page.contains("The best way") && !page.contains("<script")
    );
    // one camp: cost by pace and mix, cost of the alternatives
    assert_eq!(page.matches("<svg").count(), 2);
    assert_eq!(page.matches("<figure>").count(), 2);
    let json: serde_json::Value = serde_json::from_str(&place.read("w.json")).unwrap();
    for (table, at_least) in [
        ("ways", 21),
        ("best", 4),
        ("pace", 1),
        ("alternatives", 4),
        ("run_off", 3),
        ("proceeds", 15),
        ("reserves", 1),
    ] {
        let rows = json["sheets"][table]["rows"].as_array().unwrap();
        assert!(rows.len() >= at_least, "{table}: {}", rows.len());
        let name = table.replace('_', "-");
        let alone = csv(&place.brandish(&[ASK, &["--format", "csv", "--table", &name]].concat()));
        assert_eq!(alone.len(), rows.len(), "{table}");
    }
    let one = place.brandish(&[ASK, &["--format", "json", "--threads", "1"]].concat());
    assert_eq!(one.ends_with(0).out, place.read("w.json"));
    let other = place.brandish(&[ASK, &["--format", "json", "--seed", "8"]].concat());
    assert_ne!(other.ends_with(0).out, one.out);
}

#[test]
fn a_users_metric_is_applied_and_its_mistakes_are_named_by_line() {
    let place = Place::new();
    place.write("metric.csv", METRIC);
    let with = [ASK, &["--adequacy", "metric.csv"]].concat();
    // 5% of 1000, 5% of 10000, 30% of 2000, 15% of 4000
    place
        .brandish(&with)
        .ends_with(0)
        .says("IMF metric (weights for floating rates): $1750.0bn")
        .says("made up for a");
    let table = [&with[..], &["--format", "csv", "--table", "reserves"]].concat();
    let rows = csv(&place.brandish(&table));
    let number = |name: &str| -> f64 { rows[0][name].parse().unwrap() };
    let ratio = number("before_usd_bn") / number("metric_usd_bn");
    assert!((number("before_over_metric_ratio") - ratio).abs() < 1e-12);
    assert!(number("spent_usd_bn") < number("kept_usd_bn"));
    place.write(
        "metric.csv",
        METRIC
            .replace("exports,1000", "export,1000")
            .replace("broad_money,10000", "broad_money,lots"),
    );
    place
        .brandish(&with)
        .ends_with(2)
        .prints_nothing()
        .complains("metric.csv:4:")
        .complains("is `exports` meant?")
        .complains("metric.csv:5:")
        .complains("exports is missing");
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_remedy() {
    let place = Place::new();
    place
        .brandish(&["ways", "japan-hint"])
        .ends_with(2)
        .prints_nothing()
        .complains("sells nothing")
        .complains("[[exogenous.sale]]");
    place
        .brandish(&["ways", "small.toml", "--days", "5,22"])
        .ends_with(2)
        .complains("does not end within the horizon of 21");
    for (option, value, words) in [
        ("--days", "0", "--days"),
        ("--days", "x", "--days"),
        ("--draws", "99999", "--draws"),
        ("--repo-rate", "450", "percent a year"),
        ("--repo-rate", "NaN", "percent a year"),
        ("--adequacy", "none.csv", "cannot read none.csv"),
        ("--format", "docx", "docx"),
    ] {
        place
            .brandish(&["ways", "small.toml", option, value])
            .ends_with(2)
            .prints_nothing()
            .complains(words);
    }
    for (amount, words) in [
        ("5000", "BR120"),
        ("0", "amount_usd_bn"),
        ("nan", "amount_usd_bn"),
    ] {
        place.vary(
            "bad.toml",
            "amount_usd_bn = 50",
            &format!("amount_usd_bn = {amount}"),
        );
        place
            .brandish(&["ways", "bad.toml", "--draws", "0"])
            .ends_with(2)
            .prints_nothing()
            .complains(words);
    }
    // A purchase is no sale.
    place.vary("buys.toml", "amount_usd_bn = 50", "amount_usd_bn = -50");
    place
        .brandish(&["ways", "buys.toml"])
        .ends_with(2)
        .complains("sells nothing");
}

#[test]
fn a_rate_of_ones_own_moves_the_break_even() {
    let place = Place::new();
    let pace = |rate: &str| {
        let more = ["--format", "csv", "--table", "pace", "--repo-rate", rate];
        csv(&place.brandish(&[ASK, &more].concat()))[0].clone()
    };
    assert_eq!(pace("0.5")["break_even"], "borrowing-is-free");
    assert_eq!(pace("40")["break_even"], "selling-at-any-pace");
}
