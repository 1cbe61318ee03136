// Cuts TikTok Sans down to what the portal writes in it: `node fonts.mjs FOLDER`.
//
// One file for Latin letters and one for those that only Vietnamese adds, as their weight varies
// between the lightest and the heaviest that style/tokens.css names.

import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import subsetFont from "subset-font";

const FONT = join(import.meta.dirname, "node_modules/@fontsource-variable/tiktok-sans");

/** Of the Latin file: Basic Latin, Latin-1 and punctuation. */
const LATIN = [[0x20, 0x7e], [0xa0, 0xff], "–—‘’“”•…‹›€™−←↑→↓"];

/** Of the Vietnamese file. */
const VIETNAMESE = [
  [0x102, 0x103],
  [0x110, 0x111],
  [0x128, 0x129],
  [0x168, 0x169],
  [0x1a0, 0x1a1],
  [0x1af, 0x1b0],
  [0x1ea0, 0x1ef9],
  "₫",
];

const OPTIONS = {
  targetFormat: "woff2",
  variationAxes: { wght: { min: 400, max: 700 } },
  // Kerning, marks in their places, and figures of one width; no letters in another dress.
  keepFeatures: ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"],
  // For screens of another age.
  noHinting: true,
};

function text(ranges) {
  const letters = ranges.map((range) =>
    typeof range === "string"
      ? range
      : Array.from({ length: range[1] - range[0] + 1 }, (_, index) =>
          String.fromCodePoint(range[0] + index),
        ).join(""),
  );
  return letters.join("");
}

const folder = process.argv[2];
await mkdir(folder, { recursive: true });
for (const [name, ranges] of Object.entries({ latin: LATIN, vietnamese: VIETNAMESE })) {
  const whole = await readFile(join(FONT, `files/tiktok-sans-${name}-wght-normal.woff2`));
  await writeFile(
    join(folder, `tiktok-sans-${name}.woff2`),
    await subsetFont(whole, text(ranges), OPTIONS),
  );
}
await copyFile(join(FONT, "LICENSE"), join(folder, "OFL.txt"));
