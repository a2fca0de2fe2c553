//! What is wrong, where, and what would be right: one value that terminal, page and tests can show.
//!
//! A `Diagnostic` carries its own copy of the offending line, so it can be rendered without the source and long
//! after the file was read. Checks that need more than the file (a sale larger than what its seller holds) build
//! theirs with `Diagnostic::error` or `::warning` on the `Origin` that the checked scenario kept. Text that comes
//! from a file is shown with control characters escaped, so a file cannot drive the reader's terminal.

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// A place in a source text, with the line it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Name of the file as the user gave it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Bytes of the source that are meant.
    pub span: Range<usize>,
    /// The line's text without its end.
    pub line_text: String,
    /// Bytes of `line_text` that are meant; it ends with the line where the span goes on.
    pub line_span: Range<usize>,
}

/// A named source text that can turn byte ranges into places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    file: String,
    text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// Takes `text` under the name `file`.
    pub fn new(file: &str, text: &str) -> Self {
        let after_newline = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            file: file.to_owned(),
            text: text.to_owned(),
            line_starts: std::iter::once(0).chain(after_newline).collect(),
        }
    }

    /// The name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of `span`, which is cut to the text and to whole characters.
    pub fn origin(&self, span: Range<usize>) -> Origin {
        let start = floor_char(&self.text, span.start);
        let end = floor_char(&self.text, span.end.max(start));
        let line_index = self
            .line_starts
            .partition_point(|&s| s <= start)
            .saturating_sub(1);
        let line_start = self.line_starts.get(line_index).copied().unwrap_or(0);
        let rest = self.text.get(line_start..).unwrap_or("");
        let line_text = rest.lines().next().unwrap_or("");
        let within = |at: usize| floor_char(line_text, at.saturating_sub(line_start));
        let (from, to) = (within(start), within(end));
        Origin {
            file: self.file.clone(),
            line: line_index + 1,
            column: line_text
                .get(..from)
                .map_or(0, |before| before.chars().count())
                + 1,
            span: start..end,
            line_text: line_text.to_owned(),
            line_span: from..to,
        }
    }
}

/// The largest character boundary of `text` that is at most `at`.
fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a run can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file is refused.
    Error,
    /// The file is accepted; the reader should know.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One thing to say about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Number that can be looked up, e.g. `BR105`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where.
    pub origin: Origin,
    /// Words beside the underline.
    pub label: Option<String>,
    /// All values or names that are allowed here.
    pub allowed: Vec<String>,
    /// The allowed one that is nearest to what was written.
    pub nearest: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, origin: Origin, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, origin, message.into())
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, origin: Origin, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, origin, message.into())
    }

    fn new(code: &'static str, severity: Severity, origin: Origin, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            origin,
            label: None,
            allowed: Vec::new(),
            nearest: None,
            help: None,
        }
    }

    /// With words beside the underline.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With the allowed values, and the nearest of them to `written` where one is near.
    #[must_use]
    pub fn allowed(mut self, written: &str, allowed: &[&str]) -> Self {
        self.nearest = nearest(written, allowed.iter().copied()).map(str::to_owned);
        self.allowed = allowed.iter().map(|&a| a.to_owned()).collect();
        self
    }

    /// Rendered for a terminal of 100 columns.
    pub fn render(&self, color: bool) -> String {
        self.render_within(color, 100)
    }

    /// Rendered with source lines cut to `columns`, with `…` where text was left out.
    pub fn render_within(&self, color: bool, columns: usize) -> String {
        let paint = Paint { color };
        let tone = match self.severity {
            Severity::Error => RED,
            Severity::Warning => YELLOW,
        };
        let number = self.origin.line.to_string();
        let gutter = " ".repeat(number.len());
        let bar = paint.with(BLUE, "|");
        let window = Window::around(
            &self.origin,
            columns.saturating_sub(number.len() + 3).max(20),
        );
        let head = format!("{}[{}]", self.severity, self.code);
        let mut out = format!(
            "{}: {}\n",
            paint.with(tone, &head),
            printable(&self.message)
        );
        let place = format!(
            "{}:{}:{}",
            printable(&self.origin.file),
            self.origin.line,
            self.origin.column
        );
        out.push_str(&format!("{gutter}{} {place}\n", paint.with(BLUE, "-->")));
        out.push_str(&format!("{gutter} {bar}\n"));
        out.push_str(&format!(
            "{} {bar} {}\n",
            paint.with(BLUE, &number),
            window.text
        ));
        let mut marks = "^".repeat(window.width.max(1));
        if let Some(label) = &self.label {
            marks.push(' ');
            marks.push_str(&printable(label));
        }
        let indent = " ".repeat(window.offset);
        out.push_str(&format!(
            "{gutter} {bar} {indent}{}\n",
            paint.with(tone, &marks)
        ));
        let mut note = |kind: &str, text: &str| {
            let text = printable(text);
            out.push_str(&format!(
                "{gutter} {} {kind}: {text}\n",
                paint.with(BLUE, "=")
            ));
        };
        if let Some(nearest) = &self.nearest {
            note("nearest", &format!("`{nearest}`"));
        }
        if !self.allowed.is_empty() {
            note("allowed", &self.allowed.join(", "));
        }
        if let Some(help) = &self.help {
            note("help", help);
        }
        out
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const BLUE: &str = "1;34";

struct Paint {
    color: bool,
}

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// The part of a line that is shown, and where the underline stands in it, in terminal columns.
struct Window {
    text: String,
    offset: usize,
    width: usize,
}

impl Window {
    /// Shows about half of `columns` before the underlined text and what fits after it.
    fn around(origin: &Origin, columns: usize) -> Self {
        let mut cells = Vec::new();
        for (at, c) in origin.line_text.char_indices() {
            let shown = printable_char(c);
            let width = shown.chars().map(|c| c.width().unwrap_or(0)).sum();
            cells.push(Cell { at, shown, width });
        }
        let first = cells.partition_point(|c| c.at < origin.line_span.start);
        let last = cells
            .partition_point(|c| c.at < origin.line_span.end)
            .max(first);
        let total: usize = cells.iter().map(|c| c.width).sum();
        let (mut from, mut to) = (0, cells.len());
        if total > columns {
            let mut before = 0;
            from = first;
            while from > 0 && before + cells[from - 1].width <= columns / 3 {
                from -= 1;
                before += cells[from].width;
            }
            let mut used = before;
            to = first;
            while to < cells.len() && used + cells[to].width <= columns.saturating_sub(2) {
                used += cells[to].width;
                to += 1;
            }
        }
        let lead = if from > 0 { "…" } else { "" };
        let tail = if to < cells.len() { "…" } else { "" };
        let width_of = |range: Range<usize>| -> usize {
            cells
                .get(range)
                .map_or(0, |part| part.iter().map(|c| c.width).sum())
        };
        let body: String = cells[from..to].iter().map(|c| c.shown.as_str()).collect();
        Self {
            offset: lead.chars().count() + width_of(from..first),
            width: width_of(first..last.min(to).max(first)),
            text: format!("{lead}{body}{tail}"),
        }
    }
}

struct Cell {
    at: usize,
    shown: String,
    width: usize,
}

/// `text` with control characters escaped.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(printable_char).collect()
}

/// Tabs become four spaces; control and direction-changing characters are written as escapes.
fn printable_char(c: char) -> String {
    let turns_text =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    match c {
        '\t' => "    ".to_owned(),
        c if c.is_control() || turns_text => c.escape_unicode().to_string(),
        c => c.to_string(),
    }
}

/// `text` as it is quoted in a message: escaped and at most 60 characters.
pub(crate) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    printable(&short)
}

/// The candidate with the smallest edit distance to `written`, if that is at most a third of the longer name
/// (one letter in names of two). Case does not count; the first of equals wins.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let folded = written.to_lowercase();
    if folded.chars().count() > 64 {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = edit_distance(&folded, &candidate.to_lowercase());
        let longer = folded.chars().count().max(candidate.chars().count());
        if distance <= (longer / 3).max(1).min(longer.saturating_sub(1))
            && best.is_none_or(|(d, _)| distance < d)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Insertions, deletions, substitutions and swaps of neighbors (optimal string alignment) between two words.
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let differs = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + differs);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(0)
}
