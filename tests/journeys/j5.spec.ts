// J5: link from ad creation.

import { expect, test } from "./portal.ts";
import { button, dialog, enter, heading, linkFromAd, reachTheAd, typeAd } from "./screens.ts";

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
  await button(page, "Finish").click();
  await expect(heading(page, "New Year")).toBeVisible();
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
