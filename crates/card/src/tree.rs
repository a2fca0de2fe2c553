//! The tree of a standoff, with what everybody can see at each node.
//!
//! Nature draws the types; then rounds of a move of the seller, an answer of the joiner (after an explicit threat or a visible
//! sale), the market, a move of the issuer. Whoever threatened, was not conceded to and has not sold the whole chooses at the
//! end between carrying out and folding. Moves are public except quiet sales, which stay hidden until their publication. The
//! public history of a node decides information sets and is what the market's belief is conditioned on. Payoffs come later
//! ([`Tree::payoffs`]), because they depend on those beliefs.

use std::collections::BTreeMap;

use brandish_game::{Description, Game, GameError, Place};

use crate::error::CardError;
use crate::judgements::Judgements;
use crate::payoffs::{EndPayoff, Types, end_payoff};
use crate::stakes::Stakes;
use crate::state::{Sold, State};
use crate::structure::{IssuerAction, IssuerTypes, Part, SellerAction, Structure};

/// Position of "no public history before".
const NONE: usize = usize::MAX;

/// A public history.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicHistory {
    /// The history before its last event; none for the beginning.
    pub before: Option<usize>,
    /// Its last event.
    pub event: &'static str,
    /// The window of the round before, and how long this one lasts, if the issuer moves here.
    window: Option<(usize, f64)>,
}

/// An end of the game.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct End {
    /// Node of the game.
    pub node: usize,
    /// Types.
    pub types: Types,
    /// The past.
    pub state: State,
    /// Last window that was waited through without a deal.
    window: usize,
}

/// A standoff ready for payoffs.
#[derive(Debug, Clone)]
pub struct Tree {
    /// Structure it was built from.
    pub structure: Structure,
    /// The game, with payoffs of zero.
    pub game: Game,
    /// All ends.
    pub ends: Vec<End>,
    /// Public histories, each after the one before it.
    pub public: Vec<PublicHistory>,
    /// Public history of each node of the game.
    pub public_of: Vec<usize>,
}

/// Probabilities of the private types.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priors {
    /// The seller is resolved.
    pub resolved: f64,
    /// The issuer is fragile.
    pub fragile: f64,
    /// The joiner is an opportunist.
    pub opportunist: f64,
}

impl Priors {
    /// Those of the judgements.
    #[must_use]
    pub const fn of(judgements: &Judgements) -> Self {
        Self {
            resolved: judgements.prior_resolved,
            fragile: judgements.prior_fragile,
            opportunist: judgements.prior_opportunist,
        }
    }
}

/// Where a node stands while the tree is built.
#[derive(Clone, Copy)]
struct Spot {
    place: Place,
    types: Types,
    public: usize,
    state: State,
    window: usize,
}

struct Builder<'a> {
    structure: &'a Structure,
    judgements: &'a Judgements,
    game: Description,
    sets: BTreeMap<(usize, usize, usize), usize>,
    public: Vec<PublicHistory>,
    known: BTreeMap<(usize, &'static str), usize>,
    public_of: Vec<usize>,
    ends: Vec<End>,
    stop: &'a dyn Fn() -> bool,
    stopped: bool,
}

/// Nodes between two questions whether to stop.
const ASKED_EVERY: usize = 4096;

impl Tree {
    /// Builds a standoff.
    ///
    /// # Errors
    /// A prior or an odd that is no probability; a structure beyond the size a game may have.
    pub fn build(
        structure: &Structure,
        judgements: &Judgements,
        priors: Priors,
    ) -> Result<Self, CardError> {
        Self::build_unless(structure, judgements, priors, &|| false)
    }

    /// The same, asking on the way whether to stop: the largest standoff takes seconds to build.
    ///
    /// # Errors
    /// As for [`Tree::build`], and [`CardError::Stopped`].
    pub fn build_unless(
        structure: &Structure,
        judgements: &Judgements,
        priors: Priors,
        stop: &dyn Fn() -> bool,
    ) -> Result<Self, CardError> {
        for (name, value) in [
            ("prior of a resolved seller", priors.resolved),
            ("prior of a fragile issuer", priors.fragile),
            ("prior of an opportunist joiner", priors.opportunist),
        ] {
            if !(value > 0.0 && value < 1.0) {
                return Err(CardError::Probability { name, value });
            }
        }
        let names: &[&str] = if structure.has(Part::Joiner) {
            &["seller", "issuer", "joiner"]
        } else {
            &["seller", "issuer"]
        };
        let mut builder = Builder {
            structure,
            judgements,
            game: Description::new(&format!("standoff {}", structure.name), names),
            sets: BTreeMap::new(),
            public: vec![PublicHistory {
                before: None,
                event: "",
                window: None,
            }],
            known: BTreeMap::new(),
            public_of: Vec::new(),
            ends: Vec::new(),
            stop,
            stopped: false,
        };
        builder.root(priors);
        builder.finish()
    }

    /// Payoffs of every node, in the order of the game, for the market's beliefs in a sale by public history and its belief
    /// before the first word.
    #[must_use]
    pub fn payoffs(&self, stakes: &Stakes, beliefs: &[f64], prior: f64) -> Vec<f64> {
        let players = self.game.players().len();
        let mut values = vec![0.0; self.game.nodes() * players];
        for (end, pay) in self.end_payoffs(stakes, beliefs, prior) {
            let at = end.node * players;
            values[at] = pay.seller();
            values[at + 1] = pay.issuer;
            if players > 2 {
                values[at + 2] = pay.joiner;
            }
        }
        values
    }

    /// Payoffs of every end, in parts.
    pub fn end_payoffs<'s>(
        &'s self,
        stakes: &'s Stakes,
        beliefs: &[f64],
        prior: f64,
    ) -> impl Iterator<Item = (&'s End, EndPayoff)> + use<'s> {
        let mut waited = vec![0.0; self.public.len()];
        for (at, history) in self.public.iter().enumerate() {
            if let Some((last, months)) = history.window {
                let before = if last == NONE { 0.0 } else { waited[last] };
                waited[at] = before + (beliefs[at] - prior) * months;
            }
        }
        self.ends.iter().map(move |end| {
            let expected = if end.window == NONE {
                0.0
            } else {
                waited[end.window]
            };
            let rounds = &self.structure.rounds;
            let pay = end_payoff(stakes, rounds, &end.state, end.types, expected);
            (end, pay)
        })
    }

    /// The events of a public history, in order.
    #[must_use]
    pub fn events(&self, history: usize) -> Vec<&'static str> {
        let mut events = Vec::new();
        let mut at = Some(history);
        while let Some(history) = at {
            let found = &self.public[history];
            if found.before.is_some() {
                events.push(found.event);
            }
            at = found.before;
        }
        events.reverse();
        events
    }
}

impl Builder<'_> {
    fn root(&mut self, priors: Priors) {
        let pair = |prior: f64| [1.0 - prior, prior];
        let seller = pair(priors.resolved);
        let issuer = match self.structure.issuer_types {
            IssuerTypes::Robust => vec![1.0],
            IssuerTypes::RobustOrFragile => pair(priors.fragile).to_vec(),
        };
        let joiner = if self.structure.has(Part::Joiner) {
            pair(priors.opportunist).to_vec()
        } else {
            vec![1.0]
        };
        let mut kinds = Vec::new();
        for (s, one) in seller.iter().enumerate() {
            for (i, two) in issuer.iter().enumerate() {
                for (j, three) in joiner.iter().enumerate() {
                    let mut label = format!("{}/{}", SELLER_TYPES[s], ISSUER_TYPES[i]);
                    if joiner.len() > 1 {
                        label.push_str(&format!("/{}", JOINER_TYPES[j]));
                    }
                    let types = Types {
                        seller: s,
                        issuer: i,
                        joiner: j,
                    };
                    kinds.push((label, one * two * three, types));
                }
            }
        }
        let actions: Vec<(&str, f64)> = kinds
            .iter()
            .map(|(label, prior, _)| (label.as_str(), *prior))
            .collect();
        let root = self.game.chance(Place::Root, &actions);
        self.public_of.push(0);
        for (action, (_, _, types)) in kinds.iter().enumerate() {
            self.seller(Spot {
                place: Place::After { node: root, action },
                types: *types,
                public: 0,
                state: State::default(),
                window: NONE,
            });
        }
    }

    /// The public history one event later.
    fn see(&mut self, before: usize, event: &'static str) -> usize {
        let next = self.public.len();
        let history = *self.known.entry((before, event)).or_insert(next);
        if history == next {
            self.public.push(PublicHistory {
                before: Some(before),
                event,
                window: None,
            });
        }
        history
    }

    fn decision(
        &mut self,
        spot: &Spot,
        (player, kind, name): (usize, usize, &str),
        actions: &[&str],
    ) -> usize {
        let key = (player, kind, spot.public);
        let set = match self.sets.get(&key) {
            Some(set) => *set,
            None => {
                let mut events = Vec::new();
                let mut at = spot.public;
                while let Some(before) = self.public[at].before {
                    events.push(self.public[at].event);
                    at = before;
                }
                events.reverse();
                let label = format!("{name}|{}", events.join(">"));
                let set = self.game.infoset(player, &label, actions);
                self.sets.insert(key, set);
                set
            }
        };
        let node = self.game.decision(spot.place, set);
        self.public_of.push(spot.public);
        node
    }

    fn seller(&mut self, mut spot: Spot) {
        if self.stopped {
            return;
        }
        let round = spot.state.rounds;
        let due = spot.state.quiet_round + self.structure.publication_lag as u8;
        // To everybody else a hidden seller is one who could still sell, until his sale is published.
        if spot.state.sold == Sold::Quietly && round < due {
            let event = if round + 1 == due {
                "sale published"
            } else {
                SellerAction::Silent.name()
            };
            let node = self.game.chance(spot.place, &[(event, 1.0)]);
            self.public_of.push(spot.public);
            spot.place = Place::After { node, action: 0 };
            spot.public = self.see(spot.public, event);
        }
        let actions = spot.state.seller_actions(self.structure);
        if spot.state.is_sold_whole() || actions.len() < 2 {
            self.market(spot, SellerAction::Silent);
            return;
        }
        let names: Vec<&str> = actions.iter().map(|action| action.name()).collect();
        let kind = spot.types.seller;
        let node = self.decision(&spot, (0, kind, SELLER_TYPES[kind]), &names);
        for (number, action) in actions.into_iter().enumerate() {
            let seen = match action {
                SellerAction::SellQuietly => SellerAction::Silent,
                seen => seen,
            };
            let next = Spot {
                place: Place::After {
                    node,
                    action: number,
                },
                public: self.see(spot.public, seen.name()),
                state: spot.state.after_seller(action),
                ..spot
            };
            self.joiner(next, action);
        }
    }

    fn joiner(&mut self, spot: Spot, last: SellerAction) {
        let called = matches!(
            last,
            SellerAction::Brandish | SellerAction::SellSmall | SellerAction::SellBig
        );
        if !self.structure.has(Part::Joiner) || !called || spot.state.joined {
            self.market(spot, last);
            return;
        }
        let kind = spot.types.joiner;
        let actions = ["stay out", "join"];
        let node = self.decision(&spot, (2, kind, JOINER_TYPES[kind]), &actions);
        for (action, name) in actions.into_iter().enumerate() {
            let mut state = spot.state;
            state.joined = action == 1;
            let next = Spot {
                place: Place::After { node, action },
                public: self.see(spot.public, name),
                state,
                ..spot
            };
            self.market(next, last);
        }
    }

    /// Odds of a spike after what the seller did, and after tariffs of the round before.
    fn spike(&self, state: &State, last: SellerAction) -> f64 {
        let j = self.judgements;
        let by_seller = match last {
            SellerAction::Silent => j.spike_after_silence,
            SellerAction::Assure => j.spike_after_assurance,
            SellerAction::Hint => j.spike_after_hint,
            SellerAction::Brandish => j.spike_after_brandish,
            SellerAction::SellSmall => j.spike_after_small_sale,
            SellerAction::SellBig => j.spike_after_big_sale,
            SellerAction::SellQuietly => j.quiet_detection_spike,
        };
        let escalated = state.escalated_round > 0 && state.escalated_round == state.rounds;
        let by_tariffs = if state.rounds == 0 || escalated {
            j.spike_from_tariffs
        } else {
            0.0
        };
        1.0 - (1.0 - by_seller) * (1.0 - by_tariffs)
    }

    fn market(&mut self, spot: Spot, last: SellerAction) {
        let over = usize::from(spot.state.rounds) >= self.structure.market_rounds;
        if over || !self.structure.has(Part::Market) || spot.state.spike_round > 0 {
            self.issuer(spot);
            return;
        }
        let odds = self.spike(&spot.state, last);
        let node = self
            .game
            .chance(spot.place, &[("calm", 1.0 - odds), ("spike", odds)]);
        self.public_of.push(spot.public);
        for (action, name) in ["calm", "spike"].into_iter().enumerate() {
            let mut state = spot.state;
            if action == 1 {
                state.spike_round = state.rounds + 1;
            }
            let next = Spot {
                place: Place::After { node, action },
                public: self.see(spot.public, name),
                state,
                ..spot
            };
            self.issuer(next);
        }
    }

    fn issuer(&mut self, spot: Spot) {
        let round = usize::from(spot.state.rounds);
        self.public[spot.public].window = Some((spot.window, self.structure.rounds[round].months));
        let actions = spot.state.issuer_actions(self.structure);
        let names: Vec<&str> = actions.iter().map(|action| action.name()).collect();
        let kind = spot.types.issuer;
        let node = self.decision(&spot, (1, kind, ISSUER_TYPES[kind]), &names);
        for (number, action) in actions.into_iter().enumerate() {
            let next = Spot {
                place: Place::After {
                    node,
                    action: number,
                },
                public: self.see(spot.public, action.name()),
                state: spot.state.after_issuer(action),
                ..spot
            };
            if action == IssuerAction::Concede {
                self.end(next);
                continue;
            }
            let next = Spot {
                window: spot.public,
                ..next
            };
            if round + 1 < self.structure.rounds.len() {
                self.seller(next);
            } else if next.state.can_carry_out() {
                self.last_word(next);
            } else {
                self.end(next);
            }
        }
    }

    fn last_word(&mut self, spot: Spot) {
        let kind = spot.types.seller;
        let actions = ["carry out", "fold"];
        let node = self.decision(&spot, (0, kind, SELLER_TYPES[kind]), &actions);
        for (action, name) in actions.into_iter().enumerate() {
            let mut state = spot.state;
            if action == 0 {
                state.sold = Sold::Big;
                state.carried_out = true;
            }
            let next = Spot {
                place: Place::After { node, action },
                public: self.see(spot.public, name),
                state,
                ..spot
            };
            self.end(next);
        }
    }

    fn end(&mut self, spot: Spot) {
        let node = self.game.empty_outcome(spot.place);
        if self.ends.len().is_multiple_of(ASKED_EVERY) {
            self.stopped |= (self.stop)();
        }
        self.public_of.push(spot.public);
        self.ends.push(End {
            node,
            types: spot.types,
            state: spot.state,
            window: spot.window,
        });
    }

    fn finish(self) -> Result<Tree, CardError> {
        let what = format!("standoff {}", self.structure.name);
        if self.stopped || (self.stop)() {
            return Err(CardError::Stopped);
        }
        let built: Result<(Game, Vec<usize>), GameError> = self.game.build_numbered();
        let (game, numbers) = built.map_err(|error| CardError::game(what, error))?;
        if (self.stop)() {
            return Err(CardError::Stopped);
        }
        let mut ends = self.ends;
        for end in &mut ends {
            end.node = numbers[end.node];
        }
        let mut public_of = vec![0; numbers.len()];
        for (placed, public) in self.public_of.into_iter().enumerate() {
            public_of[numbers[placed]] = public;
        }
        Ok(Tree {
            structure: self.structure.clone(),
            game,
            ends,
            public: self.public,
            public_of,
        })
    }
}

/// Types of the seller, in order.
pub const SELLER_TYPES: [&str; 2] = ["soft", "resolved"];
/// Types of the issuer, in order.
pub const ISSUER_TYPES: [&str; 2] = ["robust", "fragile"];
/// Types of the joiner, in order.
pub const JOINER_TYPES: [&str; 2] = ["aloof", "opportunist"];
