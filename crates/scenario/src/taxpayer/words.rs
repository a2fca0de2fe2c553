//! What must be said with the taxpayer's bill: where its inputs come from, what is not available and why, what is left out.
//! Terminal and page print these sentences as they are. What is missing is also listed by itself, for a warning
//! each, so that nobody takes a gap for a zero.

use brandish_effects::taxpayer::{Kind, Plan, Refinancing};
use brandish_units::Usd;

use super::inside::{AccountsShares, HeldInside};
use super::plan::bill_share;
use super::published::TenBasisPoints;
use super::rules::Rules;
use crate::baseline::Baseline;
use crate::outcome::Assumption;

/// Sentences of the taxpayer's bill, for terminal and page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Words {
    /// Baseline and its edition; or that it is not available, and why.
    pub baseline: String,
    /// Mix, refinancing, TIPS.
    pub issuance: String,
    /// What the Fed gets back; or that it is not available, and why.
    pub fed: String,
    /// What government accounts hold; or that it is not available, and why.
    pub government_accounts: String,
    /// All rates 0.1 percentage point higher, beside the budget office's figure; or why not.
    pub ten_basis_points: String,
    /// Outputs that are not available, each with its reason; empty where all are.
    pub missing: Vec<String>,
    /// The rule for yields after the run, as an assumption.
    pub after_horizon: Option<Assumption>,
}

pub(super) struct Found<'a> {
    pub baseline: &'a Baseline,
    pub plan: &'a Plan,
    pub inside: &'a HeldInside,
    pub borrowed: Result<&'a [Usd], &'a String>,
    pub ten: Result<&'a TenBasisPoints, &'a String>,
    pub rules: &'a Rules,
}

pub(super) fn of(found: &Found<'_>) -> Words {
    let mut missing = Vec::new();
    let baseline = match (found.borrowed, found.baseline.budget()) {
        (Ok(_), Ok(budget)) => format!(
            "Borrowing and net interest of the baseline: Congressional Budget Office, {} (change of debt held by the public, spread evenly over the business days of each fiscal year).",
            budget.edition
        ),
        (Err(reason), _) => {
            missing.push(format!(
                "new borrowing, interest on interest, gross and net by fiscal year: not available: {reason}"
            ));
            format!("Interest on new borrowing, and so the total: not available: {reason}.")
        }
        (Ok(_), Err(reason)) => format!("Baseline: not available: {reason}."),
    };
    let fed = match &found.inside.fed {
        Ok(fed) => format!(
            "Net of the Federal Reserve: it holds {:.1}% of bills, {:.1}% of notes and bonds, {:.1}% of TIPS and {:.1}% of FRNs (SOMA of {}; the same share at every maturity, kept when they are refinanced). What it is paid comes back as remittances or makes its deferred asset smaller; its own funding follows the policy rate, which does not move here.",
            100.0 * fed.bills,
            100.0 * fed.notes_bonds,
            100.0 * fed.tips,
            100.0 * fed.frns,
            fed.date
        ),
        Err(reason) => {
            missing.push(format!(
                "net of the Federal Reserve: not available: {reason}"
            ));
            format!("Net of the Federal Reserve: not available: {reason}.")
        }
    };
    let government_accounts = match &found.inside.accounts {
        Ok(accounts) => in_accounts(accounts),
        Err(reason) => {
            missing.push(format!(
                "net of government accounts: not available: {reason}"
            ));
            format!("Net of government accounts: not available: {reason}.")
        }
    };
    let ten_basis_points = match found.ten {
        Ok(ten) => compared(ten),
        Err(reason) => {
            missing.push(format!(
                "all rates 0.1 percentage point higher, beside the budget office: not available: {reason}"
            ));
            format!("All rates 0.1 percentage point higher: not available: {reason}.")
        }
    };
    let rule = &found.rules.after_horizon;
    Words {
        baseline,
        issuance: issuance(found.plan),
        fed,
        government_accounts,
        ten_basis_points,
        missing,
        after_horizon: Some(Assumption {
            name: "half-life of yields after the run's last day, on their way to the long run"
                .to_owned(),
            value: format!("{}", rule.half_life_days),
            unit: rule.unit.clone(),
            range: rule.range.clone(),
            source: rule.source.clone(),
        }),
    }
}

fn in_accounts(accounts: &AccountsShares) -> String {
    let (first, last) = accounts.dates;
    format!(
        "Net of government accounts: of marketable debt they hold ${:.1}bn, {:.3}% of bills, {:.3}% of notes, {:.3}% of bonds, {:.3}% of TIPS and {:.3}% of FRNs (Monthly Statement of the Public Debt; the newest statement at hand for each kind, of {first} to {last}; the same share at every maturity). Their nonmarketable debt is in neither number: what it is paid stays within the government.",
        accounts.held.bn(),
        100.0 * accounts.bills,
        100.0 * accounts.notes,
        100.0 * accounts.bonds,
        100.0 * accounts.tips,
        100.0 * accounts.frns,
    )
}

fn issuance(plan: &Plan) -> String {
    let share = |keep: &dyn Fn(Kind, f64) -> bool| -> f64 {
        let kept = plan
            .mix
            .iter()
            .filter(|line| keep(line.kind, line.term_years));
        100.0 * kept.map(|line| line.share).sum::<f64>()
    };
    let refinanced = match plan.refinancing {
        Refinancing::SameTerm => "What matures is refinanced at its own original term",
        Refinancing::IssuanceMix => {
            "What matures is refinanced in the mix of coupon securities (bills in bills)"
        }
    };
    format!(
        "{refinanced}; new borrowing is {:.0}% bills, {:.0}% notes to 3 years, {:.0}% of 5 to 7, {:.0}% of 10, {:.0}% bonds, {:.0}% TIPS, {:.0}% FRNs (bills as outstanding, the rest as first issued in the last 12 months). Principal of TIPS grows by {:.2}% a year; breakevens do not move.",
        100.0 * bill_share(&plan.mix),
        share(&|kind, years| kind == Kind::Nominal && years <= 3.0),
        share(&|kind, years| kind == Kind::Nominal && years > 3.0 && years <= 7.0),
        share(&|kind, years| kind == Kind::Nominal && years > 7.0 && years <= 10.0),
        share(&|kind, years| kind == Kind::Nominal && years > 10.0),
        share(&|kind, _| kind == Kind::Indexed),
        share(&|kind, _| kind == Kind::Floating),
        plan.breakeven.bp() / 100.0
    )
}

fn compared(ten: &TenBasisPoints) -> String {
    let published = &ten.published;
    let figure = if published.least_usd_bn == published.most_usd_bn {
        format!("${:.0}bn", published.least_usd_bn)
    } else {
        format!(
            "${:.0}bn to ${:.0}bn",
            published.least_usd_bn, published.most_usd_bn
        )
    };
    let net = ten.net_of_fed_usd_bn.map_or_else(String::new, |net| {
        format!(", ${net:.0}bn net of the Federal Reserve")
    });
    format!(
        "All rates 0.1 percentage point higher from the as-of date on: ${:.0}bn over fiscal years {}-{}{net}; the Congressional Budget Office's own figure is {figure} (\"{}\"; {}).",
        ten.gross_usd_bn,
        published.first_year,
        published.last_year,
        published.edition,
        published.verified
    )
}
