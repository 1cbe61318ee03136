#!/bin/sh
# Drives the real clients of the README's table to a log-in and a refusal, in each mode of PKCE, and
# compares what came with seen.jsonl; `run.sh --write` writes that instead. It works in a temporary
# folder, needs cargo, Node 20 and Python 3.11, and fetches the pinned packages. Nothing of it reaches
# TikTok.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
running=
stop() {
    for process in $running; do
        kill "$process" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

say() {
    echo "clients: $*" >&2
}

say "building the emulator"
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$here/../../../target}
export CARGO_TARGET_DIR
(cd "$here/.." && cargo build --quiet --features binary)

say "fetching the packages of npm and PyPI"
cp -R "$here/node" "$here/python" "$work"
(cd "$work/node" && npm ci --silent --ignore-scripts --no-audit --no-fund)
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-deps --requirement "$work/python/requirements.txt"

app=https://app.example
TIKTOK_EMULATOR_ADDRESS=127.0.0.1:0
TIKTOK_EMULATOR_APP_KIND=web
TIKTOK_EMULATOR_REDIRECT_URIS=$app/callback,$app/api/auth/callback/tiktok,$app/auth/callback/tiktok,$app/connect/tiktok/callback,$app/accounts/tiktok/login/callback/
export TIKTOK_EMULATOR_ADDRESS TIKTOK_EMULATOR_APP_KIND TIKTOK_EMULATOR_REDIRECT_URIS

for mode in hex base64url off; do
    say "PKCE $mode"
    TIKTOK_EMULATOR_PKCE=$mode "$CARGO_TARGET_DIR/debug/tiktok-emulator" >"$work/$mode.log" &
    running="$running $!"
    until grep -q '^  token ' "$work/$mode.log"; do
        kill -0 "$!"
    done
    EMULATOR=$(sed -n 's|^  token *\(http.*\)/v2/oauth/token/$|\1|p' "$work/$mode.log")
    PKCE=$mode
    export EMULATOR PKCE
    (cd "$work/node" && node clients.mjs) >>"$work/seen.jsonl"
    (cd "$work/python" && "$work/venv/bin/python" -W ignore clients.py) >>"$work/seen.jsonl"
done
say "the crate oauth2"
(cd "$here/rust" && CARGO_TARGET_DIR=$work/target cargo run --quiet --locked) >>"$work/seen.jsonl"

# One spelling of JSON, in the order of the table.
python3 - "$work/seen.jsonl" >"$work/sorted.jsonl" <<'PYTHON'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    lines = [json.loads(line) for line in file]
clients = list(dict.fromkeys(line["client"] for line in lines))
for line in sorted(lines, key=lambda line: clients.index(line["client"])):
    print(json.dumps(line, ensure_ascii=False))
PYTHON
if [ "${1:-}" = --write ]; then
    cp "$work/sorted.jsonl" "$here/seen.jsonl"
else
    diff "$here/seen.jsonl" "$work/sorted.jsonl"
    say "as before"
fi
