//! The yearly survey of foreign holdings: maturities, official and private, and what each country holds.
//!
//! Taken at the end of June, published at the end of the next April (June 2024: 2025-04-30). It is the only source on the
//! remaining maturity of foreign holdings. The official cells of the published table sum to 0.8-1.8% more than its
//! official total and the private cells to less: shares are of the sum of the cells, and the residual is given.

use brandish_units::{Date, Usd, Years};

use crate::DataError;
use crate::known::KnownOn;
use crate::month::Month;
use crate::quality::Provenance;
use crate::store::Table;

const RELEASES: &str = "shl";

/// Whose holdings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SurveyGroup {
    /// Foreign official institutions.
    Official,
    /// Other foreign residents.
    Private,
    /// Both.
    All,
}

impl SurveyGroup {
    const fn word(self) -> &'static str {
        match self {
            SurveyGroup::Official => "foreign_official",
            SurveyGroup::Private => "foreign_private",
            SurveyGroup::All => "all_foreign",
        }
    }
}

/// Bounds of the survey's maturity cells in years; the last one is open.
pub const MATURITY_CELLS: [(f64, f64); 15] = [
    (0.0, 1.0),
    (1.0, 2.0),
    (2.0, 3.0),
    (3.0, 4.0),
    (4.0, 5.0),
    (5.0, 6.0),
    (6.0, 7.0),
    (7.0, 8.0),
    (8.0, 9.0),
    (9.0, 10.0),
    (10.0, 15.0),
    (15.0, 20.0),
    (20.0, 25.0),
    (25.0, 30.0),
    (30.0, f64::INFINITY),
];

const CELL_COLUMNS: [&str; 15] = [
    "remaining_0_1y_usd_mn",
    "remaining_1_2y_usd_mn",
    "remaining_2_3y_usd_mn",
    "remaining_3_4y_usd_mn",
    "remaining_4_5y_usd_mn",
    "remaining_5_6y_usd_mn",
    "remaining_6_7y_usd_mn",
    "remaining_7_8y_usd_mn",
    "remaining_8_9y_usd_mn",
    "remaining_9_10y_usd_mn",
    "remaining_10_15y_usd_mn",
    "remaining_15_20y_usd_mn",
    "remaining_20_25y_usd_mn",
    "remaining_25_30y_usd_mn",
    "remaining_over_30y_usd_mn",
];

/// Remaining maturity of long-term Treasuries (bills are apart).
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyMaturity {
    /// Survey month.
    pub month: Month,
    /// Whose.
    pub group: SurveyGroup,
    /// Published total of long-term Treasuries.
    pub long_term: Usd,
    /// Amount by cell of [`MATURITY_CELLS`], as published.
    pub cells: [Usd; 15],
    /// Share by cell; they sum to one.
    pub shares: [f64; 15],
    /// Sum of the cells less the published total.
    pub residual: Usd,
    /// Weighted average maturity as published, where the report of the year has it.
    pub average_maturity: Option<Years>,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

impl SurveyMaturity {
    /// Share with remaining maturity from `from` up to `to` years; both must be bounds of cells.
    pub fn share_between(&self, from: Years, to: Years) -> f64 {
        MATURITY_CELLS
            .iter()
            .zip(self.shares)
            .filter(|((low, high), _)| *low >= from.years() && *high <= to.years())
            .map(|(_, share)| share)
            .sum()
    }
}

/// Official and private holdings, long-term and bills.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficialPrivateSplit {
    /// Survey month.
    pub month: Month,
    /// Long-term Treasuries of official institutions.
    pub long_term_official: Usd,
    /// Long-term Treasuries of others.
    pub long_term_private: Usd,
    /// Bills of official institutions.
    pub bills_official: Usd,
    /// Bills of others.
    pub bills_private: Usd,
    /// Origin, release, vintage, quality.
    pub provenance: Provenance,
}

/// What one country held at a survey, by type; a suppressed cell is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct CountryType {
    /// Country as in the table.
    pub holder: String,
    /// Survey month.
    pub month: Month,
    /// All Treasuries.
    pub total: Option<Usd>,
    /// Long-term.
    pub long_term: Option<Usd>,
    /// Notes and bonds that are neither indexed nor floating.
    pub nominal_coupon: Option<Usd>,
    /// TIPS.
    pub tips: Option<Usd>,
    /// FRNs.
    pub frn: Option<Usd>,
    /// Bills.
    pub bills: Option<Usd>,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

impl KnownOn<'_> {
    /// The newest survey that was out by the as-of date.
    pub fn survey_month(&self) -> Result<Month, DataError> {
        self.newest_survey("shl_maturity")
    }

    /// Maturity structure of a group in the newest survey that was out.
    pub fn survey_maturity(&self, group: SurveyGroup) -> Result<SurveyMaturity, DataError> {
        let name = "shl_maturity";
        let table = self.table(name)?;
        let month = self.newest_survey(name)?;
        let holder = table.column("holder")?;
        let total = table.column("long_term_usd_mn")?;
        let columns = table.columns(CELL_COLUMNS)?;
        for row in table.rows_in(table.places_of(&month.to_string())) {
            let row = row?;
            if row.text(holder) != group.word() {
                continue;
            }
            let mut cells = [Usd::from_dollars(0.0); 15];
            for (cell, column) in cells.iter_mut().zip(columns) {
                *cell = Usd::from_mn(row.number(column)?);
            }
            let sum: Usd = cells.iter().copied().sum();
            let long_term = Usd::from_mn(row.number(total)?);
            if sum.dollars() <= 0.0 {
                return Err(row.wrong(total, "a total with amounts by maturity"));
            }
            return Ok(SurveyMaturity {
                month,
                group,
                long_term,
                cells,
                shares: cells.map(|cell| cell / sum),
                residual: sum - long_term,
                average_maturity: self.average_maturity(month, group)?,
                provenance: self.provenance(name, RELEASES, month.end())?,
            });
        }
        Err(DataError::Unknown {
            table: name,
            what: "group",
            name: group.word().to_owned(),
            known: "foreign_official, foreign_private, all_foreign".to_owned(),
        })
    }

    /// Official and private holdings in the newest survey that was out.
    pub fn official_private_split(&self) -> Result<OfficialPrivateSplit, DataError> {
        let name = "shl_official_private";
        let table = self.table(name)?;
        let month = self.newest_survey(name)?;
        let columns = table.columns([
            "long_term_official_usd_bn",
            "long_term_private_usd_bn",
            "bills_official_usd_bn",
            "bills_private_usd_bn",
        ])?;
        let row = table.row(table.lower_bound(&month.to_string()))?;
        let mut amounts = [Usd::from_dollars(0.0); 4];
        for (amount, column) in amounts.iter_mut().zip(columns) {
            *amount = Usd::from_bn(row.number(column)?);
        }
        let [
            long_term_official,
            long_term_private,
            bills_official,
            bills_private,
        ] = amounts;
        Ok(OfficialPrivateSplit {
            month,
            long_term_official,
            long_term_private,
            bills_official,
            bills_private,
            provenance: self.provenance(name, RELEASES, month.end())?,
        })
    }

    /// What a country held by type in the newest survey that was out.
    pub fn country_type(&self, holder: &str) -> Result<CountryType, DataError> {
        let name = "shl_country_type";
        let table = self.table(name)?;
        let month = self.newest_survey(name)?;
        let country = table.column("holder")?;
        let columns = table.columns([
            "total_usd_mn",
            "long_term_usd_mn",
            "nominal_coupon_usd_mn",
            "tips_usd_mn",
            "frn_usd_mn",
            "bills_usd_mn",
        ])?;
        let mut known = Vec::new();
        for row in table.rows_in(table.places_of(&month.to_string())) {
            let row = row?;
            if row.text(country) != holder {
                known.push(row.text(country).to_owned());
                continue;
            }
            let mut amounts = [None; 6];
            for (amount, column) in amounts.iter_mut().zip(columns) {
                *amount = row.optional_number(column)?.map(Usd::from_mn);
            }
            let [total, long_term, nominal_coupon, tips, frn, bills] = amounts;
            return Ok(CountryType {
                holder: holder.to_owned(),
                month,
                total,
                long_term,
                nominal_coupon,
                tips,
                frn,
                bills,
                provenance: self.provenance(name, RELEASES, month.end())?,
            });
        }
        Err(DataError::Unknown {
            table: name,
            what: "country",
            name: holder.to_owned(),
            known: known.join("; "),
        })
    }

    fn average_maturity(
        &self,
        month: Month,
        group: SurveyGroup,
    ) -> Result<Option<Years>, DataError> {
        let table = self.table("shl_average_maturity")?;
        let column = table.column(match group {
            SurveyGroup::Official => "official_years",
            SurveyGroup::Private => "private_years",
            SurveyGroup::All => "all_foreign_years",
        })?;
        match table.places_of(&month.to_string()).next() {
            Some(place) => Ok(table.row(place)?.optional_number(column)?.map(Years)),
            None => Ok(None),
        }
    }

    /// The newest month of a table by month that was out.
    fn newest_survey(&self, name: &str) -> Result<Month, DataError> {
        let table: &Table = self.table(name)?;
        let month = table.column("month")?;
        for row in table.rows().rev() {
            let observed = row?.month(month)?;
            if observed.start() < Date::MAX && self.is_out(RELEASES, observed.end())? {
                return Ok(observed);
            }
        }
        Err(DataError::NothingPublished {
            series: name.to_owned(),
            as_of: self.as_of(),
            first: table.first_key(),
        })
    }
}
