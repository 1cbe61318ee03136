// J6: sign up and log in by e-mail.

import { codeFor, expect, test } from "./portal.ts";
import {
  button,
  completeAdsAccount,
  createAdsAccount,
  heading,
  logIn,
  logOut,
  typeSignUp,
} from "./screens.ts";

test("someone signs up by e-mail, proves the address and logs in again", async ({
  page,
  portal,
}) => {
  const credentials = { email: "mai@coffee.test", password: "roasted-this-morning" };
  await page.goto("/sign-up");
  await typeSignUp(page, { ...credentials, region: "Vietnam" });
  await button(page, "Sign up").click();
  await expect(page.getByText(credentials.email)).toBeVisible();
  await page.getByLabel(/^Verification code/).fill(await codeFor(portal, page, credentials.email));
  await button(page, "Confirm").click();
  await createAdsAccount(page);
  await completeAdsAccount(page);

  await logOut(page);
  await logIn(page, credentials);
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("an address that has an account is told so by e-mail alone", async ({ page, portal }) => {
  const email = "linked@portal.test";
  await page.goto("/sign-up");
  await typeSignUp(page, { email, region: "Vietnam" });
  await button(page, "Sign up").click();
  await expect(page.getByText(email)).toBeVisible();
  await page.getByLabel(/^Verification code/).fill("123456");
  await button(page, "Confirm").click();
  await expect(page.getByLabel(/^Verification code/)).toHaveAccessibleDescription(/4 more/);
  const [letter] = await portal.letters(page);
  expect(letter?.to).toBe(email);
  expect(letter?.text).not.toMatch(/\b\d{6}\b/);
});

test("a code whose tab was closed is offered at the log-in; a newer one ends it, in words", async ({
  page,
  portal,
}) => {
  const email = "mai@coffee.test";
  await page.goto("/sign-up");
  await typeSignUp(page, { email, region: "Vietnam" });
  await button(page, "Sign up").click();
  await expect(page.getByText(email)).toBeVisible();
  await page.goto("/log-in");
  await expect(page.getByText(`We sent a code to ${email}.`)).toBeVisible();
  await page.getByRole("link", { name: "Enter the code" }).click();
  await expect(page.getByLabel(/^Verification code/)).toBeVisible();

  await portal.advance(page, 2);
  await page.reload();
  await button(page, "Resend the email").click();
  await expect(page.getByRole("main").getByText("Use the code in the newest one.")).toBeVisible();
});
