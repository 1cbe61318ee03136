"""Writes crates/domain/src/zones.tsv: the time zones that have a place, and the present name of each
other name.

python3 crates/domain/tests/data/zones.py

A zone is one of tzdata's zone.tab. Any other name becomes the one that CLDR calls the same place,
or else that to which tzdata's links lead. To renew, raise the two versions.
"""

import json
import pathlib
import subprocess
import tempfile
import zipfile

TZDATA = "2026.6"
CLDR = "cldr-bcp47@48.2.0"

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    wheel = ["pip", "download", "--quiet", "--no-deps", f"tzdata=={TZDATA}", "-d", name]
    subprocess.run(wheel, check=True)
    package = zipfile.ZipFile(next(folder.glob("*.whl")))
    read = lambda file: package.read(f"tzdata/zoneinfo/{file}").decode().splitlines()
    rules, table = read("tzdata.zi"), read("zone.tab")
    subprocess.run(["npm", "install", "--silent", "--prefix", name, CLDR], check=True)
    cldr = folder / "node_modules/cldr-bcp47/bcp47/timezone.json"
    zones = json.loads(cldr.read_text())["keyword"]["u"]["tz"]

links = {line.split()[2]: line.split()[1] for line in rules if line.startswith("L ")}
own = {line.split()[1] for line in rules if line.startswith("Z ")}
placed = {line.split("\t")[2] for line in table if not line.startswith("#")}
same = {}
for zone in zones.values():
    if isinstance(zone, dict) and "_alias" in zone:
        names = zone["_alias"].split()
        for one in names:
            same[one] = [zone.get("_iana"), *names]


def present(zone):
    for one in [zone, *same.get(zone, [])]:
        if one in placed:
            return one
    while zone in links and zone not in placed:
        zone = links[zone]
    return "UTC" if zone in ("Etc/UTC", "Etc/GMT") else zone


lines = []
for zone in sorted(own | set(links) | set(same)):
    now = present(zone)
    if zone not in ("Etc/Unknown", "Factory"):
        lines.append(zone if now == zone else f"{zone}\t{now}")
if "UTC\tUTC" in lines or "UTC" not in lines:
    lines.append("UTC")
target = pathlib.Path(__file__).parents[2] / "src/zones.tsv"
target.write_text(f"# tzdata {TZDATA}, {CLDR}\n" + "\n".join(sorted(set(lines))) + "\n")
