// J3: log in with TikTok, link what I have.

import { expect, test } from "./portal.ts";
import {
  alert,
  button,
  enter,
  heading,
  logOut,
  openSettings,
  tiktokField,
  typeCredentials,
} from "./screens.ts";

const LINK_EXISTING = /^Link to an existing TikTok For Business account/;

test("someone links the account they have, and both ways log in from then on", async ({
  page,
  tiktok,
}) => {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("unlinked");
  await page.getByRole("radio", { name: LINK_EXISTING }).check();
  await typeCredentials(page, { email: "email-only@portal.test" });
  await button(page, "Confirm").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
  await openSettings(page);
  await expect(tiktokField(page)).toContainText("Mai Coffee");

  await logOut(page);
  await button(page, "Log in with TikTok").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
  await logOut(page);
  await enter(page, "email-only@portal.test");
});

test("wrong credentials at the fork lose nothing, and neither does an account with a link", async ({
  page,
  tiktok,
}) => {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("unlinked");
  await page.getByRole("radio", { name: LINK_EXISTING }).check();

  const email = "email-only@portal.test";
  await typeCredentials(page, { email, password: "not-the-password" });
  await button(page, "Confirm").click();
  await expect(alert(page, /don’t match/)).toBeVisible();
  await expect(page.getByLabel(/^Email address/)).toHaveValue(email);

  await typeCredentials(page, { email: "linked@portal.test" });
  await button(page, "Confirm").click();
  await expect(alert(page, "is already linked to a TikTok account")).toBeVisible();

  await typeCredentials(page, { email });
  await button(page, "Confirm").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
});
