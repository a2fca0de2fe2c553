//! What custodians abroad may hide: a range, with its assumption named.
//!
//! TIC counts where securities are kept. A country's own net purchases are joined by part of those of custody centers: for
//! every center any share from none to a declared largest one, center by center, since nothing ties them together. So
//! low = s * sum of min(0, net_c), high = s * sum of max(0, net_c), in dollars over the window; s is a judgement of
//! `parameters/custody.toml` or the user's, either as such or as k * w, where w is the country's weight: its holdings over all
//! foreign holdings outside the centers, before the window. Purchases that custodians in the country itself make for
//! foreigners are not taken off: nothing published bounds them.

use brandish_units::Usd;
use serde::Deserialize;

use super::history::{HolderMonth, history};
use super::window::Window;
use super::{Holder, HolderKind};
use crate::DataError;
use crate::known::KnownOn;
use crate::month::Month;

const FILE: &str = "parameters/custody.toml";
const TOML: &str = include_str!("../../../../parameters/custody.toml");
/// The entry for countries without one of their own.
const OTHERS: &str = "every other country";

/// Which centers may hold for a country, and how much of their purchases at most.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustodyRule {
    /// Country of the report, or `every other country`.
    pub name: String,
    /// Centers of the report.
    pub centers: Vec<String>,
    /// The number, 0 to 1.
    pub share: f64,
    /// What it is a share of.
    pub share_of: ShareOf,
    /// Unit of the share.
    pub unit: String,
    /// Range in which the share can be argued.
    pub range: String,
    /// Why these.
    pub source: String,
}

/// What a declared share is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareOf {
    /// Of each center's net purchases.
    Purchases,
    /// Of the country's weight; the product is the share of each center's net purchases.
    Weight,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameter {
    name: String,
    value: f64,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    schema: u32,
    custody: Vec<CustodyRule>,
    parameter: Vec<Parameter>,
}

/// The declared assumptions of the tracker.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumptions {
    rules: Vec<CustodyRule>,
    /// Share of holdings within which nothing changed, 0 to 1.
    pub unchanged_share: f64,
    /// Least amount within which nothing changed.
    pub unchanged_floor: Usd,
    /// Months whose unexplained part measures the noise.
    pub residual_months: usize,
    /// Months with an unexplained part below which there is no band.
    pub fewest_residuals: usize,
}

impl Assumptions {
    /// Those of `parameters/custody.toml`.
    ///
    /// # Errors
    /// A file that cannot be read or lacks a value.
    pub fn shipped() -> Result<Assumptions, DataError> {
        Assumptions::read(TOML)
    }

    fn read(text: &str) -> Result<Assumptions, DataError> {
        let wrong = |reason: String| DataError::Parameters {
            file: FILE.to_owned(),
            reason,
        };
        let raw: Raw = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if raw.schema != 1 {
            return Err(wrong(format!(
                "schema = {} is not supported; use schema = 1",
                raw.schema
            )));
        }
        if let Some(rule) = raw.custody.iter().find(|rule| !is_share(rule.share)) {
            return Err(wrong(format!(
                "share = {} of {} is not between 0 and 1",
                rule.share, rule.name
            )));
        }
        if !raw.custody.iter().any(|rule| rule.name == OTHERS) {
            return Err(wrong(format!("no entry `{OTHERS}`")));
        }
        let value = |name: &str| {
            raw.parameter
                .iter()
                .find(|parameter| parameter.name == name)
                .map(|parameter| parameter.value)
                .filter(|value| value.is_finite() && *value >= 0.0)
                .ok_or_else(|| wrong(format!("no parameter `{name}` of zero or more")))
        };
        Ok(Assumptions {
            unchanged_share: value("unchanged_pct")? / 100.0,
            unchanged_floor: Usd::from_bn(value("unchanged_floor_usd_bn")?),
            residual_months: value("residual_months")? as usize,
            fewest_residuals: value("fewest_residuals")? as usize,
            rules: raw.custody,
        })
    }

    /// Every place that some rule takes for a custody center.
    #[must_use]
    pub fn centers(&self) -> Vec<String> {
        let mut centers: Vec<String> = self
            .rules
            .iter()
            .flat_map(|rule| rule.centers.iter().cloned())
            .collect();
        centers.sort();
        centers.dedup();
        centers
    }

    fn rule(&self, reported_as: &str) -> Option<&CustodyRule> {
        let named = |name: &str| self.rules.iter().find(|rule| rule.name == name);
        named(reported_as).or_else(|| named(OTHERS))
    }
}

fn is_share(share: f64) -> bool {
    (0.0..=1.0).contains(&share)
}

/// Net purchases of one center over the window.
#[derive(Debug, Clone, PartialEq)]
pub struct CenterFlow {
    /// The center.
    pub center: String,
    /// All Treasuries, over the months at hand.
    pub net_purchases: Usd,
    /// Notes, bonds, TIPS and FRNs, over the months at hand.
    pub long_term: Usd,
    /// Months at hand of those of the window.
    pub months: usize,
}

/// What may have been bought or sold through custodians abroad.
#[derive(Debug, Clone, PartialEq)]
pub struct CustodyRange {
    /// Flows of the centers.
    pub centers: Vec<CenterFlow>,
    /// Largest share of each, 0 to 1.
    pub share: f64,
    /// How the share comes about.
    pub basis: ShareBasis,
    /// Where centers and share come from.
    pub source: String,
    /// Least that may come on top of the reported purchases; zero or below.
    pub low: Usd,
    /// Most that may come on top; zero or above.
    pub high: Usd,
    /// As low, of long-term purchases only.
    pub low_long_term: Usd,
    /// As high, of long-term purchases only.
    pub high_long_term: Usd,
    /// Months that every center has, of those of the window.
    pub months: usize,
    /// Months of the window's sums.
    pub of: usize,
}

/// How the largest share comes about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ShareBasis {
    /// The user named it.
    Own,
    /// Declared as such.
    Declared,
    /// A declared multiple of the country's weight at the end of a month.
    Weight {
        /// The multiple.
        times: f64,
        /// Holdings over all foreign holdings outside the centers.
        weight: f64,
        /// Month of the holdings.
        month: Month,
    },
}

/// What can be said of custodians abroad.
#[derive(Debug, Clone, PartialEq)]
pub enum Custody {
    /// A group or a custody center has none; nor has a window without net purchases.
    NotForThisHolder,
    /// No month of the window has the centers' net purchases.
    NotAtHand,
    /// The range.
    Range(CustodyRange),
}

impl Custody {
    /// The range, where there is one.
    #[must_use]
    pub fn range(&self) -> Option<&CustodyRange> {
        match self {
            Custody::Range(range) => Some(range),
            Custody::NotForThisHolder | Custody::NotAtHand => None,
        }
    }
}

/// The range for a country over the months of the window's sums.
pub(super) fn range(
    known: &KnownOn<'_>,
    holder: &Holder,
    window: &Window,
    own_share: Option<f64>,
    assumptions: &Assumptions,
) -> Result<Custody, DataError> {
    if let Some(share) = own_share.filter(|share| !is_share(*share)) {
        return Err(DataError::Share { share });
    }
    let (HolderKind::Country, Some(sums), Some(rule)) = (
        holder.kind,
        &window.sums,
        assumptions.rule(&holder.reported_as),
    ) else {
        return Ok(Custody::NotForThisHolder);
    };
    let records = rule
        .centers
        .iter()
        .map(|center| Ok((center.as_str(), history(known, center)?)))
        .collect::<Result<Vec<_>, DataError>>()?;
    let basis = match (own_share, rule.share_of) {
        (Some(_), _) => Some(ShareBasis::Own),
        (None, ShareOf::Purchases) => Some(ShareBasis::Declared),
        (None, ShareOf::Weight) => weight(known, holder, &records, sums.from, rule.share)?,
    };
    let centers: Vec<CenterFlow> = records
        .iter()
        .map(|(center, months)| flow(center, months, sums.from, sums.through))
        .collect();
    let months = centers.iter().map(|center| center.months).min();
    let (Some(basis), Some(months @ 1..)) = (basis, months) else {
        return Ok(Custody::NotAtHand);
    };
    let share = match basis {
        ShareBasis::Weight { times, weight, .. } => times * weight,
        ShareBasis::Own | ShareBasis::Declared => own_share.unwrap_or(rule.share),
    };
    let bound = |of: &dyn Fn(&CenterFlow) -> Usd, keep: &dyn Fn(f64) -> f64| {
        let sum: f64 = centers
            .iter()
            .map(|center| keep(of(center).dollars()))
            .sum();
        Usd::from_dollars(share * sum)
    };
    let (fall, rise) = (|x: f64| x.min(0.0), |x: f64| x.max(0.0));
    Ok(Custody::Range(CustodyRange {
        share,
        basis,
        source: rule.source.clone(),
        low: bound(&|center| center.net_purchases, &fall),
        high: bound(&|center| center.net_purchases, &rise),
        low_long_term: bound(&|center| center.long_term, &fall),
        high_long_term: bound(&|center| center.long_term, &rise),
        months,
        of: sums.months,
        centers,
    }))
}

/// The country's weight at the newest month before `from` in which all the figures are at hand: long-term holdings, which every
/// country of the report has.
fn weight(
    known: &KnownOn<'_>,
    holder: &Holder,
    centers: &[(&str, Vec<HolderMonth>)],
    from: Month,
    times: f64,
) -> Result<Option<ShareBasis>, DataError> {
    let own = history(known, &holder.reported_as)?;
    let everyone = history(known, "all_foreign")?;
    let level = |months: &[HolderMonth], month: Month| {
        let found = months.iter().find(|found| found.month == month)?;
        found.holdings.long_term
    };
    for here in own.iter().rev().filter(|here| here.month < from) {
        let month = here.month;
        let hidden: Option<Vec<Usd>> = centers
            .iter()
            .map(|(_, months)| level(months, month))
            .collect();
        if let (Some(mine), Some(all), Some(hidden)) =
            (here.holdings.long_term, level(&everyone, month), hidden)
        {
            let open = hidden.into_iter().fold(all, |left, center| left - center);
            let weight = mine.dollars() / open.dollars();
            return Ok(is_share(weight).then_some(ShareBasis::Weight {
                times,
                weight,
                month,
            }));
        }
    }
    Ok(None)
}

fn flow(center: &str, months: &[HolderMonth], from: Month, through: Month) -> CenterFlow {
    let mut found = CenterFlow {
        center: center.to_owned(),
        net_purchases: Usd::ZERO,
        long_term: Usd::ZERO,
        months: 0,
    };
    for month in months {
        if let (true, Some(total), Some(long_term)) = (
            month.month >= from && month.month <= through,
            month.net_purchases.total,
            month.net_purchases.long_term,
        ) {
            found.net_purchases += total;
            found.long_term += long_term;
            found.months += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_names_holders_of_the_report() {
        let assumptions = Assumptions::shipped().unwrap();
        let snapshot = crate::Snapshot::embedded();
        let known = snapshot.in_hindsight().tic_holders().unwrap();
        for center in assumptions.centers() {
            assert!(known.contains(&center), "{center}");
        }
        for rule in &assumptions.rules {
            assert!(
                rule.name == OTHERS || known.contains(&rule.name),
                "{}",
                rule.name
            );
            assert!(!rule.centers.contains(&rule.name), "{}", rule.name);
        }
    }

    #[test]
    fn a_wrong_file_is_refused_with_the_reason() {
        for (from, to, reason) in [
            ("schema = 1", "schema = 2", "schema = 2"),
            ("share = 0.5", "share = 1.5", "between 0 and 1"),
            ("every other country", "nobody", "every other country"),
            ("unchanged_pct", "other_pct", "unchanged_pct"),
            ("share = 0.5", "shares = 0.5", "shares"),
        ] {
            let error = Assumptions::read(&TOML.replace(from, to))
                .unwrap_err()
                .to_string();
            assert!(error.contains(reason) && error.contains(FILE), "{error}");
        }
    }
}
