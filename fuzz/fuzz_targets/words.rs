//! Any bytes through [`brandish_fuzz::words`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brandish_fuzz::words(bytes));
