// The preview's scenes: every screen and dialog in each state worth designing. They are scripts of
// the app's own, in `crates/preview/src/scenes/`; an address opens one.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, forgetPresses, type Page } from "./portal.ts";

/** What of a scene is read here. */
export type Scene = {
  /** Its name in addresses, and a file's. */
  name: string;
  /** The scene of which it is another state. */
  of?: string;
  /** What of the app is seen in it. */
  shows?: string[];
};

export type Journey = { name: string; scenes: Scene[] };

const FOLDER = join(import.meta.dirname, "../../crates/preview/src/scenes");

/** The scenes that are written down, by journeys. */
export const JOURNEYS: Journey[] = readdirSync(FOLDER).map((file) => ({
  name: file.replace(/\.json$/, ""),
  scenes: JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Scene[],
}));

export const SCENES = JOURNEYS.flatMap(({ scenes }) => scenes);

/** How a scene is looked at. */
export type Look = Partial<Record<"lang" | "theme" | "text" | "clock", string>>;

/** Opens a scene, and waits until its script was played. */
export async function open(page: Page, scene: string, look: Look = {}): Promise<void> {
  const query = new URLSearchParams({ scene, ...look });
  await forgetPresses(page);
  await page.goto(`./?bare&${query}`);
  await expect(page.locator("html"), `${scene} was played`).toHaveAttribute("data-scene", "ready", {
    timeout: 30_000,
  });
}

/** Asks the app of a preview: see `Command` in `crates/preview/src/protocol.rs`. */
export async function order<Reply>(page: Page, order: unknown): Promise<Reply> {
  const reply = await page.evaluate((order) => {
    const { portalOrder } = window as unknown as {
      portalOrder: (order: string) => Promise<string>;
    };
    return portalOrder(order);
  }, JSON.stringify(order));
  return JSON.parse(reply) as Reply;
}
