//! A solved game as people and programs read it.
//!
//! The label comes first and is never mixed: quantal response at its lambda, candidate for a sequential equilibrium, or
//! average strategies of regret minimization. Beside it stand residual, regrets and the work done. For programs one row per
//! fact: payoffs, probabilities of actions, beliefs over the nodes of each information set.

use brandish_game::qre::{LogitQre, Origin, SequentialCandidate};
use brandish_game::{Assessment, CfrSolution, Game, GameError, nash_regrets};
use serde_json::{Value, json};

use super::names::Names;
use crate::args::ListFormat;
use crate::exit::Failure;
use crate::lists::{List, print_list};
use crate::terminal::Terminal;

/// Information sets that the table for people lists; the rest is in CSV and JSON.
const LISTED_SETS: usize = 60;

/// One point with what certifies it.
pub struct Answer {
    /// `quantal_response`, `sequential_equilibrium_candidate` or `average_strategies`.
    label: &'static str,
    /// Number of its branch.
    branch: usize,
    /// Where the branch comes from, if branches were searched.
    pub origin: Option<Origin>,
    /// What certifies the point: name and value.
    certificates: Vec<(&'static str, f64)>,
    folds: Vec<f64>,
    bifurcations: Vec<f64>,
    payoffs: Vec<f64>,
    nash_regrets: Vec<f64>,
    probabilities: Vec<f64>,
    beliefs: Option<Vec<f64>>,
}

impl Answer {
    /// A quantal response at its lambda.
    pub fn of_point(game: &Game, branch: usize, point: &LogitQre) -> Answer {
        Answer {
            label: "quantal_response",
            branch,
            origin: None,
            certificates: vec![
                ("lambda", point.lambda),
                ("lambda_stake", point.lambda_stake),
                ("residual", point.residual),
                ("agent_regret", point.agent_regret),
                ("relative_regret", point.agent_regret / game.stake()),
                ("steps", point.effort.steps as f64),
                ("corrections", point.effort.corrections as f64),
            ],
            folds: point.folds.clone(),
            bifurcations: point.bifurcations.iter().map(|met| met.lambda).collect(),
            payoffs: point.payoffs.clone(),
            nash_regrets: point.nash_regrets.clone(),
            probabilities: point.assessment.profile.probabilities().to_vec(),
            beliefs: Some(point.assessment.beliefs.clone()),
        }
    }

    /// The limit of a branch.
    pub fn of_limit(game: &Game, branch: usize, limit: &SequentialCandidate) -> Answer {
        let assessment: &Assessment = &limit.assessment;
        Answer {
            label: "sequential_equilibrium_candidate",
            certificates: vec![
                ("lambda", limit.last.lambda),
                ("lambda_stake", limit.last.lambda_stake),
                ("relative_regret", limit.relative_regret),
                ("agent_regret", limit.relative_regret * game.stake()),
                ("extrapolated_by", limit.extrapolated_by),
                ("residual", limit.last.residual),
                ("steps", limit.last.effort.steps as f64),
                ("corrections", limit.last.effort.corrections as f64),
            ],
            payoffs: limit.payoffs.clone(),
            nash_regrets: limit.nash_regrets.clone(),
            probabilities: assessment.profile.probabilities().to_vec(),
            beliefs: Some(assessment.beliefs.clone()),
            ..Answer::of_point(game, branch, &limit.last)
        }
    }

    /// Average strategies of regret minimization.
    pub fn of_cfr(game: &Game, found: &CfrSolution) -> Result<Answer, GameError> {
        Ok(Answer {
            label: "average_strategies",
            branch: 0,
            origin: None,
            certificates: vec![
                ("exploitability", found.exploitability),
                ("iterations", found.iterations as f64),
            ],
            folds: Vec::new(),
            bifurcations: Vec::new(),
            payoffs: found.payoffs.clone(),
            nash_regrets: nash_regrets(game, &found.profile)?,
            probabilities: found.profile.probabilities().to_vec(),
            beliefs: None,
        })
    }

    fn title(&self) -> String {
        let at = |name| {
            self.certificates
                .iter()
                .find(|(known, _)| *known == name)
                .map_or(f64::NAN, |(_, value)| *value)
        };
        let what = match self.label {
            "quantal_response" => format!("Quantal response at lambda {}", at("lambda")),
            "average_strategies" => format!(
                "Average strategies of regret minimization, exploitability {:.2e}",
                at("exploitability")
            ),
            _ => format!(
                "Sequential equilibrium candidate: agent regret {:.1e} of the stakes",
                at("relative_regret")
            ),
        };
        match &self.origin {
            None => what,
            Some(Origin::Principal) => format!("Branch {}, the principal one. {what}", self.branch),
            Some(Origin::Crossing { branch, lambda }) => format!(
                "Branch {}, crosses branch {branch} at lambda {lambda:.6}. {what}",
                self.branch
            ),
            Some(Origin::Search { start, .. }) => {
                format!(
                    "Branch {}, found from random start {start}. {what}",
                    self.branch
                )
            }
            Some(Origin::Support { start, .. }) => {
                format!("Branch {}, found from support {start}. {what}", self.branch)
            }
        }
    }
}

/// Prints all answers in one format.
pub fn print_answers(
    terminal: Terminal,
    format: ListFormat,
    game: &Game,
    answers: &[Answer],
) -> Result<(), Failure> {
    let names = Names::of(game);
    match format {
        ListFormat::Table => {
            for answer in answers {
                table(terminal, game, &names, answer)?;
            }
            Ok(())
        }
        ListFormat::Csv => {
            let rows = answers
                .iter()
                .flat_map(|answer| rows(game, &names, answer))
                .collect();
            print_list(
                terminal,
                format,
                &List {
                    header: &[
                        "label", "branch", "lambda", "kind", "player", "infoset", "name", "value",
                    ],
                    rows,
                },
            )
        }
        ListFormat::Json => {
            let document: Vec<Value> = answers
                .iter()
                .map(|answer| object(game, &names, answer))
                .collect();
            let text = serde_json::to_string_pretty(&document).map_err(Failure::error)?;
            terminal.print(&text)
        }
    }
}

fn table(terminal: Terminal, game: &Game, names: &Names, answer: &Answer) -> Result<(), Failure> {
    let mut text = format!("{}: {}\n", game.title(), answer.title());
    for (name, value) in &answer.certificates {
        text.push_str(&format!("  {name} {}\n", short(*value)));
    }
    for (name, met) in [
        ("folds", &answer.folds),
        ("bifurcations", &answer.bifurcations),
    ] {
        if !met.is_empty() {
            let met: Vec<String> = met.iter().map(|value| format!("{value:.6}")).collect();
            text.push_str(&format!("  {name} at lambda {}\n", met.join(", ")));
        }
    }
    terminal.print(&text)?;
    let payoffs = answer
        .payoffs
        .iter()
        .zip(&answer.nash_regrets)
        .enumerate()
        .map(|(player, (payoff, regret))| {
            vec![
                names.player(player).to_owned(),
                figures(*payoff),
                short(*regret),
            ]
        })
        .collect();
    print_list(
        terminal,
        ListFormat::Table,
        &List {
            header: &["player", "payoff", "gain from a best response"],
            rows: payoffs,
        },
    )?;
    let shown = game.infosets().min(LISTED_SETS);
    let strategies = (0..shown)
        .map(|set| {
            let actions: Vec<String> = game
                .actions_at(set)
                .map(|slot| format!("{} {:.6}", names.action(slot), answer.probabilities[slot]))
                .collect();
            vec![
                names.player(game.owner(set)).to_owned(),
                names.infoset(set).to_owned(),
                actions.join(", "),
            ]
        })
        .collect();
    print_list(
        terminal,
        ListFormat::Table,
        &List {
            header: &["player", "information set", "probabilities"],
            rows: strategies,
        },
    )?;
    if shown < game.infosets() {
        terminal.print(&format!(
            "and {} more information sets: --format csv or json has all",
            game.infosets() - shown
        ))?;
    }
    Ok(())
}

/// A payoff: six decimals where that says something, else its own power of ten.
fn figures(value: f64) -> String {
    if value == 0.0 || (1e-3..1e9).contains(&value.abs()) {
        format!("{value:.6}")
    } else {
        format!("{value:.6e}")
    }
}

fn short(value: f64) -> String {
    if value == 0.0 || (1e-3..1e6).contains(&value.abs()) {
        let text = format!("{value:.6}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        format!("{value:.2e}")
    }
}

fn rows(game: &Game, names: &Names, answer: &Answer) -> Vec<Vec<String>> {
    let lambda = answer
        .certificates
        .iter()
        .find(|(name, _)| *name == "lambda")
        .map_or(String::new(), |(_, value)| value.to_string());
    let mut rows = Vec::new();
    let mut push = |kind: &str, player: &str, set: String, name: &str, value: f64| {
        rows.push(vec![
            answer.label.to_owned(),
            answer.branch.to_string(),
            lambda.clone(),
            kind.to_owned(),
            player.to_owned(),
            set,
            name.to_owned(),
            value.to_string(),
        ]);
    };
    for (name, value) in &answer.certificates {
        push("certificate", "", String::new(), name, *value);
    }
    for value in &answer.folds {
        push("fold", "", String::new(), "lambda", *value);
    }
    for value in &answer.bifurcations {
        push("bifurcation", "", String::new(), "lambda", *value);
    }
    for (player, (payoff, regret)) in answer.payoffs.iter().zip(&answer.nash_regrets).enumerate() {
        let player = names.player(player);
        push("payoff", player, String::new(), "", *payoff);
        push("nash_regret", player, String::new(), "", *regret);
    }
    for set in 0..game.infosets() {
        let player = names.player(game.owner(set));
        for slot in game.actions_at(set) {
            push(
                "probability",
                player,
                names.infoset(set).to_owned(),
                names.action(slot),
                answer.probabilities[slot],
            );
        }
        if let Some(beliefs) = &answer.beliefs {
            for (node, place) in game.members(set).zip(game.beliefs_at(set)) {
                push(
                    "belief",
                    player,
                    names.infoset(set).to_owned(),
                    &format!("node {node}"),
                    beliefs[place],
                );
            }
        }
    }
    rows
}

fn object(game: &Game, names: &Names, answer: &Answer) -> Value {
    let certificates: serde_json::Map<String, Value> = answer
        .certificates
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect();
    let infosets: Vec<Value> = (0..game.infosets())
        .map(|set| {
            let actions: Vec<Value> = game
                .actions_at(set)
                .map(|slot| {
                    json!({"action": names.action(slot), "probability": answer.probabilities[slot]})
                })
                .collect();
            let beliefs = answer
                .beliefs
                .as_ref()
                .map(|beliefs| beliefs[game.beliefs_at(set)].to_vec());
            json!({
                "player": names.player(game.owner(set)),
                "label": game.infoset_label(set),
                "name": names.infoset(set),
                "actions": actions,
                "beliefs": beliefs,
            })
        })
        .collect();
    json!({
        "schema": 1,
        "game": game.title(),
        "label": answer.label,
        "branch": answer.branch,
        "stake": game.stake(),
        "certificates": certificates,
        "folds": answer.folds,
        "bifurcations": answer.bifurcations,
        "players": (0..game.players().len()).map(|player| names.player(player)).collect::<Vec<_>>(),
        "payoffs": answer.payoffs,
        "nash_regrets": answer.nash_regrets,
        "infosets": infosets,
    })
}
