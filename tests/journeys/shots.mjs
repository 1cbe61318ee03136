// Takes pictures of the preview's scenes, for people: `cargo xtask shots` runs it. Beside the
// pictures it leaves a page that shows them all and a contact sheet for each journey.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";
import sharp from "sharp";

const { values: asked } = parseArgs({
  options: {
    out: { type: "string" },
    scene: { type: "string", multiple: true },
    language: { type: "string", multiple: true, default: ["en", "vi"] },
    theme: { type: "string", multiple: true, default: ["light", "dark"] },
    width: { type: "string", multiple: true, default: ["360", "1280"] },
  },
});

const { PORTAL_PREVIEW: preview, PORTAL_BROWSER: executablePath } = process.env;
const out = asked.out;
const widths = asked.width.map(Number);

/** At once: a page waits for its browser most of the time. */
const PAGES = 3;
const COLUMN = 240;
const CAPTION = 34;
const GAP = 16;
const COLUMNS = 6;

/** A pattern such as `sign-up*`: of the scenes that it names. */
function names(pattern) {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[^\w-]/g, ""));
  return new RegExp(`^${parts.join(".*")}$`);
}

/** Every scene with its journey, in so far as it was asked for. */
async function scenes(browser) {
  const page = await browser.newPage();
  await page.goto(`${preview}?bare&scene=log-in`);
  await page.locator("html[data-scene]").waitFor();
  const journeys = JSON.parse(await page.evaluate(() => window.portalOrder('"scenes"')));
  await page.close();
  const patterns = (asked.scene ?? ["*"]).map(names);
  const all = journeys.flatMap(({ name: journey, scenes }) =>
    scenes.map(({ name }) => ({ journey, name })),
  );
  return all.filter(({ name }) => patterns.some((pattern) => pattern.test(name)));
}

const total = { taken: 0, of: 0 };

function tell(what) {
  const width = 30;
  const done = total.of === 0 ? width : Math.round((width * total.taken) / total.of);
  const bar = `[${"#".repeat(done)}${" ".repeat(width - done)}] ${total.taken}/${total.of}`;
  if (process.stdout.isTTY) {
    process.stdout.write(`\r${bar} ${what.padEnd(50).slice(0, 50)}`);
  } else if (total.taken === total.of || total.taken % 50 === 0) {
    console.log(`${bar} ${what}`);
  }
}

async function take(page, { name }) {
  for (const language of asked.language) {
    await page.setViewportSize({ width: widths[0], height: 740 });
    await page.goto(`${preview}?bare&scene=${name}&lang=${language}`);
    const state = page.locator("html[data-scene]");
    await state.waitFor({ timeout: 60_000 });
    const played = await state.getAttribute("data-scene");
    if (played !== "ready") {
      throw new Error(`${name} can't be played: ${played}`);
    }
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 700 ? 740 : 800 });
      for (const theme of asked.theme) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await page.evaluate(() => document.fonts.ready);
        const path = join(out, name, `${language}-${theme}-${width}.png`);
        await page.screenshot({ path, fullPage: true, animations: "disabled", caret: "hide" });
        total.taken += 1;
        tell(`${name} ${language} ${theme} ${width}`);
      }
    }
  }
}

/** What a file of a scene is called. */
function files() {
  return asked.language.flatMap((language) =>
    widths.flatMap((width) => asked.theme.map((theme) => `${language}-${theme}-${width}`)),
  );
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** The scenes of a journey in one picture, each in the first look that was asked for. */
async function contactSheet(journey, scenes) {
  const [look] = files();
  const parts = [];
  let [left, top, row, height] = [GAP, GAP, 0, 0];
  for (const [place, { name }] of scenes.entries()) {
    if (place > 0 && place % COLUMNS === 0) {
      [left, top, row] = [GAP, top + row + CAPTION + GAP, 0];
    }
    const picture = sharp(await readFile(join(out, name, `${look}.png`))).resize({ width: COLUMN });
    const { data, info } = await picture.png().toBuffer({ resolveWithObject: true });
    const caption = `<svg width="${COLUMN}" height="${CAPTION}"><text x="0" y="22" font-family="sans-serif" font-size="14">${escaped(name)}</text></svg>`;
    parts.push({ input: Buffer.from(caption), left, top });
    parts.push({ input: data, left, top: top + CAPTION });
    row = Math.max(row, info.height);
    height = Math.max(height, top + CAPTION + row + GAP);
    left += COLUMN + GAP;
  }
  const width = GAP + Math.min(COLUMNS, scenes.length) * (COLUMN + GAP);
  const sheet = sharp({ create: { width, height, channels: 3, background: "#e4e4e8" } });
  await sheet.composite(parts).png().toFile(join(out, `contact-${journey}.png`));
}

async function indexPage(journeys) {
  const sections = [...journeys].map(([journey, scenes]) => {
    const rows = scenes.map(({ name }) => {
      const pictures = files().map(
        (file) =>
          `<figure><a href="${name}/${file}.png"><img loading="lazy" src="${name}/${file}.png" alt="${name}, ${file}"></a><figcaption>${file}</figcaption></figure>`,
      );
      return `<h3>${escaped(name)}</h3><div>${pictures.join("")}</div>`;
    });
    return `<h2>${escaped(journey)}</h2><p><a href="contact-${journey}.png">Contact sheet</a></p>${rows.join("")}`;
  });
  const style =
    "body{font-family:system-ui;margin:2rem}div{display:flex;flex-wrap:wrap;gap:1rem;align-items:start}figure{margin:0}img{width:180px;border:1px solid #ccc}figcaption{font-size:.8rem}";
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pictures of the preview</title><style>${style}</style><h1>Pictures of the preview</h1>${sections.join("")}</html>`;
  await writeFile(join(out, "index.html"), page);
}

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=slight"],
});
try {
  const all = await scenes(browser);
  if (all.length === 0) {
    throw new Error(`no scene is called ${asked.scene?.join(", ")}`);
  }
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  total.of = all.length * files().length;
  const queue = [...all];
  const work = async () => {
    const context = await browser.newContext({ timezoneId: "Asia/Ho_Chi_Minh", locale: "en-US" });
    const page = await context.newPage();
    for (let next = queue.shift(); next; next = queue.shift()) {
      await take(page, next);
    }
    await context.close();
  };
  await Promise.all(Array.from({ length: PAGES }, work));
  const journeys = new Map(all.map(({ journey }) => [journey, []]));
  all.forEach((scene) => journeys.get(scene.journey).push(scene));
  for (const [journey, scenes] of journeys) {
    await contactSheet(journey, scenes);
  }
  await indexPage(journeys);
  console.log(`\n${total.taken} pictures; open ${join(out, "index.html")}`);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
