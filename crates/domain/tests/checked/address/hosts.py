"""Writes hosts.tsv beside this file: addresses in JSON and their hosts, of urltestdata.json (Web Platform Tests).

    cargo fetch && python3 hosts.py ~/.cargo/registry/src/*/url-2.5.8"""

import json
import sys
from pathlib import Path

tests = json.loads((Path(sys.argv[1]) / "tests/urltestdata.json").read_text())
lines = ["# Web Platform Tests, as of url 2.5.8"]
for test in tests:
    if isinstance(test, str) or test.get("base") or not test["input"].startswith(("http://", "https://")):
        continue
    lines.append(f"{json.dumps(test['input'])}\t{test.get('hostname', '')}")
(Path(__file__).parent / "hosts.tsv").write_text("\n".join(lines) + "\n")
