//! Pure rules and state machines of the portal: no clock, no I/O, no async.
