//! What `brandish card` answers, camp by camp.
//!
//! `value` runs everything: the central answer with certificates, the large game, bands over draws, the sweep over precision
//! and the branches found, the map of credibility, the best size and month, what joining and a backstop change, the price of
//! walking back, what would have to be true, which conclusions turn inside the ranges of the judgements, the record of April to July
//! 2025. Parts are independent; work is spread over threads by index and collected in order, so results do not depend on
//! their number.

mod assurance;
mod bands;
mod camp;
mod jumps;
mod levers;
mod map;
mod margins;
mod pace;
mod precision;
mod record;
mod small;
mod timing;

use std::sync::atomic::{AtomicBool, Ordering};

use brandish_scenario::branches::{BranchEngine, SalePlan};
use brandish_scenario::file::CampName;
use rayon::prelude::*;

pub use assurance::AssuranceTerm;
pub use bands::{Band, Bands, Measure};
pub use camp::{CampCard, Certificate, Parts, Standing};
pub use jumps::{JumpCause, SizeJump};
pub use levers::{Conclusion, Flip, Lever, conclusions};
pub use map::{BySize, CredibilityMap};
pub use margins::{Margin, margin};
pub use pace::ByPace;
pub use precision::{Found, LimitReading, Precision, SweepPoint};
pub use record::{Record, RecordStep, Reply};
pub use small::{Branching, SmallTree};
pub use timing::{Timing, WalkBack};

use crate::closure::OnBranch;
use crate::deal::{Package, PricedPackage, Worth, indifferent_pledge_pct, packages, price_term};
use crate::deal::{Term, price};
use crate::error::CardError;
use crate::judgements::JudgementBook;

/// Of 71 threats of sanctions that ended before sanctions were imposed, and of 15 that ended with them, how many won
/// concessions (Drezner 2003, International Organization 57(3), as carried in the design notes; second-hand).
pub const DREZNER: [(u32, u32); 2] = [(40, 71), (5, 15)];

/// The structure of which only one is held in memory at a time.
const LARGEST: &str = "R4";

/// How much is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The quick structure with its bands.
    Quick,
    /// Everything.
    Full,
}

/// How a card is valued.
#[derive(Debug, Clone, PartialEq)]
pub struct CardSettings {
    /// How much is worked out.
    pub depth: Depth,
    /// Precision of the players, per $bn.
    pub lambda: f64,
    /// Draws of the engine per camp.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
    /// Structure of the point answer.
    pub point: &'static str,
    /// Structure of bands, maps and sweeps.
    pub quick: &'static str,
    /// Precisions of the sweep, per $bn, ascending.
    pub sweep: Vec<f64>,
    /// Points of the map on each side.
    pub map: usize,
    /// Random starts of the search for branches.
    pub starts: usize,
    /// Steps after which the path to the limit is given up. Near the limit of rational play branches fold dozens of times (the
    /// game of camp C 90 times, in 3,700 steps and a dozen seconds), so this is generous.
    pub limit_steps: usize,
}

impl CardSettings {
    /// Lambda 0.2 per $bn, 67 draws per camp (200 with three camps), bands from R2, the point from R3c.
    #[must_use]
    pub fn usual(seed: u64) -> Self {
        Self {
            depth: Depth::Full,
            lambda: 0.2,
            draws: 67,
            seed,
            point: "R3c",
            quick: "R2",
            sweep: vec![0.05, 0.1, 0.2, 0.4, 0.8, 1.6],
            map: 20,
            starts: 8,
            limit_steps: 6_000,
        }
    }
}

/// What a valuation reports while it works, and how it is stopped.
pub struct CardControl<'a> {
    /// Called with the name of the part that begins.
    pub progress: &'a (dyn Fn(&str) + Sync),
    /// Set to true to stop.
    pub cancel: &'a AtomicBool,
    /// Whether the time allowed is over: asked between steps, true stops too.
    pub late: &'a (dyn Fn() -> bool + Sync),
}

impl CardControl<'_> {
    pub(crate) fn stopped(&self) -> bool {
        self.cancel.load(Ordering::Relaxed) || (self.late)()
    }
}

/// The deal, term by term.
#[derive(Debug, Clone, PartialEq)]
pub struct DealAnswer {
    /// Every term with its worth.
    pub terms: Vec<(Term, Worth)>,
    /// The package of the game.
    pub package: PricedPackage,
    /// All packages, the issuer's best first.
    pub packages: Vec<PricedPackage>,
    /// What the pledge would have to be worth to the issuer, percent of its face, for him to be indifferent without any threat.
    pub indifferent_pledge_pct: Option<f64>,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The plan of sale.
    pub plan: SalePlan,
    /// Settings used.
    pub settings: CardSettings,
    /// The deal.
    pub deal: DealAnswer,
    /// Camps, headline camps first.
    pub camps: Vec<CampCard>,
    /// Judgements and facts with their sources: name, value, unit, range, source.
    pub parameters: Vec<[String; 5]>,
    /// What must be said with it.
    pub warnings: Vec<String>,
}

/// Values a card.
///
/// # Errors
/// A structure that does not exist, an engine that finds no price at central parameters, a game that cannot be certified.
pub fn value(
    engine: &BranchEngine,
    settings: &CardSettings,
    control: &CardControl<'_>,
) -> Result<Card, CardError> {
    let book = JudgementBook::shipped()?;
    let judgements = book.central()?;
    let package = Package::of_july();
    let answer = |camp: &CampName| {
        camp::answer(&camp::Work {
            engine,
            settings,
            book: &book,
            judgements: &judgements,
            package: &package,
            camp: *camp,
            control,
        })
    };
    // The largest structure takes gigabytes: one camp after the other.
    let camps: Vec<CampCard> = if settings.point == LARGEST {
        engine.camps().iter().map(answer).collect::<Result<_, _>>()
    } else {
        engine.camps().par_iter().map(answer).collect()
    }?;
    let parameters = book
        .all()
        .iter()
        .map(|prior| {
            [
                prior.name.clone(),
                prior.central.to_string(),
                prior.unit.clone(),
                prior.range.clone(),
                prior.source.clone(),
            ]
        })
        .collect();
    let warnings = warnings(&camps, engine.plan());
    Ok(Card {
        plan: engine.plan().clone(),
        settings: settings.clone(),
        deal: DealAnswer {
            terms: Term::ALL
                .into_iter()
                .map(|term| (term, price_term(&judgements, term)))
                .collect(),
            package: PricedPackage {
                worth: price(&judgements, &package),
                package: package.clone(),
            },
            packages: packages(&judgements),
            indifferent_pledge_pct: indifferent_pledge_pct(&judgements, &package),
        },
        camps,
        parameters,
        warnings,
    })
}

/// Two structures whose deal probabilities lie further apart than this disagree, and it is said.
const STRUCTURE_MATTERS: f64 = 0.1;

/// Whose trade and deal the facts and judgements of `parameters/card.toml` are.
const STAKES_OF: &str = "japan";

fn warnings(camps: &[CampCard], plan: &SalePlan) -> Vec<String> {
    let mut all = Vec::new();
    if plan.seller.as_str() != STAKES_OF {
        all.push(format!(
            "trade, tariffs, the deal and what it costs to play are Japan's of 2025, also here: of {0} only the sale is his own, so read this as the card of a seller in Japan's place with the bonds of {0}",
            plan.seller_title
        ));
    }
    for (number, camp) in camps.iter().enumerate() {
        let letter = camp.camp.letter();
        // What is the same game is said once.
        if let Some(same) = camps[..number]
            .iter()
            .find(|other| other.stakes == camp.stakes)
        {
            all.push(format!(
                "camp {letter} gives the numbers of camp {} here: nothing in which the two differ reaches a sale that is declared, as the sale of this game is",
                same.camp.letter()
            ));
        } else {
            all.extend(of_game(camp));
        }
        if let Some(parts) = &camp.parts {
            let (quick, large) = (&camp.standing, &parts.point);
            if (large.reading.deal - quick.reading.deal).abs() > STRUCTURE_MATTERS {
                all.push(format!(
                    "camp {letter}: the large game ({}) says worth {:+.1} $bn, deal {:.2}, sale {:.2}; the game of the bands ({}) {:+.1}, {:.2}, {:.2}: who moves and who sees what decides as much as the market does",
                    large.certificate.structure,
                    large.value.seller,
                    large.reading.deal,
                    large.reading.sale,
                    quick.certificate.structure,
                    quick.value.seller,
                    quick.reading.deal,
                    quick.reading.sale
                ));
            }
        }
        if let Some(open) = camp.parts.as_ref().map(|parts| parts.map.open())
            && open > 0
        {
            all.push(format!(
                "camp {letter}: {open} cells of the credibility map stay open: belief and play do not settle on each other there at this lambda"
            ));
        }
        if camp.bands.failed > 0 {
            all.push(format!(
                "camp {letter}: {} of {} draws failed and are left out; the first said: {}",
                camp.bands.failed,
                camp.bands.failed + camp.bands.finished,
                camp.bands.first_failure.as_deref().unwrap_or("")
            ));
        }
    }
    if let Some(prior) = plan.prior {
        all.push(format!(
            "the scenario declares a belief of {:.3} before the first word; payoffs count announcements from there, not from the equilibrium's own belief",
            prior.value()
        ));
    }
    all.push(
        "when the sale begins, whether it is said and who joins are moves of the game: of the scenario's sales the first seller's amount, pace and maturities count"
            .to_owned(),
    );
    all.push(
        "payoffs other than market moves are judgements: read which conclusions turn inside their ranges"
            .to_owned(),
    );
    all
}

/// What must be said about the game of a camp and its solution.
fn of_game(camp: &CampCard) -> Vec<String> {
    let mut all = Vec::new();
    let letter = camp.camp.letter();
    if camp.crossing.signals_weakness() {
        all.push(format!(
            "camp {letter}: a failed threat costs the resolved type more ({:.1} against {:.1} $bn): threatening signals weakness",
            camp.crossing.failed_threat[1], camp.crossing.failed_threat[0]
        ));
    } else if camp.crossing.tells_nothing() {
        all.push(format!(
            "camp {letter}: a failed threat costs both types the same ({:.1} $bn): words by themselves tell nothing",
            camp.crossing.failed_threat[0]
        ));
    }
    if camp.standing.fixed_points > 1 {
        all.push(format!(
            "camp {letter}: {} fixed points of announcement and belief were found; the first of them is shown",
            camp.standing.fixed_points
        ));
    }
    all.extend(
        camp.standing
            .unsettled
            .iter()
            .map(|text| format!("camp {letter}: {text}")),
    );
    if camp.standing.certificate.branch == OnBranch::Other {
        all.push(format!(
            "camp {letter}: at this lambda rounds of belief and play do not settle along the principal branch; the answer agrees with its own beliefs, but another branch of its game is met first from even play"
        ));
    }
    all
}

/// The camps that headline tables show.
#[must_use]
pub fn headline(camp: CampName) -> bool {
    camp != CampName::X
}
