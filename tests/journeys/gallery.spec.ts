// Every scene of the preview: in every language at 320 px, and looked at in light, dark and forced
// colours, narrow and wide. Another state of a screen is looked at less often than the screen.

import { JOURNEYS, SCENES, type Scene, open, order } from "./gallery.ts";
import { expectNoViolations, expectToFit } from "./look.ts";
import { expectPicture, expectTree, pictured } from "./pictures.ts";
import { expect, test as base, type Page } from "./portal.ts";
import type { Browser, TestInfo } from "@playwright/test";

/** All that the page of the log-in offers, and one that nobody speaks, for long words. English, in
 * which a scene is opened, comes first. */
const LANGUAGES = ["en", "vi", "id", "ms", "th", "ja", "ko", "zh-Hans", "zh-Hant", "en-XA"];

/** In which every screen is checked for what WCAG asks. */
const CHECKED = ["en", "vi", "th", "ja"];

/** In which every screen has its picture. */
const PICTURED = ["en", "vi"];

const THEMES = ["light", "dark"] as const;
const WIDTHS = [360, 1280] as const;

const HEIGHTS = { 320: 640, 360: 740, 640: 800, 1280: 800 } as const;

/** With a browser whose user reads text of twice the usual size. */
const test = base.extend<object, { farsighted: Browser }>({
  farsighted: [
    async ({ playwright, launchOptions }, use) => {
      const args = [...(launchOptions.args ?? []), "--blink-settings=defaultFontSize=32"];
      const browser = await playwright.chromium.launch({ ...launchOptions, args });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
});

test.use({ timezoneId: "Asia/Ho_Chi_Minh" });

/** What a browser's console says of an error. */
let said: string[] = [];

test.beforeEach(({ page }) => {
  said = [];
  page.on("console", (message) => message.type() === "error" && said.push(message.text()));
});

test.afterEach(() => {
  expect(said, "errors of the console").toEqual([]);
});

async function widen(page: Page, width: keyof typeof HEIGHTS): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHTS[width] });
}

/** The page as it is, in another language. */
async function speak(page: Page, language: string): Promise<void> {
  expect(await order(page, { speak: language }), language).toBe(true);
}

test("every route, code, fault, outcome and state has a scene that shows it", async ({ page }) => {
  await open(page, "log-in");
  const wanted = await order<string[]>(page, "wanted");
  const journeys = await order<{ name: string; scenes: Scene[] }[]>(page, "scenes");
  const all = journeys.flatMap(({ scenes }) => scenes);
  const shown = new Set(all.flatMap(({ shows }) => shows ?? []));
  expect(wanted.length).toBeGreaterThan(60);
  expect(wanted.filter((it) => !shown.has(it)), "shown by no scene").toEqual([]);
  expect([...shown].filter((it) => !wanted.includes(it)), "shown, but not there").toEqual([]);
  const written = all.filter(({ name }) => !name.startsWith("problem-"));
  expect(written.map(({ name }) => name).sort()).toEqual(SCENES.map(({ name }) => name).sort());
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const left = pictured().filter((picture) => !all.some(({ name }) => name === picture));
  expect(left, "pictures of no scene").toEqual([]);
  expect(all.filter(({ of }) => of && !all.some(({ name }) => name === of))).toEqual([]);
});

test("the first step of a campaign is seen whole in 720 px of a laptop", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page, "campaign", { lang: "en" });
  for (const language of ["en", "vi"]) {
    await speak(page, language);
    // The bar that says that this is a demonstration isn't there in production.
    const over = await page.evaluate(() => {
      const bar = document.querySelector(".demo-bar")?.getBoundingClientRect().height ?? 0;
      return document.documentElement.scrollHeight - bar - innerHeight;
    });
    expect(over, language).toBeLessThanOrEqual(0);
  }
});

/** What a scene says that it shows was seen on the way. */
async function expectShown(page: Page, scene: Scene): Promise<void> {
  const shown = await order<string[]>(page, "shown");
  expect(shown, `what ${scene.name} shows`).toEqual(expect.arrayContaining(scene.shows ?? []));
}

async function lookInEach(page: Page, name: string, languages: string[], info: TestInfo) {
  for (const language of languages) {
    await test.step(language, async () => {
      if (language !== "en") {
        await speak(page, language);
      }
      await widen(page, 320);
      await expectToFit(page, `${language} at 320 px`);
      if (!CHECKED.includes(language)) {
        return;
      }
      for (const width of WIDTHS) {
        await widen(page, width);
        for (const colorScheme of THEMES) {
          const where = `${language}-${colorScheme}-${width}`;
          await page.emulateMedia({ colorScheme });
          await expectNoViolations(page, where);
          if (PICTURED.includes(language)) {
            await expectPicture(page, `${name}/${where}`, info);
          }
        }
      }
    });
  }
}

for (const scene of SCENES.filter(({ of }) => of === undefined)) {
  const { name } = scene;
  test(`${name} in every language, theme and width`, async ({ page, farsighted, baseURL }, info) => {
    await widen(page, 320);
    await open(page, name, { lang: "en" });
    await expectShown(page, scene);
    await lookInEach(page, name, LANGUAGES, info);

    await test.step("forced colours", async () => {
      await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      // A page that is there already keeps some of its colours.
      await open(page, name, { lang: "en" });
      for (const width of WIDTHS) {
        await widen(page, width);
        await expectNoViolations(page, `forced colours at ${width} px`);
      }
      await page.emulateMedia({ forcedColors: "none" });
    });

    await test.step("read aloud and spaced", async () => {
      await widen(page, 1280);
      await expectTree(page, name);
      await widen(page, 360);
      await space(page);
      await expectToFit(page, "spaced text");
    });

    await test.step("text of twice its size", async () => {
      const context = await farsighted.newContext({ baseURL });
      const large = await context.newPage();
      await widen(large, 640);
      await open(large, name, { lang: "en" });
      for (const width of [640, 1280] as const) {
        await widen(large, width);
        await expectToFit(large, `text of twice its size at ${width} px`);
      }
      await context.close();
    });
  });
}

for (const scene of SCENES.filter(({ of }) => of !== undefined)) {
  const { name } = scene;
  test(`${name}, another state of ${scene.of}`, async ({ page }, info) => {
    await widen(page, 320);
    await open(page, name, { lang: "en" });
    await expectShown(page, scene);
    for (const [language, colorScheme, width] of [
      ["en", "light", 360],
      ["vi", "dark", 1280],
      ["en-XA", "light", 320],
    ] as const) {
      if (language !== "en") {
        await speak(page, language);
      }
      await widen(page, 320);
      await expectToFit(page, `${language} at 320 px`);
      if (language !== "en-XA") {
        const where = `${language}-${colorScheme}-${width}`;
        await page.emulateMedia({ colorScheme });
        await widen(page, width);
        await expectNoViolations(page, where);
        await expectPicture(page, `${name}/${where}`, info);
      }
    }
  });
}

test("problems, each in its own words", async ({ page }, info) => {
  await widen(page, 360);
  await open(page, "log-in");
  const journeys = await order<{ name: string; scenes: Scene[] }[]>(page, "scenes");
  const problems = journeys.filter(({ name }) => !JOURNEYS.some((it) => it.name === name));
  for (const scene of problems.flatMap(({ scenes }) => scenes)) {
    await test.step(scene.name, async () => {
      await open(page, scene.name, { lang: "en" });
      await expectShown(page, scene);
      await expectNoViolations(page, scene.name);
      await expectPicture(page, `${scene.name}/en-light-360`, info);
    });
  }
});

/** The space between letters, words and lines that a reader may ask for (WCAG 2.2, 1.4.12). */
async function space(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * {
        letter-spacing: 0.12em !important;
        line-height: 1.5 !important;
        word-spacing: 0.16em !important;
      }
      p { margin-block-end: 2em !important; }
    `);
    document.adoptedStyleSheets.push(sheet);
  });
}
