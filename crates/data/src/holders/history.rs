//! A holder's months: holdings, their change, and what the change is made of.
//!
//! For all Treasuries, in dollars: change = net purchases + valuation + unexplained. Long-term holdings have an identity of
//! their own. For bills TIC reports the change of the position as net purchases, so they have no valuation and nothing
//! unexplained. Net purchases by custodian begin with 2023-02 (bills: 2020-01); before that a month has holdings and their
//! change only, and the closed Form S stands apart, since it counts by the place of the counterparty.

use brandish_units::{Date, Usd};

use super::Parts;
use super::parts::Split;
use super::reading::{self, Record, Version};
use crate::DataError;
use crate::known::KnownOn;
use crate::month::Month;
use crate::quality::{Quality, Vintage};

/// Why a figure of a month is not available.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// There is no total in the report.
    Total,
    /// Bills and long-term are not told apart.
    Parts,
    /// The month before is not at hand, so there is no change.
    MonthBefore,
    /// Before net purchases by custodian are published.
    BeforeFlows,
    /// No net purchases in the vintages at hand.
    Flows,
    /// Net purchases of long-term holdings only.
    TotalFlows,
    /// No valuation in the vintages at hand.
    Valuation,
}

impl Lack {
    /// What is missing and why, as a clause.
    pub const fn words(self) -> &'static str {
        match self {
            Lack::Total => "the report gives no total, only long-term holdings",
            Lack::Parts => "bills and long-term are not told apart in the vintage at hand",
            Lack::MonthBefore => "no figure of the month before is at hand, so no change",
            Lack::BeforeFlows => {
                "net purchases by custodian begin with 2023-02 (bills with 2020-01)"
            }
            Lack::Flows => "no net purchases in the vintages at hand",
            Lack::TotalFlows => "only the long-term part of net purchases is at hand",
            Lack::Valuation => {
                "no valuation in the vintages at hand, so valuation and unexplained only together"
            }
        }
    }
}

/// Which vintages a month rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthVintages {
    /// Of the holdings.
    pub holdings: Month,
    /// Of the net purchases.
    pub flows: Option<Month>,
    /// Of the valuation.
    pub valuation: Option<Month>,
    /// Whether the month before is of another vintage, so that the change holds a revision too.
    pub mixed: bool,
}

/// What an older vintage that was out said of the same month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Earlier {
    /// Its month.
    pub vintage: Month,
    /// Holdings there.
    pub holdings: Parts,
    /// Holdings now less holdings there.
    pub revision: Parts,
}

/// Holdings as the press quoted the first release.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FirstRelease {
    /// All Treasuries, rounded as quoted.
    pub holdings: Usd,
    /// Holdings now less those.
    pub revision: Option<Usd>,
}

/// A month of a holder.
#[derive(Debug, Clone, PartialEq)]
pub struct HolderMonth {
    /// Month observed (its end).
    pub month: Month,
    /// When it came out.
    pub released: Date,
    /// Market value at its end.
    pub holdings: Parts,
    /// Holdings less those of the month before.
    pub change: Parts,
    /// Bought less sold.
    pub net_purchases: Parts,
    /// Change in value of long-term holdings.
    pub valuation: Option<Usd>,
    /// What purchases and valuation do not explain.
    pub unexplained: Parts,
    /// Change less net purchases of all Treasuries: valuation and unexplained together.
    pub not_purchases: Option<Usd>,
    /// Net long-term transactions of the closed Form S, by the counterparty's place; not to be added to anything here.
    pub form_s_long_term: Option<Usd>,
    /// What it rests on.
    pub vintages: MonthVintages,
    /// An older vintage, where one was out.
    pub earlier: Option<Earlier>,
    /// As the first release had it, where the press quoted a total.
    pub first_published: Option<FirstRelease>,
    /// Whether a figure is of a vintage later than the as-of date.
    pub revised_later: bool,
    /// How the figures came about, the worst of them.
    pub quality: Quality,
    /// What is not available.
    pub lacks: Vec<Lack>,
}

/// All months of a holder of the report (by the report's name) that were out.
///
/// # Errors
/// A table that cannot be read; a holder of whom nothing was out by the as-of date.
pub fn history(known: &KnownOn<'_>, holder: &str) -> Result<Vec<HolderMonth>, DataError> {
    let record = reading::read(known, holder)?;
    let flows_begin = reading::flows_begin(known)?;
    let firsts: Vec<(Month, Usd)> = known
        .tic_first_published()?
        .into_iter()
        .filter(|first| first.holder == holder && first.measure == "total_usd_mn")
        .map(|first| (first.month, first.value))
        .collect();
    let months: Vec<HolderMonth> = record
        .holdings
        .iter()
        .filter_map(|(month, versions)| {
            let level = versions.chosen()?;
            let first = firsts.iter().find(|(of, _)| of == month).map(|(_, v)| *v);
            Some(one(&record, *month, level, (first, flows_begin)))
        })
        .collect();
    if months.is_empty() {
        return Err(nothing_out(known, holder)?);
    }
    Ok(months)
}

/// The error that says from when on there is something.
fn nothing_out(known: &KnownOn<'_>, holder: &str) -> Result<DataError, DataError> {
    let hindsight = known.snapshot().in_hindsight();
    let first = match hindsight.tic_holdings(holder, Month::of(Date::MIN), Month::of(Date::MAX)) {
        Ok(months) => months
            .first()
            .map(|month| format!("{}, out on {}", month.month, month.provenance.release.date)),
        Err(error) => return Err(error),
    };
    Ok(DataError::NothingPublished {
        series: format!("TIC holdings of {holder}"),
        as_of: known.as_of(),
        first: first.unwrap_or_else(|| "none".to_owned()),
    })
}

fn one(
    record: &Record,
    month: Month,
    level: &Version,
    (first_published, flows_begin): (Option<Usd>, Month),
) -> HolderMonth {
    let versions = record.holdings.get(&month);
    let before = record
        .holdings
        .get(&month.plus_months(-1))
        .and_then(|versions| versions.chosen());
    let flow = record.flows.get(&month);
    let chosen_flow = flow.and_then(|versions| versions.chosen());
    let valuation = flow.and_then(|versions| versions.valuation());
    let holdings = level.amounts;
    let change = before.map_or_else(Parts::default, |before| {
        holdings.with(before.amounts, |now, then| now - then)
    });
    let net_purchases = chosen_flow.map_or_else(Parts::default, |flow| flow.amounts);
    let split = |change: Option<Usd>, net: Option<Usd>, valuation: Option<Usd>| {
        Some(
            Split {
                change: change?,
                net_purchases: net?,
                valuation: valuation?,
            }
            .unexplained(),
        )
    };
    let valued = valuation.map(|(amount, _)| amount);
    let unexplained = Parts {
        total: split(change.total, net_purchases.total, valued),
        // TIC gives the change of the position as the purchases of bills: there is no valuation to take off.
        bills: split(change.bills, net_purchases.bills, Some(Usd::ZERO)),
        long_term: split(change.long_term, net_purchases.long_term, valued),
    };
    let later = |version: &Version| version.provenance.vintage == Vintage::RevisedLater;
    let mut month = HolderMonth {
        month,
        released: level.provenance.release.date,
        holdings,
        change,
        net_purchases,
        valuation: valued,
        unexplained,
        not_purchases: split(change.total, net_purchases.total, Some(Usd::ZERO)),
        form_s_long_term: record.form_s.get(&month).copied(),
        vintages: MonthVintages {
            holdings: level.vintage,
            flows: chosen_flow.map(|flow| flow.vintage),
            valuation: valuation.map(|(_, vintage)| vintage),
            mixed: before.is_some_and(|before| before.vintage != level.vintage),
        },
        earlier: versions
            .and_then(|versions| versions.earlier())
            .map(|earlier| Earlier {
                vintage: earlier.vintage,
                holdings: earlier.amounts,
                revision: holdings.with(earlier.amounts, |now, then| now - then),
            }),
        first_published: first_published.map(|first| FirstRelease {
            holdings: first,
            revision: holdings.total.map(|now| now - first),
        }),
        revised_later: later(level) || chosen_flow.is_some_and(later),
        quality: chosen_flow.map_or(level.provenance.quality, |flow| {
            flow.provenance.quality.max(level.provenance.quality)
        }),
        lacks: Vec::new(),
    };
    month.lacks = lacks(&month, flows_begin);
    month
}

fn lacks(month: &HolderMonth, flows_begin: Month) -> Vec<Lack> {
    let no_flow = month.net_purchases.total.is_none() && month.net_purchases.long_term.is_none();
    let found = [
        (month.holdings.total.is_none(), Lack::Total),
        (
            month.holdings.total.is_some()
                && (month.holdings.bills.is_none() || month.holdings.long_term.is_none()),
            Lack::Parts,
        ),
        (
            month.change.total.is_none() && month.change.long_term.is_none(),
            Lack::MonthBefore,
        ),
        (no_flow && month.month < flows_begin, Lack::BeforeFlows),
        (no_flow && month.month >= flows_begin, Lack::Flows),
        (
            !no_flow && month.net_purchases.total.is_none() && month.holdings.total.is_some(),
            Lack::TotalFlows,
        ),
        (!no_flow && month.valuation.is_none(), Lack::Valuation),
    ];
    found
        .into_iter()
        .filter_map(|(lacks, what)| lacks.then_some(what))
        .collect()
}
