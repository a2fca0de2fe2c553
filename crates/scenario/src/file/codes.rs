//! Numbers of what can be said about a scenario file, with one line each for `brandish` to explain.
//!
//! BR101 to BR149 refuse the file, BR150 to BR199 are warnings. Numbers are never reused.

/// Not TOML.
pub const SYNTAX: &str = "BR101";
/// Too large, or not text.
pub const UNREADABLE: &str = "BR102";
/// Another version of the format.
pub const VERSION: &str = "BR103";
/// A key that the format does not have.
pub const UNKNOWN_KEY: &str = "BR104";
/// A key that has to be there.
pub const MISSING_KEY: &str = "BR105";
/// A value of another type.
pub const WRONG_TYPE: &str = "BR106";
/// Not a finite number.
pub const NOT_FINITE: &str = "BR107";
/// Outside its bounds.
pub const OUT_OF_RANGE: &str = "BR108";
/// Not one of the allowed words.
pub const NOT_ALLOWED: &str = "BR109";
/// A badly formed name or text.
pub const BAD_TEXT: &str = "BR110";
/// Shares that do not sum to 1, or too few or many of them.
pub const SHARES: &str = "BR111";
/// Days that end after the horizon or before they begin.
pub const DAYS: &str = "BR112";
/// Two orders of one seller on the same days.
pub const OVERLAP: &str = "BR113";
/// The same thing twice.
pub const TWICE: &str = "BR114";
/// A date the data do not cover.
pub const DATE: &str = "BR115";
/// A holder that nobody defines.
pub const UNKNOWN_HOLDER: &str = "BR116";
/// Keys that mean nothing together.
pub const MEANINGLESS: &str = "BR117";
/// A portfolio file that cannot be used.
pub const PORTFOLIO: &str = "BR118";
/// A badly defined holder.
pub const BAD_HOLDER: &str = "BR119";
/// More than the seller can sell; found when the market of the day is known.
pub const BEYOND_CAP: &str = "BR120";
/// An option of the format that the engine does not model. None is left; the number stays taken.
pub const NOT_MODELED: &str = "BR121";
/// Nothing happens.
pub const NOTHING_EXOGENOUS: &str = "BR150";
/// Words that change no probability.
pub const EMPTY_WORDS: &str = "BR151";
/// A holder that nothing refers to.
pub const UNUSED_HOLDER: &str = "BR152";

/// Every number with its meaning.
pub const ALL: [(&str, &str); 24] = [
    (SYNTAX, "the file is not valid TOML at this place"),
    (
        UNREADABLE,
        "the file is larger than 1 MiB or is not UTF-8 text",
    ),
    (
        VERSION,
        "the file is written for another version of the scenario format",
    ),
    (UNKNOWN_KEY, "the key is not part of the scenario format"),
    (MISSING_KEY, "a key without a default is missing"),
    (WRONG_TYPE, "the value has another type than the key"),
    (NOT_FINITE, "the number is infinite or not a number"),
    (OUT_OF_RANGE, "the value lies outside the bounds of its key"),
    (NOT_ALLOWED, "the word is not one of those allowed here"),
    (BAD_TEXT, "the name or text is badly formed"),
    (
        SHARES,
        "shares must be non-negative, of the right number, and sum to 1",
    ),
    (DAYS, "the days do not fit the horizon or each other"),
    (
        OVERLAP,
        "two orders of one seller share days without saying that they add up",
    ),
    (TWICE, "the same entry stands twice"),
    (DATE, "the data do not cover this date"),
    (
        UNKNOWN_HOLDER,
        "neither the snapshot nor the file knows this holder",
    ),
    (
        MEANINGLESS,
        "the keys mean nothing together, and nothing is ignored in silence",
    ),
    (PORTFOLIO, "the portfolio file cannot be used"),
    (BAD_HOLDER, "the holder is badly defined"),
    (
        BEYOND_CAP,
        "the order is larger than what the seller can sell",
    ),
    (
        NOT_MODELED,
        "the format reserves this key, the engine does not model it yet, and nothing is ignored in silence",
    ),
    (
        NOTHING_EXOGENOUS,
        "the scenario has neither a sale nor a threat",
    ),
    (EMPTY_WORDS, "the words leave the probability where it was"),
    (UNUSED_HOLDER, "a defined holder is not used"),
];
