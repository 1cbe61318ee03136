#!/bin/sh
# passkey-types 0.6.0 (crates.io), the types of 1Password's `passkey`: without its default features, too,
# it has serde_json built with `preserve_order`, and so every crate of the same build that has serde_json. A
# `serde_json::Map` then keeps the order of insertion; without it, it is sorted by key. Nothing of passkeys needs to
# be called. As a development dependency of one crate of a workspace it changes the JSON that all others write under
# `cargo test --workspace`, and not what they write in production. So: sort where an order is wanted.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir src
cat >src/main.rs <<'RS'
fn main() {
    let read: serde_json::Value = serde_json::from_str(r#"{"b":1,"a":2}"#).unwrap();
    println!("{read}");
}
RS
cat >Cargo.toml <<'TOML'
[package]
name = "order"
version = "0.0.0"
edition = "2021"

[dependencies]
serde_json = "=1.0.154"
passkey-types = { version = "=0.6.0", default-features = false, optional = true }

[workspace]
TOML
without=$(cargo run --quiet)
with=$(cargo run --quiet --features passkey-types)
echo "serde_json 1.0.154: $without"
echo "with passkey-types 0.6.0 beside it: $with"
[ "$without" = '{"a":2,"b":1}' ] && [ "$with" = '{"b":1,"a":2}' ]
