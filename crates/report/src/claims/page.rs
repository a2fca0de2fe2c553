//! The claims of a set of documents as one offline page.
//!
//! A card shows the quote or claim in its sentence, who said it, what was asked, the tellings side by side with changed
//! words marked, the official number with its vintage, the verdict and what stays open; the rows of the record open under
//! it. The markup of a card is the same here and in a report's section of evidence. No script runs and nothing is requested. Everything from outside is escaped where it is written.

use brandish_evidence::{ClaimKind, VerdictKind};

use super::cards::{Card, Cards, Telling};
use crate::page::escape;

const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Colors of the page around the cards.
const TOKENS: &str = "\
:root { --paper: #fcfbf8; --panel: #f4f2ec; --ink: #16191d; --ink-2: #4a5058; --rule: #d9d5cb; --link: #1d5596; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #14171b; --panel: #1c2026; --ink: #eceae4; --ink-2: #b9bdc3; --rule: #343a42; --link: #8dbcf0; } }";
const PAGE: &str = "\
body { margin: 0 auto; max-width: 1120px; padding: 24px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif; font-variant-numeric: tabular-nums lining-nums; overflow-wrap: anywhere; }
h1 { font-size: 34px; line-height: 1.15; } h2 { font-size: 20px; border-top: 1px solid var(--ink); padding-top: 14px; margin-top: 40px; }
.claims h3 { font-size: 16px; line-height: 1.4; margin: 0 0 4px; }
@media print { body { background: #fff; padding: 0; } }";
/// Colors of the cards themselves, light and dark.
pub(crate) const COLORS: &str = ":root { --bad: #8f3b2e; --good: #2b6b70; --mark: #f3e3c3; }";
pub(crate) const DARK_COLORS: &str = "@media screen and (prefers-color-scheme: dark) { :root { --bad: #e89a86; --good: #6fb8bf; --mark: #4a3c1d; } }";
/// What cards look like, on their own page and in a report.
pub(crate) const RULES: &str = "\
.claims h4 { font-size: 16px; line-height: 1.4; margin: 0 0 4px; } .claims article { border-top: 1px solid var(--rule, #d9d5cb); padding: 14px 0 18px; }
.claims .tellings { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); gap: 8px 24px; }
.claims blockquote { margin: 4px 0; } .claims .around { color: var(--ink-2, #4a5058); } .claims mark { background: var(--mark); color: inherit; }
.claims b.said { font-weight: 650; } .claims p { margin: 2px 0; } .claims :is(.about, dt, .drift) { color: var(--ink-2, #4a5058); font-size: 14px; }
.claims dl { display: grid; grid-template-columns: 92px minmax(0, 1fr); gap: 2px 12px; font-size: 14px; margin: 8px 0 0; } .claims dd, .claims dt { margin: 0; }
.claims .verdict { font-weight: 650; } .claims .bad { color: var(--bad); } .claims .good { color: var(--good); }
.claims table { border-collapse: collapse; font-size: 14px; width: auto; } .claims :is(th, td) { text-align: left; padding: 3px 14px 3px 0; border-bottom: 1px solid var(--rule, #d9d5cb); vertical-align: top; overflow-wrap: anywhere; }
.claims th { overflow-wrap: normal; } .claims .days :is(th, td):first-child, .claims .documents td:nth-child(2) { white-space: nowrap; }
.claims summary { cursor: pointer; font-size: 14px; color: var(--link, #1d5596); } .claims summary:focus-visible { outline: 2px solid var(--link, #1d5596); outline-offset: 2px; }
@media print { .claims article { break-inside: avoid; } .claims details { display: none; } }";

/// The page.
#[must_use]
pub fn claims_page(cards: &Cards, version: &str) -> String {
    let mut page = Page {
        text: String::with_capacity(16_384),
    };
    let count: usize = cards.counts.iter().map(|c| c.1).sum();
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
    ));
    page.raw(&format!(
        "<title>Evidence · brandish</title>\n<style>\n{TOKENS}\n{PAGE}\n{COLORS}\n{DARK_COLORS}\n{RULES}\n</style>\n</head>\n<body>\n"
    ));
    page.element("p", &format!("brandish {version} · evidence"));
    page.element(
        "h1",
        &format!("{count} claims in {} documents", cards.documents.len()),
    );
    page.element("p", &counts(cards));
    page.raw(&claims_section(cards, Heads::OfPage));
    page.raw("</body>\n</html>\n");
    page.text
}

/// Number of claims by verdict, in words.
pub(super) fn counts(cards: &Cards) -> String {
    let counts: Vec<String> = cards
        .counts
        .iter()
        .map(|(kind, count)| format!("{count} {}", kind.word()))
        .collect();
    counts.join(" · ")
}

/// How deep the headings stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heads {
    /// Parts are sections of a page of their own.
    OfPage,
    /// Parts are figures of a section.
    OfSection,
}

impl Heads {
    fn part(self) -> &'static str {
        match self {
            Heads::OfPage => "h2",
            Heads::OfSection => "h3",
        }
    }

    fn card(self) -> &'static str {
        match self {
            Heads::OfPage => "h3",
            Heads::OfSection => "h4",
        }
    }
}

/// Documents, cards and timeline: the same markup on the page of claims and in a report.
pub(super) fn claims_section(cards: &Cards, heads: Heads) -> String {
    let mut page = Page {
        text: String::new(),
    };
    page.part(heads, "Documents");
    page.raw("<table class=\"documents\"><thead><tr><th scope=\"col\">document</th><th scope=\"col\">date</th><th scope=\"col\">title</th></tr></thead><tbody>\n");
    for (file, date, title) in &cards.documents {
        page.row(&[file, date, title]);
    }
    page.raw("</tbody></table>\n");
    for note in &cards.notes {
        page.element("p", note);
    }
    page.raw("</div>\n");
    page.part(heads, "Claims");
    for card in &cards.cards {
        one(&mut page, card, heads);
    }
    page.raw("</div>\n");
    if !cards.timeline.is_empty() {
        page.part(heads, "Timeline");
        page.raw("<table class=\"days\"><thead><tr><th scope=\"col\">day</th><th scope=\"col\">what happened</th><th scope=\"col\">time zones</th><th scope=\"col\">claims</th></tr></thead><tbody>\n");
        for (date, zones, event, claims) in &cards.timeline {
            page.row(&[date, event, zones, claims]);
        }
        page.raw("</tbody></table>\n</div>\n");
    }
    page.text
}

fn one(page: &mut Page, card: &Card, heads: Heads) {
    page.raw("<article>\n");
    let told = match card.tellings.len() {
        1 => card.kind.word().to_owned(),
        count => format!("{} · {count} tellings · {}", card.kind.word(), card.topic),
    };
    page.element(heads.card(), &told);
    page.raw("<div class=\"tellings\">\n");
    for telling in &card.tellings {
        self::telling(page, card, telling);
    }
    page.raw("</div>\n<dl>\n");
    for line in &card.lines {
        page.element("dt", line.label);
        page.element("dd", &line.text);
    }
    for note in &card.notes {
        page.element("dt", "note");
        page.element("dd", note);
    }
    page.raw("</dl>\n");
    if !card.rows.is_empty() {
        page.raw(&format!(
            "<details><summary>{}</summary>\n<table><tbody>\n",
            match card.rows.len() {
                1 => "1 row of the record".to_owned(),
                count => format!("{count} rows of the record"),
            }
        ));
        for row in &card.rows {
            page.row(&[&row.series, &row.key, &row.value, &row.vintage]);
        }
        page.raw("</tbody></table></details>\n");
    }
    page.raw("</article>\n");
}

fn telling(page: &mut Page, card: &Card, telling: &Telling) {
    page.raw("<div>\n<blockquote>");
    page.span("around", &telling.before);
    for stretch in &telling.words {
        let name = if stretch.changed {
            "mark"
        } else {
            "b class=\"said\""
        };
        page.inline(name, &stretch.text);
    }
    page.span("around", &telling.after);
    page.raw("</blockquote>\n");
    let mut about = vec![format!("{} {}", telling.id, telling.document)];
    about.extend((!telling.date.is_empty()).then(|| telling.date.clone()));
    if card.kind == ClaimKind::Quote {
        about.push(telling.speaker.clone());
    }
    page.element("p class=\"about\"", &about.join(" · "));
    if !telling.asked.is_empty() {
        page.element("p class=\"about\"", &format!("asked {}", telling.asked));
    }
    for place in &telling.also {
        page.raw("<p class=\"about\">also ");
        page.span("around", &place.before);
        page.inline("b class=\"said\"", &place.text);
        page.span("around", &place.after);
        page.raw("</p>\n");
    }
    let class = match telling.verdict {
        VerdictKind::Contradicted
        | VerdictKind::Misquoted
        | VerdictKind::ScopeError
        | VerdictKind::DidNotComeTrue => "bad",
        VerdictKind::Supported | VerdictKind::CameTrue => "good",
        _ => "plain",
    };
    page.element(
        &format!("p class=\"verdict {class}\""),
        telling.verdict.word(),
    );
    for (drift, note) in &telling.drift {
        page.element("p class=\"drift\"", &format!("{}: {note}", drift.word()));
    }
    page.raw("</div>\n");
}

struct Page {
    text: String,
}

impl Page {
    fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// An inline element; the name may carry attributes.
    fn inline(&mut self, name: &str, content: &str) {
        let end = name.split(' ').next().unwrap_or(name);
        self.text
            .push_str(&format!("<{name}>{}</{end}>", escape(content)));
    }

    fn element(&mut self, name: &str, content: &str) {
        self.inline(name, content);
        self.text.push('\n');
    }

    /// Opens a part with its heading.
    fn part(&mut self, heads: Heads, name: &str) {
        self.raw("<div class=\"claims figure long\">\n");
        self.element(heads.part(), name);
    }

    fn span(&mut self, class: &str, content: &str) {
        if !content.is_empty() {
            self.inline(&format!("span class=\"{class}\""), content);
        }
    }

    fn row(&mut self, cells: &[&str]) {
        self.text.push_str("<tr>");
        for cell in cells {
            self.inline("td", cell);
        }
        self.text.push_str("</tr>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::super::cards::{Line, Place};
    use super::*;
    use brandish_evidence::{Span, Stretch};

    #[test]
    fn what_comes_from_outside_never_becomes_markup() {
        let hostile = "<script>alert('x')</script> & \"<img src=x>";
        let card = Card {
            kind: ClaimKind::Quote,
            topic: hostile.to_owned(),
            verdict: VerdictKind::Misquoted,
            tellings: vec![Telling {
                id: "0.1".to_owned(),
                document: hostile.to_owned(),
                date: hostile.to_owned(),
                before: hostile.to_owned(),
                words: vec![Stretch {
                    text: hostile.to_owned(),
                    changed: true,
                }],
                after: hostile.to_owned(),
                speaker: hostile.to_owned(),
                asked: hostile.to_owned(),
                verdict: VerdictKind::Misquoted,
                drift: Vec::new(),
                also: vec![Place {
                    span: Span { start: 0, end: 1 },
                    before: hostile.to_owned(),
                    text: hostile.to_owned(),
                    after: hostile.to_owned(),
                }],
            }],
            lines: vec![Line {
                label: "record",
                text: hostile.to_owned(),
            }],
            rows: Vec::new(),
            notes: vec![hostile.to_owned()],
        };
        let page = claims_page(
            &Cards {
                documents: vec![(hostile.to_owned(), String::new(), hostile.to_owned())],
                notes: vec![hostile.to_owned()],
                counts: vec![(VerdictKind::Misquoted, 1)],
                cards: vec![card],
                timeline: Vec::new(),
            },
            "0",
        );
        assert!(
            !page.contains("<script") && !page.contains("<img"),
            "{page}"
        );
        assert!(page.contains("<mark>&lt;script&gt;"), "{page}");
    }
}
