//! `brandish sensitivity`: every parameter across its range, and where a conclusion turns.
//!
//! One scenario, or its difference to another; one output; all camps or one. Sheets and text come from the report crate.

use brandish_report::SummaryStyle;
use brandish_report::sensitivity::{SensitivityView, sensitivity_sheets, sensitivity_text};
use brandish_report::tornado::sensitivity_html;
use brandish_scenario::ScenarioError;
use brandish_scenario::file::CampName;
use brandish_scenario::outputs::Asked;
use brandish_scenario::sensitivity::{Question, sensitivity as answer};

use crate::args::SensitivityArgs;
use crate::exit::{Ending, Failure};
use crate::load::{load_scenario, load_snapshot};
use crate::output::write_file;
use crate::replay::explain;
use crate::terminal::Terminal;

/// Moves every parameter of a scenario.
pub fn sensitivity(terminal: Terminal, arguments: &SensitivityArgs) -> Result<Ending, Failure> {
    let format = arguments.output.resolve(terminal)?;
    let output = Asked::parse(&arguments.measure)
        .map_err(|reason| Failure::usage(format!("--of: {reason}")))?;
    if let Some(threshold) = arguments.threshold.filter(|value| !value.is_finite()) {
        return Err(Failure::usage(format!(
            "--threshold {threshold}: give a finite number, in the unit of the output"
        )));
    }
    let camp = arguments.camp.as_deref().map(camp).transpose()?;
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    let scenario = load_scenario(&arguments.scenario, &snapshot, terminal)?.scenario;
    let against = match &arguments.against {
        None => None,
        Some(name) => Some(load_scenario(name, &snapshot, terminal)?.scenario),
    };
    let question = Question {
        output,
        against: against.as_ref(),
        camp,
        threshold: arguments.threshold,
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads.map_or(0, usize::from))
        .build()
        .map_err(Failure::error)?;
    let found = pool
        .install(|| answer(&scenario, &question, &snapshot))
        .map_err(|error| match error {
            ScenarioError::NoOutput { .. } => Failure::usage(format!("--of: {error}")),
            other => explain(other, terminal),
        })?;
    let view = SensitivityView {
        scenario: scenario.name.as_str(),
        against: against.as_ref().map(|against| against.name.as_str()),
        threshold: arguments.threshold,
        found: &found,
    };
    let style = SummaryStyle {
        width: terminal.width(),
        plain: terminal.plain_output(),
    };
    if let Some(path) = &arguments.report {
        let page = sensitivity_html(&view, env!("CARGO_PKG_VERSION"));
        write_file(path, page.as_bytes()).map_err(|error| {
            Failure::error(format!(
                "cannot write {}: {error}; check the folder, its permissions and the space on it",
                path.display()
            ))
        })?;
        terminal.note(&format!("report: {}", path.display()));
    }
    arguments.output.deliver(
        terminal,
        format,
        &sensitivity_sheets(&view),
        "sensitivity",
        &sensitivity_text(&view, style),
    )?;
    Ok(Ending::Ok)
}

fn camp(letter: &str) -> Result<CampName, Failure> {
    CampName::ALL
        .into_iter()
        .find(|camp| camp.letter().eq_ignore_ascii_case(letter))
        .ok_or_else(|| {
            let letters: Vec<&str> = CampName::ALL.iter().map(|camp| camp.letter()).collect();
            Failure::usage(format!("--camp {letter}: camps are {}", letters.join(", ")))
        })
}
