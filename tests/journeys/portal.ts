// The portal under test, one for each test: on the server a process, a port and a database
// of its own; in the tab a browser context of its own, which holds all of its state.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base, expect } from "@playwright/test";

export { expect };

/** Where the service runs. */
export type Host = "server" | "tab";

export type Options = { host: Host };

/** A running portal. */
export type Portal = {
  host: Host;
  url: string;
  /** What the server has printed so far; empty in the tab. */
  log: () => string;
};

export const test = base.extend<Options & { portal: Portal }>({
  host: ["server", { option: true }],

  portal: async ({ host }, use, testInfo) => {
    if (host === "tab") {
      await use({ host, url: setting("PORTAL_PREVIEW"), log: () => "" });
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), "portal-"));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = spawn(setting("PORTAL_SERVER"), {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PORTAL_ADDRESS: `127.0.0.1:${port}`,
        PORTAL_PUBLIC_URL: url,
        PORTAL_DATABASE_URL: `sqlite:${join(folder, "portal.sqlite")}`,
        PORTAL_ASSETS: setting("PORTAL_APP"),
      },
    });
    let printed = "";
    const log = () => printed;
    server.stdout.on("data", (chunk) => (printed += chunk));
    server.stderr.on("data", (chunk) => (printed += chunk));
    try {
      await ready(server, url, log);
      await use({ host, url, log });
    } finally {
      if (server.exitCode === null && server.kill("SIGTERM")) {
        await once(server, "exit");
      }
      await rm(folder, { recursive: true, force: true });
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach("server's log", { body: printed, contentType: "text/plain" });
      }
    }
  },

  baseURL: async ({ portal }, use) => {
    await use(portal.url);
  },

  // A page that throws has failed, whatever it shows.
  page: async ({ page }, use) => {
    const thrown: Error[] = [];
    page.on("pageerror", (error) => thrown.push(error));
    await use(page);
    expect(thrown, "errors that the page threw").toEqual([]);
  },
});

function setting(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run \`cargo xtask test --only journeys\``);
  }
  return value;
}

async function freePort(): Promise<number> {
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
