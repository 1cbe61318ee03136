"""Writes crates/domain/src/common_passwords.txt, and its licence beside it: of the most common
passwords those that are long enough to be set, in lower case and Normalization Form C, sorted.

python3 crates/domain/tests/data/common_passwords.py

Django keeps the list: about 20,000 of them, out of passwords that were breached. To renew, raise the
version.
"""

import gzip
import pathlib
import subprocess
import tempfile
import unicodedata
import zipfile

DJANGO = "django==5.2.19"
LIST = "django/contrib/auth/common-passwords.txt.gz"
# As PASSWORD_MIN in crates/domain/src/password.rs.
SHORTEST = 10

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    subprocess.run(
        ["pip", "download", "--quiet", "--no-deps", "--dest", folder, DJANGO], check=True
    )
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        common = gzip.decompress(wheel.read(LIST)).decode().split("\n")
        licence = next(
            wheel.read(name).decode()
            for name in wheel.namelist()
            if name.endswith("dist-info/licenses/LICENSE") or name.endswith("dist-info/LICENSE")
        )

forms = {unicodedata.normalize("NFC", password.strip().lower()) for password in common}
kept = sorted(form for form in forms if len(form) >= SHORTEST)
source = pathlib.Path(__file__).parents[2] / "src"
(source / "common_passwords.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
(source / "common_passwords-license.txt").write_text(licence, encoding="utf-8")
print(len(common), "of which kept:", len(kept))
