// Every scene under a browser's translation: nothing of it freezes.

import { SCENES, open, order } from "./gallery.ts";
import { expect, test, type Page } from "./portal.ts";
import { read, translate } from "./translator.ts";

/** The page as it is, in another language: each of its sentences changes in place. */
async function speak(page: Page, language: string): Promise<void> {
  expect(await order(page, { speak: language }), language).toBe(true);
}

for (const { name } of SCENES) {
  test(`${name} follows what changes while a browser translates it`, async ({ page }) => {
    await open(page, name, { lang: "en" });
    await speak(page, "vi");
    const vietnamese = await read(page);
    await speak(page, "en");
    const english = await read(page);
    expect(english).not.toBe(vietnamese);

    await translate(page);
    expect(await read(page)).toBe(english);
    await speak(page, "vi");
    await expect.poll(() => read(page)).toBe(vietnamese);
    await translate(page);
    await speak(page, "en");
    await expect.poll(() => read(page)).toBe(english);
  });
}
