#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = brandish_evidence::Lexicon::extended(&[("fuzz.json", text)]);
});
