//! From the written tree to a `Scenario`: the walk, then what ties keys together, then the typed values.
//!
//! Every part is built as far as it can be, so one mistake does not hide another; only at the end is the whole
//! refused if anything was an error. Warnings travel with the scenario.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::Checked;
use super::checked::{Allocation, Assumptions, CampName, DefinedHolder, Sale, Scenario, Threat};
use super::codes;
use super::context::Context;
use super::holders::holders;
use super::names::{HolderName, ScenarioName};
use super::policy::{dealers, fed, proceeds, treasury};
use super::sales::{no_silent_overlaps, sale};
use super::schema::{
    ASSUMPTIONS, DEALERS, EXOGENOUS, FED, PROCEEDS, ROOT, SCHEMA_VERSION, TREASURY,
};
use super::spread::{HoldingMix, Mix};
use super::value::whole;
use super::walk::{Report, Section, walk};
use super::words::{no_second_voice, threat};
use crate::diagnostic::{Diagnostic, Source};
use crate::parameters::{CampDefinition, camp_file};
use crate::pricing::CurveFile;

/// Checks a file as a whole.
pub(crate) fn check(
    source: &Source,
    tree: &DeTable<'_>,
    context: &Context<'_>,
) -> Result<Checked, Vec<Diagnostic>> {
    let mut report = Report::new(source);
    let root = Section::root(&ROOT, tree);
    if is_another_version(&root, &mut report) {
        return Err(report.finish());
    }
    walk(&root, &mut report);
    let scenario = scenario(&root, context, &mut report);
    match scenario {
        Some(scenario) if !report.has_errors() => Ok(Checked {
            scenario,
            warnings: report.finish(),
        }),
        _ => Err(report.finish()),
    }
}

/// Another version of the format would make every other complaint noise.
fn is_another_version(root: &Section<'_>, report: &mut Report<'_>) -> bool {
    let Some(toml::de::DeValue::Integer(version)) = root.written("schema") else {
        return false;
    };
    if whole(version) == Some(SCHEMA_VERSION) {
        return false;
    }
    let message = format!(
        "this file is written for schema {}, this program reads schema {SCHEMA_VERSION}",
        crate::diagnostic::quoted(&version.to_string())
    );
    report.error(codes::VERSION, root.span_of("schema"), message, |d| {
        d.help("compare the file with the output of `brandish scenario schema`")
    });
    true
}

fn scenario(
    root: &Section<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<Scenario> {
    let nothing = DeTable::new();
    let below = |parent: &Section<'_>, name: &str| parent.section(name).is_some();
    let exogenous = root
        .section("exogenous")
        .unwrap_or_else(|| Section::absent(&EXOGENOUS, &nothing));
    let policy = |name: &str, table| {
        exogenous
            .section(name)
            .unwrap_or_else(|| Section::absent(table, &nothing))
    };
    let as_of = as_of(root, context, report);
    let horizon_days = root.count("horizon_days");

    let named = root.named_sections("holders");
    let defined: Vec<&str> = named.iter().map(|holder| holder.name).collect();
    let holders = holders(&named, context, report);

    let sections = exogenous.sections("sale");
    let sale_count = sections.len();
    let mut sales = Vec::new();
    for section in sections {
        if let Some(mut sale) = sale(&section, horizon_days, &defined, context, report) {
            spread_as_held(&mut sale.mix, &section, holders.get(&sale.seller));
            sales.push((sale, section));
        }
    }
    no_silent_overlaps(&sales, report);
    let all_sales_read = sales.len() == sale_count;
    let sales: Vec<Sale> = sales.into_iter().map(|(sale, _)| sale).collect();

    let threat_section = exogenous.section("threat");
    let threat = threat_section
        .as_ref()
        .and_then(|section| threat(section, &defined, context, report));
    let threat = threat.zip(threat_section.as_ref());
    let threat = threat.map(|(mut threat, section)| {
        spread_as_held(&mut threat.mix, section, holders.get(&threat.seller));
        threat
    });
    if let (Some(section), Some(threat)) = (&threat_section, &threat) {
        no_second_voice(threat, section, &sales, report);
    }
    if sale_count == 0 && !below(&exogenous, "threat") && !report.has_errors() {
        report.warning(
            codes::NOTHING_EXOGENOUS,
            root.span_of_key("title"),
            "nothing is sold and nothing is said: the run shows the baseline",
        );
    }
    warn_of_unused_holders(&holders, &sales, threat.as_ref(), report);

    let proceeds = proceeds(&policy("proceeds", &PROCEEDS), report);
    let fed = fed(&policy("fed", &FED), report);
    let treasury = treasury(&policy("treasury", &TREASURY));
    let dealers = dealers(&policy("dealers", &DEALERS));
    let assumptions = assumptions(
        &root
            .section("assumptions")
            .unwrap_or_else(|| Section::absent(&ASSUMPTIONS, &nothing)),
        context,
        report,
    );
    if !all_sales_read
        || threat.is_some() != threat_section.is_some()
        || holders.len() != defined.len()
    {
        return None;
    }
    let idea = root.text("idea").map(str::to_owned);
    Some(Scenario {
        name: ScenarioName::new(root.text("name")?)?,
        title: root.text("title")?.to_owned(),
        as_of: as_of?,
        idea,
        horizon_days: horizon_days?,
        sales,
        threat,
        proceeds: proceeds?,
        fed: fed?,
        treasury: treasury?,
        dealers: dealers?,
        holders,
        assumptions: assumptions?,
    })
}

fn as_of(
    root: &Section<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<brandish_units::Date> {
    let date = root.day("as_of")?;
    let is_outside = date < context.first_date || date > context.last_date;
    let reason = if is_outside {
        Some(format!(
            "the data run from {} to {}",
            context.first_date, context.last_date
        ))
    } else {
        (context.why_not)(date)
    };
    if let Some(reason) = reason {
        let message = format!("no run is possible as of {date}: {reason}");
        let range = format!(
            "business days with par yields, {} to {}",
            context.first_date, context.last_date
        );
        report.error(codes::DATE, root.span_of("as_of"), message, |mut d| {
            d.allowed.push(range);
            d
        });
    }
    Some(date)
}

/// A holder whose maturities the file gives sells as he holds, unless it says otherwise: the survey would sell what he does not have.
fn spread_as_held(mix: &mut Mix, section: &Section<'_>, holder: Option<&DefinedHolder>) {
    let own = holder.is_some_and(|holder| holder.mix != HoldingMix::SurveyOfficial);
    if own && section.written("mix").is_none() {
        *mix = Mix::ProRata;
    }
}

fn warn_of_unused_holders(
    holders: &BTreeMap<HolderName, DefinedHolder>,
    sales: &[Sale],
    threat: Option<&Threat>,
    report: &mut Report<'_>,
) {
    for (name, holder) in holders {
        let is_used = sales.iter().any(|sale| &sale.seller == name)
            || threat.is_some_and(|threat| &threat.seller == name);
        if !is_used && !report.has_errors() {
            let message = format!("the holder `{name}` is defined but neither sells nor speaks");
            report.warning(codes::UNUSED_HOLDER, holder.origin.span.clone(), message);
        }
    }
}

fn assumptions(
    section: &Section<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<Assumptions> {
    let camps = section.words("camps").map(|words| ordered(&words));
    let stress_camps = section.words("stress_camps").map(|words| ordered(&words));
    if let (Some(camps), Some(stress)) = (&camps, &stress_camps)
        && let Some(both) = stress.iter().find(|camp| camps.contains(camp))
    {
        let key = if section.written("stress_camps").is_some() {
            "stress_camps"
        } else {
            "camps"
        };
        let message = format!(
            "camp {} stands in `camps` and in `stress_camps`",
            both.letter()
        );
        report.error(codes::TWICE, section.span_of(key), message, |d| {
            d.help("a camp is shown in the headline tables or outside them")
        });
    }
    let own_camp = own_camp(section, context, report);
    let curve = own_curve(section, report);
    let mut assumptions = Assumptions {
        camps: camps?,
        stress_camps: stress_camps?,
        draws: section.count("draws")?,
        allocation: match section.text("allocation")? {
            "each-camp" => Allocation::EachCamp,
            "by-weight" => Allocation::ByWeight,
            _ => return None,
        },
        seed: u64::try_from(section.integer("seed")?).ok()?,
        curve,
        own_camp: None,
    };
    if let Some(camp) = own_camp {
        assumptions.take_own_camp(camp);
    }
    Some(assumptions)
}

/// A user's own curve, written out in the file.
fn own_curve(section: &Section<'_>, report: &mut Report<'_>) -> Option<CurveFile> {
    let text = section.text("curve")?;
    match CurveFile::parse(text, "assumptions.curve", None) {
        Ok(curve) => Some(curve),
        Err(problems) => {
            report.extend(problems);
            None
        }
    }
}

/// A user's own camp: from a file beside the scenario, or written out in it.
fn own_camp(
    section: &Section<'_>,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Option<CampDefinition> {
    let inline = section.section("own_camp");
    let Some(path) = section.text("camp_file") else {
        let own = inline?;
        let camp = camp_file::definition(&own, report)?;
        if camp.letter != CampName::U {
            let wrong = camp_file::not_own(report.origin(own.span_of("letter")), camp.letter);
            report.extend(vec![wrong]);
        }
        return Some(camp);
    };
    if inline.is_some() {
        let message = "`camp_file` and `[assumptions.own_camp]` both give your own camp";
        report.error(
            codes::TWICE,
            section.span_of_key("camp_file"),
            message,
            |d| d.help("keep one of them"),
        );
        return None;
    }
    match (context.read_portfolio)(path) {
        Ok(text) => match camp_file::parse_own(&text, path) {
            Ok(camp) => Some(camp),
            Err(problems) => {
                report.extend(problems);
                None
            }
        },
        Err(reason) => {
            let message = format!("the camp file cannot be read: {reason}");
            report.error(
                codes::UNREADABLE,
                section.span_of("camp_file"),
                message,
                |d| d.help("paths are relative to the scenario file"),
            );
            None
        }
    }
}

/// The camps of a list in output order.
fn ordered(words: &[&str]) -> Vec<CampName> {
    CampName::ALL
        .into_iter()
        .filter(|camp| words.contains(&camp.letter()))
        .collect()
}
