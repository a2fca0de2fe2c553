//! From description to game: every check, then the flat arrays.
//!
//! The order matters: first indices and places (so that nothing below can go out of bounds), then numbers, then the tree
//! in breadth-first order, then what needs the whole tree: reachable information sets and perfect recall.
//! Perfect recall (Kuhn 1953): at every node of an information set its owner has made the same moves at the same sets.
//! By induction along the tree it is enough to compare the owner's *last* own action at each node of the set.

use crate::description::{DEPTH_LIMIT, Description, Kind, PLAYER_LIMIT};
use crate::error::GameError;
use crate::tree::{Game, NONE};
use std::collections::BTreeMap;

/// Chance probabilities may miss 1 by this much: decimals of a file such as 0.333333 are accepted to six digits; the
/// game then uses them divided by their sum.
const PROBABILITY_SLACK: f64 = 1e-5;

/// The game, and the description's node numbers in the game's order.
pub(crate) fn build(text: &Description) -> Result<(Game, Vec<u32>), GameError> {
    let players = text.players.len();
    if players == 0 || players > PLAYER_LIMIT {
        return Err(GameError::Players {
            count: players,
            limit: PLAYER_LIMIT,
        });
    }
    declared(text)?;
    let children = children(text)?;
    numbers(text)?;
    let game = flatten(text, &children)?;
    reachable(&game, &children.order)?;
    perfect_recall(&game, &children.order)?;
    Ok((game, children.order))
}

/// How many actions a node has.
fn width(text: &Description, node: usize) -> usize {
    match text.kinds[node] {
        Kind::Chance { count, .. } => count as usize,
        Kind::Decision(infoset) => text.infosets[infoset as usize].actions.len(),
        Kind::Outcome => 0,
    }
}

/// Everything named exists and every move has actions.
fn declared(text: &Description) -> Result<(), GameError> {
    let mut action_count = 0usize;
    let mut inhabited = vec![false; text.infosets.len()];
    for (number, infoset) in text.infosets.iter().enumerate() {
        let label = &text.words[infoset.label as usize];
        if infoset.actions.is_empty() {
            return Err(GameError::NoActions {
                place: format!("information set {number} (\"{label}\")"),
            });
        }
        action_count += infoset.actions.len();
    }
    if action_count >= (NONE / 2) as usize {
        return Err(GameError::TooLarge {
            what: "actions",
            limit: (NONE / 2) as usize,
        });
    }
    for (node, kind) in text.kinds.iter().enumerate() {
        match kind {
            Kind::Decision(infoset) => {
                let infoset = *infoset as usize;
                let Some(set) = text.infosets.get(infoset) else {
                    return Err(GameError::Undeclared {
                        node,
                        what: "information set",
                        index: infoset,
                        count: text.infosets.len(),
                    });
                };
                if set.player >= text.players.len() {
                    return Err(GameError::Undeclared {
                        node,
                        what: "player",
                        index: set.player,
                        count: text.players.len(),
                    });
                }
                inhabited[infoset] = true;
            }
            Kind::Chance { count: 0, .. } => {
                return Err(GameError::NoActions {
                    place: format!("chance node {node}"),
                });
            }
            Kind::Chance { .. } | Kind::Outcome => {}
        }
    }
    if let Some(infoset) = inhabited.iter().position(|inhabited| !inhabited) {
        return Err(GameError::EmptyInfoset {
            infoset,
            label: text.words[text.infosets[infoset].label as usize].clone(),
        });
    }
    Ok(())
}

/// The tree's shape: children by description number, and description numbers in breadth-first order.
struct Shape {
    /// Children of description node n: `child[first[n]..first[n + 1]]`.
    first: Vec<u32>,
    child: Vec<u32>,
    order: Vec<u32>,
    depth: usize,
}

fn children(text: &Description) -> Result<Shape, GameError> {
    let count = text.kinds.len();
    let mut first = Vec::with_capacity(count + 1);
    let mut total = 0usize;
    for node in 0..count {
        first.push(total as u32);
        total += width(text, node);
        if total >= NONE as usize {
            return Err(GameError::TooLarge {
                what: "actions",
                limit: NONE as usize,
            });
        }
    }
    first.push(total as u32);
    let mut child = vec![NONE; total];
    let mut roots = Vec::new();
    for (node, (parent, action)) in text.places.iter().enumerate() {
        if *parent == NONE {
            roots.push(node);
            continue;
        }
        let (parent, action) = (*parent as usize, *action as usize);
        // A parent is placed before its children; this also rules out circles.
        if parent >= node {
            return Err(GameError::Undeclared {
                node,
                what: "node",
                index: parent,
                count: node,
            });
        }
        if action >= width(text, parent) {
            return Err(GameError::Undeclared {
                node,
                what: "action",
                index: action,
                count: width(text, parent),
            });
        }
        let place = &mut child[first[parent] as usize + action];
        if *place != NONE {
            return Err(GameError::TwoChildren {
                node: parent,
                action,
            });
        }
        *place = node as u32;
    }
    if roots.len() != 1 {
        return Err(GameError::Roots { count: roots.len() });
    }
    for node in 0..count {
        let range = first[node] as usize..first[node + 1] as usize;
        if let Some(action) = child[range].iter().position(|child| *child == NONE) {
            return Err(GameError::MissingChild { node, action });
        }
    }
    let mut order = Vec::with_capacity(count);
    order.push(roots[0] as u32);
    let mut depth = 0;
    let (mut level, mut at) = (1, 0);
    while at < order.len() {
        while at < level {
            let node = order[at] as usize;
            order.extend_from_slice(&child[first[node] as usize..first[node + 1] as usize]);
            at += 1;
        }
        if order.len() > level {
            depth += 1;
            level = order.len();
        }
        if depth > DEPTH_LIMIT {
            return Err(GameError::TooLarge {
                what: "moves on one path",
                limit: DEPTH_LIMIT,
            });
        }
    }
    Ok(Shape {
        first,
        child,
        order,
        depth,
    })
}

/// Probabilities and payoffs are usable numbers.
fn numbers(text: &Description) -> Result<(), GameError> {
    for (node, kind) in text.kinds.iter().enumerate() {
        let Kind::Chance { first, count } = kind else {
            continue;
        };
        let actions = &text.chance[*first as usize..(*first + *count) as usize];
        let mut sum = 0.0;
        for (action, (_, value)) in actions.iter().enumerate() {
            if !(0.0..=1.0).contains(value) {
                return Err(GameError::Probability {
                    node,
                    action,
                    value: *value,
                });
            }
            sum += value;
        }
        if (sum - 1.0).abs() > PROBABILITY_SLACK {
            return Err(GameError::ProbabilitySum { node, sum });
        }
    }
    for (node, _, first, count) in &text.payoff_nodes {
        let (node, got) = (*node as usize, *count as usize);
        if node >= text.kinds.len() {
            return Err(GameError::Undeclared {
                node,
                what: "node",
                index: node,
                count: text.kinds.len(),
            });
        }
        if got != text.players.len() {
            return Err(GameError::PayoffCount {
                node,
                got,
                players: text.players.len(),
            });
        }
        usable(node, &text.payoffs[*first as usize..][..got])?;
    }
    Ok(())
}

/// Payoffs of a node are finite and of a size that sums can carry.
pub(crate) fn usable(node: usize, payoffs: &[f64]) -> Result<(), GameError> {
    for (player, value) in payoffs.iter().enumerate() {
        if !(value.is_finite() && value.abs() < 1e100) {
            return Err(GameError::Payoff {
                node,
                player,
                value: *value,
            });
        }
    }
    Ok(())
}

fn flatten(text: &Description, shape: &Shape) -> Result<Game, GameError> {
    let (count, players) = (text.kinds.len(), text.players.len());
    let mut position = vec![NONE; count];
    for (at, node) in shape.order.iter().enumerate() {
        position[*node as usize] = at as u32;
    }
    let mut first_action = vec![0u32];
    let (mut infoset_of_action, mut action_label) = (Vec::new(), Vec::new());
    for (number, infoset) in text.infosets.iter().enumerate() {
        infoset_of_action.extend(infoset.actions.iter().map(|_| number as u32));
        action_label.extend_from_slice(&infoset.actions);
        first_action.push(infoset_of_action.len() as u32);
    }
    let actions = infoset_of_action.len();
    let mut game = Game {
        title: text.title.clone(),
        comment: text.comment.clone(),
        players: text.players.clone(),
        words: text.words.clone(),
        parent: vec![NONE; count],
        first_child: Vec::with_capacity(count + 1),
        slot: vec![NONE; count],
        chance: Vec::new(),
        infoset_of: vec![NONE; count],
        payoff: vec![0.0; count * players],
        owner: text.infosets.iter().map(|set| set.player as u32).collect(),
        first_action,
        infoset_of_action,
        first_member: vec![0; text.infosets.len() + 1],
        members: Vec::new(),
        infoset_label: text.infosets.iter().map(|set| set.label).collect(),
        action_label,
        node_label: vec![0; count],
        chance_label: vec![0; count],
        chance_names: BTreeMap::new(),
        payoff_label: vec![0; count],
        depth: shape.depth,
        stake: 1.0,
        center: vec![0.0; players],
        shape: crate::qre::Shape::default(),
    };
    let mut distinct: BTreeMap<u64, u32> = BTreeMap::new();
    let mut next = 1u32;
    for (at, node) in shape.order.iter().enumerate() {
        let node = *node as usize;
        game.first_child.push(next);
        let children = &shape.child[shape.first[node] as usize..shape.first[node + 1] as usize];
        next += children.len() as u32;
        game.node_label[at] = text.node_labels[node];
        let mut chance = &[][..];
        let (mut first_slot, mut sum) = (0, 1.0);
        match text.kinds[node] {
            Kind::Chance { first, count } => {
                chance = &text.chance[first as usize..(first + count) as usize];
                sum = chance.iter().map(|(_, value)| value).sum();
            }
            Kind::Decision(infoset) => {
                game.infoset_of[at] = infoset;
                game.first_member[infoset as usize + 1] += 1;
                first_slot = game.first_action[infoset as usize];
            }
            Kind::Outcome => {}
        }
        for (action, child) in children.iter().enumerate() {
            let child = position[*child as usize] as usize;
            game.parent[child] = at as u32;
            game.slot[child] = match chance.get(action) {
                None => first_slot + action as u32,
                Some((label, value)) => {
                    game.chance_label[child] = *label;
                    // Only decimals that miss 1 by more than rounding are divided: others keep their bits.
                    let exact = (sum - 1.0f64).abs() <= 1e-12;
                    let value = if exact { *value } else { *value / sum };
                    let table = &mut game.chance;
                    *distinct.entry(value.to_bits()).or_insert_with(|| {
                        table.push(value);
                        (actions + table.len() - 1) as u32
                    })
                }
            };
        }
    }
    game.first_child.push(next);
    game.chance_names = text
        .chance_names
        .iter()
        .map(|(node, label)| (position[*node as usize], *label))
        .collect();
    for (node, label, first, _) in &text.payoff_nodes {
        let at = position[*node as usize] as usize;
        game.payoff_label[at] = *label;
        let numbers = &text.payoffs[*first as usize..][..players];
        game.payoff[at * players..][..players].copy_from_slice(numbers);
    }
    collect_members(&mut game);
    (game.stake, game.center) = spread(&game);
    Ok(game)
}

fn collect_members(game: &mut Game) {
    for infoset in 0..game.owner.len() {
        game.first_member[infoset + 1] += game.first_member[infoset];
    }
    let mut at = game.first_member.clone();
    game.members = vec![0; game.first_member[game.owner.len()] as usize];
    for (node, infoset) in game.infoset_of.iter().enumerate() {
        if *infoset != NONE {
            let place = &mut at[*infoset as usize];
            game.members[*place as usize] = node as u32;
            *place += 1;
        }
    }
}

/// Largest spread of one player's total payoff over the ends that chance does not rule out, and the middle of each
/// player's spread.
pub(crate) fn spread(game: &Game) -> (f64, Vec<f64>) {
    let players = game.players.len();
    let mut total = game.payoff.clone();
    let mut possible = vec![true; game.nodes()];
    let mut low = vec![f64::INFINITY; players];
    let mut high = vec![f64::NEG_INFINITY; players];
    for node in 0..game.nodes() {
        if let Some(parent) = game.parent(node) {
            possible[node] = possible[parent] && game.chance_into(node) != Some(0.0);
            for player in 0..players {
                total[node * players + player] += total[parent * players + player];
            }
        }
        if possible[node] && game.children(node).is_empty() {
            for player in 0..players {
                low[player] = low[player].min(total[node * players + player]);
                high[player] = high[player].max(total[node * players + player]);
            }
        }
    }
    let spread = low
        .iter()
        .zip(&high)
        .map(|(low, high)| high - low)
        .fold(0.0, f64::max);
    let center = low
        .iter()
        .zip(&high)
        .map(|(low, high)| 0.5 * (low + high))
        .collect();
    (if spread > 0.0 { spread } else { 1.0 }, center)
}

fn reachable(game: &Game, order: &[u32]) -> Result<(), GameError> {
    let mut possible = vec![true; game.nodes()];
    for node in 1..game.nodes() {
        possible[node] =
            possible[game.parent[node] as usize] && game.chance_into(node) != Some(0.0);
    }
    for infoset in 0..game.infosets() {
        if !game.members(infoset).any(|node| possible[node]) {
            let first = game.members[game.beliefs_at(infoset)].first();
            return Err(GameError::UnreachableInfoset {
                label: game.infoset_label(infoset).to_string(),
                node: first.map_or(0, |node| order[*node as usize] as usize),
            });
        }
    }
    Ok(())
}

fn perfect_recall(game: &Game, order: &[u32]) -> Result<(), GameError> {
    let mut last = vec![NONE; game.nodes()];
    for player in 0..game.players.len() {
        for node in 1..game.nodes() {
            let parent = game.parent[node] as usize;
            let infoset = game.infoset_of[parent];
            let own = infoset != NONE && game.owner(infoset as usize) == player;
            last[node] = if own { game.slot[node] } else { last[parent] };
        }
        for infoset in (0..game.infosets()).filter(|set| game.owner(*set) == player) {
            let mut members = game.members(infoset);
            let Some(first) = members.next() else {
                continue;
            };
            if let Some(second) = members.find(|node| last[*node] != last[first]) {
                return Err(GameError::PerfectRecall {
                    player: game.players[player].clone(),
                    label: game.infoset_label(infoset).to_string(),
                    first: order[first] as usize,
                    second: order[second] as usize,
                });
            }
        }
    }
    Ok(())
}
