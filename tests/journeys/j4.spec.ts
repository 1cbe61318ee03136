// J4: link from User Settings.

import { expect, test } from "./portal.ts";
import { button, dialog, enter, openSettings, tiktokField } from "./screens.ts";

test("a member links from the profile icon of Ads Manager, and unlinks again", async ({
  page,
  tiktok,
  portal,
}) => {
  await enter(page, "email-only@portal.test");
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  await tiktok.authorize("unlinked");
  await dialog(page, "TikTok account linked").getByRole("button", { name: "Done" }).click();
  await expect(tiktokField(page)).toContainText("Mai Coffee");
  const letters = await portal.letters(page);
  expect(letters[0]).toMatchObject({ to: "email-only@portal.test" });
  expect(letters[0]?.text).toContain("Mai Coffee");

  await button(page, "Unlink").click();
  const unlink = dialog(page, "Unlink TikTok account?");
  await expect(unlink).toContainText(/ads/);
  await unlink.getByRole("button", { name: "Unlink" }).click();
  await expect(button(page, "Link TikTok account")).toBeVisible();
});

test("a member links from Business Center, with a TikTok account made on the way", async ({
  page,
  tiktok,
}) => {
  await enter(page, "email-only@portal.test");
  await page.goto("/business-center");
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  await tiktok.createAccount("mai.tea", "Mai Tea");
  await expect(dialog(page, "TikTok account linked")).toBeVisible();
  // The outcome has an address of its own, and stays what it is.
  await page.reload();
  await dialog(page, "TikTok account linked").getByRole("button", { name: "Done" }).click();
  await expect(tiktokField(page)).toContainText("@mai.tea");
});

test("the last way to log in can't be unlinked, and the refusal says what to do first", async ({
  page,
  tiktok,
}) => {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("tiktok_only");
  await openSettings(page);
  await button(page, "Unlink").click();
  const refusal = dialog(page, "Add another way to log in first");
  await refusal.getByRole("link", { name: "Add an email and a password" }).click();
  await expect(page).toHaveURL(/\/settings\/email$/);
});
