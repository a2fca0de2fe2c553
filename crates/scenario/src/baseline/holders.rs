//! Who holds what before anything is sold: sectors by maturity, summing to what is outstanding.
//!
//! Row totals are the Financial Accounts' sectors (market value at the last published quarter, scaled to the market value
//! of the day), split into the engine's sectors; column totals are the priced securities of the day. The pattern inside
//! is inferred: it starts from what each sector is taken to prefer and is fitted to both totals.

use brandish_data::survey::SurveyGroup;
use brandish_data::{KnownOn, Sector};
use brandish_habitat::{BUCKETS, SECTOR_NAMES, TAU};
use brandish_units::{Date, Usd};
use serde::Deserialize;

use super::margins;
use crate::error::ScenarioError;
use crate::facts::{FEDERAL_RESERVE, SPECIALISTS};

const FILE: &str = "parameters/holders.toml";
const HOLDERS_TOML: &str = include_str!("../../../../parameters/holders.toml");
/// Gap allowed between fitted and published totals, $bn: a thousand dollars.
const TOLERANCE_USD_BN: f64 = 1e-6;
/// Rows of the table: eight slow sectors, specialists, Federal Reserve.
const HOLDERS: usize = SECTOR_NAMES.len() + 2;

/// Holdings of every sector by maturity, market value.
#[derive(Debug, Clone, PartialEq)]
pub struct HolderTable {
    /// Sector names in output order.
    pub names: Vec<&'static str>,
    /// $bn by bucket, one row per name.
    pub usd_bn: Vec<[f64; BUCKETS]>,
    /// Quarter end of the sector totals.
    pub quarter: Date,
    /// Factor from the published totals to the market value of the day.
    pub scale: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    schema: u32,
    split: RawSplit,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSplit {
    hedge_fund_share_of_households_and_other: f64,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    #[serde(rename = "source")]
    _source: String,
}

/// Market value outstanding by bucket, bills apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutstandingByMaturity {
    /// Bills.
    pub bills_usd_bn: [f64; BUCKETS],
    /// Notes, bonds, TIPS, FRNs.
    pub coupons_usd_bn: [f64; BUCKETS],
}

impl OutstandingByMaturity {
    /// Both.
    #[must_use]
    pub fn total_usd_bn(&self) -> [f64; BUCKETS] {
        std::array::from_fn(|i| self.bills_usd_bn[i] + self.coupons_usd_bn[i])
    }
}

/// Fits the table of the day.
pub(super) fn table(
    known: &KnownOn<'_>,
    outstanding: &OutstandingByMaturity,
    official: &[f64; BUCKETS],
) -> Result<HolderTable, ScenarioError> {
    let raw: RawFile = toml::from_str(HOLDERS_TOML)
        .map_err(|error| ScenarioError::parameters(FILE, error.to_string()))?;
    if raw.schema != 1 {
        return Err(ScenarioError::parameters(
            FILE,
            format!("schema = {} is not supported; use schema = 1", raw.schema),
        ));
    }
    let z1 = known.z1_sectors()?;
    let of = |sector: Sector| z1.get(sector).bn();
    let others = of(Sector::Households)
        + of(Sector::NonfinancialCorporates)
        + of(Sector::StateLocalGovernments)
        + of(Sector::OtherFinancial);
    let hedge = others * raw.split.hedge_fund_share_of_households_and_other;
    let foreign = of(Sector::RestOfWorld);
    let official_share = share(
        known.tic_holding("foreign_official")?.total,
        known.tic_holding("all_foreign")?.total,
    );
    let totals: [f64; HOLDERS] = [
        of(Sector::MoneyMarketFunds),
        hedge,
        of(Sector::MutualFundsEtfs),
        foreign * (1.0 - official_share),
        of(Sector::Banks),
        of(Sector::Pensions) + of(Sector::Insurers),
        others - hedge,
        foreign * official_share,
        of(Sector::Dealers),
        of(Sector::FederalReserve),
    ];
    let prior = prior(known, outstanding, official)?;
    let (usd_bn, scale) = margins::fit(
        &prior,
        &totals,
        &outstanding.total_usd_bn(),
        TOLERANCE_USD_BN,
    )?;
    let names = SECTOR_NAMES
        .into_iter()
        .chain([SPECIALISTS, FEDERAL_RESERVE])
        .collect();
    Ok(HolderTable {
        names,
        usd_bn,
        quarter: z1.date,
        scale,
    })
}

/// What each sector is taken to prefer, relative to what is outstanding; only proportions within a row matter.
fn prior(
    known: &KnownOn<'_>,
    outstanding: &OutstandingByMaturity,
    official: &[f64; BUCKETS],
) -> Result<Vec<[f64; BUCKETS]>, ScenarioError> {
    let all = outstanding.total_usd_bn();
    let weighted = |weight: &dyn Fn(usize) -> f64| -> [f64; BUCKETS] {
        std::array::from_fn(|i| all[i] * weight(i))
    };
    let split = known.official_private_split()?;
    let private_survey = known.survey_maturity(SurveyGroup::Private)?;
    let private = super::survey::shares_by_bucket(&private_survey, &outstanding.coupons_usd_bn);
    let bills = normalized(&outstanding.bills_usd_bn);
    let foreign = |long_term: Usd, shares: &[f64; BUCKETS], short: Usd| -> [f64; BUCKETS] {
        std::array::from_fn(|i| long_term.bn() * shares[i] + short.bn() * bills[i])
    };
    let soma = known.soma_by_type()?;
    let soma_bills = soma.bills.map_or(0.0, |bills| bills.bn());
    let soma_coupons = soma.treasuries.bn() - soma_bills;
    let coupons = normalized(&outstanding.coupons_usd_bn);
    Ok(vec![
        // Bills, and floating-rate notes of up to two years.
        weighted(&|i| [1.0, 1.0, 0.2].get(i).copied().unwrap_or(0.0)),
        weighted(&|_| 1.0),
        weighted(&|_| 1.0),
        foreign(split.long_term_private, &private, split.bills_private),
        weighted(&|i| if TAU[i] <= 8.0 { 1.0 } else { 0.2 }),
        weighted(&|i| (TAU[i] / 10.0).clamp(0.1, 2.0)),
        weighted(&|_| 1.0),
        foreign(split.long_term_official, official, split.bills_official),
        weighted(&|_| 1.0),
        std::array::from_fn(|i| soma_bills * bills[i] + soma_coupons * coupons[i]),
    ])
}

fn share(part: Usd, whole: Usd) -> f64 {
    part.bn() / whole.bn()
}

fn normalized(values: &[f64; BUCKETS]) -> [f64; BUCKETS] {
    let total: f64 = values.iter().sum();
    values.map(|value| value / total)
}
