// A person whose browser translates: what changes in place is what they read.

import { expect, test } from "./portal.ts";
import { button, enter, heading } from "./screens.ts";
import { read, translate } from "./translator.ts";

test("what changes while a browser translates is what is read", async ({ page }) => {
  await page.goto("/log-in");
  await expect(heading(page, "Log in")).toBeVisible();
  await enter(page, "linked@portal.test");
  await button(page, "Create").click();
  await expect(page.getByLabel(/^Campaign name/)).toBeVisible();
  // Its label is about to be translated.
  const name = page.locator("#field-campaign_name");
  await translate(page, { goOn: true });
  await name.fill("Beans");
  await expect(page.locator(".wizard-name")).toHaveText(/Beans/);
  await expect(page.locator(".save-status")).toHaveText(/Saved at/);
  await name.fill("");
  await expect(page.locator(".wizard-name")).not.toHaveText(/Beans/);
  await button(page, /Continue/).click();
  // A fault comes, and goes again.
  await expect.poll(() => read(page)).toContain("Fill in this field");
  await name.fill("Beans");
  await expect(page.locator(".wizard-name")).toHaveText(/Beans/);
});
