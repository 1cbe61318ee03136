#!/usr/bin/env bash
# OpaqueString (RFC 8265, 4.2) prepares passwords so that they fit from every keyboard. Two
# implementations of it disagree about Korean as macOS may give it, in conjoining jamo (NFD):
# precis-profiles 0.2.0 (Rust) refuses it, precis-i18n 1.1.2 (Python) composes it and takes it. The
# RFC can be read both ways: preparation (4.2.1) asks for FreeformClass, from which RFC 8264, 9.9
# excludes jamo, and comes before the NFC of enforcement (4.2.2). Both refuse emoji that are joined
# by U+200D, and the Rust one also what came with Unicode 15: so neither is put before a log-in.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2024"
[dependencies]
precis-profiles = "=0.2.0"
[workspace]
TOML
cat > src/main.rs <<'RUST'
use precis_profiles::{OpaqueString, precis_core::profile::PrecisFastInvocation as _};
fn main() {
    for (name, password) in [
        ("Korean, composed", "비밀번호"),
        ("Korean, apart", "\u{1107}\u{1175}\u{1106}\u{1175}\u{11af}\u{1107}\u{1165}\u{11ab}\u{1112}\u{1169}"),
        ("Vietnamese, apart", "ma\u{323}\u{302}t kha\u{302}\u{309}u"),
        ("a family", "👨\u{200d}👩\u{200d}👧"),
        ("U+1FAE8 of Unicode 15", "\u{1fae8}"),
    ] {
        let taken = if OpaqueString::enforce(password).is_ok() { "taken" } else { "refused" };
        println!("Rust: {name}: {taken}");
    }
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo run --quiet > said

python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target packages precis-i18n==1.1.2
PYTHONPATH=packages python3 - >> said <<'PYTHON'
import unicodedata
from precis_i18n import get_profile
profile = get_profile("OpaqueString")
for name, password in [
    ("Korean, composed", "비밀번호"),
    ("Korean, apart", unicodedata.normalize("NFD", "비밀번호")),
    ("Vietnamese, apart", unicodedata.normalize("NFD", "mật khẩu")),
    ("a family", "👨\u200d👩\u200d👧"),
]:
    try:
        profile.enforce(password)
        taken = "taken"
    except UnicodeEncodeError:
        taken = "refused"
    print(f"Python: {name}: {taken}")
PYTHON

cat said
diff said - <<'EXPECTED'
Rust: Korean, composed: taken
Rust: Korean, apart: refused
Rust: Vietnamese, apart: taken
Rust: a family: refused
Rust: U+1FAE8 of Unicode 15: refused
Python: Korean, composed: taken
Python: Korean, apart: taken
Python: Vietnamese, apart: taken
Python: a family: refused
EXPECTED
