//! The deal, term by term: what each is worth to the seller and to the issuer.
//!
//! Terms: auto tariff, reciprocal tariff, gas, farm goods, investment pledge, currency undertaking. Tariff terms are
//! K x years x points x share of imports; purchases are margin x amount x years; the pledge is a share of its face. $bn, seller
//! and issuer each in their own account, against no deal. Facts and judgements: parameters/card.toml.

use crate::judgements::Judgements;
use crate::stakes::issuer_point;

/// A term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// Autos at the deal's rate.
    Autos,
    /// Everything else at the deal's rate.
    Reciprocal,
    /// Gas purchases.
    Gas,
    /// Farm purchases.
    Farm,
    /// The investment pledge.
    Pledge,
    /// An undertaking on the currency.
    Currency,
}

impl Term {
    /// All terms.
    pub const ALL: [Self; 6] = [
        Self::Autos,
        Self::Reciprocal,
        Self::Gas,
        Self::Farm,
        Self::Pledge,
        Self::Currency,
    ];

    /// Name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Autos => "auto tariff to the deal's rate",
            Self::Reciprocal => "reciprocal tariff to the deal's rate",
            Self::Gas => "gas purchases",
            Self::Farm => "farm purchases",
            Self::Pledge => "investment pledge",
            Self::Currency => "currency undertaking",
        }
    }

    /// Whether the issuer grants it (the others the seller grants).
    #[must_use]
    pub const fn is_granted_by_issuer(self) -> bool {
        matches!(self, Self::Autos | Self::Reciprocal)
    }
}

/// Which terms a deal has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its terms, each once.
    pub terms: Vec<Term>,
}

impl Package {
    /// The deal of 22 July 2025 as published: both tariffs, gas, farm goods, the pledge; no currency undertaking.
    #[must_use]
    pub fn of_july() -> Self {
        Self {
            terms: vec![
                Term::Autos,
                Term::Reciprocal,
                Term::Gas,
                Term::Farm,
                Term::Pledge,
            ],
        }
    }
}

/// Worth to both sides, $bn against no deal.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Worth {
    /// To the seller.
    pub seller: f64,
    /// To the issuer.
    pub issuer: f64,
}

/// What one term is worth.
#[must_use]
pub fn price_term(judgements: &Judgements, term: Term) -> Worth {
    let j = judgements;
    let autos = j.imports_autos_usd_bn / j.imports_usd_bn;
    let tariff = |points: f64| Worth {
        seller: j.seller_loss_usd_bn_per_point_year * j.tariff_years * points,
        issuer: -issuer_point(j) * j.tariff_years * points,
    };
    let purchases = |amount: f64, cost_pct: f64, value_pct: f64| Worth {
        seller: -amount * j.tariff_years * cost_pct / 100.0,
        issuer: amount * j.tariff_years * value_pct / 100.0,
    };
    match term {
        Term::Autos => tariff(autos * (j.tariff_autos_pct - j.tariff_deal_pct)),
        Term::Reciprocal => tariff((1.0 - autos) * (j.tariff_no_deal_pct - j.tariff_deal_pct)),
        Term::Gas => purchases(j.gas_usd_bn_per_year, j.gas_cost_pct, j.gas_value_pct),
        Term::Farm => purchases(j.farm_usd_bn_per_year, j.farm_cost_pct, j.farm_value_pct),
        Term::Pledge => Worth {
            seller: -j.pledge_usd_bn * j.pledge_cost_pct / 100.0,
            issuer: j.pledge_usd_bn * j.pledge_value_pct / 100.0,
        },
        Term::Currency => Worth {
            seller: -j.currency_cost_usd_bn,
            issuer: j.currency_value_usd_bn,
        },
    }
}

/// What a package is worth: the sum of its terms.
#[must_use]
pub fn price(judgements: &Judgements, package: &Package) -> Worth {
    package.terms.iter().fold(Worth::default(), |sum, term| {
        let worth = price_term(judgements, *term);
        Worth {
            seller: sum.seller + worth.seller,
            issuer: sum.issuer + worth.issuer,
        }
    })
}

/// A package with its worth.
#[derive(Debug, Clone, PartialEq)]
pub struct PricedPackage {
    /// The package.
    pub package: Package,
    /// Its worth.
    pub worth: Worth,
}

/// Every package with both tariffs and any of the seller's terms, the issuer's best first; those with a non-negative
/// worth to him need no threat.
#[must_use]
pub fn packages(judgements: &Judgements) -> Vec<PricedPackage> {
    let granted: Vec<Term> = Term::ALL
        .into_iter()
        .filter(|term| !term.is_granted_by_issuer())
        .collect();
    let mut all: Vec<PricedPackage> = (0..1usize << granted.len())
        .map(|chosen| {
            let terms = Term::ALL
                .into_iter()
                .filter(|term| {
                    term.is_granted_by_issuer()
                        || granted
                            .iter()
                            .position(|other| other == term)
                            .is_some_and(|at| chosen >> at & 1 == 1)
                })
                .collect();
            let package = Package { terms };
            PricedPackage {
                worth: price(judgements, &package),
                package,
            }
        })
        .collect();
    all.sort_by(|one, two| two.worth.issuer.total_cmp(&one.worth.issuer));
    all
}

/// Percent of the pledge that would have to be worth something to the issuer for the package to leave him indifferent, all
/// else as it is. None where the package has no pledge.
#[must_use]
pub fn indifferent_pledge_pct(judgements: &Judgements, package: &Package) -> Option<f64> {
    package.terms.contains(&Term::Pledge).then(|| {
        let rest = price(judgements, package).issuer - price_term(judgements, Term::Pledge).issuer;
        -100.0 * rest / judgements.pledge_usd_bn
    })
}
