// Every screen and dialog: in every language at 320 px, and looked at in light, dark and forced
// colours, narrow and wide.

import { GALLERY, type Screen } from "./gallery.ts";
import { expectNoViolations, expectToFit } from "./look.ts";
import { expectPicture, expectTree } from "./pictures.ts";
import { expect, test as base, type Page } from "./portal.ts";
import type { Browser } from "@playwright/test";

/** All that the page of the log-in offers, and one that nobody speaks, for long words. */
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

/** When all of this happens. */
const NOW = new Date("2026-11-25T03:00:00Z");

test.use({ timezoneId: "Asia/Ho_Chi_Minh" });

test.beforeEach(({ page }) => page.clock.setFixedTime(NOW));

async function widen(page: Page, width: keyof typeof HEIGHTS): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHTS[width] });
}

/** Loads the screen's address in a language. */
async function open(page: Page, screen: Screen, address: string, language: string): Promise<void> {
  await page.goto(`${address}?lang=${language}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await screen.show?.(page);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

for (const screen of GALLERY) {
  test(`${screen.name} in every language, theme and width`, async ({
    page,
    tiktok,
    portal,
    farsighted,
  }, info) => {
    await screen.reach({ page, tiktok, portal });
    const address = page.url();
    for (const language of LANGUAGES) {
      await test.step(language, async () => {
        await widen(page, 320);
        await open(page, screen, address, language);
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
              await expectPicture(page, `${screen.name}/${where}`, info);
            }
          }
        }
      });
    }

    await test.step("forced colours", async () => {
      await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      // A page that is there already keeps some of its colours.
      await open(page, screen, address, "en");
      for (const width of WIDTHS) {
        await widen(page, width);
        await expectNoViolations(page, `forced colours at ${width} px`);
      }
      await page.emulateMedia({ forcedColors: "none" });
    });

    await test.step("read aloud and spaced", async () => {
      await widen(page, 1280);
      await open(page, screen, address, "en");
      await expectTree(page, screen.name);
      await widen(page, 360);
      await space(page);
      await expectToFit(page, "spaced text");
    });

    await test.step("text of twice its size", async () => {
      const state = await page.context().storageState();
      const context = await farsighted.newContext({ storageState: state });
      const large = await context.newPage();
      await large.clock.setFixedTime(NOW);
      for (const width of [640, 1280] as const) {
        await widen(large, width);
        await open(large, screen, address, "en");
        await expectToFit(large, `text of twice its size at ${width} px`);
      }
      await context.close();
    });
  });
}

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
