//! Game to `.efg`.
//!
//! Prefix order with a stack, one line per node. Payoffs are printed with the shortest digits that read back to the same bits,
//! probabilities so that they add up to exactly one (see `exact`), because other programs compute in fractions.

use super::exact::texts;
use crate::tree::{Game, Move};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The game in Gambit's extensive form.
pub fn write_efg(game: &Game) -> String {
    let mut out = String::new();
    out.push_str("EFG 2 R ");
    quote(&mut out, game.title());
    out.push_str(" {");
    for player in game.players() {
        out.push(' ');
        quote(&mut out, player);
    }
    out.push_str(" }\n");
    quote(&mut out, game.comment());
    out.push('\n');
    // Information sets are numbered from 1 by player, in the order of their appearance in the text.
    let mut counts = vec![0usize; game.players().len()];
    let mut numbers: Vec<Option<usize>> = vec![None; game.infosets()];
    // A label makes moves of chance with the same actions one set, as in the text that gave it.
    let mut chances = 0usize;
    let mut named: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut outcomes: BTreeMap<(u32, Vec<u64>), usize> = BTreeMap::new();
    let mut stack = vec![0usize];
    while let Some(node) = stack.pop() {
        match game.at(node) {
            Move::Chance => {
                let probabilities: Vec<f64> = game
                    .children(node)
                    .filter_map(|child| game.chance_into(child))
                    .collect();
                let mut actions = String::new();
                for (child, probability) in game.children(node).zip(texts(&probabilities)) {
                    actions.push(' ');
                    quote(&mut actions, game.label_of_edge(child));
                    put(&mut actions, format_args!(" {probability}"));
                }
                let label = game.chance_move_label(node);
                let mut next = || {
                    chances += 1;
                    chances
                };
                let number = match label {
                    "" => next(),
                    _ => *named
                        .entry((label, actions.clone()))
                        .or_insert_with(&mut next),
                };
                out.push_str("c ");
                quote(&mut out, game.node_label(node));
                put(&mut out, format_args!(" {number} "));
                quote(&mut out, label);
                put(&mut out, format_args!(" {{{actions} }}"));
            }
            Move::Decision(infoset) => {
                out.push_str("p ");
                quote(&mut out, game.node_label(node));
                let owner = game.owner(infoset);
                let number = *numbers[infoset].get_or_insert_with(|| {
                    counts[owner] += 1;
                    counts[owner]
                });
                let player = owner + 1;
                put(&mut out, format_args!(" {player} {number} "));
                quote(&mut out, game.infoset_label(infoset));
                out.push_str(" {");
                for action in game.actions_at(infoset) {
                    out.push(' ');
                    quote(&mut out, game.action_label(action));
                }
                out.push_str(" }");
            }
            Move::End => {
                out.push_str("t ");
                quote(&mut out, game.node_label(node));
            }
        }
        outcome(&mut out, game, node, &mut outcomes);
        stack.extend(game.children(node).rev());
    }
    out
}

fn outcome(
    out: &mut String,
    game: &Game,
    node: usize,
    outcomes: &mut BTreeMap<(u32, Vec<u64>), usize>,
) {
    let payoffs = game.payoffs(node);
    let label = game.payoff_label[node];
    let silent = label == 0 && payoffs.iter().all(|value| *value == 0.0);
    if silent && game.at(node) != Move::End {
        out.push_str(" 0\n");
        return;
    }
    let key = (label, payoffs.iter().map(|value| value.to_bits()).collect());
    let next = outcomes.len() + 1;
    let number = *outcomes.entry(key).or_insert(next);
    put(out, format_args!(" {number} "));
    quote(out, &game.words[label as usize]);
    out.push_str(" {");
    for (player, value) in payoffs.iter().enumerate() {
        let comma = if player == 0 { "" } else { "," };
        put(out, format_args!("{comma} {value}"));
    }
    out.push_str(" }\n");
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = out.write_fmt(text);
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
}
