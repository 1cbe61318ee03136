//! The service in the browser tab, over the emulator.
