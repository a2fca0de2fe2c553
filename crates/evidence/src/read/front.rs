//! Headline and stated date at the top of a text.
//!
//! A headline is a first line that does not end like a sentence, or a line in title case above a byline. A date is
//! stated when a short line at the top (a byline, a "published" line, a bare date) writes day, month and year; dates inside
//! sentences are the story's, not the document's.

use brandish_units::Date;

use crate::model::Span;
use crate::when;

pub(crate) struct Front {
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Date>,
    /// Where the line that states it stands.
    pub(crate) published_at: Option<Span>,
    pub(crate) time_zone: Option<String>,
}

const TOP: usize = 12;

pub(crate) fn find(text: &str) -> Front {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .take(TOP)
        .collect();
    let mut published = None;
    let mut published_at = None;
    let mut time_zone = None;
    for line in &lines {
        let words = line.split_whitespace().count();
        let lower = line.to_ascii_lowercase();
        let dateline = line
            .find([')', '—', '–'])
            .filter(|at| *at < 60)
            .map(|at| &line[..at]);
        let stated = if words <= 14 && !ends_sentence(line) {
            Some(*line)
        } else {
            dateline
        };
        if let Some(part) = stated
            && let Some(date) = when::full_date(part)
            && (words <= 6
                || dateline.is_some()
                || lower.starts_with("by ")
                || lower.starts_with("date")
                || ["published", "updated", "posted"]
                    .iter()
                    .any(|w| lower.contains(w))
                || metadata(line))
        {
            published = Some(date);
            published_at = place(text, part);
            time_zone = [
                "JST", "GMT", "UTC", "EST", "EDT", "ET", "BST", "CET", "CEST",
            ]
            .iter()
            .find(|z| {
                line.split(|c: char| !c.is_ascii_alphabetic())
                    .any(|w| w == **z)
            })
            .map(|z| (*z).to_owned());
            break;
        }
    }
    Front {
        title: title(&lines),
        published,
        published_at,
        time_zone,
    }
}

/// Code points of a part of the text.
fn place(text: &str, part: &str) -> Option<Span> {
    let byte = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let start = text.get(..byte)?.chars().count();
    Some(Span {
        start,
        end: start + part.chars().count(),
    })
}

/// The line is a date with little around it.
fn metadata(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    digits >= 5 && line.chars().count() <= 60
}

fn title(lines: &[&str]) -> Option<String> {
    let first = lines.first()?;
    let clean = |line: &str| {
        line.trim_start_matches('#')
            .trim()
            .trim_matches('*')
            .to_owned()
    };
    if headline(first) && when::full_date(first).is_none() {
        return Some(clean(first));
    }
    let at = lines.windows(2).position(|pair| {
        headline(pair[0])
            && when::full_date(pair[0]).is_none()
            && pair[1].to_ascii_lowercase().starts_with("by ")
    });
    at.and_then(|at| lines.get(at)).map(|line| clean(line))
}

fn headline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let hashtag = line.starts_with('#') && !line.starts_with("# ") && !line.starts_with("##");
    (4..=26).contains(&words)
        && !ends_sentence(line)
        && !line.to_ascii_lowercase().starts_with("by ")
        && !hashtag
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', ')', '»', ' '])
        .ends_with(['.', '!', ':', ';', ',', '…'])
}
