//! One case per rule: the change to a valid file, and the numbers and lines of what is then said.

use super::super::codes::{self, *};
use super::{VALID, all, changed, check};

#[track_caller]
fn refused(text: &str, expected: &[(&str, usize)], mentions: &str) {
    let found = check(text).map(|checked| checked.warnings).unwrap_err();
    let got: Vec<(&str, usize)> = found.iter().map(|d| (d.code, d.origin.line)).collect();
    assert_eq!(got, expected, "{text}\n{}", all(&found));
    assert!(
        all(&found).contains(mentions),
        "`{mentions}` is not in\n{}",
        all(&found)
    );
}

#[track_caller]
fn sale(line: &str, expected: &[(&str, usize)], mentions: &str) {
    refused(
        &changed("seller = \"japan\"", &format!("seller = \"japan\"\n{line}")),
        expected,
        mentions,
    );
}

#[track_caller]
fn at_end(lines: &str, expected: &[(&str, usize)], mentions: &str) {
    refused(&format!("{VALID}{lines}"), expected, mentions);
}

#[test]
fn keys() {
    refused(
        &changed("days = 63", "days = 63\nstart = 1"),
        &[(UNKNOWN_KEY, 11)],
        "start_day",
    );
    refused(
        &changed("seller =", "sellr ="),
        &[(UNKNOWN_KEY, 8)],
        "nearest: `seller`",
    );
    refused(
        &changed("seller = \"japan\"\n", ""),
        &[(MISSING_KEY, 7)],
        "lacks `seller`",
    );
    refused(
        &changed("title = \"A test\"\n", ""),
        &[(MISSING_KEY, 1)],
        "lacks `title`",
    );
    refused(
        &changed("draws = 10", "draws = 10\ntitel = 1"),
        &[(UNKNOWN_KEY, 15)],
        "not a key",
    );
    refused(
        &changed("horizon_days = 100", "horizon_days = 100\nseed = 3"),
        &[(UNKNOWN_KEY, 6)],
        "belongs to [assumptions]",
    );
    refused(
        &changed("draws = 10", "draws = 10\nas_of = 2025-05-01"),
        &[(UNKNOWN_KEY, 15)],
        "top of the file",
    );
    refused(
        &changed("[[exogenous.sale]]", "[[exogenous.sales]]"),
        &[(UNKNOWN_KEY, 7)],
        "nearest: `sale`",
    );
    refused(
        &changed("[assumptions]", "[asumptions]"),
        &[(UNKNOWN_KEY, 13)],
        "nearest: `assumptions`",
    );
}

#[test]
fn units_in_names() {
    refused(
        &changed("amount_usd_bn = 300", "amount_usd_mn = 300000"),
        &[(UNKNOWN_KEY, 9)],
        "write `amount_usd_bn = 300.0`".trim_end_matches(".0`"),
    );
    refused(
        &changed("amount_usd_bn = 300", "amount_usd_tn = 0.3"),
        &[(UNKNOWN_KEY, 9)],
        "amount_usd_bn = 300",
    );
    refused(
        &changed("amount_usd_bn = 300", "amount = 300"),
        &[(UNKNOWN_KEY, 9)],
        "write `amount_usd_bn`",
    );
    refused(
        &changed("days = 63", "months = 3"),
        &[(UNKNOWN_KEY, 10)],
        "write `days = 63`",
    );
    refused(
        &changed("horizon_days = 100", "horizon_years = 1"),
        &[(UNKNOWN_KEY, 5)],
        "write `horizon_days = 252`",
    );
}

#[test]
fn types() {
    refused(
        &changed("300", "\"300\""),
        &[(WRONG_TYPE, 9)],
        "without quotes",
    );
    refused(
        &changed("63", "63.0"),
        &[(WRONG_TYPE, 10)],
        "without a decimal point",
    );
    refused(
        &changed("\"japan\"", "[\"japan\"]"),
        &[(WRONG_TYPE, 8)],
        "found a list",
    );
    refused(
        &changed("2025-05-01", "\"2025-05-01\""),
        &[(WRONG_TYPE, 4)],
        "without quotes",
    );
    refused(
        &changed("2025-05-01", "2025-05-01T00:00:00Z"),
        &[(WRONG_TYPE, 4)],
        "without a time",
    );
    refused(
        &changed("[[exogenous.sale]]", "[exogenous.sale]"),
        &[(WRONG_TYPE, 7)],
        "[[exogenous.sale]]",
    );
    at_end(
        "[[exogenous.fed]]\nrule = true\n",
        &[(WRONG_TYPE, 15)],
        "single-bracket header [exogenous.fed]",
    );
    at_end(
        "[exogenous.fed]\nrule = \"yes\"\n",
        &[(WRONG_TYPE, 16)],
        "true or false",
    );
    refused(
        "exogenous = 1\nholders = 2\nassumptions = 3\nschema = true\n",
        &[
            (MISSING_KEY, 1),
            (MISSING_KEY, 1),
            (MISSING_KEY, 1),
            (WRONG_TYPE, 1),
            (WRONG_TYPE, 2),
            (WRONG_TYPE, 3),
            (WRONG_TYPE, 4),
        ],
        "expected a table",
    );
    refused(
        &changed(
            "[[exogenous.sale]]",
            "[exogenous]\nsale = [1, {}]\n[[exogenous.threat]]",
        ),
        &[
            (WRONG_TYPE, 8),
            (MISSING_KEY, 8),
            (MISSING_KEY, 8),
            (MISSING_KEY, 8),
            (MISSING_KEY, 8),
            (WRONG_TYPE, 9),
        ],
        "expected a table",
    );
}

#[test]
fn amounts() {
    refused(&changed("300", "nan"), &[(NOT_FINITE, 9)], "finite");
    refused(&changed("300", "-inf"), &[(NOT_FINITE, 9)], "finite");
    refused(&changed("300", "1e999"), &[(NOT_FINITE, 9)], "finite");
    refused(
        &changed("300", "0.0"),
        &[(OUT_OF_RANGE, 9)],
        "zero is no amount",
    );
    refused(
        &changed("300", "300_000"),
        &[(OUT_OF_RANGE, 9)],
        "300000 million is 300",
    );
    refused(
        &changed("300", "3e11"),
        &[(OUT_OF_RANGE, 9)],
        "300000000000 dollars is 300",
    );
    refused(
        &changed("300", "-300000"),
        &[(OUT_OF_RANGE, 9)],
        "-300000 million is -300",
    );
    refused(
        &changed("300", "1e-9"),
        &[(OUT_OF_RANGE, 9)],
        "less than one million",
    );
    refused(
        &changed("300", "99999999999999999999999"),
        &[(NOT_FINITE, 9)],
        "hold",
    );
}

#[test]
fn days() {
    refused(
        &changed("63", "0"),
        &[(OUT_OF_RANGE, 10)],
        "0 is outside 1 to 1260",
    );
    refused(
        &changed("63", "101"),
        &[(DAYS, 10)],
        "to day 101, beyond the horizon of 100 days",
    );
    refused(
        &changed("63", "99999999999999999999"),
        &[(OUT_OF_RANGE, 10)],
        "outside 1 to 1260",
    );
    sale("start_day = 60", &[(DAYS, 11)], "from day 60 to day 122");
    sale(
        "announced_day = 1",
        &[(DAYS, 9)],
        "starts on day 1 but is announced at the close of day 1",
    );
    refused(
        &changed("horizon_days = 100", "horizon_days = 1261"),
        &[(OUT_OF_RANGE, 5)],
        "1 to 1260",
    );
}

#[test]
fn spreads() {
    sale("profile = \"evn\"", &[(NOT_ALLOWED, 9)], "nearest: `even`");
    sale(
        "profile = [0.5, 0.5]",
        &[(SHARES, 9)],
        "2 shares for 63 days",
    );
    refused(
        &changed("days = 63", "days = 2\nprofile = [0.5, 0.6]"),
        &[(SHARES, 11)],
        "sum to 1.100000",
    );
    refused(
        &changed("days = 63", "days = 2\nprofile = [-0.5, 1.5]"),
        &[(SHARES, 11), (SHARES, 11)],
        "not a share",
    );
    refused(
        &changed("days = 63", "days = 2\nprofile = [50, 50]"),
        &[(SHARES, 11), (SHARES, 11)],
        "from 0 to 1",
    );
    refused(
        &changed("days = 63", "days = 1\nprofile = [\"all\"]"),
        &[(WRONG_TYPE, 11)],
        "expected a number",
    );
    sale("mix = \"survey\"", &[(NOT_ALLOWED, 9)], "bills-first");
    sale(
        "mix = { \"0.25\" = 0.5, \"3\" = 0.5 }",
        &[(UNKNOWN_KEY, 9)],
        "not the center of a bucket",
    );
    sale(
        "mix = { 0.25 = 1.0 }",
        &[(UNKNOWN_KEY, 9)],
        "put the center in quotes",
    );
    sale(
        "mix = { 4.5 = 1.0 }",
        &[(WRONG_TYPE, 9)],
        "put the center in quotes",
    );
    sale(
        "mix = { \"4\" = 0.5, \"4.0\" = 0.5 }",
        &[(TWICE, 9)],
        "stands twice",
    );
    sale(
        "mix = { \"0.25\" = 0.5 }",
        &[(SHARES, 9)],
        "sum to 0.500000",
    );
    sale("mix = {}", &[(SHARES, 9)], "sum to 0.000000");
    sale(
        "mix = { file = \"none.csv\" }",
        &[(PORTFOLIO, 9)],
        "no such file",
    );
    sale("mix = { file = 3 }", &[(WRONG_TYPE, 9)], "path in quotes");
    sale(
        "mix = { file = \"good.csv\", \"4\" = 1 }",
        &[(MEANINGLESS, 9)],
        "beside a file",
    );
    sale(
        "mix = { file = \"columns.csv\" }",
        &[(PORTFOLIO, 1)],
        "cusip,face_usd",
    );
    sale("mix = { file = \"empty.csv\" }", &[(PORTFOLIO, 1)], "empty");
    sale(
        "mix = { file = \"bad.csv\" }",
        &[
            (PORTFOLIO, 3),
            (PORTFOLIO, 4),
            (PORTFOLIO, 5),
            (PORTFOLIO, 6),
        ],
        "bad.csv:4:1",
    );
}

#[test]
fn what_is_known() {
    refused(
        &changed("known = \"announced\"\n", ""),
        &[(MISSING_KEY, 7)],
        "lacks `known`",
    );
    refused(
        &changed(
            "known = \"announced\"",
            "known = \"silent\"\ncredibility = 0.5\nannounced_day = 0",
        ),
        &[(MEANINGLESS, 12), (MEANINGLESS, 13)],
        "silent sale",
    );
    sale("credibility = 50", &[(OUT_OF_RANGE, 9)], "50% is 0.5");
}

#[test]
fn purchases() {
    refused(
        &changed("300", "-300\ncap = \"all\"\nmix = \"bills-first\""),
        &[(MEANINGLESS, 10), (MEANINGLESS, 11)],
        "purchase",
    );
}

#[test]
fn overlaps() {
    let again = "[[exogenous.sale]]\nseller = \"japan\"\namount_usd_bn = 1\ndays = 10\nstart_day = 63\nknown = \"silent\"\n";
    at_end(again, &[(OVERLAP, 15)], "overlaps = true");
    at_end(
        &again
            .replace("japan", "china")
            .replace("known", "overlaps = true\nknown"),
        &[(MEANINGLESS, 20)],
        "remove `overlaps`",
    );
}

#[test]
fn holders() {
    refused(
        &changed("japan", "japn"),
        &[(UNKNOWN_HOLDER, 8)],
        "nearest: `japan`",
    );
    refused(&changed("japan", "Japan"), &[(BAD_TEXT, 8)], "e.g. `japan`");
    let holder =
        "[holders.japan]\nholdings_usd_bn = 10\nofficial_usd_bn = 20\ncurrency = \"CHF\"\n";
    at_end(
        holder,
        &[(BAD_HOLDER, 15), (BAD_HOLDER, 17), (NOT_ALLOWED, 18)],
        "already has a holder",
    );
    at_end(
        "[holders.Atlantis]\nholdings_usd_bn = 10\nofficial_usd_bn = 2\n",
        &[(BAD_TEXT, 15)],
        "kebab-case",
    );
    at_end(
        "[holders]\natlantis = 3\n",
        &[(WRONG_TYPE, 16)],
        "[holders.atlantis]",
    );
    at_end(
        "[holders.atlantis]\nholdings_usd_bn = 10\nofficial_usd_bn = 2\nmix = \"pro-rata\"\n",
        &[(NOT_ALLOWED, 18)],
        "survey-official",
    );
}

#[test]
fn threats() {
    let threat = "[exogenous.threat]\nseller = \"china\"\namount_usd_bn = 3\ndays = 9\nprior = 0.1\nprobability = 0.2\n";
    at_end(
        &format!("{threat}half_life_days = 3\ndeadline_day = 3\n"),
        &[(MEANINGLESS, 21)],
        "not both",
    );
    at_end(
        &threat.replace("china", "japan"),
        &[(MEANINGLESS, 15)],
        "announces on day 0",
    );
    at_end(
        &threat.replace("= 3", "= -3"),
        &[(OUT_OF_RANGE, 17)],
        "only a sale may be negative",
    );
    at_end(
        &threat.replace("0.2", "1.2"),
        &[(OUT_OF_RANGE, 20)],
        "from 0 to 1",
    );
    at_end(
        &format!("{threat}half_life_days = 0\n"),
        &[(OUT_OF_RANGE, 21)],
        "0.5 to 2520",
    );
}

#[test]
fn policy() {
    at_end(
        "[exogenous.proceeds]\nto = \"bills\"\nconverted_share = 0.5\n",
        &[(MEANINGLESS, 17)],
        "kept in bills",
    );
    at_end(
        "[exogenous.proceeds]\nto = \"yen\"\n",
        &[(MEANINGLESS, 16)],
        "nothing is converted",
    );
    at_end(
        "[exogenous.fed]\nrule = false\ncredibility = 0.5\n",
        &[(MEANINGLESS, 17)],
        "without the rule",
    );
    at_end(
        "[exogenous.treasury]\nbuybacks_usd_bn_per_week = -1\nbill_share_of_new_issuance = 40\n",
        &[(OUT_OF_RANGE, 16), (OUT_OF_RANGE, 17)],
        "40% is 0.4",
    );
    at_end(
        "[exogenous.treasury]\nrefinancing = \"mix\"\n",
        &[(NOT_ALLOWED, 16)],
        "issuance-mix",
    );
    at_end(
        "[exogenous.dealers]\ncapacity_relief_pct = 501\n",
        &[(OUT_OF_RANGE, 16)],
        "0 to 500",
    );
}

#[test]
fn assumptions() {
    let with = |line: &str| changed("draws = 10", line);
    refused(
        &with("camps = [\"S\", \"s\", \"S\"]"),
        &[(NOT_ALLOWED, 14), (TWICE, 14)],
        "nearest: `S`",
    );
    refused(&with("camps = []"), &[(OUT_OF_RANGE, 14)], "at least 1");
    refused(&with("camps = \"S\""), &[(WRONG_TYPE, 14)], "list");
    refused(
        &with("camps = [\"X\"]"),
        &[(NOT_ALLOWED, 14)],
        "allowed: S, C, F",
    );
    refused(
        &with("stress_camps = [\"X\", \"F\"]"),
        &[(TWICE, 14)],
        "camp F",
    );
    refused(&with("draws = 0"), &[(OUT_OF_RANGE, 14)], "1 to 100000");
    refused(
        &with("draws = 100001"),
        &[(OUT_OF_RANGE, 14)],
        "1 to 100000",
    );
    refused(&with("seed = -1"), &[(OUT_OF_RANGE, 14)], "-1 is outside");
}

#[test]
fn top_of_the_file() {
    refused(
        &changed("schema = 1", "schema = 2\nnonsense = 1"),
        &[(VERSION, 1)],
        "schema 2",
    );
    refused(
        &changed("test-case", "Test Case"),
        &[(BAD_TEXT, 2)],
        "e.g. `test-case`",
    );
    refused(&changed("A test", ""), &[(BAD_TEXT, 3)], "empty");
    refused(
        &changed("A test", "A\\u001b[31mtest"),
        &[(BAD_TEXT, 3)],
        "control",
    );
    refused(
        &changed("2025-05-01", "2025-05-03"),
        &[(DATE, 4)],
        "it is a weekend",
    );
    refused(
        &changed("2025-05-01", "2019-05-01"),
        &[(DATE, 4)],
        "the data run from 2023-10-02 to 2026-04-30",
    );
    refused(
        &changed("2025-05-01", "2025-02-30"),
        &[(SYNTAX, 4)],
        "not valid TOML",
    );
}

#[test]
fn everything_at_once() {
    let text = "schema = 1\nname = \"X\"\ntitle = 3\nas_of = 2025-05-04\n[[exogenous.sale]]\nseller = \"japn\"\namount_usd_mn = 5\ndays = \"x\"\n\
                known = \"loud\"\n[exogenous.fed]\nrule = 1\n[assumptions]\ndraws = 0\ncamp = [\"S\"]\n";
    refused(
        text,
        &[
            (BAD_TEXT, 2),
            (WRONG_TYPE, 3),
            (DATE, 4),
            (UNKNOWN_HOLDER, 6),
            (UNKNOWN_KEY, 7),
            (WRONG_TYPE, 8),
            (NOT_ALLOWED, 9),
            (WRONG_TYPE, 11),
            (OUT_OF_RANGE, 13),
            (UNKNOWN_KEY, 14),
        ],
        "amount_usd_bn = 0.005",
    );
}

#[test]
fn syntax() {
    refused(
        "name = x\ntitle = \"\n[\n",
        &[(SYNTAX, 1), (SYNTAX, 2), (SYNTAX, 3)],
        "double quotes",
    );
    refused("a = 1\na = 2\n", &[(SYNTAX, 2)], "duplicate key");
    refused(
        &format!("a = {}", "[".repeat(100_000)),
        &[(SYNTAX, 1)],
        "nested this deep",
    );
    refused(
        &format!("{}a = 1", "a.".repeat(100_000)),
        &[(SYNTAX, 1)],
        "nested this deep",
    );
    refused(
        &"x".repeat(super::super::LARGEST_FILE_BYTES + 1),
        &[(UNREADABLE, 1)],
        "1048577 bytes",
    );
}

#[test]
fn not_text() {
    let found =
        super::super::ScenarioFile::from_bytes(b"schema = 1\nname = \"\xff\"\n", "test.toml")
            .unwrap_err();
    assert_eq!(
        (found[0].code, found[0].origin.line, found[0].origin.column),
        (UNREADABLE, 2, 9)
    );
}

#[test]
fn at_most_a_hundred_complaints() {
    let text: String = (0..5000).map(|i| format!("key{i} = {i}\n")).collect();
    let found = check(&text).unwrap_err();
    assert_eq!(found.len(), 100);
    assert!(
        found[99].help.as_ref().unwrap().contains("and 4904 more"),
        "{:?}",
        found[99].help
    );
}

#[test]
fn every_number_has_a_meaning_and_is_listed_once() {
    let mut numbers: Vec<&str> = codes::ALL.iter().map(|(code, _)| *code).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), codes::ALL.len());
}

#[test]
fn departures() {
    let line = |keys: &str| changed("days = 63", &format!("days = 63\n{keys}"));
    assert!(check(&line("stopped_after_day = 21")).is_ok());
    assert!(check(&line("hastened_from_day = 22\nhastened_days = 10")).is_ok());
    refused(
        &line("stopped_after_day = 63"),
        &[(DAYS, 11)],
        "give a day from 1 to 62",
    );
    refused(
        &line("stopped_after_day = 5\nhastened_days = 3"),
        &[(MEANINGLESS, 12)],
        "has no `hastened_days`",
    );
    refused(
        &line("hastened_from_day = 5"),
        &[(MEANINGLESS, 11)],
        "add `hastened_days`",
    );
    refused(
        &line("hastened_from_day = 64\nhastened_days = 3"),
        &[(DAYS, 11)],
        "give a day from 1 to 63",
    );
    refused(
        &line("hastened_from_day = 60\nhastened_days = 4"),
        &[(DAYS, 12)],
        "4 days of the plan are left",
    );
    refused(
        &line("stopped_after_day = 21").replace("\"announced\"", "\"silent\""),
        &[(MEANINGLESS, 11)],
        "no plan to depart from",
    );
}
