// Writes money.tsv and tender.tsv beside it: amounts as Intl writes them, and what is money where.
//
// node crates/domain/tests/data/money.mjs
//
// Renew it with a newer Node (process.versions has its ICU and CLDR) and a newer CLDR below. The
// list of currencies is that of crates/domain/src/currency.rs.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLDR = "cldr-core@48.2.0";
const ISO_4217 = "currency-codes@2.2.0";
const LANGUAGES = ["en", "vi", "id", "ms", "th", "ja", "ko", "zh-Hans", "zh-Hant"];
const MINORS = [0, 5, 100, 1_000, 50_000, 1_000_000, 123_456_789, 99_999_999_999];

const here = (name) => new URL(name, import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "money-"));
execFileSync("npm", ["install", "--silent", "--prefix", folder, CLDR, ISO_4217]);
const load = createRequire(join(folder, "package.json"));
const cldr = load("cldr-core/supplemental/currencyData.json").supplemental.currencyData;
const iso = load("currency-codes");

const source = readFileSync(here("../../src/currency.rs"), "utf8");
const currencies = source.match(/CURRENCIES: &str = "([A-Z]+)"/)[1].match(/.../g);
const { node, icu, cldr: own } = process.versions;

const money = [`# Node ${node}, ICU ${icu}, CLDR ${own}; decimals: ${ISO_4217}`];
const decimals = new Map(currencies.map((code) => [code, iso.code(code).digits]));
for (const [code, digits] of decimals) money.push(`${code}\t${digits}`);
for (const language of LANGUAGES) {
  for (const [currency, digits] of decimals) {
    const written = new Map();
    for (const currencyDisplay of ["symbol", "narrowSymbol", "code"]) {
      const format = new Intl.NumberFormat(language, {
        style: "currency",
        currency,
        currencyDisplay,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
      for (const minor of MINORS) written.set(format.format(minor / 10 ** digits), minor);
    }
    for (const [text, minor] of written) {
      money.push([language, currency, minor, text].join("\t"));
    }
  }
}
writeFileSync(here("money.tsv"), `${money.join("\n")}\n`);

// What is legal tender in each region in 2026, the last first, of what an ad account can be in.
const tender = [`# ${CLDR}`];
for (const [region, entries] of Object.entries(cldr.region)) {
  const all = entries.flatMap((entry) => Object.entries(entry));
  const current = all.filter(([, it]) => it._tender !== "false" && !(it._to < "2026-02-01"));
  const known = current.map(([code]) => code).filter((code) => decimals.has(code));
  tender.push([region, known.join(" ")].join("\t"));
}
for (const code of currencies) {
  const all = Object.values(cldr.region).flat().flatMap((entry) => Object.entries(entry));
  const own = all.filter(([other]) => other === code).map(([, it]) => it);
  if (own.every((it) => it._to)) tender.push(`${code} ended\t${own.map((it) => it._to).sort().at(-1)}`);
}
writeFileSync(here("tender.tsv"), `${tender.join("\n")}\n`);
rmSync(folder, { recursive: true });
