// Requests that are never answered.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

import { codeFor, expect, test, type Page } from "./portal.ts";
import { alert, button, heading, typeCredentials, typeSignUp } from "./screens.ts";

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
  await expect(alert(page, "You’re offline.")).toBeHidden();
  await page.clock.fastForward(20_000);
  await expect(alert(page, "You’re offline.")).toBeVisible();
  await expect(page.getByText(SLOW)).toBeHidden();
  await expect(button(page, "Log in")).toBeEnabled();
});

/**
 * The network breaks once the server has answered this use case: neither its answer arrives nor its
 * cookies do.
 */
async function loseAnswer(page: Page, path: string): Promise<void> {
  await page.route(
    `**/api/${path}`,
    async (route) => {
      await route.fetch();
      await page.context().clearCookies({ name: /session/ });
      await route.abort("connectionreset");
    },
    { times: 1 },
  );
}

test("answers are lost on their way: pressed again, each has had its one effect", async ({
  page,
  host,
  portal,
}) => {
  test.skip(host === "tab", "a tab has no network");
  const email = "mai@coffee.test";
  const password = "roasted-this-morning";
  const offline = alert(page, "You’re offline.");
  await page.goto("/sign-up");
  await typeSignUp(page, { email, password, region: "Vietnam" });
  await loseAnswer(page, "sign-up");
  await button(page, "Sign up").click();
  await expect(offline).toBeVisible();
  // Long enough for another letter, which a new sign-up would send.
  await portal.advance(page, 2);
  await button(page, "Sign up").click();
  await page.getByLabel(/^Verification code/).fill(await codeFor(portal, page, email));
  expect((await portal.letters(page)).filter((letter) => letter.to === email)).toHaveLength(1);

  await loseAnswer(page, "verify-email");
  await button(page, "Confirm").click();
  await expect(offline).toBeVisible();
  await button(page, "Confirm").click();
  await expect(heading(page, "Create a TikTok Ads Manager account")).toBeVisible();

  await page.context().clearCookies({ name: /session/ });
  await page.goto("/log-in");
  await typeCredentials(page, { email, password });
  await loseAnswer(page, "log-in");
  await button(page, "Log in").click();
  await expect(offline).toBeVisible();
  await button(page, "Log in").click();
  await expect(heading(page, "Create a TikTok Ads Manager account")).toBeVisible();
});
