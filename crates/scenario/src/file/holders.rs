//! `[holders.<name>]`: holders beside those of the snapshot, and references to holders.
//!
//! A defined holder may not take the name of one in the snapshot: a reader could not tell which was sold. Its
//! official part is at most all it holds, its currency must have an exchange rate.

use std::collections::BTreeMap;

use brandish_units::Usd;

use super::checked::DefinedHolder;
use super::codes;
use super::context::Context;
use super::mix::holding_mix;
use super::names::{Currency, HolderName};
use super::walk::{NamedSection, Report, Section};
use crate::diagnostic::quoted;

/// All holders that the file defines.
pub(crate) fn holders(
    sections: &[NamedSection<'_>],
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> BTreeMap<HolderName, DefinedHolder> {
    let mut defined = BTreeMap::new();
    for named in sections {
        if context.holders.contains(&named.name) {
            let message = format!("the snapshot already has a holder `{}`", named.name);
            report.error(codes::BAD_HOLDER, named.name_span.clone(), message, |d| {
                d.help("choose another name")
            });
        }
        let name = HolderName::new(named.name);
        if let (Some(name), Some(holder)) = (name, holder(&named.section, context, report)) {
            defined.insert(name, holder);
        }
    }
    defined
}

fn holder(
    section: &Section<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<DefinedHolder> {
    let holdings = section.number("holdings_usd_bn").map(Usd::from_bn);
    let official = section.number("official_usd_bn").map(Usd::from_bn);
    if let (Some(holdings), Some(official)) = (holdings, official)
        && official > holdings
    {
        let message = format!(
            "{} billion dollars officially held is more than the {} held",
            official.bn(),
            holdings.bn()
        );
        report.error(
            codes::BAD_HOLDER,
            section.span_of("official_usd_bn"),
            message,
            |d| d.help("the official part is at most all holdings"),
        );
    }
    let mix = holding_mix(section, context, report);
    let currency = currency(section, context, report);
    Some(DefinedHolder {
        holdings: holdings?,
        official: official?,
        mix: mix?,
        currency: currency?,
        origin: report.origin(section.span.clone()),
    })
}

fn currency(
    section: &Section<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<Currency> {
    let code = section.text("currency")?;
    if code != "USD" && !context.currencies.contains(&code) {
        let mut allowed = vec!["USD"];
        allowed.extend(context.currencies);
        let message = format!("there is no exchange rate for `{code}`");
        report.error(
            codes::NOT_ALLOWED,
            section.span_of("currency"),
            message,
            |d| {
                d.allowed(code, &allowed).help(
                    "accounts are in dollars; in the holder's own currency too where there is a rate for it",
                )
            },
        );
    }
    Currency::new(code)
}

/// The holder that a key names, if the snapshot or the file knows it.
pub(crate) fn known_holder(
    section: &Section<'_>,
    key: &str,
    defined: &[&str],
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<HolderName> {
    let name = section.text(key)?;
    if !defined.contains(&name) && !context.holders.contains(&name) {
        let mut allowed: Vec<&str> = context.holders.to_vec();
        allowed.extend(defined);
        let message = format!("unknown holder `{}`", quoted(name));
        report.error(codes::UNKNOWN_HOLDER, section.span_of(key), message, |d| {
            d.allowed(name, &allowed).help(format!(
                "define it under [holders.{name}], or use one of those"
            ))
        });
        return None;
    }
    HolderName::new(name)
}
