//! How an amount is spread: over days (`profile`) and over maturities (`mix`).
//!
//! A word was already checked by the walk. A list of shares must have one share per day, a table of shares may name
//! any of the engine's buckets by its center, a file names a portfolio in whose proportions the amount is taken.
//! Shares are non-negative and sum to 1 within `SHARE_TOLERANCE`.

use toml::de::{DeArray, DeTable, DeValue};

use super::codes;
use super::context::Context;
use super::schema::BUCKET_NAMES;
use super::spread::{BucketShares, HoldingMix, Mix, Portfolio, Profile, SHARE_TOLERANCE, of_one};
use super::value::{bucket_index, number};
use super::walk::{Report, Section};
use crate::diagnostic::quoted;

/// The profile of a sale over `days`, where they are known.
pub(crate) fn profile(
    section: &Section<'_>,
    days: Option<u32>,
    report: &mut Report<'_>,
) -> Option<Profile> {
    if let Some(DeValue::Array(array)) = section.written("profile") {
        return shares_by_day(section, array, days, report).map(Profile::Shares);
    }
    match section.text("profile")? {
        "even" => Some(Profile::Even),
        "front-loaded" => Some(Profile::FrontLoaded),
        "back-loaded" => Some(Profile::BackLoaded),
        _ => None,
    }
}

fn shares_by_day(
    section: &Section<'_>,
    array: &DeArray<'_>,
    days: Option<u32>,
    report: &mut Report<'_>,
) -> Option<Vec<f64>> {
    let span = section.span_of("profile");
    let mut shares = Vec::new();
    for element in array.iter() {
        shares.push(share(element.get_ref(), element.span(), "profile", report));
    }
    if let Some(days) = days
        && usize::try_from(days) != Ok(shares.len())
    {
        let message = format!("`profile` has {} shares for {days} days", shares.len());
        report.error(codes::SHARES, span, message, |d| {
            d.help("write one share for each day of the sale")
        });
        return None;
    }
    let shares: Vec<f64> = shares.into_iter().collect::<Option<_>>()?;
    sums_to_one(&shares, span, "profile", report)?;
    let sum: f64 = shares.iter().sum();
    Some(shares.into_iter().map(|share| of_one(share, sum)).collect())
}

/// The mix of a sale or threat.
pub(crate) fn mix(
    section: &Section<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<Mix> {
    if let Some(DeValue::Table(table)) = section.written("mix") {
        return Some(match spread(section, table, context, report)? {
            Spread::Buckets(shares) => Mix::Buckets(shares),
            Spread::Portfolio(portfolio) => Mix::Portfolio(portfolio),
        });
    }
    match section.text("mix")? {
        "survey-official" => Some(Mix::SurveyOfficial),
        "bills-first" => Some(Mix::BillsFirst),
        "shortest-first" => Some(Mix::ShortestFirst),
        "most-liquid-first" => Some(Mix::MostLiquidFirst),
        "pro-rata" => Some(Mix::ProRata),
        _ => None,
    }
}

/// How a defined holder's securities are spread.
pub(crate) fn holding_mix(
    section: &Section<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<HoldingMix> {
    if let Some(DeValue::Table(table)) = section.written("mix") {
        return Some(match spread(section, table, context, report)? {
            Spread::Buckets(shares) => HoldingMix::Buckets(shares),
            Spread::Portfolio(portfolio) => HoldingMix::Portfolio(portfolio),
        });
    }
    match section.text("mix")? {
        "survey-official" => Some(HoldingMix::SurveyOfficial),
        _ => None,
    }
}

enum Spread {
    Buckets(BucketShares),
    Portfolio(Portfolio),
}

fn spread(
    section: &Section<'_>,
    table: &DeTable<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<Spread> {
    if table.contains_key("file") {
        return portfolio(section, table, context, report).map(Spread::Portfolio);
    }
    buckets(section, table, report).map(Spread::Buckets)
}

pub(crate) fn buckets(
    section: &Section<'_>,
    table: &DeTable<'_>,
    report: &mut Report<'_>,
) -> Option<BucketShares> {
    let span = section.span_of("mix");
    let mut shares = [0.0; BUCKET_NAMES.len()];
    let mut is_good = true;
    let mut seen = [false; BUCKET_NAMES.len()];
    for (key, value) in table.iter() {
        let name = key.get_ref().as_ref();
        let Some(index) = bucket_index(name) else {
            is_good = false;
            let message = format!(
                "`mix` in {}: `{}` is not the center of a bucket",
                section.shown,
                quoted(name)
            );
            let is_unquoted = value.get_ref().is_table();
            report.error(codes::UNKNOWN_KEY, key.span(), message, |d| {
                let d = d.allowed(name, &BUCKET_NAMES);
                if is_unquoted {
                    d.help("put the center in quotes: \"0.25\" = 0.1")
                } else {
                    d.help("write bucket centers in years, or file = \"portfolio.csv\"")
                }
            });
            continue;
        };
        if value.get_ref().is_table() {
            is_good = false;
            let message = format!("`mix` in {}: a bucket holds one share", section.shown);
            report.error(codes::WRONG_TYPE, key.span(), message, |d| {
                d.help("put the center in quotes: \"2.5\" = 0.1")
            });
            continue;
        }
        if seen[index] {
            is_good = false;
            let message = format!(
                "`mix` in {}: the bucket {} stands twice",
                section.shown, BUCKET_NAMES[index]
            );
            report.error(codes::TWICE, key.span(), message, |d| d);
            continue;
        }
        seen[index] = true;
        match share(value.get_ref(), value.span(), "mix", report) {
            Some(share) => shares[index] = share,
            None => is_good = false,
        }
    }
    if !is_good {
        return None;
    }
    sums_to_one(&shares, span, "mix", report)?;
    BucketShares::new(shares)
}

/// One share, 0 to 1.
fn share(
    value: &DeValue<'_>,
    span: std::ops::Range<usize>,
    key: &str,
    report: &mut Report<'_>,
) -> Option<f64> {
    match number(value, span.clone()) {
        Ok((share, _)) if (0.0..=1.0).contains(&share) => Some(share),
        Ok((share, _)) => {
            let message = format!("`{key}`: {share} is not a share");
            report.error(codes::SHARES, span, message, |d| {
                d.help("shares run from 0 to 1")
            });
            None
        }
        Err(problem) => {
            let (code, message) = (problem.code, format!("`{key}`: {}", problem.message));
            report.error(code, span, message, |d| problem.finish(d));
            None
        }
    }
}

fn sums_to_one(
    shares: &[f64],
    span: std::ops::Range<usize>,
    key: &str,
    report: &mut Report<'_>,
) -> Option<()> {
    let sum: f64 = shares.iter().sum();
    if (sum - 1.0).abs() <= SHARE_TOLERANCE {
        return Some(());
    }
    let message = format!("`{key}`: the shares sum to {sum:.6}, not to 1");
    let is_percent = (sum - 100.0).abs() <= 100.0 * SHARE_TOLERANCE;
    report.error(codes::SHARES, span, message, |d| {
        if is_percent {
            d.help("write shares of 1, not percent")
        } else {
            d.help(format!("divide each by {sum:.6}"))
        }
    });
    None
}

fn portfolio(
    section: &Section<'_>,
    table: &DeTable<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<Portfolio> {
    for (key, _) in table.iter().filter(|(key, _)| key.get_ref() != "file") {
        let message = format!(
            "`mix` in {}: `{}` cannot stand beside a file",
            section.shown,
            quoted(key.get_ref())
        );
        report.error(codes::MEANINGLESS, key.span(), message, |d| {
            d.help("name a file or write shares, not both")
        });
    }
    let (span, written) = (table.get("file")?.span(), table.get("file")?.get_ref());
    let DeValue::String(path) = written else {
        let message = format!(
            "`mix` in {}: `file` expects a path in quotes",
            section.shown
        );
        report.error(codes::WRONG_TYPE, span, message, |d| d);
        return None;
    };
    let is_path = !path.is_empty() && path.len() <= 1024 && !path.chars().any(char::is_control);
    if !is_path {
        let message = format!("`{}` is not a path", quoted(path));
        report.error(codes::PORTFOLIO, span, message, |d| d);
        return None;
    }
    let text = match (context.read_portfolio)(path) {
        Ok(text) => text,
        Err(reason) => {
            let message = format!("the portfolio `{}` cannot be read: {reason}", quoted(path));
            report.error(codes::PORTFOLIO, span, message, |d| {
                d.help("paths start at the folder of the scenario file")
            });
            return None;
        }
    };
    match Portfolio::parse(&text, path) {
        Ok(portfolio) => Some(portfolio),
        Err(found) => {
            report.extend(found);
            None
        }
    }
}
