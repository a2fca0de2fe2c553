//! The tables of a scenario file, key by key.
//!
//! Bounds and defaults stand here and nowhere else: the walker, the JSON Schema and the reference are made from them. A new key is
//! a line here, its rule in the checks, and its field in the checked scenario.

use super::*;
use crate::parameters::camp_file::OWN_CAMP;

const DAYS: Kind = Kind::Integer {
    least: 1,
    most: LONGEST_HORIZON_DAYS,
};
const PROBABILITY: Kind = Kind::Number {
    least: 0.0,
    most: 1.0,
};

/// The file itself.
pub static ROOT: Table = Table {
    path: "",
    keys: &[
        key(
            "schema",
            Kind::Integer {
                least: SCHEMA_VERSION,
                most: SCHEMA_VERSION,
            },
            Absent::Refused,
            "version of this file format",
        ),
        key("name", Kind::Name, Absent::Refused, "kebab-case name"),
        key(
            "title",
            Kind::Text {
                most: 120,
                lines: false,
            },
            Absent::Refused,
            "one line for tables and charts",
        ),
        key(
            "as_of",
            Kind::Day,
            Absent::Refused,
            "business day whose close is day 0; only what was published by then is used",
        ),
        key(
            "idea",
            Kind::Text {
                most: 2000,
                lines: true,
            },
            Absent::Nothing,
            "what the remark behind the scenario was taken to mean",
        ),
        key(
            "horizon_days",
            DAYS,
            Absent::Integer(252),
            "business days that the run covers",
        ),
        key(
            "exogenous",
            Kind::Table(&EXOGENOUS),
            Absent::Nothing,
            "what happens: never a result",
        ),
        key(
            "holders",
            Kind::Named(&HOLDER),
            Absent::Nothing,
            "holders beside those of the snapshot",
        ),
        key(
            "assumptions",
            Kind::Table(&ASSUMPTIONS),
            Absent::Nothing,
            "evidence, draws, seed",
        ),
    ],
};

/// `[exogenous]`.
pub static EXOGENOUS: Table = Table {
    path: "exogenous",
    keys: &[
        key("sale", Kind::Tables(&SALE), Absent::Nothing, "orders"),
        key(
            "threat",
            Kind::Table(&THREAT),
            Absent::Nothing,
            "words without, or before, a sale",
        ),
        key(
            "proceeds",
            Kind::Table(&PROCEEDS),
            Absent::Nothing,
            "what sellers do with the dollars",
        ),
        key(
            "fed",
            Kind::Table(&FED),
            Absent::Nothing,
            "purchases by the Federal Reserve under stress",
        ),
        key(
            "treasury",
            Kind::Table(&TREASURY),
            Absent::Nothing,
            "the Treasury's answer",
        ),
        key(
            "dealers",
            Kind::Table(&DEALERS),
            Absent::Nothing,
            "relief for intermediaries",
        ),
    ],
};

/// `[[exogenous.sale]]`.
pub static SALE: Table = Table {
    path: "exogenous.sale",
    keys: &[
        key(
            "seller",
            Kind::Name,
            Absent::Refused,
            "a holder of the snapshot, or one defined under [holders]",
        ),
        key(
            "amount_usd_bn",
            Kind::Amount { purchases: true },
            Absent::Refused,
            "market value at as_of in billions of dollars; negative is a purchase",
        ),
        key(
            "days",
            DAYS,
            Absent::Refused,
            "business days over which the amount is executed",
        ),
        key(
            "start_day",
            DAYS,
            Absent::Integer(1),
            "first business day of execution; day 1 follows as_of",
        ),
        key(
            "profile",
            Kind::Profile,
            Absent::Word("even"),
            "how the amount is spread over the days",
        ),
        key(
            "mix",
            Kind::Mix(MIXES),
            Absent::Word("survey-official"),
            "how the amount is spread over maturities; where it is left out, a holder defined with maturities of his own sells pro-rata",
        ),
        key(
            "known",
            Kind::Choice(&["announced", "silent"]),
            Absent::Refused,
            "what the market is told",
        ),
        key(
            "announced_day",
            Kind::Integer {
                least: 0,
                most: LONGEST_HORIZON_DAYS,
            },
            Absent::Integer(0),
            "day of the announcement, 0 is the close of as_of; announced sales only",
        ),
        key(
            "credibility",
            PROBABILITY,
            Absent::Number(1.0),
            "probability the market gives to the rest of the plan; announced sales only",
        ),
        key(
            "stopped_after_day",
            DAYS,
            Absent::Nothing,
            "last business day on which the plan is carried out; the next day the market learns that it is called off; announced orders only",
        ),
        key(
            "hastened_from_day",
            DAYS,
            Absent::Nothing,
            "business day from which the rest of the plan is sold faster, to everybody's surprise; announced orders only",
        ),
        key(
            "hastened_days",
            DAYS,
            Absent::Nothing,
            "business days in which that rest is sold, in equal parts",
        ),
        key(
            "cap",
            Kind::Choice(&["official", "all"]),
            Absent::Word("official"),
            "what the seller can sell at most; sales only",
        ),
        key(
            "overlaps",
            Kind::Flag,
            Absent::Flag(false),
            "this order is meant to add to another of the same seller on the same days",
        ),
    ],
};

/// `[exogenous.threat]`.
pub static THREAT: Table = Table {
    path: "exogenous.threat",
    keys: &[
        key("seller", Kind::Name, Absent::Refused, "who speaks"),
        key(
            "amount_usd_bn",
            Kind::Amount { purchases: false },
            Absent::Refused,
            "what would be sold, market value at as_of in billions of dollars",
        ),
        key(
            "days",
            DAYS,
            Absent::Refused,
            "business days the sale would take",
        ),
        key(
            "mix",
            Kind::Mix(MIXES),
            Absent::Word("survey-official"),
            "maturities that would be sold; where it is left out, a holder defined with maturities of his own sells pro-rata",
        ),
        key(
            "cap",
            Kind::Choice(&["official", "all"]),
            Absent::Word("official"),
            "what the speaker could sell at most",
        ),
        key(
            "prior",
            PROBABILITY,
            Absent::Refused,
            "probability of the sale before the words",
        ),
        key(
            "probability",
            PROBABILITY,
            Absent::Refused,
            "probability after them; lower than prior is an assurance",
        ),
        key(
            "half_life_days",
            Kind::Number {
                least: 0.5,
                most: 2520.0,
            },
            Absent::Nothing,
            "business days in which the start is half spent (21 where no deadline is given)",
        ),
        key(
            "deadline_day",
            DAYS,
            Absent::Nothing,
            "day on which the sale would start or never; instead of half_life_days",
        ),
    ],
};

/// Half-life of a threat that names no date.
pub const THREAT_HALF_LIFE_DAYS: f64 = 21.0;

/// `[exogenous.proceeds]`.
pub static PROCEEDS: Table = Table {
    path: "exogenous.proceeds",
    keys: &[
        key(
            "to",
            Kind::Choice(&["deposits", "bills", "yen", "gold", "euro"]),
            Absent::Word("deposits"),
            "where the dollars go",
        ),
        key(
            "converted_share",
            PROBABILITY,
            Absent::Number(0.0),
            "share sold for yen, gold or euro, above 0 there and 0 otherwise",
        ),
    ],
};

/// `[exogenous.fed]`.
pub static FED: Table = Table {
    path: "exogenous.fed",
    keys: &[
        key(
            "rule",
            Kind::Flag,
            Absent::Flag(true),
            "whether the Federal Reserve buys from stressed intermediaries",
        ),
        key(
            "credibility",
            PROBABILITY,
            Absent::Number(0.5),
            "probability the market gives to the rule before it is triggered; only with rule = true",
        ),
    ],
};

/// `[exogenous.treasury]`.
pub static TREASURY: Table = Table {
    path: "exogenous.treasury",
    keys: &[
        key(
            "buybacks_usd_bn_per_week",
            Kind::Number {
                least: 0.0,
                most: 500.0,
            },
            Absent::Number(0.0),
            "buybacks beyond the published schedule, billions of dollars a week, paid for with bills",
        ),
        key(
            "bill_share_of_new_issuance",
            PROBABILITY,
            Absent::Nothing,
            "share of net new borrowing raised in bills over the run's days (absent: bills' share of what is outstanding)",
        ),
        key(
            "refinancing",
            Kind::Choice(&["same-term", "issuance-mix"]),
            Absent::Word("same-term"),
            "into what maturing notes, bonds, TIPS and FRNs are refinanced in the taxpayer's bill",
        ),
    ],
};

/// `[exogenous.dealers]`.
pub static DEALERS: Table = Table {
    path: "exogenous.dealers",
    keys: &[key(
        "capacity_relief_pct",
        Kind::Number {
            least: 0.0,
            most: 500.0,
        },
        Absent::Number(0.0),
        "balance-sheet capacity added, percent of today's",
    )],
};

/// `[holders.<name>]`.
pub static HOLDER: Table = Table {
    path: "holders",
    keys: &[
        key(
            "holdings_usd_bn",
            Kind::Amount { purchases: false },
            Absent::Refused,
            "all Treasuries held, market value in billions of dollars",
        ),
        key(
            "official_usd_bn",
            Kind::Number {
                least: 0.0,
                most: LARGEST_AMOUNT_USD_BN,
            },
            Absent::Refused,
            "officially held part of them",
        ),
        key(
            "mix",
            Kind::Mix(HOLDING_MIXES),
            Absent::Word("survey-official"),
            "how the holdings are spread over maturities",
        ),
        key(
            "currency",
            Kind::Currency,
            Absent::Word("USD"),
            "currency of the holder's accounts beside dollars: EUR or JPY, where accounts are given in it too; USD for dollars alone",
        ),
    ],
};

/// `[assumptions]`.
pub static ASSUMPTIONS: Table = Table {
    path: "assumptions",
    keys: &[
        key(
            "camps",
            Kind::Choices {
                words: &["S", "C", "F"],
                least: 1,
            },
            Absent::Words(&["S", "C", "F"]),
            "sets of published evidence in the headline tables",
        ),
        key(
            "stress_camps",
            Kind::Choices {
                words: &["S", "C", "F", "X"],
                least: 0,
            },
            Absent::Words(&["X"]),
            "sets shown outside them",
        ),
        key(
            "draws",
            Kind::Integer {
                least: 1,
                most: MOST_DRAWS,
            },
            Absent::Integer(100),
            "parameter draws per camp, or of all camps together where they are allocated by weight",
        ),
        key(
            "allocation",
            Kind::Choice(&["each-camp", "by-weight"]),
            Absent::Word("each-camp"),
            "whether every camp gets `draws` draws, or the camps share them by their weights",
        ),
        key(
            "seed",
            Kind::Integer {
                least: 0,
                most: i64::MAX,
            },
            Absent::Integer(20_250_502),
            "seed of the streams",
        ),
        key(
            "curve",
            Kind::Text {
                most: 20_000,
                lines: true,
            },
            Absent::Nothing,
            "your own curve instead of Treasury's of the day: the text of a curve file",
        ),
        key(
            "camp_file",
            Kind::Text {
                most: 400,
                lines: false,
            },
            Absent::Nothing,
            "a camp file beside this one: your own camp, shown as U",
        ),
        key(
            "own_camp",
            Kind::Table(&OWN_CAMP),
            Absent::Nothing,
            "the same written out here",
        ),
    ],
};

/// Every table of the file.
pub static TABLES: [&Table; 10] = [
    &ROOT,
    &EXOGENOUS,
    &SALE,
    &THREAT,
    &PROCEEDS,
    &FED,
    &TREASURY,
    &DEALERS,
    &HOLDER,
    &ASSUMPTIONS,
];
