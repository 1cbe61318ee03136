// What takes a network, and therefore the server: it goes away, and there are other browsers.

import { codeFor, expect, test } from "./portal.ts";
import {
  alert,
  button,
  enter,
  heading,
  openSettings,
  typeCredentials,
  typeSignUp,
} from "./screens.ts";
import { TikTok } from "./tiktok.ts";

const MEMBER = "email-only@portal.test";

test("the network goes away: words, nothing lost, and the next try works", async ({
  page,
  context,
}) => {
  await page.goto("/log-in");
  await typeCredentials(page, { email: MEMBER });
  await context.setOffline(true);
  await button(page, "Log in").click();
  await expect(alert(page, "You’re offline.")).toBeVisible();
  await expect(page.getByLabel(/^Email address/)).toHaveValue(MEMBER);
  await context.setOffline(false);
  await button(page, "Log in").click();
  await expect(heading(page, "Campaigns")).toBeVisible();

  // A page that can't be loaded offers to try again.
  await context.setOffline(true);
  await page.getByRole("link", { name: "Business Center" }).first().click();
  await button(page, "Try again").click();
  await context.setOffline(false);
  await button(page, "Try again").click();
  await expect(heading(page, /Business Center/)).toBeVisible();
});

test("the code of another letter, typed before the answer to asking for it is here, stays", async ({
  page,
  portal,
}) => {
  const email = "mai@coffee.test";
  await page.goto("/sign-up");
  await typeSignUp(page, { email, region: "Vietnam" });
  await button(page, "Sign up").click();
  const code = page.getByLabel(/^Verification code/);
  await code.fill(await codeFor(portal, page, email));
  await portal.advance(page, 2);
  await page.reload();
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/resend-code", async (route) => {
    const response = await route.fetch();
    await asked;
    await route.fulfill({ response });
  });
  await button(page, "Resend the email").click();
  await expect.poll(() => portal.letters(page)).toHaveLength(2);
  const newest = await codeFor(portal, page, email);
  await code.fill(newest);
  answer();
  await expect(page.getByText(/^We’re sending another email/).first()).toBeVisible();
  await expect(code).toHaveValue(newest);
  await button(page, "Confirm").click();
  await expect(heading(page, "Create a TikTok Ads Manager account")).toBeVisible();
});

test("TikTok comes back in another browser, which learns nothing and changes nothing", async ({
  page,
  portal,
  tiktok,
  elsewhere,
}) => {
  await enter(page, MEMBER);
  await openSettings(page);
  const authorize = page.waitForRequest(/\/v2\/auth\/authorize\//);
  await button(page, "Link TikTok account").click();
  await tiktok.at("Log in to TikTok");

  const there = new TikTok(elsewhere, portal.host);
  await elsewhere.goto((await authorize).url());
  await there.authorize("unlinked");
  await expect(heading(elsewhere, "This was started in another browser")).toBeVisible();

  // Here it still waits, and ends as it should.
  await tiktok.authorize("unlinked");
  await expect(page.getByRole("dialog")).toContainText("Mai Coffee");
});

test("a guest at a member's page logs in first and comes to that page", async ({ page }) => {
  await page.goto("/settings/profile");
  await expect(heading(page, /^Log in/)).toBeVisible();
  await typeCredentials(page, { email: MEMBER });
  await button(page, "Log in").click();
  await expect(heading(page, "Profile")).toBeVisible();
  await page.goto("/no/such/page");
  await expect(heading(page, "We can’t find this page")).toBeVisible();
  await page.getByRole("link", { name: "Go to the home page" }).click();
  await expect(heading(page, "Campaigns")).toBeVisible();
});
