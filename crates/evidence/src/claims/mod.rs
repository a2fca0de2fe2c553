//! Claims: what the text asserts, cut into statements of one kind each.
//!
//! Sentences are cut into clauses at dashes, semicolons and coordinated commas; each rule looks at a clause and drafts
//! claims: [`amounts`] (money, percentages, directions), [`events`] (actions with an actor), [`judgments`] (forecasts, causes,
//! hearsay, opinions), [`status`] (offices, ranks), [`spoken`] (quotes). What is inside quotation marks belongs to its
//! speaker: only numbers are drawn from it. A clause without a subject or an action makes no claim.

mod amounts;
mod attributions;
mod clauses;
mod decisions;
mod direction;
mod events;
mod extremes;
mod judgments;
mod levels;
mod market;
mod order;
pub(crate) mod owners;
mod restated;
mod sheets;
mod spoken;
mod status;
mod tables;

pub(crate) use sheets::Sheets;
use std::cell::Cell;
use std::collections::BTreeSet;

use crate::lexicon::{Cue, Hit, Lexicon, What};
use crate::mention::{Mention, Sort};
use crate::model::{Claim, ClaimKind, Modality, Polarity, Quantity, Quote};
use crate::number;
use crate::quotes::speaker::{antecedent, mentions_in};
use crate::short::{self, Text};
use crate::text::sentence::Sentence;
use crate::text::{Page, low_is};
use crate::when::{self, Anchor, Moment};

/// A claim while it is still tokens.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) kind: ClaimKind,
    pub(crate) subject: Text,
    pub(crate) relation: Text,
    pub(crate) object: Option<Text>,
    pub(crate) value: Option<Quantity>,
    pub(crate) change: bool,
    pub(crate) moment: Option<Moment>,
    pub(crate) scope: Option<Text>,
    pub(crate) polarity: Polarity,
    pub(crate) modality: Modality,
    pub(crate) negated: bool,
    pub(crate) hedge: Option<Text>,
    pub(crate) quote: Option<usize>,
    pub(crate) sequence: Option<Text>,
    /// Other places that tell the same, as first and last token.
    pub(crate) also: Vec<(usize, usize)>,
}

/// What the rules read.
pub(crate) struct Reader<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) mentions: &'a [Mention],
    pub(crate) quotes: &'a [Quote],
    pub(crate) document: usize,
    pub(crate) anchor: Anchor,
    /// First token of the headline.
    pub(crate) title: Option<usize>,
    /// The country that the document names most, for "its".
    pub(crate) main_place: Option<Text>,
    pub(crate) topics: owners::Topics,
    /// Tokens of the sentence that is read, and which word classes begin in it.
    pub(crate) classes: Cell<(usize, usize, u64)>,
    pub(crate) sheets: Sheets,
}

/// A clause: tokens `first..=last`, and how it begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clause {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Cut off by a comma only: may belong to the clause before.
    pub(crate) soft: bool,
}

/// A sentence with what several rules ask of it.
#[derive(Default)]
pub(crate) struct Part {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) block: usize,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) quantities: Vec<number::Found>,
    moments: Vec<Moment>,
}

impl Part {
    /// Times within the tokens.
    pub(crate) fn moments(&self, first: usize, last: usize) -> impl Iterator<Item = &Moment> {
        self.moments
            .iter()
            .filter(move |m| m.first >= first && m.last <= last)
    }

    /// The first time within the tokens.
    pub(crate) fn moment(&self, first: usize, last: usize) -> Option<Moment> {
        self.moments(first, last).next().cloned()
    }

    /// "That day", "the same day", "a month earlier": from the time that the paragraph named last.
    fn resume(&mut self, page: &Page<'_>, earlier: Option<&(usize, Moment)>) {
        let Some((_, moment)) = earlier.filter(|(block, _)| *block == self.block) else {
            return;
        };
        for counted in self.moments.iter_mut().filter(|m| m.wants_base()) {
            counted.set_base(moment);
        }
        const DAY: u64 = crate::lexicon::key("day");
        for (place, key) in page.keys(self.first + 1, self.last + 1).iter().enumerate() {
            let at = self.first + place;
            if *key == DAY && low_is!(page, at, "that" | "same") {
                let mut again = moment.clone();
                (again.first, again.last) = (at, at + 1);
                self.moments.push(again);
            }
        }
    }

    /// The clause that begins last before the token.
    pub(crate) fn clause(&self, token: usize) -> Option<Clause> {
        self.clauses.iter().rfind(|c| c.first <= token).copied()
    }
}

impl Reader<'_> {
    /// Fills in the sentence with what several rules ask of it.
    pub(crate) fn part(&self, sentence: &Sentence, part: &mut Part) {
        let (first, last) = (sentence.first, sentence.last);
        let classes = self.page.classes_in(first, last);
        self.classes.set((first, last, classes));
        (part.first, part.last, part.block) = (first, last, sentence.block);
        part.clauses.clear();
        self.clauses(sentence, &mut part.clauses);
        part.quantities.clear();
        number::quantities(self.page, first, last, &mut part.quantities);
        part.moments.clear();
        when::fill(self.page, first, last, &mut part.moments);
        for moment in part.moments.iter_mut().filter(|m| m.of_fiscal_year()) {
            let year = self.whose(first, moment.first);
            moment.set_fiscal(year.as_deref().and_then(when::fiscal_year));
        }
    }

    /// The country spoken of before a token of a sentence, else the document's main one.
    fn whose(&self, first: usize, before: usize) -> Option<Text> {
        mentions_in(self.mentions, first, before)
            .iter()
            .rev()
            .filter_map(|m| self.label(m))
            .find_map(|name| {
                let country = self.lexicon.country(&name);
                country
                    .or_else(|| self.lexicon.place(&name).map(|p| p.name.as_str()))
                    .map(|name| Text::from(name.to_owned()))
            })
            .or_else(|| self.main_place.clone())
    }

    pub(crate) fn draft(&self, kind: ClaimKind, first: usize, last: usize) -> Draft {
        let hits = if self.has(first, last, Cue::Hedge.bit()) {
            self.page.hits_in(first, last)
        } else {
            &[]
        };
        let hedge = hits
            .iter()
            .find(|h| h.is(Cue::Hedge))
            .map(|h| short::lower(self.page.slice(h.first as usize, h.last as usize)));
        Draft {
            first,
            last,
            kind,
            subject: Text::EMPTY,
            relation: Text::EMPTY,
            object: None,
            value: None,
            change: false,
            moment: None,
            scope: None,
            polarity: Polarity::Neutral,
            modality: if hedge.is_some() {
                Modality::Reported
            } else {
                Modality::Fact
            },
            negated: false,
            hedge,
            quote: None,
            sequence: None,
            also: Vec::new(),
        }
    }

    /// Whether the token stands in a heading.
    pub(crate) fn heading(&self, token: usize) -> bool {
        let block = self.page.blocks.partition_point(|b| b.last < token);
        self.page.blocks.get(block).is_some_and(|b| b.heading)
    }

    /// Lexicon hits outside marks.
    pub(crate) fn plain(&self, first: usize, last: usize) -> impl Iterator<Item = &Hit> {
        let hits = self.page.hits_in(first, last).iter();
        hits.filter(move |h| self.is_plain(h, last))
    }

    fn is_plain(&self, hit: &Hit, last: usize) -> bool {
        let month = hit.is(Cue::Modal) && self.page.word(hit.first as usize) == "May";
        (hit.last as usize) <= last && !self.page.quoted(hit.first as usize) && !month
    }

    /// Those of some classes ([`What::bit`]); where none begins, the hits are not walked.
    pub(crate) fn plain_of(
        &self,
        first: usize,
        last: usize,
        classes: u64,
    ) -> impl DoubleEndedIterator<Item = &Hit> {
        let hits = if self.has(first, last, classes) {
            self.page.hits_in(first, last)
        } else {
            &[]
        };
        let own = move |h: &&Hit| h.of(classes) && self.is_plain(h, last);
        hits.iter().filter(own)
    }

    /// Whether entries of some classes begin in the tokens, inside marks or outside.
    pub(crate) fn has(&self, first: usize, last: usize, classes: u64) -> bool {
        let (from, to, all) = self.classes.get();
        if first >= from && last <= to && all & classes == 0 {
            return false;
        }
        if (first, last) == (from, to) {
            return true;
        }
        self.page.classes_in(first, last) & classes != 0
    }

    #[inline]
    pub(crate) fn cue(&self, first: usize, last: usize, cue: Cue) -> Option<&Hit> {
        let (from, to, all) = self.classes.get();
        if first >= from && last <= to && all & cue.bit() == 0 {
            // Most questions end here.
            return None;
        }
        self.first_plain(first, last, cue.bit())
    }

    #[inline(never)]
    fn first_plain(&self, first: usize, last: usize, classes: u64) -> Option<&Hit> {
        self.plain_of(first, last, classes).next()
    }

    /// What a mention is called.
    pub(crate) fn label(&self, mention: &Mention) -> Option<Text> {
        match mention.sort {
            Sort::Pronoun => antecedent(self.page, self.mentions, mention)
                .ok()
                .flatten()
                .and_then(|m| m.name.clone()),
            // Politeness begins with few letters.
            _ => mention
                .name
                .as_ref()
                .map(|name| match name.first() {
                    b'M' | b'D' | b'S' | b'P' | b'C' => Text::of(self.known(name)),
                    _ => name.clone(),
                })
                .or_else(|| self.office(mention))
                .or_else(|| mention.organization.clone())
                .or_else(|| mention.role.clone()),
        }
    }

    /// "Mr Trump" as the table of people names him.
    fn known<'n>(&'n self, name: &'n str) -> &'n str {
        let Some((title, surname)) = name.split_once(' ') else {
            return name;
        };
        let polite = matches!(
            title.trim_end_matches('.'),
            "Mr" | "Mrs" | "Ms" | "Dr" | "Sir" | "Dame" | "President" | "Chancellor"
        );
        let same = |p: &&crate::lexicon::Person| p.name.rsplit(' ').next() == Some(surname);
        polite
            .then(|| self.lexicon.people.iter().find(same))
            .flatten()
            .map_or(name, |p| p.name.as_str())
    }

    /// "Japan’s finance minister" on the document's date.
    fn office(&self, mention: &Mention) -> Option<Text> {
        let role = mention
            .role
            .as_deref()
            .filter(|_| mention.sort == Sort::Role)?;
        let at = mention.first.checked_sub(1)?;
        let at = if self.page.word(at).starts_with(['’', '\'']) {
            at.checked_sub(1)?
        } else {
            at
        };
        let place = self.page.hits_in(at, at).iter().find_map(|h| match h.what {
            What::Place(p) => Some(&self.lexicon.places[p as usize].name),
            _ => None,
        });
        let place = place.map(Text::from).or_else(|| {
            (low_is!(self.page, mention.first, "the") || mention.first == at + 1)
                .then(|| self.main_place.clone())
                .flatten()
        })?;
        let (day, place) = (self.anchor.date?, place.as_str());
        let mut holders = self.lexicon.people_of(place).filter(|p| {
            p.offices
                .iter()
                .any(|o| o.title == role && o.from <= day && o.to.is_none_or(|t| day <= t))
        });
        let only = holders.next()?;
        // Of several governors none is "the governor".
        holders.next().is_none().then(|| Text::from(&only.name))
    }

    /// The actor before a token of a clause: the nearest person, house, country or role that is no owner.
    pub(crate) fn actor(&self, first: usize, before: usize) -> Option<(usize, Text)> {
        let all = mentions_in(self.mentions, first, before.checked_sub(1)?);
        // "(Pacific Wire)" in a dateline acts in nothing.
        let agency = |m: &Mention| {
            low_is!(self.page, m.last + 1, ")")
                && m.first > 0
                && low_is!(self.page, m.first - 1, "(")
        };
        let usable = |m: &&Mention| !self.page.quoted(m.first) && m.last < before && !agency(m);
        let strong = all.iter().rev().filter(usable).find(|m| {
            !m.possessive && m.sort != Sort::Place
                || m.sort == Sort::Place && !m.possessive && !self.adjective(m)
        });
        let weak = all.iter().rev().find(usable);
        strong
            .or(weak)
            .and_then(|m| Some((m.first, self.label(m)?)))
    }

    /// "Japanese auto imports": the country only colors a noun.
    fn adjective(&self, mention: &Mention) -> bool {
        let word = self.page.low(mention.last);
        if mention
            .name
            .as_deref()
            .is_some_and(|n| n.eq_ignore_ascii_case(word))
        {
            return false;
        }
        (word.ends_with("ese")
            || word.ends_with("an")
            || word.ends_with("ish")
            || word == "u.s."
            || word == "us")
            && self
                .page
                .tokens
                .get(mention.last + 1)
                .is_some_and(|t| t.is_word())
            && !self
                .page
                .hits_in(mention.last + 1, mention.last + 1)
                .iter()
                .any(|h| matches!(h.what, What::Action(_)))
    }

    /// Without a closing full stop.
    pub(crate) fn trim(&self, first: usize, mut last: usize) -> usize {
        while last > first
            && matches!(
                self.page.tokens[last].symbol(),
                Some('.' | ',' | '!' | '?' | ':' | ';' | '—')
            )
        {
            last -= 1;
        }
        last
    }
}

/// All claims of a document, in order of their start.
pub(crate) fn claims(reader: &Reader<'_>) -> Vec<Claim> {
    let mut drafts = reader.sheets.take();
    let mut earlier: Option<(usize, Moment)> = None;
    let mut part = Part::default();
    let sheets = &reader.sheets;
    for sentence in &reader.page.sentences {
        let block = &reader.page.blocks[sentence.block];
        reader.part(sentence, &mut part);
        part.resume(reader.page, earlier.as_ref());
        if let Some(moment) = part.moments.last() {
            earlier = Some((sentence.block, moment.clone()));
        }
        let part = &part;
        if block.heading {
            if reader
                .title
                .is_some_and(|t| (block.first..=block.last).contains(&t))
            {
                drafts.extend(events::headline(reader, part));
            }
            let mut numbers = amounts::drafts(reader, part, true);
            drafts.append(&mut numbers);
            sheets.put(numbers);
            continue;
        }
        let mut numbers = amounts::drafts(reader, part, false);
        let mut offices = status::drafts(reader, part);
        let mut judged = judgments::drafts(reader, part);
        let mut happened = events::drafts(reader, part, &judged, &numbers, &offices);
        order::once(&mut judged, &mut happened);
        let opinions = judgments::opinions(reader, part, &judged, &happened);
        // The number of a forecast is the forecast's.
        drafts.extend(numbers.drain(..).filter(|n| {
            !judged.iter().any(|d| {
                d.kind == ClaimKind::Forecast
                    && d.value.is_some()
                    && (d.relation != "event:expect" || d.value == n.value)
                    && d.first <= n.first
                    && n.last <= d.last
            })
        }));
        for of in [&mut offices, &mut judged, &mut happened] {
            drafts.append(of);
        }
        drafts.extend(opinions);
        sheets.put(numbers);
        sheets.put(offices);
        sheets.put(judged);
        sheets.put(happened);
    }
    drafts.extend(spoken::drafts(reader));
    order::by_place(&mut drafts);
    let mut seen: BTreeSet<(ClaimKind, usize, &str)> = BTreeSet::new();
    drafts.retain(|d| {
        // A caption repeated word for word is one claim.
        let words = reader.page.slice(d.first, d.last);
        d.kind == ClaimKind::Quote || seen.insert((d.kind, words.len(), words))
    });
    restated::fold(reader, &mut drafts);
    let mut out: Vec<Claim> = Vec::with_capacity(drafts.len());
    // Drafts come by their first token, so that sentences are walked once.
    let mut at = 0;
    for draft in drafts.drain(..) {
        let page = reader.page;
        out.push(Claim {
            // Given when the documents are joined.
            id: Text::EMPTY,
            document: reader.document,
            span: page.span(draft.first, draft.last),
            sentence: order::sentence(page, &mut at, draft.first, draft.last),
            text: Text::of(page.slice(draft.first, draft.last)),
            kind: draft.kind,
            subject: draft.subject,
            relation: draft.relation,
            object: draft.object,
            value: draft.value,
            change: draft.change,
            when: draft.moment.map(|mut m| {
                if draft.kind == ClaimKind::Forecast {
                    m.comes();
                }
                m.fix(page, reader.anchor)
            }),
            scope: draft.scope,
            polarity: draft.polarity,
            modality: draft.modality,
            negated: draft.negated,
            hedge: draft.hedge,
            quote: draft.quote,
            sequence: draft.sequence,
            also: draft
                .also
                .iter()
                .map(|(first, last)| page.span(*first, *last))
                .collect(),
        });
    }
    reader.sheets.put(drafts);
    out
}
