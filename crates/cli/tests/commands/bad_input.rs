//! What cannot be used is refused with its place and a remedy, exit code 2, before anything is computed or written.

use super::support::{Done, Place, SMALL};

#[track_caller]
fn refused(place: &Place, done: &Done, needles: &[&str]) {
    done.ends_with(2).prints_nothing();
    for needle in needles {
        done.complains(needle);
    }
    assert!(
        !place.path("out").exists() && !place.path("runs").exists(),
        "nothing is written"
    );
}

/// One change of the small scenario, and what must be said about it.
#[track_caller]
fn change(place: &Place, from: &str, to: &str, needles: &[&str]) {
    place.vary("bad.toml", from, to);
    let done = place.brandish(&["run", "bad.toml", "-o", "out"]);
    refused(place, &done, needles);
    done.complains("bad.toml:").complains("^");
}

#[test]
fn mistakes_of_a_file_are_shown_with_line_and_remedy() {
    let place = Place::new();
    let amount = "amount_usd_bn = 50";
    let at = "bad.toml:9:";
    change(
        &place,
        "days = 5",
        "dayz = 5",
        &["unknown key `dayz`", "nearest: `days`", "bad.toml:10:1"],
    );
    change(
        &place,
        amount,
        "amount_usd_mn = 50000",
        &["write `amount_usd_bn = 50`", at],
    );
    change(
        &place,
        amount,
        "amount_usd_bn = nan",
        &["not a finite number", at],
    );
    change(
        &place,
        amount,
        "amount_usd_bn = -inf",
        &["not a finite number", at],
    );
    change(
        &place,
        amount,
        "amount_usd_bn = 0",
        &["zero is no amount", at],
    );
    change(
        &place,
        amount,
        "amount_usd_bn = 1e300",
        &["more than the 10000 allowed", "1e300", at],
    );
    change(
        &place,
        amount,
        "amount_usd_bn = \"50\"",
        &["expected a number", at],
    );
    change(&place, "days = 5", "days = 0", &["outside 1 to 1260"]);
    change(
        &place,
        "days = 5",
        "days = 50",
        &["beyond the horizon of 21 days"],
    );
    change(
        &place,
        "known = \"announced\"",
        "",
        &["lacks `known`", "write known = \"announced\" or \"silent\""],
    );
    change(
        &place,
        "\"japan\"",
        "\"japn\"",
        &["unknown holder", "nearest: `japan`"],
    );
    change(&place, "[\"C\"]", "[\"Q\"]", &["allowed: S, C, F"]);
    change(
        &place,
        "\"announced\"",
        "announced",
        &["not valid TOML", "double quotes"],
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let place = Place::new();
    place.write(
        "bad.toml",
        super::support::SMALL
            .replace("days = 5", "days = -5")
            .replace("= 50", "= \"much\"")
            .replace("\"C\"", "\"Q\""),
    );
    let done = place.brandish(&["run", "bad.toml", "-o", "out"]);
    refused(
        &place,
        &done,
        &["bad.toml:9:", "bad.toml:10:", "bad.toml:14:"],
    );
    assert_eq!(done.err.matches("error[").count(), 3, "{}", done.err);
}

#[test]
fn a_sale_beyond_what_the_seller_holds_names_the_bound_and_the_line() {
    let place = Place::new();
    for (cap, source) in [
        ("official", "official reserves"),
        ("all", "holdings reported for"),
    ] {
        place.vary("bad.toml", "= 50", &format!("= 5000\ncap = \"{cap}\""));
        let done = place.brandish(&["run", "bad.toml", "-o", "deep/er/out"]);
        refused(
            &place,
            &done,
            &[
                "cannot sell $5000.0bn: at most $",
                source,
                "bad.toml:9:17",
                "^^^^",
            ],
        );
        assert!(!place.path("deep").exists(), "not even the parents stay");
    }
    // Two sales that each fit and together do not.
    let twice = "days = 5\nknown = \"silent\"\n\n[[exogenous.sale]]\nseller = \"japan\"\namount_usd_bn = 930\ndays = 5\nstart_day = 10";
    change(
        &place,
        "days = 5",
        twice,
        &["cannot sell $980.0bn", "bad.toml:15:17"],
    );
}

#[test]
fn sales_of_one_seller_on_the_same_days_must_be_meant() {
    let place = Place::new();
    let again = "[[exogenous.sale]]\nseller = \"japan\"\namount_usd_bn = 10\ndays = 3\nstart_day = 4\nknown = \"silent\"\n";
    change(
        &place,
        "[assumptions]",
        &format!("{again}[assumptions]"),
        &["share days", "overlaps = true"],
    );
    place.vary(
        "both.toml",
        "[assumptions]",
        &format!("{again}overlaps = true\n[assumptions]"),
    );
    place
        .brandish(&["run", "both.toml", "-o", "both"])
        .ends_with(0);
}

#[test]
fn days_without_a_market_are_refused_with_the_reason() {
    let place = Place::new();
    for (day, reason) in [
        (
            "2025-05-03",
            "a weekend; the nearest day with one is 2025-05-02",
        ),
        ("2025-07-04", "2025-07-03"),
        ("2020-01-02", "2023-10-02"),
        ("2030-01-02", "2026-04-27"),
    ] {
        let done = place.brandish(&["run", "small.toml", "--as-of", day, "-o", "out"]);
        refused(&place, &done, &[day, reason]);
        change(&place, "2025-05-01", day, &[day, "bad.toml:4:9"]);
    }
    for day in ["2025-02-30", "1.5.2025", "yesterday"] {
        let done = place.brandish(&["run", "small.toml", "--as-of", day, "-o", "out"]);
        refused(&place, &done, &[day, "--as-of"]);
    }
}

#[test]
fn options_that_are_not_modeled_are_refused_and_not_ignored() {
    let place = Place::new();
    let pound = "[holders.fund]\nholdings_usd_bn = 1\nofficial_usd_bn = 1\ncurrency = \"GBP\"\n[assumptions]";
    change(
        &place,
        "[assumptions]",
        pound,
        &["no exchange rate for `GBP`", "allowed: USD, EUR, JPY"],
    );
}

#[test]
fn files_that_are_no_scenario_are_refused() {
    let place = Place::new();
    std::fs::create_dir(place.path("folder")).unwrap();
    place.write("empty.toml", "");
    place.write("large.toml", vec![b'#'; 2 << 20]);
    place.write("latin.toml", b"schema = 1\ntitle = \"caf\xe9\"\n");
    place.write("binary.toml", [0, 159, 146, 150]);
    for (file, needles) in [
        (
            "japan-crad",
            &["did you mean `japan-card`?", "scenario list"][..],
        ),
        ("nowhere.toml", &["no file is called `nowhere.toml`"]),
        ("", &["scenario list"]),
        ("folder", &["folder", "holds no scenario.toml"]),
        ("empty.toml", &["lacks `schema`", "write schema = 1"]),
        (
            "large.toml",
            &["large.toml", "larger than the 1048576 bytes"],
        ),
        ("latin.toml", &["latin.toml", "line 2 is not UTF-8"]),
        ("binary.toml", &["binary.toml", "not UTF-8"]),
    ] {
        let done = place.brandish(&["run", file, "-o", "out"]);
        refused(&place, &done, needles);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let closed = place.path("small.toml");
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
        // The superuser may read it all the same.
        if std::fs::read(&closed).is_err() {
            let done = place.brandish(&["run", "small.toml", "-o", "out"]);
            refused(&place, &done, &["cannot read small.toml", "ermission"]);
        }
    }
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let place = Place::new();
    for arguments in [
        &[][..],
        &["run"],
        &["frobnicate"],
        &["run", "small.toml", "--draws", "0"],
        &["run", "small.toml", "--draws", "100001"],
        &["run", "small.toml", "--threads", "0"],
        &["run", "small.toml", "--seed", "-1"],
        &["run", "small.toml", "--format", "xml"],
        &["run", "small.toml", "--dras", "1"],
        &["verify"],
        &["scenario", "check"],
        &["completions", "tcsh"],
    ] {
        let done = place.brandish(arguments);
        refused(
            &place,
            &done,
            &["Usage"].map(|usage| {
                if done.err.contains(usage) {
                    usage
                } else {
                    "--help"
                }
            }),
        );
    }
    place
        .brandish(&["--help"])
        .ends_with(0)
        .says("Not a forecast");
    place
        .brandish(&["--version"])
        .ends_with(0)
        .says(env!("CARGO_PKG_VERSION"));
}

#[test]
fn too_many_failed_draws_end_with_3_and_the_rest_is_written() {
    let place = Place::new();
    // Everything at once and unannounced, more than all foreigners hold: some draws find no prices, most do.
    let world =
        "[holders.world]\nholdings_usd_bn = 10000\nofficial_usd_bn = 10000\n\n[assumptions]";
    let text = SMALL
        .replace("seller = \"japan\"", "seller = \"world\"")
        .replace("amount_usd_bn = 50", "amount_usd_bn = 10000")
        .replace("days = 5\n", "days = 1\n")
        .replace("known = \"announced\"", "known = \"silent\"")
        .replace("[assumptions]", world)
        .replace("camps = [\"C\"]", "camps = [\"F\"]")
        .replace("draws = 1", "draws = 40");
    place.write("world.toml", text);
    let done = place.brandish(&["run", "world.toml", "-o", "world"]);
    done.ends_with(3)
        .says("10Y")
        .complains("more than 1% of the draws failed")
        .complains("in camp F")
        .complains("BR030");
    assert!(
        place
            .read("world/report.html")
            .contains("draws failed and are left out")
    );
}
