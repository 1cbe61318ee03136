// J8: the link of one account moves to another of the same owner.

import { expect, test, type Page, type Portal } from "./portal.ts";
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

const HAS = "linked@portal.test";
const GETS = "email-only@portal.test";
const NAME = "Hội An Lanterns";
const DAY = 24 * 60;

/** Logs in to the account that has the link, on the page that moves it. */
async function prove(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel(/^Email address/).fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await button(page, "Move the link here").click();
}

/** A transfer that waits, begun by the account that gets the link. */
async function begin(page: Page): Promise<void> {
  await enter(page, GETS);
  await page.goto("/link/move");
  await prove(page, HAS);
  await expect(page.getByText("The link moves here in 24 hours.")).toBeVisible();
  // It is said on the page before already: what is pressed there goes with it.
  await expect(heading(page, "Profile")).toBeFocused();
}

async function subjects(portal: Portal, page: Page, to: string): Promise<string[]> {
  const letters = await portal.letters(page);
  return letters.filter((letter) => letter.to === to).map(({ subject }) => subject);
}

test("who is told that a TikTok account is linked elsewhere moves the link here", async ({
  page,
  portal,
  tiktok,
}) => {
  await enter(page, GETS);
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  await tiktok.authorize("linked_already");
  const unable = dialog(page, "Unable to link");
  await expect(unable).toContainText("already linked to another account");
  await unable.getByRole("link", { name: "Move the link here" }).click();
  await expect(heading(page, "Move the link here")).toBeVisible();
  await prove(page, HAS, "not-the-password");
  await expect(alert(page, /don’t match/)).toBeVisible();
  await expect(page.getByLabel(/^Email address/)).toHaveValue(HAS);
  await prove(page, HAS);

  await expect(heading(page, "Profile")).toBeVisible();
  const banner = page.getByRole("status").filter({ hasText: "moves to this account" });
  await expect(banner).toContainText(NAME);
  for (const side of [HAS, GETS]) {
    await expect
      .poll(() => subjects(portal, page, side))
      .toEqual(["The link of a TikTok account is about to move"]);
  }

  await portal.advance(page, DAY);
  await enter(page, GETS);
  await expect.poll(() => subjects(portal, page, HAS)).toHaveLength(2);
  await openSettings(page);
  await expect(tiktokField(page)).toContainText(NAME);
  await expect(banner).toBeHidden();
  await logOut(page);
  await enter(page, HAS);
  await openSettings(page);
  await expect(tiktokField(page)).toContainText("Link TikTok account");
});

test("the account that has the link stops the move, by the keyboard", async ({ page, portal }) => {
  await begin(page);
  await logOut(page);
  await enter(page, HAS);
  await openSettings(page);
  const banner = page.getByRole("status").filter({ hasText: "moves to another account" });
  await expect(banner).toBeVisible();
  // The focus comes a frame after the heading: a key that is pressed before it would be lost.
  await expect(heading(page, "Profile")).toBeFocused();
  await button(page, "Stop the move").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("The link stays where it is.")).toBeVisible();
  await expect(banner).toBeHidden();
  await expect(heading(page, "Profile")).toBeFocused();
  for (const side of [HAS, GETS]) {
    await expect
      .poll(() => subjects(portal, page, side))
      .toContain("The link of a TikTok account stays where it is");
  }
  await logOut(page);
  await enter(page, GETS);
  await openSettings(page);
  await expect(heading(page, "Profile")).toBeVisible();
  await expect(tiktokField(page)).toContainText("Link TikTok account");
  await expect(button(page, "Stop the move")).toBeHidden();
});

test("an account without a link, and one that is on the move, say so", async ({ page }) => {
  await begin(page);
  await page.goto("/link/move");
  // What is on its way is told there.
  await expect(heading(page, "Profile")).toBeVisible();
  await logOut(page);
  await logIn(page, { email: "passkeys@portal.test" });
  await expect(heading(page, "Campaigns")).toBeVisible();
  await page.goto("/link/move");
  await prove(page, "outside@portal.test");
  await expect(alert(page, "No TikTok account is linked.")).toBeVisible();
  await prove(page, HAS);
  await expect(alert(page, /already being moved/)).toBeVisible();
});

test("an old session moves a link once its owner has confirmed who they are", async ({
  page,
  portal,
}) => {
  await enter(page, GETS);
  await page.goto("/link/move");
  await page.getByLabel(/^Email address/).fill(HAS);
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await portal.advance(page, 11);
  await button(page, "Move the link here").click();
  const confirm = dialog(page, "Confirm it’s you");
  await confirm.getByLabel(/^Password/).fill(PASSWORD);
  await confirm.getByRole("button", { name: "Confirm" }).click();
  // What was typed is sent again by itself.
  await expect(page.getByText("The link moves here in 24 hours.")).toBeVisible();
  await expect(heading(page, "Profile")).toBeFocused();
});
