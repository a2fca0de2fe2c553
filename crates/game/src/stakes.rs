//! What is at stake for the owner of an information set.
//!
//! Players may count in different units, and a choice over little may stand beside a lottery over much. So the regret of a set
//! is measured in what its owner can gain or lose *there* by anybody's decisions, chance taken at its mean:
//!   low(n) = v(n) + sum_a p(a) low(n a) where chance moves, v(n) + min_a low(n a) where a player moves; high(n) with max,
//!   stake(h) = max over the nodes n of h that chance does not rule out of high(n) - low(n),
//! v(n) the owner's payoff collected at node n. Unit: the game's unit of payoff. A set where nobody can change anything has none.

use crate::tree::{Game, Move};

/// Stakes of a set below this share of the game's largest are rounding of the payoffs and count as none.
const ROUNDING: f64 = 1e-12;

/// For each information set one over its stake, times the game's stake; zero where nothing is at stake.
pub(crate) fn weights(game: &Game) -> Vec<f64> {
    let players = game.players.len();
    let mut possible = vec![true; game.nodes()];
    for node in 1..game.nodes() {
        possible[node] =
            possible[game.parent[node] as usize] && game.chance_into(node) != Some(0.0);
    }
    let mut stakes = vec![0.0f64; game.infosets()];
    let (mut low, mut high) = (vec![0.0; game.nodes()], vec![0.0; game.nodes()]);
    for player in 0..players {
        for node in (0..game.nodes()).rev() {
            let here = game.payoff[node * players + player];
            let (below, above) = match game.at(node) {
                Move::End => (0.0, 0.0),
                Move::Chance => game.children(node).fold((0.0, 0.0), |sum, child| {
                    let p = game.chance_into(child).unwrap_or(f64::NAN);
                    (sum.0 + p * low[child], sum.1 + p * high[child])
                }),
                Move::Decision(_) => game
                    .children(node)
                    .fold((f64::INFINITY, f64::NEG_INFINITY), |most, child| {
                        (most.0.min(low[child]), most.1.max(high[child]))
                    }),
            };
            low[node] = here + below;
            high[node] = here + above;
        }
        for infoset in (0..game.infosets()).filter(|set| game.owner(*set) == player) {
            for node in game.members(infoset).filter(|node| possible[*node]) {
                stakes[infoset] = stakes[infoset].max(high[node] - low[node]);
            }
        }
    }
    let whole = game.stake();
    stakes
        .into_iter()
        .map(|stake| {
            if stake > ROUNDING * whole {
                whole / stake
            } else {
                0.0
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::weights;
    use crate::read_efg;

    /// A lottery over a million beside a choice over one: by hand, the choice has a stake of 1 of 2,000,001, before or after it.
    #[test]
    fn a_choice_beside_a_lottery_has_its_own_stake() {
        for text in [
            "EFG 2 R \"\" { \"a\" }\np \"\" 1 1 \"\" { \"x\" \"y\" } 0\n\
             c \"\" 1 \"\" { \"u\" 1/2 \"d\" 1/2 } 0\nt \"\" 1 \"\" { 1000001 }\nt \"\" 2 \"\" { -999999 }\n\
             c \"\" 1 \"\" { \"u\" 1/2 \"d\" 1/2 } 0\nt \"\" 3 \"\" { 1000000 }\nt \"\" 4 \"\" { -1000000 }\n",
            "EFG 2 R \"\" { \"a\" }\nc \"\" 1 \"\" { \"u\" 1/2 \"d\" 1/2 } 0\n\
             p \"\" 1 1 \"\" { \"x\" \"y\" } 0\nt \"\" 1 \"\" { 1000001 }\nt \"\" 2 \"\" { 1000000 }\n\
             p \"\" 1 1 \"\" { \"x\" \"y\" } 0\nt \"\" 3 \"\" { -999999 }\nt \"\" 4 \"\" { -1000000 }\n",
        ] {
            let game = read_efg(text.as_bytes()).expect("a game").game;
            let weights = weights(&game);
            assert_eq!(weights.len(), 1);
            assert!((weights[0] - 2_000_001.0).abs() < 1e-6, "{}", weights[0]);
        }
    }

    /// A player whose payoffs are all the same has nothing at stake.
    #[test]
    fn nothing_at_stake_has_no_weight() {
        let text = "EFG 2 R \"\" { \"a\" \"b\" }\np \"\" 1 1 \"\" { \"x\" \"y\" } 0\n\
                    t \"\" 1 \"\" { 3, 1 }\nt \"\" 2 \"\" { 3, 0 }\n";
        let game = read_efg(text.as_bytes()).expect("a game").game;
        assert_eq!(weights(&game), [0.0]);
    }
}
