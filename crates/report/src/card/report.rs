//! The card as a section of a run's report: the parts of the card's own page that answer what the threat is worth.
//!
//! Every part is written by the function that writes it on that page, one heading deeper. Left out are the deal term by term,
//! precision and branches, and the record of April to July 2025: that was published after the day of many runs, and what a
//! run's report holds above "What really happened" was known on its day.

use brandish_card::Card;

use super::markup::Page;
use super::{CardHead, page, sections};

/// Colors of the drawings on a dark screen; each drawing carries its light ones.
pub(crate) const DARK_COLORS: &str = "@media screen and (prefers-color-scheme: dark) { :root { --deter: #6d9fd1; --compel: #a9cde6; --time: #7d7866; --cost: #d08a3f; --branch: #565c55; } }";
/// What the section looks like beyond the page's own style.
pub(crate) const RULES: &str = "\
.valued h4 { font-size: 15px; font-weight: 650; margin: 18px 0 4px; } .valued p { font-size: 14px; line-height: 1.45; color: var(--ink-2, #4a5058); max-width: 52em; margin: 4px 0 0; }
.valued ol { padding-left: 22px; margin: 8px 0 0; } .valued li { font-size: 16px; line-height: 1.45; margin: 0 0 6px; max-width: 46em; }
.valued svg { display: block; max-width: 100%; height: auto; margin: 10px 0; } .valued .wide { overflow-x: auto; } .valued .wide svg { max-width: none; }
.valued .beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(296px, 100%), 1fr)); gap: 0 16px; } .valued .beside h4 { margin-top: 12px; } .valued .beside table { min-width: 0; } .valued .beside :is(th, td) { padding-right: 6px; }
.valued .scroll { overflow-x: auto; margin-top: 8px; } .valued table { width: auto; min-width: 60%; } .valued :is(th, td) { text-align: left; vertical-align: top; overflow-wrap: normal; } .valued td { min-width: 3.4em; }
.valued summary { cursor: pointer; font-size: 14px; color: var(--link, #1d5596); }
@media print { .valued .beside { grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); } .valued .wide, .valued .scroll { overflow: visible; } .valued .wide svg { max-width: 100%; } .valued svg { break-inside: avoid; } .valued details { display: none; } }";

/// The content of the section.
pub(crate) fn card_section(card: &Card, head: &CardHead) -> String {
    let mut page = Page::in_section();
    page.part("The answer");
    page::answer_of(&mut page, card);
    page::camps(&mut page, card);
    page::maps(&mut page, card);
    sections::paces(&mut page, card);
    page::values(&mut page, card);
    sections::trees(&mut page, card);
    page::turning(&mut page, card);
    page.part("Facts and judgements");
    page.folded(
        &format!("{} entries with their sources", card.parameters.len()),
        |page| page::judgements(page, card),
    );
    page.element(
        "p",
        &format!(
            "As of {} · engine outcomes in a game, lambda {} per $bn, {} draws per camp, seed {} · table: tables/card.csv. The deal term by term, precision and branches, and the record of April to July 2025: `brandish card SCENARIO -o card.html`.",
            head.as_of, card.settings.lambda, card.settings.draws, card.settings.seed
        ),
    );
    page.finish()
}
