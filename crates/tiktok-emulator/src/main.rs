//! The emulator alone: a server for trying out one's own Login Kit code.

fn main() {}
