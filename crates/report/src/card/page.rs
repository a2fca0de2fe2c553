//! The page of a valuation: one offline file without script, every drawing beside a table of the same numbers.
//!
//! Sections: the answer, camps, map of credibility, split of the value, deals by month, worth by size and pace, the trees, what
//! would have to be true, what turns, the deal, precision and branches, the record of 2025, judgements with their sources.

use brandish_card::{CampCard, Card, Conclusion};

use super::markup::{CUES, Page};
use super::{CardHead, answer, drawing, sections, words};
use crate::format::{fixed, signed};
use crate::page::{escape, plain_style};

/// Nothing may be requested.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The valuation as one HTML file.
#[must_use]
pub fn card_html(card: &Card, head: &CardHead) -> String {
    let mut page = Page::of_its_own();
    top(&mut page, card, head);
    camps(&mut page, card);
    maps(&mut page, card);
    sections::paces(&mut page, card);
    values(&mut page, card);
    sections::trees(&mut page, card);
    turning(&mut page, card);
    deal(&mut page, card);
    sections::assurance(&mut page, card);
    precision(&mut page, card);
    record(&mut page, card);
    sources(&mut page, card);
    let title = escape(&format!("{} · the card · brandish", head.title));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>\n{}\nsvg {{ max-width: 100%; height: auto; margin: 8px 12px 8px 0; }}\n.wide {{ overflow-x: auto; }}\n.pair {{ display: flex; flex-wrap: wrap; gap: 0 40px; align-items: flex-start; }}\n.wide svg {{ max-width: none; }}\ntable.words th {{ text-align: left; }}\n{CUES}\n</style>\n</head>\n<body>\n{}</body>\n</html>\n",
        plain_style(),
        page.finish()
    )
}

fn top(page: &mut Page, card: &Card, head: &CardHead) {
    page.element(
        "p",
        &format!(
            "brandish {} · {} · as of {} · lambda {} per $bn · Not a forecast",
            head.version, head.scenario, head.as_of, card.settings.lambda
        ),
    );
    page.element("h1", &format!("{}: what the threat is worth", head.title));
    page.part("The answer");
    answer_of(page, card);
    if let Some(line) = answer::record(card) {
        page.element("p", &format!("April to July 2025: {line}"));
    }
}

/// The sentences of the answer and what must be said with it.
pub(super) fn answer_of(page: &mut Page, card: &Card) {
    page.element("p", &answer::which(card));
    page.raw("<ol>\n");
    for (lead, line) in answer::answer(card) {
        page.element("li", &format!("{lead} {line}"));
    }
    page.raw("</ol>\n");
    for warning in &card.warnings {
        page.element("p", &format!("Note: {warning}."));
    }
}

pub(super) fn camps(page: &mut Page, card: &Card) {
    page.part("Camps side by side");
    if let Some(camp) = card.camps.iter().find(|camp| !camp.bands.bands.is_empty()) {
        page.element(
            "p",
            &format!(
                "Medians over {} draws of the engine, judgements central, in brackets the 5% and 95% points; the last column at central parameters.",
                camp.bands.finished
            ),
        );
    } else {
        page.element(
            "p",
            "All parameters central: bands take five draws or more.",
        );
    }
    let rows: Vec<Vec<String>> = card.camps.iter().map(camp_row).collect();
    page.table(
        &[
            "camp",
            "worth to seller, $bn",
            "deterring",
            "compelling",
            "worth to issuer",
            "deal",
            "sale",
            "market-implied sale",
            "if joined",
            "no Fed / rule / certain",
        ],
        &rows,
    );
    for camp in &card.camps {
        page.element(
            "p",
            &format!("Camp {}. {}.", camp.camp.letter(), words::certificate(camp)),
        );
    }
    sections::structures(page, card);
}

fn camp_row(camp: &CampCard) -> Vec<String> {
    let stress = if camp.stress { " (stress bound)" } else { "" };
    let value = &camp.standing.value;
    vec![
        format!("{} {}{stress}", camp.camp.letter(), camp.name),
        words::cell(camp, "value_seller", value.seller, 2),
        words::cell(camp, "value_deter", value.deterred, 2),
        words::cell(camp, "value_compel", value.compelled, 2),
        words::cell(camp, "value_issuer", value.issuer, 2),
        words::cell(camp, "deal_probability", camp.standing.reading.deal, 2),
        words::cell(camp, "sale_probability", camp.standing.reading.sale, 2),
        words::cell(camp, "implied_probability", camp.standing.implied, 2),
        words::cell(camp, "value_seller_if_joined", camp.if_joined, 2),
        camp.backstop
            .iter()
            .map(|value| signed(*value, 2))
            .collect::<Vec<_>>()
            .join(" / "),
    ]
}

pub(super) fn maps(page: &mut Page, card: &Card) {
    let with_parts = || {
        card.camps
            .iter()
            .filter_map(|camp| Some((camp, camp.parts.as_ref()?)))
    };
    if with_parts().next().is_none() {
        return;
    }
    page.part("Credibility: probability of a deal over size and resolve");
    page.element(
        "p",
        "Dark is a sure deal, light is none; the white line is where a deal is as likely as not. All else central.",
    );
    page.side_by_side(with_parts(), |page, (camp, parts)| {
        page.piece(&format!("Camp {}", camp.camp.letter()));
        let rows: Vec<Vec<String>> = parts
            .map
            .sizes
            .iter()
            .zip(&parts.map.frontier)
            .zip(&parts.sizes)
            .map(|((size, frontier), by)| {
                vec![
                    fixed(*size, 0),
                    frontier.map_or_else(|| "none".to_owned(), |resolve| fixed(resolve, 2)),
                    fixed(by.ten_year_peak_bp, 1),
                    signed(by.value, 2),
                    fixed(by.deal, 2),
                    fixed(by.implied, 2),
                ]
            })
            .collect();
        page.pair(|page| {
            page.raw(&drawing::credibility(&parts.map, camp.camp.letter()));
            page.numbers(
                &[
                    "size, $bn",
                    "resolve for even odds",
                    "10Y peak, bp",
                    "worth, $bn",
                    "deal",
                    "implied sale",
                ],
                &rows,
            );
        });
    });
    page.part("Worth by size");
    page.element("p", "Worth to the seller, $bn, all parameters central.");
    let lines: Vec<(String, &[brandish_card::BySize])> = with_parts()
        .map(|(camp, parts)| (camp.camp.letter().to_owned(), parts.sizes.as_slice()))
        .collect();
    page.wide(&drawing::sizes(&lines));
    for (camp, parts) in with_parts() {
        for jump in &parts.size_jumps {
            let letter = camp.camp.letter();
            page.element("p", &format!("Camp {letter}: {}.", words::size_jump(jump)));
        }
    }
    let rows: Vec<Vec<String>> = with_parts()
        .map(|(camp, parts)| {
            vec![
                camp.camp.letter().to_owned(),
                words::size(&parts.sizes).unwrap_or_default(),
                words::timing(camp).unwrap_or_default(),
                words::walk_back(camp),
            ]
        })
        .collect();
    page.table(
        &[
            "camp",
            "best size",
            "best month to threaten first",
            "price of walking back",
        ],
        &rows,
    );
}

pub(super) fn values(page: &mut Page, card: &Card) {
    page.part("What the worth is made of");
    page.element(
        "p",
        "$bn, all parameters central; medians with their bands stand under \"Camps side by side\".",
    );
    let camps: Vec<(String, brandish_card::CardValue)> = card
        .camps
        .iter()
        .map(|camp| (camp.camp.letter().to_owned(), camp.standing.value))
        .collect();
    page.wide(&drawing::split(&camps));
    let rows: Vec<Vec<String>> = camps
        .iter()
        .map(|(letter, value)| {
            let mut row = vec![letter.clone()];
            row.extend(
                [
                    value.deterred,
                    value.compelled,
                    value.time,
                    value.cost,
                    value.seller,
                    value.issuer,
                ]
                .map(|amount| signed(amount, 2)),
            );
            row
        })
        .collect();
    page.table(
        &[
            "camp",
            "deterring",
            "compelling",
            "time",
            "cost",
            "to the seller",
            "to the issuer",
        ],
        &rows,
    );
    page.part("Deals by month");
    let mut rounds: Vec<String> = Vec::new();
    let mut months = Vec::new();
    for camp in words::headline(card) {
        let bands: Vec<_> = camp
            .bands
            .bands
            .iter()
            .filter(|band| band.measure.round.is_some())
            .collect();
        rounds = bands
            .iter()
            .filter_map(|band| band.measure.round.clone())
            .collect();
        let values: Vec<[f64; 3]> = bands
            .iter()
            .map(|band| [band.quantiles[0], band.quantiles[2], band.quantiles[4]])
            .collect();
        months.push((camp.camp.letter().to_owned(), values));
    }
    if rounds.is_empty() {
        page.element("p", "Too few draws for bands.");
        return;
    }
    page.element(
        "p",
        "Probability of a deal in each month: median of the draws and 90% band.",
    );
    page.wide(&drawing::months(&rounds, &months));
    let rows: Vec<Vec<String>> = months
        .iter()
        .map(|(letter, values)| {
            let mut row = vec![letter.clone()];
            row.extend(values.iter().map(|[low, middle, high]| {
                format!(
                    "{} ({} to {})",
                    fixed(*middle, 2),
                    fixed(*low, 2),
                    fixed(*high, 2)
                )
            }));
            row
        })
        .collect();
    let mut head = vec!["camp"];
    head.extend(rounds.iter().map(String::as_str));
    page.table(&head, &rows);
}

pub(super) fn turning(page: &mut Page, card: &Card) {
    for (camp, parts) in card
        .camps
        .iter()
        .filter_map(|camp| Some((camp, camp.parts.as_ref()?)))
    {
        page.part(&format!(
            "Camp {}: what would have to be true",
            camp.camp.letter()
        ));
        page.element(
            "p",
            "The threat works where it lifts the probability of a deal by a tenth and is worth having. Each lever is moved alone.",
        );
        let rows: Vec<Vec<String>> = parts
            .levers
            .iter()
            .map(|lever| {
                vec![
                    lever.name.clone(),
                    lever.unit.clone(),
                    fixed(lever.central, 2),
                    words::lever(lever),
                ]
            })
            .collect();
        page.table(&["lever", "unit", "now", "needed"], &rows);
        if let Some(edge) = words::lift_on_edge(camp) {
            page.element("p", &format!("Read with care: {edge}."));
        }
        page.piece("Conclusions that turn inside the range of one judgement");
        let rows: Vec<Vec<String>> = Conclusion::ALL
            .into_iter()
            .filter_map(|conclusion| {
                let found: Vec<_> = parts
                    .flips
                    .iter()
                    .filter(|flip| flip.conclusion == conclusion)
                    .collect();
                let central = found.first()?.central;
                let at: Vec<String> = found.iter().map(|flip| words::flip(flip)).collect();
                Some(vec![
                    conclusion.sentence().to_owned(),
                    if central { "yes" } else { "no" }.to_owned(),
                    if words::is_on_edge(camp, conclusion) {
                        format!("{} (on the edge)", words::margin(camp, conclusion))
                    } else {
                        words::margin(camp, conclusion)
                    },
                    at.join(", "),
                ])
            })
            .collect();
        page.table(
            &[
                "conclusion",
                "at central judgements",
                "by how much",
                "turns with",
            ],
            &rows,
        );
    }
}

fn deal(page: &mut Page, card: &Card) {
    page.part("The deal, term by term ($bn against no deal, central judgements)");
    let mut rows: Vec<Vec<String>> = card
        .deal
        .terms
        .iter()
        .map(|(term, worth)| {
            let inside = card.deal.package.package.terms.contains(term);
            vec![
                term.name().to_owned(),
                signed(worth.seller, 2),
                signed(worth.issuer, 2),
                if inside { "yes" } else { "no" }.to_owned(),
            ]
        })
        .collect();
    let worth = card.deal.package.worth;
    rows.push(vec![
        "the package".to_owned(),
        signed(worth.seller, 2),
        signed(worth.issuer, 2),
        String::new(),
    ]);
    page.table(&["term", "seller", "issuer", "in the deal"], &rows);
    if let Some(percent) = card.deal.indifferent_pledge_pct {
        page.element(
            "p",
            &format!(
                "Without any threat the issuer is indifferent if the pledge is worth {percent:.2} percent of its face to him."
            ),
        );
    }
}

fn precision(page: &mut Page, card: &Card) {
    for (camp, parts) in card
        .camps
        .iter()
        .filter_map(|camp| Some((camp, camp.parts.as_ref()?)))
    {
        page.part(&format!(
            "Camp {}: precision and branches",
            camp.camp.letter()
        ));
        page.element(
            "p",
            "One game, in which the market's beliefs are those of the answer: other precisions, other branches and the limit are not closed anew. For that, ask for the card at another lambda.",
        );
        let row = |name: String, point: &brandish_card::SweepPoint| {
            vec![
                name,
                fixed(point.lambda_stake, 0),
                fixed(point.deal, 3),
                fixed(point.sale, 3),
                fixed(point.threat, 3),
                signed(point.values[0], 2),
                signed(point.values[1], 2),
                fixed(point.agent_regret, 3),
            ]
        };
        let mut rows: Vec<Vec<String>> = parts
            .precision
            .sweep
            .iter()
            .map(|point| row(format!("lambda {}", point.lambda), point))
            .collect();
        rows.extend(
            parts
                .precision
                .branches
                .iter()
                .map(|found| row(format!("branch: {}", found.origin), &found.point)),
        );
        match &parts.precision.limit {
            Ok(limit) => rows.push(row(
                "limit (sequential equilibrium candidate)".to_owned(),
                &limit.point,
            )),
            Err(reason) => page.element("p", &format!("No certified limit: {reason}.")),
        }
        if let Some(lost) = &parts.precision.lost {
            page.element("p", &format!("The sweep ends early: {lost}."));
        }
        page.table(
            &[
                "point",
                "lambda x stake",
                "deal",
                "sale",
                "threat",
                "seller",
                "issuer",
                "agent regret, $bn",
            ],
            &rows,
        );
    }
}

fn record(page: &mut Page, card: &Card) {
    for (camp, parts) in card
        .camps
        .iter()
        .filter_map(|camp| Some((camp, camp.parts.as_ref()?)))
    {
        let record = &parts.record;
        page.part(&format!("Camp {}: April to July 2025", camp.camp.letter()));
        page.element(
            "p",
            &format!(
                "ln likelihood {} in equilibrium, {} without a card, {} with even play. A pause has probability {} after a spike and {} after calm.",
                fixed(record.log_likelihood, 2),
                fixed(record.log_likelihood_without_card, 2),
                fixed(record.log_likelihood_even, 2),
                fixed(record.reply.pause_after_spike, 2),
                fixed(record.reply.pause_after_calm, 2)
            ),
        );
        let rows: Vec<Vec<String>> = record
            .steps
            .iter()
            .map(|step| {
                vec![
                    step.round.clone(),
                    format!("{} {}", step.who, step.event),
                    fixed(step.probability, 2),
                    fixed(step.resolved, 2),
                    fixed(step.fragile, 2),
                    fixed(step.sale, 2),
                ]
            })
            .collect();
        page.table(
            &[
                "when",
                "what",
                "how likely it was",
                "seller resolved",
                "issuer fragile",
                "belief in a sale",
            ],
            &rows,
        );
    }
}

fn sources(page: &mut Page, card: &Card) {
    page.part("Facts and judgements");
    judgements(page, card);
}

/// Every judgement and fact with its source.
pub(super) fn judgements(page: &mut Page, card: &Card) {
    let rows: Vec<Vec<String>> = card
        .parameters
        .iter()
        .map(|parameter| parameter.to_vec())
        .collect();
    page.table(&["name", "value", "unit", "range", "source"], &rows);
}
