//! Markup of a valuation: the same parts on a page of their own and in a section of a run's report.
//!
//! On the page a part is a heading of the second level and its tables lie open. In a section headings stand one deeper, each part
//! has a frame, and long tables of a drawing's numbers open on a click. Text is escaped here.

use crate::page::{escape, table_html};

/// What a narrow screen shows of what is wider than it: a frame that scrolls, its edge shaded on the side where more lies, and a
/// word above a drawing. The shade is four layers of background: two of paper that
/// move with the content cover two of shade that do not, and so uncover the one where content goes on. Wider screens see none
/// of it.
pub(crate) const CUES: &str = "\
@media screen and (max-width: 700px) { :is(.scroll, .wide) { overflow-x: auto; max-width: 100%; padding-bottom: 4px; background: linear-gradient(to right, var(--paper, #fcfbf8) 40%, transparent) left / 48px 100% no-repeat local, linear-gradient(to left, var(--paper, #fcfbf8) 40%, transparent) right / 48px 100% no-repeat local, linear-gradient(to right, rgb(120 112 96 / .45), transparent) left / 16px 100% no-repeat scroll, linear-gradient(to left, rgb(120 112 96 / .45), transparent) right / 16px 100% no-repeat scroll; } }
@media screen and (max-width: 520px) { .wide::before { content: \"wider than the screen: scroll sideways \\2192\"; display: block; position: sticky; left: 0; width: max-content; font-size: 12.5px; color: var(--ink-2, #4a5058); } }";

/// Where the parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On a page of their own.
    Page,
    /// In a section of a report: headings one deeper, each part in a frame of its own.
    Section,
    /// The same, with a frame open.
    OpenPart,
}

/// Markup under construction.
pub(super) struct Page {
    text: String,
    place: Place,
}

impl Page {
    pub(super) fn of_its_own() -> Self {
        Self {
            text: String::new(),
            place: Place::Page,
        }
    }

    pub(super) fn in_section() -> Self {
        Self {
            text: String::new(),
            place: Place::Section,
        }
    }

    /// The markup, with what is open closed.
    pub(super) fn finish(mut self) -> String {
        if self.place == Place::OpenPart {
            self.text.push_str("</div>\n");
        }
        self.text
    }

    /// Markup that is ready.
    pub(super) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// An element with text.
    pub(super) fn element(&mut self, name: &str, content: &str) {
        self.text
            .push_str(&format!("<{name}>{}</{name}>\n", escape(content)));
    }

    /// A part begins.
    pub(super) fn part(&mut self, title: &str) {
        if self.place == Place::Page {
            return self.element("h2", title);
        }
        if self.place == Place::OpenPart {
            self.text.push_str("</div>\n");
        }
        self.place = Place::OpenPart;
        self.text.push_str("<div class=\"valued figure long\">\n");
        self.element("h3", title);
    }

    /// A piece of a part begins.
    pub(super) fn piece(&mut self, title: &str) {
        let name = match self.place {
            Place::Page => "h3",
            Place::Section | Place::OpenPart => "h4",
        };
        self.element(name, title);
    }

    /// What opens on a click.
    pub(super) fn folded(&mut self, summary: &str, content: impl FnOnce(&mut Self)) {
        self.text.push_str("<details>");
        self.element("summary", summary);
        content(self);
        self.text.push_str("</details>\n");
    }

    /// Drawings that stand beside each other in a section, where there is room: each with its heading and its numbers.
    pub(super) fn side_by_side<'c, T>(
        &mut self,
        drawn: impl Iterator<Item = T> + 'c,
        mut draw: impl FnMut(&mut Self, T),
    ) {
        let framed = self.place != Place::Page;
        if framed {
            self.text.push_str("<div class=\"beside\">\n");
        }
        for one in drawn {
            if framed {
                self.text.push_str("<div>\n");
            }
            draw(self, one);
            if framed {
                self.text.push_str("</div>\n");
            }
        }
        if framed {
            self.text.push_str("</div>\n");
        }
    }

    /// A drawing and its numbers beside each other, on a page wide enough.
    pub(super) fn pair(&mut self, content: impl FnOnce(&mut Self)) {
        let framed = self.place == Place::Page;
        if framed {
            self.text.push_str("<div class=\"pair\">\n");
        }
        content(self);
        if framed {
            self.text.push_str("</div>\n");
        }
    }

    /// A long table of the numbers of a drawing: in a section it opens on a click.
    pub(super) fn numbers(&mut self, head: &[&str], rows: &[Vec<String>]) {
        match self.place {
            Place::Page => self.table(head, rows),
            Place::Section | Place::OpenPart => {
                self.folded("Table", |page| page.table(head, rows));
            }
        }
    }

    pub(super) fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let table = table_html("words", head, rows);
        self.text.push_str(&format!(
            "<div class=\"scroll\" tabindex=\"0\">{table}</div>\n"
        ));
    }

    /// A drawing in a frame that scrolls where the screen is narrower.
    pub(super) fn wide(&mut self, drawing: &str) {
        self.text.push_str(&format!(
            "<div class=\"wide\" tabindex=\"0\">{drawing}</div>\n"
        ));
    }
}
