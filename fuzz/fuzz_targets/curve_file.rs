//! Any bytes through [`brandish_fuzz::curve_file`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brandish_fuzz::curve_file(bytes));
