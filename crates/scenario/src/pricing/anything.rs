//! Whatever stands in a file of holdings, lots, prices or a curve: an answer or all mistakes, never a panic, and what is said can be shown.
//!
//! Texts are pieces of valid files, shuffled, cut and joined, with wrong pieces among them; the coverage-guided fuzzer (`make fuzz`) goes further.

use std::sync::OnceLock;

use brandish_data::Snapshot;
use brandish_units::Date;
use proptest::prelude::*;

use super::lots::{Convention, LotRecord, LotsFile, price_lots};
use super::study::{Outstanding, PointGrid, QuotesFile, curve_points, fit};
use super::*;
use crate::diagnostic::Diagnostic;

const PIECES: [&str; 42] = [
    "cusip,face_usd\n",
    "cusip,face_usd_mn\r\n",
    "cusip,price_per_100\n",
    "cusip,kind,issue_date,maturity_date,coupon_pct,high_yield_pct,discount_rate_pct,frn_discount_margin_pct\n",
    "cusip,kind,coupon_pct,maturity_date,price_per_100\n",
    "tenor,yield_pct\n",
    "# kind=par\n",
    "# kind=zero\n",
    "\u{feff}",
    "912810RN0",
    "912797PE1",
    "912828K74",
    "037833100",
    "912810RN1",
    ",",
    ",,",
    "\n",
    "\r\n",
    "\"",
    "1000000",
    "99.25",
    "-5",
    "0",
    "1e308",
    "1e-320",
    "NaN",
    "-inf",
    "150.5",
    "note",
    "BILL",
    "tips",
    "frn",
    "2025-05-15",
    "2025-02-30",
    "9999-12-31",
    "0001-01-01",
    "2035-05-15",
    "10Y",
    "7.25",
    "2Y",
    "4.25",
    "\u{202e}\u{1b}[31m",
];

fn as_of() -> Date {
    "2025-05-01".parse().unwrap()
}

fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    SNAPSHOT.get_or_init(Snapshot::embedded)
}

fn day() -> &'static PricingDay {
    static DAY: OnceLock<PricingDay> = OnceLock::new();
    DAY.get_or_init(|| PricingDay::at(snapshot(), as_of(), DayCurve::Treasury).unwrap())
}

fn can_be_shown(found: &[Diagnostic]) {
    assert!(!found.is_empty());
    for diagnostic in found {
        let shown = diagnostic.render(false);
        let controls = shown.chars().any(|c| c.is_control() && c != '\n');
        assert!(!controls, "{shown:?}");
    }
}

fn survives(text: &str) {
    match Holdings::parse(text, "x.csv", day()) {
        Ok(holdings) => {
            let (rows, failures) = day().price_holdings(&holdings);
            assert_eq!(rows.len() + failures.len(), holdings.holdings.len());
        }
        Err(found) => can_be_shown(&found),
    }
    match CurveFile::parse(text, "x.csv", None) {
        Ok(file) => {
            if let Ok(named) = NamedCurve::of_day(snapshot(), as_of(), DayCurve::File(&file)) {
                let _ = curve_points(&named, PointGrid::HalfYears);
            }
        }
        Err(found) => can_be_shown(&found),
    }
    match LotsFile::parse(text, "x.csv") {
        Ok(file) => {
            static RECORD: OnceLock<LotRecord<'static>> = OnceLock::new();
            let record = RECORD.get_or_init(|| LotRecord::read(snapshot()).unwrap());
            for convention in [Convention::Auction, Convention::Street] {
                for row in price_lots(&file, record, convention) {
                    let price = row.price.map_or(0.0, |price| price.clean.per_100());
                    assert!(price.is_finite(), "{row:?}");
                    assert!(row.price.is_some() || !row.note.is_empty(), "{row:?}");
                }
            }
        }
        Err(found) => can_be_shown(&found),
    }
    static OUTSTANDING: OnceLock<Outstanding> = OnceLock::new();
    let outstanding = OUTSTANDING.get_or_init(|| Outstanding::on(snapshot(), as_of()).unwrap());
    match QuotesFile::parse(text, "x.csv", outstanding) {
        Ok(quotes) => {
            let curve = NamedCurve::of_day(snapshot(), as_of(), DayCurve::Treasury).unwrap();
            let _ = fit(quotes, &curve);
        }
        Err(found) => can_be_shown(&found),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn pieces_of_files(picked in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = picked.into_iter().map(|k| PIECES[k]).collect();
        survives(&text);
    }

    #[test]
    fn any_text(text in any::<String>()) {
        survives(&text);
    }

    #[test]
    fn rows_under_a_right_header(header in 0..6_usize, cells in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let mut text = PIECES[header].to_owned();
        let width = PIECES[header].matches(',').count() + 1;
        for row in cells.chunks(width) {
            let row: Vec<&str> = row.iter().map(|k| PIECES[*k].trim()).collect();
            text += &row.join(",");
            text.push('\n');
        }
        survives(&text);
    }
}
