//! `[exogenous.proceeds]`, `fed`, `treasury`, `dealers`: where the dollars go and who answers.
//!
//! Each table may be left out and then has its defaults. A share that is converted needs something to be converted
//! into, and the other way round; the credibility of a rule needs the rule.

use brandish_effects::taxpayer::Refinancing;
use brandish_units::Usd;

use super::checked::{Conversion, DealerPolicy, FedRule, Proceeds, TreasuryPolicy};
use super::codes;
use super::ratios::{CapacityRelief, Probability, Share};
use super::walk::{Report, Section};

/// Where the dollars go.
pub(crate) fn proceeds(section: &Section<'_>, report: &mut Report<'_>) -> Option<Proceeds> {
    let to = section.text("to");
    let converted = section.number("converted_share").and_then(Share::new);
    let into = match to? {
        "yen" => Conversion::Yen,
        "gold" => Conversion::Gold,
        "euro" => Conversion::Euro,
        kept => {
            if converted.is_some_and(|share| share > Share::NONE) {
                let message = format!("proceeds kept in {kept} are not converted");
                report.error(
                    codes::MEANINGLESS,
                    section.span_of("converted_share"),
                    message,
                    |d| d.help("write converted_share = 0, or to = \"yen\", \"gold\" or \"euro\""),
                );
            }
            return match kept {
                "deposits" => Some(Proceeds::Deposits),
                "bills" => Some(Proceeds::Bills),
                _ => None,
            };
        }
    };
    let converted = converted?;
    if converted == Share::NONE {
        let span = if section.written("converted_share").is_some() {
            section.span_of("converted_share")
        } else {
            section.span_of("to")
        };
        report.error(codes::MEANINGLESS, span, "nothing is converted", |d| {
            d.help("write the share of the proceeds that is sold, e.g. converted_share = 1.0; the rest stays on deposit")
        });
    }
    Some(Proceeds::Converted { into, converted })
}

/// The Federal Reserve's rule.
pub(crate) fn fed(section: &Section<'_>, report: &mut Report<'_>) -> Option<FedRule> {
    let credibility = section.number("credibility").and_then(Probability::new);
    if section.flag("rule")? {
        return Some(FedRule::On {
            credibility: credibility?,
        });
    }
    if section.written("credibility").is_some() {
        report.error(
            codes::MEANINGLESS,
            section.span_of_key("credibility"),
            "`credibility` means nothing without the rule",
            |d| d.help("remove `credibility`, or write rule = true"),
        );
    }
    Some(FedRule::Off)
}

/// The Treasury's answer.
pub(crate) fn treasury(section: &Section<'_>) -> Option<TreasuryPolicy> {
    Some(TreasuryPolicy {
        buybacks_per_week: Usd::from_bn(section.number("buybacks_usd_bn_per_week")?),
        bill_share_of_new_issuance: section
            .number("bill_share_of_new_issuance")
            .and_then(Share::new),
        refinancing: match section.text("refinancing")? {
            "same-term" => Refinancing::SameTerm,
            "issuance-mix" => Refinancing::IssuanceMix,
            _ => return None,
        },
    })
}

/// Relief for intermediaries.
pub(crate) fn dealers(section: &Section<'_>) -> Option<DealerPolicy> {
    let capacity_relief = CapacityRelief::from_percent(section.number("capacity_relief_pct")?)?;
    Some(DealerPolicy { capacity_relief })
}
