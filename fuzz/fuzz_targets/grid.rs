//! Any bytes through [`brandish_fuzz::grid`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brandish_fuzz::grid(bytes));
