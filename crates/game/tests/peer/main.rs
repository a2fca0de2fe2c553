//! Another program on the same games: the standoff's golden values.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a solver that refuses what its peer solves has failed"
)]

#[path = "../published/fixtures.rs"]
mod fixtures;
#[path = "../published/standoff.rs"]
mod standoff;

use brandish_game::qre::{PathSettings, principal_qre_sweep};
use standoff::{outcomes, probability, resolution};
use std::collections::BTreeMap;

/// Outcomes and first-round strategies of R0 to R3. Tolerance 1e-8: the peer's residual is below 1e-9 in logits, which
/// moves probabilities by less than 1e-9 and payoffs of up to 100 by less than 1e-7 relative to them; printed figures have
/// twelve digits. Expected payoffs are compared relative to their size when that is above one.
#[test]
fn golden_values() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../goldens/peer/standoff/outcomes.csv"
    ))
    .unwrap();
    let mut rows: BTreeMap<(String, String), Vec<(String, f64)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        rows.entry((cells[0].to_string(), cells[1].to_string()))
            .or_default()
            .push((cells[2].to_string(), cells[3].parse().unwrap()));
    }
    assert_eq!(rows.len(), 14);
    for name in ["R0", "R1", "R1e", "R2", "R3"] {
        let game = resolution(name).game();
        let texts: Vec<&String> = rows
            .keys()
            .filter(|key| key.0 == name)
            .map(|key| &key.1)
            .collect();
        let lambdas: Vec<f64> = texts.iter().map(|text| text.parse().unwrap()).collect();
        let found =
            principal_qre_sweep(&game, &lambdas, &PathSettings::default(), &|| false).unwrap();
        for (text, point) in texts.into_iter().zip(&found) {
            let profile = point.assessment.profile.probabilities();
            let have = outcomes(&game, profile);
            for (quantity, want) in &rows[&(name.to_string(), text.clone())] {
                let value = match quantity.as_str() {
                    "nodes" => game.nodes() as f64,
                    "terminals" => game.ends() as f64,
                    "infosets" => game.infosets() as f64,
                    "actions" => game.actions() as f64,
                    "agent_regret" => {
                        // Printed with four digits.
                        assert!((point.agent_regret / want - 1.0).abs() < 6e-4);
                        continue;
                    }
                    other => match other.strip_prefix("P(") {
                        None => have[other],
                        Some(rest) => {
                            let (action, set) = rest.trim_end_matches(')').split_once('|').unwrap();
                            probability(&game, profile, set, action)
                        }
                    },
                };
                let scale = want.abs().max(1.0);
                assert!(
                    (value - want).abs() <= 1e-8 * scale,
                    "{name} at {text}: {quantity} is {value}, peer has {want}"
                );
            }
        }
    }
}

/// Gambit on the shipped games, below their first fold or bifurcation. Tolerance 1e-9 on probabilities: what Gambit's
/// corrector stops at.
#[test]
fn gambit_at_small_precision() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../goldens/peer/gambit/quantal_response.csv"
    ))
    .unwrap();
    let mut rows: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        rows.entry((cells[0].to_string(), cells[1].to_string()))
            .or_default()
            .push(cells[cells.len() - 1].parse().unwrap());
    }
    assert_eq!(rows.len(), 18);
    for ((file, lambda), want) in rows {
        let game = fixtures::shipped(&file);
        let lambda: f64 = lambda.parse().unwrap();
        let found =
            principal_qre_sweep(&game, &[lambda], &PathSettings::default(), &|| false).unwrap();
        let profile = &found[0].assessment.profile;
        // Player by player; within a player information sets stand in the order of the file.
        let mut have = Vec::new();
        for player in 0..game.players().len() {
            for set in (0..game.infosets()).filter(|set| game.owner(*set) == player) {
                have.extend_from_slice(profile.at(&game, set));
            }
        }
        assert_eq!(have.len(), want.len(), "{file}");
        for (have, want) in have.iter().zip(&want) {
            assert!(
                (have - want).abs() < 1e-9,
                "{file} at {lambda}: {have} {want}"
            );
        }
    }
}
