// J8: care of the account.

import { type Locator } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { codeFor, expect, test, type Page, type Portal } from "./portal.ts";
import {
  alert,
  button,
  dialog,
  enter,
  heading,
  logIn,
  logOut,
  openSettings,
  tiktokField,
} from "./screens.ts";
import { PASSWORD } from "./tiktok.ts";

const MEMBER = "email-only@portal.test";
const LINKED = "linked@portal.test";
const NEW_PASSWORD = "roasted-this-morning";

/** The entries of the security activity, the newest first. */
function activity(page: Page): Locator {
  const title = page.getByRole("heading", { name: "Security activity" });
  return page.locator("section").filter({ has: title }).getByRole("listitem");
}

/** Asks for another password, on the way from the log-in. */
async function forget(page: Page, email: string): Promise<void> {
  await page.goto("/log-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(heading(page, "Set a new password")).toBeVisible();
  await page.getByLabel(/^Email address/).fill(email);
  await page.getByLabel(/^New password/).fill(NEW_PASSWORD);
  await button(page, "Send code").click();
  await expect(heading(page, "Check your inbox")).toBeVisible();
}

async function typeCode(page: Page, portal: Portal, email: string): Promise<void> {
  const code = page.getByLabel(/^Verification code/);
  await expect(code).toHaveAccessibleDescription("8 digits");
  await code.fill(await codeFor(portal, page, email));
  await button(page, "Confirm").click();
}

test("a forgotten password is replaced, and logs in from then on", async ({ page, portal }) => {
  await forget(page, MEMBER);
  await typeCode(page, portal, MEMBER);
  await expect(heading(page, "Campaigns")).toBeVisible();
  await expect(page.getByText("Your new password is set.")).toBeVisible();

  await logOut(page);
  await logIn(page, { email: MEMBER, password: PASSWORD });
  await expect(alert(page, /don’t match/)).toBeVisible();
  await logIn(page, { email: MEMBER, password: NEW_PASSWORD });
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("a reset ends the session in another browser", async ({ page, portal, elsewhere }) => {
  test.skip(portal.host === "tab", "a tab has no browser beside it");
  await enter(elsewhere, MEMBER);
  await forget(page, MEMBER);
  await typeCode(page, portal, MEMBER);
  await expect(heading(page, "Campaigns")).toBeVisible();
  await elsewhere.reload();
  await expect(heading(elsewhere, "Log in")).toBeVisible();
});

test("after a reset the linked TikTok account is shown, and goes if it isn't theirs", async ({
  page,
  portal,
}) => {
  await forget(page, LINKED);
  await typeCode(page, portal, LINKED);
  const asked = dialog(page, "Is this your TikTok account?");
  await expect(asked).toContainText("Hội An Lanterns");
  await asked.getByRole("button", { name: "Unlink" }).click();
  await expect(asked).toBeHidden();
  await expect(tiktokField(page)).not.toContainText("Hội An Lanterns");
  await expect(button(page, "Link TikTok account")).toBeVisible();
});

test("after a reset the linked TikTok account stays if it is theirs", async ({ page, portal }) => {
  await forget(page, LINKED);
  await typeCode(page, portal, LINKED);
  const asked = dialog(page, "Is this your TikTok account?");
  await asked.getByRole("button", { name: "Yes, keep it" }).click();
  await expect(asked).toBeHidden();
  await expect(tiktokField(page)).toContainText("Hội An Lanterns");
});

test("a password is changed, after the old one where the session is old", async ({
  page,
  portal,
}) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await page.getByRole("link", { name: "Change password" }).click();
  const password = page.getByLabel(/^New password/);
  await password.fill("password123");
  await button(page, "Change password").click();
  await expect(password).toHaveAccessibleDescription(/most common/);
  await portal.advance(page, 11);
  await password.fill(NEW_PASSWORD);
  await button(page, "Change password").click();
  const confirm = dialog(page, "Confirm it’s you");
  await confirm.getByLabel(/^Password/).fill(PASSWORD);
  await confirm.getByRole("button", { name: "Confirm" }).click();
  // What was typed is sent again by itself.
  await expect(heading(page, "Profile")).toBeVisible();
  await expect(page.getByText("Your new password is set.")).toBeVisible();
  const [letter] = await portal.letters(page);
  expect(letter?.subject).toBe("Your password was changed");

  await logOut(page);
  await logIn(page, { email: MEMBER, password: NEW_PASSWORD });
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("a password that is forgotten where it is asked for is replaced from there", async ({
  page,
  portal,
}) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await portal.advance(page, 11);
  await button(page, "Link TikTok account").click();
  const confirm = dialog(page, "Confirm it’s you");
  await expect(confirm).toContainText(MEMBER);
  await confirm.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(heading(page, "Set a new password")).toBeVisible();
  await expect(page.getByLabel(/^Email address/)).toHaveValue(MEMBER);
  await page.getByLabel(/^New password/).fill(NEW_PASSWORD);
  await button(page, "Send code").click();
  await typeCode(page, portal, MEMBER);
  await expect(page.getByText("Your new password is set.")).toBeVisible();

  await logOut(page);
  await logIn(page, { email: MEMBER, password: NEW_PASSWORD });
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("an address without an account is told so by e-mail alone", async ({ page, portal }) => {
  const email = "nobody@coffee.test";
  await forget(page, email);
  await page.getByLabel(/^Verification code/).fill("12345678");
  await button(page, "Confirm").click();
  await expect(page.getByLabel(/^Verification code/)).toHaveAccessibleDescription(/4 more/);
  const [letter] = await portal.letters(page);
  expect(letter?.to).toBe(email);
  expect(letter?.subject).toBe("There’s no account with this email address");
  expect(letter?.text).not.toMatch(/\b\d{8}\b/);
});

test("a code is asked for again, and six digits of it cost no try", async ({ page, portal }) => {
  await forget(page, MEMBER);
  const code = page.getByLabel(/^Verification code/);
  await code.fill("123456");
  await button(page, "Confirm").click();
  await expect(code).toHaveAccessibleDescription(/Enter every digit/);
  await portal.advance(page, 2);
  await page.reload();
  await button(page, "Resend the email").click();
  await expect(page.getByText(/We’re sending another email/).first()).toBeVisible();
  await page.getByRole("link", { name: "Use another address" }).click();
  await expect(heading(page, "Set a new password")).toBeVisible();
  await page.goBack();
  await typeCode(page, portal, MEMBER);
  await expect(heading(page, "Campaigns")).toBeVisible();
});

const AFTER = "mai@coffee.test";

async function changeEmail(page: Page, portal: Portal, email: string): Promise<void> {
  await openSettings(page);
  await page.getByRole("link", { name: "Change email address" }).click();
  await page.getByLabel(/^New email address/).fill(email);
  await button(page, "Send code").click();
  await expect(heading(page, "Check your inbox")).toBeVisible();
  await page.getByLabel(/^Verification code/).fill(await codeFor(portal, page, email));
  await button(page, "Confirm").click();
  await expect(heading(page, "Profile")).toBeVisible();
}

test("an address is changed, and the new one logs in from then on", async ({ page, portal }) => {
  await enter(page, MEMBER);
  await changeEmail(page, portal, AFTER);
  await expect(page.getByText("Your email address is changed.")).toBeVisible();
  await expect(page.getByRole("main")).toContainText(AFTER);
  await logOut(page);
  await logIn(page, { email: MEMBER, password: PASSWORD });
  await expect(alert(page, /don’t match/)).toBeVisible();
  await logIn(page, { email: AFTER, password: PASSWORD });
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("the address that it is already is refused at its field", async ({ page }) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await page.getByRole("link", { name: "Change email address" }).click();
  const email = page.getByLabel(/^New email address/);
  await email.fill("Email-Only@Portal.test");
  await button(page, "Send code").click();
  await expect(email).toHaveAccessibleDescription(/already your email address/);
  await expect(email).toBeFocused();
});

test("an address that somebody else changed takes the account back", async ({ page, portal }) => {
  await enter(page, LINKED);
  await changeEmail(page, portal, AFTER);
  const [told] = await portal.letters(page);
  expect(told?.to).toBe(LINKED);
  expect(told?.subject).toBe("Your email address was changed");
  expect(told?.text).toContain("/log-in/reset-password");
  await logOut(page);

  await forget(page, LINKED);
  await typeCode(page, portal, LINKED);
  const asked = dialog(page, "Is this your TikTok account?");
  await asked.getByRole("button", { name: "Yes, keep it" }).click();
  await expect(page.getByRole("main")).toContainText(LINKED);
  await logOut(page);
  await logIn(page, { email: AFTER, password: PASSWORD });
  await expect(alert(page, /don’t match/)).toBeVisible();
  await logIn(page, { email: LINKED, password: NEW_PASSWORD });
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("an address that comes back too late is told so by e-mail", async ({ page, portal }) => {
  await enter(page, MEMBER);
  await changeEmail(page, portal, AFTER);
  await logOut(page);
  await portal.advance(page, 72 * 60);
  await forget(page, MEMBER);
  const [letter] = await portal.letters(page);
  expect(letter?.to).toBe(MEMBER);
  expect(letter?.subject).toBe("It’s too late to take the account back");
  expect(letter?.text).not.toMatch(/\b\d{8}\b/);
});

test("one sees where one is logged in, and ends it there", async ({ page, portal, elsewhere }) => {
  test.skip(portal.host === "tab", "a tab has no browser beside it");
  await enter(elsewhere, MEMBER);
  await enter(page, MEMBER);
  await openSettings(page);
  await page.getByRole("link", { name: "See where you’re logged in" }).click();
  await expect(heading(page, "Where you’re logged in")).toBeVisible();
  const rows = page.getByRole("listitem").filter({ hasText: "Last active" });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("This browser");
  await expect(rows.first().getByRole("button")).toHaveCount(0);
  await rows.last().getByRole("button", { name: /^Log out/ }).click();
  await expect(rows).toHaveCount(1);
  await expect(page.getByText("Logged out there.")).toBeVisible();
  await expect(heading(page, "Where you’re logged in")).toBeFocused();
  await elsewhere.reload();
  await expect(heading(elsewhere, "Log in")).toBeVisible();

  await enter(elsewhere, MEMBER);
  await page.reload();
  await button(page, "Log out everywhere else").click();
  await expect(rows).toHaveCount(1);
  await expect(button(page, "Log out everywhere else")).toBeHidden();
  await page.reload();
  await expect(rows).toHaveCount(1);
  await elsewhere.reload();
  await expect(heading(elsewhere, "Log in")).toBeVisible();
});

test("a phone on which one is logged in is logged out from here, and the activity says so", async ({
  page,
}) => {
  await enter(page, LINKED);
  await openSettings(page);
  await page.getByRole("link", { name: "See where you’re logged in" }).click();
  const phone = page.getByRole("listitem").filter({ hasText: /^Samsung Internet on Android/ });
  await expect(phone.first()).toContainText("Last active");
  await phone.getByRole("button", { name: /^Log out/ }).click();
  await expect(page.getByText("Logged out there.")).toBeVisible();
  await expect(phone.filter({ hasText: "Last active" })).toHaveCount(0);
  await page.reload();
  await expect(activity(page).nth(0)).toContainText("Logged out elsewhere");
  await expect(phone.filter({ hasText: "Last active" })).toHaveCount(0);
});

test("one sees what happened to one's account, and others' wrong passwords among it", async ({
  page,
  portal,
  elsewhere,
}) => {
  test.skip(portal.host === "tab", "a tab has no browser beside it");
  await elsewhere.goto("/log-in");
  await logIn(elsewhere, { email: MEMBER, password: NEW_PASSWORD });
  await expect(alert(elsewhere, /don’t match/)).toBeVisible();
  await enter(page, MEMBER);
  await openSettings(page);
  await page.getByRole("link", { name: "See where you’re logged in" }).click();
  const entries = activity(page);
  await expect(entries).toHaveCount(2);
  await expect(entries.nth(0)).toContainText("Logged in with the password");
  await expect(entries.nth(0)).toContainText(/(Chrome|Firefox|Safari) on (Linux|Windows|macOS)/);
  await expect(entries.nth(1)).toContainText("Wrong password entered");
});

test("what one changes stands among the security activity", async ({ page }) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await page.getByRole("link", { name: "Change password" }).click();
  await page.getByLabel(/^New password/).fill(NEW_PASSWORD);
  await button(page, "Change password").click();
  await expect(heading(page, "Profile")).toBeVisible();
  await page.getByRole("link", { name: "See where you’re logged in" }).click();
  await expect(activity(page).nth(0)).toContainText("Password changed");
});

test("a session says its browser and its system", async ({ page }) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await page.getByRole("link", { name: "See where you’re logged in" }).click();
  const rows = page.getByRole("listitem").filter({ hasText: "Last active" });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(/(Chrome|Firefox|Safari) on (Linux|Windows|macOS)/);
  await expect(button(page, "Log out everywhere else")).toBeHidden();
});

test("how hard a password is to guess is told while it is typed, and nothing moves", async ({
  page,
}) => {
  await page.goto("/log-in/reset-password");
  await expect(heading(page, "Set a new password")).toBeVisible();
  const send = button(page, "Send code");
  const before = await send.boundingBox();
  const password = page.getByLabel(/^New password/);
  for (const [typed, words] of [
    ["password12", "Easy to guess."],
    ["mai.coffee.2024", "Fair."],
    ["purple-otter-42-lamp", "Hard to guess."],
  ] as const) {
    await password.fill(typed);
    await expect(page.getByRole("status").filter({ hasText: words })).toBeVisible();
  }
  expect(await send.boundingBox()).toEqual(before);
});

test("a link that TikTok accepts no more is told of, and authorized again in place", async ({
  page,
  portal,
  tiktok,
}) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  await tiktok.rehearse("unlinked", "Grant a token, then refuse to renew it: the access was removed");
  await button(dialog(page, "TikTok account linked"), "Done").click();

  await portal.advance(page, 24 * 60);
  await enter(page, MEMBER);
  await expect.poll(() => portal.letters(page)).toHaveLength(2);
  const [newest] = await portal.letters(page);
  expect(newest?.subject).toBe("Authorize your TikTok account again");
  await page.reload();
  const banner = page.getByRole("status").filter({ hasText: "TikTok no longer accepts" });
  await expect(banner).toBeVisible();
  await banner.getByRole("link", { name: "Authorize again" }).click();

  await expect(tiktokField(page)).toContainText("can’t run under this account’s name");
  await expect(tiktokField(page)).toContainText("Mai Coffee");
  await button(page, "Authorize again").click();
  // TikTok knows who sits here.
  await tiktok.decide("Authorize");
  await button(dialog(page, "TikTok account linked"), "Done").click();
  await expect(tiktokField(page)).toContainText("Your ads can run under its name");
  await expect(button(page, "Authorize again")).toBeHidden();
});

test("another TikTok account doesn’t take the place of one that is to be authorized again", async ({
  page,
  tiktok,
}) => {
  await enter(page, "authorization-ended@portal.test");
  await openSettings(page);
  await button(page, "Authorize again").click();
  await tiktok.authorize("unlinked");
  await expect(heading(page, "Your account is already linked to a TikTok account")).toBeVisible();
  await page.getByRole("link", { name: "Go to your profile" }).click();
  await expect(tiktokField(page)).toContainText("Đà Lạt Flowers");
  await expect(button(page, "Authorize again")).toBeVisible();
});

test("one sees what is kept, and takes it along as a file", async ({ page, portal }) => {
  await enter(page, LINKED);
  await openSettings(page);
  await page.getByRole("link", { name: "See or download it, or delete the account" }).click();
  await expect(heading(page, "Your data")).toBeVisible();
  // Whoever finds an open browser has to prove who they are.
  await portal.advance(page, 11);
  await button(page, "Show my data").click();
  const confirm = dialog(page, "Confirm it’s you");
  await confirm.getByLabel(/^Password/).fill(PASSWORD);
  await confirm.getByRole("button", { name: "Confirm" }).click();
  const main = page.getByRole("main");
  await expect(main).toContainText(LINKED);
  await expect(main).toContainText("Hội An Lanterns");
  await expect(activity(page).nth(0)).toContainText("Data viewed or downloaded");
  const coming = page.waitForEvent("download");
  await button(page, "Download as JSON").click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe("tiktok-for-business.json");
  const kept: unknown = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(kept).toMatchObject({
    account: { email: LINKED, tiktok: { profile: { display_name: "Hội An Lanterns" } } },
    drafts: [],
  });
});

test("an account that is to be deleted says so everywhere, and is kept", async ({ page, portal }) => {
  await enter(page, MEMBER);
  await page.goto("/settings/data");
  await button(page, "Delete account").click();
  const asked = dialog(page, "Delete your account?");
  await expect(asked).toContainText("after 14 days");
  await asked.getByRole("button", { name: "Delete account" }).click();
  const banner = page.getByRole("status").filter({ hasText: "This account will be deleted on" });
  await expect(banner).toBeVisible();
  await expect(button(page, "Delete account")).toBeHidden();
  const [letter] = await portal.letters(page);
  expect(letter?.subject).toBe("Your account will be deleted in 14 days");

  await logOut(page);
  await enter(page, MEMBER);
  await expect(banner).toBeVisible();
  await button(page, "Keep account").click();
  await expect(page.getByText("Your account won’t be deleted.")).toBeVisible();
  await expect(banner).toBeHidden();
  await expect(heading(page, "Campaigns")).toBeFocused();
  const [kept] = await portal.letters(page);
  expect(kept?.subject).toBe("Your account won’t be deleted");
});

test("an account is deleted once the days are over, and its address is free", async ({
  page,
  portal,
}) => {
  await enter(page, MEMBER);
  await page.goto("/settings/data");
  await button(page, "Delete account").click();
  await dialog(page, "Delete your account?").getByRole("button", { name: "Delete account" }).click();
  await expect(button(page, "Keep account")).toBeVisible();
  await portal.advance(page, 14 * 24 * 60 + 11);
  await page.goto("/settings/profile");
  await expect(heading(page, /^Log in/)).toBeVisible();
  const [letter] = await portal.letters(page);
  expect(letter?.subject).toBe("Your account was deleted");
  // In a tab each page that is opened makes the personas that aren't there.
  if (portal.host === "server") {
    await logIn(page, { email: MEMBER, password: PASSWORD });
    await expect(alert(page, /don’t match/)).toBeVisible();
  }
});
