// A browser that refuses cookies, as its settings have it: who sits there is told before anything
// is lost.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, type BrowserContext } from "@playwright/test";

import { expect, test } from "./portal.ts";
import { alert, button, heading, typeCredentials, typeSignUp } from "./screens.ts";

const REFUSED = /^This browser refuses cookies/;

const refusing = test.extend<{ refusing: BrowserContext }>({
  refusing: async ({ launchOptions, portal }, use) => {
    const folder = await mkdtemp(join(tmpdir(), "portal-browser-"));
    await mkdir(join(folder, "Default"));
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    await writeFile(join(folder, "Default", "Preferences"), JSON.stringify(preferences));
    const context = await chromium.launchPersistentContext(folder, {
      ...launchOptions,
      locale: "en-US",
      baseURL: portal.url,
    });
    await use(context);
    await context.close();
    await rm(folder, { recursive: true, force: true });
  },
});

refusing("without cookies nobody is sent round: it is said, and what is typed stays", async ({
  refusing,
  portal,
}) => {
  const page = await refusing.newPage();
  await page.goto("/log-in");
  await expect(alert(page, REFUSED)).toBeVisible();
  await typeCredentials(page, { email: "linked@portal.test" });
  await button(page, "Log in").click();
  await expect(page.getByRole("main").getByRole("alert").filter({ hasText: REFUSED })).toBeVisible();
  await expect(page.getByLabel(/^E-mail address/)).toHaveValue("linked@portal.test");
  await expect(page.getByLabel(/^Password/)).not.toHaveValue("");
  await button(page, "Log in with TikTok").click();
  await expect(page.getByRole("main").getByRole("alert").filter({ hasText: REFUSED })).toHaveCount(2);
  expect(new URL(page.url()).origin).toBe(portal.url);

  await page.goto("/sign-up");
  await typeSignUp(page, { email: "mai@coffee.test", region: "Vietnam" });
  await button(page, "Sign up").click();
  await expect(page.getByRole("main").getByRole("alert").filter({ hasText: REFUSED })).toBeVisible();
  await expect(page.getByLabel(/^E-mail address/)).toHaveValue("mai@coffee.test");
  expect(await portal.letters(page)).toEqual([]);
});

test("who deletes their cookies under an open page notices nothing", async ({ page, context }) => {
  await page.goto("/log-in");
  await expect(heading(page, "Log in")).toBeVisible();
  await context.clearCookies();
  await typeCredentials(page, { email: "linked@portal.test" });
  await button(page, "Log in").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
});
