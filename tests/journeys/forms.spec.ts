// Wrong input: every problem at once, at its field; the first takes the focus; what is typed stays.

import { codeFor, expect, test } from "./portal.ts";
import {
  agreeToTerms,
  alert,
  button,
  choose,
  createAdsAccount,
  heading,
  typeSignUp,
} from "./screens.ts";

test("a sign-up with everything wrong says everything at once and keeps what is typed", async ({
  page,
}) => {
  await page.goto("/sign-up");
  await page.getByLabel(/^Email address/).fill("mai@");
  await page.getByLabel(/^Password/).fill("short");
  await button(page, "Sign up").click();
  await expect(page.getByRole("alert").getByRole("listitem")).toHaveCount(4);
  await expect(page.getByRole("combobox", { name: /^Country or region/ })).toBeFocused();
  await expect(page.getByLabel(/^Email address/)).toHaveValue("mai@");
  for (const name of [/^Email address/, /^Password/]) {
    await expect(page.getByLabel(name)).toHaveAttribute("aria-invalid", "true");
  }

  // The summary leads to its fields, and a field that is right again says so at once.
  await page.getByRole("alert").getByRole("link").nth(1).click();
  await expect(page.getByLabel(/^Email address/)).toBeFocused();
  await page.getByLabel(/^Email address/).fill("mai@coffee.test");
  await expect(page.getByLabel(/^Email address/)).not.toHaveAttribute("aria-invalid");
});

test("codes: wrong ones are counted, a spent one asks for another, the right one works once", async ({
  page,
  portal,
}) => {
  const email = "mai@coffee.test";
  await page.goto("/sign-up");
  await typeSignUp(page, { email, region: "Vietnam" });
  // Pressed twice by someone in a hurry: one letter goes out.
  await button(page, "Sign up").dblclick();
  const code = await codeFor(portal, page, email);
  expect(await portal.letters(page)).toHaveLength(1);

  const field = page.getByLabel(/^Verification code/);
  const wrong = code === "123456" ? "654321" : "123456";
  await field.fill("12");
  await button(page, "Confirm").click();
  await expect(field).toHaveAccessibleDescription(/Enter every digit/);
  await field.fill(wrong);
  await button(page, "Confirm").click();
  await expect(field).toHaveAccessibleDescription(/4 more/);
  await field.fill("999999");
  await button(page, "Confirm").click();
  await expect(field).toHaveAccessibleDescription(/has expired/);

  await portal.advance(page, 2);
  await page.reload();
  await button(page, "Resend the email").click();
  await expect.poll(() => portal.letters(page)).toHaveLength(2);
  // The earlier code costs no try, and is known for what it is.
  await field.fill(code);
  await button(page, "Confirm").click();
  await expect(field).toHaveAccessibleDescription(/from an earlier email/);
  await field.fill(wrong);
  await button(page, "Confirm").click();
  await expect(field).toHaveAccessibleDescription(/4 more/);
  await field.fill(await codeFor(portal, page, email));
  await button(page, "Confirm").click();
  await expect(heading(page, "Create a TikTok Ads Manager account")).toBeVisible();
});

test("too many tries: it says how long to wait", async ({ page }) => {
  await page.goto("/log-in");
  await page.getByLabel(/^Email address/).fill("too-many@portal.test");
  await page.getByLabel(/^Password/).fill("whatever-it-is");
  await button(page, "Log in").click();
  await expect(alert(page, "30")).toBeVisible();
});

test("an Ads Manager account with everything wrong, then made by a double click", async ({
  page,
  tiktok,
}) => {
  await page.goto("/sign-up");
  await choose(page, /^Country or region/, "Vietnam");
  await agreeToTerms(page);
  await button(page, "Sign up with TikTok").click();
  await tiktok.authorize("personal_account");
  await expect(heading(page, "Create a TikTok Ads Manager account")).toBeVisible();
  await page.getByLabel(/^Phone number/).fill("0901 234 567");
  await button(page, "Sign up").click();
  await expect(page.getByLabel(/^Business name/)).toBeFocused();
  // What would be kept is said at the field and in the summary, as the host reads it.
  const phone = page.getByLabel(/^Phone number/);
  const kept = page.locator(".fixed-facts");
  for (const [typed, number] of [
    ["0901 234 567", "+84901234567"],
    ["84901234568", "+84901234568"],
    ["+84 (0)901 234 569", "+84901234569"],
  ] as const) {
    await phone.fill(typed);
    await expect(phone).toHaveAccessibleDescription(new RegExp(`save it as \\${number}\\.$`));
    await expect(kept).toContainText(number);
    await expect(phone).toHaveValue(typed);
  }
  await phone.fill("0201 234 567");
  await expect(phone).toHaveAccessibleDescription(/\+84201234567.*check/);
  await createAdsAccount(page);
  await expect(heading(page, "Welcome to TikTok Ads Manager")).toBeVisible();
  // It is made: the form isn't offered again.
  await page.goBack();
  await expect(button(page, "Sign up")).toHaveCount(0);
});
