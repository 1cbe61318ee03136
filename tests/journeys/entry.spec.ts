// The pages of entry before the app is there, and the moment when it takes them over.

import { codeFor, expect, test, type Page, type Portal } from "./portal.ts";
import type { TikTok } from "./tiktok.ts";
import { expectNoViolations } from "./look.ts";
import {
  alert,
  button,
  dialog,
  enter,
  expectTakenOver,
  heading,
  openSettings,
  typeCredentials,
} from "./screens.ts";

/** Holds what comes back when it is asked for. */
type Held = { release: () => void };

/** The app isn't there until it is released. */
async function holdApp(page: Page, pattern = "**/*.wasm"): Promise<Held> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return { release };
}

async function openEarly(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: "domcontentloaded" });
  await expect(page.locator("html")).toHaveAttribute("data-entry", /./);
}

/** What is posted to the host, by its names. */
function posts(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => {
    const [, name = ""] = /^\/api\/(.+)$/.exec(new URL(request.url()).pathname) ?? [];
    if (name && !/^(get|list)-/.test(name)) {
      sent.push(name);
    }
  });
  return sent;
}

/** Somebody who has signed up by an address, and waits for its code. */
async function waitForCode(page: Page, email: string): Promise<void> {
  await page.goto("/sign-up");
  await expectTakenOver(page);
  await page.getByRole("combobox", { name: /^Country or region/ }).fill("Japan");
  await typeCredentials(page, { email });
  await page.getByRole("checkbox").check();
  await button(page, "Sign up").click();
  await expect(heading(page, "Check your inbox")).toBeVisible();
}

/** Somebody who came back with a TikTok account that is new here. */
async function waitAtFork(page: Page, tiktok: TikTok): Promise<void> {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.at("Log in to TikTok");
  await tiktok.authorize("unlinked");
  await expect(page.getByText("Mai Coffee")).toBeVisible();
}

/** A slow phone: a quarter of the processor, 1.6 Mbit/s, 150 ms there and back. */
async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 94_000,
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

const EMAIL = "a.rather.long.address.of.someone@mail.example.com";
const MEMBER = { email: "linked@portal.test" };
const STRANGER = { email: "nobody@portal.test", password: "not their password" };
const REFUSED = /don’t match/;

test("what is typed from the first paint on stays while the app takes over", async ({ page }) => {
  await slowDown(page);
  await page.goto("/log-in", { waitUntil: "commit" });
  const email = page.locator("#field-email");
  await email.click();
  const before = await email.elementHandle();
  await page.keyboard.type(EMAIL, { delay: 50 });
  await expect(email).toHaveValue(EMAIL);
  await expect(email).toBeFocused();
  await expectTakenOver(page);
  expect(await email.evaluate((now, before) => now === before, before)).toBe(true);
  // The app knows of it.
  await page.locator("#field-password").fill("some password");
  await button(page, "Log in").click();
  await expect(alert(page, REFUSED)).toBeVisible();
  await expect(email).toHaveValue(EMAIL);
});

test("the bars can be skipped before the app is there", async ({ page }) => {
  const app = await holdApp(page);
  await openEarly(page, "/log-in");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const inMain = page.getByRole("main").locator(":focus");
  await expect(inMain).toBeVisible();
  app.release();
  await expectTakenOver(page);
  await expect(inMain).toBeVisible();
});

test("a caret in the middle of a word stays there", async ({ page }) => {
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in");
  await page.locator("#field-email").fill("some@portal.test");
  await page.keyboard.press("Home");
  await page.keyboard.type("aw");
  release();
  await expectTakenOver(page);
  await page.keyboard.type("e");
  await expect(page.locator("#field-email")).toHaveValue("awesome@portal.test");
});

for (const { language, composed, committed } of [
  { language: "Vietnamese", composed: "Nguyê", committed: "Nguyễn" },
  { language: "Japanese", composed: "にほn", committed: "日本" },
]) {
  test(`a word that is being composed in ${language} isn't broken by the app`, async ({ page }) => {
    const { release } = await holdApp(page);
    await openEarly(page, "/sign-up");
    const email = page.locator("#field-email");
    await email.click();
    await page.evaluate(() => {
      const heard: string[] = [];
      for (const type of ["compositionstart", "compositionend"]) {
        document.addEventListener(type, () => heard.push(type));
      }
      Object.assign(window, { heard });
    });
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    const devtools = await page.context().newCDPSession(page);
    const compose = (text: string) =>
      devtools.send("Input.imeSetComposition", {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    await compose(composed.slice(0, 2));
    release();
    await expectTakenOver(page);
    expect(await heard()).toEqual(["compositionstart"]);
    await compose(composed);
    await expect(email).toHaveValue(composed);
    expect(await heard()).toEqual(["compositionstart"]);
    await devtools.send("Input.insertText", { text: committed });
    await expect(email).toHaveValue(committed);
    expect(await heard()).toEqual(["compositionstart", "compositionend"]);
  });
}

test("what the browser has filled in before the app is sent", async ({ page }) => {
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in");
  // A browser that fills in at once tells nobody.
  await page.evaluate(() => {
    for (const [name, value] of [
      ["email", "linked@portal.test"],
      ["password", "Portal-demo-2026"],
    ]) {
      (document.getElementById(`field-${name}`) as HTMLInputElement).value = value ?? "";
    }
  });
  release();
  await expectTakenOver(page);
  await button(page, "Log in").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("a refusal is read before the app is there, and stays when it comes", async ({ page }) => {
  const sent = posts(page);
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in");
  await typeCredentials(page, STRANGER);
  await button(page, "Log in").click();
  await expect(alert(page, REFUSED)).toBeVisible();
  await expect(button(page, "Log in")).not.toHaveAttribute("aria-busy", "true");
  release();
  await expectTakenOver(page);
  await expect(alert(page, REFUSED)).toBeVisible();
  expect(sent).toEqual(["log-in"]);
  // One that is sent anew takes its place.
  await button(page, "Log in").click();
  await expect.poll(() => sent).toEqual(["log-in", "log-in"]);
  await expect(page.locator(".form-failure .banner")).toHaveCount(1);
});

test("a log-in that was sent before the app is answered by it, and sent once", async ({ page }) => {
  const sent = posts(page);
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in");
  await typeCredentials(page, MEMBER);
  const answered = page.waitForResponse("**/api/log-in");
  await button(page, "Log in").click();
  await expect(button(page, "Log in")).toHaveAttribute("aria-busy", "true");
  // Twice is once.
  await page.locator("#field-password").press("Enter");
  expect((await answered).status()).toBe(200);
  release();
  await expect(heading(page, "Campaigns")).toBeVisible();
  expect(sent).toEqual(["log-in"]);
});

test("an answer that comes after the app is shown by it", async ({ page }) => {
  const sent = posts(page);
  const app = await holdApp(page);
  const answer = await holdApp(page, "**/api/log-in");
  await openEarly(page, "/log-in");
  await typeCredentials(page, STRANGER);
  await button(page, "Log in").click();
  app.release();
  await expectTakenOver(page);
  await expect(button(page, "Log in")).toHaveAttribute("aria-busy", "true");
  answer.release();
  await expect(alert(page, REFUSED)).toBeVisible();
  await expect(button(page, "Log in")).not.toHaveAttribute("aria-busy", "true");
  expect(sent).toEqual(["log-in"]);
});

test("a log-in that was asked for by a page leads back to it, though sent early", async ({
  page,
}) => {
  const sent = posts(page);
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in?then=%2Fsettings%2Fprofile");
  await typeCredentials(page, MEMBER);
  await button(page, "Log in").click();
  release();
  await expect(page).toHaveURL(/\/settings\/profile$/);
  expect(sent).toEqual(["log-in"]);
});

test("a sign-up that was sent before the app is done once", async ({ page, portal }) => {
  const sent = posts(page);
  const { release } = await holdApp(page);
  await openEarly(page, "/sign-up");
  await page.getByRole("combobox", { name: /^Country or region/ }).fill("Japan");
  await typeCredentials(page, { email: "early@portal.test" });
  await page.getByRole("checkbox").check();
  await button(page, "Sign up").click();
  await expect(button(page, "Sign up")).toHaveAttribute("aria-busy", "true");
  release();
  await expect(heading(page, "Check your inbox")).toBeVisible();
  expect(sent).toEqual(["sign-up"]);
  expect(await codeFor(portal, page, "early@portal.test")).toMatch(/^\d{6}$/);
});

test("a reset that was sent before the app is done once", async ({ page, portal }) => {
  const sent = posts(page);
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in/reset-password");
  await page.locator("#field-email").fill(MEMBER.email);
  await page.locator("#field-new_password").fill("roasted-this-morning");
  await button(page, "Send code").click();
  await expect(button(page, "Send code")).toHaveAttribute("aria-busy", "true");
  release();
  await expect(heading(page, "Check your inbox")).toBeVisible();
  expect(sent).toEqual(["reset-password"]);
  expect(await codeFor(portal, page, MEMBER.email)).toMatch(/^\d{8}$/);
});

test("a code that is sent before the app is proven by it, once", async ({ page, portal }) => {
  const email = "quick@portal.test";
  await waitForCode(page, email);
  const code = await codeFor(portal, page, email);
  const { release } = await holdApp(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const sent = posts(page);
  await openEarly(page, "/sign-up/verify");
  await expect(page.locator(".page-heading-lead")).toContainText(email);
  await page.locator("#field-code").fill(code);
  await button(page, "Confirm").click();
  await expect(button(page, "Confirm")).toHaveAttribute("aria-busy", "true");
  release();
  await expect(heading(page, /Ads Manager account/)).toBeVisible();
  expect(sent).toEqual(["verify-email"]);
  // The page said it already.
  expect(asked).not.toContain("/api/get-sign-up");
});

test("nothing that came early and wasn't asked for is kept for later", async ({ page }) => {
  // The app reads another page than the host drew, as when another tab has logged in meanwhile.
  const unread = '<script type="application/json" data-answers="/api/get-sign-up">{}</script>';
  await page.route("**/log-in", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()) + unread });
  });
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in");
  await typeCredentials(page, STRANGER);
  const answered = page.waitForResponse("**/api/log-in");
  await page.route("**/api/log-in", async (route) => {
    await route.fulfill({ status: 503, body: "{}" });
  });
  await button(page, "Log in").click();
  await answered;
  // What the app sends isn't what was sent.
  await page.getByLabel(/^Email address/).fill(MEMBER.email);
  release();
  await expect(alert(page, /./)).toBeVisible();
  const kept = await page.evaluate("portalEarly.sent.map(({ path }) => path)");
  expect(kept).toEqual([]);
});

test("what is chosen at the fork before the app is shown by it", async ({ page, tiktok }) => {
  await waitAtFork(page, tiktok);
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in/choose");
  await expect(page.getByText("Mai Coffee")).toBeVisible();
  const link = page.getByRole("radio").nth(1);
  await link.check();
  release();
  await expectTakenOver(page);
  await expect(link).toBeChecked();
  await expect(page.locator("#field-password")).toBeVisible();
});

test("who isn't the one of the fork is gone from it, though they say so before the app", async ({
  page,
  tiktok,
}) => {
  await waitAtFork(page, tiktok);
  const { release } = await holdApp(page);
  const sent = posts(page);
  await openEarly(page, "/log-in/choose");
  await button(page, "Not me").click();
  release();
  await expect(heading(page, "Log in")).toBeVisible();
  expect(sent).toEqual(["log-out"]);
});

test("a dialog to which TikTok's answer leads opens, however late the styles come", async ({
  page,
  tiktok,
}) => {
  await enter(page, "email-only@portal.test");
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  await tiktok.logIn("linked_elsewhere");
  await tiktok.at("Authorize");
  const styles = await holdApp(page, "**/style-*.css");
  await tiktok.decide("Authorize");
  // So far it stands beside the document.
  await page.waitForFunction(() => {
    const { portalRoot } = window as unknown as { portalRoot?: Element };
    return portalRoot?.isConnected === false && portalRoot.querySelector("dialog") !== null;
  });
  styles.release();
  await expect(dialog(page, "Unable to link")).toBeVisible();
});

test("whom TikTok's answer leads on has the focus on the page that comes, however late", async ({
  page,
  tiktok,
}) => {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.logIn("linked_elsewhere");
  await tiktok.at("Authorize");
  const styles = await holdApp(page, "**/style-*.css");
  await tiktok.decide("Authorize");
  // The app is there and has gone on, beside the document in which the page before it stands.
  await expect(page).toHaveURL(/\/campaigns$/);
  await page.waitForFunction(() => {
    const { portalRoot } = window as unknown as { portalRoot?: Element };
    return !portalRoot?.isConnected && portalRoot?.querySelector("h1")?.textContent === "Campaigns";
  });
  // The focus moves in the frame after.
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  });
  styles.release();
  await expect(heading(page, "Campaigns")).toBeFocused();
});

test("who is there is asked while the app comes, and once", async ({ page }) => {
  await enter(page, MEMBER.email);
  const { release } = await holdApp(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const answered = page.waitForResponse("**/api/get-session");
  await page.goto("/settings/profile", { waitUntil: "domcontentloaded" });
  expect((await answered).status()).toBe(200);
  release();
  await expect(heading(page, /Profile|User settings/)).toBeVisible();
  expect(asked.filter((path) => path === "/api/get-session")).toHaveLength(1);
});

test("a browser says what is missing, in the page's words", async ({ page }) => {
  await holdApp(page);
  await openEarly(page, "/sign-up?lang=vi");
  await page.locator("[type=submit]").click();
  const region = page.locator("#field-region");
  await expect(region).toBeFocused();
  await expect(region).toHaveJSProperty("validationMessage", "Vui lòng chọn một mục.");
  await expect(page.locator("[aria-busy]")).toHaveCount(0);
});

test("TikTok's button works before the app, and begins one authorization", async ({ page }) => {
  const sent = posts(page);
  await holdApp(page);
  await openEarly(page, "/log-in");
  await button(page, "Log in with TikTok").click();
  await expect(page).toHaveURL(/\/tiktok-emulator\//);
  expect(sent).toEqual(["begin-authorization"]);
});

for (const who of ["a guest", "a member"] as const) {
  test(`what TikTok's redirect brings for ${who} is handed on before the app, and once`, async ({
    page,
    tiktok,
  }) => {
    if (who === "a member") {
      await enter(page, "email-only@portal.test");
      await openSettings(page);
      await button(page, "Link TikTok account").click();
    } else {
      await page.goto("/log-in");
      await button(page, "Log in with TikTok").click();
    }
    await tiktok.at("Log in to TikTok");
    const { release } = await holdApp(page);
    const sent = posts(page);
    const completed = page.waitForResponse("**/api/complete-authorization");
    await tiktok.authorize("unlinked");
    expect((await completed).status()).toBe(200);
    await expect(page.locator("html")).toHaveAttribute("data-entry", "/tiktok/callback");
    release();
    const then = who === "a member" ? dialog(page, /linked/) : page.getByText("Mai Coffee");
    await expect(then).toBeVisible();
    expect(sent).toEqual(["complete-authorization"]);
  });
}

test("TikTok's button at a sign-up asks for the terms when the app comes", async ({ page }) => {
  const { release } = await holdApp(page);
  await openEarly(page, "/sign-up");
  await button(page, "Sign up with TikTok").click();
  release();
  await expectTakenOver(page);
  await expect(page.getByRole("checkbox")).toBeFocused();
});

test("a language that is chosen before the app is spoken when it comes, and at the next load", async ({
  page,
}) => {
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in");
  await page.locator("#field-page_language").selectOption("vi");
  release();
  await expect(heading(page, "Đăng nhập")).toBeVisible();
  await page.unrouteAll();
  await page.route("**/*.wasm", (route) => route.abort());
  page.removeAllListeners("pageerror");
  await page.goto("/log-in");
  await expect(page.locator("h1")).toHaveText("Đăng nhập");
});

/** What moved, and by how much. */
async function watchShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    type Entry = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
    const shifts: string[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as Entry[]) {
        const moved = sources.map(({ node }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          return element?.outerHTML.slice(0, 80) ?? "something that is gone";
        });
        shifts.push(`${value}: ${moved.join(" | ")}`);
      }
    });
    observer.observe({ type: "layout-shift", buffered: true });
    Object.assign(window, { shifts });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
}

for (const { path, arrive } of [
  { path: "/log-in" },
  { path: "/sign-up" },
  { path: "/log-in/reset-password" },
  {
    path: "/sign-up/verify",
    arrive: (page: Page) => waitForCode(page, EMAIL.replace("example.com", "portal.test")),
  },
  { path: "/log-in/choose", arrive: waitAtFork },
  { path: "/tiktok/callback?state=none" },
]) {
  for (const width of [360, 1280]) {
    test(`nothing moves at ${path} when the app comes late, ${width} px wide`, async ({
      page,
      tiktok,
    }) => {
      await page.setViewportSize({ width, height: 720 });
      await arrive?.(page, tiktok);
      const shifts = await watchShifts(page);
      const { release } = await holdApp(page);
      const answer = await holdApp(page, "**/api/complete-authorization");
      await openEarly(page, path);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot();
      release();
      await expectTakenOver(page);
      await page.screenshot();
      expect(await shifts()).toEqual([]);
      answer.release();
    });
  }

  test(`${path} can be read and used by all where the app never comes`, async ({
    page,
    tiktok,
  }) => {
    await arrive?.(page, tiktok);
    const shifts = await watchShifts(page);
    await holdApp(page);
    await openEarly(page, path);
    await expect(page.locator("h1")).toBeVisible();
    await expectNoViolations(page, path);
    expect(await shifts()).toEqual([]);
  });
}

test("a page that was kept for a guest is no guest's for who has logged in since", async ({
  page,
}) => {
  await page.goto("/log-in");
  await expectTakenOver(page);
  await page.goto("/healthz");
  // As another tab would: this one is in front all the time, and is told of nothing.
  const status = await page.evaluate(async (email) => {
    const answer = await fetch("/api/log-in", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password: "Portal-demo-2026", then: null }),
    });
    return answer.status;
  }, MEMBER.email);
  expect(status).toBe(200);
  await page.goBack();
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("without JavaScript the page says what is missing", async ({ browser, portal }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${portal.url}/log-in?lang=vi`);
  const words = page.locator("noscript p");
  await expect(words).toHaveText(/^Trang này cần JavaScript\./);
  await expect(words).toBeVisible();
  await context.close();
});

test("a page that a translator has changed is taken over", async ({ page }) => {
  const { release } = await holdApp(page);
  await openEarly(page, "/log-in");
  await page.evaluate(() => {
    const words = document.querySelector("h1");
    const font = document.createElement("font");
    font.textContent = "Accedi";
    words?.replaceChildren(font);
    // And an extension has put its button into a field, and a bar at the end.
    document.getElementById("field-email")?.after(document.createElement("vault-button"));
    document.body.append(document.createElement("vault-bar"));
  });
  await page.locator("#field-email").fill("kept@portal.test");
  release();
  await expectTakenOver(page);
  await expect(page.locator("h1")).toHaveText("Log in");
  await expect(page.locator("#field-email")).toHaveValue("kept@portal.test");
  await expect(page.locator("vault-bar")).toHaveCount(1);
  await typeCredentials(page, STRANGER);
  await button(page, "Log in").click();
  await expect(alert(page, REFUSED)).toBeVisible();
});

/** The policy that a page came with. */
async function policy(portal: Portal, path: string): Promise<string> {
  const answer = await fetch(portal.url + path, { headers: { accept: "text/html" } });
  return answer.headers.get("content-security-policy") ?? "";
}

test("what stands in a page is allowed by its hash alone", async ({ portal }) => {
  for (const path of ["/log-in", "/sign-up", "/tiktok/callback", "/"]) {
    // Only of pictures it is known no more than by whom: TikTok's hosts of them.
    const said = (await policy(portal, path)).replace(/img-src [^;]*;/, "");
    expect(said).not.toMatch(/unsafe-inline|unsafe-eval'[^;]*unsafe-eval|nonce-|strict-dynamic|\*/);
    expect(said).toMatch(/script-src 'self' 'wasm-unsafe-eval'( 'sha256-[^']+'){2};/);
    expect(said).toMatch(/style-src 'self' 'sha256-[^']+';/);
  }
  const said = await policy(portal, "/settings/profile");
  expect(said).toContain("script-src 'self' 'wasm-unsafe-eval'; style-src 'self';");
});
