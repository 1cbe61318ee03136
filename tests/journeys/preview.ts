// A person at the preview's tools: the stage, its panel, and the app in its frame.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

/** The sentences of the app in English, by their keys. */
export const WORDS = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../locales/en.json"), "utf8"),
) as Record<string, string>;

/** A path of the app without a draft's id, which is another one in each world. */
export function plain(path: string): string {
  return path.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, "{draft}");
}

export class Stage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The app. */
  get app(): FrameLocator {
    return this.page.frameLocator("iframe.tool-frame");
  }

  /** TikTok's page over the app. */
  get tiktok(): FrameLocator {
    return this.app.frameLocator("iframe.tiktok-frame");
  }

  get panel(): Locator {
    return this.page.getByRole("complementary", { name: "Director’s panel" });
  }

  /** Opens the stage at a query of its address. */
  async open(query: string): Promise<void> {
    await this.page.goto(`./?${query}`);
    await this.ready();
  }

  /** Until the app stands there. */
  async ready(): Promise<void> {
    await expect(this.here).toHaveText(/^\//, { timeout: 30_000 });
  }

  /** Where the app is: the panel says its path. */
  get here(): Locator {
    return this.panel.getByRole("status").first();
  }

  /** A section of the panel, open. */
  async section(name: string): Promise<Locator> {
    const section = this.panel.locator("details.tool-section").filter({
      has: this.page.locator("summary", { hasText: new RegExp(`^${name}$`) }),
    });
    if ((await section.getAttribute("open")) === null) {
      await section.locator("> summary").click();
    }
    return section;
  }

  /** Begins again with the same scene. */
  async startOver(): Promise<void> {
    await this.panel.getByRole("button", { name: "Start over" }).click();
    // From then on the panel says that it opens, until the app stands there again.
    await this.ready();
  }

  /** Says what TikTok answers, and as whom. */
  async answer(answer: string, username: string): Promise<void> {
    await this.panel.getByLabel("Whose account it is there").selectOption(username);
    await this.panel.getByLabel("What TikTok answers").selectOption(answer);
  }

  /** Presses a button of the app by the key of its words. */
  async press(key: string): Promise<void> {
    const name = WORDS[key] ?? key;
    await this.app.getByRole("button", { name, exact: true }).click();
  }
}
