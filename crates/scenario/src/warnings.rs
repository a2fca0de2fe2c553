//! Numbered warnings: what a reader must know before using a number. The list is in docs/reference/warnings.md.

use crate::outcome::Warning;

/// Holdings by security and maturity are inferred, not disclosed.
#[must_use]
pub fn holdings_inferred(seller: &str, survey: &str) -> Warning {
    Warning {
        code: "BR012",
        text: format!(
            "{seller}'s holdings by maturity are inferred, not disclosed: bills from the monthly holdings report, the rest spread like the long-term Treasuries of all foreign officials in the survey of {survey}."
        ),
    }
}

/// Official and private holdings are not split by country.
#[must_use]
pub fn official_bound(seller: &str, bound: &str, total: &str) -> Warning {
    Warning {
        code: "BR013",
        text: format!(
            "{seller}'s {total} are official and private together; what the state can sell is bounded by {bound}, and how much of that is Treasuries is not disclosed."
        ),
    }
}

/// A bucket is sold beyond what the seller is inferred to hold there.
#[must_use]
pub fn beyond_inferred(seller: &str, bucket: &str, sold: f64, held: f64) -> Warning {
    Warning {
        code: "BR014",
        text: format!(
            "the order sells ${sold:.1}bn of {bucket} Treasuries and {seller} is inferred to hold ${held:.1}bn there; the account treats the difference as a short position."
        ),
    }
}

/// Amounts of some securities are estimated.
#[must_use]
pub fn estimated_universe(reason: &str) -> Warning {
    Warning { code: "BR020", text: format!("the list of outstanding securities is {reason}") }
}

/// TIPS are priced through one breakeven.
#[must_use]
pub fn flat_breakeven(percent: f64) -> Warning {
    Warning {
        code: "BR021",
        text: format!(
            "TIPS are priced off the nominal curve less a flat 10-year breakeven of {percent:.2}% (estimated), and real yields move one for one with nominal ones."
        ),
    }
}

/// A later vintage stands in for what was published.
#[must_use]
pub fn revised_later(what: &str) -> Warning {
    Warning {
        code: "BR022",
        text: format!("{what}: the copy used is of a later vintage than the as-of date (revised_later)."),
    }
}

/// Some draws failed.
#[must_use]
pub fn failed_draws(camp: &str, failed: usize, draws: usize, first: &str) -> Warning {
    Warning {
        code: "BR030",
        text: format!("camp {camp}: {failed} of {draws} draws failed and are left out; the first said: {first}"),
    }
}

/// The run was stopped.
#[must_use]
pub fn interrupted(done: usize, asked: u32) -> Warning {
    Warning {
        code: "BR031",
        text: format!("the run was interrupted: {done} of {asked} draws per camp are in the tables."),
    }
}

/// The Monte Carlo error is large.
#[must_use]
pub fn few_draws(draws: u32) -> Warning {
    Warning {
        code: "BR032",
        text: format!("{draws} draws per camp: too few for bands, only central parameters are reported."),
    }
}

/// What the engine does not do; always shown.
#[must_use]
pub fn engine_limits() -> Warning {
    Warning {
        code: "BR040",
        text: "outside the engine: policy rates, inflation, safe-haven demand, the Treasury's own supply response, and pressure within a day or around an auction (an anticipated $30bn auction moves it 0.1 bp, studies find 2.5). Half of March 2020 is not explained by supply. Beliefs are inputs, and a bluffer who trades on his own bluff can gain."
            .into(),
    }
}

/// The economy's size is not from the snapshot.
#[must_use]
pub fn unverified_gdp(quarter: &str) -> Warning {
    Warning {
        code: "BR023",
        text: format!("nominal GDP of {quarter} (advance estimate) is transcribed and unverified; one percent of it moves results by about one percent."),
    }
}
