//! What comes out: documents, quotes, claims, groups with their drift, verdicts, the timeline.
//!
//! Plain data. Every object that comes from a text has a [`Span`] in Unicode code points, and the text between its ends
//! is the object's own text. Indices (`document`, `quote`, `claim`) count from 0 in the lists of [`Evidence`]. Enumerations
//! have a `word()`, which is what tables and JSON show. A number carries its unit in [`Quantity`].

use std::borrow::Cow;

use brandish_units::Date;

use crate::short::Text;

/// A stretch of a document, in Unicode code points; `end` is excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl Span {
    /// Number of code points that two spans share.
    pub fn overlap(self, other: Span) -> usize {
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start))
    }

    /// Length in code points.
    pub fn length(self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

/// A document as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Name of the file.
    pub file: String,
    /// Headline, where one stands out.
    pub title: Option<String>,
    /// Publication date if the document states it.
    pub published: Option<Date>,
    /// Where the text states it; `None` for a date of an HTML head.
    pub published_at: Option<Span>,
    /// Time zone of that date where stated.
    pub time_zone: Option<String>,
    /// The text that all spans refer to.
    pub text: String,
    /// What was damaged, cut or left out on reading.
    pub notes: Vec<String>,
}

/// Makes an enumeration whose members have a fixed word.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $member:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $member),+ }

        impl $name {
            /// All members in order.
            pub const ALL: &'static [$name] = &[$($name::$member),+];

            /// The word in tables and files.
            pub const fn word(self) -> &'static str {
                match self { $($name::$member => $word),+ }
            }

            /// Reads the word.
            pub fn from_word(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|member| member.word() == word)
            }
        }
    };
}

words! {
    /// What stands between quotation marks.
    QuoteKind {
        /// Words that somebody said: a sentence or more.
        Speech = "speech",
        /// A few words of somebody, inside the writer's sentence.
        Fragment = "fragment",
        /// A term in marks that nobody is said to have used.
        Term = "term",
    }
}

words! {
    /// What kind of statement a claim is.
    ClaimKind {
        /// A stock or a flow.
        Amount = "amount",
        /// A level or a percentage, or a change of one.
        Rate = "rate",
        /// Something happened or was said indirectly.
        Event = "event",
        /// Somebody said these words.
        Quote = "quote",
        /// An office or a rank.
        Status = "status",
        /// A relative, zoned or disputed date.
        Date = "date",
        /// Something is to happen.
        Forecast = "forecast",
        /// One thing brought about another.
        Causal = "causal",
        /// Hearsay, judged on its content.
        Rumour = "rumour",
        /// A judgment or a supposition.
        Opinion = "opinion",
    }
}

words! {
    /// What the words do to the counterpart.
    Polarity {
        /// Harm is held out.
        Threat = "threat",
        /// Harm or intent is denied.
        Denial = "denial",
        /// Harm is ruled out to reassure.
        Assurance = "assurance",
        /// None of these; plain numbers.
        Neutral = "neutral",
    }
}

words! {
    /// How the writer presents it.
    Modality {
        /// As a fact.
        Fact = "fact",
        /// As reported by somebody else.
        Reported = "reported",
        /// As a judgment.
        Opinion = "opinion",
        /// As to come.
        Forecast = "forecast",
    }
}

words! {
    /// How two tellings of one claim differ.
    Drift {
        /// The number became rounder.
        AmountRounded = "amount rounded",
        /// The number is another one.
        NumberChanged = "number changed",
        /// Who or what is counted got lost.
        ScopeLost = "scope lost",
        /// A denial or assurance became a threat, or the reverse.
        PolarityFlipped = "polarity flipped",
        /// Other words inside the marks.
        QuoteRewritten = "quote rewritten inside quotation marks",
        /// Two remarks became one.
        QuoteMerged = "quote merged",
        /// The words moved to another mouth.
        SpeakerChanged = "speaker changed",
        /// An office or rank is wrong.
        StatusWrong = "status wrong",
        /// "Reportedly", "could" or the like got lost.
        HedgeDropped = "hedge dropped",
        /// Another day.
        DateShifted = "date shifted",
        /// What came first is told as second.
        OrderReversed = "order reversed",
        /// A reaction that the day does not show.
        InventedReaction = "invented reaction",
    }
}

words! {
    /// What the record says about a claim.
    VerdictKind {
        /// The record agrees.
        Supported = "supported",
        /// The record disagrees.
        Contradicted = "contradicted",
        /// Right number or words, wrong holder, scope or question.
        ScopeError = "scope error",
        /// Wrong words or wrong speaker.
        Misquoted = "misquoted",
        /// Was true once.
        Outdated = "outdated",
        /// Forecast that came true.
        CameTrue = "forecast came true",
        /// Forecast that did not come true.
        DidNotComeTrue = "forecast did not come true",
        /// Forecast whose day has not come.
        Open = "forecast open",
        /// A judgment, no fact.
        Opinion = "opinion",
        /// No public series could hold it.
        NotCheckable = "not checkable",
        /// A series could, the record has no row.
        NotEnoughData = "not enough data",
    }
}

words! {
    /// Unit of a number in a claim.
    Unit {
        /// US dollars.
        Usd = "usd",
        /// Yen.
        Jpy = "jpy",
        /// Euros.
        Eur = "eur",
        /// Pounds.
        Gbp = "gbp",
        /// Yuan.
        Cny = "cny",
        /// Another currency, named in the claim's text.
        OtherMoney = "other_money",
        /// Percent.
        Percent = "pct",
        /// Basis points.
        BasisPoints = "bp",
        /// Yen per dollar.
        JpyPerUsd = "jpy_per_usd",
        /// The price of one currency in another one, which the claim's text names.
        FxRate = "fx_rate",
        /// A plain count or ratio.
        Count = "count",
    }
}

impl Unit {
    /// Whether it is an amount of a currency.
    pub fn is_money(self) -> bool {
        matches!(
            self,
            Unit::Usd | Unit::Jpy | Unit::Eur | Unit::Gbp | Unit::Cny | Unit::OtherMoney
        )
    }
}

/// A number as written, with its unit and the precision of its last digit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    number: f64,
    half_digit: f64,
    unit: Unit,
    /// "about", "over", "at least" or the like stands before it.
    pub approximate: bool,
}

impl Quantity {
    /// A number in its unit; `half_digit` is half a unit of the last digit written.
    pub fn new(number: f64, half_digit: f64, unit: Unit) -> Quantity {
        Quantity {
            number,
            half_digit,
            unit,
            approximate: false,
        }
    }

    /// The unit.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The number in its unit (money in whole currency units, not billions).
    pub fn number(&self) -> f64 {
        self.number
    }

    /// Half a unit of the last digit written: 0.005 trillion for "1.13 trillion".
    pub fn half_digit(&self) -> f64 {
        self.half_digit
    }

    /// The opposite number: a sale as negative net purchase.
    pub(crate) fn negated(mut self) -> Quantity {
        self.number = -self.number;
        self
    }
}

/// How a date of a text got its year or day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateBasis {
    /// All of it is written.
    Written,
    /// The year comes from the document's date.
    FromDocument,
    /// The year comes from the recorded event that the document quotes.
    FromQuotedEvent,
    /// Nothing fixes it.
    Open,
}

/// A time as written and, where it can be fixed, its first and last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The words.
    pub text: Text,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Time zone or place named with it.
    pub zone: Option<Text>,
    /// What fixed it.
    pub basis: DateBasis,
}

/// Who spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Full name as far as the document or the lexicon gives it.
    pub name: Option<Text>,
    /// Office or occupation.
    pub role: Option<Text>,
    /// House, ministry, paper.
    pub organization: Option<Text>,
    /// False where a pronoun could mean several people; nobody is named then.
    pub certain: bool,
}

impl Speaker {
    /// [`Speaker::label`] as it stands, without a copy of its letters.
    pub(crate) fn called(&self) -> Text {
        let own = self.name.as_ref().or(self.role.as_ref());
        let own = own.or(self.organization.as_ref());
        own.map_or(Text::fixed("unclear"), Text::clone)
    }

    /// Name, else role, else organization.
    pub fn label(&self) -> &str {
        self.name
            .as_deref()
            .or(self.role.as_deref())
            .or(self.organization.as_deref())
            .unwrap_or("unclear")
    }
}

/// What a speaker was asked, in the text's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where it says so.
    pub span: Span,
    /// The words.
    pub text: Text,
    /// What the question holds out.
    pub polarity: Polarity,
}

/// Words between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Index of the document.
    pub document: usize,
    /// The words without the marks.
    pub span: Span,
    /// The words.
    pub text: Text,
    /// Speech, fragment or term.
    pub kind: QuoteKind,
    /// Who said it; `None` if nobody is given.
    pub speaker: Option<Speaker>,
    /// The verb of saying.
    pub verb: Option<Text>,
    /// A hedge beside it ("reportedly").
    pub hedge: Option<Text>,
    /// What was asked.
    pub asked: Option<Asked>,
    /// The quote that this one goes on from.
    pub continues: Option<usize>,
    /// The quote that holds this one.
    pub inside: Option<usize>,
    /// Unclosed marks and the like.
    pub notes: Vec<String>,
}

/// One checkable or judged statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Stable name: document number, point, running number.
    pub id: Text,
    /// Index of the document.
    pub document: usize,
    /// Where it stands.
    pub span: Span,
    /// The sentence around it.
    pub sentence: Span,
    /// The words.
    pub text: Text,
    /// Its kind.
    pub kind: ClaimKind,
    /// Whom or what it is about.
    pub subject: Text,
    /// What is said of it: a measure, an action, an office.
    pub relation: Text,
    /// Whom or what else it touches: counterpart, object.
    pub object: Option<Text>,
    /// The number.
    pub value: Option<Quantity>,
    /// True if the number is a change and not a level.
    pub change: bool,
    /// When, as written.
    pub when: Option<When>,
    /// What is counted: official, private, both, or not said.
    pub scope: Option<Text>,
    /// Threat, denial, assurance or neutral.
    pub polarity: Polarity,
    /// Fact, reported, opinion, forecast.
    pub modality: Modality,
    /// True if the statement is that it did not happen.
    pub negated: bool,
    /// The word that weakens it.
    pub hedge: Option<Text>,
    /// Index of the quote, for quote claims and claims inside quotes.
    pub quote: Option<usize>,
    /// "right after" and the like, with the other side of the sequence.
    pub sequence: Option<Text>,
    /// Other places of the document that tell the same.
    pub also: Vec<Span>,
}

/// The same claim in several tellings.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Name: `g` and a number.
    pub id: String,
    /// What they share.
    pub topic: String,
    /// Indices of the claims.
    pub claims: Vec<usize>,
    /// Differences between tellings.
    pub drift: Vec<DriftNote>,
    /// Differences that are none, such as two time zones.
    pub notes: Vec<String>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DriftNote {
    /// Its kind.
    pub drift: Drift,
    /// Index of the claim that moved.
    pub claim: usize,
    /// Index of the claim it is compared with; `None` for the record.
    pub against: Option<usize>,
    /// The changed words or numbers.
    pub note: String,
}

/// A row of the record that a verdict rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Table of the snapshot or lexicon file.
    pub series: Cow<'static, str>,
    /// Key of the row: holder and month, event id.
    pub key: Text,
    /// The value or the event, printed.
    pub value: Text,
    /// Day of release or vintage.
    pub vintage: Text,
}

/// What the record says.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Index of the claim.
    pub claim: usize,
    /// The verdict.
    pub verdict: VerdictKind,
    /// The day on which the record is read.
    pub as_of: Option<Date>,
    /// The same in the newest copy.
    pub now: Option<Row>,
    /// All rows used; the first is the value or event as known on that day.
    pub rows: Vec<Row>,
    /// The comparison in figures or words.
    pub arithmetic: Text,
    /// What remains open.
    pub uncertainty: Text,
}

impl Verdict {
    /// Value or event as known on the day.
    pub fn then(&self) -> Option<&Row> {
        self.rows.first()
    }
}

/// A dated event, from the record or a document.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// Day at the place of the event.
    pub date: Date,
    /// The day elsewhere and the zones, where they differ.
    pub zone_note: String,
    /// What happened.
    pub event: String,
    /// Identifier in the event table, if it is from there.
    pub recorded: Option<String>,
    /// Claims that speak of it.
    pub claims: Vec<usize>,
}

/// A field of an implied scenario and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpliedField {
    /// The value as the scenario file writes it.
    pub value: String,
    /// Document and span; `None` marks an assumption.
    pub source: Option<(usize, Span)>,
}

/// What a document implies as a scenario; plain data, fields named as in the scenario file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpliedScenario {
    /// Index of the document.
    pub document: usize,
    /// The holder that is said to sell.
    pub seller: ImpliedField,
    /// Amount in billions of dollars, printed.
    pub amount_usd_bn: ImpliedField,
    /// Holders that might join.
    pub joined_by: Vec<ImpliedField>,
    /// Billions of dollars reported for each of them by then.
    pub joined_reported_usd_bn: Vec<Option<f64>>,
    /// `announced` or `silent`.
    pub known: ImpliedField,
    /// Business days of selling.
    pub days: ImpliedField,
    /// Day of the remark.
    pub as_of: ImpliedField,
    /// Billions of dollars reported for the seller by then, official and private.
    pub reported_usd_bn: Option<f64>,
    /// Billions of dollars that the state itself can sell at most, where that is published apart.
    pub official_usd_bn: Option<f64>,
}

/// Everything that was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The documents as given.
    pub documents: Vec<Document>,
    /// All quotes, document by document.
    pub quotes: Vec<Quote>,
    /// All claims, document by document, in order of their start.
    pub claims: Vec<Claim>,
    /// Claims told more than once.
    pub groups: Vec<Group>,
    /// One verdict a claim, in the order of the claims.
    pub verdicts: Vec<Verdict>,
    /// Dated events in order.
    pub timeline: Vec<TimelineEntry>,
    /// What each document implies.
    pub scenarios: Vec<ImpliedScenario>,
}
