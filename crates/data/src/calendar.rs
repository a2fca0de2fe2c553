//! When an observation became known: explicit release dates, and rules where no date is at hand.
//!
//! A dated row of `release_calendar` is a release seen in a document; a rule is the publisher's habit, taken on the late
//! side so that a run never sees what was not out. TIC: by the 18th of the second month after; H.4.1: Thursday; Z.1: 74
//! days after the quarter; surveys: end of the next April. Days off move to the next business day (SIFMA).

use std::collections::BTreeMap;

use brandish_units::calendar::{add_business_days, is_business_day, next_business_day};
use brandish_units::{Date, Weekday};

use crate::DataError;
use crate::month::Month;
use crate::quality::{Release, ReleaseBasis};
use crate::store::Table;

/// Release dates and rules by series.
#[derive(Debug, Clone)]
pub struct ReleaseCalendar {
    rules: BTreeMap<String, Rule>,
    /// Series and observation as written (`2025-02` or `2025-09-30`).
    dated: BTreeMap<(String, String), Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    SameDay,
    Days(i32),
    BusinessDays(i32),
    QuarterDays(i32),
    MonthDay { months: i32, day: i32 },
    MonthBusinessDay { months: i32, count: i32 },
    Weekday { weekday: Weekday, count: i32 },
}

impl ReleaseCalendar {
    /// Reads the table.
    pub(crate) fn read(table: &Table) -> Result<ReleaseCalendar, DataError> {
        let [series, observation, released, rule] =
            table.columns(["series", "observation", "released", "rule"])?;
        let mut rules = BTreeMap::new();
        let mut dated = BTreeMap::new();
        for row in table.rows() {
            let row = row?;
            let name = row.text(series).to_owned();
            if row.text(observation).is_empty() {
                let parsed = Rule::parse(row.text(rule))
                    .ok_or_else(|| row.wrong(rule, "a release rule such as month_day:2:18"))?;
                rules.insert(name, parsed);
            } else {
                dated.insert(
                    (name, row.text(observation).to_owned()),
                    row.date(released)?,
                );
            }
        }
        Ok(ReleaseCalendar { rules, dated })
    }

    /// When the observation of a day (or of the period that ends on it) came out.
    pub fn release(&self, series: &str, observed: Date) -> Result<Release, DataError> {
        for key in [observed.to_string(), Month::of(observed).to_string()] {
            if let Some(date) = self.dated.get(&(series.to_owned(), key)) {
                return Ok(Release {
                    date: *date,
                    basis: ReleaseBasis::Dated,
                });
            }
        }
        match self.rules.get(series) {
            Some(rule) => Ok(Release {
                date: rule.date(observed),
                basis: ReleaseBasis::Rule,
            }),
            None => Err(DataError::Unknown {
                table: "release_calendar",
                what: "series",
                name: series.to_owned(),
                known: self.rules.keys().cloned().collect::<Vec<_>>().join(", "),
            }),
        }
    }
}

impl Rule {
    fn parse(text: &str) -> Option<Rule> {
        let parts: Vec<&str> = text.split(':').collect();
        let number = |place: usize| parts.get(place)?.parse::<i32>().ok();
        match (*parts.first()?, parts.len()) {
            ("same_day", 1) => Some(Rule::SameDay),
            ("days", 2) => Some(Rule::Days(number(1)?)),
            ("business_days", 2) => Some(Rule::BusinessDays(number(1)?)),
            ("quarter_days", 2) => Some(Rule::QuarterDays(number(1)?)),
            ("month_day", 3) => Some(Rule::MonthDay {
                months: number(1)?,
                day: number(2)?,
            }),
            ("month_business_day", 3) => Some(Rule::MonthBusinessDay {
                months: number(1)?,
                count: number(2)?,
            }),
            ("weekday", 3) => Some(Rule::Weekday {
                weekday: match *parts.get(1)? {
                    "monday" => Weekday::Monday,
                    "tuesday" => Weekday::Tuesday,
                    "wednesday" => Weekday::Wednesday,
                    "thursday" => Weekday::Thursday,
                    "friday" => Weekday::Friday,
                    _ => return None,
                },
                count: number(2)?,
            }),
            _ => None,
        }
    }

    fn date(self, observed: Date) -> Date {
        let month = |months: i32| Month::of(observed).plus_months(months).start();
        match self {
            Rule::SameDay => observed,
            Rule::Days(days) => business_day_from(observed.plus_days(days)),
            Rule::BusinessDays(days) => add_business_days(observed, days),
            Rule::QuarterDays(days) => {
                let to_end = 2 - (observed.month() as i32 - 1) % 3;
                business_day_from(
                    Month::of(observed)
                        .plus_months(to_end)
                        .end()
                        .plus_days(days),
                )
            }
            Rule::MonthDay { months, day } => business_day_from(month(months).plus_days(day - 1)),
            Rule::MonthBusinessDay { months, count } => {
                add_business_days(month(months).plus_days(-1), count)
            }
            Rule::Weekday { weekday, count } => {
                let mut day = observed.plus_days(1);
                while day.weekday() != weekday {
                    day = day.plus_days(1);
                }
                business_day_from(day.plus_days(7 * (count - 1)))
            }
        }
    }
}

/// The date itself when the market is open, else the next business day.
fn business_day_from(date: Date) -> Date {
    if is_business_day(date) {
        date
    } else {
        next_business_day(date)
    }
}
