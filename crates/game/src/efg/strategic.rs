//! `.nfg` to game: a strategic form becomes a tree in which nobody sees anything.
//!
//! Player 1 moves at the root; each later player has one information set, so all move at once. Both spellings of the
//! format are read: payoffs in one list (player by player within a cell, the first player's strategy running fastest) and
//! outcomes with numbers. The product of the strategies is bounded before anything is built.

use super::read::header;
use super::scan::{Scanner, Token};
use super::{Reading, Warnings, duplicate};
use crate::description::{Description, Place};
use crate::error::GameError;

/// Most cells of the payoff table.
const CELL_LIMIT: usize = 5_000_000;

/// Reads a game in Gambit's strategic form.
pub fn read_nfg(text: &[u8]) -> Result<Reading, GameError> {
    let mut scan = Scanner::new(text)?;
    let mut warnings = Warnings::default();
    let (title, players, _) = header(&mut scan, ("NFG", 1..=2), &mut warnings)?;
    let line = scan.line();
    let strategies = strategies(&mut scan, players.len())?;
    for (player, labels) in strategies.iter().enumerate() {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        if let Some(label) = duplicate(&labels) {
            warnings.add(line, || {
                format!("player {} has two strategies \"{label}\"", player + 1)
            });
        }
    }
    let comment = match scan.peek() {
        Token::Label(_) => scan.label("a comment")?,
        _ => String::new(),
    };
    let mut cells = 1usize;
    for labels in &strategies {
        cells = cells.saturating_mul(labels.len());
        if cells > CELL_LIMIT {
            return Err(scan.problem(format!("more than {CELL_LIMIT} combinations of strategies")));
        }
    }
    let outcomes = match scan.peek() {
        Token::Open => Some(outcomes(&mut scan, players.len())?),
        _ => None,
    };
    let mut table = Vec::new();
    // Number of the outcome of each cell, where the file names outcomes.
    let mut named = Vec::new();
    for cell in 0..cells {
        match &outcomes {
            None => {
                for _ in 0..players.len() {
                    let what = format!("a payoff of combination {} of {cells}", cell + 1);
                    table.push(scan.number(&what)?);
                }
            }
            Some(outcomes) => {
                let last = u32::try_from(outcomes.len()).unwrap_or(u32::MAX);
                let what = format!("the outcome of combination {} of {cells}", cell + 1);
                let number = scan.integer(&what, 0, last)?;
                match number {
                    0 => table.extend(players.iter().map(|_| 0.0)),
                    number => table.extend_from_slice(&outcomes[number as usize - 1].1),
                }
                named.push(number);
            }
        }
    }
    if *scan.peek() != Token::End {
        return Err(scan.expected("the end of the text: every combination has its payoffs"));
    }
    let borrowed: Vec<&str> = players.iter().map(String::as_str).collect();
    let mut game = Description::new(&title, &borrowed);
    game.set_comment(&comment);
    let label = |cell: usize| match (&outcomes, named.get(cell)) {
        (Some(outcomes), Some(number)) if *number > 0 => outcomes[*number as usize - 1].0.as_str(),
        _ => "",
    };
    plant(&mut game, &strategies, &table, &label);
    let game = game.build().map_err(|problem| GameError::InFile {
        line,
        problem: Box::new(problem),
    })?;
    Ok(Reading {
        game,
        warnings: warnings.finish(),
    })
}

/// Strategies in braces: labels by player, or only how many each has.
fn strategies(scan: &mut Scanner<'_>, players: usize) -> Result<Vec<Vec<String>>, GameError> {
    scan.brace(Token::Open, "\"{\" and the strategies")?;
    let mut all: Vec<Vec<String>> = Vec::new();
    while *scan.peek() != Token::Close && all.len() < players {
        if *scan.peek() == Token::Open {
            scan.take()?;
            let mut labels = Vec::new();
            while matches!(scan.peek(), Token::Label(_)) && labels.len() <= CELL_LIMIT {
                labels.push(scan.label("a strategy")?);
            }
            scan.brace(Token::Close, "a strategy in quotes or \"}\"")?;
            all.push(labels);
        } else {
            let count = scan.integer("how many strategies a player has", 1, CELL_LIMIT as u32)?;
            all.push((1..=count).map(|number| number.to_string()).collect());
        }
    }
    if all.len() != players {
        return Err(scan.expected(&format!(
            "strategies of {players} players (read {})",
            all.len()
        )));
    }
    scan.brace(Token::Close, "\"}\" after the strategies of every player")?;
    if all.iter().any(Vec::is_empty) {
        return Err(
            scan.problem("a player without strategies before this place: give one".to_string())
        );
    }
    Ok(all)
}

/// Outcomes in braces: label and payoffs each.
fn outcomes(scan: &mut Scanner<'_>, players: usize) -> Result<Vec<(String, Vec<f64>)>, GameError> {
    scan.brace(Token::Open, "\"{\" and the outcomes")?;
    let mut all = Vec::new();
    while *scan.peek() == Token::Open {
        scan.take()?;
        let label = scan.label("the outcome's label in quotes")?;
        let mut payoffs = Vec::with_capacity(players);
        for _ in 0..players {
            payoffs.push(scan.number("a payoff")?);
        }
        scan.brace(Token::Close, "\"}\" after one payoff for each player")?;
        all.push((label, payoffs));
    }
    scan.brace(Token::Close, "an outcome or \"}\"")?;
    Ok(all)
}

/// Builds the tree level by level.
fn plant<'l>(
    game: &mut Description,
    strategies: &[Vec<String>],
    table: &[f64],
    label: &dyn Fn(usize) -> &'l str,
) {
    let players = strategies.len();
    // Nodes waiting for their move, with the cell they lead to so far.
    let mut level = vec![(Place::Root, 0usize)];
    let mut stride = 1usize;
    for (player, labels) in strategies.iter().enumerate() {
        let infoset = game.infoset(player, "", labels);
        let mut next = Vec::with_capacity(level.len() * labels.len());
        for (place, cell) in level {
            let node = game.decision(place, infoset);
            for action in 0..labels.len() {
                next.push((Place::After { node, action }, cell + action * stride));
            }
        }
        stride *= labels.len();
        level = next;
    }
    for (place, cell) in level {
        let node = game.empty_outcome(place);
        game.set_payoffs(
            node,
            label(cell),
            &table[cell * players..(cell + 1) * players],
        );
    }
}
