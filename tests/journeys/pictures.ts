// Pictures of screens, and what is read aloud of them, compared with those that are committed.

import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { TestInfo } from "@playwright/test";
import pixelmatch from "pixelmatch";
import sharp from "sharp";

import { expect, type Page } from "./portal.ts";

/** Where they are. */
const FOLDER = join(import.meta.dirname, "pictures");
const TREES = join(import.meta.dirname, "trees");

/** Whether what is there now shall be right: `cargo xtask shots` says so. */
const RENEWS = process.env.PORTAL_RENEW === "1";

/** How far a pixel may be from what it was, from 0 to 1: another release of a browser draws the
 * edges of letters by a shade otherwise. */
const SHADE = 0.15;

/** How many pixels may be further than that. */
const SPECKS = 40;

/** What has pictures. */
export function pictured(): string[] {
  return readdirSync(FOLDER);
}

/** The page looks as it is committed; where it doesn't, the failure says where. */
export async function expectPicture(page: Page, name: string, info: TestInfo): Promise<void> {
  const file = join(FOLDER, `${name}.png`);
  const now = await take(page);
  const before = existsSync(file) ? await read(await readFile(file)) : null;
  const difference = before === null ? null : compare(before, await read(now));
  if (RENEWS) {
    if (before === null || difference !== null) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await small(now));
    }
    return;
  }
  expect.soft(before, `${name} has its picture: \`cargo xtask shots\` takes it`).not.toBeNull();
  if (difference === null) {
    return;
  }
  await info.attach(`${name}.png`, { body: now, contentType: "image/png" });
  const { left, top, right, bottom } = difference.box;
  const there = await page.evaluate(({ left, top, right, bottom }) => {
    const element = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const words = element?.textContent?.trim().slice(0, 60);
    return element ? `<${element.tagName.toLowerCase()}> ${words}` : "the end of the page";
  }, difference.box);
  expect
    .soft(
      `${difference.count} pixels differ`,
      `${name} between (${left}, ${top}) and (${right}, ${bottom}), at ${there}`,
    )
    .toBe("the picture that is committed");
}

/** The whole page, in a window that is as high as it is: what sticks to the window's edge stands
 * at the page's. */
async function take(page: Page): Promise<Buffer> {
  const before = page.viewportSize();
  // Nothing looks as if it were pointed at.
  await page.mouse.move(0, 0);
  const size = await page.evaluate(async () => {
    await document.fonts.ready;
    scrollTo(0, 0);
    const { clientWidth, scrollHeight } = document.documentElement;
    return { width: clientWidth, height: scrollHeight };
  });
  await page.setViewportSize({ ...size, height: Math.max(size.height, before?.height ?? 0) });
  const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
  if (before) {
    await page.setViewportSize(before);
  }
  return picture;
}

/** The same with the colours that it needs. */
function small(picture: Buffer): Promise<Buffer> {
  return sharp(picture).png({ palette: true, effort: 10, compressionLevel: 9, dither: 0 }).toBuffer();
}

/** The page is read aloud as it is committed: its accessibility tree, without ids of chance. */
export async function expectTree(page: Page, name: string): Promise<void> {
  const file = join(TREES, `${name}.yml`);
  const tree = await page.locator("body").ariaSnapshot();
  const now = `${tree.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")}\n`;
  if (RENEWS) {
    await mkdir(TREES, { recursive: true });
    await writeFile(file, now);
    return;
  }
  expect.soft(now, `${name} is read aloud as in trees/${name}.yml`).toBe(await readFile(file, "utf8"));
}

type Pixels = { data: Uint8Array; width: number; height: number };

async function read(picture: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(picture)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

type Box = { left: number; top: number; right: number; bottom: number };

function compare(before: Pixels, now: Pixels): { count: number; box: Box } | null {
  const { width, height } = before;
  if (width !== now.width || height !== now.height) {
    const top = Math.min(height, now.height);
    const box = { left: 0, top, right: now.width, bottom: Math.max(height, now.height) };
    return { count: Math.abs(width * height - now.width * now.height), box };
  }
  const mask = { data: new Uint8Array(width * height * 4), width, height };
  const count = pixelmatch(before.data, now.data, mask.data, width, height, {
    threshold: SHADE,
    diffMask: true,
  });
  return count > SPECKS ? { count, box: boxOf(mask) } : null;
}

/** What encloses all that was marked. */
function boxOf({ data, width, height }: Pixels): Box {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (data[(y * width + x) * 4 + 3] !== 0) {
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x);
        box.top = Math.min(box.top, y);
        box.bottom = y;
      }
    }
  }
  return box;
}
