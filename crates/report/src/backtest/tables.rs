//! Backtests as tables of text: the same cells for the terminal and for the page.
//!
//! Misses stand first, then what was too small, what held, and what is not scored. A cell is a number with its unit in the heading; the 90%
//! band of the effect stands beside its median, the band of the prediction beside the observed change it has to cover.

use brandish_scenario::backtest::episode::Judged;
use brandish_scenario::backtest::{
    Backtest, Band, CampScore, Declaration, Place, Sign, Verdict, Weights, WindowScore,
};

use crate::format::{error_of_median, fixed, signed};

/// Headings and rows of one table.
pub(super) struct Cells {
    /// Headings.
    pub(super) header: Vec<String>,
    /// Rows.
    pub(super) rows: Vec<Vec<String>>,
    /// What the last column holds.
    pub(super) last: Last,
}

/// What the last column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    /// A number or a word.
    Cell,
    /// A sentence, which may stand below its row.
    Sentence,
}

fn header(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Every window and camp with its episode.
pub(super) fn scores(
    backtests: &[Backtest],
) -> impl Iterator<Item = (&Backtest, &WindowScore, &CampScore)> {
    backtests.iter().flat_map(|backtest| {
        backtest.windows.iter().flat_map(move |window| {
            window
                .camps
                .iter()
                .map(move |camp| (backtest, window, camp))
        })
    })
}

/// The table of scores whose verdict is one of `verdicts`; `reasons` adds why.
pub(super) fn verdicts(
    backtests: &[Backtest],
    declaration: &Declaration,
    verdicts: &[Verdict],
) -> Cells {
    let rows = scores(backtests)
        .filter(|(_, _, camp)| verdicts.contains(&camp.verdict))
        .map(|(backtest, window, camp)| {
            let effect = &camp.effects[declaration.scored];
            vec![
                place(backtest, window),
                camp.camp.letter().to_owned(),
                sample(camp).to_owned(),
                observed(window, declaration),
                band(effect),
                range(&camp.prediction),
                format!(
                    "{}: {}{}",
                    window.window.judged.word(),
                    reason(window, camp, declaration),
                    size(camp, window.window.judged)
                ),
            ]
        })
        .collect();
    Cells {
        last: Last::Sentence,
        header: header(&[
            "episode/window",
            "camp",
            "sample",
            "observed bp",
            "effect bp (90%)",
            "predicted (90%)",
            "judged as, and what it says",
        ]),
        rows,
    }
}

fn place(backtest: &Backtest, window: &WindowScore) -> String {
    if backtest.windows.len() == 1 {
        backtest.episode.name.clone()
    } else {
        format!("{}/{}", backtest.episode.name, window.window.name)
    }
}

fn sample(camp: &CampScore) -> &'static str {
    if camp.in_sample.is_empty() {
        "out"
    } else {
        "in"
    }
}

/// Observed change of the scored tenor.
pub(super) fn observed(window: &WindowScore, declaration: &Declaration) -> String {
    match window.observed[declaration.scored] {
        Some(change) => signed(change.0, 0),
        None => "not at hand".to_owned(),
    }
}

/// Median with its Monte Carlo error and its 90% band.
pub(super) fn band(band: &Band) -> String {
    let [low, _, median, _, high] = band.quantiles;
    let digits = usize::from([low, median, high].iter().any(|value| value.abs() < 9.95));
    format!(
        "{} {} ({} to {})",
        signed(median, digits),
        error_of_median(band.mc_se, digits),
        fixed(low, digits),
        fixed(high, digits)
    )
}

fn range(band: &Band) -> String {
    format!(
        "{} to {}",
        signed(band.quantiles[0], 0),
        signed(band.quantiles[4], 0)
    )
}

/// The observed change against the bands of the effect, where its size is scored.
fn size(camp: &CampScore, judged: Judged) -> String {
    match camp.size {
        Some((half, wide)) if judged == Judged::Net => match (half, wide) {
            (Place::Inside, _) => ", inside the 50% band of the effect".to_owned(),
            (_, Place::Inside) => ", inside the 90% band of the effect".to_owned(),
            (_, side) => format!(", {} the 90% band of the effect", side.word()),
        },
        _ => String::new(),
    }
}

/// Why the verdict is what it is, in a sentence.
fn reason(window: &WindowScore, camp: &CampScore, declaration: &Declaration) -> String {
    let effect = &camp.effects[declaration.scored];
    let observed = window.observed[declaration.scored].map(|bp| bp.0);
    match (window.window.judged, observed) {
        (Judged::Nothing, _) => match &camp.taken_for_a_sale {
            Some(mistaken) => format!(
                "nothing was sold; taken for a sale the fall would have been {} bp",
                signed(mistaken.median(), 0)
            ),
            None => format!("at the end of the window {} bp", signed(effect.median(), 1)),
        },
        (Judged::Forecast, _) | (_, None) => "prediction recorded".to_owned(),
        (Judged::Counterfactual, Some(change)) => format!(
            "{}{}",
            without_the_sale(change, effect),
            if camp.covered.is_some_and(|(_, wide)| !wide) {
                ", outside the prediction"
            } else {
                ""
            }
        ),
        (Judged::NotExplained, Some(change)) => format!(
            "the sale explains {} of {} bp, at most {}",
            signed(effect.median(), 1),
            signed(change, 0),
            signed(effect.quantiles[4], 1)
        ),
        (Judged::Net, Some(change)) => {
            let mut words = Vec::new();
            match camp.sign {
                Some(Sign::Wrong) => words.push("wrong sign".to_owned()),
                Some(Sign::TooSmall) => words.push("too small for a sign".to_owned()),
                _ => words.push("sign right".to_owned()),
            }
            if camp.covered.is_some_and(|(_, wide)| !wide) {
                words.push("outside the prediction".to_owned());
            }
            if camp.sign == Some(Sign::Wrong) {
                words.push(without_the_sale(change, effect));
            } else if effect.median().abs() >= declaration.sign_least_bp {
                words.push(format!(
                    "observed is {} times the effect",
                    fixed(change / effect.median(), 1)
                ));
            }
            words.join(", ")
        }
    }
}

/// What yields would have done: the observed change less the effect.
fn without_the_sale(change: f64, effect: &Band) -> String {
    format!(
        "without the sale yields would have moved {} bp ({} to {})",
        signed(change - effect.median(), 0),
        signed(change - effect.quantiles[4], 0),
        signed(change - effect.quantiles[0], 0)
    )
}

/// How many scores came out how, in a sentence.
pub(super) fn headline(backtests: &[Backtest]) -> String {
    let count = |verdict| {
        scores(backtests)
            .filter(|(_, _, camp)| camp.verdict == verdict)
            .count()
    };
    let missed_out = scores(backtests)
        .filter(|(_, _, camp)| camp.verdict == Verdict::Miss && camp.in_sample.is_empty())
        .count();
    format!(
        "{} misses ({missed_out} out-of-sample), {} too small to score, {} as declared, {} recorded and not scored; one score per window and camp.",
        count(Verdict::Miss),
        count(Verdict::TooSmall),
        count(Verdict::Hit),
        count(Verdict::NotScored)
    )
}

/// Coverage per camp, all scored windows and the out-of-sample ones.
pub(super) fn coverage(backtests: &[Backtest]) -> Cells {
    let mut camps: Vec<(&'static str, [usize; 6])> = Vec::new();
    for (_, window, camp) in scores(backtests) {
        if !window.window.judged.weighs() {
            continue;
        }
        let Some((half, wide)) = camp.covered else {
            continue;
        };
        let letter = camp.camp.letter();
        if !camps.iter().any(|(name, _)| *name == letter) {
            camps.push((letter, [0; 6]));
        }
        for (name, counts) in &mut camps {
            if *name == letter {
                let outside = usize::from(camp.in_sample.is_empty());
                let add = [
                    1,
                    usize::from(half),
                    usize::from(wide),
                    outside,
                    outside * usize::from(half),
                    outside * usize::from(wide),
                ];
                for (count, more) in counts.iter_mut().zip(add) {
                    *count += more;
                }
            }
        }
    }
    let of = |part: usize, whole: usize| format!("{part} of {whole}");
    Cells {
        last: Last::Cell,
        header: header(&[
            "camp",
            "in 50%",
            "in 90%",
            "in 50%, out-of-sample",
            "in 90%, out-of-sample",
        ]),
        rows: camps
            .into_iter()
            .map(|(letter, [all, half, wide, out, out_half, out_wide])| {
                vec![
                    letter.to_owned(),
                    of(half, all),
                    of(wide, all),
                    of(out_half, out),
                    of(out_wide, out),
                ]
            })
            .collect(),
    }
}

/// Weights of the camps.
pub(super) fn weights(weights: &Weights) -> Cells {
    Cells {
        last: Last::Cell,
        header: header(&["camp", "weight before", "after", "leaving one episode out"]),
        rows: weights
            .camps
            .iter()
            .map(|camp| {
                vec![
                    camp.camp.letter().to_owned(),
                    fixed(camp.before, 2),
                    fixed(camp.after, 2),
                    camp.leaving_one_out.map_or_else(
                        || "-".to_owned(),
                        |(least, most)| format!("{} to {}", fixed(least, 2), fixed(most, 2)),
                    ),
                ]
            })
            .collect(),
    }
}

/// The sentence on how little the weights say.
pub(super) fn how_little(weights: &Weights) -> String {
    let count = weights.episodes.len();
    if count == 0 {
        return "No episode here is out-of-sample with an observed change: the weights stay as they were.".to_owned();
    }
    let largest = weights
        .camps
        .iter()
        .map(|camp| (camp.after / camp.before).max(camp.before / camp.after))
        .fold(1.0, f64::max);
    format!(
        "{count} episode{} ({}) can say very little: in each of them other news moved yields more than the sale did, their windows were chosen because \
         something happened, and amounts by day are partly judgement. No weight changes by more than a factor of {}; the stated weights stay in use.",
        if count == 1 { "" } else { "s" },
        weights.episodes.join(", "),
        fixed(largest, 1)
    )
}

/// Draws that failed, in a sentence; `None` where all found prices.
pub(super) fn failed(backtests: &[Backtest]) -> Option<String> {
    let counts: Vec<String> = backtests
        .iter()
        .filter(|backtest| backtest.failed > 0)
        .map(|backtest| {
            format!(
                "{} {} of {}",
                backtest.episode.name, backtest.failed, backtest.draws
            )
        })
        .collect();
    (!counts.is_empty())
        .then(|| format!("Draws that failed and are left out: {}.", counts.join(", ")))
}

/// What else moved, a row per window.
pub(super) fn others(backtests: &[Backtest]) -> Cells {
    let mut rows = Vec::new();
    for backtest in backtests {
        for (place_in, window) in backtest.windows.iter().enumerate() {
            let moves: Vec<String> = window
                .others
                .iter()
                .map(|other| {
                    let (digits, unit) = match other.unit {
                        "bp" => (0, " bp"),
                        "pct" => (1, "%"),
                        _ => (1, " $bn"),
                    };
                    format!("{} {}{unit}", other.name, signed(other.change, digits))
                })
                .collect();
            if moves.is_empty() && place_in > 0 {
                continue;
            }
            rows.push(vec![
                place(backtest, window),
                if place_in == 0 {
                    backtest.episode.moved.clone()
                } else {
                    String::new()
                },
                moves.join(", "),
            ]);
        }
    }
    Cells {
        last: Last::Sentence,
        header: header(&["episode/window", "in words", "in numbers"]),
        rows,
    }
}

/// All tenors of windows without an observed change: the recorded predictions.
pub(super) fn forecasts(backtests: &[Backtest], declaration: &Declaration) -> Cells {
    let mut head = header(&["episode/window", "camp"]);
    head.extend(
        declaration
            .tenors
            .iter()
            .map(|tenor| format!("{} effect (90%)", tenor.label().to_ascii_uppercase())),
    );
    let scored = declaration.tenors[declaration.scored].label();
    head.push(format!(
        "{} with all else (90%)",
        scored.to_ascii_uppercase()
    ));
    Cells {
        last: Last::Cell,
        header: head,
        rows: scores(backtests)
            .filter(|(_, window, _)| window.window.judged == Judged::Forecast)
            .map(|(backtest, window, camp)| {
                let mut cells = vec![place(backtest, window), camp.camp.letter().to_owned()];
                cells.extend(camp.effects.iter().map(band));
                cells.push(range(&camp.prediction));
                cells
            })
            .collect(),
    }
}

/// What was sold, with sources.
pub(super) fn amounts(backtests: &[Backtest]) -> Cells {
    let mut rows = Vec::new();
    for backtest in backtests {
        let episode = &backtest.episode;
        let flows = episode
            .sales
            .iter()
            .map(|flow| ("sold", flow))
            .chain(episode.fed_purchases.iter().map(|flow| ("bought", flow)))
            .chain(episode.not_sales.iter().map(|flow| ("not a sale", flow)));
        for (what, flow) in flows {
            rows.push(vec![
                episode.name.clone(),
                flow.seller.clone(),
                what.to_owned(),
                signed(flow.amount.bn(), 1),
                format!("{} to {}", flow.first, flow.last),
                format!("{} ({})", flow.source, flow.quality),
            ]);
        }
    }
    Cells {
        last: Last::Sentence,
        header: header(&["episode", "who", "what", "$bn", "days", "source (quality)"]),
        rows,
    }
}
