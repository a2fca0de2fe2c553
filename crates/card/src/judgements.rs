//! The numbers behind the payoffs, from `parameters/card.toml`: facts with their source, judgements with their range.
//!
//! One field per entry of the file; a file that lacks one, or holds one more, is refused. A judgement can be moved inside
//! its range by name, which is how conclusions are tested for what they rest on. $bn are present values; rates are percent.

use brandish_scenario::parameters::{Distribution, Prior, PriorBook};

use crate::error::CardError;

/// The shipped file.
const TEXT: &str = include_str!("../../../parameters/card.toml");
/// Its name in messages.
const FILE: &str = "parameters/card.toml";

macro_rules! stakes {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Facts and judgements; the units are those of the file.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Judgements {
            $($(#[$doc])* pub $name: f64,)*
        }

        impl Judgements {
            fn read(book: &PriorBook) -> Result<Self, CardError> {
                Ok(Self { $($name: book.get(stringify!($name))?.central,)* })
            }

            fn place(&mut self, name: &str) -> Option<&mut f64> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

stakes! {
    /// Probability that the seller is of the resolved type.
    prior_resolved,
    /// Probability that the issuer is of the fragile type.
    prior_fragile,
    /// Probability that the joiner is of the opportunist type.
    prior_opportunist,
    /// Percent, on everything, in the deal.
    tariff_deal_pct,
    /// Percent, reciprocal, without a deal.
    tariff_no_deal_pct,
    /// Percent, reciprocal, during the talks.
    tariff_talks_pct,
    /// Percent, autos, during the talks and without a deal.
    tariff_autos_pct,
    /// Percent, reciprocal, after an escalation.
    tariff_escalated_pct,
    /// $bn a year of US goods imports from Japan.
    imports_usd_bn,
    /// $bn a year of US imports of vehicles and parts from Japan.
    imports_autos_usd_bn,
    /// $bn of GDP a year for each percentage point of tariff on everything.
    seller_loss_usd_bn_per_point_year,
    /// $bn of revenue a year for each percentage point of tariff on everything.
    issuer_revenue_usd_bn_per_point_year,
    /// Share of the revenue that the issuer's government counts as its own gain, after higher prices at home.
    issuer_net_share,
    /// Years for which the tariff agreed or imposed is expected to last.
    tariff_years,
    /// $bn of investment pledged.
    pledge_usd_bn,
    /// Percent of the pledge that it is worth to the issuer, present value.
    pledge_value_pct,
    /// Percent of the pledge that it costs the seller, present value.
    pledge_cost_pct,
    /// $bn a year of further gas purchases: those of 2024 once more.
    gas_usd_bn_per_year,
    /// Percent of the purchases that they are worth to the issuer.
    gas_value_pct,
    /// Percent of the purchases that they cost the seller.
    gas_cost_pct,
    /// $bn a year of farm purchases.
    farm_usd_bn_per_year,
    /// Percent of the purchases that they are worth to the issuer.
    farm_value_pct,
    /// Percent of the purchases that they cost the seller.
    farm_cost_pct,
    /// $bn that a currency undertaking is worth to the issuer.
    currency_value_usd_bn,
    /// $bn that a currency undertaking costs the seller.
    currency_cost_usd_bn,
    /// $bn a month of uncertainty to the seller, beside the tariffs.
    delay_seller_usd_bn_per_month,
    /// $bn a month of uncertainty to the issuer.
    delay_issuer_usd_bn_per_month,
    /// $bn that escalating costs a robust issuer in markets and politics.
    escalation_cost_robust_usd_bn,
    /// $bn that it costs a fragile one.
    escalation_cost_fragile_usd_bn,
    /// $bn that a pause costs the issuer.
    pause_cost_usd_bn,
    /// Share of the cost of a spike that a pause in the same month takes away.
    pause_relief_share,
    /// $bn that a pause is worth to the seller.
    pause_gain_seller_usd_bn,
    /// $bn that a spike of yields costs a robust issuer.
    spike_cost_robust_usd_bn,
    /// $bn that it costs a fragile one.
    spike_cost_fragile_usd_bn,
    /// Probability of a spike of yields in a month in which the seller was silent.
    spike_after_silence,
    /// The same after an assurance.
    spike_after_assurance,
    /// The same after a hint.
    spike_after_hint,
    /// The same after an explicit threat.
    spike_after_brandish,
    /// The same after a small sale.
    spike_after_small_sale,
    /// The same after a big sale.
    spike_after_big_sale,
    /// Probability of a spike from tariffs alone in the first month and in the month after an escalation.
    spike_from_tariffs,
    /// Size of a small sale relative to the whole.
    small_share,
    /// Bp of the ten-year peak at which the odds of a crisis are even.
    crisis_at_bp,
    /// Bp of the ten-year peak that move the odds of a crisis by a factor e.
    crisis_width_bp,
    /// $bn that a crisis costs a robust issuer.
    crisis_cost_robust_usd_bn,
    /// $bn that it costs a fragile one.
    crisis_cost_fragile_usd_bn,
    /// $bn a year for each bp of the mean ten-year change: new mortgages of about $1.7tn a year.
    mortgage_usd_bn_per_bp,
    /// $bn for each bp of the ten-year peak: paper losses on equities as far as the issuer's government counts them.
    equity_usd_bn_per_bp,
    /// $bn more that conceding costs the issuer after a hint.
    concede_after_hint_usd_bn,
    /// $bn more that it costs after an explicit threat.
    concede_after_threat_usd_bn,
    /// $bn that a backstop costs the issuer.
    backstop_cost_usd_bn,
    /// Weight of private holders' losses in the seller's account.
    private_weight,
    /// Weight of changes in value of what the state keeps.
    mark_weight,
    /// $bn of alliance and security cost of a sale to the soft type.
    security_soft_usd_bn,
    /// $bn of it to the resolved type.
    security_resolved_usd_bn,
    /// $bn of audience cost of a hint that is neither conceded to nor carried out.
    audience_hint_usd_bn,
    /// $bn of audience cost of an explicit threat to the soft type.
    audience_soft_usd_bn,
    /// $bn of it to the resolved type.
    audience_resolved_usd_bn,
    /// Share of the audience cost that walking the words back costs.
    walk_back_share,
    /// $bn of breaking an assurance.
    assurance_broken_usd_bn,
    /// $bn to the issuer for each percent by which the yen gains.
    yen_gain_issuer_usd_bn_per_pct,
    /// $bn to the seller's exporters for it.
    yen_cost_seller_usd_bn_per_pct,
    /// $bn that the joiner sells.
    joiner_amount_usd_bn,
    /// Share of the issuer's damage that the joiner counts as his gain.
    joiner_gain_share,
    /// $bn of security cost of joining to the aloof type.
    joiner_security_aloof_usd_bn,
    /// $bn of it to the opportunist type.
    joiner_security_opportunist_usd_bn,
    /// Probability of a spike in a month of quiet selling.
    quiet_detection_spike,
}

/// The file with its ranges and sources.
#[derive(Debug, Clone)]
pub struct JudgementBook {
    book: PriorBook,
}

impl JudgementBook {
    /// The parameters this binary was built with.
    ///
    /// # Errors
    /// If the file does not fit the fields: a defect of the build, and still an error.
    pub fn shipped() -> Result<Self, CardError> {
        let book = PriorBook::parse(FILE, TEXT)?;
        let mut known = Judgements::read(&book)?;
        for prior in book.all() {
            if known.place(&prior.name).is_none() {
                return Err(CardError::UnknownJudgement {
                    name: prior.name.clone(),
                });
            }
        }
        Ok(Self { book })
    }

    /// Every number at its central value.
    ///
    /// # Errors
    /// As for [`JudgementBook::shipped`].
    pub fn central(&self) -> Result<Judgements, CardError> {
        Judgements::read(&self.book)
    }

    /// The entries of the file.
    #[must_use]
    pub fn all(&self) -> &[Prior] {
        self.book.all()
    }

    /// The judgements: entries that have a range.
    pub fn ranges(&self) -> impl Iterator<Item = (&Prior, f64, f64)> {
        self.book.all().iter().filter_map(|prior| {
            match (prior.distribution, prior.low, prior.high) {
                (Distribution::Uniform, Some(low), Some(high)) => Some((prior, low, high)),
                _ => None,
            }
        })
    }
}

impl Judgements {
    /// The same with one number changed.
    ///
    /// # Errors
    /// A name that the file does not have, or a number that is not finite.
    pub fn with(&self, name: &str, value: f64) -> Result<Self, CardError> {
        let mut changed = self.clone();
        match changed.place(name) {
            Some(place) if value.is_finite() => {
                *place = value;
                Ok(changed)
            }
            _ => Err(CardError::UnknownJudgement {
                name: format!("{name} = {value}"),
            }),
        }
    }
}
