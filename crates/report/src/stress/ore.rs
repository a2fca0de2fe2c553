//! Open Source Risk Engine: `stresstest.xml`, one `StressTest` for every camp, statistic and day.
//!
//! Element names and their order follow `xsd/stress.xsd` and `xsd/sensitivity.xsd` of OpenSourceRisk/Engine: the curve, spot and volatility
//! groups that the schema requires are there, empty where a run says nothing. Shifts are absolute shifts of continuous zero rates as
//! decimals (1 bp is 0.0001); USDJPY shifts are relative, yen per dollar. The Treasury curve goes into a `YieldCurve` whose name is that
//! of the reader's own market configuration. Swap spreads are no result of a run: whether the dollar discount curve moves like
//! Treasuries is for the reader to say.

use brandish_scenario::stress::ZeroShock;

use crate::format::tenor_label;

/// Curves that are shifted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OreCurves {
    /// Name of the Treasury curve in the reader's configuration.
    pub yield_curve: String,
    /// Currency of a discount curve that is shifted by the same amounts, if one is.
    pub discount_curve: Option<String>,
}

/// Groups that the schema requires and a run has nothing to say about.
const EMPTY: [&str; 6] = [
    "FxVolatilities",
    "SwaptionVolatilities",
    "CapFloorVolatilities",
    "SecuritySpreads",
    "RecoveryRates",
    "SurvivalProbabilities",
];

/// The stress file.
#[must_use]
pub fn ore_stress_xml(
    run_id: &str,
    scenario: &str,
    shocks: &[ZeroShock],
    curves: &OreCurves,
) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let words = format!(
        "brandish run {run_id}, scenario {scenario}. Absolute shifts of continuous zero rates, decimal; USDJPY relative, its median. Quantiles are taken tenor by tenor. Not a forecast."
    );
    out.push_str(&format!("<!-- {} -->\n<StressTesting>\n", comment(&words)));
    for shock in shocks {
        let id = format!("{scenario}_{}_{}_day{}", shock.camp, shock.stat, shock.day);
        out.push_str(&format!("  <StressTest id=\"{}\">\n", escaped(&id)));
        let shifts: Vec<String> = shock
            .zero
            .iter()
            .map(|(_, bp)| plain(bp.decimal()))
            .collect();
        let tenors: Vec<String> = shock
            .zero
            .iter()
            .map(|(tenor, _)| tenor_label(*tenor))
            .collect();
        let curve = |element: &str, attribute: &str, name: &str| {
            format!(
                "      <{element} {attribute}=\"{}\">\n        <ShiftType>Absolute</ShiftType>\n        <Shifts>{}</Shifts>\n        <ShiftTenors>{}</ShiftTenors>\n      </{element}>\n",
                escaped(name),
                shifts.join(","),
                tenors.join(",")
            )
        };
        group(
            &mut out,
            "DiscountCurves",
            curves
                .discount_curve
                .as_ref()
                .map(|currency| curve("DiscountCurve", "ccy", currency)),
        );
        group(&mut out, "IndexCurves", None);
        group(
            &mut out,
            "YieldCurves",
            Some(curve("YieldCurve", "name", &curves.yield_curve)),
        );
        group(
            &mut out,
            "FxSpots",
            shock.usdjpy_pct.map(|percent| {
                format!(
                    "      <FxSpot ccypair=\"USDJPY\">\n        <ShiftType>Relative</ShiftType>\n        <ShiftSize>{}</ShiftSize>\n      </FxSpot>\n",
                    plain(percent / 100.0)
                )
            }),
        );
        for name in EMPTY {
            group(&mut out, name, None);
        }
        out.push_str("  </StressTest>\n");
    }
    out.push_str("</StressTesting>\n");
    out
}

fn group(out: &mut String, name: &str, content: Option<String>) {
    match content {
        Some(content) => out.push_str(&format!("    <{name}>\n{content}    </{name}>\n")),
        None => out.push_str(&format!("    <{name}/>\n")),
    }
}

/// The fewest digits that read back to the same number, without an exponent.
fn plain(value: f64) -> String {
    format!("{value}")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Two hyphens would end a comment.
fn comment(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.replace("--", "- -").replace("--", "- -")
}
