// Two tabs of one browser share one session. A page acts for whom it shows, or not at all.

import { expect, test, type Page } from "./portal.ts";
import type { Locator } from "@playwright/test";
import { button, enter, heading, logOut, typeCredentials } from "./screens.ts";

const X = "linked@portal.test";
const Y = "email-only@portal.test";
const PEOPLE = [X, Y];

/** A tab that sleeps hears nothing of what others do. */
async function sleeping(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.addEventListener("storage", (event) => event.stopImmediatePropagation(), true);
  });
}

const name = (page: Page) => page.getByLabel("Name (optional)", { exact: true });
const notice = (page: Page, who = "") =>
  page.getByRole("status").filter({ hasText: new RegExp(`^You’re now logged in as \u2068${who}`) });

async function settings(page: Page, email: string): Promise<void> {
  await page.goto("/settings/profile");
  await expect(heading(page, "Profile")).toBeVisible();
  await expect(page.getByRole("main").getByText(email, { exact: true }).first()).toBeVisible();
}

test("what is pressed on a page of somebody else’s isn’t done, and the page says who is there", async ({
  page,
  context,
}) => {
  await sleeping(page);
  await enter(page, X);
  await settings(page, X);
  await name(page).fill("Typed by X");
  const other = await context.newPage();
  await other.goto("/campaigns");
  await logOut(other);
  await enter(other, Y);

  await button(page, "Save").click();
  await expect(notice(page, Y)).toBeVisible();
  await expect(page.getByRole("main").getByText(Y, { exact: true }).first()).toBeVisible();
  await expect(name(page)).toHaveValue("");
  await expect(button(page, "Link TikTok account")).toBeVisible();
  await notice(page, Y).getByRole("button").click();
  await expect(notice(page, Y)).toHaveCount(0);

  // What X typed is X's, until somebody logs out in this tab.
  await logOut(other);
  await enter(other, X);
  await settings(page, X);
  await expect(name(page)).toHaveValue("Typed by X");
  await logOut(page);
  await enter(page, X);
  await settings(page, X);
  await expect(name(page)).toHaveValue("");
});

test("a log-out and a log-in reach the other tab at once", async ({ page, context }) => {
  await enter(page, X);
  await settings(page, X);
  const other = await context.newPage();
  await other.goto("/campaigns");
  await logOut(other);
  await expect(heading(page, "Log in")).toBeVisible();
  await enter(other, Y);
  await expect(heading(page, "Profile")).toBeVisible();
  await expect(page.getByRole("main").getByText(Y, { exact: true }).first()).toBeVisible();
  await expect(notice(page, Y)).toBeVisible();
});

test("a page that is come back to shows who is there now", async ({ page, context }) => {
  await sleeping(page);
  await enter(page, X);
  await settings(page, X);
  await page.evaluate(() => location.assign("about:blank"));
  await page.waitForURL("about:blank");
  const other = await context.newPage();
  await other.goto("/campaigns");
  await logOut(other);
  await enter(other, Y);
  await page.goBack();
  await expect(page.getByRole("main").getByText(Y, { exact: true }).first()).toBeVisible();
  await expect(page.getByText(X)).toHaveCount(0);
});

/** Numbers that look random and are the same each time (mulberry32). */
function numbers(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}

/** Whom a tab shows; nothing while it shows a guest's page. */
async function shown(page: Page): Promise<string | undefined> {
  await expect(heading(page, /^(Profile|Log in)$/)).toBeVisible();
  for (const email of PEOPLE) {
    if (await page.getByRole("main").getByText(email, { exact: true }).first().isVisible()) {
      return email;
    }
  }
  return undefined;
}

/** That the page shows somebody else by now, or nobody. */
const elsewhere = (tab: Page) => heading(tab, "Log in").or(notice(tab)).first();

/** Presses what goes where the page comes to show somebody else: a Save of what was typed before, an
 * entry of a menu, whose opening asks the host. */
async function pressUnlessGone(tab: Page, target: Locator): Promise<void> {
  await target.click({ timeout: 5_000 }).catch(() => expect(elsewhere(tab)).toBeVisible());
}

const SEQUENCES = 10;
const STEPS = 6;

for (const group of [1, 2, 3, 4, 5]) {
  test(`no sequence in two tabs renames another than is shown (${group} of 5)`, async ({
    page,
    context,
    portal,
  }) => {
    test.setTimeout(240_000);
    const below = numbers(group);
    const other = await context.newPage();
    // One of them hears of the other only where it looks.
    await sleeping(page);
    const tabs = [page, other];
    let stale = 0;
    await other.goto("/log-in");
    await expect(heading(other, "Log in")).toBeVisible();
    for (let sequence = 0; sequence < SEQUENCES; sequence += 1) {
      await portal.advance(other, 61);
      for (const tab of tabs) {
        await tab.goto("/settings/profile");
      }
      for (let step = 0; step < STEPS; step += 1) {
        const tab = tabs[below(2)]!;
        let who = await shown(tab);
        if (who === undefined && tab === other) {
          // It may be about to hear of a log-in.
          await tab.goto("/settings/profile");
          who = await shown(tab);
        }
        if (who === undefined) {
          await typeCredentials(tab, { email: PEOPLE[below(2)]! });
          await button(tab, "Log in").click();
          await expect(heading(tab, "Profile").or(notice(tab)).first()).toBeVisible();
          await tab.goto("/settings/profile");
          continue;
        }
        const choice = below(4);
        if (choice === 0) {
          await tab.goto("/settings/profile");
        } else if (choice === 1) {
          await tab.getByRole("button", { name: /^Account menu/ }).click();
          await pressUnlessGone(tab, tab.getByRole("menuitem", { name: "Log out" }));
          await expect(elsewhere(tab)).toBeVisible();
          await tab.goto("/settings/profile");
        } else {
          await name(tab).fill(`${who} ${sequence}.${step}`);
          await pressUnlessGone(tab, button(tab, "Save"));
          const refused = elsewhere(tab);
          await expect(tab.getByText("Saved", { exact: true }).or(refused).first()).toBeVisible();
          stale += Number(await refused.isVisible());
          await tab.goto("/settings/profile");
          const now = await shown(tab);
          if (now !== undefined) {
            // Each is called by what was typed on a page of their own.
            await expect(name(tab)).toHaveValue(new RegExp(`^(${now} .*)?$`));
          }
        }
      }
    }
    expect(stale).toBeGreaterThan(0);
  });
}
