//! `brandish run`: what goes where, in which format, and that the same inputs give the same bits.

use std::process::Stdio;

use serde_json::Value;

use super::support::{Done, Place};

const FILES: [&str; 5] = [
    "manifest.json",
    "report.html",
    "scenario.toml",
    "summary.txt",
    "tables",
];

fn manifest(place: &Place, folder: &str) -> Value {
    serde_json::from_str(&place.read(&format!("{folder}/manifest.json"))).unwrap()
}

#[test]
fn the_default_folder_is_named_by_scenario_and_identifier_and_is_replaced_as_a_whole() {
    let place = Place::new();
    let first = place.brandish(&["run", "small.toml"]);
    first
        .ends_with(0)
        .says("1 Yields.")
        .says("Not a forecast")
        .complains("report: runs/small-");
    let [folder] = place.names("runs").try_into().unwrap();
    let path = format!("runs/{folder}");
    assert_eq!(place.names(&path), FILES);
    assert_eq!(place.names(&format!("{path}/tables")), ["long.parquet"]);
    let id = manifest(&place, &path)["run_id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(folder, format!("small-{id}"));
    assert!(first.out.contains(&id));

    place.write(&format!("{path}/summary.txt"), "old");
    let second = place.brandish(&["run", "small.toml"]);
    second.ends_with(0);
    assert_eq!(second.out, first.out);
    assert_eq!(
        place.names("runs"),
        [folder],
        "one folder, nothing hidden beside it"
    );
    assert!(
        place
            .read(&format!("{path}/summary.txt"))
            .contains("1 Yields.")
    );
}

#[test]
fn the_shipped_default_runs_from_nothing() {
    let place = Place::new();
    let done = place.brandish(&["run", "japan-card", "--draws", "1", "-o", "card"]);
    done.ends_with(0)
        .says("Japan sells $300bn over a quarter, announced")
        .says("BR032");
    assert_eq!(place.names("card"), FILES);
    assert!(place.read("card/report.html").contains("report-data"));
}

#[test]
fn every_format_holds_the_same_facts() {
    let place = Place::new();
    let csv = place.run_small("run", &["--draws", "6", "--format", "csv"]);
    let json = place.run_small("run", &["--draws", "6", "--format", "json"]);
    let parquet = place.run_small("run", &["--draws", "6", "--format", "parquet"]);
    assert!(csv.out.starts_with("run_id,scenario,camp,date,day,tenor,bucket,cusip,sector,measure,stat,value,unit,as_of,source\n"));
    let document: Value = serde_json::from_str(&json.out).unwrap();
    let rows = document
        .as_array()
        .or_else(|| document["rows"].as_array())
        .unwrap();
    assert_eq!(rows.len(), csv.out.lines().count() - 1);
    assert!(parquet.bytes.starts_with(b"PAR1") && parquet.bytes.ends_with(b"PAR1"));
    assert_eq!(
        parquet.bytes,
        std::fs::read(place.path("run/tables/long.parquet")).unwrap()
    );
    let xlsx = place.run_small("run", &["--draws", "6", "--format", "xlsx"]);
    assert!(xlsx.bytes.starts_with(b"PK"));
    let again = place.run_small("run", &["--draws", "6", "--format", "xlsx"]);
    assert!(xlsx.bytes == again.bytes, "the same run, another workbook");
    for measure in [
        "yield_change_peak",
        "purchases",
        "execution_loss",
        "holder_pnl",
        "interest_cost",
        "fiscal_interest_gross",
        "mortgage_change_peak",
        "usdjpy_change",
    ] {
        assert!(csv.out.contains(&format!(",{measure},p50,")), "{measure}");
    }
}

#[test]
fn equal_seeds_give_equal_bits_at_any_number_of_threads() {
    let place = Place::new();
    let csv = |seed: &str, threads: &str| {
        place
            .run_small(
                "run",
                &[
                    "--draws",
                    "6",
                    "--seed",
                    seed,
                    "--threads",
                    threads,
                    "--format",
                    "csv",
                ],
            )
            .out
    };
    let one = csv("7", "1");
    assert_eq!(
        one,
        csv("7", "2"),
        "threads decide when a path is computed, not what comes out"
    );
    let other = csv("8", "2");
    let numbers = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| line.contains(",p50,"))
            .map(|line| line.split(',').skip(1).collect())
            .collect()
    };
    assert_eq!(numbers(&one).len(), numbers(&other).len());
    assert_ne!(numbers(&one), numbers(&other));
}

#[test]
fn options_stand_above_the_file() {
    let place = Place::new();
    place.run_small(
        "run",
        &[
            "--as-of",
            "2025-05-02",
            "--draws",
            "2",
            "--seed",
            "9",
            "--settings",
            "reference",
        ],
    );
    let manifest = manifest(&place, "run");
    assert_eq!(manifest["as_of"], "2025-05-02");
    assert_eq!(
        (&manifest["draws"], &manifest["seed"]),
        (&Value::from(2), &Value::from(9))
    );
    assert_eq!(manifest["settings"], "reference");
    place.brandish(&["verify", "run"]).ends_with(0);
    // The scenario file of a run folder is a scenario.
    place
        .brandish(&["scenario", "check", "run"])
        .ends_with(0)
        .says("run: ok");
}

#[test]
fn plain_is_ascii_and_quiet_is_silent() {
    let place = Place::new();
    let plain = place.run_small("run", &["--plain", "--quiet"]);
    assert!(plain.out.is_ascii(), "{}", plain.out);
    assert!(plain.err.is_empty(), "{}", plain.err);
    let no_color = place
        .command(&["run", "small.toml", "-o", "run"])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(no_color.stdout.is_ascii());
    let refused = place.brandish(&["--quiet", "run", "nowhere.toml"]);
    refused.ends_with(2).complains("nowhere.toml");
    assert!(
        !refused.err.contains('\u{1b}'),
        "color belongs on terminals"
    );
    let wide = place.run_small("run", &[]).out;
    assert!(
        wide.lines().all(|line| line.chars().count() <= 80),
        "{wide}"
    );
}

#[test]
fn a_reader_that_closes_the_pipe_early_is_no_error() {
    let place = Place::new();
    let mut child = place
        .command(&[
            "run",
            "small.toml",
            "-o",
            "run",
            "--draws",
            "6",
            "--format",
            "csv",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = Done::new(child.wait_with_output().unwrap());
    done.ends_with(0);
    assert!(
        !done.err.contains("panic") && !done.err.contains("error"),
        "{}",
        done.err
    );
    assert_eq!(place.names("run"), FILES);
}

#[test]
fn a_purchase_and_proceeds_in_gold_run_and_say_what_they_are() {
    let place = Place::new();
    place.vary("buy.toml", "= 50", "= -50");
    place
        .brandish(&["run", "buy.toml", "-o", "buy"])
        .ends_with(0)
        .says("The ten-year yield falls");
    for metal in ["gold", "euro"] {
        let proceeds = format!(
            "[exogenous.proceeds]\nto = \"{metal}\"\nconverted_share = 0.5\n\n[assumptions]"
        );
        place.vary("other.toml", "[assumptions]", &proceeds);
        let done = place.brandish(&["run", "other.toml", "-o", "other"]);
        done.ends_with(0)
            .says("BR016")
            .complains("warning[BR016]: 50% of the proceeds")
            .complains(metal);
    }
}

#[test]
fn a_defined_holder_has_accounts_in_its_own_currency_where_there_is_a_rate() {
    let place = Place::new();
    for (currency, own, code) in [
        ("USD", None, Some("BR017")),
        ("JPY", Some(",jpy_bn,"), None),
        ("EUR", Some(",eur_bn,"), Some("BR028")),
    ] {
        let text = super::support::SMALL.replace("\"japan\"", "\"fund\"").replace(
            "[assumptions]",
            &format!("[holders.fund]\nholdings_usd_bn = 400\nofficial_usd_bn = 300\ncurrency = \"{currency}\"\n\n[assumptions]"),
        );
        place.write("fund.toml", text);
        let done = place.brandish(&["run", "fund.toml", "-o", "fund", "--format", "csv"]);
        done.ends_with(0).says(",fund,holder_pnl,central,");
        for unit in [",jpy_bn,", ",eur_bn,"] {
            assert_eq!(done.out.contains(unit), own == Some(unit), "{currency}");
        }
        let summary = place.read("fund/summary.txt");
        for warning in ["BR017", "BR028"] {
            assert_eq!(
                summary.contains(warning),
                code == Some(warning),
                "{currency}"
            );
        }
    }
    let text = place.read("fund.toml").replace("EUR", "CHF");
    place.write("fund.toml", text);
    place
        .brandish(&["run", "fund.toml", "-o", "no"])
        .ends_with(2)
        .complains("there is no exchange rate for `CHF`")
        .complains("EUR")
        .complains("JPY");
}

#[test]
fn a_run_says_why_and_replays_with_draws_shared_by_weight() {
    let place = Place::new();
    place.vary(
        "shared.toml",
        "camps = [\"C\"]",
        "camps = [\"S\", \"C\"]\nallocation = \"by-weight\"",
    );
    place
        .brandish(&["run", "shared.toml", "--draws", "20", "-o", "shared"])
        .ends_with(0);
    let page = place.read("shared/report.html");
    for part in [
        "Parts of the change of the ten-year yield",
        "Who buys at the margin",
        "Which parameter matters",
        "20 of 20 over the camps by weight",
    ] {
        assert!(page.contains(part), "{part}");
    }
    place
        .brandish(&["verify", "shared"])
        .ends_with(0)
        .says("all equal to the last bit");
}
