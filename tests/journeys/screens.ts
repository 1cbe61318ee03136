// What a person does on each of the portal's screens, by the words that they read there.

import { expect, type Locator, type Page } from "@playwright/test";

import { PASSWORD } from "./tiktok.ts";

/** When an ad begins, always ahead. */
export const START = `${new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)}T09:00`;

/** The page's one heading. */
export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole("heading", { level: 1, name });
}

export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole("button", { name, exact: true });
}

/** What is said at once to whoever looks or listens, in so far as it says `words`. */
export function alert(page: Page, words: string | RegExp): Locator {
  return page.getByRole("alert").filter({ hasText: words });
}

/** The one dialog that is open. */
export function dialog(page: Page, name: string | RegExp): Locator {
  return page.getByRole("dialog", { name });
}

/** Finds an entry of a long list by typing, as people do. */
export async function choose(page: Page, label: string | RegExp, entry: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).fill(entry);
  await page.getByRole("option", { name: entry, exact: true }).click();
}

export async function agreeToTerms(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: /^I agree/ }).check();
}

// Entry.

export type Credentials = { email: string; password?: string };

/** On any form that asks for both. */
export async function typeCredentials(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel(/^Email address/).fill(email);
  await page.getByLabel(/^Password/).fill(password ?? PASSWORD);
}

export async function logIn(page: Page, credentials: Credentials): Promise<void> {
  await page.goto("/log-in");
  await typeCredentials(page, credentials);
  await button(page, "Log in").click();
}

/** The app is there: it has taken over the page that stood before it. */
export async function expectTakenOver(page: Page): Promise<void> {
  await expect(page.locator("html")).not.toHaveAttribute("data-entry", /./);
}

/** Logs in a seeded member whose ad account is complete. */
export async function enter(page: Page, email: string): Promise<void> {
  await logIn(page, { email });
  await expect(heading(page, "Campaigns")).toBeVisible();
}

export async function logOut(page: Page): Promise<void> {
  await openProfileMenu(page);
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await expect(heading(page, /^Log in/)).toBeVisible();
}

export async function typeSignUp(
  page: Page,
  { email, password, region }: Credentials & { region: string },
): Promise<void> {
  await choose(page, /^Country or region/, region);
  await typeCredentials(page, { email, password });
  await agreeToTerms(page);
}

// The Ads Manager account.

export type Business = { name: string; country: string; phone: string };

export const SHOP: Business = { name: "Mai Coffee", country: "Vietnam", phone: "+84 901 234 567" };

/** Names the business; leaves the warning of what can't be changed behind. */
export async function createAdsAccount(page: Page, business = SHOP): Promise<void> {
  await expect(heading(page, "Create a TikTok Ads Manager account")).toBeVisible();
  await page.getByLabel(/^Business name/).fill(business.name);
  await page.getByLabel(/^Industry/).selectOption({ label: "Food and beverage" });
  await choose(page, /^Country or region/, business.country);
  await page.getByLabel(/^Phone number/).fill(business.phone);
  await agreeToTerms(page);
  await button(page, "Sign up").click();
}

/** "Welcome to TikTok Ads Manager": the rest of the ad account. */
export async function completeAdsAccount(page: Page): Promise<void> {
  await expect(heading(page, "Welcome to TikTok Ads Manager")).toBeVisible();
  await page.getByLabel(/^Website/).fill("mai-coffee.example");
  await page.getByLabel(/^Street address/).fill("12 Lê Lợi");
  await page.getByLabel(/^City/).fill("Huế");
  await page.getByRole("radio", { name: /^Automatic payment/ }).check();
  await button(page, "Finish").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
}

// Moving about.

export async function openProfileMenu(page: Page): Promise<void> {
  await page.getByRole("banner").getByRole("button", { name: /^Account menu/ }).click();
}

/** To the profile, the way that the seed tells: the profile icon, then "User Settings". */
export async function openSettings(page: Page): Promise<void> {
  await openProfileMenu(page);
  await page.getByRole("menuitem", { name: "User Settings" }).click();
  await expect(heading(page, "Profile")).toBeVisible();
}

/** The row "TikTok account" of the profile. */
export function tiktokField(page: Page): Locator {
  return page.getByRole("group", { name: "TikTok account" });
}

// Campaigns.

/** Does with a campaign what its row in the list offers. */
export async function inRow(page: Page, name: string, what: string): Promise<void> {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole("menuitem", { name: what }).click();
}

/** Begins a campaign and fills in what comes before the ad. */
export async function reachTheAd(page: Page, name: string): Promise<void> {
  await button(page, "Create").click();
  await typeCampaign(page, name);
  await button(page, "Continue").click();
  await typeAdGroup(page);
  await button(page, "Continue").click();
  await expect(page.getByLabel(/^Ad name/)).toBeVisible();
}

export async function typeCampaign(page: Page, name: string): Promise<void> {
  await page.getByRole("radio", { name: /^Website conversions/ }).check();
  await page.getByLabel(/^Campaign name/).fill(name);
  await page.getByRole("radio", { name: /^Daily budget/ }).check();
  await page.getByRole("textbox", { name: /^Budget/ }).fill("2000000");
}

export async function typeAdGroup(page: Page): Promise<void> {
  await choose(page, /^Location/, "Vietnam");
  await page.getByRole("radio", { name: /^Clicks/ }).check();
  await page.getByLabel(/^Ad group name/).fill("Coffee lovers");
  await page.getByLabel(/^Start/).fill(START);
}

export async function typeAd(page: Page): Promise<void> {
  await page.getByLabel(/^Ad text/).fill("Coffee from Huế, roasted this morning");
  await page.getByLabel(/^Call to action/).selectOption({ label: "Shop now" });
  await page.getByLabel(/^Landing page/).fill("https://coffee.example/huế");
  await page.getByLabel(/^Ad name/).fill("Morning cup");
}

/** Goes on from the ad, and finishes the campaign where all of it is shown. */
export async function finish(page: Page): Promise<void> {
  await button(page, "Continue").click();
  await expect(heading(page, "Review")).toBeFocused();
  await button(page, "Finish").click();
}

/** Turns Identity on and asks for the link. */
export async function linkFromAd(page: Page): Promise<void> {
  await page.getByRole("switch", { name: "Identity" }).check();
  await page.getByRole("radio", { name: /^Deliver ads through Business Account/ }).check();
  await button(page, "Link Account").click();
}
