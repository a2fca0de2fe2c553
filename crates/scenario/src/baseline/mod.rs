//! The market of the day: curve, everything outstanding with its price, who holds it, who can sell it.
//!
//! `Baseline::at` uses what had been published by the close of the as-of day and nothing later. What is inferred or
//! estimated is a numbered warning, not a footnote.

pub(crate) mod economy;
mod holders;
mod margins;
mod securities;
mod sellers;
pub(crate) mod survey;

pub use holders::{HolderTable, OutstandingByMaturity};
pub use securities::{PricedSecurity, PricingInputs, bucket_of};
pub(crate) use securities::{frn_index, thirteen_week_auctions};
pub use sellers::{CURRENCIES, Seller};
pub(crate) use sellers::{EURO, YEN};

use brandish_curve::DiscountCurve;
use brandish_data::survey::SurveyGroup;
use brandish_data::{
    BudgetBaseline, DataError, GovernmentAccounts, KnownOn, ParYields, Quality, SecurityKind,
    Snapshot, Soma, Vintage,
};
use brandish_effects::issuer::{IssuedDebt, Repricing};
use brandish_effects::valuation::{BasketValuation, BucketHolding, BucketValuation};
use brandish_habitat::{BUCKETS, Market, reference_mix};
use brandish_units::{Bp, Date, JpyPerUsd, Tenor, Usd, UsdPerEur, calendar};

use crate::error::ScenarioError;
use crate::file::{HolderName, HoldingMix, Lot, Scenario};
use crate::outcome::{SourceUse, Warning};
use crate::parameters::{Economy, ParameterBook};
use crate::pricing::{CurveFile, DayCurve, NamedCurve};
use crate::settings::Settings;
use crate::warnings;
use sellers::Spread;

/// First day for which the universe can be rebuilt: the business day after the statement of 30 September 2023.
#[must_use]
pub fn first_day() -> Date {
    Date::from_ymd(2023, 10, 2).unwrap_or(Date::MIN)
}

/// Tables of the snapshot that a baseline reads.
const SOURCES: [&str; 19] = [
    "auctions",
    "buybacks",
    "dealer_positions",
    "fx_ecb",
    "fx_h10",
    "government_accounts",
    "japan_reserves",
    "par_yields",
    "par_yields_continued",
    "real_yields",
    "reference_cpi",
    "securities_2023_09_30",
    "securities_2025_04_30",
    "securities_2026_04_30",
    "shl_maturity",
    "shl_official_private",
    "soma",
    "tic_holdings",
    "z1_sectors",
];

/// The market of a day.
#[derive(Debug)]
pub struct Baseline {
    /// The day.
    pub as_of: Date,
    /// Its par yields: Treasury's, or those of the user's own curve.
    pub par: ParYields,
    /// Treasury's par yields of the day, whatever curve is used.
    pub published: ParYields,
    /// The curve through them.
    pub curve: DiscountCurve,
    /// Everything outstanding with its price.
    pub securities: Vec<PricedSecurity>,
    /// Market value by maturity.
    pub outstanding: OutstandingByMaturity,
    /// Who holds it.
    pub holders: HolderTable,
    /// Shares of foreign officials' long-term holdings by maturity bucket.
    pub survey_official: [f64; BUCKETS],
    /// The engine's market: covariance and sectors.
    pub market: Market,
    /// GDP and utilization.
    pub economy: Economy,
    /// The GDP release used.
    pub gdp_quarter: String,
    /// Dollar-yen rate known on the day, and its day.
    pub usdjpy: Option<(JpyPerUsd, Date)>,
    /// Dollars per euro known on the day, and their day.
    pub eurusd: Option<(UsdPerEur, Date)>,
    /// What must be said with every number of this day.
    pub warnings: Vec<Warning>,
    spread: Spread,
    inputs: PricingInputs,
    known_sellers: Vec<Seller>,
    /// What only the taxpayer's bill needs; the reason where it is missing.
    budget: Result<BudgetBaseline, String>,
    soma: Result<Soma, String>,
    government_accounts: Result<GovernmentAccounts, String>,
}

/// Why there is no baseline for a day, or nothing if there can be one.
#[must_use]
pub fn why_not(snapshot: &Snapshot, day: Date) -> Option<String> {
    if day < first_day() {
        return Some(format!(
            "outstanding securities are known from {} on (the statement of 2023-09-30); use a later day",
            first_day()
        ));
    }
    match snapshot.known_on(day).par_yields(day) {
        Ok(_) => None,
        Err(error) => Some(error.to_string()),
    }
}

/// Names that a scenario can use for sellers, beside those it defines.
///
/// # Errors
/// If the snapshot cannot be read.
pub fn holder_names(snapshot: &Snapshot) -> Result<Vec<String>, DataError> {
    Ok(sellers::names(&snapshot.in_hindsight().tic_holders()?))
}

/// Last day with par yields.
///
/// # Errors
/// If the snapshot cannot be read.
pub fn last_day(snapshot: &Snapshot) -> Result<Date, DataError> {
    Ok(snapshot.in_hindsight().par_yield_range()?.1)
}

impl Baseline {
    /// Puts the market of a day together on Treasury's curve.
    ///
    /// # Errors
    /// As [`Baseline::on_curve`].
    pub fn at(
        snapshot: &Snapshot,
        as_of: Date,
        book: &ParameterBook,
        settings: Settings,
    ) -> Result<Self, ScenarioError> {
        Self::on_curve(snapshot, as_of, book, settings, None)
    }

    /// Puts the market of a day together, on a user's own curve if there is one.
    ///
    /// # Errors
    /// A day without par yields or outside the universe (with the reason), data that contradict each other, totals
    /// that cannot be reconciled.
    pub fn on_curve(
        snapshot: &Snapshot,
        as_of: Date,
        book: &ParameterBook,
        settings: Settings,
        own: Option<&CurveFile>,
    ) -> Result<Self, ScenarioError> {
        if let Some(reason) = why_not(snapshot, as_of) {
            return Err(ScenarioError::NoBaseline { as_of, reason });
        }
        let known = snapshot.known_on(as_of);
        let mut warnings = Vec::new();
        let published = known.par_yields(as_of)?;
        let provenance = &published.provenance;
        if provenance.quality == Quality::Estimated || !provenance.note.is_empty() {
            warnings.push(Warning {
                code: "BR024",
                text: format!(
                    "par yields of {as_of}: {} ({})",
                    provenance.quality.word(),
                    provenance.note
                ),
            });
        }
        let breakeven = breakeven(&known, &published, &mut warnings)?;
        let origin = own.map_or(DayCurve::Treasury, DayCurve::File);
        // Shifts of par yields need a curve that was built from them.
        let curve = NamedCurve::of_day(snapshot, as_of, origin)?.par;
        let par = match own {
            None => published.clone(),
            Some(file) => {
                warnings.push(warnings::own_curve(&file.path));
                on_curve(&published, &curve)?
            }
        };
        let inputs = PricingInputs::on(&known, as_of, breakeven)?;
        let universe = known.securities_outstanding(as_of)?;
        for note in &universe.notes {
            warnings.push(warnings::estimated_universe(note));
        }
        let securities = securities::price_all(
            universe.securities,
            &known.tips_references()?,
            &curve,
            &inputs,
        )?;
        for note in securities
            .iter()
            .filter_map(|security| security.price_note.as_deref())
        {
            warnings.push(Warning {
                code: "BR025",
                text: note.to_owned(),
            });
        }
        let outstanding = outstanding_by_maturity(&securities);
        let survey = known.survey_maturity(SurveyGroup::Official)?;
        let survey_official = match settings {
            Settings::Product => survey::shares_by_bucket(&survey, &outstanding.coupons_usd_bn),
            Settings::Reference => reference_mix::JAPAN,
        };
        let holders = holders::table(&known, &outstanding, &survey_official)?;
        let (market, economy, gdp_quarter) = economy::of_the_day(&known, as_of, book, settings)?;
        if settings == Settings::Product {
            warnings.push(warnings::unverified_gdp(&gdp_quarter));
        }
        let usdjpy = known
            .usdjpy()
            .ok()
            .map(|rate| (rate.value, rate.provenance.observed));
        let eurusd = known
            .eurusd()
            .ok()
            .map(|rate| (rate.value, rate.provenance.observed));
        let spread = Spread {
            bills: shares(&outstanding.bills_usd_bn),
            survey: survey_official,
            survey_month: survey.month.to_string(),
        };
        let known_sellers = sellers::all(&known, &spread)?;
        Ok(Self {
            as_of,
            par,
            published,
            curve,
            securities,
            outstanding,
            holders,
            survey_official,
            market,
            economy,
            gdp_quarter,
            usdjpy,
            eurusd,
            warnings,
            spread,
            inputs,
            known_sellers,
            budget: known.budget_baseline().map_err(|error| error.to_string()),
            soma: known.soma_by_type().map_err(|error| error.to_string()),
            government_accounts: known
                .government_accounts()
                .map_err(|error| error.to_string()),
        })
    }

    /// The engine's market and the economy of this day under other priors: all that priors enter the baseline through.
    ///
    /// # Errors
    /// Too little history for a covariance or a percentile.
    pub(crate) fn market_under(
        &self,
        snapshot: &Snapshot,
        book: &ParameterBook,
        settings: Settings,
    ) -> Result<(Market, Economy), ScenarioError> {
        let known = snapshot.known_on(self.as_of);
        let (market, economy, _) = economy::of_the_day(&known, self.as_of, book, settings)?;
        Ok((market, economy))
    }

    /// The budget office's newest baseline of the day, or why there is none.
    ///
    /// # Errors
    /// The reason, in words.
    pub fn budget(&self) -> Result<&BudgetBaseline, String> {
        self.budget.as_ref().map_err(Clone::clone)
    }

    /// The Fed's holdings by type, or why they are not known.
    pub(crate) fn soma(&self) -> Result<&Soma, String> {
        self.soma.as_ref().map_err(Clone::clone)
    }

    /// Marketable securities in government accounts, or why they are not known.
    pub(crate) fn government_accounts(&self) -> Result<&GovernmentAccounts, String> {
        self.government_accounts.as_ref().map_err(Clone::clone)
    }

    /// The flat breakeven of the day.
    pub(crate) const fn breakeven(&self) -> Bp {
        self.inputs.breakeven
    }

    /// A holder as a seller: one that the scenario defines, or one of the monthly report.
    ///
    /// # Errors
    /// A holder that neither knows on this day.
    pub fn seller(&self, name: &HolderName, scenario: &Scenario) -> Result<Seller, ScenarioError> {
        if let Some(holder) = scenario.holders.get(name) {
            let portfolio = match &holder.mix {
                HoldingMix::Portfolio(portfolio) => {
                    Some(self.value_by_bucket_usd_bn(&portfolio.lots))
                }
                _ => None,
            };
            return sellers::defined(name, holder, &self.spread, portfolio);
        }
        self.known_sellers
            .iter()
            .find(|seller| seller.name == name.as_str())
            .cloned()
            .ok_or_else(|| ScenarioError::Holders {
                message: format!(
                    "no holdings of `{name}` had been published by {}",
                    self.as_of
                ),
            })
    }

    /// Market value by bucket of lots of a portfolio, $bn; lots that are not outstanding count nothing.
    #[must_use]
    pub fn value_by_bucket_usd_bn(&self, lots: &[Lot]) -> [f64; BUCKETS] {
        securities::value_of_lots(
            &self.securities,
            lots.iter().map(|lot| (lot.cusip, lot.face)),
        )
        .0
    }

    /// Lots of a portfolio whose securities are not outstanding on the day.
    #[must_use]
    pub fn unknown_lots(&self, lots: &[Lot]) -> Vec<brandish_units::Cusip> {
        securities::value_of_lots(
            &self.securities,
            lots.iter().map(|lot| (lot.cusip, lot.face)),
        )
        .1
    }

    /// Shares of bills outstanding by bucket.
    #[must_use]
    pub fn bill_shares(&self) -> [f64; BUCKETS] {
        self.spread.bills
    }

    /// Shares of coupon securities outstanding by bucket.
    #[must_use]
    pub fn coupon_shares(&self) -> [f64; BUCKETS] {
        shares(&self.outstanding.coupons_usd_bn)
    }

    /// Published par yields in percent.
    #[must_use]
    pub fn par_pct(&self) -> Vec<(Tenor, f64)> {
        self.par
            .published()
            .map(|(tenor, value)| (tenor, value.percent()))
            .collect()
    }

    /// Prices of the buckets on shifted curves.
    ///
    /// # Errors
    /// A bucket in which nothing is outstanding.
    pub fn valuation(&self) -> Result<BucketValuation, ScenarioError> {
        self.valuation_with(&[])
    }

    /// Prices of the buckets, and after them of own baskets, on shifted curves.
    ///
    /// # Errors
    /// A bucket or basket with nothing in it.
    pub(crate) fn valuation_with(
        &self,
        baskets: &[Vec<BucketHolding>],
    ) -> Result<BucketValuation, ScenarioError> {
        let holdings: Vec<BucketHolding> = self
            .securities
            .iter()
            .map(|security| BucketHolding {
                bucket: security.bucket,
                payments: security.payments.clone(),
                weight: security.record.par.bn(),
            })
            .collect();
        Ok(BucketValuation::with_baskets(
            &self.curve,
            self.inputs.settlement,
            &holdings,
            baskets,
        )?)
    }

    /// Prices of single securities on shifted curves, in the order given.
    ///
    /// # Errors
    /// A curve that cannot be shifted.
    pub(crate) fn valuation_of<'a>(
        &self,
        securities: impl Iterator<Item = &'a PricedSecurity>,
    ) -> Result<BasketValuation, ScenarioError> {
        let payments: Vec<_> = securities
            .map(|security| security.payments.clone())
            .collect();
        Ok(BasketValuation::new(
            &self.curve,
            self.inputs.settlement,
            &payments,
        )?)
    }

    /// What has to be refinanced or resets within the year.
    #[must_use]
    pub fn maturing_debt(&self) -> Vec<IssuedDebt> {
        let year_end = self.as_of.plus_months(12);
        self.securities
            .iter()
            .filter_map(|security| {
                let record = &security.record;
                let amount = Usd::from_bn(record.outstanding.bn());
                if record.kind == SecurityKind::Frn {
                    return Some(IssuedDebt {
                        amount,
                        repricing: Repricing::Floating,
                    });
                }
                (record.maturity <= year_end).then(|| IssuedDebt {
                    amount,
                    repricing: Repricing::Rolled {
                        day: calendar::business_days_between(self.as_of, record.maturity).max(1)
                            as usize,
                        term_years: f64::from(record.maturity - record.first_issue) / 365.25,
                    },
                })
            })
            .collect()
    }

    /// The sources that this market was put together from.
    ///
    /// # Errors
    /// If a source's metadata cannot be read.
    pub fn sources(&self, snapshot: &Snapshot) -> Result<Vec<SourceUse>, ScenarioError> {
        // Without a budget baseline a run goes on, so the table is a source only where it was read.
        let budget = self.budget.is_ok().then_some("cbo_baseline");
        SOURCES
            .iter()
            .copied()
            .chain(budget)
            .map(|name| Ok(SourceUse::of(name, snapshot.metadata(name)?)))
            .collect()
    }
}

/// The flat breakeven of the day, with its warning: the published ten-year breakeven, or where that series has ended the
/// ten-year par yield less the ten-year real par yield (which is what the series is).
fn breakeven(
    known: &KnownOn<'_>,
    par: &ParYields,
    warnings: &mut Vec<Warning>,
) -> Result<Bp, ScenarioError> {
    let as_of = par.date;
    let (value, provenance) = match (known.breakeven_10y(as_of), par.get(Tenor::Y10)) {
        (Ok(observed), _) => (observed.value, observed.provenance),
        (Err(DataError::NoObservation { .. }), Some(nominal)) => {
            let real = known.real_yield_10y(as_of)?;
            (
                Bp((nominal.decimal() - real.value.decimal()) * 1e4),
                real.provenance,
            )
        }
        (Err(error), _) => return Err(error.into()),
    };
    warnings.push(warnings::flat_breakeven(value.0 / 100.0));
    if provenance.vintage == Vintage::RevisedLater {
        warnings.push(warnings::revised_later("the ten-year breakeven"));
    }
    Ok(value)
}

/// The par yields of a user's own curve at every published tenor.
fn on_curve(published: &ParYields, curve: &DiscountCurve) -> Result<ParYields, ScenarioError> {
    let points = curve.par_points().unwrap_or_default();
    let mut yields = [None; Tenor::ALL.len()];
    for (slot, tenor) in yields.iter_mut().zip(Tenor::ALL) {
        let years = tenor.years();
        *slot = Some(match points.iter().find(|(at, _)| *at == years) {
            Some((_, par_yield)) => *par_yield,
            None => curve.par_yield(years)?,
        });
    }
    Ok(ParYields {
        yields,
        ..published.clone()
    })
}

fn outstanding_by_maturity(securities: &[PricedSecurity]) -> OutstandingByMaturity {
    let mut outstanding = OutstandingByMaturity {
        bills_usd_bn: [0.0; BUCKETS],
        coupons_usd_bn: [0.0; BUCKETS],
    };
    for security in securities {
        let side = if security.record.kind == SecurityKind::Bill {
            &mut outstanding.bills_usd_bn
        } else {
            &mut outstanding.coupons_usd_bn
        };
        side[security.bucket] += security.market_value.bn();
    }
    outstanding
}

fn shares(values: &[f64; BUCKETS]) -> [f64; BUCKETS] {
    let total: f64 = values.iter().sum();
    if total > 0.0 {
        values.map(|value| value / total)
    } else {
        *values
    }
}
