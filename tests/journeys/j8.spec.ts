// J8: care of the account.

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

/** Asks for another password, on the way from the log-in. */
async function forget(page: Page, email: string): Promise<void> {
  await page.goto("/log-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(heading(page, "Set a new password")).toBeVisible();
  await page.getByLabel(/^E-mail address/).fill(email);
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
  const confirm = dialog(page, "Confirm that it’s you");
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

test("an address without an account is told so by e-mail alone", async ({ page, portal }) => {
  const email = "nobody@coffee.test";
  await forget(page, email);
  await page.getByLabel(/^Verification code/).fill("12345678");
  await button(page, "Confirm").click();
  await expect(page.getByLabel(/^Verification code/)).toHaveAccessibleDescription(/4 more/);
  const [letter] = await portal.letters(page);
  expect(letter?.to).toBe(email);
  expect(letter?.subject).toBe("There is no account with this e-mail address");
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
  await button(page, "Send another e-mail").click();
  await expect(page.getByText(/Another e-mail is on its way/).first()).toBeVisible();
  await page.getByRole("link", { name: "Use another address" }).click();
  await expect(heading(page, "Set a new password")).toBeVisible();
  await page.goBack();
  await typeCode(page, portal, MEMBER);
  await expect(heading(page, "Campaigns")).toBeVisible();
});
