// J2: log in with TikTok, new here.

import { expect, test } from "./portal.ts";
import {
  agreeToTerms,
  button,
  completeAdsAccount,
  createAdsAccount,
  heading,
  openSettings,
  tiktokField,
} from "./screens.ts";

test("someone new logs in with TikTok and creates an account at the fork", async ({
  page,
  tiktok,
}) => {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("unlinked");

  await expect(page.getByText("Mai Coffee")).toBeVisible();
  await page.getByRole("radio", { name: /^Create a new TikTok For Business account/ }).check();
  await agreeToTerms(page);
  await button(page, "Confirm").click();

  await createAdsAccount(page);
  await completeAdsAccount(page);
  await openSettings(page);
  await expect(tiktokField(page)).toContainText("Mai Coffee");
});

test("someone whose account is half made is led on with it", async ({ page, tiktok }) => {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("personal_account");
  await page.getByRole("radio", { name: /^Create a new TikTok For Business account/ }).check();
  await agreeToTerms(page);
  await button(page, "Confirm").click();
  await createAdsAccount(page);
  await expect(heading(page, "Welcome to TikTok Ads Manager")).toBeVisible();

  // Left in the middle and come back: the address of the portal leads to what is unfinished.
  await page.goto("/");
  await completeAdsAccount(page);
});
