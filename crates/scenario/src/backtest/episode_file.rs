//! An episode file: TOML with windows, sales and their sources, checked with all its mistakes at once.
//!
//! A file of the user's is read by the same rules as the shipped ones: `brandish backtest FILE.toml`. The format is described in
//! `docs/reference/episode-files.md`. Dates are calendar days; a sale runs over the business days from `start` to `end`.

use brandish_units::{Bp, Date, Usd, calendar};
use toml::de::DeValue;

use super::episode::{Episode, EpisodeMix, Flow, Judged, Window, Words};
use super::episode_keys::{ROOT, TENOR_KEYS};
use crate::diagnostic::{Diagnostic, Source};
use crate::file::mix::{buckets, profile};
use crate::file::walk::{Report, Section, walk};
use crate::file::{LARGEST_FILE_BYTES, codes, read_syntax};

/// Longest time from the as-of day to the end of the last window, business days.
const LONGEST_DAYS: i32 = 1260;

/// Reads the text of an episode file, which the user knows as `file_name`.
///
/// # Errors
/// All mistakes with their lines.
pub fn parse(text: &str, file_name: &str) -> Result<Episode, Vec<Diagnostic>> {
    let source = Source::new(file_name, text);
    if text.len() > LARGEST_FILE_BYTES {
        let empty = Source::new(file_name, "");
        return Err(vec![Diagnostic::error(
            codes::UNREADABLE,
            empty.origin(0..0),
            "the episode file is larger than 1 MiB",
        )]);
    }
    let tree = read_syntax(&source)?;
    let mut report = Report::new(&source);
    let root = Section::root(&ROOT, &tree);
    walk(&root, &mut report);
    match episode(&root, &mut report) {
        Some(episode) if !report.has_errors() => Ok(episode),
        _ => Err(report.finish()),
    }
}

fn episode(root: &Section<'_>, report: &mut Report<'_>) -> Option<Episode> {
    let as_of = root.day("as_of");
    if let Some(day) = as_of
        && !calendar::is_business_day(day)
    {
        let before = calendar::previous_business_day(day);
        let message = format!("`as_of` = {day} is no business day");
        report.error(codes::DATE, root.span_of("as_of"), message, |d| {
            d.help(format!("the session before it is {before}"))
        });
    }
    let windows = windows(root, as_of, report);
    let mut flows = |name: &str| -> Vec<Option<Flow>> {
        let sections = root.sections(name);
        sections.iter().map(|s| flow(s, as_of, report)).collect()
    };
    let (sales, fed, not_sales) = (flows("sale"), flows("fed_purchase"), flows("not_a_sale"));
    let words: Vec<Option<Words>> = root
        .sections("words")
        .iter()
        .map(|section| words(section, as_of, report))
        .collect();
    says_something(root, report);
    let economy = root.section("economy");
    let number = |key| economy.as_ref().and_then(|section| section.number(key));
    Some(Episode {
        name: root.text("name")?.to_owned(),
        title: root.text("title")?.to_owned(),
        as_of: as_of?,
        facts: root.text("facts").map(str::to_owned),
        moved: root.text("moved")?.to_owned(),
        windows: windows?,
        sales: sales.into_iter().collect::<Option<_>>()?,
        fed_purchases: fed.into_iter().collect::<Option<_>>()?,
        not_sales: not_sales.into_iter().collect::<Option<_>>()?,
        words: words.into_iter().collect::<Option<_>>()?,
        forced_sellers: root.flag("forced_sellers")?,
        fed_credibility: root.number("fed_credibility"),
        gdp: number("gdp_usd_bn").map(Usd::from_bn),
        utilization_at_rest: number("utilization_at_rest"),
    })
}

/// A placebo sells nothing; everything else sells or says something.
fn says_something(root: &Section<'_>, report: &mut Report<'_>) {
    let written = |name: &str| !root.sections(name).is_empty();
    let placebo = root
        .sections("window")
        .iter()
        .all(|window| window.text("judged") == Some("nothing"));
    if written("sale") && placebo {
        let message = "every window is judged \"nothing\", and something is sold";
        report.error(codes::MEANINGLESS, root.span_of_key("sale"), message, |d| {
            d.help("write a fall that was no sale under [[not_a_sale]]")
        });
    }
    if !written("sale") && !written("words") && !written("fed_purchase") && !placebo {
        let message = "nothing is sold, bought or said";
        report.error(
            codes::MEANINGLESS,
            root.span_of_key("window"),
            message,
            |d| d.help("add a [[sale]], or judge every window \"nothing\""),
        );
    }
}

fn windows(
    root: &Section<'_>,
    as_of: Option<Date>,
    report: &mut Report<'_>,
) -> Option<Vec<Window>> {
    let sections = root.sections("window");
    if sections.is_empty() && root.written("window").is_some() {
        let message = "an episode needs at least one [[window]]";
        report.error(codes::MISSING_KEY, root.span_of("window"), message, |d| d);
    }
    let mut found: Vec<Window> = Vec::new();
    let mut complete = true;
    for section in &sections {
        match window(section, as_of, report) {
            Some(window) if found.iter().any(|other| other.name == window.name) => {
                let message = format!("two windows are called `{}`", window.name);
                report.error(codes::TWICE, section.span_of("name"), message, |d| d);
            }
            Some(window) => found.push(window),
            None => complete = false,
        }
    }
    complete.then_some(found)
}

fn window(section: &Section<'_>, as_of: Option<Date>, report: &mut Report<'_>) -> Option<Window> {
    let (start, end) = (section.day("start"), section.day("end"));
    if let (Some(start), Some(end)) = (start, end) {
        if end <= start {
            let message = format!("the window ends on {end} and starts on {start}");
            report.error(codes::DAYS, section.span_of("end"), message, |d| {
                d.help("yields are read from the close of `start` to the close of `end`")
            });
        }
        if let Some(as_of) = as_of {
            if start < as_of {
                let message = format!("the window starts on {start}, before `as_of` = {as_of}");
                report.error(codes::DAYS, section.span_of("start"), message, |d| {
                    d.help("move `as_of` back to the session before the first sale")
                });
            }
            if calendar::business_days_between(as_of, end) > LONGEST_DAYS {
                let message =
                    format!("the window ends more than {LONGEST_DAYS} business days after `as_of`");
                report.error(codes::DAYS, section.span_of("end"), message, |d| d);
            }
        }
    }
    let word = section.text("judged")?;
    let judged = Judged::ALL
        .iter()
        .find(|(_, name)| *name == word)
        .map(|(judged, _)| *judged)?;
    Some(Window {
        name: section.text("name")?.to_owned(),
        start: start?,
        end: end?,
        judged,
        facts: section.text("facts").map(str::to_owned),
        observed: TENOR_KEYS
            .iter()
            .map(|key| section.number(key).map(Bp))
            .collect(),
        origin: report.origin(section.span.clone()),
    })
}

fn flow(section: &Section<'_>, as_of: Option<Date>, report: &mut Report<'_>) -> Option<Flow> {
    let (first, last) = (section.day("start"), section.day("end"));
    let mut days = None;
    if let (Some(first), Some(last)) = (first, last) {
        let count = calendar::business_days_between(first.plus_days(-1), last);
        if count < 1 {
            let message = format!("no business day lies between {first} and {last}");
            report.error(codes::DAYS, section.span_of("end"), message, |d| d);
        } else {
            days = u32::try_from(count).ok();
        }
        if let Some(as_of) = as_of
            && first <= as_of
        {
            let message = format!("the first day {first} is not after `as_of` = {as_of}");
            report.error(codes::DAYS, section.span_of("start"), message, |d| {
                d.help("day 1 is the session after `as_of`")
            });
        }
        if let Some(as_of) = as_of
            && calendar::business_days_between(as_of, last) > LONGEST_DAYS
        {
            let message =
                format!("the last day is more than {LONGEST_DAYS} business days after `as_of`");
            report.error(codes::DAYS, section.span_of("end"), message, |d| d);
        }
    }
    let profile = profile(section, days, report);
    let mix = mix(section, report);
    let announced = announced(section, as_of, report);
    // a purchase of the Fed is written as what it bought and has no seller
    let (seller, sign) = match section.table.key("seller") {
        Some(_) => (section.text("seller")?, 1.0),
        None => ("federal-reserve", -1.0),
    };
    Some(Flow {
        seller: seller.to_owned(),
        amount: Usd::from_bn(sign * section.number("amount_usd_bn")?),
        first: first?,
        last: last?,
        profile: profile?,
        mix: mix?,
        announced: announced?,
        source: section.text("source")?.to_owned(),
        quality: section.text("quality")?.to_owned(),
    })
}

/// The announcement, if there is one; the outer `None` where it was refused.
fn announced(
    section: &Section<'_>,
    as_of: Option<Date>,
    report: &mut Report<'_>,
) -> Option<Option<(Date, f64)>> {
    if section.table.key("known").is_none() {
        return Some(None);
    }
    if section.text("known")? == "silent" {
        for key in ["announced", "credibility"] {
            if section.written(key).is_some() {
                let message = format!("`{key}` means nothing with known = \"silent\"");
                report.error(codes::MEANINGLESS, section.span_of_key(key), message, |d| {
                    d.help("write known = \"announced\"")
                });
            }
        }
        return Some(None);
    }
    let day = section.day("announced").or(as_of)?;
    Some(Some((day, section.number("credibility")?)))
}

fn mix(section: &Section<'_>, report: &mut Report<'_>) -> Option<EpisodeMix> {
    if let Some(DeValue::Table(table)) = section.written("mix") {
        return buckets(section, table, report).map(EpisodeMix::Shares);
    }
    Some(match section.text("mix")? {
        "survey-official" => EpisodeMix::SurveyOfficial,
        "survey-private" => EpisodeMix::SurveyPrivate,
        "survey-all" => EpisodeMix::SurveyAll,
        "bills" => EpisodeMix::Bills,
        _ => return None,
    })
}

fn words(section: &Section<'_>, as_of: Option<Date>, report: &mut Report<'_>) -> Option<Words> {
    let said = section.day("said");
    if let (Some(said), Some(as_of)) = (said, as_of)
        && said <= as_of
    {
        let message = format!("`said` = {said} is not after `as_of` = {as_of}");
        report.error(codes::DAYS, section.span_of("said"), message, |d| {
            d.help("give the first session after the words")
        });
    }
    Some(Words {
        speaker: section.text("speaker")?.to_owned(),
        amount: Usd::from_bn(section.number("amount_usd_bn")?),
        days: section.count("days")?,
        said: said?,
        prior: section.number("prior")?,
        probability: section.number("probability")?,
        half_life_days: section.number("half_life_days")?,
        mix: mix(section, report)?,
        source: section.text("source")?.to_owned(),
    })
}
