//! Facts among the stakes are the rows of the snapshot that they name.

use brandish_card::{DREZNER, points_above_deal};

use crate::support::judgements;

fn rows(table: &str) -> Vec<Vec<String>> {
    let file = format!(
        "{}/../../snapshot/{table}/data.csv",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(file)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

#[test]
fn trade_and_tariffs_are_the_snapshots() {
    let j = judgements();
    let trade = rows("trade");
    let amount = |item: &str, period: &str| -> f64 {
        let row = trade
            .iter()
            .find(|row| row[0] == item && row[1] == period)
            .unwrap_or_else(|| panic!("{item}"));
        row[2].parse().unwrap()
    };
    assert_eq!(
        j.imports_usd_bn,
        amount("US goods imports from Japan", "2024")
    );
    assert_eq!(
        j.imports_autos_usd_bn,
        amount("US imports of vehicles and parts from Japan", "2024")
    );
    assert_eq!(
        j.pledge_usd_bn,
        amount("Japan investment vehicle", "2025-07-22")
    );
    assert_eq!(
        j.farm_usd_bn_per_year,
        amount("Farm purchases pledged", "per year")
    );
    let gas = trade
        .iter()
        .find(|row| row[0] == "Japan LNG imports from US" && row[3] == "usd_bn")
        .unwrap();
    assert_eq!(j.gas_usd_bn_per_year, gas[2].parse::<f64>().unwrap());
    assert_eq!(
        j.issuer_revenue_usd_bn_per_point_year,
        j.imports_usd_bn / 100.0
    );
    let tariffs = rows("tariffs");
    let rate = |measure: &str, start: &str| -> f64 {
        let row = tariffs
            .iter()
            .find(|row| row[0] == measure && row[1] == start)
            .unwrap();
        row[3].parse().unwrap()
    };
    assert_eq!(j.tariff_talks_pct, rate("reciprocal", "2025-04-05"));
    assert_eq!(j.tariff_no_deal_pct, rate("reciprocal", "2025-08-01"));
    assert_eq!(j.tariff_deal_pct, rate("reciprocal", "2025-08-07"));
    assert_eq!(j.tariff_autos_pct, rate("autos_sec232", "2025-04-03"));
    assert_eq!(j.tariff_deal_pct, rate("autos_sec232", "2025-09-16"));
}

/// 27.5 on 55.8 of 150 and 25 on the rest, against 15 on all: 12.5 x 0.372 + 10 x 0.628 = 10.93 points.
#[test]
fn points_by_hand() {
    let j = judgements();
    let points = points_above_deal(&j, j.tariff_no_deal_pct, j.tariff_autos_pct);
    assert!((points - 10.93).abs() < 1e-9);
}

#[test]
fn drezners_counts() {
    assert_eq!(DREZNER, [(40, 71), (5, 15)]);
}
