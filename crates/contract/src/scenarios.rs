//! The scenarios that every host must pass.
