//! The valuation in a terminal: the answer first, camps side by side, then the parts camp by camp.
//!
//! Medians with bands come before anything that rests on judgement alone, and what turns comes before the record.
//! Lines are broken between words at the width of the terminal; three camps beside each other take
//! 91 columns with their bands, and 73 with the bands under the medians.

use brandish_card::{CampCard, Card, Conclusion, Parts, Record, Term};

use super::{CardHead, answer, credibility, words};
use crate::format::{ascii, fixed, signed};
use crate::text::SummaryStyle;

/// Width of a label and of a camp's column.
const LABEL: usize = 22;
const CELL: usize = 22;
/// Width of a column whose bands stand under their medians.
const STACKED: usize = 16;
/// Narrowest layout.
const NARROWEST: usize = 60;

struct Text {
    style: SummaryStyle,
    text: String,
}

impl Text {
    fn line(&mut self, line: &str) {
        let line = line.trim_end();
        if self.style.plain {
            self.text.push_str(&ascii(line));
        } else {
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    fn rule(&mut self) {
        let width = self.style.width;
        self.line(&"─".repeat(width));
    }

    /// Words broken at the width, later lines indented.
    fn wrapped(&mut self, text: &str, indent: usize) {
        let width = self.style.width;
        let mut line = String::new();
        for word in text.split_whitespace() {
            let pad = if line.is_empty() { 0 } else { 1 };
            if line.chars().count() + pad + word.chars().count() > width && !line.trim().is_empty()
            {
                self.line(&line.clone());
                line = " ".repeat(indent);
                line.push_str(word);
                continue;
            }
            if pad == 1 && !line.ends_with(' ') {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(&line);
    }

    /// A label and its cells; where they do not fit beside each other, bands stand in a line of their own under their medians.
    fn row(&mut self, label: &str, cells: &[String]) {
        if LABEL + cells.len() * (CELL + 1) <= self.style.width {
            self.cells(label, cells.iter().map(String::as_str), CELL);
            return;
        }
        let parts: Vec<(&str, Option<&str>)> = cells
            .iter()
            .map(|cell| match cell.find(" (") {
                Some(at) => (&cell[..at], Some(&cell[at + 1..])),
                None => (cell.as_str(), None),
            })
            .collect();
        self.cells(label, parts.iter().map(|(median, _)| *median), STACKED);
        if parts.iter().any(|(_, band)| band.is_some()) {
            let bands = parts.iter().map(|(_, band)| band.unwrap_or(""));
            self.cells("", bands, STACKED);
        }
    }

    fn cells<'c>(&mut self, label: &str, cells: impl Iterator<Item = &'c str>, width: usize) {
        let mut line = format!("{label:<LABEL$}");
        for cell in cells {
            line.push_str(&format!(" {cell:>width$}"));
        }
        self.line(&line);
    }
}

/// The summary of a valuation, lines ended by `\n`.
#[must_use]
pub fn card_summary(card: &Card, head: &CardHead, style: SummaryStyle) -> String {
    let mut text = Text {
        style: SummaryStyle {
            width: style.width.max(NARROWEST),
            ..style
        },
        text: String::new(),
    };
    text.line(&format!(
        "brandish card · {} · as of {} · lambda {} per $bn · Not a forecast",
        head.scenario, head.as_of, card.settings.lambda
    ));
    text.wrapped(
        &format!(
            "{}: ${:.0}bn in {} days, at most ${:.0}bn",
            head.title,
            card.plan.amount.bn(),
            card.plan.days,
            card.plan.official_bound.bn()
        ),
        0,
    );
    text.line("");
    text.wrapped(&answer::which(card), 0);
    let mut lines = answer::answer(card);
    lines.extend(answer::record(card).map(|line| ("April to July 2025.", line)));
    for (number, (lead, line)) in lines.into_iter().enumerate() {
        text.wrapped(&format!("{} {lead} {line}", number + 1), 2);
    }
    text.rule();
    camps(&mut text, card);
    let table = credibility::table(card);
    if !table.is_empty() {
        text.rule();
        text.wrapped(&credibility::title(card), 0);
        for line in table {
            text.line(&line);
        }
    }
    text.rule();
    deal(&mut text, card);
    for camp in words::headline(card) {
        text.rule();
        parts(&mut text, card, camp);
    }
    text.rule();
    for warning in &card.warnings {
        text.wrapped(&format!("note: {warning}"), 2);
    }
    text.text
}

/// A line of the table: label, measure of its band, decimals, central value.
type Line = (&'static str, &'static str, usize, fn(&CampCard) -> f64);

fn camps(text: &mut Text, card: &Card) {
    let camps = words::headline(card);
    let heads: Vec<String> = camps
        .iter()
        .map(|camp| camp.camp.letter().to_owned())
        .collect();
    let head = match camps.first() {
        Some(camp) if !camp.bands.bands.is_empty() => {
            format!("{} draws: median (90%)", camp.bands.finished)
        }
        _ => "central, no bands".to_owned(),
    };
    text.row(&head, &heads);
    let rows: [Line; 14] = [
        ("10Y peak if played, bp", "yield_change_peak", 1, |c| {
            c.ten_year_peak_bp
        }),
        ("Worth to seller, $bn", "value_seller", 2, |c| {
            c.standing.value.seller
        }),
        ("  deterring", "value_deter", 2, |c| {
            c.standing.value.deterred
        }),
        ("  compelling", "value_compel", 2, |c| {
            c.standing.value.compelled
        }),
        ("  time", "value_time", 2, |c| c.standing.value.time),
        ("  cost of playing", "value_cost", 2, |c| {
            c.standing.value.cost
        }),
        ("Worth to issuer, $bn", "value_issuer", 2, |c| {
            c.standing.value.issuer
        }),
        ("Deal", "deal_probability", 2, |c| c.standing.reading.deal),
        ("  gained by the card", "deal_probability_gained", 3, |c| {
            c.standing.value.deal
        }),
        ("Sale", "sale_probability", 2, |c| c.standing.reading.sale),
        ("Threat", "threat_probability", 2, |c| {
            c.standing.reading.threat
        }),
        ("Walked back", "walk_back_probability", 2, |c| {
            c.standing.reading.walk_back
        }),
        ("Market-implied sale", "implied_probability", 2, |c| {
            c.standing.implied
        }),
        ("Worth if joined, $bn", "value_seller_if_joined", 2, |c| {
            c.if_joined
        }),
    ];
    for (label, measure, decimals, central) in rows {
        let cells: Vec<String> = camps
            .iter()
            .map(|camp| words::cell(camp, measure, central(camp), decimals))
            .collect();
        text.row(label, &cells);
    }
    let rounds = camps
        .first()
        .map_or(0, |camp| camp.standing.reading.deal_by_round.len());
    for round in 0..rounds {
        let mut label = String::new();
        let cells: Vec<String> = camps
            .iter()
            .map(|camp| {
                let central = camp.standing.reading.deal_by_round[round];
                let found = camp
                    .bands
                    .bands
                    .iter()
                    .filter(|band| band.measure.round.is_some())
                    .nth(round);
                match found {
                    None => fixed(central, 2),
                    Some(band) => {
                        label = band.measure.round.clone().unwrap_or_default();
                        format!(
                            "{} ({}, {})",
                            fixed(band.quantiles[2], 2),
                            fixed(band.quantiles[0], 2),
                            fixed(band.quantiles[4], 2)
                        )
                    }
                }
            })
            .collect();
        if label.is_empty() {
            label = format!("round {}", round + 1);
        }
        text.row(&format!("  deal in {label}"), &cells);
    }
}

fn deal(text: &mut Text, card: &Card) {
    text.line("The deal, central, $bn against no deal      seller    issuer");
    for (term, worth) in &card.deal.terms {
        let absent = if card.deal.package.package.terms.contains(term) {
            ""
        } else {
            " (not in the deal)"
        };
        text.line(&format!(
            "  {:<38}{:>9}{:>10}{absent}",
            term.name(),
            signed(worth.seller, 2),
            signed(worth.issuer, 2)
        ));
    }
    let worth = card.deal.package.worth;
    text.line(&format!(
        "  {:<38}{:>9}{:>10}",
        "the package of July 2025",
        signed(worth.seller, 2),
        signed(worth.issuer, 2)
    ));
    if let Some(percent) = card.deal.indifferent_pledge_pct {
        text.wrapped(
            &format!(
                "Without any threat the issuer would be indifferent if the pledge were worth {percent:.2} percent of its face to him."
            ),
            2,
        );
    }
    let willing: Vec<String> = card
        .deal
        .packages
        .iter()
        .filter(|priced| priced.worth.issuer >= 0.0)
        .map(|priced| {
            let given: Vec<&str> = priced
                .package
                .terms
                .iter()
                .filter(|term| !term.is_granted_by_issuer())
                .map(|term: &Term| term.name())
                .collect();
            given.join(" + ")
        })
        .collect();
    if willing.is_empty() {
        text.wrapped(
            "No package of these terms leaves him indifferent by itself at central judgements.",
            2,
        );
    } else {
        text.wrapped(
            &format!(
                "Packages that leave him at least indifferent: {}.",
                willing.join("; ")
            ),
            2,
        );
    }
}

fn parts(text: &mut Text, card: &Card, camp: &CampCard) {
    text.wrapped(
        &format!(
            "Camp {}: {} (everything below: parameters central)",
            camp.camp.letter(),
            camp.name
        ),
        2,
    );
    text.wrapped(&format!("  {}", words::certificate(camp)), 4);
    if let Some(parts) = &camp.parts {
        let point = &parts.point;
        text.wrapped(
            &format!(
                "  {}: worth {} $bn to the seller ({} deterring, {} compelling), deal {}, sale {}, implied {}{}",
                point.certificate.structure,
                signed(point.value.seller, 2),
                signed(point.value.deterred, 2),
                signed(point.value.compelled, 2),
                fixed(point.reading.deal, 2),
                fixed(point.reading.sale, 2),
                fixed(point.implied, 2),
                parts.joining.map_or_else(String::new, |joining| format!(
                    "; what {} can add by joining is worth {} $bn",
                    card.plan.joiner_title,
                    signed(joining, 2)
                ))
            ),
            4,
        );
        let quiet = &parts.quiet;
        text.wrapped(
            &format!(
                "  sold quietly until published: worth {} $bn, sale {}, implied {}",
                signed(quiet.value.seller, 2),
                fixed(quiet.reading.sale, 2),
                fixed(quiet.implied, 2)
            ),
            4,
        );
    }
    text.wrapped(
        &format!(
            "  the Fed: worth {} $bn without it, {} with its rule as in the scenario, {} with a certain backstop",
            signed(camp.backstop[0], 2),
            signed(camp.backstop[1], 2),
            signed(camp.backstop[2], 2)
        ),
        4,
    );
    if let Some(size) = camp
        .parts
        .as_ref()
        .and_then(|parts| words::size(&parts.sizes))
    {
        text.wrapped(&format!("  best size: {size}"), 4);
    }
    for jump in camp.parts.iter().flat_map(|parts| &parts.size_jumps) {
        text.wrapped(&format!("  {}", words::size_jump(jump)), 4);
    }
    if let Some(pace) = camp
        .parts
        .as_ref()
        .and_then(|parts| words::pace(&parts.paces))
    {
        text.wrapped(&format!("  best size and pace: {pace}"), 4);
    }
    if let Some(timing) = words::timing(camp) {
        text.wrapped(&format!("  best month to threaten first: {timing}"), 4);
    }
    text.wrapped(
        &format!(
            "  price of walking a threat back: {}",
            words::walk_back(camp)
        ),
        4,
    );
    if let Some(term) = &camp.assurance {
        text.wrapped(
            &format!(
                "  an assurance not to sell, as a term of the deal: {}",
                words::assurance(term)
            ),
            4,
        );
    }
    if let Some(parts) = &camp.parts {
        precision(text, parts);
        turning(text, camp, parts);
        record(text, &parts.record);
    }
}

fn precision(text: &mut Text, parts: &Parts) {
    let sweep: Vec<String> = parts
        .precision
        .sweep
        .iter()
        .map(|point| {
            format!(
                "{} (x stake {:.0}) {}",
                point.lambda,
                point.lambda_stake,
                fixed(point.deal, 2)
            )
        })
        .collect();
    text.wrapped(
        &format!(
            "  deal by lambda, the market's beliefs kept from the answer: {}",
            sweep.join(", ")
        ),
        4,
    );
    if !parts.precision.worth.is_empty() {
        let worth: Vec<String> = parts
            .precision
            .sweep
            .iter()
            .zip(&parts.precision.worth)
            .map(|(point, worth)| format!("{} {}", point.lambda, signed(*worth, 2)))
            .collect();
        text.wrapped(&format!("  worth by lambda, $bn: {}", worth.join(", ")), 4);
    }
    if let Some(lost) = &parts.precision.lost {
        text.wrapped(&format!("  the sweep ends early: {lost}"), 4);
    }
    match &parts.precision.limit {
        Ok(limit) => text.wrapped(
            &format!(
                "  limit (sequential equilibrium candidate, regret {:.0e} of what is at stake): deal {}, sale {}, threat {}",
                limit.relative_regret,
                fixed(limit.point.deal, 2),
                fixed(limit.point.sale, 2),
                fixed(limit.point.threat, 2)
            ),
            4,
        ),
        Err(reason) => text.wrapped(&format!("  no certified limit: {reason}"), 4),
    }
    text.wrapped(&format!("  {}", words::branches(&parts.precision)), 4);
}

fn turning(text: &mut Text, camp: &CampCard, parts: &Parts) {
    let needed: Vec<String> = parts
        .levers
        .iter()
        .map(|lever| {
            format!(
                "{}: {} (now {}, {})",
                lever.name,
                words::lever(lever),
                fixed(lever.central, 2),
                lever.unit
            )
        })
        .collect();
    text.wrapped(
        &format!(
            "  for the threat to work (a tenth more deals, and worth having), one of these moved alone: {}",
            needed.join("; ")
        ),
        4,
    );
    if let Some(edge) = words::lift_on_edge(camp) {
        text.wrapped(&format!("  {edge}"), 4);
    }
    if !parts.flips.is_empty() {
        text.wrapped(
            "  what turns when one judgement (parameters/card.toml) goes to an end of its range:",
            4,
        );
    }
    for conclusion in Conclusion::ALL {
        let found: Vec<&brandish_card::Flip> = parts
            .flips
            .iter()
            .filter(|flip| flip.conclusion == conclusion)
            .collect();
        let Some(first) = found.first() else {
            continue;
        };
        let margin = words::margin(camp, conclusion);
        let list: Vec<String> = found.iter().map(|flip| words::flip(flip)).collect();
        let at = if words::is_on_edge(camp, conclusion) {
            format!(
                "on the edge, so {} ends of ranges turn it and that says little about them",
                found.len()
            )
        } else {
            format!("turns with {}", list.join(", "))
        };
        text.wrapped(
            &format!(
                "- {}: {}, {margin}; {at}",
                conclusion.sentence(),
                if first.central { "yes" } else { "no" }
            ),
            6,
        );
    }
}

fn record(text: &mut Text, record: &Record) {
    text.wrapped(
        &format!(
            "  April to July 2025: ln likelihood {} (without a card {}, with even play {}); a pause after a spike {}, after calm {}. How likely each step was after what came before it, and what it left of the belief that the seller is resolved, that the issuer is fragile, that a sale comes:",
            fixed(record.log_likelihood, 2),
            fixed(record.log_likelihood_without_card, 2),
            fixed(record.log_likelihood_even, 2),
            fixed(record.reply.pause_after_spike, 2),
            fixed(record.reply.pause_after_calm, 2)
        ),
        4,
    );
    text.line("    step                              likely  resolved  fragile  sale");
    for step in &record.steps {
        text.line(&format!(
            "    {:<33} {:>6} {:>9} {:>8} {:>5}",
            format!("{}: {} {}", step.round, step.who, step.event),
            fixed(step.probability, 2),
            fixed(step.resolved, 2),
            fixed(step.fragile, 2),
            fixed(step.sale, 2)
        ));
    }
}
