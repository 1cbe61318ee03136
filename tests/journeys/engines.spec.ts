// What the app takes over, in the engines that Playwright doesn't drive here; and a page that the
// browser has kept.

import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { chromium } from "@playwright/test";

import { expect, test } from "./portal.ts";
import { PASSWORD } from "./tiktok.ts";
import { Browser, type Driver } from "./webdriver.ts";

const { PORTAL_FIREFOX = "", PORTAL_GECKODRIVER = "" } = process.env;
const { PORTAL_CHROMIUM = "", PORTAL_DISPLAY = "", PORTAL_WEBKIT_DRIVER = "" } = process.env;

const ENGINES = {
  Firefox: {
    command: (port) => [PORTAL_GECKODRIVER, `--port=${port}`, `--binary=${PORTAL_FIREFOX}`],
    capabilities: {
      "moz:firefoxOptions": {
        args: ["-headless"],
        // Without these a driver's authenticator isn't asked, and one at the machine's USB is waited for.
        prefs: {
          "security.webauth.webauthn_enable_softtoken": true,
          "security.webauth.webauthn_enable_usbtoken": false,
        },
      },
    },
  },
  WebKit: {
    command: (port) => [PORTAL_DISPLAY, "--auto-servernum", PORTAL_WEBKIT_DRIVER, `--port=${port}`],
    capabilities: {},
  },
} satisfies Record<string, Driver>;

/** The portal, whose modules come when they are let go. */
async function inFrontOf(url: string): Promise<{ server: Server; at: string; release: () => void }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const server = createServer(async (asked, answer) => {
    if (asked.url?.endsWith(".wasm")) {
      await released;
    }
    const { method, headers } = asked;
    const onward = request(new URL(asked.url ?? "/", url), { method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    asked.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { server, at: `http://127.0.0.1:${port}`, release };
}

const EMAIL = "a.rather.long.address.of.someone@mail.example.com";

/** Where everything stands that can be seen. */
const PLACES = `return JSON.stringify([...document.querySelectorAll("#portal *")]
  .map((it) => it.getBoundingClientRect())
  .filter(({ width, height }) => width > 0 && height > 0)
  .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round)))`;

for (const [name, driver] of Object.entries(ENGINES)) {
  test(`in ${name} nothing that is typed is lost and nothing moves when the app comes`, async ({
    portal,
  }) => {
    const { server, at, release } = await inFrontOf(portal.url);
    const browser = await Browser.start(driver);
    try {
      await browser.open(`${at}/log-in`);
      await browser.until(`document.getElementById("early-end")`);
      await browser.click("#field-email");
      const before = await browser.evaluate(PLACES);
      await browser.evaluate(`window.field = document.activeElement`);
      const typing = browser.type(EMAIL);
      // It comes while they type: a driver does one command after the other.
      release();
      await typing;
      await browser.until(`document.documentElement.dataset.entry === undefined`);
      const now = `document.getElementById("field-email")`;
      expect(await browser.evaluate(`return ${now}.value`)).toBe(EMAIL);
      expect(await browser.evaluate(`return ${now} === window.field`)).toBe(true);
      expect(await browser.evaluate(`return ${now} === document.activeElement`)).toBe(true);
      expect(await browser.evaluate(PLACES)).toEqual(before);
      // The app knows of it: what is missing is the password alone.
      await browser.click("form [type=submit]");
      await browser.until(`document.activeElement.id === "field-password"`);
      expect(await browser.evaluate(`return ${now}.ariaInvalid`)).not.toBe("true");
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
  });
}

test.describe("passkeys", () => {
  test.use({ hostname: "localhost" });

  test("in Firefox a passkey is added and logs in", async ({ portal }) => {
    const browser = await Browser.start(ENGINES.Firefox);
    try {
      await browser.addAuthenticator();
      await browser.open(`${portal.url}/log-in?then=/settings/passkeys`);
      await browser.until(`document.documentElement.dataset.entry === undefined`);
      await browser.click("#field-email");
      await browser.type("email-only@portal.test");
      await browser.click("#field-password");
      await browser.type(PASSWORD);
      await browser.click("form [type=submit]");
      await browser.until(`document.getElementById("field-name")`);
      await browser.click("#field-name");
      await browser.type("Laptop");
      await browser.click("form [type=submit]");
      expect(await browser.textOf(`document.querySelector(".session-list")`)).toContain("Laptop");
      await browser.evaluate(`return fetch("/api/log-out", {
        method: "POST", headers: { "content-type": "application/json" }, body: "{}",
      }).then((answer) => answer.status)`);
      await browser.open(`${portal.url}/log-in/passkey`);
      await browser.until(`document.querySelector("main .button-primary")`);
      await browser.click("main .button-primary");
      await browser.until(`location.pathname === "/campaigns"`);
    } finally {
      await browser.close();
    }
  });

  test("in WebKit, whose build here knows no passkeys, the page says so", async ({ portal }) => {
    const browser = await Browser.start(ENGINES.WebKit);
    try {
      await browser.open(`${portal.url}/log-in/passkey`);
      await browser.until(`document.querySelector("main .button-primary")`);
      await browser.click("main .button-primary");
      const words = await browser.textOf(`document.querySelector("main [role=alert]")`);
      expect(words).toContain("This browser can’t use passkeys here.");
    } finally {
      await browser.close();
    }
  });
});

test("in Chromium the page is as it was for who comes back to it", async ({ portal }) => {
  // Playwright switches the cache off, and the shell without windows has none.
  const browser = await chromium.launch({
    executablePath: PORTAL_CHROMIUM,
    args: ["--no-sandbox"],
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${portal.url}/log-in`);
    await expect(page.locator("html")).not.toHaveAttribute("data-entry", /./);
    await page.locator("#field-email").fill("kept@portal.test");
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    await page.goto(`${portal.url}/healthz`);
    await page.goBack({ waitUntil: "commit" });
    await expect(page.locator("#field-email")).toHaveValue("kept@portal.test");
    expect(await page.evaluate(() => "isSame" in window)).toBe(true);
  } finally {
    await browser.close();
  }
});
