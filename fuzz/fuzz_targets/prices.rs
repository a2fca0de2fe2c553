//! Any bytes through [`brandish_fuzz::prices`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brandish_fuzz::prices(bytes));
