//! Headline and stated date at the top of a text.
//!
//! A headline is a first line that does not end like a sentence, or a line in title case above a byline. A date is
//! stated when a short line at the top (a byline, a "published" line, a bare date) writes day, month and year, or when the
//! text or the line below the headline opens with it ("TOKYO, 2 May 2025 - ..."); dates inside sentences are the story's, not
//! the document's, and of several lines that open with different days none is the document's.

use brandish_units::Date;

use super::stated::{Written, written};
use crate::model::Span;

pub(crate) struct Front {
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Date>,
    /// Where the line that states it stands.
    pub(crate) published_at: Option<Span>,
    pub(crate) time_zone: Option<String>,
}

const TOP: usize = 12;
/// Lines at most between the top and a sentence that opens with the document's date: headline, byline, agency.
const ABOVE: usize = 3;
/// Characters in which a dateline stands.
const OPENING: usize = 120;
const ZONES: [&str; 9] = [
    "JST", "GMT", "UTC", "EST", "EDT", "ET", "BST", "CET", "CEST",
];

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
    let chronicle = chronicle(&lines);
    for (number, line) in lines.iter().enumerate() {
        let above = lines.get(..number).unwrap_or(&[]);
        let open =
            number <= ABOVE && !chronicle && above.iter().all(|l| !ends_sentence(l) || dated(l));
        let part = apart(line).or_else(|| opening(line).filter(|_| open).map(|o| o.part));
        if let Some(part) = part
            && let Some(found) = written(part)
        {
            published = Some(found.date);
            published_at = place(text, part);
            time_zone = ZONES
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

/// The part of a line of its own that states a date: a byline, a "published" line, a bare date, a dateline.
fn apart(line: &str) -> Option<&str> {
    let words = line.split_whitespace().count();
    let lower = line.to_ascii_lowercase();
    let dateline = line
        .find([')', '—', '–'])
        .filter(|at| *at < 60)
        .and_then(|at| line.get(..at));
    let part = if words <= 14 && !ends_sentence(line) {
        line
    } else {
        dateline?
    };
    written(part)?;
    let labeled = lower.starts_with("by ")
        || lower.starts_with("date")
        || ["published", "updated", "posted"]
            .iter()
            .any(|w| lower.contains(w));
    // A line set apart by emphasis and ended by its date: "*The Ledger, a blog. A. Writer, 1 June 2026*".
    let emphasis = line.len() > 2
        && ["*", "_"]
            .iter()
            .any(|m| line.starts_with(m) && line.ends_with(m))
        && written(part).is_some_and(|w| {
            line.get(w.end..)
                .is_some_and(|r| !r.contains(char::is_alphanumeric))
        });
    (words <= 6 || dateline.is_some() || labeled || emphasis || metadata(line)).then_some(part)
}

/// A line that opens with a date.
struct Opening<'a> {
    /// Its words up to the end of the dateline.
    part: &'a str,
    found: Written,
}

/// "2 May 2025.", "2 May 2025. Japan ...", "TOKYO, May 2, 2025 - ...", "東京 2025年5月2日: ...": a date with nothing before it but
/// places, agencies and a day of the week, and behind it at most a time of day before a mark that sets it apart.
fn opening(line: &str) -> Option<Opening<'_>> {
    let whole = line;
    let line = beginning(line);
    let found = written(line)?;
    let names = line
        .get(..found.start)?
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty());
    if names.clone().count() > 6 || !names.enumerate().all(|(n, w)| heads(w, n == 0)) {
        return None;
    }
    // "(Friday) -", "10:15 JST -", "at 6:22am".
    let behind = line.get(found.end..)?;
    let mark = behind.char_indices().find(|(at, c)| {
        let next = behind
            .get(at + c.len_utf8()..)
            .and_then(|rest| rest.chars().next());
        let before = behind.get(..*at).unwrap_or("");
        match c {
            '—' | '–' | '|' | '。' | '·' | '•' => true,
            '-' => before.ends_with(' ') && next.is_none_or(char::is_whitespace),
            '.' | ':' => next.is_none_or(char::is_whitespace),
            _ => false,
        }
    });
    let end = match mark {
        Some((at, _)) => found.end + at,
        None if line.len() == whole.len() => line.len(),
        None => return None,
    };
    furniture(line.get(found.end..end)?).then_some(Opening {
        part: line.get(..end)?.trim_end(),
        found,
    })
}

/// As much of a line as a dateline may take.
fn beginning(line: &str) -> &str {
    let end = line
        .char_indices()
        .nth(OPENING)
        .map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or(line)
}

/// A word that may stand before the date of a dateline: a name, a label, no preposition of a sentence.
fn heads(word: &str, first: bool) -> bool {
    let lower = word.to_lowercase();
    let label = matches!(
        lower.as_str(),
        "published" | "updated" | "posted" | "date" | "dated" | "filed" | "at" | "on" | "of"
    );
    let preposition = matches!(
        lower.as_str(),
        "on" | "in"
            | "by"
            | "since"
            | "until"
            | "from"
            | "after"
            | "before"
            | "at"
            | "of"
            | "to"
            | "for"
    );
    let capital = word.chars().next().is_some_and(|c| !c.is_lowercase());
    (label && !(first && preposition)) || (capital && !preposition)
}

/// Times of day, zones and days of the week beside a date.
fn furniture(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .all(|w| {
            let lower = w.to_lowercase();
            let clock = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            ZONES.contains(&w)
                || matches!(
                    lower.as_str(),
                    "at" | "am" | "pm" | "a" | "p" | "m" | "local" | "time"
                )
                || !clock.is_empty()
                    && clock.chars().all(|c| c.is_ascii_digit())
                    && matches!(lower.get(clock.len()..), Some("" | "am" | "pm" | "h" | "z"))
                || [
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                ]
                .iter()
                .any(|d| lower.len() >= 3 && d.starts_with(&lower))
                || lower.chars().all(|c| "月火水木金土日付発".contains(c))
        })
}

/// A date and its furniture are the whole line, a full stop or not.
fn dated(line: &str) -> bool {
    opening(line).is_some_and(|o| line.len() <= o.part.len() + 3)
}

/// Several lines open with different days: a list of events, of which none dates the document.
fn chronicle(lines: &[&str]) -> bool {
    let mut days = lines
        .iter()
        .filter_map(|l| opening(l))
        .map(|o| o.found.date);
    let first = days.next();
    days.any(|d| Some(d) != first)
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
    // A date alone may stand above the headline.
    let first = lines.iter().find(|l| !dated(l))?;
    let clean = |line: &str| {
        line.trim_start_matches('#')
            .trim()
            .trim_matches('*')
            .to_owned()
    };
    if headline(first) && written(first).is_none() {
        return Some(clean(first));
    }
    let at = lines.windows(2).position(|pair| {
        headline(pair[0])
            && written(pair[0]).is_none()
            && pair[1].to_ascii_lowercase().starts_with("by ")
    });
    at.and_then(|at| lines.get(at)).map(|line| clean(line))
}

fn headline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let hashtag = line.starts_with('#') && !line.starts_with("# ") && !line.starts_with("##");
    (3..=26).contains(&words)
        && !ends_sentence(line)
        && !line.to_ascii_lowercase().starts_with("by ")
        && !hashtag
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', ')', '»', ' '])
        .ends_with(['.', '!', ':', ';', ',', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(text: &str) -> Option<String> {
        find(text).published.map(|d| d.to_string())
    }

    const BODY: &str =
        "Japan held bonds on 3 March 2024, the ministry said. Nothing else was sold.\n";

    #[test]
    fn a_date_that_opens_the_text_is_the_documents() {
        for date in [
            "2 May 2025.",
            "May 2, 2025",
            "May 2nd, 2025.",
            "2025-05-02.",
            "2025/5/2",
            "2025年5月2日（金）",
            "令和7年5月2日。",
            "Tokyo, Friday, 2 May 2025.",
            "Published: 2 May 2025, 10:15 JST.",
        ] {
            for top in [
                "",
                "Kato speaks of the card again\n",
                "Kato speaks of the card again\nBy A. Writer\n\n",
            ] {
                let text = format!("{top}{date}\n\n{BODY}");
                assert_eq!(published(&text).as_deref(), Some("2025-05-02"), "{text}");
                let front = find(&text);
                let words: Option<String> = front
                    .published_at
                    .map(|s| text.chars().skip(s.start).take(s.end - s.start).collect());
                let bare = date.trim_end_matches(['.', '。']);
                assert_eq!(
                    words.as_deref().map(|w| w.trim_end_matches(['.', '。'])),
                    Some(bare),
                    "{text}"
                );
                if !top.is_empty() {
                    assert_eq!(
                        front.title.as_deref(),
                        Some("Kato speaks of the card again")
                    );
                }
            }
        }
        for start in [
            "2 May 2025. ",
            "TOKYO, May 2, 2025 - ",
            "LONDON (Wire) 2 May 2025: ",
            "Tokyo 2025-05-02 10:15 JST | ",
            "東京 2025年5月2日 — ",
        ] {
            let text = format!("{start}{BODY}");
            assert_eq!(published(&text).as_deref(), Some("2025-05-02"), "{text}");
        }
    }

    #[test]
    fn a_date_above_the_headline_hides_neither() {
        let front = find("2 May 2025.\nKato speaks of the card again\n\nHe said so.\n");
        assert_eq!(
            front.title.as_deref(),
            Some("Kato speaks of the card again")
        );
        assert_eq!(
            front.published.map(|d| d.to_string()).as_deref(),
            Some("2025-05-02")
        );
    }

    #[test]
    fn a_date_of_the_story_is_not_the_documents() {
        for text in [
            "On 2 May 2025, Japan sold nothing. The ministry said so.",
            "May 2, 2025 was the day of the payrolls. Yields rose.",
            "May 2, 2025, brought the payrolls. Yields rose.",
            "By 2 May 2025. Japan had sold nothing, the ministry said.",
            "The deal of 2 May 2025. It was small, and it was late.",
            "It was small, and it was late.\n2 May 2025: the deal.\nIt held for a while, they said.",
        ] {
            assert_eq!(published(text), None, "{text}");
        }
        // A list of days is no dateline.
        let list = "How the card came up\n2 April 2025: tariffs are announced.\n2 May 2025: Kato answers.\n";
        assert_eq!(published(list), None);
    }
}
