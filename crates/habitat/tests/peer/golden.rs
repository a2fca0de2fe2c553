//! Reads the golden table and compares values with it.

use std::collections::BTreeMap;

use brandish_habitat::{FedRule, Market, Parameters};

/// Tolerance of yields, bp (see the module story of `main`).
pub const YIELD_TOLERANCE_BP: f64 = 1e-7;
/// Tolerance of amounts, $bn.
pub const AMOUNT_TOLERANCE_USD_BN: f64 = 1e-6;
/// Tolerance of ratios (utilization, Sharpe): amounts of 1e-6 $bn over a capacity of hundreds.
pub const RATIO_TOLERANCE: f64 = 1e-8;

pub const CAMPS: [&str; 4] = ["S", "C", "F", "X"];
pub const TENORS: [(&str, usize); 4] = [("2y", 3), ("5y", 4), ("10y", 6), ("30y", 10)];

pub type Table = BTreeMap<(String, String, String, String), f64>;

pub fn table() -> Table {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../goldens/peer/engine/golden.csv"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let mut table = Table::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [scenario, camp, date, tenor, value] = fields[..] else {
            panic!("unexpected row {line}")
        };
        let key = (
            scenario.to_owned(),
            camp.to_owned(),
            date.to_owned(),
            tenor.to_owned(),
        );
        table.insert(key, value.parse().unwrap());
    }
    table
}

pub fn value(table: &Table, scenario: &str, camp: &str, date: &str, tenor: &str) -> f64 {
    let key = (
        scenario.to_owned(),
        camp.to_owned(),
        date.to_owned(),
        tenor.to_owned(),
    );
    *table
        .get(&key)
        .unwrap_or_else(|| panic!("no golden row {key:?}"))
}

pub fn market() -> Market {
    Market::reference().unwrap()
}

pub fn parameters(table: &Table, camp: &str) -> Parameters {
    let of = |name: &str| value(table, "param", camp, name, "");
    let mut parameters = Parameters::central(of("a"), of("gam"));
    parameters.extrapolation.share = of("news");
    parameters
}

pub fn with_fed(parameters: Parameters) -> Parameters {
    Parameters {
        fed: Some(FedRule::central(0.5)),
        ..parameters
    }
}

/// The largest difference seen in a family of rows, and how many rows there were.
#[derive(Debug, Default)]
pub struct Difference {
    pub rows: usize,
    pub largest: f64,
    pub at: String,
}

impl Difference {
    pub fn compare(&mut self, what: &str, ours: f64, golden: f64) {
        self.rows += 1;
        let gap = (ours - golden).abs();
        if gap.is_nan() || gap > self.largest {
            self.largest = gap;
            self.at = format!("{what}: {ours} against {golden}");
        }
    }

    pub fn check(&self, family: &str, rows: usize, tolerance: f64) {
        println!(
            "{family}: {} rows, largest difference {:.1e} ({})",
            self.rows, self.largest, self.at
        );
        assert_eq!(self.rows, rows, "{family}: rows compared");
        assert!(
            self.largest <= tolerance,
            "{family}: {} beyond {tolerance:e}",
            self.at
        );
    }
}
