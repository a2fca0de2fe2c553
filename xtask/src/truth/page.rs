//! Prints the page: counts first, misses next, then the regulation's examples, then what the rows do and do not prove.
//!
//! The page must be the same on every machine: it holds counts and texts only, no time, version or measured difference.
//! A sceptic reads it from the top: how much was compared, what failed and why, and where to see every single lot.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Lot, Truth};

const KINDS: [(&str, &str); 5] = [
    ("bill", "bills"),
    ("note", "notes"),
    ("bond", "bonds"),
    ("tips", "TIPS"),
    ("frn", "FRNs"),
];

/// Matches and all, of one measure.
#[derive(Default, Clone, Copy)]
struct Count {
    matches: usize,
    all: usize,
}

impl Count {
    fn cell(self) -> String {
        match self.all {
            0 => String::new(),
            all => format!("{} of {}", thousands(self.matches), thousands(all)),
        }
    }

    fn misses(self) -> usize {
        self.all - self.matches
    }
}

fn thousands(number: usize) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", number / 1_000, number % 1_000)
}

fn count<'a>(lots: impl Iterator<Item = &'a Lot>, measure: &str) -> Count {
    let mut count = Count::default();
    for number in lots
        .flat_map(|lot| &lot.numbers)
        .filter(|number| number.measure == measure)
    {
        count.all += 1;
        count.matches += usize::from(number.matches());
    }
    count
}

/// One sentence.
pub fn headline(truth: &Truth) -> String {
    let prices = count(truth.lots.iter(), "price_per_100");
    let rates = count(truth.lots.iter(), "investment_rate_pct");
    format!(
        "{} published auction prices and {} investment rates reproduce in every published digit; {} do not, each listed with its reason",
        prices.cell(),
        rates.cell(),
        prices.misses() + rates.misses()
    )
}

/// Every lot and number as CSV.
pub fn csv(truth: &Truth) -> String {
    let mut text =
        String::from("cusip,kind,issue_date,measure,published,computed,matches,evidence\n");
    for lot in &truth.lots {
        for number in &lot.numbers {
            let _ = writeln!(
                text,
                "{},{},{},{},{},{},{},{}",
                lot.cusip,
                lot.kind,
                lot.issue,
                number.measure,
                number.published,
                number.computed,
                number.matches(),
                lot.evidence
            );
        }
    }
    text
}

/// The page.
pub fn print(truth: &Truth) -> String {
    let mut text = format!(
        "# What reproduces\n\n\
         Written by `cargo xtask truth` from the tables in [goldens/published](../goldens/published/README.md); a test fails when this page and \
         the program disagree, when a miss is not listed, and when a listed miss starts to match.\n\n\
         {}. Prices are compared at six decimals per 100 (three before 20 September 2004, as published), investment rates at three decimals of a \
         percent. Nothing is rounded to fit: each number is printed at the published digits and the two texts are compared.\n\n",
        headline(truth)
    );
    by_decade(truth, &mut text);
    misses(truth, &mut text);
    examples(truth, &mut text);
    other_series(truth, &mut text);
    by_year(truth, &mut text);
    evidence(truth, &mut text);
    text
}

fn decade(lot: &Lot) -> String {
    format!("{}0s", lot.issue.chars().take(3).collect::<String>())
}

fn by_decade(truth: &Truth, text: &mut String) {
    text.push_str(
        "## Auctions by kind and decade of issue\n\n\
         | kind | decade | prices that match | misses | investment rates that match | misses |\n|---|---|---|---|---|---|\n",
    );
    for (kind, name) in KINDS {
        let mut decades: BTreeMap<String, Vec<&Lot>> = BTreeMap::new();
        for lot in truth.lots.iter().filter(|lot| lot.kind == kind) {
            decades.entry(decade(lot)).or_default().push(lot);
        }
        for (decade, lots) in decades {
            line(text, name, &decade, &lots);
        }
    }
    line(text, "all", "", &truth.lots.iter().collect::<Vec<_>>());
    text.push('\n');
}

fn line(text: &mut String, name: &str, decade: &str, lots: &[&Lot]) {
    let prices = count(lots.iter().copied(), "price_per_100");
    let rates = count(lots.iter().copied(), "investment_rate_pct");
    let rate_misses = if rates.all == 0 {
        String::new()
    } else {
        rates.misses().to_string()
    };
    let _ = writeln!(
        text,
        "| {name} | {decade} | {} | {} | {} | {rate_misses} |",
        prices.cell(),
        prices.misses(),
        rates.cell(),
    );
}

fn misses(truth: &Truth, text: &mut String) {
    text.push_str(
        "## Every miss\n\n| security | issued | number | published | computed | why |\n|---|---|---|---|---|---|\n",
    );
    for miss in &truth.misses {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            miss.cusip,
            miss.issue,
            words(&miss.measure),
            miss.published,
            miss.computed,
            miss.reason
        );
    }
    text.push('\n');
}

/// A column's name in words.
fn words(measure: &str) -> &str {
    match measure {
        "price_per_100" => "price",
        "accrued_per_100" => "accrued interest",
        "adjusted_price_per_100" => "adjusted price",
        "adjusted_accrued_per_100" => "adjusted accrued interest",
        "investment_rate_pct" => "investment rate, %",
        other => other,
    }
}

fn examples(truth: &Truth, text: &mut String) {
    text.push_str(
        "## The regulation's worked examples\n\n\
         31 CFR Part 356 Appendix B. The examples of sections I.A (first interest payments), I.B (index ratios), I.D (accrued interest), IV.C (a reopened \
         FRN, day by day) and VI.C are tests of the crate `treasury`.\n\n\
         | section | security | number | printed | computed | |\n|---|---|---|---|---|---|\n",
    );
    for (section, security, numbers) in &truth.examples {
        for (place, number) in numbers.iter().enumerate() {
            let (section, security) = if place == 0 {
                (section.as_str(), security.as_str())
            } else {
                ("", "")
            };
            let _ = writeln!(
                text,
                "| {section} | {security} | {} | {} | {} | {} |",
                words(&number.measure),
                number.published,
                number.computed,
                if number.matches() {
                    "matches"
                } else {
                    "**differs**"
                }
            );
        }
    }
    text.push('\n');
}

fn other_series(truth: &Truth, text: &mut String) {
    let facts = &truth.series;
    let _ = writeln!(
        text,
        "## Other published series\n\n\
         | series | compared | agree |\n|---|---|---|\n\
         | daily reference CPI, five decimals, from the monthly index | {} days | {} |\n\
         | par yield curves of {} days: points repriced by the curve built from them within 0.00000001 bp | {} points | {} |\n",
        thousands(facts.cpi_days),
        thousands(facts.cpi_matches),
        facts.curves,
        thousands(facts.points),
        thousands(facts.repriced)
    );
}

fn by_year(truth: &Truth, text: &mut String) {
    text.push_str(
        "## Prices by year of issue\n\n\
         Matches of all lots; a lot that the tables do not have is not counted anywhere.\n\n\
         | year | bills | notes | bonds | TIPS | FRNs |\n|---|---|---|---|---|---|\n",
    );
    let mut years: BTreeMap<String, BTreeMap<&str, Vec<&Lot>>> = BTreeMap::new();
    for lot in &truth.lots {
        let year: String = lot.issue.chars().take(4).collect();
        years
            .entry(year)
            .or_default()
            .entry(&lot.kind)
            .or_default()
            .push(lot);
    }
    for (year, kinds) in years {
        let _ = write!(text, "| {year} |");
        for (kind, _) in KINDS {
            let lots = kinds.get(kind).map_or(&[][..], Vec::as_slice);
            let _ = write!(
                text,
                " {} |",
                count(lots.iter().copied(), "price_per_100").cell()
            );
        }
        text.push('\n');
    }
    text.push('\n');
}

fn evidence(truth: &Truth, text: &mut String) {
    text.push_str(
        "## What a match proves\n\n\
         | how the row came about | lots | what a match proves |\n|---|---|---|\n",
    );
    for (evidence, proves) in [
        (
            "published",
            "the whole formula: rate and price were published independently",
        ),
        (
            "rate_from_price",
            "day count, rounding and investment rate; the discount rate itself was computed from the price",
        ),
        (
            "transcribed",
            "the whole formula, as far as the copy by hand is right",
        ),
        (
            "transcribed_coupon_inferred",
            "the formula at a coupon that was chosen among the eighths because it fits",
        ),
    ] {
        let lots = truth
            .lots
            .iter()
            .filter(|lot| lot.evidence == evidence)
            .count();
        let _ = writeln!(
            text,
            "| {} | {} | {proves} |",
            evidence.replace('_', " "),
            thousands(lots)
        );
    }
    let three = truth.lots.iter().filter(|lot| lot.decimals == "3").count();
    let _ = writeln!(
        text,
        "\nPrices of {} lots have three decimals, the others six. `cargo xtask truth --lots FILE` writes every lot as CSV, published beside computed.",
        thousands(three)
    );
}
