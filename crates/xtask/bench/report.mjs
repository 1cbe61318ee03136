// Writes what was measured: the tables of docs/speed.md, and the picture beside it.

import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";

const NAMES = {
  vanilla: "vanilla",
  svelte: "Svelte 5",
  solid: "SolidJS",
  react: "React",
  supabase: "Supabase’s form",
  leptos: "Leptos (floor)",
  portal: "**the portal**",
  before: "the portal before",
};

const ms = (value) => String(Math.round(value));
const kB = (value) => (value / 1000).toFixed(1);
const MB = (value) => (value / 1e6).toFixed(1);

/** The medians of all that was measured, by speed and page. */
export function medians(runs) {
  const found = { slow: {}, fast: {} };
  for (const { name, speed, ...values } of runs) {
    const page = (found[speed][name] ??= {});
    for (const [key, value] of Object.entries(values)) {
      (page[key] ??= []).push(value);
    }
  }
  for (const page of Object.values(found).flatMap(Object.values)) {
    for (const [key, values] of Object.entries(page)) {
      values.sort((one, other) => one - other);
      const middle = values.length >> 1;
      page[key] =
        values.length % 2 === 0 ? (values[middle - 1] + values[middle]) / 2 : values[middle];
    }
  }
  return found;
}

/** A table of all pages: each column has a heading, and writes a page's cell. */
function table(pages, columns) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  return [
    row(["page", ...columns.map(([heading]) => heading)]),
    row(["---", ...columns.map(() => "---:")]),
    ...Object.entries(pages).map(([name, page]) =>
      row([NAMES[name], ...columns.map(([, write]) => write(page))]),
    ),
  ].join("\n");
}

function tables({ slow, fast }) {
  const times = (pages) => [
    ["first paint", ({ paint }) => ms(paint)],
    ["usable", ({ usable }) => ms(usable)],
    ["× vanilla", ({ usable }) => (usable / pages.vanilla.usable).toFixed(2)],
    ["answered", ({ answered }) => ms(answered)],
    ["× vanilla", ({ answered }) => (answered / pages.vanilla.answered).toFixed(2)],
    ["to the sign-up", ({ signUp }) => ms(signUp)],
    ["second visit", ({ secondUsable }) => ms(secondUsable)],
  ];
  const weights = [
    ["kB until usable", ({ usableBytes }) => kB(usableBytes)],
    ["kB until answered", ({ answeredBytes }) => kB(answeredBytes)],
    ["kB until idle", ({ idleBytes }) => kB(idleBytes)],
    ["script, ms", ({ script }) => ms(script)],
    ["main thread, ms", ({ task }) => ms(task)],
    ["memory, MB", ({ memory }) => MB(memory)],
    ["second visit: requests", ({ secondRequests }) => String(secondRequests)],
    ["kB", ({ secondBytes }) => kB(secondBytes)],
  ];
  const members = Object.fromEntries(
    Object.entries(slow).filter(([, page]) => page.adsManager !== undefined),
  );
  const presses = [
    ["to Ads Manager, ms", ({ adsManager }) => ms(adsManager)],
    ["files asked for", ({ adsManagerParts }) => String(adsManagerParts)],
    ["to the wizard, ms", ({ wizard }) => ms(wizard)],
    ["files asked for", ({ wizardParts }) => String(wizardParts)],
  ];
  return [
    ["On the slow phone, in milliseconds", table(slow, times(slow))],
    ["What it takes on the slow phone", table(slow, weights)],
    ["On a fast machine, in milliseconds", table(fast, times(fast))],
    ["A member's presses on the slow phone, once the page before is idle", table(members, presses)],
  ]
    .map(([heading, cells]) => `### ${heading}\n\n${cells}\n`)
    .join("\n");
}

/** Bars of the slow phone: for each page its first paint, when it was usable and when it had answered. */
function picture({ slow }) {
  const bars = [
    ["answered", "answered"],
    ["usable", "usable"],
    ["paint", "first paint"],
  ];
  const [left, width, step, top] = [150, 560, 40, 56];
  const pages = Object.entries(slow);
  const longest = Math.max(...pages.map(([, { answered }]) => answered));
  const wide = (value) => ((value / longest) * width).toFixed(1);
  const rows = pages.map(([name, page], at) => {
    const y = top + at * step;
    const words = NAMES[name].replaceAll("*", "");
    return [
      `<text class="${name}" x="${left - 12}" y="${y + 19}" text-anchor="end">${words}</text>`,
      ...bars.map(
        ([key]) => `<rect class="${key}" x="${left}" y="${y}" width="${wide(page[key])}" height="28"/>`,
      ),
      `<text x="${left + 8 + Number(wide(page.answered))}" y="${y + 19}">${ms(page.answered)} ms</text>`,
    ].join("\n  ");
  });
  const legend = [...bars].reverse().map(([key, words], at) => {
    const x = left + at * 130;
    return `<rect class="${key}" x="${x}" y="18" width="16" height="16"/><text x="${x + 24}" y="31">${words}</text>`;
  });
  const height = top + pages.length * step + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 ${height}" role="img">
  <title>Log-in pages on a slow phone: first paint, usable, answered</title>
  <style>
    text { font: 14px system-ui, sans-serif; fill: #121214; }
    .portal { font-weight: 700; }
    .paint { fill: #121214; }
    .usable { fill: #00808a; }
    .answered { fill: #b9dfe1; }
    .ground { fill: #ffffff; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f4f4f5; }
      .paint { fill: #f4f4f5; }
      .usable { fill: #25b4ae; }
      .answered { fill: #1d4a4d; }
      .ground { fill: #171719; }
    }
  </style>
  <rect class="ground" width="800" height="${height}"/>
  ${legend.join("\n  ")}
  ${rows.join("\n  ")}
</svg>
`;
}

/** Writes both files: what stands in speed.md above its last heading stays. */
export async function write(folder, { found, lines, rounds, browser }) {
  const HEADING = "\n## Numbers\n";
  const file = join(folder, "speed.md");
  const [method] = (await readFile(file, "utf8")).split(HEADING);
  const [{ model }] = cpus();
  const day = new Date().toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const machine = `${day}, ${rounds} rounds, Chromium ${browser}, ${model.trim()}, ${availableParallelism()} cores.`;
  const promises = lines.map(({ holds, line, is }) => `| ${line} | ${is} | ${holds ? "yes" : "**no**"} |`);
  const numbers = [
    `${machine}\n`,
    "![First paint, usable and answered on the slow phone](speed.svg)\n",
    tables(found),
    "### What is promised\n",
    "| promise | measured | holds |\n|---|---|---|",
    ...promises,
  ];
  await writeFile(file, `${method}${HEADING}\n${numbers.join("\n")}\n`);
  await writeFile(join(folder, "speed.svg"), picture(found));
}
