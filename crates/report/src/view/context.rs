//! What every section asks: the facts, which camps are in the headline, and which statistic may be quoted.
//!
//! With bands in the table the quoted number is the median; a run with too few draws has only central values, and
//! then every sentence says so. Numbers for a sentence are taken for all headline camps or not at all.

use brandish_units::Tenor;

use super::parts::{Band, CampBand, CampInfo, Figure};
use crate::facts::{Facts, Key, Stats};
use crate::input::ReportInput;

/// Facts and camps of the run that is shown.
pub(crate) struct Context<'a> {
    pub(crate) input: &'a ReportInput<'a>,
    pub(crate) facts: Facts<'a>,
    /// Whether the table holds bands.
    pub(crate) has_bands: bool,
}

impl<'a> Context<'a> {
    pub(crate) fn new(input: &'a ReportInput<'a>) -> Self {
        let facts = Facts::new(input.table);
        let key = Key::in_unit("bp").tenor(Tenor::Y10);
        let has_bands = input.camps.iter().any(|camp| {
            facts
                .on_any_day("yield_change_peak", key.camp(camp.letter))
                .is_some_and(|(_, stats)| stats.p50.is_some())
        });
        Context {
            input,
            facts,
            has_bands,
        }
    }

    /// Camps of the headline.
    pub(crate) fn headline(&self) -> impl Iterator<Item = &'a CampInfo> + use<'a> {
        self.input.camps.iter().filter(|camp| !camp.stress)
    }

    /// The camp of figures that show one: the middle one of the headline.
    pub(crate) fn middle_camp(&self) -> Option<&'a CampInfo> {
        let camps: Vec<_> = self.headline().collect();
        camps.get(camps.len() / 2).copied()
    }

    /// The statistic that sentences quote.
    pub(crate) fn quoted(&self, stats: &Stats) -> Option<f64> {
        if self.has_bands {
            stats.p50
        } else {
            stats.central
        }
    }

    /// How the quoted statistic is called.
    pub(crate) fn quoted_name(&self) -> &'static str {
        if self.has_bands {
            "median"
        } else {
            "central parameters"
        }
    }

    /// The quoted number in every headline camp, or nothing if one lacks it.
    pub(crate) fn in_headline(
        &self,
        find: impl Fn(&Facts<'a>, &'static str) -> Option<Stats>,
    ) -> Option<Vec<f64>> {
        let values: Option<Vec<f64>> = self
            .headline()
            .map(|camp| find(&self.facts, camp.letter).and_then(|stats| self.quoted(&stats)))
            .collect();
        values.filter(|values| !values.is_empty())
    }

    /// Bands by camp, camps without one left out.
    pub(crate) fn bands(
        &self,
        stress_too: bool,
        find: impl Fn(&Facts<'a>, &'static str) -> Option<Band>,
    ) -> Vec<CampBand> {
        let camps = self
            .input
            .camps
            .iter()
            .filter(|camp| stress_too || !camp.stress);
        camps
            .filter_map(|camp| {
                let band = find(&self.facts, camp.letter)?.rounded();
                Some(CampBand {
                    letter: camp.letter,
                    band,
                })
            })
            .collect()
    }

    /// Last day of the run.
    pub(crate) fn last_day(&self) -> u32 {
        u32::try_from(self.input.dates.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The day on which the curve is shown: the end of the sale, or the first day where nothing is sold.
    pub(crate) fn curve_day(&self) -> u32 {
        self.input.sale_end_day.unwrap_or(1).min(self.last_day())
    }

    /// `two camps`, `three camps`.
    pub(crate) fn camps_in_words(&self) -> &'static str {
        match self.headline().count() {
            1 => "one camp",
            2 => "two camps",
            3 => "three camps",
            _ => "by camp",
        }
    }

    /// The words of a figure whose numbers the engine computed.
    pub(crate) fn figure(&self, title: String, sub: String, note: Option<String>) -> Figure {
        Figure {
            title,
            sub,
            note,
            source: self.source(),
        }
    }

    fn source(&self) -> String {
        let draws = self.headline().map(|camp| camp.draws).min();
        match (self.has_bands, draws) {
            (true, Some(draws)) => format!("brandish engine, {draws} draws a camp"),
            _ => "brandish engine, central parameters".to_owned(),
        }
    }
}
