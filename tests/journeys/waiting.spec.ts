// Requests that are never answered.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

import { expect, test, type Page } from "./portal.ts";
import { alert, button } from "./screens.ts";

const SLOW = "This is taking longer than usual";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** A host of the app's files that takes every other request and never answers it. */
async function silentHost(isSilent: (path: string) => boolean): Promise<Server> {
  const app = process.env.PORTAL_APP ?? "";
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://host").pathname;
    if (isSilent(path)) {
      return;
    }
    const file = join(app, extname(path) === "" ? "index.html" : path);
    readFile(file).then(
      (content) => {
        const type = TYPES[extname(file)] ?? "application/octet-stream";
        response.writeHead(200, { "Content-Type": type }).end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function at(server: Server, page: Page): Promise<void> {
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/log-in`, { waitUntil: "commit" });
}

test("who is there is never answered: it is said, then given up, with a retry", async ({
  page,
  host,
}) => {
  test.skip(host === "tab", "a tab has no network");
  const server = await silentHost((path) => path.startsWith("/api/"));
  try {
    await page.clock.install();
    const asked = page.waitForRequest(/\/api\/get-session/);
    await at(server, page);
    await expect(page.locator("#loading")).toBeVisible();
    await asked;
    await page.clock.fastForward(10_500);
    await expect(page.locator("#loading").getByText(SLOW)).toBeVisible();
    await page.clock.fastForward(20_000);
    await expect(button(page, "Try again")).toBeVisible();
    await expect(page.locator("#crash")).toBeHidden();
    const again = page.waitForRequest(/\/api\/get-session/);
    await button(page, "Try again").click();
    await again;
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("the app itself never comes: it is said, then how to try again", async ({ page, host }) => {
  test.skip(host === "tab", "a tab has no network");
  const server = await silentHost((path) => path.endsWith(".wasm"));
  try {
    await page.clock.install();
    await at(server, page);
    await expect(page.locator("#loading")).toBeVisible();
    await page.clock.fastForward(10_500);
    await expect(page.locator("#loading").getByText(SLOW)).toBeVisible();
    await page.clock.fastForward(20_000);
    await expect(page.locator("#crash").getByRole("link", { name: "Reload" })).toBeVisible();
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("a form is never answered: it is said, then given up, and can be sent again", async ({
  page,
  host,
  baseURL,
}) => {
  test.skip(host === "server", "the preview has a network that is silent");
  await page.clock.install();
  await page.goto(`${baseURL ?? ""}?bare&clock=runs&scene=log-in-pending`);
  await expect(page.locator("html")).toHaveAttribute("data-scene", "ready");
  await page.clock.fastForward(10_500);
  await expect(page.getByText(SLOW)).toBeVisible();
  await expect(alert(page, "There is no connection.")).toBeHidden();
  await page.clock.fastForward(20_000);
  await expect(alert(page, "There is no connection.")).toBeVisible();
  await expect(page.getByText(SLOW)).toBeHidden();
  await expect(button(page, "Log in")).toBeEnabled();
});
