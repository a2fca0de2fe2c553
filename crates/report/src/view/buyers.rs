//! Section 6: who holds what was sold, by sector and day, in market value and in ten-year equivalents.
//!
//! The stacked areas are one consistent path, central parameters, so that they add up; medians of parts do not.
//! The table beside them has the bands. Cumulated amounts on day 0 are zero by definition: day 0 is the close
//! before anything trades. Switching along the curve is DV01-neutral (engine equation E4), so where the table
//! does not give it in ten-year equivalents it is zero there.

use serde::Serialize;

use super::context::Context;
use super::parts::{Band, Figure, drawn};
use crate::facts::{Facts, Key};
use crate::findings;
use crate::findings::buyers::Specialists;
use crate::format::fixed;

const SPECIALISTS: &str = "specialists";
const FEDERAL_RESERVE: &str = "Federal Reserve";
const SWITCHING: &str = "switching along the curve";
const FACE: &str = "purchases";
const TEN_YEAR: &str = "purchases_ten_year_equivalents";

/// Sectors from slow to fast: the order in which they are stacked.
const SLOWEST_FIRST: [&str; 8] = [
    "foreign official",
    "household/other",
    "pension/insurer",
    "banks",
    "foreign private",
    "mutual funds/ETF",
    "hedge funds (slow)",
    "money funds",
];

/// Who buys.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Buyers {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// The camp shown.
    pub camp: &'static str,
    /// Who, slowest first, specialists last.
    pub sectors: Vec<Holder>,
    /// Days of the arrays below.
    pub days: Vec<u32>,
    /// Sold so far, $bn.
    pub sold_face: Vec<f64>,
    /// Sold so far, $bn of ten-year equivalents.
    pub sold_ten_year_equivalents: Vec<f64>,
    /// Held by sector and day, $bn.
    pub face: Vec<Vec<f64>>,
    /// Held by sector and day, $bn of ten-year equivalents.
    pub ten_year_equivalents: Vec<Vec<f64>>,
    /// The same with bands on key days.
    pub table: Vec<BuyersRow>,
    /// What adds up to what.
    pub sum_note: String,
    /// From the seller to the holders on two days.
    pub flows: Option<Flows>,
}

/// A holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// Its name.
    pub name: String,
    /// `slow`, `specialists`, `fed` or `switching`.
    pub kind: &'static str,
}

/// A holder on a key day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuyersRow {
    /// Its name.
    pub sector: String,
    /// The day.
    pub day: u32,
    /// Held, $bn.
    pub face: Band,
    /// Held, $bn of ten-year equivalents.
    pub ten_year_equivalents: Band,
}

/// From the seller to the holders on two days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flows {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// Who sells.
    pub seller: String,
    /// How much, $bn.
    pub sold: f64,
    /// The first day.
    pub first_day: u32,
    /// The second day.
    pub second_day: u32,
    /// Holders on both days.
    pub nodes: Vec<FlowNode>,
    /// What adds up to what.
    pub sum_note: String,
}

/// A holder on two days, $bn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlowNode {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// On the first day.
    pub first: f64,
    /// On the second day.
    pub second: f64,
}

pub(crate) fn view(context: &Context<'_>) -> Buyers {
    let camp = context.middle_camp().map_or("", |camp| camp.letter);
    let facts = &context.facts;
    let usd = Key::in_unit("usd_bn").camp(camp);
    let mut days = facts.days("sold", usd);
    if days.first().is_some_and(|first| *first > 0) {
        days.insert(0, 0);
    }
    let path = |measure: &str, key: Key<'_>| -> Option<Vec<f64>> {
        days.iter()
            .map(|day| on_day(facts, measure, key, *day))
            .collect()
    };
    let mut sectors = Vec::new();
    let (mut face, mut ten_year_equivalents) = (Vec::new(), Vec::new());
    for holder in holders(facts, camp) {
        let (one, two) = if holder.kind == "switching" {
            let one = path(SWITCHING_MEASURE, usd);
            let two =
                path("switching_ten_year_equivalents", usd).or_else(|| Some(vec![0.0; days.len()]));
            (one, two)
        } else {
            (
                path(FACE, usd.sector(&holder.name)),
                path(TEN_YEAR, usd.sector(&holder.name)),
            )
        };
        if let (Some(one), Some(two)) = (one, two) {
            face.push(one);
            ten_year_equivalents.push(two);
            sectors.push(holder);
        }
    }
    let specialists = specialists(context, camp);
    let forced = has_amount(facts, "forced_sales", usd, &days);
    let note = "Purchases are cumulated changes against the baseline; a sector below zero has sold. Which buyer took which seller’s bond is not identified.".to_owned();
    let sub = format!(
        "Cumulated by business day, camp {camp}, {}, central parameters (they add up), $bn of market value or ten-year equivalents; the table has medians and bands",
        context.input.mode
    );
    Buyers {
        figure: context.figure(
            findings::buyers::title(specialists, context.input.sale_end_day.is_some(), camp),
            sub,
            Some(note),
        ),
        camp,
        table: table(context, camp, &sectors),
        sum_note: sum_note(context, camp, context.curve_day(), forced),
        flows: flows(context, camp, &sectors, specialists),
        sold_face: path("sold", usd).unwrap_or_default(),
        sold_ten_year_equivalents: path("sold_ten_year_equivalents", usd).unwrap_or_default(),
        sectors,
        days,
        face,
        ten_year_equivalents,
    }
}

const SWITCHING_MEASURE: &str = "switching";

/// The central value on a day; zero on day 0, where the table may have no row.
fn on_day(facts: &Facts<'_>, measure: &str, key: Key<'_>, day: u32) -> Option<f64> {
    match facts.get(measure, key.day(day)) {
        Some(stats) => stats.central.map(drawn),
        None if day == 0 => Some(0.0),
        None => None,
    }
}

fn has_amount(facts: &Facts<'_>, measure: &str, key: Key<'_>, days: &[u32]) -> bool {
    days.iter()
        .any(|day| on_day(facts, measure, key, *day).is_some_and(|value| value != 0.0))
}

/// Who is stacked: slow sectors slowest first, switching, the Fed if it buys, specialists on top.
fn holders(facts: &Facts<'_>, camp: &str) -> Vec<Holder> {
    let named = facts.sectors(FACE, camp);
    let usd = Key::in_unit("usd_bn").camp(camp);
    let slow = |name: &str| Holder {
        name: name.to_owned(),
        kind: "slow",
    };
    let known = SLOWEST_FIRST
        .iter()
        .filter(|name| named.contains(name))
        .map(|name| slow(name));
    let unknown = named
        .iter()
        .filter(|name| {
            !SLOWEST_FIRST.contains(name) && **name != SPECIALISTS && **name != FEDERAL_RESERVE
        })
        .map(|name| slow(name));
    let mut holders: Vec<Holder> = known.chain(unknown).collect();
    if has_amount(
        facts,
        SWITCHING_MEASURE,
        usd,
        &facts.days(SWITCHING_MEASURE, usd),
    ) {
        holders.push(Holder {
            name: SWITCHING.to_owned(),
            kind: "switching",
        });
    }
    let fed = usd.sector(FEDERAL_RESERVE);
    if has_amount(facts, FACE, fed, &facts.days(FACE, fed)) {
        holders.push(Holder {
            name: FEDERAL_RESERVE.to_owned(),
            kind: "fed",
        });
    }
    if named.contains(&SPECIALISTS) {
        holders.push(Holder {
            name: SPECIALISTS.to_owned(),
            kind: "specialists",
        });
    }
    holders
}

/// End of the sale, day 63, day 252 and the last day, as far as they lie within the run.
fn key_days(context: &Context<'_>) -> Vec<u32> {
    let last = context.last_day();
    let mut days: Vec<u32> = [Some(context.curve_day()), Some(63), Some(252), Some(last)]
        .into_iter()
        .flatten()
        .filter(|day| *day > 0 && *day <= last)
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn table(context: &Context<'_>, camp: &str, sectors: &[Holder]) -> Vec<BuyersRow> {
    let mut rows = Vec::new();
    for day in key_days(context) {
        for holder in sectors.iter().filter(|holder| holder.kind != "switching") {
            let key = Key::in_unit("usd_bn")
                .camp(camp)
                .sector(&holder.name)
                .day(day);
            let band = |measure| context.facts.get(measure, key)?.band().map(Band::rounded);
            if let (Some(face), Some(ten_year_equivalents)) = (band(FACE), band(TEN_YEAR)) {
                rows.push(BuyersRow {
                    sector: holder.name.clone(),
                    day,
                    face,
                    ten_year_equivalents,
                });
            }
        }
    }
    rows
}

fn specialists<'c>(context: &Context<'_>, camp: &'c str) -> Option<Specialists<'c>> {
    let on = |day: u32| {
        let key = Key::in_unit("usd_bn")
            .camp(camp)
            .sector(SPECIALISTS)
            .day(day);
        context
            .facts
            .get(FACE, key)?
            .central
            .map(|value| (day, value))
    };
    let end = context.input.sale_end_day?;
    Some(Specialists {
        letter: camp,
        first: on(end)?,
        second: on(context.last_day())?,
    })
}

fn sum_note(context: &Context<'_>, camp: &str, day: u32, forced: bool) -> String {
    let on = |measure| {
        let key = Key::in_unit("usd_bn").camp(camp).day(day);
        context
            .facts
            .get(measure, key)?
            .central
            .map(|value| fixed(value, 1))
    };
    let Some(sold) = on("sold").filter(|_| context.input.sale_end_day.is_some()) else {
        return "Nothing is sold in this run.".to_owned();
    };
    let forced = match on("forced_sales") {
        Some(amount) if forced => format!(" + forced sales {amount}"),
        _ => String::new(),
    };
    let absorbed = on("absorbed")
        .map(|amount| format!(" = absorbed {amount}"))
        .unwrap_or_default();
    format!("Day {day}, central parameters, $bn: sold {sold}{forced}{absorbed}.")
}

fn flows(
    context: &Context<'_>,
    camp: &str,
    sectors: &[Holder],
    specialists: Option<Specialists<'_>>,
) -> Option<Flows> {
    let first_day = context.input.sale_end_day?;
    let second_day = context.last_day();
    if second_day <= first_day {
        return None;
    }
    let usd = Key::in_unit("usd_bn").camp(camp);
    let sold = on_day(&context.facts, "sold", usd, first_day)?;
    let nodes: Option<Vec<FlowNode>> = sectors
        .iter()
        .map(|holder| {
            let at = |day| match holder.kind {
                "switching" => on_day(&context.facts, SWITCHING_MEASURE, usd, day),
                _ => on_day(&context.facts, FACE, usd.sector(&holder.name), day),
            };
            Some(FlowNode {
                name: holder.name.clone(),
                kind: holder.kind,
                first: at(first_day)?,
                second: at(second_day)?,
            })
        })
        .collect();
    let seller = context
        .input
        .seller
        .as_ref()
        .map_or("The seller", |seller| seller.together.as_str());
    let sub = format!(
        "From the seller to the holders on day {first_day} and day {second_day}, camp {camp}, central parameters, $bn. The middle node pools what changes hands; who sold to whom is not identified"
    );
    Some(Flows {
        figure: context.figure(findings::buyers::flows_title(specialists, camp), sub, None),
        seller: seller.to_owned(),
        sold,
        first_day,
        second_day,
        nodes: nodes.filter(|nodes| !nodes.is_empty())?,
        sum_note: sum_note(
            context,
            camp,
            second_day,
            has_amount(&context.facts, "forced_sales", usd, &[second_day]),
        ),
    })
}
