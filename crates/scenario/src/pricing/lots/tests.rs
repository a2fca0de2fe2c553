//! Lots of the published auctions as a file would hold them, and files with everything wrong.

use std::path::Path;

use brandish_data::Snapshot;

use super::*;

fn golden(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../goldens/published")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn priced(text: &str, convention: Convention) -> (LotsFile, Vec<PricedLot>) {
    let snapshot = Snapshot::embedded();
    let record = LotRecord::read(&snapshot).unwrap();
    let file = LotsFile::parse(text, "lots.csv").unwrap_or_else(|found| panic!("{found:#?}"));
    let rows = price_lots(&file, &record, convention);
    (file, rows)
}

/// The published table minus what a user would not have (spread and reference CPI come from the record), columns in another order,
/// kinds in capitals, a column that nobody reads.
fn as_a_user_has_it(table: &str) -> String {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let dropped = ["frn_spread_pct", "reference_cpi_on_dated_date"];
    let kept: Vec<usize> = (0..header.len())
        .rev()
        .filter(|i| !dropped.contains(&&header[*i]))
        .collect();
    writer
        .write_record(kept.iter().map(|i| &header[*i]))
        .unwrap();
    let kind = header.iter().position(|name| name == "kind").unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        writer
            .write_record(kept.iter().map(|i| {
                if *i == kind {
                    record[*i].to_uppercase()
                } else {
                    record[*i].to_owned()
                }
            }))
            .unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn published_lots_come_out_to_six_decimals() {
    let text = as_a_user_has_it(&golden("auctions.csv"));
    let (file, rows) = priced(&text, Convention::Auction);
    let place = |name: &str| {
        file.header
            .iter()
            .position(|column| column == name)
            .unwrap()
    };
    let (price, decimals, rate, cusip, issue) = (
        place("price_per_100"),
        place("price_decimals"),
        place("investment_rate_pct"),
        place("cusip"),
        place("issue_date"),
    );
    assert!(file.ignored.contains(&"evidence".to_owned()));
    let misses: Vec<String> = golden("known_misses.csv")
        .lines()
        .skip(1)
        .map(str::to_owned)
        .collect();
    let mut wrong = Vec::new();
    for row in &rows {
        let found = row.price.unwrap_or_else(|| panic!("{row:?}"));
        let computed = if row.cells[decimals] == "3" {
            // The note has what was published at the time.
            row.note
                .split("three decimals: ")
                .nth(1)
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .to_owned()
                + "000"
        } else {
            format!("{:.6}", found.clean.per_100())
        };
        let published: f64 = row.cells[price].parse().unwrap();
        if computed != format!("{published:.6}") {
            wrong.push(format!("{},{}", row.cells[cusip], row.cells[issue]));
            assert!(row.note.contains("index history incomplete"), "{row:?}");
        }
        if let (Some(found), Ok(published)) =
            (found.investment_rate, row.cells[rate].parse::<f64>())
        {
            assert_eq!(
                format!("{:.3}", found.percent()),
                format!("{published:.3}"),
                "{row:?}"
            );
        }
    }
    assert!(rows.len() > 4_500);
    // What the truth table lists, and nothing else.
    assert_eq!(wrong.len(), misses.len(), "{wrong:?}");
    for miss in wrong {
        assert!(
            misses.iter().any(|line| line.starts_with(&miss)),
            "{miss} {misses:?}"
        );
    }
}

/// 31 CFR 356 App. B II.B, C, E, F, G: short and long first coupons given by dated and first interest date.
#[test]
fn odd_first_coupons_follow_the_regulation() {
    let mut reader = csv::Reader::from_reader(golden("cfr356.csv").as_bytes().to_vec().as_slice())
        .into_records()
        .map(Result::unwrap)
        .collect::<Vec<_>>();
    let mut text = "kind,cusip,coupon_pct,high_yield_pct,dated_date,issue_date,maturity_date,first_interest_date,price,accrued\n".to_owned();
    let header = csv::Reader::from_reader(golden("cfr356.csv").as_bytes())
        .headers()
        .unwrap()
        .clone();
    let place = |name: &str| {
        header
            .iter()
            .position(|column| column == name)
            .unwrap_or_else(|| panic!("{name} in {header:?}"))
    };
    reader.retain(|row| row[place("section")].starts_with("II."));
    assert_eq!(reader.len(), 7);
    for row in &reader {
        let cell = |name: &str| row[place(name)].to_owned();
        text += &format!(
            "{},,{},{},{},{},{},{},{},{}\n",
            cell("kind"),
            cell("coupon_pct"),
            cell("yield_pct"),
            cell("dated_date"),
            cell("issue_date"),
            cell("maturity_date"),
            cell("first_interest_date"),
            cell("price_per_100"),
            cell("accrued_per_100"),
        );
    }
    let (_, rows) = priced(&text, Convention::Auction);
    for row in rows {
        let found = row.price.unwrap_or_else(|| panic!("{row:?}"));
        let published = |i: usize| format!("{:.6}", row.cells[i].parse::<f64>().unwrap());
        assert_eq!(
            format!("{:.6}", found.clean.per_100()),
            published(8),
            "{row:?}"
        );
        assert_eq!(
            format!("{:.6}", found.accrued.per_100()),
            published(9),
            "{row:?}"
        );
    }
}

#[test]
fn the_street_agrees_on_coupon_dates_and_differs_on_stubs() {
    let text = "cusip,kind,issue_date,maturity_date,coupon_pct,high_yield_pct\n\
        X,note,2025-05-15,2035-05-15,4.25,4.342\nX,note,2025-06-16,2035-05-15,4.25,4.421\n";
    let (_, auction) = priced(text, Convention::Auction);
    let (_, street) = priced(text, Convention::Street);
    let gap = |i: usize| {
        auction[i].price.unwrap().clean.per_100() - street[i].price.unwrap().clean.per_100()
    };
    assert!(gap(0).abs() < 5.1e-7, "{}", gap(0));
    // Simple against compound interest over 32 of 184 days: up to 0.008.
    assert!((1e-4..8e-3).contains(&gap(1).abs()), "{}", gap(1));
    assert!(auction[0].note.contains("not a valid CUSIP"));
}

#[test]
fn what_is_missing_is_said_and_what_is_wrong_is_an_error() {
    let header = "cusip,kind,issue_date,maturity_date,coupon_pct,high_yield_pct,discount_rate_pct,frn_discount_margin_pct\n";
    let text = format!(
        "{header}912828XX4,note,2025-05-15,2035-05-15,4.25,,,\n\
         ,bill,2025-05-15,2025-05-15,,,4.2,\n\
         ,note,2025-05-15,2035-05-15,4.25,-250,,\n\
         ,bill,2025-05-15,2025-08-14,,,500,\n\
         ,frn,2020-03-30,2021-10-31,,,,0.1\n\
         ,note,2025-02-30,2035-05-15,4.25,4.1,,\n\
         ,strip,2025-05-15,2035-05-15,4.25,4.1,,\n\
         ,note,2025-05-15,2035-05-15,four,NaN,,\n\
         ,note,2025-05-15\n\
         ,tips,2035-05-15,2045-02-15,1,1,,\n"
    );
    let (file, rows) = priced(&text, Convention::Auction);
    let failed: Vec<bool> = rows.iter().map(|row| row.failed).collect();
    assert_eq!(
        failed,
        [
            false, true, true, true, false, true, true, true, true, false
        ]
    );
    assert!(
        rows.iter()
            .all(|row| row.price.is_none() && !row.note.is_empty())
    );
    for (row, words) in [
        (0, "high_yield_pct is empty"),
        (1, "line 3: maturity 2025-05-15 is not after"),
        (2, "above -200%"),
        (3, "must be above zero"),
        (4, "frn_spread_pct"),
        (5, "issue_date"),
        (6, "`strip`"),
        (7, "coupon_pct `four`"),
        (8, "3 fields under 8 columns"),
        (9, "reference CPI"),
    ] {
        assert!(rows[row].note.contains(words), "{row}: {}", rows[row].note);
    }
    let lines: Vec<usize> = file
        .mistakes
        .iter()
        .map(|mistake| mistake.origin.line)
        .collect();
    assert_eq!(lines, [7, 8, 9, 10]);
}

#[test]
fn columns_are_named_when_they_are_missing_or_doubled() {
    let say = |text: &str| -> String {
        let found = LotsFile::parse(text, "lots.csv").unwrap_err();
        found
            .iter()
            .map(|d| d.message.clone() + d.help.as_deref().unwrap_or(""))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let both = say("cusip,kind,issue_dat\nX,note,2025-05-15\n");
    assert!(
        both.contains("`issue_date` is missing")
            && both.contains("`maturity_date` is missing")
            && both.contains("is `issue_dat` meant"),
        "{both}"
    );
    let rate =
        say("cusip,kind,issue_date,maturity_date,coupon_pct\nX,note,2025-05-15,2035-05-15,4\n");
    assert!(
        rate.contains("`high_yield_pct` is missing (the note on line 2"),
        "{rate}"
    );
    let twice = say("cusip,kind,kind,issue_date,maturity_date\n");
    assert!(twice.contains("stands twice"), "{twice}");
    let added = say("cusip,kind,issue_date,maturity_date,computed_price_per_100\n");
    assert!(added.contains("one that pricing adds"), "{added}");
    assert!(say("cusip,kind,issue_date,maturity_date\n").contains("no lot"));
    assert!(say("").contains("missing"));
}

/// A TIPS nobody knows: base from the terms; and the same with the ratio given.
#[test]
fn an_unknown_tips_is_dated_by_its_terms() {
    let text = "cusip,kind,issue_date,maturity_date,coupon_pct,high_yield_pct,index_ratio\n\
        ,tips,2023-03-31,2033-01-15,1.125,1.182,\n,tips,2023-03-31,2033-01-15,1.125,1.182,1.00535\n91282CGK1,tips,2023-03-31,2033-01-15,1.125,1.182,\n";
    let (_, rows) = priced(text, Convention::Auction);
    let known = rows[2].price.unwrap();
    assert!(
        rows[0].note.contains("dated date 2023-01-15 inferred"),
        "{}",
        rows[0].note
    );
    assert_eq!(rows[0].price.unwrap(), known);
    let ratio = known.index_ratio.unwrap().ratio();
    let stated = rows[1].price.unwrap().index_ratio.unwrap().ratio();
    assert_eq!(stated, 1.00535);
    assert!((ratio - 1.0).abs() < 0.02, "{ratio}");
}
