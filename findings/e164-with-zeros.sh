#!/bin/sh
# libphonenumber writes some numbers in E.164 so that it reads them back as others. A number with
# several zeros in front, of a length that is possible in its country, keeps all of them but one
# (number_of_leading_zeros) and is written with them; of what is written, the first is taken for the
# prefix that is dialled within the country, and is gone. So whoever keeps the text, reads it again and
# writes it anew has another number each time, until one zero is left. is_possible_number says yes to
# all of them; is_valid_number says no. Whoever keeps a number that is possible alone must see whether
# it reads as itself.
#
# phonenumbers 9.0.34, the port to Python of Google's libphonenumber: parse, format_number
# (https://github.com/google/libphonenumber, FAQ: "possible" is about the length).
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check phonenumbers==9.0.34
python/bin/python > found <<'PY'
from phonenumbers import PhoneNumberFormat, format_number, is_possible_number, is_valid_number, parse

E164 = PhoneNumberFormat.E164
for typed in ["0842012", "000 842 012", "0000 842 012"]:
    number = parse(typed, "VN")
    texts = [format_number(number, E164)]
    while texts[-1] not in texts[:-1]:
        texts.append(format_number(parse(texts[-1]), E164))
    print(typed, is_possible_number(number), is_valid_number(number), *texts)
PY
cat found
cat > expected <<'LIST'
0842012 True False +840842012 +840842012
000 842 012 True False +8400842012 +840842012 +840842012
0000 842 012 True False +84000842012 +8400842012 +840842012 +840842012
LIST
diff expected found
