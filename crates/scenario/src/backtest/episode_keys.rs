//! The keys of an episode file: one table that is walked and documented.
//!
//! Every key has a kind with its bounds and one line of documentation; `docs/reference/episode-files.md` shows them with an example.
//! Rules that tie keys together (days in order, a placebo that sells) are in `episode_file`.

use crate::file::schema::{Absent, Key, Kind, LARGEST_AMOUNT_USD_BN, Table, key};

/// Keys of observed changes, in the order of the declared tenors.
pub(super) const TENOR_KEYS: [&str; 3] = ["observed_2y_bp", "observed_10y_bp", "observed_30y_bp"];
/// Words of `mix`.
const MIXES: &[&str] = &["survey-official", "survey-private", "survey-all", "bills"];
const QUALITIES: &[&str] = &[
    "published",
    "transcribed",
    "press",
    "secondary",
    "claim",
    "judgement",
];
const MOVE: Kind = Kind::Number {
    least: -1000.0,
    most: 1000.0,
};
const LINE: Kind = Kind::Text {
    most: 400,
    lines: false,
};
const PROBABILITY: Kind = Kind::Number {
    least: 0.0,
    most: 1.0,
};

/// The file itself.
pub(super) static ROOT: Table = Table {
    path: "",
    keys: &[
        key(
            "schema",
            Kind::Integer { least: 1, most: 1 },
            Absent::Refused,
            "version of this file format",
        ),
        key("name", Kind::Name, Absent::Refused, "kebab-case name"),
        key("title", LINE, Absent::Refused, "one line"),
        key(
            "as_of",
            Kind::Day,
            Absent::Refused,
            "business day whose close is day 0; market and mixes know what was published by then",
        ),
        key(
            "facts",
            LINE,
            Absent::Nothing,
            "entry of the snapshot's table of episodes with what else moved in the first window",
        ),
        key("moved", LINE, Absent::Refused, "what else moved, in words"),
        key(
            "forced_sellers",
            Kind::Flag,
            Absent::Flag(true),
            "whether the engine's own forced sellers act; false where their sales are given",
        ),
        key(
            "fed_credibility",
            PROBABILITY,
            Absent::Nothing,
            "belief in the Fed's rule before it acts; the rule is off where this is left out",
        ),
        key(
            "economy",
            Kind::Table(&ECONOMY),
            Absent::Nothing,
            "the economy of the day, where the program does not know it",
        ),
        key(
            "window",
            Kind::Tables(&WINDOW),
            Absent::Refused,
            "two closes between which yields are read; the first window weighs camps",
        ),
        key(
            "sale",
            Kind::Tables(&SALE),
            Absent::Nothing,
            "what was sold (or bought, negative)",
        ),
        key(
            "fed_purchase",
            Kind::Tables(&FED_PURCHASE),
            Absent::Nothing,
            "what the Fed bought, each day a surprise",
        ),
        key(
            "not_a_sale",
            Kind::Tables(&NOT_A_SALE),
            Absent::Nothing,
            "what looked like a sale and was none: shown, and never scored as one",
        ),
        key(
            "words",
            Kind::Tables(&WORDS),
            Absent::Nothing,
            "words about a sale",
        ),
    ],
};

static ECONOMY: Table = Table {
    path: "economy",
    keys: &[
        key(
            "gdp_usd_bn",
            Kind::Number {
                least: 1000.0,
                most: 200_000.0,
            },
            Absent::Nothing,
            "nominal GDP known on the day, annual rate",
        ),
        key(
            "utilization_at_rest",
            Kind::Number {
                least: 0.0,
                most: 1.0,
            },
            Absent::Nothing,
            "utilization of intermediaries' balance sheets without the flow",
        ),
        key(
            "source",
            LINE,
            Absent::Refused,
            "where the numbers come from",
        ),
    ],
};

static WINDOW: Table = Table {
    path: "window",
    keys: &[
        key("name", Kind::Name, Absent::Refused, "kebab-case name"),
        key(
            "start",
            Kind::Day,
            Absent::Refused,
            "yields are read at the close of the last session up to this day",
        ),
        key(
            "end",
            Kind::Day,
            Absent::Refused,
            "and at the close of the last session up to this day",
        ),
        key(
            "judged",
            Kind::Choice(&[
                "net",
                "counterfactual",
                "not-explained",
                "nothing",
                "forecast",
            ]),
            Absent::Refused,
            "how it is scored (backtests/declaration.toml)",
        ),
        key(
            "facts",
            LINE,
            Absent::Nothing,
            "entry of the snapshot's table of episodes for this window",
        ),
        key(
            TENOR_KEYS[0],
            MOVE,
            Absent::Nothing,
            "observed change, bp, for days beyond the snapshot's par yields",
        ),
        key(
            TENOR_KEYS[1],
            MOVE,
            Absent::Nothing,
            "the same at ten years",
        ),
        key(
            TENOR_KEYS[2],
            MOVE,
            Absent::Nothing,
            "the same at thirty years",
        ),
    ],
};

const AMOUNT: Key = key(
    "amount_usd_bn",
    Kind::Amount { purchases: true },
    Absent::Refused,
    "market value in billions of dollars; negative = purchase",
);
const START: Key = key("start", Kind::Day, Absent::Refused, "first day");
const END: Key = key("end", Kind::Day, Absent::Refused, "last day");
const PROFILE: Key = key(
    "profile",
    Kind::Profile,
    Absent::Word("even"),
    "how it is spread over the business days",
);
const MIX: Key = key(
    "mix",
    Kind::Mix(MIXES),
    Absent::Refused,
    "which maturities: the survey out on the day, bills, or shares by bucket",
);
const SOURCE: Key = key(
    "source",
    LINE,
    Absent::Refused,
    "where the amount comes from",
);
const QUALITY: Key = key(
    "quality",
    Kind::Choice(QUALITIES),
    Absent::Refused,
    "how good it is",
);
const SELLER: Key = key("seller", Kind::Name, Absent::Refused, "who");

static SALE: Table = Table {
    path: "sale",
    keys: &[
        SELLER,
        AMOUNT,
        START,
        END,
        PROFILE,
        MIX,
        key(
            "known",
            Kind::Choice(&["silent", "announced"]),
            Absent::Word("silent"),
            "what the market was told",
        ),
        key(
            "announced",
            Kind::Day,
            Absent::Nothing,
            "first session that knew; left out: the as-of close",
        ),
        key(
            "credibility",
            PROBABILITY,
            Absent::Number(1.0),
            "probability the market gives to the rest of the plan",
        ),
        SOURCE,
        QUALITY,
    ],
};

static FED_PURCHASE: Table = Table {
    path: "fed_purchase",
    keys: &[
        key(
            "amount_usd_bn",
            Kind::Number {
                least: 0.001,
                most: LARGEST_AMOUNT_USD_BN,
            },
            Absent::Refused,
            "what was bought, billions of dollars",
        ),
        START,
        END,
        PROFILE,
        MIX,
        SOURCE,
        QUALITY,
    ],
};

static NOT_A_SALE: Table = Table {
    path: "not_a_sale",
    keys: &[SELLER, AMOUNT, START, END, PROFILE, MIX, SOURCE, QUALITY],
};

static WORDS: Table = Table {
    path: "words",
    keys: &[
        key("speaker", Kind::Name, Absent::Refused, "who"),
        key(
            "amount_usd_bn",
            Kind::Amount { purchases: false },
            Absent::Refused,
            "size of the sale that is talked about",
        ),
        key(
            "days",
            Kind::Integer {
                least: 1,
                most: 1260,
            },
            Absent::Refused,
            "business days over which it would be sold",
        ),
        key(
            "said",
            Kind::Day,
            Absent::Refused,
            "first session after the words",
        ),
        key(
            "prior",
            PROBABILITY,
            Absent::Refused,
            "probability before them",
        ),
        key(
            "probability",
            PROBABILITY,
            Absent::Refused,
            "probability after them",
        ),
        key(
            "half_life_days",
            Kind::Number {
                least: 1.0,
                most: 1260.0,
            },
            Absent::Number(21.0),
            "half-life of the wait for a start",
        ),
        MIX,
        SOURCE,
        QUALITY,
    ],
};
