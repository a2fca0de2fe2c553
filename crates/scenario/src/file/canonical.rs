//! A checked scenario printed back: every default resolved, one fixed order, one way to write each value.
//!
//! The text is what `scenario show --resolved` prints, what a manifest keeps and what a run is hashed by: two files
//! that mean the same print the same. It is itself a valid scenario file with the same meaning. Lots of a portfolio
//! are listed as comments, so the hash also covers what the scenario file only refers to. Differences between two
//! scenarios are differences between their printed fields.

use std::fmt::Write as _;

use brandish_effects::taxpayer::Refinancing;
use brandish_units::Usd;

use super::checked::{
    Allocation, Cap, Conversion, Departure, FedRule, Known, Proceeds, Sale, Scenario, Threat,
    ThreatTiming,
};
use super::schema::{BUCKET_NAMES, SCHEMA_VERSION};
use super::spread::{BucketShares, HoldingMix, Mix, Portfolio, Profile};
use crate::parameters::CampDefinition;

/// One field that differs between two scenarios; a side that lacks it is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDifference {
    /// Path of the field, e.g. `exogenous.sale[1].amount_usd_bn`.
    pub path: String,
    /// TOML value in the first scenario.
    pub left: Option<String>,
    /// TOML value in the second.
    pub right: Option<String>,
}

/// One table of the printed file.
struct Block {
    header: String,
    path: String,
    fields: Vec<(&'static str, String)>,
}

impl Block {
    fn new(header: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            header: header.into(),
            path: path.into(),
            fields: Vec::new(),
        }
    }

    fn field(mut self, key: &'static str, value: String) -> Self {
        self.fields.push((key, value));
        self
    }
}

impl Scenario {
    /// The scenario as a file with every default resolved.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        for block in blocks(self) {
            if !out.is_empty() {
                out.push('\n');
            }
            if !block.header.is_empty() {
                out.push_str(&block.header);
                out.push('\n');
            }
            for (key, value) in &block.fields {
                out.push_str(&format!("{key} = {value}\n"));
            }
        }
        for portfolio in portfolios(self) {
            out.push_str(&format!(
                "\n# {} (cusip, face in dollars)\n",
                comment(&portfolio.path)
            ));
            for lot in &portfolio.lots {
                out.push_str(&format!("# {} {:?}\n", lot.cusip, lot.face.dollars()));
            }
        }
        out
    }

    /// Every field with its path and TOML value, in the order of the printed file.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for block in blocks(self) {
            for (key, value) in block.fields {
                let path = if block.path.is_empty() {
                    key.to_owned()
                } else {
                    format!("{}.{key}", block.path)
                };
                fields.push((path, value));
            }
        }
        for portfolio in portfolios(self) {
            for lot in &portfolio.lots {
                fields.push((
                    format!("{}:{}", portfolio.path, lot.cusip),
                    format!("{:?}", lot.face.dollars()),
                ));
            }
        }
        fields
    }
}

/// The portfolio file of a path, as CSV, from the comments of a canonical text; `None` where the text has no lots of it.
///
/// A replay needs what the original run read, not what lies at the path today.
pub fn portfolio_in_canonical(text: &str, path: &str) -> Option<String> {
    let header = format!("# {} (cusip, face in dollars)", comment(path));
    let mut lines = text.lines().skip_while(|line| *line != header);
    lines.next()?;
    let mut csv = String::from("cusip,face_usd\n");
    for line in lines {
        let Some((cusip, face)) = line.strip_prefix("# ").and_then(|lot| lot.split_once(' '))
        else {
            break;
        };
        csv.push_str(&format!("{cusip},{face}\n"));
    }
    Some(csv)
}

/// What differs between two scenarios, in the order of the first; what only the second has comes last.
pub fn diff(left: &Scenario, right: &Scenario) -> Vec<FieldDifference> {
    let (left, right) = (left.fields(), right.fields());
    let find = |fields: &[(String, String)], path: &str| {
        fields
            .iter()
            .find(|(p, _)| p == path)
            .map(|(_, v)| v.clone())
    };
    let mut differences = Vec::new();
    for (path, value) in &left {
        let other = find(&right, path);
        if other.as_ref() != Some(value) {
            differences.push(FieldDifference {
                path: path.clone(),
                left: Some(value.clone()),
                right: other,
            });
        }
    }
    for (path, value) in &right {
        if find(&left, path).is_none() {
            differences.push(FieldDifference {
                path: path.clone(),
                left: None,
                right: Some(value.clone()),
            });
        }
    }
    differences
}

fn blocks(scenario: &Scenario) -> Vec<Block> {
    let mut top = Block::new("", "")
        .field("schema", SCHEMA_VERSION.to_string())
        .field("name", text(scenario.name.as_str()))
        .field("title", text(&scenario.title))
        .field("as_of", scenario.as_of.to_string());
    if let Some(idea) = &scenario.idea {
        top = top.field("idea", text(idea));
    }
    let mut blocks = vec![top.field("horizon_days", scenario.horizon_days.to_string())];
    for (index, sale) in scenario.sales.iter().enumerate() {
        blocks.push(sale_block(sale, index + 1));
    }
    blocks.extend(scenario.threat.as_ref().map(threat_block));
    blocks.extend(policy_blocks(scenario));
    for (name, holder) in &scenario.holders {
        let path = format!("holders.{name}");
        blocks.push(
            Block::new(format!("[{path}]"), path.as_str())
                .field("holdings_usd_bn", bn(holder.holdings))
                .field("official_usd_bn", bn(holder.official))
                .field("mix", holding_mix(&holder.mix))
                .field("currency", text(&holder.currency.to_string())),
        );
    }
    let letters = |camps: &[super::CampName]| {
        // the user's own camp stands in its own table
        let shipped = camps.iter().filter(|camp| **camp != super::CampName::U);
        let quoted: Vec<String> = shipped.map(|camp| text(camp.letter())).collect();
        format!("[{}]", quoted.join(", "))
    };
    let assumptions = &scenario.assumptions;
    let mut block = Block::new("[assumptions]", "assumptions")
        .field("camps", letters(&assumptions.camps))
        .field("stress_camps", letters(&assumptions.stress_camps))
        .field("draws", assumptions.draws.to_string());
    // the default is left out, so that runs made before the key existed keep their names
    if assumptions.allocation == Allocation::ByWeight {
        block = block.field("allocation", text("by-weight"));
    }
    block = block.field("seed", assumptions.seed.to_string());
    if let Some(curve) = &assumptions.curve {
        block = block.field("curve", text(&curve.to_text()));
    }
    blocks.push(block);
    blocks.extend(assumptions.own_camp.as_ref().map(camp_block));
    blocks
}

/// A user's own camp, its risk price as fitted.
fn camp_block(camp: &CampDefinition) -> Block {
    let parts: Vec<String> = camp.made_of.iter().map(|c| text(c.letter())).collect();
    Block::new("[assumptions.own_camp]", "assumptions.own_camp")
        .field("letter", text(camp.letter.letter()))
        .field("name", text(&camp.name))
        .field("sentence", text(&camp.sentence))
        .field("stress", camp.stress.to_string())
        .field("weight", number_text(camp.weight))
        .field("made_of", format!("[{}]", parts.join(", ")))
        .field(
            "long_run_response_bp_per_100bn",
            number_text(camp.long_run_response_bp_per_100bn),
        )
        .field("risk_price_central", number_text(camp.risk_price_central))
        .field("news_central", number_text(camp.news_central))
        .field("unit", text(&camp.unit))
        .field("range", text(&camp.range))
        .field("source", text(&camp.source))
}

fn sale_block(sale: &Sale, number: usize) -> Block {
    let mut block = Block::new("[[exogenous.sale]]", format!("exogenous.sale[{number}]"))
        .field("seller", text(sale.seller.as_str()))
        .field("amount_usd_bn", bn(sale.amount))
        .field("days", sale.days.to_string())
        .field("start_day", sale.start_day.to_string())
        .field("profile", profile(&sale.profile))
        .field("mix", mix(&sale.mix));
    block = match sale.known {
        Known::Announced { day, credibility } => block
            .field("known", text("announced"))
            .field("announced_day", day.to_string())
            .field("credibility", number_text(credibility.value())),
        Known::Silent => block.field("known", text("silent")),
    };
    block = match sale.departure {
        None => block,
        Some(Departure::Stopped { last_day }) => {
            block.field("stopped_after_day", last_day.to_string())
        }
        Some(Departure::Hastened { first_day, days }) => block
            .field("hastened_from_day", first_day.to_string())
            .field("hastened_days", days.to_string()),
    };
    if sale.amount > Usd::ZERO {
        block = block.field("cap", cap(sale.cap));
    }
    if sale.overlaps {
        block = block.field("overlaps", "true".to_owned());
    }
    block
}

fn threat_block(threat: &Threat) -> Block {
    let block = Block::new("[exogenous.threat]", "exogenous.threat")
        .field("seller", text(threat.seller.as_str()))
        .field("amount_usd_bn", bn(threat.amount))
        .field("days", threat.days.to_string())
        .field("mix", mix(&threat.mix))
        .field("cap", cap(threat.cap))
        .field("prior", number_text(threat.prior.value()))
        .field("probability", number_text(threat.probability.value()));
    match threat.timing {
        ThreatTiming::StartHazard { half_life_days } => {
            block.field("half_life_days", number_text(half_life_days))
        }
        ThreatTiming::Deadline { day } => block.field("deadline_day", day.to_string()),
    }
}

fn policy_blocks(scenario: &Scenario) -> Vec<Block> {
    let proceeds = Block::new("[exogenous.proceeds]", "exogenous.proceeds");
    let (to, converted_share) = match scenario.proceeds {
        Proceeds::Deposits => ("deposits", 0.0),
        Proceeds::Bills => ("bills", 0.0),
        Proceeds::Converted {
            into: Conversion::Yen,
            converted,
        } => ("yen", converted.value()),
        Proceeds::Converted {
            into: Conversion::Gold,
            converted,
        } => ("gold", converted.value()),
        Proceeds::Converted {
            into: Conversion::Euro,
            converted,
        } => ("euro", converted.value()),
    };
    let proceeds = proceeds
        .field("to", text(to))
        .field("converted_share", number_text(converted_share));
    let fed = Block::new("[exogenous.fed]", "exogenous.fed");
    let fed = match scenario.fed {
        FedRule::On { credibility } => fed
            .field("rule", "true".to_owned())
            .field("credibility", number_text(credibility.value())),
        FedRule::Off => fed.field("rule", "false".to_owned()),
    };
    let mut treasury = Block::new("[exogenous.treasury]", "exogenous.treasury").field(
        "buybacks_usd_bn_per_week",
        bn(scenario.treasury.buybacks_per_week),
    );
    // Written where they say something: files from before these keys keep their text and the hash of their runs.
    if let Some(share) = scenario.treasury.bill_share_of_new_issuance {
        treasury = treasury.field("bill_share_of_new_issuance", number_text(share.value()));
    }
    if scenario.treasury.refinancing == Refinancing::IssuanceMix {
        treasury = treasury.field("refinancing", text("issuance-mix"));
    }
    let dealers = Block::new("[exogenous.dealers]", "exogenous.dealers").field(
        "capacity_relief_pct",
        number_text(scenario.dealers.capacity_relief.percent()),
    );
    vec![proceeds, fed, treasury, dealers]
}

fn cap(cap: Cap) -> String {
    text(match cap {
        Cap::Official => "official",
        Cap::All => "all",
    })
}

fn profile(profile: &Profile) -> String {
    match profile {
        Profile::Even => text("even"),
        Profile::FrontLoaded => text("front-loaded"),
        Profile::BackLoaded => text("back-loaded"),
        Profile::Shares(shares) => {
            let shares: Vec<String> = shares.iter().map(|share| number_text(*share)).collect();
            format!("[{}]", shares.join(", "))
        }
    }
}

fn mix(mix: &Mix) -> String {
    match mix {
        Mix::SurveyOfficial => text("survey-official"),
        Mix::BillsFirst => text("bills-first"),
        Mix::ShortestFirst => text("shortest-first"),
        Mix::MostLiquidFirst => text("most-liquid-first"),
        Mix::ProRata => text("pro-rata"),
        Mix::Buckets(shares) => buckets(shares),
        Mix::Portfolio(portfolio) => format!("{{ file = {} }}", text(&portfolio.path)),
    }
}

fn holding_mix(mix: &HoldingMix) -> String {
    match mix {
        HoldingMix::SurveyOfficial => text("survey-official"),
        HoldingMix::Buckets(shares) => buckets(shares),
        HoldingMix::Portfolio(portfolio) => format!("{{ file = {} }}", text(&portfolio.path)),
    }
}

fn buckets(shares: &BucketShares) -> String {
    let written: Vec<String> = BUCKET_NAMES
        .iter()
        .zip(shares.shares())
        .filter(|(_, share)| **share > 0.0)
        .map(|(name, share)| format!("\"{name}\" = {}", number_text(*share)))
        .collect();
    format!("{{ {} }}", written.join(", "))
}

/// Portfolios that the scenario refers to, each path once, in the order of the printed file.
fn portfolios(scenario: &Scenario) -> Vec<&Portfolio> {
    let sold = scenario.sales.iter().map(|sale| &sale.mix);
    let threatened = scenario.threat.iter().map(|threat| &threat.mix);
    let orders = sold.chain(threatened).filter_map(|mix| match mix {
        Mix::Portfolio(portfolio) => Some(portfolio),
        _ => None,
    });
    let holders = scenario
        .holders
        .values()
        .filter_map(|holder| match &holder.mix {
            HoldingMix::Portfolio(portfolio) => Some(portfolio),
            _ => None,
        });
    let mut found: Vec<&Portfolio> = Vec::new();
    for portfolio in orders.chain(holders) {
        if !found.iter().any(|other| other.path == portfolio.path) {
            found.push(portfolio);
        }
    }
    found
}

/// The shortest decimal that is read back as the same number, always with a decimal point or exponent.
fn number_text(number: f64) -> String {
    format!("{number:?}")
}

/// Billions of dollars: the shortest decimal that is read back as the same amount.
fn bn(amount: Usd) -> String {
    let exact = amount.bn();
    for digits in 0..17 {
        if let Ok(rounded) = format!("{exact:.digits$e}").parse::<f64>()
            && Usd::from_bn(rounded) == amount
        {
            return number_text(rounded);
        }
    }
    number_text(exact)
}

/// A TOML basic string.
fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A path in a comment, without characters that could end it.
fn comment(path: &str) -> String {
    crate::diagnostic::printable(path)
}
