// A browser that keeps no cookies. What the host says of it, `tests/app.rs` and the scenarios try.

import { expect, test } from "./portal.ts";
import { alert, button, heading, typeCredentials } from "./screens.ts";

const REFUSED = /^This browser blocks cookies/;

test("a browser that says so is believed before anything is typed", async ({ page, context }) => {
  await page.goto("/log-in");
  await expect(heading(page, "Log in")).toBeVisible();
  await expect(alert(page, REFUSED)).toHaveCount(0);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setDocumentCookieDisabled", { disabled: true });
  for (const [path, title] of [
    ["/log-in", "Log in"],
    ["/sign-up", "Sign up"],
  ] as const) {
    await page.goto(path);
    await expect(heading(page, title)).toBeVisible();
    await expect(alert(page, REFUSED)).toBeVisible();
  }
});

test("who deletes their cookies under an open page notices nothing", async ({ page, context }) => {
  await page.goto("/log-in");
  await expect(heading(page, "Log in")).toBeVisible();
  await context.clearCookies();
  await typeCredentials(page, { email: "linked@portal.test" });
  await button(page, "Log in").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
});
