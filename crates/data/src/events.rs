//! What happened: the timeline of the tariff months, and the changes in markets around each event.
//!
//! Dates are local to the place of the event; the first US session after it is the one whose moves are given. A quotation is
//! short and carries its address; one marked as a translation is not verbatim. An event is visible from its date on, its
//! moves only from the first session on. Context rows (a reference month, no day) have no session.

use brandish_units::calendar::next_business_day;
use brandish_units::{Bp, Date};

use crate::DataError;
use crate::known::KnownOn;

/// How well an event is attested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sourcing {
    /// A page of the actor.
    Primary,
    /// Several independent reports.
    MultipleReports,
    /// One report.
    Reported,
    /// A report of a report.
    SecondHand,
}

/// A short quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The words.
    pub text: String,
    /// Whether they are the speaker's own or a translation.
    pub verbatim: bool,
}

/// Changes on the first US session, close to close; absent where unknown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SessionMoves {
    /// 2-year par yield.
    pub yield_2y: Option<Bp>,
    /// 10-year par yield.
    pub yield_10y: Option<Bp>,
    /// 30-year par yield.
    pub yield_30y: Option<Bp>,
    /// Dollar-yen at the New York close, percent.
    pub usdjpy_pct: Option<f64>,
    /// S&P 500, percent.
    pub sp500_pct: Option<f64>,
    /// VIX, percent.
    pub vix_pct: Option<f64>,
    /// MOVE index, percent.
    pub move_pct: Option<f64>,
    /// 10-year par yield on the session after, once that is past.
    pub next_yield_10y: Option<Bp>,
}

/// A dated event.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEvent {
    /// Identifier.
    pub id: String,
    /// Local date.
    pub date: Date,
    /// First US session after it.
    pub first_us_session: Option<Date>,
    /// Who.
    pub actor: String,
    /// What, in this project's words.
    pub title: String,
    /// A quotation.
    pub quotation: Option<Quotation>,
    /// Addresses.
    pub source_urls: Vec<String>,
    /// How well attested.
    pub sourcing: Sourcing,
    /// Moves of the session; `None` while the session lies after the as-of date.
    pub moves: Option<SessionMoves>,
}

impl KnownOn<'_> {
    /// Events from `from` to `to` (both included) by the as-of date, in order.
    pub fn timeline_events(&self, from: Date, to: Date) -> Result<Vec<TimelineEvent>, DataError> {
        let table = self.table("timeline")?;
        let [
            id,
            date,
            session,
            actor,
            quotation,
            kind,
            urls,
            sourcing,
            title,
        ] = table.columns([
            "event_id",
            "date",
            "first_us_session",
            "actor",
            "quotation",
            "quotation_kind",
            "source_urls",
            "sourcing",
            "title",
        ])?;
        let moves = table.columns([
            "yield_2y_change_bp",
            "yield_10y_change_bp",
            "yield_30y_change_bp",
            "usdjpy_change_pct",
            "sp500_change_pct",
            "vix_change_pct",
            "move_change_pct",
            "next_yield_10y_change_bp",
        ])?;
        let mut found = Vec::new();
        for row in table.rows() {
            let row = row?;
            let day = row.date(date)?;
            if day < from || day > to || day > self.as_of() {
                continue;
            }
            let first_us_session = row.optional_date(session)?;
            let session_moves = match first_us_session {
                Some(session) if session <= self.as_of() => {
                    let mut values = [None; 8];
                    for (value, column) in values.iter_mut().zip(moves) {
                        *value = row.optional_number(column)?;
                    }
                    let [y2, y10, y30, usdjpy_pct, sp500_pct, vix_pct, move_pct, next] = values;
                    let next_is_past = next_business_day(session) <= self.as_of();
                    Some(SessionMoves {
                        yield_2y: y2.map(Bp),
                        yield_10y: y10.map(Bp),
                        yield_30y: y30.map(Bp),
                        usdjpy_pct,
                        sp500_pct,
                        vix_pct,
                        move_pct,
                        next_yield_10y: next.filter(|_| next_is_past).map(Bp),
                    })
                }
                _ => None,
            };
            found.push(TimelineEvent {
                id: row.text(id).to_owned(),
                date: day,
                first_us_session,
                actor: row.text(actor).to_owned(),
                title: row.text(title).to_owned(),
                quotation: match row.text(quotation) {
                    "" => None,
                    text => Some(Quotation {
                        text: text.to_owned(),
                        verbatim: row.text(kind) == "verbatim",
                    }),
                },
                source_urls: row
                    .text(urls)
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect(),
                sourcing: match row.text(sourcing) {
                    "primary" => Sourcing::Primary,
                    "multiple_reports" => Sourcing::MultipleReports,
                    "reported" => Sourcing::Reported,
                    "second_hand" => Sourcing::SecondHand,
                    _ => {
                        return Err(row.wrong(
                            sourcing,
                            "one of primary, multiple_reports, reported, second_hand",
                        ));
                    }
                },
                moves: session_moves,
            });
        }
        found.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        Ok(found)
    }
}
