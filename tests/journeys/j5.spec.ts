// J5: link from ad creation.

import { expect, test } from "./portal.ts";
import { button, dialog, enter, finish, heading, linkFromAd, reachTheAd, typeAd } from "./screens.ts";

test("an ad needs an identity: link, come back to the same draft, and finish it", async ({
  page,
  tiktok,
}) => {
  await enter(page, "email-only@portal.test");
  await reachTheAd(page, "New Year");
  await typeAd(page);
  const draft = page.url();
  await linkFromAd(page);
  await tiktok.authorize("unlinked");

  await expect(page).toHaveURL(draft);
  await expect(page.getByLabel(/^Ad name/)).toHaveValue("Morning cup");
  await expect(page.getByRole("switch", { name: "Identity" })).toBeChecked();
  await expect(page.getByText("@unlinked")).toBeVisible();
  await finish(page);
  await expect(heading(page, "New Year")).toBeFocused();

  // Until it can be published, its end can be taken back.
  await button(page, "Edit again").click();
  await expect(heading(page, "Campaign")).toBeFocused();
  await page.getByLabel(/^Campaign name/).fill("Lunar New Year");
  await page.getByRole("link", { name: "Review" }).click();
  await button(page, "Finish").click();
  await expect(heading(page, "Lunar New Year")).toBeFocused();
});

test("a refused link leaves the draft as it was, and another TikTok account goes into it", async ({
  page,
  tiktok,
}) => {
  await enter(page, "email-only@portal.test");
  await reachTheAd(page, "New Year");
  await typeAd(page);
  const draft = page.url();
  await linkFromAd(page);
  await tiktok.authorize("linked_elsewhere");

  const refusal = dialog(page, "Unable to link");
  await expect(refusal).toContainText("TikTok account already linked to another account");
  await refusal.getByRole("button", { name: "Log out of TikTok" }).click();
  await tiktok.authorize("unlinked");
  await expect(page).toHaveURL(draft);
  await expect(page.getByLabel(/^Ad name/)).toHaveValue("Morning cup");
  await expect(page.getByText("@unlinked")).toBeVisible();
});
