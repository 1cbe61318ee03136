"""Writes idna.tsv beside this file: domains in JSON and the A-labels that UTS 46 makes of them (non-transitional), or
nothing, of IdnaTestV2.txt (Unicode), with which the crate idna is tested.

    cargo fetch && python3 idna.py ~/.cargo/registry/src/*/idna-1.1.0"""

import json
import re
import sys
from pathlib import Path


def read(column: str) -> str:
    column = column.strip()
    if column == '""':
        return ""
    escapes = re.compile(r"\\u([0-9A-Fa-f]{4})|\\x\{([0-9A-Fa-f]+)\}")
    return escapes.sub(lambda it: chr(int(it[1] or it[2], 16)), column)


lines = ["# IdnaTestV2.txt of Unicode 16.0.0, as of idna 1.1.0"]
for line in (Path(sys.argv[1]) / "tests/IdnaTestV2.txt").read_text(encoding="utf-8").splitlines():
    # Source, toUnicode and its status, toAsciiN and its status; what is blank is as what stands before it.
    columns = line.split("#")[0].split(";")
    if len(columns) < 5:
        continue
    source = read(columns[0])
    if re.search("[\ud800-\udfff]", source):
        # Half of a pair is no character: no request can bring it.
        continue
    unicode = read(columns[1]) if columns[1].strip() else source
    ascii = read(columns[3]) if columns[3].strip() else unicode
    status = columns[4].strip() or columns[2].strip()
    is_refused = status not in ("", "[]")
    lines.append(f"{json.dumps(source)}\t{'' if is_refused else ascii}")
(Path(__file__).parent / "idna.tsv").write_text("\n".join(lines) + "\n")
