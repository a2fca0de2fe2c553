//! The list of assumptions: every parameter with value, unit, range and source, as it stands in this run.
//!
//! Values are those of the day where the day gives them (utilization, GDP); everything else is what the parameter files say.

use crate::baseline::Baseline;
use crate::outcome::Assumption;
use crate::parameters::ParameterBook;
use crate::settings::Settings;

/// All assumptions, camps first.
pub(super) fn list(
    book: &ParameterBook,
    baseline: &Baseline,
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
        name: "engine settings".into(),
        value: settings.name().into(),
        unit: String::new(),
        range: "product, reference".into(),
        source: "docs/concepts/engine.md".into(),
    });
    list
}
