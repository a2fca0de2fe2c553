//! The scenario that a document implies, as a scenario file.
//!
//! Every field ends with a comment: the code points of the text it comes from, or the word `assumed` with the reason. Where the
//! text's amount is more than is reported for the seller, the reported total is written and the comment says so, since a
//! run refuses an order beyond it; where it is more than the state itself can sell, private holders are let in.

use brandish_evidence::{Document, ImpliedField, ImpliedScenario};
use brandish_units::Date;

/// What the door found out before writing.
#[derive(Debug, Clone)]
pub struct Written<'a> {
    /// Name of the scenario: lower-case letters, digits and hyphens.
    pub name: &'a str,
    /// Business day of the baseline.
    pub as_of: Date,
    /// Why it is not the day of the text, if it is not.
    pub as_of_note: &'a str,
}

/// The scenario file.
#[must_use]
pub fn scenario_toml(
    implied: &ImpliedScenario,
    document: &Document,
    written: &Written<'_>,
) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    let from = |field: &ImpliedField, assumed: &str| match field.source {
        Some((_, span)) => format!("# text {}..{}", span.start, span.end),
        None => format!("# assumed: {assumed}"),
    };
    line(
        "# Implied by a document: every field names the code points of the text it comes from, or says that it is assumed.",
    );
    let file = document.file.rsplit(['/', '\\']).next().unwrap_or("");
    line(&format!("# Document: {}", one_line(file)));
    line("schema = 1");
    line(&format!(
        "name = \"{}\"  # assumed: made from the file's name",
        written.name
    ));
    line(&format!(
        "title = \"What {} implies\"  # assumed",
        quoted(file)
    ));
    let note = if written.as_of_note.is_empty() {
        from(&implied.as_of, "the day of the event that the text quotes")
    } else {
        format!("# assumed: {}", one_line(written.as_of_note))
    };
    line(&format!("as_of = {}  {note}", written.as_of));
    line("horizon_days = 252  # assumed: a year");
    let sellers = std::iter::once(&implied.seller).chain(&implied.joined_by);
    for (place, seller) in sellers.enumerate() {
        let reported = place.checked_sub(1).map(|joiner| {
            implied
                .joined_reported_usd_bn
                .get(joiner)
                .copied()
                .flatten()
        });
        if reported == Some(None) {
            line("");
            line(&format!(
                "# {} {} might join; nothing is reported for it by then, so no sale is written",
                quoted(&seller.value),
                from(seller, "")
            ));
            continue;
        }
        line("");
        line("[[exogenous.sale]]");
        line(&format!(
            "seller = \"{}\"  {}",
            quoted(&seller.value),
            from(seller, "named by nobody")
        ));
        if let Some(Some(reported)) = reported {
            let said: f64 = implied.amount_usd_bn.value.parse().unwrap_or(f64::INFINITY);
            line(&format!(
                "amount_usd_bn = {:.0}  # assumed: as much as the first seller, at most the {reported:.1} reported by then",
                said.min(reported.floor())
            ));
            line("cap = \"all\"  # assumed: no official part is published");
        } else {
            let (amount, note, cap) =
                amount(implied, &from(&implied.amount_usd_bn, "no amount is given"));
            line(&format!("amount_usd_bn = {amount}  {note}"));
            line(&cap);
        }
        line(&format!(
            "days = {}  {}",
            implied.days.value,
            from(&implied.days, "a quarter; the text gives no time")
        ));
        line("start_day = 1  # assumed");
        line("profile = \"even\"  # assumed");
        line("mix = \"survey-official\"  # assumed: maturities as foreign officials hold them");
        line(&format!(
            "known = \"{}\"  {}",
            quoted(&implied.known.value),
            from(&implied.known, "held out in public")
        ));
        if implied.known.value == "announced" {
            line("announced_day = 0  # assumed: on the as-of day");
            line("credibility = 1.0  # assumed: the market believes the whole plan");
        }
    }
    line("");
    line("[assumptions]");
    line("draws = 100  # assumed");
    line("seed = 1  # assumed");
    out
}

/// Amount, its comment, and the line of the cap.
fn amount(implied: &ImpliedScenario, source: &str) -> (String, String, String) {
    let said: f64 = implied.amount_usd_bn.value.parse().unwrap_or(f64::NAN);
    let reported = implied.reported_usd_bn.filter(|r| said > *r);
    let (amount, note) = match reported {
        Some(reported) => (
            reported.floor(),
            format!(
                "{source}; the text says {said:.0}, {reported:.1} is reported by then, which bounds a run"
            ),
        ),
        None => (said, source.to_owned()),
    };
    let cap = match implied.official_usd_bn {
        Some(official) if amount <= official => {
            "cap = \"official\"  # assumed: within the securities of the reserves".to_owned()
        }
        Some(official) => format!(
            "cap = \"all\"  # assumed: more than the state's own securities ({official:.0} bn), so private holders sell too"
        ),
        None => "cap = \"all\"  # assumed: no official part is published".to_owned(),
    };
    (format!("{amount:.0}"), note, cap)
}

/// Text without anything that could end a comment.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Text for between quotation marks of TOML.
fn quoted(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .flat_map(|c| {
            match c {
                '"' => "'".chars(),
                '\\' => "/".chars(),
                _ => "".chars(),
            }
            .next()
            .or(Some(c))
        })
        .collect()
}
