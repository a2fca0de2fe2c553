//! The list of assumptions: every parameter with value, unit, range and source, as it stands in this run.
//!
//! Values are those of the day where the day gives them (utilization, GDP); everything else is what the parameter files say.

use crate::baseline::Baseline;
use crate::markets::MarketStudy;
use crate::outcome::Assumption;
use crate::parameters::ParameterBook;
use crate::settings::Settings;

/// All assumptions, camps first.
pub(super) fn list(
    book: &ParameterBook,
    baseline: &Baseline,
    study: &MarketStudy,
    settings: Settings,
) -> Vec<Assumption> {
    let mut list: Vec<Assumption> = book
        .camps
        .all()
        .iter()
        .map(|camp| Assumption {
            name: format!("camp {}: {}", camp.letter.letter(), camp.name),
            value: format!(
                "long run {:.2} bp per $100bn; risk price {:.3e}; news {:.2}; weight {:.2}",
                camp.long_run_response_bp_per_100bn,
                camp.risk_price_central,
                camp.news_central,
                camp.weight
            ),
            unit: camp.unit.clone(),
            range: camp.range.clone(),
            source: camp.source.clone(),
        })
        .collect();
    list.extend(
        book.priors
            .all()
            .iter()
            .chain(book.usdjpy.all())
            .map(|prior| Assumption {
                name: prior.name.replace('_', " "),
                value: if prior.name == "utilization_at_rest" {
                    format!("{:.2}", baseline.economy.utilization_at_rest)
                } else {
                    format!("{}", prior.central)
                },
                unit: prior.unit.clone(),
                range: prior.range.clone(),
                source: prior.source.clone(),
            }),
    );
    list.push(Assumption {
        name: "nominal GDP".into(),
        value: format!("{:.0}", baseline.economy.gdp.bn()),
        unit: "$bn, annual rate".into(),
        range: "revisions move a quarter by up to about 1 percent".into(),
        source: format!("{} ({})", book.economy.source, baseline.gdp_quarter),
    });
    list.push(Assumption {
        name: "other markets: what an estimate must show".into(),
        value: format!(
            "{} days of {} episodes; {} standard errors from zero; one sign whichever episode is left out",
            study.rules.least_days, study.rules.least_episodes, study.rules.least_ratio
        ),
        unit: String::new(),
        range: "two to three standard errors".into(),
        source: book.markets.rules_source.clone(),
    });
    list.extend(study.mortgage.iter().map(|window| Assumption {
        name: format!("pass-through to 30-year mortgage rates, {}", window.name),
        value: format!(
            "{:.3} \u{b1} {:.3} ({} four-week changes)",
            window.response.per_ten_bp / 10.0,
            window.response.standard_error / 10.0,
            window.periods
        ),
        unit: window.unit.clone(),
        range: window.range.clone(),
        source: window.source.clone(),
    }));
    list.push(Assumption {
        name: "engine settings".into(),
        value: settings.name().into(),
        unit: String::new(),
        range: "product, reference".into(),
        source: "docs/concepts/engine.md".into(),
    });
    list
}
