//! The taxpayer's bill along a path, by fiscal year: parts, gross, net of what the Fed gets back, and beside the baseline's interest.
//!
//! A measure whose input is missing is not walked at all: without a budget baseline the parts that need none remain, without
//! SOMA by type there is no net of the Fed, without the statement's holdings of government accounts no net of both.

use std::sync::Arc;

use brandish_effects::taxpayer::Part;
use brandish_habitat::{BUCKETS, ClearingPath};

use crate::bands::FactKey;
use crate::baseline::Baseline;
use crate::table::LongTable;
use crate::taxpayer::Taxpayer;

const SOURCE: &str = "effects::taxpayer";
/// Label of all years together.
const TOTAL: &str = "total";
/// Parts that need no budget baseline.
const OUTSTANDING: [(Part, &str); 3] = [
    (Part::Rollover, "fiscal_interest_rollover"),
    (Part::Tips, "fiscal_interest_tips"),
    (Part::Frn, "fiscal_interest_frn"),
];

/// The bill with the labels of its years.
#[derive(Debug)]
pub struct TaxpayerPlan {
    bill: Taxpayer,
    years: Vec<Arc<str>>,
    total: Arc<str>,
}

impl TaxpayerPlan {
    pub(in crate::run) fn new(bill: Taxpayer) -> Self {
        Self {
            years: bill
                .schedule
                .years()
                .iter()
                .map(|year| Arc::from(year.year.to_string()))
                .collect(),
            total: Arc::from(TOTAL),
            bill,
        }
    }

    /// What must be said with it.
    pub(in crate::run) const fn words(&self) -> &crate::taxpayer::Words {
        &self.bill.words
    }

    pub(super) fn walk(
        &self,
        path: &ClearingPath,
        rest_bp: &[f64; BUCKETS],
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        let bill = self.bill.schedule.bill(path, rest_bp);
        let mut list = |measure, values: &[f64]| {
            let of = |label| FactKey::new(measure, "usd_bn", SOURCE).of(label);
            for (label, value) in self.years.iter().zip(values) {
                emit(&|| of(label), *value);
            }
            emit(&|| of(&self.total), values.iter().sum());
        };
        for (part, measure) in OUTSTANDING {
            list(measure, &bill.parts_usd_bn[part.index()]);
        }
        let Some(baseline) = &self.bill.net_interest_usd_bn else {
            return;
        };
        list(
            "fiscal_interest_new_borrowing",
            &bill.parts_usd_bn[Part::NewBorrowing.index()],
        );
        if self.bill.has_switch {
            list(
                "fiscal_interest_switch",
                &bill.parts_usd_bn[Part::Switch.index()],
            );
        }
        list("fiscal_interest_on_interest", &bill.on_interest_usd_bn);
        list("fiscal_interest_gross", &bill.gross_usd_bn);
        if self.bill.fed_known {
            list("fiscal_interest_net_of_fed", &bill.net_of_fed_usd_bn);
        }
        if self.bill.accounts_known {
            list("fiscal_interest_net", &bill.net_usd_bn);
        }
        let share = |label| FactKey::new("fiscal_interest_gross_pct", "pct", SOURCE).of(label);
        for ((label, value), interest) in self.years.iter().zip(&bill.gross_usd_bn).zip(baseline) {
            emit(&|| share(label), 100.0 * value / interest);
        }
        let all: f64 = bill.gross_usd_bn.iter().sum();
        emit(
            &|| share(&self.total),
            100.0 * all / baseline.iter().sum::<f64>(),
        );
    }

    /// Rows of the baseline: its interest and borrowing, and the schedule under all rates 0.1 percentage point higher.
    pub(in crate::run) fn baseline_rows(&self, baseline: &Baseline, table: &mut LongTable) {
        let mut push = |measure, source, label: &Arc<str>, value: f64| {
            let key = FactKey::new(measure, "usd_bn", source)
                .on(0, baseline.as_of)
                .of(label);
            table.rows.push(key.row(None, "central", value));
        };
        for (measure, values) in [
            (
                "fiscal_net_interest_baseline",
                &self.bill.net_interest_usd_bn,
            ),
            ("fiscal_borrowing_baseline", &self.bill.borrowing_usd_bn),
        ] {
            let Some(values) = values else { continue };
            for (label, value) in self.years.iter().zip(values) {
                push(measure, "data::budget", label, *value);
            }
            push(measure, "data::budget", &self.total, values.iter().sum());
        }
        if let Some(ten) = &self.bill.ten_basis_points {
            for (year, value) in &ten.by_year_usd_bn {
                push(
                    "fiscal_interest_ten_bp",
                    SOURCE,
                    &Arc::from(year.to_string()),
                    *value,
                );
            }
            push(
                "fiscal_interest_ten_bp",
                SOURCE,
                &self.total,
                ten.gross_usd_bn,
            );
            if let Some(net) = ten.net_of_fed_usd_bn {
                push(
                    "fiscal_interest_ten_bp_net_of_fed",
                    SOURCE,
                    &self.total,
                    net,
                );
            }
            for (label, value) in [
                ("least", ten.published.least_usd_bn),
                ("most", ten.published.most_usd_bn),
            ] {
                push(
                    "fiscal_interest_ten_bp_published",
                    "parameters/taxpayer.toml",
                    &Arc::from(label),
                    value,
                );
            }
        }
    }
}
