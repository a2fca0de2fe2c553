//! `[exogenous.threat]`: words about a sale that has not been ordered.
//!
//! The market's probability moves from `prior` to `probability`; a lower one is an assurance. Either the start has a
//! half-life or there is a deadline, never both. A threat beside a sale that the same seller announces on day 0
//! would say two things about one plan at one moment and is refused.

use brandish_units::Usd;

use super::checked::{Known, Sale, Threat, ThreatTiming};
use super::codes;
use super::context::Context;
use super::holders::known_holder;
use super::mix::mix;
use super::ratios::Probability;
use super::sales::cap;
use super::schema::THREAT_HALF_LIFE_DAYS;
use super::walk::{Report, Section};

/// The threat; `None` where something was reported.
pub(crate) fn threat(
    section: &Section<'_>,
    defined: &[&str],
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<Threat> {
    let seller = known_holder(section, "seller", defined, context, report);
    let mix = mix(section, context, report);
    let prior = section.number("prior").and_then(Probability::new);
    let probability = section.number("probability").and_then(Probability::new);
    if prior.is_some() && prior == probability {
        report.warning(
            codes::EMPTY_WORDS,
            section.span_of("probability"),
            "the words leave the probability where it was, so they move nothing",
        );
    }
    let timing = timing(section, report);
    Some(Threat {
        seller: seller?,
        amount: Usd::from_bn(section.number("amount_usd_bn")?),
        days: section.count("days")?,
        mix: mix?,
        cap: cap(section)?,
        prior: prior?,
        probability: probability?,
        timing: timing?,
        table_origin: report.origin(section.span.clone()),
        amount_origin: report.origin(section.span_of("amount_usd_bn")),
        mix_origin: report.origin(section.span_of("mix")),
    })
}

fn timing(section: &Section<'_>, report: &mut Report<'_>) -> Option<ThreatTiming> {
    match (
        section.written("half_life_days"),
        section.written("deadline_day"),
    ) {
        (Some(_), Some(_)) => {
            let message = "a threat has a half-life or a deadline, not both";
            report.error(codes::MEANINGLESS, section.span_of_key("half_life_days"), message, |d| {
                d.help("remove `half_life_days` where the day is stated, `deadline_day` where it is open")
            });
            None
        }
        (None, None) => Some(ThreatTiming::StartHazard {
            half_life_days: THREAT_HALF_LIFE_DAYS,
        }),
        (Some(_), None) => section
            .number("half_life_days")
            .map(|half_life_days| ThreatTiming::StartHazard { half_life_days }),
        (None, Some(_)) => section
            .count("deadline_day")
            .map(|day| ThreatTiming::Deadline { day }),
    }
}

/// Refuses a threat and a day-0 announcement of the same seller.
pub(crate) fn no_second_voice(
    threat: &Threat,
    section: &Section<'_>,
    sales: &[Sale],
    report: &mut Report<'_>,
) {
    let announced_at_once = |sale: &&Sale| {
        sale.seller == threat.seller && matches!(sale.known, Known::Announced { day: 0, .. })
    };
    if let Some(sale) = sales.iter().find(announced_at_once) {
        let message = format!(
            "`{}` threatens on day 0 what it announces on day 0 (line {})",
            threat.seller, sale.origin.table.line
        );
        report.error(codes::MEANINGLESS, section.span.clone(), message, |d| {
            d.help("remove the threat, or announce the sale later with announced_day")
        });
    }
}
