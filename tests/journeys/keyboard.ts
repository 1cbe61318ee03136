// What a person does on each of the portal's screens who has no mouse: by Tab, typing, arrows,
// Space, Enter and Escape alone. The names are those of `screens.ts`; wherever the focus comes by
// Tab, it must be seen.

import { expect, type Locator, type Page } from "@playwright/test";

import {
  button,
  heading,
  SHOP,
  START,
  type Business,
  type Credentials,
} from "./screens.ts";
import { PASSWORD, type TikTok } from "./tiktok.ts";

/** More stops than any page has. */
const STOPS = 80;

const MEMBER_HOME = "Campaigns";

// The focus.

/** Whether `target` has the focus of its own document: TikTok's page may be in a frame. */
async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === element.ownerDocument.activeElement);
}

/** Presses a key until `done`. */
async function pressUntil(
  page: Page,
  key: string,
  done: () => Promise<boolean>,
  what: Locator,
): Promise<void> {
  for (let presses = 0; presses < STOPS; presses += 1) {
    if (await done()) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never came to ${what}`);
}

/** Goes on by Tab until `target` has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await pressUntil(page, "Tab", () => isFocused(target), target);
  await expectSeen(target);
}

/** Goes back by Shift+Tab until `target` has the focus. */
export async function tabBackTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await pressUntil(page, "Shift+Tab", () => isFocused(target), target);
  await expectSeen(target);
}

/**
 * The focus can be seen: an outline is drawn around what has it, or around the label that it
 * stands in, and it is in sight with nothing over it.
 */
export async function expectSeen(target: Locator): Promise<void> {
  const look = () =>
    target.evaluate((element) => {
      const isRinged = (of: Element | null) => {
        if (of === null) {
          return false;
        }
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(of);
        const isDrawn = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
        return isDrawn && !/^transparent$|, 0\)$|\/ 0\)$/.test(outlineColor);
      };
      // A long text is scrolled to its caret, so it's the part in sight that counts.
      const box = element.getBoundingClientRect();
      const middle = (from: number, to: number, end: number) =>
        (Math.max(from, 0) + Math.min(to, end)) / 2;
      const above = element.ownerDocument.elementFromPoint(
        middle(box.left, box.right, innerWidth),
        middle(box.top, box.bottom, innerHeight),
      );
      // A label that holds the control gives it its presses.
      const own = element.closest("label") ?? element;
      return {
        ring: isRinged(element) || isRinged(element.closest("label")),
        uncovered: above !== null && (own.contains(above) || above.contains(element)),
      };
    });
  await expect.poll(look, `the focus on ${target} is seen`).toEqual({ ring: true, uncovered: true });
}

/** The page came, and the focus is on its heading. */
export async function expectArrival(page: Page, name: string | RegExp): Promise<void> {
  await expect(heading(page, name)).toBeFocused();
}

/** Where the focus is while a dialog is open: within it, past its ends, or behind it. */
type Stop = "within" | "browser" | "behind";

/**
 * A dialog took the focus and keeps it: Tab goes around in it, there and back again, and never
 * comes to the page behind.
 */
export async function expectModal(page: Page, open: Locator): Promise<void> {
  const place = () =>
    open.evaluate((dialog): Stop => {
      const { activeElement, body } = dialog.ownerDocument;
      if (dialog.contains(activeElement)) {
        return "within";
      }
      // Between the last control and the first stand those of the browser itself.
      return activeElement === body ? "browser" : "behind";
    });
  await expect.poll(place, "the dialog takes the focus").toBe("within");
  const first = await open.evaluateHandle((dialog) => dialog.ownerDocument.activeElement);
  for (const key of ["Tab", "Shift+Tab"]) {
    let stops = 0;
    let isBack = false;
    while (!isBack) {
      stops += 1;
      expect(stops, `${key} comes around in the dialog`).toBeLessThan(STOPS);
      await page.keyboard.press(key);
      expect(await place(), `${key} stays in the dialog`).not.toBe("behind");
      isBack = await first.evaluate((it) => it === it?.ownerDocument.activeElement);
    }
    expect(stops, "there is a stop beside the first").toBeGreaterThan(1);
  }
}

/** Escape closes a dialog or a menu, and the focus is where it was before. */
export async function escape(page: Page, open: Locator, opener: Locator): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(open).toBeHidden();
  await expect(opener).toBeFocused();
}

// Controls.

/** Types into a field; what stood there is replaced. */
export async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

/** Presses a button, or follows a link. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Ticks a box, or turns a switch on. */
export async function check(page: Page, box: Locator): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press("Space");
  await expect(box).toBeChecked();
}

/** Chooses a card: Tab comes to the set, the arrows go about in it. */
export async function pick(page: Page, card: Locator): Promise<void> {
  await expect(card).toBeVisible();
  const isInSet = () =>
    card.evaluate((element) => {
      const { activeElement } = element.ownerDocument;
      return (
        activeElement instanceof HTMLInputElement &&
        activeElement.type === "radio" &&
        activeElement.name === (element as HTMLInputElement).name
      );
    });
  await pressUntil(page, "Tab", isInSet, card);
  await pressUntil(page, "ArrowDown", () => isFocused(card), card);
  await expectSeen(card);
  if (!(await card.isChecked())) {
    // The arrows choose; the first card was only come to.
    await page.keyboard.press("Space");
  }
  await expect(card).toBeChecked();
}

/** Finds an entry of a long list by typing, goes to it by the arrows, and takes it by Enter. */
export async function choose(page: Page, label: string | RegExp, entry: string): Promise<void> {
  const field = page.getByRole("combobox", { name: label });
  const found = page.getByRole("option", { name: entry, exact: true });
  await type(page, field, entry.slice(0, -1));
  await expect(found).toBeVisible();
  const isActive = async () =>
    (await field.getAttribute("aria-activedescendant")) === (await found.getAttribute("id"));
  await pressUntil(page, "ArrowDown", isActive, found);
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue(entry);
  await expect(field).toHaveAttribute("aria-expanded", "false");
  await expect(field).toBeFocused();
}

/** Chooses an entry of a short list by typing how it begins. */
export async function select(page: Page, list: Locator, entry: string): Promise<void> {
  await tabTo(page, list);
  await page.keyboard.type(entry.split(" ")[0] ?? entry);
  await expect(list.locator("option:checked")).toHaveText(entry);
}

/** Types a day and a time, part by part as an English browser asks for them. */
async function typeDateTime(page: Page, field: Locator, value: string): Promise<void> {
  const [, year, month, day, hour, minute] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(value) ?? [];
  await tabTo(page, field);
  await page.keyboard.type(`${month}${day}${year}`);
  // A year may have more digits than four.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type(`${hour}${minute}${Number(hour) < 12 ? "AM" : "PM"}`);
  await expect(field).toHaveValue(value);
}

export async function agreeToTerms(page: Page): Promise<void> {
  await check(page, page.getByRole("checkbox", { name: /^I agree/ }));
}

// Entry.

/** On any form that asks for both; Enter in the last field sends it. */
export async function typeCredentials(
  page: Page,
  { email, password }: Credentials,
): Promise<void> {
  await type(page, page.getByLabel(/^Email address/), email);
  await type(page, page.getByLabel(/^Password/), password ?? PASSWORD);
}

export async function logIn(page: Page, credentials: Credentials): Promise<void> {
  await page.goto("/log-in");
  await typeCredentials(page, credentials);
  await page.keyboard.press("Enter");
}

/** Logs in a seeded member whose ad account is complete. */
export async function enter(page: Page, email: string): Promise<void> {
  await logIn(page, { email });
  await expectArrival(page, MEMBER_HOME);
}

/** From the account menu, whose last entry it is. */
export async function logOut(page: Page): Promise<void> {
  await openProfileMenu(page);
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Log out" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expectArrival(page, /^Log in/);
}

export async function typeSignUp(
  page: Page,
  { email, password, region }: Credentials & { region: string },
): Promise<void> {
  await choose(page, /^Country or region/, region);
  await agreeToTerms(page);
  await typeCredentials(page, { email, password });
}

// At TikTok.

export async function logInToTikTok(tiktok: TikTok, username: string): Promise<void> {
  const { page, root } = tiktok;
  await tiktok.at("Log in to TikTok");
  await type(page, root.getByLabel("Username"), username);
  await type(page, root.getByLabel("Password"), PASSWORD);
  await page.keyboard.press("Enter");
  await tiktok.at("Authorize");
}

/** Logs in and authorizes. */
export async function authorize(tiktok: TikTok, username: string): Promise<void> {
  await logInToTikTok(tiktok, username);
  await press(tiktok.page, tiktok.root.getByRole("button", { name: "Authorize" }));
}

/** Creates a TikTok account on the way and authorizes. */
export async function createTikTokAccount(
  tiktok: TikTok,
  username: string,
  displayName: string,
): Promise<void> {
  const { page, root } = tiktok;
  await tiktok.at("Log in to TikTok");
  await press(page, root.getByRole("link", { name: "Create a TikTok account" }));
  await tiktok.at("Create a TikTok account");
  await type(page, root.getByLabel("Username"), username);
  await type(page, root.getByLabel("Display name"), displayName);
  await type(page, root.getByLabel("Password"), PASSWORD);
  await page.keyboard.press("Enter");
  await tiktok.at("Authorize");
  await press(page, root.getByRole("button", { name: "Authorize" }));
}

// The Ads Manager account.

export async function createAdsAccount(page: Page, business: Business = SHOP): Promise<void> {
  await expectArrival(page, "Create a TikTok Ads Manager account");
  await type(page, page.getByLabel(/^Business name/), business.name);
  await select(page, page.getByLabel(/^Industry/), "Food and beverage");
  await choose(page, /^Country or region/, business.country);
  await type(page, page.getByLabel(/^Phone number/), business.phone);
  await agreeToTerms(page);
  await press(page, button(page, "Sign up"));
}

/** "Welcome to TikTok Ads Manager": the rest of the ad account. */
export async function completeAdsAccount(page: Page): Promise<void> {
  await expectArrival(page, "Welcome to TikTok Ads Manager");
  await type(page, page.getByLabel(/^Street address/), "12 Lê Lợi");
  await type(page, page.getByLabel(/^City/), "Huế");
  await pick(page, page.getByRole("radio", { name: /^Automatic payment/ }));
  await press(page, button(page, "Finish"));
  await expectArrival(page, MEMBER_HOME);
}

// Moving about.

export function profileIcon(page: Page): Locator {
  return page.getByRole("banner").getByRole("button", { name: /^Account menu/ });
}

/** Opens the account menu; its first entry has the focus then. */
export async function openProfileMenu(page: Page): Promise<void> {
  await press(page, profileIcon(page));
  const first = page.getByRole("menuitem").first();
  await expect(first).toBeFocused();
  await expectSeen(first);
}

/** To the profile, by the profile icon. */
export async function openSettings(page: Page): Promise<void> {
  await openProfileMenu(page);
  await expect(page.getByRole("menuitem", { name: "User Settings" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expectArrival(page, "Profile");
}

// Campaigns.

/** Begins a campaign and fills in what comes before the ad. */
export async function reachTheAd(page: Page, name: string): Promise<void> {
  await press(page, button(page, "Create"));
  await expectArrival(page, "Campaign");
  await typeCampaign(page, name);
  await press(page, button(page, "Continue"));
  await expectArrival(page, "Ad group");
  await typeAdGroup(page);
  await press(page, button(page, "Continue"));
  await expectArrival(page, "Ad");
}

export async function typeCampaign(page: Page, name: string): Promise<void> {
  await pick(page, page.getByRole("radio", { name: /^Website conversions/ }));
  await type(page, page.getByLabel(/^Campaign name/), name);
  await pick(page, page.getByRole("radio", { name: /^Daily budget/ }));
  await type(page, page.getByRole("textbox", { name: /^Budget/ }), "2000000");
}

export async function typeAdGroup(page: Page): Promise<void> {
  await choose(page, /^Location/, "Vietnam");
  await pick(page, page.getByRole("radio", { name: /^Clicks/ }));
  await type(page, page.getByLabel(/^Ad group name/), "Coffee lovers");
  await typeDateTime(page, page.getByLabel(/^Start/), START);
}

/** The ad, but for its identity, which stands above its text. */
export async function typeAd(page: Page): Promise<void> {
  await type(page, page.getByLabel(/^Ad text/), "Coffee from Huế, roasted this morning");
  await select(page, page.getByLabel(/^Call to action/), "Shop now");
  await type(page, page.getByLabel(/^Landing page/), "https://coffee.example/huế");
  await type(page, page.getByLabel(/^Ad name/), "Morning cup");
}

/** Turns Identity on and chooses how the ad is delivered. */
export async function turnIdentityOn(page: Page): Promise<void> {
  const identity = page.getByRole("switch", { name: "Identity" });
  await tabBackTo(page, identity);
  await check(page, identity);
  await pick(page, page.getByRole("radio", { name: /^Deliver ads through Business Account/ }));
}

/** Turns Identity on and asks for the link. */
export async function linkFromAd(page: Page): Promise<void> {
  await turnIdentityOn(page);
  await press(page, button(page, "Link Account"));
}
