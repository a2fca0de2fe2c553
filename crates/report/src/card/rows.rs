//! The valuation as rows of the long table: one fact a row.
//!
//! Measures are those of the interface document and their kin; `sector` holds what a fact is about beside its camp (a round, a
//! size, a lambda, a lever, a step of the record), as text. Central values have `stat = central`, bands their quantiles.

use std::sync::Arc;

use brandish_card::{CampCard, Card, Certificate, Parts, Precision, Reading, Standing};
use brandish_scenario::{LongTable, Row};

use super::CardHead;

struct Rows {
    camp: Option<&'static str>,
    rows: Vec<Row>,
}

impl Rows {
    fn push(
        &mut self,
        (measure, unit): (&'static str, &'static str),
        stat: &'static str,
        about: &str,
        value: f64,
    ) {
        self.rows.push(Row {
            camp: self.camp,
            date: None,
            day: None,
            tenor: None,
            bucket: None,
            cusip: None,
            sector: (!about.is_empty()).then(|| Arc::from(about)),
            measure,
            stat,
            value,
            unit,
            source: "card",
        });
    }

    fn central(&mut self, measure: &'static str, unit: &'static str, about: &str, value: f64) {
        self.push((measure, unit), "central", about, value);
    }
}

/// All facts of a valuation.
#[must_use]
pub fn card_table(card: &Card, head: &CardHead) -> LongTable {
    let mut rows = Rows {
        camp: None,
        rows: Vec::new(),
    };
    for (term, worth) in &card.deal.terms {
        rows.central("deal_term_seller", "usd_bn", term.name(), worth.seller);
        rows.central("deal_term_issuer", "usd_bn", term.name(), worth.issuer);
    }
    let worth = card.deal.package.worth;
    rows.central("deal_package_seller", "usd_bn", "", worth.seller);
    rows.central("deal_package_issuer", "usd_bn", "", worth.issuer);
    if let Some(percent) = card.deal.indifferent_pledge_pct {
        rows.central("indifferent_pledge", "pct", "", percent);
    }
    for camp in &card.camps {
        rows.camp = Some(camp.camp.letter());
        of_camp(&mut rows, camp);
    }
    LongTable {
        run_id: String::new(),
        scenario: head.scenario.clone(),
        as_of: Some(head.as_of),
        rows: rows.rows,
    }
}

fn of_camp(rows: &mut Rows, camp: &CampCard) {
    rows.central("yield_change_peak", "bp", "", camp.ten_year_peak_bp);
    standing(rows, &camp.standing);
    rows.central("value_seller_if_joined", "usd_bn", "", camp.if_joined);
    let backstops = ["none", "as in scenario", "certain"];
    for (name, value) in backstops.into_iter().zip(camp.backstop) {
        rows.central("value_seller_by_backstop", "usd_bn", name, value);
    }
    for band in &camp.bands.bands {
        let key = (band.measure.name, band.measure.unit);
        let game = camp.standing.certificate.structure;
        let about = match &band.measure.round {
            Some(month) => &format!("{game} {month}"),
            None => game,
        };
        let stats = ["p05", "p25", "p50", "p75", "p95"];
        for (stat, value) in stats.into_iter().zip(band.quantiles) {
            rows.push(key, stat, about, value);
        }
        rows.push(key, "mean", about, band.mean);
        rows.push(key, "mc_se", about, band.mc_se);
    }
    let asked = camp.bands.finished + camp.bands.failed;
    if asked > 0 {
        let share = camp.bands.failed as f64 / asked as f64;
        rows.central("failed_draws", "ratio", "", share);
    }
    crossing(rows, camp);
    for found in &camp.timing {
        let about = found.round.as_deref().unwrap_or("never");
        rows.central("payoff_seller_by_month", "usd_bn", about, found.seller);
    }
    for found in &camp.walk_back {
        rows.central("walk_back_price", "usd_bn", found.kind, found.price);
    }
    if let Some(term) = &camp.assurance {
        let name = "assurance not to sell";
        rows.central("deal_term_seller", "usd_bn", name, term.worth.seller);
        rows.central("deal_term_issuer", "usd_bn", name, term.worth.issuer);
        rows.central("deal_package_seller", "usd_bn", name, term.package.seller);
        rows.central("deal_package_issuer", "usd_bn", name, term.package.issuer);
        rows.central("sale_belief", "prob", "before the first word", term.before);
        rows.central("sale_belief", "prob", "after an assurance", term.after);
        rows.central("deal_probability_with_term", "prob", name, term.deal[1]);
    }
    if let Some(parts) = &camp.parts {
        standing(rows, &parts.point);
        standing(rows, &parts.quiet);
        if let Some(joining) = parts.joining {
            rows.central("value_of_joiner", "usd_bn", "", joining);
        }
        precision(rows, &parts.precision);
        map(rows, parts);
        rest(rows, parts);
    }
}

fn standing(rows: &mut Rows, standing: &Standing) {
    let name = standing.certificate.structure;
    let value = &standing.value;
    for (measure, amount) in [
        ("value_seller", value.seller),
        ("value_deter", value.deterred),
        ("value_compel", value.compelled),
        ("value_time", value.time),
        ("value_cost", value.cost),
        ("value_issuer", value.issuer),
    ] {
        rows.central(measure, "usd_bn", name, amount);
    }
    rows.central("implied_probability", "prob", name, standing.implied);
    rows.central("deal_probability_gained", "prob", name, value.deal);
    reading(rows, &standing.certificate, &standing.reading);
    rows.central(
        "deal_probability_without_card",
        "prob",
        name,
        standing.without.deal,
    );
    let certificate = &standing.certificate;
    for (measure, unit, number) in [
        ("lambda_stake", "ratio", certificate.lambda_stake),
        ("residual", "ratio", certificate.residual),
        ("agent_regret", "usd_bn", certificate.agent_regret),
        ("closure_left", "prob", certificate.left),
        ("nodes", "count", certificate.size[0] as f64),
        ("fixed_points", "count", standing.fixed_points as f64),
    ] {
        rows.central(measure, unit, name, number);
    }
}

fn reading(rows: &mut Rows, game: &Certificate, reading: &Reading) {
    let name = game.structure;
    for (measure, value) in [
        ("deal_probability", reading.deal),
        ("sale_probability", reading.sale),
        ("threat_probability", reading.threat),
        ("walk_back_probability", reading.walk_back),
        ("carried_out_probability", reading.carried_out),
        ("folded_probability", reading.folded),
        ("escalation_probability", reading.escalation),
        ("pause_probability", reading.pause),
        ("spike_probability", reading.spike),
        ("join_probability", reading.joined),
        ("backstop_probability", reading.backstop),
    ] {
        // A quantal response gives every move some probability: exactly none means that this game has no such move.
        if value > 0.0 {
            rows.central(measure, "prob", name, value);
        }
    }
    for (month, value) in game.months.iter().zip(&reading.deal_by_round) {
        let about = format!("{name} {month}");
        rows.central("deal_probability_by_round", "prob", &about, *value);
    }
    for (measure, share) in [
        (
            "deal_probability_threat_without_sale",
            reading.deal_if_threat_only,
        ),
        ("deal_probability_threat_with_sale", reading.deal_if_sold),
    ] {
        if let Some(share) = share {
            rows.central(measure, "prob", name, share);
        }
    }
}

fn crossing(rows: &mut Rows, camp: &CampCard) {
    for (kind, name) in brandish_card::SELLER_TYPES.into_iter().enumerate() {
        let found = &camp.crossing;
        rows.central("sale_cost", "usd_bn", name, found.sale[kind]);
        rows.central("audience_cost", "usd_bn", name, found.audience[kind]);
        rows.central(
            "failed_threat_cost",
            "usd_bn",
            name,
            found.failed_threat[kind],
        );
    }
}

fn precision(rows: &mut Rows, precision: &Precision) {
    for point in &precision.sweep {
        let about = format!("lambda {}", point.lambda);
        rows.central("deal_probability_by_lambda", "prob", &about, point.deal);
        rows.central("sale_probability_by_lambda", "prob", &about, point.sale);
        rows.central(
            "agent_regret_by_lambda",
            "usd_bn",
            &about,
            point.agent_regret,
        );
    }
    for (point, worth) in precision.sweep.iter().zip(&precision.worth) {
        let about = format!("lambda {}", point.lambda);
        rows.central("value_seller_by_lambda", "usd_bn", &about, *worth);
    }
    for (number, found) in precision.branches.iter().enumerate() {
        let about = format!("branch {number}: {}", found.origin);
        rows.central(
            "deal_probability_by_branch",
            "prob",
            &about,
            found.point.deal,
        );
    }
    if let Ok(limit) = &precision.limit {
        rows.central("deal_probability_limit", "prob", "", limit.point.deal);
        rows.central("sale_probability_limit", "prob", "", limit.point.sale);
        rows.central("limit_regret", "ratio", "", limit.relative_regret);
    }
}

fn map(rows: &mut Rows, parts: &Parts) {
    let map = &parts.map;
    for (size, row) in map.sizes.iter().zip(&map.deal) {
        for (resolve, deal) in map.resolve.iter().zip(row) {
            if let Some(deal) = deal {
                let about = format!("size {size:.1} resolve {resolve:.3}");
                rows.central("credibility", "prob", &about, *deal);
            }
        }
    }
    for (size, frontier) in map.sizes.iter().zip(&map.frontier) {
        if let Some(resolve) = frontier {
            let about = format!("size {size:.1}");
            rows.central("credibility_frontier", "prob", &about, *resolve);
        }
    }
    for by in &parts.sizes {
        let about = format!("size {:.1}", by.amount);
        rows.central("value_seller_by_size", "usd_bn", &about, by.value);
        rows.central(
            "yield_change_peak_by_size",
            "bp",
            &about,
            by.ten_year_peak_bp,
        );
        rows.central("deal_probability_by_size", "prob", &about, by.deal);
    }
}

fn rest(rows: &mut Rows, parts: &Parts) {
    for by in &parts.paces {
        let about = format!("size {:.1} days {}", by.amount, by.days);
        for (measure, unit, value) in [
            ("value_seller_by_pace", "usd_bn", by.value),
            ("value_issuer_by_pace", "usd_bn", by.issuer),
            ("sale_market_cost_by_pace", "usd_bn", by.market_cost),
            ("yield_change_peak_by_pace", "bp", by.ten_year_peak_bp),
            ("deal_probability_by_pace", "prob", by.deal),
            ("implied_probability_by_pace", "prob", by.implied),
        ] {
            rows.central(measure, unit, &about, value);
        }
    }
    for lever in &parts.levers {
        if let Some(needed) = lever.needed {
            rows.central("lever_needed", "value", &lever.name, needed);
        }
    }
    for flip in &parts.flips {
        let about = format!("{}: {}", flip.name, flip.conclusion.sentence());
        rows.central("conclusion_turns_at", "value", &about, flip.at);
    }
    let record = &parts.record;
    for step in &record.steps {
        let about = format!("{}: {} {}", step.round, step.who, step.event);
        rows.central("record_step_probability", "prob", &about, step.probability);
        rows.central("record_posterior_resolved", "prob", &about, step.resolved);
        rows.central("record_posterior_fragile", "prob", &about, step.fragile);
        rows.central("record_sale_belief", "prob", &about, step.sale);
    }
    for (about, value) in [
        ("equilibrium", record.log_likelihood),
        ("without card", record.log_likelihood_without_card),
        ("even play", record.log_likelihood_even),
    ] {
        rows.central("record_log_likelihood", "ratio", about, value);
    }
    let reply = record.reply;
    rows.central(
        "pause_probability_given",
        "prob",
        "spike",
        reply.pause_after_spike,
    );
    rows.central(
        "pause_probability_given",
        "prob",
        "calm",
        reply.pause_after_calm,
    );
}
