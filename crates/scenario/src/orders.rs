//! From the checked scenario and the market of the day to the order flow that the engine clears.
//!
//! Sales and purchases become orders by day and bucket, words become threats, proceeds put into bills become
//! negative supply; the Treasury's buybacks and its share of bills exchange coupon securities for bills. The size of every sale is checked here against what its seller can
//! sell: the bound is data, so the check needs the baseline, and its complaint points at the line of the file.

use brandish_habitat::{
    BUCKETS, Known as EngineKnown, Order, OrderFlow, Threat as EngineThreat, ThreatKind,
    reference_mix,
};
use brandish_units::Usd;

use crate::baseline::{Baseline, Seller};
use crate::diagnostic::Diagnostic;
use crate::error::ScenarioError;
use crate::file::{
    Cap, Departure, Known, Mix, Proceeds, Sale, Scenario, Threat, ThreatTiming, codes,
};
use crate::mix;
use crate::settings::Settings;
use crate::taxpayer;

/// The order flow of a run, with what the reports need to know about it.
#[derive(Debug, Clone)]
pub struct Orders {
    /// What the engine clears.
    pub flow: OrderFlow,
    /// Per sale of the scenario: shares by maturity bucket.
    pub sale_mixes: Vec<[f64; BUCKETS]>,
    /// Per sale: what is executed of it by business day and bucket, $bn.
    pub sales_by_day: Vec<Vec<[f64; BUCKETS]>>,
    /// What the Treasury exchanges: sold less bought back, by business day and bucket, one list per reason.
    pub treasury_by_day: Vec<Vec<[f64; BUCKETS]>>,
}

/// Builds the order flow.
///
/// # Errors
/// All sales beyond their seller's bound and all mixes that cannot be applied, as diagnostics; or an option of the
/// file that the engine does not model.
pub fn orders(
    scenario: &Scenario,
    baseline: &Baseline,
    settings: Settings,
) -> Result<Orders, ScenarioError> {
    let mut problems = Vec::new();
    check_sizes(scenario, baseline, &mut problems);
    let mut built = Orders {
        flow: OrderFlow {
            horizon_days: scenario.horizon_days as usize,
            ..OrderFlow::default()
        },
        sale_mixes: Vec::new(),
        sales_by_day: Vec::new(),
        treasury_by_day: Vec::new(),
    };
    for sale in &scenario.sales {
        let seller = baseline.seller(&sale.seller, scenario)?;
        match sale_mix(&sale.mix, sale.amount, &seller, baseline, settings) {
            Ok(shares) => {
                built.sale_mixes.push(shares);
                built
                    .sales_by_day
                    .push(by_day(sale, &sale.daily_amounts(), &shares));
                for order in sale_orders(sale, &shares) {
                    let bills = (scenario.proceeds == Proceeds::Bills && sale.amount.bn() > 0.0)
                        .then(|| reinvested_in_bills(&order, baseline));
                    built.flow.orders.push(order);
                    built.flow.orders.extend(bills);
                }
            }
            Err(error) => problems.push(Diagnostic::error(
                codes::SHARES,
                sale.origin.mix.clone(),
                error.to_string(),
            )),
        }
    }
    if let Some(threat) = &scenario.threat {
        let seller = baseline.seller(&threat.seller, scenario)?;
        match sale_mix(&threat.mix, threat.amount, &seller, baseline, settings) {
            Ok(shares) => built.flow.threats.push(engine_threat(threat, shares)),
            Err(error) => problems.push(Diagnostic::error(
                codes::SHARES,
                threat.mix_origin.clone(),
                error.to_string(),
            )),
        }
    }
    let mut exchanges = Vec::new();
    if scenario.treasury.buybacks_per_week.bn() > 0.0 {
        exchanges.push(buybacks(scenario, baseline));
    }
    if let Some(share) = scenario.treasury.bill_share_of_new_issuance {
        exchanges.push(more_bills(share.value(), scenario, baseline)?);
    }
    for exchange in exchanges {
        built.treasury_by_day.push(exchange.sales_by_day.clone());
        built.flow.orders.push(exchange);
    }
    if problems.is_empty() {
        Ok(built)
    } else {
        Err(ScenarioError::Diagnostics(problems))
    }
}

/// Every seller's sales together must stay within the bound that the file asks for.
fn check_sizes(scenario: &Scenario, baseline: &Baseline, problems: &mut Vec<Diagnostic>) {
    let mut so_far: Vec<(&crate::file::HolderName, f64)> = Vec::new();
    for sale in scenario.sales.iter().filter(|sale| sale.amount.bn() > 0.0) {
        let total = match so_far.iter_mut().find(|(name, _)| *name == &sale.seller) {
            Some((_, total)) => {
                *total += sale.amount.bn();
                *total
            }
            None => {
                so_far.push((&sale.seller, sale.amount.bn()));
                sale.amount.bn()
            }
        };
        check_bound(
            scenario,
            baseline,
            &sale.seller,
            sale.cap,
            total,
            &sale.origin.amount,
            problems,
        );
    }
    if let Some(threat) = &scenario.threat {
        check_bound(
            scenario,
            baseline,
            &threat.seller,
            threat.cap,
            threat.amount.bn(),
            &threat.amount_origin,
            problems,
        );
    }
}

fn check_bound(
    scenario: &Scenario,
    baseline: &Baseline,
    name: &crate::file::HolderName,
    cap: Cap,
    total_bn: f64,
    origin: &crate::diagnostic::Origin,
    problems: &mut Vec<Diagnostic>,
) {
    let seller = match baseline.seller(name, scenario) {
        Ok(seller) => seller,
        Err(error) => {
            problems.push(Diagnostic::error(
                codes::BEYOND_CAP,
                origin.clone(),
                error.to_string(),
            ));
            return;
        }
    };
    let (bound, what, remedy) = match cap {
        Cap::Official => (
            seller.official_bound,
            &seller.official_bound_source,
            "lower `amount_usd_bn`, or set `cap = \"all\"` if private holders sell too",
        ),
        Cap::All => (seller.total, &seller.total_source, "lower `amount_usd_bn`"),
    };
    if total_bn > bound.bn() {
        problems.push(
            Diagnostic::error(
                codes::BEYOND_CAP,
                origin.clone(),
                format!(
                    "{} cannot sell ${total_bn:.1}bn: at most ${:.1}bn on {} ({what})",
                    seller.title,
                    bound.bn(),
                    scenario.as_of
                ),
            )
            .help(remedy),
        );
    }
}

fn sale_mix(
    rule: &Mix,
    amount: Usd,
    seller: &Seller,
    baseline: &Baseline,
    settings: Settings,
) -> Result<[f64; BUCKETS], mix::MixError> {
    if settings == Settings::Reference && *rule == Mix::SurveyOfficial {
        return Ok(reference_mix::JAPAN);
    }
    let portfolio = match rule {
        Mix::Portfolio(portfolio) => Some(baseline.value_by_bucket_usd_bn(&portfolio.lots)),
        _ => None,
    };
    mix::shares(
        rule,
        amount,
        &seller.holdings,
        &baseline.survey_official,
        portfolio.as_ref(),
    )
}

/// Amounts from a sale's first day on, by business day from 1 and by bucket.
fn by_day(sale: &Sale, amounts: &[Usd], shares: &[f64; BUCKETS]) -> Vec<[f64; BUCKETS]> {
    let before = sale.start_day.saturating_sub(1) as usize;
    let mut days = vec![[0.0; BUCKETS]; before];
    days.extend(
        amounts
            .iter()
            .map(|amount| shares.map(|share| share * amount.bn())),
    );
    days
}

/// The plan, and where it is departed from a second order: the difference, declared and believed like the plan on the first day
/// that differs. Until then the market expects the plan, from then on what is really carried out.
fn sale_orders(sale: &Sale, shares: &[f64; BUCKETS]) -> Vec<Order> {
    let known = |announced_day: u32| match sale.known {
        Known::Silent => EngineKnown::Silent,
        Known::Announced { credibility, .. } => EngineKnown::Announced {
            announced_day: announced_day as usize,
            credibility: credibility.value(),
        },
    };
    // declared at the close of a day: known when the next one is priced
    let announced_day = match sale.known {
        Known::Announced { day, .. } => day.saturating_add(1),
        Known::Silent => 0,
    };
    let planned = by_day(sale, &sale.planned_amounts(), shares);
    let Some(departure) = sale.departure else {
        return vec![Order {
            sales_by_day: planned,
            known: known(announced_day),
        }];
    };
    let first_day = match departure {
        Departure::Stopped { last_day } => last_day.saturating_add(1),
        Departure::Hastened { first_day, .. } => first_day,
    };
    let mut difference = by_day(sale, &sale.daily_amounts(), shares);
    difference.resize(difference.len().max(planned.len()), [0.0; BUCKETS]);
    for (day, planned) in difference.iter_mut().zip(&planned) {
        for (executed, planned) in day.iter_mut().zip(planned) {
            *executed -= planned;
        }
    }
    vec![
        Order {
            sales_by_day: planned,
            known: known(announced_day),
        },
        Order {
            sales_by_day: difference,
            known: known(first_day),
        },
    ]
}

/// Dollars received are put into bills on the day they arrive: supply of the same size, negative, spread like
/// the bills outstanding. The market knows of it what it knows of the sale.
fn reinvested_in_bills(sale: &Order, baseline: &Baseline) -> Order {
    let bills = baseline.bill_shares();
    Order {
        sales_by_day: sale
            .sales_by_day
            .iter()
            .map(|day| {
                let total: f64 = day.iter().sum();
                bills.map(|share| -total * share)
            })
            .collect(),
        known: sale.known,
    }
}

/// Buybacks beyond the published schedule: a fifth of the week's amount each business day over the whole horizon, spread like
/// coupon securities outstanding and paid for with bills spread like those outstanding, declared and believed.
fn buybacks(scenario: &Scenario, baseline: &Baseline) -> Order {
    let a_day = scenario.treasury.buybacks_per_week.bn() / 5.0;
    let (coupons, bills) = (baseline.coupon_shares(), baseline.bill_shares());
    let day = std::array::from_fn(|bucket| a_day * (bills[bucket] - coupons[bucket]));
    Order {
        sales_by_day: vec![day; scenario.horizon_days as usize],
        known: EngineKnown::announced(),
    }
}

/// Net new borrowing of the budget baseline with another share of bills: more of them, and as much less of the coupon securities
/// in which the Treasury has been borrowing, every business day over the whole horizon, declared and believed.
fn more_bills(
    share: f64,
    scenario: &Scenario,
    baseline: &Baseline,
) -> Result<Order, ScenarioError> {
    let more = share - taxpayer::bill_share(&taxpayer::mix(baseline)?);
    let bills = baseline.bill_shares();
    let mut coupons = [0.0; BUCKETS];
    for (kind, term_years, of_coupons) in taxpayer::coupon_mix(baseline)? {
        coupons[taxpayer::bucket_of_term(kind, term_years)] += of_coupons;
    }
    let sales_by_day = taxpayer::new_borrowing_by_day(baseline, scenario.horizon_days)?
        .into_iter()
        .map(|borrowed| {
            std::array::from_fn(|bucket| more * borrowed * (bills[bucket] - coupons[bucket]))
        })
        .collect();
    Ok(Order {
        sales_by_day,
        known: EngineKnown::announced(),
    })
}

fn engine_threat(threat: &Threat, mix: [f64; BUCKETS]) -> EngineThreat {
    EngineThreat {
        amount_usd_bn: threat.amount.bn(),
        days: threat.days as usize,
        mix,
        start_day: 0,
        prior: threat.prior.value(),
        probability: threat.probability.value(),
        kind: match threat.timing {
            ThreatTiming::StartHazard { half_life_days } => ThreatKind::Hazard { half_life_days },
            ThreatTiming::Deadline { day } => ThreatKind::Deadline {
                // The engine counts from day 1 as 0: a sale that would start on business day `day` starts at index day - 1.
                deadline_day: day.saturating_sub(1) as usize,
            },
        },
    }
}
