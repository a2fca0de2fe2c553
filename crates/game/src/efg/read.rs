//! `.efg` to game.
//!
//! The text lists nodes in prefix order: a node, then the subtrees of its actions. A stack of open moves replaces
//! recursion. Information sets, chance moves and outcomes are defined where their number first appears and may be repeated
//! or left out later; a repetition that disagrees is refused.

use super::scan::{Scanner, Token};
use super::{Reading, Warnings, duplicate};
use crate::description::{Description, PLAYER_LIMIT, Place};
use crate::error::GameError;
use std::collections::BTreeMap;

/// Most actions of one move: more than a file within the bound on its size can follow with subtrees.
const ACTION_LIMIT: usize = 1 << 24;
/// Most payoffs of one outcome that are counted before they are refused.
const PAYOFF_LIMIT: usize = 1 << 20;

/// Reads a game in Gambit's extensive form.
///
/// ```
/// let text = br#"EFG 2 R "toy" { "A" } p "" 1 1 "" { "l" "r" } 0 t "" 1 "" { 1 } t "" 2 "" { 2/3 }"#;
/// let reading = brandish_game::read_efg(text)?;
/// assert_eq!(reading.game.nodes(), 3);
/// # Ok::<(), brandish_game::GameError>(())
/// ```
pub fn read_efg(text: &[u8]) -> Result<Reading, GameError> {
    Reader::new(text)?.read()
}

/// An outcome's label and payoffs as first defined.
struct Outcome {
    label: String,
    payoffs: Vec<f64>,
}

struct Reader<'t> {
    scan: Scanner<'t>,
    game: Description,
    warnings: Warnings,
    /// Line of each node.
    lines: Vec<u32>,
    /// (player from 0, number in the file) to number in the description.
    infosets: BTreeMap<(u32, u32), (usize, Vec<String>)>,
    chances: BTreeMap<u32, Vec<(String, f64)>>,
    /// Labels of moves of chance, by their number in the file.
    chance_labels: BTreeMap<u32, String>,
    outcomes: BTreeMap<u32, Outcome>,
    /// Labels of information sets seen, by player.
    labels: BTreeMap<(u32, String), u32>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t [u8]) -> Result<Reader<'t>, GameError> {
        Ok(Reader {
            scan: Scanner::new(text)?,
            game: Description::new("", &[]),
            warnings: Warnings::default(),
            lines: Vec::new(),
            infosets: BTreeMap::new(),
            chances: BTreeMap::new(),
            chance_labels: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            labels: BTreeMap::new(),
        })
    }

    fn read(mut self) -> Result<Reading, GameError> {
        let (title, players, comment) = header(&mut self.scan, ("EFG", 2..=2), &mut self.warnings)?;
        let borrowed: Vec<&str> = players.iter().map(String::as_str).collect();
        self.game = Description::new(&title, &borrowed);
        self.game.set_comment(&comment);
        self.nodes()?;
        if *self.scan.peek() != Token::End {
            return Err(self
                .scan
                .expected("the end of the text: every action has its subtree"));
        }
        let game = self.game.build().map_err(|problem| self.placed(problem))?;
        Ok(Reading {
            game,
            warnings: self.warnings.finish(),
        })
    }

    fn nodes(&mut self) -> Result<(), GameError> {
        // Moves whose actions are not all followed yet: node, next action, number of actions.
        let mut open: Vec<(usize, usize, usize)> = Vec::new();
        let mut place = Place::Root;
        loop {
            let line = self.scan.line();
            let (node, actions) = self.node(place)?;
            self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
            if actions > 0 {
                open.push((node, 0, actions));
            }
            while open.last().is_some_and(|(_, next, all)| next == all) {
                open.pop();
            }
            let Some((node, next, _)) = open.last_mut() else {
                return Ok(());
            };
            place = Place::After {
                node: *node,
                action: *next,
            };
            *next += 1;
        }
    }

    /// Reads one node and returns it with its number of actions.
    fn node(&mut self, place: Place) -> Result<(usize, usize), GameError> {
        let kind = match self.scan.peek() {
            Token::Word(word) => word.clone(),
            _ => String::new(),
        };
        let expected = "a node: \"c\" (chance), \"p\" (player) or \"t\" (end)";
        if !["c", "p", "t"].contains(&kind.as_str()) {
            return Err(self.scan.expected(expected));
        }
        self.scan.take()?;
        let label = self.scan.label("the node's label in quotes")?;
        let (node, actions) = match kind.as_str() {
            "c" => self.chance(place)?,
            "p" => self.decision(place)?,
            _ => (self.game.empty_outcome(place), 0),
        };
        self.game.set_label(node, &label);
        let end = kind == "t";
        self.outcome(node, end)?;
        Ok((node, actions))
    }

    fn chance(&mut self, place: Place) -> Result<(usize, usize), GameError> {
        let number = self
            .scan
            .integer("number of the chance move", 0, u32::MAX)?;
        if matches!(self.scan.peek(), Token::Label(_)) {
            let label = self.scan.label("label of the chance move")?;
            self.chance_labels.entry(number).or_insert(label);
        }
        let line = self.scan.line();
        if *self.scan.peek() == Token::Open {
            self.scan.take()?;
            let mut actions = Vec::new();
            while matches!(self.scan.peek(), Token::Label(_)) {
                let label = self.scan.label("an action")?;
                let probability = self.scan.number("the action's probability")?;
                actions.push((label, probability));
                self.bounded(actions.len(), ACTION_LIMIT)?;
            }
            self.scan
                .brace(Token::Close, "an action in quotes or \"}\"")?;
            if let Some(known) = self.chances.get(&number)
                && *known != actions
            {
                return Err(self.scan.problem(format!(
                    "chance move {number} (ending here) was defined before with other actions or probabilities"
                )));
            }
            let labels: Vec<&str> = actions.iter().map(|(label, _)| label.as_str()).collect();
            if let Some(label) = duplicate(&labels) {
                self.warnings.add(line, || {
                    format!("chance move {number} has two actions \"{label}\"")
                });
            }
            self.chances.insert(number, actions);
        }
        let Some(actions) = self.chances.get(&number) else {
            return Err(self
                .scan
                .expected("\"{\" and the actions of this new chance move"));
        };
        let node = self.game.chance(place, actions);
        if let Some(label) = self.chance_labels.get(&number) {
            self.game.set_chance_label(node, label);
        }
        Ok((node, actions.len()))
    }

    fn decision(&mut self, place: Place) -> Result<(usize, usize), GameError> {
        let players = u32::try_from(self.game.players.len()).unwrap_or(0);
        let player = self.scan.integer("the player", 1, players)? - 1;
        let number = self
            .scan
            .integer("number of the information set", 0, u32::MAX)?;
        let mut label = String::new();
        if matches!(self.scan.peek(), Token::Label(_)) {
            label = self.scan.label("label of the information set")?;
        }
        let line = self.scan.line();
        let key = (player, number);
        if *self.scan.peek() == Token::Open {
            self.scan.take()?;
            let mut actions = Vec::new();
            while matches!(self.scan.peek(), Token::Label(_)) {
                actions.push(self.scan.label("an action")?);
                self.bounded(actions.len(), ACTION_LIMIT)?;
            }
            self.scan
                .brace(Token::Close, "an action in quotes or \"}\"")?;
            match self.infosets.get(&key) {
                Some((_, known)) if *known != actions => {
                    return Err(self.scan.problem(format!(
                        "information set {number} of player {} (ending here) was defined before with other actions",
                        player + 1
                    )));
                }
                Some(_) => {}
                None => self.new_infoset(line, key, &label, actions),
            }
        }
        let Some((infoset, actions)) = self.infosets.get(&key) else {
            return Err(self
                .scan
                .expected("\"{\" and the actions of this new information set"));
        };
        Ok((self.game.decision(place, *infoset), actions.len()))
    }

    fn new_infoset(&mut self, line: usize, key: (u32, u32), label: &str, actions: Vec<String>) {
        let (player, number) = key;
        let words: Vec<&str> = actions.iter().map(String::as_str).collect();
        if let Some(word) = duplicate(&words) {
            self.warnings.add(line, || {
                format!(
                    "information set {number} of player {} has two actions \"{word}\"",
                    player + 1
                )
            });
        }
        if !label.is_empty() {
            let first = *self
                .labels
                .entry((player, label.to_string()))
                .or_insert(number);
            if first != number {
                self.warnings.add(line, || {
                    format!(
                        "information sets {first} and {number} of player {} have the same label \"{label}\"",
                        player + 1
                    )
                });
            }
        }
        let infoset = self.game.infoset(player as usize, label, &actions);
        self.infosets.insert(key, (infoset, actions));
    }

    /// Reads the outcome at the end of a node: number, and where it is new label and payoffs.
    fn outcome(&mut self, node: usize, end: bool) -> Result<(), GameError> {
        let line = self.scan.line();
        let number = self.scan.integer("number of the outcome", 0, u32::MAX)?;
        let mut label = None;
        if matches!(self.scan.peek(), Token::Label(_)) {
            label = Some(self.scan.label("label of the outcome")?);
        }
        if *self.scan.peek() == Token::Open {
            self.scan.take()?;
            let mut payoffs = Vec::new();
            while matches!(self.scan.peek(), Token::Number(_)) {
                payoffs.push(self.scan.number("a payoff")?);
                self.bounded(payoffs.len(), PAYOFF_LIMIT)?;
            }
            let players = self.game.players.len();
            if payoffs.len() != players {
                return Err(self.scan.expected(&format!(
                    "{players} payoffs in braces (read {})",
                    payoffs.len()
                )));
            }
            self.scan.brace(Token::Close, "a payoff or \"}\"")?;
            if number == 0 {
                return Err(self.scan.problem(
                    "outcome 0 means \"none\" and has no payoffs: number it".to_string(),
                ));
            }
            match self.outcomes.get(&number) {
                Some(known) if known.payoffs != payoffs => {
                    return Err(self.scan.problem(format!(
                        "outcome {number} (ending here) was defined before with other payoffs"
                    )));
                }
                Some(_) => {}
                None => {
                    let label = label.unwrap_or_default();
                    self.outcomes.insert(number, Outcome { label, payoffs });
                }
            }
        }
        if number == 0 {
            if end {
                self.warnings.add(line, || {
                    "end without outcome: nobody collects anything there".to_string()
                });
            }
            return Ok(());
        }
        let Some(outcome) = self.outcomes.get(&number) else {
            return Err(self
                .scan
                .expected("\"{\" and the payoffs of this new outcome"));
        };
        self.game
            .set_payoffs(node, &outcome.label, &outcome.payoffs);
        Ok(())
    }

    fn bounded(&self, count: usize, limit: usize) -> Result<(), GameError> {
        if count > limit {
            return Err(self
                .scan
                .problem(format!("more than {limit} entries in one list")));
        }
        Ok(())
    }

    /// Gives a refusal of the finished tree the line of the node it names.
    fn placed(&self, problem: GameError) -> GameError {
        let node = match &problem {
            GameError::Probability { node, .. }
            | GameError::ProbabilitySum { node, .. }
            | GameError::Payoff { node, .. }
            | GameError::PayoffCount { node, .. }
            | GameError::MissingChild { node, .. }
            | GameError::UnreachableInfoset { node, .. }
            | GameError::PerfectRecall { second: node, .. } => *node,
            _ => 0,
        };
        GameError::InFile {
            line: self.lines.get(node).map_or(1, |line| *line as usize),
            problem: Box::new(problem),
        }
    }
}

/// Title, players and comment of either format: `EFG 2` as Gambit writes trees, `NFG 1` as it writes strategic forms.
pub(super) fn header(
    scan: &mut Scanner<'_>,
    (magic, versions): (&str, std::ops::RangeInclusive<u32>),
    warnings: &mut Warnings,
) -> Result<(String, Vec<String>, String), GameError> {
    let what = format!(
        "\"{magic} {} R\" at the start of the text",
        versions.start()
    );
    if *scan.peek() != Token::Word(magic.to_string()) {
        return Err(scan.expected(&what));
    }
    scan.take()?;
    scan.integer(
        "the version of the format",
        *versions.start(),
        *versions.end(),
    )?;
    match scan.peek() {
        Token::Word(word) if word == "R" || word == "D" => scan.take()?,
        _ => return Err(scan.expected("\"R\" (or \"D\") after the version")),
    };
    let title = scan.label("the title in quotes")?;
    let line = scan.line();
    scan.brace(Token::Open, "\"{\" and the players")?;
    let mut players = Vec::new();
    while matches!(scan.peek(), Token::Label(_)) {
        players.push(scan.label("a player")?);
        if players.len() > PLAYER_LIMIT {
            return Err(scan.problem(format!("more than {PLAYER_LIMIT} players")));
        }
    }
    scan.brace(Token::Close, "a player in quotes or \"}\"")?;
    if players.is_empty() {
        return Err(scan.problem("no players before this place: name at least one".to_string()));
    }
    let borrowed: Vec<&str> = players.iter().map(String::as_str).collect();
    if let Some(label) = duplicate(&borrowed) {
        warnings.add(line, || format!("two players are called \"{label}\""));
    }
    let comment = match scan.peek() {
        Token::Label(_) => scan.label("a comment")?,
        _ => String::new(),
    };
    Ok((title, players, comment))
}
