#![no_main]

mod pipeline;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pipeline::check("a.txt", bytes));
