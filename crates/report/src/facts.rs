//! The long table as something that can be asked: one lookup per fact, all statistics of it at once.
//!
//! Rows of one fact stand together in a run's table, so the index is built in one pass. A question that the
//! table cannot answer has no answer: no default, no neighbor, no zero. The one exception is stated where it is
//! used: cumulated amounts on day 0 are zero by definition, because day 0 is the close before anything trades.

use std::collections::BTreeMap;

use brandish_scenario::{LongTable, Row};
use brandish_units::Tenor;

use crate::view::Band;

/// What a fact is about, all columns but camp-independent ones (`date` follows from `day`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key<'a> {
    camp: Option<&'a str>,
    sector: Option<&'a str>,
    bucket: Option<&'a str>,
    cusip: Option<&'a str>,
    unit: &'a str,
    tenor: Option<Tenor>,
    day: Option<u32>,
}

impl<'a> Key<'a> {
    /// A fact without camp, in this unit.
    pub(crate) fn in_unit(unit: &'a str) -> Self {
        Key {
            camp: None,
            sector: None,
            bucket: None,
            cusip: None,
            unit,
            tenor: None,
            day: None,
        }
    }
    /// In a camp.
    pub(crate) fn camp(mut self, camp: &'a str) -> Self {
        self.camp = Some(camp);
        self
    }
    /// At a tenor.
    pub(crate) fn tenor(mut self, tenor: Tenor) -> Self {
        self.tenor = Some(tenor);
        self
    }
    /// On a day.
    pub(crate) fn day(mut self, day: u32) -> Self {
        self.day = Some(day);
        self
    }
    /// Of a sector or holder.
    pub(crate) fn sector(mut self, sector: &'a str) -> Self {
        self.sector = Some(sector);
        self
    }
    /// In a maturity bucket.
    pub(crate) fn bucket(mut self, bucket: &'a str) -> Self {
        self.bucket = Some(bucket);
        self
    }

    /// Of one security.
    pub(crate) fn security(mut self, cusip: &'a str) -> Self {
        self.cusip = Some(cusip);
        self
    }

    /// Whether the fact is about one day.
    pub(crate) fn has_day(&self) -> bool {
        self.day.is_some()
    }

    fn of(row: &'a Row) -> Self {
        Key {
            camp: row.camp,
            sector: row.sector.as_deref(),
            bucket: row.bucket,
            cusip: row.cusip.as_deref(),
            unit: row.unit,
            tenor: row.tenor,
            day: row.day,
        }
    }
}

/// The statistics of one fact, as far as the table holds them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Stats {
    pub(crate) p05: Option<f64>,
    p25: Option<f64>,
    pub(crate) p50: Option<f64>,
    p75: Option<f64>,
    pub(crate) p95: Option<f64>,
    mc_se: Option<f64>,
    pub(crate) central: Option<f64>,
}

impl Stats {
    /// The band, if every statistic of it is there.
    pub(crate) fn band(&self) -> Option<Band> {
        Some(Band {
            p05: self.p05?,
            p25: self.p25?,
            p50: self.p50?,
            p75: self.p75?,
            p95: self.p95?,
            mc_se: self.mc_se?,
            central: self.central?,
        })
    }

    fn set(&mut self, stat: &str, value: f64) {
        let slot = match stat {
            "p05" => &mut self.p05,
            "p25" => &mut self.p25,
            "p50" => &mut self.p50,
            "p75" => &mut self.p75,
            "p95" => &mut self.p95,
            "mc_se" => &mut self.mc_se,
            "central" => &mut self.central,
            _ => return,
        };
        *slot = Some(value);
    }
}

/// Facts of a run by measure and key.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    measures: BTreeMap<&'a str, BTreeMap<Key<'a>, Stats>>,
}

impl<'a> Facts<'a> {
    /// Indexes a table.
    pub(crate) fn new(table: &'a LongTable) -> Self {
        let mut measures: BTreeMap<&str, BTreeMap<Key<'_>, Stats>> = BTreeMap::new();
        let mut rows = table.rows.iter().peekable();
        while let Some(first) = rows.next() {
            let key = Key::of(first);
            let stats = measures
                .entry(first.measure)
                .or_default()
                .entry(key)
                .or_default();
            stats.set(first.stat, first.value);
            while let Some(next) =
                rows.next_if(|next| next.measure == first.measure && Key::of(next) == key)
            {
                stats.set(next.stat, next.value);
            }
        }
        Facts { measures }
    }

    /// The statistics of one fact.
    pub(crate) fn get(&self, measure: &str, key: Key<'_>) -> Option<Stats> {
        self.measures.get(measure)?.get(&key).copied()
    }

    /// The statistics of one fact on whatever day the table gives it: the day of a peak, or none at all.
    pub(crate) fn on_any_day(&self, measure: &str, key: Key<'_>) -> Option<(Option<u32>, Stats)> {
        let facts = self.measures.get(measure)?;
        facts
            .iter()
            .find(|(found, _)| {
                Key {
                    day: key.day,
                    ..**found
                } == key
            })
            .map(|(found, stats)| (found.day, *stats))
    }

    /// As [`Facts::on_any_day`], the last day of several.
    pub(crate) fn on_last_day(&self, measure: &str, key: Key<'_>) -> Option<(Option<u32>, Stats)> {
        let facts = self.measures.get(measure)?;
        facts
            .iter()
            .rfind(|(found, _)| {
                Key {
                    day: key.day,
                    ..**found
                } == key
            })
            .map(|(found, stats)| (found.day, *stats))
    }

    /// Days on which a fact is given, ascending.
    pub(crate) fn days(&self, measure: &str, key: Key<'_>) -> Vec<u32> {
        let facts = self.measures.get(measure).into_iter().flatten();
        facts
            .filter(|(found, _)| {
                Key {
                    day: key.day,
                    ..**found
                } == key
            })
            .filter_map(|(found, _)| found.day)
            .collect()
    }

    /// Sectors named in a measure for a camp, in alphabetical order.
    pub(crate) fn sectors(&self, measure: &str, camp: &str) -> Vec<&'a str> {
        let facts = self.measures.get(measure).into_iter().flatten();
        let mut sectors: Vec<&str> = facts
            .filter(|(key, _)| key.camp == Some(camp))
            .filter_map(|(key, _)| key.sector)
            .collect();
        sectors.sort_unstable();
        sectors.dedup();
        sectors
    }

    /// Securities of a holder named in a measure, without camp, in the order of their CUSIPs.
    pub(crate) fn securities(&self, measure: &str, holder: &str) -> Vec<&'a str> {
        let facts = self.measures.get(measure).into_iter().flatten();
        facts
            .filter(|(key, _)| key.sector == Some(holder) && key.camp.is_none())
            .filter_map(|(key, _)| key.cusip)
            .collect()
    }

    /// Buckets named in a measure for a camp, from short to long.
    pub(crate) fn buckets(&self, measure: &str, camp: &str) -> Vec<&'a str> {
        let facts = self.measures.get(measure).into_iter().flatten();
        let named: Vec<&str> = facts
            .filter(|(key, _)| key.camp == Some(camp))
            .filter_map(|(key, _)| key.bucket)
            .collect();
        BUCKETS
            .into_iter()
            .filter(|label| named.contains(label))
            .collect()
    }
}

/// Labels of the maturity buckets, from short to long.
const BUCKETS: [&str; 11] = [
    "0-6m", "6-12m", "1-2y", "2-3y", "3-5y", "5-7y", "7-10y", "10-15y", "15-20y", "20-25y",
    "25-30y",
];
