// J1: sign up with TikTok.

import { expect, test } from "./portal.ts";
import {
  agreeToTerms,
  button,
  choose,
  completeAdsAccount,
  createAdsAccount,
  heading,
  logOut,
  openSettings,
  reachTheAd,
  tiktokField,
} from "./screens.ts";

test("someone creates a TikTok account on the way, and it alone logs in from then on", async ({
  page,
  tiktok,
}) => {
  await page.goto("/sign-up");
  await choose(page, /^Country or region/, "Vietnam");
  await agreeToTerms(page);
  await button(page, "Sign up with TikTok").click();
  await tiktok.createAccount("hue.coffee", "Huế Coffee");
  await createAdsAccount(page);
  await completeAdsAccount(page);

  await openSettings(page);
  await expect(tiktokField(page)).toContainText("Huế Coffee");
  await expect(tiktokField(page)).toContainText("@hue.coffee");

  // TikTok knows this browser, and the last authorization led somewhere: it doesn't ask again.
  await logOut(page);
  await button(page, "Log in with TikTok").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("whoever signed up with TikTok finds the ad's identity on, and the website as its landing page", async ({
  page,
  tiktok,
}) => {
  await page.goto("/sign-up");
  await choose(page, /^Country or region/, "Vietnam");
  await agreeToTerms(page);
  await button(page, "Sign up with TikTok").click();
  await tiktok.createAccount("hue.coffee", "Huế Coffee");
  await createAdsAccount(page);
  await completeAdsAccount(page);
  await reachTheAd(page, "Tết");
  await expect(page.getByRole("switch", { name: "Identity" })).toBeChecked();
  await expect(page.getByText("@hue.coffee")).toBeVisible();
  await expect(page.getByLabel(/^Landing page/)).toHaveValue("https://mai-coffee.example");
});

test("the terms come before the authorization", async ({ page, tiktok }) => {
  await page.goto("/sign-up");
  await button(page, "Sign up with TikTok").click();
  const terms = page.getByRole("checkbox", { name: /^I agree/ });
  await expect(terms).toBeFocused();
  await expect(terms).toHaveAccessibleDescription(/Agree/);
  await terms.check();
  await button(page, "Sign up with TikTok").click();
  await tiktok.at("Log in to TikTok");
});
