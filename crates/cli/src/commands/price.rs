//! `brandish price`: one security, a portfolio, everything outstanding, or lots by their terms.
//!
//! Files are read whole and every mistake is reported at once, by line, before anything is priced. A holding or lot without a price stays a
//! row with its reason; a lots file with impossible lots ends with status 2 after its good rows were printed.

use std::path::Path;

use brandish_report::{Priced, SummaryStyle, lots_sheets, lots_text, price_sheets, price_text};
use brandish_scenario::pricing::lots::{Convention, LotRecord, LotsFile, price_lots};
use brandish_scenario::pricing::{Given, Holdings, PricingDay};
use brandish_units::{
    BondYield, CleanPrice, Cusip, DiscountMargin, DiscountRate, FaceUsd, InvestmentRate, RealYield,
};

use crate::args::{PriceArgs, SheetFormat};
use crate::commands::curve::ChosenCurve;
use crate::exit::{Ending, Failure};
use crate::load::{load_snapshot, read_table, render};
use crate::terminal::Terminal;

/// Prices what was asked for.
pub fn price(terminal: Terminal, arguments: &PriceArgs) -> Result<Ending, Failure> {
    let format = arguments.output.resolve(terminal)?;
    if let Some(path) = &arguments.lots {
        return lots(terminal, arguments, path, format);
    }
    let chosen = ChosenCurve::read(&arguments.curve, arguments.as_of, terminal)?;
    let day =
        PricingDay::at(&chosen.snapshot, chosen.as_of, chosen.origin()).map_err(Failure::error)?;
    let (rows, failures) = match (arguments.cusip, &arguments.portfolio) {
        (Some(cusip), _) => (one(&day, cusip, arguments)?, Vec::new()),
        (None, Some(path)) => {
            let name = path.display().to_string();
            let text = read_table(path)?;
            let holdings = Holdings::parse(&text, &name, &day)
                .map_err(|found| Failure::diagnostics(render(&found, terminal)))?;
            day.price_holdings(&holdings)
        }
        (None, None) => day.price_all(),
    };
    for (_, error) in &failures {
        terminal.note(&format!("not priced: {error}"));
    }
    let priced = Priced {
        as_of: day.as_of(),
        settlement: day.settlement(),
        curve: day.curve_name(),
        points: day.key_rate_points(),
        rows: &rows,
        failures: &failures,
    };
    let text = price_text(&priced, style(terminal));
    let sheets = price_sheets(&priced);
    arguments
        .output
        .deliver(terminal, format, &sheets, "prices", &text)?;
    Ok(Ending::Ok)
}

/// Width and signs of text for people.
pub fn style(terminal: Terminal) -> SummaryStyle {
    SummaryStyle {
        width: terminal.width(),
        plain: terminal.plain_output(),
    }
}

fn one(
    day: &PricingDay,
    cusip: Cusip,
    arguments: &PriceArgs,
) -> Result<Vec<brandish_scenario::pricing::PricedRow>, Failure> {
    if !(arguments.face.is_finite() && arguments.face > 0.0) {
        return Err(Failure::usage(format!(
            "--face {} is not an amount above zero; give dollars of par, e.g. --face 1000000",
            arguments.face
        )));
    }
    let given = [
        arguments
            .price
            .map(|value| Given::Clean(CleanPrice::from_per_100(value))),
        arguments
            .yield_pct
            .map(|value| Given::Yield(BondYield::from_percent(value))),
        arguments
            .real_yield
            .map(|value| Given::Real(RealYield::from_percent(value))),
        arguments
            .discount_rate
            .map(|value| Given::Discount(DiscountRate::from_percent(value))),
        arguments
            .investment_rate
            .map(|value| Given::Investment(InvestmentRate::from_percent(value))),
        arguments
            .discount_margin
            .map(|value| Given::Margin(DiscountMargin::from_percent(value))),
    ];
    let given = given.into_iter().flatten().next().unwrap_or(Given::Curve);
    let face = FaceUsd::from_dollars(arguments.face);
    Ok(vec![day.price(cusip, face, given).map_err(Failure::error)?])
}

fn lots(
    terminal: Terminal,
    arguments: &PriceArgs,
    path: &Path,
    format: SheetFormat,
) -> Result<Ending, Failure> {
    let snapshot = load_snapshot(arguments.curve.snapshot.as_deref())?;
    let name = path.display().to_string();
    let text = read_table(path)?;
    let file = LotsFile::parse(&text, &name)
        .map_err(|found| Failure::diagnostics(render(&found, terminal)))?;
    if !file.ignored.is_empty() {
        terminal.note(&format!(
            "note: {name}: columns kept and not read: {}",
            file.ignored.join(", ")
        ));
    }
    let record = LotRecord::read(&snapshot).map_err(Failure::error)?;
    let convention = if arguments.street {
        Convention::Street
    } else {
        Convention::Auction
    };
    let rows = price_lots(&file, &record, convention);
    let sheets = lots_sheets(&file, &rows, convention);
    let text = lots_text(&file, &rows, convention, style(terminal));
    arguments
        .output
        .deliver(terminal, format, &sheets, "lots", &text)?;
    let wrong: Vec<String> = file
        .lots
        .iter()
        .zip(&rows)
        .filter_map(|(lot, row)| match lot {
            Ok(lot) if row.failed => Some(format!("error: {name}:{}: {}", lot.line, row.note)),
            _ => None,
        })
        .collect();
    if file.mistakes.is_empty() && wrong.is_empty() {
        return Ok(Ending::Ok);
    }
    let mut message = render(&file.mistakes, terminal);
    for line in wrong {
        if !message.is_empty() {
            message.push('\n');
        }
        message.push_str(&line);
    }
    Err(Failure::diagnostics(message))
}
