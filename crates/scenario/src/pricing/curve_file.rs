//! A user's curve: `tenor,yield_pct`, one point a line, or the six Svensson parameters.
//!
//! The kind stands in the first comment line (`# kind=par`, `# kind=zero`, `# kind=svensson`) or is given by the caller; par yields are
//! bond-equivalent as Treasury publishes them, zero rates continuous, parameters in the Federal Reserve's units (header
//! `parameter,value`). Tenors are published labels (`10Y`, `1.5M`) or years (`7.25`). All mistakes are reported at once. There is no
//! default kind: par and zero differ by a dozen bp.

use brandish_curve::{DiscountCurve, SvenssonParameters};
use brandish_units::{Date, ParYield, Tenor, Years, ZeroRate};

use super::{cells, codes, lines_with_spans};
use crate::ScenarioError;
use crate::diagnostic::{Diagnostic, Source, quoted};

/// What a curve file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveKind {
    /// Bond-equivalent par yields.
    Par,
    /// Continuous zero rates.
    Zero,
    /// Svensson parameters.
    Svensson,
}

impl CurveKind {
    const ALL: [CurveKind; 3] = [CurveKind::Par, CurveKind::Zero, CurveKind::Svensson];

    /// The word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            CurveKind::Par => "par",
            CurveKind::Zero => "zero",
            CurveKind::Svensson => "svensson",
        }
    }

    fn read(word: &str) -> Option<CurveKind> {
        CurveKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The header of a file of this kind.
    const fn header(self) -> [&'static str; 2] {
        match self {
            CurveKind::Par | CurveKind::Zero => ["tenor", "yield_pct"],
            CurveKind::Svensson => ["parameter", "value"],
        }
    }
}

/// A curve file as read.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveFile {
    /// Name of the file as the user gave it.
    pub path: String,
    /// What it holds.
    pub shape: CurveShape,
}

/// The numbers of a curve file.
#[derive(Debug, Clone, PartialEq)]
pub enum CurveShape {
    /// Maturities in order, with par yields in percent.
    Par(Vec<(Years, f64)>),
    /// Maturities in order, with continuous zero rates in percent.
    Zero(Vec<(Years, f64)>),
    /// Parameters.
    Svensson(SvenssonParameters),
}

/// Yields beyond these percents are taken for a mistake of unit.
const YIELD_RANGE_PCT: std::ops::RangeInclusive<f64> = -10.0..=50.0;
/// Most points: one a month for thirty years, and some.
const MOST_POINTS: usize = 400;
/// Names of the parameters, in the order of the formula.
const PARAMETERS: [&str; 6] = [
    "beta0_pct",
    "beta1_pct",
    "beta2_pct",
    "beta3_pct",
    "tau1_years",
    "tau2_years",
];
/// Maturities of the securities behind the Federal Reserve's curve: three months (Gurkaynak, Sack and Wright, FEDS 2006-28, section 3:
/// shorter ones are left out) to thirty years.
pub(super) const SVENSSON_RANGE: (Years, Years) = (Years(0.25), Years(30.0));

impl CurveFile {
    /// Reads the text of a curve file that the user calls `path`. `kind` is the caller's; one in the file must agree.
    ///
    /// # Errors
    /// Every mistake of the file, with its line.
    pub fn parse(
        text: &str,
        path: &str,
        kind: Option<CurveKind>,
    ) -> Result<CurveFile, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let error =
            |span, code, message: String| Diagnostic::error(code, source.origin(span), message);
        let (mut found, mut rows) = (Vec::new(), Vec::new());
        let (mut kind, mut header) = (kind, None);
        for (line, span) in lines_with_spans(text) {
            if let Some(comment) = line.trim_start().strip_prefix('#') {
                if let Some(word) = comment.trim().strip_prefix("kind=") {
                    match (CurveKind::read(word.trim()), kind) {
                        (None, _) => found.push(
                            error(
                                span,
                                codes::CELL,
                                format!("`{}` is not a kind of curve", quoted(word)),
                            )
                            .help("write kind=par, kind=zero or kind=svensson"),
                        ),
                        (Some(own), Some(other)) if own != other => found.push(error(
                            span,
                            codes::CELL,
                            "the file says another kind than the option".to_owned(),
                        )),
                        (own, _) => kind = own,
                    }
                }
            } else if !line.trim().is_empty() {
                if header.is_none() {
                    header = Some((line, span));
                } else {
                    rows.push((line, span));
                }
            }
        }
        if let Some((line, span)) = header {
            let allowed: Vec<[&str; 2]> = match kind {
                Some(kind) => vec![kind.header()],
                None => vec![CurveKind::Par.header(), CurveKind::Svensson.header()],
            };
            if !allowed.iter().any(|header| cells(line) == header) {
                let message = format!("unknown columns `{}`", quoted(line));
                let allowed: Vec<String> = allowed.iter().map(|names| names.join(",")).collect();
                let help = format!("the first line is {}", allowed.join(" or "));
                found.push(error(span, codes::TABLE, message).help(help));
            }
        }
        if rows.len() > MOST_POINTS {
            let message = format!("{} points; a curve has at most {MOST_POINTS}", rows.len());
            found.push(error(0..0, codes::TABLE, message).help("give fewer tenors"));
        } else if rows.is_empty() && found.is_empty() {
            let message = "the file has no point".to_owned();
            found.push(error(0..0, codes::TABLE, message));
        }
        let mut refuse = |span, message: String| found.push(error(span, codes::CELL, message));
        let shape = match kind {
            Some(CurveKind::Svensson) => svensson(&rows, &mut refuse).map(CurveShape::Svensson),
            Some(CurveKind::Zero) => Some(CurveShape::Zero(points(&rows, &mut refuse))),
            // Without a kind the points are read all the same, for their mistakes.
            Some(CurveKind::Par) | None => Some(CurveShape::Par(points(&rows, &mut refuse))),
        };
        if kind.is_none() {
            found.push(
                error(
                    0..0,
                    codes::TABLE,
                    "the file does not say what its yields are".to_owned(),
                )
                .help("write # kind=par, # kind=zero or # kind=svensson into its first line, or give the option"),
            );
        }
        match shape {
            Some(shape) if found.is_empty() => Ok(CurveFile {
                path: path.to_owned(),
                shape,
            }),
            _ => Err(found),
        }
    }

    /// The file again: what is read from it is the same to the bit.
    #[must_use]
    pub fn to_text(&self) -> String {
        let (kind, rows): (CurveKind, Vec<(String, f64)>) = match &self.shape {
            CurveShape::Par(points) => (CurveKind::Par, named(points)),
            CurveShape::Zero(points) => (CurveKind::Zero, named(points)),
            CurveShape::Svensson(p) => {
                let values = [
                    p.beta0_pct,
                    p.beta1_pct,
                    p.beta2_pct,
                    p.beta3_pct,
                    p.tau1_years,
                    p.tau2_years,
                ];
                let names = PARAMETERS.iter().map(|name| (*name).to_owned());
                (CurveKind::Svensson, names.zip(values).collect())
            }
        };
        let mut text = format!("# kind={}\n{}\n", kind.word(), kind.header().join(","));
        for (name, value) in rows {
            text.push_str(&format!("{name},{value:?}\n"));
        }
        text
    }

    /// Shortest and longest maturity that the file speaks of.
    #[must_use]
    pub fn range(&self) -> (Years, Years) {
        match &self.shape {
            CurveShape::Par(points) | CurveShape::Zero(points) => {
                let end = |point: Option<&(Years, f64)>| point.map_or(Years(0.0), |(t, _)| *t);
                (end(points.first()), end(points.last()))
            }
            CurveShape::Svensson(_) => SVENSSON_RANGE,
        }
    }

    /// The curve of a day.
    ///
    /// # Errors
    /// Yields that no curve reprices, parameters that are no curve.
    pub fn curve(&self, as_of: Date) -> Result<DiscountCurve, ScenarioError> {
        Ok(match &self.shape {
            CurveShape::Par(points) => {
                let points: Vec<(Years, ParYield)> = points
                    .iter()
                    .map(|(t, percent)| (*t, ParYield::from_percent(*percent)))
                    .collect();
                DiscountCurve::from_par_yields(as_of, &points)?
            }
            CurveShape::Zero(points) => {
                let points: Vec<(Years, ZeroRate)> = points
                    .iter()
                    .map(|(t, percent)| (*t, ZeroRate::from_percent(*percent)))
                    .collect();
                DiscountCurve::from_zero_rates(as_of, &points)?
            }
            CurveShape::Svensson(parameters) => DiscountCurve::from_svensson(as_of, *parameters)?,
        })
    }
}

fn named(points: &[(Years, f64)]) -> Vec<(String, f64)> {
    points
        .iter()
        .map(|(years, percent)| (format!("{:?}", years.years()), *percent))
        .collect()
}

/// A line and its bytes.
type Line<'a> = (&'a str, std::ops::Range<usize>);

fn points(
    rows: &[Line<'_>],
    refuse: &mut impl FnMut(std::ops::Range<usize>, String),
) -> Vec<(Years, f64)> {
    let mut points = Vec::<(Years, f64)>::new();
    for (line, span) in rows {
        match point(line) {
            Ok((years, percent)) => {
                if points.last().is_some_and(|(before, _)| *before >= years) {
                    let message = format!(
                        "{} years is not beyond the line before; order the tenors, each once",
                        years.years()
                    );
                    refuse(span.clone(), message);
                }
                points.push((years, percent));
            }
            Err(message) => refuse(span.clone(), message),
        }
    }
    points
}

fn svensson(
    rows: &[Line<'_>],
    refuse: &mut impl FnMut(std::ops::Range<usize>, String),
) -> Option<SvenssonParameters> {
    let mut values = [None; PARAMETERS.len()];
    for (line, span) in rows {
        let parts = cells(line);
        let place = PARAMETERS
            .iter()
            .position(|name| Some(name) == parts.first());
        let value = match parts.as_slice() {
            [_, value] => value.parse::<f64>().ok().filter(|v| v.is_finite()),
            _ => None,
        };
        match (place, value) {
            (Some(place), Some(value)) if values[place].is_none() => values[place] = Some(value),
            (Some(place), Some(_)) => {
                refuse(span.clone(), format!("{} stands twice", PARAMETERS[place]));
            }
            (None, _) => {
                let message = format!("`{}` is none of {}", quoted(line), PARAMETERS.join(", "));
                refuse(span.clone(), message);
            }
            (_, None) => refuse(span.clone(), format!("`{}` has no number", quoted(line))),
        }
    }
    for (name, value) in PARAMETERS.iter().zip(&values) {
        if value.is_none() && !rows.is_empty() {
            refuse(0..0, format!("{name} is missing"));
        }
    }
    let [b0, b1, b2, b3, t1, t2] = values;
    Some(SvenssonParameters {
        beta0_pct: b0?,
        beta1_pct: b1?,
        beta2_pct: b2?,
        beta3_pct: b3?,
        tau1_years: t1?,
        tau2_years: t2?,
    })
}

fn point(line: &str) -> Result<(Years, f64), String> {
    let parts = cells(line);
    let [tenor, percent] = parts.as_slice() else {
        return Err(format!("{} fields where 2 are expected", parts.len()));
    };
    let years = match (tenor.parse::<Tenor>(), tenor.parse::<f64>()) {
        (Ok(tenor), _) => tenor.years(),
        (_, Ok(years)) if years.is_finite() && years > 0.0 && years <= 100.0 => Years(years),
        _ => {
            return Err(format!(
                "`{}` is neither a tenor such as 10Y nor years up to 100",
                quoted(tenor)
            ));
        }
    };
    match percent.parse::<f64>() {
        Ok(percent) if YIELD_RANGE_PCT.contains(&percent) => Ok((years, percent)),
        _ => Err(format!(
            "`{}` is not a yield from -10 to 50 percent",
            quoted(percent)
        )),
    }
}
