//! Our own past: the first numbers of some streams, so that a seed means the same in every version.

use brandish_math::Stream;

/// The words were also computed apart, by Philox written in Python from the paper, with counter (block, draw, variable, 0)
/// and key (seed, 0).
#[test]
fn a_seed_means_the_same_numbers_as_before() {
    let mut stream = Stream::new(42, 7, 3);
    let words: Vec<u64> = (0..3).map(|_| stream.next_u64()).collect();
    assert_eq!(
        words,
        [0x0a525c1d86ae09a3, 0xbe0bb66a0f9ba2de, 0x2a1840aa80523d64]
    );
    assert_eq!(Stream::new(42, 7, 3).uniform(), 0.040319211205023575);
}
