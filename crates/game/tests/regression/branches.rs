//! The search for branches against what is known: counts of equilibria, and support enumeration written here.
//!
//! Every regular equilibrium has a quantal response near it once precision is high enough (implicit function theorem on the
//! equations divided by lambda). The enumeration below shares nothing with the solver but the tree.

use brandish_game::qre::{
    PathSettings, SearchSettings, Target, find_branches, principal_qre_sweep, qre_near,
};
use brandish_game::{Game, read_nfg};
use brandish_math::Stream;

/// Two players' payoffs: `one[i][j]` and `two[i][j]` for row i and column j.
struct Bimatrix {
    one: Vec<Vec<f64>>,
    two: Vec<Vec<f64>>,
}

impl Bimatrix {
    fn new(one: &[&[f64]], two: &[&[f64]]) -> Bimatrix {
        let own = |rows: &[&[f64]]| rows.iter().map(|row| row.to_vec()).collect();
        Bimatrix {
            one: own(one),
            two: own(two),
        }
    }

    fn random(seed: u64, rows: usize, columns: usize) -> Bimatrix {
        let mut stream = Stream::new(seed, 77, 0);
        let mut draw = || -> Vec<Vec<f64>> {
            (0..rows)
                .map(|_| (0..columns).map(|_| stream.normal()).collect())
                .collect()
        };
        Bimatrix {
            one: draw(),
            two: draw(),
        }
    }

    /// Both like to do the same as the other, and nothing else matters.
    fn coordination(size: usize) -> Bimatrix {
        let one: Vec<Vec<f64>> = (0..size)
            .map(|i| (0..size).map(|j| f64::from(u8::from(i == j))).collect())
            .collect();
        Bimatrix {
            two: one.clone(),
            one,
        }
    }

    fn game(&self) -> Game {
        let (rows, columns) = (self.one.len(), self.one[0].len());
        let mut text = format!("NFG 1 R \"t\" {{ \"one\" \"two\" }} {{ {rows} {columns} }}");
        for j in 0..columns {
            for i in 0..rows {
                text += &format!(" {} {}", self.one[i][j], self.two[i][j]);
            }
        }
        read_nfg(text.as_bytes()).unwrap().game
    }

    /// All equilibria with supports of equal size: all there are in games without ties.
    fn equilibria(&self) -> Vec<(Vec<f64>, Vec<f64>)> {
        let (rows, columns) = (self.one.len(), self.one[0].len());
        let mut found = Vec::new();
        for row_bits in 1u32..1 << rows {
            for column_bits in 1u32..1 << columns {
                if row_bits.count_ones() != column_bits.count_ones() {
                    continue;
                }
                let members = |bits: u32, size: usize| -> Vec<usize> {
                    (0..size).filter(|k| bits >> k & 1 == 1).collect()
                };
                let (r, c) = (members(row_bits, rows), members(column_bits, columns));
                // The columns' odds make the rows in r equally good, and the other way around.
                let y = indifferent(&r, &c, &|i, j| self.one[i][j], columns);
                let x = indifferent(&c, &r, &|j, i| self.two[i][j], rows);
                let (Some(x), Some(y)) = (x, y) else {
                    continue;
                };
                let row_values: Vec<f64> = (0..rows)
                    .map(|i| (0..columns).map(|j| self.one[i][j] * y[j]).sum())
                    .collect();
                let column_values: Vec<f64> = (0..columns)
                    .map(|j| (0..rows).map(|i| self.two[i][j] * x[i]).sum())
                    .collect();
                if best_are(&row_values, &r) && best_are(&column_values, &c) {
                    found.push((x, y));
                }
            }
        }
        found
    }
}

/// Whether nothing is better than the actions named.
fn best_are(values: &[f64], named: &[usize]) -> bool {
    let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    named.iter().all(|k| values[*k] > best - 1e-9)
}

/// Odds over `mix` (zero elsewhere) at which the payoffs of all of `equal` are the same; none if some are not positive.
fn indifferent(
    equal: &[usize],
    mix: &[usize],
    payoff: &dyn Fn(usize, usize) -> f64,
    size: usize,
) -> Option<Vec<f64>> {
    let n = mix.len();
    let mut table: Vec<Vec<f64>> = (1..n)
        .map(|k| {
            let mut row: Vec<f64> = mix
                .iter()
                .map(|j| payoff(equal[k], *j) - payoff(equal[0], *j))
                .collect();
            row.push(0.0);
            row
        })
        .collect();
    table.push(vec![1.0; n + 1]);
    for k in 0..n {
        let best = (k..n).max_by(|a, b| table[*a][k].abs().total_cmp(&table[*b][k].abs()))?;
        table.swap(k, best);
        if table[k][k].abs() < 1e-12 {
            return None;
        }
        let pivot = table[k].clone();
        for (_, row) in table.iter_mut().enumerate().filter(|(at, _)| *at != k) {
            let factor = row[k] / pivot[k];
            for (entry, value) in row.iter_mut().zip(&pivot) {
                *entry -= factor * value;
            }
        }
    }
    let mut odds = vec![0.0; size];
    for (k, j) in mix.iter().enumerate() {
        odds[*j] = table[k][n] / table[k][k];
        if odds[*j] <= 1e-9 {
            return None;
        }
    }
    Some(odds)
}

/// The quantal response near an equilibrium, if Newton's method finds one within a tenth of it.
fn near(game: &Game, both: &(Vec<f64>, Vec<f64>), lambda: f64) -> Option<Vec<f64>> {
    let mut logits = Vec::new();
    let profile: Vec<f64> = both.0.iter().chain(&both.1).copied().collect();
    let full = brandish_game::BehaviorProfile::new(game, profile.clone()).unwrap();
    let values = brandish_game::Assessment::bayes(game, full)
        .unwrap_or_else(|_| panic!("every set is reached in a game of one move each"))
        .action_values(game);
    for set in 0..game.infosets() {
        let range = game.actions_at(set);
        let best = values[range.clone()]
            .iter()
            .copied()
            .fold(f64::MIN, f64::max);
        let log = |slot: usize| match profile[slot] {
            0.0 => lambda * (values[slot] - best) - 2.0,
            p => p.ln(),
        };
        logits.extend(
            range
                .clone()
                .skip(1)
                .map(|slot| log(slot) - log(range.start)),
        );
    }
    let point = qre_near(game, lambda, &logits).ok()?;
    let found = point.assessment.profile.probabilities().to_vec();
    let apart = found
        .iter()
        .zip(&profile)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f64::max);
    (apart < 0.1).then_some(found)
}

fn search_at(game: &Game, target: Target) -> Vec<Vec<f64>> {
    let found = find_branches(game, target, &SearchSettings::default(), &|| false).unwrap();
    found
        .branches
        .iter()
        .map(|branch| match &branch.limit {
            Some(limit) => limit.assessment.profile.probabilities().to_vec(),
            None => branch.end.assessment.profile.probabilities().to_vec(),
        })
        .collect()
}

fn has(found: &[Vec<f64>], wanted: &[f64], within: f64) -> bool {
    found
        .iter()
        .any(|have| have.iter().zip(wanted).all(|(a, b)| (a - b).abs() < within))
}

/// Counts known by hand: n x n coordination has 2^n - 1 equilibria (each set of actions, evenly mixed), battle of the sexes,
/// chicken and the hunt for a stag 3, the prisoners' dilemma and matching pennies 1.
#[test]
fn known_counts_of_equilibria() {
    let games = [
        ("coordination of 2", Bimatrix::coordination(2), 3),
        ("coordination of 3", Bimatrix::coordination(3), 7),
        ("coordination of 4", Bimatrix::coordination(4), 15),
        (
            "battle of the sexes",
            Bimatrix::new(&[&[3.0, 0.0], &[0.0, 2.0]], &[&[2.0, 0.0], &[0.0, 3.0]]),
            3,
        ),
        (
            "chicken",
            Bimatrix::new(&[&[0.0, 7.0], &[2.0, 6.0]], &[&[0.0, 2.0], &[7.0, 6.0]]),
            3,
        ),
        (
            "stag hunt",
            Bimatrix::new(&[&[4.0, 0.0], &[3.0, 2.0]], &[&[4.0, 3.0], &[0.0, 2.0]]),
            3,
        ),
        (
            "prisoners",
            Bimatrix::new(&[&[2.0, 0.0], &[3.0, 1.0]], &[&[2.0, 3.0], &[0.0, 1.0]]),
            1,
        ),
        (
            "pennies",
            Bimatrix::new(&[&[1.0, -1.0], &[-1.0, 1.0]], &[&[-1.0, 1.0], &[1.0, -1.0]]),
            1,
        ),
    ];
    for (name, table, count) in games {
        let all = table.equilibria();
        assert_eq!(all.len(), count, "{name}: the enumeration");
        let game = table.game();
        for target in [Target::Lambda(200.0), Target::Limit] {
            let found = search_at(&game, target);
            for (x, y) in &all {
                let wanted: Vec<f64> = x.iter().chain(y).copied().collect();
                // Quantal responses at lambda x stake of 200 or more lie within a few hundredths here.
                assert!(
                    has(&found, &wanted, 0.05),
                    "{name}: {wanted:?} not in {found:?}"
                );
            }
            assert_eq!(found.len(), count, "{name} at {target:?}: {found:?}");
        }
    }
}

/// In n x n coordination with payoff 1 the derivative of the even response is 1 - lambda / n on each of the n - 1
/// differences: all cross zero at lambda = n, two at once for n = 3, three for n = 4.
#[test]
fn crossings_of_several_branches_at_once() {
    for size in [3, 4] {
        let game = Bimatrix::coordination(size).game();
        let at = size as f64;
        let sweep = principal_qre_sweep(
            &game,
            &[0.9 * at, 2.0 * at],
            &PathSettings::default(),
            &|| false,
        )
        .unwrap();
        assert!(sweep[0].bifurcations.is_empty());
        assert_eq!(
            sweep[1].bifurcations.len(),
            1,
            "{:?}",
            sweep[1].bifurcations
        );
        assert!((sweep[1].bifurcations[0].lambda - at).abs() < 1e-4);
        // Without starts: every branch leaves the principal one there. For 3 they are the lines on which two actions are
        // equally likely, three with two ends each; for 4 each split of the actions into two groups.
        let settings = SearchSettings {
            starts: 0,
            supports: 0,
            ..SearchSettings::default()
        };
        let target = Target::Lambda(3.0 * at);
        let found = find_branches(&game, target, &settings, &|| false).unwrap();
        assert_eq!(found.branches.len(), (1 << size) - 1);
    }
}

/// A branch that crosses at 1.9 of the target is found from below: the search looks at the target itself.
#[test]
fn branches_are_found_on_both_sides_of_a_crossing() {
    let game = Bimatrix::coordination(3).game();
    for (lambda, count) in [(1.0, 1), (3.5, 7)] {
        assert_eq!(search_at(&game, Target::Lambda(lambda)).len(), count);
    }
}

/// Random games against the enumeration: every quantal response near a regular equilibrium is found at lambda x stake of
/// about 1000, and the share is printed.
#[test]
fn recall_on_random_games() {
    for (rows, columns, games) in [(2, 2, 60), (3, 3, 60), (4, 4, 25)] {
        let (mut all, mut close, mut recalled) = (0, 0, 0);
        let mut missed = Vec::new();
        for seed in 0..games {
            let table = Bimatrix::random(seed, rows, columns);
            let game = table.game();
            let lambda = 1000.0 / game.stake();
            let equilibria = table.equilibria();
            // Wilson 1971: almost all finite games have an odd number of equilibria.
            assert_eq!(equilibria.len() % 2, 1, "seed {seed}");
            let found = search_at(&game, Target::Lambda(lambda));
            all += equilibria.len();
            for both in &equilibria {
                let Some(wanted) = near(&game, both, lambda) else {
                    continue;
                };
                close += 1;
                if has(&found, &wanted, 1e-6) {
                    recalled += 1;
                } else {
                    missed.push((seed, wanted));
                }
            }
        }
        println!(
            "{rows} x {columns}: {all} equilibria, {close} with a quantal response near, {recalled} found"
        );
        assert!(missed.is_empty(), "{missed:?}");
    }
}

/// At almost every precision the number of quantal responses is odd (McKelvey and Palfrey 1995, theorem 3), and so is that of
/// equilibria (Wilson 1971): an even count has missed one.
#[test]
fn branches_come_in_odd_numbers() {
    for seed in 0..12 {
        let mut stream = Stream::new(seed, 78, 0);
        let cells: Vec<String> = (0..3 * 27).map(|_| stream.normal().to_string()).collect();
        let text = format!(
            "NFG 1 R \"t\" {{ \"one\" \"two\" \"three\" }} {{ 3 3 3 }} {}",
            cells.join(" ")
        );
        let game = read_nfg(text.as_bytes()).unwrap().game;
        for target in [Target::Lambda(4.0), Target::Lambda(40.0), Target::Limit] {
            let count = search_at(&game, target).len();
            assert_eq!(count % 2, 1, "seed {seed} {target:?}: {count}");
        }
    }
    for seed in 0..3 {
        let game = crate::random_games::random_game(seed, crate::random_games::PLAIN);
        let settings = SearchSettings {
            work: 1e8,
            ..SearchSettings::default()
        };
        let target = Target::Lambda(10.0);
        let found = find_branches(&game, target, &settings, &|| false).unwrap();
        let count = found.branches.len();
        assert_eq!(count % 2, 1, "types and moves, seed {seed}: {count}");
    }
}
