//! Closes that happened once: days of mourning, attacks and storms.
//!
//! Two small tables, each row a day and its reason. Sources: announcements of SIFMA and its predecessor; for full
//! closes also the absence of a Treasury par yield that day.

use crate::Date;
use crate::date::day_number;

/// Weekdays on which the market did not open although no rule closes it.
const FULL_CLOSES: [(i32, &str); 6] = [
    (
        day_number(1994, 4, 27),
        "National day of mourning for President Nixon",
    ),
    (day_number(2001, 9, 11), "Attacks of September 11"),
    (day_number(2001, 9, 12), "Attacks of September 11"),
    (
        day_number(2004, 6, 11),
        "National day of mourning for President Reagan",
    ),
    (day_number(2012, 10, 30), "Hurricane Sandy"),
    (
        day_number(2018, 12, 5),
        "National day of mourning for President George H. W. Bush",
    ),
];

/// Days with an early close that no rule asks for.
const EARLY_CLOSES: [(i32, &str); 3] = [
    (
        day_number(2007, 1, 2),
        "National day of mourning for President Ford",
    ),
    (day_number(2012, 10, 29), "Hurricane Sandy"),
    (
        day_number(2025, 1, 9),
        "National day of mourning for President Carter",
    ),
];

/// The reason of a special full close.
pub(super) fn full_close(date: Date) -> Option<&'static str> {
    reason(&FULL_CLOSES, date)
}

/// The reason of a special early close.
pub(super) fn early_close(date: Date) -> Option<&'static str> {
    reason(&EARLY_CLOSES, date)
}

fn reason(table: &[(i32, &'static str)], date: Date) -> Option<&'static str> {
    table
        .iter()
        .find(|(day, _)| *day == date.days())
        .map(|(_, reason)| *reason)
}
