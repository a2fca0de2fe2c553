//! Numbered warnings: what a reader must know before using a number.
//!
//! BR012-BR019 are about sellers, orders and holders, BR020-BR029 about data and currencies, BR030-BR039 about the run, BR040 about the engine.
//! `docs/reference/warnings.md` lists all of them with what to do; BR1xx are about scenario files (`file::codes`).

use brandish_effects::markets::{Finding, Market};
use brandish_units::{Cusip, Date, UsdPerEur};

use crate::markets::MarketStudy;
use crate::outcome::Warning;

/// CUSIPs that one warning names before it only counts.
const MOST_LOTS_NAMED: usize = 10;

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

/// Lots of a portfolio are not outstanding on the day.
#[must_use]
pub fn unknown_lots(path: &str, as_of: Date, unknown: &[Cusip], lots: usize) -> Warning {
    let mut named: Vec<String> = unknown
        .iter()
        .take(MOST_LOTS_NAMED)
        .map(|cusip| cusip.as_str().to_owned())
        .collect();
    if unknown.len() > MOST_LOTS_NAMED {
        named.push(format!("and {} more", unknown.len() - MOST_LOTS_NAMED));
    }
    Warning {
        code: "BR015",
        text: format!(
            "{path}: {} of {lots} lots are no Treasuries outstanding at the close of {as_of} (matured, not yet issued, or not a Treasury) and count nothing: {}.",
            unknown.len(),
            named.join(", ")
        ),
    }
}

/// Dollars are sold for something whose price is outside the engine.
#[must_use]
pub fn converted_elsewhere(into: &str, percent: f64) -> Warning {
    Warning {
        code: "BR016",
        text: format!(
            "{percent:.0}% of the proceeds are sold for {into}: no effect of that on Treasuries, USDJPY or the price of {into} is modeled; all numbers are those of proceeds left on deposit."
        ),
    }
}

/// A defined holder has no account in a currency of its own.
#[must_use]
pub fn dollar_accounts(holder: &str) -> Warning {
    Warning {
        code: "BR017",
        text: format!(
            "{holder} is defined in the scenario file with `currency = \"USD\"`: its accounts are in dollars only. EUR and JPY are the other currencies in which accounts are given."
        ),
    }
}

/// A reported holder's own currency has no rate in the snapshot.
#[must_use]
pub fn no_own_currency(holder: &str) -> Warning {
    Warning {
        code: "BR027",
        text: format!(
            "{holder}'s accounts in its own currency are not available: the snapshot has no exchange rate for it. Available: USD; EUR and JPY for holders whose currency they are."
        ),
    }
}

/// No rate of a currency had been published by the day.
#[must_use]
pub fn no_rate(holder: &str, currency: &str, as_of: Date) -> Warning {
    Warning {
        code: "BR027",
        text: format!(
            "{holder}'s accounts in {currency} are not available: no rate of it had been published by the close of {as_of}. Available: USD."
        ),
    }
}

/// Euro accounts are dollars at one rate.
#[must_use]
pub fn constant_euro(holder: &str, rate: UsdPerEur, day: Date) -> Warning {
    Warning {
        code: "BR028",
        text: format!(
            "{holder}'s accounts in EUR are its dollar accounts at the reference rate of {day}, {rate} dollars per euro: no response of that rate is modeled (only USDJPY responds)."
        ),
    }
}

/// A holder has more of some maturities than its sector is inferred to hold.
#[must_use]
pub fn taken_elsewhere(holder: &str, elsewhere: f64, beyond: f64) -> Warning {
    let beyond = if beyond > 0.0 {
        format!(
            " ${beyond:.1}bn of it is more than is outstanding in those maturities and stands as a short position of household/other: check the holder's size and mix."
        )
    } else {
        String::new()
    };
    Warning {
        code: "BR018",
        text: format!(
            "{holder} holds ${elsewhere:.1}bn more of some maturities than its sector is inferred to hold there; in the accounts it is taken out of all other holders in proportion.{beyond}"
        ),
    }
}

/// Lots and declared holdings differ.
#[must_use]
pub fn portfolio_does_not_add_up(
    path: &str,
    holder: &str,
    lots: f64,
    declared: f64,
    as_of: Date,
) -> Warning {
    Warning {
        code: "BR019",
        text: format!(
            "{path}: the lots of {holder} are worth ${lots:.3}bn at the close of {as_of} and `holdings_usd_bn` says {declared:.3}. An account by security is not available; given are the account by maturity and its bounds. Set `holdings_usd_bn = {lots:.3}`, or correct the faces."
        ),
    }
}

/// More of a security than exists.
#[must_use]
pub fn more_than_outstanding(
    path: &str,
    holder: &str,
    cusip: Cusip,
    face: f64,
    outstanding: f64,
) -> Warning {
    Warning {
        code: "BR019",
        text: format!(
            "{path}: {holder} would hold ${face:.3}bn of {cusip}, of which ${outstanding:.3}bn is outstanding. An account by security is not available; given are the account by maturity and its bounds. Look at the column's unit: face_usd is dollars, face_usd_mn millions."
        ),
    }
}

/// Amounts of some securities are estimated.
#[must_use]
pub fn estimated_universe(reason: &str) -> Warning {
    Warning {
        code: "BR020",
        text: format!("outstanding securities: {reason}"),
    }
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
        text: format!(
            "{what}: the copy used is of a later vintage than the as-of date (revised_later)."
        ),
    }
}

/// An output of the taxpayer's bill lacks an input.
#[must_use]
pub fn taxpayer_missing(what: &str) -> Warning {
    Warning {
        code: "BR034",
        text: format!("the taxpayer's bill: {what}."),
    }
}

/// Some draws failed.
#[must_use]
pub fn failed_draws(camp: &str, failed: usize, draws: usize, first: &str) -> Warning {
    Warning {
        code: "BR030",
        text: format!(
            "camp {camp}: {failed} of {draws} draws failed and are left out; the first said: {first}"
        ),
    }
}

/// The run was stopped.
#[must_use]
pub fn interrupted(done: usize, asked: u32) -> Warning {
    Warning {
        code: "BR031",
        text: format!(
            "the run was interrupted: {done} of {asked} draws per camp are in the tables."
        ),
    }
}

/// The Monte Carlo error is large.
#[must_use]
pub fn few_draws(draws: u32) -> Warning {
    Warning {
        code: "BR032",
        text: format!(
            "{draws} draws per camp: too few for bands, only central parameters are reported."
        ),
    }
}

/// Parts of the change, or parameters that matter, are missing in a camp.
#[must_use]
pub fn unexplained(camp: &str, reason: &str) -> Warning {
    Warning {
        code: "BR033",
        text: format!(
            "camp {camp}: the change is explained in part only, because without one of its channels or with one parameter at the end of its prior the market finds no price ({reason})."
        ),
    }
}

/// What the engine does not do; always shown.
/// What other markets did with yields depends on the kind of day, and mostly cannot be told.
#[must_use]
pub fn other_markets(study: &MarketStudy) -> Warning {
    let stable: Vec<&str> = Market::ALL
        .into_iter()
        .filter(|market| {
            study
                .reading(*market)
                .is_some_and(|found| matches!(found.estimate.finding, Finding::Stable(_)))
        })
        .map(Market::name)
        .collect();
    let stable = if stable.is_empty() {
        "no market".to_owned()
    } else {
        stable.join(", ")
    };
    Warning {
        code: "BR035",
        text: format!(
            "other markets are conditional on the kind of day: a supply shock is not a growth shock, and on growth days the same rise of yields goes with other moves. In the windows known by {}, {stable} shows a stable response on days of a sale's kind; the others have no number.",
            study.as_of
        ),
    }
}

#[must_use]
pub fn engine_limits() -> Warning {
    Warning {
        code: "BR040",
        text: "outside the engine: policy rates, inflation, safe-haven demand, the Treasury's own supply response, and pressure within a day or around an auction (an anticipated $30bn auction moves it 0.1 bp, studies find 2.5). Half of March 2020 is not explained by supply. Beliefs are inputs, and a bluffer who trades on his own bluff can gain."
            .into(),
    }
}

/// The curve is the user's.
#[must_use]
pub fn own_curve(path: &str) -> Warning {
    Warning {
        code: "BR026",
        text: format!(
            "prices and levels rest on your own curve ({path}), not on Treasury's of the day; what really happened is still told by Treasury's."
        ),
    }
}

/// The economy's size is an advance estimate and not from the snapshot.
#[must_use]
pub fn unverified_gdp(quarter: &str) -> Warning {
    Warning {
        code: "BR023",
        text: format!(
            "nominal GDP of {quarter} is the advance estimate to $10bn, for most quarters recalled from the release (parameters/economy.toml marks those read in it); later revisions reach 4 percent, and one percent of GDP moves results by about one percent."
        ),
    }
}
