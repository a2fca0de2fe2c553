//! What the nodes of an information set are called in an answer: how play came there.
//!
//! The edges from the root on, `chance's or a player's action > next action`, with the names of [`Names`]; an edge of chance without a label has its
//! number. Of paths with more than sixteen moves the last sixteen stand, behind dots. A node at the root is `start`.

use super::names::{Names, shown};
use brandish_game::Game;

/// Moves of a path that are shown.
const SHOWN: usize = 16;

/// How play comes to a node.
pub fn history(game: &Game, names: &Names, node: usize) -> String {
    let mut edges = Vec::new();
    let mut at = node;
    while let Some(parent) = game.parent(at) {
        if edges.len() == SHOWN {
            edges.push("…".to_owned());
            break;
        }
        edges.push(match game.action_into(at) {
            Some(slot) => names.action(slot).to_owned(),
            None => match game.label_of_edge(at) {
                "" => (at - game.children(parent).start + 1).to_string(),
                label => shown(label),
            },
        });
        at = parent;
    }
    if edges.is_empty() {
        return "start".to_owned();
    }
    edges.reverse();
    edges.join(" > ")
}

#[cfg(test)]
mod tests {
    use super::{Names, history};
    use brandish_game::read_efg;

    /// By hand: chance without labels, then a labeled action; the root is the start; a long path loses its beginning.
    #[test]
    fn edges_from_the_root_on() {
        let text = "EFG 2 R \"t\" { \"a\" }\nc \"\" 1 \"\" { \"\" 1/2 \"low\" 1/2 } 0\n\
            p \"\" 1 1 \"\" { \"l\" \"r\" } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 2 \"\" { 2 }\n\
            p \"\" 1 1 \"\" { \"l\" \"r\" } 0\nt \"\" 3 \"\" { 3 }\nt \"\" 4 \"\" { 4 }\n";
        let game = read_efg(text.as_bytes()).unwrap().game;
        let names = Names::of(&game);
        assert_eq!(history(&game, &names, 0), "start");
        let paths: Vec<String> = (1..game.nodes())
            .map(|node| history(&game, &names, node))
            .collect();
        assert_eq!(paths, ["1", "low", "1 > l", "1 > r", "low > l", "low > r"]);
        let mut chain = "EFG 2 R \"t\" { \"a\" }\n".to_owned();
        for set in 1..=20 {
            chain.push_str(&format!("p \"\" 1 {set} \"\" {{ \"on\" }} 0\n"));
        }
        chain.push_str("t \"\" 1 \"\" { 1 }\n");
        let game = read_efg(chain.as_bytes()).unwrap().game;
        let last = history(&game, &Names::of(&game), 20);
        assert_eq!(last.matches("on").count(), 16);
        assert!(last.starts_with("… > on"), "{last}");
    }
}
