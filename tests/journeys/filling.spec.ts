// What fills a form in without typing: the browser, a password manager, the clipboard.

import { codeFor, expect, test, type Page } from "./portal.ts";
import {
  agreeToTerms,
  button,
  completeAdsAccount,
  createAdsAccount,
  dialog,
  enter,
  heading,
  logOut,
  openSettings,
  typeCredentials,
  typeSignUp,
} from "./screens.ts";
import { PASSWORD } from "./tiktok.ts";

const MEMBER = "email-only@portal.test";

/** What each field of the page says that it is for, by its name. */
async function expectPurposes(page: Page, purposes: Record<string, string>): Promise<void> {
  const found = () =>
    page
      .getByRole("main")
      .locator("input:not([type=checkbox], [type=radio])")
      .evaluateAll((fields) =>
        Object.fromEntries(
          fields.map((field) => [
            field.getAttribute("name"),
            field.getAttribute("autocomplete"),
          ]),
        ),
      );
  await expect.poll(found).toEqual(purposes);
}

/** Pastes words into a field, as they were copied from another. */
async function paste(page: Page, from: string | RegExp, to: string | RegExp, words: string) {
  const [source, target] = [page.getByLabel(from), page.getByLabel(to)];
  await source.fill(words);
  await source.press("ControlOrMeta+A");
  await source.press("ControlOrMeta+X");
  await expect(source).toHaveValue("");
  await target.press("ControlOrMeta+A");
  await target.press("ControlOrMeta+V");
  await expect(target).toHaveValue(words);
}

test("the ways in say what each of their fields is for", async ({ page, portal, tiktok }) => {
  await page.goto("/log-in");
  await expect(heading(page, /^Log in/)).toBeVisible();
  await expectPurposes(page, { email: "username", password: "current-password" });

  // At the fork a new account asks where it is, and one that is there for its credentials.
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("unlinked");
  await page.getByRole("radio", { name: /^Create a new/ }).check();
  await expectPurposes(page, { region: "country-name" });
  await page.getByRole("radio", { name: /^Link to an existing/ }).check();
  await expectPurposes(page, { email: "username", password: "current-password" });

  await page.goto("/sign-up");
  await expect(heading(page, /^Sign up/)).toBeVisible();
  await expectPurposes(page, {
    region: "country-name",
    email: "username",
    password: "new-password",
  });
  const email = "mai@coffee.test";
  await typeSignUp(page, { email, region: "Vietnam" });
  await button(page, "Sign up").click();
  await expect(heading(page, "Check your inbox")).toBeVisible();
  await expectPurposes(page, { code: "one-time-code" });

  await page.getByLabel(/^Verification code/).fill(await codeFor(portal, page, email));
  await button(page, "Confirm").click();
  await expect(heading(page, "Create a TikTok Ads Manager account")).toBeVisible();
  await expectPurposes(page, {
    business_name: "organization",
    country: "country-name",
    // No token stands for these.
    time_zone: "off",
    currency: "off",
    phone: "tel",
  });
  await createAdsAccount(page);
  await expect(heading(page, "Welcome to TikTok Ads Manager")).toBeVisible();
  await expectPurposes(page, {
    website: "url",
    street_address: "address-line1",
    city: "address-level2",
    postal_code: "postal-code",
  });
  await completeAdsAccount(page);
});

test("a member's forms say what each of their fields is for", async ({ page, portal, tiktok }) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await expectPurposes(page, { name: "name" });
  await portal.advance(page, 11);
  await button(page, "Link TikTok account").click();
  const confirm = dialog(page, "Confirm it’s you");
  await expect(confirm.getByLabel(/^Password/)).toHaveAttribute(
    "autocomplete",
    "current-password",
  );
  await confirm.getByRole("button", { name: "Cancel" }).click();

  // What is set there is what they log in with from then on.
  await logOut(page);
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("tiktok_only");
  await openSettings(page);
  await page.getByRole("link", { name: "Add an email and a password" }).click();
  await expect(page.getByLabel(/^Password/)).toBeVisible();
  await expectPurposes(page, { email: "username", password: "new-password" });
});

test("a password and a code can be pasted, and what is shown of a password can be hidden again", async ({
  page,
  portal,
}) => {
  await page.goto("/sign-up");
  const email = "mai@coffee.test";
  await paste(page, /^Email address/, /^Password/, PASSWORD);
  const password = page.getByLabel(/^Password/);
  await button(page, "Show password").click();
  await expect(password).toHaveAttribute("type", "text");
  await expect(password).toHaveAttribute("autocomplete", "new-password");
  await button(page, "Hide password").click();
  await expect(password).toHaveAttribute("type", "password");
  await expect(password).toHaveValue(PASSWORD);
  await typeSignUp(page, { email, region: "Vietnam" });
  await button(page, "Sign up").click();
  await expect(heading(page, "Check your inbox")).toBeVisible();

  // As it is copied from a letter, with what stands around it.
  const code = await codeFor(portal, page, email);
  const field = /^Verification code/;
  await paste(page, field, field, ` ${code} `);
  await button(page, "Confirm").click();
  await expect(heading(page, "Create a TikTok Ads Manager account")).toBeVisible();
});

test("someone logs in with a password that they pasted", async ({ page }) => {
  await page.goto("/log-in");
  await paste(page, /^Email address/, /^Password/, PASSWORD);
  await page.getByLabel(/^Email address/).fill(MEMBER);
  await button(page, "Log in").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("a country that the browser fills in is chosen, although nobody came to its field", async ({
  page,
}) => {
  await page.goto("/sign-up");
  const region = page.getByRole("combobox", { name: /^Country or region/ });
  await expect(region).toBeVisible();
  // As Firefox does it: the value, then its events, and the focus stays where it is.
  await region.evaluate((field: HTMLInputElement) => {
    field.value = "Vietnam";
    for (const name of ["input", "change"]) {
      field.dispatchEvent(new Event(name, { bubbles: true }));
    }
  });
  await expect(region).toHaveValue("Vietnam");
  await expect(region).toHaveAttribute("aria-expanded", "false");
  await typeCredentials(page, { email: "mai@coffee.test" });
  await agreeToTerms(page);
  await button(page, "Sign up").click();
  await expect(heading(page, "Check your inbox")).toBeVisible();
});
