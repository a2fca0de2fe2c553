//! Any bytes through [`brandish_fuzz::lots`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brandish_fuzz::lots(bytes));
