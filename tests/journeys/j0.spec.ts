// J0: not for everyone yet.

import { codeFor, expect, test } from "./portal.ts";
import {
  button,
  completeAdsAccount,
  createAdsAccount,
  enter,
  openSettings,
  reachTheAd,
  tiktokField,
  typeSignUp,
} from "./screens.ts";

const NOT_AVAILABLE =
  "The feature to link TikTok to TikTok For Business is currently in testing and not available for all users.";

test("outside the market TikTok's button explains itself and e-mail signs up", async ({
  page,
  portal,
}) => {
  const email = "bay@bakery.test";
  await page.goto("/sign-up");
  await expect(button(page, "Sign up with TikTok")).toBeVisible();
  await typeSignUp(page, { email, region: "United States" });
  await expect(page.getByText(NOT_AVAILABLE)).toBeVisible();
  await expect(button(page, "Sign up with TikTok")).toBeHidden();

  await button(page, "Sign up").click();
  await page.getByLabel(/^Verification code/).fill(await codeFor(portal, page, email));
  await button(page, "Confirm").click();
  await createAdsAccount(page, {
    name: "Bay Bakery",
    country: "United States",
    phone: "+1 415 555 0100",
  });
  await completeAdsAccount(page);
});

test("a member outside the market is told so where links are made", async ({ page }) => {
  await enter(page, "outside@portal.test");
  await openSettings(page);
  await expect(tiktokField(page).getByText(NOT_AVAILABLE)).toBeVisible();
  await expect(button(page, "Link TikTok account")).toBeHidden();

  await page.goto("/campaigns");
  await reachTheAd(page, "Sourdough");
  await page.getByRole("switch", { name: "Identity" }).check();
  await page.getByRole("radio", { name: /^Deliver ads through Business Account/ }).check();
  await expect(page.getByText(NOT_AVAILABLE)).toBeVisible();
  await expect(button(page, "Link Account")).toBeHidden();
});
