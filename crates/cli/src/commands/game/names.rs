//! What information sets, actions and players are called in an answer, so that no two share a name.
//!
//! The file's label where it is the only one of its kind; else the label with its number. Information sets are numbered by
//! player as Gambit does, `player:number`, in the order in which the file names them; actions within their set.

use brandish_game::Game;
use std::collections::BTreeMap;

/// Names of everything in a game.
pub struct Names {
    players: Vec<String>,
    infosets: Vec<String>,
    actions: Vec<String>,
}

impl Names {
    /// From the labels of a game.
    pub fn of(game: &Game) -> Names {
        let players = told_apart(game.players(), |number| number.to_string());
        let mut by_player: Vec<Vec<usize>> = vec![Vec::new(); players.len()];
        for set in 0..game.infosets() {
            by_player[game.owner(set)].push(set);
        }
        let mut infosets = vec![String::new(); game.infosets()];
        for (player, sets) in by_player.iter().enumerate() {
            let labels: Vec<&str> = sets.iter().map(|set| game.infoset_label(*set)).collect();
            let names = told_apart(&labels, |number| format!("{}:{number}", player + 1));
            for (set, name) in sets.iter().zip(names) {
                infosets[*set] = name;
            }
        }
        let actions = (0..game.infosets())
            .flat_map(|set| {
                let slots = game.actions_at(set);
                let labels: Vec<&str> = slots.map(|slot| game.action_label(slot)).collect();
                told_apart(&labels, |number| number.to_string())
            })
            .collect();
        Names {
            players,
            infosets,
            actions,
        }
    }

    /// Of a player, from 0.
    pub fn player(&self, player: usize) -> &str {
        &self.players[player]
    }

    /// Of an information set.
    pub fn infoset(&self, set: usize) -> &str {
        &self.infosets[set]
    }

    /// Of an action, by its position in a profile.
    pub fn action(&self, slot: usize) -> &str {
        &self.actions[slot]
    }
}

/// Labels that differ: an empty one becomes its number (from 1), one that appears again carries it in parentheses.
fn told_apart<Label: AsRef<str>>(
    labels: &[Label],
    number: impl Fn(usize) -> String,
) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for label in labels {
        *counts.entry(label.as_ref()).or_default() += 1;
    }
    labels
        .iter()
        .enumerate()
        .map(|(at, label)| match label.as_ref() {
            "" => number(at + 1),
            label if counts.get(label).is_some_and(|count| *count > 1) => {
                format!("{} ({})", shown(label), number(at + 1))
            }
            label => shown(label),
        })
        .collect()
}

/// A label without what moves a terminal's cursor or color: a file is untrusted text.
pub fn shown(label: &str) -> String {
    label
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Names;
    use brandish_game::read_efg;

    /// One of each: no label, a label of its own, a label shared by two sets, by two actions, by two players.
    #[test]
    fn names_are_told_apart() {
        let text = "EFG 2 R \"t\" { \"a\" \"a\" \"b\" }\n\
            p \"\" 1 7 \"\" { \"x\" \"x\" \"\" } 0\n\
            p \"\" 1 3 \"same\" { \"l\" \"r\" } 0\nt \"\" 1 \"\" { 1, 2, 3 }\nt \"\" 1\n\
            p \"\" 1 4 \"same\" { \"l\" \"r\" } 0\nt \"\" 1\nt \"\" 1\n\
            p \"\" 3 1 \"same\" { \"l\" \"r\" } 0\nt \"\" 1\nt \"\" 1\n";
        let names = Names::of(&read_efg(text.as_bytes()).unwrap().game);
        let sets: Vec<&str> = (0..4).map(|set| names.infoset(set)).collect();
        assert_eq!(sets, ["1:1", "same (1:2)", "same (1:3)", "same"]);
        let actions: Vec<&str> = (0..5).map(|slot| names.action(slot)).collect();
        assert_eq!(actions, ["x (1)", "x (2)", "3", "l", "r"]);
        let players: Vec<&str> = (0..3).map(|player| names.player(player)).collect();
        assert_eq!(players, ["a (1)", "a (2)", "b"]);
    }
}
