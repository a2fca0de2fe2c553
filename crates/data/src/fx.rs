//! The yen and the euro against the dollar.
//!
//! Two sources with different hours: the Federal Reserve's noon rate in New York (H.10, to 2025-09-26) and the cross of the
//! ECB's reference rates at 14:15 in Frankfurt (to 2026-04-27). News of a New York afternoon falls on the next
//! observation of either. Units: yen per US$, US$ per euro (ECB reference rate).

use brandish_units::{Date, JpyPerUsd, UsdPerEur};

use crate::DataError;
use crate::known::KnownOn;
use crate::quality::{Observed, Provenance};
use crate::store::Row;

impl KnownOn<'_> {
    /// The newest yen rate that was out: the noon rate, or the ECB cross where that one is newer.
    pub fn usdjpy(&self) -> Result<Observed<JpyPerUsd>, DataError> {
        let column = ["usdjpy_jpy_per_usd"];
        let noon = self.newest("fx_h10", "fx_h10", &column);
        let cross = self.newest("fx_ecb", "fx_ecb", &column);
        let (row, provenance) = match (noon, cross) {
            (Ok(noon), Ok(cross)) if cross.1.observed > noon.1.observed => cross,
            (Ok(noon), _) => noon,
            (Err(_), cross) => cross?,
        };
        self.rate(&row, provenance)
    }

    /// The newest reference rate of the euro that was out.
    pub fn eurusd(&self) -> Result<Observed<UsdPerEur>, DataError> {
        let (row, mut provenance) = self.newest("fx_ecb", "fx_ecb", &["usd_per_eur"])?;
        let column = self.table("fx_ecb")?.column("usd_per_eur")?;
        "14:15 in Frankfurt".clone_into(&mut provenance.note);
        Ok(Observed {
            value: UsdPerEur::from_usd_per_eur(row.number(column)?),
            provenance,
        })
    }

    /// Yen rates from `from` to `to` (both included) of the noon series, continued by the ECB cross after its end.
    pub fn usdjpy_history(
        &self,
        from: Date,
        to: Date,
    ) -> Result<Vec<Observed<JpyPerUsd>>, DataError> {
        let mut found: Vec<Observed<JpyPerUsd>> = Vec::new();
        for name in ["fx_h10", "fx_ecb"] {
            let table = self.table(name)?;
            let [date, rate] = table.columns(["date", "usdjpy_jpy_per_usd"])?;
            let start = found
                .last()
                .map_or(from, |last| last.provenance.observed.plus_days(1));
            let end = table.lower_bound(&to.min(self.as_of()).plus_days(1).to_string());
            for row in table.rows_in(table.lower_bound(&start.to_string())..end) {
                let row = row?;
                if !row.text(rate).is_empty() {
                    let provenance = self.provenance(name, name, row.date(date)?)?;
                    found.push(self.rate(&row, provenance)?);
                }
            }
        }
        Ok(found)
    }

    fn rate(
        &self,
        row: &Row<'_>,
        mut provenance: Provenance,
    ) -> Result<Observed<JpyPerUsd>, DataError> {
        let column = self.table(provenance.table)?.column("usdjpy_jpy_per_usd")?;
        provenance.note = if provenance.table == "fx_h10" {
            "noon in New York".to_owned()
        } else {
            "14:15 in Frankfurt".to_owned()
        };
        Ok(Observed {
            value: JpyPerUsd::from_jpy_per_usd(row.number(column)?),
            provenance,
        })
    }
}
