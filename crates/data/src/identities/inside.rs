//! Identities inside one row of a table: some columns add up to others.
//!
//! A rule lists columns with plus and with minus sign; its residual is the signed sum. Rows where a needed column is blank
//! are not cases; a column marked optional counts as nothing when blank (FRNs before 2014). A filter keeps rows of one kind.

use crate::DataError;
use crate::identities::{Claim, Residuals};
use crate::store::{Column, Table};

/// Columns of a row that sum to zero.
pub(super) struct Rule {
    pub(super) claim: Claim,
    plus: &'static [&'static str],
    optional_plus: &'static [&'static str],
    minus: &'static [&'static str],
    /// Columns and values a row must have.
    only: &'static [(&'static str, &'static str)],
}

const ROUNDING: &str = "each figure is rounded to its last digit";

pub(super) const RULES: &[Rule] = &[
    Rule {
        claim: Claim {
            table: "tic_holdings",
            name: "bills + long-term = total",
            unit: "usd_mn",
            tolerance: Some(2.0),
            reason: ROUNDING,
        },
        plus: &["bills_usd_mn", "long_term_usd_mn"],
        optional_plus: &[],
        minus: &["total_usd_mn"],
        only: &[("quality", "published"), ("quality_note", "")],
    },
    Rule {
        claim: Claim {
            table: "tic_holdings",
            name: "bills + long-term = total, rows rounded to 0.1 bn",
            unit: "usd_mn",
            tolerance: Some(150.0),
            reason: "three figures rounded to 100 mn",
        },
        plus: &["bills_usd_mn", "long_term_usd_mn"],
        optional_plus: &[],
        minus: &["total_usd_mn"],
        only: &[("quality_note", "rounded to 0.1 bn")],
    },
    Rule {
        claim: Claim {
            table: "tic_holdings",
            name: "bills + long-term = total, transcribed rows",
            unit: "usd_mn",
            tolerance: Some(150.0),
            reason: "some of the newest figures were quoted to 0.1 bn",
        },
        plus: &["bills_usd_mn", "long_term_usd_mn"],
        optional_plus: &[],
        minus: &["total_usd_mn"],
        only: &[("quality", "transcribed")],
    },
    Rule {
        claim: Claim {
            table: "tic_flows",
            name: "net long-term + net bills = net total",
            unit: "usd_mn",
            tolerance: Some(2.0),
            reason: ROUNDING,
        },
        plus: &["net_long_term_usd_mn", "net_bills_usd_mn"],
        optional_plus: &[],
        minus: &["net_total_usd_mn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "tic_flows",
            name: "purchases - sales = net long-term (Form S)",
            unit: "usd_mn",
            tolerance: Some(2.0),
            reason: ROUNDING,
        },
        plus: &["gross_purchases_long_term_usd_mn"],
        optional_plus: &[],
        minus: &["gross_sales_long_term_usd_mn", "net_long_term_usd_mn"],
        only: &[("form", "S")],
    },
    Rule {
        claim: Claim {
            table: "securities_2023_09_30",
            name: "issued + inflation compensation + redeemed = outstanding",
            unit: "usd_mn",
            tolerance: Some(1e-3),
            reason: "amounts are given to 0.0001 mn",
        },
        plus: &[
            "issued_usd_mn",
            "inflation_compensation_usd_mn",
            "redeemed_usd_mn",
        ],
        optional_plus: &[],
        minus: &["outstanding_usd_mn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "shl_official_private",
            name: "official + private = total, long-term",
            unit: "usd_bn",
            tolerance: Some(1.0),
            reason: "figures rounded to 1 bn",
        },
        plus: &["long_term_official_usd_bn", "long_term_private_usd_bn"],
        optional_plus: &[],
        minus: &["long_term_usd_bn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "shl_official_private",
            name: "official + private = total, bills",
            unit: "usd_bn",
            tolerance: Some(1.0),
            reason: "figures rounded to 1 bn",
        },
        plus: &["bills_official_usd_bn", "bills_private_usd_bn"],
        optional_plus: &[],
        minus: &["bills_usd_bn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "shl_country_type",
            name: "long-term + bills = total",
            unit: "usd_mn",
            tolerance: Some(1.0),
            reason: ROUNDING,
        },
        plus: &["long_term_usd_mn", "bills_usd_mn"],
        optional_plus: &[],
        minus: &["total_usd_mn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "soma",
            name: "types + inflation compensation = all Treasuries",
            unit: "usd_mn",
            tolerance: Some(600.0),
            reason: "two sources; 7 of 1149 weeks differ by more than 5 mn, four of them in 2003 by half a billion",
        },
        plus: &["bills_usd_mn", "notes_bonds_usd_mn", "tips_usd_mn"],
        optional_plus: &["frn_usd_mn", "tips_inflation_compensation_usd_mn"],
        minus: &["treasuries_usd_mn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "dealer_positions",
            name: "bills + coupons with TIPS + FRN = all",
            unit: "usd_mn",
            tolerance: Some(0.5),
            reason: "whole millions, published as an identity",
        },
        plus: &["bills_usd_mn", "coupons_with_tips_usd_mn"],
        optional_plus: &["frn_usd_mn"],
        minus: &["all_usd_mn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "dealer_positions",
            name: "nominal buckets + TIPS = coupons with TIPS",
            unit: "usd_mn",
            tolerance: Some(0.5),
            reason: "whole millions, published as an identity",
        },
        plus: &[
            "nominal_0_2y_usd_mn",
            "nominal_2_3y_usd_mn",
            "nominal_3_6y_usd_mn",
            "nominal_6_7y_usd_mn",
            "nominal_7_11y_usd_mn",
            "nominal_over_11y_usd_mn",
            "tips_usd_mn",
        ],
        optional_plus: &[],
        minus: &["coupons_with_tips_usd_mn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "dealer_positions",
            name: "11-21y + over 21y = over 11y",
            unit: "usd_mn",
            tolerance: Some(0.5),
            reason: "whole millions, published as an identity",
        },
        plus: &["nominal_11_21y_usd_mn", "nominal_over_21y_usd_mn"],
        optional_plus: &[],
        minus: &["nominal_over_11y_usd_mn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "japan_reserves",
            name: "securities + deposits = foreign currency reserves",
            unit: "usd_mn",
            tolerance: Some(1.0),
            reason: ROUNDING,
        },
        plus: &["securities_usd_mn", "deposits_usd_mn"],
        optional_plus: &[],
        minus: &["fx_reserves_usd_mn"],
        only: &[],
    },
    Rule {
        claim: Claim {
            table: "cbo_baseline",
            name: "outlays - revenues = deficit",
            unit: "usd_bn",
            tolerance: Some(0.002),
            reason: "figures given to 0.001 bn",
        },
        plus: &["outlays_usd_bn"],
        optional_plus: &[],
        minus: &["revenues_usd_bn", "deficit_usd_bn"],
        only: &[],
    },
];

impl Rule {
    /// Tries the rule on every row.
    pub(super) fn residuals(&self, table: &Table) -> Result<Residuals, DataError> {
        let find = |names: &[&str]| -> Result<Vec<Column>, DataError> {
            names.iter().map(|name| table.column(name)).collect()
        };
        let (plus, optional, minus) = (
            find(self.plus)?,
            find(self.optional_plus)?,
            find(self.minus)?,
        );
        let mut only = Vec::new();
        for (column, value) in self.only {
            only.push((table.column(column)?, *value));
        }
        let mut found = Residuals::default();
        for (place, row) in table.rows().enumerate() {
            let row = row?;
            if only
                .iter()
                .any(|(column, value)| row.text(*column) != *value)
            {
                continue;
            }
            let needed = plus.iter().chain(&minus);
            if needed.clone().any(|column| row.text(*column).is_empty()) {
                continue;
            }
            let mut sum = 0.0;
            for column in &plus {
                sum += row.number(*column)?;
            }
            for column in &optional {
                if let Some(value) = row.optional_number(*column)? {
                    sum += value;
                }
            }
            for column in &minus {
                sum -= row.number(*column)?;
            }
            found.add(sum, || {
                format!("{} (line {})", table.first_field(place), place + 2)
            });
        }
        Ok(found)
    }
}
