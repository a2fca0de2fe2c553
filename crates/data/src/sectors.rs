//! Who holds Treasuries by sector: Financial Accounts (Z.1), table L.210, at market value.
//!
//! Twelve sectors partition all holders; two memo lines overlap them. Households are the residual and hold the hedge
//! funds; rest of world is all foreign, official and private. Published 10 to 11 weeks after the quarter; the copy at hand is
//! of one later vintage, so early dates are flagged revised later.

use brandish_units::{Date, Usd};

use crate::DataError;
use crate::known::KnownOn;
use crate::quality::{Provenance, Vintage};

const TABLE: &str = "z1_sectors";

/// The twelve sectors of the partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sector {
    /// Depository institutions.
    Banks,
    /// Security brokers and dealers.
    Dealers,
    /// Monetary authority.
    FederalReserve,
    /// Households and nonprofits: the residual, hedge funds included.
    Households,
    /// Property-casualty and life insurers.
    Insurers,
    /// Money market funds.
    MoneyMarketFunds,
    /// Mutual funds and exchange-traded funds.
    MutualFundsEtfs,
    /// Nonfinancial corporations.
    NonfinancialCorporates,
    /// Other financial business.
    OtherFinancial,
    /// Private and public pension funds.
    Pensions,
    /// All foreign holders.
    RestOfWorld,
    /// State and local governments.
    StateLocalGovernments,
}

impl Sector {
    /// All sectors, in the order of the table.
    pub const ALL: [Sector; 12] = [
        Sector::Banks,
        Sector::Dealers,
        Sector::FederalReserve,
        Sector::Households,
        Sector::Insurers,
        Sector::MoneyMarketFunds,
        Sector::MutualFundsEtfs,
        Sector::NonfinancialCorporates,
        Sector::OtherFinancial,
        Sector::Pensions,
        Sector::RestOfWorld,
        Sector::StateLocalGovernments,
    ];

    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Sector::Banks => "banks",
            Sector::Dealers => "dealers",
            Sector::FederalReserve => "fed",
            Sector::Households => "households_residual",
            Sector::Insurers => "insurers",
            Sector::MoneyMarketFunds => "money_market_funds",
            Sector::MutualFundsEtfs => "mutual_funds_etfs",
            Sector::NonfinancialCorporates => "nonfinancial_corporates",
            Sector::OtherFinancial => "other_financial",
            Sector::Pensions => "pensions",
            Sector::RestOfWorld => "rest_of_world_total",
            Sector::StateLocalGovernments => "state_local_governments",
        }
    }
}

/// Holdings of all sectors at a quarter end.
#[derive(Debug, Clone, PartialEq)]
pub struct SectorHoldings {
    /// Quarter end.
    pub date: Date,
    /// Market value by sector, in the order of [`Sector::ALL`].
    pub holdings: [Usd; 12],
    /// Origin, release, vintage, quality.
    pub provenance: Provenance,
}

impl SectorHoldings {
    /// Market value held by a sector.
    pub fn get(&self, sector: Sector) -> Usd {
        Sector::ALL
            .into_iter()
            .zip(self.holdings)
            .filter(|(known, _)| *known == sector)
            .map(|(_, amount)| amount)
            .sum()
    }

    /// Sum over the partition.
    pub fn total(&self) -> Usd {
        self.holdings.iter().copied().sum()
    }
}

impl KnownOn<'_> {
    /// The newest quarter that was out.
    pub fn z1_sectors(&self) -> Result<SectorHoldings, DataError> {
        let (newest, _) = self.newest(TABLE, "z1", &[])?;
        let table = self.table(TABLE)?;
        self.z1_sectors_at(newest.date(table.column("date")?)?)
    }

    /// A quarter that was out.
    pub fn z1_sectors_at(&self, quarter_end: Date) -> Result<SectorHoldings, DataError> {
        let (_, mut provenance) = self.on_day(TABLE, "Z.1 sectors", "z1", quarter_end, &[])?;
        let table = self.table(TABLE)?;
        let [sector, role, amount] = table.columns(["sector", "role", "market_value_usd_mn"])?;
        let mut holdings = [None; 12];
        for row in table.rows_in(table.places_of(&quarter_end.to_string())) {
            let row = row?;
            if row.text(role) != "partition" {
                continue;
            }
            let place = Sector::ALL
                .iter()
                .position(|known| known.word() == row.text(sector))
                .ok_or_else(|| row.wrong(sector, "one of the twelve sectors"))?;
            if let Some(cell) = holdings.get_mut(place) {
                *cell = Some(Usd::from_mn(row.number(amount)?));
            }
        }
        let mut read = [Usd::from_dollars(0.0); 12];
        for ((cell, value), sector) in read.iter_mut().zip(holdings).zip(Sector::ALL) {
            *cell = value.ok_or_else(|| DataError::Unknown {
                table: TABLE,
                what: "sector",
                name: sector.word().to_owned(),
                known: format!("other sectors at {quarter_end}"),
            })?;
        }
        if provenance.vintage == Vintage::RevisedLater {
            provenance.note = "the copy is of the 2025Q4 release".to_owned();
        }
        Ok(SectorHoldings {
            date: quarter_end,
            holdings: read,
            provenance,
        })
    }
}
