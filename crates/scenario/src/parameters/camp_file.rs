//! A camp file: TOML with one `[camp]` and the `[[study]]` tables behind it, checked with all its mistakes at once.
//!
//! A camp is given in observables. Either the risk price stands in the file, or the response within a month does and the risk price is
//! fitted to it; the demand slope follows from the long-run response in closed form. The same keys describe a user's
//! own camp inside a scenario file (`[assumptions.own_camp]`). Units: bp of the ten-year yield per $100bn of the reference seller's mix,
//! 2025 economy; risk price in 1/($bn bp).

use toml::de::DeTable;

use super::{CampDefinition, Study, StudyRole};
use crate::calibration::risk_price_for_month_response;
use crate::diagnostic::{Diagnostic, Origin, Source};
use crate::file::codes;
use crate::file::schema::{Absent, Key, Kind, Table, key};
use crate::file::walk::{Report, Section, walk};
use crate::file::{CampName, read_syntax};

const VERSION: i64 = 1;
const LETTERS: &[&str] = &["S", "C", "F", "X", "U"];

/// Keys of a camp.
pub(crate) const CAMP_KEYS: &[Key] = &[
    key(
        "letter",
        Kind::Choice(LETTERS),
        Absent::Word("U"),
        "letter in tables; a user's own camp is U",
    ),
    key(
        "name",
        Kind::Text {
            most: 60,
            lines: false,
        },
        Absent::Refused,
        "short name",
    ),
    key(
        "sentence",
        Kind::Text {
            most: 400,
            lines: false,
        },
        Absent::Refused,
        "what the camp believes, in one sentence",
    ),
    key(
        "stress",
        Kind::Flag,
        Absent::Flag(false),
        "whether it is a stress bound that stays outside headlines",
    ),
    key(
        "weight",
        Kind::Number {
            least: 0.0,
            most: 1.0,
        },
        Absent::Refused,
        "weight in the stated mixture; weights of the headline camps are normalized",
    ),
    key(
        "made_of",
        Kind::Choices {
            words: &["S", "C", "F", "X"],
            least: 0,
        },
        Absent::Words(&[]),
        "camps it is made of: their studies count as its own",
    ),
    key(
        "long_run_response_bp_per_100bn",
        Kind::Number {
            least: 0.05,
            most: 100.0,
        },
        Absent::Refused,
        "long-run response of the ten-year yield, bp per $100bn (reference mix, 2025 economy)",
    ),
    key(
        "month_response_bp_per_100bn",
        Kind::Number {
            least: 0.05,
            most: 1000.0,
        },
        Absent::Nothing,
        "response at the end of a month in which $100bn is sold undeclared; the risk price is fitted to it",
    ),
    key(
        "risk_price_central",
        Kind::Number {
            least: 1e-8,
            most: 1e-2,
        },
        Absent::Nothing,
        "risk price of intermediaries, 1/($bn bp), instead of a month response",
    ),
    key(
        "news_central",
        Kind::Number {
            least: 0.0,
            most: 20.0,
        },
        Absent::Number(0.5),
        "further dollars expected per undeclared dollar seen",
    ),
    key(
        "unit",
        Kind::Text {
            most: 200,
            lines: false,
        },
        Absent::Word("bp of the 10-year yield per $100bn; risk price in 1/($bn bp)"),
        "units of the numbers",
    ),
    key(
        "range",
        Kind::Text {
            most: 400,
            lines: false,
        },
        Absent::Word("not given"),
        "range in the literature",
    ),
    key(
        "source",
        Kind::Text {
            most: 1000,
            lines: false,
        },
        Absent::Refused,
        "studies, or the word judgement",
    ),
];

static CAMP: Table = Table {
    path: "camp",
    keys: CAMP_KEYS,
};

/// A user's own camp inside a scenario file.
pub(crate) static OWN_CAMP: Table = Table {
    path: "assumptions.own_camp",
    keys: CAMP_KEYS,
};

static STUDY: Table = Table {
    path: "study",
    keys: &[
        key(
            "name",
            Kind::Text {
                most: 120,
                lines: false,
            },
            Absent::Refused,
            "authors and year",
        ),
        key(
            "finding",
            Kind::Text {
                most: 400,
                lines: false,
            },
            Absent::Refused,
            "what it found, in your words",
        ),
        key(
            "quote",
            Kind::Text {
                most: 200,
                lines: false,
            },
            Absent::Nothing,
            "a short quotation, where the text was read",
        ),
        key(
            "role",
            Kind::Choice(&["fitted", "compared"]),
            Absent::Refused,
            "whether the camp's numbers rest on it",
        ),
        key(
            "economy",
            Kind::Text {
                most: 20,
                lines: false,
            },
            Absent::Refused,
            "year of the economy in which it measured",
        ),
        key(
            "sample_from",
            Kind::Day,
            Absent::Nothing,
            "first day of its sample",
        ),
        key(
            "sample_to",
            Kind::Day,
            Absent::Nothing,
            "last day of its sample",
        ),
        key(
            "read",
            Kind::Choice(&["full text", "abstract", "summary", "second-hand"]),
            Absent::Refused,
            "how far it was read",
        ),
        key(
            "source",
            Kind::Text {
                most: 400,
                lines: false,
            },
            Absent::Refused,
            "where it was published",
        ),
    ],
};

static ROOT: Table = Table {
    path: "",
    keys: &[
        key(
            "schema",
            Kind::Integer {
                least: VERSION,
                most: VERSION,
            },
            Absent::Refused,
            "version of this file format",
        ),
        key(
            "camp",
            Kind::Table(&CAMP),
            Absent::Refused,
            "the camp in observables",
        ),
        key(
            "study",
            Kind::Tables(&STUDY),
            Absent::Nothing,
            "a study behind it",
        ),
    ],
};

/// Reads the text of a camp file, which the user knows as `file_name`.
///
/// # Errors
/// All mistakes with their lines; a month response that no risk price gives.
pub fn parse(text: &str, file_name: &str) -> Result<CampDefinition, Vec<Diagnostic>> {
    let source = Source::new(file_name, text);
    if text.len() > crate::file::LARGEST_FILE_BYTES {
        let empty = Source::new(file_name, "");
        let message = "the camp file is larger than 1 MiB";
        return Err(vec![Diagnostic::error(
            codes::UNREADABLE,
            empty.origin(0..0),
            message,
        )]);
    }
    let tree: DeTable<'_> = read_syntax(&source)?;
    let mut report = Report::new(&source);
    let root = Section::root(&ROOT, &tree);
    walk(&root, &mut report);
    let studies: Vec<Option<Study>> = root
        .sections("study")
        .iter()
        .map(|section| study(section, &mut report))
        .collect();
    let camp = root
        .section("camp")
        .and_then(|section| definition(&section, &mut report));
    match camp {
        Some(mut camp) if !report.has_errors() => {
            camp.studies = studies.into_iter().flatten().collect();
            Ok(camp)
        }
        _ => Err(report.finish()),
    }
}

/// A user's own camp from a file: like [`parse`], and its letter must be U.
///
/// # Errors
/// All mistakes with their lines.
pub fn parse_own(text: &str, file_name: &str) -> Result<CampDefinition, Vec<Diagnostic>> {
    let camp = parse(text, file_name)?;
    if camp.letter == CampName::U {
        return Ok(camp);
    }
    let source = Source::new(file_name, text);
    let at = text.find("letter").unwrap_or_default();
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    Err(vec![not_own(source.origin(at..end), camp.letter)])
}

/// The letters S, C, F and X belong to the shipped camps.
pub(crate) fn not_own(origin: Origin, letter: CampName) -> Diagnostic {
    let message = format!("the letter {} belongs to a shipped camp", letter.letter());
    Diagnostic::error(codes::NOT_ALLOWED, origin, message)
        .help("leave `letter` out or write letter = \"U\"")
}

/// The camp of a section, without studies; what ties keys together is reported.
pub(crate) fn definition(section: &Section<'_>, report: &mut Report<'_>) -> Option<CampDefinition> {
    let letter = |word: &str| CampName::ALL.into_iter().find(|c| c.letter() == word);
    let long_run = section.number("long_run_response_bp_per_100bn");
    let news = section.number("news_central");
    let risk_price = risk_price(section, long_run, news, report);
    Some(CampDefinition {
        letter: letter(section.text("letter")?)?,
        name: section.text("name")?.to_owned(),
        sentence: section.text("sentence")?.to_owned(),
        stress: section.flag("stress")?,
        weight: section.number("weight")?,
        made_of: section
            .words("made_of")?
            .into_iter()
            .filter_map(letter)
            .collect(),
        long_run_response_bp_per_100bn: long_run?,
        risk_price_central: risk_price?,
        news_central: news?,
        unit: section.text("unit")?.to_owned(),
        range: section.text("range")?.to_owned(),
        source: section.text("source")?.to_owned(),
        studies: Vec::new(),
    })
}

/// The risk price: given, or fitted to the month response.
fn risk_price(
    section: &Section<'_>,
    long_run: Option<f64>,
    news: Option<f64>,
    report: &mut Report<'_>,
) -> Option<f64> {
    let given = section.written("risk_price_central").is_some();
    let month = section.written("month_response_bp_per_100bn").is_some();
    if given == month {
        let (span, message) = if given {
            (
                section.span_of_key("risk_price_central"),
                "`risk_price_central` and `month_response_bp_per_100bn` say the same thing twice",
            )
        } else {
            (
                section.span.clone(),
                "the camp has neither `month_response_bp_per_100bn` nor `risk_price_central`",
            )
        };
        report.error(codes::MEANINGLESS, span, message, |d| {
            d.help("give one of them: the month response if you know what studies find, else the risk price")
        });
        return None;
    }
    if given {
        return section.number("risk_price_central");
    }
    let target = section.number("month_response_bp_per_100bn")?;
    match risk_price_for_month_response(long_run?, target, news?) {
        Ok(price) => Some(price),
        Err(error) => {
            let span = section.span_of("month_response_bp_per_100bn");
            report.error(
                codes::MEANINGLESS,
                span,
                format!("the camp cannot be fitted: {error}"),
                |d| d.help("raise `long_run_response_bp_per_100bn` or lower the month response"),
            );
            None
        }
    }
}

fn study(section: &Section<'_>, report: &mut Report<'_>) -> Option<Study> {
    let sample = match (section.day("sample_from"), section.day("sample_to")) {
        (Some(from), Some(to)) if from <= to => Some((from, to)),
        (None, None) => None,
        _ => {
            let message = "`sample_from` and `sample_to` come together, the earlier first";
            report.error(codes::DAYS, section.span.clone(), message, |d| d);
            None
        }
    };
    let role = match section.text("role")? {
        "fitted" => StudyRole::Fitted,
        _ => StudyRole::Compared,
    };
    if role == StudyRole::Fitted && sample.is_none() {
        let message = "a study to which the camp is fitted needs `sample_from` and `sample_to`";
        report.error(codes::MISSING_KEY, section.span.clone(), message, |d| {
            d.help("episodes that overlap its sample are in-sample; give the widest reading if you are not sure")
        });
    }
    Some(Study {
        name: section.text("name")?.to_owned(),
        finding: section.text("finding")?.to_owned(),
        quote: section.text("quote").map(str::to_owned),
        role,
        economy: section.text("economy")?.to_owned(),
        sample,
        read: section.text("read")?.to_owned(),
        source: section.text("source")?.to_owned(),
    })
}
