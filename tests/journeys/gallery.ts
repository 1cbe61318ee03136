// Every screen and every dialog, in the states worth looking at, and the way to each of them.
//
// A way is walked in English; what only the page holds is done again after each load, without
// words, so that it can be done in every language.

import { expect, type Page, type Portal, codeFor } from "./portal.ts";
import {
  agreeToTerms,
  button,
  createAdsAccount,
  completeAdsAccount,
  dialog,
  enter,
  heading,
  logIn,
  openSettings,
  reachTheAd,
  typeAd,
  typeCampaign,
  typeSignUp,
} from "./screens.ts";
import { PASSWORD, TikTok } from "./tiktok.ts";

/** Who walks there. */
export type Walker = { page: Page; tiktok: TikTok; portal: Portal };

/** A screen in one of its states. */
export type Screen = {
  /** A file's name. */
  name: string;
  /** Leaves the page at the screen's address. */
  reach: (walker: Walker) => Promise<unknown>;
  /** Does after a load what the address alone doesn't show. */
  show?: (page: Page) => Promise<unknown>;
};

const EMAIL_ONLY = "email-only@portal.test";
const LINKED = "linked@portal.test";

/** The control of a field. */
function field(page: Page, name: string) {
  return page.locator(`#field-${name}`);
}

/** Sends the form as it is, and waits for what is wrong with it. */
async function sendAsItIs(page: Page): Promise<void> {
  await page.locator("main form [type=submit]").last().click();
  await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
}

async function sendUnlike(page: Page): Promise<void> {
  await field(page, "email").fill(EMAIL_ONLY);
  await field(page, "password").fill("not-the-password");
  await page.locator("main form [type=submit]").last().click();
  await expect(page.locator("main [role=alert]").first()).toBeVisible();
}

const at =
  (address: string) =>
  ({ page }: Walker) =>
    page.goto(address);

const entered =
  (email: string, address: string) =>
  async ({ page }: Walker) => {
    await enter(page, email);
    await page.goto(address);
  };

async function theFork({ page, tiktok }: Walker): Promise<void> {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("unlinked");
  await expect(page).toHaveURL(/\/log-in\/choose$/);
}

async function chooseCard(page: Page, index: number): Promise<void> {
  await page.locator("main input[type=radio]").nth(index).check();
}

async function signedUp({ page, portal }: Walker): Promise<void> {
  const email = "mai@coffee.test";
  await page.goto("/sign-up");
  await typeSignUp(page, { email, password: "roasted-this-morning", region: "Vietnam" });
  await button(page, "Sign up").click();
  await page.getByLabel(/^Verification code/).fill(await codeFor(portal, page, email));
  await button(page, "Confirm").click();
  await expect(page).toHaveURL(/\/ads-account\/new$/);
}

/** What was typed has come to the host: the next load has nothing left to send. */
async function kept(page: Page): Promise<void> {
  await expect(page.getByText(/^Saved at /)).toBeVisible();
}

const theAd =
  (email: string) =>
  async ({ page }: Walker) => {
    await enter(page, email);
    await reachTheAd(page, "New Year");
    await typeAd(page);
    await kept(page);
  };

const theIdentity = (email: string) => async (walker: Walker) => {
  await theAd(email)(walker);
  await walker.page.getByRole("switch", { name: "Identity" }).check();
  await kept(walker.page);
};

async function openDialog(page: Page, by: string): Promise<void> {
  await page.locator(by).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function openMenu(page: Page): Promise<void> {
  await page.locator("header [aria-haspopup=menu]").click();
  await expect(page.getByRole("menu")).toBeVisible();
}

async function rehearsed({ page, tiktok }: Walker, answer: string): Promise<void> {
  await enter(page, EMAIL_ONLY);
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  await tiktok.rehearse("unlinked", answer);
  await expect(page).toHaveURL(/\/tiktok\/outcome\//);
}

async function theList(walker: Walker): Promise<void> {
  const { page, portal } = walker;
  await theAd(EMAIL_ONLY)(walker);
  // Of two that were changed at the same time, either may stand first.
  await portal.advance(page, 10);
  await page.goto("/campaigns");
  await button(page, "Create").click();
  await typeCampaign(page, "Roasted in Huế, shipped everywhere before the weekend");
  await kept(page);
  await page.goto("/campaigns");
}

/** How an authorization can end on a page of its own. */
const OUTCOMES = [
  "already-yours",
  "already-linked",
  "account-has-link",
  "session-ended",
  "confirmed-by-another",
  "cancelled",
  "scope-denied",
  "not-available",
  "expired",
  "other-browser",
  "unknown",
];

export const GALLERY: Screen[] = [
  // Entry.
  { name: "log-in", reach: at("/log-in") },
  { name: "log-in-problems", reach: at("/log-in"), show: sendAsItIs },
  { name: "log-in-refused", reach: at("/log-in"), show: sendUnlike },
  { name: "sign-up", reach: at("/sign-up") },
  { name: "sign-up-problems", reach: at("/sign-up"), show: sendAsItIs },
  {
    name: "sign-up-elsewhere",
    reach: async ({ page }) => {
      await page.goto("/sign-up");
      await page.evaluate(() => localStorage.setItem("portal.region", "US"));
    },
  },
  {
    name: "sign-up-code",
    reach: async ({ page }) => {
      await page.goto("/sign-up");
      await typeSignUp(page, { email: "mai@coffee.test", region: "Vietnam" });
      await button(page, "Sign up").click();
      await expect(page).toHaveURL(/\/sign-up\/verify$/);
    },
  },
  { name: "fork", reach: theFork },
  { name: "fork-create", reach: theFork, show: (page) => chooseCard(page, 0) },
  { name: "fork-link", reach: theFork, show: (page) => chooseCard(page, 1) },
  { name: "no-such-page", reach: at("/no/such/page") },
  {
    name: "dialog-demonstration",
    reach: at("/log-in"),
    show: (page) => openDialog(page, ".demo-bar button"),
  },

  // TikTok and back.
  { name: "tiktok-waiting", reach: at("/tiktok/waiting") },
  ...OUTCOMES.map((outcome) => ({
    name: `outcome-${outcome}`,
    reach: at(`/tiktok/outcome/${outcome}`),
  })),
  {
    name: "outcome-tiktok-failed",
    reach: (walker) => rehearsed(walker, "Come back with server_error"),
  },
  {
    name: "finish-link",
    reach: async ({ page, tiktok, portal }) => {
      await enter(page, EMAIL_ONLY);
      await openSettings(page);
      await portal.advance(page, 5);
      await button(page, "Link TikTok account").click();
      await tiktok.logIn("unlinked");
      await tiktok.at("Authorize");
      await portal.advance(page, 6);
      await tiktok.decide("Authorize");
      await expect(heading(page, "Confirm that it’s you")).toBeVisible();
    },
  },

  // The Ads Manager account.
  { name: "ads-account", reach: signedUp },
  { name: "ads-account-problems", reach: signedUp, show: sendAsItIs },
  {
    name: "welcome",
    reach: async (walker) => {
      await signedUp(walker);
      await createAdsAccount(walker.page);
      await expect(walker.page).toHaveURL(/\/welcome$/);
    },
  },

  // Campaigns.
  { name: "campaigns-none", reach: entered(EMAIL_ONLY, "/campaigns") },
  { name: "campaigns", reach: theList },
  {
    name: "dialog-delete",
    reach: theList,
    show: (page) => openDialog(page, ".campaigns-actions button"),
  },
  {
    name: "campaign",
    reach: async ({ page }) => {
      await enter(page, EMAIL_ONLY);
      await button(page, "Create").click();
      await expect(page).toHaveURL(/\/campaign$/);
    },
  },
  {
    name: "campaign-problems",
    reach: async ({ page }) => {
      await enter(page, EMAIL_ONLY);
      await button(page, "Create").click();
      await expect(page).toHaveURL(/\/campaign$/);
    },
    show: sendAsItIs,
  },
  {
    name: "ad-group",
    reach: async ({ page }) => {
      await enter(page, EMAIL_ONLY);
      await button(page, "Create").click();
      await typeCampaign(page, "New Year");
      await button(page, "Continue").click();
      await expect(page).toHaveURL(/\/ad-group$/);
      await kept(page);
    },
  },
  { name: "ad", reach: theAd(EMAIL_ONLY) },
  { name: "ad-identity", reach: theIdentity(EMAIL_ONLY) },
  { name: "ad-linked", reach: theIdentity(LINKED) },
  {
    name: "campaign-done",
    reach: async (walker) => {
      const { page } = walker;
      await theIdentity(LINKED)(walker);
      await page.getByRole("radio", { name: /^Deliver ads through Business Account/ }).check();
      await button(page, "Finish").click();
      await expect(page).toHaveURL(/\/done$/);
    },
  },
  {
    name: "ad-unable-to-link",
    reach: async (walker) => {
      await theAd(EMAIL_ONLY)(walker);
      const { page } = walker;
      await page.goto(page.url().replace(/\/ad$/, "/ad/unable-to-link"));
      await expect(dialog(page, "Unable to link")).toBeVisible();
    },
  },

  // Settings.
  { name: "business-center", reach: entered(LINKED, "/business-center") },
  { name: "account-menu", reach: entered(LINKED, "/campaigns"), show: openMenu },
  { name: "profile", reach: entered(EMAIL_ONLY, "/settings/profile") },
  { name: "profile-linked", reach: entered(LINKED, "/settings/profile") },
  { name: "profile-outside", reach: entered("outside@portal.test", "/settings/profile") },
  { name: "dialog-linked", reach: entered(LINKED, "/settings/profile/linked") },
  { name: "dialog-unable-to-link", reach: entered(EMAIL_ONLY, "/settings/profile/unable-to-link") },
  { name: "dialog-unlink", reach: entered(LINKED, "/settings/profile/unlink") },
  { name: "dialog-confirm", reach: entered(EMAIL_ONLY, "/settings/profile/confirm") },
  {
    name: "add-email",
    reach: async ({ page, tiktok }) => {
      await page.goto("/log-in");
      await button(page, "Log in with TikTok").click();
      await tiktok.authorize("tiktok_only");
      await expect(heading(page, "Campaigns")).toBeVisible();
      await page.goto("/settings/email");
    },
  },
];
