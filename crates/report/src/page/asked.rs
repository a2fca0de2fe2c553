//! Sections of a run's report that are there only when asked for: the card, the evidence, what was published after the day.
//!
//! Their markup is that of the card's and the claims' own pages, written once. In the page it stands at its place among the plain
//! tables; the script takes it from there and puts it among the sections that it draws. A report without them says in one line
//! which options make them.

use super::escape;
use crate::card::{self, CardHead};
use crate::claims::{self, EvidenceSection};
use crate::format::prose_date;
use brandish_card::Card;
use brandish_units::Date;

/// Something that a run has only where it is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub enum Asked<'a, T> {
    /// Not asked for.
    #[default]
    No,
    /// Asked for and not here: a sentence that says why.
    Missing(&'a str),
    /// Here.
    Here(T),
}

/// Sections beside those of every run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sections<'a> {
    /// What the threat is worth.
    pub card: Asked<'a, CardSection<'a>>,
    /// What the news says, checked.
    pub evidence: Asked<'a, EvidenceSection<'a>>,
}

/// A valuation and what names it.
#[derive(Debug, Clone, Copy)]
pub struct CardSection<'a> {
    /// The valuation.
    pub card: &'a Card,
    /// Scenario, title, day, version.
    pub head: &'a CardHead,
}

const CARD_OPTION: &str = "what the threat is worth (`brandish run SCENARIO --card`)";
const CLAIMS_OPTION: &str =
    "what the news says, checked (`brandish run SCENARIO --claims FILE...`)";

/// A section: id, name and context in the rail.
struct Frame<'a> {
    id: &'a str,
    name: &'a str,
    context: &'a str,
}

fn framed(frame: &Frame<'_>, content: &str) -> String {
    let Frame { id, name, context } = frame;
    format!(
        "<section id=\"{id}\" class=\"section carried\" aria-labelledby=\"{id}-name\">\n<div class=\"rail\"><h2 id=\"{id}-name\">{}</h2><p>{}</p></div>\n<div class=\"content\">\n{content}</div>\n</section>\n",
        escape(name),
        escape(context)
    )
}

/// A day in words, so that it breaks between them.
fn day(date: Date) -> String {
    format!("{} {}", prose_date(date), date.year())
}

/// A sentence; what stands between grave accents is to be typed.
fn line(text: &str) -> String {
    let mut line = String::from("<p class=\"sub\">");
    for (number, part) in text.split('`').enumerate() {
        let name = if number % 2 == 1 { "code" } else { "span" };
        line.push_str(&format!("<{name}>{}</{name}>", escape(part)));
    }
    line.push_str("</p>\n");
    line
}

/// What stands between the markets and what really happened.
pub(super) fn before_what_happened(sections: &Sections<'_>) -> String {
    let mut text = String::new();
    let card = |content: &str| {
        let frame = Frame {
            id: "card",
            name: "The card",
            context: "what the threat is worth",
        };
        framed(&frame, content)
    };
    match sections.card {
        Asked::No => {}
        Asked::Missing(why) => text.push_str(&card(&line(why))),
        Asked::Here(part) => text.push_str(&card(&card::card_section(part.card, part.head))),
    }
    let evidence = |context: &str, content: &str| {
        let frame = Frame {
            id: "evidence",
            name: "Evidence",
            context,
        };
        framed(&frame, content)
    };
    match sections.evidence {
        Asked::No => {}
        Asked::Missing(why) => text.push_str(&evidence("what is said, checked", &line(why))),
        Asked::Here(part) => {
            let context = format!("published by {}", day(part.as_of()));
            text.push_str(&evidence(&context, &claims::evidence_section(&part)));
        }
    }
    let absent: Vec<&str> = [
        (matches!(sections.card, Asked::No), CARD_OPTION),
        (matches!(sections.evidence, Asked::No), CLAIMS_OPTION),
    ]
    .into_iter()
    .filter(|(is_absent, _)| *is_absent)
    .map(|(_, option)| option)
    .collect();
    if !absent.is_empty() {
        let frame = Frame {
            id: "asked",
            name: "On request",
            context: "",
        };
        let words = format!("Not part of this run: {}.", absent.join("; "));
        text.push_str(&framed(&frame, &line(&words)));
    }
    text
}

/// What stands after what really happened: the documents that were published later.
pub(super) fn after_what_happened(sections: &Sections<'_>) -> String {
    let Asked::Here(part) = sections.evidence else {
        return String::new();
    };
    let Some(content) = claims::later_section(&part) else {
        return String::new();
    };
    let frame = Frame {
        id: "later",
        name: "Published after",
        context: &format!("{}: further evidence", day(part.as_of())),
    };
    framed(&frame, &content)
}

/// Style of the sections that are there; a page without a script is always light.
pub(super) fn style(sections: &Sections<'_>, has_script: bool) -> String {
    let mut style = String::new();
    let mut add = |colors: &str, dark: &str, rules: &str| {
        style.push_str(colors);
        style.push('\n');
        if has_script {
            style.push_str(dark);
            style.push('\n');
        }
        style.push_str(rules);
        style.push('\n');
    };
    if matches!(sections.card, Asked::Here(_)) {
        add("", card::DARK_COLORS, card::RULES);
        add("", "", card::CUES);
    }
    if matches!(sections.evidence, Asked::Here(_)) {
        add(claims::COLORS, claims::DARK_COLORS, claims::RULES);
    }
    style
}
