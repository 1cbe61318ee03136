"""Writes examples.tsv and patterns.tsv beside this file, from libphonenumber's port to Python.

    pip install phonenumbers==9.0.43 && python3 phones.py

examples.tsv: a region, one of its example numbers in E.164, its national and international forms.
patterns.tsv: a region, its country's code, its trunk prefix, a pattern for each kind of its numbers."""

from pathlib import Path

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat as Format

KINDS = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number",
         "voip", "pager", "uan", "voicemail")
FORMS = (Format.E164, Format.NATIONAL, Format.INTERNATIONAL)

head = f"# phonenumbers {phonenumbers.__version__}"
examples, patterns = [head], [head]
for region in sorted(phonenumbers.SUPPORTED_REGIONS):
    metadata = PhoneMetadata.metadata_for_region(region)
    kinds = [kind for kind in (getattr(metadata, name) for name in KINDS)
             if kind is not None and kind.national_number_pattern]
    for example in dict.fromkeys(kind.example_number for kind in kinds if kind.example_number):
        number = phonenumbers.parse(f"+{metadata.country_code}{example}")
        if phonenumbers.is_valid_number_for_region(number, region):
            written = (phonenumbers.format_number(number, form) for form in FORMS)
            examples.append("\t".join((region, *written)))
    each = dict.fromkeys(kind.national_number_pattern for kind in kinds)
    code = str(metadata.country_code)
    patterns.append("\t".join((region, code, metadata.national_prefix or "", *each)))

folder = Path(__file__).parent
(folder / "examples.tsv").write_text("\n".join(examples) + "\n")
(folder / "patterns.tsv").write_text("\n".join(patterns) + "\n")
