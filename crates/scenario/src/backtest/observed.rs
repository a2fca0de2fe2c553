//! What was observed: par yields at two closes, and what else moved between them.
//!
//! Changes come from the snapshot's par yields. Only for days beyond them does an episode's file give the change; a file that contradicts the
//! snapshot is refused. Both are read after the prediction has been made and reach nothing of it.

use brandish_data::{DataError, Snapshot};
use brandish_units::{Bp, Date, Tenor, calendar};

use super::episode::Window;
use crate::diagnostic::Diagnostic;
use crate::error::ScenarioError;
use crate::file::codes;

/// Largest difference between a file's change and the snapshot's that rounding explains, bp.
const ROUNDING_BP: f64 = 1.0;
/// Days to walk back to a session with par yields.
const WALK_BACK: usize = 7;

/// Something else that moved in a window.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherMove {
    /// What.
    pub name: &'static str,
    /// By how much.
    pub change: f64,
    /// `bp`, `pct` or `usd_bn`.
    pub unit: &'static str,
}

/// Columns of the table of episodes with what else moved.
const OTHER: [(&str, &str, &str); 11] = [
    ("term_premium_10y_change_bp", "10-year term premium", "bp"),
    ("broad_dollar_change_pct", "broad dollar", "pct"),
    ("usdjpy_change_pct", "USDJPY", "pct"),
    ("sp500_change_pct", "S&P 500", "pct"),
    ("vix_change_pct", "VIX", "pct"),
    ("move_change_pct", "MOVE", "pct"),
    ("high_yield_spread_change_bp", "high-yield spread", "bp"),
    (
        "investment_grade_spread_change_bp",
        "investment-grade spread",
        "bp",
    ),
    ("jgb_10y_change_bp", "10-year JGB", "bp"),
    (
        "custody_change_usd_bn",
        "Fed custody of Treasuries",
        "usd_bn",
    ),
    (
        "dealer_coupons_change_usd_bn",
        "dealers' coupon positions",
        "usd_bn",
    ),
];

/// Changes by tenor over a window; `None` where nothing is known of a tenor.
pub(super) fn changes(
    window: &Window,
    tenors: &[Tenor],
    snapshot: &Snapshot,
) -> Result<Vec<Option<Bp>>, ScenarioError> {
    let from = session(window.start, snapshot)?;
    let to = session(window.end, snapshot)?;
    let mut found = Vec::with_capacity(tenors.len());
    for (place, tenor) in tenors.iter().enumerate() {
        let given = window.observed.get(place).copied().flatten();
        let known = match (&from, &to) {
            (Some(from), Some(to)) => match (from.get(*tenor), to.get(*tenor)) {
                (Some(from), Some(to)) => Some(change(from.percent(), to.percent())),
                _ => None,
            },
            _ => None,
        };
        if let (Some(given), Some(known)) = (given, known)
            && (given.0 - known.0).abs() > ROUNDING_BP
        {
            let message = format!(
                "window `{}`: the file says {:+.1} bp at {tenor}, the snapshot's par yields {:+.1}",
                window.name, given.0, known.0
            );
            return Err(ScenarioError::Diagnostics(vec![
                Diagnostic::error(codes::MEANINGLESS, window.origin.clone(), message)
                    .help("leave the observed change out: the snapshot covers these days"),
            ]));
        }
        found.push(known.or(given));
    }
    Ok(found)
}

/// The change of a yield in bp; par yields have a few decimals of a percent, what lies below 1e-6 bp is rounding of a float.
fn change(from_pct: f64, to_pct: f64) -> Bp {
    Bp((100.0 * (to_pct - from_pct) * 1e6).round() / 1e6)
}

/// Par yields of the last session up to a day; `None` beyond the snapshot.
fn session(
    day: Date,
    snapshot: &Snapshot,
) -> Result<Option<brandish_data::ParYields>, ScenarioError> {
    let known = snapshot.known_on(day);
    let mut at = if calendar::is_business_day(day) {
        day
    } else {
        calendar::previous_business_day(day)
    };
    let (_, last) = known.par_yield_range()?;
    if at > last {
        return Ok(None);
    }
    for _ in 0..WALK_BACK {
        match known.par_yields(at) {
            Ok(yields) => return Ok(Some(yields)),
            Err(DataError::NoObservation { .. }) => at = calendar::previous_business_day(at),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// What else moved, from the table of episodes.
///
/// # Errors
/// A name that the table does not have.
pub(super) fn others(facts: &str, snapshot: &Snapshot) -> Result<Vec<OtherMove>, ScenarioError> {
    let table = snapshot.table("episodes")?;
    let id = table.column("episode_id")?;
    for row in table.rows() {
        let row = row?;
        if row.text(id) != facts {
            continue;
        }
        let mut found = Vec::new();
        for (column, name, unit) in OTHER {
            if let Some(change) = row.optional_number(table.column(column)?)? {
                found.push(OtherMove { name, change, unit });
            }
        }
        return Ok(found);
    }
    Err(ScenarioError::parameters(
        "episode file",
        format!(
            "facts = \"{facts}\": the snapshot's table of episodes has no such entry; leave `facts` out"
        ),
    ))
}
