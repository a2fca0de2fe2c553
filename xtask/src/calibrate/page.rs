//! The page of the calibration, as Markdown: misses first.
//!
//! A response within its published bounds is bold. Numbers are rounded to what is meant; the camps' files hold all digits. Sections go from
//! what is not met to what is, then to what no parameters meet, what the draws imply, the studies and what is not computed.

use std::fmt::Write as _;

use brandish_scenario::backtest::Band;
use brandish_scenario::calibration::Target;

use super::Calibration;

const HEAD: &str = "# Calibration

Every published response against every camp, misses first. Written by `cargo xtask calibrate`, which fits the camps to their studies and
stops where a file in `parameters/camps` says something else; a test compares this page with the one the program gives. Published numbers, bounds and
sources come from the snapshot's table `impact_targets` (some bounds are this project's tolerance, the table says which); how each is put to the engine
stands in `parameters/responses.toml`. Reference settings, no Federal Reserve rule, no forced sellers. A number in bold lies within the published bounds,
or within a quarter of a number published without bounds (judgement).
Your own camp: [camp files](reference/camp-files.md).
";

/// The page.
pub(super) fn print(calibration: &Calibration) -> String {
    let mut out = HEAD.to_owned();
    camps(calibration, &mut out);
    responses(calibration, &mut out);
    conflicts(calibration, &mut out);
    implied(calibration, &mut out);
    studies(calibration, &mut out);
    not_computed(calibration, &mut out);
    out
}

/// Writing to a string cannot fail.
macro_rules! line {
    ($out:expr, $($words:tt)*) => {{
        let _ = writeln!($out, $($words)*);
    }};
}

fn camps(calibration: &Calibration, out: &mut String) {
    line!(out, "\n## The camps as fitted\n");
    line!(
        out,
        "| camp | long run bp per $100bn | month bp per $100bn | demand slope $bn/bp | risk price 1/($bn bp) | learning | Sharpe a year | weight |"
    );
    line!(out, "|---|---|---|---|---|---|---|---|");
    for fitted in &calibration.camps {
        let weight = calibration
            .book
            .get(fitted.camp)
            .map_or(f64::NAN, |camp| camp.weight);
        line!(
            out,
            "| {} | {:.2} | {:.1} | {:.1} | {:.3e} | {:.2} | {:.2} | {:.2} |",
            fitted.camp.letter(),
            fitted.long_run_bp,
            fitted.month_bp,
            fitted.parameters.demand_slope_usd_bn_per_bp,
            fitted.parameters.risk_price,
            fitted.parameters.extrapolation.share,
            fitted.sharpe,
            weight
        );
    }
    line!(
        out,
        "\nS: its long run with a month response of {:.1} bp. F: slope and risk price from Beltran et al. C: geometric means of S and F. X: F with the learning \
         multiplier that gives Ahmed and Rebucci's response.",
        calibration.observations.month_response_of_s_bp
    );
}

/// Met but for rounding of the fit.
fn is_met(target: &Target, value: f64) -> bool {
    target.is_met_by(value, 1.0 + 1e-6)
}

/// How many camps meet a target.
fn met(target: &Target, responses: &[f64]) -> usize {
    responses
        .iter()
        .filter(|value| is_met(target, **value))
        .count()
}

fn responses(calibration: &Calibration, out: &mut String) {
    let mut rows: Vec<(usize, &Target, &Vec<f64>)> = calibration
        .observations
        .targets
        .iter()
        .zip(&calibration.responses)
        .filter_map(|(target, responses)| {
            let responses = responses.as_ref()?;
            Some((met(target, responses), target, responses))
        })
        .collect();
    rows.sort_by_key(|(met, _, _)| *met);
    for (title, pick) in [
        ("Met by no camp", 0..1),
        ("Met by one camp or more", 1..usize::MAX),
    ] {
        line!(out, "\n## {title}\n");
        let letters: Vec<&str> = calibration.camps.iter().map(|c| c.camp.letter()).collect();
        line!(
            out,
            "| study | what | published bp | {} |",
            letters.join(" | ")
        );
        line!(out, "|---|---|---|{}", "---|".repeat(letters.len()));
        for (_, target, responses) in rows.iter().filter(|(met, _, _)| pick.contains(met)) {
            let cells: Vec<String> = responses
                .iter()
                .map(|value| {
                    let text = number(*value);
                    if is_met(target, *value) {
                        format!("**{text}**")
                    } else {
                        text
                    }
                })
                .collect();
            line!(
                out,
                "| {} | {}; {}, {} | {} | {} |",
                target.study,
                target.shock,
                target.maturity,
                target.horizon,
                bounds(target),
                cells.join(" | ")
            );
        }
    }
}

fn number(value: f64) -> String {
    if value.abs() < 9.95 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}

fn bounds(target: &Target) -> String {
    if target.low == target.high {
        format!("{}", target.response)
    } else {
        format!("{} ({} to {})", target.response, target.low, target.high)
    }
}

fn conflicts(calibration: &Calibration, out: &mut String) {
    let conflicts = &calibration.conflicts;
    let targets = &calibration.observations.targets;
    let name = |place: usize| {
        let target = &targets[place];
        format!("{} ({}, {})", target.study, target.maturity, target.horizon)
    };
    line!(out, "\n## What cannot be reconciled\n");
    line!(
        out,
        "Long-run response (0.3 to 30 bp), risk price (1e-6 to 1e-3) and learning multiplier (0 to 5) were varied over {} points, beyond every camp's draws. \
         Two studies contradict each other where each is met at some point and both at none, with bounds stretched by half a step of the grid.\n",
        conflicts.points
    );
    line!(
        out,
        "Met at no point, so a miss of the engine and not a conflict between studies:\n"
    );
    for place in &conflicts.never_met {
        line!(out, "- {}", name(*place));
    }
    if conflicts.never_met.is_empty() {
        line!(out, "- none");
    }
    line!(out, "\nPairs that no parameters meet together:\n");
    let mut left: Vec<usize> = conflicts.pairs.iter().map(|(a, _)| *a).collect();
    left.dedup();
    for place in left {
        let others: Vec<String> = conflicts
            .pairs
            .iter()
            .filter(|(a, _)| *a == place)
            .map(|(_, b)| name(*b))
            .collect();
        line!(out, "- {} against {}", name(place), others.join("; "));
    }
    if conflicts.pairs.is_empty() {
        line!(out, "- none");
    }
}

fn implied(calibration: &Calibration, out: &mut String) {
    line!(out, "\n## What the draws imply\n");
    line!(
        out,
        "The month response is not an input of the draws: it comes out of long run, risk price, learning multiplier and the other priors. Median with 90% band \
         and Monte Carlo error over {} draws (scrambled Sobol points, eight scramblings), $100bn of the reference mix in the economy of 2025.\n",
        super::DRAWS
    );
    line!(
        out,
        "| camp | month response bp | long run bp | Sharpe a year | failed draws |"
    );
    line!(out, "|---|---|---|---|---|");
    for camp in &calibration.implied {
        line!(
            out,
            "| {} | {} | {} | {} | {} |",
            camp.camp.letter(),
            band(&camp.month_bp, 1),
            band(&camp.long_run_bp, 2),
            band(&camp.sharpe, 2),
            camp.failed
        );
    }
}

fn band(band: &Band, digits: usize) -> String {
    let [low, _, median, _, high] = band.quantiles;
    format!(
        "{median:.digits$} ({low:.digits$} to {high:.digits$}) ± {:.more$}",
        band.mc_se,
        more = digits + 1
    )
}

fn studies(calibration: &Calibration, out: &mut String) {
    line!(out, "\n## The studies behind the camps\n");
    line!(
        out,
        "| camp | study | role | finding | in its words | read | source |"
    );
    line!(out, "|---|---|---|---|---|---|---|");
    for camp in calibration.book.all() {
        if camp.studies.is_empty() {
            line!(
                out,
                "| {} | - | - | {} | - | - | - |",
                camp.letter.letter(),
                camp.source
            );
        }
        for study in &camp.studies {
            let role = match study.role {
                brandish_scenario::parameters::StudyRole::Fitted => "fitted",
                brandish_scenario::parameters::StudyRole::Compared => "compared",
            };
            let quote = study
                .quote
                .as_ref()
                .map_or_else(|| "-".to_owned(), |quote| format!("“{quote}”"));
            line!(
                out,
                "| {} | {} | {role} | {} | {quote} | {} | {} |",
                camp.letter.letter(),
                study.name,
                study.finding,
                study.read,
                study.source
            );
        }
    }
}

fn not_computed(calibration: &Calibration, out: &mut String) {
    line!(out, "\n## Published and not computed\n");
    line!(out, "| study | what | published | why not |");
    line!(out, "|---|---|---|---|");
    for target in &calibration.observations.targets {
        if let Err(reason) = &target.experiment {
            line!(
                out,
                "| {} | {}; {}, {} | {} {} | {reason} |",
                target.study,
                target.shock,
                target.maturity,
                target.horizon,
                bounds(target),
                target.unit.replace('_', " ")
            );
        }
    }
}
