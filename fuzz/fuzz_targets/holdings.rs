//! Any bytes through [`brandish_fuzz::holdings`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brandish_fuzz::holdings(bytes));
