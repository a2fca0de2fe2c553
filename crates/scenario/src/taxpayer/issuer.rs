//! The issuer of the day: outstanding securities and the mix in which it sells.
//!
//! Mix of new borrowing: bills in their share of what is outstanding, the rest like the notes, bonds, TIPS and FRNs that
//! were first issued in the twelve months before (amounts outstanding by kind and original term; reopenings and what the Fed took included). Auction lots are not
//! used: the record of them is a sample, and bills in it have no amounts.

use std::collections::BTreeMap;

use brandish_curve::DiscountCurve;
use brandish_data::SecurityKind;
use brandish_effects::taxpayer::{Kind, MixLine, Outstanding, Repricing};
use brandish_habitat::{BUCKETS, EDGES};
use brandish_units::{Date, Usd, Years, calendar};

use super::inside::{HeldInside, face_bn};
use crate::baseline::Baseline;
use crate::error::ScenarioError;

/// Days of a year in original terms.
const DAYS_PER_YEAR: f64 = 365.25;
/// Term at which bills are taken to be sold, years.
const BILL_TERM_YEARS: f64 = 0.25;
/// Kinds beside bills.
const COUPONS: [SecurityKind; 4] = [
    SecurityKind::Note,
    SecurityKind::Bond,
    SecurityKind::Tips,
    SecurityKind::Frn,
];

/// What is outstanding and matures or resets by `last`.
pub(super) fn outstanding(
    baseline: &Baseline,
    inside: &HeldInside,
    last: Date,
) -> Vec<Outstanding> {
    baseline
        .securities
        .iter()
        .filter_map(|security| {
            let record = &security.record;
            if record.maturity > last && record.kind != SecurityKind::Frn {
                return None;
            }
            let day =
                calendar::business_days_between(baseline.as_of, record.maturity).max(1) as usize;
            let term_years = f64::from(record.maturity - record.first_issue) / DAYS_PER_YEAR;
            Some(Outstanding {
                amount: Usd::from_bn(record.outstanding.bn()),
                repricing: match record.kind {
                    SecurityKind::Bill | SecurityKind::Note | SecurityKind::Bond => {
                        Repricing::Fixed { day, term_years }
                    }
                    SecurityKind::Tips => Repricing::Indexed { day, term_years },
                    SecurityKind::Frn => Repricing::Floating { day },
                },
                fed_share: inside.fed(record.kind),
                accounts_share: inside.accounts(record.kind),
            })
        })
        .collect()
}

/// Kind, original term in years and share of the coupon securities first issued in the twelve months to the day.
pub(crate) fn coupon_mix(baseline: &Baseline) -> Result<Vec<(Kind, f64, f64)>, ScenarioError> {
    let from = baseline.as_of.plus_months(-12);
    let mut amounts: BTreeMap<(SecurityKind, i32), f64> = BTreeMap::new();
    for security in &baseline.securities {
        let record = &security.record;
        if COUPONS.contains(&record.kind)
            && record.first_issue > from
            && record.first_issue <= baseline.as_of
        {
            let years = (f64::from(record.maturity - record.first_issue) / DAYS_PER_YEAR).round();
            *amounts.entry((record.kind, years as i32)).or_insert(0.0) += record.outstanding.bn();
        }
    }
    let sum: f64 = amounts.values().sum();
    if sum <= 0.0 {
        return Err(ScenarioError::NoBaseline {
            as_of: baseline.as_of,
            reason: "no note, bond, TIPS or FRN was first issued in the twelve months before, so there is no issuance mix"
                .to_owned(),
        });
    }
    Ok(amounts
        .into_iter()
        .map(|((kind, years), amount)| {
            let kind = match kind {
                SecurityKind::Tips => Kind::Indexed,
                SecurityKind::Frn => Kind::Floating,
                SecurityKind::Bill => Kind::Bill,
                SecurityKind::Note | SecurityKind::Bond => Kind::Nominal,
            };
            (kind, f64::from(years), amount / sum)
        })
        .collect())
}

/// The mix of new borrowing with the yields of the day.
pub(crate) fn mix(baseline: &Baseline) -> Result<Vec<MixLine>, ScenarioError> {
    let bills = face_bn(&baseline.securities, &[SecurityKind::Bill]);
    let bills = bills / (bills + face_bn(&baseline.securities, &COUPONS));
    let line = |kind, term_years, share| -> Result<MixLine, ScenarioError> {
        Ok(MixLine {
            kind,
            term_years,
            share,
            yield_decimal: yield_at(&baseline.curve, kind, term_years)?,
        })
    };
    let mut lines = vec![line(Kind::Bill, BILL_TERM_YEARS, bills)?];
    for (kind, term_years, share) in coupon_mix(baseline)? {
        lines.push(line(kind, term_years, share * (1.0 - bills))?);
    }
    Ok(lines)
}

/// Par yield at which the issuer sells: FRNs pay the bill, TIPS the nominal yield (real yield and inflation).
fn yield_at(curve: &DiscountCurve, kind: Kind, term_years: f64) -> Result<f64, ScenarioError> {
    let years = match kind {
        Kind::Bill | Kind::Floating => BILL_TERM_YEARS,
        Kind::Nominal | Kind::Indexed => term_years,
    };
    Ok(curve.par_yield(Years(years))?.decimal())
}

/// Bucket in which an issue carries its rate risk: FRNs carry that of a bill.
pub(crate) fn bucket_of_term(kind: Kind, term_years: f64) -> usize {
    match kind {
        Kind::Bill | Kind::Floating => 0,
        Kind::Nominal | Kind::Indexed => (0..BUCKETS)
            .find(|bucket| term_years <= EDGES[bucket + 1])
            .unwrap_or(BUCKETS - 1),
    }
}
