//! The claims of a set of documents as text for a terminal.
//!
//! Gravest first: claim, verdict, the record's row and the arithmetic; then each drift with the changed words; then the
//! timeline. Control and direction characters of a document are dropped, so that no text can steer the terminal.

use brandish_evidence::Span;

use super::cards::{Card, Cards, Telling};
use crate::format::ascii;
use crate::text::SummaryStyle;

/// The text, lines ended by `\n`.
#[must_use]
pub fn claims_text(cards: &Cards, style: SummaryStyle) -> String {
    let mut text = Text {
        width: style.width.max(40),
        plain: style.plain,
        text: String::new(),
    };
    for (number, (file, date, title)) in cards.documents.iter().enumerate() {
        let date = if date.is_empty() { "no date" } else { date };
        text.wrapped(&format!("{number} {file} · {date} · {title}"), 2);
    }
    for note in &cards.notes {
        text.wrapped(&format!("note: {note}"), 2);
    }
    let total: usize = cards.counts.iter().map(|c| c.1).sum();
    let counts: Vec<String> = cards
        .counts
        .iter()
        .map(|(kind, count)| format!("{count} {}", kind.word()))
        .collect();
    text.line("");
    text.wrapped(&format!("{total} claims: {}", counts.join(" · ")), 2);
    for card in &cards.cards {
        one(&mut text, card);
    }
    if !cards.timeline.is_empty() {
        text.line("");
        text.line("timeline");
        for (date, zones, event, claims) in &cards.timeline {
            let zones = if zones.is_empty() {
                String::new()
            } else {
                format!(" ({zones})")
            };
            text.wrapped(&format!("{date} {event}{zones} · {claims}"), 2);
        }
    }
    text.text
}

fn one(text: &mut Text, card: &Card) {
    text.line("");
    for telling in &card.tellings {
        text.wrapped(&line(card, telling), 2);
        if !telling.asked.is_empty() {
            text.wrapped(&format!("  asked {}", telling.asked), 4);
        }
        for place in &telling.also {
            let Span { start, end } = place.span;
            let words = format!("{}{}{}", place.before, place.text, place.after);
            text.wrapped(
                &format!("  also {}, {start} to {end}: {words}", telling.document),
                4,
            );
        }
        for (drift, note) in &telling.drift {
            text.wrapped(&format!("  ! {}: {note}", drift.word()), 4);
        }
    }
    for found in &card.lines {
        text.wrapped(&format!("  {}: {}", found.label, found.text), 4);
    }
    for note in &card.notes {
        text.wrapped(&format!("  note: {note}"), 4);
    }
}

fn line(card: &Card, telling: &Telling) -> String {
    let words: String = telling
        .words
        .iter()
        .map(|s| {
            if s.changed {
                format!("[{}]", s.text.trim())
            } else {
                s.text.clone()
            }
        })
        .collect();
    let speaker = if telling.speaker.is_empty() {
        String::new()
    } else {
        format!(" · {}", telling.speaker)
    };
    format!(
        "{} {} · {}{speaker}: {words}",
        telling.id,
        card.kind.word(),
        telling.verdict.word()
    )
}

struct Text {
    width: usize,
    plain: bool,
    text: String,
}

impl Text {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Words wrapped to the width; further lines are indented.
    fn wrapped(&mut self, content: &str, indent: usize) {
        let safe: String = content
            .chars()
            .filter_map(|c| match c {
                '\n' | '\t' | '\r' => Some(' '),
                c if c.is_control() => None,
                '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
                c => Some(c),
            })
            .collect();
        let content = if self.plain { ascii(&safe) } else { safe };
        let lead = content.len() - content.trim_start_matches(' ').len();
        let mut line = " ".repeat(lead);
        let mut used = lead;
        for word in content.split(' ').filter(|word| !word.is_empty()) {
            let length = word.chars().count();
            if used > lead && used + 1 + length > self.width {
                self.line(&line);
                line = " ".repeat(indent);
                used = indent;
            } else if used > lead {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += length;
        }
        self.line(&line);
    }
}
