// J4 by keyboard alone.

import { expect, test, type Page } from "./portal.ts";
import { button, heading, tiktokField } from "./screens.ts";
import { PASSWORD } from "./tiktok.ts";
import type { Locator } from "@playwright/test";

/** Presses Tab until `target` has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${target}`);
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

test("a member logs in, links a TikTok account and logs out without a mouse", async ({
  page,
  tiktok,
}) => {
  await page.goto("/log-in");
  await type(page, page.getByLabel(/^E-mail address/), "email-only@portal.test");
  await type(page, page.getByLabel(/^Password/), PASSWORD);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Campaigns")).toBeFocused();

  await press(page, page.getByRole("banner").getByRole("button", { name: /^Account menu/ }));
  await expect(page.getByRole("menuitem", { name: "User Settings" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(page, "Profile")).toBeFocused();
  await press(page, button(page, "Link TikTok account"));

  await tiktok.at("Log in to TikTok");
  await type(page, tiktok.root.getByLabel("Username"), "unlinked");
  await type(page, tiktok.root.getByLabel("Password"), PASSWORD);
  await page.keyboard.press("Enter");
  await tiktok.at("Authorize");
  await press(page, tiktok.root.getByRole("button", { name: "Authorize" }));

  const linked = page.getByRole("dialog");
  await expect(linked).toContainText("Mai Coffee");
  await press(page, linked.getByRole("button", { name: "Done" }));
  await expect(tiktokField(page)).toContainText("Mai Coffee");
});
