//! USDJPY when part of the proceeds is sold for yen.
//!
//! Each day's converted dollars push the rate down by `elasticity` percent per $bn; what has been pushed decays with
//! a half-life:
//!
//! `m_t = m_(t-1) 2^(-1/H) - e c_t`
//!
//! `m_t` percent of USDJPY (negative = fewer yen per dollar), `c_t` $bn converted on day t, `e` percent per $bn, `H`
//! business days. The elasticity comes from the dated interventions of 2022 and 2024 (parameters/usdjpy.toml); on
//! those days other news moved the rate too, so this is a judgement with a wide range. Only the converted share
//! enters: dollars that stay dollars do not move the rate here.

use crate::error::EffectsError;

/// How converted dollars move the rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UsdJpyResponse {
    /// Percent of USDJPY per $bn sold for yen, at least 0.
    pub elasticity_pct_per_usd_bn: f64,
    /// Business days until half of the move is gone, above 0.
    pub half_life_days: f64,
}

/// Percent change of USDJPY per business day, from the dollars converted on each day ($bn).
///
/// # Errors
/// If a parameter is out of its range.
pub fn change_pct_by_day(
    converted_usd_bn: &[f64],
    response: UsdJpyResponse,
) -> Result<Vec<f64>, EffectsError> {
    let UsdJpyResponse {
        elasticity_pct_per_usd_bn: elasticity,
        half_life_days: half_life,
    } = response;
    if !(elasticity.is_finite() && elasticity >= 0.0) {
        return Err(EffectsError::OutOfRange {
            name: "USDJPY elasticity (percent per $bn)",
            value: elasticity,
            allowed: "at least 0",
        });
    }
    if !(half_life.is_finite() && half_life > 0.0) {
        return Err(EffectsError::OutOfRange {
            name: "USDJPY half-life (business days)",
            value: half_life,
            allowed: "above 0",
        });
    }
    let kept = 2.0_f64.powf(-1.0 / half_life);
    let mut move_pct = 0.0;
    Ok(converted_usd_bn
        .iter()
        .map(|converted| {
            move_pct = move_pct * kept - elasticity * converted;
            move_pct
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESPONSE: UsdJpyResponse = UsdJpyResponse {
        elasticity_pct_per_usd_bn: 0.05,
        half_life_days: 60.0,
    };

    #[test]
    fn nothing_converted_moves_nothing() {
        assert_eq!(
            change_pct_by_day(&[0.0; 5], RESPONSE).unwrap(),
            vec![0.0; 5]
        );
    }

    #[test]
    fn half_is_gone_after_a_half_life() {
        let mut flow = vec![0.0; 61];
        flow[0] = 62.0;
        let path = change_pct_by_day(&flow, RESPONSE).unwrap();
        assert!((path[0] + 3.1).abs() < 1e-12);
        assert!((path[60] + 1.55).abs() < 1e-12);
    }

    #[test]
    fn a_negative_elasticity_is_refused() {
        let response = UsdJpyResponse {
            elasticity_pct_per_usd_bn: -0.1,
            half_life_days: 60.0,
        };
        assert!(change_pct_by_day(&[1.0], response).is_err());
    }
}
