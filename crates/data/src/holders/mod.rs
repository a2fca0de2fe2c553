//! "Has Japan been selling?": what a holder bought, what only changed in price, and what nobody explains, month by month.
//!
//! A fall in holdings is not a sale. For every month the change is split into what TIC reports as net purchases, what it
//! reports as valuation, and the rest: change = net purchases + valuation + unexplained, exactly, because the last is
//! defined by the others. Bills and notes stand apart ([`history`]); a window adds months up and says which are missing
//! ([`window`]); what custodians abroad may hide is a range with its assumption named ([`custody`]); reserves,
//! interventions and the Federal Reserve's custody stand beside it ([`beside`]); the verdict follows a rule declared in
//! `parameters/custody.toml` ([`verdict`]). Nothing is filled: a figure whose inputs are missing is none, with a reason.

pub mod beside;
pub mod custody;
pub mod history;
pub mod names;
pub mod overview;
pub mod parts;
mod reading;
pub mod verdict;
pub mod window;

pub use beside::{Beside, InterventionMonth, ReservesKind, ReservesMonth};
pub use custody::{
    Assumptions, CenterFlow, Custody, CustodyRange, CustodyRule, ShareBasis, ShareOf,
};
pub use history::{Earlier, FirstRelease, HolderMonth, Lack, MonthVintages};
pub use names::{Holder, HolderKind};
pub use overview::{OverviewRow, overview};
pub use parts::{Parts, Split};
pub use verdict::{CannotTell, Conclusion, Move, SellingVerdict};
pub use window::{Sum, Sums, Window, WindowMonth};

use brandish_units::Date;

use crate::DataError;
use crate::known::KnownOn;
use crate::month::Month;
use crate::store::Snapshot;

/// Months of a window when none is named: a year.
const DEFAULT_MONTHS: i32 = 12;

/// What is asked of a holder.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// First month of the window; without one the last twelve months with figures.
    pub since: Option<Month>,
    /// Largest share of each custody center's net purchases, 0 to 1; without one the declared assumption.
    pub custody_share: Option<f64>,
}

/// Everything the tracker says of one holder.
#[derive(Debug, Clone, PartialEq)]
pub struct Tracked {
    /// Who.
    pub holder: Holder,
    /// What is taken as today.
    pub as_of: Date,
    /// Months and their sums.
    pub window: Window,
    /// What custodians abroad may hide.
    pub custody: Custody,
    /// Reserves, interventions and the Federal Reserve's custody.
    pub beside: Beside,
    /// The answer.
    pub verdict: SellingVerdict,
}

/// Tracks a holder of the monthly report over a window.
///
/// # Errors
/// A table that cannot be read, nothing out by the as-of date, a window outside the record, a share outside 0 to 1.
pub fn track(
    known: &KnownOn<'_>,
    holder: &Holder,
    question: Question,
) -> Result<Tracked, DataError> {
    let assumptions = Assumptions::shipped()?;
    let (window, custody, verdict) = judge(known, holder, question, &assumptions)?;
    let beside = beside::beside(known, holder, window.since, window.last)?;
    Ok(Tracked {
        holder: holder.clone(),
        as_of: known.as_of(),
        window,
        custody,
        beside,
        verdict,
    })
}

/// Window, custody range and verdict, without what stands beside them.
fn judge(
    known: &KnownOn<'_>,
    holder: &Holder,
    question: Question,
    assumptions: &Assumptions,
) -> Result<(Window, Custody, SellingVerdict), DataError> {
    let months = history::history(known, &holder.reported_as)?;
    let window = window::window(known, holder, &months, question.since)?;
    let custody = custody::range(known, holder, &window, question.custody_share, assumptions)?;
    let verdict = verdict::verdict(&months, &window, custody.range(), assumptions);
    Ok((window, custody, verdict))
}

/// The day on which the newest TIC month of the snapshot came out: the natural "today" of the tracker.
///
/// # Errors
/// A table that cannot be read or an empty one.
pub fn newest_release(snapshot: &Snapshot) -> Result<Date, DataError> {
    let last = snapshot.metadata("tic_holdings")?.last.clone();
    let month: Option<Month> = last.and_then(|text| text.parse().ok());
    let Some(month) = month else {
        return Err(DataError::NothingPublished {
            series: "TIC holdings".to_owned(),
            as_of: Date::MAX,
            first: "none".to_owned(),
        });
    };
    Ok(snapshot
        .release_calendar()?
        .release("tic", month.end())?
        .date)
}
