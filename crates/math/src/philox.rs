//! Philox4x32-10, a counter-based random generator: four random words are a pure function of a counter and a key.
//!
//! Nothing is carried from one call to the next, so any draw can be made alone, on any thread, in any order.
//! One round on counter (c0, c1, c2, c3) and key (k0, k1): with (h0, l0) the high and low words of M0 c0 and (h1, l1)
//! those of M1 c2, the new counter is (h1 ^ c1 ^ k0, l1, h0 ^ c3 ^ k1, l0); between rounds the key grows by the Weyl
//! constants W0, W1. Ten rounds. Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.

const MULTIPLIER_0: u32 = 0xD251_1F53;
const MULTIPLIER_1: u32 = 0xCD9E_8D57;
const WEYL_0: u32 = 0x9E37_79B9;
const WEYL_1: u32 = 0xBB67_AE85;

/// Four random words for this counter and key.
pub const fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    let mut round = 0;
    while round < 10 {
        let product_0 = MULTIPLIER_0 as u64 * c0 as u64;
        let product_1 = MULTIPLIER_1 as u64 * c2 as u64;
        let next_0 = (product_1 >> 32) as u32 ^ c1 ^ k0;
        let next_2 = (product_0 >> 32) as u32 ^ c3 ^ k1;
        c1 = product_1 as u32;
        c3 = product_0 as u32;
        c0 = next_0;
        c2 = next_2;
        k0 = k0.wrapping_add(WEYL_0);
        k1 = k1.wrapping_add(WEYL_1);
        round += 1;
    }
    [c0, c1, c2, c3]
}

#[cfg(test)]
mod tests {
    use super::philox4x32_10;

    /// Known answers published with Random123 (file `kat_vectors`, lines `philox4x32 10`).
    #[test]
    fn matches_the_published_vectors() {
        let cases = [
            (
                [0; 4],
                [0; 2],
                [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8],
            ),
            (
                [u32::MAX; 4],
                [u32::MAX; 2],
                [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
            ),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, expected) in cases {
            assert_eq!(
                philox4x32_10(counter, key),
                expected,
                "counter {counter:x?}, key {key:x?}"
            );
        }
    }
}
