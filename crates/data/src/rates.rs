//! Rates beside the par curve: breakevens, real yields, policy rates, Svensson parameters, term premia, JGB yields.
//!
//! Each accessor gives the value of a day with its provenance, or says why there is none and which day is nearest. Policy
//! rates of a day are out on the next morning (EFFR, SOFR). Term premia and Svensson parameters are model output, re-estimated
//! with each vintage.

use brandish_units::{BondYield, Bp, Date, RealYield, Years};

use crate::DataError;
use crate::known::KnownOn;
use crate::quality::{Observed, Provenance};

/// Money market rates of a day, percent a year on actual/360; a rate that is not in the source is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyRates {
    /// The day.
    pub date: Date,
    /// Effective federal funds rate.
    pub effr_pct: Option<Percent>,
    /// Lower end of the target range.
    pub target_lower_pct: Option<Percent>,
    /// Upper end of the target range.
    pub target_upper_pct: Option<Percent>,
    /// Interest on reserve balances.
    pub iorb_pct: Option<Percent>,
    /// Secured overnight financing rate.
    pub sofr_pct: Option<Percent>,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

/// A money market rate in percent a year, actual/360.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Percent(pub f64);

/// Svensson parameters of the Gurkaynak-Sack-Wright curve:
/// y(n) = b0 + b1 (1-e^(-n/t1))/(n/t1) + b2 ((1-e^(-n/t1))/(n/t1) - e^(-n/t1)) + b3 ((1-e^(-n/t2))/(n/t2) - e^(-n/t2)),
/// n in years, y in percent, continuously compounded (Svensson 1994; feds200628).
#[derive(Debug, Clone, PartialEq)]
pub struct Gsw {
    /// The day.
    pub date: Date,
    /// b0 to b3, percent.
    pub beta_pct: [Percent; 4],
    /// t1 and t2.
    pub tau: [Years; 2],
    /// Origin, release, quality.
    pub provenance: Provenance,
}

/// JGB yields of a day by maturity.
#[derive(Debug, Clone, PartialEq)]
pub struct JgbYields {
    /// The day.
    pub date: Date,
    /// Maturity and yield, shortest first; maturities without a yield are absent.
    pub yields: Vec<(Years, BondYield)>,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

const JGB_YEARS: [u32; 15] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40];

impl KnownOn<'_> {
    /// The 10-year breakeven inflation rate of a day: nominal less real par yield, as a spread.
    pub fn breakeven_10y(&self, date: Date) -> Result<Observed<Bp>, DataError> {
        self.value_on(
            "real_yields",
            "10-year breakeven",
            "breakeven_10y_pct",
            date,
        )
        .map(|(value, provenance)| Observed {
            value: Bp::from_percent(value),
            provenance,
        })
    }

    /// The 10-year real par yield (TIPS) of a day.
    pub fn real_yield_10y(&self, date: Date) -> Result<Observed<RealYield>, DataError> {
        self.value_on("real_yields", "10-year real yield", "real_10y_pct", date)
            .map(|(value, provenance)| Observed {
                value: RealYield::from_percent(value),
                provenance,
            })
    }

    /// The 10-year term premium of Adrian, Crump and Moench on a day.
    pub fn term_premium_acm_10y(&self, date: Date) -> Result<Observed<Bp>, DataError> {
        self.value_on(
            "term_premium_acm",
            "10-year term premium (ACM)",
            "term_premium_10y_pct",
            date,
        )
        .map(|(value, provenance)| Observed {
            value: Bp::from_percent(value),
            provenance,
        })
    }

    /// The 10-year term premium of Kim and Wright on a day.
    pub fn term_premium_kw_10y(&self, date: Date) -> Result<Observed<Bp>, DataError> {
        self.value_on(
            "term_premium_kw",
            "10-year term premium (Kim-Wright)",
            "term_premium_10y_pct",
            date,
        )
        .map(|(value, provenance)| Observed {
            value: Bp::from_percent(value),
            provenance,
        })
    }

    /// The newest policy rates that were out.
    pub fn policy_rates(&self) -> Result<PolicyRates, DataError> {
        let name = "policy_rates";
        let (row, provenance) = self.newest(name, name, &["effr_pct"])?;
        let table = self.table(name)?;
        let percent = |column: &str| -> Result<Option<Percent>, DataError> {
            Ok(row.optional_number(table.column(column)?)?.map(Percent))
        };
        Ok(PolicyRates {
            date: provenance.observed,
            effr_pct: percent("effr_pct")?,
            target_lower_pct: percent("target_lower_pct")?,
            target_upper_pct: percent("target_upper_pct")?,
            iorb_pct: percent("iorb_pct")?,
            sofr_pct: percent("sofr_pct")?,
            provenance,
        })
    }

    /// The Bank of Japan's policy rate on the as-of date.
    pub fn boj_policy_rate(&self) -> Result<Observed<Percent>, DataError> {
        let name = "boj_policy_rate";
        let table = self.table(name)?;
        let [date, rate] = table.columns(["effective_date", "policy_rate_pct"])?;
        let place = table.lower_bound(&self.as_of().plus_days(1).to_string());
        let row = match place.checked_sub(1) {
            Some(place) => table.row(place)?,
            None => {
                return Err(DataError::NothingPublished {
                    series: name.to_owned(),
                    as_of: self.as_of(),
                    first: table.first_key(),
                });
            }
        };
        Ok(Observed {
            value: Percent(row.number(rate)?),
            provenance: self.provenance(name, name, row.date(date)?)?,
        })
    }

    /// Svensson parameters of a day. Only windows around episodes are in the snapshot.
    pub fn gsw(&self, date: Date) -> Result<Gsw, DataError> {
        let (row, provenance) = self.on_day("gsw", "Svensson parameters", "gsw", date, &[])?;
        let [b0, b1, b2, b3, t1, t2] = self.table("gsw")?.columns([
            "beta0_pct",
            "beta1_pct",
            "beta2_pct",
            "beta3_pct",
            "tau1_years",
            "tau2_years",
        ])?;
        Ok(Gsw {
            date,
            beta_pct: [
                Percent(row.number(b0)?),
                Percent(row.number(b1)?),
                Percent(row.number(b2)?),
                Percent(row.number(b3)?),
            ],
            tau: [Years(row.number(t1)?), Years(row.number(t2)?)],
            provenance,
        })
    }

    /// JGB yields of a day.
    pub fn jgb_yields(&self, date: Date) -> Result<JgbYields, DataError> {
        let name = "jgb_yields";
        let (row, provenance) = self.on_day(name, "JGB yields", name, date, &[])?;
        let table = self.table(name)?;
        let mut yields = Vec::new();
        for years in JGB_YEARS {
            let column = table.column(&format!("jgb_{years}y_pct"))?;
            if let Some(value) = row.optional_number(column)? {
                yields.push((Years(f64::from(years)), BondYield::from_percent(value)));
            }
        }
        Ok(JgbYields {
            date,
            yields,
            provenance,
        })
    }

    fn value_on(
        &self,
        name: &'static str,
        series: &'static str,
        column: &'static str,
        date: Date,
    ) -> Result<(f64, Provenance), DataError> {
        let (row, provenance) = self.on_day(name, series, name, date, &[column])?;
        Ok((row.number(self.table(name)?.column(column)?)?, provenance))
    }
}
