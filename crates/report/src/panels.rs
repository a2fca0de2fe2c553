//! Small drawings side by side, one a camp: what static pages share with the look of the report.
//!
//! A panel is 352 pixels wide, so that three stand beside each other on a desktop and one on a telephone, both at full size: letters are never
//! scaled below the size that they are written in. Camps have the colors of the report, a chip and a letter; scales are the caller's. No
//! script runs; every text is escaped where it is written.

use brandish_scenario::file::CampName;

use crate::page::escape;

/// Width of a panel, pixels.
pub(crate) const WIDTH: f64 = 352.0;
pub(crate) const INK: &str = "#16191d";
pub(crate) const FAINT: &str = "#646a73";
pub(crate) const GRID: &str = "#e6e2d9";
const PAPER: &str = "#fcfbf8";
/// Width of a letter of 12 pixels, a little generous.
const LETTER: f64 = 6.6;

/// Style of figures, beside that of the plain page.
pub(crate) const STYLE: &str = "\
figure { margin: 32px 0 0; } figure h2 { margin-top: 0; } .panels { display: flex; flex-wrap: wrap; gap: 24px; }
.panel { width: 352px; max-width: 100%; } .panel h3 { font-size: 15px; margin: 8px 0 4px; } .panel svg { display: block; max-width: 100%; height: auto; }
.chip { display: inline-block; width: 11px; height: 11px; margin-right: 6px; } figcaption { color: #4a5058; font-size: 13.5px; margin-top: 8px; }
.scroll { overflow-x: auto; } table.words th { text-align: left; } @media (max-width: 480px) { body { padding: 16px; } h1 { font-size: 26px; } th, td { font-size: 12.5px; padding-right: 8px; } }
@media print { figure, .panel { break-inside: avoid; } .scroll { overflow-x: visible; } }";

/// The color of a camp; the stress bound and a user's own have none of the three.
pub(crate) const fn color(camp: CampName) -> &'static str {
    match camp {
        CampName::S => "#2f6db3",
        CampName::C => "#a05b11",
        CampName::F => "#6e1538",
        CampName::X => "#7b818a",
        CampName::U => "#184f5f",
    }
}

/// A panel with the camp's chip, letter and name above its drawing.
pub(crate) fn panel(camp: CampName, name: &str, stress: bool, drawing: &str) -> String {
    let stress = if stress { ", a stress bound" } else { "" };
    format!(
        "<div class=\"panel\"><h3><span class=\"chip\" style=\"background:{}\"></span>{}</h3>\n{drawing}</div>\n",
        color(camp),
        escape(&format!("{} {name}{stress}", camp.letter()))
    )
}

/// A figure: title, what is drawn, panels, a note.
pub(crate) fn figure(title: &str, sub: &str, panels: &str, note: &str) -> String {
    let note = if note.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{}</figcaption>\n", escape(note))
    };
    format!(
        "<figure>\n<h2>{}</h2>\n<p>{}</p>\n<div class=\"panels\">\n{panels}</div>\n{note}</figure>\n",
        escape(title),
        escape(sub)
    )
}

/// A drawing under construction.
pub(crate) struct Panel {
    height: f64,
    body: String,
}

impl Panel {
    pub(crate) const fn new(height: f64) -> Self {
        Self {
            height,
            body: String::new(),
        }
    }

    /// A bar of a band: the wider it is, the fainter.
    pub(crate) fn bar(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        (color, opacity): (&str, f64),
    ) {
        self.body.push_str(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{color}\" fill-opacity=\"{opacity}\"/>\n"
        ));
    }

    pub(crate) fn line(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        (color, width): (&str, f64),
        dashed: bool,
    ) {
        let dashes = if dashed {
            " stroke-dasharray=\"4 3\""
        } else {
            ""
        };
        self.body.push_str(&format!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{color}\" stroke-width=\"{width}\"{dashes}/>\n",
            from.0, from.1, to.0, to.1
        ));
    }

    pub(crate) fn path(
        &mut self,
        points: &[(f64, f64)],
        (color, width): (&str, f64),
        dashed: bool,
    ) {
        let dashes = if dashed {
            " stroke-dasharray=\"4 3\""
        } else {
            ""
        };
        let places: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        self.body.push_str(&format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"{dashes}/>\n",
            places.join(" ")
        ));
    }

    /// A mark: full for what was found, hollow for what is compared with it.
    pub(crate) fn dot(&mut self, (x, y): (f64, f64), color: &str, full: bool) {
        let fill = if full { color } else { PAPER };
        self.body.push_str(&format!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\" fill=\"{fill}\" stroke=\"{color}\" stroke-width=\"2\"/>\n"
        ));
    }

    /// Text with the paper showing around its letters, kept inside the panel.
    pub(crate) fn text(&mut self, (x, y): (f64, f64), anchor: &str, color: &str, text: &str) {
        let long = length(text);
        let (least, most) = match anchor {
            "start" => (0.0, (WIDTH - long).max(0.0)),
            "end" => (long.min(WIDTH), WIDTH),
            _ => (
                (0.5 * long).min(0.5 * WIDTH),
                (WIDTH - 0.5 * long).max(0.5 * WIDTH),
            ),
        };
        let x = x.max(least).min(most);
        self.body.push_str(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{color}\" font-size=\"12\" stroke=\"{PAPER}\" stroke-width=\"3\" paint-order=\"stroke\">{}</text>\n",
            escape(text)
        ));
    }

    pub(crate) fn finish(self, label: &str) -> String {
        format!(
            "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {WIDTH:.0} {1:.0}\" width=\"{WIDTH:.0}\" height=\"{1:.0}\" font-family=\"inherit\">{2}</svg>\n",
            escape(label),
            self.height,
            self.body
        )
    }
}

/// About how long a text of 12 pixels is.
pub(crate) fn length(text: &str) -> f64 {
    LETTER * text.chars().count() as f64
}

/// Round values from at or below `low` to at or above `high`, four or so.
pub(crate) fn ticks(low: f64, high: f64) -> Vec<f64> {
    let span = high - low;
    if !(span.is_finite() && span > 0.0) {
        return vec![low];
    }
    let rough = span / 3.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * power);
    let first = (low / step + 1e-9).floor() as i64;
    let last = (high / step - 1e-9).ceil() as i64;
    (first..=last).map(|place| place as f64 * step).collect()
}

/// Decimals that tell ticks apart.
pub(crate) fn tick_decimals(ticks: &[f64]) -> usize {
    match ticks {
        [first, second, ..] => {
            let step = second - first;
            if step >= 1.0 {
                0
            } else {
                (-step.log10().floor()).min(6.0) as usize
            }
        }
        _ => 1,
    }
}

/// Heights of labels at least `gap` apart, as near to where they belong as that allows; the order is kept.
pub(crate) fn apart(places: &[f64], gap: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|left, right| places[*left].total_cmp(&places[*right]));
    let mut moved = places.to_vec();
    let mut least = top;
    for place in &order {
        moved[*place] = moved[*place].max(least);
        least = moved[*place] + gap;
    }
    let mut most = bottom;
    for place in order.iter().rev() {
        moved[*place] = moved[*place].min(most);
        most = moved[*place] - gap;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_over_both_ends() {
        for (low, high, expected) in [
            (0.0, 9.0, vec![0.0, 5.0, 10.0]),
            (0.0, 3.0, vec![0.0, 1.0, 2.0, 3.0]),
            (-0.2, 0.7, vec![-0.5, 0.0, 0.5, 1.0]),
        ] {
            assert_eq!(ticks(low, high), expected, "{low} to {high}");
        }
        assert_eq!(ticks(2.0, 2.0), [2.0]);
        assert_eq!(tick_decimals(&[0.0, 5.0]), 0);
        assert_eq!(tick_decimals(&[0.0, 0.5]), 1);
        assert_eq!(tick_decimals(&[0.0, 0.05]), 2);
    }

    #[test]
    fn labels_are_pushed_apart_and_stay_inside() {
        let moved = apart(&[10.0, 11.0, 12.0, 95.0], 12.0, (0.0, 100.0));
        let mut sorted = moved.clone();
        sorted.sort_by(f64::total_cmp);
        assert_eq!(moved, sorted, "the order is kept");
        assert!(moved.windows(2).all(|two| two[1] - two[0] >= 12.0));
        assert!(moved.iter().all(|place| (0.0..=100.0).contains(place)));
    }

    #[test]
    fn text_stays_inside_the_panel_and_is_escaped() {
        let mut panel = Panel::new(20.0);
        panel.text((WIDTH, 10.0), "start", INK, "<b>a long label at the edge");
        let drawn = panel.finish("a & b");
        assert!(!drawn.contains("<b>") && drawn.contains("a &amp; b"));
        let x: f64 = drawn
            .split("<text x=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap()
            .parse()
            .unwrap();
        assert!(x + length("<b>a long label at the edge") <= WIDTH + 0.1);
    }
}
