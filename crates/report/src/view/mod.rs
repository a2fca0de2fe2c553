//! Views: the run as the page, the terminal and the plain tables show it, ready to draw and ready to print.
//!
//! [`Report::build`] turns facts and words into one document of the shape that the page reads (its twin is
//! `web/src/model.ts`; `schema` rises when either side changes shape). Numbers are looked up, never computed; a
//! section whose facts are missing is null, or holds empty lists where the page's model has no null.

mod accounts;
mod answer;
mod buyers;
mod context;
mod curve;
mod explained;
mod fan;
mod fiscal;
mod happened;
mod heat;
mod inventory;
mod key;
mod markets;
mod parts;
mod seller;
mod taxpayer;
mod usdjpy;

use serde::Serialize;

pub use accounts::{Accounts, AccountsPanel, HolderBar, HolderRow, SecurityRow};
pub use answer::{Answer, AnswerLine, Mark, Range};
pub use buyers::{Buyers, BuyersRow, FlowNode, Flows, Holder};
pub use curve::{AfterCurve, Change, ChangeCamp, Curve, CurveTenor};
pub use explained::{Explained, WordTable};
pub use fan::{Fan, FanPanel, Peak};
pub use fiscal::{FiscalBill, FiscalLine, FiscalPanel};
pub use happened::{HappenedView, Observed, PathPoint};
pub use heat::{Heat, HeatPanel};
pub use inventory::Inventory;
pub use key::{Key as KeyFigures, KeyCell, KeyRow};
pub use markets::{MarketPoint, Markets};
pub use parts::{
    Assumption, Band, BandSeries, BeliefRow, CampBand, CampInfo, Event, Excluded, Figure,
    ManifestLine, Quote, Source, Warning,
};
pub use seller::{Beside, OwnCurrency, SellerPanel, SellerView, Step};
pub use taxpayer::{Taxpayer, TaxpayerPanel};
pub use usdjpy::{UsdJpy, UsdJpyPanel};

use crate::input::ReportInput;
use context::Context;

/// Version of the document's shape.
pub const REPORT_SCHEMA: u32 = 1;
/// What every page and summary says.
pub const DISCLAIMER: &str = "Not a forecast";

/// The whole document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Version of the shape, [`REPORT_SCHEMA`].
    pub schema: u32,
    /// Name, scenario, run.
    pub head: Head,
    /// Camps, headline camps first.
    pub camps: Vec<CampInfo>,
    /// 0, 1, 2 ... to the horizon.
    pub days: Vec<u32>,
    /// ISO date of each day.
    pub dates: Vec<String>,
    /// Last day of the last sale.
    pub sale_end_day: Option<u32>,
    /// 1 The answer.
    pub answer: Answer,
    /// 2 Key figures.
    pub key: KeyFigures,
    /// 3 The curve.
    pub curve: Curve,
    /// 4 Day by day.
    pub fan: Fan,
    /// 4b Why.
    pub explained: Option<Explained>,
    /// 5 Maturity by day.
    pub heat: Heat,
    /// 6 Who buys.
    pub buyers: Buyers,
    /// 6b Specialists' inventory by bucket.
    pub inventory: Option<Inventory>,
    /// 7 The seller.
    pub seller: Option<SellerView>,
    /// 7b Who gains, who loses.
    pub accounts: Option<Accounts>,
    /// 8 The taxpayer.
    pub taxpayer: Taxpayer,
    /// 9 USDJPY.
    pub usdjpy: Option<UsdJpy>,
    /// 9b Other markets.
    pub markets: Option<Markets>,
    /// 10 What really happened.
    pub happened: Option<HappenedView>,
    /// 11 Assumptions.
    pub assumptions: Vec<Assumption>,
    /// 12 Warnings.
    pub warnings: Vec<Warning>,
    /// 13 Manifest.
    pub manifest: Vec<ManifestLine>,
    /// Sources of data.
    pub sources: Vec<Source>,
}

/// Name, scenario, run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Always `brandish`.
    pub product: &'static str,
    /// Name of the scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The order and how to read the camps.
    pub dek: String,
    /// As-of date, ISO.
    pub as_of: String,
    /// Identifier of the run.
    pub run_id: String,
    /// Version of brandish.
    pub version: String,
    /// Always [`DISCLAIMER`].
    pub disclaimer: &'static str,
}

impl Report {
    /// Builds all views of a run.
    #[must_use]
    pub fn build(input: &ReportInput<'_>) -> Report {
        let context = Context::new(input);
        let days: Vec<u32> = (0..=context.last_day()).take(input.dates.len()).collect();
        Report {
            schema: REPORT_SCHEMA,
            head: head(&context),
            camps: input.camps.clone(),
            days,
            dates: input.dates.iter().map(ToString::to_string).collect(),
            sale_end_day: input.sale_end_day,
            answer: answer::view(&context),
            key: key::view(&context),
            curve: curve::view(&context),
            fan: fan::view(&context),
            explained: explained::view(&context),
            heat: heat::view(&context),
            buyers: buyers::view(&context),
            inventory: inventory::view(&context),
            seller: seller::view(&context),
            accounts: accounts::view(&context),
            taxpayer: taxpayer::view(&context),
            usdjpy: usdjpy::view(&context),
            markets: markets::view(&context),
            happened: happened::view(&context),
            assumptions: input.assumptions.clone(),
            warnings: input.warnings.clone(),
            manifest: input.manifest.clone(),
            sources: input.sources.clone(),
        }
    }
}

fn head(context: &Context<'_>) -> Head {
    let input = context.input;
    let camps = match context.headline().count() {
        1 => "One camp of published evidence is shown.",
        2 => {
            "Two camps of published evidence disagree about what that does; each is shown on its own and they are never averaged."
        }
        _ => {
            "Camps of published evidence disagree about what that does; each is shown on its own and they are never averaged."
        }
    };
    Head {
        product: "brandish",
        scenario: input.table.scenario.clone(),
        title: input.title.clone(),
        dek: format!("{} {camps}", input.order),
        as_of: input
            .table
            .as_of
            .map(|date| date.to_string())
            .unwrap_or_default(),
        run_id: input.table.run_id.clone(),
        version: input.version.clone(),
        disclaimer: DISCLAIMER,
    }
}

#[cfg(test)]
mod tests;
