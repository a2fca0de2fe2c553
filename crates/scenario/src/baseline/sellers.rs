//! Who can sell: what a holder has, what of it the state can sell at most, and how it is spread over maturities.
//!
//! The monthly report counts holdings by country, official and private together, and bills apart. For Japan the
//! securities in the official reserves bound what the state can sell; how much of them is Treasuries is not disclosed.
//! For other countries no such bound is published and the reported holdings stand in for it. Maturities are inferred:
//! bills like the bills outstanding, the rest like all foreign officials' long-term holdings in the survey of the day.

use brandish_data::holders::names::typed_name;
use brandish_data::{DataError, KnownOn};
use brandish_habitat::BUCKETS;
use brandish_units::Usd;

use crate::error::ScenarioError;
use crate::file::{DefinedHolder, HolderName};
use crate::mix::{self, HoldingsByMaturity};
use crate::outcome::Warning;
use crate::warnings;

/// A holder as a possible seller.
#[derive(Debug, Clone, PartialEq)]
pub struct Seller {
    /// Name in scenario files.
    pub name: String,
    /// Name in sentences.
    pub title: String,
    /// Name in the monthly report, if the holder is in it.
    pub reported_as: Option<String>,
    /// Everything reported, market value.
    pub total: Usd,
    /// Where the total comes from.
    pub total_source: String,
    /// The most the state can sell.
    pub official_bound: Usd,
    /// Where the bound comes from.
    pub official_bound_source: String,
    /// Inferred holdings by maturity.
    pub holdings: HoldingsByMaturity,
    /// What must be said with the seller's numbers.
    pub warnings: Vec<Warning>,
}

/// Groups of the monthly report that are not countries and cannot be sellers.
const NOT_HOLDERS: [&str; 8] = [
    "all_foreign",
    "asia",
    "caribbean",
    "caribbean_banking_centers_pre2012",
    "europe",
    "international_orgs",
    "oil_exporters_pre2012",
    "foreign_private",
];

/// Currencies beside the dollar in which accounts are given, where the snapshot has their rate.
pub(crate) const YEN: &str = "JPY";
pub(crate) const EURO: &str = "EUR";
/// Codes that a holder's `currency` can be, beside USD.
pub const CURRENCIES: [&str; 2] = [EURO, YEN];

/// Holders of the monthly report whose money is the euro.
const EURO_AREA: [&str; 8] = [
    "Belgium",
    "France",
    "Germany",
    "Ireland",
    "Italy",
    "Luxembourg",
    "Netherlands",
    "Spain",
];

impl Seller {
    /// Currency of a reported holder's own accounts, where the snapshot has its rate; holders that a scenario defines name theirs.
    pub(crate) fn currency(&self) -> Option<&'static str> {
        match self.reported_as.as_deref()? {
            "Japan" => Some(YEN),
            country if EURO_AREA.contains(&country) => Some(EURO),
            _ => None,
        }
    }
}

/// Names of holders in scenario files, from the holders of the monthly report.
pub fn names(tic_holders: &[String]) -> Vec<String> {
    tic_holders
        .iter()
        .filter(|holder| !NOT_HOLDERS.contains(&holder.as_str()))
        .map(|holder| typed_name(holder))
        .collect()
}

/// What every seller of the day shares.
#[derive(Debug, Clone)]
pub(super) struct Spread {
    /// Shares of bills outstanding by bucket.
    pub(super) bills: [f64; BUCKETS],
    /// Shares of foreign officials' long-term holdings by bucket.
    pub(super) survey: [f64; BUCKETS],
    /// Month of the survey.
    pub(super) survey_month: String,
}

/// Every holder of the monthly report of whom something had been published.
pub(super) fn all(known: &KnownOn<'_>, spread: &Spread) -> Result<Vec<Seller>, ScenarioError> {
    let mut sellers = Vec::new();
    for holder in known
        .tic_holders()?
        .iter()
        .filter(|holder| !NOT_HOLDERS.contains(&holder.as_str()))
    {
        match reported(known, holder, spread) {
            Ok(seller) => sellers.push(seller),
            Err(ScenarioError::Data(DataError::NothingPublished { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(sellers)
}

fn reported(known: &KnownOn<'_>, holder: &str, spread: &Spread) -> Result<Seller, ScenarioError> {
    let holding = known.tic_holding(holder)?;
    let title = match holder {
        "foreign_official" => "All foreign officials".to_owned(),
        country => country.split(',').next().unwrap_or(country).to_owned(),
    };
    let total_source = format!(
        "holdings reported for {}, official and private, released {}",
        holding.month, holding.provenance.release.date
    );
    let mut warnings = Vec::new();
    let (official_bound, official_bound_source) = if holder == "Japan" {
        let reserves = known.japan_reserves_with_securities()?;
        let securities = reserves.securities.unwrap_or(holding.total);
        let bound = if securities < holding.total {
            securities
        } else {
            holding.total
        };
        let source = format!("securities in the official reserves at {}", reserves.date);
        warnings.push(warnings::official_bound(
            &title,
            &format!("${:.0}bn of {source}", bound.bn()),
            &format!("${:.1}bn of Treasuries", holding.total.bn()),
        ));
        (bound, source)
    } else {
        let source = format!("no official bound is published; {total_source}");
        warnings.push(warnings::official_bound(
            &title,
            &format!("the reported ${:.1}bn", holding.total.bn()),
            "holdings",
        ));
        (holding.total, source)
    };
    if holding.provenance.vintage == brandish_data::Vintage::RevisedLater {
        warnings.push(warnings::revised_later(&format!(
            "{title}'s holdings of {} (copy of {})",
            holding.month, holding.vintage_month
        )));
    }
    warnings.push(warnings::holdings_inferred(&title, &spread.survey_month));
    let bills = holding.bills.unwrap_or(Usd::ZERO);
    let long_term = holding.long_term.unwrap_or(holding.total - bills);
    Ok(Seller {
        name: typed_name(holder),
        title,
        reported_as: Some(holder.to_owned()),
        total: holding.total,
        total_source,
        official_bound,
        official_bound_source,
        holdings: HoldingsByMaturity {
            bills_usd_bn: spread.bills.map(|share| share * bills.bn()),
            coupons_usd_bn: spread.survey.map(|share| share * long_term.bn()),
        },
        warnings,
    })
}

/// A holder that the scenario file defines itself.
pub(super) fn defined(
    name: &HolderName,
    holder: &DefinedHolder,
    spread: &Spread,
    portfolio_usd_bn: Option<[f64; BUCKETS]>,
) -> Result<Seller, ScenarioError> {
    let shares = mix::holding_shares(&holder.mix, &spread.survey, portfolio_usd_bn.as_ref())
        .map_err(|error| ScenarioError::Holders {
            message: format!("{name}: {error}"),
        })?;
    Ok(Seller {
        name: name.as_str().to_owned(),
        title: name.as_str().to_owned(),
        reported_as: None,
        total: holder.holdings,
        total_source: "defined in the scenario file".into(),
        official_bound: holder.official,
        official_bound_source: "defined in the scenario file".into(),
        holdings: HoldingsByMaturity {
            bills_usd_bn: [0.0; BUCKETS],
            coupons_usd_bn: shares.map(|share| share * holder.holdings.bn()),
        },
        warnings: Vec::new(),
    })
}
