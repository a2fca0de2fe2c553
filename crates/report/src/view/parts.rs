//! Pieces that several sections share: bands, figure words, camps, and the records printed as they are.
//!
//! Field names are those of the page's data model, so that the JSON can be read without this crate. Numbers in
//! views are rounded to four decimals: enough for any chart, and a third of the bytes; the table keeps them all.

use serde::Serialize;

/// Quantiles over draws, the error of the median, and the value at central parameters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// 5% quantile.
    pub p05: f64,
    /// 25% quantile.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75% quantile.
    pub p75: f64,
    /// 95% quantile.
    pub p95: f64,
    /// Monte Carlo standard error of the median.
    pub mc_se: f64,
    /// Value with every parameter at its central value.
    pub central: f64,
}

impl Band {
    /// The band with its numbers rounded for drawing.
    pub(crate) fn rounded(self) -> Band {
        Band {
            p05: drawn(self.p05),
            p25: drawn(self.p25),
            p50: drawn(self.p50),
            p75: drawn(self.p75),
            p95: drawn(self.p95),
            mc_se: drawn(self.mc_se),
            central: drawn(self.central),
        }
    }

    /// A loss as a (negative) gain: signs and the order of the quantiles turn round.
    pub(crate) fn negated(self) -> Band {
        Band {
            p05: -self.p95,
            p25: -self.p75,
            p50: -self.p50,
            p75: -self.p25,
            p95: -self.p05,
            mc_se: self.mc_se,
            central: -self.central,
        }
    }
}

/// Rounds a number to the four decimals that views carry.
pub(crate) fn drawn(value: f64) -> f64 {
    let rounded = (value * 1e4).round() / 1e4;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// One band per day.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BandSeries {
    /// 5% quantile by day.
    pub p05: Vec<f64>,
    /// 25% quantile by day.
    pub p25: Vec<f64>,
    /// Median by day.
    pub p50: Vec<f64>,
    /// 75% quantile by day.
    pub p75: Vec<f64>,
    /// 95% quantile by day.
    pub p95: Vec<f64>,
    /// Central value by day.
    pub central: Vec<f64>,
}

impl BandSeries {
    /// Adds a day.
    pub(crate) fn push(&mut self, band: Band) {
        let band = band.rounded();
        self.p05.push(band.p05);
        self.p25.push(band.p25);
        self.p50.push(band.p50);
        self.p75.push(band.p75);
        self.p95.push(band.p95);
        self.central.push(band.central);
    }
}

/// The words of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Figure {
    /// The finding, or a neutral title where the finding does not hold.
    pub title: String,
    /// What is drawn and in which unit.
    pub sub: String,
    /// What has to be known to read it rightly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where the numbers come from, for the footer.
    pub source: String,
}

/// A camp of published evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CampInfo {
    /// `S`, `C`, `F` or `X`.
    pub letter: &'static str,
    /// Its name, e.g. `Supply and QE evidence`.
    pub name: String,
    /// Whether it is a stress bound, shown apart from the headline camps.
    pub stress: bool,
    /// Draws asked for.
    pub draws: u32,
    /// Draws that failed and are left out.
    pub failed: u32,
    /// What the camp believes, in one sentence.
    pub sentence: String,
}

/// A band of one camp.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CampBand {
    /// The camp.
    pub letter: &'static str,
    /// Its band.
    pub band: Band,
}

/// An assumption with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assumption {
    /// Name.
    pub name: String,
    /// Value, ready to print.
    pub value: String,
    /// Unit.
    pub unit: String,
    /// Range or distribution.
    pub range: String,
    /// Source.
    pub source: String,
}

/// A numbered warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Code that can be looked up, e.g. `BR012`.
    pub code: String,
    /// What it says.
    pub text: String,
}

/// A line of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ManifestLine {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: String,
}

/// A source of data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Identifier in the snapshot.
    pub id: String,
    /// Who publishes it.
    pub publisher: String,
    /// What it is.
    pub series: String,
    /// Where it is published.
    pub url: String,
    /// Vintage that was used.
    pub vintage: String,
    /// Quality flag.
    pub quality: String,
    /// Terms of use.
    pub licence: String,
}

/// A quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Who said them, and where.
    pub who: String,
    /// Day, ISO.
    pub date: String,
    /// How well it is attested.
    pub quality: String,
}

/// An event of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Number in the chart.
    pub number: u32,
    /// Day, ISO.
    pub date: String,
    /// What happened.
    pub text: String,
    /// How well it is attested.
    pub quality: String,
    /// Identifier in the snapshot.
    pub id: String,
}

/// The engine's first-day move for one belief.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BeliefRow {
    /// Probability that the market gives to the sale after the words.
    pub p: f64,
    /// Move of the ten-year yield on the first day, bp, by camp.
    pub cells: Vec<CampBand>,
}

/// Which beliefs an observed day excludes in a camp.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Excluded {
    /// The camp.
    pub letter: &'static str,
    /// The smallest belief that is excluded; nothing if the day excludes none.
    pub belief: Option<f64>,
    /// A sentence.
    pub text: String,
}
