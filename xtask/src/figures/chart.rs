//! Line charts and stacked areas as SVG text.
//!
//! One size, one set of colors, labels at the ends of the lines. The text depends on the numbers alone, so a figure in the repository can be
//! compared with what the engine gives today. Coordinates are rounded to a tenth of a pixel.

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 380.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 178.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 46.0;
/// Least distance between two labels at the right end.
const LABEL_STEP: f64 = 15.0;
const COLORS: [&str; 10] = [
    "#1f4e79", "#b5541c", "#3f7d4e", "#7a4b8c", "#8a6d1d", "#4a9aa8", "#a83e54", "#6b7680",
    "#c28f5a", "#2f2f2f",
];

/// A named series of points, x increasing.
pub struct Line {
    /// Label at its right end.
    pub name: String,
    /// Points.
    pub points: Vec<(f64, f64)>,
}

/// How lines are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Each for itself.
    Lines,
    /// Areas on top of each other, in the order given; all with the same x.
    Stacked,
}

/// A chart.
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// Below the horizontal axis.
    pub x_label: String,
    /// Above the vertical axis.
    pub y_label: String,
    /// The series.
    pub lines: Vec<Line>,
    /// How they are drawn.
    pub style: Style,
}

/// The chart as SVG.
pub fn svg(chart: &Chart) -> String {
    let lines = match chart.style {
        Style::Lines => chart.lines.iter().map(|line| line.points.clone()).collect(),
        Style::Stacked => stacked(&chart.lines),
    };
    let all = || lines.iter().flatten();
    let (left, right) = all().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (x, _)| {
        (low.min(*x), high.max(*x))
    });
    let (low, high) = all().fold((0.0_f64, 0.0_f64), |(low, high), (_, y)| {
        (low.min(*y), high.max(*y))
    });
    let step = tick(high - low);
    let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
    let x = |value: f64| LEFT + (value - left) / (right - left) * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM);

    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#333\">\n<title>{}</title>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n",
        escaped(&chart.title)
    );
    label(
        &mut text,
        (LEFT - 40.0, 18.0),
        "start",
        &format!(
            "<tspan font-weight=\"bold\">{}</tspan>",
            escaped(&chart.title)
        ),
    );
    label(
        &mut text,
        (LEFT - 40.0, 36.0),
        "start",
        &escaped(&chart.y_label),
    );
    let mut at = low;
    while at <= high + 0.5 * step {
        let here = y(at);
        text.push_str(&format!(
            "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{here:.1}\" y2=\"{here:.1}\" stroke=\"{}\"/>\n",
            WIDTH - RIGHT,
            if at.abs() < 1e-9 { "#333" } else { "#ddd" }
        ));
        label(
            &mut text,
            (LEFT - 6.0, here + 4.0),
            "end",
            &number(at, step),
        );
        at += step;
    }
    let across = tick(right - left);
    let mut at = (left / across).ceil() * across;
    while at <= right + 1e-9 {
        label(
            &mut text,
            (x(at), HEIGHT - BOTTOM + 16.0),
            "middle",
            &number(at, across),
        );
        at += across;
    }
    label(
        &mut text,
        (0.5 * (LEFT + WIDTH - RIGHT), HEIGHT - 8.0),
        "middle",
        &escaped(&chart.x_label),
    );

    let mut below: Vec<(f64, f64)> = lines
        .first()
        .map(|first| first.iter().map(|(x, _)| (*x, 0.0)).collect())
        .unwrap_or_default();
    let mut ends = Vec::new();
    for (index, points) in lines.iter().enumerate() {
        let color = COLORS[index % COLORS.len()];
        let forth: Vec<String> = points
            .iter()
            .map(|(a, b)| format!("{:.1},{:.1}", x(*a), y(*b)))
            .collect();
        match chart.style {
            Style::Lines => text.push_str(&format!(
                "<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" points=\"{}\"/>\n",
                forth.join(" ")
            )),
            Style::Stacked => {
                let back: Vec<String> = below
                    .iter()
                    .rev()
                    .map(|(a, b)| format!("{:.1},{:.1}", x(*a), y(*b)))
                    .collect();
                text.push_str(&format!(
                    "<polygon fill=\"{color}\" fill-opacity=\"0.85\" points=\"{} {}\"/>\n",
                    forth.join(" "),
                    back.join(" ")
                ));
            }
        }
        if let (Some(end), Some(start)) = (points.last(), below.last()) {
            let middle = match chart.style {
                Style::Lines => end.1,
                Style::Stacked => 0.5 * (end.1 + start.1),
            };
            ends.push((y(middle), color, chart.lines[index].name.as_str()));
        }
        below.clone_from(points);
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f64::NEG_INFINITY;
    for (wanted, color, name) in ends {
        let here = wanted.max(last + LABEL_STEP);
        last = here;
        text.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{color}\">{}</text>\n",
            WIDTH - RIGHT + 8.0,
            here + 4.0,
            escaped(name)
        ));
    }
    text.push_str("</svg>\n");
    text
}

/// Sums of the lines up to each one.
fn stacked(lines: &[Line]) -> Vec<Vec<(f64, f64)>> {
    let mut sums: Vec<Vec<(f64, f64)>> = Vec::new();
    for line in lines {
        let sum = match sums.last() {
            None => line.points.clone(),
            Some(below) => below
                .iter()
                .zip(&line.points)
                .map(|((x, under), (_, own))| (*x, under + own))
                .collect(),
        };
        sums.push(sum);
    }
    sums
}

/// A round distance of ticks for a range: 1, 2 or 5 times a power of ten, four to eight of them.
fn tick(range: f64) -> f64 {
    let raw = (range / 5.0).max(1e-6);
    let power = 10.0_f64.powf(raw.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|factor| factor * power >= raw)
        .unwrap_or(10.0);
    factor * power
}

fn number(value: f64, step: f64) -> String {
    let digits = if step >= 1.0 {
        0
    } else if step >= 0.1 {
        1
    } else {
        2
    };
    let text = format!("{value:.digits$}");
    if text
        .trim_start_matches('-')
        .chars()
        .all(|c| c == '0' || c == '.')
    {
        text.trim_start_matches('-').to_owned()
    } else {
        text.replace('-', "\u{2212}")
    }
}

fn label(text: &mut String, (x, y): (f64, f64), anchor: &str, content: &str) {
    text.push_str(&format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{content}</text>\n"
    ));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(tick(10.0), 2.0);
        assert_eq!(tick(70.0), 20.0);
        assert_eq!(tick(0.4), 0.1);
        assert_eq!(number(-0.0, 1.0), "0");
        assert_eq!(number(-2.5, 0.5), "\u{2212}2.5");
    }

    #[test]
    fn stacks_add_up() {
        let line = |value| Line {
            name: String::new(),
            points: vec![(0.0, value), (1.0, 2.0 * value)],
        };
        assert_eq!(
            stacked(&[line(1.0), line(3.0)])[1],
            [(0.0, 4.0), (1.0, 8.0)]
        );
    }
}
