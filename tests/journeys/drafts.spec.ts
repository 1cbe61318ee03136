// A draft is kept as it is typed: over a reload, over the way back, and beside another tab.

import { expect, test } from "./portal.ts";
import { button, enter, heading, inRow, reachTheAd, START, typeAd, typeCampaign } from "./screens.ts";

const MEMBER = "linked@portal.test";

test("a reload, the browser's back and the list all lead to what was typed", async ({ page }) => {
  await enter(page, MEMBER);
  await reachTheAd(page, "New Year");
  await typeAd(page);
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(/^Ad name/)).toHaveValue("Morning cup");

  await page.goBack();
  await expect(page.getByLabel(/^Ad group name/)).toHaveValue("Coffee lovers");
  await page.goForward();
  await expect(page.getByLabel(/^Ad name/)).toHaveValue("Morning cup");

  await page.goto("/campaigns");
  await page.getByRole("link", { name: "New Year" }).click();
  await expect(page.getByLabel(/^Ad name/)).toHaveValue("Morning cup");
});

test("a step that is wrong says everything at once and keeps what is there", async ({ page }) => {
  await enter(page, MEMBER);
  await button(page, "Create").click();
  await page.getByLabel(/^Campaign name/).fill("Tết 🎉");
  await button(page, "Continue").click();
  await expect(page.getByRole("alert").getByRole("listitem")).toHaveCount(3);
  await expect(page.getByLabel(/^Campaign name/)).toHaveValue("Tết 🎉");
  await expect(page.getByLabel(/^Campaign name/)).toHaveAccessibleDescription(/emoji/);
  await typeCampaign(page, "Tết");
  await button(page, "Continue").click();
  await expect(page.getByLabel(/^Ad group name/)).toBeVisible();
});

test("a new campaign begins with what is known, and is named by what it is until it has a name", async ({
  page,
}) => {
  await enter(page, MEMBER);
  await button(page, "Create").click();
  const name = page.getByLabel(/^Campaign name/);
  await expect(page.getByRole("radio", { name: /^Daily budget/ })).toBeChecked();
  await expect(name).toHaveValue("");
  await page.getByRole("radio", { name: /^Website conversions/ }).check();
  await expect(name).toHaveValue(/^Website conversions · /);
  await page.getByRole("radio", { name: /^App promotion/ }).check();
  await expect(name).toHaveValue(/^App promotion · /);
  await name.fill("Tết");
  await page.getByRole("radio", { name: /^Website conversions/ }).check();
  await expect(name).toHaveValue("Tết");
  await page.getByRole("textbox", { name: /^Budget/ }).fill("2000000");
  await button(page, "Continue").click();

  const group = page.getByLabel(/^Ad group name/);
  await expect(page.getByRole("combobox", { name: "Location" })).toHaveValue("Vietnam");
  await expect(group).toHaveValue("");
  await page.getByRole("radio", { name: /^Clicks/ }).check();
  await expect(group).toHaveValue("Vietnam · Clicks");
  await page.getByLabel(/^Start/).fill(START);
  await button(page, "Continue").click();

  const ad = page.getByLabel(/^Ad name/);
  await page.getByLabel(/^Ad text/).fill("Coffee from Huế");
  await expect(ad).toHaveValue("Coffee from Huế");
  // A name holds no emoji.
  await page.getByLabel(/^Ad text/).fill("Coffee from Huế ☕️");
  await expect(ad).toHaveValue("Coffee from Huế");
  // What it has by itself is followed on, also by whoever comes back.
  await page.getByRole("link", { name: "Ad group", exact: false }).first().click();
  await page.getByRole("radio", { name: /^Reach/ }).check();
  await expect(group).toHaveValue("Vietnam · Reach");
});

test("each step says how far one is with it, and leads there", async ({ page }) => {
  const step = (name: string) =>
    page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name, exact: true });
  await enter(page, MEMBER);
  await button(page, "Create").click();
  await page.getByLabel(/^Campaign name/).fill("Tết");
  await step("Ad group").focus();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  // What is saved meanwhile takes the focus from nobody.
  await expect(step("Ad group")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(page, "Ad group")).toBeFocused();
  await expect(step("Campaign needs fixing")).toBeVisible();

  await step("Campaign needs fixing").click();
  await expect(page.getByLabel(/^Campaign name/)).toHaveValue("Tết");
  await typeCampaign(page, "Tết");
  await step("Ad").click();
  await expect(page.getByLabel(/^Ad name/)).toBeVisible();
  await expect(step("Campaign complete")).toBeVisible();
  await expect(step("Ad group needs fixing")).toBeVisible();
  await expect(step("Review")).toBeVisible();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  // Nobody has been at the steps of a page that was just opened.
  await page.getByLabel(/^Ad name/).fill("Morning cup");
  await expect(page.getByText(/^Saved at/)).toBeVisible();
  await page.reload();
  await step("Campaign complete").click();
  await expect(step("Ad group")).toBeVisible();

  await step("Ad needs fixing").click();
  // The list leads to the step that was open last.
  await page.getByRole("link", { name: "Campaigns" }).first().click();
  await page.getByRole("link", { name: "Tết" }).click();
  await expect(page.getByLabel(/^Ad name/)).toBeVisible();
});

test("two tabs: the older one learns that the draft was changed and overwrites nothing", async ({
  page,
  context,
}) => {
  await enter(page, MEMBER);
  await button(page, "Create").click();
  await page.getByLabel(/^Campaign name/).fill("First tab");
  await expect(page.getByText(/^Saved/)).toBeVisible();
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByLabel(/^Campaign name/).fill("Second tab");
  await expect(second.getByText(/^Saved/)).toBeVisible();

  await page.getByLabel(/^Campaign name/).fill("First tab again");
  await expect(page.getByText("This campaign was changed in another tab or on another device.")).toBeVisible();
  await expect(page.getByLabel(/^Campaign name/)).toHaveValue("First tab again");
  await button(page, "Show the newer version").click();
  await expect(page.getByLabel(/^Campaign name/)).toHaveValue("Second tab");
});

test("two tabs: what is finished in one is read in the other as it was finished", async ({
  page,
  context,
}) => {
  await enter(page, MEMBER);
  await reachTheAd(page, "Tết");
  await typeAd(page);
  await button(page, "Continue").click();
  await expect(heading(page, "Review")).toBeFocused();
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByRole("link", { name: "Campaign complete" }).click();
  await second.getByLabel(/^Campaign name/).fill("  Tết   ở Huế ");
  await second.getByRole("link", { name: "Review" }).click();
  await button(second, "Finish").click();
  // As it is kept, not as it was typed.
  await expect(heading(second, "Tết ở Huế")).toBeFocused();

  await button(page, "Finish").click();
  await button(page, "Show the finished campaign").click();
  await expect(heading(page, "Tết ở Huế")).toBeVisible();
  await button(second, "Edit again").click();
  await expect(heading(second, "Campaign")).toBeFocused();
  await button(page, "Edit again").click();
  await expect(heading(page, "Campaign")).toBeVisible();
});

test("a draft is deleted after a question, and its address says that it is gone", async ({
  page,
}) => {
  await enter(page, MEMBER);
  for (const name of ["Needed", "Not needed"]) {
    await page.goto("/campaigns");
    await button(page, "Create").click();
    await page.getByLabel(/^Campaign name/).fill(name);
    await expect(page.getByText(/^Saved/)).toBeVisible();
  }
  const draft = page.url();
  await page.goto("/campaigns");
  await page.getByRole("tab", { name: "Drafts" }).click();
  const list = page.getByRole("table", { name: "Campaigns" });
  await expect(list.getByRole("rowheader").getByRole("link")).toHaveText(["Not needed", "Needed"]);
  await inRow(page, "Not needed", "Delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(list.getByRole("rowheader").getByRole("link")).toHaveText(["Needed"]);
  await expect(page.getByRole("tab", { name: "Drafts", selected: true })).toBeVisible();
  await expect(heading(page, "Campaigns")).toBeFocused();
  const told = page.getByRole("status").filter({ hasText: "Campaign deleted." });
  await told.getByRole("button", { name: "Close" }).click();
  await expect(told).toHaveCount(0);
  await page.goto(draft);
  await expect(heading(page, "We can’t find this campaign")).toBeVisible();
});

test("a campaign is found by its name, copied, and not stored before anything is typed", async ({
  page,
}) => {
  const campaigns = page.getByRole("banner").getByRole("link", { name: "Campaigns" });
  await enter(page, MEMBER);
  await button(page, "Create").click();
  await expect(heading(page, "Campaign")).toBeFocused();
  const begun = page.url();
  await campaigns.click();
  await expect(page.getByRole("heading", { name: "No campaigns yet" })).toBeVisible();
  await button(page, "Create").click();
  await expect(page).toHaveURL(begun);
  await typeCampaign(page, "Tết ở Huế");
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await campaigns.click();

  await inRow(page, "Tết ở Huế", "Duplicate");
  await expect(page.getByText("Campaign duplicated.")).toBeVisible();
  await expect(page.getByLabel(/^Campaign name/)).toHaveValue("Tết ở Huế (2)");
  await campaigns.click();
  const rows = page.getByRole("table", { name: "Campaigns" }).getByRole("rowheader");
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole("tab", { name: "Drafts 2" })).toBeVisible();
  const search = page.getByRole("searchbox", { name: "Search campaigns" });
  await search.fill("tet o hue (2)");
  await expect(rows).toHaveCount(1);
  await search.fill("rainy season");
  await expect(page.getByText("No matches")).toBeVisible();
  await button(page, "Clear search").click();
  await expect(rows).toHaveCount(2);
  await expect(search).toBeFocused();
});

test("a draft that was deleted in another tab says so, and is created again from what is typed", async ({
  page,
  context,
}) => {
  await enter(page, MEMBER);
  await button(page, "Create").click();
  await page.getByLabel(/^Campaign name/).fill("Beans");
  await expect(page.getByText(/^Saved/)).toBeVisible();
  const second = await context.newPage();
  await second.goto("/campaigns");
  await inRow(second, "Beans", "Delete");
  await second.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(second.getByText("Campaign deleted.")).toBeVisible();

  await page.getByLabel(/^Campaign name/).fill("Beans from Huế");
  await expect(page.getByText("This campaign was deleted", { exact: true })).toBeVisible();
  await expect(page.getByText("saved as soon as possible")).toBeHidden();
  await expect(page.getByLabel(/^Campaign name/)).toHaveValue("Beans from Huế");
  await button(page, "Create it again from these entries").click();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(/^Campaign name/)).toHaveValue("Beans from Huế");
});
