//! The use cases: check, load, rule, save, reply.
