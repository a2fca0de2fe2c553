//! A sale in the proportions of a portfolio file, with lots that are not there.

use super::support::{Place, SMALL};

/// A bill, a note and TIPS that are outstanding on 1 May 2025; a share (Apple's CUSIP); a bill that matured that day.
const LOTS: &str =
    "cusip,face_usd_mn\n912797PC5,100\n91282CJG7,200\n912810UH9,300\n037833100,50\n912797ND5,10\n";

fn place(lots: &[u8]) -> Place {
    let place = Place::new();
    place.write(
        "sale.toml",
        SMALL.replace("days = 5", "days = 5\nmix = { file = \"lots.csv\" }"),
    );
    place.write("lots.csv", lots);
    place
}

#[test]
fn lots_that_are_not_outstanding_are_named_and_the_run_replays_without_the_file() {
    let place = place(LOTS.as_bytes());
    let done = place.brandish(&["run", "sale.toml", "-o", "run"]);
    done.ends_with(0)
        .says("BR015")
        .complains("warning[BR015]: lots.csv: ")
        .complains("037833100");
    assert!(!done.err.contains("91282CJG7"), "{}", done.err);
    assert!(place.read("run/report.html").contains("037833100"));
    std::fs::remove_file(place.path("lots.csv")).unwrap();
    place.brandish(&["verify", "run"]).ends_with(0);
    place
        .brandish(&["run", "sale.toml", "-o", "again"])
        .ends_with(2)
        .complains("lots.csv")
        .complains("sale.toml:11:");
}

/// The account of a holder with a portfolio is by security; where faces and holdings differ it is not, and both amounts are named.
#[test]
fn a_holders_portfolio_makes_its_account_one_by_security() {
    let place = Place::new();
    place.write(
        "lots.csv",
        "cusip,face_usd_mn\n91282CJG7,2000\n912810UH9,3000\n",
    );
    let of = |holdings: f64, sold: f64| {
        let sale = format!("amount_usd_bn = {sold:.3}\nmix = \"pro-rata\"");
        let fund = format!(
            "[holders.fund]\nholdings_usd_bn = {holdings}\nofficial_usd_bn = {holdings}\nmix = {{ file = \"lots.csv\" }}\n\n[assumptions]"
        );
        SMALL
            .replace("\"japan\"", "\"fund\"")
            .replace("amount_usd_bn = 50", &sale)
            .replace("[assumptions]", &fund)
    };
    place.write("apart.toml", of(400.0, 50.0));
    let done = place.brandish(&["run", "apart.toml", "-o", "apart", "--format", "csv"]);
    done.complains("BR019");
    assert!(!done.out.contains("91282CJG7"));
    let remedy = done.err.split("`holdings_usd_bn = ").nth(1).unwrap();
    let value: f64 = remedy.split('`').next().unwrap().parse().unwrap();
    place.write("fund.toml", of(value, value / 2.0));
    let done = place.brandish(&["run", "fund.toml", "-o", "fund", "--format", "csv"]);
    done.ends_with(0)
        .says(",91282CJG7,fund,holder_pnl,central,")
        .says(",912810UH9,fund,opening_value,central,");
    assert!(!done.err.contains("BR019"), "{}", done.err);
    assert!(!done.out.contains("fund,holder_pnl_least"));
    assert!(done.out.contains("banks,holder_pnl_least"));
}

#[test]
fn a_portfolio_file_that_cannot_be_used_is_refused_line_by_line() {
    for (lots, needles) in [
        (
            &b"cusip,face_usd\n912797PC5,-1\n912797PC,5\n912797PC6,5\n912797NE3,1e400\n912797PC5,1,2\n912797PC5,1\n912797PC5,1\n"[..],
            &["lots.csv:2:", "lots.csv:3:", "lots.csv:4:", "lots.csv:5:", "lots.csv:6:", "stands twice"][..],
        ),
        (b"cusip,face_eur\n", &["unknown columns", "cusip,face_usd"]),
        (b"", &["the file is empty"]),
        (b"cusip,face_usd\n", &["lists no lot"]),
        (b"cusip,face_usd\n\xff\n", &["line 2 is not UTF-8"]),
        (b"cusip,face_usd\n037833100,100\n", &["none of its lots", "sale.toml:11:"]),
    ] {
        let place = place(lots);
        let done = place.brandish(&["run", "sale.toml", "-o", "run"]);
        done.ends_with(2).prints_nothing();
        for needle in needles {
            done.complains(needle);
        }
        assert!(!place.path("run").exists());
    }
}
