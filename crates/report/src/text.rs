//! Text for a terminal: lines of a given width, wrapped words, columns of words and numbers.
//!
//! `plain` replaces every sign outside ASCII before the text is laid out, because some become longer. A table's columns are as
//! wide as their widest cell: nothing is cut, so identifiers and numbers can be copied. What does not fit the width is the
//! caller's to leave out.

use crate::format::ascii;

/// Narrowest layout; below it lines may be longer than the terminal.
const NARROWEST: usize = 40;
/// Spaces between columns.
const GAP: usize = 2;

/// How text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummaryStyle {
    /// Columns of the terminal.
    pub width: usize,
    /// ASCII only.
    pub plain: bool,
}

/// Lines being written.
pub(crate) struct Text {
    /// Columns.
    pub width: usize,
    /// ASCII only.
    pub plain: bool,
    text: String,
}

impl Text {
    /// Nothing yet.
    pub fn new(style: SummaryStyle) -> Text {
        Text {
            width: style.width.max(NARROWEST),
            plain: style.plain,
            text: String::new(),
        }
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.text
    }

    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(&clean(line.trim_end(), self.plain));
        self.text.push('\n');
    }

    /// A line across.
    pub fn rule(&mut self) {
        self.line(&"─".repeat(self.width));
    }

    /// Words wrapped to the width; further lines are indented.
    pub fn wrapped(&mut self, content: &str, indent: usize) {
        let content = clean(content, self.plain);
        let mut line = String::new();
        let mut used = 0;
        // Only the plain space breaks: U+202F keeps a number and its unit together.
        for word in content.split(' ').filter(|word| !word.is_empty()) {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > self.width {
                self.line(&line);
                line = " ".repeat(indent);
                used = indent;
            } else if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += length;
        }
        self.line(&line);
    }
}

/// The text with ASCII signs only, if asked for; before it is laid out, because some signs become longer.
pub(crate) fn clean(text: &str, plain: bool) -> String {
    if plain { ascii(text) } else { text.to_owned() }
}

/// Text on the left of a column.
pub(crate) fn left(text: &str, width: usize) -> String {
    let length = text.chars().count();
    format!("{text}{}", " ".repeat(width.saturating_sub(length)))
}

/// Text on the right of a column.
pub(crate) fn right(text: &str, width: usize) -> String {
    let length = text.chars().count();
    format!("{}{text}", " ".repeat(width.saturating_sub(length)))
}

/// On which side of its column a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column<'a> {
    name: &'a str,
    side: Side,
    /// Columns with a higher number go first where the terminal is narrow; zero stays.
    spare: u8,
}

/// A column of words.
pub(crate) const fn words(name: &str, spare: u8) -> Column<'_> {
    Column {
        name,
        side: Side::Left,
        spare,
    }
}

/// A column of numbers.
pub(crate) const fn numbers(name: &str, spare: u8) -> Column<'_> {
    Column {
        name,
        side: Side::Right,
        spare,
    }
}

impl Text {
    /// A table: columns as wide as their widest cell, two spaces between them. Where that is wider than the terminal, spare columns are left
    /// out, whole; nothing is cut.
    pub fn table(&mut self, columns: &[Column<'_>], rows: &[Vec<String>]) {
        let header = columns
            .iter()
            .map(|column| column.name.to_owned())
            .collect();
        let rows: Vec<Vec<String>> = std::iter::once(&header)
            .chain(rows)
            .map(|row| row.iter().map(|cell| clean(cell, self.plain)).collect())
            .collect();
        let widths: Vec<usize> = (0..columns.len())
            .map(|place| {
                let cells = rows.iter().filter_map(|row| row.get(place));
                cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
            })
            .collect();
        let mut kept: Vec<usize> = (0..columns.len()).collect();
        let total = |kept: &[usize]| -> usize {
            kept.iter().map(|place| widths[*place] + GAP).sum::<usize>() - GAP.min(kept.len() * GAP)
        };
        while total(&kept) > self.width
            && let Some(least) = kept
                .iter()
                .copied()
                .filter(|place| columns[*place].spare > 0)
                .max_by_key(|place| columns[*place].spare)
        {
            kept.retain(|place| *place != least);
        }
        for row in &rows {
            let cells: Vec<String> = kept
                .iter()
                .filter_map(|place| {
                    let (cell, width) = (row.get(*place)?, widths[*place]);
                    Some(match columns[*place].side {
                        Side::Left => left(cell, width),
                        Side::Right => right(cell, width),
                    })
                })
                .collect();
            self.line(&cells.join(&" ".repeat(GAP)));
        }
    }
}
