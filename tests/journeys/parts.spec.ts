// The pages that travel apart from the first module: fetched ahead where there is a sign that they will
// be needed, with words and a retry where they don't come, and of one release with the page that asks.

import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, type Page } from "./portal.ts";
import { button, enter, heading, openProfileMenu, openSettings } from "./screens.ts";

test.skip(({ host }) => host === "tab", "the preview is one module");

const MEMBER = "email-only@portal.test";

function file(part: string): RegExp {
  return new RegExp(`/${part}-[0-9a-f]{16}\\.wasm$`);
}

/** Its user pays for each byte: nothing is fetched before there is a sign. */
async function saveData(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setDataSaverOverride", { dataSaverEnabled: true });
}

/** The names of the modules that the page has asked for so far. */
async function modules(page: Page): Promise<string[]> {
  const names = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => name),
  );
  const parts = names.flatMap((name) => /\/([a-z]+)-[0-9a-f]{16}\.wasm$/.exec(name)?.[1] ?? []);
  return [...new Set(parts)].sort();
}

test("what comes after the log-in is fetched while nothing else is to be done", async ({ page }) => {
  const next = page.waitForRequest(file("ads"));
  await page.goto("/log-in");
  await next;
  await expect(heading(page, /^Log in/)).toBeVisible();
});

test("who saves data gets the log-in alone, and a page's part with the sign that it is wanted", async ({
  page,
}) => {
  await saveData(page);
  await page.goto("/log-in");
  await expect(heading(page, /^Log in/)).toBeVisible();
  expect(await modules(page)).toEqual(["app"]);
  await enter(page, MEMBER);
  expect(await modules(page)).toEqual(["ads", "app", "members", "shared"]);
  await openProfileMenu(page);
  const settings = page.waitForRequest(file("settings"));
  await page.getByRole("menuitem", { name: "User Settings" }).hover();
  await settings;
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("a page that is opened at its address is fetched with it", async ({ page }) => {
  await saveData(page);
  await page.goto("/link/finish");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await modules(page)).toEqual(["app", "linking", "shared"]);
});

test("a part that doesn't come: words, and the page when it is asked for again", async ({
  page,
  context,
}) => {
  await saveData(page);
  await enter(page, MEMBER);
  await openProfileMenu(page);
  await context.setOffline(true);
  await page.getByRole("menuitem", { name: "User Settings" }).click();
  await expect(heading(page, "We couldn’t load this")).toBeVisible();
  await expect(page.getByText("You’re offline.")).toBeVisible();
  await button(page, "Try again").click();
  await expect(heading(page, "We couldn’t load this")).toBeVisible();
  await context.setOffline(false);
  await button(page, "Try again").click();
  await expect(heading(page, "Profile")).toBeVisible();
  await expect(heading(page, "Profile")).toBeFocused();
});

/** The app as another release has it: all that travels apart, and what names it, is called otherwise. */
async function nextRelease(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "portal-release-"));
  await cp(process.env.PORTAL_APP ?? "", folder, { recursive: true });
  const names = await readdir(folder);
  const all = await readdir(folder, { recursive: true });
  for (const packed of all.filter((name) => /\.(br|open)$/.test(name))) {
    await rm(join(folder, packed));
  }
  const renamed = names
    .map((name) => /^(?<stem>[a-z]+)-(?<hash>[0-9a-f]{16})\.(?<kind>js|wasm)$/.exec(name)?.groups)
    .filter((parts) => parts !== undefined)
    .map(({ stem, hash, kind }) => {
      const other = [...(hash ?? "")].reverse().join("");
      return [`${stem}-${hash}.${kind}`, `${stem}-${other}.${kind}`] as const;
    });
  for (const [name, other] of renamed) {
    await rename(join(folder, name), join(folder, other));
  }
  for (const name of await readdir(folder, { recursive: true })) {
    if (/\.(js|html)$/.test(name)) {
      const text = await readFile(join(folder, name), "utf8");
      await writeFile(
        join(folder, name),
        renamed.reduce((text, [name, other]) => text.replaceAll(name, other), text),
      );
    }
  }
  return folder;
}

test("a release is rolled over under an open page: it says so, and nothing typed is lost", async ({
  page,
  portal,
}) => {
  await saveData(page);
  await enter(page, MEMBER);
  await openSettings(page);
  await page.getByLabel(/^Name/).fill("Typed before the release");
  await page.goto("/campaigns");
  await expect(heading(page, "Campaigns")).toBeVisible();
  const release = await nextRelease();
  try {
    await portal.release(release);
    await button(page, "Create").click();
    await expect(heading(page, "This page needs to be reloaded")).toBeVisible();
    await button(page, "Reload").click();
    await expect(page.getByLabel(/^Campaign name/)).toBeVisible();
    await page.goto("/settings/profile");
    await expect(page.getByLabel(/^Name/)).toHaveValue("Typed before the release");
  } finally {
    await rm(release, { recursive: true, force: true });
  }
});
