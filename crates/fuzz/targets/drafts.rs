//! Drafts, as they are sent and as they are stored, from libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::drafts(input));
