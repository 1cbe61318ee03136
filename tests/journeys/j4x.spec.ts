// J4x: unable to link.

import { expect, test } from "./portal.ts";
import { button, dialog, enter, openSettings, tiktokField } from "./screens.ts";

test("a TikTok account of someone else's is refused, and another can be taken at once", async ({
  page,
  tiktok,
}) => {
  await enter(page, "email-only@portal.test");
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  await tiktok.authorize("linked_elsewhere");

  const refusal = dialog(page, "Unable to link");
  await expect(refusal).toContainText("TikTok account already linked to another account");
  // Whose it is is nobody's business.
  await expect(page.getByText("someone-else@portal.test")).toHaveCount(0);
  await page.reload();
  await refusal.getByRole("button", { name: "Log out of TikTok" }).click();

  // The TikTok session has ended: TikTok asks who is there.
  await tiktok.authorize("unlinked");
  await expect(dialog(page, "TikTok account linked")).toBeVisible();
  await dialog(page, "TikTok account linked").getByRole("button", { name: "Done" }).click();
  await expect(tiktokField(page)).toContainText("Mai Coffee");
});

test("TikTok’s log-out page has no hold on the page that opened its window", async ({
  page,
  context,
  portal,
  tiktok,
}) => {
  test.skip(portal.host === "tab", "the preview opens no window");
  // The emulator's pages are of the portal's own origin: they leave a note.
  await context.addInitScript(() => {
    if (location.pathname.endsWith("/logout")) {
      localStorage.setItem("opener", String(window.opener));
    }
  });
  await enter(page, "email-only@portal.test");
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  await tiktok.authorize("linked_elsewhere");
  await dialog(page, "Unable to link").getByRole("button", { name: "Log out of TikTok" }).click();
  await tiktok.authorize("unlinked");
  await expect(dialog(page, "TikTok account linked")).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem("opener"))).toBe("null");
});

test("the refusal can be left, and the member is still there", async ({ page, tiktok }) => {
  await enter(page, "email-only@portal.test");
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  await tiktok.authorize("linked_elsewhere");
  await dialog(page, "Unable to link").getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/settings\/profile$/);
  await expect(button(page, "Link TikTok account")).toBeVisible();
});
