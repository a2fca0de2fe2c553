//! `[[exogenous.sale]]`: one order each, and how orders of one seller go together.
//!
//! An order must fit the horizon, name a known holder, and say only what can be used: a silent sale has no
//! announcement, a purchase no cap. Two orders of one seller on the same days are refused unless the later one says
//! `overlaps = true`: more often than not the second was meant for another seller or other days, and the engine
//! would add them up without a word.

use brandish_units::Usd;

use super::checked::{Cap, Departure, Known, Sale, SaleOrigin};
use super::codes;
use super::context::Context;
use super::holders::known_holder;
use super::mix::{mix, profile};
use super::ratios::Probability;
use super::spread::Mix;
use super::walk::{Report, Section};

/// The sale of one table; `None` where something was reported.
pub(crate) fn sale(
    section: &Section<'_>,
    horizon_days: Option<u32>,
    defined: &[&str],
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<Sale> {
    let seller = known_holder(section, "seller", defined, context, report);
    let amount = section.number("amount_usd_bn").map(Usd::from_bn);
    let days = section.count("days");
    let start_day = section.count("start_day");
    fits_horizon(section, start_day, days, horizon_days, report);
    let profile = profile(section, days, report);
    let mix = mix(section, context, report);
    let known = known(section, start_day, report);
    let departure = departure(section, start_day, days, horizon_days, report);
    let cap = cap(section);
    let overlaps = section.flag("overlaps");
    if amount.is_some_and(|amount| amount < Usd::ZERO) {
        purchase_is_plain(section, mix.as_ref(), report);
    }
    Some(Sale {
        seller: seller?,
        amount: amount?,
        days: days?,
        start_day: start_day?,
        profile: profile?,
        mix: mix?,
        known: known?,
        departure: departure?,
        cap: cap?,
        overlaps: overlaps?,
        origin: origin(section, report),
    })
}

fn origin(section: &Section<'_>, report: &Report<'_>) -> SaleOrigin {
    let at = |key: &str| report.origin(section.span_of(key));
    SaleOrigin {
        table: report.origin(section.span.clone()),
        seller: at("seller"),
        amount: at("amount_usd_bn"),
        days: at("days"),
        start_day: at("start_day"),
        mix: at("mix"),
        cap: at("cap"),
    }
}

/// What a seller can sell at most, of a sale or a threat.
pub(crate) fn cap(section: &Section<'_>) -> Option<Cap> {
    match section.text("cap")? {
        "official" => Some(Cap::Official),
        "all" => Some(Cap::All),
        _ => None,
    }
}

fn fits_horizon(
    section: &Section<'_>,
    start_day: Option<u32>,
    days: Option<u32>,
    horizon_days: Option<u32>,
    report: &mut Report<'_>,
) {
    let (Some(start), Some(days), Some(horizon)) = (start_day, days, horizon_days) else {
        return;
    };
    let end = start.saturating_add(days).saturating_sub(1);
    if end > horizon {
        let message = format!(
            "the sale runs from day {start} to day {end}, beyond the horizon of {horizon} days"
        );
        report.error(codes::DAYS, section.span_of("days"), message, |d| {
            d.help(format!("shorten it, start it earlier, or set horizon_days = {end} or more at the top of the file"))
        });
    }
}

fn known(section: &Section<'_>, start_day: Option<u32>, report: &mut Report<'_>) -> Option<Known> {
    match section.text("known")? {
        "silent" => {
            for key in ["announced_day", "credibility"] {
                if section.written(key).is_some() {
                    let message = format!("`{key}` means nothing in a silent sale");
                    report.error(codes::MEANINGLESS, section.span_of_key(key), message, |d| {
                        d.help(format!("remove `{key}`, or write known = \"announced\""))
                    });
                }
            }
            Some(Known::Silent)
        }
        "announced" => {
            let day = section.count("announced_day");
            let credibility = section.number("credibility").and_then(Probability::new);
            if let (Some(day), Some(start)) = (day, start_day)
                && day >= start
            {
                let message = format!(
                    "the sale starts on day {start} but is announced at the close of day {day}"
                );
                report.error(codes::DAYS, section.span_of("announced_day"), message, |d| {
                    d.help("announce it before its first day, or split it into a silent and an announced sale")
                });
            }
            Some(Known::Announced {
                day: day?,
                credibility: credibility?,
            })
        }
        _ => None,
    }
}

/// How the plan is departed from; the inner `None` where it is not, the outer one where something was reported.
fn departure(
    section: &Section<'_>,
    start_day: Option<u32>,
    days: Option<u32>,
    horizon_days: Option<u32>,
    report: &mut Report<'_>,
) -> Option<Option<Departure>> {
    const KEYS: [&str; 3] = ["stopped_after_day", "hastened_from_day", "hastened_days"];
    let Some(first) = KEYS.iter().find(|key| section.written(key).is_some()) else {
        return Some(None);
    };
    if section.text("known")? == "silent" {
        let message =
            format!("`{first}` means nothing in a silent sale: there is no plan to depart from");
        report.error(codes::MEANINGLESS, section.span_of_key(first), message, |d| {
            d.help("give the days that are sold on in `days` or `profile`, or write known = \"announced\"")
        });
        return None;
    }
    let (start, planned) = (start_day?, days?);
    let end = start.saturating_add(planned).saturating_sub(1);
    if section.written(KEYS[0]).is_some() {
        if let Some(other) = KEYS[1..].iter().find(|key| section.written(key).is_some()) {
            let message = format!("a plan that is called off has no `{other}`");
            report.error(
                codes::MEANINGLESS,
                section.span_of_key(other),
                message,
                |d| d.help(format!("remove it, or remove `{}`", KEYS[0])),
            );
            return None;
        }
        let last_day = section.count(KEYS[0])?;
        if !(start..end).contains(&last_day) {
            let message = format!(
                "the plan runs from day {start} to day {end} and is called off after day {last_day}"
            );
            report.error(codes::DAYS, section.span_of(KEYS[0]), message, |d| {
                d.help(format!(
                    "give a day from {start} to {}",
                    end.saturating_sub(1)
                ))
            });
            return None;
        }
        return Some(Some(Departure::Stopped { last_day }));
    }
    if let Some(lacking) = KEYS[1..].iter().find(|key| section.written(key).is_none()) {
        let message = format!("`{first}` needs `{lacking}`");
        report.error(
            codes::MEANINGLESS,
            section.span_of_key(first),
            message,
            |d| d.help(format!("add `{lacking}`")),
        );
        return None;
    }
    let (first_day, fewer) = (section.count(KEYS[1])?, section.count(KEYS[2])?);
    if first_day < start || first_day > end {
        let message = format!(
            "the plan runs from day {start} to day {end} and is hastened from day {first_day}"
        );
        report.error(codes::DAYS, section.span_of(KEYS[1]), message, |d| {
            d.help(format!("give a day from {start} to {end}"))
        });
        return None;
    }
    let left = end - first_day + 1;
    if fewer >= left || first_day.saturating_add(fewer) > horizon_days?.saturating_add(1) {
        let message = format!(
            "{left} days of the plan are left on day {first_day}, and the rest is to be sold in {fewer}"
        );
        report.error(codes::DAYS, section.span_of(KEYS[2]), message, |d| {
            d.help("give fewer days than are left: a slower pace is another plan")
        });
        return None;
    }
    Some(Some(Departure::Hastened {
        first_day,
        days: fewer,
    }))
}

fn purchase_is_plain(section: &Section<'_>, mix: Option<&Mix>, report: &mut Report<'_>) {
    if section.written("cap").is_some() {
        report.error(
            codes::MEANINGLESS,
            section.span_of_key("cap"),
            "`cap` means nothing in a purchase, and a negative amount is one",
            |d| d.help("remove `cap`: it bounds what a seller can sell"),
        );
    }
    if matches!(
        mix,
        Some(Mix::BillsFirst | Mix::ShortestFirst | Mix::MostLiquidFirst)
    ) {
        report.error(
            codes::MEANINGLESS,
            section.span_of("mix"),
            "this mix runs down what a seller holds and means nothing in a purchase, and a negative amount is one",
            |d| d.help("use survey-official, pro-rata, shares by bucket or a file"),
        );
    }
}

/// Refuses orders of one seller that share days, unless the later one says that it adds up.
pub(crate) fn no_silent_overlaps(sales: &[(Sale, Section<'_>)], report: &mut Report<'_>) {
    for (index, (sale, section)) in sales.iter().enumerate() {
        let earlier = sales
            .get(..index)
            .unwrap_or_default()
            .iter()
            .map(|(other, _)| other);
        let other = earlier.into_iter().find(|other| {
            other.seller == sale.seller
                && other.start_day <= sale.end_day()
                && sale.start_day <= other.end_day()
        });
        match (other, sale.overlaps) {
            (Some(other), false) => {
                let message = format!(
                    "two sales of `{}` share days: this one runs from day {} to {}, that of line {} from day {} to {}",
                    sale.seller,
                    sale.start_day,
                    sale.end_day(),
                    other.origin.table.line,
                    other.start_day,
                    other.end_day()
                );
                report.error(codes::OVERLAP, section.span.clone(), message, |d| {
                    d.help("give it other days or another seller, or write overlaps = true here if both amounts are meant to add up")
                });
            }
            (None, true) => {
                report.error(
                    codes::MEANINGLESS,
                    section.span_of_key("overlaps"),
                    "no earlier sale of this seller shares its days",
                    |d| d.help("remove `overlaps`"),
                );
            }
            _ => {}
        }
    }
}
