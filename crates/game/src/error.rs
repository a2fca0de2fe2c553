//! Everything that can go wrong with a game, in one enum.
//!
//! Each variant carries the node, the value and what to do about it, so that a person who wrote the tree by hand can
//! find the place. Problems found in a file are wrapped in [`GameError::InFile`] with line and column. A solver that
//! stops early or cannot certify its point says how far it came and never hands out the point.

use thiserror::Error;

/// What failed, with the values that failed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum GameError {
    /// The game has no player or more than the storage can address.
    #[error("{count} players: a game needs 1 to {limit}")]
    Players {
        /// How many were given.
        count: usize,
        /// The most allowed.
        limit: usize,
    },
    /// The tree is larger or deeper than the bound.
    #[error("the tree passes {limit} {what}: merge branches or drop rounds")]
    TooLarge {
        /// Nodes, levels or actions.
        what: &'static str,
        /// The bound.
        limit: usize,
    },
    /// A node names something that was never declared.
    #[error("node {node} names {what} {index}, but only {count} exist: declare it first")]
    Undeclared {
        /// The node.
        node: usize,
        /// Player, information set, node or action.
        what: &'static str,
        /// The index named.
        index: usize,
        /// How many exist.
        count: usize,
    },
    /// Nothing stands at the root, or two nodes do.
    #[error("{count} nodes stand at the root: place exactly one there")]
    Roots {
        /// How many do.
        count: usize,
    },
    /// An action leads nowhere.
    #[error("node {node}: action {action} leads nowhere: place a node there")]
    MissingChild {
        /// The node.
        node: usize,
        /// The action, from 0.
        action: usize,
    },
    /// Two nodes stand after the same action.
    #[error("node {node}: two nodes stand after action {action}: keep one")]
    TwoChildren {
        /// The node.
        node: usize,
        /// The action, from 0.
        action: usize,
    },
    /// A move without actions.
    #[error("{place} has no actions: make it an outcome or give it actions")]
    NoActions {
        /// Which information set or chance move.
        place: String,
    },
    /// An information set without nodes.
    #[error("information set {infoset} (\"{label}\") has no node: place one or drop the set")]
    EmptyInfoset {
        /// Its number, from 0.
        infoset: usize,
        /// Its label.
        label: String,
    },
    /// Chance never leads to an information set.
    #[error(
        "information set \"{label}\" (first node {node}) is reached with probability zero whatever the players do: drop the branch of probability 0 that leads there"
    )]
    UnreachableInfoset {
        /// Its label.
        label: String,
        /// Its first node.
        node: usize,
    },
    /// A probability of a chance move outside 0 to 1.
    #[error("node {node}: probability {value} of action {action} is not in 0 to 1")]
    Probability {
        /// The chance node.
        node: usize,
        /// The action, from 0.
        action: usize,
        /// The number given.
        value: f64,
    },
    /// Chance probabilities that do not add to one.
    #[error("node {node}: chance probabilities add to {sum}, not 1: correct them")]
    ProbabilitySum {
        /// The chance node.
        node: usize,
        /// Their sum.
        sum: f64,
    },
    /// A payoff that is not a usable number.
    #[error(
        "node {node}: payoff {value:e} of player {player} is not a finite number below 1e100 in size"
    )]
    Payoff {
        /// The node.
        node: usize,
        /// The player, from 0.
        player: usize,
        /// The number given.
        value: f64,
    },
    /// Payoffs for the wrong number of players.
    #[error("node {node}: {got} payoffs for {players} players: give one to each")]
    PayoffCount {
        /// The node.
        node: usize,
        /// How many were given.
        got: usize,
        /// How many players the game has.
        players: usize,
    },
    /// A player forgets.
    #[error(
        "no perfect recall: player {player} cannot tell nodes {first} and {second} of information set \"{label}\" apart although {player} acted differently before them: split the set"
    )]
    PerfectRecall {
        /// The player's label.
        player: String,
        /// The set's label.
        label: String,
        /// One node of the set.
        first: usize,
        /// Another node with a different past.
        second: usize,
    },
    /// A vector of the wrong length was handed in.
    #[error("{what}: {got} numbers where the game has {expected}")]
    Length {
        /// What the vector is.
        what: &'static str,
        /// Its length.
        got: usize,
        /// The length the game asks for.
        expected: usize,
    },
    /// A behavior strategy that is not one.
    #[error("information set \"{label}\": probabilities add to {sum} or one is not in 0 to 1")]
    Strategy {
        /// The set's label.
        label: String,
        /// The sum found.
        sum: f64,
    },
    /// Beliefs cannot come from Bayes' rule because nobody comes there.
    #[error(
        "information set \"{label}\" is not reached under this profile: Bayes' rule gives no belief there, hand beliefs in"
    )]
    NoBayes {
        /// The set's label.
        label: String,
    },
    /// A text that is not a game, with its place.
    #[error("line {line}, column {column}: {problem}")]
    Text {
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
        /// What is wrong and what was expected.
        problem: String,
    },
    /// A game in a file that is no legal game; the line is that of the node.
    #[error("line {line}: {problem}")]
    InFile {
        /// Line of the node.
        line: usize,
        /// What is wrong with it.
        problem: Box<GameError>,
    },
    /// A setting of a solver outside its range.
    #[error("{name} = {value}: {range}")]
    Setting {
        /// The setting.
        name: &'static str,
        /// The number given.
        value: f64,
        /// What is allowed.
        range: &'static str,
    },
    /// The caller asked to stop, or the time it allows is over.
    #[error("stopped on request at lambda x stake {lambda_stake} after {steps} steps")]
    Stopped {
        /// Precision reached, times the largest stake.
        lambda_stake: f64,
        /// Steps or iterations done.
        steps: usize,
    },
    /// The path could not be followed.
    #[error(
        "the path was lost at lambda x stake {lambda_stake} after {steps} steps ({why}); no point is returned"
    )]
    PathLost {
        /// Precision reached, times the largest stake.
        lambda_stake: f64,
        /// Steps done.
        steps: usize,
        /// What stopped it.
        why: &'static str,
    },
    /// Newton's method found no quantal response at this precision from this start.
    #[error(
        "no quantal response found at lambda {lambda}: residual {residual} after {iterations} iterations"
    )]
    NoConvergence {
        /// The precision, per unit of payoff.
        lambda: f64,
        /// The residual left, in logits.
        residual: f64,
        /// Iterations done.
        iterations: usize,
    },
    /// A point that fits neither label.
    #[error(
        "the point at lambda x stake {lambda_stake} has regret {regret} of the stakes, above {allowed}: it is no sequential equilibrium candidate"
    )]
    NotCertified {
        /// Precision times the largest stake.
        lambda_stake: f64,
        /// Largest agent regret divided by the stake.
        regret: f64,
        /// The bound asked for.
        allowed: f64,
    },
    /// A limit in which some player has not made up his mind at the highest precision.
    #[error(
        "at lambda x stake {lambda_stake} the player at information set {player}:{number} (\"{label}\") still mixes between actions of which one is better: payoffs there are too small beside the stake to settle; no limit is returned"
    )]
    NotSettled {
        /// Precision times the largest stake.
        lambda_stake: f64,
        /// Who moves there, from 1.
        player: usize,
        /// Number of the set among the player's, from 1.
        number: usize,
        /// Its label.
        label: String,
    },
    /// Regret minimization did not come close enough.
    #[error(
        "exploitability {reached} after {iterations} iterations, wanted {wanted}: allow more iterations"
    )]
    StillExploitable {
        /// Exploitability reached.
        reached: f64,
        /// Exploitability wanted.
        wanted: f64,
        /// Iterations done.
        iterations: usize,
    },
    /// A linear system without a solution.
    #[error("singular linear system with {unknowns} unknowns")]
    Singular {
        /// Its size.
        unknowns: usize,
    },
    /// A method for two-player zero-sum games was given another game.
    #[error(
        "node {node}: payoffs add to {sum}, elsewhere to {expected}: this method needs two players and a constant sum"
    )]
    NotConstantSum {
        /// The end that differs.
        node: usize,
        /// Its sum.
        sum: f64,
        /// The sum at the first end.
        expected: f64,
    },
}
