// The release build starts, in every language and under its own policy.

import { expect, test } from "./portal.ts";

for (const language of ["en", "vi"]) {
  test(`the app starts in ${language} and says so`, async ({ page }) => {
    await page.goto(`/?lang=${language}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page.locator("#loading")).toHaveCount(0);
    await expect(page.locator("#crash")).toBeHidden();
  });
}

test("a module that cannot be loaded shows the reload panel", async ({ page }) => {
  await page.addInitScript(() => {
    // As in a browser whose user has turned WebAssembly off.
    Object.defineProperty(globalThis, "WebAssembly", { value: undefined });
  });
  // The failure is the point here: what the page throws is expected.
  page.removeAllListeners("pageerror");
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("Something broke.");
  await expect(page.getByRole("link", { name: "Reload" })).toBeVisible();
});
