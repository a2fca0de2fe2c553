//! Section 7b: everybody's account. Who gains, who loses, by camp; every entry in the table; by security where a portfolio was given.
//!
//! Bars are the P&L on the last day of the accounts; holders stand in the order of their loss in the middle camp. Holders who neither
//! gain nor lose visibly in any camp are left out of the chart, not of the table.

use serde::Serialize;

use super::context::Context;
use super::parts::{Band, Figure, drawn};
use crate::facts::Key;
use crate::findings;
use crate::format::{list_and, signed};

/// Least P&L, $bn, that a bar shows.
const VISIBLE_USD_BN: f64 = 0.05;
/// Securities of one holder that the page lists; the run's table holds all.
const MOST_SECURITIES: usize = 60;

/// The accounts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Accounts {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// Day of the accounts.
    pub day: u32,
    /// Bars per camp, the same holders in the same order.
    pub panels: Vec<AccountsPanel>,
    /// Everybody's entries, by camp.
    pub rows: Vec<HolderRow>,
    /// Accounts by security, at central parameters.
    pub securities: Vec<SecurityRow>,
    /// What it adds up to.
    pub sum_note: String,
}

/// One camp.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountsPanel {
    /// The camp.
    pub letter: &'static str,
    /// A bar per holder.
    pub bars: Vec<HolderBar>,
}

/// One holder's P&L.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HolderBar {
    /// Name in print.
    pub holder: String,
    /// Whether the scenario names it.
    pub named: bool,
    /// P&L, $bn, positive = gain.
    pub band: Band,
}

/// One holder's account in one camp, $bn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HolderRow {
    /// Name in print.
    pub holder: String,
    /// The camp.
    pub letter: &'static str,
    /// Value at the start.
    pub opening: f64,
    /// Coupons received.
    pub coupons: Band,
    /// Execution, positive = gain.
    pub execution: Band,
    /// Mark to market, positive = gain.
    pub mark: Band,
    /// P&L, positive = gain.
    pub pnl: Band,
    /// Value at the end of what is held then.
    pub closing: Band,
    /// Least and most that P&L can be, at central parameters, where the securities held are inferred.
    pub bounds: Option<[f64; 2]>,
}

/// One security of a holder in one camp at central parameters, $bn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SecurityRow {
    /// Name in print.
    pub holder: String,
    /// The security.
    pub cusip: String,
    /// The camp.
    pub letter: &'static str,
    /// Opening value, coupons, execution (positive = gain), mark, P&L, closing value.
    pub entries: [f64; 6],
}

const BY_SECURITY: [(&str, bool); 5] = [
    ("coupons", false),
    ("execution_loss", true),
    ("mark_to_market", false),
    ("holder_pnl", false),
    ("closing_value", false),
];

pub(crate) fn view(context: &Context<'_>) -> Option<Accounts> {
    let facts = &context.facts;
    let middle = context.middle_camp()?.letter;
    let usd = Key::in_unit("usd_bn");
    let day = *facts.days("market_value_change", usd.camp(middle)).last()?;
    let band = |measure: &str, camp: &str, holder: &str| {
        let stats = facts.get(measure, usd.camp(camp).sector(holder).day(day))?;
        stats.band().map(Band::rounded)
    };
    let mut holders: Vec<(&str, f64)> = facts
        .sectors("holder_pnl", middle)
        .into_iter()
        .filter_map(|holder| Some((holder, band("holder_pnl", middle, holder)?.p50)))
        .collect();
    holders.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(b.0)));
    let visible = |holder: &str| {
        context.headline().any(|camp| {
            band("holder_pnl", camp.letter, holder)
                .is_some_and(|found| found.p05.abs().max(found.p95.abs()) >= VISIBLE_USD_BN)
        })
    };
    let shown: Vec<&str> = holders
        .iter()
        .map(|(holder, _)| *holder)
        .filter(|holder| visible(holder))
        .collect();
    let panels: Vec<AccountsPanel> = context
        .headline()
        .filter_map(|camp| {
            let bars: Option<Vec<HolderBar>> = shown
                .iter()
                .map(|holder| {
                    Some(HolderBar {
                        holder: printed(context, holder),
                        named: title_of(context, holder).is_some(),
                        band: band("holder_pnl", camp.letter, holder)?,
                    })
                })
                .collect();
            Some(AccountsPanel {
                letter: camp.letter,
                bars: bars.filter(|bars| !bars.is_empty())?,
            })
        })
        .collect();
    if panels.is_empty() {
        return None;
    }
    let central = |measure: &str, key: Key<'_>| facts.get(measure, key)?.central;
    let rows = context
        .headline()
        .flat_map(|camp| {
            holders
                .iter()
                .map(move |(holder, _)| (camp.letter, *holder))
        })
        .filter_map(|(letter, holder)| {
            let bound = |measure: &str| {
                central(measure, usd.camp(letter).sector(holder).day(day)).map(drawn)
            };
            Some(HolderRow {
                holder: printed(context, holder),
                letter,
                opening: drawn(central("opening_value", usd.sector(holder).day(0))?),
                coupons: band("coupons", letter, holder)?,
                execution: band("execution_loss", letter, holder)?.negated().rounded(),
                mark: band("mark_to_market", letter, holder)?,
                pnl: band("holder_pnl", letter, holder)?,
                closing: band("closing_value", letter, holder)?,
                bounds: match (bound("holder_pnl_least"), bound("holder_pnl_most")) {
                    (Some(least), Some(most)) => Some([least, most]),
                    _ => None,
                },
            })
        })
        .collect();
    let seller = context.input.seller.as_ref();
    let together = context
        .in_headline(|facts, camp| facts.get("market_value_change", usd.camp(camp).day(day)));
    let own = context.in_headline(|facts, camp| {
        facts.get("holder_pnl", usd.camp(camp).sector(&seller?.key).day(day))
    });
    let title = findings::accounts::title(
        seller.map(|seller| seller.name.as_str()),
        &together.unwrap_or_default(),
        &own.unwrap_or_default(),
        context.camps_in_words(),
    );
    let sub = format!(
        "Profit and loss by holder on day {day}, {}: median and 90% band, $bn; losses to the left",
        context.input.mode
    );
    Some(Accounts {
        figure: context.figure(title, sub, Some(note(context))),
        day,
        panels,
        rows,
        securities: securities(context, day),
        sum_note: sum_note(context, day),
    })
}

/// What has to be known to read the accounts.
fn note(context: &Context<'_>) -> String {
    let mut text = "Opening value and P&L together are closing value and dollars received for net sales. Prices are those of the \
                    as-of settlement, so coupons are contained in them and are no part of P&L. Who holds which maturity is inferred \
                    except where a portfolio is given; the bounds in the table put everything into the securities of its maturity band \
                    that lost most, or least."
        .to_owned();
    if !context.input.named.is_empty() {
        text.push_str(" Holders that the scenario names are taken out of their sectors.");
    }
    text
}

/// The accounts' sum, in words.
fn sum_note(context: &Context<'_>, day: u32) -> String {
    let changes: Vec<String> = context
        .headline()
        .filter_map(|camp| {
            let key = Key::in_unit("usd_bn").camp(camp.letter).day(day);
            let change = context.facts.get("market_value_change", key)?.central?;
            Some(format!("{} {}", camp.letter, signed(change, 1)))
        })
        .collect();
    format!(
        "All accounts add up to the change in market value of everything outstanding. Day {day}, central parameters, $bn: {}.",
        list_and(&changes)
    )
}

fn securities(context: &Context<'_>, day: u32) -> Vec<SecurityRow> {
    let usd = Key::in_unit("usd_bn");
    let facts = &context.facts;
    let mut rows = Vec::new();
    for (holder, title) in &context.input.named {
        let cusips = facts.securities("opening_value", holder);
        for cusip in cusips.into_iter().take(MOST_SECURITIES) {
            let key = usd.sector(holder).security(cusip);
            for camp in context.headline() {
                let central = |measure: &str, key: Key<'_>| facts.get(measure, key)?.central;
                let mut entries = [0.0; 6];
                let opening = central("opening_value", key.day(0));
                let others = BY_SECURITY.map(|(measure, lost)| {
                    let value = central(measure, key.camp(camp.letter).day(day))?;
                    Some(if lost { -value } else { value })
                });
                let found: Option<Vec<f64>> = [opening].into_iter().chain(others).collect();
                let Some(found) = found else { continue };
                for (entry, value) in entries.iter_mut().zip(found) {
                    *entry = drawn(value);
                }
                rows.push(SecurityRow {
                    holder: title.clone(),
                    cusip: cusip.to_owned(),
                    letter: camp.letter,
                    entries,
                });
            }
        }
    }
    rows
}

fn title_of<'a>(context: &'a Context<'_>, holder: &str) -> Option<&'a str> {
    let mut named = context.input.named.iter();
    named
        .find(|(name, _)| name == holder)
        .map(|(_, title)| title.as_str())
}

/// Name in print: a sector without the holders that are named is the other part of it.
fn printed(context: &Context<'_>, holder: &str) -> String {
    match title_of(context, holder) {
        Some(title) => title.to_owned(),
        None if holder.starts_with("foreign ") && !context.input.named.is_empty() => {
            format!("other {holder}")
        }
        None => holder.to_owned(),
    }
}
