//! Daily reference CPI as Treasury publishes it, from the monthly index; index ratios as recorded.

use brandish_treasury::{ConsumerPriceIndex, ConsumerPriceIndexTable, ReferenceCpi};
use brandish_units::Date;

use crate::table::rows;

pub fn consumer_price_index() -> ConsumerPriceIndexTable {
    let mut table = ConsumerPriceIndexTable::new();
    for row in rows("consumer_price_index.csv") {
        let first: Date = format!("{}-01", row.text("month")).parse().unwrap();
        table.insert(
            first,
            ConsumerPriceIndex::from_level(row.parse("cpi_u")).unwrap(),
        );
    }
    table
}

#[test]
fn interpolated_reference_cpi_equals_the_published_one() {
    let table = consumer_price_index();
    let sample = rows("reference_cpi.csv");
    assert!(sample.len() > 700);
    for row in sample {
        let computed = table.reference_cpi(row.parse("date")).unwrap();
        let published = ReferenceCpi::from_level(row.parse("reference_cpi")).unwrap();
        assert_eq!(computed, published, "{}", row.text("date"));
    }
}

#[test]
fn a_missing_month_is_named() {
    let message = consumer_price_index()
        .reference_cpi("2040-05-15".parse().unwrap())
        .unwrap_err()
        .to_string();
    assert!(message.contains("2040-02"), "{message}");
}
