// The preview's tools, tried as a designer would: served from a folder of a plain host of files.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Browser, BrowserContext } from "@playwright/test";

import { order } from "./gallery.ts";
import { expectNoViolations } from "./look.ts";
import { expect, test, type Page } from "./portal.ts";
import { plain, Stage } from "./preview.ts";
import { PASSWORD } from "./tiktok.ts";

/** One arrow of the map: see `Transition` in `crates/preview/src/map/transition.rs`. */
type Edge = { from: string; name: string; visit: TikTokVisit | null; steps: unknown[]; to: string };

/** See `TikTokVisit` in `crates/preview/src/map/transition.rs`. */
type TikTokVisit = {
  press: string;
  answer: string;
  username: string;
  minutes: number;
  is_known: boolean;
};

/** The scenes from which one goes to TikTok. */
const STARTS = [
  "sign-up-agreed",
  "log-in",
  "profile",
  "dialog-unable-to-link",
  "ad-link",
  "add-email-stale",
];

const WALKED = JSON.parse(
  readFileSync(join(import.meta.dirname, "walked.json"), "utf8"),
) as string[];

const RENEWS = process.env.PORTAL_RENEW === "1";

test.use({ viewport: { width: 1280, height: 900 }, timezoneId: "Asia/Ho_Chi_Minh" });

/** What the service says of where each way leads. */
async function edges(page: Page): Promise<Edge[]> {
  await page.goto("./?bare&scene=log-in");
  await expect(page.locator("html")).toHaveAttribute("data-scene", "ready", { timeout: 20_000 });
  return order<Edge[]>(page, "edges");
}

test("the map has the arrows that tests walk, and no others", async ({ page }) => {
  const all = await edges(page);
  const visits = all.filter(({ visit }) => visit !== null);
  expect([...new Set(visits.map(({ from }) => from))]).toEqual(STARTS);
  const names = all.map(({ from, name }) => `${from} ${name}`);
  if (RENEWS) {
    writeFileSync(
      join(import.meta.dirname, "walked.json"),
      `${JSON.stringify(names, null, 2)}\n`,
    );
    return;
  }
  expect(WALKED).toEqual(names);
});

for (const from of STARTS) {
  test(`each answer of TikTok leads from ${from} where the map says`, async ({ page }) => {
    const all = (await edges(page)).filter((edge) => edge.from === from);
    const own = all.flatMap(({ visit, ...edge }) => (visit ? [{ ...edge, visit }] : []));
    const stage = new Stage(page);
    await stage.open(`scene=${from}&lang=en`);
    const start = plain(await stage.here.innerText());
    for (const edge of own) {
      await test.step(edge.name, async () => {
        if (edge !== own[0]) {
          await stage.startOver();
        }
        await walk(stage, edge.visit);
        const to = edge.to === "tiktok" ? start : edge.to;
        await expect.poll(async () => plain(await stage.here.innerText()), edge.name).toBe(to);
        const stays = edge.visit.answer === "never_back";
        await expect(stage.app.locator(".tiktok-frame")).toHaveCount(stays ? 1 : 0);
      });
    }
  });
}

test("each request leads where the map says", async ({ page }) => {
  const requests = (await edges(page)).filter(({ visit }) => visit === null);
  expect(requests.length).toBeGreaterThan(8);
  for (const { from, name, steps, to } of requests) {
    await test.step(`${from} ${name}`, async () => {
      const query = new URLSearchParams({ scene: from, steps: JSON.stringify(steps), lang: "en" });
      const stage = new Stage(page);
      await stage.open(String(query));
      await expect.poll(async () => plain(await stage.here.innerText())).toBe(to);
    });
  }
});

async function walk(stage: Stage, visit: TikTokVisit): Promise<void> {
  const { press, answer, username, minutes } = visit;
  if (minutes === 0) {
    await stage.answer(answer, username);
    await stage.press(press);
    return;
  }
  // TikTok's own pages, and the clock is set ahead while one is there.
  await stage.answer("", username);
  await stage.press(press);
  if (!visit.is_known) {
    await logInAtTikTok(stage, username);
  }
  await expect(stage.tiktok.getByRole("heading", { name: "Authorize" })).toBeVisible();
  const clock = await stage.section("Clock");
  const ahead = async () => Number((await clock.innerText()).match(/(\d+) minutes ahead/)?.[1]);
  const before = await ahead();
  await clock.getByRole("button", { name: /^11 minutes/ }).click();
  await expect.poll(ahead).toBe(before + 11);
  await stage.tiktok.getByRole("button", { name: "Authorize" }).click();
}

/** A browser profile that nobody has used, on a machine whose clock stands at a moment. */
async function fresh(browser: Browser, now: string): Promise<BrowserContext> {
  const context = await browser.newContext();
  await context.clock.setFixedTime(new Date(now));
  return context;
}

/** The app of the stage, once it stands there. */
async function picture(context: BrowserContext, query: string): Promise<Buffer> {
  const page = await context.newPage();
  const stage = new Stage(page);
  await stage.open(query);
  await page.mouse.move(0, 0);
  for (const frame of page.frames()) {
    await frame.evaluate(() => document.fonts.ready);
  }
  // What is painted lags behind what is there: it is the picture once the next one is the same.
  const take = () => page.screenshot({ animations: "disabled", caret: "hide" });
  let last = await take();
  const hasSettled = async () => {
    const before = last;
    last = await take();
    return last.equals(before);
  };
  await expect.poll(hasSettled).toBe(true);
  return last;
}

for (const query of [
  "scene=campaigns&lang=vi&theme=dark&width=360",
  "scene=sign-up-code&lang=ja&text=150",
  "persona=linked&at=/settings/profile&width=768&names",
]) {
  test(`?${query} looks the same tomorrow and elsewhere`, async ({ browser }) => {
    const today = await fresh(browser, "2026-11-25T08:00:00Z");
    const tomorrow = await fresh(browser, "2026-11-26T08:00:00Z");
    const [one, other] = [await picture(today, query), await picture(tomorrow, query)];
    expect(one.equals(other), "pixel for pixel").toBe(true);
    await today.close();
    await tomorrow.close();
  });
}

test("what was done stands in the address, and the address shows it elsewhere", async ({
  page,
  browser,
}) => {
  const stage = new Stage(page);
  await stage.open("scene=profile&lang=en");
  await stage.answer("authorize", "linked_elsewhere");
  await stage.press("link_tiktok_account");
  await expect(stage.here).toHaveText("/settings/profile/unable-to-link");
  await expect(page).toHaveURL(/steps=/);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await stage.panel.getByRole("button", { name: "Copy link" }).click();
  await expect(stage.panel.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());

  const elsewhere = await browser.newContext();
  const other = new Stage(await elsewhere.newPage());
  await other.page.goto(link);
  await other.ready();
  await expect(other.here).toHaveText("/settings/profile/unable-to-link");
  await expect(other.app.getByRole("dialog", { name: "Unable to link" })).toBeVisible();
  // It can be gone on from there.
  await other.answer("authorize", "unlinked");
  await other.press("unable_to_link_log_out");
  await expect(other.here).toHaveText("/settings/profile/linked");
  await elsewhere.close();
});

test("what is typed, chosen and ticked stands in the address too", async ({ page, browser }) => {
  const stage = new Stage(page);
  await stage.open("at=/sign-up&lang=en");
  const { app } = stage;
  await app.getByRole("combobox", { name: /^Country or region/ }).fill("Viet");
  await app.getByRole("option", { name: "Vietnam", exact: true }).click();
  await app.getByLabel(/^Email address/).fill("mai@coffee.test");
  await app.getByLabel(/^Password/).fill("roasted-this-morning");
  await app.getByRole("checkbox", { name: /^I agree/ }).check();
  await stage.press("sign_up");
  await expect(stage.here).toHaveText("/sign-up/verify");
  const outbox = await stage.section("Outbox");
  const code = (await outbox.getByRole("article").innerText()).match(/\b\d{6}\b/)?.[0] ?? "";
  await app.getByLabel(/^Verification code/).fill(code);
  await stage.press("confirm");
  await expect(stage.here).toHaveText("/ads-account/new");
  await expect(page).toHaveURL(/fill_code/);

  const elsewhere = await browser.newContext();
  const other = new Stage(await elsewhere.newPage());
  await other.page.goto(page.url().replace("lang=en", "lang=ko"));
  await other.ready();
  await expect(other.here).toHaveText("/ads-account/new");
  await elsewhere.close();
});

test("a code is read in the outbox, and has expired once the clock is put past its end", async ({
  page,
}) => {
  const stage = new Stage(page);
  await stage.open("scene=sign-up-code&lang=en");
  const outbox = await stage.section("Outbox");
  const code = (await outbox.getByRole("article").innerText()).match(/\b\d{6}\b/)?.[0] ?? "";
  const clock = await stage.section("Clock");
  await clock.getByRole("button", { name: /^11 minutes/ }).click();
  await expect(clock.getByText("11 minutes ahead")).toBeVisible();
  const field = stage.app.getByLabel(/^Verification code/);
  await field.fill(code);
  await stage.press("confirm");
  await expect(field).toHaveAccessibleDescription(/This code has expired/);
});

const RECORDING = join(import.meta.dirname, "recordings/j4x.json");

test("J4x is recorded as it is walked", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open("persona=email-only&at=/settings/profile&lang=en");
  await stage.press("link_tiktok_account");
  await atTikTok(stage, "linked_elsewhere");
  const refusal = stage.app.getByRole("dialog", { name: "Unable to link" });
  await expect(refusal).toBeVisible();
  await stage.press("unable_to_link_log_out");
  await atTikTok(stage, "unlinked");
  const linked = stage.app.getByRole("dialog", { name: "TikTok account linked" });
  await expect(linked).toBeVisible();
  await linked.getByRole("button", { name: "Done" }).click();
  await expect(stage.here).toHaveText("/settings/profile");

  const recording = await stage.section("Recording");
  await expect(recording.getByText("Wait for “Profile”")).toBeVisible();
  const saved = page.waitForEvent("download");
  await recording.getByRole("button", { name: "Save as a file" }).click();
  const script = readFileSync(await (await saved).path(), "utf8");
  if (RENEWS) {
    writeFileSync(RECORDING, `${script}\n`);
  }
  expect(`${script}\n`).toBe(readFileSync(RECORDING, "utf8"));
});

async function logInAtTikTok(stage: Stage, username: string): Promise<void> {
  await stage.tiktok.getByLabel("Username").fill(username);
  await stage.tiktok.getByLabel("Password").fill(PASSWORD);
  await stage.tiktok.getByRole("button", { name: "Log in" }).click();
}

async function atTikTok(stage: Stage, username: string): Promise<void> {
  await logInAtTikTok(stage, username);
  await expect(stage.tiktok.getByRole("heading", { name: "Authorize" })).toBeVisible();
  await stage.tiktok.getByRole("button", { name: "Authorize" }).click();
}

test("the recording of J4x is played again, step by step and to its end", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open("at=/log-in&lang=vi");
  const recording = await stage.section("Recording");
  const chosen = page.waitForEvent("filechooser");
  await recording.getByRole("button", { name: "Open a recording" }).click();
  await (await chosen).setFiles(RECORDING);
  await expect(stage.here).toHaveText("/settings/profile");
  await recording.getByRole("button", { name: "Play the next step" }).click();
  await expect(stage.tiktok.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(recording.locator("[aria-current=step]")).toHaveText(/^Wait for “TikTok/);
  await expect(recording.locator("[aria-busy]")).toHaveCount(0);
  await recording.getByRole("button", { name: "Play the rest" }).click();
  await expect(recording.locator("[aria-current=step]")).toHaveCount(0, { timeout: 20_000 });
  await expect(recording.getByRole("alert")).toHaveCount(0);
  await expect(stage.app.getByText("@unlinked")).toBeVisible();
});

for (const file of readdirSync(join(import.meta.dirname, "recordings"))) {
  test(`${file} is played to its end in another language`, async ({ page }) => {
    const { persona, at, steps } = JSON.parse(
      readFileSync(join(import.meta.dirname, "recordings", file), "utf8"),
    ) as { persona?: string; at: string; steps: unknown[] };
    const query = new URLSearchParams({ steps: JSON.stringify(steps), lang: "th" });
    if (persona) {
      query.set("persona", persona);
    }
    await page.goto(`./?bare&${query}&at=${at}`);
    await expect(page.locator("html")).toHaveAttribute("data-scene", "ready", { timeout: 20_000 });
  });
}

test("a step that can't be played is named", async ({ page }) => {
  const steps = JSON.stringify([{ press: "unlink_title" }]);
  await page.goto(`./?bare&persona=linked&steps=${encodeURIComponent(steps)}&at=/campaigns`);
  const scene = page.locator("html[data-scene]");
  await expect(scene).toHaveAttribute("data-scene", /Unlink.*isn’t on this page/, { timeout: 20_000 });
});

test("a world is exported, and shows the same screen in another profile", async ({
  page,
  browser,
}) => {
  const stage = new Stage(page);
  await stage.open("scene=campaigns&lang=en&width=768");
  const saved = page.waitForEvent("download");
  const world = await stage.section("The whole world");
  await world.getByRole("button", { name: "Save as a file" }).click();
  const file = await (await saved).path();

  const elsewhere = await browser.newContext();
  const other = new Stage(await elsewhere.newPage());
  // As late as it is after the scene: the list says how long ago each campaign was changed.
  await other.open("at=/log-in&lang=en&width=768&clock=2026-11-25T03:10:00Z");
  const chosen = other.page.waitForEvent("filechooser");
  const there = await other.section("The whole world");
  await there.getByRole("button", { name: "Open a file" }).click();
  await (await chosen).setFiles(file);
  await expect(other.here).toHaveText("/campaigns");
  for (const one of [stage, other]) {
    await expect(one.app.getByText(/^Roasted in Huế/)).toBeVisible();
  }
  const shot = (one: Stage) =>
    one.app.locator("main").screenshot({ animations: "disabled", caret: "hide" });
  expect((await shot(stage)).equals(await shot(other)), "pixel for pixel").toBe(true);
  await elsewhere.close();
});

test("names stand beside each sentence and around each component", async ({ page }) => {
  await page.goto("./?bare&names&scene=log-in&lang=vi");
  const name = (of: string) => page.locator(`#tool-names [data-name="${of}"]`);
  await expect(name("log_in_lead")).toBeVisible();
  // Three sentences say this: which of them stands there is known.
  await expect(name("log_in_title").first()).toBeVisible();
  await expect(name("password_field")).toBeVisible();
  await expect(name("button").first()).toBeVisible();
});

test("one scene stands side by side in two languages and two widths", async ({ page }) => {
  await page.goto("./?scene=dialog-unlink&lang=en,vi&at=/preview/beside");
  await page.getByRole("group", { name: "Width" }).getByLabel("1280 px").check();
  await expect(page.locator("figure")).toHaveCount(4);
  const frame = (place: number) => page.locator("figure iframe").nth(place).contentFrame();
  await expect(frame(0).getByRole("dialog", { name: "Unlink TikTok account?" })).toBeVisible();
  await expect(frame(2).locator("html")).toHaveAttribute("lang", "vi");
  await expect(frame(3).getByRole("dialog")).toBeVisible();
});

test("the gallery stays where one looks, and shows what stands there, down to its end", async ({
  page,
}) => {
  await page.goto("./?at=/preview");
  const scenes = page.getByRole("listitem").filter({ has: page.locator("iframe") });
  await expect.poll(() => scenes.count()).toBeGreaterThan(100);
  const count = await scenes.count();
  for (const place of [0, 40, 80, count - 1]) {
    const scene = scenes.nth(place);
    await scene.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    const app = scene.locator("iframe").contentFrame().locator("html");
    await expect(app).toHaveAttribute("data-scene", "ready", { timeout: 60_000 });
    expect(await page.evaluate(() => scrollY)).toBe(before);
  }
});

const TOOLS = [
  ["the stage", "scene=log-in"],
  ["the gallery", "at=/preview"],
  ["side by side", "scene=profile&at=/preview/beside"],
  ["the map", "at=/preview/map"],
  ["the components", "at=/preview/components"],
] as const;

for (const [name, query] of TOOLS) {
  test(`${name} has no error and nothing for axe to say`, async ({ page, browser }) => {
    const said: string[] = [];
    page.on("console", (message) => message.type() === "error" && said.push(message.text()));
    await page.goto(`./?${query}`);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
    await expect(page.locator("iframe, h2").first()).toBeAttached();
    await expectNoViolations(page, `${name} in English`);
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
    expect(said).toEqual([]);

    const context = await browser.newContext({
      locale: "vi-VN",
      colorScheme: "dark",
      viewport: { width: 360, height: 740 },
    });
    const small = await context.newPage();
    await small.goto(`./?${query}`);
    await expect(small.getByRole("heading", { level: 1 }).first()).toBeAttached();
    await expect(small.locator("iframe, h2").first()).toBeAttached();
    await expectNoViolations(small, `${name} in Vietnamese`);
    const { scrollWidth, clientWidth } = await small.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    expect(scrollWidth, "nothing is wider than the window").toBeLessThanOrEqual(clientWidth);
    await context.close();
  });
}
