//! `brandish sensitivity` and `brandish export`: what they print, in which format, and what they refuse.

use std::collections::BTreeMap;

use super::support::Place;

#[test]
fn a_tornado_says_what_moves_and_what_turns() {
    let place = Place::new();
    place
        .brandish(&["sensitivity", "small.toml", "--report", "tornado.html"])
        .ends_with(0)
        .complains("report: tornado.html")
        .says("yield_change_peak:10Y of small")
        .says("Camp C")
        .says("risk price");
    place
        .brandish(&["sensitivity", "small.toml", "--threshold", "0"])
        .ends_with(0)
        .says("Central: above 0 bp; no single parameter within its range changes that");
    let csv = place.brandish(&[
        "sensitivity",
        "small.toml",
        "--of",
        "execution_loss:japan:21",
        "--threshold",
        "1",
        "--format",
        "csv",
    ]);
    csv.ends_with(0)
        .says("camp,parameter,parameter_low,parameter_central");
    assert!(csv.out.lines().count() > 10);
    // a silent copy: what the announcement is worth
    place.vary("silent.toml", "known = \"announced\"", "known = \"silent\"");
    place
        .brandish(&[
            "sensitivity",
            "small.toml",
            "--against",
            "silent.toml",
            "--camp",
            "c",
            "-o",
            "t.xlsx",
        ])
        .ends_with(0)
        .complains("written: t.xlsx");
}

#[test]
fn a_tornado_refuses_what_it_cannot_look_at() {
    let place = Place::new();
    for (options, said) in [
        (
            ["--of", "yield_change_peek:10Y"],
            "did you mean `yield_change_peak`",
        ),
        (["--of", "yield_change:10Y"], "needs a day"),
        (["--camp", "Z"], "camps are S, C, F, X, U"),
        (
            ["--threshold", "nan"],
            "give a finite number, in the unit of the output",
        ),
        (
            ["--against", "smal.toml"],
            "no shipped scenario and no file",
        ),
        (["--of", "yield_level:10Y:7"], "it is not reported on day 7"),
        (
            ["--of", "execution_loss:china:5"],
            "forced sellers, not for `china`",
        ),
    ] {
        let arguments = [&["sensitivity", "small.toml"], &options[..]].concat();
        place
            .brandish(&arguments)
            .ends_with(2)
            .prints_nothing()
            .complains(said);
    }
    place
        .brandish(&["sensitivity", "small.toml", "--camp", "S"])
        .ends_with(1)
        .prints_nothing()
        .complains("the scenario has no camp S; its camps are C");
}

#[test]
fn a_stress_file_holds_the_shocks_of_the_run() {
    let place = Place::new();
    // a silent sale: its peak is at its end, not on the first day
    place.edit("small.toml", "\"announced\"", "\"silent\"");
    place.run_small("run", &["--draws", "6"]);
    let xml = place.brandish(&["export", "run", "--as", "ore-stress", "--discount-curve"]);
    xml.ends_with(0);
    assert_eq!(xml.out.matches("<StressTest id=").count(), 6);
    assert_eq!(
        xml.out.matches("<Shifts>").count(),
        12,
        "a yield curve and a discount curve each"
    );
    place
        .brandish(&[
            "export",
            "run",
            "--as",
            "ore-stress",
            "--yield-curve",
            "UST",
            "-o",
            "stress.xml",
        ])
        .ends_with(0)
        .complains("written: stress.xml");
    assert!(
        place
            .read("stress.xml")
            .contains("<YieldCurve name=\"UST\">")
    );
}

#[test]
fn a_path_file_agrees_with_the_table_of_the_run() {
    let place = Place::new();
    place.run_small("run", &["--draws", "6", "--format", "csv"]);
    place
        .brandish(&["export", "run", "--as", "dfast", "-o", "path.csv"])
        .ends_with(0)
        .complains("written: path.csv.README.txt");
    assert!(
        place
            .read("path.csv.README.txt")
            .contains("n/a: everything else")
    );
    // the ten-year yield is in the table on every day: its mean over the days of the one quarter, done here
    let table = place.brandish(&[
        "run",
        "small.toml",
        "--draws",
        "6",
        "-o",
        "run",
        "--format",
        "csv",
    ]);
    let mut by_day = BTreeMap::new();
    let mut level = None;
    for line in table.out.lines() {
        let fields: Vec<&str> = line.split(',').collect();
        match (fields[2], fields[5], fields[9], fields[10]) {
            ("C", "10Y", "yield_change", "p95") => {
                by_day.insert(
                    fields[4].parse::<u32>().unwrap(),
                    fields[11].parse::<f64>().unwrap(),
                );
            }
            ("", "10Y", "yield_level", "central") => level = fields[11].parse::<f64>().ok(),
            _ => {}
        }
    }
    // 1 May 2025 and 21 business days: all of them in the second quarter
    assert_eq!(by_day.len(), 22);
    let mean = level.unwrap() + by_day.values().sum::<f64>() / 22.0 / 100.0;
    let path = place.read("path.csv");
    let line = path
        .lines()
        .find(|line| line.starts_with("small camp C p95,Q2 2025,"))
        .unwrap();
    let found: f64 = line.split(',').nth(10).unwrap().parse().unwrap();
    // three decimals are printed
    assert!((found - mean).abs() <= 0.0005 + 1e-9, "{found} {mean}");
    assert_eq!(line.matches("n/a").count(), 13);
}

#[test]
fn only_run_folders_are_exported() {
    let place = Place::new();
    place
        .brandish(&["export", "nothing", "--as", "dfast"])
        .ends_with(1)
        .prints_nothing()
        .complains("give a complete run folder");
    place.run_small("run", &[]);
    place
        .brandish(&["export", "run", "--as", "dfast", "--discount-curve"])
        .ends_with(2)
        .complains("belongs to --as ore-stress");
}
