//! Where a sentence is cut into clauses: at dashes, semicolons, colons and the commas that begin something of their own.
//!
//! A comma before "but" or "which" ends what was told before; before "and" it does so only where a verb follows soon, and what
//! comes then may share the subject. Only tokens that can end a clause are looked at. Words inside marks are never cut.

use super::{Clause, Reader};
use crate::lexicon::{Cue, What};
use crate::text::sentence::Sentence;
use crate::text::{CUT, low_is};

impl Reader<'_> {
    /// The clauses of a sentence.
    pub(super) fn clauses(&self, sentence: &Sentence, out: &mut Vec<Clause>) {
        let page = self.page;
        let mut first = sentence.first;
        let mut soft = false;
        let concession = low_is!(page, sentence.first, "while" | "though" | "although");
        const WILL: u64 = crate::lexicon::key("will");
        let wills = page.keys(sentence.first, sentence.last + 1).contains(&WILL);
        let mut from = first;
        while from <= sentence.last {
            let stop = page.next_of(from, sentence.last, CUT);
            // "Stepped down on Wednesday and will be succeeded by".
            for at in from..=stop.unwrap_or(sentence.last) {
                let joined = wills && at > first + 3 && low_is!(page, at + 1, "will");
                if joined && low_is!(page, at, "and") && !page.quoted(at) {
                    out.push(Clause {
                        first,
                        last: at - 1,
                        soft,
                    });
                    (first, soft) = (at + 1, false);
                }
            }
            let Some(at) = stop else { break };
            from = at + 1;
            if page.quoted(at) {
                continue;
            }
            let next = at + 1;
            let cut = match page.tokens[at].symbol() {
                Some(';' | '—' | ':') => Some(false),
                Some('–' | '-')
                    if page.tokens[at].spaced
                        && page.tokens.get(at + 1).is_some_and(|t| t.spaced) =>
                {
                    Some(false)
                }
                Some(',')
                    if low_is!(
                        page,
                        next,
                        "but" | "though" | "although" | "while" | "whereas" | "yet"
                    ) =>
                {
                    Some(false)
                }
                Some(',')
                    if low_is!(page, next, "and" | "so" | "or")
                        && self.has_verb(at + 2, sentence.last) =>
                {
                    Some(true)
                }
                Some(',')
                    if low_is!(
                        page,
                        next,
                        "which"
                            | "signaling"
                            | "signalling"
                            | "raising"
                            | "where"
                            | "who"
                            | "as"
                            | "dragging"
                            | "pushing"
                            | "sending"
                            | "lifting"
                            | "driving"
                    ) || low_is!(page, next, "when") && !low_is!(page, at + 2, "asked") =>
                {
                    Some(false)
                }
                // ", with the 10-year yield up 23 basis points".
                Some(',')
                    if low_is!(page, next, "with")
                        && page
                            .hits_in(at + 2, at + 6)
                            .iter()
                            .any(|h| matches!(h.what, What::Measure(_))) =>
                {
                    Some(false)
                }
                Some(',') if concession && first == sentence.first && at > first + 3 => Some(false),
                _ => None,
            };
            if let Some(comma) = cut
                && at > first
            {
                out.push(Clause {
                    first,
                    last: at - 1,
                    soft,
                });
                first = at + 1;
                soft = comma;
            }
        }
        if first <= sentence.last {
            out.push(Clause {
                first,
                last: self.trim(first, sentence.last),
                soft,
            });
        }
        out.retain(|c| c.first <= c.last);
    }

    fn has_verb(&self, first: usize, last: usize) -> bool {
        let stop = last.min(first + 8);
        let verbs = What::ACTION
            | Cue::Modal.bit()
            | Cue::Will.bit()
            | Cue::Say.bit()
            | Cue::Increase.bit()
            | Cue::Decrease.bit()
            | Cue::Cause.bit();
        self.plain_of(first, stop, verbs).next().is_some()
    }
}
