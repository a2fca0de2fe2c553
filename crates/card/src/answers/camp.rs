//! The answer of one camp: central parameters, the quick structure and the large one, and every part around them.
//!
//! The equilibrium comes first, closed from three starts; everything else is a change of it (another backstop, a joiner, a
//! draw, a lever), closed from there. A stress bound has the equilibrium and its bands only.

use brandish_scenario::branches::{Backstop, BranchEngine, EngineDraw};
use brandish_scenario::file::CampName;

use super::{
    AssuranceTerm, Bands, ByPace, BySize, CardControl, CardSettings, CredibilityMap, Depth, Flip,
    Lever, Precision, Record, SizeJump, SmallTree, Timing, WalkBack, assurance, bands, jumps,
    levers, map, pace, precision, record, small, timing,
};
use crate::closure::{Closing, OnBranch, Solved, Start, close};
use crate::crossing::{Crossing, crossing};
use crate::deal::Package;
use crate::engine::{Setting, alone, joined, joiner_amount, outcomes};
use crate::error::CardError;
use crate::judgements::{JudgementBook, Judgements};
use crate::reading::{CardValue, Reading, card_value, read};
use crate::stakes::{Outcomes, SaleOutcomes, Stakes};
use crate::starts::close_from_everywhere;
use crate::structure::Structure;
use crate::tree::{Priors, Tree};

/// What certifies a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    /// Structure.
    pub structure: &'static str,
    /// Names of its rounds, the months in which they are played.
    pub months: Vec<String>,
    /// Nodes, information sets, actions.
    pub size: [usize; 3],
    /// Precision per $bn.
    pub lambda: f64,
    /// Precision times the largest stake.
    pub lambda_stake: f64,
    /// Largest stake, $bn.
    pub stake: f64,
    /// Residual of the fixed point.
    pub residual: f64,
    /// Largest agent regret, $bn.
    pub agent_regret: f64,
    /// Rounds of the announcement closure, and what they left.
    pub rounds: usize,
    /// Largest change of a belief in the last round.
    pub left: f64,
    /// On which branch of its game the answer lies.
    pub branch: OnBranch,
}

impl Certificate {
    fn of(tree: &Tree, solved: &Solved) -> Self {
        let game = &tree.game;
        Self {
            structure: tree.structure.name,
            months: tree
                .structure
                .rounds
                .iter()
                .map(|round| round.label.clone())
                .collect(),
            size: [game.nodes(), game.infosets(), game.actions()],
            lambda: solved.point.lambda,
            lambda_stake: solved.point.lambda_stake,
            stake: solved.game.stake(),
            residual: solved.point.residual,
            agent_regret: solved.point.agent_regret,
            rounds: solved.rounds,
            left: solved.left,
            branch: solved.branch,
        }
    }
}

/// An equilibrium with what it says and what certifies it.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// What certifies it.
    pub certificate: Certificate,
    /// What it says.
    pub reading: Reading,
    /// Against a card that does nothing.
    pub value: CardValue,
    /// What the same game without a card says.
    pub without: Reading,
    /// Market-implied probability that the card is played.
    pub implied: f64,
    /// Different fixed points of the closure that were found.
    pub fixed_points: usize,
    /// Starts of the closure that did not settle.
    pub unsettled: Vec<String>,
}

/// Everything about one camp.
#[derive(Debug, Clone, PartialEq)]
pub struct CampCard {
    /// The camp.
    pub camp: CampName,
    /// Its name.
    pub name: String,
    /// Whether it is a stress bound.
    pub stress: bool,
    /// Stakes at central parameters.
    pub stakes: Stakes,
    /// Peak of the ten-year yield if the card is played, bp.
    pub ten_year_peak_bp: f64,
    /// What a failed threat costs each type.
    pub crossing: Crossing,
    /// The quick structure.
    pub standing: Standing,
    /// Bands over draws.
    pub bands: Bands,
    /// By month.
    pub timing: Vec<Timing>,
    /// Price of walking back.
    pub walk_back: Vec<WalkBack>,
    /// An assurance not to sell as a term of the deal, where the structure has one.
    pub assurance: Option<AssuranceTerm>,
    /// Value of the card to the seller without the Fed, with it as in the scenario, and with a certain backstop.
    pub backstop: [f64; 3],
    /// Value of the card if the joiner joins every sale.
    pub if_joined: f64,
    /// The parts that are worked out for headline camps only.
    pub parts: Option<Parts>,
    /// The one-round game, solved: for the page.
    pub one_round: SmallTree,
    /// The two-round game, solved, without its rarest branches: for the page.
    pub two_rounds: SmallTree,
    /// The quick game, for other programs.
    pub efg: String,
}

/// Parts of a headline camp.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// The large structure.
    pub point: Standing,
    /// In the large structure: what it is worth to the seller that the joiner's sale adds to his.
    pub joining: Option<f64>,
    /// Variant with quiet sales.
    pub quiet: Standing,
    /// Sweep over precision, branches, limit.
    pub precision: Precision,
    /// Map of credibility.
    pub map: CredibilityMap,
    /// By size.
    pub sizes: Vec<BySize>,
    /// Where worth jumps between two neighboring sizes: the largest jump, and one around the scenario's own size.
    pub size_jumps: Vec<SizeJump>,
    /// By size and pace.
    pub paces: Vec<ByPace>,
    /// What would have to be true.
    pub levers: Vec<Lever>,
    /// Conclusions that turn.
    pub flips: Vec<Flip>,
    /// The record of April to July 2025.
    pub record: Record,
}

/// What the parts of a camp share.
#[derive(Clone, Copy)]
pub(super) struct Work<'w> {
    pub engine: &'w BranchEngine,
    pub settings: &'w CardSettings,
    pub book: &'w JudgementBook,
    pub judgements: &'w Judgements,
    pub package: &'w Package,
    pub camp: CampName,
    pub control: &'w CardControl<'w>,
}

impl Work<'_> {
    pub fn central(&self) -> Setting {
        Setting {
            camp: self.camp,
            draw: EngineDraw::Central,
        }
    }

    pub fn amount(&self) -> f64 {
        self.engine.plan().amount.bn()
    }

    pub fn closing(&self, lambda: f64) -> Closing {
        Closing::at(lambda, self.engine.plan().prior.map(|prior| prior.value()))
    }

    /// How the same structure is closed with other stakes: from disbelief and compared with the principal branch of its own
    /// game, as the central answer was; where that one has nothing to be compared with, from it.
    pub fn beside<'s>(&self, central: &'s Solved) -> (Closing, Start<'s>) {
        let compared = central.compares();
        let closing = Closing {
            compared,
            ..self.closing(self.settings.lambda).briefly()
        };
        let start = if compared {
            Start::Belief(0.0)
        } else {
            Start::Near(central)
        };
        (closing, start)
    }

    /// The same for a large game: beliefs to 1e-6, which moves payoffs by less than a thousandth of a $mn.
    pub fn rough_closing(&self) -> Closing {
        Closing {
            tolerance: 1e-6,
            ..self.closing(self.settings.lambda)
        }
    }

    pub fn structure(&self, name: &str) -> Result<Structure, CardError> {
        Structure::named(name).ok_or_else(|| CardError::UnknownStructure {
            name: name.to_owned(),
        })
    }

    pub fn stop(&self) -> impl Fn() -> bool + '_ {
        || self.control.stopped()
    }

    fn say(&self, part: &str) {
        (self.control.progress)(&format!("camp {}: {part}", self.camp.letter()));
    }

    /// Stakes at central parameters for a structure.
    pub fn stakes(&self, structure: &Structure) -> Result<(Stakes, Outcomes), CardError> {
        let found = outcomes(
            self.engine,
            self.central(),
            structure,
            self.judgements,
            self.amount(),
        )?;
        Ok((Stakes::new(self.judgements, &found, self.package), found))
    }

    pub fn tree(&self, structure: &Structure) -> Result<Tree, CardError> {
        let priors = Priors::of(self.judgements);
        Tree::build_unless(structure, self.judgements, priors, &self.stop())
    }

    /// Solves with the card and without it.
    pub fn both(
        &self,
        tree: &Tree,
        stakes: &Stakes,
        start: Start<'_>,
    ) -> Result<(Solved, Reading, Reading), CardError> {
        let closing = self.rough_closing();
        let stop = self.stop();
        let with = close(tree, stakes, &closing, start, &stop)?;
        let reading = read(tree, stakes, &with);
        let none = stakes.without_card();
        let without = close(tree, &none, &closing, Start::Belief(0.0), &stop)?;
        let other = read(tree, &none, &without);
        Ok((with, reading, other))
    }
}

fn standing(tree: &Tree, solved: &Solved, reading: Reading, without: Reading) -> Standing {
    Standing {
        certificate: Certificate::of(tree, solved),
        value: card_value(&reading, &without),
        implied: solved.implied(),
        reading,
        without,
        fixed_points: 1,
        unsettled: Vec::new(),
    }
}

/// Answers for one camp.
pub(super) fn answer(work: &Work<'_>) -> Result<CampCard, CardError> {
    let (name, stress) = work.engine.camp_words(work.camp)?;
    work.say("equilibrium");
    let structure = work.structure(work.settings.quick)?;
    let tree = work.tree(&structure)?;
    let (stakes, found) = work.stakes(&structure)?;
    let closing = work.closing(work.settings.lambda);
    let mut closings = close_from_everywhere(&tree, &stakes, &closing, &work.stop())?;
    let fixed_points = closings.found.len();
    let solved = closings.found.swap_remove(0);
    let none = stakes.without_card();
    let without = close(&tree, &none, &closing, Start::Belief(0.0), &work.stop())?;
    let reading = read(&tree, &stakes, &solved);
    let without = read(&tree, &none, &without);
    let quick = Standing {
        fixed_points,
        unsettled: closings.failed,
        ..standing(&tree, &solved, reading, without.clone())
    };
    let value_if = |alone| -> Result<f64, CardError> {
        let outcomes = Outcomes {
            big: SaleOutcomes::only(alone),
            ..found
        };
        let stakes = Stakes::new(work.judgements, &outcomes, work.package);
        let near = Closing {
            compared: solved.compares(),
            ..closing
        };
        let solved = close(&tree, &stakes, &near, Start::Near(&solved), &work.stop())?;
        Ok(card_value(&read(&tree, &stakes, &solved), &without).seller)
    };
    let beside = joiner_amount(work.engine, work.judgements);
    let amount = work.amount();
    let central = work.central();
    let backstop = [
        value_if(alone(work.engine, central, amount, Backstop::None)?)?,
        quick.value.seller,
        value_if(alone(work.engine, central, amount, Backstop::Certain)?)?,
    ];
    let if_joined = value_if(joined(
        work.engine,
        central,
        (amount, beside),
        Backstop::AsInScenario,
    )?)?;
    work.say("bands");
    let bands = bands::bands(work, &tree, &solved, &without)?;
    let (timing, walk_back) = timing::timing(&tree, &solved);
    let assurance = assurance::assurance(work, &tree, &stakes, &solved)?;
    let parts = if stress || work.settings.depth == Depth::Quick {
        None
    } else {
        Some(parts(work, &structure, (&tree, &solved, &without), &found)?)
    };
    Ok(CampCard {
        camp: work.camp,
        name,
        stress,
        ten_year_peak_bp: found.big.alone.ten_year_peak.0,
        crossing: crossing(&stakes),
        stakes,
        standing: quick,
        bands,
        timing,
        walk_back,
        assurance,
        backstop,
        if_joined,
        parts,
        one_round: small::drawn(work, "R0", &found)?,
        two_rounds: small::drawn(work, "R1", &found)?,
        efg: brandish_game::write_efg(&solved.game),
    })
}

fn parts(
    work: &Work<'_>,
    structure: &Structure,
    (tree, solved, without): (&Tree, &Solved, &Reading),
    found: &Outcomes,
) -> Result<Parts, CardError> {
    // Parts of very different length that know nothing of each other: the limit of one camp takes as long as all else.
    let ((precision, varied), games) = rayon::join(
        || {
            rayon::join(
                || {
                    work.say("precision and branches");
                    let stakes = Stakes::new(work.judgements, found, work.package);
                    precision::precision(work, tree, (solved, without), &stakes)
                },
                || varied(work, structure, (tree, solved, without), found),
            )
        },
        || other_games(work),
    );
    let (precision, varied, games) = (precision?, varied?, games?);
    Ok(Parts {
        point: games.point,
        joining: games.joining,
        quiet: games.quiet,
        precision,
        map: varied.map,
        sizes: varied.sizes,
        size_jumps: varied.size_jumps,
        paces: varied.paces,
        levers: varied.levers,
        flips: varied.flips,
        record: games.record,
    })
}

/// The quick game under other sizes, paces and judgements.
struct Varied {
    map: CredibilityMap,
    sizes: Vec<BySize>,
    size_jumps: Vec<SizeJump>,
    paces: Vec<ByPace>,
    levers: Vec<Lever>,
    flips: Vec<Flip>,
}

fn varied(
    work: &Work<'_>,
    structure: &Structure,
    (tree, solved, without): (&Tree, &Solved, &Reading),
    found: &Outcomes,
) -> Result<Varied, CardError> {
    work.say("map");
    let (map, sizes) = map::map(work, structure, solved)?;
    let size_jumps = jumps::by_size(work, tree, (solved, without), &sizes)?;
    work.say("size and pace");
    let paces = pace::by_pace(work, tree, (solved, without))?;
    work.say("what would have to be true");
    Ok(Varied {
        map,
        sizes,
        size_jumps,
        paces,
        levers: levers::levers(work, structure, solved)?,
        flips: levers::flips(work, structure, found, solved)?,
    })
}

/// Games of other structures: the large one, the one with quiet sales, the one of the record.
struct OtherGames {
    point: Standing,
    joining: Option<f64>,
    quiet: Standing,
    record: Record,
}

fn other_games(work: &Work<'_>) -> Result<OtherGames, CardError> {
    work.say("large game");
    let (point, joining) = large(work)?;
    work.say("quiet sales");
    let hidden = work.structure("quiet")?;
    let hidden = work.tree(&hidden)?;
    let (stakes, _) = work.stakes(&hidden.structure)?;
    let (other, reading, without) = work.both(&hidden, &stakes, Start::Belief(0.0))?;
    work.say("record of 2025");
    Ok(OtherGames {
        point,
        joining,
        quiet: standing(&hidden, &other, reading, without),
        record: record::record(work)?,
    })
}

/// The large structure, and what the joiner adds in it: the same tree with a sale that does no more when he joins.
fn large(work: &Work<'_>) -> Result<(Standing, Option<f64>), CardError> {
    let structure = work.structure(work.settings.point)?;
    let tree = work.tree(&structure)?;
    let (stakes, found) = work.stakes(&structure)?;
    let (solved, reading, without) = work.both(&tree, &stakes, Start::Belief(0.0))?;
    let joining = if structure.has(crate::structure::Part::Joiner) {
        let alone = |sale: SaleOutcomes| SaleOutcomes {
            joined: sale.alone,
            joined_backstopped: sale.backstopped,
            ..sale
        };
        let idle = Outcomes {
            big: alone(found.big),
            small: found.small.map(alone),
            ..found
        };
        let idle = Stakes::new(work.judgements, &idle, work.package);
        let closing = work.rough_closing();
        let other = close(&tree, &idle, &closing, Start::Near(&solved), &work.stop())?;
        let other = read(&tree, &idle, &other);
        Some(reading.values.seller() - other.values.seller())
    } else {
        None
    };
    Ok((standing(&tree, &solved, reading, without), joining))
}
