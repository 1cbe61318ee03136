// The portal under test, one for each test: on the server a process, a port and a database
// of its own; in the tab a browser context of its own, which holds all of its state.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";

import { TikTok } from "./tiktok.ts";

export { expect, type Page };

/** Where the service runs. */
export type Host = "server" | "tab";

export type Options = {
  host: Host;
  /** The host of its address. A passkey is for a domain, which an IP address isn't. */
  hostname: "127.0.0.1" | "localhost";
};

/** A letter that went out. */
export type Letter = { to: string; subject: string; text: string };

/** A running portal. */
export type Portal = {
  host: Host;
  url: string;
  /** What the server has printed so far; empty in the tab. */
  log: () => string;
  /** Every letter that went out, the newest first. */
  letters: (page: Page) => Promise<Letter[]>;
  /** Another release takes the place of this one: the same data, the app of that folder. */
  release: (app: string) => Promise<void>;
  /** Puts the portal's clock, and TikTok's, forward. */
  advance: (page: Page, minutes: number) => Promise<void>;
};

type Fixtures = {
  portal: Portal;
  /** The user of `page` at TikTok. */
  tiktok: TikTok;
  /** A page in another browser, which shares nothing with that of `page`. */
  elsewhere: Page;
};

export const test = base.extend<Options & Fixtures>({
  host: ["server", { option: true }],
  hostname: ["127.0.0.1", { option: true }],

  portal: async ({ host, hostname }, use, testInfo) => {
    if (host === "tab") {
      const release = () => Promise.reject(new Error("a tab has no server"));
      const url = setting("PORTAL_PREVIEW").replace("127.0.0.1", hostname);
      await use({ host, url, log: () => "", release, ...inTheTab });
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), "portal-"));
    const port = await freePort();
    const url = `http://${hostname}:${port}`;
    let printed = "";
    const log = () => printed;
    const start = (app: string) => {
      const server = spawn(setting("PORTAL_SERVER"), {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          PORTAL_ADDRESS: `127.0.0.1:${port}`,
          PORTAL_PUBLIC_URL: url,
          PORTAL_DATABASE_URL: `sqlite:${join(folder, "portal.sqlite")}`,
          PORTAL_ASSETS: app,
          // No proxy stands in front that would have to notice its end.
          PORTAL_DRAIN: "0",
        },
      });
      server.stdout.on("data", (chunk) => (printed += chunk));
      server.stderr.on("data", (chunk) => (printed += chunk));
      return server;
    };
    let server = start(setting("PORTAL_APP"));
    const stop = async () => {
      if (server.exitCode === null && server.kill("SIGTERM")) {
        await once(server, "exit");
      }
    };
    const release = async (app: string) => {
      await stop();
      server = start(app);
      await ready(server, url, log);
    };
    try {
      await ready(server, url, log);
      await use({ host, url, log, release, ...onTheServer(url) });
    } finally {
      await stop();
      await rm(folder, { recursive: true, force: true });
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach("server's log", { body: printed, contentType: "text/plain" });
      }
    }
  },

  baseURL: async ({ portal }, use) => {
    await use(portal.url);
  },

  context: async ({ context, portal }, use) => {
    await use(portal.host === "tab" ? inThePreview(context, portal.url) : context);
  },

  page: async ({ page }, use) => {
    await unbroken(page, use);
  },

  tiktok: async ({ page, portal }, use) => {
    await use(new TikTok(page, portal.host));
  },

  elsewhere: async ({ browser, portal }, use) => {
    const fresh = await browser.newContext();
    const context = portal.host === "tab" ? inThePreview(fresh, portal.url) : fresh;
    await unbroken(await context.newPage(), use);
    await context.close();
  },
});

/** A context whose pages find the app's paths where a preview has them: in the query of its one
 * page, the app alone, with a clock that runs. */
function inThePreview(context: BrowserContext, url: string): BrowserContext {
  context.on("page", (page) => {
    const go = page.goto.bind(page);
    page.goto = (address, options) => {
      const query = `bare&clock=runs&at=${address.replace("?", "&")}`;
      return go(address.startsWith("/") ? `${url}?${query}` : address, options);
    };
  });
  return context;
}

/** A page that throws has failed, whatever it shows. */
async function unbroken(page: Page, use: (page: Page) => Promise<void>): Promise<void> {
  const thrown: Error[] = [];
  page.on("pageerror", (error) => thrown.push(error));
  await use(page);
  expect(thrown, "errors that the page threw").toEqual([]);
}

/** From the next page on the browser says that nobody has pressed anything: Chromium remembers a press for seconds, over
 * a navigation too. */
export async function forgetPresses(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(UserActivation.prototype, "isActive", { get: () => false });
  });
}

/** The code of the newest letter to `email`. */
export async function codeFor(portal: Portal, page: Page, email: string): Promise<string> {
  let code: string | undefined;
  await expect
    .poll(
      async () => {
        const letters = await portal.letters(page);
        const newest = letters.find((letter) => letter.to === email);
        code = newest?.text.match(/\b(?:\d{6}|\d{8})\b/)?.[0];
        return code;
      },
      { message: `a code for ${email}`, intervals: [50], timeout: 10_000 },
    )
    .toBeDefined();
  return code ?? "";
}

function onTheServer(url: string): Pick<Portal, "letters" | "advance"> {
  return {
    letters: async () => (await fetch(`${url}/dev/outbox.json`)).json() as Promise<Letter[]>,
    advance: async (_page, minutes) => {
      const body = new URLSearchParams({ minutes: String(minutes) });
      const answer = await fetch(`${url}/dev/clock`, { method: "POST", body });
      expect(answer.ok, "the clock was put forward").toBe(true);
    },
  };
}

/** What the tab keeps of its world, in as far as it is read here. */
type BrowserState = { world: { letters: Letter[]; ahead_ms: number } };

const inTheTab: Pick<Portal, "letters" | "advance"> = {
  letters: (page) =>
    page.evaluate(() => {
      const stored = JSON.parse(localStorage.getItem("portal.mock") ?? "null") as BrowserState | null;
      return stored === null ? [] : stored.world.letters.reverse();
    }),
  advance: (page, minutes) =>
    page.evaluate((minutes) => {
      const stored = JSON.parse(localStorage.getItem("portal.mock") ?? "null") as BrowserState;
      stored.world.ahead_ms += minutes * 60_000;
      localStorage.setItem("portal.mock", JSON.stringify(stored));
    }, minutes),
};

function setting(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run \`cargo xtask test --only journeys\``);
  }
  return value;
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function ready(server: ChildProcess, url: string, log: () => string): Promise<void> {
  await expect
    .poll(
      async () => {
        if (server.exitCode !== null) {
          throw new Error(`the server ended with ${server.exitCode}:\n${log()}`);
        }
        return fetch(`${url}/readyz`).then(
          (answer) => answer.status,
          () => "no answer yet",
        );
      },
      { message: "the server is ready", intervals: [50], timeout: 20_000 },
    )
    .toBe(200);
}
