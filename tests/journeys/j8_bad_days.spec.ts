// J8: care of the account, when something goes wrong.

import { codeFor, expect, test, type Page } from "./portal.ts";
import {
  alert,
  button,
  dialog,
  enter,
  heading,
  logOut,
  openSettings,
  tiktokField,
  typeCredentials,
} from "./screens.ts";

const MEMBER = "email-only@portal.test";
const NEW_PASSWORD = "roasted-this-morning";

async function forget(page: Page): Promise<void> {
  await page.goto("/log-in/reset-password");
  await page.getByLabel(/^Email address/).fill(MEMBER);
  await page.getByLabel(/^New password/).fill(NEW_PASSWORD);
  await button(page, "Send code").click();
  await expect(heading(page, "Check your inbox")).toBeVisible();
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel(/^Verification code/).fill(code);
  await button(page, "Confirm").click();
}

/** Asks for another address, whose code is typed next. */
async function askForAddress(page: Page, email: string): Promise<void> {
  await openSettings(page);
  await page.getByRole("link", { name: "Change email address" }).click();
  await page.getByLabel(/^New email address/).fill(email);
  await button(page, "Send code").click();
  await expect(heading(page, "Check your inbox")).toBeVisible();
}

test("what is typed at the log-in is carried to the forgotten password and the sign-up", async ({
  page,
}) => {
  await page.goto("/log-in");
  const email = page.getByLabel(/^Email address/);
  await email.fill(MEMBER);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(heading(page, "Set a new password")).toBeVisible();
  await expect(email).toHaveValue(MEMBER);
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByRole("link", { name: "Sign up" }).click();
  await expect(heading(page, /^Sign up/)).toBeVisible();
  await expect(email).toHaveValue(MEMBER);
  await enter(page, MEMBER);
  // Whoever logs in leaves none.
  await logOut(page);
  await expect(email).toHaveValue("");
});

test("a letter that doesn’t come is sent again, and the code of the first counts no more", async ({
  page,
  portal,
}) => {
  await forget(page);
  const first = await codeFor(portal, page, MEMBER);
  await expect(page.getByText(/Check your spam folder too/)).toBeVisible();
  await portal.advance(page, 2);
  await page.reload();
  await button(page, "Resend the email").click();
  await expect(page.getByText(/Use the code in the newest one/).first()).toBeVisible();
  await typeCode(page, first);
  await expect(page.getByLabel(/^Verification code/)).toHaveAccessibleDescription(/code/);
  await expect(page.getByLabel(/^Verification code/)).toBeFocused();
  await typeCode(page, await codeFor(portal, page, MEMBER));
  await expect(page.getByText("Your new password is set.")).toBeVisible();
});

test("a code for an address that the account left meanwhile does nothing, and says so", async ({
  page,
  portal,
  elsewhere,
}) => {
  test.skip(portal.host === "tab", "a tab has no browser beside it");
  await forget(page);
  const code = await codeFor(portal, page, MEMBER);
  await enter(elsewhere, MEMBER);
  await askForAddress(elsewhere, "after@coffee.test");
  await typeCode(elsewhere, await codeFor(portal, elsewhere, "after@coffee.test"));
  await expect(elsewhere.getByText("Your email address is changed.")).toBeVisible();
  await typeCode(page, code);
  // As for one who guesses: it tells nothing of the account.
  const field = page.getByLabel(/^Verification code/);
  await expect(field).toHaveAccessibleDescription(/This code has expired\. Request a new one\./);
  await expect(page.getByText("Your new password is set.")).toBeHidden();
  await logOut(elsewhere);
  await enter(elsewhere, "after@coffee.test");
});

test("two browsers change the address at once: one has, and the other is told to log in", async ({
  page,
  portal,
  elsewhere,
}) => {
  test.skip(portal.host === "tab", "a tab has no browser beside it");
  await enter(page, MEMBER);
  await enter(elsewhere, MEMBER);
  await askForAddress(page, "one@coffee.test");
  await askForAddress(elsewhere, "two@coffee.test");
  await typeCode(page, await codeFor(portal, page, "one@coffee.test"));
  await expect(page.getByText("Your email address is changed.")).toBeVisible();
  await typeCode(elsewhere, await codeFor(portal, elsewhere, "two@coffee.test"));
  // The change has ended the other session, and with it the change that waited there.
  await expect(elsewhere.getByText("Your session has ended.")).toBeVisible();
  await typeCredentials(elsewhere, { email: "two@coffee.test" });
  await button(elsewhere, "Log in").click();
  await expect(alert(elsewhere, /don’t match/)).toBeVisible();
  await typeCredentials(elsewhere, { email: "one@coffee.test" });
  await button(elsewhere, "Log in").click();
  await expect(heading(elsewhere, "Change email address")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("main")).toContainText("one@coffee.test");
});

test("a link whose TikTok account is gone can be unlinked, and the password logs in", async ({
  page,
}) => {
  const email = "authorization-ended@portal.test";
  await enter(page, email);
  await openSettings(page);
  await expect(tiktokField(page)).toContainText("can’t run under this account’s name");
  await button(page, "Unlink").click();
  const unlink = dialog(page, "Unlink TikTok account?");
  await unlink.getByRole("button", { name: "Unlink" }).click();
  await expect(tiktokField(page)).toContainText("Link TikTok account");
  await logOut(page);
  await enter(page, email);
});
