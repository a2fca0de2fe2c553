//! A user's curve: `tenor,yield_pct`, one point a line.
//!
//! The kind stands in the first comment line (`# kind=par` or `# kind=zero`) or is given by the caller; par yields are
//! bond-equivalent as Treasury publishes them, zero rates continuous. Tenors are published labels (`10Y`, `1.5M`) or years
//! (`7.25`). All mistakes are reported at once. There is no default kind: the two differ by a dozen bp.

use brandish_curve::DiscountCurve;
use brandish_units::{Date, ParYield, Tenor, Years, ZeroRate};

use super::{cells, codes, lines_with_spans};
use crate::ScenarioError;
use crate::diagnostic::{Diagnostic, Source, quoted};

/// What the yields of a curve file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveKind {
    /// Bond-equivalent par yields.
    Par,
    /// Continuous zero rates.
    Zero,
}

impl CurveKind {
    /// Reads `par` or `zero`.
    #[must_use]
    pub fn read(word: &str) -> Option<CurveKind> {
        match word {
            "par" => Some(CurveKind::Par),
            "zero" => Some(CurveKind::Zero),
            _ => None,
        }
    }
}

/// A curve file as read.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveFile {
    /// Name of the file as the user gave it.
    pub path: String,
    /// What its yields are.
    pub kind: CurveKind,
    /// Maturities in order, with yields in percent.
    pub points: Vec<(Years, f64)>,
}

/// Yields beyond these percents are taken for a mistake of unit.
const YIELD_RANGE_PCT: std::ops::RangeInclusive<f64> = -10.0..=50.0;

/// Most points: one a month for thirty years, and some.
const MOST_POINTS: usize = 400;

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
        let (mut found, mut points) = (Vec::new(), Vec::<(Years, f64)>::new());
        let (mut kind, mut header) = (kind, false);
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
                            .help("write kind=par or kind=zero"),
                        ),
                        (Some(own), Some(other)) if own != other => found.push(error(
                            span,
                            codes::CELL,
                            "the file says another kind than the option".to_owned(),
                        )),
                        (own, _) => kind = own,
                    }
                }
                continue;
            }
            if line.trim().is_empty() {
                continue;
            }
            if !header {
                header = true;
                if cells(line) != ["tenor", "yield_pct"] {
                    let message = format!("unknown columns `{}`", quoted(line));
                    found.push(
                        error(span, codes::TABLE, message)
                            .help("the first line is tenor,yield_pct"),
                    );
                }
                continue;
            }
            match point(line) {
                Ok((years, percent)) => {
                    if points.last().is_some_and(|(before, _)| *before >= years) {
                        let message =
                            format!("{} years is not beyond the line before", years.years());
                        found.push(
                            error(span, codes::CELL, message).help("order the tenors, each once"),
                        );
                    }
                    points.push((years, percent));
                }
                Err(message) => found.push(error(span, codes::CELL, message)),
            }
        }
        if points.len() > MOST_POINTS {
            let message = format!("{} points; a curve has at most {MOST_POINTS}", points.len());
            found.push(error(0..0, codes::TABLE, message).help("give fewer tenors"));
        }
        if points.is_empty() && found.is_empty() {
            found.push(error(
                0..0,
                codes::TABLE,
                "the file has no point".to_owned(),
            ));
        }
        match kind {
            Some(kind) if found.is_empty() => Ok(CurveFile {
                path: path.to_owned(),
                kind,
                points,
            }),
            Some(_) => Err(found),
            None => {
                found.push(
                    error(
                        0..0,
                        codes::TABLE,
                        "the file does not say what its yields are".to_owned(),
                    )
                    .help(
                        "write # kind=par or # kind=zero into its first line, or give the option",
                    ),
                );
                Err(found)
            }
        }
    }

    /// The file again: what is read from it is the same to the bit.
    #[must_use]
    pub fn to_text(&self) -> String {
        let kind = match self.kind {
            CurveKind::Par => "par",
            CurveKind::Zero => "zero",
        };
        let mut text = format!("# kind={kind}\ntenor,yield_pct\n");
        for (years, percent) in &self.points {
            text.push_str(&format!("{:?},{percent:?}\n", years.years()));
        }
        text
    }

    /// The curve of a day.
    ///
    /// # Errors
    /// Yields that no curve reprices.
    pub fn curve(&self, as_of: Date) -> Result<DiscountCurve, ScenarioError> {
        Ok(match self.kind {
            CurveKind::Par => {
                let points: Vec<(Years, ParYield)> = self
                    .points
                    .iter()
                    .map(|(t, percent)| (*t, ParYield::from_percent(*percent)))
                    .collect();
                DiscountCurve::from_par_yields(as_of, &points)?
            }
            CurveKind::Zero => {
                let points: Vec<(Years, ZeroRate)> = self
                    .points
                    .iter()
                    .map(|(t, percent)| (*t, ZeroRate::from_percent(*percent)))
                    .collect();
                DiscountCurve::from_zero_rates(as_of, &points)?
            }
        })
    }
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
