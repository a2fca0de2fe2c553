//! Section 6b: specialists' inventory by maturity bucket and day, one camp, in ten-year equivalents.
//!
//! Null where the table has no `inventory_ten_year_equivalents` by bucket.

use serde::Serialize;

use super::context::Context;
use super::parts::{Band, Figure};
use crate::facts::Key;

/// The map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inventory {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// The camp shown.
    pub camp: &'static str,
    /// The columns.
    pub days: Vec<u32>,
    /// The rows, short to long.
    pub buckets: Vec<String>,
    /// Median by bucket and day, $bn of ten-year equivalents.
    pub p50: Vec<Vec<f64>>,
    /// 5% quantile.
    pub p05: Vec<Vec<f64>>,
    /// 95% quantile.
    pub p95: Vec<Vec<f64>>,
}

const MEASURE: &str = "inventory_ten_year_equivalents";

pub(crate) fn view(context: &Context<'_>) -> Option<Inventory> {
    let camp = context.middle_camp()?.letter;
    let buckets = context.facts.buckets(MEASURE, camp);
    let usd = Key::in_unit("usd_bn").camp(camp);
    let days = context.facts.days(MEASURE, usd.bucket(buckets.first()?));
    let row = |bucket: &&str| -> Option<Vec<Band>> {
        let at = |day: &u32| {
            context
                .facts
                .get(MEASURE, usd.bucket(bucket).day(*day))?
                .band()
                .map(Band::rounded)
        };
        days.iter().map(at).collect()
    };
    let bands: Vec<Vec<Band>> = buckets.iter().map(row).collect::<Option<_>>()?;
    let pick = |of: fn(&Band) -> f64| {
        bands
            .iter()
            .map(|row| row.iter().map(of).collect())
            .collect()
    };
    let title = format!("Specialists’ inventory by maturity and day, camp {camp}");
    let sub = format!(
        "By bucket and business day, {}: median, $bn of ten-year equivalents",
        context.input.mode
    );
    Some(Inventory {
        figure: context.figure(title, sub, None),
        camp,
        days: days.clone(),
        buckets: buckets.iter().map(|bucket| (*bucket).to_owned()).collect(),
        p50: pick(|band| band.p50),
        p05: pick(|band| band.p05),
        p95: pick(|band| band.p95),
    })
}
