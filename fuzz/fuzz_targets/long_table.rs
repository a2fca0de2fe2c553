//! Any bytes through [`brandish_fuzz::long_table`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brandish_fuzz::long_table(bytes));
