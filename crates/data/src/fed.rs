//! The Federal Reserve: its own Treasuries, those in custody for foreign officials, liquidity, policy rates.
//!
//! Levels of Wednesday, published on Thursday (H.4.1). Custody is not ownership and a change is not a sale: 104.5 bn left
//! in the week to 2014-03-12 for another custodian, 76 bn in the week to 2023-03-22 went into the FIMA repo. SOMA amounts
//! are face value.

use brandish_units::{Date, FaceUsd, Usd};

use crate::DataError;
use crate::known::KnownOn;
use crate::quality::Provenance;

/// Treasuries of the System Open Market Account.
#[derive(Debug, Clone, PartialEq)]
pub struct Soma {
    /// Wednesday.
    pub date: Date,
    /// All Treasuries, without inflation compensation.
    pub treasuries: FaceUsd,
    /// Bills, where split (to 2025-10).
    pub bills: Option<FaceUsd>,
    /// Notes and bonds.
    pub notes_bonds: Option<FaceUsd>,
    /// FRNs.
    pub frn: Option<FaceUsd>,
    /// TIPS.
    pub tips: Option<FaceUsd>,
    /// Inflation compensation of the TIPS.
    pub tips_inflation_compensation: Option<FaceUsd>,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

/// Securities held for foreign official accounts, and what they keep at the Fed besides.
#[derive(Debug, Clone, PartialEq)]
pub struct Custody {
    /// Wednesday.
    pub date: Date,
    /// Treasuries.
    pub treasuries: Usd,
    /// Agency debt and mortgage-backed securities.
    pub agencies: Option<Usd>,
    /// Foreign repo pool (reverse repo with foreign official accounts).
    pub foreign_rrp: Option<Usd>,
    /// FIMA repo: dollars lent to foreign officials against Treasuries.
    pub fima_repo: Option<Usd>,
    /// Deposits of foreign officials.
    pub deposits: Option<Usd>,
    /// Central bank swap lines.
    pub swap_lines: Option<Usd>,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

/// Cash in the system.
#[derive(Debug, Clone, PartialEq)]
pub struct FedLiquidity {
    /// Wednesday.
    pub date: Date,
    /// Reserve balances.
    pub reserves: Usd,
    /// Treasury General Account.
    pub treasury_account: Option<Usd>,
    /// Overnight reverse repo.
    pub overnight_rrp: Option<Usd>,
    /// Standing repo.
    pub standing_repo: Option<Usd>,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

/// A bucket of the maturity distribution of SOMA's Treasuries.
#[derive(Debug, Clone, PartialEq)]
pub struct SomaBucket {
    /// Name: `0_15d 16_90d 91d_1y 1_5y 5_10y 10y_plus`.
    pub bucket: String,
    /// Face value.
    pub amount: FaceUsd,
}

impl KnownOn<'_> {
    /// The newest week of SOMA that was out.
    pub fn soma(&self) -> Result<Soma, DataError> {
        self.soma_with(&[])
    }

    /// The newest week of SOMA that was out and is split by type.
    pub fn soma_by_type(&self) -> Result<Soma, DataError> {
        self.soma_with(&["bills_usd_mn", "notes_bonds_usd_mn", "tips_usd_mn"])
    }

    fn soma_with(&self, needed: &[&str]) -> Result<Soma, DataError> {
        let (row, provenance) = self.newest("soma", "soma", needed)?;
        let columns = self.table("soma")?.columns([
            "bills_usd_mn",
            "notes_bonds_usd_mn",
            "frn_usd_mn",
            "tips_usd_mn",
            "tips_inflation_compensation_usd_mn",
        ])?;
        let mut amounts = [None; 5];
        for (amount, column) in amounts.iter_mut().zip(columns) {
            *amount = row.optional_number(column)?.map(FaceUsd::from_mn);
        }
        let [bills, notes_bonds, frn, tips, tips_inflation_compensation] = amounts;
        Ok(Soma {
            date: provenance.observed,
            treasuries: FaceUsd::from_mn(
                row.number(self.table("soma")?.column("treasuries_usd_mn")?)?,
            ),
            bills,
            notes_bonds,
            frn,
            tips,
            tips_inflation_compensation,
            provenance,
        })
    }

    /// SOMA by remaining maturity: the one date at hand (2026-06-24), an error before it was out.
    pub fn soma_maturity(&self) -> Result<(Vec<SomaBucket>, Provenance), DataError> {
        let (_, provenance) = self.newest("soma_maturity", "soma", &[])?;
        let table = self.table("soma_maturity")?;
        let [bucket, amount] = table.columns(["bucket", "amount_usd_mn"])?;
        let mut found = Vec::new();
        for row in table.rows_in(table.places_of(&provenance.observed.to_string())) {
            let row = row?;
            if row.text(bucket) != "all" {
                found.push(SomaBucket {
                    bucket: row.text(bucket).to_owned(),
                    amount: FaceUsd::from_mn(row.number(amount)?),
                });
            }
        }
        Ok((found, provenance))
    }

    /// The newest week of custody that was out.
    pub fn custody(&self) -> Result<Custody, DataError> {
        let (row, provenance) = self.newest("custody", "custody", &["treasuries_usd_mn"])?;
        let table = self.table("custody")?;
        let optional = |column: &str| -> Result<Option<Usd>, DataError> {
            Ok(row
                .optional_number(table.column(column)?)?
                .map(Usd::from_mn))
        };
        Ok(Custody {
            date: provenance.observed,
            treasuries: Usd::from_mn(row.number(table.column("treasuries_usd_mn")?)?),
            agencies: optional("agencies_usd_mn")?,
            foreign_rrp: optional("foreign_rrp_usd_mn")?,
            fima_repo: optional("fima_repo_usd_mn")?,
            deposits: optional("foreign_official_deposits_usd_mn")?,
            swap_lines: optional("swap_lines_usd_mn")?,
            provenance,
        })
    }

    /// Custody Treasuries by Wednesday from `from` to `to` (both included), as far as they were out.
    pub fn custody_history(&self, from: Date, to: Date) -> Result<Vec<(Date, Usd)>, DataError> {
        let table = self.table("custody")?;
        let [date, amount] = table.columns(["date", "treasuries_usd_mn"])?;
        let mut found = Vec::new();
        for row in table.rows_in(
            table.lower_bound(&from.to_string())..table.lower_bound(&to.plus_days(1).to_string()),
        ) {
            let row = row?;
            let day = row.date(date)?;
            if let (true, Some(mn)) = (self.is_out("custody", day)?, row.optional_number(amount)?) {
                found.push((day, Usd::from_mn(mn)));
            }
        }
        Ok(found)
    }

    /// The newest week of liquidity that was out.
    pub fn fed_liquidity(&self) -> Result<FedLiquidity, DataError> {
        let (row, provenance) =
            self.newest("fed_liquidity", "fed_liquidity", &["reserves_usd_mn"])?;
        let table = self.table("fed_liquidity")?;
        let optional = |column: &str| -> Result<Option<Usd>, DataError> {
            Ok(row
                .optional_number(table.column(column)?)?
                .map(Usd::from_mn))
        };
        Ok(FedLiquidity {
            date: provenance.observed,
            reserves: Usd::from_mn(row.number(table.column("reserves_usd_mn")?)?),
            treasury_account: optional("treasury_account_usd_mn")?,
            overnight_rrp: optional("overnight_rrp_usd_mn")?,
            standing_repo: optional("standing_repo_usd_mn")?,
            provenance,
        })
    }
}
