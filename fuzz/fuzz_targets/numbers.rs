//! Any bytes through [`brandish_fuzz::numbers`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brandish_fuzz::numbers(bytes));
