// Typed key by key on a real keyboard, into fields that a browser edits by parts.

import { expect, test } from "./portal.ts";
import { button, enter, heading, reachTheAd, typeCampaign } from "./screens.ts";

test("a part of a date is typed over, taken away and typed again", async ({ page }) => {
  await enter(page, "linked@portal.test");
  await button(page, "Create").click();
  await typeCampaign(page, "Beans");
  await button(page, "Continue").click();
  const start = page.getByLabel(/^Start/);
  await start.fill("2027-01-04T09:00");
  await start.focus();
  for (const [keys, value] of [
    [["0"], ""],
    [["5"], "2027-05-04T09:00"],
  ] as const) {
    for (const key of keys) {
      await page.keyboard.press(key);
    }
    await expect(start).toHaveValue(value);
    // The page has said what it says of it, and saves.
    await expect(page.locator(".save-status")).toHaveText(/Saved at/);
  }
  await start.blur();
  await start.focus();
  await page.keyboard.press("Backspace");
  await expect(start).toHaveValue("");
  await expect(page.locator(".save-status")).toHaveText(/Saved at/);
  // Left like this, it is no empty answer.
  await page.getByLabel(/^Ad group name/).focus();
  await expect(start).toHaveAttribute("aria-invalid", "true");
  await start.focus();
  await page.keyboard.press("0");
  await page.keyboard.press("6");
  await expect(start).toHaveValue("2027-06-04T09:00");
  await expect(start).not.toHaveAttribute("aria-invalid", "true");
});

test("an address is typed with an input method's full stop", async ({ page }) => {
  await page.goto("/log-in");
  await expect(heading(page, "Log in")).toBeVisible();
  const email = page.getByLabel(/^Email address/);
  await email.focus();
  for (const key of "lan@gmail。com") {
    await page.keyboard.insertText(key);
  }
  await expect(email).toHaveValue("lan@gmail。com");
  await expect(email).toHaveJSProperty("type", "text");
});

test("a country is named by its code or in English, whatever the page speaks", async ({ page }) => {
  await page.goto("/sign-up?lang=vi");
  const region = page.locator("#field-region");
  for (const [text, shown] of [
    ["VN", "Việt Nam"],
    ["Japan", "Nhật Bản"],
    ["thai", "Thái Lan"],
    ["Atlantis", "Atlantis"],
  ] as const) {
    await region.focus();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
    await expect(region).toHaveValue(shown);
  }
  await expect(region).toHaveAttribute("aria-invalid", "true");
});

test("an ad text is counted in one form, however a keyboard writes its letters", async ({ page }) => {
  await enter(page, "linked@portal.test");
  await reachTheAd(page, "Beans");
  const text = page.getByLabel(/^Ad text/);
  // As macOS names files and some keyboards write: each of the hundred is three code points.
  await text.fill("ệ".normalize("NFD").repeat(100));
  await text.blur();
  await expect(text).toHaveAccessibleDescription(/^100 of 100 used/);
  await expect(text).not.toHaveAttribute("aria-invalid", "true");
  await text.fill("ệ".normalize("NFD").repeat(101));
  await text.blur();
  await expect(text).toHaveAttribute("aria-invalid", "true");
});
