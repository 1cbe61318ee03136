// What is typed in a draft is kept on bad days too: a save that fails, a page that is left at once,
// a step that is wrong behind the last one, a session that is too old to link. After a log-out nothing
// of it is left in the tab.

import { expect, test, type Page } from "./portal.ts";
import {
  button,
  dialog,
  enter,
  heading,
  linkFromAd,
  logOut,
  openSettings,
  typeAd,
} from "./screens.ts";
import { PASSWORD } from "./tiktok.ts";

const NAME = /^Campaign name/;

/** Begins a campaign; gives the address of its draft, without the step. */
async function begin(page: Page): Promise<string> {
  await button(page, "Create").click();
  await expect(page.getByLabel(NAME)).toBeVisible();
  return page.url().replace(/campaign$/, "");
}

test("a save that fails says so, keeps what is typed over a reload, and is made up for", async ({
  page,
}) => {
  await enter(page, "linked@portal.test");
  await begin(page);
  await page.getByLabel(NAME).fill("Server error");
  await expect(page.getByText("Not saved yet")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(NAME)).toHaveValue("Server error");
  await expect(page.getByText("Not saved yet")).toBeVisible();
  await page.getByLabel(NAME).fill("Works again");
  await expect(page.getByText(/^Saved at/)).toBeVisible();
});

test("what is typed arrives although the page is left at once", async ({ page }) => {
  await enter(page, "linked@portal.test");
  await begin(page);
  await page.getByLabel(NAME).fill("Typed and left");
  await page.getByRole("banner").getByRole("link", { name: "Campaigns" }).click();
  await page.getByRole("link", { name: "Typed and left" }).click();
  await expect(page.getByLabel(NAME)).toHaveValue("Typed and left");
  await expect(page.getByText(/changed in another/)).toHaveCount(0);
});

test("what is wrong in an earlier step is led to, field by field", async ({ page }) => {
  await enter(page, "linked@portal.test");
  const draft = await begin(page);
  await page.goto(`${draft}ad`);
  await typeAd(page);
  await page.getByRole("switch", { name: "Identity" }).check();
  await page.getByRole("radio", { name: /^Deliver ads/ }).check();
  await button(page, "Continue").click();
  await expect(heading(page, "Review")).toBeFocused();
  await expect(page.getByRole("link", { name: "Campaign needs fixing" })).toBeVisible();
  await button(page, "Go to the first problem").click();
  await expect(page).toHaveURL(`${draft}campaign`);
  await expect(page.getByRole("radio", { name: /^Website conversions/ })).toBeFocused();

  await page.goto(`${draft}review`);
  await expect(heading(page, "Review")).toBeVisible();
  await page.getByRole("link", { name: /^Start:/ }).click();
  await expect(page.getByLabel(/^Start/)).toBeFocused();
});

test("a session that is too old asks for the password over the ad, then goes on to TikTok", async ({
  page,
  portal,
  tiktok,
}) => {
  await enter(page, "email-only@portal.test");
  const draft = await begin(page);
  await page.goto(`${draft}ad`);
  await typeAd(page);
  await portal.advance(page, 11);
  await linkFromAd(page);
  const again = dialog(page, "Confirm it’s you");
  await again.getByLabel(/^Password/).fill(PASSWORD);
  await again.getByRole("button", { name: "Confirm", exact: true }).click();
  await tiktok.authorize("unlinked");
  await expect(page).toHaveURL(`${draft}ad`);
  await expect(page.getByLabel(/^Ad name/)).toHaveValue("Morning cup");
  await expect(page.getByText("@unlinked")).toBeVisible();
});

test("after a log-out the next one finds nothing of what was typed", async ({
  page,
}) => {
  await enter(page, "email-only@portal.test");
  await begin(page);
  await page.getByLabel(NAME).fill("Server error");
  await expect(page.getByText("Not saved yet")).toBeVisible();
  await page.getByRole("banner").getByRole("link", { name: "Campaigns" }).click();
  await expect(heading(page, "Campaigns")).toBeVisible();
  await openSettings(page);
  await page.getByLabel(/^Name/).fill("Typed and not sent");
  await logOut(page);
  const kept = await page.evaluate(() => JSON.stringify(sessionStorage));
  expect(kept).not.toContain("Typed and not sent");
  expect(kept).not.toContain("Server error");
  for (const email of ["linked@portal.test", "email-only@portal.test"]) {
    await enter(page, email);
    await openSettings(page);
    await expect(page.getByLabel(/^Name/)).toHaveValue("");
    await logOut(page);
  }
});
