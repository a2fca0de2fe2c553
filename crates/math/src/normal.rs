//! The standard normal distribution: its quantile and its cumulative probability.
//!
//! Quantile: algorithm AS 241, PPND16 (Wichura, "The percentage points of the normal distribution", Applied Statistics 37, 1988),
//! rational approximations in three regions, relative accuracy about 1e-16. Cumulative probability: Hart's rational
//! approximation as given by West ("Better approximations to cumulative normal functions", Wilmott, 2005), absolute
//! accuracy about 1e-15.

#![allow(
    clippy::excessive_precision,
    reason = "constants keep the digits of the papers"
)]

use crate::MathError;

const CENTER_TOP: [f64; 8] = [
    3.387_132_872_796_366_608_0,
    1.331_416_678_917_843_774_5e2,
    1.971_590_950_306_551_442_7e3,
    1.373_169_376_550_946_112_5e4,
    4.592_195_393_154_987_145_7e4,
    6.726_577_092_700_870_085_3e4,
    3.343_057_558_358_812_810_5e4,
    2.509_080_928_730_122_672_7e3,
];
const CENTER_BOTTOM: [f64; 8] = [
    1.0,
    4.231_333_070_160_091_125_2e1,
    6.871_870_074_920_579_083_0e2,
    5.394_196_021_424_751_107_7e3,
    2.121_379_430_158_659_586_7e4,
    3.930_789_580_009_271_061_0e4,
    2.872_908_573_572_194_267_4e4,
    5.226_495_278_852_854_561_0e3,
];
const MIDDLE_TOP: [f64; 8] = [
    1.423_437_110_749_683_577_34,
    4.630_337_846_156_545_295_90,
    5.769_497_221_460_691_405_50,
    3.647_848_324_763_204_605_04,
    1.270_458_252_452_368_382_58,
    2.417_807_251_774_506_117_70e-1,
    2.272_384_498_926_918_458_33e-2,
    7.745_450_142_783_414_076_40e-4,
];
const MIDDLE_BOTTOM: [f64; 8] = [
    1.0,
    2.053_191_626_637_758_821_87,
    1.676_384_830_183_803_849_40,
    6.897_673_349_851_000_045_50e-1,
    1.481_039_764_274_800_745_90e-1,
    1.519_866_656_361_645_719_66e-2,
    5.475_938_084_995_344_946_00e-4,
    1.050_750_071_644_416_843_24e-9,
];
const TAIL_TOP: [f64; 8] = [
    6.657_904_643_501_103_777_20,
    5.463_784_911_164_114_369_90,
    1.784_826_539_917_291_335_80,
    2.965_605_718_285_048_912_30e-1,
    2.653_218_952_657_612_309_30e-2,
    1.242_660_947_388_078_438_60e-3,
    2.711_555_568_743_487_578_15e-5,
    2.010_334_399_292_288_132_65e-7,
];
const TAIL_BOTTOM: [f64; 8] = [
    1.0,
    5.998_322_065_558_879_376_90e-1,
    1.369_298_809_227_358_053_10e-1,
    1.487_536_129_085_061_485_25e-2,
    7.868_691_311_456_132_591_00e-4,
    1.846_318_317_510_054_681_80e-5,
    1.421_511_758_316_445_888_70e-7,
    2.044_263_103_389_939_785_64e-15,
];

/// Horner's rule, coefficients from the constant up.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients
        .iter()
        .rev()
        .fold(0.0, |value, coefficient| value * x + coefficient)
}

/// The x with probability `p` below it, for 0 < p < 1.
pub fn normal_quantile(p: f64) -> Result<f64, MathError> {
    if p > 0.0 && p < 1.0 {
        Ok(quantile_inside(p))
    } else {
        Err(MathError::OutOfRange {
            place: "probability of a normal quantile (open interval)",
            value: p,
            low: 0.0,
            high: 1.0,
        })
    }
}

/// The same for a `p` known to lie strictly between 0 and 1.
pub(crate) fn quantile_inside(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTER_TOP, r) / polynomial(&CENTER_BOTTOM, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-tail.ln()).sqrt();
    let size = if r <= 5.0 {
        polynomial(&MIDDLE_TOP, r - 1.6) / polynomial(&MIDDLE_BOTTOM, r - 1.6)
    } else {
        polynomial(&TAIL_TOP, r - 5.0) / polynomial(&TAIL_BOTTOM, r - 5.0)
    };
    if q < 0.0 { -size } else { size }
}

/// Probability that a standard normal variable is at most `x`.
pub fn normal_cdf(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let size = x.abs();
    let below = if size > 37.0 {
        0.0
    } else {
        let exponential = (-size * size / 2.0).exp();
        if size < 7.071_067_811_865_47 {
            let top = polynomial(
                &[
                    220.206_867_912_376,
                    221.213_596_169_931,
                    112.079_291_497_871,
                    33.912_866_078_383,
                    6.373_962_203_531_65,
                    0.700_383_064_443_688,
                    3.526_249_659_989_11e-2,
                ],
                size,
            );
            let bottom = polynomial(
                &[
                    440.413_735_824_752,
                    793.826_512_519_948,
                    637.333_633_378_831,
                    296.564_248_779_674,
                    86.780_732_202_946_1,
                    16.064_177_579_207,
                    1.755_667_163_182_64,
                    8.838_834_764_831_84e-2,
                ],
                size,
            );
            exponential * top / bottom
        } else {
            let fraction = size + 1.0 / (size + 2.0 / (size + 3.0 / (size + 4.0 / (size + 0.65))));
            exponential / fraction / 2.506_628_274_631
        }
    };
    if x > 0.0 { 1.0 - below } else { below }
}
