//! A tornado drawn: one offline page with an SVG for every camp, each beside a table of the same numbers.
//!
//! Bars run from the output at the low end of a parameter's range to the output at its high end, on one scale for a camp, with a line at the
//! central value and, where a threshold is asked for, a dashed one there. No script runs and nothing is requested.

use brandish_scenario::sensitivity::{CampSensitivity, Move, Turn};

use crate::format::{fixed, signed};
use crate::page::{escape, plain_style, table_html};
use crate::sensitivity::SensitivityView;

const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/// Size of a drawing, pixels.
const WIDTH: f64 = 760.0;
const LABELS: f64 = 190.0;
const MARGIN: f64 = 60.0;
const ROW: f64 = 24.0;

/// The page.
#[must_use]
pub fn sensitivity_html(view: &SensitivityView<'_>, version: &str) -> String {
    let unit = view.output().unit.replace('_', " ");
    let title = format!("{}, {unit}", view.subject());
    let mut body = format!(
        "<p>{}</p>\n<h1>{}</h1>\n",
        escape(&format!(
            "brandish {version} · sensitivity · Not a forecast"
        )),
        escape(&title)
    );
    for camp in &view.found.camps {
        let stress = if camp.stress { " (stress bound)" } else { "" };
        body.push_str(&format!(
            "<h2>{}</h2>\n",
            escape(&format!(
                "Camp {} {}{stress}: {} at central parameters",
                camp.camp.letter(),
                camp.name,
                fixed(camp.central, view.decimals())
            ))
        ));
        body.push_str(&drawing(view, camp));
        body.push_str(&table(view, camp));
    }
    body.push_str("<p>One parameter at a time across its cited range, or from the 5% to the 95% point of a prior with tails; all others central.</p>\n");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{}\nsvg {{ max-width: 100%; height: auto; }}\n</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escape(&format!("{title} · brandish")),
        plain_style()
    )
}

fn drawing(view: &SensitivityView<'_>, camp: &CampSensitivity) -> String {
    let moving: Vec<&Move> = view.moving(camp);
    let (least, most) = view.scale(camp, &moving);
    if moving.is_empty() || most <= least {
        return "<p>No parameter moves it.</p>\n".to_owned();
    }
    let decimals = view.decimals();
    let x = |value: f64| {
        LABELS + MARGIN + (value - least) / (most - least) * (WIDTH - LABELS - 2.0 * MARGIN)
    };
    let height = ROW * (moving.len() as f64 + 1.0);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-label=\"tornado of camp {}\" font-size=\"13\" fill=\"currentColor\">\n",
        camp.camp.letter()
    );
    for (row, moved) in moving.iter().enumerate() {
        let top = ROW * row as f64;
        let base = top + 0.65 * ROW;
        svg.push_str(&format!(
            "<text x=\"0\" y=\"{base:.1}\">{}</text>\n",
            escape(&moved.parameter.replace('_', " "))
        ));
        let (Ok(low), Ok(high)) = (&moved.at_low, &moved.at_high) else {
            svg.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{base:.1}\">no price at an end of the range</text>\n",
                x(camp.central)
            ));
            continue;
        };
        let (from, to) = (low.min(*high), low.max(*high));
        svg.push_str(&format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill-opacity=\"0.55\"/>\n<text x=\"{:.1}\" y=\"{base:.1}\" text-anchor=\"end\">{}</text>\n<text x=\"{:.1}\" y=\"{base:.1}\">{}</text>\n",
            x(from),
            top + 0.2 * ROW,
            (x(to) - x(from)).max(1.0),
            0.6 * ROW,
            x(from) - 4.0,
            fixed(from, decimals),
            x(to) + 4.0,
            fixed(to, decimals),
        ));
    }
    let bottom = ROW * moving.len() as f64;
    let mut line = |value: f64, dashes: &str, name: &str| {
        svg.push_str(&format!(
            "<line x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"0\" y2=\"{bottom:.1}\" stroke=\"currentColor\"{dashes}/>\n<text x=\"{0:.1}\" y=\"{1:.1}\" text-anchor=\"middle\">{name} {2}</text>\n",
            x(value),
            bottom + 0.65 * ROW,
            fixed(value, decimals)
        ));
    };
    line(camp.central, "", "central");
    if let Some(threshold) = view.threshold.filter(|t| (least..=most).contains(t)) {
        line(threshold, " stroke-dasharray=\"4 3\"", "threshold");
    }
    svg.push_str("</svg>\n");
    svg
}

fn table(view: &SensitivityView<'_>, camp: &CampSensitivity) -> String {
    let decimals = view.decimals();
    let rows: Vec<Vec<String>> = camp
        .moves
        .iter()
        .map(|moved| {
            let end = |end: &Result<f64, String>| {
                end.as_ref()
                    .map_or("no price".to_owned(), |value| fixed(*value, decimals))
            };
            vec![
                moved.parameter.replace('_', " "),
                format!("{} to {}", moved.low, moved.high),
                moved.unit.clone(),
                end(&moved.at_low),
                end(&moved.at_high),
                moved
                    .swing()
                    .map_or("n/a".to_owned(), |swing| signed(swing, decimals)),
                match moved.turn {
                    Turn::NotAsked => String::new(),
                    Turn::At(value) => value.to_string(),
                    Turn::Never => "no value within the range".to_owned(),
                },
                moved.range_kind.to_owned(),
                moved.source.clone(),
            ]
        })
        .collect();
    table_html(
        "words",
        &[
            "parameter",
            "range",
            "unit",
            "at low",
            "at high",
            "swing",
            "turns at",
            "range is",
            "source",
        ],
        &rows,
    )
}
