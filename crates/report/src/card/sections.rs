//! Sections of the page that came after the first ones: size and pace, the assurance as a term of the deal, the trees.
//!
//! Wide drawings stand in a frame of their own that scrolls, so that a narrow screen shows them at a size that can be read
//! and the page itself never scrolls sideways.

use brandish_card::{ByPace, CampCard, Card, SmallTree, Standing};

use super::markup::Page;
use super::{drawing, words};
use crate::format::{fixed, signed};

/// The same card in richer games, at central payoffs: with the market's state and a joiner, and with sales that are quiet until published. How
/// much the structure matters stands beside how much the camps do.
pub(super) fn structures(page: &mut Page, card: &Card) {
    let row = |camp: &str, standing: &Standing, joiner: Option<f64>| {
        vec![
            camp.to_owned(),
            standing.certificate.structure.to_owned(),
            signed(standing.value.seller, 2),
            signed(standing.value.deterred, 2),
            signed(standing.value.compelled, 2),
            fixed(standing.reading.deal, 2),
            fixed(standing.reading.sale, 2),
            fixed(standing.implied, 2),
            joiner.map_or_else(String::new, |value| signed(value, 2)),
        ]
    };
    let mut rows = Vec::new();
    for camp in &card.camps {
        if let Some(parts) = &camp.parts {
            let letter = camp.camp.letter();
            rows.push(row(letter, &camp.standing, None));
            rows.push(row(letter, &parts.point, parts.joining));
            rows.push(row(letter, &parts.quiet, None));
        }
    }
    if rows.is_empty() {
        return;
    }
    page.piece("The same card in other games");
    page.element(
        "p",
        &format!(
            "Central payoffs, no draws: the game of the bands, the large one with the market's state and a joiner ({}), and the one in which sales stay quiet until they are published. Where they differ, the answer rests on who moves and who sees what, not on the engine.",
            card.plan.joiner_title
        ),
    );
    page.table(
        &[
            "camp",
            "game",
            "worth to seller, $bn",
            "deterring",
            "compelling",
            "deal",
            "sale",
            "market-implied sale",
            "worth of joining, $bn",
        ],
        &rows,
    );
}

/// Worth by size and pace, one table a camp: sizes down, business days across.
pub(super) fn paces(page: &mut Page, card: &Card) {
    let found: Vec<(&CampCard, &[ByPace])> = card
        .camps
        .iter()
        .filter_map(|camp| Some((camp, camp.parts.as_ref()?.paces.as_slice())))
        .filter(|(_, paces)| !paces.is_empty())
        .collect();
    if found.is_empty() {
        return;
    }
    page.part("Worth by size and pace");
    page.element(
        "p",
        "Worth to the seller in $bn and, in brackets, the ten-year peak in bp, for a sale of this size over this many business days; all parameters central.",
    );
    for (camp, paces) in found {
        let mut days: Vec<u32> = paces.iter().map(|by| by.days).collect();
        days.sort_unstable();
        days.dedup();
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut last = None;
        for by in paces {
            if last != Some(by.amount) {
                rows.push(vec![fixed(by.amount, 0)]);
                last = Some(by.amount);
            }
            if let Some(row) = rows.last_mut() {
                row.push(format!(
                    "{} ({})",
                    signed(by.value, 2),
                    fixed(by.ten_year_peak_bp, 1)
                ));
            }
        }
        let mut head = vec!["size, $bn".to_owned()];
        head.extend(days.iter().map(|days| match days {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        }));
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        page.piece(&format!("Camp {}", camp.camp.letter()));
        page.table(&head, &rows);
        if let Some(best) = words::pace(paces) {
            page.element("p", &format!("Best size and pace: {best}."));
        }
    }
}

/// The assurance as a term of the deal, camp by camp.
pub(super) fn assurance(page: &mut Page, card: &Card) {
    let rows: Vec<Vec<String>> = card
        .camps
        .iter()
        .filter_map(|camp| {
            let term = camp.assurance.as_ref()?;
            Some(vec![
                camp.camp.letter().to_owned(),
                format!("{} to {}", fixed(term.before, 3), fixed(term.after, 3)),
                signed(term.worth.seller, 2),
                signed(term.worth.issuer, 2),
                signed(term.package.seller, 2),
                signed(term.package.issuer, 2),
                format!("{} to {}", fixed(term.deal[0], 3), fixed(term.deal[1], 3)),
            ])
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    page.piece("One term more: an assurance not to sell");
    page.element(
        "p",
        "Priced by what it takes out of the market's belief in a sale. Worth to the issuer: the damage that is no longer expected. Worth to the seller: what ruling the sale out at the first word does to him.",
    );
    page.table(
        &[
            "camp",
            "belief in a sale",
            "seller",
            "issuer",
            "package with it: seller",
            "issuer",
            "deal without and with it",
        ],
        &rows,
    );
}

/// A game of a camp that is drawn.
type Drawn = fn(&CampCard) -> &SmallTree;

/// The games in one and two rounds.
pub(super) fn trees(page: &mut Page, card: &Card) {
    let games: [(&str, Drawn); 2] = [
        ("The game in one round", |camp| &camp.one_round),
        ("The game in two rounds", |camp| &camp.two_rounds),
    ];
    for (title, of) in games {
        page.part(title);
        page.element(
            "p",
            "Probabilities on the branches, payoffs of seller and issuer at the ends, $bn against a deal today, all parameters central. Thick branches are likely.",
        );
        let is_cut = |camp: &&CampCard| of(camp).nodes.iter().any(|node| node.cut);
        if words::headline(card).iter().any(is_cut) {
            page.element(
                "p",
                "Where a branch ends in dots the game goes on: it is reached less often than one time in fifty, and the payoffs are those expected there.",
            );
        }
        for camp in words::headline(card) {
            let small = of(camp);
            page.piece(&format!(
                "Camp {} ({}, {} of {} nodes drawn, residual {:.0e})",
                camp.camp.letter(),
                small.structure,
                small.nodes.len(),
                small.of,
                small.residual
            ));
            page.wide(&drawing::tree(small));
        }
    }
}
