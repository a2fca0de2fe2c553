//! Sentences about a valuation, shared by terminal and page.
//!
//! Terminal and page say the same words, because both take them from here.
//! A sentence states only what its numbers show in every headline camp; where camps differ it lists them.

use brandish_card::{
    AssuranceTerm, Band, ByPace, BySize, CampCard, Card, Conclusion, Flip, JumpCause, Lever,
    OnBranch, Precision, SellerAction, SizeJump,
};

use crate::format::{fixed, signed};

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
    let found = format!(
        "{} ({} $bn against never threatening; soft {}, resolved {})",
        best.round.as_deref()?,
        signed(best.seller - never.seller, 2),
        signed(best.by_type[0] - never.by_type[0], 2),
        signed(best.by_type[1] - never.by_type[1], 2)
    );
    Some(if best.seller > never.seller {
        found
    } else {
        format!(
            "never: every month loses against silence, which keeps the card too; the least bad is {found}"
        )
    })
}

/// The best size.
pub(super) fn size(sizes: &[BySize]) -> Option<String> {
    let best = sizes
        .iter()
        .max_by(|one, two| one.value.total_cmp(&two.value))?;
    let found = format!(
        "${:.0}bn (worth {} $bn, ten-year peak {} bp)",
        best.amount,
        signed(best.value, 2),
        fixed(best.ten_year_peak_bp, 1)
    );
    Some(if best.value > 0.0 {
        found
    } else {
        format!("none: every size loses; the least bad is {found}")
    })
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

/// What a lever would need.
pub(super) fn lever(lever: &Lever) -> String {
    match lever.needed {
        Some(needed) if needed == lever.central => {
            format!("already, at {}", fixed(needed, 2))
        }
        Some(needed) if lever.is_there() => {
            format!("about as it stands ({})", fixed(needed, 3))
        }
        Some(needed) => fixed(needed, 2),
        None => format!("not up to {}", fixed(lever.tried_to, 2)),
    }
}

/// What a conclusion compares, with the number and its bound.
pub(super) fn margin(camp: &CampCard, conclusion: Conclusion) -> String {
    let margin = brandish_card::margin(conclusion, &camp.standing.reading, &camp.standing.value);
    let unit = if margin.is_probability { "" } else { " $bn" };
    // On the edge two decimals would print both alike.
    let decimals = if margin.is_on_edge() { 4 } else { 2 };
    format!(
        "{} against {}{unit}",
        fixed(margin.value, decimals),
        fixed(margin.bound, 2)
    )
}

/// Whether a conclusion is a matter of the last digits.
pub(super) fn is_on_edge(camp: &CampCard, conclusion: Conclusion) -> bool {
    brandish_card::margin(conclusion, &camp.standing.reading, &camp.standing.value).is_on_edge()
}

/// What must be said where the threat works or does not by the last digits.
pub(super) fn lift_on_edge(camp: &CampCard) -> Option<String> {
    is_on_edge(camp, Conclusion::LiftsDeals).then(|| {
        format!(
            "the lift of deals stands at its bound as it is ({}), so that nearly any lever tips it: no finding about the lever",
            margin(camp, Conclusion::LiftsDeals)
        )
    })
}

/// The best size and pace together.
pub(super) fn pace(paces: &[ByPace]) -> Option<String> {
    let best = paces
        .iter()
        .max_by(|one, two| one.value.total_cmp(&two.value))?;
    let days = if best.days == 1 { "day" } else { "days" };
    let found = format!(
        "${:.0}bn over {} business {days} (worth {} $bn, ten-year peak {} bp, deal {})",
        best.amount,
        best.days,
        signed(best.value, 2),
        fixed(best.ten_year_peak_bp, 1),
        fixed(best.deal, 2)
    );
    Some(if best.value > 0.0 {
        found
    } else {
        format!("none: every size and pace loses; the least bad is {found}")
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn by_pace(amount: f64, value: f64) -> ByPace {
        ByPace {
            amount,
            days: 10,
            ten_year_peak_bp: 20.0,
            market_cost: 1.0,
            value,
            issuer: -1.0,
            deal: 0.5,
            implied: 0.1,
        }
    }

    /// Where everything loses, the best is not to play, and the least loss is not called best.
    #[test]
    fn a_grid_of_losses_has_no_best() {
        let losses = [by_pace(100.0, -2.0), by_pace(200.0, -0.5)];
        let text = pace(&losses).unwrap_or_default();
        assert!(text.starts_with("none: every size and pace loses; the least bad is $200bn"));
        let one_gains = [by_pace(100.0, 0.3), by_pace(200.0, -0.5)];
        let text = pace(&one_gains).unwrap_or_default();
        assert!(text.starts_with("$100bn over 10 business days"), "{text}");
    }

    /// A lever that hardly needs to move is said to be there, never printed as its present value.
    #[test]
    fn a_lever_that_is_there_says_so() {
        let at = |needed| {
            lever(&Lever {
                name: "prior".to_owned(),
                unit: "prob".to_owned(),
                central: 0.25,
                tried_to: 0.95,
                needed,
            })
        };
        assert_eq!(at(Some(0.25)), "already, at 0.25");
        // 0.002 of 0.7 on the way.
        assert_eq!(at(Some(0.252)), "about as it stands (0.252)");
        assert_eq!(at(Some(0.5)), "0.50");
        assert_eq!(at(None), "not up to 0.95");
    }
}
