//! Sentences about a valuation, shared by terminal and page.
//!
//! Terminal and page say the same words, because both take them from here.
//! A sentence states only what its numbers show in every headline camp; where camps differ it lists them.

use brandish_card::{
    AssuranceTerm, Band, ByPace, CampCard, Card, DREZNER, Flip, JumpCause, OnBranch, Parts,
    Precision, SellerAction, SizeJump,
};

use crate::format::{fixed, list_or, prose_decimals, signed};

/// Camps of the headline.
pub(super) fn headline(card: &Card) -> Vec<&CampCard> {
    card.camps.iter().filter(|camp| !camp.stress).collect()
}

/// The band of a measure, if there are bands.
pub(super) fn band<'c>(camp: &'c CampCard, name: &str) -> Option<&'c Band> {
    camp.bands
        .bands
        .iter()
        .find(|band| band.measure.name == name && band.measure.round.is_none())
}

/// Median (p05, p95), or the central value where there are no bands.
pub(super) fn cell(camp: &CampCard, name: &str, central: f64, decimals: usize) -> String {
    match band(camp, name) {
        Some(band) => format!(
            "{} ({}, {})",
            fixed(band.quantiles[2], decimals),
            fixed(band.quantiles[0], decimals),
            fixed(band.quantiles[4], decimals)
        ),
        None => fixed(central, decimals),
    }
}

fn each(card: &Card, of: &dyn Fn(&CampCard) -> f64) -> Vec<f64> {
    headline(card).into_iter().map(of).collect()
}

/// Numbers of the camps, "a, b or c", with the decimals prose needs.
fn listed(values: &[f64]) -> String {
    list_or(values, prose_decimals(values))
}

/// The five sentences of the answer: lead and text.
pub(super) fn answer(card: &Card) -> Vec<(&'static str, String)> {
    let seller = &card.plan.seller_title;
    let value = each(card, &|camp| camp.standing.value.seller);
    let deter = each(card, &|camp| camp.standing.value.deterred);
    let compel = each(card, &|camp| camp.standing.value.compelled);
    let cost = each(card, &|camp| camp.standing.value.cost);
    let deal = each(card, &|camp| camp.standing.reading.deal);
    let without = each(card, &|camp| camp.standing.without.deal);
    let implied = each(card, &|camp| camp.standing.implied);
    let only = headline(card)
        .into_iter()
        .filter_map(|camp| camp.standing.reading.deal_if_threat_only)
        .collect::<Vec<_>>();
    let [threats, sanctions] = DREZNER;
    let share = |(won, all): (u32, u32)| fixed(f64::from(won) / f64::from(all), 2);
    let mut lines = vec![
        (
            "Worth.",
            format!(
                "To {seller} the card is worth {} $bn by camp, to the issuer {}. Judgements decide this as much as the market does: see what turns.",
                listed(&value),
                listed(&each(card, &|camp| camp.standing.value.issuer))
            ),
        ),
        (
            "Deter or compel.",
            format!(
                "Escalations that do not happen are worth {} $bn, concessions obtained {}; playing costs {}.",
                listed(&deter),
                listed(&compel),
                listed(&cost)
            ),
        ),
        (
            "Deal.",
            format!(
                "A deal has probability {} with the card and {} without it.",
                list_or(&deal, 2),
                list_or(&without, 2)
            ),
        ),
        (
            "The market.",
            format!(
                "It would put the probability that the card is played at {}.",
                list_or(&implied, 2)
            ),
        ),
    ];
    if !only.is_empty() {
        lines.push((
            "Outside check.",
            format!(
                "Of threats that end without a sale {} end in a deal here; of {} threats of sanctions that ended there {} won concessions ({}), of {} imposed {} ({}).",
                list_or(&only, 2),
                threats.1,
                threats.0,
                share(threats),
                sanctions.1,
                sanctions.0,
                share(sanctions)
            ),
        ));
    }
    lines
}

/// What certifies the numbers of a camp.
pub(super) fn certificate(camp: &CampCard) -> String {
    let one = &camp.standing.certificate;
    let mut text = format!(
        "{}: quantal response at lambda {} (x stake {:.0}) {}, residual {:.0e}, agent regret {:.2} $bn, closed in {} rounds",
        one.structure,
        one.lambda,
        one.lambda_stake,
        on_branch(one.branch),
        one.residual,
        one.agent_regret,
        one.rounds
    );
    if let Some(parts) = &camp.parts {
        let two = &parts.point.certificate;
        text.push_str(&format!(
            "; {} ({} nodes): {}, residual {:.0e}, regret {:.2}, {} rounds",
            two.structure,
            two.size[0],
            on_branch(two.branch),
            two.residual,
            two.agent_regret,
            two.rounds
        ));
    }
    text
}

/// The best month to threaten first, and what never threatening gives.
pub(super) fn timing(camp: &CampCard) -> Option<String> {
    let never = camp.timing.iter().find(|found| found.round.is_none())?;
    let best = camp
        .timing
        .iter()
        .filter(|found| found.round.is_some())
        .max_by(|one, two| one.seller.total_cmp(&two.seller))?;
    Some(format!(
        "{} ({} $bn against never threatening; soft {}, resolved {})",
        best.round.as_deref()?,
        signed(best.seller - never.seller, 2),
        signed(best.by_type[0] - never.by_type[0], 2),
        signed(best.by_type[1] - never.by_type[1], 2)
    ))
}

/// The best size.
pub(super) fn size(parts: &Parts) -> Option<String> {
    let best = parts
        .sizes
        .iter()
        .max_by(|one, two| one.value.total_cmp(&two.value))?;
    Some(format!(
        "${:.0}bn (worth {} $bn, ten-year peak {} bp)",
        best.amount,
        signed(best.value, 2),
        fixed(best.ten_year_peak_bp, 1)
    ))
}

/// Where worth jumps between sizes, and why.
pub(super) fn size_jump(jump: &SizeJump) -> String {
    let day =
        |day: Option<usize>| day.map_or_else(|| "never".to_owned(), |day| format!("on day {day}"));
    let why = match jump.cause {
        JumpCause::FedDay(days) => format!(
            "the sale triggers the Fed's rule {} instead of {}",
            day(days[1]),
            day(days[0])
        ),
        JumpCause::Branch => "the quantal response is on another branch".to_owned(),
    };
    format!(
        "worth by size jumps: {} $bn at ${:.0}bn, {} at ${:.0}bn; {why}",
        signed(jump.below.value, 2),
        jump.below.amount,
        signed(jump.above.value, 2),
        jump.above.amount
    )
}

/// On which branch an answer lies.
pub(super) fn on_branch(branch: OnBranch) -> String {
    match branch {
        OnBranch::Principal { folds: 0 } => "on the principal branch".to_owned(),
        OnBranch::Principal { folds: 1 } => {
            "on the principal branch, which turned back once before".to_owned()
        }
        OnBranch::Principal { folds } => {
            format!("on the principal branch, which turned back {folds} times before")
        }
        OnBranch::Other => {
            "not on the principal branch, along which the announcement does not close".to_owned()
        }
        OnBranch::Unseen => {
            "the principal branch was lost before, so its branch is not known".to_owned()
        }
    }
}

/// Every branch found at the lambda of the answer, the answer first named.
pub(super) fn branches(precision: &Precision) -> String {
    let found: Vec<String> = precision
        .branches
        .iter()
        .map(|found| {
            format!(
                "{}{} (worth {}, deal {}, sale {})",
                found.origin,
                if found.is_answer { ", the answer" } else { "" },
                signed(found.worth, 2),
                fixed(found.point.deal, 2),
                fixed(found.point.sale, 2)
            )
        })
        .collect();
    let count = match found.len() {
        1 => "1 branch".to_owned(),
        count => format!("{count} branches"),
    };
    format!("{count} found at this lambda: {}", found.join("; "))
}

/// A judgement at which a conclusion turns, and whether play jumps there.
pub(super) fn flip(flip: &Flip) -> String {
    match flip.jumps_at {
        Some(value) => format!(
            "{} at {} (by a jump to another branch at {})",
            flip.name,
            flip.at,
            fixed(value, 3)
        ),
        None => format!("{} at {}", flip.name, flip.at),
    }
}

/// The best size and pace together.
pub(super) fn pace(paces: &[ByPace]) -> Option<String> {
    let best = paces
        .iter()
        .max_by(|one, two| one.value.total_cmp(&two.value))?;
    let days = if best.days == 1 { "day" } else { "days" };
    Some(format!(
        "${:.0}bn over {} business {days} (worth {} $bn, ten-year peak {} bp, deal {})",
        best.amount,
        best.days,
        signed(best.value, 2),
        fixed(best.ten_year_peak_bp, 1),
        fixed(best.deal, 2)
    ))
}

/// An assurance not to sell, as a term of the deal.
pub(super) fn assurance(term: &AssuranceTerm) -> String {
    format!(
        "takes the market's belief in a sale from {} to {}; {} $bn to the issuer, {} to the seller; with it the package is worth {} to the issuer, and a deal has probability {} instead of {}",
        fixed(term.before, 3),
        fixed(term.after, 3),
        signed(term.worth.issuer, 2),
        signed(term.worth.seller, 2),
        signed(term.package.issuer, 2),
        fixed(term.deal[1], 3),
        fixed(term.deal[0], 3)
    )
}

/// Name of an action for walking words back.
pub(super) fn walk_back(camp: &CampCard) -> String {
    let texts: Vec<String> = camp
        .walk_back
        .iter()
        .map(|found| {
            format!(
                "{} {} $bn (done with probability {})",
                found.kind,
                fixed(found.price, 2),
                fixed(found.probability, 2)
            )
        })
        .collect();
    if texts.is_empty() {
        format!("no {} after a threat here", SellerAction::Assure.name())
    } else {
        texts.join(", ")
    }
}
