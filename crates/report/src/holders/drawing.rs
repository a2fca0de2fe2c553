//! The months drawn: what was bought, what changed in price and what nobody explains, stacked, with the running purchases.
//!
//! One scale for bars and line, in billions of dollars, zero drawn. A month without a part has no bar for it; equal numbers
//! give equal drawings. The table beside it holds the same numbers.

use brandish_data::holders::WindowMonth;
use brandish_units::Usd;

use crate::card::drawing::{Drawing, FAINT, INK, LINE};
use crate::format::signed;

/// Purchases, valuation, unexplained, and both of the latter where they cannot be told apart.
const COLORS: [(&str, &str); 4] = [
    ("net purchases", "#2b5c8a"),
    ("valuation", "#b8b29f"),
    ("unexplained", "#a05b11"),
    ("valuation and unexplained together", "#d6c9a8"),
];
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 64.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 44.0;
/// Most labels under the months.
const LABELS: usize = 12;

/// The parts of a month's change, in the order of [`COLORS`].
fn parts(month: &WindowMonth) -> [Option<f64>; 4] {
    let figures = &month.figures;
    let together = if figures.valuation.is_none() {
        figures.not_purchases
    } else {
        None
    };
    [
        figures.net_purchases.total,
        figures.valuation,
        figures.unexplained.total,
        together,
    ]
    .map(|part| part.map(Usd::bn))
}

/// A round step that gives four to eight lines over a span.
fn step(span: f64) -> f64 {
    let rough = span / 6.0;
    let power = 10f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|factor| factor * power >= rough)
        .unwrap_or(10.0);
    factor * power
}

/// Bars and line; nothing where no month has a part.
pub(super) fn months(months: &[WindowMonth], label: &str) -> Option<String> {
    let bars: Vec<[Option<f64>; 4]> = months.iter().map(parts).collect();
    let line: Vec<Option<f64>> = months
        .iter()
        .map(|month| month.cumulative.total.map(Usd::bn))
        .collect();
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for bar in &bars {
        let side = |keep: &dyn Fn(f64) -> bool| -> f64 {
            bar.iter().flatten().filter(|part| keep(**part)).sum()
        };
        low = low.min(side(&|part| part < 0.0));
        high = high.max(side(&|part| part > 0.0));
    }
    for value in line.iter().flatten() {
        low = low.min(*value);
        high = high.max(*value);
    }
    if low == high {
        return None;
    }
    let step = step(high - low);
    let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
    let up = |value: f64| TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM);
    let slot = (WIDTH - LEFT - 16.0) / months.len() as f64;
    let center = |place: usize| LEFT + slot * (place as f64 + 0.5);
    let mut drawing = Drawing::new(WIDTH, HEIGHT);
    let lines = ((high - low) / step).round() as usize;
    for place in 0..=lines {
        let value = low + step * place as f64;
        drawing.line((LEFT, up(value)), (WIDTH - 16.0, up(value)), LINE, 1.0);
        let text = signed(value, usize::from(step < 1.0));
        drawing.text((LEFT - 6.0, up(value) + 4.0), "end", FAINT, &text);
    }
    for (place, bar) in bars.iter().enumerate() {
        let (mut above, mut below) = (0.0, 0.0);
        for (part, (_, color)) in bar.iter().zip(COLORS) {
            let Some(part) = part else { continue };
            let base = if *part < 0.0 { &mut below } else { &mut above };
            let (from, to) = (up(*base), up(*base + part));
            *base += part;
            drawing.rectangle(
                (center(place) - slot * 0.35, from.min(to)),
                (slot * 0.7, (from - to).abs()),
                color,
            );
        }
    }
    drawing.line((LEFT, up(0.0)), (WIDTH - 16.0, up(0.0)), INK, 1.0);
    let points: Vec<(f64, f64)> = line
        .iter()
        .enumerate()
        .filter_map(|(place, value)| Some((center(place), up((*value)?))))
        .collect();
    drawing.path(&points, INK);
    let every = months.len().div_ceil(LABELS);
    for (place, month) in months.iter().enumerate().step_by(every.max(1)) {
        let text = month.figures.month.to_string();
        drawing.text(
            (center(place), HEIGHT - BOTTOM + 18.0),
            "middle",
            FAINT,
            &text,
        );
    }
    legend(&mut drawing, &bars);
    Some(drawing.finish(label))
}

fn legend(drawing: &mut Drawing, bars: &[[Option<f64>; 4]]) {
    let mut at = LEFT;
    for (part, (name, color)) in COLORS.iter().enumerate() {
        if bars.iter().all(|bar| bar[part].is_none()) {
            continue;
        }
        drawing.rectangle((at, 10.0), (12.0, 12.0), color);
        drawing.text((at + 18.0, 20.0), "start", FAINT, name);
        at += 36.0 + 6.8 * name.len() as f64;
    }
    drawing.line((at, 16.0), (at + 18.0, 16.0), INK, 2.0);
    drawing.text(
        (at + 24.0, 20.0),
        "start",
        FAINT,
        "net purchases, running; $bn",
    );
}

#[cfg(test)]
mod tests {
    #[test]
    fn steps_are_round() {
        for (span, step) in [
            (6.0, 1.0),
            (7.0, 2.0),
            (100.0, 20.0),
            (0.6, 0.1),
            (290.0, 50.0),
        ] {
            assert!((super::step(span) - step).abs() < 1e-12 * step, "{span}");
        }
    }
}
