//! The query of TikTok's redirect, from libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::callback(input));
