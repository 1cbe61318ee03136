// Every journey by the keyboard alone.

import { codeFor, expect, test } from "./portal.ts";
import {
  agreeToTerms,
  authorize,
  check,
  choose,
  completeAdsAccount,
  createAdsAccount,
  createTikTokAccount,
  enter,
  escape,
  expectArrival,
  expectModal,
  linkFromAd,
  logIn,
  logOut,
  openProfileMenu,
  openSettings,
  pick,
  press,
  profileIcon,
  reachTheAd,
  tabBackTo,
  tabTo,
  turnIdentityOn,
  type,
  typeAd,
  typeCredentials,
  typeSignUp,
} from "./keyboard.ts";
import { alert, button, dialog, expectTakenOver, heading, tiktokField } from "./screens.ts";
import { PASSWORD } from "./tiktok.ts";

const NOT_AVAILABLE =
  "The feature to link TikTok to TikTok For Business is currently in testing and not available for all users.";
const MEMBER = "email-only@portal.test";

test("J1: someone signs up with TikTok, and logs in with it again", async ({ page, tiktok }) => {
  await page.goto("/sign-up");
  const withTikTok = button(page, "Sign up with TikTok");
  await press(page, withTikTok);
  // The terms come first, and the focus is led to them.
  await expect(page.getByRole("checkbox", { name: /^I agree/ })).toBeFocused();
  await page.keyboard.press("Space");
  await tabBackTo(page, page.getByRole("combobox", { name: /^Country or region/ }));
  await choose(page, /^Country or region/, "Vietnam");
  await press(page, withTikTok);
  await createTikTokAccount(tiktok, "hue.coffee", "Huế Coffee");
  await createAdsAccount(page);
  await completeAdsAccount(page);

  await logOut(page);
  await press(page, button(page, "Log in with TikTok"));
  await expectArrival(page, "Campaigns");
});

test("J2: someone new logs in with TikTok and creates an account at the fork", async ({
  page,
  tiktok,
}) => {
  await page.goto("/log-in");
  await press(page, button(page, "Log in with TikTok"));
  await authorize(tiktok, "unlinked");
  await expectArrival(page, "Choose your account");
  // The arrows go about among the cards, and what was looked at on the way asks for nothing.
  await pick(page, page.getByRole("radio", { name: /^Link to an existing/ }));
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: /^Create a new/ })).toBeChecked();
  await agreeToTerms(page);
  await press(page, button(page, "Confirm"));
  await createAdsAccount(page);
  await completeAdsAccount(page);
  await openSettings(page);
  await expect(tiktokField(page)).toContainText("Mai Coffee");
});

test("J3: someone links the account they have, and both ways log in", async ({ page, tiktok }) => {
  await page.goto("/log-in");
  await press(page, button(page, "Log in with TikTok"));
  await authorize(tiktok, "unlinked");
  await expectArrival(page, "Choose your account");
  await pick(page, page.getByRole("radio", { name: /^Link to an existing/ }));
  await typeCredentials(page, { email: MEMBER, password: "not-the-password" });
  await page.keyboard.press("Enter");
  await expect(alert(page, /don’t match/)).toBeVisible();
  await tabBackTo(page, page.getByLabel(/^Email address/));
  await typeCredentials(page, { email: MEMBER });
  await press(page, button(page, "Confirm"));
  await expectArrival(page, "Campaigns");

  await logOut(page);
  await press(page, button(page, "Log in with TikTok"));
  await expectArrival(page, "Campaigns");
  await logOut(page);
  await logIn(page, { email: MEMBER });
  await expectArrival(page, "Campaigns");
});

test("J4: a member links a TikTok account, unlinks it and logs out", async ({ page, tiktok }) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await press(page, button(page, "Link TikTok account"));
  await authorize(tiktok, "unlinked");

  const linked = dialog(page, "TikTok account linked");
  await expect(linked).toContainText("Mai Coffee");
  await expectModal(page, linked);
  // It was there before the page was: the page itself gets the focus.
  await escape(page, linked, heading(page, "Profile"));
  await expect(tiktokField(page)).toContainText("Mai Coffee");

  const unlink = dialog(page, "Unlink TikTok account?");
  await press(page, button(page, "Unlink"));
  await expect(unlink.getByRole("button", { name: "Keep linked" })).toBeFocused();
  await expectModal(page, unlink);
  await escape(page, unlink, button(page, "Unlink"));
  await page.keyboard.press("Enter");
  await press(page, unlink.getByRole("button", { name: "Unlink" }));
  // The button that opened it went with the link.
  await expectArrival(page, "Profile");
  await expect(button(page, "Link TikTok account")).toBeVisible();
  await logOut(page);
});

test("J4: a session gone stale asks for the password, and gives the focus back", async ({
  page,
  tiktok,
  portal,
}) => {
  await enter(page, MEMBER);
  await portal.advance(page, 11);
  await openSettings(page);
  const link = button(page, "Link TikTok account");
  await press(page, link);
  const confirm = dialog(page, "Confirm it’s you");
  await expect(confirm.getByLabel(/^Password/)).toBeFocused();
  await expectModal(page, confirm);
  await escape(page, confirm, link);
  await page.keyboard.press("Enter");
  await type(page, confirm.getByLabel(/^Password/), PASSWORD);
  await page.keyboard.press("Enter");
  await authorize(tiktok, "unlinked");
  await press(page, dialog(page, "TikTok account linked").getByRole("button", { name: "Done" }));
  await expectArrival(page, "Profile");
});

test("J4x: a TikTok account of someone else's is refused, and another is linked", async ({
  page,
  tiktok,
}) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await press(page, button(page, "Link TikTok account"));
  await authorize(tiktok, "linked_elsewhere");

  const refusal = dialog(page, "Unable to link");
  await expect(refusal.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectModal(page, refusal);
  await escape(page, refusal, heading(page, "Profile"));

  await press(page, button(page, "Link TikTok account"));
  await tiktok.at("Authorize");
  await press(page, tiktok.root.getByRole("button", { name: "Authorize" }));
  await press(page, refusal.getByRole("button", { name: "Log out of TikTok" }));
  await authorize(tiktok, "unlinked");
  await press(page, dialog(page, "TikTok account linked").getByRole("button", { name: "Done" }));
  await expectArrival(page, "Profile");
  await expect(tiktokField(page)).toContainText("Mai Coffee");
});

test("J5: an ad gets its identity by a link, and is finished", async ({ page, tiktok }) => {
  await enter(page, MEMBER);
  await reachTheAd(page, "New Year");
  await typeAd(page);
  const draft = page.url();
  await linkFromAd(page);
  await authorize(tiktok, "unlinked");

  await expect(page).toHaveURL(draft);
  await expectArrival(page, "Ad");
  await expect(page.getByLabel(/^Ad name/)).toHaveValue("Morning cup");
  await expect(page.getByRole("switch", { name: "Identity" })).toBeChecked();
  await expect(page.getByText("@unlinked")).toBeVisible();
  await press(page, button(page, "Continue"));
  await expectArrival(page, "Review");
  await press(page, button(page, "Finish"));
  await expectArrival(page, "New Year");
});

test("J5 and J4x: a refused link leaves the ad as it was, and another one goes into it", async ({
  page,
  tiktok,
}) => {
  await enter(page, MEMBER);
  await press(page, button(page, "Create"));
  await expectArrival(page, "Campaign");
  await page.goto(page.url().replace(/campaign$/, "ad"));
  await typeAd(page);
  await linkFromAd(page);
  await authorize(tiktok, "linked_elsewhere");

  const refusal = dialog(page, "Unable to link");
  await expect(refusal.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectModal(page, refusal);
  await press(page, refusal.getByRole("button", { name: "Log out of TikTok" }));
  await authorize(tiktok, "unlinked");
  await expectArrival(page, "Ad");
  await expect(page.getByText("@unlinked")).toBeVisible();
});

test("J6: someone signs up by e-mail, proves the address and logs in again", async ({
  page,
  portal,
}) => {
  const credentials = { email: "mai@coffee.test", password: "roasted-this-morning" };
  await page.goto("/sign-up");
  await typeSignUp(page, { ...credentials, region: "Vietnam" });
  await press(page, button(page, "Sign up"));
  await expectArrival(page, "Check your inbox");
  await codeFor(portal, page, credentials.email);

  // The first letter got lost; the code of the second has its field ready.
  await portal.advance(page, 2);
  await page.reload();
  await press(page, button(page, "Resend the email"));
  await expect.poll(() => portal.letters(page)).toHaveLength(2);
  const field = page.getByLabel(/^Verification code/);
  await expect(field).toBeFocused();
  await type(page, field, await codeFor(portal, page, credentials.email));
  await page.keyboard.press("Enter");
  await createAdsAccount(page);
  await completeAdsAccount(page);

  await logOut(page);
  await logIn(page, credentials);
  await expectArrival(page, "Campaigns");
});

test("J6: an e-mail that is refused, for there were too many, leaves the focus with the code", async ({
  page,
  portal,
}) => {
  const email = "mai@coffee.test";
  await page.goto("/sign-up");
  await typeSignUp(page, { email, region: "Vietnam" });
  await press(page, button(page, "Sign up"));
  await expectArrival(page, "Check your inbox");
  const field = page.getByLabel(/^Verification code/);
  for (let letters = 2; letters <= 6; letters += 1) {
    await portal.advance(page, 2);
    await page.reload();
    await press(page, button(page, "Resend the email"));
    await expect(field).toBeFocused();
  }
  await expect(alert(page, "Too many attempts.")).toBeVisible();
  expect(await portal.letters(page)).toHaveLength(5);
});

test("J8: someone who has forgotten their password sets another, and keeps the link", async ({
  page,
  portal,
}) => {
  const email = "linked@portal.test";
  await page.goto("/log-in");
  await press(page, page.getByRole("link", { name: "Forgot your password?" }));
  await expectArrival(page, "Set a new password");
  await type(page, page.getByLabel(/^Email address/), email);
  await type(page, page.getByLabel(/^New password/), "roasted-this-morning");
  await page.keyboard.press("Enter");
  await expectArrival(page, "Check your inbox");
  await type(page, page.getByLabel(/^Verification code/), await codeFor(portal, page, email));
  await page.keyboard.press("Enter");
  const asked = dialog(page, "Is this your TikTok account?");
  await expect(asked).toBeVisible();
  await expectModal(page, asked);
  await press(page, asked.getByRole("button", { name: "Yes, keep it" }));
  await expect(asked).toBeHidden();
  await expect(heading(page, "Profile")).toBeFocused();
  await expect(tiktokField(page)).toContainText("Hội An Lanterns");
});

test("J8: a password is changed by a session that is too old, and the focus stays at hand", async ({
  page,
  portal,
}) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await portal.advance(page, 11);
  await page.reload();
  await press(page, page.getByRole("link", { name: "Change password" }));
  const confirm = dialog(page, "Confirm it’s you");
  await expect(confirm.getByLabel(/^Password/)).toBeFocused();
  await expectModal(page, confirm);
  const password = page.getByLabel(/^New password/);
  await escape(page, confirm, password);
  await page.keyboard.type("roasted-this-morning");
  await page.keyboard.press("Enter");
  await type(page, confirm.getByLabel(/^Password/), PASSWORD);
  await page.keyboard.press("Enter");
  await expectArrival(page, "Profile");
});

test("J8: an address is changed by a session that is too old, and its code typed", async ({
  page,
  portal,
}) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await portal.advance(page, 11);
  await page.reload();
  await press(page, page.getByRole("link", { name: "Change email address" }));
  const confirm = dialog(page, "Confirm it’s you");
  await expect(confirm.getByLabel(/^Password/)).toBeFocused();
  await expectModal(page, confirm);
  await type(page, confirm.getByLabel(/^Password/), PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(/^New email address/)).toBeFocused();
  await page.keyboard.type("mai@coffee.test");
  await page.keyboard.press("Enter");
  await expectArrival(page, "Check your inbox");
  const code = page.getByLabel(/^Verification code/);
  await type(page, code, await codeFor(portal, page, "mai@coffee.test"));
  await page.keyboard.press("Enter");
  await expectArrival(page, "Profile");
  await expect(page.getByRole("main")).toContainText("mai@coffee.test");
});

test("J8: a session on a phone is ended, and the focus goes to the heading", async ({ page }) => {
  await enter(page, "linked@portal.test");
  await openSettings(page);
  await press(page, page.getByRole("link", { name: "See where you’re logged in" }));
  await expectArrival(page, "Where you’re logged in");
  await press(page, page.getByRole("button", { name: "Log out Samsung Internet on Android" }));
  await expect(page.getByRole("button", { name: /^Log out Samsung/ })).toHaveCount(0);
  await expect(heading(page, "Where you’re logged in")).toBeFocused();
});

test("J8: a link that TikTok accepts no more is authorized again", async ({ page, tiktok }) => {
  await enter(page, "authorization-ended@portal.test");
  await press(page, page.getByRole("link", { name: "Authorize again" }));
  await expectArrival(page, "Profile");
  await press(page, button(page, "Authorize again"));
  await authorize(tiktok, "authorization_ended");
  const linked = dialog(page, "TikTok account linked");
  await expectModal(page, linked);
  await escape(page, linked, heading(page, "Profile"));
  await expect(tiktokField(page)).toContainText("Your ads can run under its name");
});

test("J8: an account is to be deleted, and kept after all", async ({ page, portal }) => {
  await enter(page, "linked@portal.test");
  await openSettings(page);
  await press(page, page.getByRole("link", { name: "See or download it, or delete the account" }));
  await expectArrival(page, "Your data");
  await press(page, button(page, "Show my data"));
  await expect(button(page, "Download as JSON")).toBeVisible();
  await expect(heading(page, "Your data")).toBeFocused();
  await press(page, button(page, "Delete account"));
  const asked = dialog(page, "Delete your account?");
  await expectModal(page, asked);
  await escape(page, asked, button(page, "Delete account"));
  // Too old a session asks for the password over it, and leads back.
  await portal.advance(page, 11);
  await press(page, button(page, "Delete account"));
  await press(page, asked.getByRole("button", { name: "Delete account" }));
  const confirm = dialog(page, "Confirm it’s you");
  await expectModal(page, confirm);
  await escape(page, confirm, button(page, "Delete account"));
  await press(page, button(page, "Delete account"));
  await press(page, asked.getByRole("button", { name: "Delete account" }));
  await type(page, confirm.getByLabel(/^Password/), PASSWORD);
  await page.keyboard.press("Enter");
  await expect(confirm).toBeHidden();
  await expect(asked).toBeHidden();
  await expect(heading(page, "Your data")).toBeFocused();
  await press(page, button(page, "Keep account"));
  await expect(heading(page, "Your data")).toBeFocused();
  await expect(button(page, "Delete account")).toBeVisible();
});

test("J0: outside the market TikTok's button explains itself, and e-mail signs up", async ({
  page,
  portal,
}) => {
  const email = "bay@bakery.test";
  await page.goto("/sign-up");
  await choose(page, /^Country or region/, "United States");
  // It is told to whoever only listens, and the focus stays where it is.
  await expect(page.getByRole("status").filter({ hasText: NOT_AVAILABLE })).toBeVisible();
  await expect(page.getByRole("combobox", { name: /^Country or region/ })).toBeFocused();
  await typeCredentials(page, { email });
  await agreeToTerms(page);
  // Going on comes past the explanation, to what stands below it.
  await tabTo(page, page.getByRole("main").getByRole("link", { name: "Log in" }));
  await expect(page.getByText(NOT_AVAILABLE)).toBeInViewport({ ratio: 1 });
  await tabBackTo(page, button(page, "Sign up"));
  await page.keyboard.press("Enter");
  await expectArrival(page, "Check your inbox");
  const field = page.getByLabel(/^Verification code/);
  await type(page, field, await codeFor(portal, page, email));
  await page.keyboard.press("Enter");
  await createAdsAccount(page, {
    name: "Bay Bakery",
    country: "United States",
    phone: "+1 415 555 0100",
  });
  await completeAdsAccount(page);
});

test("J0: a member outside the market is told so where links are made", async ({ page }) => {
  await enter(page, "outside@portal.test");
  await openSettings(page);
  await expect(tiktokField(page).getByText(NOT_AVAILABLE)).toBeInViewport({ ratio: 1 });
  await expect(button(page, "Link TikTok account")).toBeHidden();

  await press(page, page.getByRole("navigation").getByRole("link", { name: "TikTok Ads Manager" }));
  await expectArrival(page, "Campaigns");
  await reachTheAd(page, "Sourdough");
  await check(page, page.getByRole("switch", { name: "Identity" }));
  const delivery = page.getByRole("radio", { name: /^Deliver ads through Business Account/ });
  await pick(page, delivery);
  await expect(page.getByText(NOT_AVAILABLE)).toBeVisible();
  await expect(delivery).toBeFocused();
  await expect(button(page, "Link Account")).toBeHidden();
});

test("the account menu is gone about in by the arrows, and left by Escape", async ({ page }) => {
  await enter(page, MEMBER);
  await openProfileMenu(page);
  const entries = page.getByRole("menuitem");
  // That of the TikTok account is asked for when the menu opens.
  await expect(entries).toHaveCount(5);
  for (const [key, at] of [
    ["ArrowDown", 1],
    ["End", 4],
    ["ArrowDown", 0],
    ["ArrowUp", 4],
    ["Home", 0],
  ] as const) {
    await page.keyboard.press(key);
    await expect(entries.nth(at)).toBeFocused();
  }
  await escape(page, page.getByRole("menu"), profileIcon(page));
  await page.keyboard.press("ArrowUp");
  await expect(entries.last()).toBeFocused();
  // Tab goes on to the choices below the entries, and past them, as if the menu had never been open.
  await page.keyboard.press("Tab");
  await expect(page.locator(".menu-foot :focus")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("combobox", { name: "Language" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(page.getByRole("menuitem")).toHaveCount(0);
});

test("a list that is searched gives back what was chosen by Escape, and the first Tab skips the bars", async ({
  page,
}) => {
  await page.goto("/log-in");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(heading(page, /^Log in/)).toBeVisible();
  // Before it is there, the browser skips them by itself.
  await expectTakenOver(page);
  await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expectArrival(page, /^Log in/);

  await press(page, page.getByRole("main").getByRole("link", { name: "Sign up" }));
  await expectArrival(page, /^Sign up/);
  await choose(page, /^Country or region/, "Vietnam");
  const region = page.getByRole("combobox", { name: /^Country or region/ });
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Thai");
  await expect(page.getByRole("option", { name: "Thailand", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(region).toHaveValue("Vietnam");
  await expect(region).toBeFocused();
  await expect(region).toHaveAttribute("aria-expanded", "false");
});

test("Escape puts away what an icon is called, wherever the focus is", async ({ page }) => {
  await page.goto("/log-in");
  const eye = button(page, "Show password");
  await expect(eye).toBeVisible();
  await page.getByLabel(/^Email address/).focus();
  const name = page.getByRole("tooltip", { name: "Show password" });
  await expect(name).toHaveCount(0);
  await eye.hover();
  await expect(name).toBeVisible();
  // The words themselves can be pointed at.
  await name.hover();
  await expect(name).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(name).toHaveCount(0);
  await heading(page, /^Log in/).hover();
  await eye.hover();
  await expect(name).toBeVisible();
});
