//! What backtests say, misses first: text for a terminal and a Markdown page.
//!
//! Both read the same cells (`tables`), so they cannot differ. Arithmetic on results is not done here, beyond the differences and counts
//! that the declaration names (what yields would have done without the sale; how many windows are covered).

mod tables;

use brandish_scenario::LongTable;
use brandish_scenario::backtest::{Backtest, Declaration, Verdict, Weights, rows};

use crate::format::ascii;
use crate::text::SummaryStyle;
use tables::{Cells, Last};

const MISSES: &[Verdict] = &[Verdict::Miss];
const SMALL: &[Verdict] = &[Verdict::TooSmall];
const HITS: &[Verdict] = &[Verdict::Hit];

/// Everything the backtest views show.
#[derive(Debug, Clone, Copy)]
pub struct BacktestView<'a> {
    /// Episodes, in order.
    pub backtests: &'a [Backtest],
    /// Weights before and after.
    pub weights: &'a Weights,
    /// The rules.
    pub declaration: &'a Declaration,
}

impl BacktestView<'_> {
    /// The long table of the backtests.
    #[must_use]
    pub fn table(&self, run_id: &str) -> LongTable {
        LongTable {
            run_id: run_id.to_owned(),
            scenario: "backtest".to_owned(),
            as_of: None,
            rows: rows(self.backtests, self.weights, self.declaration),
        }
    }

    /// Text for a terminal.
    #[must_use]
    pub fn text(&self, style: SummaryStyle) -> String {
        let text = self.wide_text(style.width);
        if style.plain { ascii(&text) } else { text }
    }

    fn wide_text(&self, width: usize) -> String {
        let mut out = String::new();
        for line in wrapped(&tables::headline(self.backtests), width) {
            out.push_str(&format!("{line}\n"));
        }
        out.push('\n');
        for (title, cells) in self.sections() {
            if cells.rows.is_empty() {
                if title == MISSES_TITLE {
                    out.push_str("No misses.\n\n");
                }
                continue;
            }
            out.push_str(&format!("{title}\n{}\n", aligned(&cells, width)));
        }
        let sentences = [
            Some(tables::how_little(self.weights)),
            tables::failed(self.backtests),
        ];
        for line in sentences
            .iter()
            .flatten()
            .flat_map(|text| wrapped(text, width))
        {
            out.push_str(&format!("{line}\n"));
        }
        out
    }

    /// The page, as Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        let mut out = PAGE_HEAD.to_owned();
        out.push_str(&format!("\n{}\n", tables::headline(self.backtests)));
        for (title, cells) in self.sections() {
            out.push_str(&format!("\n## {title}\n\n"));
            if let Some((_, words)) = ABOUT.iter().find(|(name, _)| *name == title) {
                out.push_str(&format!("{words}\n\n"));
            }
            if cells.rows.is_empty() {
                out.push_str("None.\n");
            } else {
                out.push_str(&markdown(&cells));
            }
            if title == WEIGHTS_TITLE {
                out.push_str(&format!("\n{}\n", tables::how_little(self.weights)));
            }
            if title == COVERAGE_TITLE
                && let Some(failed) = tables::failed(self.backtests)
            {
                out.push_str(&format!("\n{failed}\n"));
            }
        }
        out
    }

    fn sections(&self) -> Vec<(&'static str, Cells)> {
        let scored = |verdicts| tables::verdicts(self.backtests, self.declaration, verdicts);
        vec![
            (MISSES_TITLE, scored(MISSES)),
            ("Too small to score", scored(SMALL)),
            ("As declared", scored(HITS)),
            (COVERAGE_TITLE, tables::coverage(self.backtests)),
            (WEIGHTS_TITLE, tables::weights(self.weights)),
            (
                FORECAST_TITLE,
                tables::forecasts(self.backtests, self.declaration),
            ),
            ("What else moved", tables::others(self.backtests)),
            ("What was sold", tables::amounts(self.backtests)),
        ]
    }
}

const MISSES_TITLE: &str = "Misses";
const COVERAGE_TITLE: &str = "Coverage";
const WEIGHTS_TITLE: &str = "What this says about the camps";
const FORECAST_TITLE: &str = "Recorded predictions";

const PAGE_HEAD: &str = "# Backtests

What the engine says about real episodes, misses first. Written by
`brandish backtest --format markdown`; the rules were declared in
[backtests/declaration.toml](../backtests/declaration.toml) before anything was computed, and its history shows it. The same on a terminal:
`brandish backtest`. Your own episode: `brandish backtest FILE.toml` ([format](reference/episode-files.md)).

The *effect* is what the flow does to the ten-year par yield according to a camp, median with its Monte Carlo error and
90% band of its draws. *Predicted* adds everything
else that moves yields in as many days, from the daily variance known on the as-of day: this is what has to cover the observed change. *Sample* is
`in` where a study behind the camp used the days of the window. The Federal Reserve's rule is off unless an episode turns it on. Camp X is a stress bound.
";

/// Words under a title of the page.
const ABOUT: [(&str, &str); 4] = [
    (
        MISSES_TITLE,
        "Windows and camps that did not come out as declared. They are not repaired by choosing other windows, tenors or amounts.",
    ),
    (
        COVERAGE_TITLE,
        "How often the observed change lies inside the bands of the prediction, over windows judged net, counterfactual or not-explained. \
         Windows of one episode overlap, so they are not independent.",
    ),
    (
        WEIGHTS_TITLE,
        "Weight after = stated weight x likelihood of the observed changes, main windows that are out-of-sample for every headline camp.",
    ),
    (
        FORECAST_TITLE,
        "Made from the amounts alone; what yields did is not in the program's data.",
    ),
];

/// Columns aligned over all rows. Where a row does not fit, its last cell (the longest, in words) stands below it.
fn aligned(cells: &Cells, width: usize) -> String {
    let rows = || std::iter::once(&cells.header).chain(&cells.rows);
    let widest = |place: usize| {
        let lengths = rows().filter_map(|row| row.get(place));
        lengths.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..cells.header.len()).map(widest).collect();
    let total: usize = widths.iter().map(|column| column + 2).sum();
    let beside = total <= width || cells.last == Last::Cell;
    let mut out = String::new();
    for (number, row) in rows().enumerate() {
        let shown = if beside { row.len() } else { row.len() - 1 };
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .take(shown)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        out.push_str(&format!("  {}\n", line.join("  ").trim_end()));
        if let Some(words) = row.last()
            && !beside
            && number > 0
        {
            for line in wrapped(words, width.saturating_sub(6)) {
                out.push_str(&format!("      {line}\n"));
            }
        }
    }
    out
}

/// Text in lines of at most `width` characters (at least 20), broken between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(20);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn markdown(cells: &Cells) -> String {
    let line = |row: &[String]| {
        let escaped: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
        format!("| {} |\n", escaped.join(" | "))
    };
    let mut out = line(&cells.header);
    out.push_str(&format!("|{}\n", "---|".repeat(cells.header.len())));
    for row in &cells.rows {
        out.push_str(&line(row));
    }
    out
}
