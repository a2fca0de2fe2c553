//! Reserves after the sale, against the IMF's adequacy metric.
//!
//! Selling for dollars that are kept leaves reserves as large as before but for the execution loss and the fall in value of what the
//! state keeps; gold and other reserve currencies are reserves too; the own currency is not. With `R` the reserves, `E` the loss, `M` the mark on the official part of what
//! is kept at the horizon (all kept times the official bound over the total) and `A` what was sold:
//!
//! kept in dollars, gold or euro: R - E + M          sold for the own currency: R - E + M - (A - E)
//!
//! The metric weighs what can drain reserves, `w_1 exports + w_2 broad money + w_3 short-term debt + w_4 other liabilities`, with weights for
//! floating and for fixed rates; 100 to 150 percent of it is called adequate (IMF 2015, 2016; `parameters/facilities.toml`). It is made for
//! emerging markets; for the issuer of a reserve currency it is a yardstick, not a verdict. Its inputs are not in the snapshot: a user
//! gives them in a file (`item,usd_bn`), each mistake of which is named by line.

use brandish_data::{DataError, KnownOn, Provenance, Quality};
use brandish_units::{Date, Usd};

use crate::baseline::Seller;
use crate::diagnostic::{Diagnostic, Source, nearest, quoted};
use crate::error::ScenarioError;
use crate::file::CampName;
use crate::parameters::{AdequacyWeights, Facilities, Regime};
use crate::pricing::{cells, codes, lines_with_spans};

/// Items of an adequacy file; the first four must be there.
const ITEMS: [&str; 6] = [
    "exports",
    "broad_money",
    "short_term_debt",
    "other_liabilities",
    "imports",
    "gdp",
];
/// How many of them must be there.
const NEEDED: usize = 4;
/// Largest amount that is not taken for a mistake of unit, $bn.
const LARGEST_USD_BN: f64 = 1e6;

/// What an adequacy file says.
#[derive(Debug, Clone, PartialEq)]
pub struct AdequacyFile {
    /// Name of the file as the user gave it.
    pub path: String,
    /// Whose figures and of when, in the file's words.
    pub source: String,
    /// Which weights.
    pub regime: Regime,
    /// Exports of goods and services of a year.
    pub exports: Usd,
    /// Broad money.
    pub broad_money: Usd,
    /// External debt due within a year.
    pub short_term_debt: Usd,
    /// Other portfolio and other liabilities to foreigners.
    pub other_liabilities: Usd,
    /// Imports of a year, if given.
    pub imports: Option<Usd>,
    /// GDP of a year, if given.
    pub gdp: Option<Usd>,
}

impl AdequacyFile {
    /// Reads the text of a file that the user calls `path`.
    ///
    /// # Errors
    /// Every mistake of the file, with its line.
    pub fn parse(text: &str, path: &str) -> Result<Self, Vec<Diagnostic>> {
        let file = Source::new(path, text);
        let mut found = Vec::new();
        let error =
            |span, code, message: String| Diagnostic::error(code, file.origin(span), message);
        let (mut regime, mut source, mut header) = (None, None, false);
        let mut values = [None; ITEMS.len()];
        for (line, span) in lines_with_spans(text) {
            if let Some(comment) = line.trim_start().strip_prefix('#') {
                let comment = comment.trim();
                if let Some(word) = comment.strip_prefix("regime=") {
                    regime = Regime::read(word.trim());
                    if regime.is_none() {
                        found.push(
                            error(
                                span,
                                codes::CELL,
                                format!("`{}` is not a regime", quoted(word)),
                            )
                            .help("write regime=floating or regime=fixed"),
                        );
                    }
                } else if let Some(words) = comment.strip_prefix("source=") {
                    source = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
                }
                continue;
            }
            if line.trim().is_empty() {
                continue;
            }
            let parts = cells(line);
            if !header {
                header = true;
                if parts != ["item", "usd_bn"] {
                    let message = format!("unknown columns `{}`", quoted(line));
                    found.push(
                        error(span, codes::TABLE, message).help("the first line is item,usd_bn"),
                    );
                }
                continue;
            }
            match item(&parts) {
                Ok((place, value)) if values[place].is_none() => values[place] = Some(value),
                Ok((place, _)) => found.push(error(
                    span,
                    codes::CELL,
                    format!("{} stands twice", ITEMS[place]),
                )),
                Err(message) => {
                    let mut mistake = error(span, codes::CELL, message);
                    if let Some(near) = parts.first().and_then(|name| nearest(name, ITEMS)) {
                        mistake = mistake.help(format!("is `{near}` meant?"));
                    }
                    found.push(mistake);
                }
            }
        }
        for (name, value) in ITEMS.iter().zip(&values).take(NEEDED) {
            if value.is_none() {
                found.push(error(0..0, codes::TABLE, format!("{name} is missing")));
            }
        }
        if regime.is_none() && found.iter().all(|d| !d.message.contains("regime")) {
            found.push(
                error(
                    0..0,
                    codes::TABLE,
                    "the file does not say whether the currency floats".to_owned(),
                )
                .help("write # regime=floating or # regime=fixed into its first line"),
            );
        }
        if source.is_none() {
            found.push(
                error(
                    0..0,
                    codes::TABLE,
                    "the file does not say where its figures come from".to_owned(),
                )
                .help("write a line such as # source=central bank, June 2025"),
            );
        }
        let amount = |place: usize| values[place].map(Usd::from_bn);
        match (
            regime,
            source,
            amount(0),
            amount(1),
            amount(2),
            amount(3),
            found.is_empty(),
        ) {
            (
                Some(regime),
                Some(source),
                Some(exports),
                Some(broad_money),
                Some(short_term_debt),
                Some(other_liabilities),
                true,
            ) => Ok(Self {
                path: path.to_owned(),
                source,
                regime,
                exports,
                broad_money,
                short_term_debt,
                other_liabilities,
                imports: amount(4),
                gdp: amount(5),
            }),
            _ => Err(found),
        }
    }

    /// The metric: what reserves should cover.
    #[must_use]
    pub fn metric(&self, weights: AdequacyWeights) -> Usd {
        Usd::from_bn(
            weights.exports * self.exports.bn()
                + weights.broad_money * self.broad_money.bn()
                + weights.short_term_debt * self.short_term_debt.bn()
                + weights.other_liabilities * self.other_liabilities.bn(),
        )
    }
}

fn item(parts: &[&str]) -> Result<(usize, f64), String> {
    let [name, value] = parts else {
        return Err(format!("{} fields where 2 are expected", parts.len()));
    };
    let Some(place) = ITEMS.iter().position(|item| item == name) else {
        return Err(format!(
            "`{}` is none of {}",
            quoted(name),
            ITEMS.join(", ")
        ));
    };
    match value.parse::<f64>() {
        Ok(amount) if amount.is_finite() && amount > 0.0 && amount <= LARGEST_USD_BN => {
            Ok((place, amount))
        }
        _ => Err(format!(
            "`{}` is not an amount in $bn above zero",
            quoted(value)
        )),
    }
}

/// Reserves before and after, by camp.
#[derive(Debug, Clone, PartialEq)]
pub struct Reserves {
    /// Where they come from.
    pub source: String,
    /// Day of the figure.
    pub date: Date,
    /// Before.
    pub before: Usd,
    /// After the scenario's own way, at the horizon.
    pub after: Vec<ReservesAfter>,
    /// Against the metric, if a file gives its inputs.
    pub adequacy: Option<Adequacy>,
}

/// Reserves after the sale in one camp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReservesAfter {
    /// The camp.
    pub camp: CampName,
    /// Dollars kept, or turned into gold or euro.
    pub kept: Usd,
    /// Dollars sold for the own currency.
    pub spent: Usd,
}

/// Reserves against the metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Adequacy {
    /// The file's words.
    pub source: String,
    /// Which weights.
    pub regime: Regime,
    /// The metric.
    pub metric: Usd,
    /// Reserves over the metric between which they are called adequate.
    pub adequate: (f64, f64),
    /// Reserves over the metric before the sale.
    pub before: f64,
    /// The same after, dollars kept and dollars spent, by camp.
    pub after: Vec<(CampName, f64, f64)>,
    /// Months of imports before the sale, if imports are given.
    pub months_of_imports: Option<f64>,
    /// Reserves over GDP before the sale, if GDP is given.
    pub of_gdp: Option<f64>,
}

/// What the sale does to the reserves in one camp, $bn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effect {
    pub camp: CampName,
    pub loss: f64,
    pub official_mark: f64,
}

/// The seller's reserves as last published by the day.
pub(super) fn before(
    known: &KnownOn<'_>,
    seller: &Seller,
) -> Result<Result<(Usd, Date, String), String>, ScenarioError> {
    let (amount, date, source) = match seller.reported_as.as_deref() {
        Some("Japan") => {
            let found = known.japan_reserves()?;
            (
                found.reserve_assets,
                found.date,
                format!(
                    "official reserve assets of Japan, Ministry of Finance{}",
                    quality(&found.provenance)
                ),
            )
        }
        Some(holder) => match known.reserves_ex_gold(holder) {
            Ok((amount, provenance)) => (
                amount,
                provenance.observed,
                format!("reserves without gold of {}, IMF", seller.title),
            ),
            Err(DataError::Unknown { .. } | DataError::NothingPublished { .. }) => {
                return Ok(Err(format!(
                    "the snapshot has no reserves of {} published by {}",
                    seller.title,
                    known.as_of()
                )));
            }
            Err(error) => return Err(error.into()),
        },
        None => {
            return Ok(Err(format!(
                "{} is defined in the scenario file, which has no reserves",
                seller.title
            )));
        }
    };
    Ok(Ok((amount, date, source)))
}

fn quality(provenance: &Provenance) -> String {
    if provenance.quality == Quality::Published {
        String::new()
    } else {
        format!(" ({}; {})", provenance.quality.word(), provenance.note)
    }
}

/// Reserves after the sale of `sold`.
pub(super) fn after(
    (before, date, source): (Usd, Date, String),
    sold: Usd,
    effects: &[Effect],
    facilities: &Facilities,
    file: Option<&AdequacyFile>,
) -> Reserves {
    let after: Vec<ReservesAfter> = effects
        .iter()
        .map(|effect| {
            let kept = before.bn() - effect.loss + effect.official_mark;
            ReservesAfter {
                camp: effect.camp,
                kept: Usd::from_bn(kept),
                spent: Usd::from_bn(kept - (sold.bn() - effect.loss)),
            }
        })
        .collect();
    let adequacy = file.map(|file| {
        let metric = file.metric(facilities.weights(file.regime));
        let over = |reserves: Usd| reserves.bn() / metric.bn();
        Adequacy {
            source: file.source.clone(),
            regime: file.regime,
            metric,
            adequate: facilities.adequate,
            before: over(before),
            after: after
                .iter()
                .map(|after| (after.camp, over(after.kept), over(after.spent)))
                .collect(),
            months_of_imports: file
                .imports
                .map(|imports| before.bn() / (imports.bn() / 12.0)),
            of_gdp: file.gdp.map(|gdp| before.bn() / gdp.bn()),
        }
    });
    Reserves {
        source,
        date,
        before,
        after,
        adequacy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# regime=floating\n# source=made up for a test\nitem,usd_bn\nexports,100\nbroad_money,1000\nshort_term_debt,200\nother_liabilities,400\nimports,120\ngdp,2000\n";

    #[test]
    fn the_metric_is_the_weighted_sum_of_four_items() {
        let facilities = Facilities::shipped().unwrap();
        let file = AdequacyFile::parse(FILE, "a.csv").unwrap();
        // 5 + 50 + 60 + 60, and 10 + 100 + 60 + 80 with the weights for fixed rates
        let metric = |regime| file.metric(facilities.weights(regime)).bn();
        assert!((metric(Regime::Floating) - 175.0).abs() < 1e-9);
        assert!((metric(Regime::Fixed) - 250.0).abs() < 1e-9);
    }

    #[test]
    fn dollars_that_are_kept_cost_the_loss_and_the_mark_alone() {
        let file = AdequacyFile::parse(FILE, "a.csv").unwrap();
        let effects = [Effect {
            camp: CampName::C,
            loss: 2.0,
            official_mark: -8.0,
        }];
        let start = (
            Usd::from_bn(350.0),
            "2025-03-31".parse().unwrap(),
            "somebody".to_owned(),
        );
        let facilities = Facilities::shipped().unwrap();
        let found = after(
            start,
            Usd::from_bn(102.0),
            &effects,
            &facilities,
            Some(&file),
        );
        assert_eq!(found.after[0].kept, Usd::from_bn(340.0));
        // of 102 sold at as-of value 100 arrived, and left
        assert_eq!(found.after[0].spent, Usd::from_bn(240.0));
        let adequacy = found.adequacy.unwrap();
        assert!((adequacy.before - 2.0).abs() < 1e-12);
        assert!((adequacy.after[0].2 - 240.0 / 175.0).abs() < 1e-12);
        assert!((adequacy.months_of_imports.unwrap() - 35.0).abs() < 1e-12);
        assert!((adequacy.of_gdp.unwrap() - 0.175).abs() < 1e-12);
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        for (from, to, line, word) in [
            ("floating", "afloat", 1, "not a regime"),
            ("# regime=floating\n", "", 1, "floats"),
            ("made up for a test", "", 1, "come from"),
            ("item,usd_bn", "name,usd_bn", 3, "unknown columns"),
            ("exports,100", "export,100", 4, "none of"),
            ("exports,100", "exports,-1", 4, "above zero"),
            ("exports,100", "exports,1,2", 4, "3 fields"),
            ("exports,100\n", "", 1, "exports is missing"),
            ("imports,120", "exports,120", 8, "twice"),
        ] {
            assert!(FILE.contains(from));
            let found = AdequacyFile::parse(&FILE.replacen(from, to, 1), "a.csv").unwrap_err();
            assert!(
                found
                    .iter()
                    .any(|d| d.origin.line == line && d.message.contains(word)),
                "{to}: {found:?}"
            );
        }
    }
}
