#!/bin/sh
# CLDR 48 shows four currencies without the decimals that they have in ISO 4217, and gives them back
# to another: Colombian pesos, forints, rupiah and Pakistani rupees have none, Serbian dinars two.
# ECMA-402 (CurrencyDigits) names ISO 4217, but an engine that leaves the default to ICU takes it from
# CLDR: an amount of 1,250.50 forints is shown as 1,251 after an update of such a browser, and
# exactly in another. Whoever shows what is charged must say how many decimals there are.
#
# cldr-core 47.0.0 and 48.2.0, supplemental/currencyData.json, "fractions"
# (https://www.unicode.org/reports/tr35/tr35-numbers.html#Supplemental_Currency_Data).
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund before@npm:cldr-core@47.0.0 after@npm:cldr-core@48.2.0
node --input-type=commonjs > found <<'JS'
const fractions = (name) =>
  require(`${name}/supplemental/currencyData.json`).supplemental.currencyData.fractions;
const [before, after] = [fractions("before"), fractions("after")];
const digits = (all, code) => (all[code] ?? all.DEFAULT)._digits;
for (const code of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
  if (digits(before, code) !== digits(after, code)) {
    console.log(`${code} ${digits(before, code)} -> ${digits(after, code)}`);
  }
}
JS
cat found
cat > expected <<'LIST'
COP 2 -> 0
HUF 2 -> 0
IDR 2 -> 0
PKR 2 -> 0
RSD 0 -> 2
LIST
diff expected found
