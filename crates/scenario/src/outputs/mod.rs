//! Outputs that a study asks of many runs: a measure of the long table with its tenor, day or holder.
//!
//! A sweep or a tornado does not need the ten thousand facts of a run but a handful, read from the same paths with the same formulas: the
//! number of an output equals the number of the long table, bit for bit (a test compares). An output is written
//! `measure`, `measure:tenor`, `measure:tenor:day`, `measure:day` or `measure:holder:day`, or in the keys of a grid file.

mod picked;

pub(crate) use picked::{OutputFacts, picks};

use std::fmt;

use brandish_units::Tenor;

use crate::bands::FactKey;
use crate::diagnostic::nearest;
use crate::file::schema::LONGEST_HORIZON_DAYS;

/// A measure that can be asked for, and what it takes to name one number of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Name in the long table.
    pub name: &'static str,
    /// Whether it is about a tenor.
    pub tenor: bool,
    /// Whether it is about a day.
    pub day: bool,
    /// Whether it is about a sector, a seller or a period.
    pub holder: bool,
    /// Unit of the value.
    pub unit: &'static str,
}

const fn measure(name: &'static str, unit: &'static str) -> Measure {
    Measure {
        name,
        tenor: false,
        day: false,
        holder: false,
        unit,
    }
}

impl Measure {
    const fn at_tenor(mut self) -> Self {
        self.tenor = true;
        self
    }

    const fn on_day(mut self) -> Self {
        self.day = true;
        self
    }

    const fn of_holder(mut self) -> Self {
        self.holder = true;
        self
    }
}

/// Everything that can be asked for.
pub const MEASURES: [Measure; 32] = [
    measure("yield_change_peak", "bp").at_tenor(),
    measure("yield_change_day1", "bp").at_tenor(),
    measure("yield_change_long_run", "bp").at_tenor(),
    measure("yield_change", "bp").at_tenor().on_day(),
    measure("yield_level", "pct").at_tenor().on_day(),
    measure("utilization_peak", "ratio"),
    measure("utilization", "ratio").on_day(),
    measure("sold", "usd_bn").on_day(),
    measure("forced_sales", "usd_bn").on_day(),
    measure("fed_purchases", "usd_bn").on_day(),
    measure("inventory", "usd_bn").on_day(),
    measure("absorbed", "usd_bn").on_day(),
    measure("switching", "usd_bn").on_day(),
    measure("purchases", "usd_bn").of_holder().on_day(),
    measure("purchases_ten_year_equivalents", "usd_bn")
        .of_holder()
        .on_day(),
    measure("execution_loss", "usd_bn").of_holder().on_day(),
    measure("mark_to_market", "usd_bn").of_holder().on_day(),
    measure("holder_pnl", "usd_bn").of_holder().on_day(),
    measure("interest_cost", "usd_bn").of_holder(),
    measure("usdjpy_change", "pct").on_day(),
    measure("closing_value", "usd_bn").of_holder().on_day(),
    measure("proceeds", "usd_bn").of_holder().on_day(),
    measure("market_value_change", "usd_bn").on_day(),
    measure("fiscal_interest_gross", "usd_bn").of_holder(),
    measure("fiscal_interest_net_of_fed", "usd_bn").of_holder(),
    measure("fiscal_interest_gross_pct", "pct").of_holder(),
    measure("fiscal_interest_rollover", "usd_bn").of_holder(),
    measure("fiscal_interest_new_borrowing", "usd_bn").of_holder(),
    measure("mortgage_change", "bp").on_day(),
    measure("mortgage_change_peak", "bp"),
    measure("volatility_change", "pct").of_holder().on_day(),
    measure("volatility_change_peak", "pct").of_holder(),
];

/// Names of the measures, as a grid file may write them.
pub(crate) const MEASURE_NAMES: &[&str] = &[
    "yield_change_peak",
    "yield_change_day1",
    "yield_change_long_run",
    "yield_change",
    "yield_level",
    "utilization_peak",
    "utilization",
    "sold",
    "forced_sales",
    "fed_purchases",
    "inventory",
    "absorbed",
    "switching",
    "purchases",
    "purchases_ten_year_equivalents",
    "execution_loss",
    "mark_to_market",
    "holder_pnl",
    "interest_cost",
    "usdjpy_change",
    "closing_value",
    "proceeds",
    "market_value_change",
    "fiscal_interest_gross",
    "fiscal_interest_net_of_fed",
    "fiscal_interest_gross_pct",
    "fiscal_interest_rollover",
    "fiscal_interest_new_borrowing",
    "mortgage_change",
    "mortgage_change_peak",
    "volatility_change",
    "volatility_change_peak",
];

/// Labels of the published tenors, as a grid file may write them.
pub(crate) const TENOR_LABELS: &[&str] = &[
    "1M", "1.5M", "2M", "3M", "4M", "6M", "1Y", "2Y", "3Y", "5Y", "7Y", "10Y", "20Y", "30Y",
];

/// One number that is asked of every path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The measure.
    pub measure: &'static Measure,
    /// Tenor, where the measure has one.
    pub tenor: Option<Tenor>,
    /// Business day, where the measure has one.
    pub day: Option<u32>,
    /// Sector, seller or period, where the measure has one.
    pub holder: Option<String>,
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.measure.name)?;
        if let Some(tenor) = self.tenor {
            write!(f, ":{}", tenor.label())?;
        }
        if let Some(holder) = &self.holder {
            write!(f, ":{holder}")?;
        }
        if let Some(day) = self.day {
            write!(f, ":{day}")?;
        }
        Ok(())
    }
}

impl Output {
    /// The usual one: the peak of the ten-year yield.
    #[must_use]
    pub fn ten_year_peak() -> Self {
        Self {
            measure: &MEASURES[0],
            tenor: Some(Tenor::Y10),
            day: None,
            holder: None,
        }
    }

    /// An output from its parts; what is missing or means nothing is said in words.
    ///
    /// # Errors
    /// A measure that is not known, a part that is missing, a part that the measure does not have.
    pub fn new(
        name: &str,
        tenor: Option<Tenor>,
        day: Option<u32>,
        holder: Option<&str>,
    ) -> Result<Self, String> {
        let Some(measure) = MEASURES.iter().find(|measure| measure.name == name) else {
            let near = nearest(name, MEASURE_NAMES.iter().copied());
            let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
            return Err(format!(
                "`{}` is no measure that can be asked for; {near}there are {}",
                crate::diagnostic::quoted(name),
                MEASURE_NAMES.join(", ")
            ));
        };
        let parts = [
            ("a tenor", measure.tenor, tenor.is_some()),
            ("a day", measure.day, day.is_some()),
            ("a holder", measure.holder, holder.is_some()),
        ];
        for (part, needed, given) in parts {
            if needed && !given {
                return Err(format!("`{name}` needs {part}, e.g. {}", example(measure)));
            }
            if given && !needed {
                return Err(format!(
                    "`{name}` has no use for {part}: write {}",
                    example(measure)
                ));
            }
        }
        if day.is_some_and(|day| i64::from(day) > LONGEST_HORIZON_DAYS) {
            return Err(format!("a day is at most {LONGEST_HORIZON_DAYS}"));
        }
        Ok(Self {
            measure,
            tenor,
            day,
            holder: holder.map(str::to_owned),
        })
    }

    /// An output from its text, `yield_change:10Y:63`.
    ///
    /// # Errors
    /// As for [`Self::new`]; a part that is neither tenor nor day where the measure has no holder.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = text.split(':').map(str::trim);
        let name = parts.next().unwrap_or("");
        let known = MEASURES.iter().find(|measure| measure.name == name);
        let (mut tenor, mut day, mut holder) = (None, None, None);
        for part in parts {
            if let Ok(number) = part.parse::<u32>()
                && day.is_none()
            {
                day = Some(number);
            } else if let Ok(found) = part.parse::<Tenor>()
                && tenor.is_none()
            {
                tenor = Some(found);
            } else if known.is_some_and(|measure| measure.holder) && holder.is_none() {
                holder = Some(part);
            } else {
                return Err(format!(
                    "`{}` in `{}` is neither a tenor ({}) nor a day",
                    crate::diagnostic::quoted(part),
                    crate::diagnostic::quoted(text),
                    TENOR_LABELS.join(" ")
                ));
            }
        }
        Self::new(name, tenor, day, holder)
    }

    /// Whether a fact of a run is this output. The day of a peak is that of the central path and is no part of the question.
    pub(crate) fn is(&self, key: &FactKey) -> bool {
        key.measure == self.measure.name
            && key.unit == self.measure.unit
            && key.tenor == self.tenor
            && key.bucket.is_none()
            && key.sector.as_deref() == self.holder.as_deref()
            && (!self.measure.day || key.day == self.day)
    }
}

/// How an output of a measure is written.
fn example(measure: &Measure) -> String {
    let mut text = measure.name.to_owned();
    if measure.tenor {
        text.push_str(":10Y");
    }
    if measure.holder {
        text.push_str(match measure.name {
            name if name.contains("interest_") => ":total",
            name if name.starts_with("volatility_") => ":MOVE",
            "purchases" | "purchases_ten_year_equivalents" => ":specialists",
            _ => ":japan",
        });
    }
    if measure.day {
        text.push_str(":63");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_output_reads_back_from_its_text() {
        for measure in &MEASURES {
            let text = example(measure);
            let output = Output::parse(&text).unwrap();
            assert_eq!(output.measure, measure);
            assert_eq!(output.to_string(), text);
        }
    }

    #[test]
    fn the_words_of_a_grid_file_are_those_of_the_program() {
        let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
        assert_eq!(names, MEASURE_NAMES);
        let labels: Vec<&str> = Tenor::ALL.iter().map(|tenor| tenor.label()).collect();
        assert_eq!(labels, TENOR_LABELS);
    }

    #[test]
    fn what_is_missing_or_useless_is_said() {
        let said = |text: &str| Output::parse(text).unwrap_err();
        assert!(said("yield_change:10Y").contains("needs a day"));
        assert!(said("yield_change_peak").contains("needs a tenor"));
        assert!(said("yield_change_peak:10Y:63").contains("no use for a day"));
        assert!(said("yield_change_peek:10Y").contains("did you mean `yield_change_peak`"));
        assert!(said("utilization_peak:8Y").contains("neither a tenor"));
        assert!(said("execution_loss:63").contains("needs a holder"));
    }
}
