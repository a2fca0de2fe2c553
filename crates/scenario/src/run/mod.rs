//! From a checked scenario to its outcome: baseline, orders, draws, effects, bands.
//!
//! One public function. What it needs from outside (the snapshot, how to report progress, whether to stop) comes
//! as arguments; equal arguments give equal outcomes, bit for bit, at any number of threads.

#[cfg(test)]
mod account_tests;
mod accounts;
mod assumptions;
pub(crate) mod columns;
pub(crate) mod draws;
mod effects;
mod explain;
mod lots;
mod month;
mod other_mode;
pub(crate) mod plan;
mod positions;
mod rows;

use brandish_data::Snapshot;
use brandish_habitat::BUCKETS;

use crate::baseline::{Baseline, Seller};
use crate::error::ScenarioError;
use crate::file::{CampName, Scenario};
use crate::happened;
use crate::markets::MarketStudy;
use crate::orders::orders;
use crate::outcome::{CampSummary, Outcome, SellerSummary, SourceUse, Warning};
use crate::parameters::{ParameterBook, ParameterSource};
use crate::settings::Settings;
use crate::table::LongTable;
use crate::warnings;
use draws::{CampDraws, CampWork, compute};
pub use draws::{Control, Progress};
pub(crate) use effects::markets::ResponseParameter;

/// Runs a scenario.
///
/// # Errors
/// Everything that stops a run: a day without a market, a sale beyond its seller's bound, an engine that finds no
/// price at central parameters. A draw that fails is counted in the outcome instead.
pub fn run(
    scenario: &Scenario,
    snapshot: &Snapshot,
    settings: Settings,
    control: &Control<'_>,
) -> Result<Outcome, ScenarioError> {
    let book = ParameterBook::shipped()?.with_own(scenario.assumptions.own_camp.as_ref());
    let (baseline, study) = rayon::join(
        || {
            Baseline::on_curve(
                snapshot,
                scenario.as_of,
                &book,
                settings,
                scenario.assumptions.curve.as_ref(),
            )
        },
        || MarketStudy::on(snapshot, scenario.as_of, &book),
    );
    let (baseline, study) = (baseline?, study?);
    let built = orders(scenario, &baseline, settings)?;
    let named = named_sellers(scenario, &baseline)?;
    let facts = plan::facts(
        scenario,
        &baseline,
        &built,
        &named,
        (&book, &study, settings),
    )?;
    let camps: Vec<CampName> = scenario
        .assumptions
        .camps
        .iter()
        .chain(&scenario.assumptions.stress_camps)
        .copied()
        .collect();
    let lasting = plan::lasting_supply(&built.flow);
    let work = camps
        .iter()
        .map(|camp| {
            Ok(CampWork {
                parameters: ParameterSource {
                    book: &book,
                    camp_name: *camp,
                    camp: book.camps.get(*camp)?,
                    market: &baseline.market,
                    economy: baseline.economy,
                    fed: scenario.fed,
                    dealers: scenario.dealers,
                    settings,
                },
                market: &baseline.market,
                flow: &built.flow,
                lasting_supply: lasting,
                facts: &facts,
            })
        })
        .collect::<Result<Vec<_>, ScenarioError>>()?;
    let assumptions = &scenario.assumptions;
    let (results, interrupted) = compute(&work, assumptions, control)?;

    let finished = results.iter().map(|camp| camp.draws.len() + camp.failed);
    let finished = finished.min().unwrap_or(0) as u64;
    let happened = happened::after(scenario, snapshot, &baseline, &built, &work, &facts)?;
    let summaries = summaries(&camps, &results, &book)?;
    let sellers = sellers(scenario, &baseline)?;
    let mut table = LongTable {
        run_id: String::new(),
        scenario: scenario.name.as_str().to_owned(),
        as_of: Some(scenario.as_of),
        rows: Vec::new(),
    };
    rows::baseline(&baseline, &named, &mut table);
    facts.taxpayer().baseline_rows(&baseline, &mut table);
    rows::camps(&camps, &results, &book, &facts, &mut table)?;
    let paths: Vec<_> = results.iter().map(|result| &result.central_path).collect();
    let depth = if (assumptions.draws as usize) < crate::bands::MIN_DRAWS_FOR_BANDS {
        explain::Depth::Parts
    } else {
        explain::Depth::Parameters
    };
    let unexplained = explain::rows(&work, &paths, &facts, depth, &mut table)?;
    month::rows(&work, assumptions.seed, finished, &mut table)?;
    let mut other_mode = if interrupted {
        None
    } else {
        other_mode::name(scenario)
    };
    if other_mode.is_some()
        && !other_mode::rows(
            scenario,
            &built.flow,
            &work,
            &facts,
            control.cancel,
            &mut table,
        )?
    {
        other_mode = None;
    }
    let mut warned = collect_warnings(
        scenario,
        &baseline,
        &summaries,
        interrupted,
        &built.sale_mixes,
    )?;
    warned.push(warnings::other_markets(&study));
    let missing = &facts.taxpayer().words().missing;
    warned.extend(
        missing
            .iter()
            .map(|missing| warnings::taxpayer_missing(missing)),
    );
    warned.extend(
        unexplained
            .iter()
            .map(|missing| warnings::unexplained(missing.camp, &missing.reason)),
    );
    warned.extend(accounts::warnings_of(scenario, &baseline, &named));
    warned.sort();
    Ok(Outcome {
        scenario: scenario.clone(),
        settings,
        warnings: warned,
        assumptions: assumptions::list(&book, &baseline, &study, settings)
            .into_iter()
            .chain(facts.taxpayer().words().after_horizon.clone())
            .collect(),
        table,
        camps: summaries,
        other_mode,
        days: facts.days().clone(),
        baseline_par_pct: baseline.par_pct(),
        sellers,
        usdjpy: baseline.usdjpy,
        markets: study,
        interest_periods: facts.interest_periods(),
        taxpayer: facts.taxpayer().words().clone(),
        happened,
        sources: sources(&baseline, snapshot)?,
        interrupted,
    })
}

/// The sources of the market of the day and of other markets, each once.
fn sources(baseline: &Baseline, snapshot: &Snapshot) -> Result<Vec<SourceUse>, ScenarioError> {
    let mut list = baseline.sources(snapshot)?;
    list.extend(MarketStudy::sources(snapshot)?);
    list.sort_by(|left, right| left.id.cmp(&right.id));
    list.dedup();
    Ok(list)
}

fn summaries(
    camps: &[CampName],
    results: &[CampDraws],
    book: &ParameterBook,
) -> Result<Vec<CampSummary>, ScenarioError> {
    camps
        .iter()
        .zip(results)
        .map(|(camp, result)| {
            let definition = book.camps.get(*camp)?;
            Ok(CampSummary {
                camp: *camp,
                name: definition.name.clone(),
                sentence: definition.sentence.clone(),
                stress: definition.stress,
                weight: definition.weight,
                draws: result.draws.len(),
                failed: result.failed,
                first_failure: result.first_failure.clone(),
            })
        })
        .collect()
}

fn sellers(scenario: &Scenario, baseline: &Baseline) -> Result<Vec<SellerSummary>, ScenarioError> {
    let mut summaries: Vec<SellerSummary> = Vec::new();
    let amounts = scenario
        .sales
        .iter()
        .map(|sale| (&sale.seller, sale.executed(), 0.0))
        .chain(
            scenario
                .threat
                .iter()
                .map(|threat| (&threat.seller, threat.amount * 0.0, threat.amount.bn())),
        );
    for (name, amount, threatened) in amounts {
        let threatened = brandish_units::Usd::from_bn(threatened);
        if let Some(known) = summaries
            .iter_mut()
            .find(|summary| summary.name == name.as_str())
        {
            known.amount += amount;
            known.threatened += threatened;
            continue;
        }
        let seller = baseline.seller(name, scenario)?;
        summaries.push(SellerSummary {
            name: name.as_str().to_owned(),
            title: seller.title,
            total: seller.total,
            official_bound: seller.official_bound,
            official_bound_source: seller.official_bound_source,
            amount,
            threatened,
        });
    }
    Ok(summaries)
}

/// Everybody whom the scenario names as seller, buyer or speaker, each once.
pub(crate) fn named_sellers(
    scenario: &Scenario,
    baseline: &Baseline,
) -> Result<Vec<Seller>, ScenarioError> {
    let names = scenario
        .sales
        .iter()
        .map(|sale| &sale.seller)
        .chain(scenario.threat.iter().map(|threat| &threat.seller));
    let mut sellers: Vec<Seller> = Vec::new();
    for name in names {
        if !sellers.iter().any(|seller| seller.name == name.as_str()) {
            sellers.push(baseline.seller(name, scenario)?);
        }
    }
    Ok(sellers)
}

fn collect_warnings(
    scenario: &Scenario,
    baseline: &Baseline,
    camps: &[CampSummary],
    interrupted: bool,
    sale_mixes: &[[f64; BUCKETS]],
) -> Result<Vec<Warning>, ScenarioError> {
    let mut list = baseline.warnings.clone();
    for (sale, mix) in scenario.sales.iter().zip(sale_mixes) {
        let seller = baseline.seller(&sale.seller, scenario)?;
        list.extend(seller.warnings.clone());
        list.extend(plan::beyond_inferred(sale, mix, &seller));
    }
    list.extend(plan::unknown_lots(scenario, baseline));
    list.extend(plan::converted_elsewhere(scenario));
    if let Some(threat) = &scenario.threat {
        list.extend(baseline.seller(&threat.seller, scenario)?.warnings);
    }
    for camp in camps.iter().filter(|camp| camp.failed > 0) {
        let asked = camp.failed + camp.draws;
        let first = camp.first_failure.as_deref().unwrap_or("");
        list.push(warnings::failed_draws(
            camp.camp.letter(),
            camp.failed,
            asked,
            first,
        ));
    }
    if interrupted {
        let done = camps
            .iter()
            .map(|camp| camp.draws)
            .min()
            .unwrap_or_default();
        list.push(warnings::interrupted(done, scenario.assumptions.draws));
    }
    if (scenario.assumptions.draws as usize) < crate::bands::MIN_DRAWS_FOR_BANDS {
        list.push(warnings::few_draws(scenario.assumptions.draws));
    }
    list.push(warnings::engine_limits());
    list.sort();
    list.dedup();
    Ok(list)
}
