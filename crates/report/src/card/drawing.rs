//! Drawings of a valuation as SVG: map of credibility, split of the value, deals by month, worth by size, tree.
//!
//! Places follow from numbers by fixed scales, so equal numbers give equal drawings. Colors are few and print in gray; every
//! drawing stands beside a table with the same numbers. All text is escaped where it is written.

use brandish_card::{BySize, CardValue, CredibilityMap, SmallTree};

use crate::format::{fixed, signed};
use crate::page::escape;

/// Colors: ink, faint ink, lines. A page that names them otherwise, for a dark screen, is followed.
pub(crate) const INK: &str = "var(--ink, #16191d)";
pub(crate) const FAINT: &str = "var(--ink-2, #4a5058)";
pub(crate) const LINE: &str = "var(--rule, #d9d5cb)";
/// The page's own color, and that of branches.
const PAPER: &str = "var(--paper, #fcfbf8)";
const BRANCH: &str = "var(--branch, #b8b29f)";
const PARTS: [(&str, &str); 4] = [
    ("deterring", "var(--deter, #2b5c8a)"),
    ("compelling", "var(--compel, #6aa3c8)"),
    ("time", "var(--time, #b8b29f)"),
    ("cost of playing", "var(--cost, #a05b11)"),
];

/// A drawing under construction.
pub(crate) struct Drawing {
    width: f64,
    height: f64,
    body: String,
}

impl Drawing {
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            body: String::new(),
        }
    }

    pub(crate) fn rectangle(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        fill: &str,
    ) {
        self.body.push_str(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        ));
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), color: &str, width: f64) {
        self.body.push_str(&format!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{color}\" stroke-width=\"{width}\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    pub(crate) fn path(&mut self, points: &[(f64, f64)], color: &str) {
        let places: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        self.body.push_str(&format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>",
            places.join(" ")
        ));
    }

    pub(crate) fn text(&mut self, (x, y): (f64, f64), anchor: &str, color: &str, text: &str) {
        self.body.push_str(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{color}\" font-size=\"12\">{}</text>",
            escape(text)
        ));
    }

    /// Text on a line: the paper shows around the letters.
    fn text_on_line(&mut self, (x, y): (f64, f64), text: &str) {
        self.body.push_str(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" fill=\"{INK}\" font-size=\"12\" stroke=\"{PAPER}\" stroke-width=\"4\" paint-order=\"stroke\">{}</text>",
            escape(text)
        ));
    }

    pub(crate) fn finish(self, label: &str) -> String {
        format!(
            "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {:.0} {:.0}\" width=\"{:.0}\" height=\"{:.0}\" font-family=\"inherit\">{}</svg>\n",
            escape(label),
            self.width,
            self.height,
            self.width,
            self.height,
            self.body
        )
    }
}

/// From paper to blue over 0 to 1.
fn shade(share: f64) -> String {
    let mix = |from: f64, to: f64| (from + (to - from) * share.clamp(0.0, 1.0)).round() as u8;
    format!(
        "#{:02x}{:02x}{:02x}",
        mix(246.0, 29.0),
        mix(242.0, 78.0),
        mix(231.0, 122.0)
    )
}

/// Probability of a deal over size (across) and resolve (up), with the frontier at one half.
pub(super) fn credibility(map: &CredibilityMap, letter: &str) -> String {
    // Twenty cells a side: whole pixels, so that no seams show between them.
    let (left, top, side) = (50.0, 24.0, 240.0);
    let mut drawing = Drawing::new(left + side + 10.0, top + side + 48.0);
    let cell = (
        side / map.sizes.len() as f64,
        side / map.resolve.len() as f64,
    );
    for (column, row) in map.deal.iter().enumerate() {
        for (line, deal) in row.iter().enumerate() {
            let place = (
                left + cell.0 * column as f64,
                top + side - cell.1 * (line + 1) as f64,
            );
            // A cell that stayed open shows the page.
            if let Some(deal) = deal {
                drawing.rectangle(place, (cell.0 + 0.8, cell.1 + 0.8), &shade(*deal));
            }
        }
    }
    let up = |resolve: f64| {
        let (low, high) = match (map.resolve.first(), map.resolve.last()) {
            (Some(low), Some(high)) if high > low => (*low, *high),
            _ => (0.0, 1.0),
        };
        let steps = (map.resolve.len() - 1).max(1) as f64;
        let at = (resolve - low) / (high - low) * steps + 0.5;
        top + side - cell.1 * at
    };
    let frontier: Vec<(f64, f64)> = map
        .frontier
        .iter()
        .enumerate()
        .filter_map(|(column, resolve)| {
            Some((left + cell.0 * (column as f64 + 0.5), up((*resolve)?)))
        })
        .collect();
    drawing.path(&frontier, "#ffffff");
    let ends = |values: &[f64], decimals: usize| {
        let text = |value: Option<&f64>| value.map_or_else(String::new, |v| fixed(*v, decimals));
        (text(values.first()), text(values.last()))
    };
    let (least, most) = ends(&map.sizes, 0);
    drawing.text(
        (left, top + side + 16.0),
        "start",
        FAINT,
        &format!("${least}bn"),
    );
    drawing.text(
        (left + side, top + side + 16.0),
        "end",
        FAINT,
        &format!("${most}bn"),
    );
    drawing.text(
        (left + 0.5 * side, top + side + 34.0),
        "middle",
        FAINT,
        "size of the sale",
    );
    let (least, most) = ends(&map.resolve, 2);
    drawing.text((left - 6.0, top + side), "end", FAINT, &least);
    drawing.text((left - 6.0, top + 10.0), "end", FAINT, &most);
    drawing.text((4.0, top - 8.0), "start", FAINT, "prior of resolve");
    drawing.finish(&format!(
        "Probability of a deal by size and resolve, camp {letter}"
    ))
}

/// The seller's value in parts: gains to the right of the line, costs to its left, one bar a camp.
pub(super) fn split(camps: &[(String, CardValue)]) -> String {
    let (left, bar, row) = (60.0, 22.0, 44.0);
    let wide = 560.0;
    let mut drawing = Drawing::new(left + wide + 90.0, 40.0 + row * camps.len() as f64);
    let parts = |value: &CardValue| [value.deterred, value.compelled, value.time, value.cost];
    let (mut low, mut high) = (0.0f64, 0.0f64);
    for (_, value) in camps {
        let values = parts(value);
        low = low.min(values.iter().filter(|v| **v < 0.0).sum());
        high = high.max(values.iter().filter(|v| **v > 0.0).sum());
    }
    let scale = wide / (high - low).max(1e-9);
    let zero = left - low * scale;
    for (number, (letter, value)) in camps.iter().enumerate() {
        let y = 8.0 + row * number as f64;
        let (mut right, mut back) = (zero, zero);
        for (amount, (_, color)) in parts(value).into_iter().zip(PARTS) {
            let long = amount.abs() * scale;
            if amount >= 0.0 {
                drawing.rectangle((right, y), (long, bar), color);
                right += long;
            } else {
                back -= long;
                drawing.rectangle((back, y), (long, bar), color);
            }
        }
        drawing.text((left - 40.0, y + 15.0), "start", INK, letter);
        let total = format!("{} $bn", signed(value.seller, 2));
        drawing.text((right + 6.0, y + 15.0), "start", INK, &total);
    }
    let bottom = 8.0 + row * camps.len() as f64;
    drawing.line((zero, 0.0), (zero, bottom), INK, 1.0);
    let mut x = left;
    for (name, color) in PARTS {
        drawing.rectangle((x, bottom + 6.0), (10.0, 10.0), color);
        drawing.text((x + 14.0, bottom + 15.0), "start", FAINT, name);
        x += 130.0;
    }
    drawing.finish("Value of the card to the seller, in parts, by camp")
}

/// Probabilities of a deal by month with their 90% bands, camps beside each other.
pub(super) fn months(rounds: &[String], camps: &[(String, Vec<[f64; 3]>)]) -> String {
    let (left, top, high) = (40.0, 16.0, 180.0);
    let group = 150.0;
    let mut drawing = Drawing::new(left + group * rounds.len() as f64 + 20.0, top + high + 40.0);
    let most = camps
        .iter()
        .flat_map(|(_, values)| values.iter().map(|value| value[2]))
        .fold(0.05f64, f64::max);
    let up = |value: f64| top + high * (1.0 - value / most);
    drawing.line(
        (left, up(0.0)),
        (left + group * rounds.len() as f64, up(0.0)),
        INK,
        1.0,
    );
    drawing.text((left - 6.0, top + 8.0), "end", FAINT, &fixed(most, 2));
    drawing.text((left - 6.0, up(0.0)), "end", FAINT, "0");
    for (round, label) in rounds.iter().enumerate() {
        let start = left + group * round as f64;
        drawing.text(
            (start + 0.5 * group, top + high + 32.0),
            "middle",
            INK,
            label,
        );
        let step = (group - 30.0) / camps.len().max(1) as f64;
        for (camp, (letter, values)) in camps.iter().enumerate() {
            let Some([low, middle, end]) = values.get(round) else {
                continue;
            };
            let x = start + 15.0 + step * (camp as f64 + 0.5);
            drawing.rectangle(
                (x - 8.0, up(*middle)),
                (16.0, up(0.0) - up(*middle)),
                PARTS[1].1,
            );
            drawing.line((x, up(*low)), (x, up(*end)), INK, 1.5);
            drawing.text((x, top + high + 16.0), "middle", FAINT, letter);
        }
    }
    drawing.finish("Probability of a deal by month and camp, with 90% bands")
}

/// Worth to the seller over size, one line a camp.
pub(super) fn sizes(camps: &[(String, &[BySize])]) -> String {
    let (left, top, wide, high) = (56.0, 16.0, 520.0, 200.0);
    let mut drawing = Drawing::new(left + wide + 50.0, top + high + 40.0);
    let all = || camps.iter().flat_map(|(_, sizes)| sizes.iter());
    let most_size = all().map(|by| by.amount).fold(1.0, f64::max);
    let low = all().map(|by| by.value).fold(0.0, f64::min);
    let most = all().map(|by| by.value).fold(low + 0.1, f64::max);
    let place = |by: &BySize| {
        (
            left + wide * by.amount / most_size,
            top + high * (most - by.value) / (most - low),
        )
    };
    let zero = top + high * most / (most - low);
    drawing.line((left, zero), (left + wide, zero), LINE, 1.0);
    for (value, y) in [(most, top), (low, top + high)] {
        drawing.text((left - 6.0, y + 4.0), "end", FAINT, &signed(value, 1));
    }
    drawing.text((left - 6.0, zero + 4.0), "end", FAINT, "0");
    for (letter, sizes) in camps {
        let points: Vec<(f64, f64)> = sizes.iter().map(place).collect();
        drawing.path(&points, PARTS[0].1);
        if let Some(last) = points.last() {
            drawing.text((last.0 + 6.0, last.1 + 4.0), "start", INK, letter);
        }
    }
    drawing.text(
        (left + wide, top + high + 20.0),
        "end",
        FAINT,
        &format!("${most_size:.0}bn"),
    );
    drawing.text(
        (left, top + high + 20.0),
        "start",
        FAINT,
        "size of the sale",
    );
    drawing.finish("Worth of the card to the seller by size, $bn")
}

/// A small game: branches with probabilities, ends with payoffs.
pub(super) fn tree(small: &SmallTree) -> String {
    let nodes = &small.nodes;
    let mut depth = vec![0usize; nodes.len()];
    for at in 0..nodes.len() {
        if let Some(before) = nodes[at].before {
            depth[at] = depth[before] + 1;
        }
    }
    // Ends get lines from top to bottom in the order of the tree; a node stands in the middle of its own.
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (at, node) in nodes.iter().enumerate() {
        if let Some(before) = node.before {
            children[before].push(at);
        }
    }
    let mut line = vec![0.0; nodes.len()];
    let mut next = 0.0;
    let mut stack = vec![0usize];
    let mut order = Vec::new();
    while let Some(at) = stack.pop() {
        order.push(at);
        if children[at].is_empty() {
            line[at] = next;
            next += 1.0;
        }
        stack.extend(children[at].iter().rev());
    }
    for at in order.iter().rev() {
        let below = &children[*at];
        if !below.is_empty() {
            line[*at] = below.iter().map(|child| line[*child]).sum::<f64>() / below.len() as f64;
        }
    }
    let large = nodes.len() > 40;
    let (column, row) = if large { (133.0, 26.0) } else { (190.0, 34.0) };
    let (left, top) = (20.0, 20.0);
    let columns = depth.iter().max().map_or(0, |most| *most) as f64;
    // Payoffs stand to the right of the last ends.
    let mut drawing = Drawing::new(left + column * columns + 110.0, top + row * next + 10.0);
    let place = |at: usize| (left + column * depth[at] as f64, top + row * line[at]);
    for at in &order {
        let node = &nodes[*at];
        let here = place(*at);
        if let Some(before) = node.before {
            let from = place(before);
            drawing.line(from, here, BRANCH, 1.0 + 5.0 * node.reach.clamp(0.0, 1.0));
            // Nearer to the end than to the beginning, where branches lie apart.
            let spot = (
                0.35 * from.0 + 0.65 * here.0,
                0.35 * from.1 + 0.65 * here.1 + 4.0,
            );
            let text = format!("{} {}", node.choice, fixed(node.probability, 2));
            drawing.text_on_line(spot, &text);
        }
        if let Some([seller, issuer]) = node.payoffs {
            let dots = if node.cut { "… " } else { "" };
            let text = format!("{dots}{}, {}", signed(seller, 1), signed(issuer, 1));
            drawing.text((here.0 + 8.0, here.1 + 4.0), "start", FAINT, &text);
        }
    }
    drawing.finish(&format!(
        "The game {}: probabilities on the branches, payoffs of seller and issuer at the ends",
        small.structure
    ))
}
